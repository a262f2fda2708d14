package de.federwerk.basis;

/** Part of it was done and stays done; the message says which part was and which was not. */
public class TeilweiseAbgelehnt extends Abgelehnt {

    public TeilweiseAbgelehnt(Art art, String meldung) {
        super(art, meldung);
    }
}
