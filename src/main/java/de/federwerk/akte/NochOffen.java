package de.federwerk.akte;

import de.federwerk.basis.Abgelehnt;

/** What lies in it is not yet zu den Akten. The message names what the person sees of it now: it is to be shown, not kept. */
public final class NochOffen extends Abgelehnt {

    NochOffen(String meldung) {
        super(Art.KONFLIKT, meldung);
    }
}
