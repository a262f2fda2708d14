package de.federwerk.geschaeftsgang;

import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.organisation.Vertretungen.Begonnene;
import de.federwerk.organisation.Vertretungen.Vertreter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What deputies are told. Whom a task could come to is found by walking from the absent person; whether it does – a personal matter, the own
 * Ermächtigung – is asked of the Postkorb itself.
 */
@Component
class Vertretungsmeldung {

    private static final int STAPEL = 100;

    /** Somebody with whom a task stands in place of an absent person. @param fuer the name of that person */
    record Stattdessen(UUID aufgabe, UUID person, String fuer) {

        String zusatz() {
            return "in Vertretung für " + fuer;
        }
    }

    private final Vertretungen vertretungen;
    private final Aufgaben aufgaben;
    private final Meldungen meldungen;

    Vertretungsmeldung(Vertretungen vertretungen, Aufgaben aufgaben, Meldungen meldungen) {
        this.vertretungen = vertretungen;
        this.aufgaben = aufgaben;
        this.meldungen = meldungen;
    }

    /** @param leute by task, those it came to as a person or as holders of a Stelle */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Stattdessen> statt(Map<UUID, ? extends Collection<UUID>> leute) {
        var alle = leute.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        var jeAbwesendem = vertretungen.vertreter(alle).stream().collect(Collectors.groupingBy(Vertreter::fuer));
        if (jeAbwesendem.isEmpty()) {
            return List.of();
        }
        var moegliche = new LinkedHashMap<UUID, Map<UUID, String>>();
        leute.forEach((aufgabe, personen) -> {
            for (var person : personen) {
                for (var vertreter : jeAbwesendem.getOrDefault(person, List.of())) {
                    moegliche
                            .computeIfAbsent(vertreter.person(), p -> new HashMap<>())
                            .putIfAbsent(aufgabe, vertreter.fuerName());
                }
            }
        });
        var statt = new ArrayList<Stattdessen>();
        moegliche.forEach((vertreter, je) -> {
            for (var aufgabe : aufgaben.inVertretung(vertreter, je.keySet())) {
                statt.add(new Stattdessen(aufgabe, vertreter, je.getOrDefault(aufgabe, "")));
            }
        });
        return statt;
    }

    /**
     * Tells deputies how much came to them with a Vertretung that has begun: one Meldung, whatever the number.
     *
     * @return whether there may be more
     */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean sageBegonnene() {
        var begonnene = vertretungen.nimmBegonnene(STAPEL);
        var jeVertreter = new LinkedHashMap<UUID, List<Begonnene>>();
        for (var begonnen : begonnene) {
            vertretungen
                    .vertreter(List.of(begonnen.person()))
                    .forEach(v -> jeVertreter
                            .computeIfAbsent(v.person(), p -> new ArrayList<>())
                            .add(begonnen));
        }
        jeVertreter.forEach(this::sage);
        return begonnene.size() == STAPEL;
    }

    /** With the tasks of those whom the absent people represent: several that begin at once may lead to the same. */
    private void sage(UUID vertreter, List<Begonnene> begonnene) {
        var vertretene = new HashSet<UUID>();
        for (var begonnen : begonnene) {
            vertretene.add(begonnen.person());
            vertretungen.vertretene(begonnen.person()).forEach(v -> vertretene.add(v.person()));
        }
        long anzahl = aufgaben.anzahlInVertretung(vertreter, vertretene);
        if (anzahl > 0) {
            var namen = begonnene.stream()
                    .map(b -> b.name() + " bis " + Anzeige.datum(b.bis()))
                    .sorted()
                    .collect(Collectors.joining(", "));
            meldungen.sage(
                    vertreter,
                    Meldungsart.VERTRETUNG,
                    "vertretung " + begonnene.getFirst().id(),
                    Anzeige.anzahl(anzahl, "offene Aufgabe", "offene Aufgaben"),
                    "in Vertretung für " + namen,
                    "/aufgaben?gruppe=vertretung");
        }
    }
}
