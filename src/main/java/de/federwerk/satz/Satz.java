package de.federwerk.satz;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Einschub;
import gg.jte.output.StringOutput;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;

/** Sets documents of our own. Nothing is fetched meanwhile: what a template names, but data of the house itself, is refused. */
@Component
public class Satz {

    static final int SEITEN = 200;
    static final int ZEICHEN = 1_000_000;
    private static final Duration ZEIT = Duration.ofSeconds(60);
    /** Setting takes a core and some 50 MB: more at once would be slower for all. */
    private static final int ZUGLEICH = 2;

    private static final byte[] FARBEN =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggingEnabled(false);
    }

    private final Einschub einschub;
    private final Semaphore plaetze = new Semaphore(ZUGLEICH, true);

    Satz(Einschub einschub) {
        this.einschub = einschub;
    }

    /**
     * @return PDF/A-3a that is PDF/UA-1 as well
     * @throws Abgelehnt (GRENZE) if it is longer than 200 pages or 1,000,000 characters or takes longer than a minute
     */
    public byte[] setze(Schriftstueck stueck) {
        var ausgabe = new StringOutput();
        einschub.von(stueck.vorlage(), stueck.werte()).writeTo(ausgabe);
        return setze(ausgabe.toString(), stueck);
    }

    /** The same from ready XHTML, for tests. */
    byte[] setze(String xhtml, Schriftstueck stueck) {
        if (xhtml.length() > ZEICHEN) {
            throw zuLang();
        }
        var blatt = Lesart.lies(xhtml);
        return mitFrist(() -> Nachsatz.stelleFertig(zeichne(blatt), stueck.zeit()));
    }

    private byte[] mitFrist(Callable<byte[]> arbeit) {
        var aufgabe = new FutureTask<>(arbeit);
        try {
            if (!plaetze.tryAcquire(ZEIT.toSeconds(), TimeUnit.SECONDS)) {
                throw zuLange();
            }
            // Gives its place back itself: one that goes on beyond its time still takes a core.
            Thread.ofPlatform().daemon().name("satz").start(() -> {
                try {
                    aufgabe.run();
                } finally {
                    plaetze.release();
                }
            });
            return aufgabe.get(ZEIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            aufgabe.cancel(false);
            throw zuLange();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Das Haus wird geschlossen", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Abgelehnt abgelehnt) {
                throw abgelehnt;
            }
            throw new IllegalStateException("Das Schriftstück ließ sich nicht setzen", e.getCause());
        }
    }

    private static byte[] zeichne(Document blatt) throws IOException {
        var bau = new PdfRendererBuilder();
        bau.usePdfAConformance(PdfAConformance.PDFA_3_A);
        bau.usePdfUaAccessibility(true);
        bau.useColorProfile(FARBEN);
        bau.useUnicodeBidiSplitter(Laufrichtung::new);
        bau.useUnicodeBidiReorderer(new Laufrichtung.Ordner());
        bau.defaultTextDirection(TextDirection.LTR);
        bau.useUriResolver((von, ziel) -> ziel != null && ziel.startsWith("data:image/png;base64,") ? ziel : null);
        for (var schnitt : Schriften.ALLE) {
            bau.useFont(
                    () -> new ByteArrayInputStream(schnitt.bytes()),
                    schnitt.familie(),
                    schnitt.gewicht(),
                    FontStyle.NORMAL,
                    true);
        }
        bau.withProducer("Federwerk");
        bau.withW3cDocument(blatt, null);
        var aus = new ByteArrayOutputStream();
        bau.toStream(aus);
        try (var satz = bau.buildPdfRenderer()) {
            satz.layout();
            if (satz.getRootBox().getLayer().getPages().size() > SEITEN) {
                throw zuLang();
            }
            satz.createPDF();
        }
        return aus.toByteArray();
    }

    private static Abgelehnt zuLang() {
        return new Abgelehnt(
                Abgelehnt.Art.GRENZE,
                "Das Schriftstück wird länger als %d Seiten. Es wurde nicht erzeugt; alles Eingegebene ist noch da. Bitte kürzen Sie es oder teilen Sie es auf."
                        .formatted(SEITEN));
    }

    private static Abgelehnt zuLange() {
        return new Abgelehnt(
                Abgelehnt.Art.GRENZE,
                "Das Schriftstück war nach einer Minute nicht fertig. Es wurde nicht erzeugt; alles Eingegebene ist noch da. Bitte versuchen Sie es später noch einmal.");
    }
}
