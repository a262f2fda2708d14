package de.federwerk.bescheid;

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

/** At a Vorgang that came as an Antrag: how it was decided, from when that counts, and where to decide. Whoever sees the page may see it. */
@Component
@Order(16)
class Bescheidbeigabe implements Vorgangsbeigabe {

    private final Antragsfaelle faelle;
    private final Bescheide bescheide;
    private final Bekanntgaben bekanntgaben;
    private final Vorgaenge vorgaenge;
    private final Einschub einschub;

    Bescheidbeigabe(
            Antragsfaelle faelle,
            Bescheide bescheide,
            Bekanntgaben bekanntgaben,
            Vorgaenge vorgaenge,
            Einschub einschub) {
        this.faelle = faelle;
        this.bescheide = bescheide;
        this.bekanntgaben = bekanntgaben;
        this.vorgaenge = vorgaenge;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgang vorgang, @Nullable UUID dokument) {
        if (!faelle.gibt(vorgang.id())) {
            return rahmen -> ausgabe -> {};
        }
        var werte = new HashMap<String, Object>();
        werte.put("vorgang", vorgang.id().toString());
        werte.put("darf", vorgaenge.istAenderbar(wer.person(), vorgang));
        werte.put(
                "ansichten",
                bescheide.zu(vorgang.id()).stream()
                        .map(b -> new Bescheidseiten.Ansicht(b, bekanntgaben.stand(b), null))
                        .toList());
        return rahmen -> einschub.von("bescheid/beigabe", werte);
    }
}
