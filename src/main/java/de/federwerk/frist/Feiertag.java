package de.federwerk.frist;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * A day on which a Gemeinde does not work, whatever day of the week it is.
 *
 * @param grund the law that says so, or that the Gemeinde itself did
 * @param gesetzlich a public holiday by law. A statutory period that ends on such a day ends on the next working day (§ 31 Abs. 3 VwVfG,
 *     § 193 BGB); one that ends on a day the Gemeinde keeps free by itself does not
 */
public record Feiertag(LocalDate tag, String name, String grund, boolean gesetzlich) {

    /** {@code Donnerstag}. */
    public String wochentag() {
        return tag.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.GERMAN);
    }
}
