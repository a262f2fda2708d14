package de.federwerk.aktenart;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is written, and as it is compared where it is a number, a day or a person.
 *
 * @param text never empty
 */
record Wert(
        String text,
        @Nullable BigDecimal zahl,
        @Nullable LocalDate tag,
        @Nullable UUID person) {}
