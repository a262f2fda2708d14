package de.federwerk.leistung;

import de.federwerk.basis.Sprache;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where citizens go to, as a town names and describes it.
 *
 * @param einheit the unit whose people work there
 * @param aenderung counts every save
 */
public record Dienststelle(
        UUID id,
        UUID einheit,
        String name,
        String strasse,
        String ort,
        String raum,
        String telefon,
        String mail,
        String barrierefreiheit,
        Oeffnungszeiten zeiten,
        int aenderung) {

    /** @param zeiten e.g. „8–12 und 14–18 Uhr“ */
    public record Tageszeile(String tag, String zeiten) {}

    /** Monday to Friday, and the days of the weekend on which it is open. */
    public List<Tageszeile> woche(Sprache sprache) {
        var zeilen = new ArrayList<Tageszeile>();
        for (var tag : DayOfWeek.values()) {
            if (tag.compareTo(DayOfWeek.FRIDAY) <= 0 || zeiten.offen(tag)) {
                zeilen.add(new Tageszeile(Oeffnungszeiten.name(tag, sprache), zeiten.text(tag, sprache)));
            }
        }
        return zeilen;
    }

    /** e.g. „heute geöffnet bis 18 Uhr“. Empty if no hours are known at all. */
    public String jetzt(Instant zeit, Sprache sprache) {
        return zeiten.jetzt(zeit, sprache);
    }

    /** For JSON: strings, numbers, lists and maps only. */
    public Map<String, Object> alsMap(Instant zeit, Sprache sprache) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name);
        map.put("strasse", strasse);
        map.put("ort", ort);
        map.put("raum", raum);
        map.put("telefon", telefon);
        map.put("mail", mail);
        map.put("barrierefreiheit", barrierefreiheit);
        map.put("jetzt", jetzt(zeit, sprache));
        map.put(
                "zeiten",
                woche(sprache).stream()
                        .map(z -> Map.of("tag", z.tag(), "zeiten", z.zeiten()))
                        .toList());
        return map;
    }
}
