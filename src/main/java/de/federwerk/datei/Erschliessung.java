package de.federwerk.datei;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job that reads one file: bytes out of the Ablage, worker, bytes into the Ablage, one transaction with the result. Killed
 * and repeated anywhere, it leaves exactly one result.
 */
@Component
class Erschliessung {

    private static final Logger LOG = LoggerFactory.getLogger(Erschliessung.class);

    private static final String STOERUNG = "datei";
    /** Disk full, database away: after this many tries it is said, and tried on. */
    private static final int VERSUCHE = 3;

    private static final int SEITEN_AUSLASSEN = 3;
    /** Mails in mails: deeper ones stay unopened inside the last one. */
    private static final int TIEFE = 20;
    /** All parts of one mail, at every depth, together. */
    private static final int TEILE_INSGESAMT = 1_000;
    /**
     * A mail in a mail in a mail is kept once per level: so that twenty levels do not take twenty times the disk, all parts of one
     * mail may have together four times its own bytes, and 500 MiB in any case.
     */
    private static final long TEILEBYTES_INSGESAMT = 500L << 20;

    private static final int TEILEBYTES_VIELFACH = 4;

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LAENGSTE_PAUSE = Duration.ofMinutes(5);

    private record Zeile(UUID id, UUID blobId, String dateiname, long laenge) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaktion;
    private final Blobs blobs;
    private final Werkstatt werkstatt;
    private final Vortritt vortritt;
    private final Lesefruechte fruechte;
    private final Leseauftraege auftraege;
    private final Stoerungen stoerungen;

    Erschliessung(
            JdbcClient jdbc,
            TransactionTemplate transaktion,
            Blobs blobs,
            Werkstatt werkstatt,
            Vortritt vortritt,
            Lesefruechte fruechte,
            Leseauftraege auftraege,
            Stoerungen stoerungen) {
        this.jdbc = jdbc;
        this.transaktion = transaktion;
        this.blobs = blobs;
        this.werkstatt = werkstatt;
        this.vortritt = vortritt;
        this.fruechte = fruechte;
        this.auftraege = auftraege;
        this.stoerungen = stoerungen;
    }

    @Configuration(proxyBeanMethods = false)
    static class Auftragsart {

        @Bean
        Task<String> dateiLesen(Erschliessung erschliessung) {
            return Tasks.oneTime(Leseauftraege.ART, String.class)
                    .onFailure(Auftragsart::spaeterNochmal)
                    .execute((auftrag, umstand) -> {
                        String[] daten = auftrag.getData().split(" ");
                        int versuch = umstand.getExecution().consecutiveFailures + 1;
                        Mandantenkontext.als(
                                UUID.fromString(daten[0]),
                                () -> erschliessung.fuehreAus(UUID.fromString(daten[1]), versuch));
                    });
        }

        private static void spaeterNochmal(ExecutionComplete ende, ExecutionOperations<String> auftrag) {
            int fehlschlaege = ende.getExecution().consecutiveFailures;
            boolean unterbrochen =
                    ende.getCause().filter(Unterbrochen.class::isInstance).isPresent();
            Duration pause = PAUSE.multipliedBy(1L << Math.min(2 * fehlschlaege, 10));
            pause = unterbrochen ? Duration.ZERO : pause.compareTo(LAENGSTE_PAUSE) > 0 ? LAENGSTE_PAUSE : pause;
            auftrag.reschedule(ende, Instant.now().plus(pause));
        }
    }

    /** The house closes; not a failure. */
    private static final class Unterbrochen extends RuntimeException {}

    /** Tried again later by the scheduler. */
    private static final class Vertagt extends RuntimeException {
        Vertagt(Throwable grund) {
            super(grund.getMessage(), grund, false, false);
        }
    }

    /** Reads one file, if that is still to be done; throws if it should be tried again later. */
    void fuehreAus(UUID id, int versuch) {
        Optional<Zeile> offen = transaktion.execute(status -> jdbc.sql(
                        "SELECT id, blob_id, dateiname, laenge FROM datei WHERE mandant_id = ? AND id = ? AND stand = 'neu'")
                .params(mandant(), id)
                .query(Zeile.class)
                .optional());
        if (offen == null || offen.isEmpty()) {
            return;
        }
        Zeile datei = offen.get();
        try {
            vortritt.gewaehre();
        } catch (InterruptedException schluss) {
            throw new Unterbrochen();
        }
        try (var ordner = werkstatt.ordner()) {
            try (InputStream ein = blobs.lies(datei.blobId())) {
                Files.copy(ein, ordner.original());
            }
            Ergebnis ergebnis = lies(ordner, datei, grenzen(datei));
            if (ergebnis.ursache() != null) {
                stoerungen.melde(STOERUNG, id, datei.dateiname(), ergebnis.ursache(), ergebnis.technisch());
                fruechte.scheitere(id, ergebnis.medientyp(), ergebnis.ursache());
            } else {
                fruechte.sichere(id, ordner, ergebnis);
            }
        } catch (Ausfall ausfall) {
            if (versuch < ausfall.art().versuche) {
                LOG.info(
                        "Datei {} wird erneut versucht ({}. Versuch): {} {}",
                        id,
                        versuch,
                        ausfall.getMessage(),
                        ausfall.technisch());
                throw new Vertagt(ausfall);
            }
            String ursache =
                    ausfall.getMessage() + " Die Datei ist unverändert aufbewahrt und kann heruntergeladen werden.";
            stoerungen.melde(STOERUNG, id, datei.dateiname(), ursache, ausfall.technisch());
            fruechte.scheitere(id, null, ursache);
        } catch (InterruptedException schluss) {
            throw new Unterbrochen();
        } catch (IOException | RuntimeException umstaende) {
            meldeUmstaende(datei, versuch, umstaende);
            throw new Vertagt(umstaende);
        }
    }

