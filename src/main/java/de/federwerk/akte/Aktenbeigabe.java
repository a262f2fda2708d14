package de.federwerk.akte;

import de.federwerk.organisation.Anmeldung;

/** What a room above shows on the page of an Akte, and in the list of Dokumente of a Vorgang; as {@link Vorgangsbeigabe}. */
public interface Aktenbeigabe {

    /** A section of the page of an Akte that may be read. */
    Vorgangsbeigabe.Teil anAkte(Anmeldung wer, Akten.Akte akte);

    /** What stands beside the Dokumente in their list and is none; for a Vorgang that may be read. */
    Vorgangsbeigabe.Teil unterDokumenten(Anmeldung wer, Vorgaenge.Vorgang vorgang);
}
