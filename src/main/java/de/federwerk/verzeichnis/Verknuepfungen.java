package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who of us is who in a directory: taken in, followed, ended. Nobody is deleted. */
@Component
class Verknuepfungen {

    static final int GEZEIGT = 200;

    /** @param beendet by the directory: only then does it bring the person back */
    record Verknuepft(
            UUID person,
            String kennung,
            String anmeldename,
            String vorname,
            String nachname,
            @Nullable String mail,
            boolean gueltig,
            boolean beendet) {

        String name() {
            return (vorname + " " + nachname).strip();
        }

        boolean wieIn(Fund fund) {
            return anmeldename.equals(fund.anmeldename())
                    && vorname.equals(fund.vorname())
                    && nachname.equals(fund.nachname())
                    && Objects.equals(mail, fund.mail());
        }
    }

    /**
     * Somebody who has a sign-in name already.
     *
     * @param frei a valid person who has no link of this kind
     * @param heikel whether the person holds a role that a name alone must not open: whoever chooses names there would choose roles here
     */
    record Namensvetter(UUID person, String anmeldename, boolean frei, boolean heikel) {}

    /** Whom a change of the issuer concerns. @param ohnePasswort of these, who then has no way in until they are linked again @param verwaltungBleibt whether somebody who administers can come in without the issuer */
    record Betroffene(int alle, int ohnePasswort, boolean verwaltungBleibt) {}

    /** A line of the page. */
    record Zeile(UUID person, String name, String anmeldename, Art art, boolean verwaltet, boolean passwortBleibt) {}

    private static final String VERKNUEPFTE = """
            SELECT p.id AS person, v.kennung, p.anmeldename, p.vorname, p.nachname, p.email AS mail, gilt(p.gueltig_von, p.gueltig_bis) AS gueltig,
                   v.beendet IS NOT NULL AS beendet
              FROM verzeichnisperson v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.person_id
             WHERE v.mandant_id = :m AND v.art = :art AND v.aussteller = :aussteller""";

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Gruppenfolgen besetzungen;
    private final Protokoll protokoll;

