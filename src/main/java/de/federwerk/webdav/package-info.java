/**
 * Akten as a network folder (WebDAV, RFC 4918 class 1 and 2): Office programs open a Dokument where it lies and save it back as a Version. Beside
 * them a folder of each person's own, for drafts. Sign-in by App-Kennwort only.
 */
@ApplicationModule(
        displayName = "WebDAV",
        allowedDependencies = {
            "basis",
            "gesicht",
            "organisation",
            "berechtigung",
            "protokoll",
            "ablage",
            "datei",
            "aktenplan",
            "akte"
        })
@NullMarked
package de.federwerk.webdav;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
