package de.federwerk.leistung;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one Leistung in their order. The first one that holds decides; where one before it might hold too, and nobody has said
 * enough to know, the answer is a question and never a guess.
 */
record Regelwerk(List<Regel> regeln) {

    /** What must be asked. */
    enum Frage {
        STRASSE,
        HAUSNUMMER,
        ORTSTEIL,
        NAME,
        GEGENSTAND
    }

    /** @param dienststelle empty: nobody is responsible, or {@code fehlt} says what must be known first */
    record Antwort(Optional<UUID> dienststelle, Set<Frage> fehlt) {}

    private static final Pattern ZAHL = Pattern.compile("^(\\d{1,6})");
    private static final Pattern STRICHE = Pattern.compile("\\p{M}+");
    private static final Pattern KEIN_BUCHSTABE = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern STRASSE_KURZ = Pattern.compile("str$");
    private static final int LUECKEN = 20;
    /** Of a rule with a case: so many take about a second. */
    private static final long VERGLEICHE = 400_000;

    Antwort antwort(Merkmale merkmale) {
        var fehlt = EnumSet.noneOf(Frage.class);
        var moegliche = new LinkedHashSet<UUID>();
        for (var regel : regeln) {
            var offen = EnumSet.noneOf(Frage.class);
            if (!passt(regel, merkmale, offen)) {
                continue;
            }
            moegliche.add(regel.dienststelleId());
            if (offen.isEmpty()) {
                // Whatever the answers were, it is this one.
                return fehlt.isEmpty() || moegliche.size() == 1
                        ? new Antwort(Optional.of(regel.dienststelleId()), Set.of())
                        : new Antwort(Optional.empty(), fehlt);
            }
            fehlt.addAll(offen);
        }
        return new Antwort(Optional.empty(), fehlt);
    }

