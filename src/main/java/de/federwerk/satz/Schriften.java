package de.federwerk.satz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** The letters we print with: those of the pages, and further ones for Arabic and Hebrew names. All are under the SIL OFL. */
final class Schriften {

    /** One file. @param gewicht as in CSS */
    record Schnitt(String familie, int gewicht, byte[] bytes) {}

    static final List<Schnitt> ALLE = List.of(
            schnitt("Fira Sans", 400, "400Regular/FiraSans_400Regular.ttf"),
            schnitt("Fira Sans", 700, "600SemiBold/FiraSans_600SemiBold.ttf"),
            schnitt("Noto Sans Arabic", 400, "400Regular/NotoSansArabic_400Regular.ttf"),
            schnitt("Noto Sans Arabic", 700, "600SemiBold/NotoSansArabic_600SemiBold.ttf"),
            schnitt("Noto Sans Hebrew", 400, "400Regular/NotoSansHebrew_400Regular.ttf"),
            schnitt("Noto Sans Hebrew", 700, "600SemiBold/NotoSansHebrew_600SemiBold.ttf"));

    /** What the plain ones can show; the bold ones have the same. */
    private static final List<CmapLookup> ZEICHEN =
            ALLE.stream().filter(s -> s.gewicht == 400).map(Schriften::zeichen).toList();

    private Schriften() {}

    private static Schnitt schnitt(String familie, int gewicht, String datei) {
        try (InputStream ein = Schriften.class.getResourceAsStream("schrift/" + datei)) {
            if (ein == null) {
                throw new IllegalStateException("Im Programm fehlt die Schrift " + datei);
            }
            return new Schnitt(familie, gewicht, ein.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CmapLookup zeichen(Schnitt schnitt) {
        try {
            // Not closed: the table of characters may read from it later, and it is memory of ours.
            return new TTFParser(true)
                    .parse(new RandomAccessReadBuffer(schnitt.bytes))
                    .getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Composed, and with {@code [U+XXXX]} for what no letter of ours shows: something visibly missing can be asked about, a gap cannot. */
    static String setzbar(String text) {
        var zusammen = Normalizer.normalize(text, Normalizer.Form.NFC);
        var zeile = new StringBuilder(zusammen.length());
        zusammen.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                zeile.appendCodePoint(c == '\u00a0' || c == '\n' ? c : ' ');
            } else if (c == 0xad || Character.getType(c) == Character.FORMAT) {
                // Marks of direction and joining have done their work when the text was typed.
                return;
            } else if (ZEICHEN.stream().anyMatch(z -> z.getGlyphId(c) > 0)) {
                zeile.appendCodePoint(c);
            } else {
                zeile.append(fehlend(c));
            }
        });
        return zeile.toString();
    }

    static String fehlend(int zeichen) {
        return "[U+" + "%04X".formatted(zeichen).toUpperCase(Locale.ROOT) + "]";
    }
}
