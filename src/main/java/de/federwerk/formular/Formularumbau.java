package de.federwerk.formular;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes one piece of a definition: its settings, its place among its siblings, a new one below it. A place is a path such as
 * {@code schritte/0/abschnitte/1}; empty for the form itself. What comes out is read strictly before it is kept.
 */
final class Formularumbau {

    private static final List<String> SPRACHEN = List.of("de", "en", "leicht");

    /** What a piece is, what it holds, what of it can be set. */
    enum Teilart {
        FORMULAR("Formular"),
        SCHRITT("Seite"),
        ABSCHNITT("Abschnitt"),
        FELD("Feld"),
        REGEL("Regel");

        private final String wort;

        Teilart(String wort) {
            this.wort = wort;
        }

        List<String> kinder() {
            return switch (this) {
                case FORMULAR -> List.of("schritte");
                case SCHRITT -> List.of("abschnitte");
                case ABSCHNITT -> List.of("felder", "regeln");
                case FELD, REGEL -> List.of();
            };
        }

        List<String> angaben() {
            return switch (this) {
                case FORMULAR -> List.of("titel", "hilfe");
                case SCHRITT -> List.of("id", "titel", "hilfe", "wenn");
                case ABSCHNITT -> List.of("id", "titel", "hilfe", "wenn", "wiederholt");
                case FELD -> List.of();
                case REGEL -> List.of("bedingung", "feld", "meldung");
            };
        }

        String wort() {
            return wort;
        }
    }

    /** One setting in the editor. @param art {@code wort}, {@code lang}, {@code haken}, {@code zahl}, {@code wahl}, {@code zeile} or the name of a list to choose from */
    record Angabe(String name, String titel, String hinweis, String art, Map<String, String> werte) {
        String wert() {
            return werte.getOrDefault("", "");
        }

        Angabe mit(Map<String, String[]> getippt) {
            var neu = new LinkedHashMap<String, String>();
            werte.keySet().forEach(k -> neu.put(k, eines(getippt, k.isEmpty() ? name : name + "_" + k)));
            return new Angabe(name, titel, hinweis, art, neu);
        }
    }

    /** A piece below the one that is shown. */
    record Kind(String ort, String titel, String was, String liste) {}

    private final ObjectNode wurzel;

    Formularumbau(String json) {
        this.wurzel = (ObjectNode) Knotenleser.JSON.readTree(json);
    }

    String json() {
        return wurzel.toString();
    }

    static String umbenannt(String json, String name) {
        var umbau = new Formularumbau(json);
        umbau.wurzel.put("name", name);
        return umbau.json();
    }

    static String neues(String name, String titel) {
        var neu = Knotenleser.JSON.createObjectNode();
        neu.put("format", Formularleser.FORMAT);
        neu.put("name", name);
        neu.putObject("titel").put("de", titel);
        var schritt = neu.putArray("schritte").addObject();
        schritt.put("id", "angaben");
        schritt.putObject("titel").put("de", "Ihre Angaben");
        var abschnitt = schritt.putArray("abschnitte").addObject();
        abschnitt.put("id", "person");
        abschnitt.putObject("titel").put("de", "Zu Ihrer Person");
        var feld = abschnitt.putArray("felder").addObject();
        feld.put("id", "name").put("art", "name").put("pflicht", true).put("selbst", true);
        feld.putObject("titel").put("de", "Name");
        return neu.toString();
    }

    ObjectNode teil(String ort) {
        JsonNode knoten = wurzel;
        for (var stueck : ort.isEmpty() ? new String[0] : ort.split("/")) {
            knoten = knoten.isArray() ? knoten.path(zahl(stueck)) : knoten.path(stueck);
        }
        if (!(knoten instanceof ObjectNode objekt) || ort.length() > 200) {
            throw new NichtGefunden("Diesen Teil des Formulars gibt es nicht.");
        }
        return objekt;
    }

    private static int zahl(String text) {
        return text.length() <= 4 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : -1;
    }

    static Teilart art(String ort) {
        var teile = ort.split("/");
        if (ort.isEmpty()) {
            return Teilart.FORMULAR;
        }
        return switch (teile.length < 2 ? "" : teile[teile.length - 2]) {
            case "schritte" -> Teilart.SCHRITT;
            case "abschnitte" -> Teilart.ABSCHNITT;
            case "felder" -> Teilart.FELD;
            case "regeln" -> Teilart.REGEL;
            default -> throw new NichtGefunden("Diesen Teil des Formulars gibt es nicht.");
        };
    }

    List<Kind> kinder(String ort) {
        var kinder = new ArrayList<Kind>();
        for (var liste : art(ort).kinder()) {
            int nr = 0;
            for (var knoten : teil(ort).path(liste)) {
                var dort = (ort.isEmpty() ? "" : ort + "/") + liste + "/" + nr++;
                var was = Feldart.von(knoten.path("art").asString(""))
                        .map(Feldart::wort)
                        .orElse(art(dort).wort());
                kinder.add(new Kind(dort, titel(knoten), was, liste));
            }
        }
        return kinder;
    }

