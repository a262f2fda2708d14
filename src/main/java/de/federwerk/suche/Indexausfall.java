package de.federwerk.suche;

import java.util.UUID;

/**
 * Event: the index of a Mandant cannot be written, or was lost or damaged and is being built anew; {@link Indexrueckkehr} follows. In
 * a transaction of the Mandant.
 *
 * @param ursache German, for people
 */
public record Indexausfall(UUID mandant, String ursache, String technisch) {}
