/**
 * Sign-in beyond the password: second factors, passkeys, sessions, confirmation before what matters, and the Notfallkonto.
 */
@ApplicationModule(
        displayName = "Anmeldung",
        allowedDependencies = {"basis", "gesicht", "organisation", "protokoll"})
@NullMarked
package de.federwerk.anmeldung;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
