/**
 * Lists of all Akten, Vorgänge and Dokumente that a person may read: narrowed, with columns of one's own, kept as Ansichten, taken along
 * as a table, and the start of what is done to many at once.
 */
@ApplicationModule(
        displayName = "Liste",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "datei",
            "aktenplan",
            "aktenart",
            "akte",
            "sammellauf"
        })
@NullMarked
package de.federwerk.liste;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
