package de.federwerk.uebernahme;

import de.federwerk.ablage.Blob;

/** A file whose bytes are durable and whose place is known. */
record Posten(Fund fund, Blob blob, Ziel.Platz platz) {}
