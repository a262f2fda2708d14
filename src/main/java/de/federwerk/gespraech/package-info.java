/**
 * What people say to one another about a Dokument, and what they note down: Kommentare, Vermerke, and the Merkpunkte of a Vorgang.
 */
@ApplicationModule(
        displayName = "Gespräch",
        allowedDependencies = {"basis", "gesicht", "organisation", "berechtigung", "protokoll", "meldung", "akte"})
@NullMarked
package de.federwerk.gespraech;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
