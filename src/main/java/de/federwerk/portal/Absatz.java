package de.federwerk.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a text as people type it into a field: blank lines part paragraphs, {@code ## } begins a heading, {@code - } an entry of a list;
 * addresses become links.
 */
record Absatz(Art art, List<String> zeilen) {

    enum Art {
        TITEL,
        TEXT,
        LISTE
    }

    /** @param ziel where a link leads; null for plain text */
    record Stueck(String text, @Nullable String ziel) {}

    private static final Pattern ADRESSE =
            Pattern.compile("https?://[^\\s<>\"]{3,500}|[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}");

    static List<Absatz> von(String text) {
        var absaetze = new ArrayList<Absatz>();
        for (var block : text.strip().split("\\R\\s*\\R")) {
            for (var zeile : block.strip().split("\\R")) {
                var z = zeile.strip();
                if (z.startsWith("## ")) {
                    absaetze.add(new Absatz(Art.TITEL, List.of(z.substring(3).strip())));
                } else if (z.startsWith("- ")) {
                    haenge(absaetze, Art.LISTE, z.substring(2).strip());
                } else if (!z.isEmpty()) {
                    haenge(absaetze, Art.TEXT, z);
                }
            }
            absaetze.add(new Absatz(Art.TEXT, List.of()));
        }
        absaetze.removeIf(a -> a.zeilen.isEmpty());
        return absaetze;
    }

    private static void haenge(List<Absatz> absaetze, Art art, String zeile) {
        if (!absaetze.isEmpty()
                && absaetze.getLast().art == art
                && !absaetze.getLast().zeilen.isEmpty()) {
            var zeilen = new ArrayList<>(absaetze.getLast().zeilen);
            zeilen.add(zeile);
            absaetze.set(absaetze.size() - 1, new Absatz(art, zeilen));
        } else {
            absaetze.add(new Absatz(art, List.of(zeile)));
        }
    }

    /** A full stop after an address belongs to the sentence. */
    static List<Stueck> stuecke(String zeile) {
        var stuecke = new ArrayList<Stueck>();
        var adressen = ADRESSE.matcher(zeile);
        int ab = 0;
        while (adressen.find()) {
            var adresse = adressen.group().replaceAll("[.,;:!?)]+$", "");
            if (adressen.start() > ab) {
                stuecke.add(new Stueck(zeile.substring(ab, adressen.start()), null));
            }
            stuecke.add(new Stueck(adresse, adresse.startsWith("http") ? adresse : "mailto:" + adresse));
            ab = adressen.start() + adresse.length();
        }
        if (ab < zeile.length()) {
            stuecke.add(new Stueck(zeile.substring(ab), null));
        }
        return stuecke;
    }
}
