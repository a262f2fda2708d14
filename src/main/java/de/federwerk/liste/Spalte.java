package de.federwerk.liste;

/**
 * What can stand in a column.
 *
 * @param name in an address
 * @param wort above the column
 * @param ausdruck what it is in SQL, as text
 * @param vorgabe shown to who has chosen nothing
 */
record Spalte(String name, String wort, String ausdruck, boolean vorgabe) {

    static Spalte immer(String name, String wort, String ausdruck) {
        return new Spalte(name, wort, ausdruck, true);
    }

    static Spalte gewaehlt(String name, String wort, String ausdruck) {
        return new Spalte(name, wort, ausdruck, false);
    }

    /** As all days are written, and where the town hall stands. */
    static String tag(String zeit) {
        return "to_char(" + zeit + " AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY')";
    }

    static String datum(String tag) {
        return "to_char(" + tag + ", 'DD.MM.YYYY')";
    }

    static String person(String alias) {
        return "trim(" + alias + ".vorname || ' ' || " + alias + ".nachname)";
    }

    /** Whether what stands in it is a number or a day, and is aligned like one. */
    boolean knapp() {
        return ausdruck.startsWith("to_char") || name.equals("nummer") || name.equals("version");
    }
}
