package de.federwerk.papier;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Mandanten;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks now and then which paper should be back. */
@Component
class Papierwache implements SmartLifecycle {

    private static final Duration TAKT = Duration.ofHours(1);
    private static final Duration STILLE = Duration.ofHours(3);

    private final Ausleihen ausleihen;
    private final Mandanten mandanten;
    private final Dauerlaeufe laeufe;
    private volatile @Nullable Dauerlauf lauf;

    Papierwache(Ausleihen ausleihen, Mandanten mandanten, Dauerlaeufe laeufe) {
        this.ausleihen = ausleihen;
        this.mandanten = mandanten;
        this.laeufe = laeufe;
    }

    @Override
    public void start() {
        lauf = laeufe.beginne("papierwache", TAKT, STILLE, this::runde);
    }

    private void runde() {
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var mandant : mandanten.alle()) {
            if (mandant.gilt()) {
                Mandantenkontext.als(mandant.id(), () -> ausleihen.erinnere(heute));
            }
        }
    }

    @Override
    public void stop() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.ende(Duration.ofSeconds(5));
        }
        lauf = null;
    }

    @Override
    public boolean isRunning() {
        return lauf != null;
    }
}
