package de.federwerk.leistung;

import de.federwerk.suche.Wortformen.Wort;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a word in a question to the town hall is for. „Hund“ names a thing; „anmelden“ says what to do with it, and „mein“ nothing. Only what
 * names a thing finds something: else „Blauwal tauschen“ would find the Führerschein, which one can exchange, too.
 */
final class Fragewort {

    /** In lower case, ä = a, ß = ss. Also what one may ask about anything: what it costs, how long it takes. */
    private static final Set<String> FUELLWORTE = worte("""
            der die das den dem des ein eine einen einem einer eines mein meine meinen meiner meinem meines dein deine ihr ihre ihren ihrem ihrer
            unser unsere unseren sein seine seinen ich du er sie es wir man mich mir uns und oder aber mit ohne fur von vom zu zum zur im in am an
            auf aus bei beim nach uber um unter vor wegen wo wie was wann wer warum wohin womit welche welcher welches welchen ist sind war bin hab
            habe haben hat hatte kann kannst konnen will wollen wurde wurden mochte mochten muss mussen soll sollte darf brauch brauche brauchen
            braucht benotige benotigen neu neue neuer neues neuen alt alte alten alter altes bitte hilfe gibt geht gehen wird werden als auch nicht
            kein keine keinen noch schon jetzt heute morgen stadt gemeinde rathaus amt online internet frage fragen info infos dieser diese dieses
            kosten kostet kostenlos gebuhr gebuhren preis dauer dauert lange offnungszeiten termin termine formular formulare unterlagen zustandig
            hallo guten tag danke dass da hier dort wenn weil so sehr mal bitte eigentlich unbedingt schnell
            the a an my our your i we you it is are am do does to for of in on at with from how what where when who can want need would like have has
            get got new old please help""");

    /** Beginnings of what one does with a thing at the town hall. */
    private static final Set<String> TATEN = worte("""
            anmeld abmeld ummeld nachmeld angemeld abgemeld umgemeld anzumeld abzumeld umzumeld meld gemeld beantrag antrag verlanger erneuer ander
            geander verander tausch getausch umtausch umgetausch umzutausch austausch ausgetausch eintausch wechsel gewechsel hol abhol abgehol
            abzuhol bekomm besorg bestell ausstell ausgestell auszustell stell kauf gekauf verkauf mach erledig eintrag einzutrag ersetz ersatz anzeig
            anzuzeig mitteil bezahl zahl kundig beend losch gelosch berichtig korrigier registrier anforder angeforder einreich eingereich abgeb
            abzugeb beginn start find such verlier verlor verlust gestohl gestohlen geklau erhalt krieg aktualisier bearbeit
            register registration registering apply application applying renew renewal renewing extend extension extending change changing
            exchange exchanging swap replac replacement order ordering cancel report reporting request requesting lost stolen pay buy make
            deregister""");

    private static final List<String> ENDUNGEN = List.of(
            "", "e", "en", "n", "t", "et", "st", "ung", "ungen", "er", "ern", "eln", "te", "ten", "es", "s", "ing",
            "ed", "d");
    private static final Set<String> TATFORMEN = tatformen();
    private static final Pattern NUR_ZIFFERN = Pattern.compile("\\d+");

    private Fragewort() {}

    private static Set<String> worte(String text) {
        return Set.copyOf(new HashSet<>(List.of(text.strip().split("\\s+"))));
    }

    private static Set<String> tatformen() {
        var formen = new HashSet<String>();
        TATEN.forEach(t -> List.of("en", "n", "ung").forEach(e -> formen.add(t + e)));
        return Set.copyOf(formen);
    }

    static boolean fuellt(Wort wort) {
        return wort.schlicht().length() < 2
                || FUELLWORTE.contains(wort.schlicht())
                || NUR_ZIFFERN.matcher(wort.schlicht()).matches();
    }

    /** What it says to do, reduced to what different forms of it have in common; empty if it names a thing. */
    static Optional<String> tat(String schlicht) {
        for (var endung : ENDUNGEN) {
            if (schlicht.endsWith(endung)) {
                var anfang = schlicht.substring(0, schlicht.length() - endung.length());
                if (TATEN.contains(anfang)) {
                    return Optional.of(eine(anfang));
                }
            }
        }
        return Optional.empty();
    }

    /** angemeldet, anzumelden and anmelden are one. */
    private static String eine(String anfang) {
        for (var vorn : List.of("an", "ab", "um", "aus", "ein")) {
            for (var mitte : List.of("ge", "zu")) {
                if (anfang.startsWith(vorn + mitte) && TATEN.contains(vorn + anfang.substring(vorn.length() + 2))) {
                    return vorn + anfang.substring(vorn.length() + 2);
                }
            }
        }
        return anfang;
    }

    /** Whether it is probably what one does, mistyped. */
    static boolean fastTat(String schlicht) {
        return TATFORMEN.stream().anyMatch(t -> aehnlich(schlicht, t));
    }

    /**
     * Whether one mistake lies between them: in words of five letters and more one letter too many, too few or wrong; of four and more two
     * neighbours exchanged. The first letter is right, but for an exchange.
     */
    static boolean aehnlich(String a, String b) {
        int la = a.length();
        int lb = b.length();
        if (a.equals(b) || Math.abs(la - lb) > 1 || Math.min(la, lb) < 4) {
            return false;
        }
        int vorn = 0;
        while (vorn < Math.min(la, lb) && a.charAt(vorn) == b.charAt(vorn)) {
            vorn++;
        }
        int hinten = 0;
        while (hinten < Math.min(la, lb) - vorn && a.charAt(la - 1 - hinten) == b.charAt(lb - 1 - hinten)) {
            hinten++;
        }
        int restA = la - vorn - hinten;
        int restB = lb - vorn - hinten;
        if (restA == 2 && restB == 2) {
            return a.charAt(vorn) == b.charAt(vorn + 1) && a.charAt(vorn + 1) == b.charAt(vorn);
        }
        return vorn > 0 && Math.max(la, lb) >= 5 && restA <= 1 && restB <= 1;
    }
}
