package de.federwerk.formular;

import de.federwerk.formular.Formularumbau.Angabe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each setting of a definition as an input of the editor, and back. */
final class Formularangaben {

    private record Beschreibung(String titel, String hinweis, String art) {}

    private static final Map<String, Beschreibung> ALLE = Map.ofEntries(
            eine(
                    "id",
                    "Kennung",
                    "Kleine Buchstaben, Ziffern und _. Ausdrücke nennen das Feld so; nach der Veröffentlichung besser nicht ändern.",
                    "zeile"),
            eine("titel", "Titel", "", "wort"),
            eine("hilfe", "Hilfe", "Steht darunter: was gemeint ist, wo man es findet.", "wort"),
            eine("text", "Text", "", "wort"),
            eine("meldung", "Meldung", "Was ist falsch, und was passt?", "wort"),
            eine("wenn", "Nur zeigen, wenn", "Zum Beispiel: art = \"verein\" und anzahl(hund) > 1", "zeile"),
            eine("bedingung", "Es muss gelten", "Zum Beispiel: bis_tag >= von_tag", "zeile"),
            eine("rechnung", "Rechnung", "Zum Beispiel: runde(flaeche * 2.50, 2)", "zeile"),
            eine("ergebnis", "Ergebnis", "zahl, text, datum oder aussage", "zeile"),
            eine("feld", "Kennung des Feldes, an dem die Meldung steht", "", "zeile"),
            eine("pflicht", "Muss ausgefüllt werden", "", "haken"),
            eine("selbst", "Geht um die Person, die ausfüllt (Browser darf vorschlagen)", "", "haken"),
            eine("liste", "Als Liste zum Aufklappen", "", "haken"),
            eine("mindestens", "Mindestens", "Zeichen, Antworten oder Dateien", "zahl"),
            eine("hoechstens", "Höchstens", "Zeichen, Antworten oder Dateien", "zahl"),
            eine("von", "Kleinster Wert", "", "zahl"),
            eine("bis", "Größter Wert", "", "zahl"),
            eine("stellen", "Stellen hinter dem Komma", "", "zahl"),
            eine("mb", "Größe je Datei in MB", "", "zahl"),
            eine("nachweis", "Welcher Nachweis", "Dasselbe Wort in allen Formularen, etwa heimtierausweis", "zeile"),
            eine("einheit", "Einheit", "Zum Beispiel m² oder €", "zeile"),
            eine("muster", "Muster", "", "muster"),
            eine("zeit", "Zeitraum", "", "zeit"),
            eine("typen", "Arten von Dateien", "pdf, bild, text – mit Leerzeichen getrennt", "worte"),
            eine("fassung", "Fassung des Textes", "Zum Beispiel 2026-12", "zeile"),
            eine(
                    "wahl",
                    "Antworten",
                    "Je Zeile eine: wert = Deutsch | English | Leichte Sprache. Was es nicht gibt, bleibt leer: wert = Deutsch | | Leicht",
                    "wahl"),
            eine("wiederholt", "Wiederholt", "", "wiederholt"));

    private Formularangaben() {}

    private static Map.Entry<String, Beschreibung> eine(String name, String titel, String hinweis, String art) {
        return Map.entry(name, new Beschreibung(titel, hinweis, art));
    }

    private static Beschreibung beschreibung(String name) {
        return ALLE.getOrDefault(name, new Beschreibung(name, "", "zeile"));
    }

    static Angabe angabe(String name, ObjectNode knoten) {
        var b = beschreibung(name);
        var werte = new LinkedHashMap<String, String>();
        var wert = knoten.path(name);
        switch (b.art) {
            case "wort" -> wort(werte, wert, "");
            case "haken" -> werte.put("", wert.asBoolean(false) ? "ja" : "");
            case "worte" ->
                werte.put("", wert.valueStream().map(w -> w.asString("")).collect(Collectors.joining(" ")));
            case "wahl" ->
                werte.put(
                        "",
                        wert.valueStream()
                                .map(w -> w.path("wert").asString("") + " = "
                                        + Arrays.stream(new String[] {"de", "en", "leicht"})
                                                .map(s -> w.path("titel")
                                                        .path(s)
                                                        .asString("")
                                                        .replace("|", "\\|"))
                                                .collect(Collectors.joining(" | "))
                                                .replaceAll("( \\| ?)+$", ""))
                                .collect(Collectors.joining("\n")));
            case "wiederholt" -> {
                werte.put("", wert.isObject() ? "ja" : "");
                werte.put("mindestens", wert.path("mindestens").asString(""));
                werte.put("hoechstens", wert.path("hoechstens").asString(""));
                wort(werte, wert.path("eines"), "eines_");
            }
            default -> werte.put("", wert.isMissingNode() ? "" : wert.asString(""));
        }
        return new Angabe(name, b.titel, b.hinweis, b.art, werte);
    }

