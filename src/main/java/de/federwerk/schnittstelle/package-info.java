/**
 * REST for Fachverfahren, with technical accounts.
 */
@ApplicationModule(
        displayName = "Schnittstelle",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "ablage",
            "datei",
            "suche",
            "aktenplan",
            "aktenart",
            "akte",
            "posteingang"
        })
@NullMarked
package de.federwerk.schnittstelle;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
