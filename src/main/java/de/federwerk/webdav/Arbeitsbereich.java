package de.federwerk.webdav;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.webdav.Arbeitsinhalte.Inhalt;
import de.federwerk.webdav.Eintrag.Art;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.unit.DataSize;

/** Folders and files of a person's own, seen by nobody else. What is deleted is gone; nothing of it stands in the Protokoll. */
@Component
class Arbeitsbereich {

    /** Pieces of one person. */
    static final int STUECKE = 10_000;

    /** What PostgreSQL says when a lock was not to be had in time. */
    private static final String WARTEZEIT = "55P03";

    private static final String SPALTEN =
            "SELECT id, name, inhalt_id, laenge, angelegt, geaendert FROM arbeitsstueck WHERE mandant_id = :m AND person_id = :wer AND ";

    private static final String BAUM = """
            WITH RECURSIVE baum AS (
                SELECT id, 0 AS tiefe FROM arbeitsstueck WHERE mandant_id = :m AND person_id = :wer AND id = :id
                UNION ALL SELECT s.id, b.tiefe + 1 FROM arbeitsstueck s JOIN baum b ON s.mandant_id = :m AND s.person_id = :wer AND s.ort = b.id WHERE b.tiefe < 50)
            """;

    private final JdbcClient datenbank;
    private final long platz;

    Arbeitsbereich(JdbcClient datenbank, @Value("${federwerk.webdav.arbeitsbereich:500MB}") DataSize platz) {
        this.datenbank = datenbank;
        this.platz = platz.toBytes();
    }

    /** Bytes that a person may have here. */
    long platz() {
        return platz;
    }

