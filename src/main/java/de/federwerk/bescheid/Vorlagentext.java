package de.federwerk.bescheid;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.formular.Bedingung;
import de.federwerk.formular.Bedingung.Ausgefuellt;
import de.federwerk.formular.Formular;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The text of a template, read: paragraphs, headings ({@code #}, {@code ##}), lists ({@code -}, {@code 1.}), fields ({@code {{antrag.name.nach}}})
 * and parts with a condition between lines of their own: {@code {{wenn anzahl(hund) > 1}}}, {@code {{sonst}}}, {@code {{ende}}}. Nothing in it is
 * ever run, and what is filled in is never read as a template again.
 */
final class Vorlagentext {

    private static final int TIEFE = 5;
    private static final int FELDNAME = 100;

    enum Art {
        ABSATZ,
        UEBERSCHRIFT,
        ZWISCHENTITEL,
        LISTE,
        NUMMERN
    }

    /** Ready for paper. @param zeilen lines of a paragraph, items of a list */
    record Block(Art art, List<String> zeilen) {}

    /** A line with its fields. */
    private record Zeile(int nummer, Art art, String text) {}

    private sealed interface Teil {}

    private record Stueck(Art art, List<Zeile> zeilen) implements Teil {}

    private record Wenn(int zeile, String bedingung, List<Teil> dann, List<Teil> sonst) implements Teil {}

    private final List<Teil> teile;
    private final List<String> maengel = new ArrayList<>();

    private Vorlagentext(String text) {
        teile = lies(text.split("\\R", -1));
    }

    static Vorlagentext aus(String text) {
        return new Vorlagentext(text);
    }

    private static final class Ebene {
        private final int zeile;
        private final String bedingung;
        private final List<Teil> dann = new ArrayList<>();
        private final List<Teil> sonst = new ArrayList<>();
        private boolean imSonst;

        Ebene(int zeile, String bedingung) {
            this.zeile = zeile;
            this.bedingung = bedingung;
        }

        List<Teil> jetzt() {
            return imSonst ? sonst : dann;
        }
    }

    private List<Teil> lies(String[] zeilen) {
        Deque<Ebene> ebenen = new ArrayDeque<>();
        ebenen.push(new Ebene(0, ""));
        var offen = new ArrayList<Zeile>();
        for (int i = 0; i < zeilen.length; i++) {
            var zeile = zeilen[i].strip();
            var anweisung = anweisung(zeile);
            if (anweisung == null) {
                nimm(new Zeile(i + 1, art(zeile), ohneZeichen(zeile)), zeile.isEmpty(), offen, ebenen);
                continue;
            }
            schliesse(offen, ebenen);
            fuehre(anweisung, i + 1, ebenen);
        }
        schliesse(offen, ebenen);
        while (ebenen.size() > 1) {
            maengel.add("Zeile " + ebenen.peek().zeile + ": „wenn“ ohne „ende“.");
            beende(ebenen);
        }
        return List.copyOf(ebenen.element().dann);
    }

    private static @Nullable String anweisung(String zeile) {
        if (!zeile.startsWith("{{") || !zeile.endsWith("}}")) {
            return null;
        }
        var innen = zeile.substring(2, zeile.length() - 2).strip();
        return innen.startsWith("wenn ") || innen.equals("sonst") || innen.equals("ende") ? innen : null;
    }

    private void fuehre(String anweisung, int nummer, Deque<Ebene> ebenen) {
        if (anweisung.startsWith("wenn ")) {
            if (ebenen.size() > TIEFE) {
                maengel.add("Zeile " + nummer + ": Mehr als " + TIEFE + " „wenn“ ineinander gibt es nicht.");
            }
            ebenen.push(new Ebene(nummer, anweisung.substring(5).strip()));
        } else if (ebenen.size() == 1 || anweisung.equals("sonst") && ebenen.element().imSonst) {
            maengel.add("Zeile " + nummer + ": „" + anweisung + "“ ohne „wenn“.");
        } else if (anweisung.equals("sonst")) {
            ebenen.element().imSonst = true;
        } else {
            beende(ebenen);
        }
    }

    private static void beende(Deque<Ebene> ebenen) {
        var fertig = ebenen.pop();
        ebenen.element()
                .jetzt()
                .add(new Wenn(fertig.zeile, fertig.bedingung, List.copyOf(fertig.dann), List.copyOf(fertig.sonst)));
    }

    private static void nimm(Zeile zeile, boolean leer, List<Zeile> offen, Deque<Ebene> ebenen) {
        boolean anders = !offen.isEmpty() && offen.getLast().art != zeile.art;
        boolean einzeln = zeile.art == Art.UEBERSCHRIFT || zeile.art == Art.ZWISCHENTITEL;
        if (leer || anders || einzeln) {
            schliesse(offen, ebenen);
        }
        if (!leer) {
            offen.add(zeile);
        }
        if (einzeln) {
            schliesse(offen, ebenen);
        }
    }

    private static void schliesse(List<Zeile> offen, Deque<Ebene> ebenen) {
        if (!offen.isEmpty()) {
            ebenen.element().jetzt().add(new Stueck(offen.getFirst().art, List.copyOf(offen)));
            offen.clear();
        }
    }

    private static Art art(String zeile) {
        return zeile.startsWith("## ")
                ? Art.ZWISCHENTITEL
                : zeile.startsWith("# ")
                        ? Art.UEBERSCHRIFT
                        : zeile.startsWith("- ") ? Art.LISTE : nummer(zeile) > 0 ? Art.NUMMERN : Art.ABSATZ;
    }

    /** Length of {@code 12. } at the beginning; 0 if there is none. A date at the beginning of a line is none. */
    private static int nummer(String zeile) {
        int i = 0;
        while (i < zeile.length() && i < 3 && zeile.charAt(i) >= '0' && zeile.charAt(i) <= '9') {
            i++;
        }
        return i > 0 && zeile.startsWith(". ", i) ? i + 2 : 0;
    }

    private static String ohneZeichen(String zeile) {
        return switch (art(zeile)) {
            case ABSATZ -> zeile;
            case UEBERSCHRIFT, LISTE -> zeile.substring(2).strip();
            case ZWISCHENTITEL -> zeile.substring(3).strip();
            case NUMMERN -> zeile.substring(nummer(zeile)).strip();
        };
    }

    /**
     * What does not fit, with its line.
     *
     * @param kennt whether there is such a field
     * @param formulare that conditions may ask
     */
    List<String> maengel(Predicate<String> kennt, List<Formular> formulare) {
        var alle = new ArrayList<>(maengel);
        pruefe(teile, kennt, formulare, alle);
        return alle;
    }

    private static void pruefe(
            List<Teil> teile, Predicate<String> kennt, List<Formular> formulare, List<String> maengel) {
        for (var teil : teile) {
            switch (teil) {
                case Stueck stueck ->
                    stueck.zeilen.forEach(z -> maengelIn(z.text, "Zeile " + z.nummer + ": ", kennt, maengel));
                case Wenn wenn -> {
                    try {
                        Bedingung.lies(wenn.bedingung, formulare);
                    } catch (Abgelehnt e) {
                        maengel.add("Zeile " + wenn.zeile + ": " + e.getMessage());
                    }
                    pruefe(wenn.dann, kennt, formulare, maengel);
                    pruefe(wenn.sonst, kennt, formulare, maengel);
                }
            }
        }
    }

    /** Of one line, such as the subject. */
    static List<String> maengelIn(String zeile, Predicate<String> kennt) {
        var maengel = new ArrayList<String>();
        maengelIn(zeile, "Betreff: ", kennt, maengel);
        return maengel;
    }

    private static void maengelIn(String zeile, String wo, Predicate<String> kennt, List<String> maengel) {
        ersetze(zeile, feld -> {
            if (!kennt.test(feld)) {
                maengel.add(wo + "Das Feld {{" + feld + "}} gibt es nicht.");
            }
            return "";
        });
        var rest = ersetze(zeile, feld -> "");
        if (rest.contains("{{") || rest.contains("}}")) {
            maengel.add(wo + "Zu einer Klammer {{ fehlt die andere.");
        }
    }

    /** @param wert of a field; what is not there is empty */
    List<Block> fuelle(Function<String, String> wert, List<Ausgefuellt> ausgefuellt) {
        var bloecke = new ArrayList<Block>();
        fuelle(teile, wert, ausgefuellt, bloecke);
        return bloecke;
    }

    private static void fuelle(
            List<Teil> teile, Function<String, String> wert, List<Ausgefuellt> ausgefuellt, List<Block> bloecke) {
        for (var teil : teile) {
            switch (teil) {
                case Stueck stueck -> {
                    var zeilen = stueck.zeilen.stream()
                            .flatMap(z -> ersetze(z.text, wert).lines())
                            .filter(z -> !z.isBlank())
                            .toList();
                    if (!zeilen.isEmpty()) {
                        bloecke.add(new Block(stueck.art, zeilen));
                    }
                }
                case Wenn wenn ->
                    fuelle(
                            Bedingung.lies(
                                                    wenn.bedingung,
                                                    ausgefuellt.stream()
                                                            .map(Ausgefuellt::formular)
                                                            .toList())
                                            .trifftZu(ausgefuellt)
                                    ? wenn.dann
                                    : wenn.sonst,
                            wert,
                            ausgefuellt,
                            bloecke);
            }
        }
    }

    /** Puts values in place of {@code {{name}}}, once: what they contain stays as it is. */
    static String ersetze(String zeile, Function<String, String> wert) {
        var neu = new StringBuilder();
        int stelle = 0;
        while (true) {
            int auf = zeile.indexOf("{{", stelle);
            int zu = auf < 0 ? -1 : zeile.indexOf("}}", auf + 2);
            if (zu < 0 || zu - auf > FELDNAME) {
                return neu.append(zeile.substring(stelle)).toString();
            }
            neu.append(zeile, stelle, auf)
                    .append(wert.apply(zeile.substring(auf + 2, zu).strip()));
            stelle = zu + 2;
        }
    }
}
