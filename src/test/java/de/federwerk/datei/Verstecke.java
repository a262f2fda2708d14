package de.federwerk.datei;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentGroup;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentProperties;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.apache.pdfbox.util.Matrix;

/**
 * A PDF in which one name stands in every place where a PDF can hold one. On each page it is also to be seen, once, so that somebody can
 * mark it there; and each page has a word of its own that is to stay.
 */
final class Verstecke {

    static final String NAME = "Zacharias";

    /** @param bleibt by page, the word that is to stay */
    record Fund(byte[] pdf, List<String> bleibt) {}

    @FunctionalInterface
    private interface Malen {
        void auf(PDDocument pdf, PDPage seite, String bleibt) throws IOException;
    }

    private Verstecke() {}

    private static PDFont helvetica() {
        return new PDType1Font(Standard14Fonts.FontName.HELVETICA);
    }

    /** @param auchOhneSchicht a scan without a text layer as well: takes the same way, and some seconds */
    static Fund alle(boolean auchOhneSchicht) throws IOException {
        Map<String, Malen> seiten = new LinkedHashMap<>();
        seiten.put("Schlicht", Verstecke::schlicht);
        seiten.put("Formobjekt", Verstecke::formobjekt);
        seiten.put("Gedreht", (p, s, w) -> {
            try (var stift = new PDPageContentStream(p, s)) {
                schreibe(stift, Matrix.getRotateInstance(Math.PI / 2, 200, 200), w + " Frau Zacharias kam");
                schreibe(stift, Matrix.getRotateInstance(Math.PI, 500, 700), "Frau Zacharias ging");
                schreibe(stift, Matrix.getRotateInstance(0.6, 250, 300), "Frau Zacharias blieb");
            }
        });
        seiten.put("Seitlich", (p, s, w) -> {
            s.setRotation(90);
            schlicht(p, s, w);
        });
        seiten.put("Ausschnitt", (p, s, w) -> {
            s.setMediaBox(new PDRectangle(-100, -50, 900, 1100));
            s.setCropBox(new PDRectangle(20, 100, 500, 720));
            s.setRotation(270);
            try (var stift = new PDPageContentStream(p, s)) {
                schreibe(stift, Matrix.getTranslateInstance(60, 700), w + " Frau Zacharias wohnt hier");
                schreibe(stift, Matrix.getTranslateInstance(60, 1000), "Zacharias jenseits");
            }
        });
        seiten.put("Zerlegt", Verstecke::zerlegt);
        seiten.put(
                "Unterschnitten",
                (p, s, w) -> roh(
                        p,
                        s,
                        "BT /F0 14 Tf 60 700 Td (%s ) Tj [(Za) -40 (cha) 60 (r) -10 (ias)] TJ 0 -40 Td <%s> Tj ET"
                                .formatted(w, hex(NAME))));
        seiten.put("Ligatur", Verstecke::ligatur);
        seiten.put("Unsichtbar", (p, s, w) -> {
            schlicht(p, s, w);
            try (var stift = anhaengen(p, s)) {
                stift.setRenderingMode(RenderingMode.NEITHER);
                schreibe(stift, Matrix.getTranslateInstance(60, 500), "Zacharias verborgen");
                schreibe(stift, Matrix.getTranslateInstance(60, 760), "Zacharias darunter");
            }
        });
        seiten.put("Weiss", (p, s, w) -> {
            schlicht(p, s, w);
            try (var stift = anhaengen(p, s)) {
                stift.setNonStrokingColor(Color.WHITE);
                schreibe(stift, Matrix.getTranslateInstance(60, 480), "Zacharias bleich");
                stift.setNonStrokingColor(Color.BLACK);
                schreibe(stift, Matrix.getTranslateInstance(60, 400), "Zacharias zugedeckt");
                stift.addRect(40, 380, 300, 50);
                stift.fill();
                schreibe(stift, Matrix.getTranslateInstance(60, 300), "Zacharias getippext");
                stift.setNonStrokingColor(Color.WHITE);
                stift.addRect(40, 280, 300, 50);
                stift.fill();
                stift.setNonStrokingColor(Color.BLACK);
                schreibe(stift, Matrix.getTranslateInstance(60, 300), "Ersatzname statt dessen");
            }
        });
        seiten.put("Ebene", Verstecke::ebene);
        seiten.put("Ersatztext", (p, s, w) -> {
            schlicht(p, s, w);
            try (var stift = anhaengen(p, s)) {
                var angaben = new COSDictionary();
                angaben.setString(COSName.ACTUAL_TEXT, "Zacharias");
                angaben.setString(COSName.ALT, "Bild von Zacharias");
                stift.beginMarkedContent(
                        COSName.getPDFName("Span"),
                        org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList.create(angaben));
                schreibe(stift, Matrix.getTranslateInstance(60, 500), "Abk.");
                stift.endMarkedContent();
            }
        });
        seiten.put("Gezeichnet", Verstecke::type3);
        seiten.put("Anmerkung", (p, s, w) -> {
            schlicht(p, s, w);
            var zettel = new PDAnnotationText();
            zettel.setContents("Zacharias anrufen");
            zettel.setTitlePopup("Zacharias");
            zettel.setRectangle(new PDRectangle(400, 700, 20, 20));
            s.getAnnotations().add(zettel);
            zettel.getCOSObject().setItem(COSName.P, s);
        });
        seiten.put("Formularfeld", Verstecke::feld);
        seiten.put(
                "Inlinebild",
                (p, s, w) -> roh(
                        p,
                        s,
                        "BT /F0 14 Tf 60 700 Td (%s Zacharias) Tj ET q 200 0 0 60 60 500 cm BI /W 4 /H 1 /BPC 8 /CS /G ID \000\377\000\377 EI Q"
                                .formatted(w)));
        seiten.put("Ocrschicht", (p, s, w) -> scan(p, s, w, true));
        if (auchOhneSchicht) {
            seiten.put("Scan", (p, s, w) -> scan(p, s, w, false));
        }
        try (var pdf = new PDDocument()) {
            for (var seite : seiten.entrySet()) {
                var blatt = new PDPage(PDRectangle.A4);
                pdf.addPage(blatt);
                seite.getValue().auf(pdf, blatt, seite.getKey());
            }
            umDasDokument(pdf);
            return new Fund(mitFrueherem(pdf), List.copyOf(seiten.keySet()));
        }
    }

