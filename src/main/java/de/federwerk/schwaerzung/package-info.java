/**
 * Schwärzung: areas of a Version are marked, and a copy is made in which nothing of them is left, a Dokument of its own.
 */
@ApplicationModule(
        displayName = "Schwärzung",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "akte"
        })
@NullMarked
package de.federwerk.schwaerzung;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
