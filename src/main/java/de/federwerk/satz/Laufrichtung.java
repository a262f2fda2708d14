package de.federwerk.satz;

import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import java.text.Bidi;
import java.util.List;

/**
 * Text from right to left, with what the JDK knows of it (UAX #9) instead of 14 MB of ICU: which runs there are, their order on the line, and
 * by {@link Arabisch} how letters join.
 */
final class Laufrichtung implements BidiSplitter {

    private List<BidiTextRun> laeufe = List.of();

    @Override
    public void setParagraph(String absatz, byte richtung) {
        var bidi = new Bidi(absatz, richtung == RTL ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
        int anzahl = bidi.getRunCount();
        var stufen = new byte[anzahl];
        var neu = new BidiTextRun[anzahl];
        for (int i = 0; i < anzahl; i++) {
            stufen[i] = (byte) bidi.getRunLevel(i);
            neu[i] = new BidiTextRun(
                    bidi.getRunStart(i), bidi.getRunLimit(i) - bidi.getRunStart(i), stufen[i] % 2 == 0 ? LTR : RTL);
        }
        if (anzahl > 0) {
            Bidi.reorderVisually(stufen, 0, neu, 0, anzahl);
        }
        laeufe = List.of(neu);
    }

    @Override
    public int countTextRuns() {
        return laeufe.size();
    }

    @Override
    public BidiTextRun getVisualRun(int nummer) {
        return laeufe.get(nummer);
    }

    @Override
    public byte getBaseDirection(String absatz) {
        for (int i = 0; i < absatz.length(); i += Character.charCount(absatz.codePointAt(i))) {
            switch (Character.getDirectionality(absatz.codePointAt(i))) {
                case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
                    return LTR;
                }
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
                    return RTL;
                }
                default -> {
                    // Neutral: the next one decides.
                }
            }
        }
        return NEUTRAL;
    }

    /** What a run looks like on the line. */
    static final class Ordner implements BidiReorderer {

        @Override
        public String reorderRTLTextToLTR(String text) {
            return gespiegelt(text);
        }

        @Override
        public String shapeText(String text) {
            return Arabisch.verbinde(text);
        }

        @Override
        public String deshapeText(String text) {
            return text;
        }

        @Override
        public boolean isLiveImplementation() {
            return true;
        }

        /** Backwards, marks behind their letters, brackets the other way round. */
        private static String gespiegelt(String text) {
            var zeile = new StringBuilder(text.length());
            int ende = text.length();
            while (ende > 0) {
                int von = text.offsetByCodePoints(ende, -1);
                while (von > 0 && marke(text.codePointAt(von))) {
                    von = text.offsetByCodePoints(von, -1);
                }
                var stueck = text.substring(von, ende);
                zeile.append(stueck.length() == 1 ? String.valueOf(spiegel(stueck.charAt(0))) : stueck);
                ende = von;
            }
            return zeile.toString();
        }

        private static boolean marke(int zeichen) {
            return Character.getType(zeichen) == Character.NON_SPACING_MARK;
        }

        private static char spiegel(char c) {
            return switch (c) {
                case '(' -> ')';
                case ')' -> '(';
                case '[' -> ']';
                case ']' -> '[';
                case '<' -> '>';
                case '>' -> '<';
                case '«' -> '»';
                case '»' -> '«';
                default -> c;
            };
        }
    }
}
