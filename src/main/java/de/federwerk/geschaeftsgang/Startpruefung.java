package de.federwerk.geschaeftsgang;

import de.federwerk.geschaeftsgang.Empfaengerkreis.Kandidat;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Zustaendigkeit.Fall;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks at a Laufweg before it begins: whether it would reach somebody everywhere who may do what is asked, and come to an end. */
@Component
class Startpruefung {

    static final int HOECHSTENS = 100;

    private final Empfaengerkreis kreis;

    Startpruefung(Empfaengerkreis kreis) {
        this.kreis = kreis;
    }

    /**
     * German sentences, each with the station it is about; empty if it may begin.
     *
     * @param heute the day in the town hall
     */
    @Transactional(readOnly = true)
    List<String> einwaende(Laufwegentwurf entwurf, LocalDate heute) {
        var stationen = entwurf.stationen();
        if (stationen.isEmpty()) {
            return List.of("Der Laufweg hat keine Station. Bitte wählen Sie wenigstens einen Empfänger.");
        }
        if (stationen.size() > HOECHSTENS) {
            return List.of(
                    "Der Laufweg hat %d Stationen; möglich sind %d. Ein Empfänger kann auch eine ganze Einheit sein."
                            .formatted(stationen.size(), HOECHSTENS));
        }
        var einwaende = new ArrayList<String>();
        var empfaenger = stationen.stream().map(Station::empfaenger).toList();
        var kandidaten = kreis.heute(empfaenger, entwurf.vorgang());
        var namen = kreis.namen(empfaenger);
        for (var station : stationen) {
            var wer = kandidaten.getOrDefault(station.empfaenger(), List.of());
            var ort = "Station %d (%s, %s): "
                    .formatted(
                            stationen.indexOf(station) + 1,
                            station.art().wort(),
                            namen.getOrDefault(station.empfaenger(), "unbekannt"));
            fuerSich(entwurf, station, wer, heute).forEach(einwand -> einwaende.add(ort + einwand));
        }
        einwaende.addAll(vierAugen(stationen, kandidaten));
        einwaende.addAll(reihenfolge(stationen));
        return einwaende;
    }

    private static List<String> fuerSich(Laufwegentwurf entwurf, Station station, List<Kandidat> wer, LocalDate heute) {
        var einwaende = new ArrayList<String>();
        if (wer.isEmpty()) {
            einwaende.add(
                    switch (station.empfaenger().art()) {
                        case "person" -> "Diese Person ist nicht mehr im Haus; die Aufgabe ginge an niemanden.";
                        case "stelle" -> "Diese Stelle ist nicht besetzt; die Aufgabe ginge an niemanden.";
                        default -> "In dieser Einheit ist niemand; die Aufgabe ginge an niemanden.";
                    });
        } else if (wer.stream().noneMatch(Kandidat::darf)) {
            einwaende.add(
                    "Niemand, an den sie ginge, darf diesen Vorgang sehen (Vertraulichkeitsstufe oder Ausschluss wegen Befangenheit).");
        } else if (wer.stream()
                .noneMatch(k -> k.darf() && k.befugnis() >= station.art().befugnis())) {
            einwaende.add("Dafür reicht die Zeichnungsbefugnis nicht: Verlangt ist %s."
                    .formatted(station.art().befugnis() > 1 ? "die Schlusszeichnung" : "die Mitzeichnung"));
        }
        if (station.tag() != null && station.tag().isBefore(heute)) {
            einwaende.add("Der Termin liegt in der Vergangenheit.");
        }
        if (station.art() == Stationsart.WIEDERVORLAGE && station.tag() == null) {
            einwaende.add("Eine Wiedervorlage braucht einen Tag.");
        }
        if (station.verlangt() != null && !station.verlangt().equals("dokument") && entwurf.dokument() == null) {
            einwaende.add(
                    "Sie verlangt eine Angabe am Dokument, der Laufweg führt aber den ganzen Vorgang: Er bliebe hier hängen.");
        }
        return einwaende;
    }

    /** Whether a station that goes to somebody else still has two who can sign its four-eyes pair: if not, the sentence that says so. */
    @Transactional(readOnly = true)
    Optional<String> vierAugenBei(Fall fall, Empfaenger an) {
        return fall.paare().stream()
                .filter(o -> bliebeNurEiner(
                        an,
                        fall.station().was(),
                        o,
                        kreis.heute(List.of(an, o.empfaenger()), fall.laufweg().vorgangId())))
                .findFirst()
                .map(o ->
                        "Mit „%s“ sollen hier vier Augen zeichnen; dort bliebe dafür niemand anderes. Bitte wählen Sie jemanden, der dort nicht zeichnet."
                                .formatted(o.was().wort()));
    }

