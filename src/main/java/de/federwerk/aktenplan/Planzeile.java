package de.federwerk.aktenplan;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Tabelle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a plan that is read, checked by itself alone.
 *
 * @param nr line, as an editor counts; of a message how many positions up to this one
 * @param ueber Kennzeichen of the position above; {@link #OBEN}; null if the line does not say
 * @param genannt which columns the file has at all: what is not named stays as it is
 * @param beendet whether the position is stillgelegt (xdomea)
 */
record Planzeile(
        long nr,
        String kennzeichen,
        String titel,
        @Nullable String ueber,
        @Nullable Integer aufbewahrung,
        @Nullable String aussonderungsart,
        @Nullable String fristbeginn,
        @Nullable Integer rang,
        Set<String> genannt,
        boolean beendet) {

    static final String OBEN = "-";
    static final String AUFBEWAHRUNG = "aufbewahrungsfrist_jahre";
    static final String ART = "aussonderungsart";
    static final String BEGINN = "fristbeginn";
    static final String UEBER = "ueber";
    static final String RANG = "rang";
    static final List<String> SPALTEN = List.of("kennzeichen", "titel", AUFBEWAHRUNG, ART, BEGINN, UEBER, RANG);
    static final String ZEILE = "Zeile";
    static final String NUMMER = "Nr.";
    static final int HOECHSTENS = 20_000;

    /**
     * What a file says.
     *
     * @param fehler by line; such lines are not among {@code zeilen}
     * @param wort what its numbers count: {@link #ZEILE}, or {@link #NUMMER} where a line of the file says nothing
     */
    record Gelesen(List<Planzeile> zeilen, Map<Long, Fehler> fehler, String wort) {

        static Gelesen leer(String wort) {
            return new Gelesen(new ArrayList<>(), new HashMap<>(), wort);
        }

        /** A line that has no fault of its own; a second one with the same Kennzeichen has. */
        void nimm(Planzeile zeile, Map<String, Long> gesehen) {
            Long erste = gesehen.putIfAbsent(zeile.kennzeichen, zeile.nr);
            if (erste == null) {
                zeilen.add(zeile);
            } else {
                fehler.put(
                        zeile.nr,
                        new Fehler(
                                zeile.kennzeichen, zeile.kennzeichen + " steht schon in " + wort + " " + erste + "."));
            }
        }
    }

    record Fehler(String kennzeichen, String text) {}

    static Gelesen lies(List<Tabelle.Zeile> tabelle) {
        var genannt = new HashSet<String>();
        tabelle.forEach(z -> genannt.addAll(z.werte().keySet()));
        var gelesen = Gelesen.leer(ZEILE);
        var gesehen = new HashMap<String, Long>();
        for (var satz : tabelle) {
            try {
                gelesen.nimm(zeile(satz, genannt), gesehen);
            } catch (Abgelehnt e) {
                gelesen.fehler.put(
                        satz.nr(),
                        new Fehler(Planworte.gekuerzt(satz.wert("kennzeichen")), String.valueOf(e.getMessage())));
            }
        }
        return gelesen;
    }

    private static Planzeile zeile(Tabelle.Zeile satz, Set<String> genannt) {
        var ueber = satz.wert(UEBER).strip();
        var rang = satz.wert(RANG).strip();
        return new Planzeile(
                satz.nr(),
                Planworte.liesKennzeichen(satz.wert("kennzeichen")),
                Planworte.liesTitel(entschaerft(satz.wert("titel"))),
                ueber.isEmpty() ? null : ueber.equals(OBEN) ? OBEN : Planworte.liesKennzeichen(ueber),
                Planworte.liesAufbewahrung(satz.wert(AUFBEWAHRUNG)),
                Planworte.liesArt(satz.wert(ART)),
                Planworte.liesBeginn(satz.wert(BEGINN)),
                rang.isEmpty() ? null : Planworte.liesRang(rang),
                genannt,
                false);
    }

    /** A title that a spreadsheet would take for a formula has an apostrophe before it in our lists; see {@link Planausgabe}. */
    private static String entschaerft(String titel) {
        int striche = 0;
        while (striche < titel.length() && titel.charAt(striche) == '\'') {
            striche++;
        }
        return striche > 0 && striche < titel.length() && "=+-@".indexOf(titel.charAt(striche)) >= 0
                ? titel.substring(1)
                : titel;
    }
}
