package de.federwerk.datei;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The worker process: reads one file after the other, as asked on standard input, one line of JSON each way. It holds no
 * secrets, no database connection and no bytes but the file in hand; whatever a hostile file does to it, the server kills it
 * and starts another one. Ends when standard input ends, that is also when the server was killed.
 */
public final class Arbeiter {

    /** Argument: reads what may wait, and yields to every other worker. */
    static final String NACHRANGIG = "nachrangig";

    private static final long RUHE_MS = 1_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutputStream aus;

    private Arbeiter(OutputStream aus) {
        this.aus = aus;
    }

    /** Started by the Werkstatt; without it, one line {@code {"ordner":…,"dateiname":…}} on standard input does the same. */
    public static void main(String[] args) throws Exception {
        OutputStream aus = Posix.nimmStandardausgabe();
        System.setOut(System.err);
        Posix.trittZurueck(List.of(args).contains(NACHRANGIG) ? 19 : 5);
        if (!Zwinger.schliesse(Buero.vorhanden())) {
            System.err.println(Zwinger.OFFEN);
        }
        Jpeg2000.meldeAn();
        BlockingQueue<String> auftraege = new LinkedBlockingQueue<>();
        Thread leser = new Thread(() -> hoereZu(auftraege), "auftraege");
        leser.setDaemon(true);
        leser.start();
        var arbeiter = new Arbeiter(aus);
        boolean weiter = true;
        while (weiter) {
            var naechster = auftraege.poll(RUHE_MS, TimeUnit.MILLISECONDS);
            if (naechster == null) {
                // When nobody waits: what the last files needed goes back to the machine. Not after each while more
                // of them come.
                System.gc();
                naechster = auftraege.take();
            }
            weiter = arbeiter.bearbeite(JSON.readValue(naechster, Auftrag.class));
        }
        ende(0);
    }

    /** A thread of its own, so that the end of the server is noticed in the middle of a page, too. */
    private static void hoereZu(BlockingQueue<String> auftraege) {
        try (var ein = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String zeile = ein.readLine(); zeile != null; zeile = ein.readLine()) {
                auftraege.add(zeile);
            }
        } catch (IOException zu) {
            // The same as its end.
        }
        ende(0);
    }

    private static void ende(int code) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(code);
    }

    private boolean bearbeite(Auftrag auftrag) throws IOException {
        Ergebnis ergebnis = lies(auftrag, seite -> {
            try {
                sende(new Antwort(seite, null));
            } catch (IOException zu) {
                ende(1);
            }
        });
        sende(new Antwort(0, ergebnis));
        return !ergebnis.verbraucht();
    }

    private void sende(Antwort antwort) throws IOException {
        aus.write((JSON.writeValueAsString(antwort) + "\n").getBytes(StandardCharsets.UTF_8));
        aus.flush();
    }

    /** Reads one file; every way in which a file can be bad ends as a cause in the result, not as an exception. */
    static Ergebnis lies(Auftrag auftrag, java.util.function.IntConsumer lebenszeichen) throws IOException {
        var lesung = new Lesung(auftrag, lebenszeichen);
        @Nullable Befund befund = null;
        boolean verbraucht = false;
        try {
            lesung.beginne(0);
            if (Files.size(lesung.original) == 0) {
                throw Befund.leer();
            }
            if (auftrag.schwaerzung() != null) {
                lesung.medientyp = "application/pdf";
                Schwaerzer.fuehreAus(lesung, auftrag.schwaerzung());
            } else {
                lesung.medientyp = Dateiart.erkenne(lesung);
                verteile(lesung);
            }
        } catch (Befund b) {
            befund = b;
        } catch (OutOfMemoryError zuGross) {
            befund = Befund.zuGross(zuGross);
            verbraucht = true;
        } catch (IOException e) {
            if (Files.getFileStore(lesung.ordner).getUsableSpace() < 10 << 20) {
                // A full disk says nothing about the file: let the server see it as a technical failure.
                throw e;
            }
            befund = Befund.beschaedigt(e);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            befund = Befund.beschaedigt(e);
        }
        return lesung.ergebnis(befund, verbraucht);
    }

    private static void verteile(Lesung lesung) throws IOException, Befund {
        String typ = lesung.medientyp;
        if (typ.equals("application/pdf")) {
            PdfLeser.lies(lesung);
        } else if (typ.equals("message/rfc822")) {
            MailLeser.lies(lesung);
        } else if (typ.startsWith("image/") && !typ.endsWith("+xml")) {
            BildLeser.lies(lesung);
        } else if (OfficeLeser.kann(typ)) {
            OfficeLeser.lies(lesung);
        } else if (typ.startsWith("text/")
                || typ.endsWith("+xml")
                || typ.equals("application/xml")
                || typ.equals("application/json")) {
            TextLeser.lies(lesung);
        }
        // Everything else is kept as it is and simply has no text.
    }
}
