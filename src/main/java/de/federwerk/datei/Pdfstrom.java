package de.federwerk.datei;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/**
 * A PDF written object by object, front to back: what was written is forgotten but for its place in the file, so that ten thousand
 * pages need no more memory than one source of them. PDFBox keeps a whole document until it saves it.
 *
 * <p>Leaves out on the way what a PDF/A may not have and nobody sees; syntax as ISO 19005-2, 6.1 wants it.
 */
final class Pdfstrom implements AutoCloseable {

    private static final Set<COSName> NICHT_IN_STROEMEN = Set.of(
            COSName.LENGTH,
            COSName.METADATA,
            COSName.getPDFName("PieceInfo"),
            COSName.getPDFName("LastModified"),
            COSName.getPDFName("StructParent"),
            COSName.getPDFName("StructParents"),
            COSName.getPDFName("OPI"),
            COSName.getPDFName("Alternates"),
            COSName.INTERPOLATE,
            // Bytes in another file.
            COSName.F,
            COSName.getPDFName("FFilter"),
            COSName.getPDFName("FDecodeParms"));
    /** Lists of what a font holds: may be missing (6.2.11.4.2), and many programs write them wrong. */
    private static final Set<COSName> NICHT_IN_SCHRIFTEN =
            Set.of(COSName.getPDFName("CIDSet"), COSName.getPDFName("CharSet"));

    private static final Set<COSName> VERLUSTFREI = Set.of(
            COSName.LZW_DECODE,
            COSName.LZW_DECODE_ABBREVIATION,
            COSName.FLATE_DECODE,
            COSName.FLATE_DECODE_ABBREVIATION,
            COSName.ASCII85_DECODE,
            COSName.ASCII85_DECODE_ABBREVIATION,
            COSName.ASCII_HEX_DECODE,
            COSName.ASCII_HEX_DECODE_ABBREVIATION,
            COSName.RUN_LENGTH_DECODE,
            COSName.RUN_LENGTH_DECODE_ABBREVIATION);

    private final OutputStream aus;
    private long stelle;
    private long[] orte = new long[1_024];
    private int letzte;
    /** What is an object of its own, by identity; of the source in hand, and of the house. */
    private final IdentityHashMap<COSBase, Integer> nummern = new IdentityHashMap<>();

    private final IdentityHashMap<COSBase, Integer> feste = new IdentityHashMap<>();
    private final Deque<COSBase> offen = new ArrayDeque<>();

    Pdfstrom(Path ziel) throws IOException {
        this.aus = new BufferedOutputStream(Files.newOutputStream(ziel), 1 << 16);
        text("%PDF-1.7\n%");
        bytes(new byte[] {(byte) 0xE2, (byte) 0xE3, (byte) 0xCF, (byte) 0xD3});
        text("\n");
    }

    /** The number of an object that is written later. */
    int neu() {
        letzte++;
        if (letzte >= orte.length) {
            orte = Arrays.copyOf(orte, orte.length * 2);
        }
        return letzte;
    }

    /** What stands for object {@code nummer} in a dictionary or array, until {@link #vergiss}. */
    COSBase verweis(int nummer) {
        var zeiger = new COSObject(COSNull.NULL);
        nummern.put(zeiger, nummer);
        return zeiger;
    }

    /** Written once, however many sources use it. */
    void fest(COSBase ding) throws IOException {
        int nummer = neu();
        feste.put(ding, nummer);
        schreibe(nummer, ding);
    }

    /** Writes an object and all it leads to. */
    void schreibe(int nummer, COSBase ding) throws IOException {
        objekt(nummer, ding);
        while (!offen.isEmpty()) {
            var naechstes = offen.poll();
            objekt(bekannt(naechstes), naechstes);
        }
    }

    /** A stream of our own. @param angaben what its dictionary says beside the length */
    int strom(byte[] inhalt, String angaben) throws IOException {
        int nummer = neu();
        orte[nummer] = stelle;
        text(nummer + " 0 obj\n<<" + angaben + "/Length " + inhalt.length + ">>\nstream\n");
        bytes(inhalt);
        text("\nendstream\nendobj\n");
        return nummer;
    }

    /** The source in hand is done. */
    void vergiss() {
        nummern.clear();
    }

    /** Bytes written so far. */
    long laenge() {
        return stelle;
    }

    /** The table of all objects, and the end. */
    void ende(int katalog) throws IOException {
        long tabelle = stelle;
        text("xref\n0 " + (letzte + 1) + "\n0000000000 65535 f \n");
        for (int i = 1; i <= letzte; i++) {
            text(zehnstellig(orte[i]) + (orte[i] == 0 ? " 65535 f \n" : " 00000 n \n"));
        }
        var kennung = UUID.randomUUID().toString().replace("-", "");
        text("trailer\n<</Size " + (letzte + 1) + "/Root " + katalog + " 0 R/ID[<" + kennung + "><" + kennung
                + ">]>>\nstartxref\n" + tabelle + "\n%%EOF\n");
    }

    private static String zehnstellig(long zahl) {
        var ziffern = Long.toString(zahl);
        return "0".repeat(10 - ziffern.length()) + ziffern;
    }

