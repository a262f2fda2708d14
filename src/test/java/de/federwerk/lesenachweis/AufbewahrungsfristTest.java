package de.federwerk.lesenachweis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Eignerzugang;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two people shorten the term of the Lesenachweis, and nothing goes that an Einsicht still needs. */
class AufbewahrungsfristTest extends Geheimtest {

    private static final String SEITE = "/lesenachweis";

    @Autowired
    Aufbewahrung aufbewahrung;

    @Autowired
    Aufbewahrungsfrist frist;

    @Autowired
    Einsichten einsichten;

    @Autowired
    Vertretungen vertretungen;

    @Test
    void kuerzer_gilt_erst_wenn_der_personalrat_zustimmt_und_laenger_sofort() {
        var fall = fall();
        mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        gelesenVor(fall, fall.akte(), "8 months");
        var datenschutz = angemeldet(fall.mandant(), "daten.schutz");
        var personalrat = angemeldet(fall.mandant(), "personal.rat");

        var erster = schlageVor(datenschutz, 6);
        assertThat(monate(fall)).isEqualTo(12);
        assertThat(personalrat.hole(SEITE).text())
                .contains("6 Monate statt 12", "Kim Vogt", "wartet auf den Personalrat", "1 Eintrag", "Ablehnen");
        assertThat(datenschutz.hole(SEITE).text())
                .contains("Vorschlag zurückziehen")
                .doesNotContain("Der Verkürzung zustimmen");
        assertThat(datenschutz.sendeVon(SEITE, weg(erster) + "/zustimmung").status())
                .isEqualTo(403);
        // One at a time, whichever way; sent twice, it is proposed once.
        for (var anderer : List.of("3", "24")) {
            var zweiter = datenschutz.sendeVon(
                    SEITE, SEITE + "/frist", "id", Kennung.neu().toString(), "monate", anderer);
            assertThat(zweiter.status()).isEqualTo(409);
            assertThat(zweiter.text()).contains("Es wartet schon ein Vorschlag", "Es gelten weiter 12 Monate");
        }
        assertThat(datenschutz
                        .sendeVon(SEITE, SEITE + "/frist", "id", erster.toString(), "monate", "6")
                        .status())
                .isEqualTo(302);
        personalrat.sendeVon(SEITE, weg(erster) + "/ende");
        assertThat(personalrat.hole(SEITE).text()).contains("abgelehnt", "Kim Reimer");
        assertThat(personalrat.sendeVon(SEITE, weg(erster) + "/zustimmung").status())
                .isEqualTo(409);

        var zweiter = schlageVor(datenschutz, 6);
        datenschutz.sendeVon(SEITE, weg(zweiter) + "/ende");
        assertThat(datenschutz.hole(SEITE).text()).contains("zurückgezogen");
        assertThat(monate(fall)).isEqualTo(12);

        var dritter = schlageVor(datenschutz, 6);
        assertThat(personalrat.sendeVon(SEITE, weg(dritter) + "/zustimmung").ziel())
                .isEqualTo(SEITE + "#aufbewahrung");
        assertThat(monate(fall)).isEqualTo(6);
        assertThat(datenschutz.hole(SEITE).text()).contains("bestätigt", "nach 6 Monaten gelöscht");
        assertThat(raeumeAuf(fall)).isEqualTo(1);
        // What holds already is not taken back by an old page.
        personalrat.sendeVon(SEITE, weg(dritter) + "/ende");
        assertThat(monate(fall)).isEqualTo(6);

        datenschutz.sendeVon(SEITE, SEITE + "/frist", "id", Kennung.neu().toString(), "monate", "24");
        assertThat(monate(fall)).isEqualTo(24);
        assertThat(als(
                        fall.mandant(),
                        () -> jdbc.sql(
                                        "SELECT handlung FROM protokoll WHERE handlung LIKE 'fristverkuerzung.%' OR handlung = 'lesenachweis.frist' ORDER BY id")
                                .query(String.class)
                                .list()))
                .containsExactly(
                        "fristverkuerzung.vorgeschlagen",
                        "fristverkuerzung.abgelehnt",
                        "fristverkuerzung.vorgeschlagen",
                        "fristverkuerzung.zurueckgezogen",
                        "fristverkuerzung.vorgeschlagen",
                        "fristverkuerzung.bestaetigt",
                        "lesenachweis.frist",
                        "lesenachweis.frist");
    }

    private static String weg(UUID verkuerzung) {
        return SEITE + "/frist/verkuerzungen/" + verkuerzung;
    }

    private UUID schlageVor(Browser datenschutz, int monate) {
        var id = Kennung.neu();
        assertThat(datenschutz
                        .sendeVon(SEITE, SEITE + "/frist", "id", id.toString(), "monate", String.valueOf(monate))
                        .status())
                .isEqualTo(302);
        return id;
    }

    private int monate(Fall fall) {
        return als(fall.mandant(), () -> frist.monate());
    }

