/**
 * What a town does for its citizens: the Leistungen in versions and languages, who is responsible for them, and a search that never
 * invents. Reading touches nothing but the tables of this module, so that the portal may do it with rights of its own.
 */
@ApplicationModule(
        displayName = "Leistungen",
        allowedDependencies = {"basis", "frist", "gesicht", "organisation", "protokoll", "suche"})
@NullMarked
package de.federwerk.leistung;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
