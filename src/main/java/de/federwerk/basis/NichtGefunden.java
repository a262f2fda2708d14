package de.federwerk.basis;

/** Does not exist, or not for this person: the two are never told apart (404). */
public class NichtGefunden extends RuntimeException {

    public NichtGefunden(String meldung) {
        super(meldung);
    }
}
