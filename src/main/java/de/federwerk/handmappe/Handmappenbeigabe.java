package de.federwerk.handmappe;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** On the page of a Vorgang: into which of one's Handmappen it, or the Dokument that is shown, can be put. */
@Component
@Order(90)
class Handmappenbeigabe implements Vorgangsbeigabe {

    private final Handmappen mappen;
    private final Einschub einschub;

    Handmappenbeigabe(Handmappen mappen, Einschub einschub) {
        this.mappen = mappen;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, @Nullable UUID dokument) {
        var werte = new HashMap<String, Object>();
        werte.put("vorgang", vorgang.id());
        if (dokument != null) {
            werte.put("dokument", dokument);
        }
        werte.put("mappen", mappen.von(wer));
        return rahmen -> {
            var alle = new HashMap<String, Object>(werte);
            alle.put("rahmen", rahmen);
            return einschub.von("handmappe/beigabe", alle);
        };
    }
}
