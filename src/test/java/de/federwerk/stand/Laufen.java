package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Ergebnis;
import de.federwerk.geschaeftsgang.Geschaeftsgang;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.organisation.Anmeldung;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Laufwege of five stations from the beginning to the end, each act in a transaction of its own, against bare rows of the same number in as many
 * transactions, where as many have ended before as there are Dokumente; and the Postkorb of somebody on whose desk 5,000 tasks lie.
 */
final class Laufen implements Szenario {

    private static final int STATIONEN = 5;
    private static final int STAPEL = 10_000;
    private static final int AUFGABEN = 5_000;

    @Override
    public String name() {
        return "laufweg";
    }

    @Override
    public List<de.federwerk.stand.Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        var wer = Ort.anmeldung(haus, Stadtbau.WENIG);
        var vorgaenge = vorgaenge(haus, umfang.je(AUFGABEN, 20));
        int stueck = umfang.je(100, 1);
        fuelle(haus, wer, umfang.je(umfang.dokumente(), 10));
        try (var verbindung = haus.eigner()) {
            tabellen(verbindung, true);
            verbindung.setAutoCommit(false);
            var paar = Messreihe.abwechselnd(
                    // A program that runs for days is warm: 500 Laufwege before one counts.
                    umfang.je(5, 0),
                    umfang.runden(),
                    () -> stueck
                            / Messreihe.millisekunden(() -> {
                                for (int i = 0; i < stueck; i++) {
                                    laufe(haus, wer, vorgaenge.getFirst());
                                }
                            })
                            * 1000,
                    () -> stueck
                            / Messreihe.millisekunden(() -> {
                                for (int i = 0; i < stueck; i++) {
                                    nackt(verbindung);
                                }
                            })
                            * 1000);
            verbindung.setAutoCommit(true);
            tabellen(verbindung, false);
            var ergebnisse = new ArrayList<de.federwerk.stand.Ergebnis>();
            ergebnisse.add(de.federwerk.stand.Ergebnis.verhaeltnis(
                    "laufweg",
                    umfang.dokumente(),
                    paar.wir().median(),
                    paar.gegenstueck().median(),
                    ">=0.3"));
            ergebnisse.addAll(postkorb(haus, umfang, wer, vorgaenge));
            return ergebnisse;
        }
    }

    /** Vorgänge that the clerk may work on. */
    private static List<UUID> vorgaenge(Haus haus, int anzahl) {
        var wer = Ort.anmeldung(haus, Stadtbau.WENIG).person();
        return haus.als(() -> {
            var sicht = haus.bohne(de.federwerk.berechtigung.Berechtigungen.class)
                    .sicht(wer, de.federwerk.berechtigung.Recht.BEARBEITEN);
            return haus.jdbc()
                    .sql("SELECT v.id FROM vorgang v WHERE v.mandant_id = :m AND v.stand = 'in_bearbeitung' AND "
                            + sicht.aufVorgang("v") + " ORDER BY v.id LIMIT :anzahl")
                    .param("m", Mandantenkontext.mandant())
                    .param("anzahl", anzahl)
                    .params(sicht.parameter())
                    .query(UUID.class)
                    .list();
        });
    }

    /** So many have ended before: of these a running town has ever more. */
    private static void fuelle(Haus haus, Anmeldung wer, int anzahl) throws SQLException {
        long vorhandene = haus.als(() -> haus.jdbc()
                .sql("SELECT count(*) FROM laufweg WHERE mandant_id = ? AND stand <> 'laeuft'")
                .param(Mandantenkontext.mandant())
                .query(Long.class)
                .single());
        if (vorhandene >= anzahl) {
            return;
        }
        // Ids in the order of time, as Kennung gives them. Without the foreign keys, each of which asks once per row,
        // and a
        // million Laufwege are twelve million rows: what they name exists.
        try (var verbindung = haus.eigner();
                var sql = verbindung.createStatement()) {
            // In one transaction: broken off, the foreign keys are still there.
            verbindung.setAutoCommit(false);
            sql.execute("SET federwerk.mandant = '" + haus.mandant() + "'");
            var wieder = new ArrayList<String>();
            try (var schluessel = sql.executeQuery("""
                    SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname,
                           'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || conname || ' ' || replace(pg_get_constraintdef(oid), ' NOT VALID', '') || ' NOT VALID'
                      FROM pg_constraint WHERE contype = 'f' AND conrelid IN ('laufweg'::regclass, 'station'::regclass, 'zeichnung'::regclass)""");
                    var weg = verbindung.createStatement()) {
                while (schluessel.next()) {
                    weg.execute(schluessel.getString(1));
                    wieder.add(schluessel.getString(2));
                }
            }
            for (long schon = vorhandene; schon < anzahl; schon += STAPEL) {
                sql.execute("""
                        WITH ort AS MATERIALIZED (
                            SELECT id, akte_id, row_number() OVER (ORDER BY id) AS nr FROM vorgang WHERE mandant_id = '%1$s'),
                        beendete AS MATERIALIZED (
                            INSERT INTO laufweg (mandant_id, id, vorgang_id, akte_id, titel, stand, begonnen, begonnen_von, beendet)
                            SELECT '%1$s', uuidv7(), o.id, o.akte_id, 'Stand', 'abgeschlossen', now() - g * interval '1 hour', '%2$s', now() - g * interval '1 hour'
                              FROM (SELECT g, 1 + g * 7919 %% (SELECT count(*) FROM ort) AS nr FROM generate_series(1, %3$d) g) g JOIN ort o ON o.nr = g.nr RETURNING id, vorgang_id, akte_id, begonnen),
                        stationen AS MATERIALIZED (
                            INSERT INTO station (mandant_id, id, laufweg_id, vorgang_id, block, zweig, platz, art, empfaenger_art, empfaenger_id, stand,
                                                 offen_seit, ergebnis, erledigt, erledigt_von)
                            SELECT '%1$s', uuidv7(), b.id, b.vorgang_id, nr, 1, 1, CASE nr WHEN 0 THEN 'entwurf' ELSE 'bearbeitung' END, 'person', '%2$s', 'erledigt',
                                   b.begonnen, 'erledigt', b.begonnen, '%2$s'
                              FROM beendete b CROSS JOIN generate_series(0, %4$d) nr RETURNING id, laufweg_id, vorgang_id, block, erledigt)
                        INSERT INTO zeichnung (mandant_id, id, laufweg_id, station_id, vorgang_id, akte_id, runde, art, ergebnis, zeit, person_id)
                        SELECT '%1$s', uuidv7(), s.laufweg_id, s.id, s.vorgang_id, b.akte_id, 1, 'bearbeitung', 'erledigt', s.erledigt, '%2$s'
                          FROM stationen s JOIN beendete b ON b.id = s.laufweg_id WHERE s.block > 0""".formatted(haus.mandant(), wer.person(), Math.min(STAPEL, anzahl - schon), STATIONEN));
            }
            for (var schluessel : wieder) {
                sql.execute(schluessel);
            }
            verbindung.commit();
            verbindung.setAutoCommit(true);
            // As autovacuum leaves tables that grew over years.
            sql.execute("VACUUM (ANALYZE) laufweg, station, zeichnung");
        }
    }

    private static void laufe(Haus haus, Anmeldung wer, UUID vorgang) {
        var stationen = new ArrayList<Station>();
        for (int i = 1; i <= STATIONEN; i++) {
            stationen.add(Station.schlicht(
                    Kennung.neu(), i, Stationsart.BEARBEITUNG, new Empfaenger("person", wer.person())));
        }
        haus.als(() -> haus.bohne(Laufwege.class)
                .beginne(wer, new Laufwegentwurf(Kennung.neu(), vorgang, null, "Stand", false, stationen)));
        for (var station : stationen) {
            haus.als(() -> haus.bohne(Geschaeftsgang.class)
                    .erledige(wer, station.id(), new Geschaeftsgang.Antwort(Ergebnis.ERLEDIGT, "", 1, null)));
        }
    }

    private static void tabellen(Connection verbindung, boolean anlegen) throws SQLException {
        try (var sql = verbindung.createStatement()) {
            sql.execute("DROP TABLE IF EXISTS stand_station, stand_zeile");
            if (anlegen) {
                sql.execute("CREATE TABLE stand_station (id uuid PRIMARY KEY, stand text, erledigt timestamptz)");
                sql.execute("CREATE TABLE stand_zeile (id uuid PRIMARY KEY, art text, wert text, bytes bytea)");
            }
        }
    }

    /** The rows that one run writes: a Laufweg, six stations, and for each act a Zeichnung, a right come and gone, an entry and its fields. */
    private static void nackt(Connection verbindung) throws SQLException {
        var stationen = new ArrayList<UUID>();
        for (int i = 0; i <= STATIONEN; i++) {
            stationen.add(UUID.randomUUID());
        }
        zeilen(verbindung, 1 + 1 + 1 + 3);
        for (var station : stationen) {
            try (var sql = verbindung.prepareStatement("INSERT INTO stand_station VALUES (?, 'wartet', NULL)")) {
                sql.setObject(1, station);
                sql.executeUpdate();
            }
        }
        verbindung.commit();
        for (int i = 0; i < STATIONEN; i++) {
            for (var station : stationen.subList(i, i + 2)) {
                try (var sql = verbindung.prepareStatement(
                        "UPDATE stand_station SET stand = 'offen', erledigt = now() WHERE id = ?")) {
                    sql.setObject(1, station);
                    sql.executeUpdate();
                }
            }
            zeilen(verbindung, 1 + 1 + 1 + 4);
            verbindung.commit();
        }
    }

    private static void zeilen(Connection verbindung, int anzahl) throws SQLException {
        try (var sql = verbindung.prepareStatement("INSERT INTO stand_zeile VALUES (?, 'stand', ?, ?)")) {
            for (int i = 0; i < anzahl; i++) {
                sql.setObject(1, UUID.randomUUID());
                sql.setString(2, "Zur Bearbeitung: erledigt");
                sql.setBytes(3, new byte[200]);
                sql.executeUpdate();
            }
        }
    }

    private static List<de.federwerk.stand.Ergebnis> postkorb(
            Haus haus, Umfang umfang, Anmeldung wer, List<UUID> vorgaenge) throws Exception {
        // In a small town several lie in one Vorgang.
        int aufgaben = umfang.je(AUFGABEN, 20);
        for (int schon = 0; schon < aufgaben; schon += 100) {
            var jetzt = IntStream.range(schon, Math.min(aufgaben, schon + 100))
                    .mapToObj(i -> vorgaenge.get(i % vorgaenge.size()))
                    .toList();
            haus.als(() -> jetzt.forEach(vorgang -> haus.bohne(Laufwege.class)
                    .beginne(
                            wer,
                            new Laufwegentwurf(
                                    Kennung.neu(),
                                    vorgang,
                                    null,
                                    "Stand",
                                    false,
                                    List.of(Station.schlicht(
                                            Kennung.neu(),
                                            1,
                                            Stationsart.BEARBEITUNG,
                                            new Empfaenger("person", wer.person())))))));
        }
        try (var verbindung = haus.eigner();
                var sql = verbindung.createStatement()) {
            sql.execute("ANALYZE station, aufgabenrecht, laufweg");
        }
        var browser = new Browser(haus.adresse());
        browser.melde(Stadtbau.WENIG + "@" + umfang.kuerzel(), Stadtbau.PASSWORT);
        var ergebnisse = new ArrayList<de.federwerk.stand.Ergebnis>();
        for (var seite : List.of("/postkorb", "/aufgaben?gruppe=mir")) {
            var reihe = new Messreihe();
            for (int runde = -umfang.je(10, 0); runde < umfang.je(40, 1); runde++) {
                double ms = Messreihe.millisekunden(() -> {
                    if (browser.hole(seite).status() != 200) {
                        throw new IllegalStateException(seite);
                    }
                });
                if (runde >= 0) {
                    reihe.nimm(ms);
                }
            }
            ergebnisse.add(de.federwerk.stand.Ergebnis.wert(
                    seite.equals("/postkorb") ? "seite-postkorb-voll" : "seite-aufgaben-voll",
                    umfang.dokumente(),
                    reihe.p95(),
                    "<150"));
        }
        // Nobody else's pages are to be measured with a desk like this.
        haus.als(() -> haus.jdbc()
                .sql("DELETE FROM aufgabenrecht WHERE mandant_id = ?")
                .param(Mandantenkontext.mandant())
                .update());
        haus.als(() -> haus.jdbc()
                .sql("UPDATE station SET stand = 'entfallen' WHERE mandant_id = ? AND stand IN ('offen', 'wartet')")
                .param(Mandantenkontext.mandant())
                .update());
        haus.als(() -> haus.jdbc()
                .sql(
                        "UPDATE laufweg SET stand = 'zurueckgeholt', beendet = now() WHERE mandant_id = ? AND stand = 'laeuft'")
                .param(Mandantenkontext.mandant())
                .update());
        return ergebnisse;
    }
}
