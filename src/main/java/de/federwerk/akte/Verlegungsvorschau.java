package de.federwerk.akte;

import de.federwerk.organisation.Anmeldung;
import java.util.UUID;

/** Who would see something more or less where it is to go: a room above knows, the form shows it. As {@link Vorgangsbeigabe}. */
public interface Verlegungsvorschau {

    /**
     * @param tat the move itself; it is made and taken back, and what it refuses is refused here as well
     * @return what may be told to this person
     */
    Vorgangsbeigabe.Teil von(Anmeldung wer, Schriftgut.Art art, UUID id, Runnable tat);
}
