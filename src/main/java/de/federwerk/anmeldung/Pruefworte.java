package de.federwerk.anmeldung;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The random words a passkey signs: each good once, for one purpose, in the session it was made for. A few, for several tabs. */
final class Pruefworte {

    /** For what: a word for the one opens nothing of the other. */
    enum Zweck {
        ANMELDEN,
        BESTAETIGEN,
        AUFNEHMEN
    }

    private static final String ATTRIBUT = "federwerk.pruefworte";
    private static final int HOECHSTENS = 8;
    private static final Duration FRIST = Duration.ofMinutes(10);

    private record Wort(byte[] wert, Zweck zweck, Instant seit) implements Serializable {}

    private Pruefworte() {}

    static byte[] neues(HttpSession sitzung, Zweck zweck) {
        var wort = Tresor.zufall(32);
        var alle = alle(sitzung);
        alle.add(new Wort(wort, zweck, Instant.now()));
        while (alle.size() > HOECHSTENS) {
            alle.removeFirst();
        }
        sitzung.setAttribute(ATTRIBUT, alle);
        return wort;
    }

    /** Whether it is one of them; it is none any more. */
    static boolean verbrauche(@Nullable HttpSession sitzung, Zweck zweck, byte[] wert) {
        if (sitzung == null) return false;
        var alle = alle(sitzung);
        var gut = alle.removeIf(w -> w.zweck == zweck
                && Arrays.equals(w.wert, wert)
                && w.seit.plus(FRIST).isAfter(Instant.now()));
        if (gut) sitzung.setAttribute(ATTRIBUT, alle);
        return gut;
    }

    private static ArrayList<Wort> alle(HttpSession sitzung) {
        var alle = new ArrayList<Wort>();
        if (sitzung.getAttribute(ATTRIBUT) instanceof ArrayList<?> bisher) {
            for (var eines : bisher) if (eines instanceof Wort wort) alle.add(wort);
        }
        return alle;
    }
}