    /** @param offen conditions of which nobody has said enough; they count as held */
    private static boolean passt(Regel regel, Merkmale m, Set<Frage> offen) {
        if (!regel.strasse().isEmpty()) {
            if (m.strasse() == null) {
                offen.add(Frage.STRASSE);
            } else if (!strasse(m.strasse()).equals(strasse(regel.strasse()))) {
                return false;
            }
            if (regel.hausnummerVon() != null
                    || regel.hausnummerBis() != null
                    || !regel.seite().equals("alle")) {
                var nummer = nummer(m.hausnummer());
                if (nummer == null) {
                    offen.add(Frage.HAUSNUMMER);
                } else if (!nummerPasst(regel, nummer)) {
                    return false;
                }
            }
        }
        if (!regel.ortsteil().isEmpty()) {
            if (m.ortsteil() == null) {
                offen.add(Frage.ORTSTEIL);
            } else if (!schlicht(m.ortsteil()).equals(schlicht(regel.ortsteil()))) {
                return false;
            }
        }
        if (!regel.nameVon().isEmpty()) {
            if (m.name() == null) {
                offen.add(Frage.NAME);
            } else if (!namePasst(regel, m.name())) {
                return false;
            }
        }
        if (!regel.gegenstand().isEmpty()) {
            if (m.gegenstand() == null) {
                offen.add(Frage.GEGENSTAND);
            } else if (!schlicht(m.gegenstand()).equals(schlicht(regel.gegenstand()))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Integer nummer(@Nullable String hausnummer) {
        if (hausnummer == null) {
            return null;
        }
        var treffer = ZAHL.matcher(hausnummer.strip());
        return treffer.find() ? Integer.valueOf(treffer.group(1)) : null;
    }

    private static boolean nummerPasst(Regel regel, int nummer) {
        return (regel.hausnummerVon() == null || nummer >= regel.hausnummerVon())
                && (regel.hausnummerBis() == null || nummer <= regel.hausnummerBis())
                && (regel.seite().equals("alle")
                        || (nummer % 2 == 0) == regel.seite().equals("gerade"));
    }

    /** As DIN 5007 variant 1: ä is a. The end takes all names that begin with it: A–K holds Kohl. */
    private static boolean namePasst(Regel regel, String name) {
        var schlicht = schlicht(name);
        var von = schlicht(regel.nameVon());
        var bis = schlicht(regel.nameBis());
        return !schlicht.isEmpty()
                && schlicht.compareTo(von) >= 0
                && schlicht.substring(0, Math.min(bis.length(), schlicht.length()))
                                .compareTo(bis)
                        <= 0;
    }

    static String schlicht(String text) {
        var klein = text.toLowerCase(Locale.GERMAN)
                .replace("ß", "ss")
                .replace('ł', 'l')
                .replace('ø', 'o')
                .replace("æ", "ae");
        var ohne = STRICHE.matcher(Normalizer.normalize(klein, Normalizer.Form.NFKD))
                .replaceAll("");
        return KEIN_BUCHSTABE.matcher(ohne).replaceAll("");
    }

    /** People write „Lindenstr.“. */
    static String strasse(String text) {
        return STRASSE_KURZ.matcher(schlicht(text)).replaceAll("strasse");
    }

    List<String> gegenstaende() {
        return regeln.stream()
                .map(Regel::gegenstand)
                .filter(g -> !g.isEmpty())
                .distinct()
                .toList();
    }

    /** For whom nobody is responsible, one sentence each, at most twenty. Empty: for everybody somebody is. */
    List<String> luecken() {
        if (regeln.isEmpty() || regeln.stream().anyMatch(Regel::sonst)) {
            return regeln.isEmpty() ? List.of("Es gibt noch keine Regel: Niemand ist zuständig.") : List.of();
        }
        var namen = namen();
        var faelle = faelle();
        if ((long) faelle.size() * namen.size() * regeln.size() > VERGLEICHE) {
            return List.of(
                    "Es sind so viele Regeln, dass sich Lücken nicht mehr suchen lassen. Bitte fügen Sie eine für alle Übrigen hinzu.");
        }
        var saetze = new LinkedHashSet<String>();
        for (var fall : faelle) {
            if (saetze.size() >= LUECKEN) {
                break;
            }
            var ohne = namen.stream().filter(n -> niemand(fall, n)).toList();
            var wo = fall.text.isEmpty() ? "" : " " + fall.text;
            if (ohne.size() == namen.size() && !ohne.isEmpty()) {
                saetze.add(
                        fall.text.isEmpty()
                                ? "Es ist niemand zuständig, wenn keine der Regeln zutrifft."
                                : "Niemand ist zuständig" + wo + ".");
            } else if (!ohne.isEmpty()) {
                saetze.add("Für Namen mit " + String.join(", ", ohne) + " ist niemand zuständig" + wo + ".");
            }
        }
        return List.copyOf(saetze);
    }

    private boolean niemand(Fall fall, String name) {
        var m = fall.merkmale;
        return antwort(new Merkmale(m.strasse(), m.hausnummer(), m.ortsteil(), name, m.gegenstand()))
                .dienststelle()
                .isEmpty();
    }

    /** A kind of case: where it lies and what it is about. */
    private record Fall(Merkmale merkmale, String text) {}

    /** The letters, and each end of a range that is longer than a letter; one alone where names do not matter. */
    private List<String> namen() {
        if (regeln.stream().allMatch(r -> r.nameVon().isEmpty())) {
            return List.of("A");
        }
        var namen = new LinkedHashSet<String>();
        for (char c = 'A'; c <= 'Z'; c++) {
            namen.add(String.valueOf(c));
        }
        for (var regel : regeln) {
            for (var ende : List.of(regel.nameVon(), regel.nameBis())) {
                if (ende.length() > 1) {
                    namen.add(ende);
                }
            }
        }
        return namen.stream()
                .sorted(java.util.Comparator.comparing(Regelwerk::schlicht))
                .toList();
    }

    private List<Fall> faelle() {
        var gegenstaende = new ArrayList<>(gegenstaende());
        gegenstaende.add("\u0000");
        var orte = new ArrayList<Fall>();
        orte.add(new Fall(new Merkmale("-", "1", "-", null, null), ""));
        var strassen = regeln.stream()
                .map(Regel::strasse)
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (var strasse : strassen) {
            for (int nummer : nummern(strasse)) {
                orte.add(new Fall(
                        new Merkmale(strasse, String.valueOf(nummer), "-", null, null),
                        "in der Straße " + strasse + ", Hausnummer " + nummer));
            }
        }
        regeln.stream()
                .map(Regel::ortsteil)
                .filter(o -> !o.isEmpty())
                .distinct()
                .forEach(o -> orte.add(new Fall(new Merkmale("-", "1", o, null, null), "im Ortsteil " + o)));
        var faelle = new ArrayList<Fall>();
        for (var ort : orte) {
            for (var gegenstand : gegenstaende) {
                var genannt = !gegenstand.equals("\u0000");
                var m = ort.merkmale;
                faelle.add(new Fall(
                        new Merkmale(m.strasse(), m.hausnummer(), m.ortsteil(), null, genannt ? gegenstand : "-"),
                        ((genannt
                                                ? "für den Gegenstand " + gegenstand + " "
                                                : gegenstaende.size() > 1 ? "für andere Gegenstände " : "")
                                        + (ort.text.isEmpty() && orte.size() > 1 ? "an anderen Orten" : ort.text))
                                .strip()));
            }
        }
        return faelle;
    }

    /** Where a rule of this street begins or ends, and beside it. */
    private Set<Integer> nummern(String strasse) {
        var nummern = new LinkedHashSet<Integer>();
        nummern.add(1);
        nummern.add(2);
        for (var regel : regeln) {
            if (regel.strasse().equals(strasse)) {
                for (var ende : new Integer[] {regel.hausnummerVon(), regel.hausnummerBis()}) {
                    if (ende != null) {
                        for (int n = Math.max(1, ende - 1); n <= ende + 2; n++) {
                            nummern.add(n);
                        }
                    }
                }
            }
        }
        return nummern;
    }
}
