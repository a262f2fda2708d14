/**
 * The doors: what comes in is entered in the Posteingangsbuch, read, and filed.
 */
@ApplicationModule(
        displayName = "Posteingang",
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
            "akte",
            "stoerung"
        })
@NullMarked
package de.federwerk.posteingang;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
