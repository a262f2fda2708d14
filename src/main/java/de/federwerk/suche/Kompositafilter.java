package de.federwerk.suche;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/** Adds the parts of a compound at its position and with its offsets, so that a hit on a part marks the whole word. */
final class Kompositafilter extends TokenFilter {

    private final CharTermAttribute wort = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute schritt = addAttribute(PositionIncrementAttribute.class);
    private Iterator<String> teile = List.<String>of().iterator();
    private @Nullable State ganzes;

    Kompositafilter(TokenStream eingang) {
        super(eingang);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (teile.hasNext()) {
            restoreState(ganzes);
            wort.setEmpty().append(teile.next());
            schritt.setPositionIncrement(0);
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        teile = Zerlegung.DEUTSCH.teile(wort.toString()).iterator();
        ganzes = teile.hasNext() ? captureState() : null;
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        teile = List.<String>of().iterator();
        ganzes = null;
    }
}
