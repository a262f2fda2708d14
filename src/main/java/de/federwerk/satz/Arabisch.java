package de.federwerk.satz;

import java.util.Map;

/**
 * Joins Arabic and Persian letters: each takes the form it has alone, at the beginning, in the middle or at the end of what is written without
 * lifting the pen (Unicode, chapter 9.2). A font can do the same by its own tables, which PDFBox does not read.
 */
final class Arabisch {

    private static final int LAM = 0x644;
    /** How many forms each letter has, in the order of the block U+FE80; 0 = not in it. */
    private static final int[] BLOCK = {
        1,
        2,
        2,
        2,
        2,
        4,
        2,
        4,
        2,
        4,
        4,
        4,
        4,
        4,
        2,
        2,
        2,
        2,
        4,
        4,
        4,
        4,
        4,
        4,
        4,
        4, // U+0621 … U+063A
        0,
        0,
        0,
        0,
        0,
        0, // U+063B … U+0640
        4,
        4,
        4,
        4,
        4,
        4,
        4,
        2,
        2,
        4 // U+0641 … U+064A
    };

    private static final Map<Integer, Integer> PERSISCH =
            Map.of(0x67e, 0xfb56, 0x686, 0xfb7a, 0x6a9, 0xfb8e, 0x6af, 0xfb92, 0x6cc, 0xfbfc, 0x698, 0xfb8a);

    private static final Map<Integer, Integer> LAMALEF =
            Map.of(0x622, 0xfef5, 0x623, 0xfef7, 0x625, 0xfef9, 0x627, 0xfefb);

    private Arabisch() {}

    static String verbinde(String text) {
        var zeichen = text.codePoints().toArray();
        var zeile = new StringBuilder(text.length());
        for (int i = 0; i < zeichen.length; i++) {
            int form = form(zeichen[i]);
            if (form == 0) {
                zeile.appendCodePoint(zeichen[i]);
                continue;
            }
            int vorher = nachbar(zeichen, i, -1);
            boolean links = vorher >= 0 && verbindetWeiter(zeichen[vorher]);
            int nachher = nachbar(zeichen, i, 1);
            if (zeichen[i] == LAM && nachher == i + 1 && LAMALEF.containsKey(zeichen[nachher])) {
                zeile.appendCodePoint(LAMALEF.getOrDefault(zeichen[nachher], 0xfefb) + (links ? 1 : 0));
                i++;
                continue;
            }
            boolean rechts = vierformig(zeichen[i]) && nachher >= 0 && nimmtAn(zeichen[nachher]);
            zeile.appendCodePoint(form + (rechts ? links ? 3 : 2 : links && anzahl(zeichen[i]) > 1 ? 1 : 0));
        }
        return zeile.toString();
    }

    /** The letter beside it, past marks that stand above or below; -1 if there is none. */
    private static int nachbar(int[] zeichen, int von, int schritt) {
        int i = von + schritt;
        while (i >= 0 && i < zeichen.length && Character.getType(zeichen[i]) == Character.NON_SPACING_MARK) {
            i += schritt;
        }
        return i >= 0 && i < zeichen.length ? i : -1;
    }

    private static boolean verbindetWeiter(int zeichen) {
        return zeichen == 0x640 || vierformig(zeichen);
    }

    private static boolean nimmtAn(int zeichen) {
        return zeichen == 0x640 || anzahl(zeichen) > 1;
    }

    private static boolean vierformig(int zeichen) {
        return anzahl(zeichen) == 4;
    }

    private static int anzahl(int zeichen) {
        if (PERSISCH.containsKey(zeichen)) {
            return zeichen == 0x698 ? 2 : 4;
        }
        int stelle = zeichen - 0x621;
        return stelle < 0 || stelle >= BLOCK.length ? 0 : BLOCK[stelle];
    }

    /** The form it has alone; 0 if it does not join. */
    private static int form(int zeichen) {
        var persisch = PERSISCH.get(zeichen);
        if (persisch != null) {
            return persisch;
        }
        if (anzahl(zeichen) == 0) {
            return 0;
        }
        int form = 0xfe80;
        for (int i = 0; i < zeichen - 0x621; i++) {
            form += BLOCK[i];
        }
        return form;
    }
}
