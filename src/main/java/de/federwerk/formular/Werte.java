package de.federwerk.formular;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/**
 * What was filled in so far, as it was typed, even where it does not fit; unchangeable. A path names a field: {@code rufname}, in a repeated
 * Abschnitt {@code hund[1].rufname} (from 1); a field of several inputs has one key for each: {@code geburt.tag}.
 *
 * @param eingaben by path and input
 * @param anzahl how often a repeated Abschnitt is there
 * @param anlagen by path of the field
 * @param herkunft where a value came from that nobody typed: {@code Aus Ihrem Konto}; by path
 */
public record Werte(
        Map<String, List<String>> eingaben,
        Map<String, Integer> anzahl,
        Map<String, List<Anlage>> anlagen,
        Map<String, String> herkunft) {

    static final int EINGABEN = 4_000;
    static final int ZEICHEN = 12_000;
    private static final int GANZ = 2_000_000;

    public static final Werte LEER = new Werte(Map.of(), Map.of(), Map.of(), Map.of());

    public Werte {
        eingaben = Map.copyOf(eingaben);
        anzahl = Map.copyOf(anzahl);
        anlagen = Map.copyOf(anlagen);
        herkunft = Map.copyOf(herkunft);
    }

    /** @throws IllegalArgumentException if it is none: it was made by {@link #json} and is read from where it was kept */
    public static Werte aus(String json) {
        try {
            if (json.length() > GANZ) {
                throw new IllegalArgumentException("Zu lang");
            }
            var werte = Knotenleser.JSON.readValue(json, Werte.class);
            if (werte == null) {
                throw new IllegalArgumentException("Nichts");
            }
            return werte;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Keine Werte eines Formulars", e);
        }
    }

    public String json() {
        return Knotenleser.JSON.writeValueAsString(new Werte.Geordnet(
                new TreeMap<>(eingaben), new TreeMap<>(anzahl), new TreeMap<>(anlagen), new TreeMap<>(herkunft)));
    }

    private record Geordnet(
            Map<String, List<String>> eingaben,
            Map<String, Integer> anzahl,
            Map<String, List<Anlage>> anlagen,
            Map<String, String> herkunft) {}

    /** What was typed into the only input of a field; empty if nothing. */
    public String text(String pfad) {
        var alle = eingaben.getOrDefault(pfad, List.of());
        return alle.isEmpty() ? "" : alle.getFirst();
    }

    public List<String> texte(String pfad) {
        return eingaben.getOrDefault(pfad, List.of());
    }

    public List<Anlage> anlagen(String pfad) {
        return anlagen.getOrDefault(pfad, List.of());
    }

    public String herkunft(String pfad) {
        return herkunft.getOrDefault(pfad, "");
    }

    /** With a value that nobody typed. @param woher shown below the field until somebody changes it; empty for none */
    public Werte mit(String pfad, String wert, String woher) {
        return mit(pfad, Map.of("", wert), woher);
    }

    /** The same for a field of several inputs. @param teile e.g. {@code vor} and {@code nach} */
    public Werte mit(String pfad, Map<String, String> teile, String woher) {
        var neu = new LinkedHashMap<>(eingaben);
        teile.forEach((teil, wert) -> neu.put(teil.isEmpty() ? pfad : pfad + "." + teil, List.of(wert)));
        var quellen = new LinkedHashMap<>(herkunft);
        quellen.remove(pfad);
        if (!woher.isEmpty()) {
            quellen.put(pfad, woher);
        }
        return new Werte(neu, anzahl, anlagen, quellen);
    }

    public Werte mitAnzahl(String abschnitt, int wieviele) {
        var neu = new LinkedHashMap<>(anzahl);
        neu.put(abschnitt, wieviele);
        return new Werte(eingaben, neu, anlagen, herkunft);
    }

    /** One more file. Whether the field takes it, {@code Formular.nimmt} says. */
    public Werte mitAnlage(String pfad, Anlage anlage) {
        var alle = new ArrayList<>(anlagen(pfad));
        alle.removeIf(a -> a.id().equals(anlage.id()));
        alle.add(anlage);
        var neu = new LinkedHashMap<>(anlagen);
        neu.put(pfad, List.copyOf(alle));
        return new Werte(eingaben, anzahl, neu, herkunft);
    }

    public Werte ohneAnlage(UUID id) {
        var neu = new LinkedHashMap<String, List<Anlage>>();
        var quellen = new LinkedHashMap<>(herkunft);
        anlagen.forEach((pfad, alle) -> {
            var uebrige = alle.stream().filter(a -> !a.id().equals(id)).toList();
            neu.put(pfad, uebrige);
            if (uebrige.size() < alle.size()) {
                quellen.remove(pfad);
            }
        });
        return new Werte(eingaben, anzahl, neu, quellen);
    }

    /** Only what belongs to these fields. @param pfade of fields; that of one with several inputs is the part before their names */
    Werte nur(Set<String> pfade) {
        var getippt = new LinkedHashMap<>(eingaben);
        getippt.keySet()
                .removeIf(k -> !pfade.contains(k) && !pfade.contains(k.substring(0, Math.max(0, k.lastIndexOf('.')))));
        var dateien = new LinkedHashMap<>(anlagen);
        dateien.keySet().retainAll(pfade);
        var quellen = new LinkedHashMap<>(herkunft);
        quellen.keySet().retainAll(pfade);
        return new Werte(getippt, anzahl, dateien, quellen);
    }

    /** Without one of a repeated Abschnitt: those behind it move up. @param nummer from 1 @param jetzt how many there are */
    Werte ohne(String abschnitt, int nummer, int jetzt) {
        var neueAnzahl = new LinkedHashMap<>(anzahl);
        neueAnzahl.put(abschnitt, Math.max(0, jetzt - 1));
        return new Werte(
                gerueckt(eingaben, abschnitt, nummer),
                neueAnzahl,
                gerueckt(anlagen, abschnitt, nummer),
                gerueckt(herkunft, abschnitt, nummer));
    }

    private static <T> Map<String, T> gerueckt(Map<String, T> alt, String abschnitt, int weg) {
        var neu = new LinkedHashMap<String, T>();
        var vorn = abschnitt + "[";
        alt.forEach((pfad, wert) -> {
            int ende = pfad.indexOf(']');
            var ziffern = pfad.startsWith(vorn) && ende > vorn.length() ? pfad.substring(vorn.length(), ende) : "";
            if (ziffern.isEmpty() || ziffern.length() > 4 || !ziffern.chars().allMatch(c -> c >= '0' && c <= '9')) {
                neu.put(pfad, wert);
                return;
            }
            int nummer = Integer.parseInt(ziffern);
            if (nummer != weg) {
                neu.put(vorn + (nummer > weg ? nummer - 1 : nummer) + pfad.substring(ende), wert);
            }
        });
        return neu;
    }
}
