package de.federwerk.bescheid;

import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * What the house itself knows for a letter: who writes, under which sign, to whom.
 *
 * @param stelle the unit, as citizens know it
 * @param antrag title of the Leistung
 * @param empfaenger first line of the address
 */
record Briefangaben(
        String stadt,
        String stelle,
        String strasse,
        String ort,
        String telefon,
        String mail,
        String aktenzeichen,
        String bearbeiter,
        String antrag,
        LocalDate antragsdatum,
        LocalDate datum,
        String empfaenger) {

    /** As texts name them. */
    static final Set<String> NAMEN = Set.of(
            "stadt",
            "stelle",
            "strasse",
            "ort",
            "telefon",
            "mail",
            "aktenzeichen",
            "bearbeiter",
            "antrag",
            "antragsdatum",
            "datum",
            "empfaenger");

    Map<String, String> werte() {
        return Map.ofEntries(
                Map.entry("stadt", stadt),
                Map.entry("stelle", stelle),
                Map.entry("strasse", strasse),
                Map.entry("ort", ort),
                Map.entry("telefon", telefon),
                Map.entry("mail", mail),
                Map.entry("aktenzeichen", aktenzeichen),
                Map.entry("bearbeiter", bearbeiter),
                Map.entry("antrag", antrag),
                Map.entry("antragsdatum", Anzeige.datum(antragsdatum)),
                Map.entry("datum", Anzeige.datum(datum)),
                Map.entry("empfaenger", empfaenger));
    }
}
