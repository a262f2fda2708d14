package de.federwerk.uebernahme;

import de.federwerk.basis.Abgelehnt;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * The table beside the tree: what Pfad (a file, or a folder for everything below) is to become. Kept on disk; in memory stands only
 * where each line begins, so that a million lines cost 24 MB once they are sorted.
 */
final class Uebernahmetabelle implements Closeable {

    /** One line. @param nr as an editor counts if no value has several lines, the head is 1 */
    record Zeile(long nr, Map<String, String> werte) {}

    /** Columns by their names in the head, lower case; several names for what towns call differently. */
    private static final Map<String, String> SPALTEN = Map.ofEntries(
            Map.entry("pfad", "pfad"),
            Map.entry("position", "position"),
            Map.entry("aktenplan", "position"),
            Map.entry("kennzeichen", "position"),
            Map.entry("aktenzeichen", "aktenzeichen"),
            Map.entry("akte", "akte"),
            Map.entry("vorgang", "vorgang"),
            Map.entry("titel", "titel"),
            Map.entry("datum", "datum"),
            Map.entry("schriftstückdatum", "datum"),
            Map.entry("schriftstueckdatum", "datum"),
            Map.entry("dokumentart", "dokumentart"),
            Map.entry("absender", "absender"),
            Map.entry("einheit", "einheit"),
            Map.entry("vertraulichkeit", "stufe"),
            Map.entry("stufe", "stufe"),
            Map.entry("altaktenzeichen", "altaktenzeichen"),
            Map.entry("alte kennung", "altaktenzeichen"));

    static final String MOEGLICH =
            "Pfad; Position; Aktenzeichen; Akte; Vorgang; Titel; Datum; Dokumentart; Absender; Einheit; Vertraulichkeit; Altaktenzeichen";

    private static final int ZEILEN = 2_000_000;
    private static final int LAENGSTE_ZEILE = 100_000;
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setDelimiter(';').setTrim(true).get();

    private final FileChannel datei;
    private final Charset zeichensatz;
    private final String wurzel;
    private final List<String> kopf;
    private final List<String> fremdeSpalten = new ArrayList<>();
    /** Sorted by hash: hash of the path, where its line begins, its number. */
    private long[] werte = new long[0];

    private long[] stellen = new long[0];
    private int[] nummern = new int[0];
    private int[] laengen = new int[0];
    private int anzahl;
    private final BitSet benutzt = new BitSet();

    /** @throws Abgelehnt (EINGABE) if it is no such table, with the lines that are wrong */
    Uebernahmetabelle(Path csv, Path wurzel) {
        this.wurzel = wurzel.toString().replace('\\', '/') + "/";
        try {
            this.zeichensatz = zeichensatz(csv);
            this.datei = FileChannel.open(csv);
        } catch (NoSuchFileException e) {
            throw Abgelehnt.eingabe("Die Tabelle " + csv + " gibt es nicht.");
        } catch (IOException e) {
            throw Abgelehnt.eingabe("Die Tabelle " + csv + " ist nicht lesbar (" + Quellbaum.ursache(e) + ").");
        }
        try {
            this.kopf = lies(csv);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw Abgelehnt.eingabe("Die Tabelle " + csv
                    + " ist keine lesbare CSV-Datei mit Semikolon. Gespeichert sein muss sie als „CSV UTF-8“.");
        }
    }

    /** UTF-8, else Windows-1252, which is what Excel writes in Germany. */
    private static Charset zeichensatz(Path csv) throws IOException {
        try (Reader leser = new InputStreamReader(Files.newInputStream(csv), StandardCharsets.UTF_8.newDecoder())) {
            var puffer = new char[65_536];
            while (leser.read(puffer) >= 0) {
                // Only whether it can be read.
            }
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return Charset.forName("windows-1252");
        }
    }

    private List<String> lies(Path csv) throws IOException {
        List<String> spalten = List.of();
        var eintraege = new ArrayList<long[]>();
        try (var strom = new BufferedInputStream(Files.newInputStream(csv), 1 << 16)) {
            long stelle = 0;
            for (long nr = 1; ; nr++) {
                int laenge = satz(strom);
                if (laenge == 0) {
                    break;
                }
                var felder = felder(stelle, laenge);
                if (nr == 1) {
                    spalten = spalten(felder);
                } else if (!felder.isEmpty() && felder.stream().anyMatch(f -> !f.isEmpty())) {
                    if (eintraege.size() == ZEILEN) {
                        throw Abgelehnt.eingabe(
                                "Die Tabelle hat mehr als " + ZEILEN + " Zeilen; bitte teilen Sie sie.");
                    }
                    var pfad = felder.size() > spalten.indexOf("pfad") ? felder.get(spalten.indexOf("pfad")) : "";
                    eintraege.add(new long[] {hash(normal(pfad)), stelle, nr, laenge});
                }
                stelle += laenge;
            }
        }
        eintraege.sort((a, b) -> Long.compare(a[0], b[0]));
        anzahl = eintraege.size();
        werte = eintraege.stream().mapToLong(e -> e[0]).toArray();
        stellen = eintraege.stream().mapToLong(e -> e[1]).toArray();
        nummern = eintraege.stream().mapToInt(e -> (int) e[2]).toArray();
        laengen = eintraege.stream().mapToInt(e -> (int) e[3]).toArray();
        doppelte();
        return spalten;
    }

