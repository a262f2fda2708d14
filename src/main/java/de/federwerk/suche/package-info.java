/**
 * The search index: derived from the database, fed after each commit, rebuilt while people work. Upper modules feed it by
 * implementing {@link de.federwerk.suche.Indexquelle}; who may not read a thing finds neither it nor its count.
 */
@ApplicationModule(
        displayName = "Suche",
        allowedDependencies = {"basis", "berechtigung"})
@NullMarked
package de.federwerk.suche;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
