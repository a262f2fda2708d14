package de.federwerk.formular;

import de.federwerk.formular.Formular.Platz;
import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes what a page sent into the values. Names that the form does not have are not looked at. */
final class Annahme {

    static final String DA = "_da";
    static final String MEHR = "_mehr";
    static final String WEG = "_weg";
    static final String DATEIWEG = "_dateiweg";
    static final List<String> KNOEPFE = List.of(MEHR, WEG, DATEIWEG, "_hochladen");

    /** What nobody sees and what turns the direction of all that follows; the two marks that Arabic and Hebrew need stay. */
    private static final Pattern UNSICHTBAR = Pattern.compile("[\\u200B\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

    private Annahme() {}

    static Werte lies(Formular formular, Werte werte, Schritt schritt, Map<String, String[]> parameter) {
        var da = Set.of(dedupliziert(parameter.getOrDefault(DA, new String[0])));
        var lage = new Lage(formular, werte, "de", LocalDate.now(Anzeige.ZONE));
        var eingaben = new LinkedHashMap<>(werte.eingaben());
        var herkunft = new LinkedHashMap<>(werte.herkunft());
        for (var abschnitt : schritt.abschnitte()) {
            int anzahl = abschnitt.wiederholt() ? lage.anzahl(abschnitt) : 0;
            for (int nr = abschnitt.wiederholt() ? 1 : 0; nr <= anzahl; nr++) {
                for (var feld : abschnitt.felder()) {
                    var pfad = new Platz(schritt, abschnitt, feld).pfad(nr);
                    if (da.contains(pfad) && feld.art().getippt() && nimm(feld, pfad, parameter, eingaben)) {
                        herkunft.remove(pfad);
                    }
                }
            }
        }
        var neu = eingaben.size() > Werte.EINGABEN
                ? werte
                : new Werte(eingaben, werte.anzahl(), werte.anlagen(), herkunft);
        return baueUm(ohneDatei(neu, parameter), schritt, lage, parameter);
    }

    private static String[] dedupliziert(String[] werte) {
        return new HashSet<>(List.of(werte)).toArray(String[]::new);
    }

    /** @return whether it was changed */
    private static boolean nimm(
            Feld feld, String pfad, Map<String, String[]> parameter, Map<String, List<String>> eingaben) {
        boolean anders = false;
        var teile = feld.art().teile().isEmpty() ? List.of("") : feld.art().teile();
        for (var teil : teile) {
            var name = teil.isEmpty() ? pfad : pfad + "." + teil;
            var neu = new ArrayList<String>();
            var gesandt = parameter.get(name);
            if (gesandt != null) {
                int hoechstens = feld.art() == Feldart.MEHRFACH ? 200 : 1;
                for (int i = 0; i < gesandt.length && i < hoechstens; i++) {
                    var lesbar = UNSICHTBAR.matcher(gesandt[i]).replaceAll("");
                    var wert = lesbar.length() > Werte.ZEICHEN ? lesbar.substring(0, Werte.ZEICHEN) : lesbar;
                    if (!wert.isEmpty()) {
                        neu.add(wert);
                    }
                }
            }
            var alt = neu.isEmpty() ? eingaben.remove(name) : eingaben.put(name, List.copyOf(neu));
            anders |= !neu.equals(alt == null ? List.of() : alt);
        }
        return anders;
    }

    private static Werte ohneDatei(Werte werte, Map<String, String[]> parameter) {
        var weg = List.of(parameter.getOrDefault(DATEIWEG, new String[0]));
        for (var anlagen : werte.anlagen().values()) {
            for (var anlage : anlagen) {
                if (weg.contains(anlage.id().toString())) {
                    return werte.ohneAnlage(anlage.id());
                }
            }
        }
        return werte;
    }

    private static Werte baueUm(Werte werte, Schritt schritt, Lage lage, Map<String, String[]> parameter) {
        for (var abschnitt : schritt.abschnitte()) {
            if (!abschnitt.wiederholt()) {
                continue;
            }
            int anzahl = lage.anzahl(abschnitt);
            var mehr = parameter.get(MEHR);
            if (mehr != null && mehr.length > 0 && mehr[0].equals(abschnitt.id()) && anzahl < abschnitt.hoechstens()) {
                return werte.mitAnzahl(abschnitt.id(), anzahl + 1);
            }
            var weg = parameter.get(WEG);
            for (int nr = 1; weg != null && weg.length > 0 && nr <= anzahl; nr++) {
                if (weg[0].equals(abschnitt.id() + "[" + nr + "]") && anzahl > abschnitt.mindestens()) {
                    return werte.ohne(abschnitt.id(), nr, anzahl);
                }
            }
        }
        return werte;
    }
}
