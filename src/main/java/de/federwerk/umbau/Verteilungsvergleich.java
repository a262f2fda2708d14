package de.federwerk.umbau;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Recht;
import de.federwerk.umbau.Einheitenvergleich.Einheitstat;
import de.federwerk.umbau.Hausbestand.Mensch;
import de.federwerk.umbau.Hausbestand.Paar;
import de.federwerk.umbau.Hausbestand.Stand;
import de.federwerk.umbau.Hausbestand.Stelle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares a Geschäftsverteilungsplan with the house, line by line: what is new, changed, unchanged or refused, and what is to be done. Changes
 * nothing itself. Each line with a Stelle is one Stelle; of several of one name in a unit, a line takes the one its person holds, else one nobody holds.
 */
final class Verteilungsvergleich {

    enum Art {
        NEU("neu"),
        GEAENDERT("geändert"),
        UNVERAENDERT("unverändert"),
        ABGELEHNT("abgelehnt");

        private final String wort;

        Art(String wort) {
            this.wort = wort;
        }

        String wort() {
            return wort;
        }
    }

    /** @param was what is done, or why it is refused */
    record Urteil(long nr, Art art, String einheit, String stelle, String person, String was) {}

    record Stellentat(boolean neu, UUID id, UUID einheit, String bezeichnung, boolean leitung, int befugnis) {}

    record Besetzung(UUID stelle, UUID person) {}

    record Freigabe(UUID stelle, UUID plan, Recht recht) {}

    /** A seat in a unit of the plan that the plan does not know. */
    record Uebriges(UUID besetzung, UUID stelle, UUID person, String text) {}

    record Ergebnis(
            List<Urteil> zeilen,
            List<Einheitstat> einheiten,
            List<Stellentat> stellen,
            List<Besetzung> besetzungen,
            List<Freigabe> freigaben,
            List<Uebriges> uebrige) {

        long zahl(Art art) {
            return zeilen.stream().filter(z -> z.art == art).count();
        }

        boolean leer() {
            return einheiten.isEmpty() && stellen.isEmpty() && besetzungen.isEmpty() && freigaben.isEmpty();
        }
    }

    private final Stand stand;
    private final List<Verteilungszeile> zeilen;
    private final Map<Long, String> einwaende = new HashMap<>();
    private final Map<Long, List<String>> taten = new HashMap<>();
    private final Set<Long> neue = new HashSet<>();
    private final List<Stellentat> stellen = new ArrayList<>();
    private final List<Besetzung> besetzungen = new ArrayList<>();
    private final List<Freigabe> freigaben = new ArrayList<>();
    private final Set<UUID> vergebene = new HashSet<>();

    private Verteilungsvergleich(Stand stand, List<Verteilungszeile> zeilen) {
        this.stand = stand;
        this.zeilen = zeilen;
    }

    static Ergebnis vergleiche(Stand stand, List<Verteilungszeile> zeilen) {
        return new Verteilungsvergleich(stand, zeilen).vergleiche();
    }

    private Ergebnis vergleiche() {
        einzeln();
        var einheiten = new Einheitenvergleich(
                stand,
                gueltige(),
                zeilen.stream().filter(z -> einwaende.containsKey(z.nr())).toList());
        einwaende.putAll(einheiten.einwaende());
        einheiten.taten().forEach(t -> tat(t.zeile(), t.was(), t.neu()));
        // Those whose person holds a Stelle of that name already come first: nobody takes it from under them.
        var rest = new ArrayList<Verteilungszeile>();
        for (var z : gueltige()) {
            if (!z.stelle().isEmpty() && !plane(einheiten, z, true)) {
                rest.add(z);
            }
        }
        rest.forEach(z -> plane(einheiten, z, false));
        return new Ergebnis(
                zeilen.stream().map(this::urteil).toList(),
                einheiten.einheiten(),
                stellen,
                besetzungen,
                freigaben,
                uebrige(einheiten));
    }

    private void einzeln() {
        var gesehen = new HashMap<List<Object>, Long>();
        for (var z : zeilen) {
            try {
                z.pruefe();
            } catch (Abgelehnt e) {
                einwaende.put(z.nr(), String.valueOf(e.getMessage()));
                continue;
            }
            var erste = gesehen.putIfAbsent(z.inhalt(), z.nr());
            if (erste != null) {
                einwaende.put(z.nr(), "Doppelt: steht so schon in Zeile " + erste + ".");
            } else if (!z.person().isEmpty() && !stand.menschen().containsKey(z.person())) {
                einwaende.put(
                        z.nr(),
                        "Die Person „" + z.person()
                                + "“ gibt es nicht, oder sie hat das Haus verlassen (gemeint ist der Anmeldename).");
            } else {
                z.aktenplan().stream()
                        .filter(k -> !stand.positionen().containsKey(k))
                        .findFirst()
                        .ifPresent(k -> einwaende.put(z.nr(), "Die Position „" + k + "“ steht nicht im Aktenplan."));
            }
        }
    }

    private List<Verteilungszeile> gueltige() {
        return zeilen.stream().filter(z -> !einwaende.containsKey(z.nr())).toList();
    }

    private void tat(long zeile, String was, boolean neu) {
        taten.computeIfAbsent(zeile, z -> new ArrayList<>()).add(was.strip());
        if (neu) {
            neue.add(zeile);
        }
    }

