package de.federwerk.webdav;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder or file of the network folder.
 *
 * @param id of the thing it shows: position, Akte, Vorgang, Dokument, or a piece of somebody's own
 * @param vorgang of a Dokument
 * @param bytes of a Dokument: where they lie in the Ablage; of a piece: its content
 * @param laenge bytes; 0 for folders
 */
record Eintrag(
        Art art,
        UUID id,
        String name,
        @Nullable Instant angelegt,
        @Nullable Instant geaendert,
        long laenge,
        @Nullable UUID vorgang,
        @Nullable UUID bytes,
        @Nullable String medientyp) {

    private static final UUID NIEMAND = new UUID(0, 0);

    /** What it is. */
    enum Art {
        WURZEL,
        /** All positions with Akten in them. */
        AKTEN,
        POSITION,
        AKTE,
        VORGANG,
        DOKUMENT,
        /** Every Dokument by its id: short addresses for links. Lists nothing. */
        DOKUMENTE,
        /** One of them, as a folder with its file. */
        DOKUMENTORDNER,
        /** The own place. */
        BEREICH,
        ORDNER,
        DATEI
    }

    static Eintrag fest(Art art, String name) {
        return new Eintrag(art, NIEMAND, name, null, null, 0, null, null, null);
    }

    static Eintrag ordner(Art art, UUID id, String name, @Nullable Instant angelegt, @Nullable Instant geaendert) {
        return new Eintrag(art, id, name, angelegt, geaendert, 0, null, null, null);
    }

    Eintrag alsKind(String anderer) {
        return new Eintrag(art, id, anderer, angelegt, geaendert, laenge, vorgang, bytes, medientyp);
    }

    boolean istOrdner() {
        return art != Art.DOKUMENT && art != Art.DATEI;
    }

    /** Of somebody's own, and so free to be moved and deleted. */
    boolean eigen() {
        return art == Art.ORDNER || art == Art.DATEI;
    }

    /** Where pieces of somebody's own may lie. */
    boolean nimmtEigenes() {
        return art == Art.BEREICH || art == Art.ORDNER;
    }

    /** Where a program may keep something for a moment beside Dokumente. */
    boolean nimmtFluechtiges() {
        return art == Art.VORGANG || art == Art.DOKUMENTORDNER;
    }

    @Nullable
    String etag() {
        return istOrdner() ? null : "\"" + (bytes == null ? id : bytes) + "\"";
    }

    /**
     * Names under which programs keep what nobody wants among the Dokumente: lock files, files before they are complete, the traces of
     * file managers.
     */
    static boolean fluechtigerName(String name) {
        var klein = name.toLowerCase(Locale.ROOT);
        return klein.startsWith(".")
                || klein.startsWith("~")
                || klein.endsWith("~")
                || klein.endsWith("#")
                || klein.endsWith(".tmp")
                || klein.endsWith(".temp")
                || klein.endsWith(".lock")
                || klein.endsWith(".bak")
                || klein.endsWith(".part")
                || klein.endsWith(".crdownload")
                || klein.equals("thumbs.db")
                || klein.equals("desktop.ini");
    }
}
