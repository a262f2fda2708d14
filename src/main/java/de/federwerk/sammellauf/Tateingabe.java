package de.federwerk.sammellauf;

import de.federwerk.basis.Abgelehnt;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What people type into the fields of an act. */
final class Tateingabe {

    /** Less than the Protokoll takes: the way back writes a word before it. */
    private static final int GRUND = 250;

    private Tateingabe() {}

    /** One line, empty if nothing was typed. */
    static String zeile(Map<String, String> getippt, String feld) {
        return getippt.getOrDefault(feld, "")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
    }

    static String grund(Map<String, String> getippt) {
        var grund = zeile(getippt, "grund");
        if (grund.isEmpty() || grund.length() > GRUND) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie einen Grund an (bis " + GRUND + " Zeichen); er steht im Protokoll jeder Akte.");
        }
        return grund;
    }

    static Optional<UUID> kennung(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Typed by hand into a hidden field: as if nothing had been chosen.
            return Optional.empty();
        }
    }

    /** @throws Abgelehnt (KONFLIKT) if something is not any more as the run left it */
    static void verlangeUnveraendert(Object jetzt, Object wieHinterlassen) {
        if (!Objects.equals(jetzt, wieHinterlassen)) {
            throw Abgelehnt.konflikt("Wurde seit dem Sammellauf noch einmal geändert und bleibt, wie es jetzt ist.");
        }
    }
}
