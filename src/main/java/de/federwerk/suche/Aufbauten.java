package de.federwerk.suche;

import de.federwerk.suche.Rueckstand.Fehlschlag;
import de.federwerk.suche.Rueckstand.Zeile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Rebuilds, one after the other, so that they never take more than one core from the people who work. */
@Component
class Aufbauten implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Aufbauten.class);

    private static final int VERSUCHE = 3;

    private final Indizes indizes;
    private final Quellen quellen;
    private final Rueckstand rueckstand;
    private final Transaktionen transaktionen;
    private final Map<UUID, Neuaufbau> laufende = new HashMap<>();
    private final ExecutorService arbeiter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("index-aufbau").factory());
    private volatile boolean beendet;

    Aufbauten(Indizes indizes, Quellen quellen, Rueckstand rueckstand, Transaktionen transaktionen) {
        this.indizes = indizes;
        this.quellen = quellen;
        this.rueckstand = rueckstand;
        this.transaktionen = transaktionen;
    }

    Neuaufbau beginne(UUID mandant) {
        synchronized (laufende) {
            var laufender = laufende.get(mandant);
            if (laufender != null) {
                return laufender;
            }
            var neuer = new Neuaufbau(mandant);
            laufende.put(mandant, neuer);
            arbeiter.execute(() -> baue(neuer));
            return neuer;
        }
    }

    boolean laeuft(UUID mandant) {
        synchronized (laufende) {
            return laufende.containsKey(mandant);
        }
    }

    /** Compares the bytes of an index that was just opened with their checksums, in the background: a flipped bit on the disk is found. */
    void pruefe(UUID mandant, Mandantenindex index) {
        arbeiter.execute(() -> {
            try {
                if (!beendet) {
                    index.pruefeBytes();
                }
            } catch (CorruptIndexException schaden) {
                LOG.error("Suchindex von {} ist beschädigt und wird neu aufgebaut", mandant, schaden);
                verwirf(mandant);
            } catch (IOException | RuntimeException geschlossen) {
                LOG.debug("Suchindex von {} nicht zu Ende geprüft", mandant, geschlossen);
            }
        });
    }

    private void verwirf(UUID mandant) {
        try {
            indizes.verwirf(mandant);
        } catch (IOException e) {
            LOG.error("Der beschädigte Suchindex von {} lässt sich nicht beiseitelegen", mandant, e);
        }
    }

    private void baue(Neuaufbau aufbau) {
        UUID mandant = aufbau.mandant();
        Throwable fehler = null;
        try {
            LOG.info("Suchindex von {} wird neu aufgebaut", mandant);
            baueGeduldig(aufbau);
            LOG.info("Suchindex von {} ist neu aufgebaut: {} Einträge", mandant, aufbau.bearbeitet);
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("Neuaufbau des Suchindex von {} gescheitert; der bisherige bleibt in Gebrauch", mandant, e);
            fehler = e;
        }
        synchronized (laufende) {
            laufende.remove(mandant);
        }
        if (fehler == null) {
            aufbau.ende.complete(aufbau.bearbeitet);
        } else {
            aufbau.ende.completeExceptionally(fehler);
        }
    }

    /** An index that was closed meanwhile (a full disk, a lost folder) is opened anew. */
    private void baueGeduldig(Neuaufbau aufbau) throws IOException {
        for (int versuch = 1; ; versuch++) {
            try {
                aufbau.bearbeitet = 0;
                baue(aufbau, indizes.von(aufbau.mandant()));
                return;
            } catch (AlreadyClosedException geschlossen) {
                if (versuch == VERSUCHE || beendet) {
                    throw geschlossen;
                }
            }
        }
    }

    @SuppressWarnings("NullAway") // does not see that Arbeit<R> may give null
    private void baue(Neuaufbau aufbau, Mandantenindex index) throws IOException {
        gesperrt(index, index::beginneAufbau);
        try {
            for (var quelle : quellen.alle()) {
                @Nullable UUID bis = null;
                do {
                    @Nullable UUID nach = bis;
                    bis = gesperrt(index, () -> baueStapel(aufbau, index, quelle, nach));
                } while (bis != null);
            }
            gesperrt(index, () -> {
                index.schliesseAufbauAb(transaktionen
                        .lesend(aufbau.mandant(), rueckstand::stand)
                        .orElse(null));
                return null;
            });
        } catch (IOException | RuntimeException | Error e) {
            gesperrt(index, index::verwirfAufbau);
            throw e;
        }
    }

    /** Reads and writes under the lock of the index: whatever changes later is noted as Rückstand and written by the feeder. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many who look
    private @Nullable UUID baueStapel(Neuaufbau aufbau, Mandantenindex index, Indexquelle quelle, @Nullable UUID nach)
            throws IOException {
        if (beendet) {
            throw new CancellationException("Das Programm wird beendet");
        }
        List<UUID> ids = transaktionen.lesend(aufbau.mandant(), () -> quelle.ids(nach, Quellen.STAPEL));
        if (ids.isEmpty()) {
            return null;
        }
        var zeilen = ids.stream().map(id -> new Zeile(quelle.art(), id, id, 0)).toList();
        var fehlschlaege = quellen.reiche(aufbau.mandant(), zeilen, (zeile, eintrag) -> {
            if (eintrag != null) {
                index.baueEin(eintrag);
            }
        });
        if (!fehlschlaege.isEmpty()) {
            // Tried again later by the feeder, and reported by it.
            var nochmals =
                    fehlschlaege.stream().map(Fehlschlag::zeile).map(Zeile::id).toList();
            transaktionen.schreibend(aufbau.mandant(), () -> rueckstand.merke(quelle.art(), nochmals, false));
        }
        index.zeigeZwischenstand();
        aufbau.bearbeitet += ids.size() - fehlschlaege.size();
        return ids.getLast();
    }

    private interface Arbeit<R extends @Nullable Object> {
        R tu() throws IOException;
    }

    private interface Handgriff {
        void tu() throws IOException;
    }

    @SuppressWarnings("NullAway") // as above
    private static void gesperrt(Mandantenindex index, Handgriff handgriff) throws IOException {
        gesperrt(index, () -> {
            handgriff.tu();
            return null;
        });
    }

    private static <R extends @Nullable Object> R gesperrt(Mandantenindex index, Arbeit<R> arbeit) throws IOException {
        index.schreibsperre.lock();
        try {
            return arbeit.tu();
        } finally {
            index.schreibsperre.unlock();
        }
    }

    /** Stops after the batch in hand; never by interrupt, which would close Lucene's files under it. */
    @Override
    public void destroy() {
        beendet = true;
        arbeiter.close();
    }
}
