package de.federwerk.suche;

import java.util.UUID;

/**
 * Event: an entry that an {@link Indexstoerung} told of was indexed after all, or is no longer to be found by its owner's will.
 * Published inside a transaction of its Mandant.
 */
public record Indexheilung(UUID mandant, String art, UUID id) {}
