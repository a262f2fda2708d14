package de.federwerk.organisation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody holds a Stelle from now on, and whoever set it up wants the usual access for it. Published inside the transaction;
 * {@code berechtigung} grants it.
 *
 * @param wer the person who set it up; null: the program, from a directory or when the town was founded
 */
public record StelleBesetzt(
        UUID mandant, UUID stelle, UUID einheit, @Nullable UUID wer) {}