    /** Disk full, database away and the like: not the file's fault, tried for ever, but not in silence. */
    private void meldeUmstaende(Zeile datei, int versuch, Exception umstaende) {
        LOG.warn("Datei {} konnte noch nicht gelesen werden ({}. Versuch)", datei.id(), versuch, umstaende);
        if (versuch < VERSUCHE) {
            return;
        }
        try {
            stoerungen.melde(
                    STOERUNG,
                    datei.id(),
                    datei.dateiname(),
                    "Die Datei konnte noch nicht gelesen werden; Federwerk versucht es von selbst weiter. Die Datei ist unverändert"
                            + " aufbewahrt. Prüfen Sie, ob die Festplatte voll ist.",
                    umstaende.toString());
        } catch (RuntimeException auchDasNicht) {
            LOG.warn("Störung ließ sich nicht notieren", auchDasNicht);
        }
    }

    /**
     * A page at which two workers in a row crashed, or which takes too long or too much, is left out, so that the rest of the file is
     * not lost with it.
     */
    private Ergebnis lies(Arbeitsordner ordner, Zeile datei, Grenzen grenzen)
            throws Ausfall, IOException, InterruptedException {
        Set<Integer> ausgelassen = new HashSet<>();
        int verdacht = 0;
        while (true) {
            try {
                return werkstatt.lies(ordner, datei.dateiname(), ausgelassen, grenzen);
            } catch (Ausfall ausfall) {
                int seite = ausfall.seite();
                boolean absturz = ausfall.art() == Ausfall.Art.ABSTURZ;
                if (seite == 0 || ausgelassen.size() >= SEITEN_AUSLASSEN || ausgelassen.contains(seite)) {
                    throw ausfall;
                }
                if (absturz && seite != verdacht) {
                    verdacht = seite;
                } else {
                    ausgelassen.add(seite);
                }
                ordner.leereBisAufOriginal();
            }
        }
    }

    /** Parts of parts are counted from the mail that came in, so that a mail cannot grow without end. */
    private Grenzen grenzen(Zeile datei) {
        record Stamm(int tiefe, int teile, long bytes, long stamm) {}
        Stamm stamm = transaktion.execute(status -> jdbc.sql("""
                WITH RECURSIVE hinauf AS (
                    SELECT id, teil_von, 0 AS tiefe FROM datei WHERE mandant_id = :m AND id = :id
                    UNION ALL
                    SELECT d.id, d.teil_von, h.tiefe + 1 FROM hinauf h JOIN datei d ON d.mandant_id = :m AND d.id = h.teil_von),
                hinab AS (
                    SELECT d.id, d.laenge, d.teil_von FROM hinauf h JOIN datei d ON d.mandant_id = :m AND d.id = h.id WHERE h.teil_von IS NULL
                    UNION ALL
                    SELECT d.id, d.laenge, d.teil_von FROM hinab h JOIN datei d ON d.mandant_id = :m AND d.teil_von = h.id)
                SELECT (SELECT max(tiefe) FROM hinauf) AS tiefe, count(*) AS teile,
                       coalesce(sum(laenge) FILTER (WHERE teil_von IS NOT NULL), 0) AS bytes, coalesce(sum(laenge) FILTER (WHERE teil_von IS NULL), 0) AS stamm
                  FROM hinab""")
                .param("m", mandant())
                .param("id", datei.id())
                .query(Stamm.class)
                .single());
        // The attachments of a large mail lie beside it while it is read.
        Grenzen ueblich = Grenzen.UEBLICH.mitPlatz(Grenzen.UEBLICH.platz() + 2 * datei.laenge());
        if (stamm == null || stamm.tiefe() >= TIEFE) {
            return ueblich.mitTeilen(0);
        }
        long bytes = Math.max(TEILEBYTES_INSGESAMT, TEILEBYTES_VIELFACH * stamm.stamm()) - stamm.bytes();
        return ueblich.mitTeilen(Math.clamp(TEILE_INSGESAMT - stamm.teile(), 0, ueblich.teile()))
                .mitTeilebytes(Math.max(0, bytes));
    }

    /** "Erneut versuchen" on the page Störungen. */
    @EventListener
    @Transactional
    void erneut(StoerungErneut wunsch) {
        if (!wunsch.art().equals(STOERUNG)) {
            return;
        }
        jdbc.sql(
                        "UPDATE datei SET stand = 'neu', hinweis = NULL, nachrangig = false WHERE mandant_id = ? AND id = ? AND stand = 'gescheitert'")
                .params(wunsch.mandant(), wunsch.bezug())
                .update();
        auftraege.plane(wunsch.mandant(), wunsch.bezug());
    }
}
