package de.federwerk.formular;

import de.federwerk.formular.Formular.Platz;
import java.util.HashSet;
import java.util.List;

/** Looks at one page: each field for itself, then what must hold between them. */
final class Pruefgang {

    private Pruefgang() {}

    static void pruefe(Schritt schritt, Lage lage, String sprache, List<Feldfehler> fehler) {
        for (var abschnitt : schritt.abschnitte()) {
            for (int nr : Formular.nummern(lage, schritt, abschnitt)) {
                var falsche = new HashSet<String>();
                for (var feld : abschnitt.felder()) {
                    var platz = new Platz(schritt, abschnitt, feld);
                    if (lage.zeigt(platz, nr) && !pruefe(platz, nr, lage, sprache, fehler)) {
                        falsche.add(feld.id());
                    }
                }
                for (var regel : abschnitt.regeln()) {
                    pruefe(
                            new Platz(schritt, abschnitt, feld(abschnitt, regel.feld())),
                            regel,
                            nr,
                            lage,
                            sprache,
                            falsche,
                            fehler);
                }
            }
        }
    }

    private static boolean pruefe(Platz platz, int nr, Lage lage, String sprache, List<Feldfehler> fehler) {
        var gelesen = lage.gelesen(platz, nr);
        var pfad = platz.pfad(nr);
        for (var einwand : gelesen.einwaende()) {
            fehler.add(fehler(platz, pfad, einwand.teil(), sprache, einwand.meldung()));
        }
        if (gelesen.leer() && platz.feld().pflicht()) {
            var teile = platz.feld().art().teile();
            fehler.add(fehler(
                    platz,
                    pfad,
                    teile.isEmpty() ? "" : teile.getFirst(),
                    sprache,
                    lage.lesung(platz.feld(), pfad).fehlt()));
            return false;
        }
        return gelesen.einwaende().isEmpty();
    }

    private static void pruefe(
            Platz platz,
            Abschnitt.Regel regel,
            int nr,
            Lage lage,
            String sprache,
            HashSet<String> falsche,
            List<Feldfehler> fehler) {
        if (lage.zeigt(platz, nr) && !falsche.contains(regel.feld()) && lage.verletzt(regel.bedingung(), nr)) {
            falsche.add(regel.feld());
            var teile = platz.feld().art().teile();
            fehler.add(fehler(
                    platz,
                    platz.pfad(nr),
                    teile.isEmpty() ? "" : teile.getFirst(),
                    sprache,
                    regel.meldung().in(sprache)));
        }
    }

    private static Feldfehler fehler(Platz platz, String pfad, String teil, String sprache, String meldung) {
        var titel = platz.feld().titel().in(sprache);
        // Of several dogs it must be said which one.
        int klammer = pfad.indexOf('[');
        var stueck = klammer < 0
                ? ""
                : platz.abschnitt().eines().in(sprache) + " " + pfad.substring(klammer + 1, pfad.indexOf(']'));
        return new Feldfehler(
                platz.schritt().id(), pfad, teil, stueck.isEmpty() ? titel : stueck + ": " + titel, meldung);
    }

    private static Feld feld(Abschnitt abschnitt, String id) {
        return abschnitt.felder().stream()
                .filter(f -> f.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
