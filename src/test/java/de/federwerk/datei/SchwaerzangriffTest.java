package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Attacks what was blacked out, with other means than the program itself uses; through a real worker. */
class SchwaerzangriffTest {

    private static final Grenzen GRENZEN = new Grenzen(500, 500, 40_000_000, 1_000, 0, 0, 10 * 60_000L, 4L << 30, 0, 0);

    private static Werkstatt werkstatt;

    @BeforeAll
    static void oeffne() {
        werkstatt = new Werkstatt(Path.of("target/schwaerzung"), 1, Duration.ofSeconds(60), Duration.ofMinutes(5));
    }

    @AfterAll
    static void schliesse() {
        werkstatt.close();
    }

    private static Ergebnis arbeite(Arbeitsordner ordner, byte[] pdf, Schwaerzauftrag auftrag) throws Exception {
        ordner.leereBisAufOriginal();
        Files.write(ordner.original(), pdf);
        return werkstatt.lies(ordner, Auftrag.zumSchwaerzen(auftrag, ordner, GRENZEN), s -> {});
    }

    private static List<Schwaerzwerk.Seitenlage> lagen(Arbeitsordner ordner, byte[] pdf) throws Exception {
        assertThat(arbeite(ordner, pdf, Schwaerzauftrag.lage()).ursache()).isNull();
        return List.of(JsonMapper.shared()
                .readValue(Files.readString(ordner.ergebnis(Schwaerzauftrag.LAGE)), Schwaerzwerk.Seitenlage[].class));
    }

    private static byte[] schwaerze(Arbeitsordner ordner, byte[] pdf, List<Schwaerzwerk.Flaeche> flaechen)
            throws Exception {
        var ergebnis = arbeite(ordner, pdf, new Schwaerzauftrag(true, flaechen, Set.of()));
        assertThat(ergebnis.ursache()).isNull();
        return Files.readAllBytes(ordner.ergebnis(String.valueOf(ergebnis.vorschau())));
    }

    private static List<Schwaerzwerk.Flaeche> um(
            List<Schwaerzwerk.Seitenlage> lagen, Predicate<Schwaerzwerk.Wort> welche) {
        return lagen.stream()
                .flatMap(l -> l.worte().stream()
                        .filter(welche)
                        .map(w -> new Schwaerzwerk.Flaeche(l.seite(), w.x() - 0.3, w.y(), w.breite() + 0.6, w.hoehe())))
                .toList();
    }

    @Test
    void von_einem_namen_in_allen_verstecken_bleibt_nichts() throws Exception {
        var fund = Verstecke.alle(System.getProperty("federwerk.bilder") != null);
        try (var ordner = werkstatt.ordner()) {
            var lagen = lagen(ordner, fund.pdf());
            var flaechen = um(
                    lagen,
                    w -> Wortform.von(w.text()).contains("zacharias")
                            || w.text().contains("Stef"));
            for (int seite = 1; seite <= lagen.size(); seite++) {
                int nr = seite;
                assertThat(flaechen.stream().filter(f -> f.seite() == nr))
                        .as(
                                "auf Seite %d (%s) zu sehen: %s",
                                nr, fund.bleibt().get(nr - 1), lagen.get(nr - 1).worte())
                        .isNotEmpty();
            }
            var kopie = schwaerze(ordner, fund.pdf(), flaechen);
            if (System.getProperty("federwerk.bilder") != null) {
                Files.write(Path.of("target/verstecke.pdf"), fund.pdf());
                Files.write(Path.of("target/verstecke-geschwaerzt.pdf"), kopie);
            }
            greifAn(
                    kopie,
                    flaechen,
                    Set.of("zacharias", "stefinger", "verborgen", "jenseits", "zugedeckt", "getippext", "bleich"));
            try (var pdf = Loader.loadPDF(kopie)) {
                for (int i = 0; i < fund.bleibt().size(); i++) {
                    assertThat(text(pdf, i + 1).replaceAll("\\s", ""))
                            .as("Seite " + (i + 1))
                            .contains(fund.bleibt().get(i));
                }
                assertThat(text(pdf, 10)).contains("Ersatzname statt dessen");
            }
        }
    }

