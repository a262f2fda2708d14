package de.federwerk.organisation;

import java.util.UUID;

/**
 * Somebody holds a Stelle from now on, and whoever set it up wants the usual access for it. Published inside the transaction;
 * {@code berechtigung} grants it.
 */
public record StelleBesetzt(UUID mandant, UUID stelle, UUID einheit) {}
