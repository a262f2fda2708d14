package de.federwerk.akte;

import java.util.UUID;

/**
 * Somebody else has ended what a person had checked out, in the running transaction.
 *
 * @param sperre its id, never used again
 * @param person who had the Dokument
 */
public record SperreAufgehoben(UUID sperre, UUID dokument, String aktenzeichen, UUID person) {}
