/**
 * Akteneinsicht: parts of an Akte for a party, a court or an applicant, as one PDF/A or as a ZIP, with what is withheld and why.
 */
@ApplicationModule(
        displayName = "Akteneinsicht",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "stoerung",
            "meldung",
            "akte"
        })
@NullMarked
package de.federwerk.akteneinsicht;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
