package de.federwerk.lesenachweis;

import de.federwerk.gesicht.Anzeige;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request and what became of it.
 *
 * @param bis the first moment that does not belong to it any more
 * @param offen both may look now
 * @param wartet somebody may still agree
 */
record Einsicht(
        UUID id,
        UUID akteId,
        String aktenzeichen,
        Instant von,
        Instant bis,
        String grund,
        Instant beantragt,
        UUID beantragtVon,
        String antragsteller,
        @Nullable Instant zugestimmt,
        @Nullable UUID zugestimmtVon,
        @Nullable String zustimmende,
        @Nullable Instant beendet,
        @Nullable UUID beendetVon,
        @Nullable String beendende,
        boolean offen,
        boolean wartet) {

    /** How long both may look, from the moment of agreement; as the database has it. */
    static final Duration DAUER = Duration.ofMinutes(60);

    boolean istVon(UUID person) {
        return person.equals(beantragtVon) || person.equals(zugestimmtVon);
    }

    Instant offenBis() {
        return zugestimmt == null ? beantragt : zugestimmt.plus(DAUER);
    }

    String zeitraum() {
        var letzter = bis.minusMillis(1);
        return Anzeige.datum(von) + " bis " + Anzeige.datum(letzter);
    }

    /** What became of it, in words. */
    String stand() {
        if (offen) {
            return "offen bis " + Anzeige.zeit(offenBis());
        }
        if (wartet) {
            return "wartet auf den Personalrat";
        }
        if (beendet != null && zugestimmt == null) {
            return beantragtVon.equals(beendetVon) ? "zurückgezogen" : "abgelehnt";
        }
        return zugestimmt == null ? "verfallen" : beendet == null ? "abgelaufen" : "beendet";
    }
}
