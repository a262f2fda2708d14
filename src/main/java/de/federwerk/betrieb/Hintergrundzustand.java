package de.federwerk.betrieb;

import de.federwerk.basis.Dauerlaeufe;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** {@code /actuator/health}, part {@code hintergrund}: intake, feeder and the like, each with its last sign of life. */
@Component("hintergrund")
class Hintergrundzustand implements HealthIndicator {

    private final Dauerlaeufe laeufe;

    Hintergrundzustand(Dauerlaeufe laeufe) {
        this.laeufe = laeufe;
    }

    @Override
    public Health health() {
        var einzeln = new TreeMap<String, Object>();
        boolean gesund = true;
        for (var lauf : laeufe.alle()) {
            gesund &= lauf.gesund();
            einzeln.put(
                    lauf.name(),
                    "%s, letztes Lebenszeichen vor %d s, neu gestartet: %d"
                            .formatted(
                                    lauf.gesund() ? "läuft" : "STEHT",
                                    lauf.still().toSeconds(),
                                    lauf.neustarts()));
        }
        return (gesund ? Health.up() : Health.down()).withDetails(einzeln).build();
    }
}
