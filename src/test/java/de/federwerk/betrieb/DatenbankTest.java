package de.federwerk.betrieb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatenbankTest {

    @TempDir
    Path daten;

    @Test
    void sie_haelt_was_sie_bestaetigt_auch_wenn_das_programm_getoetet_wird() throws Exception {
        // Never closed: this is what a killed program leaves behind.
        var verwaist = Datenbank.starte(daten);
        try (var eigner = verbinde(verwaist.zugang(), true);
                var sql = eigner.createStatement()) {
            sql.execute("CREATE TABLE merkzettel AS SELECT 'Hundesteuer' AS wort");
        }

        try (var datenbank = Datenbank.starte(daten)) {
            var zugang = datenbank.zugang();
            assertThat(zugang.url()).isNotEqualTo(verwaist.zugang().url());
            assertThatThrownBy(() -> verbinde(verwaist.zugang(), true)).isInstanceOf(SQLException.class);
            assertThat(frage(zugang, "SELECT wort FROM merkzettel")).isEqualTo("Hundesteuer");
            for (var schalter : new String[] {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
                assertThat(frage(zugang, "SHOW " + schalter)).as(schalter).isEqualTo("on");
            }
            assertThat(frage(zugang, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(
                            frage(
                                    zugang,
                                    "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'federwerk'"))
                    .isEqualTo("i de-DE");
            assertThat(frage(
                            zugang,
                            "SELECT string_agg(w, ' ' ORDER BY w) FROM (VALUES ('Zander'), ('Ähre'), ('Apfel')) t(w)"))
                    .isEqualTo("Ähre Apfel Zander");
        }
        assertThat(daten.resolve("datenbank/postmaster.pid")).doesNotExist();
    }

    @Test
    void ohne_kennwort_kommt_niemand_hinein_und_die_laufzeitrolle_darf_wenig() throws Exception {
        try (var datenbank = Datenbank.starte(daten)) {
            var zugang = datenbank.zugang();
            for (var rolle : new String[] {"federwerk", "federwerk_eigner", "federwerk_dba", "postgres"}) {
                assertThatThrownBy(() -> DriverManager.getConnection(zugang.url(), rolle, "falsch"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(Files.readAllLines(daten.resolve("datenbank/pg_hba.conf")).stream()
                            .filter(z -> z.startsWith("host") || z.startsWith("local")))
                    .isNotEmpty()
                    .allMatch(zeile -> zeile.endsWith("127.0.0.1/32 scram-sha-256"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daten.resolve("datenbank.geheim"))))
                    .isEqualTo("rw-------");
            try (var laufzeit = verbinde(zugang, false);
                    var sql = laufzeit.createStatement()) {
                assertThatThrownBy(() -> sql.execute("CREATE TABLE mein (id int)"))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> sql.execute("ALTER ROLE federwerk BYPASSRLS"))
                        .hasMessageContaining("permission denied");
            }
            assertThatCode(() -> Datenbankpruefung.pruefe(zugang)).doesNotThrowAnyException();
            var eignerZurLaufzeit = new Zugang(
                    zugang.url(), zugang.eigner(), zugang.eignerPasswort(), zugang.eigner(), zugang.eignerPasswort());
            assertThatThrownBy(() -> Datenbankpruefung.pruefe(eignerZurLaufzeit))
                    .isInstanceOf(Startfehler.class)
                    .hasMessageContaining("Mandantentrennung");
            assertThat(zugang.toString()).doesNotContain(zugang.laufzeitPasswort(), zugang.eignerPasswort());
        }
    }

    private static java.sql.Connection verbinde(Zugang zugang, boolean alsEigner) throws SQLException {
        return DriverManager.getConnection(
                zugang.url(),
                alsEigner ? zugang.eigner() : zugang.laufzeit(),
                alsEigner ? zugang.eignerPasswort() : zugang.laufzeitPasswort());
    }

    private static String frage(Zugang zugang, String frage) throws SQLException {
        try (var eigner = verbinde(zugang, true)) {
            return Datenbankpruefung.wert(eigner, frage);
        }
    }
}
