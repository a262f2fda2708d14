package de.federwerk.datenschutz;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was found, as somebody sees it.
 *
 * @param einheit whose members look at it
 * @param sichtbar whether who asks may read the thing; of others neither Aktenzeichen nor title are shown
 * @param version of the Dokument, or of the redacted copy, that was looked at
 * @param stand what it said when somebody decided, as a hash
 * @param veraltet it was decided about, and says something else by now
 * @param vorher what was decided in the request before; null if there is none or it was not found then
 */
record Treffer(
        UUID objekt,
        String art,
        String wege,
        String entscheid,
        @Nullable Zurueckhaltung grund,
        String bemerkung,
        @Nullable Instant geprueft,
        @Nullable String geprueftVon,
        @Nullable UUID ersatz,
        @Nullable Integer version,
        @Nullable String stand,
        @Nullable UUID einheitId,
        String einheit,
        boolean sichtbar,
        String aktenzeichen,
        String titel,
        @Nullable UUID vorgangId,
        @Nullable UUID akteId,
        @Nullable Integer nummer,
        String dokumentart,
        Instant datum,
        @Nullable String vorher,
        boolean veraltet) {

    boolean offen() {
        return entscheid.equals("offen") || veraltet;
    }

    boolean freigegeben() {
        return (entscheid.equals("gehoert") || entscheid.equals("geschwaerzt")) && !veraltet;
    }

    boolean zurueckgehalten() {
        return entscheid.equals("zurueckgehalten") && !veraltet;
    }

    boolean andere() {
        return entscheid.equals("andere") && !veraltet;
    }

    /** Nothing of the original but that it is there: not who sent it and not what kind it is. */
    boolean geschwaerzt() {
        return ersatz != null;
    }

    /** What goes out: the thing itself, or the redacted copy. */
    UUID heraus() {
        return ersatz == null ? objekt : ersatz;
    }

    String artwort() {
        return switch (art) {
            case "akte" -> "Akte";
            case "vorgang" -> "Vorgang";
            case "dokument" -> "Dokument";
            case "eingang" -> "Eingang";
            case "papier" -> "Papier";
            default -> "Benutzerkonto";
        };
    }

    String symbol() {
        return switch (art) {
            case "akte" -> "folder";
            case "vorgang" -> "assignment";
            case "eingang" -> "inbox";
            case "papier" -> "inventory_2";
            case "konto" -> "account_circle";
            default -> "description";
        };
    }

    /** Where somebody looks at it. */
    String seite() {
        return switch (art) {
            case "akte" -> "/akten/" + objekt;
            case "vorgang" -> "/vorgaenge/" + objekt;
            case "dokument" -> "/dokumente/" + objekt;
            case "eingang" -> "/posteingang/" + objekt;
            case "papier" -> "/papier/" + aktenzeichen;
            default -> "/datenschutz";
        };
    }

    static String inWorten(String entscheid) {
        return switch (entscheid) {
            case "gehoert" -> "gehört zur Person, geht mit";
            case "andere" -> "andere Person";
            case "geschwaerzt" -> "geht geschwärzt mit";
            case "zurueckgehalten" -> "zurückgehalten";
            default -> "zu prüfen";
        };
    }

    String entscheidwort() {
        return veraltet ? "zu prüfen: Es hat sich seit der Prüfung geändert" : inWorten(entscheid);
    }
}
