/**
 * Mandant, Organisationseinheiten, Stellen, Personen, Rollen, and the door they come in by.
 */
@ApplicationModule(
        displayName = "Organisation",
        allowedDependencies = {"basis", "gesicht", "protokoll"})
@NullMarked
package de.federwerk.organisation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
