package de.federwerk.datei;

import java.util.UUID;

/** A file has been read, or it is certain that it cannot be; published inside the transaction that says so. */
public record DateiErschlossen(UUID mandant, UUID datei) {}
