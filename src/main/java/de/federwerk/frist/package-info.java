/**
 * The calendar of a Gemeinde: public holidays of its Land, days of its own, and working days reckoned from both.
 */
@ApplicationModule(
        displayName = "Frist",
        allowedDependencies = {"basis", "gesicht", "organisation", "protokoll"})
@NullMarked
package de.federwerk.frist;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
