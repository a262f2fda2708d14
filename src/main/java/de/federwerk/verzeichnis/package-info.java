/**
 * The directory of the town: who works here stands in LDAP or with an OpenID provider, and what groups mean here is said once. Joiners,
 * changes and leavers are followed; nobody is locked out and nothing is deleted by it.
 */
@ApplicationModule(
        displayName = "Verzeichnis",
        allowedDependencies = {"basis", "gesicht", "organisation", "protokoll", "stoerung"})
@NullMarked
package de.federwerk.verzeichnis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
