package de.federwerk.rechteprobe;

import de.federwerk.akteneinsicht.Einsichtsprobe;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Akteneinsicht: packages that were put together when their makers perhaps might more than they may now. */
final class Einsichtstuer implements Rechtetuer {

    private static final int EINSICHTEN = 4;

    /** @param ersatz the redacted copy that is shown instead */
    private record Stueck(
            UUID dokument, String wie, @Nullable UUID ersatz) {

        Stream<UUID> dokumente() {
            return ersatz == null ? Stream.of(dokument) : Stream.of(dokument, ersatz);
        }
    }

    /** @param vorgaenge whose titles stand in the finished package */
    private record Einsicht(UUID id, UUID person, UUID akte, List<Stueck> stuecke, Set<UUID> vorgaenge) {}

    private final Rechtewelt welt;
    private final Weltzufall zufall;
    private final Rechtetueren tueren;
    private final Berechtigungen berechtigungen;
    private final Einsichtsprobe probe;
    private final List<Einsicht> einsichten = new ArrayList<>();

    Einsichtstuer(ApplicationContext haus, Rechtewelt welt, Weltzufall zufall, Rechtetueren tueren) {
        this.welt = welt;
        this.zufall = zufall;
        this.tueren = tueren;
        this.berechtigungen = haus.getBean(Berechtigungen.class);
        this.probe = new Einsichtsprobe(haus);
    }

    @Override
    public void richteEin() {
        var belegte = welt.akten.dinge("dokument").stream().map(Ding::akte).collect(Collectors.toSet());
        var akten = welt.akten.dinge("akte").stream()
                .filter(a -> belegte.contains(a.id()))
                .toList();
        for (var akte : zufall.einige(akten, EINSICHTEN)) {
            lege(akte.id());
        }
    }

    /** Mostly somebody who may read the Akte now. */
    private UUID ersteller(UUID akte) {
        var ding = welt.modell.dinge.get(akte);
        var lesende = welt.modell.personen.keySet().stream()
                .filter(p -> welt.modell.darf(p, Recht.LESEN, ding, welt.jetzt()))
                .toList();
        return lesende.isEmpty() || zufall.inVonHundert(20)
                ? zufall.eines(welt.modell.personen.keySet())
                : zufall.eines(lesende);
    }

    private void lege(UUID akte) {
        var stuecke = new ArrayList<Stueck>();
        for (var d : welt.akten.dinge("dokument")) {
            // A package of little is given out more often than one of all.
            if (akte.equals(d.akte()) && (stuecke.isEmpty() || zufall.inVonHundert(50))) {
                var geschwister = welt.akten.dinge("dokument").stream()
                        .filter(g -> d.vorgang().equals(g.vorgang()) && !g.id().equals(d.id()))
                        .toList();
                stuecke.add(
                        switch (zufall.zahl(6)) {
                            case 0 -> new Stueck(d.id(), "zurueckgehalten", null);
                            case 1 -> new Stueck(d.id(), "ausgelassen", null);
                            case 2 ->
                                geschwister.isEmpty()
                                        ? new Stueck(d.id(), "vorgelegt", null)
                                        : new Stueck(
                                                d.id(),
                                                "ersetzt",
                                                zufall.eines(geschwister).id());
                            default -> new Stueck(d.id(), "vorgelegt", null);
                        });
            }
        }
        var vorgaenge = stuecke.stream()
                .map(s -> welt.modell.dinge.get(s.dokument).vorgang())
                .collect(Collectors.toSet());
        var e = new Einsicht(zufall.kennung(), ersteller(akte), akte, stuecke, vorgaenge);
        welt.satz(
                "akteneinsicht",
                "id, akte_id, angelegt_von, form, empfaenger, grundlage, mit_vermerken, mit_verlauf, alle_versionen, stand, blob_id, dateiname, abrufbar_bis, vorgaenge",
                e.id,
                akte,
                e.person,
                "zip",
                "Gericht",
                "VWGO",
                true,
                true,
                true,
                "fertig",
                welt.akten.inhalt().id(),
                "Akte.zip",
                Instant.parse("2099-01-01T00:00:00Z"),
                vorgaenge.toArray(UUID[]::new));
        for (var s : stuecke) {
            welt.satz(
                    "einsichtsstueck",
                    "akteneinsicht_id, dokument_id, wie, grund, ersatz_id, blatt",
                    e.id,
                    s.dokument,
                    s.wie,
                    s.wie.equals("zurueckgehalten") || s.wie.equals("ersetzt") ? "Probe" : "",
                    s.ersatz,
                    s.wie.equals("vorgelegt") || s.wie.equals("ersetzt") ? 1 : null);
        }
        einsichten.add(e);
    }

