package de.federwerk.leistung;

import de.federwerk.basis.Sprache;
import de.federwerk.leistung.Leistungen.Grund;
import de.federwerk.leistung.Leistungen.Treffer;
import de.federwerk.leistung.Leistungen.Zeile;
import de.federwerk.suche.Wortformen;
import de.federwerk.suche.Wortformen.Wort;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The published Leistungen of a town in one language, in memory. A hit needs a word of the question that names a thing and stands in the title
 * or among the Suchworte; all else only orders hits. No score is hidden: each hit says which word met what.
 */
final class Leistungsindex {

    private static final int FRAGE = 200;
    private static final int WORTE = 12;
    private static final int TREFFER = 20;

    private enum Feld {
        TITEL(12, 6),
        SUCHWORT(9, 4);

        private final int ganz;
        private final int teil;

        Feld(int ganz, int teil) {
            this.ganz = ganz;
            this.teil = teil;
        }
    }

    /** A word by which a Leistung is found. */
    private record Stichwort(Wort wort, Feld feld, boolean englisch) {}

    /**
     * @param allein what to do, where the town lists just that as a Suchwort: found if nothing else was asked
     * @param rang among those asked for often
     */
    private record Eintrag(
            Zeile zeile,
            @Nullable String leika,
            List<Stichwort> stichworte,
            Set<String> formen,
            Set<String> taten,
            Set<String> allein,
            Set<String> kurztext,
            List<String> lebenslagen,
            int rang) {}

    /** A word of the question. @param tat what it says to do; null: it names a thing */
    private record Gefragt(
            Wort deutsch, @Nullable Wort englisch, @Nullable String tat) {}

    /** How a word met a Leistung. @param ganz by a whole word, not by a part of one */
    private record Fund(int wert, boolean ganz, Grund grund) {}

    private record Bewertet(Eintrag eintrag, int gefunden, int wert, List<Grund> gruende) {}

    private final long stand;
    private final Sprache sprache;
    private final List<Eintrag> eintraege;

    private Leistungsindex(long stand, Sprache sprache, List<Eintrag> eintraege) {
        this.stand = stand;
        this.sprache = sprache;
        this.eintraege = eintraege;
    }

    /** @param haeufig the places of those that are asked for often */
    static Leistungsindex aus(long stand, Sprache sprache, List<Leistung> leistungen, Map<UUID, Integer> haeufig) {
        var nachTitel = Collator.getInstance(Locale.GERMAN);
        return new Leistungsindex(
                stand,
                sprache,
                leistungen.stream()
                        .map(l -> eintrag(l, haeufig.getOrDefault(l.id(), Integer.MAX_VALUE)))
                        .sorted(Comparator.comparing(e -> e.zeile.titel(), nachTitel))
                        .toList());
    }

    private static Eintrag eintrag(Leistung l, int rang) {
        var stichworte = new ArrayList<Stichwort>();
        var taten = new HashSet<String>();
        var allein = new HashSet<String>();
        var kurztext = new HashSet<String>();
        nimm(l.deutsch(), false, stichworte, taten, allein, kurztext);
        if (l.sprache() != Sprache.DE) {
            nimm(l.text(), l.sprache() == Sprache.EN, stichworte, taten, allein, kurztext);
        }
        var formen = new HashSet<String>();
        for (var s : stichworte) {
            formen.add(s.wort.grundform());
            formen.addAll(s.wort.teile());
            formen.addAll(s.wort.stuecke());
        }
        return new Eintrag(Zeile.von(l), l.leika(), stichworte, formen, taten, allein, kurztext, l.lebenslagen(), rang);
    }

    private static void nimm(
            Leistungstext text,
            boolean englisch,
            List<Stichwort> stichworte,
            Set<String> taten,
            Set<String> allein,
            Set<String> kurztext) {
        for (var wort : worte(text.titel(), englisch)) {
            nimm(wort, Feld.TITEL, englisch, stichworte, taten);
        }
        for (var suchwort : text.suchworte()) {
            var worte = worte(suchwort, englisch);
            worte.forEach(w -> nimm(w, Feld.SUCHWORT, englisch, stichworte, taten));
            if (worte.size() == 1) {
                Fragewort.tat(worte.getFirst().schlicht()).ifPresent(allein::add);
            }
        }
        worte(text.kurztext(), englisch).forEach(w -> kurztext.add(w.grundform()));
    }

    private static void nimm(Wort wort, Feld feld, boolean englisch, List<Stichwort> stichworte, Set<String> taten) {
        if (Fragewort.fuellt(wort)) {
            return;
        }
        Fragewort.tat(wort.schlicht())
                .ifPresentOrElse(taten::add, () -> stichworte.add(new Stichwort(wort, feld, englisch)));
    }

