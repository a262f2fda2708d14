package de.federwerk.stoerung;

import java.util.UUID;

/**
 * A person pressed “Erneut versuchen”. Published inside the transaction; whoever does work of this {@code art} schedules it again.
 */
public record StoerungErneut(UUID mandant, String art, UUID bezug) {}
