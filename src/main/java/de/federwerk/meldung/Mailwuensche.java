package de.federwerk.meldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What each person wants by mail, and when. A matter of taste like light and dark, so no Protokoll. */
@Component
class Mailwuensche {

    /** The hour of the daily mail as long as nobody has chosen, in Europe/Berlin. */
    static final int STUNDE = 7;

    private record Zeile(String art, String mail) {}

    private final JdbcClient datenbank;
    private final Mailserver mailserver;

    Mailwuensche(JdbcClient datenbank, Mailserver mailserver) {
        this.datenbank = datenbank;
        this.mailserver = mailserver;
    }

    /** For every kind, defaults included, in the order of the kinds. */
    @Transactional(readOnly = true)
    Map<Meldungsart, Mailwahl> von(UUID person) {
        var wahl = new EnumMap<Meldungsart, Mailwahl>(Meldungsart.class);
        Arrays.stream(Meldungsart.values()).forEach(art -> wahl.put(art, art.vorgabe()));
        datenbank
                .sql("SELECT art, mail FROM meldungswahl WHERE mandant_id = ? AND person_id = ?")
                .params(mandant(), person)
                .query(Zeile.class)
                .list()
                .forEach(zeile -> Arrays.stream(Meldungsart.values())
                        .filter(art -> art.name().equals(zeile.art))
                        .forEach(art -> Mailwahl.mit(zeile.mail).ifPresent(mail -> wahl.put(art, mail))));
        return wahl;
    }

    @Transactional(readOnly = true)
    int stunde(UUID person) {
        return datenbank
                .sql("SELECT stunde FROM meldungszeit WHERE mandant_id = ? AND person_id = ?")
                .params(mandant(), person)
                .query(Integer.class)
                .optional()
                .orElse(STUNDE);
    }

    /** Holds at once, for what waits to be mailed as well. */
    @Transactional
    void setze(UUID person, Map<Meldungsart, Mailwahl> wahl, int stunde) {
        var arten = List.copyOf(wahl.keySet());
        datenbank
                .sql("""
                INSERT INTO meldungswahl (mandant_id, person_id, art, mail)
                SELECT ?, ?, t.* FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS t
                ON CONFLICT (mandant_id, person_id, art) DO UPDATE SET mail = excluded.mail""")
                .param(mandant())
                .param(person)
                .param(arten.stream().map(Meldungsart::name).toArray(String[]::new))
                .param(arten.stream()
                        .map(art -> wahl.getOrDefault(art, art.vorgabe()).kennung())
                        .toArray(String[]::new))
                .update();
        datenbank.sql("""
                INSERT INTO meldungszeit (mandant_id, person_id, stunde) VALUES (?, ?, ?)
                ON CONFLICT (mandant_id, person_id) DO UPDATE SET stunde = excluded.stunde""").params(mandant(), person, stunde).update();
        datenbank
                .sql("""
                UPDATE meldung m SET mail_ab = mail_faellig(w.mail, :stunde, make_interval(secs => :sammeln)) FROM meldungswahl w
                 WHERE m.mandant_id = :m AND m.person_id = :person AND m.mail_ab IS NOT NULL AND m.mail_id IS NULL
                   AND w.mandant_id = m.mandant_id AND w.person_id = m.person_id AND w.art = m.art""")
                .param("stunde", stunde)
                .param("sammeln", mailserver.sammeln().toSeconds())
                .param("m", mandant())
                .param("person", person)
                .update();
    }

    /** Where mails go; empty without an address. */
    @Transactional(readOnly = true)
    Optional<String> adresse(UUID person) {
        return datenbank
                .sql("SELECT email FROM person WHERE mandant_id = ? AND id = ? AND email <> ''")
                .params(mandant(), person)
                .query(String.class)
                .optional();
    }

    /** Why the newest mail to this person was given up, if it was. */
    @Transactional(readOnly = true)
    Optional<String> fehlschlag(UUID person) {
        return datenbank
                .sql("""
                SELECT coalesce(aufgegeben, '') FROM meldungsmail
                 WHERE mandant_id = ? AND person_id = ? AND (gesendet IS NOT NULL OR aufgegeben <> '') ORDER BY gebildet DESC LIMIT 1""")
                .params(mandant(), person)
                .query(String.class)
                .optional()
                .filter(grund -> !grund.isEmpty());
    }
}
