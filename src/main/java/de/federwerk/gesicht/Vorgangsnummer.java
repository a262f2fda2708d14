package de.federwerk.gesicht;

import java.security.SecureRandom;

/** By which a mistake of ours is found in the log: stands on the page that tells of it. */
public final class Vorgangsnummer {

    private static final SecureRandom ZUFALL = new SecureRandom();
    /** No 0/O, 1/I: it is read out over the phone. */
    private static final String ZEICHEN = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private Vorgangsnummer() {}

    /** Eight characters, e.g. {@code 7K3M-Q9PT}. */
    public static String neu() {
        var nummer = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            nummer.append(i == 4 ? "-" : "").append(ZEICHEN.charAt(ZUFALL.nextInt(ZEICHEN.length())));
        }
        return nummer.toString();
    }
}
