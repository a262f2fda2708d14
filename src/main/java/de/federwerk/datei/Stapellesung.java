package de.federwerk.datei;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Wachstum;
import de.federwerk.stoerung.Stoerungen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The lane for many files: reads what an Übernahme brought, in batches, without a job per file (a million rows of jobs would be
 * slow to make and would stand before every new letter). The queue is the files themselves, {@code nachrangig} and {@code neu}: killed
 * anywhere, it is still there. Only what reads at once is done here; a file at which the worker fails gets an ordinary job, with its
 * retries and its Störung.
 */
@Component
class Stapellesung implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Stapellesung.class);
    private static final int DATEIEN = 200;
    private static final long BYTES = 32L << 20;
    private static final long TEXT_BYTES = 8L << 20;
    /** While batches still come the machine is theirs. */
    private static final Duration RUHE = Duration.ofSeconds(3);

    private static final Duration UMSCHAU = Duration.ofMinutes(1);

    private record Zeile(UUID id, UUID blobId, long laenge, byte[] sha256, String ort, String dateiname) {

        Blob blob() {
            return new Blob(blobId, laenge, sha256, ort);
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaktion;
    private final Blobs blobs;
    private final Werkstatt werkstatt;
    private final Lesefruechte fruechte;
    private final Leseauftraege auftraege;
    private final Stoerungen stoerungen;
    /** Who may have something, and not before when. */
    private final ConcurrentHashMap<UUID, Instant> faellig = new ConcurrentHashMap<>();

    /** Only the lane's own thread touches them. */
    private final Deque<Arbeitsordner> gebrauchte = new ArrayDeque<>();

    private Wachstum wachstum;
    private volatile boolean laeuft;
    private volatile Thread faden = new Thread();

    Stapellesung(
            JdbcClient jdbc,
            TransactionTemplate transaktion,
            Blobs blobs,
            Werkstatt werkstatt,
            Lesefruechte fruechte,
            Leseauftraege auftraege,
            Stoerungen stoerungen) {
        this.jdbc = jdbc;
        this.transaktion = transaktion;
        this.blobs = blobs;
        this.werkstatt = werkstatt;
        this.fruechte = fruechte;
        this.auftraege = auftraege;
        this.stoerungen = stoerungen;
        this.wachstum = new Wachstum(jdbc, transaktion);
    }

    /** A batch of this Mandant was committed. */
    void wecke(UUID mandant) {
        faellig.put(mandant, Instant.now().plus(RUHE));
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void bereit() {
        if (!laeuft) {
            laeuft = true;
            faden = Thread.ofPlatform().daemon().name("stapellesung").start(this::lies);
        }
    }

    private void lies() {
        var umschau = Instant.MIN;
        while (laeuft) {
            try {
                if (Instant.now().isAfter(umschau)) {
                    umschau = Instant.now().plus(UMSCHAU);
                    alleMandanten().forEach(m -> faellig.putIfAbsent(m, Instant.MIN));
                }
                boolean etwas = false;
                for (var m : List.copyOf(faellig.entrySet())) {
                    if (laeuft && m.getValue().isBefore(Instant.now())) {
                        boolean mehr = Mandantenkontext.als(m.getKey(), this::liesStapel);
                        etwas |= mehr;
                        if (!mehr) {
                            faellig.remove(m.getKey(), m.getValue());
                        }
                    }
                }
                if (!etwas) {
                    wachstum = new Wachstum(jdbc, transaktion);
                    Thread.sleep(1_000);
                }
            } catch (InterruptedException ende) {
                return;
            } catch (IOException | RuntimeException e) {
                if (laeuft) {
                    LOG.warn(
                            "Übernommene Dateien konnten noch nicht gelesen werden; neuer Versuch in einer halben Minute",
                            e);
                    pause();
                }
            }
        }
    }

    private void pause() {
        for (int i = 0; i < 30 && laeuft; i++) {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<UUID> alleMandanten() {
        return jdbc.sql("SELECT id FROM mandant").query(UUID.class).list();
    }

    /** @return whether there was something */
    private boolean liesStapel() throws IOException {
        var zeilen = naechste();
        if (zeilen.isEmpty()) {
            for (var o = gebrauchte.poll(); o != null; o = gebrauchte.poll()) {
                o.close();
            }
            return false;
        }
        var ordner = new ArrayList<Arbeitsordner>();
        var gelesen = new Gelesenes();
        try {
            for (var zeile : zeilen) {
                var vorhanden = gebrauchte.poll();
                var einer = vorhanden == null ? werkstatt.ordner() : vorhanden;
                ordner.add(einer);
                try (var ein = blobs.lies(zeile.blob(), 0, zeile.laenge);
                        var aus = Files.newOutputStream(
                                einer.original(), CREATE, TRUNCATE_EXISTING, WRITE, LinkOption.NOFOLLOW_LINKS)) {
                    ein.transferTo(aus);
                }
            }
            werkstatt.liesNachrangig(
                    ordner,
                    zeilen.stream().map(Zeile::dateiname).toList(),
                    Grenzen.UEBLICH,
                    (i, ergebnis) -> gelesen.nimm(zeilen.get(i), ordner.get(i), ergebnis));
        } catch (Ausfall ausfall) {
            if (!laeuft) {
                return false;
            }
            var schuldige = zeilen.get(gelesen.anzahl);
            LOG.info("Datei {} bekommt einen eigenen Auftrag: {}", schuldige.id, ausfall.getMessage());
            transaktion.executeWithoutResult(t -> {
                jdbc.sql("UPDATE datei SET nachrangig = false WHERE mandant_id = ? AND id = ?")
                        .params(mandant(), schuldige.id)
                        .update();
                auftraege.plane(mandant(), schuldige.id);
            });
        } catch (InterruptedException ende) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            gelesen.sichere();
            wachstum.um(gelesen.anzahl);
            // Making and removing a folder for each file cost more than reading it; those that hold nothing but text
            // serve again.
            ordner.forEach(o -> {
                if (gelesen.schlichte.contains(o)) {
                    gebrauchte.add(o);
                } else {
                    o.close();
                }
            });
        }
        return true;
    }

    private List<Zeile> naechste() {
        var zeilen = Objects.requireNonNull(transaktion.execute(
                t -> jdbc.sql("""
                        SELECT d.id, d.blob_id, b.laenge, b.sha256, b.ort, d.dateiname
                          FROM datei d JOIN blob b ON b.mandant_id = d.mandant_id AND b.id = d.blob_id
                         WHERE d.mandant_id = ? AND d.nachrangig AND d.stand = 'neu' ORDER BY d.id LIMIT ?""").params(mandant(), DATEIEN).query(Zeile.class).list()));
        long bytes = 0;
        for (int i = 0; i < zeilen.size(); i++) {
            bytes += zeilen.get(i).laenge;
            if (bytes > BYTES) {
                return zeilen.subList(0, Math.max(1, i));
            }
        }
        return zeilen;
    }

    /** What came back: texts are gathered, everything else is put down one by one. */
    private final class Gelesenes {

        private final List<Lesefruechte.Schlichtes> texte = new ArrayList<>();
        private final Set<Arbeitsordner> schlichte = new HashSet<>();
        private long bytes;
        private int anzahl;

        void nimm(Zeile zeile, Arbeitsordner ordner, Ergebnis ergebnis) throws IOException {
            if (ergebnis.ursache() != null) {
                stoerungen.melde("datei", zeile.id, zeile.dateiname, ergebnis.ursache(), ergebnis.technisch());
                fruechte.scheitere(zeile.id, ergebnis.medientyp(), ergebnis.ursache());
            } else if (ergebnis.vorschau() == null
                    && ergebnis.seitenbilder().isEmpty()
                    && ergebnis.teile().isEmpty()
                    && ergebnis.titel() == null
                    && ergebnis.absender() == null
                    && ergebnis.absenderdatum() == null) {
                var text = ergebnis.text() == null ? null : Files.readString(ordner.ergebnis(ergebnis.text()));
                texte.add(new Lesefruechte.Schlichtes(zeile.id, ergebnis, text));
                schlichte.add(ordner);
                bytes += text == null ? 0 : text.length();
                if (bytes > TEXT_BYTES) {
                    sichere();
                }
            } else {
                fruechte.sichere(zeile.id, ordner, ergebnis);
            }
            anzahl++;
        }

        void sichere() {
            var alle = List.copyOf(texte);
            texte.clear();
            bytes = 0;
            fruechte.sichere(alle);
        }
    }

    @Override
    public void start() {
        // When the house is ready, see bereit.
    }

    /** Before the workers go: what they have in hand is read again after the next start. */
    @Override
    public void stop() {
        laeuft = false;
        werkstatt.entlasseNachrangigen();
        try {
            faden.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return laeuft;
    }
}