    @Transactional(readOnly = true)
    public Optional<Eintrag> finde(UUID wer, UUID ort, String name) {
        return frage(wer, "ort = :ort AND name = :name")
                .param("ort", ort)
                .param("name", name)
                .query(Arbeitsbereich::eintrag)
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Eintrag> in(UUID wer, UUID ort) {
        return frage(wer, "ort = :ort ORDER BY name LIMIT :hoechstens")
                .param("ort", ort)
                .param("hoechstens", STUECKE)
                .query(Arbeitsbereich::eintrag)
                .list();
    }

    @Transactional(readOnly = true)
    public long belegt(UUID wer) {
        return datenbank
                .sql("SELECT coalesce(sum(laenge), 0) FROM arbeitsstueck WHERE mandant_id = ? AND person_id = ?")
                .params(mandant(), wer)
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec frage(UUID wer, String bedingung) {
        return datenbank.sql(SPALTEN + bedingung).param("m", mandant()).param("wer", wer);
    }

    private static Eintrag eintrag(ResultSet zeile, int nr) throws SQLException {
        var inhalt = zeile.getObject("inhalt_id", UUID.class);
        return new Eintrag(
                inhalt == null ? Art.ORDNER : Art.DATEI,
                zeile.getObject("id", UUID.class),
                zeile.getString("name"),
                zeile.getTimestamp("angelegt").toInstant(),
                zeile.getTimestamp("geaendert").toInstant(),
                zeile.getLong("laenge"),
                null,
                inhalt,
                null);
    }

    /**
     * A file gets this content, a new one or one that was there.
     *
     * @param ort folder, or a Vorgang or Dokument beside which it lies for a moment
     * @return its id
     * @throws Abgelehnt (SPEICHER) if there is no room: the content is gone then, what was there before is not
     */
    @Transactional
    public UUID setze(UUID wer, UUID ort, boolean fluechtig, String name, Inhalt inhalt) {
        raeumeAuf(wer);
        var bisher = finde(wer, ort, name);
        long frei = platz - belegt(wer) + bisher.map(Eintrag::laenge).orElse(0L);
        if (inhalt.laenge() > frei) {
            throw new Abgelehnt(
                    Abgelehnt.Art.SPEICHER,
                    "Ihr Arbeitsbereich ist voll (%d MB). Bitte löschen Sie dort, was Sie nicht mehr brauchen. Es wurde nichts gespeichert."
                            .formatted(platz >> 20));
        }
        datenbank
                .sql("UPDATE arbeitsinhalt SET fertig = true WHERE mandant_id = ? AND id = ?")
                .params(mandant(), inhalt.id())
                .update();
        if (bisher.isPresent()) {
            datenbank
                    .sql(
                            "UPDATE arbeitsstueck SET inhalt_id = ?, laenge = ?, geaendert = clock_timestamp() WHERE mandant_id = ? AND id = ?")
                    .params(
                            inhalt.id(),
                            inhalt.laenge(),
                            mandant(),
                            bisher.get().id())
                    .update();
            verwaiste(wer);
            return bisher.get().id();
        }
        if (!fluechtig) {
            verlangeOrdner(wer, ort);
        }
        verlangeStueck(stuecke(wer) + 1);
        return lege(wer, ort, fluechtig, name, inhalt.id(), inhalt.laenge());
    }

    /** A new folder. */
    @Transactional
    public UUID ordner(UUID wer, UUID ort, String name) {
        raeumeAuf(wer);
        verlangeOrdner(wer, ort);
        verlangeStueck(stuecke(wer) + 1);
        return lege(wer, ort, false, name, null, 0);
    }

    private static void verlangeStueck(long zahl) {
        if (zahl > STUECKE) {
            throw new Abgelehnt(
                    Abgelehnt.Art.SPEICHER,
                    "In Ihren Arbeitsbereich passen %s Dateien und Ordner; mehr nicht. Bitte löschen Sie dort, was Sie nicht mehr brauchen. Es wurde nichts gespeichert."
                            .formatted(Anzeige.zahl(STUECKE)));
        }
    }

    /** Another program may have deleted it since this one looked: what were put there would be found by nobody. */
    private void verlangeOrdner(UUID wer, UUID ort) {
        boolean da = ort.equals(wer)
                || frage(wer, "id = :ort AND inhalt_id IS NULL")
                        .param("ort", ort)
                        .query(Arbeitsbereich::eintrag)
                        .optional()
                        .isPresent();
        if (!da) {
            throw Webdavfehler.ohneOrdner();
        }
    }

    private UUID lege(UUID wer, UUID ort, boolean fluechtig, String name, @Nullable UUID inhalt, long laenge) {
        var id = Kennung.neu();
        datenbank
                .sql(
                        "INSERT INTO arbeitsstueck (mandant_id, id, person_id, ort, fluechtig, name, inhalt_id, laenge) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(mandant())
                .param(id)
                .param(wer)
                .param(ort)
                .param(fluechtig)
                .param(name)
                .param(inhalt)
                .param(laenge)
                .update();
        return id;
    }

    private long stuecke(UUID wer) {
        return datenbank
                .sql("SELECT count(*) FROM arbeitsstueck WHERE mandant_id = ? AND person_id = ?")
                .params(mandant(), wer)
                .query(Long.class)
                .single();
    }

    /** With everything in it. */
    @Transactional
    public void loesche(UUID wer, UUID id) {
        halte(wer);
        datenbank
                .sql(BAUM + "DELETE FROM arbeitsstueck s WHERE s.mandant_id = :m AND s.id IN (SELECT id FROM baum)")
                .param("m", mandant())
                .param("wer", wer)
                .param("id", id)
                .update();
        verwaiste(wer);
    }

    /**
     * To another folder or name, with everything in it; its locks stay behind.
     *
     * @throws NichtGefunden if it is not there any more
     * @throws Webdavfehler (403) into itself, (409) into a folder that is not there any more
     */
    @Transactional
    public void verschiebe(UUID wer, UUID id, UUID ort, boolean fluechtig, String name) {
        halte(wer);
        if (!fluechtig) {
            verlangeOrdner(wer, ort);
        }
        boolean inSich = datenbank
                .sql(BAUM + "SELECT EXISTS (SELECT FROM baum WHERE id = :ort)")
                .param("m", mandant())
                .param("wer", wer)
                .param("id", id)
                .param("ort", ort)
                .query(Boolean.class)
                .single();
        if (inSich) {
            throw Webdavfehler.ineinander();
        }
        datenbank
                .sql(
                        BAUM
                                + "DELETE FROM arbeitssperre s WHERE s.mandant_id = :m AND s.stueck_id IN (SELECT id FROM baum)")
                .param("m", mandant())
                .param("wer", wer)
                .param("id", id)
                .update();
        // From now on its week runs, not since it was written.
        int zahl = datenbank
                .sql("""
                UPDATE arbeitsstueck SET ort = :ort, name = :name, fluechtig = :fluechtig,
                       geaendert = CASE WHEN :fluechtig AND NOT fluechtig THEN clock_timestamp() ELSE geaendert END
                 WHERE mandant_id = :m AND person_id = :wer AND id = :id""")
                .param("ort", ort)
                .param("name", name)
                .param("fluechtig", fluechtig)
                .param("m", mandant())
                .param("wer", wer)
                .param("id", id)
                .update();
        if (zahl == 0) {
            throw new NichtGefunden("Das gibt es nicht mehr. Es wurde nichts geändert.");
        }
    }

    /**
     * A copy with what is noted at it; files share their bytes until one of them changes.
     *
     * @param ganz also what is in a folder
     * @throws Abgelehnt (SPEICHER) if there is no room
     */
    @Transactional
    public void kopiere(UUID wer, Eintrag quelle, UUID ort, String name, boolean ganz) {
        raeumeAuf(wer);
        verlangeOrdner(wer, ort);
        kopiere(wer, quelle, ort, name, ganz, 0);
        verlangeStueck(stuecke(wer));
        if (belegt(wer) > platz) {
            throw new Abgelehnt(
                    Abgelehnt.Art.SPEICHER,
                    "Ihr Arbeitsbereich ist zu voll für diese Kopie (%d MB). Es wurde nichts kopiert."
                            .formatted(platz >> 20));
        }
    }

    private void kopiere(UUID wer, Eintrag quelle, UUID ort, String name, boolean ganz, int tiefe) {
        var bisher = finde(wer, ort, name);
        UUID ziel;
        if (bisher.isPresent() && bisher.get().art() == Art.DATEI && quelle.art() == Art.DATEI) {
            ziel = setze(wer, ort, false, name, new Inhalt(Objects.requireNonNull(quelle.bytes()), quelle.laenge()));
            datenbank
                    .sql("DELETE FROM arbeitsmerkmal WHERE mandant_id = ? AND stueck_id = ?")
                    .params(mandant(), ziel)
                    .update();
        } else {
            bisher.ifPresent(b -> loesche(wer, b.id()));
            ziel = lege(wer, ort, false, name, quelle.bytes(), quelle.laenge());
        }
        datenbank.sql("""
                INSERT INTO arbeitsmerkmal (mandant_id, stueck_id, raum, name, element)
                SELECT mandant_id, ?, raum, name, element FROM arbeitsmerkmal WHERE mandant_id = ? AND stueck_id = ?""").params(ziel, mandant(), quelle.id()).update();
        if (ganz && quelle.art() == Art.ORDNER && tiefe < 50) {
            in(wer, quelle.id()).forEach(kind -> kopiere(wer, kind, ziel, kind.name(), true, tiefe + 1));
        }
    }

    /** One act of a person after another, so that two at once neither pass the limits nor meet halfway. */
    private void halte(UUID wer) {
        try {
            // Whoever waits holds a connection meanwhile: not for long. In this order, as they stand.
            datenbank
                    .sql(
                            "SELECT set_config('lock_timeout', '2s', true), pg_advisory_xact_lock(hashtextextended(?, 1)), set_config('lock_timeout', '0', true)")
                    .param(mandant() + " " + wer)
                    .query()
                    .listOfRows();
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException grund && WARTEZEIT.equals(grund.getSQLState())) {
                throw Webdavfehler.mit(
                        503,
                        "Ein anderes Ihrer Programme ändert gerade etwas Großes in Ihrem Arbeitsbereich. Es geht nichts verloren; bitte gleich noch einmal.");
            }
            throw e;
        }
    }

    /** What programs have left behind for a week goes, and what of a transmission was never finished. */
    private void raeumeAuf(UUID wer) {
        halte(wer);
        datenbank
                .sql(
                        "DELETE FROM arbeitsstueck WHERE mandant_id = ? AND person_id = ? AND fluechtig AND inhalt_id IS NOT NULL AND geaendert < now() - interval '7 days'")
                .params(mandant(), wer)
                .update();
        datenbank.sql("""
                DELETE FROM arbeitsinhalt i WHERE i.mandant_id = ? AND i.person_id = ? AND i.angelegt < now() - interval '1 day'
                   AND NOT EXISTS (SELECT FROM arbeitsstueck s WHERE s.mandant_id = i.mandant_id AND s.inhalt_id = i.id)""").params(mandant(), wer).update();
    }

    /** Bytes that nothing names any more, except those that are being written right now. */
    private void verwaiste(UUID wer) {
        datenbank.sql("""
                DELETE FROM arbeitsinhalt i WHERE i.mandant_id = ? AND i.person_id = ?
                   AND NOT EXISTS (SELECT FROM arbeitsstueck s WHERE s.mandant_id = i.mandant_id AND s.inhalt_id = i.id)
                   AND i.fertig""").params(mandant(), wer).update();
    }
}
