package de.federwerk.bescheid;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From when a Bescheid that went out on one way counts as made known.
 *
 * @param tage after what {@code beginn} names: the fourth day is 4
 * @param verschiebt whether that day moves on from a weekend or holiday: under the AO it does (§ 108 Abs. 3 AO, BFH IX R 68/98), under the VwVfG it
 *     does not (no period, but a day: BSG B 8/9b SO 13/07 R)
 * @param abruftage within how many days it must be fetched, else it was not made known; 0: without bound
 * @param geprueft whether we have seen the text of the law, or the town has said so
 * @param fassung which it is: that of the program, or a change by the town
 */
record Bekanntgaberegel(
        Recht recht,
        Kanal kanal,
        Beginn beginn,
        int tage,
        boolean verschiebt,
        int abruftage,
        String grundlage,
        boolean geprueft,
        String fassung) {

    enum Beginn {
        AUFGABE("nach der Aufgabe zur Post"),
        BEREITSTELLUNG("nach der Bereitstellung"),
        ABRUF("nach dem Abruf");

        private final String wort;

        Beginn(String wort) {
            this.wort = wort;
        }

        String wort() {
            return wort;
        }

        String kennung() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Beginn von(String kennung) {
            for (var b : values()) {
                if (b.kennung().equals(kennung)) {
                    return b;
                }
            }
            return null;
        }
    }

    /** As kept with each Bescheid it was applied to. */
    String name() {
        return recht.kennung() + "/" + kanal.kennung() + ", " + fassung + ": " + grundlage;
    }

    /** For people. */
    String text() {
        return "%d. Tag %s%s%s"
                .formatted(
                        tage,
                        beginn.wort(),
                        verschiebt ? "; fällt er auf ein Wochenende oder einen Feiertag, der nächste Werktag" : "",
                        abruftage > 0
                                ? "; ohne Abruf binnen %d Tagen ist er nicht bekannt gegeben".formatted(abruftage)
                                : "");
    }
}
