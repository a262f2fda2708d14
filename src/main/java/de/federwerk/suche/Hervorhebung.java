package de.federwerk.suche;

import static de.federwerk.suche.Indexdokument.TEXT;
import static de.federwerk.suche.Indexdokument.TITEL;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.SplittingBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;

/** Shows where the hits are: pieces of text, marked or not, never markup. Offsets come from the postings. */
final class Hervorhebung extends UnifiedHighlighter {

    private static final int STELLEN = 3;
    private static final int ZIEL_LAENGE = 160;
    private static final int HOECHSTLAENGE = 260;
    private static final int VORLAUF = 80;

    Hervorhebung(IndexSearcher sucher) {
        super(builder(sucher, Analyse.INDEX)
                .withMaxLength(Integer.MAX_VALUE - 1)
                .withMaxNoHighlightPassages(0));
    }

    /** For each document (in this order) its title in pieces, and its places in the text. */
    record Ergebnis(List<List<Stueck>> titel, List<List<Fundstelle>> stellen) {}

    Ergebnis hebeHervor(Query abfrage, int[] dokumente) throws IOException {
        Map<String, Object[]> felder =
                highlightFieldsAsObjects(new String[] {TITEL, TEXT}, abfrage, dokumente, new int[] {1, STELLEN});
        return new Ergebnis(
                Arrays.stream(felder.get(TITEL))
                        .map(Hervorhebung::<Stueck>liste)
                        .toList(),
                Arrays.stream(felder.get(TEXT))
                        .map(Hervorhebung::<Fundstelle>liste)
                        .toList());
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> liste(Object vomFormatter) {
        return vomFormatter == null ? List.of() : (List<T>) vomFormatter;
    }

    @Override
    protected BreakIterator getBreakIterator(String feld) {
        if (feld.equals(TITEL)) {
            return new WholeBreakIterator();
        }
        var saetze = LengthGoalBreakIterator.createClosestToLength(
                BreakIterator.getSentenceInstance(Locale.GERMAN), ZIEL_LAENGE, 0.5f);
        return new SplittingBreakIterator(saetze, '\f');
    }

    @Override
    protected PassageFormatter getFormatter(String feld) {
        return new PassageFormatter() {
            @Override
            public Object format(Passage[] absaetze, String inhalt) {
                return feld.equals(TITEL) ? titel(absaetze, inhalt) : stellen(absaetze, inhalt);
            }
        };
    }

    private static List<Stueck> titel(Passage[] absaetze, String inhalt) {
        return absaetze.length == 0 || absaetze[0].getNumMatches() == 0
                ? List.of()
                : stuecke(absaetze[0], inhalt, 0, inhalt.length());
    }

    private static List<Fundstelle> stellen(Passage[] absaetze, String inhalt) {
        var stellen = new ArrayList<Fundstelle>();
        int seite = 1;
        int gezaehltBis = 0;
        for (Passage absatz : absaetze) {
            if (absatz.getNumMatches() == 0) {
                continue;
            }
            int treffer = absatz.getMatchStarts()[0];
            for (; gezaehltBis < treffer; gezaehltBis++) {
                if (inhalt.charAt(gezaehltBis) == '\f') {
                    seite++;
                }
            }
            stellen.add(new Fundstelle(seite, ausschnitt(absatz, inhalt, treffer)));
        }
        return List.copyOf(stellen);
    }

    /** OCR knows few sentence ends: a long passage is cut to a window around its first hit. */
    private static List<Stueck> ausschnitt(Passage absatz, String inhalt, int treffer) {
        int von = absatz.getStartOffset();
        int bis = absatz.getEndOffset();
        boolean davor = false;
        boolean danach = false;
        if (bis - von > HOECHSTLAENGE) {
            if (treffer - von > VORLAUF) {
                von = wortanfang(inhalt, treffer - VORLAUF, treffer);
                davor = true;
            }
            if (bis - von > HOECHSTLAENGE) {
                bis = wortende(inhalt, von + HOECHSTLAENGE, Math.max(treffer, absatz.getMatchEnds()[0]));
                danach = true;
            }
        }
        var stuecke = new ArrayList<Stueck>();
        if (davor) {
            stuecke.add(new Stueck("… ", false));
        }
        stuecke.addAll(stuecke(absatz, inhalt, von, bis));
        if (danach) {
            stuecke.add(new Stueck(" …", false));
        }
        return List.copyOf(stuecke);
    }

    private static int wortanfang(String inhalt, int ab, int hoechstens) {
        int i = ab;
        while (i < hoechstens && !Character.isWhitespace(inhalt.charAt(i - 1))) {
            i++;
        }
        return i;
    }

    private static int wortende(String inhalt, int ab, int mindestens) {
        if (ab <= mindestens) {
            return mindestens;
        }
        int i = ab;
        while (i > mindestens && !Character.isWhitespace(inhalt.charAt(i))) {
            i--;
        }
        return i;
    }

    /** Hits overlap where a word and its part were both asked for. */
    private static List<Stueck> stuecke(Passage absatz, String inhalt, int von, int bis) {
        var stuecke = new ArrayList<Stueck>();
        int ort = von;
        for (int i = 0; i < absatz.getNumMatches(); i++) {
            int anfang = Math.max(absatz.getMatchStarts()[i], ort);
            int ende = Math.min(absatz.getMatchEnds()[i], bis);
            if (anfang < ende) {
                fuegeAn(stuecke, inhalt.substring(ort, anfang), false);
                fuegeAn(stuecke, inhalt.substring(anfang, ende), true);
                ort = ende;
            }
        }
        fuegeAn(stuecke, inhalt.substring(ort, Math.max(ort, bis)), false);
        return List.copyOf(stuecke);
    }

    private static void fuegeAn(List<Stueck> stuecke, String text, boolean treffer) {
        if (!text.isEmpty()) {
            stuecke.add(new Stueck(text.replaceAll("\\s+", " "), treffer));
        }
    }
}
