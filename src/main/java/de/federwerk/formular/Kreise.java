package de.federwerk.formular;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Refuses what depends on itself: a field shown only if it was answered, a sum that contains itself. */
final class Kreise {

    private final Map<String, Set<String>> braucht = new HashMap<>();
    private final Set<String> fertig = new HashSet<>();
    private final List<String> weg = new ArrayList<>();

    private Kreise() {}

    static void verbiete(Formular formular, BiConsumer<String, String> mangel) {
        var kreise = new Kreise();
        for (var schritt : formular.schritte()) {
            for (var abschnitt : schritt.abschnitte()) {
                var hier = new HashSet<String>();
                nimm(hier, schritt.wenn());
                nimm(hier, abschnitt.wenn());
                kreise.braucht.put("#" + abschnitt.id(), Set.copyOf(hier));
                for (var feld : abschnitt.felder()) {
                    var dies = new HashSet<>(hier);
                    nimm(dies, feld.wenn());
                    nimm(dies, feld.rechnung());
                    kreise.braucht.put(feld.id(), dies);
                }
            }
        }
        for (var feld : kreise.braucht.keySet().stream().sorted().toList()) {
            var kreis = kreise.suche(feld);
            if (kreis != null) {
                mangel.accept(
                        "",
                        "Diese Felder hängen im Kreis voneinander ab: " + kreis + ". Eine der Bedingungen muss weg.");
                return;
            }
        }
    }

    private static void nimm(Set<String> ziele, @Nullable Ausdruck ausdruck) {
        if (ausdruck != null) {
            ziele.addAll(ausdruck.braucht());
        }
    }

    private @Nullable String suche(String feld) {
        if (fertig.contains(feld)) {
            return null;
        }
        int schon = weg.indexOf(feld);
        if (schon >= 0) {
            return String.join(" → ", weg.subList(schon, weg.size())) + " → " + feld;
        }
        weg.add(feld);
        for (var ziel : braucht.getOrDefault(feld, Set.of())) {
            var kreis = suche(ziel);
            if (kreis != null) {
                return kreis;
            }
        }
        weg.removeLast();
        fertig.add(feld);
        return null;
    }
}