    private List<String> spalten(List<String> felder) {
        var spalten = new ArrayList<String>();
        for (var feld : felder) {
            var name = Normalizer.normalize(feld, Normalizer.Form.NFC).strip().toLowerCase(Locale.GERMAN);
            spalten.add(SPALTEN.getOrDefault(name, ""));
            if (!SPALTEN.containsKey(name) && !name.isEmpty()) {
                fremdeSpalten.add(feld);
            }
        }
        if (!spalten.contains("pfad")) {
            throw Abgelehnt.eingabe(
                    "Die erste Zeile der Tabelle muss die Spalte Pfad nennen; möglich sind: " + MOEGLICH + ".");
        }
        for (var spalte : SPALTEN.values()) {
            if (spalten.indexOf(spalte) != spalten.lastIndexOf(spalte)) {
                throw Abgelehnt.eingabe("In der Tabelle gibt es zwei Spalten für „" + spalte + "“.");
            }
        }
        return spalten;
    }

    private void doppelte() {
        var mehrfach = new ArrayList<String>();
        for (int i = 1; i < anzahl && mehrfach.size() < 20; i++) {
            if (werte[i] == werte[i - 1]) {
                mehrfach.add("Zeile " + Math.max(nummern[i], nummern[i - 1]) + " nennt denselben Pfad wie Zeile "
                        + Math.min(nummern[i], nummern[i - 1]) + ".");
            }
        }
        if (!mehrfach.isEmpty()) {
            throw Abgelehnt.eingabe("Die Tabelle ist nicht eindeutig. " + String.join(" ", mehrfach));
        }
    }

    /** Bytes of the next line, with its end; a line break within quotes belongs to it. 0 = no more. */
    private static int satz(InputStream strom) throws IOException {
        boolean zitat = false;
        int laenge = 0;
        for (int b; (b = strom.read()) >= 0; ) {
            if (++laenge > LAENGSTE_ZEILE) {
                throw Abgelehnt.eingabe("Die Tabelle hat eine Zeile mit mehr als " + LAENGSTE_ZEILE
                        + " Zeichen; wahrscheinlich fehlt ein schließendes Anführungszeichen.");
            }
            zitat ^= b == '"';
            if (b == '\n' && !zitat) {
                return laenge;
            }
        }
        return laenge;
    }

    private List<String> felder(long stelle, int laenge) throws IOException {
        var bytes = ByteBuffer.allocate(laenge);
        for (long ab = stelle; bytes.hasRemaining(); ) {
            int n = datei.read(bytes, ab);
            if (n < 0) {
                break;
            }
            ab += n;
        }
        var text = new String(bytes.array(), 0, bytes.position(), zeichensatz);
        try (var leser = CSVParser.parse(stelle == 0 && text.startsWith("\uFEFF") ? text.substring(1) : text, FORMAT)) {
            var saetze = leser.getRecords();
            return saetze.isEmpty() ? List.of() : saetze.getFirst().toList();
        }
    }

    /** How paths of the table are compared: slashes, NFC, without drive and without what stands before the folder. */
    private String normal(String pfad) {
        var text = Normalizer.normalize(pfad, Normalizer.Form.NFC).replace('\\', '/');
        if (text.startsWith(wurzel)) {
            text = text.substring(wurzel.length());
        }
        return text.replaceAll("^(\\./|/)+|/+$", "");
    }

    private static long hash(String pfad) {
        return Kennwert.von(pfad).getMostSignificantBits();
    }

    boolean leer() {
        return anzahl == 0;
    }

    /** Columns nobody knows, as they are called in the head. */
    List<String> fremdeSpalten() {
        return fremdeSpalten;
    }

    /** The line of a file or folder. */
    Optional<Zeile> zu(String pfad) {
        int i = Arrays.binarySearch(werte, hash(pfad));
        if (i < 0) {
            return Optional.empty();
        }
        var zeile = zeile(i);
        if (!normal(zeile.werte.getOrDefault("pfad", "")).equals(pfad)) {
            return Optional.empty();
        }
        benutzt.set(i);
        return Optional.of(zeile);
    }

    private Zeile zeile(int i) {
        try {
            var felder = felder(stellen[i], laengen[i]);
            var werteDerZeile = new HashMap<String, String>();
            for (int k = 0; k < Math.min(kopf.size(), felder.size()); k++) {
                if (!kopf.get(k).isEmpty() && !felder.get(k).isEmpty()) {
                    werteDerZeile.put(kopf.get(k), felder.get(k).replace("\0", ""));
                }
            }
            return new Zeile(nummern[i], werteDerZeile);
        } catch (IOException e) {
            throw new Abbruch("Die Tabelle ist nicht mehr lesbar. Was bis hierher übernommen wurde, ist sicher.", e);
        }
    }

    /** Lines whose Pfad is not below the folder, in their order. */
    void unbenutzte(Consumer<Zeile> abnehmer) {
        var uebrig = new ArrayList<Integer>();
        for (int i = benutzt.nextClearBit(0); i < anzahl; i = benutzt.nextClearBit(i + 1)) {
            uebrig.add(i);
        }
        uebrig.sort((a, b) -> Integer.compare(nummern[a], nummern[b]));
        uebrig.forEach(i -> abnehmer.accept(zeile(i)));
    }

    @Override
    public void close() throws IOException {
        datei.close();
    }
}
