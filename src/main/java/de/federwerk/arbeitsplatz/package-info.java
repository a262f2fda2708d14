/**
 * The shell around the rooms: Postkorb and search page.
 */
@ApplicationModule(
        displayName = "Arbeitsplatz",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "stoerung",
            "berechtigung",
            "datei",
            "suche",
            "aktenplan",
            "akte",
            "papier",
            "geschaeftsgang",
            "posteingang",
            "datenschutz"
        })
@NullMarked
package de.federwerk.arbeitsplatz;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
