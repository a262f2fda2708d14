/**
 * One append-only entry per act, written in the acting transaction; the database refuses to change it.
 */
@ApplicationModule(
        displayName = "Protokoll",
        allowedDependencies = {"basis"})
@NullMarked
package de.federwerk.protokoll;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
