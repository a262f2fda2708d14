package de.federwerk.suche;

import java.util.UUID;

/** Event: the index of a Mandant is whole and takes what is new. In a transaction of the Mandant. */
public record Indexrueckkehr(UUID mandant) {}
