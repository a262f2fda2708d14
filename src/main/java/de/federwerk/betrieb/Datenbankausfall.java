package de.federwerk.betrieb;

import java.time.Duration;
import java.time.Instant;

/** The database the program brings along was gone and is back. @param dauer from when it was noticed until it took connections again */
record Datenbankausfall(Instant beginn, Duration dauer) {}
