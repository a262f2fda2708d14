package de.federwerk.rechteprobe;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Recht;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import de.federwerk.sammellauf.Laufprobe;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What somebody of a town does to many at once: done is what she may do to each at that moment, and the page of it names nothing that she may not know
 * of now. Later it is sometimes taken back, as far as she still may.
 */
final class Rechtesammellauf {

    private static final int ZIELE = 8;
    /** As the town calls its Akten and Vorgänge, and everything. */
    private static final Pattern BEZEICHNUNG = Pattern.compile("[AV]-[0-9]+|" + Rechtewelt.WORT);

    /** @param wert the kind of Dokument it sets, or the Handmappe it puts into @param getan what it did */
    private record Lauf(UUID id, UUID person, String tat, String wert, Set<UUID> ziele, Set<UUID> getan) {}

    private final Rechtewelt welt;
    private final Weltzufall zufall;
    private final Rechtetueren tueren;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaktion;
    private final Laufprobe probe;
    private final List<Lauf> alle = new ArrayList<>();
    /** The last one, as long as it can be taken back: later ones may have changed the same. */
    private @Nullable Lauf letzter;

    Rechtesammellauf(ApplicationContext haus, Rechtewelt welt, Weltzufall zufall, Rechtetueren tueren) {
        this.welt = welt;
        this.zufall = zufall;
        this.tueren = tueren;
        this.jdbc = haus.getBean(JdbcClient.class);
        this.transaktion = haus.getBean(TransactionTemplate.class);
        this.probe = new Laufprobe(haus);
    }

    /** Whatever time alone changed meanwhile is not judged. */
    void laufe(Befunde befunde) {
        var diese = befunde.leere();
        var vorher = uhr();
        var zurueck = letzter;
        letzter = null;
        if (zurueck != null && zufall.inVonHundert(50)) {
            nimmZurueck(zurueck, vorher, diese);
        } else {
            beginne(vorher, diese);
        }
        alle.forEach(lauf -> benannte(lauf, vorher, diese));
        var grenze = welt.modell.naechsteGrenze(vorher);
        if (grenze.isEmpty() || grenze.get().isAfter(uhr())) {
            befunde.nimm(diese);
        } else {
            // What it did is not known then.
            letzter = null;
        }
    }

    private void beginne(Instant jetzt, Befunde befunde) {
        boolean art = zufall.inVonHundert(50);
        var person = wer(jetzt);
        var ziele = zufall.einige(
                art
                        ? welt.akten.dinge("dokument")
                        : welt.akten.dinge(zufall.eines(List.of("akte", "vorgang", "dokument"))),
                ZIELE);
        if (ziele.isEmpty()) {
            return;
        }
        var wert = art ? "Art " + welt.naechste() : als(() -> mappe(person)).toString();
        var erlaubt = ziele.stream()
                .filter(d -> erlaubt(person, art, d, jetzt))
                .map(Ding::id)
                .collect(Collectors.toSet());
        var wer = als(() -> tueren.angemeldet(person));
        var id = probe.tu(
                wer,
                art ? "dokumentart" : "handmappe",
                ziele.getFirst().art(),
                ziele.stream().map(Ding::id).toList(),
                Map.of(art ? "dokumentart" : "mappe", wert));
        var lauf = new Lauf(
                id,
                person,
                art ? "dokumentart" : "handmappe",
                wert,
                ziele.stream().map(Ding::id).collect(Collectors.toSet()),
                erlaubt);
        boolean imHaus = welt.modell.personen.get(person).zeit().gilt(jetzt);
        befunde.gleich(
                sagt(lauf, jetzt) + ", Stand", imHaus ? "fertig" : "angehalten", als(() -> probe.stand(wer, id)));
        befunde.gleich(sagt(lauf, jetzt) + ", getan", erlaubt, getan(lauf), ZIELE);
        staende(lauf, "erledigt", erlaubt, jetzt, befunde);
        alle.add(lauf);
        letzter = imHaus ? lauf : null;
    }

    /** Mostly somebody who sees more than others: who sees nothing is refused everything. */
    private UUID wer(Instant jetzt) {
        return zufall.einige(welt.modell.personen.keySet(), 3).stream()
                .max(Comparator.comparingInt(
                        p -> welt.modell.alles(p, Recht.LESEN, jetzt).size()))
                .orElseThrow();
    }

