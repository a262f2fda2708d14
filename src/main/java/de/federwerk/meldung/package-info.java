/**
 * What persons are told: in the program, by mail, and by pages that are open and become fresh by themselves.
 */
@ApplicationModule(
        displayName = "Meldungen",
        allowedDependencies = {"basis", "gesicht", "organisation", "protokoll", "anmeldung", "stoerung"})
@NullMarked
package de.federwerk.meldung;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
