package de.federwerk.betrieb;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The passwords of the database the program brings along: random, made once, readable by the owner of the data folder only. */
record Geheimnisse(String dba, String eigner, String laufzeit) {

    private static final SecureRandom ZUFALL = new SecureRandom();

    /** Reads {@code DATEN/datenbank.geheim}, or makes it if {@code neu}. */
    static Geheimnisse aus(Path daten, boolean neu) throws IOException {
        var datei = daten.resolve("datenbank.geheim");
        if (!Files.exists(datei)) {
            if (!neu)
                throw new Startfehler(
                        "In " + daten
                                + " fehlt die Datei datenbank.geheim mit den Kennwörtern der Datenbank; bitte aus der Sicherung zurückholen.");
            schreibe(datei, "dba=%s%neigner=%s%nlaufzeit=%s%n".formatted(zufall(), zufall(), zufall()));
        }
        var werte = new Properties();
        werte.load(new StringReader(Files.readString(datei)));
        return new Geheimnisse(
                werte.getProperty("dba", ""), werte.getProperty("eigner", ""), werte.getProperty("laufzeit", ""));
    }

    /** Created with mode 0600 from the first byte on, complete or not at all. */
    static void schreibe(Path datei, String inhalt) throws IOException {
        var nurEigner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var halb = datei.resolveSibling(datei.getFileName() + ".neu");
        Files.deleteIfExists(halb);
        Files.createFile(halb, nurEigner);
        Files.writeString(halb, inhalt);
        Files.move(halb, datei, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String zufall() {
        var bytes = new byte[24];
        ZUFALL.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
