package de.federwerk.berechtigung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Rechtestand;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Resolves grants to a {@link Sicht}, and takes new ones. A change is effective with the next click. */
@Component
public class Berechtigungen {

    /** Bounds the memory of resolved Sichten; the least recently used goes first. */
    private static final int GEMERKT = 2_000;

    private record Schluessel(UUID mandant, UUID person, Recht recht) {}

    /** What somebody may do, and where tasks come in: as those of the Sicht, but also of somebody whose rights have ended. */
    public record Zugang(Sicht sicht, List<Postfach> faecher) {}

    private record Gemerkt(Zugang zugang, Instant bis) {}

    /** @param gilt as this transaction began with; one that has changed rights itself may never commit them: what it resolves is not remembered */
    private record Stand(long stand, boolean gilt) {}

    private final JdbcClient datenbank;
    private final DataSource quelle;
    private final Map<Schluessel, Gemerkt> gemerkt = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Schluessel, Gemerkt> aeltester) {
            return size() > GEMERKT;
        }
    };

    Berechtigungen(JdbcClient datenbank, DataSource quelle) {
        this.datenbank = datenbank;
        this.quelle = quelle;
    }

    /** What {@code person} may do at {@code recht} or above; resolved once per state of the rights, then remembered. */
    @Transactional(readOnly = true)
    public Sicht sicht(UUID person, Recht recht) {
        return zugang(person, recht).sicht;
    }

    /** The same with the Vorgänge of this moment's tasks among its own, for what is not asked of the database. */
    @Transactional(readOnly = true)
    public Sicht mitAufgaben(Sicht sicht) {
        return sicht.mit(datenbank
                .sql(Sicht.AUFGABEN)
                .params(sicht.parameter())
                .query(UUID.class)
                .list());
    }

    /** Whether a Sicht opens the Vorgang with these coordinates. The database is asked only where the Schutzbereich is shut. */
    @Transactional(readOnly = true)
    public boolean reicht(Sicht sicht, int schutzbereich, UUID vorgang, UUID akte) {
        return sicht.offen(schutzbereich, akte)
                || datenbank
                        .sql(
                                "SELECT " + sicht.aufVorgang("v")
                                        + " FROM (VALUES (CAST(:bereich AS int), CAST(:vorgang AS uuid), CAST(:akte AS uuid))) v (schutzbereich_id, id, akte_id)")
                        .param("bereich", schutzbereich)
                        .param("vorgang", vorgang)
                        .param("akte", akte)
                        .params(sicht.parameter())
                        .query(Boolean.class)
                        .single();
    }

    /** Whose tasks come to this person: own, those of own Stellen and units, and those of whoever is represented today. */
    @Transactional(readOnly = true)
    public List<Postfach> postfaecher(UUID person) {
        return zugang(person, Recht.LESEN).faecher;
    }

    /** Both at once. */
    @Transactional(readOnly = true)
    public Zugang zugang(UUID person, Recht recht) {
        var schluessel = new Schluessel(mandant(), person, recht);
        // The number is read before the grants: if they change in between, the Sicht is only newer than its number.
        var stand = stand();
        synchronized (gemerkt) {
            var bekannt = gemerkt.get(schluessel);
            if (bekannt != null
                    && bekannt.zugang.sicht.stand() == stand.stand
                    && Instant.now().isBefore(bekannt.bis)) {
                return bekannt.zugang;
            }
        }
        var faecher = faecher(person);
        var neu = new Gemerkt(new Zugang(aufloesen(person, recht, faecher, stand.stand), faecher), naechsteGrenze());
        if (stand.gilt) {
            synchronized (gemerkt) {
                gemerkt.put(schluessel, neu);
            }
        }
        return neu.zugang;
    }

    private List<Postfach> faecher(UUID person) {
        return datenbank
                .sql("""
                WITH RECURSIVE vertretene (person_id, persoenliches) AS (
                    SELECT CAST(:person AS uuid), true
                    UNION SELECT v.person_id, t.persoenliches AND v.persoenliches
                      FROM vertretene t JOIN vertretung v ON v.mandant_id = :m AND v.vertreter_id = t.person_id
                     WHERE heute() BETWEEN v.von AND v.bis AND v.beendet IS NULL),
                je AS (SELECT person_id, bool_or(persoenliches) AS persoenliches FROM vertretene GROUP BY person_id),
                stellen AS (
                    SELECT b.person_id, s.id, s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                      JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                     WHERE b.mandant_id = :m AND b.person_id IN (SELECT person_id FROM je)
                       AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis))
                SELECT person_id AS subjekt, 'person' AS art, person_id AS person, persoenliches FROM je
                UNION ALL SELECT s.id, 'stelle', s.person_id, j.persoenliches FROM stellen s JOIN je j ON j.person_id = s.person_id
                UNION ALL SELECT DISTINCT s.einheit_id, 'einheit', s.person_id, true FROM stellen s WHERE s.person_id = :person""")
                .param("m", mandant())
                .param("person", person)
                .query(Postfach.class)
                .list();
    }

    /**
     * What a task lets its people see, as long as it is open.
     *
     * @param empfaenger Person, Stelle or Einheit
     * @param persoenlich not for deputies who do not stand in for personal matters, too
     */
    public record Leihe(UUID aufgabe, UUID vorgang, UUID empfaenger, Recht recht, boolean persoenlich) {}

    /** Tasks come and go: what the one let people see is over, the others let see from now on. One of both stays as it is. */
    @Transactional
    public void wechsle(Collection<UUID> vorbei, Collection<Leihe> neue) {
        if (vorbei.isEmpty() && neue.isEmpty()) {
            return;
        }
        datenbank
                .sql("""
                WITH neue AS MATERIALIZED (
                    SELECT * FROM unnest(CAST(:aufgaben AS uuid[]), CAST(:vorgaenge AS uuid[]), CAST(:empfaenger AS uuid[]), CAST(:rechte AS smallint[]), CAST(:persoenlich AS boolean[]))
                        AS t (aufgabe_id, vorgang_id, subjekt_id, recht, persoenlich)),
                vorbei AS (
                    DELETE FROM aufgabenrecht a WHERE a.mandant_id = :m AND a.aufgabe_id = ANY (CAST(:vorbei AS uuid[]))
                       AND NOT EXISTS (SELECT FROM neue n WHERE n.aufgabe_id = a.aufgabe_id AND n.subjekt_id = a.subjekt_id))
                INSERT INTO aufgabenrecht (mandant_id, aufgabe_id, vorgang_id, subjekt_id, recht, persoenlich) SELECT :m, n.* FROM neue n
                ON CONFLICT DO NOTHING""")
                .param("m", mandant())
                .param("vorbei", feld(vorbei, id -> id))
                .param("aufgaben", feld(neue, Leihe::aufgabe))
                .param("vorgaenge", feld(neue, Leihe::vorgang))
                .param("empfaenger", feld(neue, Leihe::empfaenger))
                .param("rechte", feld(neue, l -> l.recht.ordinal()))
                .param("persoenlich", feld(neue, Leihe::persoenlich))
                .update();
    }

    private static <T> String feld(Collection<T> werte, Function<T, Object> je) {
        return werte.stream().map(w -> je.apply(w).toString()).collect(Collectors.joining(",", "{", "}"));
    }

    /** Id of a Schutzbereich with this coordinate; makes one if none exists. Two at once may make two: they mean the same. */
    @Transactional
    public int schutzbereich(@Nullable UUID planKnoten, @Nullable UUID einheit, int stufe, @Nullable UUID sonder) {
        return datenbank
                .sql("""
                SELECT id FROM schutzbereich
                 WHERE mandant_id = :m AND %s AND %s AND stufe = :stufe AND %s
                 ORDER BY id LIMIT 1""".formatted(
                                gleich("plan_knoten", planKnoten, "plan"),
                                gleich("einheit_id", einheit, "einheit"),
                                gleich("sonder_id", sonder, "sonder")))
                .param("m", mandant())
                .param("plan", planKnoten, java.sql.Types.OTHER)
                .param("einheit", einheit, java.sql.Types.OTHER)
                .param("stufe", stufe)
                .param("sonder", sonder, java.sql.Types.OTHER)
                .query(Integer.class)
                .optional()
                .orElseGet(() -> datenbank
                        .sql(
                                "INSERT INTO schutzbereich (mandant_id, plan_knoten, einheit_id, stufe, sonder_id) VALUES (?, ?, ?, ?, ?) RETURNING id")
                        .param(mandant())
                        .param(planKnoten)
                        .param(einheit)
                        .param(stufe)
                        .param(sonder)
                        .query(Integer.class)
                        .single());
    }

    /** No index serves IS NOT DISTINCT FROM: all 50,000 would be read for each new Akte. */
    private static String gleich(String spalte, @Nullable UUID wert, String parameter) {
        return wert == null ? spalte + " IS NULL" : spalte + " = :" + parameter;
    }

    /** As {@link #gebeFrei(UUID, String, Subjekt, UUID, Ziel, UUID, Recht)}, by the program, where a town begins and nobody is there yet who could. */
    @Transactional
    public void gebeFrei(Subjekt subjekt, UUID subjektId, Ziel ziel, UUID zielId, Recht recht) {
        gebeFrei(null, "bei der Gründung", subjekt, subjektId, ziel, zielId, recht);
    }

    /**
     * Grants {@code recht} to a subject on a target and everything below it, from now on.
     *
     * @param wer the person whose act it is; null: the program's
     * @param grund by what occasion: stands in the list of Freigaben
     */
    @Transactional
    public void gebeFrei(
            @Nullable UUID wer, String grund, Subjekt subjekt, UUID subjektId, Ziel ziel, UUID zielId, Recht recht) {
        datenbank
                .sql(
                        "INSERT INTO freigabe (mandant_id, id, subjekt_art, subjekt_id, ziel_art, ziel_id, recht, grund, angelegt_von) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(mandant())
                .param(Kennung.neu())
                .param(subjekt.art)
                .param(subjektId)
                .param(ziel.art)
                .param(zielId)
                .param(recht.ordinal())
                .param(grund)
                .param(wer)
                .update();
    }

    /** Who can be granted something. */
    public enum Subjekt {
        PERSON("person"),
        STELLE("stelle"),
        EINHEIT("einheit"),
        ROLLE("rolle");

        final String art;

        Subjekt(String art) {
            this.art = art;
        }
    }

    /** On what: a subtree of the Aktenplan, a subtree of units, or one Sonderbereich. */
    public enum Ziel {
        PLAN("plan"),
        EINHEIT("einheit"),
        SONDER("sonder");

        final String art;

        Ziel(String art) {
            this.art = art;
        }
    }

    private Stand stand() {
        var zuBeginn = Rechtestand.zuBeginn(quelle);
        if (zuBeginn.isPresent() && TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            return new Stand(zuBeginn.getAsLong(), true);
        }
        return datenbank
                .sql("SELECT stand FROM rechte_stand WHERE mandant_id = ?")
                .param(mandant())
                .query(Long.class)
                .optional()
                .map(stand -> new Stand(stand, zuBeginn.equals(OptionalLong.of(stand))))
                .orElse(new Stand(0, false));
    }

    private Sicht aufloesen(UUID person, Recht recht, List<Postfach> faecher, long stand) {
        var ermaechtigung = datenbank
                .sql(
                        // The Notfallkonto administers and reads no file, whatever anybody grants it.
                        "SELECT ermaechtigung FROM person WHERE mandant_id = ? AND id = ? AND art <> 'notfall' AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), person)
                .query(Integer.class)
                .optional();
        if (ermaechtigung.isEmpty()) {
            return new Sicht(mandant(), person, recht, -1, Set.of(), Set.of(), Set.of(), Set.of(), List.of(), stand);
        }
        return new Sicht(
                mandant(),
                person,
                recht,
                ermaechtigung.get(),
                bereiche(person, recht, ermaechtigung.get()),
                ids(
                        "SELECT vorgang_id FROM einzelfreigabe WHERE vorgang_id IS NOT NULL AND recht >= :recht AND",
                        person,
                        recht),
                ids(
                        "SELECT akte_id FROM einzelfreigabe WHERE akte_id IS NOT NULL AND recht >= :recht AND",
                        person,
                        recht),
                ids("SELECT akte_id FROM ausschluss WHERE :recht >= 0 AND", person, recht),
                faecher,
                stand);
    }

    private Set<UUID> ids(String auswahl, UUID person, Recht recht) {
        return new HashSet<>(datenbank
                .sql(auswahl + " mandant_id = :m AND person_id = :person AND gilt(gueltig_von, gueltig_bis)")
                .param("m", mandant())
                .param("person", person)
                .param("recht", recht.ordinal())
                .query(UUID.class)
                .list());
    }

    /** S. A grant on a node reaches everything below it; whom it is for, says {@link Gemeinte}. */
    private Set<Integer> bereiche(UUID person, Recht recht, int ermaechtigung) {
        return new HashSet<>(datenbank
                .sql("""
                WITH RECURSIVE
                %s,
                ziele AS (
                    SELECT DISTINCT ziel_art, ziel_id FROM freigabe
                     WHERE mandant_id = :m AND subjekt_id IN (SELECT id FROM subjekte) AND recht >= :recht AND gilt(gueltig_von, gueltig_bis)),
                plan AS (
                    SELECT ziel_id AS id FROM ziele WHERE ziel_art = 'plan'
                    UNION SELECT k.id FROM planknoten k JOIN plan p ON k.mandant_id = :m AND k.ueber_id = p.id),
                amt AS (
                    SELECT ziel_id AS id FROM ziele WHERE ziel_art = 'einheit'
                    UNION SELECT e.id FROM einheit e JOIN amt a ON e.mandant_id = :m AND e.ueber_id = a.id)
                SELECT id FROM schutzbereich
                 WHERE mandant_id = :m AND stufe <= :ermaechtigung
                   AND CASE WHEN sonder_id IS NULL
                            THEN plan_knoten IN (SELECT id FROM plan) OR einheit_id IN (SELECT id FROM amt)
                            ELSE sonder_id IN (SELECT ziel_id FROM ziele WHERE ziel_art = 'sonder') END""".formatted(Gemeinte.subjekte("= :person")))
                .param("m", mandant())
                .param("person", person)
                .param("recht", recht.ordinal())
                .param("ermaechtigung", ermaechtigung)
                .query(Integer.class)
                .list());
    }

    /** When the next grant begins or ends: until then the resolved Sicht cannot change by time alone. */
    private Instant naechsteGrenze() {
        return datenbank
                .sql("""
                SELECT min(grenze) FROM (
                    SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) AS grenze FROM freigabe WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM einzelfreigabe WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM ausschluss WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM person WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM stelle WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM stellenbesetzung WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM rollenbesetzung WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM rolle WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[gueltig_von, gueltig_bis]) FROM einheit WHERE mandant_id = :m
                    UNION ALL SELECT unnest(ARRAY[von, bis + 1]::timestamp[]) AT TIME ZONE 'Europe/Berlin' FROM vertretung WHERE mandant_id = :m) g
                 WHERE grenze > now()""")
                .param("m", mandant())
                .query((zeile, nr) -> {
                    var grenze = zeile.getTimestamp(1);
                    return grenze == null ? Instant.MAX : grenze.toInstant();
                })
                .single();
    }
}
