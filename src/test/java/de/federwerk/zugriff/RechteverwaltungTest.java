package de.federwerk.zugriff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Freigaben and the town's own roles, as the administration gives and ends them. */
class RechteverwaltungTest extends Zugriffstest {

    @Test
    void freigaben_gelten_von_heute_an_und_werden_einmal_erteilt_und_einmal_beendet() {
        var fall = fall();
        var stadt = fall.stadt();
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var falsch : List.of(
                freigabe(
                        Subjekt.PERSON,
                        stadt.petra().person(),
                        Ziel.EINHEIT,
                        stadt.tiefbau(),
                        heute.minusDays(2),
                        null),
                freigabe(
                        Subjekt.PERSON,
                        stadt.petra().person(),
                        Ziel.EINHEIT,
                        stadt.tiefbau(),
                        null,
                        heute.minusDays(2)),
                freigabe(
                        Subjekt.PERSON,
                        stadt.petra().person(),
                        Ziel.EINHEIT,
                        stadt.tiefbau(),
                        heute.plusDays(9),
                        heute.plusDays(2)))) {
            assertThatThrownBy(() -> als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), falsch)))
                    .isInstanceOf(Abgelehnt.class);
        }
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> freigaben.erteile(
                                stadt.anja(),
                                freigabe(Subjekt.PERSON, Kennung.neu(), Ziel.EINHEIT, stadt.tiefbau(), null, null))))
                .isInstanceOf(NichtGefunden.class);

        var neu = freigabe(Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, stadt.tiefbau(), null, null);
        als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), neu));
        als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), neu));
        assertThat(als(
                        fall.mandant(),
                        () -> freigaben
                                .anzahl(
                                        Freigaben.Auswahl.LAUFENDE,
                                        stadt.petra().person(),
                                        null)
                                .zahl()))
                .isEqualTo(1);
        assertThat(nachSicht(fall.mandant(), fall.vorgang().akteId()))
                .containsKey(stadt.petra().person().toString());
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> freigaben.erteile(
                                stadt.anja(),
                                freigabe(
                                        Subjekt.PERSON,
                                        stadt.petra().person(),
                                        Ziel.EINHEIT,
                                        stadt.tiefbau(),
                                        null,
                                        null))))
                .hasMessageContaining("gibt es schon");

        als(fall.mandant(), () -> freigaben.beende(stadt.anja(), neu.id()));
        assertThat(nachSicht(fall.mandant(), fall.vorgang().akteId()))
                .doesNotContainKey(stadt.petra().person().toString());
        assertThatThrownBy(() -> als(fall.mandant(), () -> freigaben.beende(stadt.anja(), neu.id())))
                .hasMessageContaining("schon beendet");
        var kuenftig = freigabe(
                Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, stadt.tiefbau(), heute.plusDays(3), null);
        als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), kuenftig));
        als(fall.mandant(), () -> freigaben.beende(stadt.anja(), kuenftig.id()));
        // Another town has neither the one nor the other.
        var nachbar = stadt();
        assertThatThrownBy(() -> als(nachbar.mandant(), () -> freigaben.zeile(neu.id())))
                .isInstanceOf(NichtGefunden.class);
        assertThat(als(
                        nachbar.mandant(),
                        () -> freigaben
                                .anzahl(Freigaben.Auswahl.BEENDETE, null, null)
                                .zahl()))
                .isZero();
    }

    @Test
    void die_verwaltung_erteilt_nach_vorschau_und_sieht_dadurch_selbst_nichts() {
        var fall = fall();
        var stadt = fall.stadt();
        als(fall.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION);
        });
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(petra.hole("/verwaltung/rechte").text()).contains("Freigaben", "FD 66 Tiefbau");
        assertThat(petra.hole("/verwaltung/rechte?fuerId=einheit:" + stadt.tiefbau())
                        .text())
                .contains("FD 66 Tiefbau")
                .doesNotContain("scope=\"row\">FD 32");
        assertThat(petra.hole("/zugriff/auswahl?q=tief").text()).contains("einheit:" + stadt.tiefbau());
        assertThat(petra.hole("/zugriff/ziele?q=66.20").text()).contains("plan:");
        var felder = new String[] {
            "id",
            Kennung.neu().toString(),
            "fuer",
            "karin.ahrens",
            "auf",
            "66.20 Straßenverwaltung",
            "recht",
            "LESEN",
            "grund",
            "Urlaub"
        };
        var seite = petra.sendeVon("/verwaltung/rechte/neu", "/verwaltung/rechte/neu", mit(felder, "tun", "ansehen"));
        assertThat(seite.text()).contains("Noch ist nichts geändert", "Karin Ahrens");
        var wert = seite.text().replaceAll("(?s).*name=\"gesehen\" value=\"([0-9a-f]+)\".*", "$1");
        assertThat(petra.sendeVon(
                                "/verwaltung/rechte/neu",
                                "/verwaltung/rechte/neu",
                                mit(felder, "tun", "speichern", "gesehen", wert))
                        .ziel())
                .isEqualTo("/verwaltung/rechte?erledigt=erteilt");
        assertThat(petra.hole("/verwaltung/rechte").text()).contains("Urlaub");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(404);
        assertThat(petra.hole("/personen/" + stadt.anja().person() + "/zugriff").text())
                .doesNotContain("Werbeanlage");

        var vorlage = petra.sendeVon(
                "/verwaltung/rechte/vorlagen",
                "/verwaltung/rechte/vorlagen",
                "id",
                Kennung.neu().toString(),
                "vorlage",
                "PERSONALAKTEN",
                "einheit",
                stadt.ordnung().toString(),
                "tun",
                "ansehen");
        assertThat(vorlage.text()).contains("Sonderbereich Personalakten", "neu");
        petra.sendeVon(
                "/verwaltung/rechte/vorlagen",
                "/verwaltung/rechte/vorlagen",
                "id",
                Kennung.neu().toString(),
                "vorlage",
                "PERSONALAKTEN",
                "einheit",
                stadt.ordnung().toString(),
                "tun",
                "speichern");
        assertThat(petra.hole("/verwaltung/rechte/schutz").text()).contains("Personalakten");
    }

    @Test
    void eigene_rollen_oeffnen_was_ihnen_freigegeben_ist_und_sonst_nichts() {
        var fall = fall();
        var stadt = fall.stadt();
        als(fall.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var rolle = Kennung.neu();
        var seite = "/verwaltung/rechte/rollen";
        anja.sendeVon(seite, seite, "id", rolle.toString(), "name", "Krisenstab");
        anja.sendeVon(seite, seite, "id", rolle.toString(), "name", "Krisenstab");
        assertThat(anja.sendeVon(seite, seite, "id", Kennung.neu().toString(), "name", "krisenstab")
                        .text())
                .contains("gibt es schon");
        assertThat(anja.sendeVon(seite, seite, "id", Kennung.neu().toString(), "name", "Administration")
                        .status())
                .isEqualTo(409);
        als(
                fall.mandant(),
                () -> freigaben.erteile(
                        stadt.anja(), freigabe(Subjekt.ROLLE, rolle, Ziel.EINHEIT, stadt.tiefbau(), null, null)));
        nachVorschau(anja, seite, seite + "/" + rolle + "/mitglieder", "wen", "petra.lueders");
        assertThat(anja.hole(seite).text()).contains("Krisenstab", "1 Person", "Petra Lüders");
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(200);
        assertThat(petra.hole(seite).status()).isEqualTo(403);
        var besetzung = als(
                fall.mandant(),
                () -> jdbc.sql("SELECT id FROM rollenbesetzung WHERE mandant_id = ? AND rolle_id = ?")
                        .params(fall.mandant(), rolle)
                        .query(UUID.class)
                        .single());
        nachVorschau(anja, seite, seite + "/" + rolle + "/mitglieder/" + besetzung + "/ende");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(404);
    }
}