    private static void schreibe(PDPageContentStream stift, Matrix wo, String text) throws IOException {
        stift.beginText();
        stift.setFont(helvetica(), 14);
        stift.setTextMatrix(wo);
        stift.showText(text);
        stift.endText();
    }

    private static PDPageContentStream anhaengen(PDDocument pdf, PDPage seite) throws IOException {
        return new PDPageContentStream(pdf, seite, PDPageContentStream.AppendMode.APPEND, true, true);
    }

    private static void schlicht(PDDocument pdf, PDPage seite, String bleibt) throws IOException {
        try (var stift = new PDPageContentStream(pdf, seite)) {
            schreibe(stift, Matrix.getTranslateInstance(60, 760), bleibt + ": Frau Zacharias, wohnhaft");
        }
    }

    private static void formobjekt(PDDocument pdf, PDPage seite, String bleibt) throws IOException {
        var form = new PDFormXObject(pdf);
        form.setBBox(new PDRectangle(300, 100));
        var mittel = new PDResources();
        mittel.put(COSName.getPDFName("F0"), helvetica());
        form.setResources(mittel);
        try (var aus = form.getContentStream().createOutputStream()) {
            aus.write("BT /F0 12 Tf 10 50 Td (Herr Zacharias im Formobjekt) Tj ET".getBytes(StandardCharsets.US_ASCII));
        }
        try (var stift = new PDPageContentStream(pdf, seite)) {
            schreibe(stift, Matrix.getTranslateInstance(60, 760), bleibt);
            stift.transform(new Matrix(1.5f, 0, 0, 1.5f, 80, 400));
            stift.drawForm(form);
        }
    }

    /** Each letter by itself, from the last to the first. */
    private static void zerlegt(PDDocument pdf, PDPage seite, String bleibt) throws IOException {
        var schrift = helvetica();
        try (var stift = new PDPageContentStream(pdf, seite)) {
            schreibe(stift, Matrix.getTranslateInstance(60, 760), bleibt);
            for (int i = NAME.length() - 1; i >= 0; i--) {
                float x = 60 + schrift.getStringWidth(NAME.substring(0, i)) / 1000 * 14;
                schreibe(stift, Matrix.getTranslateInstance(x, 700), NAME.substring(i, i + 1));
            }
        }
    }

