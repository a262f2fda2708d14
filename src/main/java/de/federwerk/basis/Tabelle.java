package de.federwerk.basis;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/** A list as people send it: CSV with semicolons and a head line, as a spreadsheet writes it (BOM, quotes, any order of columns). */
public final class Tabelle {

    /** One line below the head. @param nr as an editor counts, the head is line 1; the last one of a value over several lines */
    public record Zeile(long nr, Map<String, String> werte) {

        /** The value of a column, stripped; empty if the column or the value is missing. */
        public String wert(String spalte) {
            return werte.getOrDefault(spalte, "");
        }
    }

    /** A list is small; this is only so that a wrong file does not fill the memory. */
    private static final int BYTES = 20 * 1024 * 1024;

    private Tabelle() {}

    /**
     * The text of an uploaded list: UTF-8, else Windows-1252, which is what Excel writes in Germany.
     *
     * @throws Abgelehnt (GRENZE) beyond 20 MB
     */
    public static Reader text(InputStream strom) throws IOException {
        var bytes = strom.readNBytes(BYTES + 1);
        if (bytes.length > BYTES) {
            throw new Abgelehnt(Abgelehnt.Art.GRENZE, "Die Liste ist größer als 20 MB; bitte teilen Sie sie.");
        }
        try {
            return new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            // Read as UTF-8 all the same, every umlaut would silently become a replacement character.
            return new StringReader(new String(bytes, Charset.forName("windows-1252")));
        }
    }

    /**
     * Reads all lines.
     *
     * @param pflicht columns that must be named in the head
     * @param alle all columns, for the message
     * @throws Abgelehnt (EINGABE) if it is no such table, (GRENZE) if it has more than {@code hoechstens} lines
     */
    public static List<Zeile> lies(Reader csv, List<String> pflicht, String alle, int hoechstens) {
        return lies(csv, ';', pflicht, alle, hoechstens);
    }

    /** As {@link #lies(Reader, List, String, int)}, with another sign between the values. */
    public static List<Zeile> lies(Reader csv, char trenner, List<String> pflicht, String alle, int hoechstens) {
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(trenner)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        var zeilen = new ArrayList<Zeile>();
        try (var leser = format.parse(ohneMarke(csv))) {
            List<String> kopf = null;
            for (var satz : leser) {
                if (kopf == null) {
                    kopf = satz.stream()
                            .map(n -> n.strip().toLowerCase(Locale.ROOT))
                            .toList();
                    continue;
                }
                if (zeilen.size() >= hoechstens) {
                    throw new Abgelehnt(
                            Abgelehnt.Art.GRENZE,
                            "Die Liste hat mehr als " + hoechstens + " Zeilen; bitte teilen Sie sie.");
                }
                var werte = new HashMap<String, String>();
                for (int i = 0; i < Math.min(kopf.size(), satz.size()); i++) {
                    werte.put(kopf.get(i), satz.get(i).replace("\0", ""));
                }
                zeilen.add(new Zeile(leser.getCurrentLineNumber(), werte));
            }
            if (kopf == null || !kopf.containsAll(pflicht)) {
                throw Abgelehnt.eingabe("Die erste Zeile muss die Spalten nennen: " + alle);
            }
            return zeilen;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw Abgelehnt.eingabe(
                    "Die Datei ist keine lesbare CSV-Datei mit Semikolon. Gespeichert sein muss sie als „CSV UTF-8“.");
        }
    }

    /** The byte order mark before a quoted name would hide the first column. */
    private static Reader ohneMarke(Reader text) throws IOException {
        var leser = new PushbackReader(text);
        int erstes = leser.read();
        if (erstes >= 0 && erstes != '\uFEFF') {
            leser.unread(erstes);
        }
        return leser;
    }
}
