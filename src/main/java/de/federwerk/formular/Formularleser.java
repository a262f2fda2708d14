package de.federwerk.formular;

import de.federwerk.formular.Abschnitt.Regel;
import de.federwerk.formular.Ausdruckleser.Namen;
import de.federwerk.formular.Feld.Wahl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a definition, strictly: what it does not know, it names with its place. Two passes: first which fields there are, then what the
 * expressions say of them.
 */
final class Formularleser {

    static final String FORMAT = "federwerk-formular/1";
    private static final int SCHRITTE = 30;
    private static final int ABSCHNITTE = 30;
    private static final int FELDER = 300;
    /** Behind the same address as the pages of an Antrag: of two meanings one would never be reached. */
    private static final Set<String> VERGEBEN = Set.of("absenden", "verwerfen", "pruefen", "karte", "nachrichten");

    /** Of one page: less than the Portal's door takes at once, see portal.Portaltor. */
    private static final int EINGABEN = 2_000;

    private static final int WIEDERHOLUNGEN = 50;
    private static final int WAHLEN = 200;

    private final Knotenleser json;
    private final Set<String> ids = new HashSet<>();
    /** Fields outside of repeated Abschnitte. */
    private final Map<String, Typ> einfache = new HashMap<>();

    private final Map<String, Map<String, Typ>> wiederholte = new HashMap<>();
    private int felder;

    private Formularleser(Knotenleser json) {
        this.json = json;
    }

    /** @throws Formularfehler with all that is wrong */
    static Formular lies(String text) {
        var json = new Knotenleser();
        var wurzel = json.wurzel(text);
        var leser = new Formularleser(json);
        json.halteEin();
        leser.sammle(wurzel);
        var formular = leser.formular(wurzel);
        json.halteEin();
        Kreise.verbiete(formular, json::mangel);
        json.halteEin();
        return formular;
    }

    private void sammle(JsonNode wurzel) {
        for (var schritt : wurzel.path("schritte")) {
            for (var abschnitt : schritt.path("abschnitte")) {
                boolean wiederholt = abschnitt.has("wiederholt");
                var hier = new HashMap<String, Typ>();
                for (var feld : abschnitt.path("felder")) {
                    var art = Feldart.von(feld.path("art").asString(""));
                    art.ifPresent(a ->
                            hier.put(feld.path("id").asString(""), a == Feldart.BERECHNET ? ergebnis(feld) : a.typ()));
                }
                if (wiederholt) {
                    wiederholte.put(abschnitt.path("id").asString(""), hier);
                } else {
                    einfache.putAll(hier);
                }
            }
        }
    }

    private static Typ ergebnis(JsonNode feld) {
        return switch (feld.path("ergebnis").asString("zahl")) {
            case "text" -> Typ.TEXT;
            case "datum" -> Typ.DATUM;
            case "aussage" -> Typ.WAHR;
            default -> Typ.ZAHL;
        };
    }

    private Formular formular(ObjectNode wurzel) {
        json.nur(wurzel, "", "format", "name", "titel", "hilfe", "schritte");
        if (!FORMAT.equals(wurzel.path("format").asString(""))) {
            json.mangel("format", "Hier muss „" + FORMAT + "“ stehen.");
        }
        var name = wurzel.path("name").asString("");
        if (name.length() > 60
                || name.isEmpty()
                || !name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
            json.mangel("name", "Der Name besteht aus 1 bis 60 kleinen Buchstaben, Ziffern und Bindestrichen.");
        }
        var schritte = new ArrayList<Schritt>();
        for (var knoten : json.liste(wurzel, "", "schritte", 1, SCHRITTE)) {
            schritte.add(schritt(knoten, "schritte[" + schritte.size() + "]"));
        }
        return new Formular(
                name,
                json.wort(wurzel, "", "titel", true),
                json.wort(wurzel, "", "hilfe", false),
                schritte,
                json.text());
    }