    @Override
    public void frage(Instant jetzt, Befunde befunde) {
        for (var person : welt.modell.personen.keySet()) {
            var darf = welt.modell.alles(person, Recht.LESEN, jetzt);
            befunde.gleich(
                    "person " + person + " um " + jetzt + ", ihre Akteneinsichten",
                    einsichten.stream()
                            .filter(e -> e.person.equals(person) && darf.contains(e.akte))
                            .map(Einsicht::id)
                            .collect(Collectors.toSet()),
                    probe.meine(tueren.angemeldet(person)),
                    einsichten.size());
        }
        for (var e : einsichten) {
            // Mostly who made it; what it would show to others is asked as well.
            inhalt(e, zufall.inVonHundert(50) ? e.person : zufall.eines(welt.modell.personen.keySet()), jetzt, befunde);
        }
        neue(jetzt, befunde);
    }

    private void inhalt(Einsicht e, UUID person, Instant jetzt, Befunde befunde) {
        var wer = "person " + person + " um " + jetzt + ", Akteneinsicht " + e.id;
        var darf = welt.modell.alles(person, Recht.LESEN, jetzt);
        var sicht = berechtigungen.sicht(person, Recht.LESEN);
        boolean ihre = e.person.equals(person) && darf.contains(e.akte);
        befunde.gleich(wer + ", Seite", ihre, probe.zeigt(tueren.angemeldet(person), e.id));
        befunde.gleich(
                wer + ", Paket",
                ihre
                        && darf.containsAll(e.vorgaenge)
                        && e.stuecke.stream()
                                .filter(s -> !s.wie.equals("ausgelassen"))
                                .flatMap(Stueck::dokumente)
                                .allMatch(darf::contains),
                probe.gibtHeraus(tueren.angemeldet(person), e.id));
        var stuecke =
                e.stuecke.stream().map(Stueck::dokument).filter(darf::contains).collect(Collectors.toSet());
        befunde.gleich(wer + ", Auswahl", stuecke, probe.stuecke(sicht, e.id), e.stuecke.size());
        befunde.gleich(wer + ", Zahlen", (long) stuecke.size(), probe.anzahl(sicht, e.id));
        var teile = new HashMap<UUID, Boolean>();
        e.stuecke.stream()
                .filter(s -> !s.wie.equals("ausgelassen") && s.dokumente().allMatch(darf::contains))
                .forEach(s -> teile.put(
                        s.dokument,
                        darf.contains(welt.modell.dinge.get(s.dokument).vorgang())));
        befunde.gleich(wer + ", was hineinkäme, und ob mit dem Titel des Vorgangs", teile, probe.teile(sicht, e.id));
    }

    /** One begun now. */
    private void neue(Instant jetzt, Befunde befunde) {
        var person = zufall.eines(welt.modell.personen.keySet());
        var darf = welt.modell.alles(person, Recht.LESEN, jetzt);
        var akte = zufall.eines(welt.akten.dinge("akte")).id();
        var id = zufall.kennung();
        var wer = "person " + person + " um " + jetzt + ", neue Akteneinsicht in " + akte;
        boolean gelegt = probe.lege(tueren.angemeldet(person), id, akte);
        befunde.gleich(wer, darf.contains(akte), gelegt);
        if (gelegt) {
            befunde.gleich(
                    wer + ", Auswahl",
                    welt.akten.dinge("dokument").stream()
                            .filter(d -> akte.equals(d.akte()))
                            .map(Ding::id)
                            .filter(darf::contains)
                            .collect(Collectors.toSet()),
                    probe.gelegte(id),
                    welt.akten.dinge("dokument").size());
        }
    }
}
