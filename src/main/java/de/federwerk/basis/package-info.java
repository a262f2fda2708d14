/**
 * The floor everything stands on: the Mandant of the running transaction, ids, time, and the two ways in which an act is
 * refused.
 */
@ApplicationModule(
        displayName = "Basis",
        allowedDependencies = {})
@NullMarked
package de.federwerk.basis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
