package de.federwerk.suche;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How an Aktenzeichen is compared: people leave out leading zeros, blanks, the plan number in front, and mix case. */
final class Zeichenform {

    /** Longer ones are nobody's Aktenzeichen; Lucene would refuse more than 32,766 bytes. */
    private static final int LAENGSTE = 200;

    private static final Pattern LEER = Pattern.compile("\\s+");
    private static final Pattern LEER_AM_TRENNER = Pattern.compile("\\s*([^\\p{L}\\p{N}\\s])\\s*");
    private static final Pattern FUEHRENDE_NULLEN = Pattern.compile("(?<![\\p{L}\\p{N}])0+(?=\\p{N})");
    private static final Pattern TEIL = Pattern.compile("[\\p{L}\\p{N}]+");

    private Zeichenform() {}

    /** As typed, but for case and blanks. */
    static String genau(String zeichen) {
        String klein = LEER.matcher(zeichen.strip()).replaceAll(" ").toLowerCase(Locale.GERMAN);
        return klein.substring(0, Math.min(klein.length(), LAENGSTE));
    }

    /** Without leading zeros and without blanks around separators. */
    static String lose(String zeichen) {
        String ohneLeer = LEER_AM_TRENNER.matcher(genau(zeichen)).replaceAll("$1");
        return FUEHRENDE_NULLEN.matcher(ohneLeer).replaceAll("");
    }

    /** The loose form and its trailing pieces of at least two parts: 61.2/142/2026 → 61.2/142/2026, 2/142/2026, 142/2026. */
    static List<String> endstuecke(String zeichen) {
        String ganz = lose(zeichen);
        var anfaenge =
                TEIL.matcher(ganz).results().map(treffer -> treffer.start()).toList();
        var stuecke = new ArrayList<String>();
        stuecke.add(ganz);
        for (int i = 1; i < anfaenge.size() - 1; i++) {
            stuecke.add(ganz.substring(anfaenge.get(i)));
        }
        return stuecke;
    }
}
