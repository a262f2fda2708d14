package de.federwerk.suche;

import java.util.UUID;

/**
 * Event: an entry could not be indexed three times running; it is tried again with growing pauses, all others go on. Published
 * inside a transaction of its Mandant, so that an upper module may report it as a Störung.
 */
public record Indexstoerung(UUID mandant, String art, UUID id, String ursache) {}
