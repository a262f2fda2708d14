package de.federwerk.datenschutz;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Aktenbeigabe;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** On the page of an Akte or a Vorgang: the way to restrict its processing, for whoever decides that; again, too: a second person may ask for the same. */
@Component
@Order(95)
class Einschraenkungsbeigabe implements Vorgangsbeigabe, Aktenbeigabe {

    /** What can be restricted here. */
    record Moegliches(Art art, UUID id, String wort) {}

    private final Gegenstaende gegenstaende;
    private final Einschub einschub;

    Einschraenkungsbeigabe(Gegenstaende gegenstaende, Einschub einschub) {
        this.gegenstaende = gegenstaende;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, @Nullable UUID dokument) {
        var hier = dokument == null
                ? List.of(new Moegliches(Art.VORGANG, vorgang.id(), "dieses Vorgangs"))
                : List.of(
                        new Moegliches(Art.VORGANG, vorgang.id(), "dieses Vorgangs"),
                        new Moegliches(Art.DOKUMENT, dokument, "dieses Dokuments"));
        return teil(wer, hier);
    }

    @Override
    public Teil anAkte(Anmeldung wer, Akten.Akte akte) {
        return teil(wer, List.of(new Moegliches(Art.AKTE, akte.id(), "dieser Akte")));
    }

    @Override
    public Teil unterDokumenten(Anmeldung wer, Vorgaenge.Vorgang vorgang) {
        return rahmen -> ausgabe -> {};
    }

    private Teil teil(Anmeldung wer, List<Moegliches> hier) {
        if (!gegenstaende.darf(
                wer, gegenstaende.hole(hier.getFirst().art(), hier.getFirst().id()))) {
            return rahmen -> ausgabe -> {};
        }
        var werte = new HashMap<String, Object>(Map.of("moegliche", hier));
        return rahmen -> einschub.von("datenschutz/beigabe", werte);
    }
}
