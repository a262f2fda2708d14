package de.federwerk.betrieb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The PostgreSQL that the program brings along, in {@code DATEN/datenbank}. It listens on 127.0.0.1 only, at a port that
 * changes with every start, and lets nobody in without a password (SCRAM). Only one program may work on a data folder: the
 * caller holds its {@link Sperre}.
 */
public final class Datenbank implements AutoCloseable {

    private static final String DBA = "federwerk_dba";
    private static final String EIGNER = "federwerk_eigner";
    private static final String LAUFZEIT = "federwerk";
    private static final int VERSUCHE = 3;

    private final Path daten;
    private final Path ordner;
    private final PostgresProgramm programm;
    private final Geheimnisse geheimnisse;
    private final Clusterprozesse prozesse;
    private volatile int port;
    private volatile boolean offen;

    private Datenbank(Path daten) throws IOException {
        this.daten = daten.toAbsolutePath().normalize();
        this.ordner = this.daten.resolve("datenbank");
        Files.createDirectories(this.daten.resolve("protokolle"));
        this.geheimnisse = Geheimnisse.aus(this.daten, !Files.exists(ordner));
        this.programm = new PostgresProgramm(this.daten);
        this.prozesse = new Clusterprozesse(this.ordner);
    }

    /**
     * Starts the database of this data folder; makes it first if there is none. Returns when it takes connections and its
     * settings were checked. A PostgreSQL left behind by a killed program is stopped first.
     *
     * @throws Startfehler with one German line
     */
    public static Datenbank starte(Path daten) {
        try {
            var datenbank = new Datenbank(daten);
            try {
                datenbank.hochfahren();
                return datenbank;
            } catch (IOException | SQLException | RuntimeException e) {
                datenbank.halteAn();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new Startfehler(
                    "Die Datenbank startet nicht: %s Einzelheiten: %s"
                            .formatted(satz(e.getMessage()), daten.resolve("protokolle/datenbank.log")),
                    e);
        }
    }

    /** How to reach the running database of a data folder that another program holds. */
    static Zugang laufende(Path daten) throws IOException {
        var pid = daten.resolve("datenbank/postmaster.pid");
        if (!Files.exists(pid))
            throw new Startfehler(
                    "In %s läuft ein Programm, aber noch keine Datenbank; bitte gleich noch einmal versuchen."
                            .formatted(daten));
        return zugang(Integer.parseInt(Files.readAllLines(pid).get(3).strip()), Geheimnisse.aus(daten, false));
    }

    public Zugang zugang() {
        return zugang(port, geheimnisse);
    }

    private static Zugang zugang(int port, Geheimnisse geheimnisse) {
        return new Zugang(url(port, "federwerk"), EIGNER, geheimnisse.eigner(), LAUFZEIT, geheimnisse.laufzeit());
    }

    private static String url(int port, String name) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?ApplicationName=Federwerk&reWriteBatchedInserts=true"
                .formatted(port, name);
    }

    private void hochfahren() throws IOException, SQLException {
        if (!Files.exists(ordner)) legeAn();
        pruefeVersion();
        halteAn();
        rotiereProtokoll();
        for (int versuch = 1; port == 0; versuch++) {
            int gewaehlt = freierPort();
            konfiguriere(gewaehlt);
            try {
                starteProgramm();
                port = gewaehlt;
            } catch (IOException e) {
                // Somebody else may have taken the port in between.
                if (versuch == VERSUCHE) throw e;
            }
        }
        richteEin();
        Datenbankpruefung.pruefe(zugang());
        offen = true;
    }

    private void starteProgramm() throws IOException {
        programm.fuehreAus(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "120",
                "-s",
                "-D",
                ordner.toString(),
                "-l",
                protokoll().toString());
    }

    /** Started and not closed; says nothing about whether it lives. */
    boolean offen() {
        return offen;
    }

