/**
 * Who works in the house: Stellen and roles given and taken, names, the day somebody leaves, and what is left behind then.
 */
@ApplicationModule(
        displayName = "Personal",
        allowedDependencies = {"basis", "gesicht", "organisation", "berechtigung", "protokoll", "akte", "geschaeftsgang"
        })
@NullMarked
package de.federwerk.personal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
