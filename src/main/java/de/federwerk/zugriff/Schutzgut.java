package de.federwerk.zugriff;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something whose rights are looked at: an Akte, a Vorgang or a Dokument, with the coordinate of its Schutzbereich.
 *
 * @param vorgang of a Vorgang or Dokument; null for an Akte
 * @param ueber the Schutzbereich of what it lies in; null for an Akte
 * @param sonderId set if inheritance is cut
 * @param federfuehrend the unit that leads it
 */
record Schutzgut(
        Art art,
        UUID id,
        UUID akte,
        @Nullable UUID vorgang,
        String aktenzeichen,
        String titel,
        int schutzbereich,
        @Nullable Integer ueber,
        @Nullable UUID planKnoten,
        @Nullable UUID einheitId,
        int stufe,
        @Nullable UUID sonderId,
        UUID federfuehrend) {

    /** What can be protected, with the first part of its address. */
    enum Art {
        AKTE("akten", "die Akte"),
        VORGANG("vorgaenge", "der Vorgang"),
        DOKUMENT("dokumente", "das Dokument");

        private final String pfad;
        private final String wort;

        Art(String pfad, String wort) {
            this.pfad = pfad;
            this.wort = wort;
        }

        String pfad() {
            return pfad;
        }

        /** With its article, as it stands within a sentence. */
        String wort() {
            return wort;
        }

        /** As {@link #wort}, in the accusative and with “this”. */
        String diese() {
            return switch (this) {
                case AKTE -> "diese Akte";
                case VORGANG -> "diesen Vorgang";
                case DOKUMENT -> "dieses Dokument";
            };
        }

        static @Nullable Art aus(String pfad) {
            for (var art : values()) {
                if (art.pfad.equals(pfad)) {
                    return art;
                }
            }
            return null;
        }
    }

    boolean unterbrochen() {
        return sonderId != null;
    }

    /** Address of the thing itself. */
    String seite() {
        return "/" + art.pfad + "/" + id;
    }
}
