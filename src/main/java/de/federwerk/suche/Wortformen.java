package de.federwerk.suche;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * The words of a text with the forms under which the index keeps them, for those who compare few texts without an index of their own:
 * the same reading as everywhere in the house.
 */
public final class Wortformen {

    /**
     * @param geschrieben as it stands in the text
     * @param schlicht in lower case, ä = ae = a, ß = ss
     * @param grundform reduced to its stem
     * @param teile stems of the parts of a compound, and of runs of them; without the whole word
     * @param stuecke stems of its smallest parts in their order; {@code grundform} alone if it is no compound
     */
    public record Wort(
            String geschrieben, String schlicht, String grundform, Set<String> teile, List<String> stuecke) {}

    private static final Analyzer ENGLISCH = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String feld) {
            var woerter = new StandardTokenizer();
            return new TokenStreamComponents(
                    woerter, new EnglishMinimalStemFilter(new LowerCaseFilter(new Schreibweise(woerter))));
        }
    };

    private Wortformen() {}

    /** German words with their compounds cut. */
    public static List<Wort> deutsch(String text) {
        var woerter = new ArrayList<Wort>();
        for (var stelle : lies(Analyse.ABFRAGE, text)) {
            var geschrieben = text.substring(stelle.von, stelle.bis);
            var teile = new LinkedHashSet<String>();
            for (var teil : lies(Analyse.INDEX, geschrieben)) {
                teile.add(teil.form);
            }
            teile.remove(stelle.form);
            var stuecke = new ArrayList<String>();
            for (var stueck : Zerlegung.DEUTSCH.stuecke(geschrieben.toLowerCase(Locale.GERMAN))) {
                lies(Analyse.ABFRAGE, stueck).forEach(s -> stuecke.add(s.form));
            }
            woerter.add(new Wort(
                    geschrieben,
                    Analyse.ABFRAGE.normalize("", geschrieben).utf8ToString(),
                    stelle.form,
                    Set.copyOf(teile),
                    List.copyOf(stuecke)));
        }
        return woerter;
    }

    /** English words, plural = singular. */
    public static List<Wort> englisch(String text) {
        return lies(ENGLISCH, text).stream()
                .map(s -> {
                    var geschrieben = text.substring(s.von, s.bis);
                    return new Wort(
                            geschrieben, geschrieben.toLowerCase(Locale.ROOT), s.form, Set.of(), List.of(s.form));
                })
                .toList();
    }

    private record Stelle(int von, int bis, String form) {}

    private static List<Stelle> lies(Analyzer analyse, String text) {
        var stellen = new ArrayList<Stelle>();
        try (var strom = analyse.tokenStream("", text)) {
            var form = strom.addAttribute(CharTermAttribute.class);
            var stelle = strom.addAttribute(OffsetAttribute.class);
            strom.reset();
            while (strom.incrementToken()) {
                stellen.add(new Stelle(stelle.startOffset(), stelle.endOffset(), form.toString()));
            }
            strom.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stellen;
    }
}
