package de.federwerk.papier;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Aktenbeigabe;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangsbeigabe.Teil;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Paper stands among the Dokumente of a Vorgang like any of them, and at its Akte. */
@Component
class Papierbeigabe implements Aktenbeigabe {

    private final Papierteile teile;
    private final Berechtigungen berechtigungen;
    private final Einschub einschub;

    Papierbeigabe(Papierteile teile, Berechtigungen berechtigungen, Einschub einschub) {
        this.teile = teile;
        this.berechtigungen = berechtigungen;
        this.einschub = einschub;
    }

    @Override
    public Teil anAkte(Anmeldung wer, Akten.Akte akte) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var werte = new HashMap<String, Object>();
        werte.put("akte", akte.id());
        werte.put("form", teile.form(akte.id()));
        werte.put("teile", teile.inAkte(sicht, akte.id()));
        return rahmen -> einschub.von("papier/anAkte", werte);
    }

    @Override
    public Teil unterDokumenten(Anmeldung wer, Vorgaenge.Vorgang vorgang) {
        var teileHier = teile.inVorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), vorgang.id());
        return rahmen -> einschub.von("papier/unterDokumenten", Map.of("teile", teileHier));
    }
}
