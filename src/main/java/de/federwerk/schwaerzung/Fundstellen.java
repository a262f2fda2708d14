package de.federwerk.schwaerzung;

import de.federwerk.basis.Kennung;
import de.federwerk.datei.Schwaerzwerk.Seitenlage;
import de.federwerk.datei.Schwaerzwerk.Wort;
import de.federwerk.datei.Wortform;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where on a page something stands: a word, some words in a row, a pattern. Marked are whole words. */
final class Fundstellen {

    /** Around a word, in millimetres. */
    private static final double SEITLICH = 0.3;

    private final Seitenlage lage;

    private Fundstellen(Seitenlage lage) {
        this.lage = lage;
    }

    /** @param ganz only where it is not part of a longer word */
    static List<Bereich> suche(Seitenlage lage, String gesucht, boolean ganz, Grund grund) {
        var worte = Wortform.von(gesucht).strip().replaceAll(" {1,200}", " ");
        if (worte.isEmpty()) {
            return List.of();
        }
        var stellen = new Fundstellen(lage);
        var text = stellen.fliesstext(Wortform::von);
        var bereiche = new ArrayList<Bereich>();
        for (int i = text.zeichen.indexOf(worte); i >= 0; i = text.zeichen.indexOf(worte, i + 1)) {
            if (!ganz || text.fuerSich(i, i + worte.length())) {
                bereiche.addAll(stellen.bereiche(text, i, i + worte.length(), grund));
            }
        }
        return bereiche;
    }

    static List<Bereich> suche(Seitenlage lage, Schutzmuster muster, Grund grund) {
        var stellen = new Fundstellen(lage);
        var text = stellen.fliesstext(w -> Normalizer.normalize(w, Normalizer.Form.NFKC)
                .replaceAll("\\p{Pd}", "-")
                .replaceAll("\\p{Zs}", " "));
        return muster.finde(text.zeichen.toString()).stream()
                .flatMap(t -> stellen.bereiche(text, t[0], t[1], grund).stream())
                .toList();
    }

    /** @param worte for each character the word it belongs to; -1 for a blank between words */
    private record Fliesstext(StringBuilder zeichen, List<Integer> worte) {

        boolean fuerSich(int von, int bis) {
            return (von == 0 || !Character.isLetterOrDigit(zeichen.charAt(von - 1)))
                    && (bis == zeichen.length() || !Character.isLetterOrDigit(zeichen.charAt(bis)));
        }
    }

    /** A word cut at the end of a line is one word. */
    private Fliesstext fliesstext(UnaryOperator<String> form) {
        var text = new Fliesstext(new StringBuilder(), new ArrayList<>());
        for (int i = 0; i < lage.worte().size(); i++) {
            var wort = form.apply(lage.worte().get(i).text());
            boolean getrennt = i + 1 < lage.worte().size()
                    && wort.length() > 1
                    && (wort.endsWith("-") || wort.endsWith("\u00AD"))
                    && !gleicheZeile(lage.worte().get(i), lage.worte().get(i + 1))
                    && Character.isLowerCase(lage.worte().get(i + 1).text().codePointAt(0));
            var stueck = getrennt ? wort.substring(0, wort.length() - 1) : wort;
            for (int j = 0; j < stueck.length(); j++) {
                text.worte.add(i);
            }
            text.zeichen.append(stueck);
            if (!getrennt) {
                text.zeichen.append(' ');
                text.worte.add(-1);
            }
        }
        return text;
    }

    private static boolean gleicheZeile(Wort a, Wort b) {
        return Math.min(a.y() + a.hoehe(), b.y() + b.hoehe()) - Math.max(a.y(), b.y())
                > 0.5 * Math.min(a.hoehe(), b.hoehe());
    }

    /** One area for each line that it stands on. */
    private List<Bereich> bereiche(Fliesstext text, int von, int bis, Grund grund) {
        var getroffen = new BitSet();
        for (int i = von; i < bis; i++) {
            if (text.worte.get(i) >= 0) {
                getroffen.set(text.worte.get(i));
            }
        }
        var bereiche = new ArrayList<Bereich>();
        Wort letztes = null;
        for (int i = getroffen.nextSetBit(0); i >= 0; i = getroffen.nextSetBit(i + 1)) {
            var wort = lage.worte().get(i);
            var neu = rahmen(wort, grund);
            if (letztes != null && gleicheZeile(letztes, wort) && wort.x() >= letztes.x()) {
                bereiche.set(bereiche.size() - 1, vereint(bereiche.getLast(), neu));
            } else {
                bereiche.add(neu);
            }
            letztes = wort;
        }
        return bereiche;
    }

    private Bereich rahmen(Wort wort, Grund grund) {
        double x = Math.clamp(wort.x() - SEITLICH, 0, lage.breite() - 0.5);
        double y = Math.clamp(wort.y(), 0, lage.hoehe() - 0.5);
        return new Bereich(
                Kennung.neu(),
                lage.seite(),
                x,
                y,
                Math.clamp(wort.x() + wort.breite() + SEITLICH - x, 0.5, lage.breite() - x),
                Math.clamp(wort.hoehe(), 0.5, lage.hoehe() - y),
                grund,
                "");
    }

    private static Bereich vereint(Bereich a, Bereich b) {
        double x = Math.min(a.x(), b.x());
        double y = Math.min(a.y(), b.y());
        return new Bereich(
                a.id(),
                a.seite(),
                x,
                y,
                Math.max(a.x() + a.breite(), b.x() + b.breite()) - x,
                Math.max(a.y() + a.hoehe(), b.y() + b.hoehe()) - y,
                a.grund(),
                a.erlaeuterung());
    }
}
