/**
 * What went wrong in the background, with cause, retry and skip.
 */
@ApplicationModule(
        displayName = "Störungen",
        allowedDependencies = {"basis"})
@NullMarked
package de.federwerk.stoerung;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
