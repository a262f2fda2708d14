package de.federwerk.bescheid;

import de.federwerk.formular.Formular;
import de.federwerk.formular.Werte;
import java.util.Map;

/** A form as somebody made up would fill it in. */
final class Musterwerte {

    private Musterwerte() {}

    static Werte zu(Formular formular) {
        var werte = Werte.LEER;
        for (var schritt : formular.schritte()) {
            for (var abschnitt : schritt.abschnitte()) {
                if (abschnitt.wiederholt()) {
                    werte = werte.mitAnzahl(abschnitt.id(), Math.max(1, abschnitt.mindestens()));
                }
                for (var feld : abschnitt.felder()) {
                    var pfad = (abschnitt.wiederholt() ? abschnitt.id() + "[1]." : "") + feld.id();
                    werte = switch (feld.art()) {
                        case NAME -> werte.mit(pfad, Map.of("vor", "Erika", "nach", "Mustermann"), "");
                        case ANSCHRIFT ->
                            werte.mit(
                                    pfad,
                                    Map.of(
                                            "strasse",
                                            "Hauptstraße",
                                            "hausnummer",
                                            "1",
                                            "plz",
                                            "12345",
                                            "ort",
                                            "Musterstadt"),
                                    "");
                        case DATUM -> werte.mit(pfad, Map.of("tag", "1", "monat", "7", "jahr", "2025"), "");
                        case ZAHL, GELD -> werte.mit(pfad, "3", "");
                        case JANEIN -> werte.mit(pfad, "nein", "");
                        case AUSWAHL, MEHRFACH ->
                            werte.mit(pfad, feld.wahl().getFirst().wert(), "");
                        case EMAIL -> werte.mit(pfad, "erika@mustermann.example", "");
                        case KENNZEICHEN -> werte.mit(pfad, "B-AB 123", "");
                        case TEXT, MEHRZEILIG -> werte.mit(pfad, "Muster", "");
                        case EINWILLIGUNG -> werte.mit(pfad, "ja", "");
                        default -> werte;
                    };
                }
            }
        }
        return werte;
    }
}
