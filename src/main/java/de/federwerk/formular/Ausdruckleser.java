package de.federwerk.formular;

import de.federwerk.formular.Ausdruck.Knoten;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one expression, strictly and with bounds: 500 characters, 20 levels. {@code hund_alter >= 6 und nicht (art = "assistenzhund")}.
 * Names are looked up at once, types compared: what would never hold is a mistake of the definition, not of those who fill it in.
 */
final class Ausdruckleser {

    static final int LAENGE = 500;
    private static final int TIEFE = 20;

    /** German, for the editor; with the place in the text. */
    static final class Unlesbar extends Exception {
        Unlesbar(String was) {
            super(was);
        }
    }

    /** What may be named. @param feld type of a field seen from here, null if there is none */
    record Namen(
            Function<String, @Nullable Typ> feld,
            BiFunction<String, String, @Nullable Typ> imAbschnitt,
            Function<String, Boolean> wiederholt) {}

    private record Teil(Typ typ, Knoten knoten) {}

    private record Zeichen(char art, String text, int stelle) {}

    private final String text;
    private final Namen namen;
    private final Set<String> braucht = new LinkedHashSet<>();
    private List<Zeichen> zeichen = List.of();
    private int stelle;
    private int tiefe;

    private Ausdruckleser(String text, Namen namen) {
        this.text = text;
        this.namen = namen;
    }

    static Ausdruck lies(String text, Namen namen) throws Unlesbar {
        if (text.length() > LAENGE) {
            throw new Unlesbar("Ein Ausdruck hat höchstens " + LAENGE + " Zeichen.");
        }
        var leser = new Ausdruckleser(text, namen);
        leser.zeichen = leser.zerlege();
        var ganz = leser.oder();
        if (leser.jetzt().art != 'e') {
            throw leser.anStelle("Hier endet der Ausdruck nicht: „" + leser.jetzt().text + "“ ist zu viel.");
        }
        return new Ausdruck(text, ganz.typ, leser.braucht, ganz.knoten);
    }

