package de.federwerk.liste;

import de.federwerk.basis.Ordnung;
import java.util.List;

/**
 * An order that an index carries, and a list therefore has at any length (ADR 0015).
 *
 * @param name in an address; where a column is called so, its head sorts
 * @param sprung what can be typed to jump to
 * @param abZuerst whether the largest comes first for who has not said
 */
record Sortierung(String name, String wort, String sprung, boolean abZuerst, List<Ordnung.Spalte> spalten) {

    private static final String TAG = "Tag";

    static Sortierung zeit(String name, String wort) {
        return new Sortierung(name, wort, TAG, true, List.of(Ordnung.zeit(name), Ordnung.kennung("id")));
    }

    static Sortierung zeichen(boolean abZuerst, String sprung) {
        return new Sortierung(
                "aktenzeichen",
                "Aktenzeichen",
                sprung,
                abZuerst,
                List.of(Ordnung.text("ordnung"), Ordnung.kennung("id")));
    }

    static Sortierung titel() {
        return new Sortierung(
                "titel", "Titel", "Anfang des Titels", false, List.of(Ordnung.text("titel"), Ordnung.kennung("id")));
    }

    Ordnung ordnung(boolean absteigend) {
        return new Ordnung(absteigend, spalten);
    }

    boolean nachTag() {
        return sprung.equals(TAG);
    }
}
