package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Somebody in a directory has the sign-in name of a person with a {@link de.federwerk.organisation.Rolle#heikel() role} that no name alone
 * opens. Whether both are the same says an administrator, or the person, who proves to be both.
 */
@Component
class Verknuepfungsfragen {

    /** Of one person in a week: whoever makes up accounts at a provider fills no table with it. */
    private static final int JE_PERSON = 20;

    private static final int GEZEIGT = 100;

    /** A line of the page. @param kennung what the directory names whoever asks by */
    record Frage(
            UUID id,
            UUID person,
            String anmeldename,
            String hier,
            Art art,
            String kennung,
            String dort,
            @Nullable String mail,
            Instant zuletzt) {}

    /** What the session keeps between the provider and the sign-in that proves who it is. */
    record Wunsch(UUID mandant, UUID person, UUID frage, String name, Instant bis) implements Serializable {}

    private record Seiten(UUID person, Art art, String aussteller, String kennung) {}

    /**
     * Of directories that are switched on, about persons who have no link there yet. LDAP only as the last Abgleich with these settings saw it
     * (it runs once a day at least): whom the directory does not know any more would be ended as soon as linked.
     */
    private static final String OFFENE = """
             FROM verknuepfungsfrage f JOIN person p ON p.mandant_id = f.mandant_id AND p.id = f.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
            WHERE f.mandant_id = :m
              AND (f.art = 'LDAP' AND EXISTS (SELECT FROM ldapverzeichnis l WHERE l.mandant_id = f.mandant_id AND l.aktiv AND f.zuletzt >= l.geaendert)
                                   AND f.zuletzt > now() - interval '2 days'
                OR f.art = 'OIDC' AND EXISTS (SELECT FROM oidcanbieter o WHERE o.mandant_id = f.mandant_id AND o.aktiv AND o.aussteller = f.aussteller))
              AND NOT EXISTS (SELECT FROM verzeichnisperson v WHERE v.mandant_id = f.mandant_id AND v.art = f.art AND v.aussteller = f.aussteller
                                 AND (v.person_id = f.person_id OR v.kennung = f.kennung))""";

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Verknuepfungen verknuepfungen;
    private final PasswordEncoder passwoerter;

    Verknuepfungsfragen(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Verknuepfungen verknuepfungen,
            PasswordEncoder passwoerter) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.verknuepfungen = verknuepfungen;
        this.passwoerter = passwoerter;
    }

    /** Empty if there are too many of this person already. */
    @Transactional
    public Optional<Wunsch> merke(Art art, String aussteller, Fund fund, UUID person) {
        var name = fund.name().isEmpty() ? fund.anmeldename() : fund.name();
        return datenbank
                .sql("""
                INSERT INTO verknuepfungsfrage (mandant_id, id, person_id, art, aussteller, kennung, name, mail)
                SELECT :m, :id, :person, :art, :aussteller, :kennung, :name, :mail
                 WHERE (SELECT count(*) FROM verknuepfungsfrage f WHERE f.mandant_id = :m AND f.person_id = :person AND f.kennung <> :kennung
                           AND f.zuletzt > now() - interval '7 days') < :hoechstens
                ON CONFLICT (mandant_id, person_id, art, aussteller, kennung) DO UPDATE SET name = excluded.name, mail = excluded.mail, zuletzt = now()
                RETURNING id""")
                .param("m", mandant())
                .param("id", Kennung.neu())
                .param("person", person)
                .param("art", art.name())
                .param("aussteller", aussteller)
                .param("kennung", fund.kennung())
                .param("name", name)
                .param("mail", fund.mail())
                .param("hoechstens", JE_PERSON)
                .query(UUID.class)
                .optional()
                .map(id -> new Wunsch(mandant(), person, id, name, Instant.now().plusSeconds(900)));
    }

    @Transactional(readOnly = true)
    public List<Frage> offene() {
        return datenbank
                .sql("""
                SELECT f.id, f.person_id AS person, p.anmeldename, trim(p.vorname || ' ' || p.nachname) AS hier, f.art, f.kennung, f.name AS dort, f.mail, f.zuletzt
                """ + OFFENE + " ORDER BY p.nachname, p.vorname, f.id LIMIT " + GEZEIGT)
                .param("m", mandant())
                .query(Frage.class)
                .list();
    }

    /**
     * Both are the same person, says {@code wer}.
     *
     * @throws NichtGefunden if nobody asks that (any more)
     */
    void verknuepfe(Anmeldung wer, UUID id) {
        // Slow on purpose, so before the transaction. Counts only for somebody who had no way in here.
        var hash = passwoerter.encode(UUID.randomUUID() + "/" + UUID.randomUUID());
        transaktion.executeWithoutResult(t -> {
            var seiten = datenbank
                    .sql("SELECT f.person_id AS person, f.art, f.aussteller, f.kennung" + OFFENE
                            + " AND f.id = :id FOR UPDATE OF f")
                    .param("m", mandant())
                    .param("id", id)
                    .query(Seiten.class)
                    .optional()
                    .orElseThrow(() -> new NichtGefunden("Hier gibt es nichts (mehr) zu verknüpfen."));
            verknuepfungen.verknuepfe(
                    wer.pseudonym(), seiten.art, seiten.aussteller, seiten.kennung, seiten.person, hash);
        });
    }
}
