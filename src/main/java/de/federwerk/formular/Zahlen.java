package de.federwerk.formular;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as people in Germany write them. */
final class Zahlen {

    private Zahlen() {}

    /** {@code 1.234,50}, {@code 1234.5}, {@code -3}; null if it is none. A point between groups of three separates thousands. */
    static @Nullable BigDecimal lies(String getippt) {
        var text = getippt.replace(" ", "").replace("\u00a0", "").replace("€", "");
        boolean minus = text.startsWith("-") || text.startsWith("−");
        if (minus) {
            text = text.substring(1);
        }
        if (text.isEmpty() || text.length() > 24) {
            return null;
        }
        int komma = text.indexOf(',');
        if (komma < 0 && !tausender(text)) {
            komma = text.indexOf('.');
            if (komma >= 0 && text.indexOf('.', komma + 1) >= 0) {
                return null;
            }
        } else if (komma >= 0 && text.substring(0, komma).contains(".") && !tausender(text.substring(0, komma))) {
            return null;
        }
        var ganz = (komma < 0 ? text : text.substring(0, komma)).replace(".", "");
        var rest = komma < 0 ? "" : text.substring(komma + 1);
        if (ganz.isEmpty() && rest.isEmpty() || !ziffern(ganz) || !ziffern(rest)) {
            return null;
        }
        var zahl = new BigDecimal((ganz.isEmpty() ? "0" : ganz) + (rest.isEmpty() ? "" : "." + rest));
        return minus ? zahl.negate() : zahl;
    }

    private static boolean tausender(String text) {
        var gruppen = text.split("\\.", -1);
        if (gruppen.length < 2 || gruppen[0].isEmpty() || gruppen[0].length() > 3 || gruppen[0].startsWith("0")) {
            return false;
        }
        for (int i = 1; i < gruppen.length; i++) {
            if (gruppen[i].length() != 3) {
                return false;
            }
        }
        return true;
    }

    private static boolean ziffern(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static String gezeigt(BigDecimal zahl) {
        return zahl.toPlainString().replace('.', ',');
    }
}