    private static void ligatur(PDDocument pdf, PDPage seite, String bleibt) throws IOException {
        try (var ein = PDDocument.class.getResourceAsStream(
                        "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");
                var stift = new PDPageContentStream(pdf, seite)) {
            schreibe(stift, Matrix.getTranslateInstance(60, 760), bleibt + " Zacharias");
            stift.beginText();
            stift.setFont(PDType0Font.load(pdf, ein), 14);
            stift.newLineAtOffset(60, 700);
            stift.showText("Frau Stef\uFB01nger \u00C4\u00D6\u00DC geb. Zacharias");
            stift.endText();
        }
    }

    private static void ebene(PDDocument pdf, PDPage seite, String bleibt) throws IOException {
        var ebenen = new PDOptionalContentProperties();
        var aus = new PDOptionalContentGroup("Ebene Zacharias");
        ebenen.addGroup(aus);
        ebenen.setGroupEnabled(aus, false);
        pdf.getDocumentCatalog().setOCProperties(ebenen);
        schlicht(pdf, seite, bleibt);
        try (var stift = anhaengen(pdf, seite)) {
            stift.beginMarkedContent(COSName.OC, aus);
            schreibe(stift, Matrix.getTranslateInstance(60, 500), "Zacharias auf der Ebene");
            schreibe(stift, Matrix.getTranslateInstance(60, 760), "Zacharias drunter");
            stift.endMarkedContent();
        }
    }

    /** Letters that are drawings: black blocks, with names that say which letters they are. */
    private static void type3(PDDocument pdf, PDPage seite, String bleibt) throws IOException {
        type3(pdf, seite, bleibt, 0.001f);
    }

    /** @param einheit of the font, in the size of the text */
    static void type3(PDDocument pdf, PDPage seite, String bleibt, float einheit) throws IOException {
        var zeichen = new COSDictionary();
        var namen = new COSArray();
        namen.add(COSInteger.get(65));
        var breiten = new COSArray();
        for (var c : NAME.split("")) {
            var strom = pdf.getDocument().createCOSStream();
            try (var aus = strom.createOutputStream()) {
                aus.write("600 0 0 0 500 700 d1 0 0 500 700 re 100 100 300 400 re f*"
                        .getBytes(StandardCharsets.US_ASCII));
            }
            zeichen.setItem(COSName.getPDFName(c), strom);
            namen.add(COSName.getPDFName(c));
            breiten.add(COSInteger.get(600));
        }
        var folge = new COSDictionary();
        folge.setItem(COSName.TYPE, COSName.ENCODING);
        folge.setItem(COSName.DIFFERENCES, namen);
        var schrift = new COSDictionary();
        schrift.setItem(COSName.TYPE, COSName.FONT);
        schrift.setItem(COSName.SUBTYPE, COSName.TYPE3);
        schrift.setItem(COSName.FONT_BBOX, new PDRectangle(0, 0, 600, 700).getCOSArray());
        schrift.setItem(COSName.FONT_MATRIX, new Matrix(einheit, 0, 0, einheit, 0, 0).toCOSArray());
        schrift.setItem(COSName.CHAR_PROCS, zeichen);
        schrift.setItem(COSName.ENCODING, folge);
        schrift.setInt(COSName.FIRST_CHAR, 65);
        schrift.setInt(COSName.LAST_CHAR, 65 + NAME.length() - 1);
        schrift.setItem(COSName.WIDTHS, breiten);
        schrift.setItem(COSName.RESOURCES, new COSDictionary());
        var mittel = new PDResources();
        mittel.put(COSName.getPDFName("T3"), new PDType3Font(schrift));
        mittel.put(COSName.getPDFName("F0"), helvetica());
        seite.setResources(mittel);
        inhalt(
                pdf,
                seite,
                "BT /F0 14 Tf 60 760 Td (%s Zacharias wurde gezeichnet) Tj /T3 20 Tf 0 -60 Td (ABCDEFGHI) Tj ET"
                        .formatted(bleibt));
    }

    private static void feld(PDDocument pdf, PDPage seite, String bleibt) throws IOException {
        schlicht(pdf, seite, bleibt);
        var formular = new PDAcroForm(pdf);
        pdf.getDocumentCatalog().setAcroForm(formular);
        var mittel = new PDResources();
        mittel.put(COSName.getPDFName("Helv"), helvetica());
        formular.setDefaultResources(mittel);
        formular.setDefaultAppearance("/Helv 12 Tf 0 g");
        var feld = new PDTextField(formular);
        feld.setPartialName("Name");
        feld.setDefaultAppearance("/Helv 12 Tf 0 g");
        formular.getFields().add(feld);
        var kasten = feld.getWidgets().getFirst();
        kasten.setRectangle(new PDRectangle(60, 600, 200, 24));
        kasten.setPage(seite);
        kasten.setPrinted(true);
        seite.getAnnotations().add(kasten);
        feld.setValue("Zacharias");
        feld.setDefaultValue("Zacharias");
        feld.setAlternateFieldName("Zacharias");
    }

