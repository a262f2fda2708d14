package de.federwerk.webdav;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.PasswortZurueckgesetzt;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Passwords that a person gives to a program, one each, and takes away again. Made of a hundred random bits, so a plain SHA-256 is enough to
 * keep; good for WebDAV and nothing else.
 */
@Component
public class AppKennwoerter {

    static final int HOECHSTENS = 20;
    private static final int NAME = 60;
    private static final SecureRandom ZUFALL = new SecureRandom();
    /** Without letters and digits that look alike. */
    private static final String ZEICHEN = "abcdefghkmnpqrstuvwxyz23456789";

    record Zeile(
            UUID id,
            String name,
            Instant angelegt,
            @Nullable Instant zuletzt) {}

    private record Bekannt(UUID id, UUID person, UUID pseudonym, String name, byte[] hash) {}

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    AppKennwoerter(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** Those that open something, the newest first. */
    @Transactional(readOnly = true)
    public List<Zeile> von(UUID person) {
        return datenbank
                .sql(
                        "SELECT id, name, angelegt, zuletzt FROM app_kennwort WHERE mandant_id = ? AND person_id = ? AND beendet IS NULL ORDER BY angelegt DESC, id")
                .params(mandant(), person)
                .query(Zeile.class)
                .list();
    }

    /**
     * A new one, shown this once.
     *
     * @param name which program and device it is for
     */
    @Transactional
    public String stelleAus(Anmeldung wer, String name) {
        var zeile = name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (zeile.isEmpty() || zeile.length() > NAME) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie an, wofür das Kennwort ist, zum Beispiel „LibreOffice am Dienstrechner“ (höchstens %d Zeichen)."
                            .formatted(NAME));
        }
        // Held, so that two at once do not pass the limit together.
        datenbank
                .sql("SELECT id FROM person WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), wer.person())
                .query(UUID.class)
                .single();
        if (von(wer.person()).size() >= HOECHSTENS) {
            throw Abgelehnt.konflikt(
                    "Sie haben schon %d App-Kennwörter. Bitte beenden Sie zuerst eines, das Sie nicht mehr brauchen."
                            .formatted(HOECHSTENS));
        }
        var kennwort = IntStream.range(0, 4)
                .mapToObj(i -> ZUFALL.ints(5, 0, ZEICHEN.length())
                        .mapToObj(z -> String.valueOf(ZEICHEN.charAt(z)))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
        var id = Kennung.neu();
        datenbank
                .sql("INSERT INTO app_kennwort (mandant_id, id, person_id, name, hash) VALUES (?, ?, ?, ?, ?)")
                .params(mandant(), id, wer.person(), zeile, hash(kennwort))
                .update();
        protokoll.schreibe(wer.pseudonym(), "appkennwort.ausgestellt", id, null, Map.of("name", zeile));
        return kennwort;
    }

    /** It opens nothing from now on. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        int zahl = datenbank
                .sql(
                        "UPDATE app_kennwort SET beendet = now() WHERE mandant_id = ? AND id = ? AND person_id = ? AND beendet IS NULL")
                .params(mandant(), id, wer.person())
                .update();
        if (zahl == 0) {
            throw new NichtGefunden("Dieses App-Kennwort gibt es nicht, oder es ist schon beendet.");
        }
        protokoll.schreibe(wer.pseudonym(), "appkennwort.beendet", id, null, Map.of());
    }

    /** With a new password from the Administration the old ones are void: it may be because a device was lost. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void nach(PasswortZurueckgesetzt zurueck) {
        datenbank
                .sql(
                        "UPDATE app_kennwort SET beendet = now() WHERE mandant_id = ? AND person_id = ? AND beendet IS NULL RETURNING id")
                .params(mandant(), zurueck.person())
                .query(UUID.class)
                .list()
                .forEach(id -> protokoll.schreibe(zurueck.wer(), "appkennwort.beendet", id, null, Map.of()));
    }

    /** Whose it is; empty for everybody unknown, gone or with another one. */
    @Transactional
    public Optional<Anmeldung> pruefe(String anmeldename, String kennwort) {
        var hash = hash(kennwort.strip().toLowerCase(Locale.ROOT));
        var bekannt = datenbank.sql("""
                SELECT k.id, p.id AS person, p.pseudonym, trim(p.vorname || ' ' || p.nachname) AS name, k.hash
                  FROM person p JOIN app_kennwort k ON k.mandant_id = p.mandant_id AND k.person_id = p.id AND k.beendet IS NULL
                 WHERE p.mandant_id = ? AND p.anmeldename = ? AND p.art = 'mensch' AND gilt(p.gueltig_von, p.gueltig_bis)""").params(mandant(), anmeldename).query(Bekannt.class).list().stream()
                .filter(k -> MessageDigest.isEqual(k.hash, hash))
                .findFirst();
        // A program asks a hundred times a minute; that it does is of interest by the day.
        bekannt.ifPresent(k -> datenbank
                .sql(
                        "UPDATE app_kennwort SET zuletzt = now() WHERE mandant_id = ? AND id = ? AND (zuletzt IS NULL OR zuletzt < now() - interval '10 minutes')")
                .params(mandant(), k.id)
                .update());
        return bekannt.map(k -> new Anmeldung(mandant(), k.person, k.pseudonym, k.name));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
