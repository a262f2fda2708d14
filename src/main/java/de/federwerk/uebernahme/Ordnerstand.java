package de.federwerk.uebernahme;

import de.federwerk.aktenplan.Aktenplan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the names on the way have led: position, then Akte, then Vorgang; what is below is kept in the titles. A line of the table
 * for a folder goes before its name.
 *
 * @param genannt what the table calls the position, if it does
 * @param akte title; null if none was named yet
 * @param rest folders below the Vorgang
 * @param werte what the table says of this folder or one above, column → value
 * @param abweichung the folder gives the position another title than the plan does
 */
record Ordnerstand(
        Aktenplan.@Nullable Knoten position,
        @Nullable String genannt,
        @Nullable String aktenzeichen,
        @Nullable String akte,
        @Nullable String vorgang,
        List<String> rest,
        Map<String, String> werte,
        @Nullable String abweichung) {

    static final Ordnerstand OBEN = new Ordnerstand(null, null, null, null, null, List.of(), Map.of(), null);

    /** What the table says goes first; each level it names makes those below unknown again. */
    Ordnerstand mit(Map<String, String> zeile, Planleser plan) {
        var stand = this;
        var neu = new HashMap<>(werte);
        neu.putAll(zeile);
        if (zeile.containsKey("position")) {
            var genannteres = zeile.get("position");
            stand = new Ordnerstand(
                    plan.mitKennzeichen(genannteres).orElse(null), genannteres, null, null, null, List.of(), neu, null);
        }
        if (zeile.containsKey("aktenzeichen")) {
            stand = new Ordnerstand(null, null, zeile.get("aktenzeichen"), null, null, List.of(), neu, null);
        }
        if (zeile.containsKey("akte")) {
            stand = new Ordnerstand(
                    stand.position,
                    stand.genannt,
                    stand.aktenzeichen,
                    zeile.get("akte"),
                    null,
                    List.of(),
                    neu,
                    stand.abweichung);
        }
        if (zeile.containsKey("vorgang")) {
            stand = new Ordnerstand(
                    stand.position,
                    stand.genannt,
                    stand.aktenzeichen,
                    stand.akte,
                    zeile.get("vorgang"),
                    List.of(),
                    neu,
                    stand.abweichung);
        }
        return new Ordnerstand(
                stand.position,
                stand.genannt,
                stand.aktenzeichen,
                stand.akte,
                stand.vorgang,
                stand.rest,
                neu,
                stand.abweichung);
    }

    /** One folder deeper, as its name speaks. @param aktenzeichenIstAkte whether the Aktenzeichen so far names an Akte, not a Vorgang */
    Ordnerstand in(String name, Planleser plan, boolean aktenzeichenIstAkte) {
        if (aktenzeichen == null && akte == null) {
            Optional<Aktenplan.Knoten> knoten = plan.amAnfang(name);
            if (knoten.isPresent() && (position == null || plan.liegtUnter(knoten.get(), position))) {
                var titel = name.substring(knoten.get().kennzeichen().length()).replaceAll("^[\\s_–-]+", "");
                var anders =
                        titel.isEmpty() || titel.equalsIgnoreCase(knoten.get().titel())
                                ? null
                                : "Der Ordner heißt „" + name + "“, die Position „"
                                        + knoten.get().anzeige() + "“";
                return new Ordnerstand(knoten.get(), null, null, null, null, List.of(), werte, anders);
            }
            if (position == null) {
                return this;
            }
            return new Ordnerstand(position, genannt, null, name, null, List.of(), werte, abweichung);
        }
        if (vorgang == null && (aktenzeichen == null || aktenzeichenIstAkte)) {
            return new Ordnerstand(position, genannt, aktenzeichen, akte, name, List.of(), werte, abweichung);
        }
        var tiefer = new ArrayList<>(rest);
        tiefer.add(name);
        return new Ordnerstand(position, genannt, aktenzeichen, akte, vorgang, List.copyOf(tiefer), werte, abweichung);
    }
}
