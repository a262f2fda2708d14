package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** With what a person comes in: asked by pages on which somebody is, or is about to be, signed in. */
@Component
public class Zugaenge {

    private final JdbcClient datenbank;
    private final PasswordEncoder passwoerter;
    private final Anmeldeverzeichnis verzeichnis;

    Zugaenge(JdbcClient datenbank, PasswordEncoder passwoerter, Anmeldeverzeichnis verzeichnis) {
        this.datenbank = datenbank;
        this.passwoerter = passwoerter;
        this.verzeichnis = verzeichnis;
    }

    /** Somebody who may sign in now, as sign-in would name them. */
    @Transactional(readOnly = true)
    public Optional<Anmeldung> anmeldung(UUID person) {
        return datenbank
                .sql("""
                SELECT mandant_id AS mandant, id AS person, pseudonym, trim(vorname || ' ' || nachname) AS name FROM person
                 WHERE mandant_id = ? AND id = ? AND art = 'mensch' AND gilt(gueltig_von, gueltig_bis)""")
                .params(mandant(), person)
                .query(Anmeldung.class)
                .optional();
    }

    /** Whether name and a password let the person in: one that is kept here and counts, or that of a directory. */
    @Transactional(readOnly = true)
    public boolean hatPasswort(UUID person) {
        return verzeichnis.prueft(person) || aendertPasswort(person);
    }

    /** Whether the password that counts is kept here and so can be changed here. Whom a directory took in has none. */
    @Transactional(readOnly = true)
    public boolean aendertPasswort(UUID person) {
        return !verzeichnis.fuehrt(person)
                && datenbank
                        .sql("SELECT EXISTS (SELECT FROM zugang WHERE mandant_id = ? AND person_id = ? AND eigenes)")
                        .params(mandant(), person)
                        .query(Boolean.class)
                        .single();
    }

    /** A first password from before somebody had another way in: nothing is asked about it any more. */
    @Transactional
    public void hatNichtsZuAendern(UUID person) {
        datenbank
                .sql("UPDATE zugang SET zu_aendern = false WHERE mandant_id = ? AND person_id = ? AND zu_aendern")
                .params(mandant(), person)
                .update();
    }

    /** The present password, and the own one before it: neither is taken again. */
    @Transactional(readOnly = true)
    boolean warPasswort(UUID person, String passwort) {
        return datenbank.sql("""
                SELECT h.hash FROM zugang z, unnest(ARRAY[z.passwort_hash, z.vorheriger_hash]) AS h (hash)
                 WHERE z.mandant_id = ? AND z.person_id = ? AND h.hash IS NOT NULL""").params(mandant(), person).query(String.class).list().stream()
                .anyMatch(hash -> passwoerter.matches(passwort, hash));
    }
}