    /** Random words, sizes, directions and cuts; a word of them is to go, and all others that it does not touch are to stay. */
    @Test
    void was_gewuerfelt_wird_geht_und_bleibt_wie_es_soll() throws Exception {
        try (var ordner = werkstatt.ordner()) {
            for (long seed = 1; seed <= 3; seed++) {
                var wuerfel = new Random(seed);
                var pdf = gewuerfelt(wuerfel);
                var lagen = lagen(ordner, pdf);
                var worte = new TreeSet<String>();
                lagen.forEach(l -> l.worte().forEach(w -> worte.add(w.text())));
                assertThat(worte).as("seed " + seed).hasSizeGreaterThan(10);
                var ziel = List.copyOf(worte).get(wuerfel.nextInt(worte.size()));
                var flaechen = um(lagen, w -> w.text().equals(ziel));
                var kopie = schwaerze(ordner, pdf, flaechen);
                greifAn(kopie, flaechen, Set.of(Wortform.von(ziel)));
                var bleibt = new TreeSet<String>();
                lagen.forEach(l -> l.worte().stream()
                        .filter(w -> flaechen.stream().noneMatch(f -> f.seite() == l.seite() && nah(f, w)))
                        .forEach(w -> bleibt.add(w.text())));
                try (var neu = Loader.loadPDF(kopie)) {
                    // Slanted lines are torn apart by whoever extracts them.
                    var text = text(neu, 0).replaceAll("\\s", "");
                    assertThat(bleibt)
                            .as("seed " + seed)
                            .allSatisfy(w -> assertThat(text).contains(w));
                }
            }
        }
    }

    private static boolean nah(Schwaerzwerk.Flaeche f, Schwaerzwerk.Wort w) {
        return new Rectangle2D.Double(f.x() - 1, f.y() - 1, f.breite() + 2, f.hoehe() + 2)
                .intersects(w.x(), w.y(), w.breite(), w.hoehe());
    }

