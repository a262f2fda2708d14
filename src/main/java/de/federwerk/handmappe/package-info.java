/**
 * Handmappen: what somebody keeps at hand across Akten, alone or with the unit.
 */
@ApplicationModule(
        displayName = "Handmappe",
        allowedDependencies = {"basis", "gesicht", "organisation", "berechtigung", "akte", "protokoll", "sammellauf"})
@NullMarked
package de.federwerk.handmappe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
