/**
 * What citizens apply for: drafts, what was sent, and how it becomes a Vorgang. {@code Antraege} works with a citizen's rights, the
 * {@code Antragsamt} with the house's.
 */
@ApplicationModule(
        displayName = "Antrag",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "aktenplan",
            "aktenart",
            "akte",
            "geschaeftsgang",
            "lesenachweis",
            "stoerung",
            "leistung",
            "konto",
            "formular",
            "satz"
        })
@NullMarked
package de.federwerk.antrag;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
