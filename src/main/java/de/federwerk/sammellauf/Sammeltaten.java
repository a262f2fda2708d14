package de.federwerk.sammellauf;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.NichtGefunden;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All acts that can be done to many, by their name. */
@Component
class Sammeltaten {

    private final Map<String, Sammeltat> taten = new LinkedHashMap<>();

    Sammeltaten(List<Sammeltat> alle) {
        for (var tat :
                alle.stream().sorted(Comparator.comparing(Sammeltat::wort)).toList()) {
            if (taten.put(tat.kennung(), tat) != null) {
                throw new IllegalStateException("Zwei Sammeltaten heißen " + tat.kennung());
            }
        }
    }

    List<Sammeltat> fuer(Art art) {
        return taten.values().stream().filter(t -> t.arten().contains(art)).toList();
    }

    /** One that a list offers. @throws NichtGefunden if there is none for this kind */
    Sammeltat angebotene(String kennung, Art art) {
        return fuer(art).stream()
                .filter(t -> t.kennung().equals(kennung))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Das lässt sich nicht gesammelt erledigen."));
    }

    /** Of an act that the program knows no more there is no way back. */
    boolean umkehrbar(String kennung, Art art) {
        return finde(kennung).filter(t -> t.umkehrbar(art)).isPresent();
    }

    Optional<Sammeltat> finde(String kennung) {
        return Optional.ofNullable(taten.get(kennung));
    }

    Sammeltat tat(String kennung) {
        return finde(kennung).orElseThrow(() -> new NichtGefunden("Das lässt sich nicht mehr gesammelt erledigen."));
    }
}
