package de.federwerk.uebernahme;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The report: a line for every file, for Excel (UTF-8 with byte order mark, semicolons). File names come from strangers: what a
 * spreadsheet would take for a formula is made text (OWASP, CSV injection).
 */
final class Bericht implements AutoCloseable {

    private static final Pattern FORMEL = Pattern.compile("^[\\s]*[=+\\-@\\t\\r]");
    private static final String KOPF =
            "Ergebnis;Pfad;Grund oder Hinweis;Position;Einheit;Akte;Titel der Akte;Vorgang;Titel des Vorgangs;Titel des Dokuments;Bytes;SHA-256";

    private final Path datei;
    private final FileChannel kanal;
    private final BufferedWriter ziel;

    Bericht(Path datei) {
        this.datei = datei;
        try {
            Files.createDirectories(datei.getParent());
            this.kanal = FileChannel.open(datei, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            this.ziel = new BufferedWriter(
                    new OutputStreamWriter(Channels.newOutputStream(kanal), StandardCharsets.UTF_8), 1 << 16);
            ziel.write("\uFEFF" + KOPF + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path datei() {
        return datei;
    }

    synchronized void zeile(@Nullable Object... felder) {
        var zeile = new StringBuilder();
        for (var feld : felder) {
            if (!zeile.isEmpty()) {
                zeile.append(';');
            }
            zeile.append(sicher(feld == null ? "" : feld.toString()));
        }
        try {
            ziel.write(zeile.append("\r\n").toString());
        } catch (IOException e) {
            throw new Abbruch(
                    "Der Bericht " + datei + " lässt sich nicht weiter schreiben (" + Quellbaum.ursache(e)
                            + "). Was bis hierher übernommen wurde, ist sicher. Bitte Platz schaffen und denselben Befehl noch einmal geben.",
                    e);
        }
    }

    static String sicher(String wert) {
        var text = wert.replaceAll("\\p{Cntrl}+", " ");
        if (FORMEL.matcher(wert).find()) {
            text = "'" + text;
        }
        return text.indexOf(';') >= 0 || text.indexOf('"') >= 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Whatever happens afterwards, the lines so far are there. */
    synchronized void sichere() {
        try {
            ziel.flush();
            kanal.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            ziel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
