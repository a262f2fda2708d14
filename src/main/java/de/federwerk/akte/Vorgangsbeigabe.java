package de.federwerk.akte;

import de.federwerk.gesicht.Rahmen;
import de.federwerk.organisation.Anmeldung;
import gg.jte.Content;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a room above shows on the page of a Vorgang: the page knows that there is something, not what. Read in the transaction of the page, drawn
 * with it.
 */
public interface Vorgangsbeigabe {

    /** One part of the page. */
    interface Teil {
        /** @param rahmen for its forms */
        Content mit(Rahmen rahmen);
    }

    /** @param dokument the one that is shown beside it, if any */
    Teil zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, @Nullable UUID dokument);
}
