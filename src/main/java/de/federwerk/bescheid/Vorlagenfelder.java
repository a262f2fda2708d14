package de.federwerk.bescheid;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formular;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a template asks of the clerk who decides, a line each: {@code kennung | art | Titel | pflicht}. Of it comes a form as any other, so it is
 * typed, checked and drawn like one.
 */
final class Vorlagenfelder {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HOECHSTENS = 40;
    /** Of all kinds of fields those that an office fills in. */
    private static final List<Feldart> ARTEN = List.of(
            Feldart.TEXT,
            Feldart.MEHRZEILIG,
            Feldart.ZAHL,
            Feldart.GELD,
            Feldart.DATUM,
            Feldart.JANEIN,
            Feldart.AUSWAHL);

    static final String SCHRITT = "angaben";

    private Vorlagenfelder() {}

    /** @throws Abgelehnt (EINGABE) with each line that does not fit */
    static Formular formular(String zeilen) {
        var wurzel = JSON.createObjectNode();
        wurzel.put("format", "federwerk-formular/1");
        wurzel.put("name", "bescheid");
        wurzel.putObject("titel").put("de", "Bescheid");
        var schritt = wurzel.putArray("schritte").addObject();
        schritt.put("id", SCHRITT);
        schritt.putObject("titel").put("de", "Angaben");
        var abschnitte = schritt.putArray("abschnitte");
        var maengel = new ArrayList<String>();
        var felder = new ArrayList<ObjectNode>();
        var namen = new HashSet<String>();
        var alle = zeilen.split("\\R");
        for (int i = 0; i < alle.length; i++) {
            if (!alle[i].isBlank()) {
                felder.add(feld(alle[i], i + 1, namen, maengel));
            }
        }
        if (felder.size() > HOECHSTENS) {
            maengel.add("Mehr als " + HOECHSTENS + " Felder hat eine Vorlage nicht.");
        }
        if (!maengel.isEmpty()) {
            throw Abgelehnt.eingabe("Felder: " + String.join(" ", maengel));
        }
        if (!felder.isEmpty()) {
            var abschnitt = abschnitte.addObject();
            abschnitt.put("id", "angaben_feld");
            abschnitt.putObject("titel").put("de", "Angaben zur Entscheidung");
            var liste = abschnitt.putArray("felder");
            felder.forEach(liste::add);
        }
        return Formular.aus(JSON.writeValueAsString(wurzel));
    }

    private static ObjectNode feld(String zeile, int nummer, Set<String> namen, List<String> maengel) {
        var teile = zeile.split("\\|", -1);
        var id = teile[0].strip();
        var kopf = teile.length > 1 ? teile[1].strip() : "";
        int punkt = kopf.indexOf(':');
        var art = (punkt < 0 ? kopf : kopf.substring(0, punkt)).strip().toLowerCase(Locale.ROOT);
        var titel = teile.length > 2 ? teile[2].strip() : "";
        var feld = JSON.createObjectNode();
        if (!kennung(id) || Briefangaben.NAMEN.contains(id) || !namen.add(id)) {
            maengel.add("Zeile %d: „%s“ ist keine Kennung oder schon vergeben (kleine Buchstaben, Ziffern und _)."
                    .formatted(nummer, id));
        }
        if (ARTEN.stream().noneMatch(a -> a.kennung().equals(art))) {
            maengel.add(
                    "Zeile %d: Eine Art „%s“ gibt es nicht. Möglich sind text, mehrzeilig, zahl, geld, datum, janein und auswahl: eins; zwei."
                            .formatted(nummer, art));
        }
        if (titel.isEmpty()) {
            maengel.add("Zeile %d: Der Titel fehlt.".formatted(nummer));
        }
        feld.put("id", id);
        feld.put("art", art);
        feld.putObject("titel").put("de", titel);
        if (teile.length > 3 && teile[3].strip().equalsIgnoreCase("pflicht")) {
            feld.put("pflicht", true);
        }
        if (art.equals(Feldart.AUSWAHL.kennung())) {
            waehle(feld, punkt < 0 ? "" : kopf.substring(punkt + 1), nummer, maengel);
        }
        return feld;
    }

    private static void waehle(ObjectNode feld, String worte, int nummer, List<String> maengel) {
        var wahl = feld.putArray("wahl");
        for (var wort : worte.split(";")) {
            if (!wort.isBlank()) {
                var eine = wahl.addObject();
                eine.put("wert", wort.strip());
                eine.putObject("titel").put("de", wort.strip());
            }
        }
        if (wahl.isEmpty()) {
            maengel.add(
                    "Zeile %d: Nach „auswahl:“ fehlen die Antworten, mit Strichpunkten getrennt.".formatted(nummer));
        }
    }

    static boolean kennung(String id) {
        return !id.isEmpty()
                && id.length() <= 40
                && id.charAt(0) >= 'a'
                && id.charAt(0) <= 'z'
                && id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
    }

    /** Made-up values, so that the town sees how it will look. */
    static Map<String, String[]> muster(Formular formular) {
        var muster = new java.util.LinkedHashMap<String, String[]>();
        var da = new ArrayList<String>();
        formular.schritte().stream()
                .flatMap(s -> s.abschnitte().stream())
                .flatMap(a -> a.felder().stream())
                .forEach(f -> {
                    da.add(f.id());
                    switch (f.art()) {
                        case DATUM -> {
                            muster.put(f.id() + ".tag", new String[] {"1"});
                            muster.put(f.id() + ".monat", new String[] {"7"});
                            muster.put(f.id() + ".jahr", new String[] {"2027"});
                        }
                        case GELD, ZAHL -> muster.put(f.id(), new String[] {"120"});
                        case JANEIN -> muster.put(f.id(), new String[] {"ja"});
                        case AUSWAHL ->
                            muster.put(f.id(), new String[] {f.wahl().getFirst().wert()});
                        default ->
                            muster.put(
                                    f.id(),
                                    new String[] {"Muster für „" + f.titel().in("de") + "“"});
                    }
                });
        muster.put("_da", da.toArray(String[]::new));
        return muster;
    }
}
