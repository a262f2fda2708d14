package de.federwerk.rechteprobe;

import static java.util.Objects.requireNonNull;

import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import de.federwerk.webdav.Ordnerprobe;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Akten as folders (WebDAV): what lies in each, and that nobody opens one by its name alone. */
final class Ordnertuer implements Rechtetuer {

    private static final int EINIGE = 4;

    private final Rechtewelt welt;
    private final Weltzufall zufall;
    private final Rechtetueren tueren;
    private final JdbcClient jdbc;
    private final Ordnerprobe probe;

    Ordnertuer(ApplicationContext haus, Rechtewelt welt, Weltzufall zufall, Rechtetueren tueren) {
        this.welt = welt;
        this.zufall = zufall;
        this.tueren = tueren;
        this.jdbc = haus.getBean(JdbcClient.class);
        this.probe = new Ordnerprobe(haus);
    }

    @Override
    public void richteEin() {
        // The folders are the Akten themselves.
    }

    @Override
    public void frage(Instant jetzt, Befunde befunde) {
        var namen = namen();
        var positionen = welt.akten.positionen;
        for (var person : zufall.einige(welt.modell.personen.keySet(), 2)) {
            var darf = welt.modell.alles(person, Recht.LESEN, jetzt);
            var wer = tueren.angemeldet(person);
            var akten = welt.akten.dinge("akte").stream()
                    .filter(a -> darf.contains(a.id()))
                    .collect(Collectors.groupingBy(
                            a -> requireNonNull(positionen.get(a.id())),
                            Collectors.mapping(Ding::id, Collectors.toSet())));
            vergleiche(befunde, wer, jetzt, Optional.of(akten.keySet()), "Akten");
            for (var position : zufall.einige(welt.modell.positionen.keySet(), 2)) {
                vergleiche(befunde, wer, jetzt, Optional.ofNullable(akten.get(position)), "Akten", namen.get(position));
            }
            for (var akte : zufall.einige(welt.akten.dinge("akte"), EINIGE)) {
                vergleiche(
                        befunde,
                        wer,
                        jetzt,
                        darf.contains(akte.id())
                                ? Optional.of(
                                        darin(darf, "vorgang", v -> akte.id().equals(v.akte())))
                                : Optional.empty(),
                        "Akten",
                        namen.get(positionen.get(akte.id())),
                        namen.get(akte.id()));
            }
            for (var vorgang : zufall.einige(welt.akten.dinge("vorgang"), EINIGE)) {
                vergleiche(
                        befunde,
                        wer,
                        jetzt,
                        darf.contains(vorgang.akte()) && darf.contains(vorgang.id())
                                ? Optional.of(darin(
                                        darf, "dokument", d -> vorgang.id().equals(d.vorgang())))
                                : Optional.empty(),
                        "Akten",
                        namen.get(positionen.get(vorgang.akte())),
                        namen.get(vorgang.akte()),
                        namen.get(vorgang.id()));
            }
            for (var dokument : zufall.einige(welt.akten.dinge("dokument"), EINIGE)) {
                vergleiche(
                        befunde,
                        wer,
                        jetzt,
                        darf.contains(dokument.id()) ? Optional.of(Set.of(dokument.id())) : Optional.empty(),
                        "Dokumente",
                        dokument.id().toString());
            }
        }
    }

    private void vergleiche(Befunde befunde, Anmeldung wer, Instant jetzt, Optional<Set<UUID>> soll, String... pfad) {
        befunde.gleich(
                "person " + wer.person() + " um " + jetzt + ", Ordner " + String.join("/", pfad),
                soll,
                probe.in(wer, pfad));
    }

    private Set<UUID> darin(Set<UUID> darf, String art, java.util.function.Predicate<Ding> welche) {
        return welt.akten.dinge(art).stream()
                .filter(welche)
                .map(Ding::id)
                .filter(darf::contains)
                .collect(Collectors.toSet());
    }

    /** As the folders are called. */
    private Map<UUID, String> namen() {
        var alle = new HashMap<UUID, String>();
        Stream.of(
                        "SELECT id, kennzeichen || ' ' || titel FROM planknoten WHERE mandant_id = ?",
                        "SELECT id, aktenzeichen || ' – ' || titel FROM akte WHERE mandant_id = ?",
                        "SELECT id, aktenzeichen || ' – ' || titel FROM vorgang WHERE mandant_id = ?")
                .forEach(sql -> jdbc.sql(sql)
                        .param(welt.mandant)
                        .query((z, nr) -> alle.put(z.getObject(1, UUID.class), z.getString(2)))
                        .list());
        return alle;
    }
}
