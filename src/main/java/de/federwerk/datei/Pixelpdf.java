package de.federwerk.datei;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * A PDF/A-2u made of pictures of pages with the words that are read in them as invisible text above. It holds nothing else: no
 * names, no dates, no structure that could come from somewhere.
 */
final class Pixelpdf implements AutoCloseable {

    static final COSName BILD = COSName.getPDFName("B");
    static final COSName SCHRIFT = COSName.getPDFName("S");

    /** Width of each letter in the font that nobody sees, in thousandths of its size. */
    private static final int LETTER = 500;

    /** Under this share of pixels between black and white a grey page is print and not a picture. */
    private static final double DRUCK = 0.1;

    private static final float JPEG = 0.8f;

    static final String XMP = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance></rdf:Description>
            </rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>""";

    private final PDDocument pdf;
    private final COSDictionary schrift;

    Pixelpdf(Path ordner) throws IOException {
        MemoryUsageSetting speicher = MemoryUsageSetting.setupMixed(16L << 20);
        speicher.setTempDir(ordner.toFile());
        pdf = new PDDocument(speicher.streamCache);
        pdf.getDocument().setVersion(1.7f);
        var katalog = pdf.getDocumentCatalog();
        katalog.setLanguage("de");
        var angaben = new PDMetadata(pdf);
        angaben.importXMPMetadata(XMP.getBytes(StandardCharsets.UTF_8));
        katalog.setMetadata(angaben);
        var farben = new PDOutputIntent(pdf, new ByteArrayInputStream(farbprofil()));
        farben.setInfo("sRGB IEC61966-2.1");
        farben.setOutputCondition("sRGB IEC61966-2.1");
        farben.setOutputConditionIdentifier("sRGB IEC61966-2.1");
        farben.setRegistryName("http://www.color.org");
        katalog.addOutputIntent(farben);
        schrift = schrift();
    }

    static byte[] farbprofil() {
        return ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    }

    /** A font without shapes, its codes are Unicode (UTF-16); PDF/A asks for no font program where all text is invisible. */
    private COSDictionary schrift() throws IOException {
        var ordnung = new COSDictionary();
        ordnung.setItem(COSName.REGISTRY, new COSString("Adobe"));
        ordnung.setItem(COSName.ORDERING, new COSString("Identity"));
        ordnung.setInt(COSName.SUPPLEMENT, 0);
        var masse = new COSDictionary();
        masse.setItem(COSName.TYPE, COSName.FONT_DESC);
        masse.setName(COSName.FONT_NAME, "Unsichtbar");
        masse.setInt(COSName.FLAGS, 4);
        masse.setItem(COSName.FONT_BBOX, ganze(0, -200, LETTER, 800));
        masse.setInt(COSName.ITALIC_ANGLE, 0);
        masse.setInt(COSName.ASCENT, 800);
        masse.setInt(COSName.DESCENT, -200);
        masse.setInt(COSName.CAP_HEIGHT, 700);
        masse.setInt(COSName.STEM_V, 80);
        var innen = new COSDictionary();
        innen.setItem(COSName.TYPE, COSName.FONT);
        innen.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE2);
        innen.setName(COSName.BASE_FONT, "Unsichtbar");
        innen.setItem(COSName.CIDSYSTEMINFO, ordnung);
        innen.setItem(COSName.FONT_DESC, masse);
        innen.setInt(COSName.DW, LETTER);
        innen.setItem(COSName.CID_TO_GID_MAP, COSName.IDENTITY);
        var aussen = new COSDictionary();
        aussen.setItem(COSName.TYPE, COSName.FONT);
        aussen.setItem(COSName.SUBTYPE, COSName.TYPE0);
        aussen.setName(COSName.BASE_FONT, "Unsichtbar");
        aussen.setItem(COSName.ENCODING, COSName.IDENTITY_H);
        var innere = new COSArray();
        innere.add(innen);
        aussen.setItem(COSName.DESCENDANT_FONTS, innere);
        var nachUnicode = new PDStream(pdf, new ByteArrayInputStream(nachUnicode()), COSName.FLATE_DECODE);
        aussen.setItem(COSName.TO_UNICODE, nachUnicode);
        return aussen;
    }

    /** Each code is its own character: blocks of 256, no surrogates, none of the codes PDF/A forbids. */
    static byte[] nachUnicode() {
        var text = new StringBuilder("""
                /CIDInit /ProcSet findresource begin 12 dict begin begincmap
                /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                /CMapName /Adobe-Identity-UCS def /CMapType 2 def
                1 begincodespacerange <0000> <FFFF> endcodespacerange
                """);
        var bloecke = new java.util.ArrayList<String>();
        for (int hoch = 0; hoch < 256; hoch++) {
            if (hoch < 0xD8 || hoch > 0xDF && hoch < 0xFE) {
                int von = hoch == 0 ? 0x20 : 0;
                bloecke.add("<%02X%02X> <%02XFF> <%02X%02X>%n"
                        .formatted(hoch, von, hoch, hoch, von)
                        .replace("\r", ""));
            }
        }
        for (int i = 0; i < bloecke.size(); i += 100) {
            var teil = bloecke.subList(i, Math.min(i + 100, bloecke.size()));
            text.append(teil.size()).append(" beginbfrange\n");
            teil.forEach(text::append);
            text.append("endbfrange\n");
        }
        text.append("endcmap CMapName currentdict /CMap defineresource pop end end\n");
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static COSArray ganze(int... zahlen) {
        var feld = new COSArray();
        for (int zahl : zahlen) {
            feld.add(COSInteger.get(zahl));
        }
        return feld;
    }

    /** @param breite in points */
    void seite(BufferedImage bild, double breite, double hoehe, List<Blattworte.Wort> worte) throws IOException {
        var seite = new PDPage(new PDRectangle((float) breite, (float) hoehe));
        pdf.addPage(seite);
        var mittel = new PDResources();
        mittel.put(BILD, bild(bild));
        var schriften = new COSDictionary();
        schriften.setItem(SCHRIFT, schrift);
        mittel.getCOSObject().setItem(COSName.FONT, schriften);
        seite.setResources(mittel);
        var inhalt = new StringBuilder();
        inhalt.append(String.format(Locale.ROOT, "q %.3f 0 0 %.3f 0 0 cm /B Do Q\n", breite, hoehe));
        if (!worte.isEmpty()) {
            inhalt.append("BT 3 Tr\n");
            worte.forEach(w -> schreibe(inhalt, w, hoehe));
            inhalt.append("ET\n");
        }
        seite.setContents(new PDStream(
                pdf,
                new ByteArrayInputStream(inhalt.toString().getBytes(StandardCharsets.US_ASCII)),
                COSName.FLATE_DECODE));
    }

    private static void schreibe(StringBuilder inhalt, Blattworte.Wort wort, double hoehe) {
        var codes = new StringBuilder();
        int zeichen = 0;
        for (char c : wort.text().toCharArray()) {
            if (c > ' ' && !Character.isSurrogate(c) && c < 0xFE00) {
                codes.append("%04X".formatted((int) c));
                zeichen++;
            }
        }
        if (zeichen == 0 || !(wort.breite() > 0.01)) {
            return;
        }
        double groesse = Math.clamp(wort.groesse(), 1, 1000);
        double stauchung = Math.clamp(100_000.0 * wort.breite() / (zeichen * LETTER * groesse), 1, 2_000);
        inhalt.append(String.format(Locale.ROOT, "/S %.2f Tf %.2f Tz ", groesse, stauchung))
                .append(String.format(
                        Locale.ROOT,
                        "%.4f %.4f %.4f %.4f %.2f %.2f Tm ",
                        wort.dx(),
                        -wort.dy(),
                        wort.dy(),
                        wort.dx(),
                        wort.x(),
                        hoehe - wort.y()))
                .append('<')
                .append(codes)
                .append("0020> Tj\n");
    }

    /** Print stays sharp (sixteen greys, without loss), photos become JPEG. */
    private PDImageXObject bild(BufferedImage bild) throws IOException {
        int b = bild.getWidth();
        int h = bild.getHeight();
        boolean grau = true;
        long zwischen = 0;
        int[] zeile = new int[b];
        for (int y = 0; y < h && grau; y++) {
            bild.getRGB(0, y, b, 1, zeile, 0, b);
            for (int rgb : zeile) {
                int rot = rgb >> 16 & 0xFF;
                int gruen = rgb >> 8 & 0xFF;
                int blau = rgb & 0xFF;
                grau &= Math.abs(rot - gruen) <= 8 && Math.abs(gruen - blau) <= 8;
                zwischen += gruen > 24 && gruen < 232 ? 1 : 0;
            }
        }
        if (!grau) {
            return JPEGFactory.createFromImage(pdf, Bilder.farbe(bild), JPEG);
        }
        return zwischen > DRUCK * b * h ? JPEGFactory.createFromImage(pdf, Bilder.grau(bild), JPEG) : druck(bild);
    }

    private PDImageXObject druck(BufferedImage bild) throws IOException {
        int b = bild.getWidth();
        var gepackt = new ByteArrayOutputStream();
        var dichte = new Deflater(6);
        try (var aus = new DeflaterOutputStream(gepackt, dichte, 1 << 16)) {
            int[] zeile = new int[b];
            byte[] paare = new byte[(b + 1) / 2];
            for (int y = 0; y < bild.getHeight(); y++) {
                bild.getRGB(0, y, b, 1, zeile, 0, b);
                java.util.Arrays.fill(paare, (byte) 0);
                for (int x = 0; x < b; x++) {
                    int stufe = (Blattworte.grau(zeile[x]) + 8) / 17;
                    paare[x / 2] |= (byte) (x % 2 == 0 ? stufe << 4 : stufe);
                }
                aus.write(paare);
            }
        } finally {
            dichte.end();
        }
        return new PDImageXObject(
                pdf,
                new ByteArrayInputStream(gepackt.toByteArray()),
                COSName.FLATE_DECODE,
                b,
                bild.getHeight(),
                4,
                PDDeviceGray.INSTANCE);
    }

    /** Written out as it is, each object by itself: whoever wants to look into it can. */
    void speichere(Path ziel) throws IOException {
        pdf.save(ziel.toFile(), CompressParameters.NO_COMPRESSION);
    }

    @Override
    public void close() throws IOException {
        pdf.close();
    }
}
