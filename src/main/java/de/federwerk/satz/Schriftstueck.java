package de.federwerk.satz;

import java.time.Instant;
import java.util.Map;

/**
 * What is to be set.
 *
 * @param vorlage template that writes the whole document as XHTML, by {@code satz/brief} or {@code satz/bericht}; named as a view is called
 * @param werte its parameters
 * @param zeit when it was made, as it stands in the PDF: the same document of the same time has the same bytes
 */
public record Schriftstueck(String vorlage, Map<String, ?> werte, Instant zeit) {}
