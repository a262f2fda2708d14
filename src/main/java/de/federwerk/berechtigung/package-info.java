/**
 * Who may what: Schutzbereiche are coordinates, Freigaben hang on the nodes, and a Sicht is the resolved answer for one person.
 */
@ApplicationModule(
        displayName = "Berechtigung",
        allowedDependencies = {"basis", "organisation", "protokoll"})
@NullMarked
package de.federwerk.berechtigung;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
