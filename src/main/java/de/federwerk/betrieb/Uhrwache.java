package de.federwerk.betrieb;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.UhrZurueckgestellt;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices a clock that was set back, while the program runs or while it did not: the newest entry of the Protokoll then lies in the
 * future. Numbers and ids go on upwards all the same; the times of day are what the clock says, so people must know.
 */
@Component
@Order(5)
class Uhrwache implements ApplicationRunner {

    private static final String ART = "uhr";
    private static final Duration TAKT = Duration.ofSeconds(20);
    /** Clocks of one machine do not differ; a minute only keeps leaps of NTP from being news. */
    private static final Duration DULDUNG = Duration.ofMinutes(1);

    private final InstantSource uhr;
    private final Mandanten mandanten;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaktion;
    private final Stoerungen stoerungen;
    private final ApplicationEventPublisher ereignisse;
    private final Dauerlaeufe laeufe;
    private final Set<UUID> gemeldet = new HashSet<>();
    private final Set<UUID> gesehen = new HashSet<>();
    private volatile @Nullable Dauerlauf lauf;

    @Autowired
    Uhrwache(
            Mandanten mandanten,
            JdbcClient jdbc,
            TransactionTemplate transaktion,
            Stoerungen stoerungen,
            ApplicationEventPublisher ereignisse,
            Dauerlaeufe laeufe) {
        this(InstantSource.system(), mandanten, jdbc, transaktion, stoerungen, ereignisse, laeufe);
    }

    Uhrwache(
            InstantSource uhr,
            Mandanten mandanten,
            JdbcClient jdbc,
            TransactionTemplate transaktion,
            Stoerungen stoerungen,
            ApplicationEventPublisher ereignisse,
            Dauerlaeufe laeufe) {
        this.uhr = uhr;
        this.mandanten = mandanten;
        this.jdbc = jdbc;
        this.transaktion = transaktion;
        this.stoerungen = stoerungen;
        this.ereignisse = ereignisse;
        this.laeufe = laeufe;
    }

    /** Before anything is entered by this process: its ids come after all that are there. */
    @Override
    public void run(ApplicationArguments argumente) {
        sieh();
        lauf = laeufe.beginne("uhrwache", TAKT, Duration.ofMinutes(10), this::sieh);
    }

    @EventListener(ContextClosedEvent.class)
    void ende() {
        var laufender = lauf;
        if (laufender != null) laufender.ende(Duration.ofSeconds(5));
    }

    void sieh() {
        for (var mandant : mandanten.alle()) Mandantenkontext.als(mandant.id(), () -> sieh(mandant.id()));
    }

    private void sieh(UUID mandant) {
        var neueste = neuesteKennung(mandant);
        if (neueste.isEmpty()) return;
        Kennung.nachDieser(neueste.get());
        var voraus = Duration.between(
                uhr.instant(), Instant.ofEpochMilli(neueste.get().getMostSignificantBits() >>> 16));
        if (voraus.compareTo(DULDUNG) > 0) {
            gesehen.add(mandant);
            if (!gemeldet.contains(mandant)) melde(mandant, voraus);
            gemeldet.add(mandant);
        } else if (gemeldet.remove(mandant) || gesehen.add(mandant)) {
            stoerungen.erledigt(ART, mandant);
        }
    }

    /** Ids begin with the time they were made at, and there is an index on them. */
    private Optional<UUID> neuesteKennung(UUID mandant) {
        return Optional.ofNullable(transaktion.execute(
                        t -> jdbc.sql("SELECT id FROM protokoll WHERE mandant_id = ? ORDER BY id DESC LIMIT 1")
                                .param(mandant)
                                .query(UUID.class)
                                .optional()))
                .flatMap(gefunden -> gefunden);
    }

    private void melde(UUID mandant, Duration voraus) {
        stoerungen.melde(
                ART,
                mandant,
                "Uhr des Servers",
                ("Die Uhr des Servers geht %d Minuten hinter dem letzten Eintrag her: Sie wurde zurückgestellt, oder sie ging vorher vor."
                                + " Die Nummern im Posteingangsbuch und die Reihenfolge im Protokoll stimmen; Uhrzeiten aus dieser Zeit"
                                + " können aber doppelt vorkommen. Bitte die Uhr prüfen (NTP). Geht sie wieder richtig und hat den letzten"
                                + " Eintrag eingeholt, verschwindet diese Meldung.")
                        .formatted(Math.max(1, voraus.toMinutes())),
                "Vorsprung des letzten Eintrags: " + voraus);
        ereignisse.publishEvent(new UhrZurueckgestellt(voraus));
    }
}
