package de.federwerk.suche;

import java.util.List;

/**
 * A place in the text.
 *
 * @param seite page, from 1
 * @param stuecke about 250 characters, hits marked
 */
public record Fundstelle(int seite, List<Stueck> stuecke) {}
