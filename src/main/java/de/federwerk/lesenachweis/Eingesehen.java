package de.federwerk.lesenachweis;

import de.federwerk.berechtigung.Gelesenes.Ding;
import java.util.List;

/**
 * Somebody is just about to see this. Told before the first byte of the answer; what fails while it is heard keeps the answer back.
 *
 * @param dinge of one person, at least one
 */
public record Eingesehen(List<Ding> dinge) {}
