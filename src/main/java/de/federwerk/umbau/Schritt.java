package de.federwerk.umbau;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of an Umbau.
 *
 * @param einheit the unit it is about; for {@link Art#EINRICHTEN} the id it will have
 * @param ziel above it (null: the top), into it, the part, the successor; by art
 * @param stellen of a split, that go to the part
 * @param positionen of the Aktenplan, with everything below them, whose Akten of the unit go to the part
 * @param akten single ones that go to the part
 */
record Schritt(
        int nummer,
        Art art,
        UUID einheit,
        @Nullable UUID ziel,
        @Nullable String kuerzel,
        @Nullable String name,
        List<UUID> stellen,
        List<UUID> positionen,
        List<UUID> akten) {

    enum Art {
        EINRICHTEN("einrichten", "Einheit einrichten"),
        UMBENENNEN("umbenennen", "Umbenennen"),
        VERSCHIEBEN("verschieben", "Verschieben"),
        ZUSAMMENLEGEN("zusammenlegen", "Zusammenlegen"),
        TEILEN("teilen", "Teilen"),
        BEENDEN("beenden", "Beenden");

        private final String kennung;
        private final String wort;

        Art(String kennung, String wort) {
            this.kennung = kennung;
            this.wort = wort;
        }

        static @Nullable Art von(String kennung) {
            for (var art : values()) {
                if (art.kennung.equals(kennung)) {
                    return art;
                }
            }
            return null;
        }

        String kennung() {
            return kennung;
        }

        String wort() {
            return wort;
        }
    }

    static Schritt schlicht(
            Art art, UUID einheit, @Nullable UUID ziel, @Nullable String kuerzel, @Nullable String name) {
        return new Schritt(0, art, einheit, ziel, kuerzel, name, List.of(), List.of(), List.of());
    }
}
