package de.federwerk.datei;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A word as it is compared: without case, ligatures, accents written apart, and what stands around it. */
public final class Wortform {

    /** Shorter ones say nothing by themselves and stand everywhere. */
    private static final int MINDESTENS = 3;

    private static final Pattern TRENNER = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Wortform() {}

    /** Lower case, compatibility characters taken apart (ﬁ is fi), soft hyphens gone, all dashes and blanks alike. */
    public static String von(String text) {
        var form = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.GERMAN);
        var rein = new StringBuilder(form.length());
        form.codePoints()
                .filter(c -> c != 0xAD && Character.getType(c) != Character.FORMAT)
                .map(c -> Character.getType(c) == Character.DASH_PUNCTUATION
                        ? '-'
                        : Character.isSpaceChar(c) || Character.isWhitespace(c) ? ' ' : c)
                .forEach(rein::appendCodePoint);
        return rein.toString();
    }

    /** The parts of at least three letters or digits; of {@code max.mueller@example.de} these are max, mueller, example. */
    public static Set<String> teile(Collection<String> texte) {
        var teile = new LinkedHashSet<String>();
        for (var text : texte) {
            for (var teil : TRENNER.split(von(text))) {
                if (teil.length() >= MINDESTENS) {
                    teile.add(teil);
                }
            }
        }
        return teile;
    }
}