    private void objekt(int nummer, COSBase ding) throws IOException {
        orte[nummer] = stelle;
        text(nummer + " 0 obj\n");
        switch (ding) {
            case COSStream strom -> strom(strom);
            case COSDictionary woerterbuch -> woerterbuch(woerterbuch, Set.of(), "");
            case COSArray reihe -> reihe(reihe);
            default -> wert(ding);
        }
        text("\nendobj\n");
    }

    private void strom(COSStream strom) throws IOException {
        if (mitLzw(strom)) {
            var gepackt = new ByteArrayOutputStream();
            var packer = new Deflater();
            try (var ziel = new DeflaterOutputStream(gepackt, packer);
                    InputStream ein = strom.createInputStream()) {
                ein.transferTo(ziel);
            } finally {
                packer.end();
            }
            woerterbuch(
                    strom,
                    Set.of(COSName.FILTER, COSName.DECODE_PARMS),
                    "/Filter/FlateDecode/Length " + gepackt.size());
            text("\nstream\n");
            bytes(gepackt.toByteArray());
        } else {
            long laenge = strom.getLength();
            woerterbuch(strom, Set.of(), "/Length " + laenge);
            text("\nstream\n");
            long vorher = stelle;
            if (laenge > 0) {
                try (InputStream ein = strom.createRawInputStream()) {
                    stelle += ein.transferTo(aus);
                }
            }
            if (stelle - vorher != laenge) {
                throw new IOException("Strom kürzer als angesagt");
            }
        }
        text("\nendstream");
    }

    /** LZW is not allowed (6.1.7.2); packed anew, unless a picture format lies below. */
    private static boolean mitLzw(COSStream strom) {
        var filter = strom.getFilters();
        if (filter instanceof COSName name) {
            return name.equals(COSName.LZW_DECODE) || name.equals(COSName.LZW_DECODE_ABBREVIATION);
        }
        if (filter instanceof COSArray reihe) {
            boolean lzw = false;
            for (int i = 0; i < reihe.size(); i++) {
                if (!(reihe.getObject(i) instanceof COSName name) || !VERLUSTFREI.contains(name)) {
                    return false;
                }
                lzw |= name.equals(COSName.LZW_DECODE) || name.equals(COSName.LZW_DECODE_ABBREVIATION);
            }
            return lzw;
        }
        return false;
    }

    private void woerterbuch(COSDictionary woerterbuch, Set<COSName> ohne, String dazu) throws IOException {
        boolean strom = woerterbuch instanceof COSStream;
        var verboten = strom
                ? NICHT_IN_STROEMEN
                : COSName.FONT_DESC.equals(woerterbuch.getItem(COSName.TYPE))
                        ? NICHT_IN_SCHRIFTEN
                        : Collections.<COSName>emptySet();
        text("<<");
        for (var eintrag : woerterbuch.entrySet()) {
            if (!verboten.contains(eintrag.getKey()) && !ohne.contains(eintrag.getKey())) {
                eintrag.getKey().writePDF(zaehlend);
                text(" ");
                wert(eintrag.getValue());
            }
        }
        text(dazu + ">>");
    }

    private void reihe(COSArray reihe) throws IOException {
        text("[");
        for (int i = 0; i < reihe.size(); i++) {
            if (i > 0) {
                text(" ");
            }
            wert(reihe.get(i));
        }
        text("]");
    }

    private void wert(@Nullable COSBase wert) throws IOException {
        Integer nummer = wert == null ? null : feste.getOrDefault(wert, nummern.get(wert));
        if (nummer != null) {
            text(nummer + " 0 R");
            return;
        }
        switch (wert) {
            case null -> text("null");
            case COSObject zeiger -> {
                var ziel = zeiger.getObject();
                if (ziel instanceof COSDictionary || ziel instanceof COSArray) {
                    text(nummer(ziel) + " 0 R");
                } else {
                    wert(ziel);
                }
            }
            case COSStream strom -> text(nummer(strom) + " 0 R");
            case COSDictionary woerterbuch -> woerterbuch(woerterbuch, Set.of(), "");
            case COSArray reihe -> reihe(reihe);
            case COSName name -> name.writePDF(zaehlend);
            case COSInteger zahl -> zahl.writePDF(zaehlend);
            case COSFloat zahl -> zahl.writePDF(zaehlend);
            case COSBoolean ja -> ja.writePDF(zaehlend);
            case COSString zeichen -> text("<" + HexFormat.of().formatHex(zeichen.getBytes()) + ">");
            default -> text("null");
        }
    }

    private int nummer(COSBase ziel) {
        Integer da = feste.getOrDefault(ziel, nummern.get(ziel));
        if (da != null) {
            return da;
        }
        int neue = neu();
        nummern.put(ziel, neue);
        offen.add(ziel);
        return neue;
    }

    private int bekannt(COSBase ding) {
        Integer nummer = nummern.get(ding);
        if (nummer == null) {
            throw new IllegalStateException("ohne Nummer: " + ding);
        }
        return nummer;
    }

    private void text(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void bytes(byte[] daten) throws IOException {
        aus.write(daten);
        stelle += daten.length;
    }

    /** For the parts of PDFBox that write themselves. */
    private final OutputStream zaehlend = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            aus.write(b);
            stelle++;
        }

        @Override
        public void write(byte[] daten, int von, int wieviele) throws IOException {
            aus.write(daten, von, wieviele);
            stelle += wieviele;
        }
    };

    @Override
    public void close() throws IOException {
        aus.close();
    }
}