    /** @param nurEigene only if the person holds a Stelle of this name there. @return false if not */
    private boolean plane(Einheitenvergleich einheiten, Verteilungszeile z, boolean nurEigene) {
        var einheit = einheiten.id(z);
        var mensch = z.person().isEmpty() ? null : stand.menschen().get(z.person());
        var da = stelle(einheit, z, mensch, nurEigene);
        if (da == null && nurEigene) {
            return false;
        }
        var id = da == null ? Kennung.neu() : da.id();
        vergebene.add(id);
        boolean leitung = z.leitet(da != null && da.leitung());
        int befugnis = z.befugnis(da == null ? (leitung ? 2 : 1) : da.befugnis());
        if (da == null) {
            stellen.add(new Stellentat(true, id, einheit, z.stelle(), leitung, befugnis));
            tat(z.nr(), "Stelle einrichten", true);
        } else if (da.leitung() != leitung || da.befugnis() != befugnis) {
            stellen.add(new Stellentat(false, id, einheit, da.bezeichnung(), leitung, befugnis));
            tat(
                    z.nr(),
                    da.leitung() != leitung ? "Leitung: " + (leitung ? "ja" : "nein") : "Zeichnungsbefugnis ändern",
                    false);
        }
        if (mensch != null && !stand.haelt(id, mensch.id())) {
            besetzungen.add(new Besetzung(id, mensch.id()));
            tat(z.nr(), mensch.name() + " bekommt die Stelle", false);
        }
        for (var kennzeichen : z.aktenplan()) {
            var plan = Objects.requireNonNull(stand.positionen().get(kennzeichen));
            if (stand.freigaben().getOrDefault(new Paar(id, plan), -1)
                    < z.gibt().ordinal()) {
                freigaben.add(new Freigabe(id, plan, z.gibt()));
                tat(z.nr(), "Freigabe " + kennzeichen + ": " + z.gibt().name().toLowerCase(Locale.ROOT), false);
            }
        }
        return true;
    }

    private @Nullable Stelle stelle(UUID einheit, Verteilungszeile z, @Nullable Mensch mensch, boolean nurEigene) {
        var gleiche = stand.stellen().stream()
                .filter(s -> s.einheitId().equals(einheit)
                        && s.bezeichnung().equalsIgnoreCase(z.stelle())
                        && !vergebene.contains(s.id()))
                .toList();
        var eigene = mensch == null
                ? null
                : gleiche.stream()
                        .filter(s -> stand.haelt(s.id(), mensch.id()))
                        .findFirst()
                        .orElse(null);
        if (eigene != null || nurEigene) {
            return eigene;
        }
        var freie = gleiche.stream()
                .filter(s -> stand.sitze().getOrDefault(s.id(), List.of()).isEmpty())
                .findFirst()
                .orElse(null);
        // What is to be vacant may still be held, and one single Stelle of that name changes hands.
        return freie != null ? freie : mensch == null || gleiche.size() == 1 ? erste(gleiche) : null;
    }

    private static @Nullable Stelle erste(List<Stelle> stellen) {
        return stellen.isEmpty() ? null : stellen.getFirst();
    }

    private Urteil urteil(Verteilungszeile z) {
        var einwand = einwaende.get(z.nr());
        var getan = taten.getOrDefault(z.nr(), List.of());
        var art = einwand != null
                ? Art.ABGELEHNT
                : neue.contains(z.nr()) ? Art.NEU : getan.isEmpty() ? Art.UNVERAENDERT : Art.GEAENDERT;
        return new Urteil(
                z.nr(), art, z.einheit(), z.stelle(), z.person(), einwand != null ? einwand : String.join("; ", getan));
    }

    /** Only in units the plan names, and only where no line was refused: what it meant is not known. */
    private List<Uebriges> uebrige(Einheitenvergleich einheiten) {
        var genannte = einheiten.genannte();
        zeilen.stream()
                .filter(z -> einwaende.containsKey(z.nr()))
                .map(z -> stand.einheit(z.einheit()))
                .filter(Objects::nonNull)
                .forEach(e -> genannte.remove(e.id()));
        var gewollte = new HashSet<Besetzung>();
        gueltige().stream().filter(z -> !z.stelle().isEmpty()).forEach(z -> {
            var mensch = z.person().isEmpty() ? null : stand.menschen().get(z.person());
            if (mensch != null) {
                // By unit and name: the Stelle of this person is one of them.
                stand.stellen().stream()
                        .filter(s -> s.einheitId().equals(einheiten.id(z))
                                && s.bezeichnung().equalsIgnoreCase(z.stelle()))
                        .forEach(s -> gewollte.add(new Besetzung(s.id(), mensch.id())));
            }
        });
        var namen = new HashMap<UUID, String>();
        stand.einheiten().values().forEach(e -> namen.put(e.id(), e.kuerzel()));
        return stand.stellen().stream()
                .filter(s -> genannte.contains(s.einheitId()))
                .flatMap(s -> stand.sitze().getOrDefault(s.id(), List.of()).stream()
                        .filter(b -> !gewollte.contains(new Besetzung(s.id(), b.personId())))
                        .map(b -> new Uebriges(
                                b.id(),
                                s.id(),
                                b.personId(),
                                b.name() + ", " + s.bezeichnung() + " (" + namen.get(s.einheitId()) + ")")))
                .toList();
    }
}
