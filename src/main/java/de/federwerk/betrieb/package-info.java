/**
 * The program as a whole: its start and end, the database it brings along, the town it can show, and the check that all bytes
 * are still what they were. Knows every module; no module knows it.
 */
@ApplicationModule(displayName = "Betrieb")
@NullMarked
package de.federwerk.betrieb;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
