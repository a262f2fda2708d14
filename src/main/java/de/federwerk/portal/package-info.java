/**
 * The roof for citizens: their pages, at a door of their own. Nothing behind this door sees a session of the house, and what it asks the
 * database runs with a citizen's rights.
 */
@ApplicationModule(
        displayName = "Portal",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "protokoll",
            "ablage",
            "datei",
            "leistung",
            "konto",
            "formular",
            "anmeldung",
            "stadtplan",
            "antrag",
            "postfach"
        })
@NullMarked
package de.federwerk.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
