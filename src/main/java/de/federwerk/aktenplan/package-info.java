/**
 * The plan under which every Akte stands; its positions carry retention and disposal.
 */
@ApplicationModule(
        displayName = "Aktenplan",
        allowedDependencies = {"basis", "gesicht", "organisation", "berechtigung", "protokoll", "stoerung"})
@NullMarked
package de.federwerk.aktenplan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
