package de.federwerk.liste;

import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.basis.Ordnung;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * What somebody wants to see of a list, as it stands in its address: narrowed to what, which columns, in which order.
 *
 * @param grenzen by what it is narrowed, each value in its one form
 * @param feldgrenzen by which fields of the Aktenart it is narrowed to, as {@link Aktenfeld#formname}
 * @param spalten by name, in their order; fields of an Aktenart as {@link Aktenfeld#formname}
 * @param ansicht from which Ansicht it began, if from any
 */
record Listenfrage(
        Listenart art,
        Map<Eingrenzung, String> grenzen,
        SortedMap<String, String> feldgrenzen,
        List<String> spalten,
        Sortierung sortierung,
        boolean absteigend,
        @Nullable UUID ansicht) {

    static final String SPALTEN = "spalten";
    static final String ORDNUNG = "ordnung";
    static final String ANSICHT = "ansicht";

    private static final Pattern FELDNAME =
            Pattern.compile("f-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int MEISTE_SPALTEN = 30;
    private static final int MEISTE_FELDGRENZEN = 30;
    private static final SortedMap<String, String> KEINE = Collections.unmodifiableSortedMap(new TreeMap<>());

    /** What nobody made is passed over: a list shows rather more than an error. */
    static Listenfrage aus(Listenart art, MultiValueMap<String, String> felder) {
        var grenzen = new EnumMap<Eingrenzung, String>(Eingrenzung.class);
        for (var e : Eingrenzung.fuer(art)) {
            var wert = felder.getFirst(e.feld());
            if (wert != null) {
                e.lies(wert).ifPresent(w -> grenzen.put(e, w));
            }
        }
        return new Listenfrage(
                        art,
                        Map.copyOf(grenzen),
                        grenzen.containsKey(Eingrenzung.AKTENART) && art == Listenart.AKTEN
                                ? feldgrenzen(felder)
                                : KEINE,
                        spalten(art, felder.getFirst(SPALTEN)),
                        art.sortierungen().getFirst(),
                        true,
                        ansicht(felder.getFirst(ANSICHT)))
                .geordnet(felder.getFirst(ORDNUNG));
    }

    private static SortedMap<String, String> feldgrenzen(MultiValueMap<String, String> felder) {
        var grenzen = new TreeMap<String, String>();
        felder.toSingleValueMap().forEach((name, wert) -> {
            if (grenzen.size() < MEISTE_FELDGRENZEN && FELDNAME.matcher(name).matches() && wert != null) {
                Eingrenzung.TITEL.lies(wert).ifPresent(w -> grenzen.put(name, w));
            }
        });
        return Collections.unmodifiableSortedMap(grenzen);
    }

    private static @Nullable UUID ansicht(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            // None that anybody made: the list as it is.
            return null;
        }
    }

    /** As it is kept in an Ansicht. */
    static Listenfrage aus(Listenart art, String angaben) {
        var felder = new org.springframework.util.LinkedMultiValueMap<String, String>();
        for (var teil : angaben.split("&", -1)) {
            int gleich = teil.indexOf('=');
            if (gleich > 0) {
                felder.add(teil.substring(0, gleich), entschluesselt(teil.substring(gleich + 1)));
            }
        }
        return aus(art, felder);
    }

    private static String entschluesselt(String wert) {
        try {
            return UriUtils.decode(wert, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Written by nobody's browser: a value that means nothing.
            return "";
        }
    }

    private static List<String> spalten(Listenart art, @Nullable String genannte) {
        var da = art.spalten().stream().map(Spalte::name).toList();
        var gewaehlte = genannte == null
                ? List.<String>of()
                : Arrays.stream(genannte.split(","))
                        .filter(n -> da.contains(n)
                                || art == Listenart.AKTEN && FELDNAME.matcher(n).matches())
                        .distinct()
                        .limit(MEISTE_SPALTEN)
                        .toList();
        return gewaehlte.isEmpty() ? vorgabe(art) : gewaehlte;
    }

    static List<String> vorgabe(Listenart art) {
        return art.spalten().stream().filter(Spalte::vorgabe).map(Spalte::name).toList();
    }

    /** @param getippt a name, behind a minus for downwards; what there is none of is what this list is usually ordered by */
    private Listenfrage geordnet(@Nullable String getippt) {
        boolean ab = getippt != null && getippt.startsWith("-");
        var genannte = getippt == null ? null : art.sortierung(ab ? getippt.substring(1) : getippt);
        if (genannte == null || genannte.name().equals("nummer") && !grenzen.containsKey(Eingrenzung.VORGANG)) {
            var uebliche = uebliche();
            return mit(uebliche, uebliche.abZuerst());
        }
        return mit(genannte, ab);
    }

    private Sortierung uebliche() {
        var name = grenzen.containsKey(Eingrenzung.VORGANG)
                ? "nummer"
                : art == Listenart.VORGAENGE && grenzen.containsKey(Eingrenzung.AKTE) ? "aktenzeichen" : "";
        var uebliche = art.sortierung(name);
        return uebliche == null ? art.sortierungen().getFirst() : uebliche;
    }

    /** By which it can be ordered; by number only within a Vorgang. */
    List<Sortierung> sortierungen() {
        return art.sortierungen().stream()
                .filter(s -> !s.name().equals("nummer") || grenzen.containsKey(Eingrenzung.VORGANG))
                .toList();
    }

    Listenfrage mit(Sortierung andere, boolean ab) {
        return new Listenfrage(art, grenzen, feldgrenzen, spalten, andere, ab, ansicht);
    }

    Listenfrage mitSpalten(List<String> andere) {
        return new Listenfrage(
                art, grenzen, feldgrenzen, andere.isEmpty() ? vorgabe(art) : andere, sortierung, absteigend, ansicht);
    }

    Listenfrage mitAnsicht(@Nullable UUID andere) {
        return new Listenfrage(art, grenzen, feldgrenzen, spalten, sortierung, absteigend, andere);
    }

    /** Narrowed by no other fields than these. */
    Listenfrage nurFelder(Predicate<String> welche) {
        var andere = new TreeMap<>(feldgrenzen);
        andere.keySet().removeIf(welche.negate());
        return new Listenfrage(
                art, grenzen, Collections.unmodifiableSortedMap(andere), spalten, sortierung, absteigend, ansicht);
    }

    /** Narrowed by this as well, or no more by it. @param wert empty for no more; else in its one form */
    Listenfrage mit(Eingrenzung grenze, String wert) {
        var andere = new EnumMap<Eingrenzung, String>(Eingrenzung.class);
        andere.putAll(grenzen);
        if (wert.isEmpty()) {
            andere.remove(grenze);
        } else {
            andere.put(grenze, wert);
        }
        boolean andereFelder = grenze == Eingrenzung.AKTENART && !wert.equals(wert(grenze));
        var neu = new Listenfrage(
                art, Map.copyOf(andere), andereFelder ? KEINE : feldgrenzen, spalten, sortierung, absteigend, ansicht);
        return neu.geordnet((absteigend ? "-" : "") + sortierung.name());
    }

    Listenfrage ohne(Eingrenzung grenze) {
        return mit(grenze, "");
    }

    /** All of it, in its usual order. */
    Listenfrage ohneAlles() {
        return aus(art, new org.springframework.util.LinkedMultiValueMap<>()).mitSpalten(eigeneSpalten());
    }

    /** Without the fields of an Aktenart, which a list that is not narrowed to it cannot have. */
    private List<String> eigeneSpalten() {
        return spalten.stream().filter(n -> !n.startsWith("f-")).toList();
    }

    String wert(Eingrenzung grenze) {
        return grenzen.getOrDefault(grenze, "");
    }

    @Nullable
    UUID kennung(Eingrenzung grenze) {
        var wert = grenzen.get(grenze);
        return wert == null || wert.length() != 36 ? null : UUID.fromString(wert);
    }

    Ordnung ordnung() {
        return sortierung.ordnung(absteigend);
    }

    String ordnungswort() {
        return (absteigend ? "-" : "") + sortierung.name();
    }

    /** What stands in the address, in one order. */
    private Map<String, String> felder() {
        var felder = new LinkedHashMap<String, String>();
        for (var e : Eingrenzung.fuer(art)) {
            if (grenzen.containsKey(e)) {
                felder.put(e.feld(), wert(e));
            }
        }
        felder.putAll(feldgrenzen);
        if (!spalten.equals(vorgabe(art))) {
            felder.put(SPALTEN, String.join(",", spalten));
        }
        felder.put(ORDNUNG, ordnungswort());
        if (ansicht != null) {
            felder.put(ANSICHT, ansicht.toString());
        }
        return felder;
    }

    /** As it stands behind the question mark. */
    String angaben() {
        return felder().entrySet().stream()
                .map(f -> f.getKey() + "=" + UriUtils.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Its page. */
    String adresse() {
        return art.adresse() + "?" + angaben();
    }

    /** Of it as a table. @param form {@code csv} or {@code xlsx} */
    String ausgabe(String form) {
        return "/listen/ausgabe." + form + "?art=" + art.pfad() + "&" + angaben();
    }

    /** What a form must take along that changes only this. @param ausser names that it sends itself */
    Map<String, String> felderOhne(List<String> ausser) {
        var felder = new LinkedHashMap<>(felder());
        ausser.forEach(felder::remove);
        return felder;
    }

    /** One place up or down, put behind the others, or taken away. */
    Listenfrage verschoben(String spalte, int um) {
        var neu = new ArrayList<>(spalten);
        int stelle = neu.indexOf(spalte);
        int ziel = stelle + um;
        if (stelle >= 0 && ziel >= 0 && ziel < neu.size()) {
            neu.remove(stelle);
            neu.add(ziel, spalte);
        }
        return mitSpalten(neu);
    }
}
