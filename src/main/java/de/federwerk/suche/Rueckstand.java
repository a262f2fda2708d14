package de.federwerk.suche;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code index_rueckstand} and {@code index_stand}, always inside a transaction of one Mandant. */
@Component
class Rueckstand {

    /** One thing to index; {@code fassung} names the change that was seen. */
    record Zeile(String art, UUID id, UUID fassung, int versuche) {}

    /** What is in the index now although it had been reported as failing. */
    record Geheiltes(String art, UUID id) {}

    /** What went wrong with a row. */
    record Fehlschlag(Zeile zeile, String ursache) {}

    /** Beyond this the exact number does not matter to anybody who watches it. */
    private static final int GEZAEHLT_BIS = 100_000;

    private static final int LAENGSTE_URSACHE = 500;

    private final JdbcClient datenbank;

    Rueckstand(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Sorted, so that two transactions that note the same things wait for each other instead of deadlocking. */
    void merke(String art, Collection<UUID> ids, boolean sperrt) {
        merke(art, ids, sperrt, false, Duration.ZERO);
    }

    /** @param nachrangig only when nothing else is due @param fruehestens from now: something else about it will come until then */
    void merke(String art, Collection<UUID> ids, boolean sperrt, boolean nachrangig, Duration fruehestens) {
        datenbank
                .sql("""
                INSERT INTO index_rueckstand (mandant_id, art, objekt_id, sperrt, fassung, nachrangig, ab)
                SELECT ?, ?, id, ?, ?, ?, now() + make_interval(secs => ?) FROM unnest(CAST(? AS uuid[])) AS id ORDER BY id
                ON CONFLICT (mandant_id, art, objekt_id) DO UPDATE
                   SET fassung = excluded.fassung, sperrt = index_rueckstand.sperrt OR excluded.sperrt, versuche = 0, ursache = NULL,
                       nachrangig = index_rueckstand.nachrangig AND excluded.nachrangig,
                       ab = CASE WHEN excluded.nachrangig THEN least(index_rueckstand.ab, excluded.ab) ELSE excluded.ab END""")
                .params(mandant(), art, sperrt, Kennung.neu(), nachrangig, fruehestens.toSeconds(), feld(ids))
                .update();
    }

    /**
     * The longest waiting rows that are due; those of an Übernahme only where room is left. No pause is longer than five minutes: what
     * should wait longer was noted before the clock was set back.
     */
    List<Zeile> faellige(int hoechstens) {
        var zeilen = new ArrayList<>(faellige(false, hoechstens));
        if (zeilen.size() < hoechstens) {
            zeilen.addAll(faellige(true, hoechstens - zeilen.size()));
        }
        return zeilen;
    }

    /** One at a time: with both in one ORDER BY, every row that is not due yet would be walked over each second. */
    private List<Zeile> faellige(boolean nachrangig, int hoechstens) {
        return datenbank
                .sql(
                        "SELECT art, objekt_id, fassung, versuche FROM index_rueckstand WHERE mandant_id = ? AND nachrangig = ? AND (ab <= now() OR ab > now() + interval '5 minutes') ORDER BY ab, art, objekt_id LIMIT ?")
                .params(mandant(), nachrangig, hoechstens)
                .query((z, nr) ->
                        new Zeile(z.getString(1), z.getObject(2, UUID.class), z.getObject(3, UUID.class), z.getInt(4)))
                .list();
    }

    /** Ids that no query may show; each is unique across kinds (UUIDv7), so the kind does not matter. */
    List<UUID> gesperrte() {
        return datenbank
                .sql("SELECT objekt_id FROM index_rueckstand WHERE mandant_id = ? AND sperrt")
                .param(mandant())
                .query(UUID.class)
                .list();
    }

    /**
     * Forgets what the index has learned, and which commit of the index this was. Rows that somebody is changing right now are
     * skipped instead of waited for: they will be due again anyway. Each row is looked up by its key and then by its place: joined
     * with the list, a plan made for an empty table took minutes for 500 rows out of 5,000.
     *
     * @return those that had been reported as failing
     */
    List<Geheiltes> erledigt(Collection<Zeile> zeilen, UUID stand) {
        var geheilte = datenbank
                .sql("""
                WITH weg AS (DELETE FROM index_rueckstand WHERE ctid = ANY (ARRAY(
                    SELECT z.ctid FROM unnest(CAST(? AS text[]), CAST(? AS uuid[]), CAST(? AS uuid[])) AS g (art, id, fassung)
                     CROSS JOIN LATERAL (SELECT r.ctid FROM index_rueckstand r
                          WHERE r.mandant_id = ? AND r.art = g.art AND r.objekt_id = g.id AND r.fassung = g.fassung FOR UPDATE SKIP LOCKED) z))
                    RETURNING art, objekt_id, gemeldet)
                SELECT art, objekt_id FROM weg WHERE gemeldet""")
                .params(
                        zeilen.stream().map(Zeile::art).toArray(String[]::new),
                        feld(zeilen.stream().map(Zeile::id).toList()),
                        feld(zeilen.stream().map(Zeile::fassung).toList()),
                        mandant())
                .query((z, nr) -> new Geheiltes(z.getString(1), z.getObject(2, UUID.class)))
                .list();
        datenbank
                .sql(
                        "INSERT INTO index_stand (mandant_id, stand) VALUES (?, ?) ON CONFLICT (mandant_id) DO UPDATE SET stand = excluded.stand")
                .params(mandant(), stand)
                .update();
        return geheilte;
    }

    /** Tries again after 2, 4, 8 … 256 seconds; {@code gemeldet}: that it will be good news when it works. */
    void gescheitert(Fehlschlag fehlschlag, boolean gemeldet) {
        var zeile = fehlschlag.zeile();
        String ursache = fehlschlag.ursache();
        datenbank
                .sql("""
                UPDATE index_rueckstand SET versuche = versuche + 1, ab = now() + make_interval(secs => ?), ursache = ?, gemeldet = gemeldet OR ?
                 WHERE mandant_id = ? AND art = ? AND objekt_id = ? AND fassung = ?""")
                .params(
                        Math.pow(2, Math.min(zeile.versuche() + 1, 8)),
                        ursache.substring(0, Math.min(ursache.length(), LAENGSTE_URSACHE))
                                .replace("\0", ""),
                        gemeldet,
                        mandant(),
                        zeile.art(),
                        zeile.id(),
                        zeile.fassung())
                .update();
    }

    Optional<UUID> stand() {
        return datenbank
                .sql("SELECT stand FROM index_stand WHERE mandant_id = ?")
                .param(mandant())
                .query(UUID.class)
                .optional();
    }

    long anzahl() {
        return datenbank
                .sql("SELECT count(*) FROM (SELECT 1 FROM index_rueckstand WHERE mandant_id = ? LIMIT ?) r")
                .params(mandant(), GEZAEHLT_BIS)
                .query(Long.class)
                .single();
    }

    private static String feld(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** The open Mandanten, or all of them; the one table without row-level security. */
    List<UUID> mandanten(boolean auchBeendete) {
        return datenbank
                .sql("SELECT id FROM mandant WHERE ? OR gilt(gueltig_von, gueltig_bis) ORDER BY id")
                .param(auchBeendete)
                .query(UUID.class)
                .list();
    }
}
