package de.federwerk.datei;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Liberation Sans (SIL OFL), which PDFBox brings along: embedded whole, once in a file, so that any text can be set in it at any time. */
public final class Hausschrift {

    private static final String ORT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final char ERSATZ = '?';

    private final PDType0Font schrift;
    private final ConcurrentMap<Integer, Boolean> kann = new ConcurrentHashMap<>();

    public Hausschrift(PDDocument pdf) throws IOException {
        try (InputStream ein = PDDocument.class.getResourceAsStream(ORT)) {
            if (ein == null) {
                throw new IOException("Im Programm fehlt " + ORT);
            }
            this.schrift = PDType0Font.load(pdf, ein, false);
        }
    }

    /** For a content stream of this document. */
    public PDType0Font schrift() {
        return schrift;
    }

    /** One line of text with what this font can show. */
    public String setzbar(String text) {
        var zeile = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                zeile.append(' ');
            } else if (kann.computeIfAbsent(c, this::hat)) {
                zeile.appendCodePoint(c);
            } else if (Character.getType(c) != Character.CONTROL && Character.getType(c) != Character.FORMAT) {
                zeile.append(ERSATZ);
            }
        });
        return zeile.toString();
    }

    private boolean hat(int zeichen) {
        int art = Character.getType(zeichen);
        if (art == Character.CONTROL || art == Character.FORMAT || art == Character.SURROGATE) {
            return false;
        }
        try {
            schrift.encode(Character.toString(zeichen));
            return true;
        } catch (IOException | IllegalArgumentException fehlt) {
            return false;
        }
    }

    /** Width in points; {@code text} from {@link #setzbar}. */
    public float breite(String text, float grad) throws IOException {
        return schrift.getStringWidth(text) / 1000 * grad;
    }

    /** Shortened with an ellipsis to what fits. */
    public String gekuerzt(String text, float grad, float breite) throws IOException {
        var ganz = setzbar(text);
        if (breite(ganz, grad) <= breite) {
            return ganz;
        }
        int von = 0;
        int bis = ganz.length();
        while (von < bis) {
            int mitte = (von + bis + 1) / 2;
            if (breite(ganz.substring(0, mitte) + "…", grad) <= breite) {
                von = mitte;
            } else {
                bis = mitte - 1;
            }
        }
        int ende = von > 0 && Character.isHighSurrogate(ganz.charAt(von - 1)) ? von - 1 : von;
        return ganz.substring(0, ende).stripTrailing() + "…";
    }

    /** As it stands in a content stream. */
    String hex(String text) throws IOException {
        return "<" + HexFormat.of().formatHex(schrift.encode(text)) + ">";
    }

    /** Lines that fit, broken at blanks, and within words only where one alone is too long. */
    void umbrich(String text, float grad, float breite, List<String> zeilen) throws IOException {
        for (var absatz : text.split("\\R", -1)) {
            var zeile = new StringBuilder();
            for (var wort : setzbar(absatz).strip().split(" +")) {
                var rest = wort;
                if (!zeile.isEmpty() && breite(zeile + " " + rest, grad) > breite) {
                    zeilen.add(zeile.toString());
                    zeile.setLength(0);
                }
                while (zeile.isEmpty() && breite(rest, grad) > breite) {
                    int passt = passt(rest, grad, breite);
                    zeilen.add(rest.substring(0, passt));
                    rest = rest.substring(passt);
                }
                zeile.append(zeile.isEmpty() ? "" : " ").append(rest);
            }
            zeilen.add(zeile.toString());
        }
    }

    private int passt(String wort, float grad, float breite) throws IOException {
        int n = 1;
        while (n < wort.length() && breite(wort.substring(0, n + 1), grad) <= breite) {
            n++;
        }
        return n;
    }
}
