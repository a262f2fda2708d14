package de.federwerk.betrieb;

import de.federwerk.akte.Aktenzeichenregel;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The books: numbers run from 1 without gap and double up to what their counter says, and no entry of the Protokoll was changed.
 * Each question is one statement, so that it sees one moment while others go on entering.
 */
record Buchpruefung(JdbcClient jdbc, UUID mandant) {

    private static final int HOECHSTENS_GENANNT = 20;

    private record Reihe(String name, long stueck, long verschieden, long hoechste, long zaehler, long fehlt) {}

    /** In a transaction of this Mandant. @param schaeden takes one line each */
    void pruefe(Consumer<String> schaeden) {
        nummern("Posteingangsbuch", "eingang", """
                SELECT 'eingang:' || split_part(nummer, '-', 1), split_part(nummer, '-', 2)::bigint FROM eingang WHERE mandant_id = :m""", schaeden);
        aktenzeichen("akte", schaeden);
        aktenzeichen("vorgang", schaeden);
        nummern("Dokumente eines Vorgangs", "-", """
                SELECT vorgang_id::text, nummer::bigint FROM dokument WHERE mandant_id = :m
                UNION ALL SELECT aus_vorgang_id::text, aus_nummer::bigint FROM verlegung WHERE mandant_id = :m AND art = 'dokument'""", schaeden);
        bestand(
                "Aktenplan: %d Anzahlen von Akten je Position stimmen nicht",
                "aktenbestand", "akte", "planknoten_id", schaeden);
        bestand(
                "Posteingangsbuch: %d Anzahlen von Eingängen stimmen nicht",
                "eingangsbestand", "eingang", "status", schaeden);
        offenesInGeschlossenem(schaeden);
        protokoll(schaeden);
    }

    /** What is thrown away does not count: it cannot be fetched back into a part that is closed. */
    private void offenesInGeschlossenem(Consumer<String> schaeden) {
        jdbc.sql("""
                        SELECT v.aktenzeichen FROM aktenteil t JOIN vorgang v ON v.mandant_id = t.mandant_id AND v.teil_id = t.id
                         WHERE t.mandant_id = :m AND t.geschlossen IS NOT NULL AND v.stand <> 'zda'
                           AND NOT EXISTS (SELECT FROM papierkorb p WHERE p.mandant_id = v.mandant_id AND p.id IN (v.id, v.akte_id)) LIMIT %d""".formatted(HOECHSTENS_GENANNT))
                .param("m", mandant)
                .query(String.class)
                .list()
                .forEach(zeichen -> schaeden.accept(
                        "Bände und Teilakten: der Vorgang %s ist offen und liegt in einem geschlossenen Teil"
                                .formatted(zeichen)));
    }

    /** The numbers beside the Aktenplan and the Posteingangsbuch are kept, not counted (ADR 0015): they must be what counting gives. */
    private void bestand(String befund, String bestand, String tabelle, String je, Consumer<String> schaeden) {
        jdbc.sql("""
                        SELECT count(*) FROM (SELECT %2$s, schutzbereich_id, count(*) AS anzahl FROM %1$s WHERE mandant_id = :m GROUP BY 1, 2) a
                          FULL JOIN (SELECT * FROM %3$s WHERE mandant_id = :m) b USING (%2$s, schutzbereich_id)
                         WHERE coalesce(a.anzahl, 0) <> coalesce(b.anzahl, 0)""".formatted(tabelle, je, bestand))
                .param("m", mandant)
                .query(Long.class)
                .optional()
                .filter(falsche -> falsche > 0)
                .ifPresent(falsche -> schaeden.accept(befund.formatted(falsche)));
    }

