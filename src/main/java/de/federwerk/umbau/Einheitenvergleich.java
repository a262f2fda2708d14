package de.federwerk.umbau;

import de.federwerk.basis.Kennung;
import de.federwerk.umbau.Hausbestand.Stand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The units of a Geschäftsverteilungsplan, gathered from its lines and compared with those of the house: the half that comes before the Stellen. */
final class Einheitenvergleich {

    /** @param neu else its name or place changes */
    record Einheitstat(
            boolean neu,
            UUID id,
            String kuerzel,
            String name,
            @Nullable UUID ueber) {}

    /** What a line does, in words. */
    record Tat(long zeile, String was, boolean neu) {}

    /** A unit as the plan wants it. @param zeile where it is named first */
    private static final class Soll {
        final String kuerzel;
        final long zeile;
        String name = "";
        String ueber = "";

        @Nullable
        String einwand;

        @Nullable
        UUID id;

        Soll(String kuerzel, long zeile) {
            this.kuerzel = kuerzel;
            this.zeile = zeile;
        }
    }

    private final Stand stand;
    private final Map<String, Soll> soll = new LinkedHashMap<>();
    private final Map<Long, String> einwaende = new HashMap<>();
    private final List<Einheitstat> einheiten = new ArrayList<>();
    private final List<Tat> taten = new ArrayList<>();

    /** @param zeilen those in which nothing is wrong by themselves @param abgelehnte the others */
    Einheitenvergleich(Stand stand, List<Verteilungszeile> zeilen, List<Verteilungszeile> abgelehnte) {
        this.stand = stand;
        sammle(zeilen);
        pruefe(abgelehnte);
        zeilen.stream().filter(z -> !einwaende.containsKey(z.nr())).forEach(z -> {
            var einwand = Objects.requireNonNull(soll.get(klein(z.einheit()))).einwand;
            if (einwand != null) {
                einwaende.put(z.nr(), einwand);
            }
        });
        // Each after the one above it.
        soll.keySet().forEach(this::plane);
    }

    /** By the number of the line. */
    Map<Long, String> einwaende() {
        return einwaende;
    }

    List<Einheitstat> einheiten() {
        return einheiten;
    }

    List<Tat> taten() {
        return taten;
    }

    /** Of a unit that a line names to which there is no objection. */
    UUID id(Verteilungszeile zeile) {
        return Objects.requireNonNull(Objects.requireNonNull(soll.get(klein(zeile.einheit()))).id);
    }

    /** All that the plan names and that are or will be. */
    Set<UUID> genannte() {
        var genannte = new HashSet<UUID>();
        for (var s : soll.values()) {
            if (s.id != null) {
                genannte.add(s.id);
            }
        }
        return genannte;
    }

    private static String klein(String kuerzel) {
        return kuerzel.toLowerCase(Locale.ROOT);
    }

    /** Name and place of a unit may stand in any of its lines, but not two different ones. */
    private void sammle(List<Verteilungszeile> zeilen) {
        for (var z : zeilen) {
            var s = soll.computeIfAbsent(klein(z.einheit()), k -> new Soll(z.einheit(), z.nr()));
            if (!s.name.isEmpty() && !z.einheitName().isEmpty() && !s.name.equals(z.einheitName())
                    || !s.ueber.isEmpty() && !z.ueber().isEmpty() && !s.ueber.equalsIgnoreCase(z.ueber())) {
                einwaende.put(
                        z.nr(),
                        "Widerspricht Zeile %d: Dort heißt die Einheit „%s“ oder steht unter „%s“."
                                .formatted(s.zeile, s.name, s.ueber));
                continue;
            }
            s.name = s.name.isEmpty() ? z.einheitName() : s.name;
            s.ueber = s.ueber.isEmpty() ? z.ueber() : s.ueber;
        }
    }

