package de.federwerk.basis;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids: UUID version 7 (RFC 9562), so that neighbours in time are neighbours in the B-tree. */
public final class Kennung {

    private static final SecureRandom ZUFALL = new SecureRandom();

    private Kennung() {}

    /** The first 60 bits that count (48 of milliseconds, 12 more) of the newest id. */
    private static final AtomicLong LETZTE = new AtomicLong();

    /**
     * A new id; its first 48 bits are milliseconds since 1970. Each is greater than all before in this process, also when the clock
     * is set back (RFC 9562 § 6.2). Order is by time of making, not of commit.
     */
    public static UUID neu() {
        return neu(System.currentTimeMillis());
    }

    static UUID neu(long millis) {
        long jetzt = millis << 12 | ZUFALL.nextLong() & 0xFFFL;
        return zusammengesetzt(LETZTE.updateAndGet(letzte -> Math.max(letzte + 1, jetzt)));
    }

    /** From now on all ids are greater than this one, which an earlier process made, perhaps by a clock that was ahead. */
    public static void nachDieser(UUID id) {
        LETZTE.accumulateAndGet(
                id.getMostSignificantBits() >>> 16 << 12 | id.getMostSignificantBits() & 0xFFFL, Math::max);
    }

    /** An id that tells this moment, in whatever order to others. */
    public static UUID zu(Instant zeit) {
        return zusammengesetzt(zeit.toEpochMilli() << 12 | ZUFALL.nextLong() & 0xFFFL);
    }

    /** The greatest id of this millisecond; of the first one there is for a time before 1970. */
    public static UUID letzteZu(Instant zeit) {
        return new UUID(Math.max(0, zeit.toEpochMilli()) << 16 | 0x7FFFL, 0xBFFF_FFFF_FFFF_FFFFL);
    }

    private static UUID zusammengesetzt(long vorn) {
        long hoch = vorn >>> 12 << 16 | 0x7000L | vorn & 0xFFFL;
        long tief = (ZUFALL.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(hoch, tief);
    }
}
