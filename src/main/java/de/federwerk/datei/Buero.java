package de.federwerk.datei;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * LibreOffice as a program of its own, if the machine has it: Office file in, PDF out. Own profile per worker with macros and
 * links off and a proxy that leads nowhere; ended hard after its time.
 */
final class Buero {

    private static final long HOECHSTENS_BYTES = 200L << 20;
    /** Memory of LibreOffice and its children. */
    private static final long SPEICHER = 800L << 20;
    /** Disk for its temporary files and the PDF. */
    private static final long PLATZ = 500L << 20;

    private static final String EINSTELLUNGEN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
            <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
            <item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
            <item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
            <item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
            <item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
            <item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
            <item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
            </oor:items>
            """;

    private Buero() {}

    /** Converts the original; empty if LibreOffice is missing, refuses, or takes too long (said as a note then). */
    static Optional<Path> pdf(Lesung lesung) throws IOException {
        Optional<Path> programm = programm();
        if (programm.isEmpty() || lesung.grenzen.buerosekunden() <= 0) {
            return Optional.empty();
        }
        // LibreOffice chooses its filter by extension: give it the one that fits the content, not the one it came with.
        String endung = endung(lesung.medientyp);
        Path quelle = lesung.neben("vorlage" + endung);
        Files.createSymbolicLink(quelle, lesung.original);
        Path profil = profil();
        var befehl = new ProcessBuilder(
                        programm.get().toString(),
                        "-env:UserInstallation=" + profil.toUri(),
                        "--headless",
                        "--norestore",
                        "--nolockcheck",
                        "--nodefault",
                        "--nofirststartwizard",
                        "--convert-to",
                        "pdf",
                        "--outdir",
                        lesung.ordner.toString(),
                        quelle.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        befehl.environment().put("HOME", profil.toString());
        befehl.environment().put("TMPDIR", lesung.ordner.toString());
        Process prozess = befehl.start();
        try {
            long ende = System.nanoTime() + lesung.grenzen.buerosekunden() * 1_000_000_000L;
            while (!prozess.waitFor(200, TimeUnit.MILLISECONDS)) {
                // Ended by us and not by the server: what was read of the file is good, only its preview is missing.
                if (System.nanoTime() - ende > 0) {
                    lesung.hinweis("Eine Vorschau ließ sich nicht in vertretbarer Zeit herstellen.");
                    return Optional.empty();
                }
                if (Verbrauch.speicher(prozess.toHandle()) > SPEICHER
                        || Verbrauch.platz(lesung.ordner, Set.of(lesung.original), PLATZ) > PLATZ) {
                    lesung.hinweis("Eine Vorschau herzustellen brauchte mehr Speicher, als vorgesehen ist.");
                    return Optional.empty();
                }
            }
        } catch (InterruptedException abbruch) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            // soffice is a script with children: the whole family ends, in whatever way we leave.
            List.copyOf(prozess.descendants().toList()).forEach(ProcessHandle::destroyForcibly);
            prozess.destroyForcibly();
        }
        Path ergebnis = lesung.neben("vorlage.pdf");
        return Files.isRegularFile(ergebnis) && Files.size(ergebnis) <= HOECHSTENS_BYTES
                ? Optional.of(ergebnis)
                : Optional.empty();
    }

    private static Path profil() throws IOException {
        Path profil = Path.of(System.getProperty("java.io.tmpdir")).resolve("buero");
        if (!Files.exists(profil.resolve("user"))) {
            Files.createDirectories(profil.resolve("user"));
            Files.writeString(profil.resolve("user/registrymodifications.xcu"), EINSTELLUNGEN);
        }
        return profil;
    }

    private static String endung(String medientyp) {
        try {
            String endung = org.apache.tika.mime.MimeTypes.getDefaultMimeTypes()
                    .forName(medientyp)
                    .getExtension();
            return endung.isEmpty() ? ".doc" : endung;
        } catch (org.apache.tika.mime.MimeTypeException unbekannt) {
            return ".doc";
        }
    }

    /** Whether this machine has it. */
    static boolean vorhanden() {
        return programm().isPresent();
    }

    private static Optional<Path> programm() {
        for (String ordner : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path datei = Path.of(ordner, "soffice");
            if (!ordner.isEmpty() && Files.isExecutable(datei)) {
                return Optional.of(datei);
            }
        }
        return Optional.empty();
    }
}
