package de.federwerk.suche;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Reads along while the tokenizer reads and remembers where a hyphen, with or without a line end behind it, stands between
 * two words. The tokenizer throws both away, yet "Hunde-↵steuer" is one word to everybody who reads the page.
 */
final class Trennstellen {

    /** A hyphen at {@code strich}; the next word begins at {@code weiter} (both in characters from the start of the text). */
    record Trennstelle(int strich, int weiter) {}

    /** More blanks than this between the hyphen and the next word is layout, not hyphenation. */
    private static final int HOECHSTENS_LEER = 20;

    // Consumed as the tokens pass, so it never holds more than the tokenizer has read ahead.
    private final ArrayDeque<Trennstelle> stellen = new ArrayDeque<>();
    private int ort;
    private int strich = -1;
    private int zeilenenden;
    private char davor;

    /** Starts anew with this text. */
    Reader mitlesend(Reader text) {
        stellen.clear();
        ort = 0;
        strich = -1;
        davor = ' ';
        return new Reader() {
            @Override
            public int read(char[] puffer, int ab, int laenge) throws IOException {
                int gelesen = text.read(puffer, ab, laenge);
                for (int i = 0; i < gelesen; i++) {
                    sieh(puffer[ab + i]);
                }
                return gelesen;
            }

            @Override
            public void close() throws IOException {
                text.close();
            }
        };
    }

    private void sieh(char z) {
        if (strich >= 0) {
            if (Character.isLetter(z)) {
                boolean getrennt = ort - strich > 1;
                if (!getrennt || zeilenenden == 1) {
                    stellen.add(new Trennstelle(strich, ort));
                }
                strich = -1;
            } else if (z == '\n' || z == '\f') {
                zeilenenden++;
            } else if (!Character.isWhitespace(z) || ort - strich > HOECHSTENS_LEER) {
                strich = -1;
            }
        } else if ((z == '-' || z == '\u2010' || z == '\u00AD') && Character.isLetter(davor)) {
            strich = ort;
            zeilenenden = 0;
        }
        davor = z;
        ort++;
    }

    /** The place where the word that ends at {@code ende} is continued, if it is. Words must be asked for in their order. */
    @Nullable
    Trennstelle nach(int ende) {
        while (!stellen.isEmpty() && stellen.peek().strich() + 1 < ende) {
            stellen.poll();
        }
        // A soft hyphen belongs to the word for the tokenizer, a hyphen does not: ende is behind it or before it.
        Trennstelle erste = stellen.peek();
        return erste != null && erste.strich() <= ende ? erste : null;
    }
}