    private long raeumeAuf(Fall fall) {
        return Mandantenkontext.<Long, RuntimeException>als(fall.mandant(), aufbewahrung::raeumeAuf);
    }

    @Test
    void niemand_kuerzt_allein_auch_nicht_an_der_seite_vorbei_und_nicht_in_vertretung() {
        var fall = fall();
        var vogt = mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        var reimer = mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        var id = Kennung.neu();
        als(fall.mandant(), () -> frist.setze(vogt, id, 3));
        for (var befehl : List.of(
                "INSERT INTO lesenachweisfrist (mandant_id, monate) VALUES (aktueller_mandant(), 3)",
                "UPDATE fristverkuerzung SET ergebnis = 'bestaetigt', entschieden = now(), entschieden_von = vorgeschlagen_von",
                "UPDATE fristverkuerzung SET ergebnis = 'bestaetigt', entschieden = now(), entschieden_von = '"
                        + fall.stadt().anja().person() + "'",
                "UPDATE fristverkuerzung SET monate = 1")) {
            assertThatThrownBy(() -> als(fall.mandant(), () -> jdbc.sql(befehl).update()))
                    .as(befehl)
                    .isInstanceOf(org.springframework.dao.DataAccessException.class);
        }

        var heute = LocalDate.now(Anzeige.ZONE);
        als(
                fall.mandant(),
                () -> vertretungen.trageEin(vogt, Kennung.neu(), vogt.person(), reimer.person(), heute, heute, false));
        assertThatThrownBy(() -> als(fall.mandant(), () -> frist.stimmeZu(reimer, id)))
                .hasMessageContaining("vertritt eine der beiden Personen die andere");
        var rohde = mitRolle(fall, "zweiter.rat", "Rohde", Rolle.PERSONALRAT);
        als(fall.mandant(), () -> personen.gib(Protokoll.PROGRAMM, vogt.person(), Rolle.ADMINISTRATION));
        assertThatThrownBy(() -> als(fall.mandant(), () -> frist.stimmeZu(rohde, id)))
                .as("wer Rollen vergibt, könnte sich die zweite selbst geben")
                .hasMessageContaining("nicht mehr");
        assertThat(monate(fall)).isEqualTo(12);
        als(fall.mandant(), () -> frist.beende(rohde, id));
        assertThat(als(fall.mandant(), () -> frist.entschiedene()))
                .extracting(Aufbewahrungsfrist.Verkuerzung::stand)
                .containsExactly("abgelehnt");
    }

    @Test
    void was_in_einer_laufenden_einsicht_liegt_bleibt_bis_sie_zu_ende_ist() {
        var fall = fall();
        var vogt = mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        var reimer = mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        var andere = vorgang(fall.stadt(), "Umsetzung").akteId();
        gelesenVor(fall, fall.akte(), "13 months");
        gelesenVor(fall, fall.akte(), "20 months");
        gelesenVor(fall, andere, "13 months");
        var tag = LocalDate.now(Anzeige.ZONE).minusMonths(13);
        var erste = Kennung.neu();
        var zweite = Kennung.neu();
        als(fall.mandant(), () -> {
            for (var id : List.of(erste, zweite)) {
                einsichten.beantrage(
                        vogt, id, fall.aktenzeichen(), tag.minusDays(2), tag.plusDays(2), "Beschwerde vom 3. März");
            }
        });
        assertThat(raeumeAuf(fall))
                .as("die andere Akte, und was vor dem Zeitraum liegt")
                .isEqualTo(2);
        assertThat(nachweis(fall.stadt().anja())).hasSize(1);
        als(fall.mandant(), () -> einsichten.stimmeZu(reimer, erste));
        assertThat(raeumeAuf(fall)).as("beantragt und freigeschaltet").isZero();
        als(fall.mandant(), () -> einsichten.beende(reimer, zweite));
        assertThat(raeumeAuf(fall)).as("freigeschaltet").isZero();
        assertThat(als(
                        fall.mandant(),
                        () -> jdbc.sql("DELETE FROM lesenachweis").update()))
                .as("auch am Programm vorbei")
                .isZero();
        als(fall.mandant(), () -> einsichten.beende(vogt, erste));
        assertThat(raeumeAuf(fall)).isEqualTo(1);

        // One that nobody answers holds nothing back for ever.
        gelesenVor(fall, fall.akte(), "13 months");
        var alt = Kennung.neu();
        als(
                fall.mandant(),
                () -> einsichten.beantrage(
                        vogt, alt, fall.aktenzeichen(), tag.minusDays(2), tag.plusDays(2), "Beschwerde vom 3. März"));
        assertThat(raeumeAuf(fall)).isZero();
        Eignerzugang.tu(
                datenbank().zugang(),
                fall.mandant(),
                "ALTER TABLE einsicht DISABLE TRIGGER bleibt",
                "UPDATE einsicht SET beantragt = beantragt - interval '8 days' WHERE id = '" + alt + "'",
                "ALTER TABLE einsicht ENABLE TRIGGER bleibt");
        assertThat(raeumeAuf(fall)).isEqualTo(1);
    }
}
