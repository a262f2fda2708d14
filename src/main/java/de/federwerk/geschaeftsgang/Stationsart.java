package de.federwerk.geschaeftsgang;

import de.federwerk.berechtigung.Recht;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is to be done at a station, and how it can end. */
public enum Stationsart {
    ENTWURF("Entwurf", "draft", 0),
    KENNTNIS("Zur Kenntnis", "visibility", 0),
    BEARBEITUNG("Zur Bearbeitung", "edit", 0),
    STELLUNGNAHME("Zur Stellungnahme", "edit_note", 0),
    MITZEICHNUNG("Mitzeichnung", "draw", 1),
    SCHLUSSZEICHNUNG("Schlusszeichnung", "draw", 2),
    VERSAND("Zum Versand", "send", 0),
    WIEDERVORLAGE("Wiedervorlage", "event", 0),
    ZDA("Zu den Akten", "task_alt", 0),
    VERFUEGUNG("Verfügung", "assignment", 0);

    private final String wort;
    private final String symbol;
    private final int befugnis;

    Stationsart(String wort, String symbol, int befugnis) {
        this.wort = wort;
        this.symbol = symbol;
        this.befugnis = befugnis;
    }

    /** How people call it. */
    public String wort() {
        return wort;
    }

    public String symbol() {
        return symbol;
    }

    /** The Zeichnungsbefugnis ({@code stelle.zeichnungsbefugnis}) it takes. */
    int befugnis() {
        return befugnis;
    }

    /** Whether something is signed here. */
    public boolean zeichnet() {
        return befugnis > 0;
    }

    /** What whoever has it may do with the Vorgang meanwhile. */
    Recht recht() {
        return this == KENNTNIS ? Recht.LESEN : Recht.BEARBEITEN;
    }

    /** How it can end, the usual first. */
    public List<Ergebnis> ergebnisse() {
        return switch (this) {
            case KENNTNIS -> List.of(Ergebnis.KENNTNIS);
            case STELLUNGNAHME -> List.of(Ergebnis.STELLUNG);
            case MITZEICHNUNG, SCHLUSSZEICHNUNG -> List.of(Ergebnis.GEZEICHNET, Ergebnis.GEAENDERT, Ergebnis.ABGELEHNT);
            default -> List.of(Ergebnis.ERLEDIGT);
        };
    }

    /** As in the database and in forms. */
    public String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Stationsart von(String kennung) {
        return valueOf(kennung.toUpperCase(Locale.ROOT));
    }

    /** What a person can place. */
    public static List<Stationsart> waehlbare() {
        return Arrays.stream(values()).filter(art -> art != ENTWURF).toList();
    }
}
