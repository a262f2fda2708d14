package de.federwerk.postfach;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** At a Vorgang that came through the Portal: what went to and fro with whoever sent it. Whoever sees the page may see it. */
@Component
@Order(16)
class Rueckfragebeigabe implements Vorgangsbeigabe {

    private final Rueckfragen rueckfragen;
    private final Nachrichten nachrichten;
    private final Vorgaenge vorgaenge;
    private final Einschub einschub;

    Rueckfragebeigabe(Rueckfragen rueckfragen, Nachrichten nachrichten, Vorgaenge vorgaenge, Einschub einschub) {
        this.rueckfragen = rueckfragen;
        this.nachrichten = nachrichten;
        this.vorgaenge = vorgaenge;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgang vorgang, @Nullable UUID dokument) {
        var antrag = rueckfragen.antragZu(vorgang.id());
        if (antrag.isEmpty()) {
            return rahmen -> ausgabe -> {};
        }
        var werte = new HashMap<String, Object>();
        werte.put("vorgang", vorgang);
        werte.put("nachrichten", nachrichten.zu(antrag.get()));
        werte.put("verfasser", rueckfragen.verfasser(antrag.get()));
        werte.put("darfSchreiben", vorgaenge.istAenderbar(wer.person(), vorgang));
        return rahmen -> einschub.von("postfach/beigabe", werte);
    }
}
