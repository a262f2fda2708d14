/**
 * What kinds of Akten a town has: an Aktenart adds typed fields to the one Akte that the whole house uses.
 */
@ApplicationModule(
        displayName = "Aktenart",
        allowedDependencies = {"basis", "gesicht", "organisation", "protokoll"})
@NullMarked
package de.federwerk.aktenart;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
