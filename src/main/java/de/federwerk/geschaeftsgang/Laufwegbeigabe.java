package de.federwerk.geschaeftsgang;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The Laufwege on the page of a Vorgang, and what the person who looks can do there. */
@Component
@Order(10)
class Laufwegbeigabe implements Vorgangsbeigabe {

    private final Laufwegansicht ansicht;
    private final Aufgaben aufgaben;
    private final Aufgabenseiten seiten;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Einschub einschub;

    Laufwegbeigabe(
            Laufwegansicht ansicht,
            Aufgaben aufgaben,
            Aufgabenseiten seiten,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Einschub einschub) {
        this.ansicht = ansicht;
        this.aufgaben = aufgaben;
        this.seiten = seiten;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, @Nullable UUID dokument) {
        var werte = new HashMap<String, Object>();
        werte.put("vorgang", vorgang);
        if (dokument != null) {
            werte.put("dokument", dokument);
        }
        werte.put("wege", ansicht.in(berechtigungen.sicht(wer.person(), Recht.LESEN), vorgang.id()));
        werte.put(
                "handlungen",
                aufgaben.in(wer.person(), vorgang.id()).stream()
                        .map(a -> seiten.handlung(wer, a))
                        .toList());
        werte.put("darfBeginnen", vorgaenge.istAenderbar(wer.person(), vorgang));
        return rahmen -> {
            var alle = new HashMap<String, Object>(werte);
            alle.put("rahmen", rahmen);
            return einschub.von("geschaeftsgang/laufwege", alle);
        };
    }
}