    private static byte[] gewuerfelt(Random wuerfel) throws IOException {
        try (var pdf = new PDDocument()) {
            for (int s = 0; s < 2; s++) {
                var seite = new PDPage(PDRectangle.A4);
                seite.setRotation(90 * wuerfel.nextInt(4));
                if (wuerfel.nextBoolean()) {
                    seite.setCropBox(new PDRectangle(wuerfel.nextInt(30), wuerfel.nextInt(30), 550, 790));
                }
                pdf.addPage(seite);
                var schrift = new PDType1Font(
                        wuerfel.nextBoolean()
                                ? Standard14Fonts.FontName.TIMES_ROMAN
                                : Standard14Fonts.FontName.HELVETICA);
                try (var stift = new PDPageContentStream(pdf, seite)) {
                    for (int zeile = 0; zeile < 12; zeile++) {
                        stift.beginText();
                        stift.setFont(schrift, 8 + wuerfel.nextInt(9));
                        stift.setTextMatrix(Matrix.getRotateInstance(
                                wuerfel.nextInt(4) == 0 ? wuerfel.nextDouble(0.3) - 0.15 : 0, 60, 720 - 50 * zeile));
                        for (int w = 0; w < 4; w++) {
                            var wort = wort(wuerfel);
                            int schnitt = 1 + wuerfel.nextInt(wort.length() - 1);
                            stift.showTextWithPositioning(new Object[] {
                                wort.substring(0, schnitt), wuerfel.nextInt(60) - 30f, wort.substring(schnitt) + "  "
                            });
                        }
                        stift.endText();
                    }
                }
            }
            var bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static String wort(Random wuerfel) {
        var wort = new StringBuilder();
        for (int i = 0; i < 5 + wuerfel.nextInt(5); i++) {
            wort.append("abdegijklmnoprstuvwäöüß".charAt(wuerfel.nextInt(23)));
        }
        return wort.toString();
    }

    /** Whole pixels are less than the page by a fraction; far down a long one that is a whole line. */
    @Test
    void am_ende_einer_langen_seite_sitzt_der_balken_wo_er_soll() throws Exception {
        byte[] pdf;
        try (var lang = new PDDocument()) {
            var seite = new PDPage(new PDRectangle(1_000, 14_400));
            lang.addPage(seite);
            try (var stift = new PDPageContentStream(lang, seite)) {
                stift.beginText();
                stift.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
                stift.newLineAtOffset(60, 14_000);
                stift.showText("Auf dieser Seite steht genug Text");
                stift.newLineAtOffset(0, -13_960);
                stift.showText("Zacharias bleibt unten daneben");
                stift.endText();
            }
            var bytes = new ByteArrayOutputStream();
            lang.save(bytes);
            pdf = bytes.toByteArray();
        }
        try (var ordner = werkstatt.ordner()) {
            var flaechen = um(lagen(ordner, pdf), w -> w.text().equals("Zacharias"));
            assertThat(flaechen).hasSize(1);
            var kopie = schwaerze(ordner, pdf, flaechen);
            try (var neu = Loader.loadPDF(kopie)) {
                var bild = new PDFRenderer(neu).renderImageWithDPI(0, 60);
                schwarz(bild, flaechen.getFirst(), 60);
                var f = flaechen.getFirst();
                int darueber =
                        bild.getRGB((int) ((f.x() + f.breite() / 2) * 60 / 25.4), (int) ((f.y() - 1.5) * 60 / 25.4));
                assertThat(darueber & 0xFF).as("nichts darüber").isGreaterThan(200);
                assertThat(text(neu, 0)).contains("bleibt").doesNotContain("Zacharias");
            }
        }
    }

    @Test
    void was_zu_sehen_ist_wird_gefunden_auch_unter_durchsichtigem_und_noch_einmal_geschrieben() throws Exception {
        byte[] pdf;
        try (var neu = new PDDocument()) {
            var seite = new PDPage(PDRectangle.A4);
            neu.addPage(seite);
            var durchsichtig = new BufferedImage(40, 20, BufferedImage.TYPE_INT_ARGB);
            try (var stift = new PDPageContentStream(neu, seite)) {
                zeile(stift, 700, "Wiederholt");
                weiss(stift, 40, 690, 300, 40);
                zeile(stift, 700, "Wiederholt");
                zeile(stift, 600, "Durchsicht");
                stift.drawImage(
                        org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory.createFromImage(neu, durchsichtig),
                        40,
                        590,
                        300,
                        40);
                zeile(stift, 500, "Ausschnitt");
                stift.saveGraphicsState();
                stift.addRect(500, 100, 20, 20);
                stift.clip();
                weiss(stift, 0, 0, 595, 842);
                stift.restoreGraphicsState();
                zeile(stift, 400, "Zugedecktes");
                weiss(stift, 40, 390, 300, 40);
            }
            var bytes = new ByteArrayOutputStream();
            neu.save(bytes);
            pdf = bytes.toByteArray();
        }
        try (var ordner = werkstatt.ordner()) {
            assertThat(lagen(ordner, pdf).getFirst().worte().stream().map(Schwaerzwerk.Wort::text))
                    .containsExactlyInAnyOrder("Wiederholt", "Durchsicht", "Ausschnitt");
        }
    }

    @Test
    void gezeichnete_buchstaben_sind_so_gross_wie_sie_gezeichnet_sind() throws Exception {
        byte[] pdf;
        try (var neu = new PDDocument()) {
            var seite = new PDPage(PDRectangle.A4);
            neu.addPage(seite);
            Verstecke.type3(neu, seite, "Bleibt", 0.002f);
            var bytes = new ByteArrayOutputStream();
            neu.save(bytes);
            pdf = bytes.toByteArray();
        }
        try (var ordner = werkstatt.ordner()) {
            assertThat(lagen(ordner, pdf).getFirst().worte())
                    .filteredOn(w -> w.text().equals("Zacharias"))
                    .hasSize(2)
                    .anySatisfy(w -> assertThat(w.hoehe()).isGreaterThan(9.5));
        }
    }

    private static void zeile(PDPageContentStream stift, int y, String text) throws IOException {
        stift.setNonStrokingColor(java.awt.Color.BLACK);
        stift.beginText();
        stift.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
        stift.newLineAtOffset(60, y);
        stift.showText(text);
        stift.endText();
    }

    private static void weiss(PDPageContentStream stift, int x, int y, int breite, int hoehe) throws IOException {
        stift.setNonStrokingColor(java.awt.Color.WHITE);
        stift.addRect(x, y, breite, hoehe);
        stift.fill();
    }

    @Test
    void ein_kaputtes_ein_verschluesseltes_und_ein_zu_langes_pdf_werden_mit_grund_abgelehnt() throws Exception {
        try (var ordner = werkstatt.ordner()) {
            assertThat(arbeite(ordner, Muster.bytes("%PDF-1.7 kaputt"), Schwaerzauftrag.lage())
                            .ursache())
                    .contains("beschädigt");
            assertThat(arbeite(ordner, Muster.verschluesseltesPdf(), Schwaerzauftrag.lage())
                            .ursache())
                    .contains("Kennwort");
            assertThat(arbeite(
                                    ordner,
                                    Muster.textPdf(java.util.Collections.nCopies(501, "x")
                                            .toArray(String[]::new)),
                                    Schwaerzauftrag.lage())
                            .ursache())
                    .contains("höchstens 500");
        }
    }

    /** The check before the copy is handed out would notice: here it gets copies that hold something they should not. */
    @Test
    void die_eigene_probe_merkt_was_uebersehen_wurde() throws Exception {
        var ordner = Files.createDirectories(Path.of("target/schwaerzung/probe"));
        var lesung = new Lesung(new Auftrag(ordner.toString(), "x", Set.of(), GRENZEN), s -> {});
        var flaeche = List.of(List.<Rectangle2D>of(new Rectangle2D.Double(10, 10, 30, 10)));
        var weiss = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        var stift = weiss.createGraphics();
        stift.setColor(java.awt.Color.WHITE);
        stift.fillRect(0, 0, 200, 200);
        var schwarz = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        var darin = new Blattworte.Wort("Zacharias", 12, 18, 1, 0, 8, 20, new Rectangle2D.Double(12, 11, 20, 8));
        var daneben = new Blattworte.Wort("Zacharias", 50, 80, 1, 0, 8, 40, new Rectangle2D.Double(50, 72, 40, 8));

        new Schwaerzprobe(lesung, pixelpdf(ordner, schwarz, List.of(daneben)))
                .bestehe(flaeche, Set.of("anders", "3704"), Set.of());
        faelltDurch(lesung, pixelpdf(ordner, weiss, List.of()), flaeche, Set.of());
        faelltDurch(lesung, pixelpdf(ordner, schwarz, List.of(darin)), flaeche, Set.of());
        faelltDurch(lesung, pixelpdf(ordner, schwarz, List.of(daneben)), flaeche, Set.of("zacharias"));
        var gut = pixelpdf(ordner, schwarz, List.of());
        var bytes = Files.readAllBytes(gut);
        for (var anhang : List.of("%%EOF\n", "% Zacharias", "% ZACHARIAS")) {
            var mehr = new ByteArrayOutputStream();
            mehr.write(bytes);
            mehr.write(anhang.getBytes(StandardCharsets.ISO_8859_1));
            Files.write(gut, mehr.toByteArray());
            faelltDurch(lesung, gut, flaeche, Set.of("zacharias"));
        }
        Files.write(gut, bytes);
        try (var pdf = Loader.loadPDF(bytes)) {
            pdf.getDocumentInformation().setTitle("Zacharias");
            pdf.save(gut.toFile());
        }
        faelltDurch(lesung, gut, flaeche, Set.of("zacharias"));
    }

    private static void faelltDurch(Lesung lesung, Path pdf, List<List<Rectangle2D>> flaechen, Set<String> zuviel) {
        assertThatThrownBy(() -> new Schwaerzprobe(lesung, pdf).bestehe(flaechen, zuviel, Set.of()))
                .isInstanceOf(Befund.class)
                .hasMessageContaining("Prüfung nicht bestanden");
    }

    private static Path pixelpdf(Path ordner, BufferedImage bild, List<Blattworte.Wort> worte) throws IOException {
        var ziel = ordner.resolve("probe.pdf");
        try (var pdf = new Pixelpdf(ordner)) {
            pdf.seite(bild, 100, 100, worte);
            pdf.speichere(ziel);
        }
        return ziel;
    }

    /** @param weg in lower case */
    private static void greifAn(byte[] kopie, List<Schwaerzwerk.Flaeche> flaechen, Set<String> weg) throws Exception {
        try (var pdf = Loader.loadPDF(kopie)) {
            keines(weg, "Text", text(pdf, 0));
            for (var schluessel : pdf.getDocument().getXrefTable().keySet()) {
                var objekt = pdf.getDocument().getObjectFromPool(schluessel).getObject();
                keines(weg, "Objekt " + schluessel, String.valueOf(objekt));
                if (objekt instanceof COSStream strom) {
                    try (var ein = strom.createInputStream()) {
                        var inhalt = ein.readAllBytes();
                        keines(weg, "Strom " + schluessel, new String(inhalt, StandardCharsets.ISO_8859_1));
                        keines(weg, "Strom " + schluessel, new String(inhalt, StandardCharsets.UTF_16BE));
                        keines(weg, "Strom " + schluessel, new String(inhalt, StandardCharsets.UTF_16LE));
                    }
                }
            }
            var katalog = pdf.getDocumentCatalog();
            assertThat(katalog.getAcroForm()).isNull();
            assertThat(katalog.getDocumentOutline()).isNull();
            assertThat(katalog.getNames()).isNull();
            assertThat(katalog.getOpenAction()).isNull();
            assertThat(katalog.getOCProperties()).isNull();
            assertThat(katalog.getStructureTreeRoot()).isNull();
            assertThat(pdf.getDocumentInformation().getMetadataKeys()).isEmpty();
            var zeichner = new PDFRenderer(pdf);
            for (int i = 0; i < pdf.getNumberOfPages(); i++) {
                var seite = pdf.getPage(i);
                assertThat(seite.getAnnotations()).isEmpty();
                assertThat(seite.getCOSObject().containsKey(COSName.getPDFName("Thumb")))
                        .isFalse();
                COSDictionary bilder = seite.getResources().getCOSObject().getCOSDictionary(COSName.XOBJECT);
                assertThat(bilder.size()).isEqualTo(1);
                int nr = i + 1;
                var bild = zeichner.renderImageWithDPI(i, 150);
                flaechen.stream().filter(f -> f.seite() == nr).forEach(f -> schwarz(bild, f));
            }
        }
        var roh = new String(kopie, StandardCharsets.ISO_8859_1);
        keines(weg, "Bytes", roh);
        keines(weg, "Bytes", new String(kopie, StandardCharsets.UTF_16BE));
        keines(weg, "Bytes", new String(kopie, 1, kopie.length - 1, StandardCharsets.UTF_16BE));
        assertThat(roh.split("%%EOF", -1)).as("eine Fassung").hasSize(2);
        for (var programm :
                List.of("pdftotext -q %s -", "mutool draw -q -F txt %s", "qpdf --qdf --object-streams=disable %s -")) {
            fremdes(programm, kopie).ifPresent(text -> keines(weg, programm, text));
        }
    }

    private static void keines(Set<String> weg, String wo, String text) {
        var klein = text.toLowerCase(Locale.GERMAN);
        assertThat(weg).as(wo).noneMatch(klein::contains);
    }

    private static void schwarz(BufferedImage bild, Schwaerzwerk.Flaeche f) {
        schwarz(bild, f, 150);
    }

    private static void schwarz(BufferedImage bild, Schwaerzwerk.Flaeche f, int dpi) {
        double jeMm = dpi / 25.4;
        for (int y = (int) Math.ceil(Math.max(0, f.y()) * jeMm);
                y < Math.min(bild.getHeight(), Math.floor((f.y() + f.hoehe()) * jeMm));
                y++) {
            for (int x = (int) Math.ceil(Math.max(0, f.x()) * jeMm);
                    x < Math.min(bild.getWidth(), Math.floor((f.x() + f.breite()) * jeMm));
                    x++) {
                int rgb = bild.getRGB(x, y);
                assertThat(Math.max(rgb >> 16 & 0xFF, Math.max(rgb >> 8 & 0xFF, rgb & 0xFF)))
                        .as("Farbe bei %d, %d auf Seite %d", x, y, f.seite())
                        .isLessThan(48);
            }
        }
    }

    /** @param seite from 1; 0 for all */
    private static String text(PDDocument pdf, int seite) throws IOException {
        var leser = new PDFTextStripper();
        if (seite > 0) {
            leser.setStartPage(seite);
            leser.setEndPage(seite);
        }
        return leser.getText(pdf);
    }

    /** Where the machine has the program. */
    private static java.util.Optional<String> fremdes(String befehl, byte[] pdf) throws Exception {
        var datei = Files.createTempFile("kopie", ".pdf");
        try {
            Files.write(datei, pdf);
            var teile = new ArrayList<>(List.of(befehl.formatted(datei).split(" ")));
            if (!java.util.Arrays.stream(System.getenv("PATH").split(":"))
                    .anyMatch(o -> Files.isExecutable(Path.of(o, teile.getFirst())))) {
                return java.util.Optional.empty();
            }
            var aus = Files.createTempFile("kopie", ".txt");
            var prozess = new ProcessBuilder(teile)
                    .redirectOutput(aus.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(prozess.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(prozess.exitValue()).as(befehl).isZero();
            var text = Files.readString(aus, StandardCharsets.ISO_8859_1);
            Files.delete(aus);
            return java.util.Optional.of(text);
        } finally {
            Files.delete(datei);
        }
    }
}
