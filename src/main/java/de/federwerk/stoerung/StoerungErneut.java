package de.federwerk.stoerung;

import java.util.UUID;

/**
 * A person pressed “Erneut versuchen”. Published inside the transaction; whoever does work of this {@code art} schedules it again.
 *
 * @param wer the person; where not everybody may who sees the page of Störungen, the listener asks for the role and refuses
 */
public record StoerungErneut(UUID mandant, String art, UUID bezug, UUID wer) {}
