package de.federwerk.datei;

import static org.bytedeco.tesseract.global.tesseract.OEM_LSTM_ONLY;
import static org.bytedeco.tesseract.global.tesseract.PSM_AUTO;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.leptonica.global.leptonica;
import org.bytedeco.tesseract.TessBaseAPI;

/**
 * For the stand: the same scanned pages through the workers of the house (PDF taken apart, page image and text made), and through
 * Tesseract alone, one process per core with one thread each, the model loaded once.
 */
public final class Erkennungsvergleich implements AutoCloseable {

    private final Werkstatt werkstatt;
    private final Path werkzeug;
    private final List<Path> bilder;
    private final List<byte[]> scans;
    private final List<Process> nackte = new ArrayList<>();
    private final List<BufferedReader> antworten = new ArrayList<>();
    private final int kerne = Runtime.getRuntime().availableProcessors();

    /** @param daten the folder of a house that has read something before: its unpacked model is used by both @param bilder one page each, PNG @param scans the same pages as PDF */
    public Erkennungsvergleich(Path daten, List<Path> bilder, List<byte[]> scans) {
        this.werkstatt = new Werkstatt(daten, kerne, Duration.ofMinutes(3), Duration.ofMinutes(10));
        this.werkzeug = daten.toAbsolutePath().normalize().resolve("werkzeug");
        this.bilder = bilder;
        this.scans = scans;
    }

    /** All pages by the house, as many at once as there are cores; fails if a page gave no text. */
    public void imHaus() throws Exception {
        try (var faeden = Executors.newFixedThreadPool(kerne)) {
            for (var ende : faeden.invokeAll(scans.stream()
                    .map(scan -> (Callable<Boolean>) () -> lies(scan))
                    .toList())) {
                if (!ende.get()) {
                    throw new IllegalStateException("Eine Seite blieb ohne Text");
                }
            }
        }
    }

    private boolean lies(byte[] scan) throws Exception {
        try (var ordner = werkstatt.ordner()) {
            Files.write(ordner.original(), scan);
            var ergebnis = werkstatt.lies(ordner, "scan.pdf", Set.of(), Grenzen.UEBLICH);
            return ergebnis.text() != null && "ocr".equals(ergebnis.textherkunft());
        }
    }

    /** All pages by Tesseract alone. */
    public void nackt() throws IOException {
        if (nackte.isEmpty()) {
            starteNackte();
        }
        for (int i = 0; i < nackte.size(); i++) {
            var los = new StringBuilder();
            for (int b = i; b < bilder.size(); b += nackte.size()) {
                los.append(bilder.get(b).toAbsolutePath()).append('\t');
            }
            var ziel = nackte.get(i).getOutputStream();
            ziel.write((los + "\n").getBytes(StandardCharsets.UTF_8));
            ziel.flush();
        }
        for (var antwort : antworten) {
            if (!"fertig".equals(antwort.readLine())) {
                throw new IOException("Tesseract allein ist gescheitert");
            }
        }
    }

    private void starteNackte() throws IOException {
        for (int i = 0; i < Math.min(kerne, bilder.size()); i++) {
            var bau = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.bytedeco.javacpp.cachedir=" + werkzeug.resolve("javacpp"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Allein.class.getName(),
                    werkzeug.resolve("tessdata").toString());
            bau.environment().put("OMP_THREAD_LIMIT", "1");
            var prozess = bau.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            nackte.add(prozess);
            antworten.add(new BufferedReader(new InputStreamReader(prozess.getInputStream(), StandardCharsets.UTF_8)));
        }
    }

    /** A process that knows nothing but Tesseract: a line of file names in, a line when they are read. */
    static final class Allein {

        private Allein() {}

        public static void main(String[] argumente) throws IOException {
            var tesseract = new TessBaseAPI();
            if (tesseract.Init(argumente[0], "deu", OEM_LSTM_ONLY) != 0) {
                System.exit(1);
            }
            tesseract.SetPageSegMode(PSM_AUTO);
            tesseract.SetVariable("debug_file", "/dev/null");
            var ein = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String zeile = ein.readLine(); zeile != null; zeile = ein.readLine()) {
                for (var name : zeile.strip().split("\t")) {
                    lies(tesseract, name);
                }
                System.out.println("fertig");
            }
        }

        private static void lies(TessBaseAPI tesseract, String name) {
            try (var bild = leptonica.pixRead(name)) {
                tesseract.SetImage(bild);
                tesseract.SetSourceResolution(300);
                try (BytePointer text = tesseract.GetUTF8Text()) {
                    if (text == null || text.getString(StandardCharsets.UTF_8).isBlank()) {
                        throw new UncheckedIOException(new IOException("kein Text in " + name));
                    }
                }
                tesseract.Clear();
            }
        }
    }

    @Override
    public void close() {
        nackte.forEach(Process::destroy);
        werkstatt.close();
    }
}
