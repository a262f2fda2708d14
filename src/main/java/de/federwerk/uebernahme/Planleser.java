package de.federwerk.uebernahme;

import de.federwerk.aktenplan.Aktenplan.Knoten;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Aktenplan as folder names use it: {@code 66.20.03 Sondernutzungen}. */
final class Planleser {

    private final Map<String, Knoten> nachKennzeichen = new HashMap<>();
    private final Map<UUID, Knoten> nachId = new HashMap<>();

    Planleser(List<Knoten> plan) {
        for (var knoten : plan) {
            nachKennzeichen.put(knoten.kennzeichen(), knoten);
            nachId.put(knoten.id(), knoten);
        }
    }

    boolean leer() {
        return nachId.isEmpty();
    }

    /** Exactly this Kennzeichen, with or without its title behind it. */
    Optional<Knoten> mitKennzeichen(String text) {
        var genau = nachKennzeichen.get(text.strip());
        return genau != null ? Optional.of(genau) : amAnfang(text.strip());
    }

    /** The position a folder name begins with: its Kennzeichen, then the end or something that belongs to no Kennzeichen. */
    Optional<Knoten> amAnfang(String name) {
        int ende = 0;
        while (ende < name.length()
                && (Character.isLetterOrDigit(name.charAt(ende)) || ".-/".indexOf(name.charAt(ende)) >= 0)) {
            ende++;
        }
        return Optional.ofNullable(nachKennzeichen.get(name.substring(0, ende)));
    }

    boolean liegtUnter(Knoten knoten, Knoten oben) {
        for (@Nullable UUID ueber = knoten.ueberId(); ueber != null; ) {
            if (ueber.equals(oben.id())) {
                return true;
            }
            var naechster = nachId.get(ueber);
            ueber = naechster == null ? null : naechster.ueberId();
        }
        return false;
    }
}