    private static void wort(Map<String, String> werte, tools.jackson.databind.JsonNode knoten, String davor) {
        for (var sprache : new String[] {"de", "en", "leicht"}) {
            werte.put(davor + sprache, knoten.path(sprache).asString(""));
        }
    }

    static void setze(ObjectNode knoten, String name, Map<String, String[]> parameter) {
        var text = Formularumbau.eines(parameter, name).strip();
        switch (beschreibung(name).art) {
            case "wort" -> Formularumbau.setzeWort(knoten, name, parameter);
            case "haken" -> {
                if (text.isEmpty()) {
                    knoten.remove(name);
                } else {
                    knoten.put(name, true);
                }
            }
            case "zahl" -> Formularumbau.setzeZahl(knoten, name, text);
            case "worte" -> {
                if (text.isEmpty()) {
                    knoten.remove(name);
                } else {
                    var worte = knoten.putArray(name);
                    for (var wort : text.replace(',', ' ').split(" +")) {
                        worte.add(wort);
                    }
                }
            }
            case "wahl" -> wahlen(knoten.putArray(name), text);
            case "wiederholt" -> {
                knoten.remove(name);
                if (!text.isEmpty()) {
                    var neu = knoten.putObject(name);
                    Formularumbau.setzeZahl(neu, "mindestens", Formularumbau.eines(parameter, "wiederholt_mindestens"));
                    Formularumbau.setzeZahl(neu, "hoechstens", Formularumbau.eines(parameter, "wiederholt_hoechstens"));
                    Formularumbau.setzeWort(
                            neu,
                            "eines",
                            Map.of(
                                    "eines_de", new String[] {Formularumbau.eines(parameter, "wiederholt_eines_de")},
                                    "eines_en", new String[] {Formularumbau.eines(parameter, "wiederholt_eines_en")},
                                    "eines_leicht",
                                            new String[] {Formularumbau.eines(parameter, "wiederholt_eines_leicht")}));
                }
            }
            default -> {
                if (text.isEmpty()) {
                    knoten.remove(name);
                } else {
                    knoten.put(name, text);
                }
            }
        }
    }

    private static void wahlen(ArrayNode liste, String text) {
        var sprachen = new String[] {"de", "en", "leicht"};
        for (var zeile : text.split("\\R")) {
            if (zeile.isBlank()) {
                continue;
            }
            int gleich = zeile.indexOf('=');
            var neu = liste.addObject();
            neu.put("wert", (gleich < 0 ? zeile : zeile.substring(0, gleich)).strip());
            var titel = neu.putObject("titel");
            // By their place: an empty one in the middle is a language without a title. A line of its own is written
            // \|.
            var worte = zeile.substring(gleich + 1).split("(?<!\\\\)\\|", -1);
            for (int i = 0; i < worte.length && i < sprachen.length; i++) {
                if (!worte[i].isBlank()) {
                    titel.put(sprachen[i], worte[i].replace("\\|", "|").strip());
                }
            }
        }
    }

    /** What a new field of this kind cannot be without. */
    static void ergaenze(ObjectNode neu, String feldart, String titel) {
        neu.put("art", feldart);
        switch (Feldart.von(feldart).orElse(Feldart.TEXT)) {
            case AUSWAHL, MEHRFACH -> wahlen(neu.putArray("wahl"), "erste = Erste Antwort\nzweite = Zweite Antwort");
            case HINWEIS -> neu.putObject("text").put("de", titel);
            case EINWILLIGUNG -> {
                neu.putObject("text").put("de", "Ich bin einverstanden.");
                neu.put("fassung", "1");
            }
            case BERECHNET -> neu.put("rechnung", "0");
            default -> {
                // Needs nothing more.
            }
        }
    }
}
