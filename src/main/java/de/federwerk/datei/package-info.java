/**
 * A file and what was read from it: type, text (OCR where there is none), page images, preview, the parts of a mail. Files
 * come from strangers; they are only ever parsed in worker processes of our own ({@code Werkstatt}, {@code Arbeiter}), never
 * in the server.
 */
@ApplicationModule(
        displayName = "Datei",
        allowedDependencies = {"basis", "ablage", "stoerung", "gesicht"})
@NullMarked
package de.federwerk.datei;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
