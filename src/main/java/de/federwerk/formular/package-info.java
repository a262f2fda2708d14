/**
 * Forms as data: a definition in JSON says what is asked, when, and what fits; from it come the pages, the checks, the printed form and the
 * list of what was said. Whoever asks – the portal, the Antrag – keeps the values; this module only knows their form.
 */
@ApplicationModule(
        displayName = "Formular",
        allowedDependencies = {"basis", "gesicht", "organisation", "protokoll", "satz"})
@NullMarked
package de.federwerk.formular;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