    /** Whether nobody to whom the one station would go is another than those who sign, or have signed, at the other. */
    static boolean bliebeNurEiner(
            Empfaenger an, Stationsart art, Stationen.Station andere, Map<Empfaenger, List<Kandidat>> kandidaten) {
        var dort = switch (andere.ort().stand()) {
            case WARTET, OFFEN -> zeichnende(andere.empfaenger(), andere.was(), kandidaten);
            case ERLEDIGT -> List.of(Kandidat.gezeichnet(andere));
            case UEBERSPRUNGEN, ENTFALLEN -> List.<Kandidat>of();
        };
        return !dort.isEmpty()
                && zeichnende(an, art, kandidaten).stream()
                        .noneMatch(h -> dort.stream().anyMatch(h::andererAls));
    }

    static List<String> vierAugen(List<Station> stationen, Map<Empfaenger, List<Kandidat>> kandidaten) {
        var nach = stationen.stream().collect(Collectors.toMap(Station::id, Function.identity(), (a, b) -> a));
        var einwaende = new ArrayList<String>();
        for (var station : stationen) {
            if (station.vierAugenMit() == null) {
                continue;
            }
            int nummer = stationen.indexOf(station) + 1;
            var andere = nach.get(station.vierAugenMit());
            if (andere == null || andere.id().equals(station.id())) {
                einwaende.add("Station %d: Das Vier-Augen-Prinzip braucht eine zweite Station.".formatted(nummer));
                continue;
            }
            var hier = zeichnende(station.empfaenger(), station.art(), kandidaten);
            var dort = zeichnende(andere.empfaenger(), andere.art(), kandidaten);
            if (hier.isEmpty() || dort.isEmpty()) {
                continue; // Said at the station itself.
            }
            if (hier.stream().noneMatch(h -> dort.stream().anyMatch(h::andererAls))) {
                einwaende.add(
                        "Station %d und Station %d sollen vier Augen haben, es bliebe aber nur %s%s. Der Laufweg würde hängen bleiben."
                                .formatted(
                                        nummer,
                                        stationen.indexOf(andere) + 1,
                                        hier.getFirst().name(),
                                        vertretungswort(hier, dort)));
            }
        }
        return einwaende;
    }

    private static String vertretungswort(List<Kandidat> hier, List<Kandidat> dort) {
        return hier.stream().anyMatch(k -> k.fuer() != null) || dort.stream().anyMatch(k -> k.fuer() != null)
                ? " (wegen einer Vertretung)"
                : "";
    }

    /** Those who would sign today: whoever is absent and represented leaves it to the deputy. */
    private static List<Kandidat> zeichnende(
            Empfaenger an, Stationsart art, Map<Empfaenger, List<Kandidat>> kandidaten) {
        var alle = kandidaten.getOrDefault(an, List.of()).stream()
                .filter(k -> k.darf() && k.befugnis() >= art.befugnis())
                .toList();
        var vertretene =
                alle.stream().map(Kandidat::fuer).filter(Objects::nonNull).collect(Collectors.toSet());
        return alle.stream()
                .filter(k -> !(k.abwesend() && vertretene.contains(k.person())))
                .toList();
    }

    /** What is wrong with how they follow one another, whoever gets them. */
    static List<String> reihenfolge(List<Station> stationen) {
        var einwaende = new ArrayList<String>();
        var plaetze = new HashSet<List<Integer>>();
        var ids = new HashSet<UUID>();
        for (var station : stationen) {
            if (!plaetze.add(List.of(station.block(), station.zweig(), station.platz())) || !ids.add(station.id())) {
                einwaende.add("Zwei Stationen stehen am selben Platz.");
            }
        }
        int letzter = stationen.stream().mapToInt(Station::block).max().orElse(0);
        stationen.stream()
                .filter(s -> s.art() == Stationsart.ZDA)
                .filter(s -> s.block() < letzter
                        || stationen.stream()
                                .anyMatch(o -> !o.id().equals(s.id())
                                        && o.block() == s.block()
                                        && (o.zweig() != s.zweig() || o.platz() > s.platz())))
                .findFirst()
                .ifPresent(s -> einwaende.add(
                        "Station %d legt den Vorgang zu den Akten; danach und daneben kann nichts mehr bearbeitet werden. Bitte setzen Sie sie ans Ende."
                                .formatted(stationen.indexOf(s) + 1)));
        return einwaende;
    }
}
