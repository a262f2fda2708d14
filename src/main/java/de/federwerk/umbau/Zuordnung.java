package de.federwerk.umbau;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What goes from where to where: a line of the preview, and of the record afterwards.
 *
 * @param schritt number of the step that does it
 * @param was in the plural: {@code Stellen}, {@code Akten}
 * @param namen the first of them, where they may be named to the administration; else empty
 */
record Zuordnung(
        int schritt,
        String was,
        @Nullable UUID vonId,
        String von,
        @Nullable UUID nachId,
        String nach,
        long anzahl,
        String namen) {}
