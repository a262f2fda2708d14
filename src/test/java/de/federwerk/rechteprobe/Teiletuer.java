package de.federwerk.rechteprobe;

import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Vorgangslisten;
import de.federwerk.akte.Vorgangslisten.Teilwahl;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Bände and Teilakten: what lies in each, and how much. */
final class Teiletuer implements Rechtetuer {

    private static final int GETEILTE = 4;
    private static final int ALLE = 100;

    private final Rechtewelt welt;
    private final Weltzufall zufall;
    private final Berechtigungen berechtigungen;
    private final Aktenteile teile;
    private final Vorgangslisten listen;
    /** By Akte. */
    private final Map<UUID, List<UUID>> teileJeAkte = new HashMap<>();
    /** By Akte: there whatever names no part comes into. */
    private final Map<UUID, UUID> baende = new HashMap<>();
    /** By Vorgang. */
    private final Map<UUID, UUID> eingeordnet = new HashMap<>();

    Teiletuer(ApplicationContext haus, Rechtewelt welt, Weltzufall zufall) {
        this.welt = welt;
        this.zufall = zufall;
        this.berechtigungen = haus.getBean(Berechtigungen.class);
        this.teile = haus.getBean(Aktenteile.class);
        this.listen = haus.getBean(Vorgangslisten.class);
    }

    @Override
    public void richteEin() {
        for (var akte : zufall.einige(welt.akten.dinge("akte"), GETEILTE)) {
            var hier = new ArrayList<UUID>();
            hier.add(teil(akte.id(), "teilakte", 1));
            hier.add(teil(akte.id(), "teilakte", 2));
            if (zufall.inVonHundert(50)) {
                hier.add(teil(akte.id(), "band", 1));
                baende.put(akte.id(), hier.getLast());
            }
            teileJeAkte.put(akte.id(), hier);
            for (var vorgang : vorgaenge(akte.id())) {
                if (baende.containsKey(akte.id()) || zufall.inVonHundert(70)) {
                    var teil = zufall.eines(hier);
                    welt.setze("vorgang", vorgang.id(), "teil_id", teil);
                    eingeordnet.put(vorgang.id(), teil);
                }
            }
        }
    }

    private UUID teil(UUID akte, String art, int nummer) {
        var id = zufall.kennung();
        welt.satz(
                "aktenteil",
                "id, akte_id, art, nummer, titel, laufzeit_von, angelegt_von",
                id,
                akte,
                art,
                nummer,
                art.equals("band") ? "" : "Teil " + nummer,
                LocalDate.of(2026, 1, 1),
                zufall.eines(welt.modell.personen.keySet()));
        return id;
    }

    private List<Ding> vorgaenge(UUID akte) {
        return welt.akten.dinge("vorgang").stream()
                .filter(v -> akte.equals(v.akte()))
                .toList();
    }

    private @Nullable UUID teil(Ding vorgang) {
        var teil = eingeordnet.get(vorgang.id());
        return teil != null ? teil : baende.get(vorgang.akte());
    }

    @Override
    public void frage(Instant jetzt, Befunde befunde) {
        for (var person : zufall.einige(welt.modell.personen.keySet(), 2)) {
            var recht = zufall.recht();
            var sicht = berechtigungen.sicht(person, recht);
            var darf = welt.modell.alles(person, recht, jetzt);
            teileJeAkte.forEach((akte, alle) -> {
                var wer = "person " + person + " " + recht + " um " + jetzt + ", Teile von " + akte;
                var soll = new HashMap<UUID, Set<UUID>>();
                alle.forEach(teil -> soll.put(teil, new HashSet<>()));
                var direkt = new HashSet<UUID>();
                for (var v : vorgaenge(akte)) {
                    if (darf.contains(v.id())) {
                        soll.getOrDefault(teil(v), direkt).add(v.id());
                    }
                }
                befunde.gleich(
                        wer + ", Zahlen",
                        soll.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e ->
                                (long) e.getValue().size())),
                        teile.von(sicht, akte).stream()
                                .collect(Collectors.toMap(Aktenteile.Teil::id, Aktenteile.Teil::vorgaenge)));
                var einer = zufall.eines(alle);
                for (var wahl : List.of(new Teilwahl(einer, false), new Teilwahl(null, true))) {
                    var darin = wahl.direkt() ? direkt : soll.getOrDefault(einer, Set.of());
                    befunde.gleich(
                            wer + ", Vorgänge in " + wahl,
                            darin,
                            listen.in(sicht, akte, wahl, Stelle.ANFANG, ALLE).zeilen().stream()
                                    .map(v -> v.id())
                                    .collect(Collectors.toSet()),
                            darin.size() + 1);
                    befunde.gleich(
                            wer + ", Zahl der Vorgänge in " + wahl,
                            (long) darin.size(),
                            listen.anzahlIn(sicht, akte, wahl).zahl());
                }
            });
        }
    }
}