    private List<Zeichen> zerlege() throws Unlesbar {
        var liste = new ArrayList<Zeichen>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int von = i;
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (c >= 'a' && c <= 'z') {
                while (i < text.length() && namenszeichen(text.charAt(i))) {
                    i++;
                }
                liste.add(new Zeichen('n', text.substring(von, i), von));
            } else if (c >= '0' && c <= '9') {
                while (i < text.length() && (ziffer(text.charAt(i)) || text.charAt(i) == '.')) {
                    i++;
                }
                liste.add(new Zeichen('z', text.substring(von, i), von));
            } else if (c == '"') {
                int ende = text.indexOf('"', i + 1);
                if (ende < 0) {
                    throw new Unlesbar("Stelle " + (von + 1) + ": Das Anführungszeichen wird nicht geschlossen.");
                }
                i = ende + 1;
                liste.add(new Zeichen('t', text.substring(von + 1, ende), von));
            } else {
                var zwei = i + 1 < text.length() ? text.substring(i, i + 2) : "";
                var eines = Set.of("<>", "<=", ">=").contains(zwei) ? zwei : String.valueOf(c);
                if (!"()+-*/=<>,.".contains(eines.substring(0, 1))) {
                    throw new Unlesbar("Stelle " + (von + 1) + ": Das Zeichen „" + c + "“ gibt es hier nicht.");
                }
                i += eines.length();
                liste.add(new Zeichen('s', eines, von));
            }
        }
        liste.add(new Zeichen('e', "Ende", text.length()));
        return liste;
    }

    private static boolean ziffer(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean namenszeichen(char c) {
        return c >= 'a' && c <= 'z' || ziffer(c) || c == '_';
    }

    private Zeichen jetzt() {
        return zeichen.get(stelle);
    }

    private boolean nimm(String wort) {
        if (jetzt().art != 't' && jetzt().art != 'e' && jetzt().text.equals(wort)) {
            stelle++;
            return true;
        }
        return false;
    }

    private void verlange(String wort) throws Unlesbar {
        if (!nimm(wort)) {
            throw anStelle("Hier fehlt „" + wort + "“.");
        }
    }

    private Unlesbar anStelle(String was) {
        return new Unlesbar("Stelle " + (jetzt().stelle + 1) + ": " + was);
    }

    private Teil oder() throws Unlesbar {
        if (++tiefe > TIEFE) {
            throw anStelle("Der Ausdruck ist zu tief verschachtelt.");
        }
        var links = und();
        while (nimm("oder")) {
            links = new Teil(Typ.WAHR, Ausdruck.oder(aussage(links), aussage(und())));
        }
        tiefe--;
        return links;
    }

    private Teil und() throws Unlesbar {
        var links = nicht();
        while (nimm("und")) {
            links = new Teil(Typ.WAHR, Ausdruck.und(aussage(links), aussage(nicht())));
        }
        return links;
    }

    private Teil nicht() throws Unlesbar {
        if (!nimm("nicht")) {
            return vergleich();
        }
        if (++tiefe > TIEFE) {
            throw anStelle("Der Ausdruck ist zu tief verschachtelt.");
        }
        var von = nicht();
        tiefe--;
        return new Teil(Typ.WAHR, Ausdruck.nicht(aussage(von)));
    }

    private Knoten aussage(Teil teil) throws Unlesbar {
        return verlange(teil, Typ.WAHR);
    }

    private Knoten zahl(Teil teil) throws Unlesbar {
        return verlange(teil, Typ.ZAHL);
    }

    private Knoten verlange(Teil teil, Typ typ) throws Unlesbar {
        if (teil.typ != typ) {
            throw anStelle("Hier wird " + typ.wort() + " gebraucht, da steht aber " + teil.typ.wort() + ".");
        }
        return teil.knoten;
    }

    private Teil vergleich() throws Unlesbar {
        var links = summe();
        if (nimm("ist")) {
            boolean nicht = nimm("nicht");
            verlange("leer");
            return new Teil(Typ.WAHR, Ausdruck.leer(links.knoten, !nicht));
        }
        if (nimm("enthaelt")) {
            var menge = verlange(links, Typ.MENGE);
            return new Teil(Typ.WAHR, Ausdruck.enthaelt(menge, verlange(summe(), Typ.TEXT)));
        }
        for (var zeichen : List.of("<>", "<=", ">=", "=", "<", ">")) {
            if (nimm(zeichen)) {
                var rechts = summe();
                if (links.typ != rechts.typ || links.typ == Typ.MENGE) {
                    throw anStelle("Verglichen werden " + links.typ.wort() + " und " + rechts.typ.wort()
                            + "; das trifft nie zu.");
                }
                return new Teil(Typ.WAHR, Ausdruck.vergleich(zeichen, links.knoten, rechts.knoten));
            }
        }
        return links;
    }

    private Teil summe() throws Unlesbar {
        var links = produkt();
        while (true) {
            char zeichen = nimm("+") ? '+' : nimm("-") ? '-' : ' ';
            if (zeichen == ' ') {
                return links;
            }
            links = new Teil(Typ.ZAHL, Ausdruck.rechne(zeichen, zahl(links), zahl(produkt())));
        }
    }

    private Teil produkt() throws Unlesbar {
        var links = atom();
        while (true) {
            char zeichen = nimm("*") ? '*' : nimm("/") ? '/' : ' ';
            if (zeichen == ' ') {
                return links;
            }
            links = new Teil(Typ.ZAHL, Ausdruck.rechne(zeichen, zahl(links), zahl(atom())));
        }
    }

    private Teil atom() throws Unlesbar {
        var dies = jetzt();
        if (nimm("(")) {
            var innen = oder();
            verlange(")");
            return innen;
        }
        stelle = Math.min(stelle + 1, zeichen.size() - 1);
        switch (dies.art) {
            case 't' -> {
                return new Teil(Typ.TEXT, q -> dies.text);
            }
            case 'z' -> {
                try {
                    var wert = new BigDecimal(dies.text);
                    return new Teil(Typ.ZAHL, q -> wert);
                } catch (NumberFormatException e) {
                    throw anStelle("„" + dies.text + "“ ist keine Zahl; geschrieben wird 12.50.");
                }
            }
            case 'n' -> {
                return name(dies);
            }
            default -> {
                if (dies.text.equals("-")) {
                    if (++tiefe > TIEFE) {
                        throw anStelle("Der Ausdruck ist zu tief verschachtelt.");
                    }
                    return new Teil(Typ.ZAHL, Ausdruck.rechne('-', q -> BigDecimal.ZERO, zahl(atom())));
                }
                throw new Unlesbar("Stelle " + (dies.stelle + 1)
                        + ": Hier wird ein Feld oder ein Wert erwartet, da steht „" + dies.text + "“.");
            }
        }
    }

    private Teil name(Zeichen dies) throws Unlesbar {
        switch (dies.text) {
            case "wahr", "falsch" -> {
                boolean wert = dies.text.equals("wahr");
                return new Teil(Typ.WAHR, q -> wert);
            }
            case "heute" -> {
                return new Teil(Typ.DATUM, Ausdruck.Quelle::heute);
            }
            case "und", "oder", "ist", "leer", "enthaelt" ->
                throw new Unlesbar("Stelle " + (dies.stelle + 1) + ": Vor „" + dies.text + "“ fehlt etwas.");
            default -> {
                if (nimm("(")) {
                    var teil = funktion(dies);
                    verlange(")");
                    return teil;
                }
                var typ = namen.feld.apply(dies.text);
                if (typ == null) {
                    throw new Unlesbar(
                            "Stelle " + (dies.stelle + 1) + ": Ein Feld „" + dies.text + "“ gibt es hier nicht.");
                }
                braucht.add(dies.text);
                return new Teil(typ, q -> q.feld(dies.text));
            }
        }
    }

    private Teil funktion(Zeichen dies) throws Unlesbar {
        if (++tiefe > TIEFE) {
            throw anStelle("Der Ausdruck ist zu tief verschachtelt.");
        }
        var teil = switch (dies.text) {
            case "tage", "jahre" -> {
                var von = verlange(oder(), Typ.DATUM);
                verlange(",");
                var bis = verlange(oder(), Typ.DATUM);
                yield new Teil(Typ.ZAHL, dies.text.equals("tage") ? Ausdruck.tage(von, bis) : Ausdruck.jahre(von, bis));
            }
            case "datum" -> datum();
            case "summe" -> summeUeber();
            case "anzahl" -> {
                var abschnitt = wiederholter();
                yield new Teil(Typ.ZAHL, Ausdruck.anzahl(abschnitt));
            }
            case "runde" -> {
                var wert = zahl(oder());
                verlange(",");
                var stellen = jetzt().text;
                if (jetzt().art != 'z' || stellen.length() != 1) {
                    throw anStelle("Hier steht, auf wie viele Stellen gerundet wird: 0 bis 9.");
                }
                stelle++;
                yield new Teil(Typ.ZAHL, Ausdruck.runde(wert, stellen.charAt(0) - '0'));
            }
            case "kleinste", "groesste" -> {
                var links = oder();
                verlange(",");
                var rechts = verlange(oder(), links.typ);
                yield new Teil(links.typ, Ausdruck.extrem(dies.text.equals("groesste"), links.knoten, rechts));
            }
            case "wenn" -> {
                var bedingung = aussage(oder());
                verlange(",");
                var dann = oder();
                verlange(",");
                yield new Teil(dann.typ, Ausdruck.wenn(bedingung, dann.knoten, verlange(oder(), dann.typ)));
            }
            default ->
                throw new Unlesbar(
                        "Stelle " + (dies.stelle + 1) + ": „" + dies.text
                                + "“ gibt es nicht. Möglich sind tage, jahre, datum, summe, anzahl, runde, kleinste, groesste, wenn.");
        };
        tiefe--;
        return teil;
    }

    private Teil datum() throws Unlesbar {
        try {
            var tag = LocalDate.parse(jetzt().text);
            stelle++;
            return new Teil(Typ.DATUM, q -> tag);
        } catch (DateTimeParseException e) {
            throw anStelle("Ein Tag steht hier als datum(\"2026-12-31\").");
        }
    }

    private String wiederholter() throws Unlesbar {
        var abschnitt = jetzt().text;
        if (jetzt().art != 'n' || !namen.wiederholt.apply(abschnitt)) {
            throw anStelle("Einen wiederholten Abschnitt „" + abschnitt + "“ gibt es nicht.");
        }
        stelle++;
        braucht.add("#" + abschnitt);
        return abschnitt;
    }

    private Teil summeUeber() throws Unlesbar {
        var abschnitt = wiederholter();
        verlange(".");
        var feld = jetzt().text;
        if (namen.imAbschnitt.apply(abschnitt, feld) != Typ.ZAHL) {
            throw anStelle("Eine Zahl „" + feld + "“ gibt es im Abschnitt „" + abschnitt + "“ nicht.");
        }
        stelle++;
        braucht.add(feld);
        return new Teil(Typ.ZAHL, Ausdruck.summe(abschnitt, feld));
    }
}
