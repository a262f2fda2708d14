/** Konten of citizens: who they are, how they sign in, and for whom they act. Has nothing to do with the people of the house. */
@ApplicationModule(
        displayName = "Konto",
        allowedDependencies = {"basis", "protokoll", "organisation", "anmeldung", "meldung"})
@NullMarked
package de.federwerk.konto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
