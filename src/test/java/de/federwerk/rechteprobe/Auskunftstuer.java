package de.federwerk.rechteprobe;

import static java.util.Objects.requireNonNull;

import de.federwerk.berechtigung.Recht;
import de.federwerk.datenschutz.Auskunftsprobe;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Auskunft: the role Datenschutz sees how much was found, and each unit what of its own it may read. */
final class Auskunftstuer implements Rechtetuer {

    private final Rechtewelt welt;
    private final Weltzufall zufall;
    private final Rechtetueren tueren;
    private final Auskunftsprobe probe;
    /** What was found, and whether nobody has decided on it. */
    private final Map<UUID, Boolean> offen = new HashMap<>();

    private @Nullable UUID ersuchen;

    Auskunftstuer(ApplicationContext haus, Rechtewelt welt, Weltzufall zufall, Rechtetueren tueren) {
        this.welt = welt;
        this.zufall = zufall;
        this.tueren = tueren;
        this.probe = new Auskunftsprobe(haus);
    }

    @Override
    public void richteEin() {
        ersuchen = zufall.kennung();
        var jemand = zufall.eines(welt.modell.personen.keySet());
        welt.satz(
                "auskunftsersuchen",
                "id, nachname, eingegangen, frist, vorgang_id, angelegt_von",
                ersuchen,
                "Probe",
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2099, 1, 1),
                zufall.eines(welt.akten.dinge("vorgang")).id(),
                jemand);
        for (var ding : welt.modell.dinge.values()) {
            if (zufall.inVonHundert(70)) {
                boolean entschieden = zufall.inVonHundert(20);
                welt.satz(
                        "auskunftstreffer",
                        "ersuchen_id, objekt_id, art, wege, entscheid, geprueft, geprueft_von",
                        ersuchen,
                        ding.id(),
                        ding.art(),
                        new String[] {"Probe"},
                        entschieden ? "andere" : "offen",
                        entschieden ? welt.jetzt() : null,
                        entschieden ? jemand : null);
                offen.put(ding.id(), !entschieden);
            }
        }
    }

    @Override
    public void frage(Instant jetzt, Befunde befunde) {
        var welches = requireNonNull(ersuchen);
        befunde.gleich(
                "Auskunft um " + jetzt + ", Zahlen für die Rolle Datenschutz",
                List.of(offen.values().stream().filter(o -> o).count(), (long) offen.size()),
                probe.zahlen(welches));
        for (var person : zufall.einige(welt.modell.personen.keySet(), 3)) {
            var anmeldung = tueren.angemeldet(person);
            boolean datenschutz = welt.istDatenschutz(person, jetzt);
            var wer = "person " + person + " um " + jetzt + ", Auskunft";
            befunde.gleich(wer + ", Rolle", datenschutz, probe.fuehrt(anmeldung, welches));
            var zustaendig = welt.modell.zustaendig(person, jetzt);
            var darf = welt.modell.alles(person, Recht.LESEN, jetzt);
            var soll = welt.modell.dinge.values().stream()
                    .filter(d -> offen.containsKey(d.id()) && darf.contains(d.id()))
                    .filter(d -> datenschutz || zustaendig.contains(einheit(d)))
                    .map(Ding::id)
                    .collect(Collectors.toSet());
            befunde.gleich(wer + ", Fundstellen", soll, probe.meine(anmeldung, welches), offen.size());
            befunde.gleich(
                    wer + ", Zahlen auf der Startseite",
                    List.of(
                            soll.stream()
                                    .filter(id -> Boolean.TRUE.equals(offen.get(id)))
                                    .count(),
                            (long) soll.size()),
                    probe.auftrag(anmeldung, welches));
            var eine = zufall.eines(offen.keySet());
            befunde.gleich(wer + ", Fundstelle " + eine, soll.contains(eine), probe.zeigt(anmeldung, welches, eine));
        }
    }

    /** A Dokument is of the unit that leads its Vorgang. */
    private UUID einheit(Ding ding) {
        var federfuehrend = ding.art().equals("dokument") ? ding.vorgang() : ding.id();
        return requireNonNull(welt.akten.federfuehrend.get(federfuehrend));
    }
}
