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

    Zugaenge(JdbcClient datenbank, PasswordEncoder passwoerter) {
        this.datenbank = datenbank;
        this.passwoerter = passwoerter;
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

    /** Whether the person has a password here; else another directory knows it. */
    @Transactional(readOnly = true)
    public boolean hatPasswort(UUID person) {
        return datenbank
                .sql("SELECT EXISTS (SELECT FROM zugang WHERE mandant_id = ? AND person_id = ?)")
                .params(mandant(), person)
                .query(Boolean.class)
                .single();
    }

    /** Whether this is the person's password now. */
    @Transactional(readOnly = true)
    boolean istPasswort(UUID person, String passwort) {
        return datenbank
                .sql("SELECT passwort_hash FROM zugang WHERE mandant_id = ? AND person_id = ?")
                .params(mandant(), person)
                .query(String.class)
                .optional()
                .filter(hash -> passwoerter.matches(passwort, hash))
                .isPresent();
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
