/**
 * One act for many Akten, Vorgänge or Dokumente: in the background, one after another, each as if its own page had been used; with
 * progress, an end in the middle, and a way back where there is one.
 */
@ApplicationModule(
        displayName = "Sammellauf",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "aktenplan",
            "aktenart",
            "akte"
        })
@NullMarked
package de.federwerk.sammellauf;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