    /** Whether its postmaster lives. */
    boolean lebt() {
        try {
            return prozesse.postmaster().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * After its postmaster died: as it was, at the same port; PostgreSQL brings everything confirmed back by itself.
     *
     * @return false if it was closed meanwhile, or lives after all
     */
    synchronized boolean starteWieder() throws IOException, SQLException {
        if (!offen || lebt()) return false;
        prozesse.raeumeAuf();
        starteProgramm();
        zugang().verbinde().close();
        return true;
    }

    /** Into a folder beside, then renamed: a first start that was broken off begins anew. */
    private void legeAn() throws IOException {
        var halb = daten.resolve("datenbank.neu");
        var passwort = daten.resolve("datenbank.passwort");
        FileSystemUtils.deleteRecursively(halb);
        Files.createDirectory(halb, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Geheimnisse.schreibe(passwort, geheimnisse.dba());
        try {
            programm.fuehreAus(
                    "initdb",
                    "-D",
                    halb.toString(),
                    "-U",
                    DBA,
                    "--pwfile=" + passwort,
                    "--auth=scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--locale-provider=icu",
                    "--icu-locale=de-DE",
                    "--data-checksums",
                    "--no-instructions");
        } finally {
            Files.delete(passwort);
        }
        Files.move(halb, ordner, StandardCopyOption.ATOMIC_MOVE);
    }

    private void pruefeVersion() throws IOException {
        var gespeichert = Files.readString(ordner.resolve("PG_VERSION")).strip();
        var mitgebracht = programm.fuehreAus("postgres", "--version").replaceAll("^\\D*(\\d+).*$", "$1");
        if (!gespeichert.equals(mitgebracht)) {
            throw new Startfehler(
                    "Die Datenbank in %s stammt von PostgreSQL %s, dieses Programm bringt PostgreSQL %s mit; bitte mit der bisherigen Programmversion weiterarbeiten."
                            .formatted(ordner, gespeichert, mitgebracht));
        }
    }

    /** Written anew at each start, so that a new version of the program brings its settings along. */
    private void konfiguriere(int gewaehlterPort) throws IOException {
        Files.writeString(ordner.resolve("pg_hba.conf"), """
                # Written by Federwerk at each start.
                host federwerk %s,%s 127.0.0.1/32 scram-sha-256
                host all %s 127.0.0.1/32 scram-sha-256
                """.formatted(EIGNER, LAUFZEIT, DBA));
        Files.writeString(ordner.resolve("postgresql.auto.conf"), """
                # Written by Federwerk at each start.
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 100
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                shared_buffers = '64MB'
                work_mem = '8MB'
                maintenance_work_mem = '64MB'
                max_wal_size = '512MB'
                wal_compression = on
                jit = off
                timezone = 'UTC'
                # What goes wrong stands in the program's log; statements and values (personal data) stay out of this one.
                log_timezone = 'Europe/Berlin'
                log_line_prefix = '%%m [%%p] '
                log_min_messages = log
                log_min_error_statement = panic
                log_checkpoints = off
                """.formatted(gewaehlterPort));
    }

    /** Roles and database; every time, since a first start may have been broken off between any two statements. */
    private void richteEin() throws SQLException {
        try (var dba = DriverManager.getConnection(url(port, "postgres"), DBA, geheimnisse.dba())) {
            rolle(dba, EIGNER, geheimnisse.eigner());
            rolle(dba, LAUFZEIT, geheimnisse.laufzeit());
            buergerrolle(dba);
            if (!gibt(dba, "SELECT 1 FROM pg_database WHERE datname = 'federwerk'"))
                fuehreAus(dba, "CREATE DATABASE federwerk OWNER " + EIGNER);
            fuehreAus(dba, "REVOKE ALL ON DATABASE federwerk FROM PUBLIC");
            fuehreAus(dba, "GRANT CONNECT ON DATABASE federwerk TO " + LAUFZEIT);
        }
    }

    /** Name and password are ours (letters and digits): there is no placeholder in CREATE ROLE. */
    private static void rolle(Connection dba, String name, String passwort) throws SQLException {
        var verb = gibt(dba, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'") ? "ALTER" : "CREATE";
        fuehreAus(
                dba,
                "%s ROLE %s LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '%s'"
                        .formatted(verb, name, passwort));
    }

    /** What the program becomes for a citizen's transaction: nobody signs in as it, and it holds only what migrations grant. */
    private static void buergerrolle(Connection dba) throws SQLException {
        var name = Zugang.buerger(LAUFZEIT);
        if (!gibt(dba, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'"))
            fuehreAus(dba, "CREATE ROLE " + name + " NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE");
        fuehreAus(dba, "GRANT " + name + " TO " + LAUFZEIT);
    }

    private static boolean gibt(Connection verbindung, String frage) throws SQLException {
        try (var sql = verbindung.createStatement();
                var zeilen = sql.executeQuery(frage)) {
            return zeilen.next();
        }
    }

    private static void fuehreAus(Connection verbindung, String befehl) throws SQLException {
        try (var sql = verbindung.createStatement()) {
            sql.execute(befehl);
        }
    }

    /** Stops cleanly; open connections are closed by the server. Repeatable. */
    @Override
    public void close() {
        // Before waiting for the lock: a restart that is under way is not begun again.
        offen = false;
        schliesse();
    }

    private synchronized void schliesse() {
        if (port == 0) return;
        try {
            halteAn();
        } catch (IOException e) {
            throw new Startfehler("Die Datenbank lässt sich nicht anhalten: " + e.getMessage(), e);
        } finally {
            port = 0;
        }
    }

    /** Stops the PostgreSQL of this folder, whoever started it. "Fast": it writes everything and takes no new work. */
    private void halteAn() throws IOException {
        if (prozesse.postmaster().isPresent())
            programm.fuehreAus("pg_ctl", "stop", "-m", "fast", "-w", "-t", "120", "-s", "-D", ordner.toString());
        if (Files.exists(ordner)) prozesse.raeumeAuf();
    }

    private Path protokoll() {
        return daten.resolve("protokolle/datenbank.log");
    }

    private void rotiereProtokoll() throws IOException {
        if (Files.exists(protokoll()) && Files.size(protokoll()) > 5_000_000) {
            Files.move(protokoll(), protokoll().resolveSibling("datenbank.1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static int freierPort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String satz(@Nullable String meldung) {
        return meldung == null ? "" : meldung.endsWith(".") ? meldung : meldung + ".";
    }
}
