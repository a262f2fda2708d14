package de.federwerk.basis;

import java.time.Duration;

/** Event: the clock of this machine stands before what was entered last. Whoever planned something by it looks again. */
public record UhrZurueckgestellt(Duration um) {}
