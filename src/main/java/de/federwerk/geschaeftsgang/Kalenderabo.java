package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Postfach;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person's deadlines as iCalendar (RFC 5545), for whoever knows the secret address. */
@Component
class Kalenderabo {

    private static final SecureRandom ZUFALL = new SecureRandom();
    private static final int HOECHSTENS = 500;
    private static final int ZEILE = 75;
    private static final DateTimeFormatter TAG = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter ZEIT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** @param was kind of the station */
    private record Termin(UUID id, String was, String aktenzeichen, UUID vorgangId, LocalDate faellig, Instant seit) {}

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;

    Kalenderabo(JdbcClient datenbank, Berechtigungen berechtigungen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
    }

    /** Since when there is one. */
    @Transactional(readOnly = true)
    Optional<Instant> seit(UUID person) {
        return datenbank
                .sql("SELECT angelegt FROM kalenderabo WHERE mandant_id = ? AND person_id = ? AND beendet IS NULL")
                .params(mandant(), person)
                .query(Instant.class)
                .optional();
    }

    /** A new secret, shown this once; one that there was before opens nothing any more. */
    @Transactional
    String richteEin(Anmeldung wer) {
        beende(wer);
        var bytes = new byte[24];
        ZUFALL.nextBytes(bytes);
        var geheimnis = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var id = Kennung.neu();
        datenbank
                .sql("INSERT INTO kalenderabo (mandant_id, id, person_id, geheim) VALUES (?, ?, ?, ?)")
                .params(mandant(), id, wer.person(), hash(geheimnis))
                .update();
        protokoll.schreibe(wer.pseudonym(), "kalenderabo.eingerichtet", id, null, Map.of());
        return geheimnis;
    }

    @Transactional
    void beende(Anmeldung wer) {
        datenbank
                .sql(
                        "UPDATE kalenderabo SET beendet = now() WHERE mandant_id = ? AND person_id = ? AND beendet IS NULL RETURNING id")
                .params(mandant(), wer.person())
                .query(UUID.class)
                .list()
                .forEach(id -> protokoll.schreibe(wer.pseudonym(), "kalenderabo.beendet", id, null, Map.of()));
    }

    /**
     * The calendar; empty if the secret opens nothing, or its person is gone. It names kinds and Aktenzeichen, no titles: it leaves the house on
     * telephones.
     *
     * @param haus address of the house, for links
     */
    @Transactional(readOnly = true)
    Optional<String> kalender(String geheimnis, String haus) {
        return datenbank
                .sql("""
                SELECT p.id FROM kalenderabo k JOIN person p ON p.mandant_id = k.mandant_id AND p.id = k.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
                  JOIN mandant m ON m.id = k.mandant_id AND gilt(m.gueltig_von, m.gueltig_bis)
                 WHERE k.mandant_id = ? AND k.geheim = ? AND k.beendet IS NULL""")
                .params(mandant(), hash(geheimnis))
                .query(UUID.class)
                .optional()
                .map(person -> schreibe(termine(person), haus));
    }

    private List<Termin> termine(UUID person) {
        var zugang = berechtigungen.zugang(person, Recht.METADATEN);
        var sicht = zugang.sicht();
        return datenbank
                .sql("""
                SELECT s.id, s.art AS was, v.aktenzeichen, s.vorgang_id, s.faellig, s.offen_seit AS seit
                  FROM station s JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                 WHERE s.mandant_id = :m AND s.stand = 'offen' AND s.faellig IS NOT NULL
                   AND (s.empfaenger_id = ANY (CAST(:eigene AS uuid[])) OR s.genommen_von = :wer)
                   AND %s ORDER BY s.faellig, s.id LIMIT %d""".formatted(sicht.aufVorgang("v"), HOECHSTENS))
                .param("m", mandant())
                .param("wer", person)
                // As in the Postkorb: what a Stelle had that is no longer, or no longer one's own, is not there.
                .param(
                        "eigene",
                        Postfach.feld(
                                zugang.faecher(),
                                f -> f.person().equals(person) && !f.art().equals("einheit")))
                .params(sicht.parameter())
                .query(Termin.class)
                .list();
    }

    private static String schreibe(List<Termin> termine, String haus) {
        var text = new StringBuilder();
        zeile(text, "BEGIN:VCALENDAR");
        zeile(text, "VERSION:2.0");
        zeile(text, "PRODID:-//Federwerk//Fristen//DE");
        zeile(text, "X-WR-CALNAME:Federwerk: Fristen");
        for (var t : termine) {
            zeile(text, "BEGIN:VEVENT");
            zeile(text, "UID:" + t.id + "@federwerk");
            zeile(text, "DTSTAMP:" + ZEIT.format(t.seit));
            zeile(text, "DTSTART;VALUE=DATE:" + TAG.format(t.faellig));
            zeile(text, "DTEND;VALUE=DATE:" + TAG.format(t.faellig.plusDays(1)));
            zeile(text, "SUMMARY:" + maskiert(Stationsart.von(t.was).wort() + " " + t.aktenzeichen));
            zeile(text, "URL:" + haus + "/vorgaenge/" + t.vorgangId);
            zeile(text, "TRANSP:TRANSPARENT");
            zeile(text, "END:VEVENT");
        }
        zeile(text, "END:VCALENDAR");
        return text.toString();
    }

    private static String maskiert(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("[\\p{Cntrl}]+", " ");
    }

    /** Lines end in CRLF and are folded at 75 octets, never inside a character (RFC 5545, 3.1). */
    private static void zeile(StringBuilder text, String zeile) {
        int octets = 0;
        for (int i = 0; i < zeile.length(); ) {
            int zeichen = zeile.codePointAt(i);
            int breite = Character.toString(zeichen).getBytes(StandardCharsets.UTF_8).length;
            if (octets + breite > ZEILE) {
                text.append("\r\n ");
                octets = 1;
            }
            text.appendCodePoint(zeichen);
            octets += breite;
            i += Character.charCount(zeichen);
        }
        text.append("\r\n");
    }

    private static byte[] hash(String geheimnis) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(geheimnis.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException fehlt) {
            throw new IllegalStateException(fehlt);
        }
    }
}
