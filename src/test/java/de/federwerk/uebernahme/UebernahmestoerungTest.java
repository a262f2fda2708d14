package de.federwerk.uebernahme;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The database fails in the middle of a batch: nothing lost, nothing doubled, nothing half. */
class UebernahmestoerungTest extends Laufwerktest {

    @Test
    void reisst_die_verbindung_zur_datenbank_mitten_im_stapel_wird_er_noch_einmal_eingetragen() throws Exception {
        var stadt = stadt();
        schreibeZwanzig();
        try (var stoerung = new Datenbankstoerung(stadt.mandant(), """
                IF nextval('%s') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(0.1); END IF;""")) {
            var konsole = new Mitschrift(Integer.MAX_VALUE);
            assertThat(uebernimm(stadt, auftrag(null, false), konsole))
                    .as(konsole.alles())
                    .isZero();
            assertThat(konsole.alles()).contains("Die Datenbank antwortet nicht; nächster Versuch in 2 s.");
            assertThat(stoerung.male()).isEqualTo(2);
        }
        allesEinmal(stadt);
    }

    @Test
    void ist_der_platz_der_datenbank_erschoepft_ist_alles_oder_nichts_da_und_derselbe_befehl_macht_weiter()
            throws Exception {
        var stadt = stadt();
        schreibeZwanzig();
        try (var stoerung = new Datenbankstoerung(
                stadt.mandant(), "PERFORM nextval('%s'); RAISE 'voll' USING ERRCODE = 'disk_full';")) {
            var konsole = new Mitschrift(Integer.MAX_VALUE);
            assertThat(uebernimm(stadt, auftrag(null, false), konsole)).isEqualTo(2);
            assertThat(konsole.alles())
                    .contains("Der Speicherplatz der Datenbank ist erschöpft", "denselben Befehl noch einmal geben");
            assertThat(stoerung.male()).isEqualTo(1);
        }
        for (var tabelle : List.of("akte", "vorgang", "dokument", "datei", "protokoll")) {
            assertThat(zahl(
                            stadt,
                            "SELECT count(*) FROM " + tabelle
                                    + (tabelle.equals("protokoll") ? " WHERE handlung = 'dokument.abgelegt'" : "")))
                    .as(tabelle)
                    .isZero();
        }
        var konsole = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(null, false), konsole))
                .as(konsole.alles())
                .isZero();
        allesEinmal(stadt);
    }

    private void schreibeZwanzig() {
        for (int i = 0; i < 20; i++) {
            schreibe(SONDER + "A" + i / 10 + "/V" + i / 5 + "/Datei " + i + ".txt", "Inhalt " + i);
        }
    }

    private void allesEinmal(Stadt stadt) {
        assertThat(zahl(stadt, "SELECT count(*) FROM dokument")).isEqualTo(20);
        assertThat(zahl(stadt, "SELECT count(DISTINCT encode(sha256, 'hex')) FROM datei"))
                .isEqualTo(20);
        assertThat(zahl(stadt, "SELECT count(*) FROM akte")).isEqualTo(2);
        assertThat(zahl(stadt, "SELECT count(*) FROM vorgang")).isEqualTo(4);
        assertThat(zahl(stadt, "SELECT count(*) FROM protokoll WHERE handlung = 'dokument.abgelegt'"))
                .isEqualTo(20);
        assertThat(zahl(stadt, "SELECT dokumente FROM uebernahme WHERE stand = 'fertig'"))
                .isEqualTo(20);
    }

    /** The database does something to the last statement of a batch of one Mandant; gone at the end. */
    private static final class Datenbankstoerung implements AutoCloseable {

        private final String name;

        /** @param tat PL/pgSQL; %s is a counter that a rollback does not turn back */
        Datenbankstoerung(UUID mandant, String tat) throws SQLException {
            this.name = "stoerung_" + mandant.toString().replace('-', '_');
            sql("CREATE SEQUENCE " + name, "GRANT USAGE ON SEQUENCE " + name + " TO PUBLIC", """
                    CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %3$s RETURN NULL; END $$;
                    CREATE TRIGGER %1$s AFTER INSERT ON uebernahme_posten FOR EACH STATEMENT
                      WHEN (current_setting('federwerk.mandant', true) = '%2$s') EXECUTE FUNCTION %1$s()""".formatted(
                            name, mandant, tat.formatted(name)));
        }

        long male() throws SQLException {
            try (var eigner = eigner();
                    var frage = eigner.createStatement();
                    var zeile = frage.executeQuery("SELECT last_value FROM " + name)) {
                zeile.next();
                return zeile.getLong(1);
            }
        }

        @Override
        public void close() throws SQLException {
            sql("DROP TRIGGER " + name + " ON uebernahme_posten", "DROP FUNCTION " + name, "DROP SEQUENCE " + name);
        }

        private static void sql(String... befehle) throws SQLException {
            try (var eigner = eigner();
                    var sql = eigner.createStatement()) {
                for (var befehl : befehle) {
                    sql.execute(befehl);
                }
            }
        }

        private static Connection eigner() throws SQLException {
            var zugang = datenbank().zugang();
            return DriverManager.getConnection(zugang.url(), zugang.eigner(), zugang.eignerPasswort());
        }
    }
}
