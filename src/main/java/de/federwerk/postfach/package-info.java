/** What goes to and fro about an Antrag between the office and whoever sent it: receipts, questions, answers, Bescheide. */
@ApplicationModule(
        displayName = "Postfach",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "meldung",
            "stoerung",
            "akte",
            "geschaeftsgang",
            "formular",
            "satz",
            "antrag"
        })
@NullMarked
package de.federwerk.postfach;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