    private static List<Wort> worte(String text, boolean englisch) {
        return englisch ? Wortformen.englisch(text) : Wortformen.deutsch(text);
    }

    long stand() {
        return stand;
    }

    List<Zeile> zeilen() {
        return eintraege.stream().map(Eintrag::zeile).toList();
    }

    List<Zeile> haeufige() {
        return eintraege.stream()
                .filter(e -> e.rang < Integer.MAX_VALUE)
                .sorted(Comparator.comparingInt(Eintrag::rang))
                .map(Eintrag::zeile)
                .toList();
    }

    List<Zeile> in(String lebenslage) {
        return eintraege.stream()
                .filter(e -> e.lebenslagen.contains(lebenslage))
                .map(Eintrag::zeile)
                .toList();
    }

    List<Treffer> suche(String frage) {
        var kurz = frage.strip().substring(0, Math.min(FRAGE, frage.strip().length()));
        var leika = eintraege.stream().filter(e -> kurz.equals(e.leika)).toList();
        if (!leika.isEmpty()) {
            return leika.stream()
                    .map(e -> new Treffer(e.zeile, List.of(new Grund(kurz, satz(kurz, kurz, "Schlüssel", "key")))))
                    .toList();
        }
        var gefragt = gefragt(kurz);
        var dinge = gefragt.stream().filter(g -> g.tat == null).toList();
        var taten = new LinkedHashSet<String>();
        gefragt.forEach(g -> {
            if (g.tat != null) {
                taten.add(g.tat);
            }
        });
        return (dinge.isEmpty() ? nurTaten(gefragt) : nachDingen(dinge, taten))
                .stream()
                        .sorted(Comparator.comparingInt((Bewertet b) -> -b.gefunden)
                                .thenComparingInt(b -> -b.wert)
                                .thenComparingInt(b -> b.eintrag.rang)
                                .thenComparing(b -> b.eintrag.zeile.titel()))
                        .limit(TREFFER)
                        .map(b -> new Treffer(b.eintrag.zeile, b.gruende))
                        .toList();
    }

    private List<Gefragt> gefragt(String frage) {
        var englisch = sprache == Sprache.EN ? Wortformen.englisch(frage) : List.<Wort>of();
        var alle = Wortformen.deutsch(frage);
        var gefragt = new ArrayList<Gefragt>();
        for (int i = 0; i < alle.size() && gefragt.size() < WORTE; i++) {
            var wort = alle.get(i);
            if (Fragewort.fuellt(wort)) {
                continue;
            }
            var dabei = i < englisch.size() ? englisch.get(i) : null;
            var tat = Fragewort.tat(wort.schlicht()).orElse(null);
            if (tat == null && !bekannt(wort, dabei) && Fragewort.fastTat(wort.schlicht())) {
                tat = "";
            }
            gefragt.add(new Gefragt(wort, dabei, tat));
        }
        return gefragt;
    }

    private boolean bekannt(Wort wort, @Nullable Wort englisch) {
        return eintraege.stream()
                .anyMatch(e -> e.formen.contains(wort.grundform())
                        || englisch != null && e.formen.contains(englisch.grundform()));
    }

    /** Nothing but what to do: only where the town says that this alone names the Leistung. */
    private List<Bewertet> nurTaten(List<Gefragt> gefragt) {
        var alle = new ArrayList<Bewertet>();
        for (var eintrag : eintraege) {
            gefragt.stream()
                    .filter(g -> g.tat != null && eintrag.allein.contains(g.tat))
                    .map(g -> g.deutsch.geschrieben())
                    .findFirst()
                    .ifPresent(w -> alle.add(
                            new Bewertet(eintrag, 1, 1, List.of(new Grund(w, satz(w, w, "Suchwort", "keyword"))))));
        }
        return alle;
    }

    private List<Bewertet> nachDingen(List<Gefragt> dinge, Set<String> taten) {
        var alle = new ArrayList<Bewertet>();
        var fremd = new HashSet<Gefragt>();
        for (var ding : dinge) {
            if (eintraege.stream().noneMatch(e -> genau(e, ding) != null)) {
                fremd.add(ding);
            }
        }
        for (var eintrag : eintraege) {
            int gefunden = 0;
            int wert = 0;
            boolean ganz = false;
            var gruende = new ArrayList<Grund>();
            for (var ding : dinge) {
                // A mistake is only looked for where the word as it stands names nothing in the whole catalogue.
                var fund = fremd.contains(ding) ? verschrieben(eintrag, ding) : genau(eintrag, ding);
                if (fund != null) {
                    gefunden++;
                    wert += fund.wert;
                    ganz |= fund.ganz;
                    gruende.add(fund.grund);
                } else if (eintrag.kurztext.contains(ding.deutsch.grundform())) {
                    wert++;
                }
            }
            // Half of a question met by half of a word is no answer.
            if (gefunden == 0 || gefunden < dinge.size() && !ganz) {
                continue;
            }
            for (var tat : taten) {
                if (eintrag.taten.contains(tat)) {
                    wert += 4;
                }
            }
            alle.add(new Bewertet(eintrag, gefunden, wert, gruende));
        }
        return alle;
    }

