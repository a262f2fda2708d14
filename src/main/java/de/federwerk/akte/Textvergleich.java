package de.federwerk.akte;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import de.federwerk.gesicht.Anzeige;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Two texts beside each other: which paragraphs are new, gone or changed, and in those the words. Bounded in time and space, whatever
 * is compared.
 *
 * @param absaetze in the order of the newer text
 * @param unvollstaendig why not everything was compared; empty if it was
 */
record Textvergleich(List<Absatz> absaetze, int geaendert, String unvollstaendig) {

    /** What has become of a paragraph. */
    enum Art {
        GLEICH,
        NEU,
        ENTFALLEN,
        GEAENDERT,
        /** Several that are the same on both sides and far from any change. */
        AUSGELASSEN
    }

    /** A run of words that is the same, new or gone. */
    record Stueck(Art art, String text) {}

    /** @param zahl how many paragraphs it stands for */
    record Absatz(Art art, List<Stueck> stuecke, int zahl) {}

    /** As many characters of each side are looked at: some 700 pages. */
    private static final int ZEICHEN = 2_000_000;
    /** Beyond what is the same at both ends: time grows with the square where nothing is alike. */
    private static final int ABSAETZE = 6_000;
    /** Longer ones are shown as gone and new. */
    private static final int WORTE = 4_000;
    /** Words times words that are compared at most, all paragraphs together: a second. */
    private static final long ARBEIT = 150_000_000L;

    private static final int GEZEIGT = 2_000;
    private static final int DRUMHERUM = 2;
    private static final Pattern ABSATZ = Pattern.compile("[\\n\\r\\f]");
    /** Words and what stands between them, so that joined again it is the same text. */
    private static final Pattern WORT = Pattern.compile("[\\p{L}\\p{N}]+|\\s+|.", Pattern.DOTALL);

    static Textvergleich von(String alt, String neu) {
        var unvollstaendig = alt.length() > ZEICHEN || neu.length() > ZEICHEN
                ? "Die Texte sind sehr lang; verglichen sind die ersten 2 Millionen Zeichen."
                : "";
        var altes = absaetze(alt);
        var neues = absaetze(neu);
        int vorn = 0;
        int kuerzer = Math.min(altes.size(), neues.size());
        while (vorn < kuerzer && altes.get(vorn).equals(neues.get(vorn))) {
            vorn++;
        }
        int hinten = 0;
        while (hinten < kuerzer - vorn
                && altes.get(altes.size() - 1 - hinten).equals(neues.get(neues.size() - 1 - hinten))) {
            hinten++;
        }
        var altMitte = altes.subList(vorn, altes.size() - hinten);
        var neuMitte = neues.subList(vorn, neues.size() - hinten);
        boolean abgeschnitten = altMitte.size() > ABSAETZE || neuMitte.size() > ABSAETZE;
        if (abgeschnitten) {
            altMitte = altMitte.subList(0, Math.min(ABSAETZE, altMitte.size()));
            neuMitte = neuMitte.subList(0, Math.min(ABSAETZE, neuMitte.size()));
            unvollstaendig = "Die Texte unterscheiden sich sehr; verglichen sind %s Absätze ab der ersten Änderung."
                    .formatted(Anzeige.zahl(ABSAETZE));
        }
        var alle = new ArrayList<Absatz>();
        gleiche(alle, altes.subList(0, vorn));
        vergleiche(alle, altMitte, neuMitte);
        if (!abgeschnitten) {
            gleiche(alle, neues.subList(neues.size() - hinten, neues.size()));
        }
        int geaendert = (int) alle.stream().filter(a -> a.art != Art.GLEICH).count();
        var gekuerzt = ohneGleiches(alle);
        if (gekuerzt.size() > GEZEIGT) {
            gekuerzt = gekuerzt.subList(0, GEZEIGT);
            unvollstaendig = "Es hat sich sehr viel geändert; gezeigt sind die ersten %s Absätze."
                    .formatted(Anzeige.zahl(GEZEIGT));
        }
        return new Textvergleich(List.copyOf(gekuerzt), geaendert, unvollstaendig);
    }

    private static List<String> absaetze(String text) {
        return ABSATZ.splitAsStream(text.length() > ZEICHEN ? text.substring(0, ZEICHEN) : text)
                .map(a -> a.replaceAll("\\s+", " ").strip())
                .filter(a -> !a.isEmpty())
                .toList();
    }

    private static void gleiche(List<Absatz> alle, List<String> texte) {
        texte.forEach(t -> alle.add(absatz(Art.GLEICH, t)));
    }

    private static Absatz absatz(Art art, String text) {
        return new Absatz(art, List.of(new Stueck(art, text)), 1);
    }

