package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.gesicht.Betrachter;
import de.federwerk.protokoll.Protokoll;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Persons, their roles and passwords. */
@Component
public class Personen {

    /** The order of the list of persons. */
    static final Ordnung NACH_NAMEN =
            Ordnung.auf(Ordnung.text("nachname"), Ordnung.text("vorname"), Ordnung.kennung("id"));

    private static final SecureRandom ZUFALL = new SecureRandom();
    /** Without letters and digits that look alike: somebody reads it from paper once. */
    private static final String ZEICHEN = "abcdefghkmnpqrstuvwxyz23456789";

    private final JdbcClient datenbank;
    private final Protokoll protokoll;
    private final PasswordEncoder passwoerter;
    private final ApplicationEventPublisher ereignisse;

    Personen(
            JdbcClient datenbank,
            Protokoll protokoll,
            PasswordEncoder passwoerter,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
        this.passwoerter = passwoerter;
        this.ereignisse = ereignisse;
    }

    /**
     * What a page must know about who looks at it, as of now.
     *
     * @param faktorFehlt the town demands a second factor and the person has none
     * @param vertritt whether the person stands in for somebody today
     * @param ungelesen Meldungen, counted to one more than {@link Betrachter#MELDUNGEN_BIS}
     * @param entwuerfe forms for which there is a draft, to one more than {@link Betrachter#ENTWUERFE_BIS}
     */
    public record Profil(
            String name,
            String mandantName,
            String thema,
            boolean tastenkuerzel,
            boolean passwortZuAendern,
            boolean faktorFehlt,
            boolean vertritt,
            Set<String> rollen,
            int ungelesen,
            List<String> entwuerfe) {

        static final String MEINE_ANMELDUNG = "/anmeldung";

        /** The page the person must see to before anything else. */
        public Optional<String> zuerst() {
            return passwortZuAendern
                    ? Optional.of("/passwort")
                    : faktorFehlt ? Optional.of(MEINE_ANMELDUNG) : Optional.empty();
        }

        public boolean hat(Rolle rolle) {
            return rollen.contains(rolle.name());
        }
    }

    /** A line of the list of persons. */
    public record Zeile(
            UUID id,
            String anmeldename,
            String name,
            @Nullable String einheiten,
            @Nullable String rollen,
            boolean gueltig,
            boolean technisch,
            String nachname,
            String vorname) {}

