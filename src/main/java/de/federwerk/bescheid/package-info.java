/**
 * What the office decides upon an Antrag: templates as data, the letter, how it goes out, and from when it counts. Only what lies in the Vorgang
 * as a Dokument goes out, and exactly the Version that was signed last.
 */
@ApplicationModule(
        displayName = "Bescheid",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "frist",
            "akte",
            "geschaeftsgang",
            "leistung",
            "formular",
            "satz",
            "antrag",
            "postfach"
        })
@NullMarked
package de.federwerk.bescheid;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
