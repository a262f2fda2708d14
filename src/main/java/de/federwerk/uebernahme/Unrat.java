package de.federwerk.uebernahme;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What operating systems and office programs leave lying about: no Schriftgut, and named in the report instead of taken. */
final class Unrat {

    private static final Set<String> NAMEN =
            Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", "icon\r", ".localized");

    private static final Set<String> ORDNER = Set.of(
            "$recycle.bin",
            "system volume information",
            ".trashes",
            ".spotlight-v100",
            ".fseventsd",
            "__macosx",
            "lost+found");

    private Unrat() {}

    /** Why this folder is not looked into. */
    static Optional<String> ordner(String name) {
        return ORDNER.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of("Systemordner, kein Schriftgut")
                : Optional.empty();
    }

    /** Why this file is not taken. */
    static Optional<String> datei(String name, long laenge) {
        var klein = name.toLowerCase(Locale.ROOT);
        if (NAMEN.contains(klein) || klein.startsWith("._")) {
            return Optional.of("Systemdatei, kein Schriftgut");
        }
        if (klein.startsWith("~$") || klein.startsWith(".~lock.")) {
            return Optional.of("Sperrdatei eines Büroprogramms");
        }
        if (klein.endsWith(".tmp") || klein.endsWith(".crdownload")) {
            return Optional.of("vorläufige Datei eines Programms");
        }
        if (klein.endsWith(".lnk")) {
            return Optional.of("Windows-Verknüpfung ohne eigenen Inhalt");
        }
        return laenge == 0 ? Optional.of("leer (0 Byte)") : Optional.empty();
    }
}
