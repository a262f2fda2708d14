package de.federwerk.basis;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of one list and how a page of it is asked for in SQL. All columns run in one direction, so that PostgreSQL reads a page
 * as one range of an index on them; together they are unique, so that no row is left out or doubled while others come in.
 */
public record Ordnung(boolean absteigend, List<Spalte> spalten) {

    /** How a value of a column is written in SQL and in an address. */
    public enum Typ {
        TEXT("text"),
        ZAHL("bigint"),
        ZEIT("timestamptz"),
        KENNUNG("uuid");

        private final String sql;

        Typ(String sql) {
            this.sql = sql;
        }

        private Object lies(String wert) {
            return switch (this) {
                case TEXT -> wert;
                case ZAHL -> Long.valueOf(wert);
                case ZEIT -> Instant.parse(wert);
                case KENNUNG -> UUID.fromString(wert);
            };
        }
    }

    /** @param name the column, without the table's alias */
    public record Spalte(String name, Typ typ) {}

    /** Smallest first. */
    public static Ordnung auf(Spalte... spalten) {
        return new Ordnung(false, List.of(spalten));
    }

    /** Largest first. */
    public static Ordnung ab(Spalte... spalten) {
        return new Ordnung(true, List.of(spalten));
    }

    public static Spalte text(String name) {
        return new Spalte(name, Typ.TEXT);
    }

    public static Spalte zahl(String name) {
        return new Spalte(name, Typ.ZAHL);
    }

    public static Spalte zeit(String name) {
        return new Spalte(name, Typ.ZEIT);
    }

    public static Spalte kennung(String name) {
        return new Spalte(name, Typ.KENNUNG);
    }

    /** What stands in an address; anything that is none of this order's is the start of the list. */
    public Stelle lies(@Nullable String text) {
        return text == null ? Stelle.ANFANG : Stelle.lies(text, this);
    }

    /** @throws IllegalArgumentException or DateTimeException if these are no values of this order */
    Stelle stelle(Stelle.Art art, String[] texte) {
        boolean ganz = texte.length == spalten.size();
        if (!ganz && (art != Stelle.Art.AB || texte.length > spalten.size())) {
            throw new IllegalArgumentException("Schlüssel passt nicht");
        }
        var werte = new ArrayList<Object>();
        for (int i = 0; i < texte.length; i++) {
            // PostgreSQL takes no NUL in a text and no time outside its calendar.
            var wert = spalten.get(i).typ.lies(texte[i]);
            if (texte[i].indexOf('\0') >= 0
                    || (wert instanceof Instant zeit && (zeit.isBefore(FRUEHESTE) || zeit.isAfter(SPAETESTE)))) {
                throw new IllegalArgumentException("Schlüssel passt nicht");
            }
            werte.add(wert);
        }
        return new Stelle(art, werte);
    }

    private static final Instant FRUEHESTE = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant SPAETESTE = Instant.parse("9999-12-31T23:59:59Z");

    /** Condition for the rows from this place on; needs {@link #parameter}. */
    public String bedingung(String alias, Stelle stelle) {
        if (stelle.werte().isEmpty()) {
            return "TRUE";
        }
        int zahl = stelle.werte().size();
        var links =
                spalten.subList(0, zahl).stream().map(s -> alias + "." + s.name).collect(Collectors.joining(", "));
        var rechts = new ArrayList<String>();
        for (int i = 0; i < zahl; i++) {
            rechts.add("CAST(:ab" + i + " AS " + spalten.get(i).typ.sql + ")");
        }
        var zeichen = stelle.art().rueckwaerts() != absteigend ? "<" : ">";
        return "(" + links + ") " + zeichen + (stelle.art() == Stelle.Art.AB ? "=" : "") + " ("
                + String.join(", ", rechts) + ")";
    }

    /** What follows ORDER BY: away from this place. */
    public String folge(String alias, Stelle stelle) {
        var richtung = stelle.art().rueckwaerts() != absteigend ? " DESC" : "";
        return spalten.stream().map(s -> alias + "." + s.name + richtung).collect(Collectors.joining(", "));
    }

    /** Values of {@link #bedingung}. */
    public Map<String, Object> parameter(Stelle stelle) {
        var werte = new HashMap<String, Object>();
        for (int i = 0; i < stelle.werte().size(); i++) {
            var wert = stelle.werte().get(i);
            werte.put("ab" + i, wert instanceof Instant zeit ? Timestamp.from(zeit) : wert);
        }
        return werte;
    }

    /** Rows as read from this place on, in the order of the list. */
    static <Z> List<Z> geordnet(Stelle stelle, List<Z> gelesen) {
        var zeilen = new ArrayList<>(gelesen);
        if (stelle.art().rueckwaerts()) {
            Collections.reverse(zeilen);
        }
        return zeilen;
    }
}
