/**
 * Hybridakte: what of an Akte is on paper, its labels, where it lies, and who has it.
 */
@ApplicationModule(
        displayName = "Papier",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "datei",
            "meldung",
            "akte"
        })
@NullMarked
package de.federwerk.papier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
