package de.federwerk.datei;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Collects the text of a file page by page into one UTF-8 file, pages separated by form feed. Keeps out what PostgreSQL
 * refuses (NUL, single surrogates) and what only disturbs (other control characters), and stops at the limit.
 */
final class Seitentext implements Closeable {

    private final BufferedWriter ziel;
    private int uebrig;
    private int seiten;
    private boolean sichtbares;
    private boolean gekuerzt;

    Seitentext(Path datei, int hoechstens) throws IOException {
        this.ziel = Files.newBufferedWriter(datei, StandardCharsets.UTF_8);
        this.uebrig = hoechstens;
    }

    /** Appends one page; empty pages count too, so that the n-th page stays the n-th. */
    void seite(String text) throws IOException {
        if (seiten++ > 0) {
            ziel.write('\f');
        }
        String rein = rein(text);
        if (rein.length() > uebrig) {
            gekuerzt = true;
            int ende = uebrig > 0 && Character.isHighSurrogate(rein.charAt(uebrig - 1)) ? uebrig - 1 : uebrig;
            rein = rein.substring(0, ende);
        }
        uebrig -= rein.length();
        sichtbares |= !rein.isBlank();
        ziel.write(rein);
    }

    /** Whether anything but white space came together. */
    boolean sichtbares() {
        return sichtbares;
    }

    /** Whether the limit cut something off. */
    boolean gekuerzt() {
        return gekuerzt;
    }

    @Override
    public void close() throws IOException {
        ziel.close();
    }

    /** Text without control characters (but tab and line feed), without broken surrogates and without form feeds. */
    static String rein(String text) {
        var rein = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                    rein.append('\n');
                }
            } else if (c == '\f' || c == '\u000B' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
                rein.append('\n');
            } else if (Character.isHighSurrogate(c)) {
                if (i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                    rein.append(c).append(text.charAt(++i));
                }
            } else if (!Character.isLowSurrogate(c)
                    && (c == '\n' || c == '\t' || !Character.isISOControl(c))
                    && c < '\uFFFE') {
                rein.append(c);
            }
        }
        return rein.toString();
    }
}
