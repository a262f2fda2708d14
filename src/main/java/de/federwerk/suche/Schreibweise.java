package de.federwerk.suche;

import java.io.IOException;
import java.text.Normalizer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Undoes what PDF producers and file systems do to letters: decomposed umlauts (a + U+0308), ligatures (ﬁ) and soft hyphens
 * inside a word. People type none of these.
 */
final class Schreibweise extends TokenFilter {

    private static final char WEICHES_TRENNZEICHEN = '\u00AD';

    private final CharTermAttribute wort = addAttribute(CharTermAttribute.class);

    Schreibweise(TokenStream eingang) {
        super(eingang);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (auffaellig()) {
            String ohne = wort.toString().replace(String.valueOf(WEICHES_TRENNZEICHEN), "");
            wort.setEmpty().append(Normalizer.normalize(ohne, Normalizer.Form.NFKC));
        }
        return true;
    }

    private boolean auffaellig() {
        for (int i = 0; i < wort.length(); i++) {
            char z = wort.charAt(i);
            if (z == WEICHES_TRENNZEICHEN || (z >= '\u0300' && z <= '\u036F') || (z >= '\uFB00' && z <= '\uFB06')) {
                return true;
            }
        }
        return false;
    }
}
