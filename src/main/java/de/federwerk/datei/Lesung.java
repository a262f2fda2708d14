package de.federwerk.datei;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The reading of one file inside a worker: what is asked, what came together so far. The readers fill it. */
final class Lesung {

    private static final String TEXT = "text.txt";

    final Path ordner;
    final Path original;
    final String dateiname;
    final Set<Integer> ausgelassen;
    final Grenzen grenzen;
    final Seitentext text;
    final List<Ergebnis.Seitenbild> seitenbilder = new ArrayList<>();
    final List<Ergebnis.Teil> teile = new ArrayList<>();
    private final Set<String> hinweise = new LinkedHashSet<>();
    private final IntConsumer lebenszeichen;
    private final long ende;

    String medientyp = "application/octet-stream";

    @Nullable
    Integer seiten;

    @Nullable
    String vorschau;

    @Nullable
    String titel;

    @Nullable
    String absender;

    @Nullable
    Instant absenderdatum;

    boolean ausText;
    boolean ausBild;

    Lesung(Auftrag auftrag, IntConsumer lebenszeichen) throws IOException {
        this.ordner = Path.of(auftrag.ordner());
        this.original = ordner.resolve(Auftrag.ORIGINAL);
        this.dateiname = auftrag.dateiname();
        this.ausgelassen = auftrag.ausgelassen();
        this.grenzen = auftrag.grenzen();
        this.lebenszeichen = lebenszeichen;
        this.ende = System.nanoTime() + grenzen.millisekunden() * 1_000_000;
        this.text = new Seitentext(ordner.resolve(TEXT), grenzen.textzeichen());
    }

    /** Tells the server which page (from 1) is begun; each page has its own time limit there. */
    void beginne(int seite) {
        lebenszeichen.accept(seite);
    }

    boolean zeitUm() {
        return System.nanoTime() - ende > 0;
    }

    /** A sentence for people about something that was left out. */
    void hinweis(String satz) {
        if (hinweise.size() < 10) {
            hinweise.add(satz);
        }
    }

    /** A file within the working folder. */
    Path neben(String name) {
        return ordner.resolve(name);
    }

    Ergebnis ergebnis(@Nullable Befund befund, boolean verbraucht) throws IOException {
        text.close();
        if (text.gekuerzt()) {
            hinweis("Die Datei enthält sehr viel Text; durchsuchbar ist nur der Anfang.");
        }
        String herkunft = !text.sichtbares() ? "keiner" : ausText && ausBild ? "gemischt" : ausBild ? "ocr" : "text";
        return new Ergebnis(
                befund == null ? null : befund.getMessage(),
                befund == null || befund.getCause() == null ? null : kurz(befund.getCause()),
                hinweise.isEmpty() ? null : String.join(" ", hinweise),
                medientyp,
                seiten,
                herkunft,
                text.sichtbares() ? TEXT : null,
                vorschau != null && Files.exists(neben(vorschau)) ? vorschau : null,
                seitenbilder,
                teile,
                titel,
                absender,
                absenderdatum,
                verbraucht);
    }

    /** The outermost and the innermost of a chain: libraries wrap what matters. */
    private static String kurz(Throwable fehler) {
        Throwable innerster = fehler;
        for (int i = 0; i < 20 && innerster.getCause() != null; i++) {
            innerster = innerster.getCause();
        }
        String lang = fehler.getCause() == null ? fehler.toString() : fehler + " – " + innerster;
        // A message may quote the file: NUL and half characters, which a database refuses.
        return Seitentext.rein(lang.length() > 500 ? lang.substring(0, 500) : lang);
    }
}
