package de.federwerk.geschaeftsgang;

import java.util.UUID;

/** A Laufweg has moved: somebody's tasks are others now. Published inside the transaction that moves it. */
public record AufgabenGeaendert(UUID mandant, UUID laufweg) {}
