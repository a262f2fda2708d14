package de.federwerk.basis;

/**
 * An act that the house refuses for a reason the person can understand and mend. The message is German, says what happened,
 * what is safe and what to do; it is shown as it stands (HTML page or RFC 9457 problem).
 */
public class Abgelehnt extends RuntimeException {

    /** Why: decides the HTTP status, not the wording. */
    public enum Art {
        /** The input does not fit (422). */
        EINGABE,
        /** Somebody else was faster, or the state forbids it (409). */
        KONFLIKT,
        /** The person may not (403); only for things whose existence the person may know. */
        RECHT,
        /** Too large, too many (413). */
        GRENZE
    }

    private final Art art;

    public Abgelehnt(Art art, String meldung) {
        super(meldung);
        this.art = art;
    }

    public Art art() {
        return art;
    }

    public static Abgelehnt eingabe(String meldung) {
        return new Abgelehnt(Art.EINGABE, meldung);
    }

    public static Abgelehnt konflikt(String meldung) {
        return new Abgelehnt(Art.KONFLIKT, meldung);
    }

    public static Abgelehnt recht(String meldung) {
        return new Abgelehnt(Art.RECHT, meldung);
    }
}
