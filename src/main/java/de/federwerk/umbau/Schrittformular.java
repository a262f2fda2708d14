package de.federwerk.umbau;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody filled in for a step, made into a {@link Schritt}; or refused in words. */
final class Schrittformular {

    private Schrittformular() {}

    /** @throws Abgelehnt (EINGABE) with what is missing */
    static Schritt lies(
            Umbauauskunft auskunft,
            Schritt.@Nullable Art art,
            @Nullable UUID einheit,
            @Nullable UUID ziel,
            String kuerzel,
            String name,
            @Nullable List<UUID> stellen,
            @Nullable List<UUID> positionen,
            String akten) {
        if (art == null || einheit == null && art != Schritt.Art.EINRICHTEN) {
            throw Abgelehnt.eingabe("Bitte wählen Sie, was mit welcher Einheit geschehen soll.");
        }
        var wer = einheit == null || art == Schritt.Art.EINRICHTEN ? Kennung.neu() : einheit;
        if (wer.equals(ziel)) {
            throw Abgelehnt.eingabe(
                    art == Schritt.Art.VERSCHIEBEN
                            ? "Eine Einheit kann nicht unter sich selbst stehen."
                            : "Bitte wählen Sie eine andere Einheit: Sie kann nicht in sich selbst aufgehen.");
        }
        switch (art) {
            case EINRICHTEN, UMBENENNEN -> {
                if (kuerzel.isBlank() || name.isBlank() || kuerzel.length() > 40 || name.length() > 200) {
                    throw Abgelehnt.eingabe(
                            "Eine Einheit braucht ein Kürzel (bis 40 Zeichen) und einen Namen (bis 200 Zeichen).");
                }
                return Schritt.schlicht(
                        art,
                        wer,
                        art == Schritt.Art.EINRICHTEN ? ziel : null,
                        Umbauauskunft.zeile(kuerzel),
                        Umbauauskunft.zeile(name));
            }
            case VERSCHIEBEN -> {
                return Schritt.schlicht(art, wer, ziel, null, null);
            }
            default -> {
                if (ziel == null) {
                    throw Abgelehnt.eingabe(
                            art == Schritt.Art.BEENDEN
                                    ? "Wer endet, braucht eine Nachfolgerin: Ihre Akten, Aufgaben und Rechte gehören sonst niemandem."
                                    : "Bitte wählen Sie die Einheit, an die es gehen soll.");
                }
            }
        }
        if (art != Schritt.Art.TEILEN) {
            return Schritt.schlicht(art, wer, ziel, null, null);
        }
        var einzelne = auskunft.akten(wer, akten);
        var teil = new Schritt(
                0,
                art,
                wer,
                ziel,
                null,
                null,
                stellen == null ? List.of() : List.copyOf(new LinkedHashSet<>(stellen)),
                positionen == null ? List.of() : List.copyOf(new LinkedHashSet<>(positionen)),
                einzelne);
        if (teil.stellen().isEmpty() && teil.positionen().isEmpty() && einzelne.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte kreuzen Sie an, welche Stellen oder Akten an die andere Einheit gehen.");
        }
        return teil;
    }
}
