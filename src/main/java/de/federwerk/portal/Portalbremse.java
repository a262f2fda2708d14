package de.federwerk.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How often one connection may ask: enough for a class in a school behind one address, too little for a machine that reads the Portal empty.
 * Kept in memory: who asks, is written nowhere.
 */
@Component
class Portalbremse {

    /** Pages in a {@link #FENSTER}. */
    static final int HOECHSTENS = 600;

    private static final Duration FENSTER = Duration.ofMinutes(1);
    /** Addresses that are remembered at once; the one that asked longest ago is forgotten first. */
    private static final int ADRESSEN = 20_000;

    private record Zaehler(Instant seit, long anzahl) {}

    /** Status codes that one may get wrong in a {@link #RATEFENSTER}. */
    private static final int RATEN = 20;

    /** Steps of signing in from one network in a {@link #RATEFENSTER}: an office of citizens shares an address. */
    static final int ANMELDUNGEN = 60;

    /** Bytes of files that one may send in a {@link #TAG}. */
    private static final long BYTES = 1_000_000_000;

    /** Documents that are set on demand in a {@link #RATEFENSTER}: each takes a core for a moment. */
    private static final int SAETZE = 30;

    private static final Duration TAG = Duration.ofDays(1);

    private static final Duration RATEFENSTER = Duration.ofMinutes(15);

    private final InstantSource uhr;
    private final Map<String, Zaehler> zaehler = zaehler();
    private final Map<String, Zaehler> rater = zaehler();
    private final Map<String, Zaehler> anmelder = zaehler();
    private final Map<String, Zaehler> sender = zaehler();
    private final Map<String, Zaehler> setzer = zaehler();

    private static Map<String, Zaehler> zaehler() {
        return new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Zaehler> aeltester) {
                return size() > ADRESSEN;
            }
        };
    }

    @Autowired
    Portalbremse() {
        this(InstantSource.system());
    }

    Portalbremse(InstantSource uhr) {
        this.uhr = uhr;
    }

    /** @return whether this one is still to be answered */
    boolean zaehle(HttpServletRequest anfrage) {
        return zaehle(anfrage.getRemoteAddr());
    }

    boolean zaehle(String adresse) {
        return zaehle(zaehler, netz(adresse), FENSTER, HOECHSTENS);
    }

    /** One attempt to guess a status code. @return whether it may still be tried */
    boolean zaehleRaten(HttpServletRequest anfrage) {
        return zaehle(rater, netz(anfrage.getRemoteAddr()), RATEFENSTER, RATEN);
    }

    /** One step of signing in or of beginning a Konto. @return whether it may still be tried */
    boolean zaehleAnmeldung(HttpServletRequest anfrage) {
        return zaehle(anmelder, netz(anfrage.getRemoteAddr()), RATEFENSTER, ANMELDUNGEN);
    }

    /** A document that is about to be set. @return whether it may be */
    boolean zaehleSatz(HttpServletRequest anfrage) {
        return zaehle(setzer, netz(anfrage.getRemoteAddr()), RATEFENSTER, SAETZE);
    }

    /** A file that is about to be stored. @return whether it may be */
    boolean zaehleBytes(HttpServletRequest anfrage, long bytes) {
        return zaehle(sender, netz(anfrage.getRemoteAddr()), TAG, BYTES, bytes);
    }

    private boolean zaehle(Map<String, Zaehler> alle, String netz, Duration fenster, long hoechstens) {
        return zaehle(alle, netz, fenster, hoechstens, 1);
    }

    private boolean zaehle(Map<String, Zaehler> alle, String netz, Duration fenster, long hoechstens, long mehr) {
        var jetzt = uhr.instant();
        synchronized (alle) {
            var bisher = alle.get(netz);
            var neu = bisher == null || bisher.seit.plus(fenster).isBefore(jetzt)
                    ? new Zaehler(jetzt, mehr)
                    : new Zaehler(bisher.seit, bisher.anzahl + mehr);
            alle.put(netz, neu);
            return neu.anzahl <= hoechstens;
        }
    }

    /** Of IPv6 the first half: whoever has one such address has 2^64 of them. */
    private static String netz(String adresse) {
        var teile = adresse.split(":");
        return teile.length > 4 ? String.join(":", teile[0], teile[1], teile[2], teile[3]) : adresse;
    }
}