    private void nimmZurueck(Lauf lauf, Instant jetzt, Befunde befunde) {
        boolean art = lauf.tat.equals("dokumentart");
        var person = welt.modell.personen.get(lauf.person);
        // Out of one's own Handmappe anything may be taken.
        var zurueck = lauf.getan.stream()
                .filter(id -> person.zeit().gilt(jetzt)
                        && (!art || erlaubt(lauf.person, true, welt.modell.dinge.get(id), jetzt)))
                .collect(Collectors.toSet());
        probe.nimmZurueck(als(() -> tueren.angemeldet(lauf.person)), lauf.id);
        befunde.gleich(
                sagt(lauf, jetzt) + ", nach dem Zurücknehmen noch getan",
                Befunde.ohne(lauf.getan, zurueck),
                getan(lauf),
                ZIELE);
        staende(lauf, "zurueckgenommen", zurueck, jetzt, befunde);
    }

    private boolean erlaubt(UUID person, boolean art, Ding ding, Instant jetzt) {
        var modell = welt.modell;
        return art
                ? modell.darf(person, Recht.BEARBEITEN, ding, jetzt)
                        && modell.darf(person, Recht.BEARBEITEN, modell.dinge.get(ding.vorgang()), jetzt)
                : modell.darf(person, Recht.LESEN, ding, jetzt);
    }

    private UUID mappe(UUID person) {
        var id = zufall.kennung();
        welt.satz("handmappe", "id, name, person_id", id, "Sammelmappe", person);
        return id;
    }

    private Set<UUID> getan(Lauf lauf) {
        return als(() -> jdbc.sql(
                        lauf.tat.equals("dokumentart")
                                ? "SELECT id FROM dokument WHERE mandant_id = ? AND dokumentart = ?"
                                : "SELECT objekt_id FROM handmappe_stueck WHERE mandant_id = ? AND handmappe_id = CAST(? AS uuid)")
                .params(welt.mandant, lauf.wert)
                .query(UUID.class)
                .set());
    }

    private void staende(Lauf lauf, String stand, Set<UUID> soll, Instant jetzt, Befunde befunde) {
        var ist = als(() -> probe.zeilen(lauf.person, lauf.id)).stream()
                .filter(z -> z.stand().equals(stand))
                .map(z -> z.objektId())
                .collect(Collectors.toSet());
        befunde.gleich(sagt(lauf, jetzt) + ", " + stand, soll, ist, ZIELE);
    }

    /** Every target stands there, with its name for who may know of it, and with nothing else for who may not. */
    private void benannte(Lauf lauf, Instant jetzt, Befunde befunde) {
        var darf = new HashSet<>(lauf.ziele);
        darf.retainAll(welt.modell.alles(lauf.person, Recht.METADATEN, jetzt));
        var zeilen = als(() -> probe.zeilen(lauf.person, lauf.id));
        befunde.gleich(
                sagt(lauf, jetzt) + ", benannt",
                darf,
                zeilen.stream()
                        .filter(z -> z.titel() != null || z.aktenzeichen() != null)
                        .map(z -> z.objektId())
                        .collect(Collectors.toSet()),
                ZIELE);
        befunde.gleich(
                sagt(lauf, jetzt) + ", genannt, ohne dass sie davon wissen darf",
                Set.of(),
                zeilen.stream()
                        .filter(z -> !darf.contains(z.objektId())
                                && BEZEICHNUNG.matcher(z.grund()).find())
                        .map(z -> z.objektId())
                        .collect(Collectors.toSet()),
                ZIELE);
        befunde.gleich(sagt(lauf, jetzt) + ", Zeilen", lauf.ziele.size(), zeilen.size());
    }

    private static String sagt(Lauf lauf, Instant jetzt) {
        return "person " + lauf.person + " um " + jetzt + ", Sammellauf " + lauf.id + " (" + lauf.tat + ")";
    }

    private Instant uhr() {
        return als(() -> jdbc.sql("SELECT clock_timestamp()")
                .query(Timestamp.class)
                .single()
                .toInstant());
    }

    private <T> T als(Supplier<T> arbeit) {
        return Mandantenkontext.als(welt.mandant, () -> transaktion.execute(t -> arbeit.get()));
    }
}
