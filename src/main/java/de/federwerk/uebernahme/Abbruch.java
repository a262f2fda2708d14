package de.federwerk.uebernahme;

/** The Übernahme cannot go on. The message is German: what happened, what is safe, what to do. */
final class Abbruch extends RuntimeException {

    Abbruch(String meldung) {
        super(meldung);
    }

    Abbruch(String meldung, Throwable grund) {
        super(meldung, grund);
    }
}