    private Schritt schritt(ObjectNode k, String ort) {
        json.nur(k, ort, "id", "titel", "hilfe", "wenn", "abschnitte");
        var abschnitte = new ArrayList<Abschnitt>();
        for (var knoten : json.liste(k, ort, "abschnitte", 0, ABSCHNITTE)) {
            abschnitte.add(abschnitt(knoten, ort + ".abschnitte[" + abschnitte.size() + "]"));
        }
        int eingaben = abschnitte.stream().mapToInt(Formularleser::eingaben).sum();
        if (eingaben > EINGABEN) {
            json.mangel(
                    ort,
                    "Diese Seite hätte mit allen Wiederholungen %d Eingaben; höchstens %d lassen sich auf einmal absenden. Bitte teilen Sie sie auf."
                            .formatted(eingaben, EINGABEN));
        }
        var id = id(k, ort);
        if (VERGEBEN.contains(id)) {
            json.mangel(
                    ort + ".id", "So kann eine Seite nicht heißen: „" + id + "“ hat im Portal schon eine Bedeutung.");
        }
        return new Schritt(
                id,
                json.wort(k, ort, "titel", true),
                json.wort(k, ort, "hilfe", false),
                bedingung(k, ort, "wenn", null),
                abschnitte);
    }

    /** What a browser sends of it at most: each input, and that the field was there. */
    private static int eingaben(Abschnitt abschnitt) {
        int einmal = abschnitt.felder().stream()
                .filter(f -> f.art().getippt() || f.art() == Feldart.DATEI)
                .mapToInt(f -> 1
                        + (f.art() == Feldart.MEHRFACH
                                ? f.wahl().size()
                                : f.art() == Feldart.DATEI
                                        ? f.hoechstens()
                                        : Math.max(1, f.art().teile().size())))
                .sum();
        return einmal * (abschnitt.wiederholt() ? abschnitt.hoechstens() : 1);
    }

    private Abschnitt abschnitt(ObjectNode k, String ort) {
        json.nur(k, ort, "id", "titel", "hilfe", "wenn", "wiederholt", "felder", "regeln");
        var id = id(k, ort);
        var wiederholt = json.objekt(k, ort, "wiederholt");
        int mindestens = 1;
        int hoechstens = 1;
        var eines = Wort.LEER;
        if (wiederholt != null) {
            var dort = ort + ".wiederholt";
            json.nur(wiederholt, dort, "mindestens", "hoechstens", "eines");
            mindestens = json.ganz(wiederholt, dort, "mindestens", 0, 0, WIEDERHOLUNGEN);
            hoechstens = json.ganz(wiederholt, dort, "hoechstens", 10, Math.max(1, mindestens), WIEDERHOLUNGEN);
            eines = json.wort(wiederholt, dort, "eines", true);
        }
        var innen = wiederholt == null ? null : id;
        var liste = new ArrayList<Feld>();
        for (var knoten : json.liste(k, ort, "felder", 1, FELDER)) {
            liste.add(feld(knoten, ort + ".felder[" + liste.size() + "]", innen));
        }
        var regeln = new ArrayList<Regel>();
        for (var knoten : json.liste(k, ort, "regeln", 0, 30)) {
            var dort = ort + ".regeln[" + regeln.size() + "]";
            json.nur(knoten, dort, "bedingung", "feld", "meldung");
            var bedingung = bedingung(knoten, dort, "bedingung", innen);
            var feld = knoten.path("feld").asString("");
            if (liste.stream().noneMatch(f -> f.id().equals(feld))) {
                json.mangel(dort + ".feld", "Ein Feld „" + feld + "“ gibt es in diesem Abschnitt nicht.");
            }
            if (bedingung == null) {
                json.mangel(dort + ".bedingung", "Hier fehlt, was gelten muss.");
            } else {
                regeln.add(new Regel(bedingung, feld, json.wort(knoten, dort, "meldung", true)));
            }
        }
        return new Abschnitt(
                id,
                json.wort(k, ort, "titel", true),
                json.wort(k, ort, "hilfe", false),
                bedingung(k, ort, "wenn", null),
                wiederholt != null,
                mindestens,
                hoechstens,
                eines,
                liste,
                regeln);
    }

