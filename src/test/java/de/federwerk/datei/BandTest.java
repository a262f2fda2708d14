package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.datei.Band.Stueck;
import de.federwerk.datei.Band.Zeile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageDestination;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Many files to one PDF/A, through a real worker, looked at with veraPDF and PDFBox. */
class BandTest {

    private static Werkstatt werkstatt;

    @BeforeAll
    static void oeffne() {
        werkstatt = new Werkstatt(Path.of("target/werkstatt-band"), 1, Duration.ofSeconds(60), Duration.ofMinutes(3));
    }

    @AfterAll
    static void schliesse() {
        werkstatt.close();
    }

    @Test
    void aus_vielerlei_dateien_wird_ein_archivfestes_pdf() throws Exception {
        try (var band = werkstatt.ordner()) {
            var schlicht = bereite(band, "schlicht", eingebettet(3, 0));
            assertThat(schlicht.alsBild())
                    .as("Wer alles mitbringt, bleibt, wie er ist")
                    .isEmpty();
            var gedreht = bereite(band, "gedreht", eingebettet(4, 90));
            assertThat(gedreht.alsBild()).isEmpty();
            var fremd = bereite(band, "fremd", Muster.textPdf("Der Bescheid über die Sondernutzung.", "Zweite Seite"));
            assertThat(fremd.alsBild())
                    .as("Schrift nicht eingebettet: als Bild")
                    .containsExactly(1, 2);
            var scan = bereite(band, "scan", Muster.scanPdf("Ein Scan"));

            var stuecke = new ArrayList<Stueck>();
            stuecke.add(
                    new Stueck(1, "Vorgang Straßenfest", "66-1", List.of(Zeile.ueberschrift("Vermerke")), List.of()));
            stuecke.add(new Stueck(2, "Schlicht", "66-1 · 1", List.of(), namen("schlicht", schlicht)));
            stuecke.add(new Stueck(
                    2, "Gedreht 漢字 " + "lang ".repeat(60), "66-1 · 2", List.of(), namen("gedreht", gedreht)));
            stuecke.add(new Stueck(2, "Fremd", "66-1 · 3", List.of(), namen("fremd", fremd)));
            stuecke.add(new Stueck(2, "Scan", "66-1 · 4", List.of(), namen("scan", scan)));
            for (int i = 0; i < 60; i++) {
                stuecke.add(new Stueck(2, "Vermerk " + i, "66-1", List.of(Zeile.text("Wort ".repeat(30))), List.of()));
            }
            var gebunden = binde(band, stuecke);

            var datei = band.ergebnis(Bandschreiber.BAND);
            assertThat(Pdfpruefung.pruefe(datei).grund()).isEmpty();
            try (var pdf = Loader.loadPDF(datei.toFile())) {
                int blaetter = 1 + 2 + 1 + 3 + 4 + 2 + 1 + 60;
                assertThat(pdf.getNumberOfPages())
                        .isEqualTo(gebunden.blaetter())
                        .isEqualTo(blaetter);
                for (int i = 1; i <= blaetter; i++) {
                    assertThat(text(pdf, i)).contains("Blatt " + i + " von " + blaetter);
                }
                assertThat(text(pdf, gebunden.erste().get(3))).contains("Bescheid über die Sondernutzung");
                assertThat(text(pdf, gebunden.erste().get(1))).contains("Seite 1 von uns");
                var sprung = (PDAnnotationLink) pdf.getPage(1).getAnnotations().get(2);
                assertThat(((PDPageDestination) sprung.getDestination()).retrievePageNumber() + 1)
                        .isEqualTo(gebunden.erste().get(2));
                assertThat(pdf.getDocumentCatalog()
                                .getDocumentOutline()
                                .getFirstChild()
                                .getTitle())
                        .isEqualTo("Vorgang Straßenfest");
                var quer = pdf.getPage(gebunden.erste().get(2) - 1);
                assertThat(quer.getRotation()).isEqualTo(90);
                assertThat(quer.getMediaBox().getWidth()).isEqualTo(PDRectangle.A4.getWidth() + 20);
            }
        }
    }

