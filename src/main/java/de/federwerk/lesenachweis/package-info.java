/**
 * Who read what of protected Akten, and the two who may look at it together.
 */
@ApplicationModule(
        displayName = "Lesenachweis",
        allowedDependencies = {"basis", "gesicht", "organisation", "berechtigung", "protokoll"})
@NullMarked
package de.federwerk.lesenachweis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
