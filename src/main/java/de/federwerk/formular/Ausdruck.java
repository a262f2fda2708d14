package de.federwerk.formular;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A condition or computation of a form. Three-valued as in SQL: what needs an empty field is itself empty, neither true nor false. It never
 * fails and takes no longer than it is long.
 */
public final class Ausdruck {

    private static final BigDecimal GROESSTE = new BigDecimal("1E18");

    /** Where values come from: of a field, of all fields of this name in a repeated Abschnitt, and how many of an Abschnitt there are. */
    interface Quelle {
        @Nullable
        Object feld(String id);

        List<Object> alle(String abschnitt, String feld);

        int anzahl(String abschnitt);

        LocalDate heute();
    }

    /** A piece of an expression that has been read and whose types fit. */
    @FunctionalInterface
    interface Knoten {
        @Nullable
        Object wert(Quelle quelle);
    }

    private final String quelltext;
    private final Typ typ;
    private final Set<String> braucht;
    private final Knoten wurzel;

    /** @param braucht ids of fields, and of Abschnitte with a hash before them */
    Ausdruck(String quelltext, Typ typ, Set<String> braucht, Knoten wurzel) {
        this.quelltext = quelltext;
        this.typ = typ;
        this.braucht = Set.copyOf(braucht);
        this.wurzel = wurzel;
    }

    Typ typ() {
        return typ;
    }

    Set<String> braucht() {
        return braucht;
    }

    @Nullable
    Object wert(Quelle quelle) {
        return wurzel.wert(quelle);
    }

    boolean trifftZu(Quelle quelle) {
        return Boolean.TRUE.equals(wert(quelle));
    }

    @Override
    public String toString() {
        return quelltext;
    }

    static Knoten und(Knoten links, Knoten rechts) {
        return q -> {
            var a = links.wert(q);
            if (Boolean.FALSE.equals(a)) {
                return false;
            }
            var b = rechts.wert(q);
            return Boolean.FALSE.equals(b) ? (Object) false : a == null || b == null ? null : (Object) true;
        };
    }

    static Knoten oder(Knoten links, Knoten rechts) {
        return q -> {
            var a = links.wert(q);
            if (Boolean.TRUE.equals(a)) {
                return true;
            }
            var b = rechts.wert(q);
            return Boolean.TRUE.equals(b) ? (Object) true : a == null || b == null ? null : (Object) false;
        };
    }

    static Knoten nicht(Knoten von) {
        return q -> von.wert(q) instanceof Boolean b ? !b : null;
    }

    static Knoten leer(Knoten von, boolean leer) {
        return q -> {
            var wert = von.wert(q);
            return (wert == null || wert.equals("") || wert instanceof List<?> l && l.isEmpty()) == leer;
        };
    }

    static Knoten enthaelt(Knoten menge, Knoten eines) {
        return q -> menge.wert(q) instanceof List<?> l ? (Object) l.contains(eines.wert(q)) : null;
    }

    static Knoten vergleich(String zeichen, Knoten links, Knoten rechts) {
        return zuZweit(links, rechts, (a, b) -> {
            int stand = ordne(a, b);
            return switch (zeichen) {
                case "=" -> stand == 0;
                case "<>" -> stand != 0;
                case "<" -> stand < 0;
                case "<=" -> stand <= 0;
                case ">" -> stand > 0;
                default -> stand >= 0;
            };
        });
    }

    private static int ordne(Object a, Object b) {
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y);
        }
        if (a instanceof LocalDate x && b instanceof LocalDate y) {
            return x.compareTo(y);
        }
        return a.equals(b) ? 0 : a.toString().compareTo(b.toString());
    }

    static Knoten rechne(char zeichen, Knoten links, Knoten rechts) {
        return zuZweit(links, rechts, (a, b) -> {
            if (!(a instanceof BigDecimal x) || !(b instanceof BigDecimal y)) {
                return null;
            }
            return begrenzt(
                    switch (zeichen) {
                        case '+' -> x.add(y, MathContext.DECIMAL128);
                        case '-' -> x.subtract(y, MathContext.DECIMAL128);
                        case '*' -> x.multiply(y, MathContext.DECIMAL128);
                        default -> y.signum() == 0 ? null : x.divide(y, MathContext.DECIMAL128);
                    });
        });
    }

    /** Numbers nobody means, such as of a thousand digits, are none. */
    private static @Nullable Object begrenzt(@Nullable BigDecimal zahl) {
        return zahl == null || zahl.abs().compareTo(GROESSTE) > 0 ? null : zahl;
    }

    static Knoten tage(Knoten von, Knoten bis) {
        return zuZweit(
                von,
                bis,
                (a, b) -> a instanceof LocalDate x && b instanceof LocalDate y
                        ? BigDecimal.valueOf(ChronoUnit.DAYS.between(x, y))
                        : null);
    }

    /** Full years: who was born on 29 February is a year older on 1 March (§ 188 Abs. 2 BGB). */
    static Knoten jahre(Knoten von, Knoten bis) {
        return zuZweit(
                von,
                bis,
                (a, b) -> a instanceof LocalDate x && b instanceof LocalDate y
                        ? BigDecimal.valueOf(ChronoUnit.YEARS.between(x, y))
                        : null);
    }

    static Knoten runde(Knoten zahl, int stellen) {
        return q -> zahl.wert(q) instanceof BigDecimal z ? z.setScale(stellen, RoundingMode.HALF_UP) : null;
    }

    static Knoten wenn(Knoten bedingung, Knoten dann, Knoten sonst) {
        return q -> {
            var b = bedingung.wert(q);
            return b == null ? null : Boolean.TRUE.equals(b) ? dann.wert(q) : sonst.wert(q);
        };
    }

    static Knoten summe(String abschnitt, String feld) {
        return q -> begrenzt(q.alle(abschnitt, feld).stream()
                .filter(BigDecimal.class::isInstance)
                .map(BigDecimal.class::cast)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    static Knoten anzahl(String abschnitt) {
        return q -> BigDecimal.valueOf(q.anzahl(abschnitt));
    }

    static Knoten extrem(boolean groesste, Knoten links, Knoten rechts) {
        return zuZweit(links, rechts, (a, b) -> ordne(a, b) >= 0 == groesste ? a : b);
    }

    private static Knoten zuZweit(Knoten links, Knoten rechts, BiFunction<Object, Object, @Nullable Object> rechnung) {
        return q -> {
            var a = links.wert(q);
            var b = rechts.wert(q);
            return a == null || b == null ? null : rechnung.apply(a, b);
        };
    }
}
