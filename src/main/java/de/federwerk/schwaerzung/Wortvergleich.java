package de.federwerk.schwaerzung;

import de.federwerk.datei.Schwaerzwerk.Seitenlage;
import de.federwerk.datei.Wortform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is covered, and what of it still stands elsewhere.
 *
 * @param verboten words that stand nowhere but under an area
 * @param uebrig words that stand under an area and beside one: perhaps somebody forgot them
 * @param angeschnitten words of which a part sticks out of its area
 */
record Wortvergleich(Set<String> verboten, List<Rest> uebrig, List<Angeschnitten> angeschnitten) {

    /** More than this many of them nobody reads; what occurs more often than that is no name. */
    private static final int RESTE = 20;

    private static final int HAEUFIG = 40;

    /** @param wort as it is written under an area @param mal how often it stands elsewhere */
    record Rest(String wort, int mal) {}

    record Angeschnitten(String wort, int seite) {}

    static Wortvergleich von(List<Seitenlage> lagen, List<Bereich> bereiche) {
        var verdeckt = new LinkedHashMap<String, String>();
        var sichtbar = new HashMap<String, Integer>();
        var angeschnitten = new ArrayList<Angeschnitten>();
        for (var lage : lagen) {
            var hier = bereiche.stream().filter(b -> b.seite() == lage.seite()).toList();
            for (var wort : lage.worte()) {
                var teile = Wortform.teile(List.of(wort.text()));
                var darueber = hier.stream().filter(b -> b.verdeckt(wort)).toList();
                if (!darueber.isEmpty()) {
                    if (angeschnitten.size() < RESTE && darueber.stream().allMatch(b -> b.schneidetAn(wort))) {
                        angeschnitten.add(new Angeschnitten(wort.text(), lage.seite()));
                    }
                    teile.forEach(t -> verdeckt.merge(t, wort.text(), (a, b) -> auffaellig(a) ? a : b));
                } else {
                    teile.forEach(t -> sichtbar.merge(t, 1, Integer::sum));
                }
            }
        }
        var verboten = new LinkedHashSet<>(verdeckt.keySet());
        verboten.removeAll(sichtbar.keySet());
        var uebrig = new ArrayList<Rest>();
        verdeckt.forEach((teil, wort) -> {
            int mal = sichtbar.getOrDefault(teil, 0);
            if (mal > 0 && mal <= HAEUFIG && auffaellig(wort)) {
                uebrig.add(new Rest(geschrieben(teil, wort), mal));
            }
        });
        uebrig.sort(Comparator.comparingInt(Rest::mal));
        return new Wortvergleich(verboten, uebrig.stream().limit(RESTE).toList(), angeschnitten);
    }

    /** A name, a number, an address: small words stand everywhere. */
    private static boolean auffaellig(String wort) {
        return wort.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isDigit(c) || c == '@');
    }

    /** The part as it stands in the word, where that is to be found; else as it is compared. */
    private static String geschrieben(String teil, String wort) {
        int i = wort.toLowerCase(java.util.Locale.GERMAN).indexOf(teil);
        return i >= 0 && i + teil.length() <= wort.length() ? wort.substring(i, i + teil.length()) : teil;
    }

    /** The words of a text that must not be told; empty if it tells none. */
    List<String> verraten(String text) {
        return Wortform.teile(List.of(text)).stream().filter(verboten::contains).toList();
    }
}
