package de.federwerk.suche;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One hit.
 *
 * @param titelstuecke the same title in pieces, hits marked; never markup
 * @param stellen at most three places in the text, in their order; empty if only title or Aktenzeichen matched
 */
public record Treffer(
        UUID id,
        String art,
        String titel,
        List<Stueck> titelstuecke,
        @Nullable String aktenzeichen,
        String zusatz,
        Instant datum,
        List<Fundstelle> stellen) {}
