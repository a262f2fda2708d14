package de.federwerk.suche;

import java.util.ArrayList;
import java.util.List;

/** Cuts what was typed into words and phrases; every input is valid. */
final class Eingabe {

    private static final int LAENGSTE = 500;
    private static final int HOECHSTENS_WOERTER = 50;
    private static final String ANFUEHRUNG = "\"„“”«»";

    /**
     * @param ohne must not occur (-word)
     * @param wendung typed in quotation marks
     * @param anfang words that begin like this (word*)
     */
    record Wort(String text, boolean ohne, boolean wendung, boolean anfang) {}

    private Eingabe() {}

    static List<Wort> zerlege(String eingabe) {
        String text = eingabe.length() <= LAENGSTE ? eingabe : eingabe.substring(0, LAENGSTE);
        var woerter = new ArrayList<Wort>();
        int i = 0;
        while (i < text.length() && woerter.size() < HOECHSTENS_WOERTER) {
            if (Character.isWhitespace(text.charAt(i))) {
                i++;
                continue;
            }
            boolean ohne = text.charAt(i) == '-';
            int anfang = ohne || text.charAt(i) == '+' ? i + 1 : i;
            boolean wendung = anfang < text.length() && ANFUEHRUNG.indexOf(text.charAt(anfang)) >= 0;
            int ende = wendung ? anfuehrungAb(text, anfang + 1) : leerAb(text, anfang);
            String wort = text.substring(Math.min(wendung ? anfang + 1 : anfang, ende), ende);
            i = Math.max(ende, i + 1);
            if (wendung) {
                i = Math.max(i, ende + 1);
            }
            merke(woerter, wort, ohne, wendung);
        }
        return woerter;
    }

    private static void merke(List<Wort> woerter, String roh, boolean ohne, boolean wendung) {
        boolean anfang = !wendung && roh.endsWith("*");
        String wort = anfang ? roh.replaceAll("\\*+$", "") : roh;
        if (!wort.isBlank()) {
            woerter.add(new Wort(wort.strip(), ohne, wendung, anfang));
        }
    }

    /** A phrase that is not closed goes on to the end. */
    private static int anfuehrungAb(String text, int von) {
        int i = von;
        while (i < text.length() && ANFUEHRUNG.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static int leerAb(String text, int von) {
        int i = von;
        while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