    /** Only those that the rule of today made; what an earlier rule made has counters of its own that cannot be derived. */
    private void aktenzeichen(String art, Consumer<String> schaeden) {
        var regel = jdbc.sql("SELECT " + art + " FROM aktenzeichenregel WHERE mandant_id = ?")
                .param(mandant)
                .query(String.class)
                .optional()
                .orElse(art.equals("akte") ? Aktenzeichenregel.AKTE : Aktenzeichenregel.VORGANG);
        nummern("Aktenzeichen (" + art + ")", art, """
                SELECT '%1$s:' || regexp_replace(aktenzeichen, :muster, '\\1#\\3'), regexp_replace(aktenzeichen, :muster, '\\2')::bigint
                  FROM (SELECT aktenzeichen FROM %1$s WHERE mandant_id = :m
                        UNION ALL SELECT zeichen FROM frueheres_aktenzeichen WHERE mandant_id = :m AND art = 'vergeben' AND %1$s_id IS NOT NULL) je
                 WHERE aktenzeichen ~ :muster""".formatted(art), Aktenzeichenregel.muster(regel), schaeden);
    }

    private void nummern(String was, String art, String nummern, Consumer<String> schaeden) {
        nummern(was, art, nummern, "", schaeden);
    }

    /**
     * A year's counter without a single Eingang is damage, too: its first number is lost. An Aktenzeichen without a counter was not made
     * here but brought along from an older system.
     */
    private void nummern(String was, String art, String nummern, String muster, Consumer<String> schaeden) {
        var frage = """
                WITH n (reihe, nr) AS (%s),
                je AS (SELECT reihe, count(*) AS stueck, count(DISTINCT nr) AS verschieden, max(nr) AS hoechste FROM n GROUP BY reihe),
                z AS (SELECT name, stand FROM zaehler WHERE mandant_id = :m AND name LIKE :art || ':%%')
                SELECT coalesce(je.reihe, z.name) AS name, coalesce(stueck, 0) AS stueck, coalesce(verschieden, 0) AS verschieden,
                       coalesce(hoechste, 0) AS hoechste, coalesce(z.stand, hoechste) AS zaehler,
                       coalesce((SELECT min(g) FROM generate_series(1, coalesce(z.stand, hoechste)) g
                                  WHERE NOT EXISTS (SELECT 1 FROM n WHERE n.reihe = coalesce(je.reihe, z.name) AND n.nr = g)), 0) AS fehlt
                  FROM je FULL JOIN z ON z.name = je.reihe
                 WHERE (:art IN ('-', 'eingang') OR je.reihe IS NOT NULL AND z.name IS NOT NULL) AND (stueck IS DISTINCT FROM hoechste OR verschieden IS DISTINCT FROM hoechste
                    OR hoechste IS DISTINCT FROM coalesce(z.stand, hoechste)) LIMIT %d""".formatted(nummern, HOECHSTENS_GENANNT);
        var abfrage = jdbc.sql(frage).param("m", mandant).param("art", art);
        if (!muster.isEmpty()) abfrage = abfrage.param("muster", muster);
        List<Reihe> reihen = abfrage.query(Reihe.class).list();
        for (var reihe : reihen)
            schaeden.accept("%s, Reihe %s: %d Nummern (%d verschiedene), höchste %d, vergeben bis %d%s"
                    .formatted(
                            was,
                            reihe.name,
                            reihe.stueck,
                            reihe.verschieden,
                            reihe.hoechste,
                            reihe.zaehler,
                            reihe.fehlt == 0 ? "" : "; es fehlt zuerst die " + reihe.fehlt));
    }

    private void protokoll(Consumer<String> schaeden) {
        jdbc.sql("""
                        SELECT id::text FROM protokoll WHERE mandant_id = :m AND blatt <> sha256('\\x00'::bytea || eintrag)
                        UNION
                        SELECT eintrag_id::text FROM protokoll_inhalt i JOIN protokoll p ON p.mandant_id = i.mandant_id AND p.id = i.eintrag_id
                         WHERE i.mandant_id = :m AND position(convert_to(encode(sha256(i.salz || convert_to(i.wert, 'UTF8')), 'hex'), 'UTF8') IN p.eintrag) = 0
                        LIMIT %d""".formatted(HOECHSTENS_GENANNT))
                .param("m", mandant)
                .query(String.class)
                .list()
                .forEach(id -> schaeden.accept("Protokoll: der Eintrag %s wurde verändert".formatted(id)));
    }
}