    private static void vergleiche(List<Absatz> alle, List<String> alt, List<String> neu) {
        int bisher = 0;
        long arbeit = 0;
        for (var stelle : aenderungen(alt, neu)) {
            gleiche(alle, alt.subList(bisher, stelle.altAb));
            var weg = alt.subList(stelle.altAb, stelle.altBis);
            var dazu = neu.subList(stelle.neuAb, stelle.neuBis);
            int paare = Math.min(weg.size(), dazu.size());
            for (int i = 0; i < paare; i++) {
                var altes = worte(weg.get(i));
                var neues = worte(dazu.get(i));
                arbeit += (long) altes.size() * neues.size();
                if (arbeit > ARBEIT || altes.size() > WORTE || neues.size() > WORTE) {
                    alle.add(absatz(Art.ENTFALLEN, weg.get(i)));
                    alle.add(absatz(Art.NEU, dazu.get(i)));
                } else {
                    geaendert(alle, altes, neues);
                }
            }
            weg.subList(paare, weg.size()).forEach(t -> alle.add(absatz(Art.ENTFALLEN, t)));
            dazu.subList(paare, dazu.size()).forEach(t -> alle.add(absatz(Art.NEU, t)));
            bisher = stelle.altBis;
        }
        gleiche(alle, alt.subList(bisher, alt.size()));
    }

    /** Where the texts differ: {@code [altAb, altBis)} has become {@code [neuAb, neuBis)}. */
    private record Stelle(int altAb, int altBis, int neuAb, int neuBis) {}

    /** What is gone and what has come at the same place is one change. */
    private static <T> List<Stelle> aenderungen(List<T> alt, List<T> neu) {
        var einzelne = new ArrayList<>(new MyersDiffWithLinearSpace<T>().computeDiff(alt, neu, null));
        einzelne.sort(Comparator.<Change>comparingInt(c -> c.startOriginal).thenComparingInt(c -> c.startRevised));
        var stellen = new ArrayList<Stelle>();
        for (var c : einzelne) {
            var letzte = stellen.isEmpty() ? null : stellen.getLast();
            if (letzte != null && letzte.altBis == c.startOriginal && letzte.neuBis == c.startRevised) {
                stellen.removeLast();
                stellen.add(new Stelle(letzte.altAb, c.endOriginal, letzte.neuAb, c.endRevised));
            } else {
                stellen.add(new Stelle(c.startOriginal, c.endOriginal, c.startRevised, c.endRevised));
            }
        }
        return stellen;
    }

    private static void geaendert(List<Absatz> alle, List<String> altes, List<String> neues) {
        var stuecke = new ArrayList<Stueck>();
        int bisher = 0;
        int gleich = 0;
        for (var stelle : aenderungen(altes, neues)) {
            gleich += lege(stuecke, Art.GLEICH, altes.subList(bisher, stelle.altAb));
            lege(stuecke, Art.ENTFALLEN, altes.subList(stelle.altAb, stelle.altBis));
            lege(stuecke, Art.NEU, neues.subList(stelle.neuAb, stelle.neuBis));
            bisher = stelle.altBis;
        }
        gleich += lege(stuecke, Art.GLEICH, altes.subList(bisher, altes.size()));
        // With hardly a word in common they are two paragraphs, not one that was changed.
        var alt = String.join("", altes);
        var neu = String.join("", neues);
        if (gleich * 4 < Math.min(alt.length(), neu.length())) {
            alle.add(absatz(Art.ENTFALLEN, alt));
            alle.add(absatz(Art.NEU, neu));
        } else {
            alle.add(new Absatz(Art.GEAENDERT, List.copyOf(stuecke), 1));
        }
    }

    private static List<String> worte(String text) {
        return WORT.matcher(text).results().map(r -> r.group()).toList();
    }

    private static int lege(List<Stueck> stuecke, Art art, List<String> worte) {
        var text = String.join("", worte);
        if (!text.isEmpty()) {
            stuecke.add(new Stueck(art, text));
        }
        return text.length();
    }

    /** What is far from any change is counted, not shown. */
    private static List<Absatz> ohneGleiches(List<Absatz> alle) {
        var bleibt = new boolean[alle.size()];
        for (int i = 0; i < alle.size(); i++) {
            if (alle.get(i).art != Art.GLEICH) {
                for (int j = Math.max(0, i - DRUMHERUM); j <= Math.min(alle.size() - 1, i + DRUMHERUM); j++) {
                    bleibt[j] = true;
                }
            }
        }
        var gekuerzt = new ArrayList<Absatz>();
        for (int i = 0; i < alle.size(); ) {
            if (bleibt[i]) {
                gekuerzt.add(alle.get(i++));
                continue;
            }
            int beginn = i;
            while (i < alle.size() && !bleibt[i]) {
                i++;
            }
            gekuerzt.add(new Absatz(Art.AUSGELASSEN, List.of(), i - beginn));
        }
        return gekuerzt;
    }
}
