package de.federwerk.leistung;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import de.federwerk.basis.Sprache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What has changed between two versions, field by field and word by word. The fields are bounded, so the work is. */
final class Fassungsvergleich {

    private static final Pattern WORT = Pattern.compile("[\\p{L}\\p{N}]+|\\s+|.", Pattern.DOTALL);

    enum Art {
        GLEICH,
        NEU,
        ENTFALLEN
    }

    /** A run of words that is the same, new or gone. */
    record Stueck(Art art, String text) {}

    /** A field that is not as it was. */
    record Aenderung(String feld, List<Stueck> stuecke) {}

    private Fassungsvergleich() {}

    static List<Aenderung> von(Leistungsangaben alt, Leistungsangaben neu) {
        var alle = new ArrayList<Aenderung>();
        for (var sprache : Sprache.values()) {
            var a = alt.texte().getOrDefault(sprache, Leistungstext.LEER);
            var n = neu.texte().getOrDefault(sprache, Leistungstext.LEER);
            var felder = felder(n);
            felder(a)
                    .forEach((name, text) -> vergleiche(
                            alle, name + " (" + sprache.bezeichnung() + ")", text, felder.getOrDefault(name, "")));
        }
        var felder = gemeinsames(neu);
        gemeinsames(alt).forEach((name, text) -> vergleiche(alle, name, text, felder.getOrDefault(name, "")));
        return alle;
    }

    private static void vergleiche(List<Aenderung> alle, String feld, String alt, String neu) {
        if (!alt.equals(neu)) {
            alle.add(new Aenderung(feld, stuecke(alt, neu)));
        }
    }

    private static Map<String, String> felder(Leistungstext t) {
        var map = new java.util.LinkedHashMap<String, String>();
        map.put("Titel", t.titel());
        map.put("Kurztext", t.kurztext());
        map.put("Beschreibung", t.beschreibung());
        map.put("Voraussetzungen", t.voraussetzungen());
        map.put("Unterlagen", String.join("\n", t.unterlagen()));
        map.put("Kosten", t.kosten());
        map.put("Bearbeitungsdauer", t.bearbeitungsdauer());
        map.put("Fristen", t.fristen());
        map.put("Verfahrensablauf", t.verfahrensablauf());
        map.put("Rechtsgrundlagen", t.rechtsgrundlagen());
        map.put("Suchworte", String.join("\n", t.suchworte()));
        return map;
    }

    private static Map<String, String> gemeinsames(Leistungsangaben a) {
        var map = new java.util.LinkedHashMap<String, String>();
        map.put("Betrag", a.betrag() == null ? "" : a.betrag().toPlainString());
        map.put("Formular", a.formular() == null ? "" : a.formular());
        map.put("Adresse", a.adresse() == null ? "" : a.adresse());
        map.put("Vertrauensniveau", a.vertrauensniveau().bezeichnung());
        map.put("Ohne Konto", a.ohneKonto() ? "ja" : "nein");
        map.put("Lebenslagen", String.join(", ", a.lebenslagen()));
        return map;
    }

    static List<Stueck> stuecke(String alt, String neu) {
        var worteAlt = worte(alt);
        var worteNeu = worte(neu);
        var stuecke = new ArrayList<Stueck>();
        int stelle = 0;
        for (AbstractDelta<String> d : DiffUtils.diff(worteAlt, worteNeu).getDeltas()) {
            nimm(stuecke, Art.GLEICH, worteAlt.subList(stelle, d.getSource().getPosition()));
            nimm(stuecke, Art.ENTFALLEN, d.getSource().getLines());
            nimm(stuecke, Art.NEU, d.getTarget().getLines());
            stelle = d.getSource().getPosition() + d.getSource().size();
        }
        nimm(stuecke, Art.GLEICH, worteAlt.subList(stelle, worteAlt.size()));
        return stuecke;
    }

    private static void nimm(List<Stueck> stuecke, Art art, List<String> worte) {
        if (!worte.isEmpty()) {
            stuecke.add(new Stueck(art, String.join("", worte)));
        }
    }

    private static List<String> worte(String text) {
        return WORT.matcher(text).results().map(t -> t.group()).toList();
    }
}
