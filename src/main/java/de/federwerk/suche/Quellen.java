package de.federwerk.suche;

import de.federwerk.suche.Rueckstand.Fehlschlag;
import de.federwerk.suche.Rueckstand.Zeile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reads entries from the modules that own them, a few at a time, and keeps one that cannot be read from stopping the others. */
@Component
class Quellen {

    /** Texts of this many things are in memory at once … */
    static final int STAPEL = 25;

    /** … and not more bytes of text than this, unless one alone is longer: of 512 MB heap Lucene and the people need most. */
    static final long STAPEL_BYTES = 10_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Quellen.class);

    /** Writes the second half of a full batch. */
    private static final Executor ZWEITER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("index-zweiter").factory());

    // Asked for late: the sources depend on modules that depend on the index.
    private final ObjectProvider<Indexquelle> quellen;
    private final Transaktionen transaktionen;

    Quellen(ObjectProvider<Indexquelle> quellen, Transaktionen transaktionen) {
        this.quellen = quellen;
        this.transaktionen = transaktionen;
    }

    List<Indexquelle> alle() {
        return quellen.orderedStream().toList();
    }

    /** What to do with an entry that was read; null if its owner no longer knows it. */
    interface Abnehmer {
        void nimm(Zeile zeile, @Nullable Indexeintrag eintrag) throws IOException;
    }

    /**
     * Hands over every entry that can be read.
     *
     * @return those that could not be read or indexed
     * @throws IOException if the index itself cannot be written
     */
    List<Fehlschlag> reiche(UUID mandant, List<Zeile> zeilen, Abnehmer abnehmer) throws IOException {
        var fehlschlaege = new CopyOnWriteArrayList<Fehlschlag>();
        for (var gruppe :
                zeilen.stream().collect(Collectors.groupingBy(Zeile::art)).entrySet()) {
            var quelle =
                    alle().stream().filter(q -> q.art().equals(gruppe.getKey())).findFirst();
            if (quelle.isEmpty()) {
                gruppe.getValue()
                        .forEach(
                                z -> fehlschlaege.add(new Fehlschlag(z, "Keine Quelle für die Art „" + z.art() + "“")));
                continue;
            }
            var rest = gruppe.getValue();
            while (!rest.isEmpty()) {
                int gereicht = reicheStapel(
                        mandant, quelle.get(), rest.subList(0, Math.min(STAPEL, rest.size())), abnehmer, fehlschlaege);
                rest = rest.subList(gereicht, rest.size());
            }
        }
        return fehlschlaege;
    }

    /** @return how many of the first were handed over, or failed: at least one, as many as their size allows */
    private int reicheStapel(
            UUID mandant, Indexquelle quelle, List<Zeile> stapel, Abnehmer abnehmer, List<Fehlschlag> fehlschlaege)
            throws IOException {
        Gelesen gelesen;
        try {
            gelesen = lies(mandant, quelle, stapel.stream().map(Zeile::id).toList());
        } catch (RuntimeException | Error e) {
            if (stapel.size() == 1) {
                LOG.warn(
                        "{} {} lässt sich nicht für die Suche lesen",
                        quelle.art(),
                        stapel.getFirst().id(),
                        e);
                fehlschlaege.add(new Fehlschlag(stapel.getFirst(), String.valueOf(e.getMessage())));
                return 1;
            }
            for (var einzelne : stapel) {
                reicheStapel(mandant, quelle, List.of(einzelne), abnehmer, fehlschlaege);
            }
            return stapel.size();
        }
        var gereichte = stapel.subList(0, gelesen.anzahl);
        if (gereichte.size() < STAPEL) {
            for (var zeile : gereichte) {
                reiche(zeile, gelesen, abnehmer, fehlschlaege);
            }
        } else {
            // Taking German words apart is most of the work, and Lucene takes from several at once: a stream uses both
            // cores.
            int mitte = gereichte.size() / 2;
            var zweite = CompletableFuture.runAsync(
                    () -> reicheAlle(gereichte.subList(mitte, gereichte.size()), gelesen, abnehmer, fehlschlaege),
                    ZWEITER);
            try {
                reicheAlle(gereichte.subList(0, mitte), gelesen, abnehmer, fehlschlaege);
            } catch (UncheckedIOException platte) {
                throw platte.getCause();
            } finally {
                warte(zweite);
            }
        }
        return gelesen.anzahl;
    }

    /** Also when the first half failed: nothing may go on writing behind the back of whoever handles that. */
    private static void warte(CompletableFuture<Void> zweite) throws IOException {
        try {
            zweite.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException platte) {
                throw platte.getCause();
            }
            throw e.getCause() instanceof RuntimeException grund ? grund : e;
        }
    }

    private void reicheAlle(List<Zeile> zeilen, Gelesen gelesen, Abnehmer abnehmer, List<Fehlschlag> fehlschlaege) {
        try {
            for (var zeile : zeilen) {
                reiche(zeile, gelesen, abnehmer, fehlschlaege);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reiche(Zeile zeile, Gelesen gelesen, Abnehmer abnehmer, List<Fehlschlag> fehlschlaege)
            throws IOException {
        try {
            // Taken out: what Lucene has may go before the next one comes.
            abnehmer.nimm(zeile, gelesen.eintraege.remove(zeile.id()));
        } catch (AlreadyClosedException indexZu) {
            throw indexZu;
        } catch (RuntimeException | Error unbrauchbar) {
            LOG.warn("{} {} lässt sich nicht indizieren", zeile.art(), zeile.id(), unbrauchbar);
            fehlschlaege.add(new Fehlschlag(zeile, String.valueOf(unbrauchbar.getMessage())));
        }
    }

    private record Gelesen(int anzahl, Map<UUID, Indexeintrag> eintraege) {}

    /** Asks for the lengths right before reading, so that a text that arrives in between is at most one too many. */
    private Gelesen lies(UUID mandant, Indexquelle quelle, List<UUID> ids) {
        return transaktionen.lesend(mandant, () -> {
            int anzahl = ids.size() == 1 ? 1 : passende(ids, quelle.laengen(ids));
            var eintraege = new ConcurrentHashMap<UUID, Indexeintrag>();
            quelle.lies(ids.subList(0, anzahl)).forEach(eintrag -> eintraege.put(eintrag.id(), eintrag));
            return new Gelesen(anzahl, eintraege);
        });
    }

    private static int passende(List<UUID> ids, Map<UUID, Long> laengen) {
        long summe = 0;
        for (int i = 0; i < ids.size(); i++) {
            summe += laengen.getOrDefault(ids.get(i), 0L);
            if (summe > STAPEL_BYTES) {
                return Math.max(1, i);
            }
        }
        return ids.size();
    }
}
