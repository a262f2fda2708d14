package de.federwerk.gespraech;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** On the page of a Vorgang: what is still to be done, and what was said about the Dokument that is shown. */
@Component
@Order(20)
class Gespraechsbeigabe implements Vorgangsbeigabe {

    /** What open pages listen for. */
    static final String KOMMENTARE = "kommentare";

    static final String MERKPUNKTE = "merkpunkte";

    private final Merkliste merkliste;
    private final Beitraege beitraege;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;
    private final Zuschauer zuschauer;
    private final Einschub einschub;

    Gespraechsbeigabe(
            Merkliste merkliste,
            Beitraege beitraege,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Berechtigungen berechtigungen,
            Zuschauer zuschauer,
            Einschub einschub) {
        this.merkliste = merkliste;
        this.beitraege = beitraege;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
        this.zuschauer = zuschauer;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, @Nullable UUID dokument) {
        var lesen = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var bearbeiten = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        var werte = new HashMap<String, Object>();
        werte.put("vorgang", vorgang);
        werte.put("punkte", merkliste.in(lesen, vorgang.id()));
        werte.put("darfMerken", vorgaenge.istAenderbar(wer.person(), vorgang));
        zuschauer.oeffnet(wer.person(), vorgang.id());
        if (dokument != null) {
            // Who may change may read: only who may not is asked about twice.
            var zumBearbeiten = dokumente.finde(bearbeiten, dokument);
            var beitraege = this.beitraege.zu(lesen, dokument, Stelle.ENDE, Beitraege.DANEBEN);
            werte.put("dokument", zumBearbeiten.orElseGet(() -> dokumente.dokument(lesen, dokument)));
            werte.put("darfVermerken", vorgang.offen() && zumBearbeiten.isPresent());
            werte.put("beitraege", beitraege);
            werte.put(
                    "anzahl",
                    beitraege.zurueck() == null
                            ? Anzahl.genau(beitraege.zeilen().size())
                            : this.beitraege.anzahl(lesen, dokument));
            zuschauer.oeffnet(wer.person(), dokument);
        }
        return rahmen -> {
            var alle = new HashMap<String, Object>(werte);
            alle.put("rahmen", rahmen);
            return einschub.von("gespraech/teile", alle);
        };
    }
}
