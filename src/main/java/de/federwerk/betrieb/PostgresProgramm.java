package de.federwerk.betrieb;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** The program files of PostgreSQL (initdb, pg_ctl, postgres): unpacked from the class path into the data folder, and run. */
class PostgresProgramm {

    private final Path ordner;
    private final List<String> vorspann;

    /** Unpacks into {@code DATEN/programme} unless this very archive is there already. */
    PostgresProgramm(Path daten) throws IOException {
        var archiv = "/postgres-linux-%s.txz"
                .formatted(System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64");
        this.ordner = daten.resolve("programme").resolve("postgresql-" + kennzeichen(archiv));
        if (!Files.isDirectory(ordner)) entpacke(archiv);
        this.vorspann = new ArrayList<>();
        // A session of its own: Ctrl+C reaches every process of the terminal, but the database is stopped last and by
        // us.
        if (gelingt("setsid", "--wait", "true")) vorspann.addAll(List.of("setsid", "--wait"));
        if (istRoot()) vorspann.addAll(ohneRoot());
    }

    /**
     * Runs one of the programs to its end.
     *
     * @return what it printed
     * @throws IOException if it fails; the message is what it printed last
     */
    String fuehreAus(String programm, String... argumente) throws IOException {
        var befehl = new ArrayList<>(vorspann);
        befehl.add(ordner.resolve("bin").resolve(programm).toString());
        befehl.addAll(List.of(argumente));
        var start = new ProcessBuilder(befehl).redirectErrorStream(true).directory(ordner.toFile());
        start.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LD_"));
        start.environment().put("LC_ALL", "C");
        var prozess = start.start();
        prozess.getOutputStream().close();
        var ausgabe = new String(prozess.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!prozess.waitFor(5, TimeUnit.MINUTES)) throw new IOException(programm + " antwortet nicht");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(programm + " unterbrochen", e);
        }
        if (prozess.exitValue() != 0)
            throw new IOException(programm + ": " + ausgabe.substring(ausgabe.lastIndexOf('\n') + 1));
        return ausgabe;
    }

    /**
     * PostgreSQL refuses to run as root. A user namespace without a mapping makes the process appear as nobody, while its
     * files stay root's: no system user has to be created. Containers often forbid it.
     */
    private static List<String> ohneRoot() throws IOException {
        if (gelingt("unshare", "-U", "true")) return List.of("unshare", "-U");
        throw new Startfehler(
                "PostgreSQL läuft nicht als root, und dieses System erlaubt keinen Benutzer-Namensraum (unshare -U)."
                        + " Bitte Federwerk als gewöhnlicher Benutzer starten oder eine vorhandene Datenbank angeben (federwerk.datenbank.url).");
    }

    private static boolean gelingt(String... befehl) throws IOException {
        try {
            var ausgabe = ProcessBuilder.Redirect.DISCARD;
            return new ProcessBuilder(befehl)
                            .redirectOutput(ausgabe)
                            .redirectError(ausgabe)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException fehlt) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean istRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** By content: a new version of the program gets a folder of its own, the old one goes. */
    private static String kennzeichen(String archiv) throws IOException {
        try (var in = new DigestInputStream(oeffne(archiv), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream oeffne(String archiv) {
        var in = PostgresProgramm.class.getResourceAsStream(archiv);
        if (in == null) {
            throw new Startfehler(
                    "Für diese Art Rechner (%s) bringt Federwerk keine Datenbank mit; bitte eine vorhandene angeben (federwerk.datenbank.url)."
                            .formatted(System.getProperty("os.arch")));
        }
        return in;
    }

    /** Into a folder beside, then renamed: a start that was broken off leaves no half program. */
    private void entpacke(String archiv) throws IOException {
        FileSystemUtils.deleteRecursively(ordner.getParent());
        var halb = ordner.resolveSibling(ordner.getFileName() + ".neu");
        Files.createDirectories(halb);
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(oeffne(archiv), 1 << 16)))) {
            for (TarArchiveEntry eintrag; (eintrag = tar.getNextEntry()) != null; ) {
                var ziel = halb.resolve(eintrag.getName()).normalize();
                if (eintrag.isDirectory()) {
                    Files.createDirectories(ziel);
                } else if (eintrag.isSymbolicLink()) {
                    Files.createDirectories(ziel.getParent());
                    Files.createSymbolicLink(ziel, Path.of(eintrag.getLinkName()));
                } else {
                    Files.createDirectories(ziel.getParent());
                    Files.copy(tar, ziel);
                    if ((eintrag.getMode() & 0100) != 0) ziel.toFile().setExecutable(true);
                }
            }
        }
        Files.move(halb, ordner, StandardCopyOption.ATOMIC_MOVE);
    }
}