    static String titel(JsonNode knoten) {
        for (var name : List.of("titel", "text", "meldung")) {
            var text = knoten.path(name).path("de").asString("");
            if (!text.isEmpty()) {
                return text.length() > 80 ? text.substring(0, 80) + "…" : text;
            }
        }
        return knoten.path("id").asString("ohne Titel");
    }

    /** @param getippt of the form of this piece, right or wrong: stands there instead of what is kept; empty for nothing */
    List<Angabe> angaben(String ort, Map<String, String[]> getippt) {
        var knoten = teil(ort);
        return namen(ort).stream()
                .map(n -> Formularangaben.angabe(n, knoten))
                .map(a -> eines(getippt, "tun").equals("speichern") ? a.mit(getippt) : a)
                .toList();
    }

    private List<String> namen(String ort) {
        if (art(ort) != Teilart.FELD) {
            return art(ort).angaben();
        }
        var art = Feldart.von(teil(ort).path("art").asString("")).orElse(Feldart.TEXT);
        return List.of(Feldwerte.erlaubt(art)).stream()
                .filter(n -> !n.equals("art"))
                .toList();
    }

    /** Takes the settings of one piece from its form. */
    void setze(String ort, Map<String, String[]> parameter) {
        var knoten = teil(ort);
        for (var name : namen(ort)) {
            Formularangaben.setze(knoten, name, parameter);
        }
    }

    static void setzeWort(ObjectNode knoten, String name, Map<String, String[]> parameter) {
        var wort = Knotenleser.JSON.createObjectNode();
        for (var sprache : SPRACHEN) {
            var text = eines(parameter, name + "_" + sprache);
            if (!text.isBlank()) {
                wort.put(sprache, text.strip());
            }
        }
        if (wort.isEmpty()) {
            knoten.remove(name);
        } else {
            knoten.set(name, wort);
        }
    }

    static String eines(Map<String, String[]> parameter, String name) {
        var alle = parameter.get(name);
        return alle == null || alle.length == 0 ? "" : alle[0];
    }

    static void setzeZahl(ObjectNode knoten, String name, String text) {
        var zahl = text.isBlank() ? null : Zahlen.lies(text.strip());
        if (text.isBlank()) {
            knoten.remove(name);
        } else if (zahl == null) {
            throw Abgelehnt.eingabe("„" + text.strip() + "“ ist keine Zahl. Es wurde nichts gespeichert.");
        } else if (zahl.stripTrailingZeros().scale() <= 0
                && zahl.abs().compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
            knoten.put(name, zahl.intValue());
        } else {
            knoten.put(name, zahl);
        }
    }

    void verschiebe(String ort, int schritt) {
        var liste = liste(ort);
        int stelle = stelle(ort);
        int ziel = stelle + schritt;
        if (ziel >= 0 && ziel < liste.size()) {
            var knoten = liste.remove(stelle);
            liste.insert(ziel, knoten);
        }
    }

    void entferne(String ort) {
        liste(ort).remove(stelle(ort));
    }

    private ArrayNode liste(String ort) {
        if (ort.isEmpty()) {
            throw new NichtGefunden("Diesen Teil des Formulars gibt es nicht.");
        }
        teil(ort);
        int letzter = ort.lastIndexOf('/');
        int vorletzter = ort.lastIndexOf('/', letzter - 1);
        var eltern = vorletzter < 0 ? wurzel : teil(ort.substring(0, vorletzter));
        return (ArrayNode) eltern.path(ort.substring(vorletzter + 1, letzter));
    }

    private static int stelle(String ort) {
        return zahl(ort.substring(ort.lastIndexOf('/') + 1));
    }

    /** A new piece at the end of a list. @return where it stands */
    String fuegeHinzu(String ort, String liste, String id, String titel, String feldart) {
        if (!art(ort).kinder().contains(liste)) {
            throw new NichtGefunden("Diesen Teil des Formulars gibt es nicht.");
        }
        var eltern = teil(ort);
        var feld = eltern.path(liste) instanceof ArrayNode schon ? schon : eltern.putArray(liste);
        var neu = feld.addObject();
        var wort = titel.isBlank() ? "Neu" : titel.strip();
        if (liste.equals("regeln")) {
            neu.put("bedingung", "wahr");
            neu.put("feld", eltern.path("felder").path(0).path("id").asString(""));
            neu.putObject("meldung").put("de", wort);
        } else {
            neu.put("id", id.strip());
            neu.putObject("titel").put("de", wort);
        }
        if (liste.equals("felder")) {
            Formularangaben.ergaenze(neu, feldart, wort);
        } else if (liste.equals("abschnitte")) {
            var erstes = neu.putArray("felder").addObject();
            erstes.put("id", id.strip() + "_feld").put("art", "text");
            erstes.putObject("titel").put("de", "Neues Feld");
        } else if (liste.equals("schritte")) {
            neu.putArray("abschnitte");
        }
        return (ort.isEmpty() ? "" : ort + "/") + liste + "/" + (feld.size() - 1);
    }
}
