package de.federwerk.datei;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Abgelehnt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Blacks out parts of a file, in a worker like everything that touches files from strangers: where its words stand, and a new PDF in which
 * some areas are black and nothing of them is left. Knows nothing of rights.
 */
@Component
public class Schwaerzwerk {

    /** Pages of a file that can be blacked out. */
    public static final int SEITEN = Schwaerzer.SEITEN;

    private static final Logger LOG = LoggerFactory.getLogger(Schwaerzwerk.class);

    static final int WORTE_JE_SEITE = 20_000;

    private static final double PUNKT = 25.4 / 72;
    private static final long LAGE_BYTES = 100L << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Pages take long where OCR must read them; whoever waits sees how far it is. */
    private static final Grenzen GRENZEN =
            new Grenzen(SEITEN, SEITEN, 40_000_000, 1_000, 0, 0, 60 * 60_000L, 4L << 30, 0, 0);

    /** Part of a page (from 1), in millimetres from its upper left corner as it is seen. */
    public record Flaeche(int seite, double x, double y, double breite, double hoehe) {}

    /** A word as it is seen on the page, in millimetres from its upper left corner. */
    public record Wort(String text, double x, double y, double breite, double hoehe) {}

    /**
     * A page in millimetres, and its words in the order in which they are read.
     *
     * @param erkannt whether the words are those of OCR
     */
    public record Seitenlage(int seite, double breite, double hoehe, boolean erkannt, List<Wort> worte) {}

    /** @param bild a JPEG of the page, durable but named by no row yet */
    public record Blatt(Seitenlage lage, Blob bild) {}

    /** @param hinweis German: what could not be drawn; null if nothing */
    public record Gesehenes(List<Blatt> blaetter, @Nullable String hinweis) {}

    private final Dateien dateien;
    private final Blobs blobs;
    private final Werkstatt werkstatt;

    Schwaerzwerk(Dateien dateien, Blobs blobs, Werkstatt werkstatt) {
        this.dateien = dateien;
        this.blobs = blobs;
        this.werkstatt = werkstatt;
    }

    static double mm(double punkte) {
        return Math.round(punkte * PUNKT * 100) / 100.0;
    }

    static double punkte(double mm) {
        return mm / PUNKT;
    }

    /**
     * The pages of a file – itself, if it is a PDF, or the one made for looking at – with their words. Takes up to seconds for a page.
     *
     * @param fortschritt is told of each page (from 1) that begins
     * @throws Abgelehnt (KONFLIKT) if it cannot be read, with the reason
     */
    public Gesehenes sieh(UUID datei, IntConsumer fortschritt) throws InterruptedException {
        return mit(datei, Schwaerzauftrag.lage(), fortschritt, (ordner, ergebnis) -> {
            var blaetter = new ArrayList<Blatt>();
            for (var lage : lagen(ordner)) {
                var bild = ergebnis.seitenbilder().stream()
                        .filter(b -> b.seite() == lage.seite())
                        .findFirst()
                        .orElseThrow(() -> new IOException("Eine Seite ohne Bild"));
                try (InputStream ein = Files.newInputStream(ordner.ergebnis(bild.datei()))) {
                    blaetter.add(new Blatt(lage, blobs.schreibe(ein)));
                }
            }
            return new Gesehenes(blaetter, ergebnis.hinweis());
        });
    }

    /** The worker's word is not trusted. */
    private static List<Seitenlage> lagen(Arbeitsordner ordner) throws IOException {
        var datei = ordner.ergebnis(Schwaerzauftrag.LAGE);
        if (Files.size(datei) > LAGE_BYTES) {
            throw new IOException("Der Arbeiter nennt zu viele Worte");
        }
        try {
            var lagen = List.of(JSON.readValue(Files.readString(datei), Seitenlage[].class));
            boolean glaubhaft = lagen.size() <= SEITEN
                    && lagen.stream()
                            .allMatch(l -> masse(l.breite, l.hoehe)
                                    && l.breite > 0
                                    && l.hoehe > 0
                                    && l.worte.size() <= WORTE_JE_SEITE
                                    && l.worte.stream()
                                            .allMatch(w -> masse(w.x, w.y, w.breite, w.hoehe)
                                                    && w.text.length() <= 10_000
                                                    && w.text.equals(Seitentext.rein(w.text))));
            if (!glaubhaft) {
                throw new IOException("Der Arbeiter nennt unmögliche Worte");
            }
            return lagen;
        } catch (JacksonException unsinn) {
            throw new IOException(unsinn);
        }
    }

    private static boolean masse(double... zahlen) {
        for (double zahl : zahlen) {
            if (!(Math.abs(zahl) < 100_000)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A new PDF/A of the pages of a file, made from nothing but what is seen of them beside the areas. It was searched for what should
     * be gone before it is handed out.
     *
     * @param verboten words, as {@link Wortform} has them, that stand nowhere but in the areas
     * @param fortschritt is told of each page (from 1) that begins
     * @return its bytes, durable but named by no row yet
     * @throws Abgelehnt (KONFLIKT) if it cannot be made, or does not pass, with the reason
     */
    public Blob schwaerze(UUID datei, List<Flaeche> flaechen, Set<String> verboten, IntConsumer fortschritt)
            throws InterruptedException {
        return mit(datei, new Schwaerzauftrag(true, flaechen, verboten), fortschritt, (ordner, ergebnis) -> {
            if (ergebnis.vorschau() == null) {
                throw new IOException("Der Arbeiter brachte kein PDF");
            }
            try (InputStream ein = Files.newInputStream(ordner.ergebnis(ergebnis.vorschau()))) {
                return blobs.schreibe(ein);
            }
        });
    }

    private interface Ernte<T> {
        T aus(Arbeitsordner ordner, Ergebnis ergebnis) throws IOException;
    }

    private <T> T mit(UUID datei, Schwaerzauftrag auftrag, IntConsumer fortschritt, Ernte<T> ernte)
            throws InterruptedException {
        var pdf = dateien.vorschau(datei)
                .orElseThrow(() -> Abgelehnt.konflikt(
                        "Von diesem Dokument gibt es keine Seiten, auf denen etwas geschwärzt werden könnte."));
        try (var ordner = werkstatt.ordner()) {
            try (InputStream ein = blobs.lies(pdf)) {
                Files.copy(ein, ordner.original());
            }
            var ergebnis = werkstatt.lies(ordner, Auftrag.zumSchwaerzen(auftrag, ordner, GRENZEN), fortschritt);
            if (ergebnis.ursache() != null) {
                LOG.info("Datei {} lässt sich nicht schwärzen: {}", datei, ergebnis.technisch());
                throw Abgelehnt.konflikt(ergebnis.ursache());
            }
            return ernte.aus(ordner, ergebnis);
        } catch (Ausfall ausfall) {
            if (ausfall.art() == Ausfall.Art.ABSTURZ) {
                // Perhaps bad luck: whoever asked tries again.
                throw new UncheckedIOException(new IOException(ausfall.technisch(), ausfall));
            }
            throw Abgelehnt.konflikt(
                    ausfall.getMessage()
                            + " Geschwärzt wurde nichts; das Dokument ist unverändert aufbewahrt. Drucken Sie es, wenn ein anderes Programm es zeigt, neu als PDF, und legen Sie das als neue Version ab.");
        } catch (IOException umstaende) {
            throw new UncheckedIOException(umstaende);
        }
    }
}