    Verknuepfungen(JdbcClient datenbank, Personen personen, Gruppenfolgen besetzungen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.besetzungen = besetzungen;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public List<Verknuepft> alle(Art art, String aussteller) {
        return datenbank
                .sql(VERKNUEPFTE)
                .param("m", mandant())
                .param("art", art.name())
                .param("aussteller", aussteller)
                .query(Verknuepft.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Verknuepft> eine(Art art, String aussteller, String kennung) {
        return datenbank
                .sql(VERKNUEPFTE + " AND v.kennung = :kennung")
                .param("m", mandant())
                .param("art", art.name())
                .param("aussteller", aussteller)
                .param("kennung", kennung)
                .query(Verknuepft.class)
                .optional();
    }

    /** Everybody with a sign-in name, whom a joiner could be or collide with. */
    @Transactional(readOnly = true)
    public List<Namensvetter> namen(Art art, String aussteller) {
        return namen(NAMEN, art, aussteller).query(Namensvetter.class).list();
    }

    @Transactional(readOnly = true)
    public Optional<Namensvetter> name(Art art, String aussteller, String anmeldename) {
        return namen(NAMEN + " AND p.anmeldename = :name", art, aussteller)
                .param("name", anmeldename)
                .query(Namensvetter.class)
                .optional();
    }

    private JdbcClient.StatementSpec namen(String sql, Art art, String aussteller) {
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("art", art.name())
                .param("aussteller", aussteller)
                .param(
                        "heikle",
                        Arrays.stream(Rolle.values())
                                .filter(Rolle::heikel)
                                .map(Rolle::name)
                                .toList());
    }

    // A link to another issuer is none: the one of before says nothing of who somebody is at the new one.
    private static final String NAMEN = """
            SELECT p.id AS person, p.anmeldename, p.art = 'mensch' AND gilt(p.gueltig_von, p.gueltig_bis) AND v.person_id IS NULL AS frei,
                   EXISTS (SELECT FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id AND r.kennung IN (:heikle)
                            WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis)) AS heikel
              FROM person p LEFT JOIN verzeichnisperson v ON v.mandant_id = p.mandant_id AND v.person_id = p.id AND v.art = :art AND v.aussteller = :aussteller
             WHERE p.mandant_id = :m""";

    /** Who is linked to this issuer and could sign in now. */
    @Transactional(readOnly = true)
    public Betroffene betroffene(String aussteller) {
        return datenbank
                .sql("""
                SELECT count(*) AS alle, count(*) FILTER (WHERE NOT coalesce(z.eigenes, false) AND NOT EXISTS (
                           SELECT FROM verzeichnisperson l JOIN ldapverzeichnis e ON e.mandant_id = l.mandant_id AND e.aktiv
                            WHERE l.mandant_id = v.mandant_id AND l.person_id = v.person_id AND l.art = 'LDAP')) AS ohne_passwort,
                       EXISTS (SELECT FROM rolle r JOIN rollenbesetzung b ON b.mandant_id = r.mandant_id AND b.rolle_id = r.id AND gilt(b.gueltig_von, b.gueltig_bis)
                                 JOIN person a ON a.mandant_id = b.mandant_id AND a.id = b.person_id AND a.art = 'mensch' AND gilt(a.gueltig_von, a.gueltig_bis)
                                WHERE r.mandant_id = :m AND r.kennung = 'ADMINISTRATION' AND gilt(r.gueltig_von, r.gueltig_bis)
                                  AND (EXISTS (SELECT FROM zugang w WHERE w.mandant_id = a.mandant_id AND w.person_id = a.id AND w.eigenes)
                                    OR EXISTS (SELECT FROM verzeichnisperson l JOIN ldapverzeichnis e ON e.mandant_id = l.mandant_id AND e.aktiv
                                                WHERE l.mandant_id = a.mandant_id AND l.person_id = a.id AND l.art = 'LDAP'))) AS verwaltung_bleibt
                  FROM verzeichnisperson v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
                  LEFT JOIN zugang z ON z.mandant_id = v.mandant_id AND z.person_id = v.person_id
                 WHERE v.mandant_id = :m AND v.art = 'OIDC' AND v.aussteller = :aussteller""")
                .param("m", mandant())
                .param("aussteller", aussteller)
                .query(Betroffene.class)
                .single();
    }

    /**
     * A person who was not here yet.
     *
     * @param hash of a password that nobody knows: failed attempts are counted beside it, and it opens nothing
     */
    @Transactional
    public UUID nimmAuf(Art art, String aussteller, Fund fund, @Nullable String hash) {
        var person = personen.nimmAuf(
                Protokoll.PROGRAMM, fund.anmeldename(), fund.vorname(), fund.nachname(), fund.mail(), false);
        datenbank
                .sql("INSERT INTO zugang (mandant_id, person_id, passwort_hash, eigenes) VALUES (?, ?, ?, false)")
                .params(mandant(), person, String.valueOf(hash))
                .update();
        verbinde(Protokoll.PROGRAMM, art, aussteller, fund.kennung(), person, false);
        return person;
    }

    /** A person who is here already and is the same one there. Administrators keep their password until somebody says otherwise. */
    @Transactional
    public void verknuepfe(UUID wer, Art art, String aussteller, String kennung, UUID person, @Nullable String hash) {
        datenbank
                .sql(
                        "INSERT INTO zugang (mandant_id, person_id, passwort_hash, eigenes) VALUES (?, ?, ?, false) ON CONFLICT DO NOTHING")
                .params(mandant(), person, String.valueOf(hash))
                .update();
        var verwaltet =
                personen.profil(person).filter(p -> p.hat(Rolle.ADMINISTRATION)).isPresent();
        // A first password that was never changed must not ask to be changed where it does not count any more.
        if (!verwaltet) {
            datenbank
                    .sql("UPDATE zugang SET zu_aendern = false WHERE mandant_id = ? AND person_id = ?")
                    .params(mandant(), person)
                    .update();
        }
        verbinde(wer, art, aussteller, kennung, person, verwaltet);
    }

    private void verbinde(UUID wer, Art art, String aussteller, String kennung, UUID person, boolean passwortBleibt) {
        // The one to an issuer of before is replaced: a person has one link of each kind.
        int verbunden = datenbank
                .sql("""
                INSERT INTO verzeichnisperson AS v (mandant_id, person_id, art, aussteller, kennung, passwort_bleibt) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, person_id, art) DO UPDATE SET aussteller = excluded.aussteller, kennung = excluded.kennung,
                    passwort_bleibt = excluded.passwort_bleibt, verknuepft = now(), beendet = NULL
                 WHERE v.aussteller <> excluded.aussteller""")
                .params(mandant(), person, art.name(), aussteller, kennung, passwortBleibt)
                .update();
        if (verbunden == 0) {
            throw Abgelehnt.konflikt("Diese Person ist inzwischen schon verknüpft. Es wurde nichts geändert.");
        }
        protokoll.schreibe(
                wer,
                "person.verknuepft",
                person,
                null,
                Map.of("art", art.name(), "aussteller", aussteller, "kennung", kennung));
    }

    /** Name, mail and sign-in name as they are there now. */
    @Transactional
    public void folge(UUID person, Fund fund) {
        datenbank
                .sql(
                        "UPDATE person SET anmeldename = ?, vorname = ?, nachname = ?, email = ? WHERE mandant_id = ? AND id = ?")
                .param(fund.anmeldename())
                .param(fund.vorname())
                .param(fund.nachname())
                .param(fund.mail())
                .param(mandant())
                .param(person)
                .update();
        protokoll.schreibe(
                Protokoll.PROGRAMM,
                "person.geaendert",
                person,
                null,
                Map.of("anmeldename", fund.anmeldename(), "nachname", fund.nachname(), "vorname", fund.vorname()));
    }

    /**
     * The person is no longer there: signed out everywhere and not let in again.
     *
     * @return false if nothing was done because nobody else could administrate this town
     */
    @Transactional
    public boolean beende(Art art, UUID person) {
        if (besetzungen.istLetzteAdministration(person)) return false;
        datenbank
                .sql(
                        "UPDATE person SET gueltig_bis = now() WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), person)
                .update();
        merkeEnde(art, person, true);
        datenbank
                .sql("DELETE FROM spring_session WHERE principal_name = ?")
                .param(person.toString())
                .update();
        protokoll.schreibe(
                Protokoll.PROGRAMM, "person.beendet", person, null, Map.of("grund", "nicht mehr im Verzeichnis"));
        return true;
    }

    /** Somebody who had left is there again. */
    @Transactional
    public void holeZurueck(Art art, UUID person) {
        datenbank
                .sql("UPDATE person SET gueltig_bis = NULL WHERE mandant_id = ? AND id = ?")
                .params(mandant(), person)
                .update();
        merkeEnde(art, person, false);
        protokoll.schreibe(
                Protokoll.PROGRAMM, "person.zurueckgekehrt", person, null, Map.of("grund", "wieder im Verzeichnis"));
    }

    private void merkeEnde(Art art, UUID person, boolean ende) {
        datenbank
                .sql(
                        "UPDATE verzeichnisperson SET beendet = CASE WHEN ? THEN now() END WHERE mandant_id = ? AND person_id = ? AND art = ?")
                .params(ende, mandant(), person, art.name())
                .update();
    }

    private static final String JETZIGE =
            " AND (v.art = 'LDAP' OR EXISTS (SELECT FROM oidcanbieter o WHERE o.mandant_id = v.mandant_id AND o.aussteller = v.aussteller))";

    /** For the page: administrators first. */
    @Transactional(readOnly = true)
    public List<Zeile> zeilen() {
        return datenbank
                .sql("""
                SELECT * FROM (
                    SELECT p.id AS person, trim(p.vorname || ' ' || p.nachname) AS name, p.anmeldename, v.art, v.passwort_bleibt,
                           EXISTS (SELECT FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id AND r.kennung = 'ADMINISTRATION'
                                    WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis)) AS verwaltet
                      FROM verzeichnisperson v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.person_id
                     WHERE v.mandant_id = ? AND gilt(p.gueltig_von, p.gueltig_bis)""" + JETZIGE + """
                     ) z
                 ORDER BY verwaltet DESC, name, person LIMIT ?""")
                .params(mandant(), GEZEIGT)
                .query(Zeile.class)
                .list();
    }

    @Transactional(readOnly = true)
    public int anzahl() {
        return datenbank
                .sql("""
                SELECT count(DISTINCT p.id) FROM verzeichnisperson v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.person_id
                 WHERE v.mandant_id = ? AND gilt(p.gueltig_von, p.gueltig_bis)""" + JETZIGE)
                .param(mandant())
                .query(Integer.class)
                .single();
    }

    /** Whether an administrator's own password goes on to open. */
    @Transactional
    public void lassePasswort(Anmeldung wer, UUID person, boolean bleibt) {
        int gesetzt = datenbank
                .sql("""
                UPDATE verzeichnisperson v SET passwort_bleibt = :bleibt WHERE v.mandant_id = :m AND v.person_id = :person AND (NOT :bleibt OR EXISTS (
                    SELECT FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id AND r.kennung = 'ADMINISTRATION'
                     WHERE b.mandant_id = :m AND b.person_id = :person AND gilt(b.gueltig_von, b.gueltig_bis)))""")
                .param("bleibt", bleibt)
                .param("m", mandant())
                .param("person", person)
                .update();
        if (gesetzt == 0)
            throw new NichtGefunden("Diese Person gibt es nicht, oder sie gehört nicht zur Administration.");
        protokoll.schreibe(
                wer.pseudonym(), "person.passwort_bleibt", person, null, Map.of("bleibt", String.valueOf(bleibt)));
    }
}
