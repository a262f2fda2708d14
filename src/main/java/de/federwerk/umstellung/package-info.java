/**
 * From one Aktenplan to the next: on a day all Akten of the old positions go to the new ones, by a table; before that day it can be looked at,
 * changed and called off, afterwards taken back as far as nothing was done since.
 */
@ApplicationModule(
        displayName = "Umstellung",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "stoerung",
            "berechtigung",
            "protokoll",
            "aktenplan",
            "akte",
            "sammellauf"
        })
@NullMarked
package de.federwerk.umstellung;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
