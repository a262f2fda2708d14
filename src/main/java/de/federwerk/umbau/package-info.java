/**
 * How the house is built anew: units renamed, moved, merged, split and ended on a day, with everything that hangs on them; and the
 * Geschäftsverteilungsplan read from a list.
 */
@ApplicationModule(
        displayName = "Umbau",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "stoerung",
            "berechtigung",
            "protokoll",
            "suche",
            "aktenplan",
            "akte",
            "geschaeftsgang",
            "posteingang"
        })
@NullMarked
package de.federwerk.umbau;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