    private static void scan(PDDocument pdf, PDPage seite, String bleibt, boolean mitSchicht) throws IOException {
        var bild = Muster.blatt(
                BufferedImage.TYPE_BYTE_GRAY,
                "Die Seite heisst " + bleibt + " und bleibt so",
                "Herr Zacharias beantragt eine Genehmigung",
                "fuer seinen Garten an der Lindenstrasse");
        float hoehe = 595f * bild.getHeight() / bild.getWidth();
        try (var stift = new PDPageContentStream(pdf, seite)) {
            stift.drawImage(LosslessFactory.createFromImage(pdf, bild), 0, 842 - hoehe, 595, hoehe);
            if (mitSchicht) {
                stift.setRenderingMode(RenderingMode.NEITHER);
                schreibe(
                        stift,
                        Matrix.getTranslateInstance(36, 842 - hoehe + 90),
                        "Herr Zacharias beantragt eine Genehmigung Zacharias");
            }
        }
    }

    private static void roh(PDDocument pdf, PDPage seite, String befehle) throws IOException {
        var mittel = new PDResources();
        mittel.put(COSName.getPDFName("F0"), helvetica());
        seite.setResources(mittel);
        inhalt(pdf, seite, befehle);
    }

    private static void inhalt(PDDocument pdf, PDPage seite, String befehle) throws IOException {
        seite.setContents(new PDStream(
                pdf, new ByteArrayInputStream(befehle.getBytes(StandardCharsets.ISO_8859_1)), COSName.FLATE_DECODE));
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void umDasDokument(PDDocument pdf) throws IOException {
        var angaben = new PDDocumentInformation();
        angaben.setTitle("Akte Zacharias");
        angaben.setAuthor("Zacharias");
        angaben.setCustomMetadataValue("Antragsteller", "Zacharias");
        angaben.setCreationDate(Calendar.getInstance());
        pdf.setDocumentInformation(angaben);
        var katalog = pdf.getDocumentCatalog();
        var xmp = new PDMetadata(pdf);
        xmp.importXMPMetadata(
                "<x:xmpmeta xmlns:x='adobe:ns:meta/'>Zacharias</x:xmpmeta>".getBytes(StandardCharsets.UTF_8));
        katalog.setMetadata(xmp);
        var lesezeichen = new PDDocumentOutline();
        var eintrag = new PDOutlineItem();
        eintrag.setTitle("Zacharias, Antrag");
        lesezeichen.addLast(eintrag);
        katalog.setDocumentOutline(lesezeichen);
        katalog.setOpenAction(new PDActionJavaScript("app.alert('Zacharias')"));
        var anlage =
                new PDEmbeddedFile(pdf, new ByteArrayInputStream("Name: Zacharias".getBytes(StandardCharsets.UTF_8)));
        var datei = new PDComplexFileSpecification();
        datei.setFile("Zacharias.txt");
        datei.setEmbeddedFile(anlage);
        var dateien = new PDEmbeddedFilesNameTreeNode();
        dateien.setNames(Map.of("Zacharias", datei));
        var namen = new PDDocumentNameDictionary(katalog);
        namen.setEmbeddedFiles(dateien);
        katalog.setNames(namen);
        // What nothing refers to but the trailer of a private kind.
        var verwaist = new COSDictionary();
        verwaist.setString(COSName.getPDFName("Notiz"), "Zacharias verwaist");
        katalog.getCOSObject().setItem(COSName.getPDFName("PieceInfo"), verwaist);
        var bildchen = new COSString("Zacharias");
        pdf.getPage(0).getCOSObject().setItem(COSName.getPDFName("Thumb"), bildchen);
    }

    /** Saved, and saved once more behind it. */
    private static byte[] mitFrueherem(PDDocument pdf) throws IOException {
        var erste = new ByteArrayOutputStream();
        pdf.save(erste);
        try (var wieder = Loader.loadPDF(erste.toByteArray())) {
            wieder.getDocumentInformation().setSubject("Zacharias, zweite Fassung");
            wieder.getDocumentInformation().getCOSObject().setNeedToBeUpdated(true);
            wieder.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            var zweite = new ByteArrayOutputStream();
            wieder.saveIncremental(zweite);
            return zweite.toByteArray();
        }
    }
}
