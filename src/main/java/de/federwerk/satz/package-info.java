/**
 * Sets documents of our own – letters, receipts, filled forms – as PDF/A-3a and PDF/UA-1 in one, from templates of ours. Knows nothing of what
 * they are about.
 */
@ApplicationModule(
        displayName = "Satz",
        allowedDependencies = {"basis", "gesicht"})
@NullMarked
package de.federwerk.satz;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
