/**
 * Who does what until when: Laufwege lead a Vorgang or a Dokument through stations; an open station is somebody's Aufgabe.
 */
@ApplicationModule(
        displayName = "Geschäftsgang",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "datei",
            "frist",
            "meldung",
            "aktenplan",
            "aktenart",
            "akte"
        })
@NullMarked
package de.federwerk.geschaeftsgang;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
