package de.federwerk.schnittstelle;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests each account has under way: one Fachverfahren that sends without waiting must not take every thread and
 * connection from the people at their desks.
 */
final class Gedraenge {

    /** A third of the web server's threads. */
    static final int JE_KONTO = 32;

    private final ConcurrentHashMap<UUID, Integer> unterwegs = new ConcurrentHashMap<>();

    /** @return false when there is no room; only who entered leaves again */
    boolean tritt(UUID konto) {
        var drin = new boolean[1];
        unterwegs.compute(konto, (id, zahl) -> {
            int bisher = zahl == null ? 0 : zahl;
            drin[0] = bisher < JE_KONTO;
            return drin[0] ? bisher + 1 : bisher;
        });
        return drin[0];
    }

    void verlasse(UUID konto) {
        unterwegs.computeIfPresent(konto, (id, zahl) -> zahl == 1 ? null : zahl - 1);
    }
}