    /** Under which id the Protokoll names this person, also after they have left. */
    @Transactional(readOnly = true)
    public UUID pseudonym(UUID person) {
        return datenbank
                .sql("SELECT pseudonym FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant(), person)
                .query(UUID.class)
                .single();
    }

    /** Empty when the person is no longer valid, or the town was ended: the session must end. */
    @Transactional(readOnly = true)
    public Optional<Profil> profil(UUID person) {
        return datenbank
                .sql("""
                SELECT trim(p.vorname || ' ' || p.nachname) AS name, m.name AS mandant_name, coalesce(e.thema, '') AS thema,
                       coalesce(e.tastenkuerzel, true) AS tastenkuerzel, coalesce(z.zu_aendern, false) AS zu_aendern,
                       p.art = 'mensch'
                       AND EXISTS (SELECT FROM faktorpflicht f WHERE f.mandant_id = p.mandant_id AND (f.rolle = '' OR f.rolle IN (
                             SELECT r.kennung FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                              WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis))))
                       AND NOT EXISTS (SELECT FROM zweiter_faktor f WHERE f.mandant_id = p.mandant_id AND f.person_id = p.id AND f.geheimnis IS NOT NULL)
                       AND NOT EXISTS (SELECT FROM passkey k WHERE k.mandant_id = p.mandant_id AND k.person_id = p.id) AS faktor_fehlt,
                       EXISTS (SELECT FROM vertretung v WHERE v.mandant_id = p.mandant_id AND v.vertreter_id = p.id
                                  AND heute() BETWEEN v.von AND v.bis AND v.beendet IS NULL) AS vertritt,
                       ARRAY(SELECT r.kennung FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                              WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis)
                                -- The house belongs to its first town: an administrator of another one cannot give it to himself.
                                AND (r.kennung <> 'HAUSVERWALTUNG' OR NOT EXISTS (SELECT FROM mandant a WHERE (a.angelegt, a.id) < (m.angelegt, m.id)))) AS rollen,
                       -- The bell stands on every page: here it costs a look into one index, as a statement of its own a way to the database.
                       (SELECT count(*) FROM (SELECT FROM meldung u WHERE u.mandant_id = p.mandant_id AND u.person_id = p.id AND u.neu = 1 LIMIT ?) u) AS ungelesen,
                       -- Likewise: so a page asks for a draft only where there is one.
                       ARRAY(SELECT d.schluessel FROM entwurf d WHERE d.mandant_id = p.mandant_id AND d.person_id = p.id LIMIT ?) AS entwuerfe
                  FROM person p JOIN mandant m ON m.id = p.mandant_id
                  LEFT JOIN einstellung e ON e.mandant_id = p.mandant_id AND e.person_id = p.id
                  LEFT JOIN zugang z ON z.mandant_id = p.mandant_id AND z.person_id = p.id
                 WHERE p.mandant_id = ? AND p.id = ? AND gilt(p.gueltig_von, p.gueltig_bis) AND gilt(m.gueltig_von, m.gueltig_bis)""")
                .params(Betrachter.MELDUNGEN_BIS + 1, Betrachter.ENTWUERFE_BIS + 1, mandant(), person)
                .query((zeile, nr) -> new Profil(
                        zeile.getString("name"),
                        zeile.getString("mandant_name"),
                        zeile.getString("thema"),
                        zeile.getBoolean("tastenkuerzel"),
                        zeile.getBoolean("zu_aendern"),
                        zeile.getBoolean("faktor_fehlt"),
                        zeile.getBoolean("vertritt"),
                        Set.copyOf(List.of((String[]) zeile.getArray("rollen").getArray())),
                        zeile.getInt("ungelesen"),
                        List.of((String[]) zeile.getArray("entwuerfe").getArray())))
                .optional();
    }

    /** @throws Abgelehnt (RECHT) if the person does not have the role now */
    @Transactional(readOnly = true)
    public void verlange(UUID person, Rolle... eine) {
        var profil = profil(person);
        for (var rolle : eine) {
            if (profil.isPresent() && profil.get().hat(rolle)) {
                return;
            }
        }
        throw Abgelehnt.recht("Dafür brauchen Sie die Rolle „" + eine[0].bezeichnung()
                + "“. Bitte wenden Sie sich an Ihre Administration.");
    }

    private static final String ZEILEN = """
            SELECT p.id, p.anmeldename, trim(p.vorname || ' ' || p.nachname) AS name, gilt(p.gueltig_von, p.gueltig_bis) AS gueltig, p.art = 'technisch' AS technisch,
                   (SELECT string_agg(e.kuerzel || ' · ' || s.bezeichnung, ', ' ORDER BY e.kuerzel)
                      FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                      JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                     WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis)) AS einheiten,
                   (SELECT string_agg(r.name, ', ' ORDER BY r.name) FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                     WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis)) AS rollen,
                   p.nachname, p.vorname
              FROM person p WHERE p.mandant_id = :m AND\s""";

    @Transactional(readOnly = true)
    public Optional<Zeile> zeile(UUID person) {
        return datenbank
                .sql(ZEILEN + "p.id = :person")
                .param("m", mandant())
                .param("person", person)
                .query(Zeile.class)
                .optional();
    }

    /** Everybody, by name; for the administration. */
    @Transactional(readOnly = true)
    public Seite<Zeile> liste(Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                p -> List.of(p.nachname, p.vorname, p.id),
                (stelle, hoechstens) -> datenbank
                        .sql(ZEILEN + NACH_NAMEN.bedingung("p", stelle) + " ORDER BY " + NACH_NAMEN.folge("p", stelle)
                                + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("hoechstens", hoechstens)
                        .params(NACH_NAMEN.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahl() {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM person WHERE mandant_id = ? LIMIT ?) p")
                .params(mandant(), Anzahl.GENAU_BIS + 1)
                .query(Long.class)
                .single());
    }

    /** A person without a way to sign in yet. */
    @Transactional
    public UUID nimmAuf(
            UUID wer, String anmeldename, String vorname, String nachname, @Nullable String email, boolean technisch) {
        var id = Kennung.neu();
        datenbank
                .sql(
                        "INSERT INTO person (mandant_id, id, anmeldename, vorname, nachname, email, art, pseudonym) VALUES (?, ?, ?, ?, ?, ?, ?, gen_random_uuid())")
                .param(mandant())
                .param(id)
                .param(anmeldename)
                .param(vorname)
                .param(nachname)
                .param(email)
                .param(technisch ? "technisch" : "mensch")
                .update();
        protokoll.schreibe(
                wer,
                "person.aufgenommen",
                id,
                null,
                Map.of("anmeldename", anmeldename, "nachname", nachname, "vorname", vorname));
        return id;
    }

    /** Highest Vertraulichkeitsstufe (0–9) the person may see. */
    @Transactional
    public void ermaechtige(UUID wer, UUID person, int stufe) {
        datenbank
                .sql("UPDATE person SET ermaechtigung = ? WHERE mandant_id = ? AND id = ?")
                .params(stufe, mandant(), person)
                .update();
        protokoll.schreibe(wer, "person.ermaechtigt", person, null, Map.of("stufe", String.valueOf(stufe)));
    }

    /**
     * Gives a role; makes the role if the Mandant does not have it yet.
     *
     * @throws Abgelehnt (KONFLIKT) if the person holds the other role of the two that only together open the record of who read what
     */
    @Transactional
    public void gib(UUID wer, UUID person, Rolle rolle) {
        verlangeGetrennt(person, rolle);
        var id = rolle(rolle);
        datenbank
                .sql("INSERT INTO rollenbesetzung (mandant_id, id, rolle_id, person_id) VALUES (?, ?, ?, ?)")
                .params(mandant(), Kennung.neu(), id, person)
                .update();
        protokoll.schreibe(wer, "rolle.gegeben", person, null, Map.of("rolle", rolle.name()));
    }

    /** Two people unlock that record, never one in two roles. The trigger rollen_getrennt says the same. */
    private void verlangeGetrennt(UUID person, Rolle rolle) {
        var andere =
                rolle == Rolle.DATENSCHUTZ ? Rolle.PERSONALRAT : rolle == Rolle.PERSONALRAT ? Rolle.DATENSCHUTZ : null;
        if (andere == null) {
            return;
        }
        // Held, so that of two who give one role each the second sees what the first has given.
        datenbank
                .sql("SELECT id FROM person WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), person)
                .query(UUID.class)
                .optional();
        boolean hat = datenbank
                .sql("""
                SELECT EXISTS (SELECT FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                  WHERE b.mandant_id = ? AND b.person_id = ? AND r.kennung = ? AND (b.gueltig_bis IS NULL OR b.gueltig_bis > now()))""")
                .params(mandant(), person, andere.name())
                .query(Boolean.class)
                .single();
        if (hat) {
            throw Abgelehnt.konflikt(
                    ("Wer „%s“ ist, kann nicht auch „%s“ sein: Das Leseprotokoll öffnen nur zwei verschiedene Menschen"
                                    + " gemeinsam. Es wurde nichts geändert.")
                            .formatted(andere.bezeichnung(), rolle.bezeichnung()));
        }
    }

    /** The Mandant's id of one of the program's own roles, e.g. as the subject of a Freigabe. */
    @Transactional
    public UUID rolle(Rolle rolle) {
        datenbank
                .sql(
                        "INSERT INTO rolle (mandant_id, id, kennung, name) VALUES (?, ?, ?, ?) ON CONFLICT (mandant_id, kennung) DO NOTHING")
                .params(mandant(), Kennung.neu(), rolle.name(), rolle.bezeichnung())
                .update();
        return datenbank
                .sql("SELECT id FROM rolle WHERE mandant_id = ? AND kennung = ?")
                .params(mandant(), rolle.name())
                .query(UUID.class)
                .single();
    }

    /** Who holds one of these roles now. */
    @Transactional(readOnly = true)
    public List<UUID> mitRolle(Rolle... eine) {
        return datenbank
                .sql("""
                SELECT DISTINCT b.person_id FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                 WHERE b.mandant_id = :m AND r.kennung IN (:rollen) AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis)""")
                .param("m", mandant())
                .param("rollen", Arrays.stream(eine).map(Rolle::name).toList())
                .query(UUID.class)
                .list();
    }

    /** A password for the first sign-in: 16 characters of 30, 78 bits. */
    public String anfangspasswort() {
        var zeichen = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            if (i > 0 && i % 4 == 0) {
                zeichen.append('-');
            }
            zeichen.append(ZEICHEN.charAt(ZUFALL.nextInt(ZEICHEN.length())));
        }
        return zeichen.toString();
    }

    /** @param zuAendern whether the next sign-in must choose another one */
    @Transactional
    public void setzePasswort(UUID wer, UUID person, String passwort, boolean zuAendern) {
        datenbank
                .sql("""
                SELECT p.anmeldename, p.vorname || ' ' || p.nachname AS name, m.name || ' ' || m.kuerzel AS stadt
                  FROM person p JOIN mandant m ON m.id = p.mandant_id WHERE p.mandant_id = ? AND p.id = ?""")
                .params(mandant(), person)
                .query(Passwortregel.Umfeld.class)
                .single()
                .pruefe(passwort);
        setzeHash(wer, person, passwoerter.encode(passwort), zuAendern);
    }

    /** As {@link #setzePasswort}, reckoned before: a list of new people must not hold its transaction for minutes. */
    @Transactional
    public void setzeHash(UUID wer, UUID person, @Nullable String hash, boolean zuAendern) {
        datenbank
                .sql("""
                INSERT INTO zugang (mandant_id, person_id, passwort_hash, zu_aendern) VALUES (?, ?, ?, ?)
                ON CONFLICT (mandant_id, person_id)
                DO UPDATE SET vorheriger_hash = CASE WHEN zugang.zu_aendern THEN zugang.vorheriger_hash ELSE zugang.passwort_hash END,
                              passwort_hash = excluded.passwort_hash, eigenes = true, zu_aendern = excluded.zu_aendern, fehlversuche = 0, gesperrt_bis = NULL""")
                .param(mandant())
                .param(person)
                .param(hash)
                .param(zuAendern)
                .update();
        protokoll.schreibe(wer, "passwort.gesetzt", person, null, Map.of());
        if (zuAendern) {
            ereignisse.publishEvent(new PasswortZurueckgesetzt(wer, person));
        }
    }

    /** What a password is kept as. Slow on purpose: outside of any transaction. */
    public @Nullable String hash(String passwort) {
        return passwoerter.encode(passwort);
    }

    /** Signs the person out everywhere but in one session: a password that may be known to others opens nothing any more. */
    @Transactional
    public void beendeSitzungen(UUID person, String ausser) {
        datenbank
                .sql("DELETE FROM spring_session WHERE principal_name = ? AND session_id <> ?")
                .params(person.toString(), ausser)
                .update();
    }

    @Transactional
    public void merkeEinstellung(UUID person, String thema, boolean tastenkuerzel) {
        datenbank
                .sql("""
                INSERT INTO einstellung (mandant_id, person_id, thema, tastenkuerzel) VALUES (?, ?, ?, ?)
                ON CONFLICT (mandant_id, person_id) DO UPDATE SET thema = excluded.thema, tastenkuerzel = excluded.tastenkuerzel""")
                .params(mandant(), person, Set.of("hell", "dunkel").contains(thema) ? thema : "", tastenkuerzel)
                .update();
    }
}
