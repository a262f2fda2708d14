package de.federwerk.datei;

import org.jspecify.annotations.Nullable;

/**
 * One line of JSON from a worker: either a sign of life (the page it begins now, 0 before the first) or the result.
 */
record Antwort(int seite, @Nullable Ergebnis ergebnis) {}