    private @Nullable Fund genau(Eintrag eintrag, Gefragt ding) {
        Fund bester = null;
        for (var s : eintrag.stichworte) {
            var wort = s.englisch ? ding.englisch : ding.deutsch;
            if (wort == null) {
                continue;
            }
            boolean ganz = s.wort.grundform().equals(wort.grundform());
            if (ganz || s.wort.teile().contains(wort.grundform())) {
                int wert = ganz ? s.feld.ganz : s.feld.teil;
                if (bester == null || wert > bester.wert) {
                    bester = fund(wert, ganz, ding, s, false);
                }
            }
        }
        return bester == null ? zusammengesetzt(eintrag, ding) : bester;
    }

    /** „Reisepassverlängerung“: each part must be found or say what to do. */
    private @Nullable Fund zusammengesetzt(Eintrag eintrag, Gefragt ding) {
        var stuecke = ding.deutsch.stuecke();
        if (stuecke.size() < 2) {
            return null;
        }
        var namen = stuecke.stream().filter(s -> Fragewort.tat(s).isEmpty()).toList();
        if (namen.isEmpty() || !eintrag.formen.containsAll(namen)) {
            return null;
        }
        var wort = ding.deutsch.geschrieben();
        return new Fund(
                7,
                true,
                new Grund(wort, satz(wort, String.join("“, „", namen), "Teile des Wortes", "parts of the word")));
    }

    private @Nullable Fund verschrieben(Eintrag eintrag, Gefragt ding) {
        Fund bester = null;
        for (var s : eintrag.stichworte) {
            var wort = s.englisch && ding.englisch != null ? ding.englisch : ding.deutsch;
            boolean ganz = Fragewort.aehnlich(wort.schlicht(), s.wort.schlicht())
                    || Fragewort.aehnlich(wort.grundform(), s.wort.grundform())
                    // „stuer“ for „steuer“ reads as „stür“ otherwise.
                    || Fragewort.aehnlich(klein(wort), klein(s.wort));
            if (ganz || s.wort.teile().stream().anyMatch(t -> Fragewort.aehnlich(wort.grundform(), t))) {
                int wert = (ganz ? s.feld.ganz : s.feld.teil) - 3;
                if (bester == null || wert > bester.wert) {
                    bester = fund(wert, ganz, ding, s, true);
                }
            }
        }
        return bester;
    }

    private static String klein(Wort wort) {
        return wort.geschrieben().toLowerCase(Locale.GERMAN);
    }

    private Fund fund(int wert, boolean ganz, Gefragt ding, Stichwort s, boolean verschrieben) {
        var getippt = ding.deutsch.geschrieben();
        var feld = s.feld == Feld.TITEL ? "Titel" : "Suchwort";
        var englisch = s.feld == Feld.TITEL ? "title" : "keyword";
        return new Fund(
                wert,
                ganz,
                new Grund(
                        getippt,
                        verschrieben
                                ? sprache.wort(
                                        "„%s“ ähnelt „%s“ (%s)".formatted(getippt, s.wort.geschrieben(), feld),
                                        "“%s” is close to “%s” (%s)".formatted(getippt, s.wort.geschrieben(), englisch),
                                        "„%s“ ähnelt „%s“ (%s)".formatted(getippt, s.wort.geschrieben(), feld))
                                : satz(getippt, s.wort.geschrieben(), feld, englisch)));
    }

    private String satz(String getippt, String gefunden, String feld, String englisch) {
        var deutsch = getippt.equalsIgnoreCase(gefunden)
                ? "„%s“ (%s)".formatted(gefunden, feld)
                : "„%s“ passt zu „%s“ (%s)".formatted(getippt, gefunden, feld);
        return sprache.wort(
                deutsch,
                getippt.equalsIgnoreCase(gefunden)
                        ? "“%s” (%s)".formatted(gefunden, englisch)
                        : "“%s” matches “%s” (%s)".formatted(getippt, gefunden, englisch),
                deutsch);
    }
}
