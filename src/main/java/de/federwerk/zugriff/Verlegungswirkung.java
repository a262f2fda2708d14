package de.federwerk.zugriff;

import de.federwerk.akte.Schriftgut;
import de.federwerk.akte.Verlegungsvorschau;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Who gains and who loses sight by a move (ADR 0019). Those who see the thing now are named to whoever sees it herself; those who will see it only
 * if she still sees it there: else she would learn by the way who has access to what is shut for her.
 */
@Component
class Verlegungswirkung implements Verlegungsvorschau {

    private final Wirkungen wirkungen;
    private final Schutzgueter gueter;
    private final Einschub einschub;

    Verlegungswirkung(Wirkungen wirkungen, Schutzgueter gueter, Einschub einschub) {
        this.wirkungen = wirkungen;
        this.gueter = gueter;
        this.einschub = einschub;
    }

    @Override
    public Vorgangsbeigabe.Teil von(Anmeldung wer, Schriftgut.Art art, UUID id, Runnable tat) {
        var gut = gueter.sichtbares(wer, Schutzgut.Art.valueOf(art.name()), id);
        var nochDa = new AtomicBoolean();
        var wirkung = wirkungen.an(gut, () -> {
            tat.run();
            nochDa.set(gueter.istSichtbar(wer, gut));
        });
        var werte = Map.of("wirkung", wirkung, "nochDa", nochDa.get());
        return rahmen -> einschub.von("zugriff/verlegung", werte);
    }
}
