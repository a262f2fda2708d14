package de.federwerk.stand;

import de.federwerk.Federwerk;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.betrieb.Datenbank;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Federwerk itself, running in this process with its own PostgreSQL as {@code bin/start} runs it, and one town in it. */
public final class Haus implements AutoCloseable {

    final ConfigurableApplicationContext kontext;
    final Path daten;
    private final @Nullable Datenbank datenbank;
    private @Nullable UUID mandant;

    private Haus(ConfigurableApplicationContext kontext, Path daten, @Nullable Datenbank datenbank) {
        this.kontext = kontext;
        this.daten = daten;
        this.datenbank = datenbank;
    }

    /** Starts the program on this data folder, at ports that are free. */
    public static Haus starte(Path daten) {
        try {
            Files.createDirectories(daten.resolve("tmp"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var datenbank = Datenbank.starte(daten);
        // Ctrl+C in the middle of a measurement leaves no PostgreSQL behind.
        Runtime.getRuntime().addShutdownHook(new Thread(datenbank::close));
        try {
            var zugang = datenbank.zugang();
            var argumente = new ArrayList<String>();
            argumente.add("--server.port=0");
            argumente.add("--management.server.port=0");
            argumente.add("--federwerk.portal.port=0");
            argumente.add("--federwerk.daten=" + daten);
            argumente.add("--spring.datasource.url=" + zugang.url());
            argumente.add("--spring.datasource.username=" + zugang.laufzeit());
            argumente.add("--spring.datasource.password=" + zugang.laufzeitPasswort());
            argumente.add("--spring.flyway.url=" + zugang.url());
            argumente.add("--spring.flyway.user=" + zugang.eigner());
            argumente.add("--spring.flyway.password=" + zugang.eignerPasswort());
            argumente.add("--spring.flyway.placeholders.laufzeitrolle=" + zugang.laufzeit());
            argumente.add("--logging.threshold.console=OFF");
            return new Haus(
                    new SpringApplication(Federwerk.class).run(argumente.toArray(String[]::new)), daten, datenbank);
        } catch (RuntimeException e) {
            datenbank.close();
            throw e;
        }
    }

    /** A house that runs already (the one of the tests). */
    static Haus von(ConfigurableApplicationContext kontext, Path daten) {
        return new Haus(kontext, daten, null);
    }

    <T> T bohne(Class<T> art) {
        return kontext.getBean(art);
    }

    public ConfigurableApplicationContext kontext() {
        return kontext;
    }

    JdbcClient jdbc() {
        return bohne(JdbcClient.class);
    }

    public String adresse() {
        return "http://localhost:" + kontext.getEnvironment().getProperty("local.server.port");
    }

    /** From here on everything is about this town. */
    void betritt(UUID stadt) {
        mandant = stadt;
    }

    UUID mandant() {
        if (mandant == null) {
            throw new IllegalStateException("Noch keine Stadt");
        }
        return mandant;
    }

    /** In one transaction of the town. */
    <T> T als(Supplier<T> arbeit) {
        return Mandantenkontext.als(
                mandant(), () -> bohne(TransactionTemplate.class).execute(t -> arbeit.get()));
    }

    /** As a page asks: in one transaction that only reads. */
    <T> T lesend(Supplier<T> arbeit) {
        var transaktion = new TransactionTemplate(bohne(PlatformTransactionManager.class));
        transaktion.setReadOnly(true);
        return Mandantenkontext.als(mandant(), () -> transaktion.execute(t -> arbeit.get()));
    }

    void als(Runnable arbeit) {
        als(() -> {
            arbeit.run();
            return true;
        });
    }

    /** A connection as the owner of the tables, for what stands beside the product. */
    Connection eigner() throws SQLException {
        var umgebung = kontext.getEnvironment();
        return DriverManager.getConnection(
                umgebung.getRequiredProperty("spring.flyway.url"),
                umgebung.getRequiredProperty("spring.flyway.user"),
                umgebung.getRequiredProperty("spring.flyway.password"));
    }

    /** Waits until everything that came in is read and stands in a whole index, so that its work falls into no measurement. */
    void bisRuhe() {
        // A Mandant's first index is whole only when its building has ended, which may be after the queue has run dry.
        var ganz = daten.resolve("index").resolve(mandant().toString()).resolve("aktuell");
        for (long ende = System.nanoTime() + 3_600_000_000_000L; System.nanoTime() < ende; ) {
            long wartet = als(() -> jdbc().sql("""
                    SELECT (SELECT count(*) FROM (SELECT FROM index_rueckstand WHERE mandant_id = ? LIMIT 1) r)
                         + (SELECT count(*) FROM (SELECT FROM datei WHERE mandant_id = ? AND stand = 'neu' LIMIT 1) d)""")
                    .params(mandant(), mandant())
                    .query(Long.class)
                    .single());
            if (wartet == 0 && Files.exists(ganz)) {
                return;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("Das Haus kommt nicht zur Ruhe");
    }

    @Override
    public void close() {
        if (datenbank != null) {
            kontext.close();
            datenbank.close();
        }
    }
}