    private void pruefe(List<Verteilungszeile> abgelehnte) {
        soll.forEach((kuerzel, s) -> {
            if (stand.einheit(kuerzel) == null && s.name.isEmpty()) {
                s.einwand = "Die Einheit „" + s.kuerzel + "“ gibt es nicht. "
                        + abgelehnte.stream()
                                .filter(z -> klein(z.einheit()).equals(kuerzel)
                                        && !z.einheitName().isEmpty())
                                .findFirst()
                                .map(z -> "Zeile " + z.nr() + " hätte sie eingerichtet, ist aber selbst abgelehnt.")
                                .orElse("Soll sie neu eingerichtet werden, braucht sie die Spalte „einheit_name“.");
            } else if (!s.ueber.isEmpty() && stand.einheit(s.ueber) == null && !soll.containsKey(klein(s.ueber))) {
                s.einwand = "Die übergeordnete Einheit „" + s.ueber + "“ gibt es nicht.";
            }
        });
        soll.forEach((kuerzel, s) -> {
            if (s.einwand == null) {
                s.einwand = kreis(kuerzel);
            }
        });
        // Below a refused one there is no place.
        boolean weiter = true;
        while (weiter) {
            weiter = false;
            for (var s : soll.values()) {
                var ueber = s.ueber.isEmpty() ? null : soll.get(klein(s.ueber));
                if (s.einwand == null && ueber != null && ueber.einwand != null && stand.einheit(s.ueber) == null) {
                    s.einwand = "Die übergeordnete Einheit „" + s.ueber + "“ wurde abgelehnt.";
                    weiter = true;
                }
            }
        }
    }

    /** The way up, as plan and house together say, must come to an end. */
    private @Nullable String kreis(String kuerzel) {
        var weg = new LinkedHashSet<String>();
        @Nullable String hier = kuerzel;
        while (hier != null) {
            if (!weg.add(hier)) {
                return hier.equals(kuerzel)
                        ? "Das ergäbe einen Kreis: " + String.join(" → ", weg).toUpperCase(Locale.ROOT) + " → "
                                + hier.toUpperCase(Locale.ROOT) + "."
                        : null;
            }
            hier = darueber(hier);
        }
        return null;
    }

    private @Nullable String darueber(String kuerzel) {
        var s = soll.get(kuerzel);
        if (s != null && !s.ueber.isEmpty()) {
            return klein(s.ueber);
        }
        var da = stand.einheit(kuerzel);
        if (da == null || da.ueberId() == null) {
            return null;
        }
        return stand.einheiten().values().stream()
                .filter(e -> e.id().equals(da.ueberId()))
                .map(e -> klein(e.kuerzel()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable UUID plane(String kuerzel) {
        var s = soll.get(kuerzel);
        var da = stand.einheit(kuerzel);
        if (s == null || s.einwand != null) {
            return da == null ? null : da.id();
        }
        if (s.id != null) {
            return s.id;
        }
        s.id = da == null ? Kennung.neu() : da.id();
        var ueber = s.ueber.isEmpty() ? (da == null ? null : da.ueberId()) : plane(klein(s.ueber));
        if (da == null) {
            einheiten.add(new Einheitstat(true, s.id, s.kuerzel, s.name, ueber));
            taten.add(new Tat(s.zeile, "Einheit " + s.kuerzel + " " + s.name + " einrichten", true));
        } else if (!s.name.isEmpty() && !s.name.equals(da.name()) || !Objects.equals(ueber, da.ueberId())) {
            var name = s.name.isEmpty() ? da.name() : s.name;
            einheiten.add(new Einheitstat(false, s.id, da.kuerzel(), name, ueber));
            taten.add(new Tat(
                    s.zeile,
                    (name.equals(da.name()) ? "" : "Einheit heißt künftig „" + name + "“. ")
                            + (Objects.equals(ueber, da.ueberId())
                                    ? ""
                                    : "Einheit steht künftig unter " + s.ueber + "."),
                    false));
        }
        return s.id;
    }
}
