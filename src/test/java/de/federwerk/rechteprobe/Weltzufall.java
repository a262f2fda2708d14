package de.federwerk.rechteprobe;

import de.federwerk.berechtigung.Recht;
import de.federwerk.rechteprobe.Rechtemodell.Zeit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What chance decides in a {@link Rechtewelt}; the same seed decides the same. */
final class Weltzufall {

    /** Highest Stufe and Ermächtigung that occur, and one more. */
    private static final int STUFEN = 3;

    private final Random zufall;

    Weltzufall(long saat) {
        this.zufall = new Random(saat);
    }

    UUID kennung() {
        return new UUID(zufall.nextLong(), zufall.nextLong());
    }

    /** 0 to {@code unter} - 1. */
    int zahl(int unter) {
        return zufall.nextInt(unter);
    }

    boolean inVonHundert(int faelle) {
        return zufall.nextInt(100) < faelle;
    }

    <T> T eines(Collection<T> alle) {
        return List.copyOf(alle).get(zufall.nextInt(alle.size()));
    }

    <T> List<T> einige(Collection<T> alle, int hoechstens) {
        var gemischt = new ArrayList<>(alle);
        Collections.shuffle(gemischt, zufall);
        return gemischt.subList(0, Math.min(hoechstens, gemischt.size()));
    }

    int stufe() {
        return inVonHundert(70) ? 0 : zufall.nextInt(STUFEN);
    }

    int ermaechtigung() {
        return zufall.nextInt(STUFEN);
    }

    Recht recht() {
        return eines(List.of(Recht.values()));
    }

    /** Mostly valid; sometimes over, in a while, or beginning or ending within the next moments of this run. */
    Zeit zeit(Instant jetzt) {
        var laengst = jetzt.minus(Duration.ofDays(1));
        var gleich = jetzt.plusMillis(5L + zufall.nextInt(80));
        int los = zufall.nextInt(100);
        return los < 68
                ? new Zeit(laengst, null)
                : los < 74
                        ? new Zeit(laengst, jetzt.minusSeconds(60))
                        : los < 80
                                ? new Zeit(jetzt.plusSeconds(3_600), null)
                                : los < 90 ? new Zeit(laengst, gleich) : new Zeit(gleich, null);
    }

    /** Ends or begins within the next moment, which is waited for. */
    Zeit gleich(Instant jetzt) {
        var dann = jetzt.plusMillis(150);
        return inVonHundert(50) ? new Zeit(jetzt.minus(Duration.ofDays(1)), dann) : new Zeit(dann, null);
    }
}