    private Feld feld(ObjectNode k, String ort, @Nullable String abschnitt) {
        var art = Feldart.von(k.path("art").asString("")).orElse(null);
        if (art == null) {
            json.mangel(ort + ".art", "Eine Feldart „" + k.path("art").asString("") + "“ gibt es nicht.");
            art = Feldart.TEXT;
        }
        if (++felder == FELDER + 1) {
            json.mangel(ort, "Ein Formular hat höchstens " + FELDER + " Felder.");
        }
        json.nur(k, ort, Feldwerte.erlaubt(art));
        var werte = new Feldwerte(json, k, ort, art);
        var rechnung = art == Feldart.BERECHNET ? ausdruck(k, ort, "rechnung", abschnitt) : null;
        if (art == Feldart.BERECHNET && rechnung == null) {
            json.mangel(ort + ".rechnung", "Hier fehlt, wie gerechnet wird.");
        } else if (rechnung != null && rechnung.typ() != ergebnis(k)) {
            json.mangel(
                    ort + ".rechnung", "Das ergibt " + rechnung.typ().wort() + ", bei „ergebnis“ steht etwas anderes.");
        }
        return new Feld(
                id(k, ort),
                art,
                json.wort(k, ort, "titel", art != Feldart.HINWEIS),
                json.wort(k, ort, "hilfe", false),
                json.wort(k, ort, "text", art == Feldart.HINWEIS || art == Feldart.EINWILLIGUNG),
                json.wahr(k, ort, "pflicht"),
                bedingung(k, ort, "wenn", abschnitt),
                werte.mindestens(),
                werte.hoechstens(),
                json.dezimal(k, ort, "von"),
                json.dezimal(k, ort, "bis"),
                json.ganz(k, ort, "stellen", art == Feldart.GELD ? 2 : 0, 0, 9),
                json.kurz(k, ort, "einheit", 20),
                werte.muster(),
                werte.zeit(),
                wahlen(k, ort, art),
                werte.typen(),
                json.ganz(k, ort, "mb", 20, 1, 100),
                werte.fassung(),
                rechnung,
                json.wahr(k, ort, "selbst"),
                json.wahr(k, ort, "liste"),
                json.kurz(k, ort, "nachweis", 40));
    }

    private List<Wahl> wahlen(ObjectNode k, String ort, Feldart art) {
        if (art != Feldart.AUSWAHL && art != Feldart.MEHRFACH) {
            return List.of();
        }
        var liste = new ArrayList<Wahl>();
        var werte = new HashSet<String>();
        for (var knoten : json.liste(k, ort, "wahl", 1, WAHLEN)) {
            var dort = ort + ".wahl[" + liste.size() + "]";
            json.nur(knoten, dort, "wert", "titel");
            var wert = json.kurz(knoten, dort, "wert", 60);
            if (wert.indexOf('=') >= 0) {
                json.mangel(dort + ".wert", "Ein = kann der Wert nicht enthalten.");
            }
            if (wert.isEmpty() || !werte.add(wert)) {
                json.mangel(
                        dort + ".wert",
                        wert.isEmpty() ? "Hier fehlt der Wert." : "Den Wert „" + wert + "“ gibt es zweimal.");
            }
            liste.add(new Wahl(wert, json.wort(knoten, dort, "titel", true)));
        }
        return List.copyOf(liste);
    }

    private String id(ObjectNode k, String ort) {
        var id = k.path("id").asString("");
        boolean gut = !id.isEmpty()
                && id.length() <= 40
                && id.charAt(0) >= 'a'
                && id.charAt(0) <= 'z'
                && id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
        if (!gut) {
            json.mangel(
                    ort + ".id",
                    "Eine Kennung beginnt mit einem kleinen Buchstaben und hat höchstens 40 kleine Buchstaben, Ziffern und _.");
        } else if (!ids.add(id)) {
            json.mangel(ort + ".id", "Die Kennung „" + id + "“ gibt es schon.");
        }
        return id;
    }

    private @Nullable Ausdruck bedingung(ObjectNode k, String ort, String name, @Nullable String abschnitt) {
        var ausdruck = ausdruck(k, ort, name, abschnitt);
        if (ausdruck != null && ausdruck.typ() != Typ.WAHR) {
            json.mangel(
                    ort + "." + name,
                    "Hier wird eine Bedingung gebraucht, da steht aber "
                            + ausdruck.typ().wort() + ".");
        }
        return ausdruck;
    }

    private @Nullable Ausdruck ausdruck(ObjectNode k, String ort, String name, @Nullable String abschnitt) {
        var text = json.kurz(k, ort, name, Ausdruckleser.LAENGE);
        if (text.isBlank()) {
            return null;
        }
        var innen = abschnitt == null ? Map.<String, Typ>of() : wiederholte.getOrDefault(abschnitt, Map.of());
        try {
            return Ausdruckleser.lies(
                    text,
                    new Namen(
                            f -> innen.getOrDefault(f, einfache.get(f)),
                            (a, f) -> wiederholte.getOrDefault(a, Map.of()).get(f),
                            wiederholte::containsKey));
        } catch (Ausdruckleser.Unlesbar e) {
            json.mangel(ort + "." + name, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