    @Test
    void was_nicht_geht_wird_gesagt() throws Exception {
        assertThat(ursache("%PDF-1.7 kaputt".getBytes(StandardCharsets.UTF_8))).contains("beschädigt");
        assertThat(ursache(Muster.verschluesseltesPdf())).contains("Kennwort");
    }

    private static List<String> namen(String vor, Aufbereitung.Aufbereitet stueck) {
        return stueck.boegen().stream().map(b -> vor + "-" + b).toList();
    }

    private static Aufbereitung.Aufbereitet bereite(Arbeitsordner band, String name, byte[] pdf) throws Exception {
        try (var ordner = werkstatt.ordner()) {
            Files.write(ordner.original(), pdf);
            var seiten = new TreeSet<Integer>();
            var ergebnis = werkstatt.lies(ordner, auftrag(ordner, Auftrag.AUFBEREITEN), seiten::add);
            assertThat(ergebnis.ursache()).isNull();
            var befund = JsonMapper.shared()
                    .readValue(
                            Files.readAllBytes(ordner.ergebnis(Aufbereitung.BEFUND)), Aufbereitung.Aufbereitet.class);
            assertThat(seiten).as("Fortschritt").hasSize(befund.seiten());
            for (var bogen : befund.boegen()) {
                Files.move(ordner.ergebnis(bogen), band.pfad().resolve(name + "-" + bogen));
            }
            return befund;
        }
    }

    private static String ursache(byte[] pdf) throws Exception {
        try (var ordner = werkstatt.ordner()) {
            Files.write(ordner.original(), pdf);
            return String.valueOf(werkstatt
                    .lies(ordner, auftrag(ordner, Auftrag.AUFBEREITEN), s -> {})
                    .ursache());
        }
    }

    private static Bandschreiber.Gebunden binde(Arbeitsordner band, List<Stueck> stuecke) throws Exception {
        var plan = new Band(
                "Akteneinsicht",
                "Stadt Muster",
                List.of(Zeile.titel("Akteneinsicht"), Zeile.paar("Für", "RA Grün & Söhne")),
                stuecke);
        Files.writeString(
                band.pfad().resolve(Bandschreiber.PLAN), JsonMapper.shared().writeValueAsString(plan));
        var ergebnis = werkstatt.lies(band, auftrag(band, Auftrag.BINDEN), s -> {});
        assertThat(ergebnis.ursache()).as(String.valueOf(ergebnis.technisch())).isNull();
        return JsonMapper.shared()
                .readValue(Files.readAllBytes(band.ergebnis(Bandschreiber.BLAETTER)), Bandschreiber.Gebunden.class);
    }

    private static Auftrag auftrag(Arbeitsordner ordner, String art) {
        return Auftrag.zum(art, ordner, Grenzen.UEBLICH.mitPlatz(4L << 30));
    }

    private static String text(PDDocument pdf, int seite) throws IOException {
        var leser = new PDFTextStripper();
        leser.setStartPage(seite);
        leser.setEndPage(seite);
        return leser.getText(pdf);
    }

    /** Pages that need nothing from outside. */
    static byte[] eingebettet(int seiten, int drehung) throws IOException {
        try (var pdf = new PDDocument();
                var aus = new ByteArrayOutputStream()) {
            var schrift = new Hausschrift(pdf);
            var zufall = new Random(seiten);
            for (int i = 1; i <= seiten; i++) {
                var seite = new PDPage(PDRectangle.A4);
                seite.setRotation(drehung);
                pdf.addPage(seite);
                try (var stift = new PDPageContentStream(pdf, seite)) {
                    stift.beginText();
                    stift.setFont(schrift.schrift(), 10);
                    stift.setLeading(14);
                    stift.newLineAtOffset(60, 780);
                    stift.showText("Seite " + i + " von uns");
                    for (int zeile = 0; zeile < 40; zeile++) {
                        stift.newLine();
                        stift.showText(
                                Long.toString(zufall.nextLong(), 36) + " " + Long.toString(zufall.nextLong(), 36));
                    }
                    stift.endText();
                }
            }
            pdf.save(aus);
            return aus.toByteArray();
        }
    }
}
