package de.federwerk.basis;

import java.util.List;

/**
 * An act that the house refuses for a reason the person can understand and mend. The message is German, says what happened,
 * what is safe and what to do; it is shown as it stands (HTML page or RFC 9457 problem).
 */
public class Abgelehnt extends RuntimeException {

    /** Why: decides the HTTP status, not the wording. */
    public enum Art {
        /** The input does not fit (422). */
        EINGABE(422),
        /** Somebody else was faster, or the state forbids it (409). */
        KONFLIKT(409),
        /** The person may not (403); only for things whose existence the person may know. */
        RECHT(403),
        /** Too large, too many (413). */
        GRENZE(413),
        /** The disk of the server is full (507): nobody's mistake, and over when there is room again. */
        SPEICHER(507);

        private final int status;

        Art(int status) {
            this.status = status;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }
    }

    private final Art art;

    private final String[] felder;

    public Abgelehnt(Art art, String meldung) {
        this(art, meldung, List.of());
    }

    private Abgelehnt(Art art, String meldung, List<String> felder) {
        super(meldung);
        this.art = art;
        this.felder = felder.toArray(String[]::new);
    }

    public Art art() {
        return art;
    }

    /** The fields of the form at which it is to stand, as the form calls them; empty if it concerns the whole. */
    public List<String> felder() {
        return List.of(felder);
    }

    /** The same, to stand at these fields. */
    public Abgelehnt an(List<String> diese) {
        return new Abgelehnt(art, String.valueOf(getMessage()), diese);
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
