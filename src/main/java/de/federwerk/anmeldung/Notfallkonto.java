package de.federwerk.anmeldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Notfallperson;
import de.federwerk.organisation.Personen;
import de.federwerk.protokoll.Protokoll;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The way in when nobody else has one (BSI ORP.4.A20, emergency access): a secret in a sealed envelope, good once, with a reason, on record,
 * and told at once to those who must know. It administers for an hour and reads no file.
 */
@Component
class Notfallkonto {

    static final Duration DAUER = Duration.ofMinutes(60);
    static final int GRUND_MINDESTENS = 10;
    static final int GRUND_HOECHSTENS = 500;
    private static final int VERLAUF = 50;

    /** A use, or the envelope that waits. */
    record Umschlag(
            Instant angelegt,
            String angelegtVon,
            @Nullable Instant benutzt,
            @Nullable String grund,
            @Nullable String anschluss) {}

    private record Offen(UUID id, byte[] hash) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Notfallperson notfallperson;
    private final Protokoll protokoll;
    private final ApplicationEventPublisher ereignisse;

    Notfallkonto(
            JdbcClient datenbank,
            Personen personen,
            Notfallperson notfallperson,
            Protokoll protokoll,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.notfallperson = notfallperson;
        this.protokoll = protokoll;
        this.ereignisse = ereignisse;
    }

    /**
     * A new envelope; the one before is good no more.
     *
     * @return the secret, 32 characters of 30: 157 bits
     */
    @Transactional
    public String stelleAus(Anmeldung wer) {
        if (notfallperson.ist(wer.person()))
            throw Abgelehnt.recht(
                    "Mit dem Notfallkonto lässt sich kein neuer Umschlag ausstellen: Das muss eine Person der Administration tun.");
        var geheimnis = personen.anfangspasswort() + "-" + personen.anfangspasswort();
        var id = Kennung.neu();
        datenbank
                .sql("UPDATE notfallumschlag SET beendet = now() WHERE mandant_id = ? AND beendet IS NULL")
                .param(mandant())
                .update();
        datenbank
                .sql("INSERT INTO notfallumschlag (mandant_id, id, hash, angelegt_von) VALUES (?, ?, ?, ?)")
                .params(mandant(), id, hash(geheimnis), wer.pseudonym())
                .update();
        protokoll.schreibe(wer.pseudonym(), "notfallkonto.umschlag", id, null, Map.of());
        return geheimnis;
    }

    @Transactional
    public void zieheEin(Anmeldung wer) {
        datenbank
                .sql("UPDATE notfallumschlag SET beendet = now() WHERE mandant_id = ? AND beendet IS NULL RETURNING id")
                .param(mandant())
                .query(UUID.class)
                .optional()
                .ifPresent(id -> protokoll.schreibe(wer.pseudonym(), "notfallkonto.eingezogen", id, null, Map.of()));
    }

    /**
     * Spends the secret and opens the account.
     *
     * @param grund of at least {@link #GRUND_MINDESTENS} characters: the caller has looked
     * @return empty if the secret is not the one of the envelope that waits
     */
    @Transactional
    public Optional<Anmeldung> benutze(String geheimnis, String grund, String anschluss) {
        var offen = datenbank
                .sql("SELECT id, hash FROM notfallumschlag WHERE mandant_id = ? AND beendet IS NULL FOR UPDATE")
                .param(mandant())
                .query(Offen.class)
                .optional()
                .filter(o -> MessageDigest.isEqual(o.hash, hash(geheimnis)));
        if (offen.isEmpty()) return Optional.empty();
        var id = offen.get().id();
        datenbank
                .sql(
                        "UPDATE notfallumschlag SET beendet = now(), benutzt = now(), grund = ?, anschluss = ? WHERE mandant_id = ? AND id = ?")
                .params(grund, anschluss, mandant(), id)
                .update();
        var wer = notfallperson.oeffne(DAUER);
        protokoll.schreibe(
                wer.pseudonym(), "notfallkonto.benutzt", id, null, Map.of("grund", grund, "anschluss", anschluss));
        ereignisse.publishEvent(new NotfallBenutzt(id, Instant.now().plus(DAUER)));
        return Optional.of(wer);
    }

    private static byte[] hash(String geheimnis) {
        return Ersatzcodes.sha256(geheimnis.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }

    @Transactional(readOnly = true)
    public Optional<Umschlag> wartet() {
        return umschlaege("u.beendet IS NULL").stream().findFirst();
    }

    /** The last uses, the newest first. */
    @Transactional(readOnly = true)
    public List<Umschlag> verlauf() {
        return umschlaege("u.benutzt IS NOT NULL");
    }

    private List<Umschlag> umschlaege(String bedingung) {
        return datenbank
                .sql("""
                SELECT u.angelegt, coalesce((SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = u.mandant_id AND p.pseudonym = u.angelegt_von), '–') AS angelegt_von,
                       u.benutzt, u.grund, u.anschluss
                  FROM notfallumschlag u WHERE u.mandant_id = ? AND %s ORDER BY u.benutzt DESC LIMIT ?""".formatted(bedingung))
                .params(mandant(), VERLAUF)
                .query(Umschlag.class)
                .list();
    }
}
