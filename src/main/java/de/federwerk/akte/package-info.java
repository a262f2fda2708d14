/**
 * Akte, Vorgang, Dokument, Version: the heart.
 */
@ApplicationModule(
        displayName = "Akte",
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
            "aktenart"
        })
@NullMarked
package de.federwerk.akte;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
