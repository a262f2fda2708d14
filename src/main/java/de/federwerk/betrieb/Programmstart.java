package de.federwerk.betrieb;

import static java.util.Objects.requireNonNull;

import de.federwerk.uebernahme.Uebernahmen;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Start and end of the program: ports, data folder, database, then Spring. What a person can mend is one German line on the
 * console; everything else stands in {@code DATEN/protokolle/federwerk.log}.
 */
public final class Programmstart {

    private final Class<?> programm;
    private final Optionen optionen;
    // Held until the process ends.
    @SuppressWarnings("UnusedVariable")
    private @Nullable Sperre sperre;

    private @Nullable Datenbank datenbank;
    // Set when the program is ready.
    private volatile @Nullable ConfigurableApplicationContext kontext;
    private volatile boolean endet;
    // Set while an Übernahme is what the program is there for.
    private volatile @Nullable Thread arbeit;

    private Programmstart(Class<?> programm, Optionen optionen) {
        this.programm = programm;
        this.optionen = optionen;
    }

    /** Starts, and returns when the program is ready; ends the process with 2 for a wrong option, with 1 for anything else that fails. */
    public static void starte(Class<?> programm, String[] argumente) {
        if (argumente.length > 0 && argumente[0].equals("import")) {
            Importbefehl.fuehreAus(programm, Arrays.copyOfRange(argumente, 1, argumente.length));
            return;
        }
        try {
            var optionen = Optionen.aus(argumente);
            if (optionen.hilfe()) System.out.println(Optionen.HILFE);
            else new Programmstart(programm, optionen).starteOderEnde();
        } catch (Optionen.Unverstanden e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private void starteOderEnde() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::halteAn, "ende"));
        try {
            pruefePort(optionen.port(), null);
            pruefePort(optionen.verwaltungsport(), InetAddress.getLoopbackAddress());
            if (optionen.portalport() > 0) pruefePort(optionen.portalport(), null);
            bereiteOrdnerVor();
            System.out.printf("Federwerk startet (Daten: %s) …%n", optionen.daten());
            var zugang = datenbank();
            kontext = starteSpring(zugang);
            melde(kontext);
        } catch (IOException | RuntimeException e) {
            // Ctrl+C in the middle of the start: what fails now fails because of it.
            if (endet) return;
            System.err.println(zeile(e));
            halteFest(e);
            System.exit(1);
        }
    }

    /** Is the program for as long as one Übernahme takes: nobody can sign in, what comes in is taken in as always. @return exit code */
    static int allein(Class<?> programm, Importbefehl.Wunsch wunsch) throws IOException {
        var start = new Programmstart(programm, new Optionen(0, -1, -1, wunsch.daten(), false, false));
        Runtime.getRuntime().addShutdownHook(new Thread(start::halteAn, "ende"));
        var konsole = new Importbefehl.Konsole(System.out) {
            @Override
            public boolean abgebrochen() {
                return start.endet;
            }
        };
        start.arbeit = Thread.currentThread();
        try {
            start.bereiteOrdnerVor();
            System.out.println("Federwerk läuft nicht; es wird für die Übernahme gestartet …");
            var kontext = start.starteSpring(start.datenbank());
            start.kontext = kontext;
            return kontext.getBean(Uebernahmen.class).fuehreAus(wunsch.mandant(), wunsch.auftrag(), konsole);
        } catch (RuntimeException e) {
            if (start.endet) return 2;
            start.halteFest(e);
            throw new Startfehler(start.zeile(e));
        } finally {
            start.arbeit = null;
        }
    }

    /** @param adresse null = every address of this machine, as the web server will take it */
    private static void pruefePort(int port, @Nullable InetAddress adresse) throws IOException {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(adresse, port));
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("Permission"))
                throw new Startfehler(
                        "Port %d darf nur root öffnen; bitte mit --port einen ab 1024 wählen.".formatted(port));
            throw belegt(port);
        }
    }

    private static Startfehler belegt(int port) {
        return new Startfehler(
                "Port %d ist schon belegt; bitte mit --port (--verwaltungsport, --portalport) einen freien wählen oder das andere Programm beenden."
                        .formatted(port));
    }

    private void bereiteOrdnerVor() throws IOException {
        var daten = optionen.daten();
        try {
            Files.createDirectories(daten.resolve("protokolle"));
            sperre = Sperre.versuche(daten)
                    .orElseThrow(() -> new Startfehler(
                            "Mit dem Datenordner %s arbeitet schon ein anderes Federwerk; bitte jenes beenden oder mit --daten einen anderen Ordner wählen."
                                    .formatted(daten)));
            // Letters on their way lie in here and not in /tmp, and what a killed program left of them goes.
            FileSystemUtils.deleteRecursively(daten.resolve("tmp"));
            Files.createDirectories(daten.resolve("tmp"));
            System.setProperty("java.io.tmpdir", daten.resolve("tmp").toString());
        } catch (IOException e) {
            throw new Startfehler(
                    "In den Datenordner %s kann nicht geschrieben werden (%s).".formatted(daten, e.getMessage()), e);
        }
    }

    private Zugang datenbank() throws IOException {
        var eigene = new Einstellungen(optionen.daten()).eigeneDatenbank();
        if (eigene.isPresent()) {
            Datenbankpruefung.pruefe(eigene.get());
            return eigene.get();
        }
        synchronized (this) {
            datenbank = Datenbank.starte(optionen.daten());
            Datenbankwache.beginne(datenbank, this::nachAusfall);
            return datenbank.zugang();
        }
    }

    private void nachAusfall(Datenbankausfall ausfall) {
        var fertig = kontext;
        if (fertig != null) fertig.publishEvent(ausfall);
    }

    private ConfigurableApplicationContext starteSpring(Zugang zugang) {
        var argumente = new ArrayList<String>();
        setze(argumente, "spring.config.additional-location", "optional:file:" + Einstellungen.datei(optionen.daten()));
        setze(argumente, "server.port", optionen.port());
        setze(argumente, "management.server.port", optionen.verwaltungsport());
        // Port 0 is a start for this machine only, see allein.
        if (optionen.port() == 0) setze(argumente, "server.address", "127.0.0.1");
        setze(argumente, "federwerk.portal.port", optionen.portalport());
        setze(argumente, "federwerk.daten", optionen.daten());
        setze(argumente, "federwerk.demo", optionen.demo());
        setze(argumente, "spring.datasource.url", zugang.url());
        setze(argumente, "spring.datasource.username", zugang.laufzeit());
        setze(argumente, "spring.datasource.password", zugang.laufzeitPasswort());
        setze(argumente, "spring.flyway.url", zugang.url());
        setze(argumente, "spring.flyway.user", zugang.eigner());
        setze(argumente, "spring.flyway.password", zugang.eignerPasswort());
        setze(argumente, "spring.flyway.placeholders.laufzeitrolle", zugang.laufzeit());
        setze(argumente, "logging.threshold.console", "OFF");
        var spring = new SpringApplication(programm);
        // Spring would wait for the end of a start that Ctrl+C breaks off; see halteAn.
        spring.setRegisterShutdownHook(false);
        return spring.run(argumente.toArray(String[]::new));
    }

    /** As Spring's own command line: nothing outranks it. A password may contain what looks like a placeholder. */
    private static void setze(List<String> argumente, String name, Object wert) {
        argumente.add("--" + name + "=" + wert.toString().replace("${", "\\${"));
    }

    private void melde(ConfigurableApplicationContext kontext) {
        System.out.println("Federwerk bereit: http://localhost:" + optionen.port());
        if (optionen.portalport() > 0)
            System.out.println("  Bürgerportal: http://localhost:" + optionen.portalport() + "/portal");
        kontext.getBeanProvider(Startmeldung.class)
                .orderedStream()
                .flatMap(m -> m.zeilen().stream())
                .forEach(System.out::println);
        System.out.flush();
        // What the start alone needed is most of the heap by now, and would stay for as long as nobody needs that much.
        System.gc();
    }

    /**
     * Requests first, then the database. A start that is broken off is not waited for: stopping the database ends it, and
     * whatever it was doing is a transaction that never was.
     */
    private void halteAn() {
        endet = true;
        warteAuf(arbeit);
        var fertig = kontext;
        if (fertig != null) fertig.close();
        synchronized (this) {
            if (datenbank != null) datenbank.close();
        }
        if (fertig != null) System.out.println("Federwerk beendet.");
    }

    /** The batch in hand comes to its end first. */
    private static void warteAuf(@Nullable Thread arbeit) {
        try {
            if (arbeit != null) arbeit.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String zeile(Throwable fehler) {
        Throwable innerster = fehler;
        for (Throwable t = fehler; t != null; t = t.getCause()) {
            if (t instanceof Startfehler s) return String.valueOf(s.getMessage());
            if (t instanceof PortInUseException p)
                return String.valueOf(belegt(p.getPort()).getMessage());
            innerster = t;
        }
        return "Federwerk startet nicht: %s (Einzelheiten: %s)"
                .formatted(
                        String.valueOf(innerster.getMessage())
                                .lines()
                                .findFirst()
                                .orElse(""),
                        protokoll());
    }

    /** What happens before Spring is not in the log yet. */
    private void halteFest(Throwable fehler) {
        if ((fehler.getCause() == null && fehler instanceof Startfehler)
                || !Files.isDirectory(requireNonNull(protokoll().getParent()))) return;
        try (var log = new PrintWriter(
                Files.newBufferedWriter(protokoll(), StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            log.println(Instant.now() + " Start gescheitert");
            fehler.printStackTrace(log);
        } catch (IOException e) {
            System.err.println("Auch das Protokoll " + protokoll() + " lässt sich nicht schreiben: " + e.getMessage());
        }
    }

    private Path protokoll() {
        return optionen.daten().resolve("protokolle/federwerk.log");
    }
}
