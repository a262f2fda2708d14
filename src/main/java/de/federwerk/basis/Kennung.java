package de.federwerk.basis;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids: UUID version 7 (RFC 9562), so that neighbours in time are neighbours in the B-tree. */
public final class Kennung {

    private static final SecureRandom ZUFALL = new SecureRandom();

    private Kennung() {}

    /** A new id; its first 48 bits are milliseconds since 1970. Order is by time of making, not of commit. */
    public static UUID neu() {
        long zufall = ZUFALL.nextLong();
        long hoch = (System.currentTimeMillis() << 16) | 0x7000L | (zufall & 0x0FFFL);
        long tief = (ZUFALL.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(hoch, tief);
    }
}
