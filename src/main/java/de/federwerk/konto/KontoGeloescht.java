package de.federwerk.konto;

import java.util.UUID;

/** Told in the transaction in which a Konto is deleted. */
public record KontoGeloescht(UUID konto) {}
