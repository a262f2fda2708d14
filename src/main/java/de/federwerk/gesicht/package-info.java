/**
 * What all pages have in common: frame, building blocks, formatting, error pages, and how a view name becomes HTML.
 */
@ApplicationModule(
        displayName = "Gesicht",
        allowedDependencies = {"basis"})
@NullMarked
package de.federwerk.gesicht;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
