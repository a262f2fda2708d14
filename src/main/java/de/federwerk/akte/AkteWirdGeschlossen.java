package de.federwerk.akte;

import java.util.UUID;

/** An Akte is about to be put zu den Akten, in the running transaction. Whoever must prevent that throws an Abgelehnt that says why. */
public record AkteWirdGeschlossen(UUID akte) {}
