package de.federwerk.organisation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Failed sign-ins per network address, besides those per person: somebody who tries one password on every name of the town is
 * stopped too. Generous, because a whole town hall may stand behind one address. Kept in memory: a restart forgives.
 */
@Component
public class Fehlversuche {

    static final Duration FENSTER = Duration.ofMinutes(15);
    private static final int ADRESSEN = 10_000;

    private record Stand(Instant seit, int zahl) {}

    private final int hoechstens;
    private final Map<String, Stand> jeAdresse = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stand> aelteste) {
            return size() > ADRESSEN;
        }
    };

    /** @param hoechstens in a quarter of an hour */
    @Autowired
    public Fehlversuche(@Value("${federwerk.anmeldung.fehlversuche-je-anschluss:100}") int hoechstens) {
        this.hoechstens = hoechstens;
    }

    /** Whether this address has failed too often within the last quarter of an hour. */
    public synchronized boolean gesperrt(String adresse) {
        var stand = jeAdresse.get(adresse);
        return stand != null && frisch(stand) && stand.zahl >= hoechstens;
    }

    /** One more has failed. */
    public synchronized void zaehle(String adresse) {
        jeAdresse.merge(
                adresse,
                new Stand(Instant.now(), 1),
                (alt, neu) -> frisch(alt) ? new Stand(alt.seit, alt.zahl + 1) : neu);
    }

    private static boolean frisch(Stand stand) {
        return stand.seit.plus(FENSTER).isAfter(Instant.now());
    }
}
