package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the pages of the Umbau ask about units: to choose from, to split, to look back at. */
@Component
class Umbauauskunft {

    private static final int AKTEN_JE_SCHRITT = 100;
    private static final int GEZEIGT = 200;

    /** To choose from. @param neu set up by a step of this Umbau */
    record Wahl(UUID id, String anzeige, boolean neu) {}

    /** Of the unit that is to be split. */
    record Teilbares(UUID einheit, String anzeige, List<Wahl> stellen, List<Wahl> positionen) {}

    /** A unit as it is or was. */
    record Auskunft(
            UUID id,
            String kuerzel,
            String name,
            @Nullable String ueber,
            Instant von,
            @Nullable Instant bis,
            @Nullable UUID nachfolgerId,
            @Nullable String nachfolger,
            long stellen,
            long akten) {}

    /** What stands in the history of a unit. @param umbau that did it */
    record Geschehen(UUID umbau, String titel, String was, String von, String nach, long anzahl, Instant wann) {}

    /** A unit that is no more. */
    record Beendete(
            UUID id, String anzeige, Instant bis, @Nullable String nachfolger) {}

    private final JdbcClient datenbank;

    Umbauauskunft(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Valid units, each after the one above it, and those the steps set up. */
    @Transactional(readOnly = true)
    List<Wahl> wahl(List<Schritt> schritte) {
        var alle = new ArrayList<>(
                datenbank.sql("""
                WITH RECURSIVE baum AS (
                    SELECT id, 0 AS tiefe, kuerzel || ' ' || name AS anzeige, ARRAY[kuerzel] AS pfad FROM einheit
                     WHERE mandant_id = :m AND ueber_id IS NULL AND gilt(gueltig_von, gueltig_bis)
                    UNION ALL
                    SELECT e.id, b.tiefe + 1, e.kuerzel || ' ' || e.name, b.pfad || e.kuerzel
                      FROM einheit e JOIN baum b ON e.mandant_id = :m AND e.ueber_id = b.id WHERE gilt(e.gueltig_von, e.gueltig_bis))
                SELECT id, repeat('– ', tiefe) || anzeige AS anzeige, false AS neu FROM baum ORDER BY pfad""").param("m", mandant()).query(Wahl.class).list());
        schritte.stream()
                .filter(s -> s.art() == Schritt.Art.EINRICHTEN)
                .map(s -> new Wahl(s.einheit(), s.kuerzel() + " " + s.name(), true))
                .filter(w -> alle.stream().noneMatch(a -> a.id.equals(w.id)))
                .forEach(alle::add);
        return alle;
    }

    /** Also of one that has ended meanwhile. */
    @Transactional(readOnly = true)
    String name(UUID id, List<Wahl> wahl) {
        return wahl.stream()
                .filter(w -> w.id.equals(id))
                .map(w -> w.anzeige.replaceFirst("^(– )+", ""))
                .findFirst()
                .orElseGet(() -> datenbank
                        .sql("SELECT kuerzel || ' ' || name FROM einheit WHERE mandant_id = ? AND id = ?")
                        .params(mandant(), id)
                        .query(String.class)
                        .optional()
                        .orElse("?"));
    }

    /** Its Stellen with who holds them, and the positions under which it leads Akten; null for what is no valid unit. */
    @Transactional(readOnly = true)
    @Nullable
    Teilbares teilbares(UUID einheit, List<Wahl> wahl) {
        if (wahl.stream().noneMatch(w -> w.id.equals(einheit) && !w.neu)) {
            return null;
        }
        return new Teilbares(
                einheit,
                name(einheit, wahl),
                datenbank.sql("""
                        SELECT s.id, s.bezeichnung || coalesce(': ' || (SELECT string_agg(trim(p.vorname || ' ' || p.nachname), ', ' ORDER BY p.nachname, p.vorname)
                                   FROM stellenbesetzung b JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                                  WHERE b.mandant_id = s.mandant_id AND b.stelle_id = s.id AND gilt(b.gueltig_von, b.gueltig_bis)), '') AS anzeige, false AS neu
                          FROM stelle s WHERE s.mandant_id = ? AND s.einheit_id = ? AND gilt(s.gueltig_von, s.gueltig_bis)
                         ORDER BY s.leitung DESC, s.bezeichnung, s.id LIMIT 500""").params(mandant(), einheit).query(Wahl.class).list(),
                datenbank
                        .sql("""
                        SELECT k.id, k.kennzeichen || ' ' || k.titel || ' (' || a.zahl || ')' AS anzeige, false AS neu
                          FROM (SELECT planknoten_id, count(*) AS zahl FROM akte WHERE mandant_id = :m AND einheit_id = :einheit GROUP BY planknoten_id) a
                          JOIN planknoten k ON k.mandant_id = :m AND k.id = a.planknoten_id ORDER BY k.kennzeichen LIMIT 500""")
                        .param("m", mandant())
                        .param("einheit", einheit)
                        .query(Wahl.class)
                        .list());
    }

    /** By their Aktenzeichen, one a line or parted by semicolons. */
    @Transactional(readOnly = true)
    List<UUID> akten(UUID einheit, String text) {
        var zeichen = Arrays.stream(text.split("[;\\r\\n]+"))
                .map(Umbauauskunft::zeile)
                .filter(z -> !z.isEmpty())
                .distinct()
                .toList();
        if (zeichen.size() > AKTEN_JE_SCHRITT) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Einzeln nennen lassen sich höchstens %d Akten je Schritt; bei mehr nehmen Sie die Position des Aktenplans."
                            .formatted(AKTEN_JE_SCHRITT));
        }
        var ids = new ArrayList<UUID>();
        for (var z : zeichen) {
            ids.add(datenbank
                    .sql("SELECT id FROM akte WHERE mandant_id = ? AND aktenzeichen = ? AND einheit_id = ?")
                    .params(mandant(), z, einheit)
                    .query(UUID.class)
                    .optional()
                    .orElseThrow(() -> Abgelehnt.eingabe("Die Einheit führt keine Akte „" + z + "“.")));
        }
        return ids;
    }

    static String zeile(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    Auskunft einheit(UUID id) {
        return datenbank
                .sql("""
                        SELECT e.id, e.kuerzel, e.name, o.kuerzel || ' ' || o.name AS ueber, e.gueltig_von AS von, e.gueltig_bis AS bis,
                               n.id AS nachfolger_id, n.kuerzel || ' ' || n.name AS nachfolger,
                               (SELECT count(*) FROM stelle s WHERE s.mandant_id = e.mandant_id AND s.einheit_id = e.id AND gilt(s.gueltig_von, s.gueltig_bis)) AS stellen,
                               (SELECT count(*) FROM akte a WHERE a.mandant_id = e.mandant_id AND a.einheit_id = e.id) AS akten
                          FROM einheit e LEFT JOIN einheit o ON o.mandant_id = e.mandant_id AND o.id = e.ueber_id
                          LEFT JOIN einheit n ON n.mandant_id = e.mandant_id AND n.id = e.nachfolger_id
                         WHERE e.mandant_id = ? AND e.id = ?""")
                .params(mandant(), id)
                .query(Auskunft.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Einheit gibt es nicht."));
    }

    /** What Umbauten did to a unit, the newest first. */
    @Transactional(readOnly = true)
    List<Geschehen> geschehen(UUID id) {
        return datenbank
                .sql("""
                        SELECT u.id AS umbau, u.titel, z.was, z.von, z.nach, z.anzahl, u.ausgefuehrt AS wann FROM umbauzuordnung z
                          JOIN umbau u ON u.mandant_id = z.mandant_id AND u.id = z.umbau_id
                         WHERE z.mandant_id = :m AND :id IN (z.von_id, z.nach_id) ORDER BY u.ausgefuehrt DESC, z.nummer LIMIT 200""")
                .param("m", mandant())
                .param("id", id)
                .query(Geschehen.class)
                .list();
    }

    /** Units that are no more, those that ended last first. */
    @Transactional(readOnly = true)
    List<Beendete> beendete() {
        return datenbank
                .sql("""
                SELECT e.id, e.kuerzel || ' ' || e.name AS anzeige, e.gueltig_bis AS bis, n.kuerzel || ' ' || n.name AS nachfolger
                  FROM einheit e LEFT JOIN einheit n ON n.mandant_id = e.mandant_id AND n.id = e.nachfolger_id
                 WHERE e.mandant_id = ? AND e.gueltig_bis <= now() ORDER BY e.gueltig_bis DESC, e.id LIMIT ?""")
                .params(mandant(), GEZEIGT)
                .query(Beendete.class)
                .list();
    }
}
