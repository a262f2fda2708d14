package de.federwerk.formular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Written by one, released by another, filled in by anybody; through its own pages. */
class FormularpflegeTest extends Teststadt {

    @Autowired
    Formulare formulare;

    @Autowired
    Formularpflege pflege;

    @Autowired
    Formularpdf pdf;

    private Stadt mitAdministration() {
        var stadt = stadt();
        als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION);
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION);
        });
        return stadt;
    }

    @Test
    void ein_formular_entsteht_ohne_json_und_wird_von_jemand_anderem_freigegeben() {
        var stadt = mitAdministration();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var alle = "/verwaltung/formulare";
        var id = Kennung.neu();
        assertThat(anja.sendeVon(alle, alle, "id", id.toString(), "titel", "Stand", "name", "Groß")
                        .status())
                .isEqualTo(422);
        anja.sendeVon(alle, alle, "id", id.toString(), "titel", "Marktstand", "name", "marktstand");
        var pfad = alle + "/" + id;
        assertThat(anja.hole(pfad).text()).contains("Marktstand", "Ihre Angaben", "jemand anderes");
        var abschnitt = "schritte/0/abschnitte/0";
        anja.sendeVon(
                pfad,
                pfad + "/teile",
                "ort",
                abschnitt,
                "aenderung",
                "1",
                "tun",
                "neu:felder",
                "neu_id",
                "breite",
                "neu_titel",
                "Breite in m",
                "neu_art",
                "zahl");
        anja.sendeVon(
                pfad,
                pfad + "/teile",
                "ort",
                abschnitt + "/felder/1",
                "aenderung",
                "2",
                "tun",
                "speichern",
                "id",
                "breite",
                "titel_de",
                "Breite",
                "titel_en",
                "Width",
                "pflicht",
                "ja",
                "von",
                "1",
                "bis",
                "4,5",
                "stellen",
                "1",
                "einheit",
                "m");
        anja.sendeVon(
                pfad, pfad + "/teile", "ort", abschnitt, "aenderung", "3", "tun", "hinauf:" + abschnitt + "/felder/1");
        // As it was three changes ago: somebody was faster.
        assertThat(anja.sendeVon(
                                pfad,
                                pfad + "/teile",
                                "ort",
                                abschnitt,
                                "aenderung",
                                "1",
                                "tun",
                                "entfernen:" + abschnitt + "/felder/0")
                        .status())
                .isEqualTo(409);
        assertThat(anja.sendeVon(
                                pfad,
                                pfad + "/teile",
                                "ort",
                                abschnitt + "/felder/0",
                                "aenderung",
                                "4",
                                "tun",
                                "speichern",
                                "id",
                                "breite",
                                "titel_de",
                                "Breite zwischen den Pfosten",
                                "wenn",
                                "nirgends = 1")
                        .text())
                .contains("Nicht gespeichert", "nirgends", "value=\"nirgends = 1\"")
                // Typed once is enough.
                .contains("Breite zwischen den Pfosten");

        var vorschau = anja.sendeVon(
                pfad + "/vorschau",
                pfad + "/vorschau",
                "schritt",
                "angaben",
                "_da",
                "breite",
                "breite",
                "9",
                "_da",
                "name");
        assertThat(vorschau.status()).isEqualTo(422);
        assertThat(vorschau.text())
                .contains("2 Felder sind noch nicht richtig", "9 ist zu groß", "f-name-vor")
                .contains("value=\"9\"");
        assertThat(anja.sendeVon(
                                pfad + "/vorschau",
                                pfad + "/vorschau",
                                "schritt",
                                "angaben",
                                "_da",
                                "breite",
                                "breite",
                                "2,5",
                                "_da",
                                "name",
                                "name.nach",
                                "Ö")
                        .text())
                .contains("Zusammenfassung", "2,5 m");

        assertThat(anja.sendeVon(pfad, pfad + "/freigabe", "aenderung", "4").status())
                .isEqualTo(403);
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        // Whoever has pressed an arrow has written in it, and whoever wrote before her still has.
        petra.sendeVon(
                pfad, pfad + "/teile", "ort", abschnitt, "aenderung", "4", "tun", "hinab:" + abschnitt + "/felder/0");
        for (var schreibt : List.of(anja, petra)) {
            assertThat(schreibt.sendeVon(pfad, pfad + "/freigabe", "aenderung", "5")
                            .status())
                    .isEqualTo(403);
        }
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE formularfassung SET verfasser = array_remove(verfasser, ?), verfasst_von = ? WHERE id = ?")
                        .params(stadt.petra().person(), stadt.anja().person(), id)
                        .update());
        petra.sendeVon(pfad, pfad + "/freigabe", "aenderung", "5");
        als(stadt.mandant(), () -> {
            assertThat(formulare
                            .gueltig("marktstand")
                            .orElseThrow()
                            .formular()
                            .titel()
                            .in("en"))
                    .isEqualTo("Marktstand");
        });
        var inhalt = als(stadt.mandant(), () -> formulare.fassung(id).formular().json());
        assertThatThrownBy(() -> als(stadt.mandant(), () -> pflege.speichere(stadt.anja(), id, inhalt, 5)))
                .hasMessageContaining("kein Entwurf mehr");
        var neu = Kennung.neu();
        petra.sendeVon(pfad, pfad + "/kopie", "neu", neu.toString());
        anja.sendeVon(alle + "/" + neu, alle + "/" + neu + "/freigabe", "aenderung", "1");
        als(stadt.mandant(), () -> {
            assertThat(formulare.gueltig("marktstand").orElseThrow().nummer()).isEqualTo(2);
            // What was begun with the old version goes on with it.
            assertThat(formulare.fassung(id).gilt()).isFalse();
        });
        anja.sendeVon(alle + "/" + neu, alle + "/" + neu + "/ruecknahme");
        als(stadt.mandant(), () -> assertThat(formulare.gueltig("marktstand")).isEmpty());
        var json = anja.hole(alle + "/" + neu + "/formular.json");
        assertThat(json.kopf("content-type")).contains("json");
        assertThat(anja.hole(alle + "/" + neu + "/formular.pdf").kopf("content-type"))
                .contains("pdf");
    }

    @Test
    void was_gefragt_und_gesagt_wurde_steht_im_pdf_und_mitgeliefertes_gilt() throws Exception {
        var stadt = stadt();
        als(stadt.mandant(), () -> pflege.nimmMitgelieferte(Protokoll.PROGRAMM));
        var hund = als(
                stadt.mandant(),
                () -> formulare.gueltig("hundesteuer-anmeldung").orElseThrow().formular());
        assertThat(als(stadt.mandant(), () -> formulare.gueltige())).hasSize(6);
        var werte = Werte.LEER
                .mit("name", java.util.Map.of("vor", "A", "nach", "Đặng"), "Aus Ihrem Konto")
                .mit("hund[1].rufname", "Nala", "")
                .mitAnzahl("hund", 2)
                .mit("hund[2].rufname", "<b>Wolf</b>", "")
                .mit("hund[2].gefaehrlich", "ja", "")
                .mitAnlage(
                        "hund[2].erlaubnis", new Anlage(UUID.randomUUID(), "erlaubnis.pdf", 12_345, "ab".repeat(32)));
        var bytes = pdf.ausgefuellt(
                hund, werte, "de", "Stadt Musterstadt", List.of(), Instant.parse("2026-11-30T10:00:00Z"));
        assertThat(new String(bytes, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        try (var blatt = Loader.loadPDF(bytes)) {
            assertThat(new PDFTextStripper().getText(blatt))
                    .contains(
                            "Hund anmelden",
                            "A Đặng",
                            "Aus Ihrem Konto",
                            "Hund 2",
                            "<b>Wolf</b>",
                            "erlaubnis.pdf",
                            "ababab");
        }
        try (var blatt = Loader.loadPDF(pdf.leer(hund, "de", "Stadt Musterstadt", Instant.now()))) {
            assertThat(new PDFTextStripper().getText(blatt)).contains("Chipnummer", "Unterschrift");
        }
    }
}
