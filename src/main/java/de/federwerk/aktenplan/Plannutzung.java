package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.Aktenplan.Knoten;
import de.federwerk.basis.Einmal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** How the plan is used, counted on demand and kept: how many Akten, how recent, how alike; and how it would look with fewer levels. */
@Component
class Plannutzung {

    /** Titles looked at of one position, the newest ones. */
    private static final int TITEL = 60;

    static final int SELTEN = 5;
    static final int AEHNLICH = 60;
    private static final UUID ZAEHLUNG = new UUID(0, 241);

    /**
     * One position with its numbers.
     *
     * @param neue Akten made in the five years before the count
     * @param gleichartig how alike its titles are, in percent; null with fewer than two
     * @param nachbar the sibling most like it
     */
    record Nutzung(
            Knoten knoten,
            long offen,
            long zda,
            long neue,
            @Nullable Instant juengste,
            @Nullable Instant geaendert,
            @Nullable Integer gleichartig,
            @Nullable Knoten nachbar,
            @Nullable Integer aehnlich) {

        boolean selten() {
            return knoten.blatt() && neue < SELTEN;
        }

        boolean doppelt() {
            return aehnlich != null && aehnlich >= AEHNLICH && offen + zda > 1;
        }
    }

    private record Zahlen(
            UUID knotenId,
            long offen,
            long zda,
            long neue,
            @Nullable Instant juengste,
            @Nullable Instant geaendert,
            @Nullable Integer gleichartig,
            @Nullable UUID aehnlichId,
            @Nullable Integer aehnlich) {}

    /** One position that collapses into another one. @param hinweis what is lost by it, empty if nothing */
    record Zusammenlegung(Knoten alt, Knoten neu, long akten, String hinweis) {}

    private final JdbcClient datenbank;
    private final Planwerk werk;
    private final Einmal einmal;
    private final JsonMapper json = JsonMapper.shared();

    Plannutzung(JdbcClient datenbank, Planwerk werk, Einmal einmal) {
        this.datenbank = datenbank;
        this.werk = werk;
        this.einmal = einmal;
    }

    /** When it was counted; empty if never. */
    @Transactional(readOnly = true)
    public Optional<Instant> gezaehlt() {
        return datenbank
                .sql("SELECT gezaehlt FROM planbuch WHERE mandant_id = ? AND gezaehlt IS NOT NULL")
                .param(mandant())
                .query((z, nr) -> z.getTimestamp(1).toInstant())
                .optional();
    }

    /** Counts anew. Of two at the same moment the second takes what the first has counted. */
    @Transactional
    public void zaehle() {
        einmal.warte(ZAEHLUNG);
        if (gezaehlt().filter(z -> z.isAfter(Instant.now().minusSeconds(5))).isPresent()) {
            return;
        }
        var aehnlichkeit = new Titelaehnlichkeit();
        datenbank.sql("""
                SELECT k.id, a.titel FROM planknoten k CROSS JOIN LATERAL (
                    SELECT titel FROM akte a WHERE a.mandant_id = k.mandant_id AND a.planknoten_id = k.id ORDER BY ordnung DESC, id DESC LIMIT :titel) a
                 WHERE k.mandant_id = :m""").param("m", mandant()).param("titel", TITEL).query(z -> {
            aehnlichkeit.nimm(z.getObject(1, UUID.class), z.getString(2));
        });
        aehnlichkeit.rechne();
        var bild = werk.bild();
        var nachbarn = new HashMap<UUID, Titelaehnlichkeit.Nachbar>();
        var gruppen = new HashMap<Optional<UUID>, List<UUID>>();
        bild.alle().stream()
                .filter(Position::gilt)
                .forEach(p -> gruppen.computeIfAbsent(Optional.ofNullable(p.ueberId()), u -> new ArrayList<>())
                        .add(p.id()));
        gruppen.values().forEach(g -> nachbarn.putAll(aehnlichkeit.naechste(g)));
        datenbank
                .sql("DELETE FROM plannutzung WHERE mandant_id = ?")
                .param(mandant())
                .update();
        datenbank
                .sql("""
                WITH a AS (SELECT planknoten_id, id, stand, angelegt FROM akte WHERE mandant_id = :m),
                     zahl AS (SELECT planknoten_id, count(*) FILTER (WHERE stand <> 'zda') AS offen, count(*) FILTER (WHERE stand = 'zda') AS zda,
                                     count(*) FILTER (WHERE angelegt > now() - interval '5 years') AS neue, max(angelegt) AS juengste FROM a GROUP BY 1),
                     zuletzt AS (SELECT a.planknoten_id, max(v.geaendert) AS geaendert FROM vorgang v JOIN a ON a.id = v.akte_id WHERE v.mandant_id = :m GROUP BY 1)
                INSERT INTO plannutzung (mandant_id, knoten_id, offen, zda, neue, juengste, geaendert, gleichartig, aehnlich_id, aehnlich)
                SELECT :m, k.id, coalesce(z.offen, 0), coalesce(z.zda, 0), coalesce(z.neue, 0), z.juengste, greatest(z.juengste, u.geaendert), t.innen, t.nachbar, t.prozent
                  FROM planknoten k LEFT JOIN zahl z ON z.planknoten_id = k.id LEFT JOIN zuletzt u ON u.planknoten_id = k.id
                  LEFT JOIN jsonb_to_recordset(CAST(:titel AS jsonb)) AS t(id uuid, innen smallint, nachbar uuid, prozent smallint) ON t.id = k.id
                 WHERE k.mandant_id = :m""")
                .param("m", mandant())
                .param(
                        "titel",
                        json.writeValueAsString(bild.alle().stream()
                                .map(p -> titel(p.id(), aehnlichkeit, nachbarn.get(p.id())))
                                .filter(Objects::nonNull)
                                .toList()))
                .update();
        datenbank
                .sql(
                        "INSERT INTO planbuch (mandant_id, gezaehlt) VALUES (?, now()) ON CONFLICT (mandant_id) DO UPDATE SET gezaehlt = now()")
                .param(mandant())
                .update();
    }

