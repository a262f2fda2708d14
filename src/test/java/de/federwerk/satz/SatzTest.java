package de.federwerk.satz;

import static de.federwerk.satz.Pdfprobe.maengel;
import static de.federwerk.satz.Pdfprobe.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Haustest;
import de.federwerk.basis.Abgelehnt;
import gg.jte.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.verapdf.pdfa.flavours.PDFAFlavour;

class SatzTest extends Haustest {

    private static final Instant ZEIT = Instant.parse("2026-11-30T10:15:00Z");
    private static final String LANG = "Donau".repeat(80);

    @Autowired
    Satz satz;

    private static Content tabelle(int zeilen) {
        return aus -> {
            aus.writeContent(
                    "<h2>Größen &amp; Straßen</h2><p>Xử lý Nguyễn Văn Đặng, Ελένη Παπαδοπούλου, Łukasz, محمد الأحمد, אברהם. Fehlt: 𒀀.</p>");
            aus.writeContent(
                    "<table><thead><tr><th scope=\"col\">Nr.</th><th scope=\"col\">Wort</th></tr></thead><tbody>");
            for (int i = 1; i <= zeilen; i++) {
                aus.writeContent("<tr><td>" + i + "</td><td>Zeile" + i + " Übermaß</td></tr>");
            }
            aus.writeContent("</tbody></table><p>" + LANG + "</p>");
        };
    }

    private Schriftstueck brief(int zeilen) {
        return new Schriftstueck(
                "satz/brief",
                Map.of(
                        "brief",
                        new Brief(
                                "de",
                                "Stadt Musterstadt",
                                "Fachdienst Ordnung",
                                "Stadt Musterstadt · Markt 1 · 12345 Musterstadt",
                                List.of("Frau", "Paula Lehmann", "Gartenweg 5", "12345 Musterstadt"),
                                List.of(new Angabe("Unser Zeichen", "32.10.05-7"), new Angabe("Datum", "30.11.2026")),
                                "Ihre Anmeldung eines Hundes",
                                List.of("Markt 1, 12345 Musterstadt", "www.musterstadt.example"),
                                null),
                        "inhalt",
                        tabelle(zeilen)),
                ZEIT);
    }

    private Schriftstueck bericht(int zeilen) {
        return new Schriftstueck(
                "satz/bericht",
                Map.of(
                        "titel", "Übersicht <&> \"Angaben\"",
                        "verfasser", "Stadt Musterstadt",
                        "angaben", List.of(new Angabe("Erzeugt", "30.11.2026")),
                        "fuss", "Musterstadt",
                        "inhalt", tabelle(zeilen)),
                ZEIT);
    }

    @Test
    void brief_und_bericht_sind_pdf_a_und_pdf_ua_und_haben_alle_worte_in_der_reihenfolge() throws Exception {
        for (var stueck : List.of(brief(90), bericht(90))) {
            var pdf = satz.setze(stueck);
            Files.createDirectories(Path.of("target/satz"));
            Files.write(Path.of("target/satz", stueck.vorlage().substring(5) + ".pdf"), pdf);
            assertThat(maengel(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
            assertThat(maengel(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
            var text = text(pdf);
            int stelle = 0;
            for (int i = 1; i <= 90; i++) {
                stelle = text.indexOf("Zeile" + i + " Übermaß", stelle);
                assertThat(stelle).as("Zeile " + i).isPositive();
            }
            assertThat(text)
                    .contains("Größen & Straßen", "Nguyễn Văn Đặng", "Ελένη Παπαδοπούλου", "Łukasz", "[U+12000]")
                    .contains("محمد", "אברהם");
            assertThat(text.replaceAll("\\s", "")).contains(LANG);
        }
    }

    @Test
    void gleiches_zur_gleichen_zeit_hat_gleiche_bytes() {
        var einmal = satz.setze(brief(3));
        assertThat(satz.setze(brief(3))).isEqualTo(einmal);
        assertThat(satz.setze(brief(4))).isNotEqualTo(einmal);
    }

    @Test
    void nichts_wird_von_aussen_geholt_und_zu_langes_abgelehnt() throws IOException {
        var html =
                "<html lang=\"de\"><head><title>T</title></head><body style=\"font-family: Fira Sans\"><p>da</p><img alt=\"x\" src=\"ZIEL\"/></body></html>";
        for (var ziel : List.of("file:///etc/hostname", "http://127.0.0.1:1/x.png", "jar:file:/x!/y")) {
            assertThat(text(satz.setze(html.replace("ZIEL", ziel), bericht(0)))).contains("da");
        }
        assertThatThrownBy(() -> satz.setze("x".repeat(Satz.ZEICHEN + 1), bericht(0)))
                .isInstanceOf(Abgelehnt.class);
        assertThatThrownBy(() -> satz.setze(
                        "<html lang=\"de\"><head><title>T</title></head><body style=\"font-family: Fira Sans\">"
                                + "<div style=\"page-break-after: always\">x</div>".repeat(Satz.SEITEN + 1)
                                + "</body></html>",
                        bericht(0)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("200 Seiten");
        assertThatThrownBy(() -> satz.setze(
                        "<!DOCTYPE html [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><html>&a;</html>", bericht(0)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void arabische_buchstaben_verbinden_sich() {
        assertThat(Arabisch.verbinde("محمد")).isEqualTo("\ufee3\ufea4\ufee4\ufeaa");
        assertThat(Arabisch.verbinde("لا")).isEqualTo("\ufefb");
        assertThat(Arabisch.verbinde("Anna")).isEqualTo("Anna");
    }
}
