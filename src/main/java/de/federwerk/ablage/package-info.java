/**
 * The bytes. They are written once, are durable before the row that names them commits, and never change. Which bytes belong
 * to what is not known here: a {@link de.federwerk.ablage.Blob} has an id, a length, a SHA-256 and a place, nothing else.
 */
@ApplicationModule(
        displayName = "Ablage",
        allowedDependencies = {"basis"})
@NullMarked
package de.federwerk.ablage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
