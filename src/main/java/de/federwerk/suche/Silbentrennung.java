package de.federwerk.suche;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/** Adds, beside "Hunde" and "steuer", the word "Hundesteuer" where only a hyphen or a hyphenated line end parts them. */
final class Silbentrennung extends TokenFilter {

    private final CharTermAttribute wort = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute ort = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute schritt = addAttribute(PositionIncrementAttribute.class);
    private final Trennstellen trennstellen;
    private @Nullable State verbunden;
    private @Nullable State folgendes;

    Silbentrennung(TokenStream eingang, Trennstellen trennstellen) {
        super(eingang);
        this.trennstellen = trennstellen;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (verbunden != null) {
            restoreState(verbunden);
            verbunden = null;
            return true;
        }
        if (folgendes != null) {
            restoreState(folgendes);
            folgendes = null;
        } else if (!input.incrementToken()) {
            return false;
        }
        var stelle = trennstellen.nach(ort.endOffset());
        if (stelle != null) {
            verbinde(stelle);
        }
        return true;
    }

    /** Looks one word ahead; this word comes out first, then both joined at its position, then the next. */
    private void verbinde(Trennstellen.Trennstelle stelle) throws IOException {
        State dieses = captureState();
        String anfang = wort.toString();
        int von = ort.startOffset();
        if (input.incrementToken()) {
            folgendes = captureState();
            if (ort.startOffset() == stelle.weiter()) {
                String ganz = anfang + wort;
                int bis = ort.endOffset();
                restoreState(dieses);
                wort.setEmpty().append(ganz);
                ort.setOffset(von, bis);
                schritt.setPositionIncrement(0);
                verbunden = captureState();
            }
        }
        restoreState(dieses);
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        verbunden = null;
        folgendes = null;
    }
}
