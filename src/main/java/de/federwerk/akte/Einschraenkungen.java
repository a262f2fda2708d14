package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What lies under an Einschränkung der Verarbeitung (Art. 18 DSGVO), of its own or of what it lies in. Triggers refuse every change of it; this says so
 * before, and on pages. Whoever gives something of an Akte out of the house asks {@link #verlangeFrei} first. Knows nothing of rights.
 */
@Component
public class Einschraenkungen {

    /**
     * One that is in force.
     *
     * @param ausnahmeBis until when it is processed all the same, with {@code ausnahme} and {@code ausnahmeVon}; null: it is not
     */
    public record Einschraenkung(
            UUID id,
            String art,
            UUID objektId,
            Einschraenkungsgrund grund,
            Instant gesetzt,
            @Nullable LocalDate ausnahmeBis,
            @Nullable String ausnahme,
            @Nullable String ausnahmeVon) {

        /** What is restricted, as a page calls it. */
        public String was() {
            return switch (art) {
                case "akte" -> "der ganzen Akte";
                case "vorgang" -> "dieses Vorgangs";
                default -> "dieses Dokuments";
            };
        }

        public boolean sperrt() {
            return ausnahmeBis == null;
        }

        public String seite() {
            return "/datenschutz/einschraenkungen/" + id;
        }
    }

    private final JdbcClient datenbank;

    Einschraenkungen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Those over a thing: named are it and what it lies in; of a Dokument count those of what it is an Anlage of. Whoever asks has seen the thing. */
    @Transactional(readOnly = true)
    public List<Einschraenkung> ueber(@Nullable UUID... dinge) {
        return datenbank
                .sql("""
                SELECT e.id, e.art, e.objekt_id, e.grund, e.gesetzt, a.bis AS ausnahme_bis, a.begruendung AS ausnahme, trim(p.vorname || ' ' || p.nachname) AS ausnahme_von
                  FROM einschraenkung e
                  LEFT JOIN LATERAL (SELECT bis, begruendung, geoeffnet_von FROM einschraenkung_ausnahme a
                                      WHERE a.mandant_id = e.mandant_id AND a.einschraenkung_id = e.id AND a.beendet IS NULL AND a.bis >= heute()
                                      ORDER BY a.bis DESC LIMIT 1) a ON true
                  LEFT JOIN person p ON p.mandant_id = e.mandant_id AND p.id = a.geoeffnet_von
                 WHERE e.mandant_id = :m AND e.aufgehoben IS NULL AND e.objekt_id IN (SELECT unnest(einschraenkung_kette(:m, CAST(:dinge AS uuid[]))))
                 ORDER BY e.gesetzt, e.id""")
                .param("m", mandant())
                .param("dinge", feld(Stream.of(dinge)))
                .query(Einschraenkung.class)
                .list();
    }

    /** Which of these Akten, Vorgänge and Dokumente lie under one, for lists; that a thing does is known to whoever sees the thing. */
    @Transactional(readOnly = true)
    public Set<UUID> unter(Collection<UUID> dinge) {
        if (dinge.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(datenbank
                .sql("""
                SELECT i.id FROM unnest(CAST(:dinge AS uuid[])) i (id)
                 WHERE EXISTS (SELECT FROM einschraenkung e WHERE e.mandant_id = :m AND e.aufgehoben IS NULL)
                   AND EXISTS (SELECT FROM einschraenkung e WHERE e.mandant_id = :m AND e.aufgehoben IS NULL
                                  AND e.objekt_id IN (SELECT unnest(einschraenkung_darueber(:m, ARRAY[i.id]))))""")
                .param("m", mandant())
                .param("dinge", feld(dinge.stream()))
                .query(UUID.class)
                .list());
    }

    /** Which of these may not be changed or given away; those with an exception may. For acts upon many, of which the others go on. */
    @Transactional(readOnly = true)
    public Set<UUID> gesperrt(Collection<UUID> dinge) {
        if (dinge.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(datenbank
                .sql("""
                SELECT i.id FROM unnest(CAST(:dinge AS uuid[])) i (id)
                 WHERE EXISTS (SELECT FROM einschraenkung e WHERE e.mandant_id = :m AND e.aufgehoben IS NULL)
                   AND einschraenkung_hindert(:m, ARRAY[i.id]) IS NOT NULL""")
                .param("m", mandant())
                .param("dinge", feld(dinge.stream()))
                .query(UUID.class)
                .list());
    }

    /** Why nothing of this may be changed or given away; empty if nothing hinders. */
    @Transactional(readOnly = true)
    public Optional<String> hindert(@Nullable UUID... dinge) {
        return datenbank
                .sql(
                        "SELECT einschraenkung_hindert(:m, CAST(:dinge AS uuid[])) WHERE EXISTS (SELECT FROM einschraenkung"
                                + " WHERE mandant_id = :m AND aufgehoben IS NULL)")
                .param("m", mandant())
                .param("dinge", feld(Stream.of(dinge)))
                .query((z, nr) -> Optional.ofNullable(z.getString(1)))
                .optional()
                .flatMap(o -> o);
    }

    /**
     * @param dinge things; what they lie in is found
     * @throws Abgelehnt (KONFLIKT) if its processing is restricted and nobody has put on record why it goes on
     */
    @Transactional(readOnly = true)
    public void verlangeFrei(@Nullable UUID... dinge) {
        hindert(dinge).ifPresent(warum -> {
            throw Abgelehnt.konflikt(warum);
        });
    }

    private static String feld(Stream<@Nullable UUID> dinge) {
        return dinge.filter(d -> d != null).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
