package de.federwerk;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.betrieb.Datenbank;
import de.federwerk.portal.Portaltor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * A test in the whole house: the real program on a random port with the real PostgreSQL, started once for all such tests of
 * a process. Nothing is rolled back or cleaned up in between: each test makes a Mandant of its own ({@link #neuerMandant}). Do not add
 * properties or replaced beans in subclasses: that would start a second house.
 */
@SpringBootTest(
        classes = Federwerk.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "federwerk.daten=${federwerk.haus:target/haus}",
            "management.server.port=0",
            "federwerk.portal.port=0",
            // Directories and providers of the tests run beside them.
            "federwerk.verzeichnis.dieser-rechner=true"
        })
public abstract class Haustest {

    /** The data folder of the house; the build names one for each of the processes in which it runs tests at once. */
    public static final Path DATEN = Path.of(System.getProperty("federwerk.haus", "target/haus"));

    private static final Supplier<Datenbank> DATENBANK =
            org.springframework.util.function.SingletonSupplier.of(Haustest::starte);

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    protected TransactionTemplate transaktion;

    @LocalServerPort
    protected int port;

    @Autowired
    private Portaltor portaltor;

    @DynamicPropertySource
    static void datenbank(DynamicPropertyRegistry werte) {
        var zugang = DATENBANK.get().zugang();
        werte.add("spring.datasource.url", zugang::url);
        werte.add("spring.datasource.username", zugang::laufzeit);
        werte.add("spring.datasource.password", zugang::laufzeitPasswort);
        werte.add("spring.flyway.url", zugang::url);
        werte.add("spring.flyway.user", zugang::eigner);
        werte.add("spring.flyway.password", zugang::eignerPasswort);
        werte.add("spring.flyway.placeholders.laufzeitrolle", zugang::laufzeit);
        Testpost.nenne(werte);
    }

    /** The database of the house, for tests that take it away for a moment. */
    protected static Datenbank datenbank() {
        return DATENBANK.get();
    }

    /** Everything of the last run goes, except the unpacked PostgreSQL; one that a killed test left running ends by itself. */
    private static Datenbank starte() {
        try {
            if (Files.isDirectory(DATEN)) {
                try (var altes = Files.list(DATEN)) {
                    for (var eintrag : altes.filter(e -> !e.endsWith("programme") && !e.endsWith("protokolle"))
                            .toList()) FileSystemUtils.deleteRecursively(eintrag);
                }
            }
            Files.createDirectories(DATEN.resolve("tmp"));
            var datenbank = Datenbank.starte(DATEN);
            // First the program, then its database: else the program's end waits for connections that nobody gives.
            SpringApplication.getShutdownHandlers().add(datenbank::close);
            warteNichtAufDiePlatte();
            return datenbank;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Each of some ten thousand commits would wait for the disk, for the sake of a power cut that no test makes; what is killed loses nothing
     * by it. That a house insists on waiting, and keeps what it confirmed, is tested with databases of their own: DatenbankTest, SturzTest.
     */
    private static void warteNichtAufDiePlatte() throws IOException {
        var ordner = DATEN.resolve("datenbank");
        Files.writeString(ordner.resolve("postgresql.auto.conf"), "fsync = off\n", StandardOpenOption.APPEND);
        var postmaster =
                Files.readAllLines(ordner.resolve("postmaster.pid")).getFirst().strip();
        new ProcessBuilder("sh", "-c", "kill -HUP " + postmaster).start();
    }

    /**
     * Towns end with their test: the house looks after each open one once or twice a second, and after a few hundred tests would do little
     * else.
     */
    @AfterEach
    void beendeStaedte() {
        jdbc.sql("UPDATE mandant SET gueltig_bis = now() WHERE gueltig_bis IS NULL AND kuerzel <> 'erste'")
                .update();
    }

    /** A town of its own for one test, so that tests do not see each other's rows. */
    protected UUID neuerMandant() {
        // As in any house with several, there is one before it: what holds for the first town alone is asked for by
        // alsErster.
        jdbc.sql(
                        "INSERT INTO mandant (id, kuerzel, name, angelegt) VALUES (?, 'erste', 'Erste Stadt', '2000-01-01') ON CONFLICT DO NOTHING")
                .param(Kennung.neu())
                .update();
        var id = Kennung.neu();
        var kuerzel = "t" + id.toString().substring(24);
        jdbc.sql("INSERT INTO mandant (id, kuerzel, name) VALUES (?, ?, ?)")
                .params(id, kuerzel, "Stadt " + kuerzel)
                .update();
        return id;
    }

    /** Runs in one transaction of this Mandant. */
    protected <T> T als(UUID mandant, Supplier<T> arbeit) {
        return Mandantenkontext.als(mandant, () -> transaktion.execute(status -> arbeit.get()));
    }

    /** Runs in one transaction of this Mandant. */
    protected void als(UUID mandant, Runnable arbeit) {
        Mandantenkontext.als(mandant, () -> transaktion.executeWithoutResult(status -> arbeit.run()));
    }

    /** As {@link #als(UUID, Runnable)}, and then as if it had not been: for rows that no part of the program would write that way. */
    protected void alsVerworfen(UUID mandant, Runnable arbeit) {
        Mandantenkontext.als(
                mandant,
                () -> transaktion.executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    arbeit.run();
                }));
    }

    /** As if this town had been the first one of the house, which the house belongs to; no longer than {@code arbeit}. */
    protected void alsErster(UUID mandant, Runnable arbeit) {
        var setze = "UPDATE mandant SET angelegt = %s WHERE id = '" + mandant + "'";
        Eignerzugang.tu(datenbank().zugang(), mandant, setze.formatted("'1990-01-01'"));
        try {
            arbeit.run();
        } finally {
            Eignerzugang.tu(datenbank().zugang(), mandant, setze.formatted("now()"));
        }
    }

    /** Address of a path in the citizens' Portal, on its own port. */
    protected String portalUrl(String pfad) {
        return "http://localhost:" + portaltor.port().orElseThrow() + pfad;
    }

    /** Address of a path in the house, e.g. {@code url("/anmeldung")}. */
    protected String url(String pfad) {
        return "http://localhost:" + port + pfad;
    }
}
