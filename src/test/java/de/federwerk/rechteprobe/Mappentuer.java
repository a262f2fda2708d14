package de.federwerk.rechteprobe;

import de.federwerk.berechtigung.Recht;
import de.federwerk.handmappe.Mappenprobe;
import de.federwerk.rechteprobe.Rechtemodell.Stelle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Handmappen, one's own and those of the unit: which there are for somebody, and what each shows her. */
final class Mappentuer implements Rechtetuer {

    private static final int MAPPEN = 5;
    private static final int STUECKE = 15;

    /** @param einheit with which it is shared */
    private record Mappe(UUID id, UUID person, @Nullable UUID einheit, Set<UUID> stuecke) {}

    private final Rechtewelt welt;
    private final Weltzufall zufall;
    private final Rechtetueren tueren;
    private final Mappenprobe probe;
    private final List<Mappe> mappen = new ArrayList<>();

    Mappentuer(ApplicationContext haus, Rechtewelt welt, Weltzufall zufall, Rechtetueren tueren) {
        this.welt = welt;
        this.zufall = zufall;
        this.tueren = tueren;
        this.probe = new Mappenprobe(haus);
    }

    @Override
    public void richteEin() {
        for (int i = 0; i < MAPPEN; i++) {
            var stuecke = zufall.einige(welt.akten.dinge("akte", "vorgang", "dokument"), STUECKE);
            var mappe = new Mappe(
                    zufall.kennung(),
                    zufall.eines(welt.modell.personen.keySet()),
                    zufall.inVonHundert(70) ? zufall.eines(welt.modell.einheiten.keySet()) : null,
                    stuecke.stream().map(Rechtemodell.Ding::id).collect(Collectors.toSet()));
            welt.satz("handmappe", "id, name, person_id, einheit_id", mappe.id, "Mappe", mappe.person, mappe.einheit);
            for (var ding : stuecke) {
                welt.satz(
                        "handmappe_stueck",
                        "handmappe_id, objekt_id, art, gelegt_von",
                        mappe.id,
                        ding.id(),
                        ding.art(),
                        mappe.person);
            }
            mappen.add(mappe);
        }
    }

    @Override
    public void frage(Instant jetzt, Befunde befunde) {
        for (var person : zufall.einige(welt.modell.personen.keySet(), 3)) {
            var lesen = welt.modell.alles(person, Recht.LESEN, jetzt);
            var einheiten = welt.modell.stellen(person, jetzt).stream()
                    .map(Stelle::einheit)
                    .collect(Collectors.toSet());
            var soll = new HashMap<UUID, Set<UUID>>();
            mappen.stream()
                    .filter(m -> m.person.equals(person) || m.einheit != null && einheiten.contains(m.einheit))
                    .forEach(m -> soll.put(
                            m.id, m.stuecke.stream().filter(lesen::contains).collect(Collectors.toSet())));
            var wer = "person " + person + " um " + jetzt + ", Handmappen";
            var ist = probe.gezeigte(tueren.angemeldet(person));
            // Another door may have made some of its own.
            ist.keySet().retainAll(mappen.stream().map(Mappe::id).collect(Collectors.toSet()));
            befunde.gleich(wer, soll.keySet(), ist.keySet(), mappen.size());
            soll.forEach((mappe, stuecke) ->
                    befunde.gleich(wer + ", darin in " + mappe, stuecke, ist.getOrDefault(mappe, Set.of()), STUECKE));
        }
        var mappe = zufall.eines(mappen);
        var ding = zufall.eines(welt.akten.dinge("akte", "vorgang", "dokument"));
        befunde.gleich(
                "person " + mappe.person + " um " + jetzt + ", legt in ihre Handmappe " + ding,
                welt.modell.darf(mappe.person, Recht.LESEN, ding, jetzt),
                probe.lege(tueren.angemeldet(mappe.person), mappe.id, ding.art(), ding.id()));
    }
}
