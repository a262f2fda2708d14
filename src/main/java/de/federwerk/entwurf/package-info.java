/**
 * What a person has typed into a form and not sent yet: kept for that person alone, seen by nobody else, in no Protokoll, and gone
 * after a month.
 */
@ApplicationModule(
        displayName = "Entwürfe",
        allowedDependencies = {"basis", "organisation"})
@NullMarked
package de.federwerk.entwurf;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
