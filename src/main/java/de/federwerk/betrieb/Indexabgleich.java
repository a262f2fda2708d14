package de.federwerk.betrieb;

import de.federwerk.suche.Indexpruefung;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Is in the search index what is in the database, once, and under the same Schutzbereich? What still waits to be indexed is passed
 * over. Both are read in the order of the ids, so that a million things need no memory.
 */
final class Indexabgleich {

    private static final int AUF_EINMAL = 1000;
    private static final int HOECHSTENS_GENANNT = 20;
    /** A program that runs goes on writing between one reading and the other: a difference counts if it stays. */
    private static final int VERSUCHE = 3;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Map<String, String> QUELLEN = Map.of(
            "akte", "akte",
            "dokument", "dokument",
            "eingang", "eingang WHERE status = 'offen'",
            "vorgang", "vorgang");

    private record Soll(UUID id, int schutzbereich) {}

    private record Abweichung(String art, UUID id, String was) {}

    /** Runs in a transaction of one Mandant. */
    interface Mandantenarbeit {
        <T> T als(UUID mandant, Supplier<T> arbeit);
    }

    private final Path daten;
    private final UUID mandant;
    private final JdbcClient jdbc;
    private final Mandantenarbeit arbeit;

    Indexabgleich(Path daten, UUID mandant, JdbcClient jdbc, Mandantenarbeit arbeit) {
        this.daten = daten;
        this.mandant = mandant;
        this.jdbc = jdbc;
        this.arbeit = arbeit;
    }

    /** @param schaeden takes one line each @param hinweise what is no damage */
    void pruefe(Consumer<String> schaeden, Consumer<String> hinweise) {
        try {
            var abweichungen = abweichungen();
            for (int versuch = 1; versuch < VERSUCHE && !abweichungen.isEmpty(); versuch++) {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                var spaeter = abweichungen();
                abweichungen = abweichungen.stream().filter(spaeter::contains).toList();
            }
            if (!ganz()
                    && QUELLEN.keySet().stream()
                            .anyMatch(art -> !naechste(art, null).isEmpty()))
                hinweise.accept(
                        "Hinweis: Der Suchindex von %s ist nicht vollständig; das laufende Programm baut ihn neu auf, sonst der nächste Start."
                                .formatted(mandant));
            abweichungen.stream()
                    .limit(HOECHSTENS_GENANNT)
                    .forEach(a -> schaeden.accept("index/%s: %s %s %s – bin/suchindex baut den Index neu auf"
                            .formatted(mandant, a.art, a.id, a.was)));
            if (abweichungen.size() > HOECHSTENS_GENANNT)
                schaeden.accept("index/%s: und %d weitere Abweichungen"
                        .formatted(mandant, abweichungen.size() - HOECHSTENS_GENANNT));
        } catch (IOException | RuntimeException e) {
            schaeden.accept("index/%s: nicht lesbar (%s) – bin/suchindex baut den Index neu auf".formatted(mandant, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ganz() throws IOException {
        try (var index = Indexpruefung.oeffne(daten, mandant).orElse(null)) {
            return index != null;
        }
    }

    private List<Abweichung> abweichungen() throws IOException {
        var gefunden = new ArrayList<Abweichung>();
        try (var index = Indexpruefung.oeffne(daten, mandant).orElse(null)) {
            if (index == null) return List.of();
            index.pruefeBytes();
            for (var art : QUELLEN.keySet().stream().sorted().toList()) vergleiche(index, art, gefunden);
        }
        // Asked last: what was noted while we read explains the difference.
        if (!gefunden.isEmpty()) {
            var wartende = wartende();
            gefunden.removeIf(a -> wartende.contains(new Wartend(a.art, a.id)));
        }
        return gefunden;
    }

    private void vergleiche(Indexpruefung index, String art, List<Abweichung> gefunden) throws IOException {
        var eintraege = index.eintraege(art);
        var ist = eintraege.naechster();
        for (@Nullable UUID nach = null; ; ) {
            var sollen = naechste(art, nach);
            for (var soll : sollen) {
                while (ist.isPresent() && vor(ist.get().id(), soll.id)) {
                    gefunden.add(new Abweichung(art, ist.get().id(), "steht im Index und nicht in der Datenbank"));
                    ist = eintraege.naechster();
                }
                if (ist.isEmpty() || !ist.get().id().equals(soll.id)) {
                    gefunden.add(new Abweichung(art, soll.id, "fehlt im Index"));
                    continue;
                }
                abweichung(ist.get(), soll).ifPresent(was -> gefunden.add(new Abweichung(art, soll.id, was)));
                ist = eintraege.naechster();
            }
            if (sollen.size() < AUF_EINMAL) break;
            nach = sollen.getLast().id;
        }
        for (; ist.isPresent(); ist = eintraege.naechster())
            gefunden.add(new Abweichung(art, ist.get().id(), "steht im Index und nicht in der Datenbank"));
    }

    private static Optional<String> abweichung(Indexpruefung.Eintraege.Eintrag ist, Soll soll) {
        if (ist.anzahl() != 1) return Optional.of("steht %d Mal im Index".formatted(ist.anzahl()));
        if (ist.schutzbereich().isEmpty() || ist.schutzbereich().getAsInt() != soll.schutzbereich)
            return Optional.of("steht im Index unter einem anderen Schutzbereich");
        return Optional.empty();
    }

    /** As PostgreSQL and Lucene order them: byte by byte, unsigned. Java compares the halves signed. */
    private static boolean vor(UUID a, UUID b) {
        int hoch = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return hoch < 0
                || hoch == 0 && Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits()) < 0;
    }

    private List<Soll> naechste(String art, @Nullable UUID nach) {
        return arbeit.als(
                mandant,
                () -> jdbc.sql(
                                "SELECT id, schutzbereich_id AS schutzbereich FROM (SELECT mandant_id, id, schutzbereich_id FROM "
                                        + QUELLEN.get(art)
                                        + ") t WHERE mandant_id = :m AND (CAST(:nach AS uuid) IS NULL OR id > :nach) ORDER BY id LIMIT "
                                        + AUF_EINMAL)
                        .param("m", mandant)
                        .param("nach", nach)
                        .query(Soll.class)
                        .list());
    }

    private record Wartend(String art, UUID id) {}

    /** In one statement: after an import a million entries may wait. */
    private Set<Wartend> wartende() {
        return arbeit.als(
                mandant,
                () -> new HashSet<>(jdbc.sql("SELECT art, objekt_id AS id FROM index_rueckstand WHERE mandant_id = ?")
                        .params(mandant)
                        .query(Wartend.class)
                        .list()));
    }
}
