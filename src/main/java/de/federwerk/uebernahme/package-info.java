/**
 * The Übernahme: a town's old network drive becomes Akten, Vorgänge and Dokumente, by the million, resumable, and with a line for
 * every file that did or did not come along.
 */
@ApplicationModule(
        displayName = "Übernahme",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "suche",
            "aktenplan",
            "akte"
        })
@NullMarked
package de.federwerk.uebernahme;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
