package de.federwerk.leistung;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Questions as people type them, to the Leistungen that come with the program. */
class LeistungssucheTest extends Teststadt {

    @Autowired
    Leistungen leistungen;

    @Autowired
    Katalogdatei datei;

    @Autowired
    Leistungspflege pflege;

    /** Question | the first hit, or - for none. */
    private static final String DEUTSCH = """
            Hund anmelden | hundesteuer-anmeldung
            mein Hund ist neu | hundesteuer-anmeldung
            hundesteuer | hundesteuer-anmeldung
            Hudn anmelden | hundesteuer-anmeldung
            Hundesteueranmeldung | hundesteuer-anmeldung
            HUNDEMARKE verloren | hundesteuer-anmeldung
            ich habe einen Welpen bekommen | hundesteuer-anmeldung
            hundestuer | hundesteuer-anmeldung
            Blauwal tauschen | -
            Blauwal anmelden | -
            Blauwal | -
            tauschen | -
            anmelden | -
            verlängern | -
            Reise buchen | -
            Steuer für mein Pferd | -
            Pizza bestellen | -
            asdfgh | -
            führerschein umtauschen | fuehrerschein-umtauschen
            Fuehrerschein tauschen | fuehrerschein-umtauschen
            Führerscheinumtausch | fuehrerschein-umtauschen
            Lappen umtauschen | fuehrerschein-umtauschen
            Anwohnerparken | bewohnerparkausweis
            Parkausweis verlängern | bewohnerparkausweis
            Bewohnerparkausweiß | bewohnerparkausweis
            wo kann ich parken | bewohnerparkausweis
            umziehen | wohnsitz-ummelden
            ich bin umgezogen | wohnsitz-ummelden
            ummelden | wohnsitz-ummelden
            Umzug | wohnsitz-ummelden
            neue Wohnung anmelden | wohnsitz-ummelden
            Adresse ändern | wohnsitz-ummelden
            Perso abgelaufen | personalausweis
            Ausweis beantragen | personalausweis
            Personalausweiss verloren | personalausweis
            Pass | reisepass
            Reisepassverlängerung | reisepass
            Reispass | reisepass
            Kinderreisepass | reisepass
            heiraten | eheschliessung
            Hochzeit anmelden | eheschliessung
            Geburtsurkunde bestellen | geburtsurkunde
            Kindergarten | kita-anmeldung
            kitaplatz | kita-anmeldung
            Kita | kita-anmeldung
            Bauantrag stellen | baugenehmigung
            Carport bauen | baugenehmigung
            Gerüst aufstellen | sondernutzung
            Geruest | sondernutzung
            Container auf der Straße | sondernutzung
            Sperrmüll abholen | sperrmuell
            Sperrmuell | sperrmuell
            altes Sofa | sperrmuell
            Schlüssel verloren | fundsachen
            Fundbüro | fundsachen
            Wohngeld | wohngeld
            Zuschuss zur Miete | wohngeld
            Gewerbe anmelden | gewerbe-anmelden
            Firma gründen | gewerbe-anmelden
            IFG | informationszugang
            Akteneinsicht | informationszugang
            Meldebescheinigung | meldebescheinigung
            Schlagloch melden | allgemeines-anliegen
            Beschwerde | allgemeines-anliegen
            """;

    private static final String ENGLISCH = """
            register my dog | hundesteuer-anmeldung
            dogs | hundesteuer-anmeldung
            Hund | hundesteuer-anmeldung
            moving | wohnsitz-ummelden
            passport | reisepass
            driver's license | fuehrerschein-umtauschen
            get married | eheschliessung
            scaffolding | sondernutzung
            exchange a whale | -
            """;

    private static final String LEICHT = """
            Hund | hundesteuer-anmeldung
            Müll | sperrmuell
            Kita-Platz | kita-anmeldung
            Wal tauschen | -
            """;

    private UUID stadtMitLeistungen() {
        var stadt = stadt();
        Mandantenkontext.als(stadt.mandant(), () -> {
            transaktion.executeWithoutResult(t -> {
                personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.LEISTUNGEN);
                personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.LEISTUNGEN);
                assertThat(datei.uebernimmMitgelieferte(stadt.anja()).neu()).isEqualTo(18);
            });
            // Drafts: citizens find none of them yet.
            assertThat(leistungen.suche("Hund anmelden", Sprache.DE)).isEmpty();
            transaktion.executeWithoutResult(t -> jdbc.sql("SELECT id FROM leistung")
                    .query(UUID.class)
                    .list()
                    .forEach(id -> {
                        pflege.legeVor(stadt.anja(), id);
                        pflege.gibFrei(stadt.petra(), id);
                    }));
        });
        return stadt.mandant();
    }

    @Test
    void fragen_wie_menschen_sie_tippen_finden_die_leistung_oder_nichts() {
        Mandantenkontext.als(stadtMitLeistungen(), () -> {
            var alle = new SoftAssertions();
            pruefe(alle, Sprache.DE, DEUTSCH);
            pruefe(alle, Sprache.EN, ENGLISCH);
            pruefe(alle, Sprache.LEICHT, LEICHT);
            alle.assertAll();

            var treffer = leistungen.suche("Hudn anmelden", Sprache.DE).getFirst();
            assertThat(treffer.gruende())
                    .singleElement()
                    .satisfies(g -> assertThat(g.text()).isEqualTo("„Hudn“ ähnelt „Hund“ (Suchwort)"));
            assertThat(leistungen.suche("x".repeat(10_000) + " Hund", Sprache.DE))
                    .isEmpty();

            // Each is reachable under a Lebenslage, and what lacks a translation says so.
            var unterLagen = leistungen.lebenslagen(Sprache.LEICHT).stream()
                    .flatMap(g -> g.leistungen().stream())
                    .map(Leistungen.Zeile::kurzname)
                    .distinct();
            assertThat(unterLagen).hasSize(18);
            assertThat(leistungen.haeufige(Sprache.DE))
                    .hasSize(6)
                    .first()
                    .satisfies(z -> assertThat(z.titel()).isEqualTo("Hundesteuer-Anmeldung"));
            var pass = leistungen.finde("reisepass", Sprache.EN).orElseThrow();
            assertThat(pass.titel()).isEqualTo("Apply for a passport");
            assertThat(pass.sprachhinweis()).contains("shown in German");
            assertThat(pass.abschnitte())
                    .allSatisfy(a -> assertThat(a.sprache()).isEqualTo(Sprache.DE));
            assertThat(leistungen
                            .finde("hundesteuer-anmeldung", Sprache.EN)
                            .orElseThrow()
                            .sprachhinweis())
                    .isEmpty();
        });
    }

    private void pruefe(SoftAssertions alle, Sprache sprache, String tabelle) {
        tabelle.lines().map(z -> z.split(" \\| ")).forEach(z -> {
            var treffer = leistungen.suche(z[0], sprache);
            alle.assertThat(treffer.stream()
                            .findFirst()
                            .map(t -> t.leistung().kurzname())
                            .orElse("-"))
                    .as(z[0] + " "
                            + treffer.stream().map(Leistungen.Treffer::gruende).toList())
                    .isEqualTo(z[1]);
            alle.assertThat(treffer)
                    .as(z[0])
                    .allSatisfy(t -> assertThat(t.gruende()).isNotEmpty());
        });
    }
}
