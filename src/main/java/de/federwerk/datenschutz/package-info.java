/**
 * Datenschutz: who asks what the house holds about her gets an answer (Art. 15 DSGVO), and what may not be processed any more is locked (Art. 18).
 */
@ApplicationModule(
        displayName = "Datenschutz",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "suche",
            "aktenplan",
            "stoerung",
            "meldung",
            "akte"
        })
@NullMarked
package de.federwerk.datenschutz;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
