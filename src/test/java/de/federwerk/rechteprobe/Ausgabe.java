package de.federwerk.rechteprobe;

import de.federwerk.rechteprobe.Rechtemodell.Ding;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The list of those who see a thing, as it is given out and as it has to be. */
final class Ausgabe {

    private Ausgabe() {}

    /** Name and level of everybody whom the list of those who see a thing has to name. */
    static Map<String, String> soll(Rechtemodell modell, UUID fragend, Ding ding, Instant jetzt) {
        var alle = new TreeMap<String, String>();
        modell.personen
                .values()
                .forEach(p -> modell.gelistet(p.id(), ding, fragend, jetzt)
                        .ifPresent(recht -> alle.put(p.name(), recht.wort())));
        return alle;
    }

    /** Each row behind the head: {@code "name";"stelle";darf;nur auf zeit}. */
    static Map<String, String> ist(String liste) {
        var alle = new TreeMap<String, String>();
        var zeilen = liste.strip().split("\r\n");
        for (int i = 1; i < zeilen.length; i++) {
            var felder = zeilen[i].split(";");
            var zweimal = alle.put(felder[0].replace("\"", ""), felder[2]);
            if (zweimal != null) {
                alle.put(felder[0] + " steht zweimal darin", zweimal);
            }
        }
        return alle;
    }
}
