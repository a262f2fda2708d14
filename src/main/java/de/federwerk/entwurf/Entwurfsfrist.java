package de.federwerk.entwurf;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Deletes drafts that nobody has come back to, those of people who have left as well. */
@Component
class Entwurfsfrist implements SmartLifecycle {

    private static final Duration TAKT = Duration.ofHours(6);
    private static final Duration STILLE = Duration.ofHours(12);

    private final Entwuerfe entwuerfe;
    private final Mandanten mandanten;
    private final Dauerlaeufe laeufe;
    private volatile @Nullable Dauerlauf lauf;

    Entwurfsfrist(Entwuerfe entwuerfe, Mandanten mandanten, Dauerlaeufe laeufe) {
        this.entwuerfe = entwuerfe;
        this.mandanten = mandanten;
        this.laeufe = laeufe;
    }

    @Override
    public void start() {
        lauf = laeufe.beginne("entwuerfe", TAKT, STILLE, this::runde);
    }

    void runde() {
        for (var mandant : mandanten.alle()) Mandantenkontext.als(mandant.id(), entwuerfe::raeumeAuf);
    }

    @Override
    public void stop() {
        var laufender = lauf;
        if (laufender != null) laufender.ende(Duration.ofSeconds(5));
        lauf = null;
    }

    @Override
    public boolean isRunning() {
        return lauf != null;
    }
}
