/** The town's own map, on which citizens show a place and clerks see it. Nothing of it is fetched from elsewhere. */
@ApplicationModule(
        displayName = "Stadtplan",
        allowedDependencies = {"basis", "gesicht", "organisation", "protokoll"})
@NullMarked
package de.federwerk.stadtplan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
