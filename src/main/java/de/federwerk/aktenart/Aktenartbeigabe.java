package de.federwerk.aktenart;

import de.federwerk.gesicht.Rahmen;
import gg.jte.Content;
import java.util.UUID;

/** What a room above shows on the page on which the Administration shapes an Aktenart. */
public interface Aktenartbeigabe {

    /** One part of the page. */
    interface Teil {
        /** @param rahmen for its forms */
        Content mit(Rahmen rahmen);
    }

    Teil zu(UUID aktenart);
}
