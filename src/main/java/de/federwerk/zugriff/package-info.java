/**
 * Who sees what, and why: explains the rights that {@code berechtigung} resolves, and has the pages on which they are changed.
 */
@ApplicationModule(
        displayName = "Zugriff",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "suche",
            "aktenplan",
            "akte",
            "personal"
        })
@NullMarked
package de.federwerk.zugriff;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
