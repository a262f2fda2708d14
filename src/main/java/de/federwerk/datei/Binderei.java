package de.federwerk.datei;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes one PDF/A of many files; everything that looks into one of them happens in a worker. */
@Component
public class Binderei {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long PLATZ = 8L << 30;
    private static final long KNAPP = 200L << 20;

    private final Werkstatt werkstatt;
    private final Blobs blobs;
    private final Dateien dateien;

    Binderei(Werkstatt werkstatt, Blobs blobs, Dateien dateien) {
        this.werkstatt = werkstatt;
        this.blobs = blobs;
        this.dateien = dateien;
    }

    /**
     * What became of a file.
     *
     * @param ursache why it cannot be shown, German; null if it can
     * @param boegen for {@link Band.Stueck}
     * @param alsBild pages (from 1) that are pictures of themselves with their text, because they may not stand in a PDF/A as they are
     * @param unlesbar pages (from 1) of which nothing could be shown
     * @param beigepackt whether files lie in the PDF that are not among its pages
     */
    public record Aufgenommen(
            @Nullable String ursache,
            List<String> boegen,
            int seiten,
            List<Integer> alsBild,
            List<Integer> unlesbar,
            boolean beigepackt) {

        static Aufgenommen nicht(String ursache) {
            return new Aufgenommen(ursache, List.of(), 0, List.of(), List.of(), false);
        }
    }

    /** @param erste for each part its first page, from 1 */
    public record Gebunden(Path pdf, int blaetter, List<Integer> erste) {}

    /** It could not be bound; the message is German, for people. */
    public static final class Missraten extends Exception {
        Missraten(String ursache) {
            super(ursache);
        }
    }

    /** Begins a Band; whoever begins closes, and nothing is left. */
    public Sammlung sammle() throws IOException {
        return new Sammlung(werkstatt.ordner());
    }

    /** How many files may be prepared at once with use. */
    public int plaetze() {
        return werkstatt.plaetze();
    }

    /** Pages on their way into one Band. */
    public final class Sammlung implements AutoCloseable {

        private final Arbeitsordner ordner;
        private final AtomicInteger nummer = new AtomicInteger();

        private Sammlung(Arbeitsordner ordner) {
            this.ordner = ordner;
        }

        /** A file of its own for whoever makes something else here, e.g. a ZIP. */
        public Path daneben(String name) {
            return ordner.pfad().resolve(name);
        }

        /**
         * Takes the pages of a file, or of what is shown in its place; may be called by several threads.
         *
         * @param hoechstens most pages
         * @param fortschritt told of each page that is begun; an exception of it ends the work
         * @throws IOException if no worker can be started or the disk is full
         * @throws InterruptedException if the house closes
         */
        public Aufgenommen nimm(Datei datei, int hoechstens, IntConsumer fortschritt)
                throws IOException, InterruptedException {
            var pdf = dateien.vorschau(datei.id());
            if (pdf.isEmpty()) {
                return Aufgenommen.nicht(
                        datei.hinweis() == null
                                ? "Für diese Art von Datei gibt es keine Seitenansicht."
                                : datei.hinweis());
            }
            for (int versuch = 1; ; versuch++) {
                try {
                    return nimm(pdf.get(), hoechstens, fortschritt);
                } catch (Ausfall ausfall) {
                    verlangePlatz();
                    if (versuch >= ausfall.art().versuche) {
                        return Aufgenommen.nicht(String.valueOf(ausfall.getMessage()));
                    }
                }
            }
        }

        /** On a full disk any worker fails, whatever its file is like. */
        private void verlangePlatz() throws IOException {
            if (Files.getFileStore(ordner.pfad()).getUsableSpace() < KNAPP) {
                throw new IOException("Die Festplatte ist voll");
            }
        }

        private Aufgenommen nimm(Blob pdf, int hoechstens, IntConsumer fortschritt)
                throws IOException, InterruptedException, Ausfall {
            try (var werk = werkstatt.ordner()) {
                try (InputStream ein = blobs.lies(pdf)) {
                    Files.copy(ein, werk.original());
                }
                var grenzen = Grenzen.UEBLICH.mitSeiten(hoechstens).mitPlatz(Grenzen.UEBLICH.platz() * 3);
                var ergebnis = werkstatt.lies(werk, Auftrag.zum(Auftrag.AUFBEREITEN, werk, grenzen), fortschritt);
                if (ergebnis.ursache() != null || ergebnis.text() == null) {
                    return Aufgenommen.nicht(String.valueOf(ergebnis.ursache()));
                }
                var befund = JSON.readValue(
                        Files.readAllBytes(werk.ergebnis(ergebnis.text())), Aufbereitung.Aufbereitet.class);
                var boegen = new ArrayList<String>();
                for (var bogen : befund.boegen()) {
                    var neu = "teil-%06d.pdf".formatted(nummer.incrementAndGet());
                    Files.move(werk.ergebnis(bogen), ordner.pfad().resolve(neu));
                    boegen.add(neu);
                }
                return new Aufgenommen(
                        null, boegen, befund.seiten(), befund.alsBild(), befund.unlesbar(), befund.beigepackt());
            }
        }

        /**
         * Binds what was taken.
         *
         * @param hoechstens most pages
         * @throws Missraten with the reason
         */
        public Gebunden binde(Band band, int hoechstens, IntConsumer fortschritt)
                throws IOException, InterruptedException, Missraten {
            Files.writeString(ordner.pfad().resolve(Bandschreiber.PLAN), JSON.writeValueAsString(band));
            for (int versuch = 1; ; versuch++) {
                try {
                    return bindeJetzt(hoechstens, fortschritt);
                } catch (Ausfall ausfall) {
                    verlangePlatz();
                    if (versuch >= ausfall.art().versuche) {
                        throw new Missraten(String.valueOf(ausfall.getMessage()));
                    }
                }
            }
        }

        private Gebunden bindeJetzt(int hoechstens, IntConsumer fortschritt)
                throws IOException, InterruptedException, Missraten, Ausfall {
            var grenzen = Grenzen.UEBLICH.mitSeiten(hoechstens).mitPlatz(PLATZ);
            var ergebnis = werkstatt.lies(ordner, Auftrag.zum(Auftrag.BINDEN, ordner, grenzen), fortschritt);
            if (ergebnis.ursache() != null || ergebnis.text() == null) {
                throw new Missraten(String.valueOf(ergebnis.ursache()));
            }
            var gebunden =
                    JSON.readValue(Files.readAllBytes(ordner.ergebnis(ergebnis.text())), Bandschreiber.Gebunden.class);
            return new Gebunden(ordner.ergebnis(Bandschreiber.BAND), gebunden.blaetter(), gebunden.erste());
        }

        @Override
        public void close() {
            ordner.close();
        }
    }
}
