package de.federwerk.aktenplan;

import java.util.List;
import java.util.UUID;

/** Positions have another title or Kennzeichen, in the running transaction: whoever shows it with something else makes that anew. */
public record PositionenUmbenannt(List<UUID> positionen) {}
