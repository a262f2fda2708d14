package de.federwerk.liste;

import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.liste.Listenseiten.Kopf;
import de.federwerk.liste.Listenseiten.Spaltenwahl;
import java.util.ArrayList;
import java.util.List;

/** The columns of a list as its page shows them; beside those of its kind the fields of the Aktenart that it is narrowed to. */
final class Spaltenbild {

    private Spaltenbild() {}

    static List<Kopf> koepfe(Listenfrage frage, List<Aktenfeld> felder) {
        return gewaehlte(frage, felder, frage.spalten()).stream()
                .map(s -> {
                    var nach = frage.sortierungen().stream()
                            .filter(o -> o.name().equals(s.name()))
                            .findFirst()
                            .orElse(null);
                    boolean hier = nach != null && nach.equals(frage.sortierung());
                    return new Kopf(
                            s,
                            nach == null
                                    ? null
                                    : frage.mit(nach, hier ? !frage.absteigend() : nach.abZuerst())
                                            .adresse(),
                            hier,
                            hier && frage.absteigend());
                })
                .toList();
    }

    /** The columns of these names, as far as this list can have them. */
    static List<Spalte> gewaehlte(Listenfrage frage, List<Aktenfeld> felder, List<String> namen) {
        var moegliche = moegliche(frage, felder);
        return namen.stream()
                .flatMap(n -> moegliche.stream().filter(s -> s.name().equals(n)))
                .toList();
    }

    private static List<Spalte> moegliche(Listenfrage frage, List<Aktenfeld> felder) {
        var alle = new ArrayList<>(frage.art().spalten());
        felder.forEach(f -> alle.add(Spalte.gewaehlt(f.formname(), f.name(), "")));
        return alle;
    }

    /** The chosen ones in their order, then the others. */
    static List<Spaltenwahl> wahl(Listenfrage frage, List<Aktenfeld> felder) {
        var gewaehlte = gewaehlte(frage, felder, frage.spalten());
        var wahl = new ArrayList<Spaltenwahl>();
        for (int i = 0; i < gewaehlte.size(); i++) {
            wahl.add(new Spaltenwahl(gewaehlte.get(i), true, i == 0, i == gewaehlte.size() - 1));
        }
        moegliche(frage, felder).stream()
                .filter(s -> !gewaehlte.contains(s))
                .forEach(s -> wahl.add(new Spaltenwahl(s, false, true, true)));
        return wahl;
    }
}
