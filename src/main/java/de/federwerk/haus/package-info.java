/**
 * The towns in this house: founded, named, ended. Whoever does that reads no file of any of them.
 */
@ApplicationModule(
        displayName = "Haus",
        allowedDependencies = {"basis", "gesicht", "organisation", "berechtigung", "protokoll", "posteingang"})
@NullMarked
package de.federwerk.haus;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
