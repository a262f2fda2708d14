package de.federwerk.anmeldung;

import java.time.Instant;
import java.util.UUID;

/** Somebody signs in with the Notfallkonto, in the running transaction. @param umschlag whose secret is spent @param bis when it is over */
public record NotfallBenutzt(UUID umschlag, Instant bis) {}
