package de.federwerk.umbau;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A unit, valid or ended, as it stands in the middle of an Umbau. */
record Einheit(UUID id, @Nullable UUID ueberId, String kuerzel, String name, boolean gueltig) {

    String anzeige() {
        return kuerzel + " " + name;
    }
}
