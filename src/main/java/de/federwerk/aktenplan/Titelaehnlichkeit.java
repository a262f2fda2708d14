package de.federwerk.aktenplan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How alike the titles of Akten are, inside a position and between siblings: cosine of their words, rare words counting more. Numbers are left
 * out, so that „Antrag 2024-17“ and „Antrag 2025-03“ are the same kind of file. Only numbers come out of it.
 */
final class Titelaehnlichkeit {

    /** More siblings than these sharing a word say nothing about any two of them. */
    private static final int VERBREITET = 400;

    /** The position and how alike it is, 0 to 100. */
    record Nachbar(UUID id, int prozent) {}

    private static final class Stapel {
        final List<Set<String>> titel = new ArrayList<>();
        final Map<String, Double> summe = new HashMap<>();
        double laenge;
    }

    private final Map<UUID, Stapel> stapel = new HashMap<>();
    private final Map<String, Integer> haeufigkeit = new HashMap<>();
    private int titelzahl;

    void nimm(UUID position, String titel) {
        var worte = worte(titel);
        stapel.computeIfAbsent(position, id -> new Stapel()).titel.add(worte);
        worte.forEach(w -> haeufigkeit.merge(w, 1, Integer::sum));
        titelzahl++;
    }

    private static Set<String> worte(String titel) {
        var worte = new HashSet<String>();
        for (var wort : titel.toLowerCase(Locale.GERMAN).split("[^\\p{L}]+")) {
            if (wort.length() > 2) {
                worte.add(wort);
            }
        }
        return worte;
    }

    /** After the last title: adds up each position. */
    void rechne() {
        for (var s : stapel.values()) {
            for (var worte : s.titel) {
                double quadrate = 0;
                for (var w : worte) {
                    quadrate += gewicht(w) * gewicht(w);
                }
                for (var w : worte) {
                    s.summe.merge(w, gewicht(w) / Math.sqrt(quadrate), Double::sum);
                }
            }
            s.laenge =
                    Math.sqrt(s.summe.values().stream().mapToDouble(v -> v * v).sum());
        }
    }

    private double gewicht(String wort) {
        return Math.log(1 + (double) titelzahl / haeufigkeit.getOrDefault(wort, 1));
    }

    /** How alike the titles of one position are, on average of all pairs; null with fewer than two. */
    @Nullable
    Integer innen(UUID position) {
        var s = stapel.get(position);
        if (s == null || s.titel.size() < 2) {
            return null;
        }
        // Of n unit vectors: the square of their sum is n plus twice all products of pairs.
        double n = s.titel.stream().filter(t -> !t.isEmpty()).count();
        return n < 2 ? null : prozent((s.laenge * s.laenge - n) / (n * (n - 1)));
    }

    /** For each of these siblings the one that is most like it, where there is any. */
    Map<UUID, Nachbar> naechste(Collection<UUID> geschwister) {
        var verzeichnis = new HashMap<String, List<UUID>>();
        for (var id : geschwister) {
            var s = stapel.get(id);
            if (s != null) {
                s.summe
                        .keySet()
                        .forEach(w -> verzeichnis
                                .computeIfAbsent(w, x -> new ArrayList<>())
                                .add(id));
            }
        }
        var naechste = new HashMap<UUID, Nachbar>();
        for (var id : geschwister) {
            var s = stapel.get(id);
            if (s == null) {
                continue;
            }
            var produkte = new HashMap<UUID, Double>();
            s.summe.forEach((wort, wert) -> {
                var andere = verzeichnis.getOrDefault(wort, List.of());
                if (andere.size() <= VERBREITET) {
                    for (var a : andere) {
                        var dort = stapel.get(a);
                        if (!a.equals(id) && dort != null) {
                            produkte.merge(a, wert * dort.summe.getOrDefault(wort, 0.0), Double::sum);
                        }
                    }
                }
            });
            produkte.entrySet().stream()
                    .map(p -> new Nachbar(p.getKey(), prozent(p.getValue() / (s.laenge * laenge(p.getKey())))))
                    .max(java.util.Comparator.comparingInt(Nachbar::prozent).thenComparing(Nachbar::id))
                    .ifPresent(n -> naechste.put(id, n));
        }
        return naechste;
    }

    private double laenge(UUID id) {
        var s = stapel.get(id);
        return s == null || s.laenge == 0 ? 1 : s.laenge;
    }

    private static int prozent(double anteil) {
        return (int) Math.round(100 * Math.clamp(anteil, 0.0, 1.0));
    }
}
