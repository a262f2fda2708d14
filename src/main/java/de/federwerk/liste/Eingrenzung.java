package de.federwerk.liste;

import static de.federwerk.liste.Listenart.AKTEN;
import static de.federwerk.liste.Listenart.DOKUMENTE;
import static de.federwerk.liste.Listenart.VORGAENGE;

import de.federwerk.gesicht.Sprung;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** By what a list can be narrowed. Each stands in the address under its name, with one value. */
enum Eingrenzung {
    POSITION("Aktenplan", Form.KENNUNG),
    EINHEIT("Einheit", Form.KENNUNG),
    PERSON("Bearbeitung", Form.KENNUNG),
    STAND("Stand", Form.WAHL),
    TITEL("Titel", Form.TEXT),
    AKTENART("Aktenart", Form.KENNUNG),
    PAPIER("Papier", Form.WAHL),
    AKTE("Akte", Form.KENNUNG),
    VORGANG("Vorgang", Form.KENNUNG),
    DOKUMENTART("Dokumenttyp", Form.TEXT),
    DATEITYP("Dateityp", Form.WAHL),
    HERKUNFT("Herkunft", Form.WAHL),
    ANGELEGT_VON("Angelegt ab", Form.TAG),
    ANGELEGT_BIS("Angelegt bis", Form.TAG),
    GEAENDERT_VON("Geändert ab", Form.TAG),
    GEAENDERT_BIS("Geändert bis", Form.TAG),
    ZDA_VON("Zu den Akten ab", Form.TAG),
    ZDA_BIS("Zu den Akten bis", Form.TAG);

    /** How a value is written. */
    private enum Form {
        KENNUNG,
        WAHL,
        TEXT,
        TAG
    }

    /** The one who looks: a shared Ansicht shows everybody their own. */
    static final String ICH = "ich";

    /** The unit of who looks. */
    static final String MEINE = "meine";

    /** What can be chosen, and how it is called. */
    private static final Map<Eingrenzung, Map<String, String>> WAHLEN = Map.of(
            STAND, geordnet("offen", "offen", "zda", "zu den Akten", "entwurf", "Entwurf"),
            PAPIER,
                    geordnet(
                            "papier",
                            "mit Papier",
                            "registriert",
                            "Papierakte",
                            "hybrid",
                            "Hybridakte",
                            "rest",
                            "Papier-Resteakte",
                            "elektronisch",
                            "nur elektronisch"),
            DATEITYP,
                    geordnet(
                            "pdf",
                            "PDF",
                            "mail",
                            "E-Mail",
                            "bild",
                            "Bild",
                            "office",
                            "Office-Datei",
                            "text",
                            "Text",
                            "andere",
                            "andere"),
            HERKUNFT, geordnet("eingang", "aus dem Posteingang", "haus", "aus dem Haus"));

    private static final Pattern KENNUNGSWORT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int LAENGSTER = 100;

    private final String wort;
    private final Form form;

    Eingrenzung(String wort, Form form) {
        this.wort = wort;
        this.form = form;
    }

    private static Map<String, String> geordnet(String... namenUndWorte) {
        var wahl = new java.util.LinkedHashMap<String, String>();
        for (int i = 0; i < namenUndWorte.length; i += 2) {
            wahl.put(namenUndWorte[i], namenUndWorte[i + 1]);
        }
        return wahl;
    }

    /** In an address and in the form. */
    String feld() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it is called on the page of a list. */
    String wort(Listenart liste) {
        return this == PERSON && liste == DOKUMENTE
                ? "Abgelegt von"
                : this == STAND && liste == DOKUMENTE ? "Stand des Vorgangs" : wort;
    }

    boolean gilt(Listenart liste) {
        return switch (this) {
            case AKTE -> liste != AKTEN;
            case VORGANG, DOKUMENTART, DATEITYP, HERKUNFT -> liste == DOKUMENTE;
            case GEAENDERT_VON, GEAENDERT_BIS -> liste == VORGAENGE;
            case ZDA_VON, ZDA_BIS -> liste != DOKUMENTE;
            default -> true;
        };
    }

    boolean istTag() {
        return form == Form.TAG;
    }

    /** What can be chosen, by how it is written; empty where anything can be typed. */
    Map<String, String> wahl() {
        return WAHLEN.getOrDefault(this, Map.of());
    }

    /** The value in the one form it has in addresses; empty if it is none, and then the list is not narrowed by it. */
    Optional<String> lies(String getippt) {
        var text = getippt.replaceAll("\\p{Cntrl}", " ").strip();
        return switch (form) {
            case KENNUNG ->
                Optional.of(text.toLowerCase(Locale.ROOT))
                        .filter(t -> KENNUNGSWORT.matcher(t).matches()
                                || this == PERSON && t.equals(ICH)
                                || this == EINHEIT && t.equals(MEINE));
            case WAHL -> Optional.of(text).filter(wahl()::containsKey);
            case TEXT ->
                Optional.of(text.length() > LAENGSTER ? text.substring(0, LAENGSTER) : text)
                        .filter(t -> !t.isEmpty());
            case TAG -> Sprung.tag(text).map(String::valueOf);
        };
    }

    static List<Eingrenzung> fuer(Listenart liste) {
        return Arrays.stream(values()).filter(e -> e.gilt(liste)).toList();
    }
}
