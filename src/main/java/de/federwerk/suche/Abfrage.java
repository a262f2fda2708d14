package de.federwerk.suche;

import static de.federwerk.suche.Indexdokument.ART;
import static de.federwerk.suche.Indexdokument.TEXT;
import static de.federwerk.suche.Indexdokument.TITEL;
import static de.federwerk.suche.Indexdokument.ZEICHEN_GENAU;
import static de.federwerk.suche.Indexdokument.ZEICHEN_LOSE;
import static de.federwerk.suche.Indexdokument.ZUSATZ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What people type, as a Lucene query: all words, "phrases", -word, word*, an Aktenzeichen. There is no wrong input: what cannot
 * be understood is read as words or passed over.
 */
final class Abfrage {

    private static final Map<String, Float> FELDER = Map.of(TITEL, 3f, TEXT, 1f, ZUSATZ, 1.5f);
    /** A word found in several fields counts little more than in the best of them. */
    private static final float AUCH_ANDERSWO = 0.2f;
    /** Above every score that text reaches. */
    private static final float ZEICHEN_GENAU_GEWICHT = 1_000f;

    private static final float ZEICHEN_LOSE_GEWICHT = 200f;
    private static final float VORRANG = 100f;

    private static final int KUERZESTER_ANFANG = 2;
    private static final String BINDESTRICHE = "-\u2010";

    /** Words between the words: asked for only inside a phrase, because a title such as „Wohngeldantrag Yilmaz“ lacks them. */
    private static final Set<String> FUELLWOERTER = Set.of(
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "einem", "einen", "und", "oder",
            "in", "im", "an", "am", "auf", "aus", "bei", "beim", "für", "mit", "nach", "von", "vom", "vor", "zu", "zum",
            "zur", "über", "um", "als", "ist", "wegen");

    private Abfrage() {}

    /** Empty if nothing is asked for, or only what must not occur. */
    static Optional<Query> aus(String eingabe) {
        var woerter = Eingabe.zerlege(eingabe);
        boolean nurFuellwoerter = woerter.stream().filter(w -> !w.ohne()).allMatch(Abfrage::fuellt);
        var alle = new BooleanQuery.Builder();
        boolean gefragt = false;
        for (var wort : woerter) {
            if (!wort.ohne() && !nurFuellwoerter && fuellt(wort)) {
                continue;
            }
            var suche = suche(wort);
            if (suche.isPresent()) {
                alle.add(suche.get(), wort.ohne() ? Occur.MUST_NOT : Occur.MUST);
                gefragt |= !wort.ohne();
            }
        }
        return gefragt ? Optional.of(oderZeichen(alle.build(), eingabe)) : Optional.empty();
    }

    private static boolean fuellt(Eingabe.Wort wort) {
        return !wort.wendung()
                && !wort.anfang()
                && FUELLWOERTER.contains(wort.text().toLowerCase(Locale.GERMAN));
    }

    /** The whole input as an Aktenzeichen, blanks and all: that thing comes first, Vorgang and Akte before their Dokumente. */
    private static Query oderZeichen(Query woerter, String eingabe) {
        var genau =
                gewichtet(new TermQuery(new Term(ZEICHEN_GENAU, Zeichenform.genau(eingabe))), ZEICHEN_GENAU_GEWICHT);
        var zeichen = new BooleanQuery.Builder()
                .add(new DisjunctionMaxQuery(List.of(genau, lose(eingabe)), 0f), Occur.MUST)
                .add(gewichtet(new TermQuery(new Term(ART, "vorgang")), VORRANG), Occur.SHOULD)
                .add(gewichtet(new TermQuery(new Term(ART, "akte")), VORRANG), Occur.SHOULD)
                .build();
        return new DisjunctionMaxQuery(List.of(woerter, zeichen), 0f);
    }

    private static Query lose(String eingabe) {
        return gewichtet(new TermQuery(new Term(ZEICHEN_LOSE, Zeichenform.lose(eingabe))), ZEICHEN_LOSE_GEWICHT);
    }

    private static Query gewichtet(Query abfrage, float gewicht) {
        return new BoostQuery(new ConstantScoreQuery(abfrage), gewicht);
    }

    private static Optional<Query> suche(Eingabe.Wort wort) {
        var wege = new ArrayList<Query>();
        if (wort.anfang() && wort.text().length() >= KUERZESTER_ANFANG) {
            wege.add(new PrefixQuery(new Term(ZEICHEN_LOSE, Zeichenform.lose(wort.text()))));
            FELDER.forEach((feld, gewicht) ->
                    anfang(feld, wort.text()).forEach(weg -> wege.add(new BoostQuery(weg, gewicht))));
        } else {
            FELDER.forEach(
                    (feld, gewicht) -> ganz(feld, wort.text()).forEach(weg -> wege.add(new BoostQuery(weg, gewicht))));
            if (!wege.isEmpty()) {
                wege.add(lose(wort.text()));
            }
        }
        return wege.isEmpty() ? Optional.empty() : Optional.of(new DisjunctionMaxQuery(wege, AUCH_ANDERSWO));
    }

    /** The stem too: the index holds "steu" for "Steuer", which does not begin with "steuer". */
    private static List<Query> anfang(String feld, String text) {
        var wege = new ArrayList<Query>();
        var worte = worte(feld, text);
        if (worte.size() == 1) {
            wege.add(new PrefixQuery(new Term(feld, Analyse.ABFRAGE.normalize(feld, text))));
        }
        wege.addAll(ganz(feld, text));
        return wege;
    }

    /** One word, or what the analysis makes several words of, as they stand one after the other. */
    private static List<Query> ganz(String feld, String text) {
        var worte = worte(feld, text);
        if (worte.isEmpty()) {
            return List.of();
        }
        if (worte.size() == 1) {
            return List.of(new TermQuery(new Term(feld, worte.getFirst().text)));
        }
        var folge = new PhraseQuery.Builder();
        worte.forEach(wort -> folge.add(new Term(feld, wort.text), wort.ort));
        var wege = new ArrayList<Query>(List.of(folge.build()));
        // "Hundesteuer-Bescheid" is the word Hundesteuerbescheid to everybody.
        String ohneStriche = text.replaceAll("(?<=\\p{L})[" + BINDESTRICHE + "](?=\\p{L})", "");
        if (ohneStriche.length() < text.length()) {
            var verbunden = worte(feld, ohneStriche);
            if (verbunden.size() == 1) {
                wege.add(new TermQuery(new Term(feld, verbunden.getFirst().text)));
            }
        }
        return wege;
    }

    private record Grundwort(String text, int ort) {}

    private static List<Grundwort> worte(String feld, String text) {
        var worte = new ArrayList<Grundwort>();
        try (var strom = Analyse.ABFRAGE.tokenStream(feld, text)) {
            var wort = strom.addAttribute(CharTermAttribute.class);
            var schritt = strom.addAttribute(PositionIncrementAttribute.class);
            int ort = -1;
            strom.reset();
            while (strom.incrementToken()) {
                ort += schritt.getPositionIncrement();
                worte.add(new Grundwort(wort.toString(), ort));
            }
            strom.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return worte;
    }
}
