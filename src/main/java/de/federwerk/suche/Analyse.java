package de.federwerk.suche;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * German text to terms: words, lower case, ß = ss, ä = ae = a, light stemming. Index and query go through the same steps, but
 * only the index cuts compounds and heals hyphenated line ends.
 */
final class Analyse extends Analyzer {

    /** Raise whenever terms come out differently or an entry holds something else: indexes of another version are rebuilt at the next start. */
    static final String FASSUNG = "3";

    static final Analyse INDEX = new Analyse(true);
    static final Analyse ABFRAGE = new Analyse(false);

    private final boolean zerlegt;

    private Analyse(boolean zerlegt) {
        this.zerlegt = zerlegt;
    }

    @Override
    protected TokenStreamComponents createComponents(String feld) {
        var woerter = new StandardTokenizer();
        if (!zerlegt) {
            return new TokenStreamComponents(woerter, grundform(new LowerCaseFilter(new Schreibweise(woerter))));
        }
        var trennstellen = new Trennstellen();
        TokenStream strom = new Silbentrennung(woerter, trennstellen);
        strom = new Kompositafilter(new LowerCaseFilter(new Schreibweise(strom)));
        strom = new RemoveDuplicatesTokenFilter(grundform(strom));
        return new TokenStreamComponents(text -> woerter.setReader(trennstellen.mitlesend(text)), strom);
    }

    private static TokenStream grundform(TokenStream strom) {
        return new GermanLightStemFilter(new GermanNormalizationFilter(strom));
    }

    /** For "word*": everything but the stemming, which would eat letters the person typed on purpose. */
    @Override
    protected TokenStream normalize(String feld, TokenStream strom) {
        return new GermanNormalizationFilter(new LowerCaseFilter(new Schreibweise(strom)));
    }
}
