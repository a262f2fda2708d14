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
    POSITION("Aktenplan", Form.KENNUNG, AKTEN, VORGAENGE, DOKUMENTE),
    EINHEIT("Einheit", Form.KENNUNG, AKTEN, VORGAENGE, DOKUMENTE),
    PERSON("Bearbeitung", Form.KENNUNG, AKTEN, VORGAENGE, DOKUMENTE),
    STAND("Stand", Form.WAHL, AKTEN, VORGAENGE, DOKUMENTE),
    TITEL("Titel", Form.TEXT, AKTEN, VORGAENGE, DOKUMENTE),
    AKTENART("Aktenart", Form.KENNUNG, AKTEN, VORGAENGE, DOKUMENTE),
    PAPIER("Papier", Form.WAHL, AKTEN, VORGAENGE, DOKUMENTE),
    AKTE("Akte", Form.KENNUNG, VORGAENGE, DOKUMENTE),
    VORGANG("Vorgang", Form.KENNUNG, DOKUMENTE),
    DOKUMENTART("Dokumenttyp", Form.TEXT, DOKUMENTE),
    DATEITYP("Dateityp", Form.WAHL, DOKUMENTE),
    HERKUNFT("Herkunft", Form.WAHL, DOKUMENTE),
    ANGELEGT_VON("Angelegt ab", Form.TAG, AKTEN, VORGAENGE, DOKUMENTE),
    ANGELEGT_BIS("Angelegt bis", Form.TAG, AKTEN, VORGAENGE, DOKUMENTE),
    GEAENDERT_VON("Geändert ab", Form.TAG, VORGAENGE),
    GEAENDERT_BIS("Geändert bis", Form.TAG, VORGAENGE),
    ZDA_VON("Zu den Akten ab", Form.TAG, AKTEN, VORGAENGE),
    ZDA_BIS("Zu den Akten bis", Form.TAG, AKTEN, VORGAENGE);

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
    private final List<Listenart> listen;

    Eingrenzung(String wort, Form form, Listenart... listen) {
        this.wort = wort;
        this.form = form;
        this.listen = List.of(listen);
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
        return listen.contains(liste);
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