    private record Titel(
            UUID id,
            @Nullable Integer innen,
            @Nullable UUID nachbar,
            @Nullable Integer prozent) {}

    private static @Nullable Titel titel(
            UUID id, Titelaehnlichkeit aehnlichkeit, Titelaehnlichkeit.@Nullable Nachbar nachbar) {
        var innen = aehnlichkeit.innen(id);
        return innen == null && nachbar == null
                ? null
                : new Titel(
                        id, innen, nachbar == null ? null : nachbar.id(), nachbar == null ? null : nachbar.prozent());
    }

    /** Every valid position as it was counted, in the order of the plan; those made since have zeros. */
    @Transactional(readOnly = true)
    public List<Nutzung> alle() {
        var zahlen = new HashMap<UUID, Zahlen>();
        datenbank
                .sql(
                        "SELECT knoten_id, offen, zda, neue, juengste, geaendert, gleichartig, aehnlich_id, aehnlich FROM plannutzung WHERE mandant_id = :m")
                .param("m", mandant())
                .query((z, nr) -> new Zahlen(
                        z.getObject("knoten_id", UUID.class),
                        z.getLong("offen"),
                        z.getLong("zda"),
                        z.getLong("neue"),
                        zeit(z.getTimestamp("juengste")),
                        zeit(z.getTimestamp("geaendert")),
                        z.getObject("gleichartig", Integer.class),
                        z.getObject("aehnlich_id", UUID.class),
                        z.getObject("aehnlich", Integer.class)))
                .list()
                .forEach(z -> zahlen.put(z.knotenId, z));
        var knoten = werk.bild().knoten();
        Map<UUID, Knoten> nachId = new HashMap<>();
        knoten.forEach(k -> nachId.put(k.id(), k));
        return knoten.stream()
                .map(k -> {
                    var z = zahlen.get(k.id());
                    return z == null
                            ? new Nutzung(k, 0, 0, 0, null, null, null, null, null)
                            : new Nutzung(
                                    k,
                                    z.offen,
                                    z.zda,
                                    z.neue,
                                    z.juengste,
                                    z.geaendert,
                                    z.gleichartig,
                                    z.aehnlichId == null ? null : nachId.get(z.aehnlichId),
                                    z.aehnlich);
                })
                .toList();
    }

    private static @Nullable Instant zeit(@Nullable Timestamp zeit) {
        return zeit == null ? null : zeit.toInstant();
    }

    /** Which positions collapse into which, if the plan had only so many levels; the Akten as they are counted all the time. */
    @Transactional(readOnly = true)
    public List<Zusammenlegung> kuerze(int ebenen) {
        var akten = werk.akten();
        var oben = new HashMap<UUID, Knoten>();
        var ergebnis = new ArrayList<Zusammenlegung>();
        for (var k : werk.bild().knoten()) {
            if (k.ebene() <= ebenen) {
                oben.put(k.id(), k);
            } else {
                // Each comes after the one above it: that one knows already where it goes.
                var ziel = Objects.requireNonNull(oben.get(Objects.requireNonNull(k.ueberId())));
                oben.put(k.id(), ziel);
                ergebnis.add(new Zusammenlegung(k, ziel, akten.getOrDefault(k.id(), 0L), hinweis(k, ziel)));
            }
        }
        return ergebnis;
    }

    private static String hinweis(Knoten alt, Knoten neu) {
        return alt.frist().equals(neu.frist())
                ? ""
                : "Aufbewahrung weicht ab: " + alt.frist() + " statt " + neu.frist();
    }
}
