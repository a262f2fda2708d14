package de.federwerk.datenschutz;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is looked for: in the index, which knows spellings by itself, and in fields, where each spelling is asked for. */
final class Suchworte {

    private static final java.time.format.DateTimeFormatter TAG =
            java.time.format.DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.GERMAN);

    /** @param nachnamen and {@code vornamen}: one of each must occur @param genau one of them is enough */
    record Muster(List<String> nachnamen, List<String> vornamen, List<String> genau) {}

    private Suchworte() {}

    /** Full-text queries, each by itself; the order in which they are shown. */
    static List<String> fuerIndex(Ersuchensangaben a) {
        var fragen = new LinkedHashSet<String>();
        for (var name : namen(a)) {
            fragen.add(woerter(name));
        }
        for (var nachname : nachnamen(a)) {
            if (a.geburtsdatum() != null) {
                fragen.add(woerter(nachname) + " \"" + TAG.format(a.geburtsdatum()) + "\"");
            }
            Ersuchensangaben.zeilen(a.anschrift()).stream()
                    .findFirst()
                    .ifPresent(strasse -> fragen.add(woerter(nachname) + " " + wendung(strasse)));
        }
        if (!a.email().isEmpty()) {
            fragen.add(wendung(a.email()));
        }
        telefone(a).forEach(t -> fragen.add(wendung(t)));
        fragen.addAll(Ersuchensangaben.zeilen(a.aktenzeichen()));
        fragen.addAll(Ersuchensangaben.zeilen(a.suchworte()));
        fragen.removeIf(String::isBlank);
        return List.copyOf(fragen);
    }

    /** Present and former, each with the first name if there is one. */
    private static Set<String> namen(Ersuchensangaben a) {
        var namen = new LinkedHashSet<String>();
        namen.add(a.name());
        Ersuchensangaben.zeilen(a.fruehereNamen())
                .forEach(f -> namen.add(f.contains(" ") ? f : (a.vorname() + " " + f).strip()));
        return namen;
    }

    private static Set<String> nachnamen(Ersuchensangaben a) {
        var namen = new LinkedHashSet<String>();
        namen.add(a.nachname());
        Ersuchensangaben.zeilen(a.fruehereNamen()).forEach(f -> namen.add(f.substring(f.lastIndexOf(' ') + 1)));
        return namen;
    }

    private static Set<String> telefone(Ersuchensangaben a) {
        var nummern = new LinkedHashSet<String>();
        if (!a.telefon().isEmpty()) {
            nummern.add(a.telefon());
            var ziffern = a.telefon().replaceAll("[^0-9]", "");
            if (ziffern.length() >= 6) {
                nummern.add(ziffern);
            }
        }
        return nummern;
    }

    /** All of them, each by itself: a minus or a star in a name is no sign of the search. */
    private static String woerter(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(Suchworte::hatBuchstaben)
                .map(Suchworte::wendung)
                .collect(Collectors.joining(" "));
    }

    /** A dash for want of a first name is nothing to look for. */
    private static boolean hatBuchstaben(String wort) {
        return wort.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static String wendung(String text) {
        return "\"" + text.replaceAll("[\"„“”«»]", " ").strip() + "\"";
    }

    /** Regular expressions for whole words, in all spellings: a name of two letters is not found in the middle of others. */
    static Muster fuerFelder(Ersuchensangaben a) {
        var genau = new ArrayList<String>();
        if (!a.email().isEmpty()) {
            genau.add(muster(a.email()));
        }
        telefone(a).forEach(t -> genau.add(muster(t)));
        var vornamen = Arrays.stream(a.vorname().split("[\\s-]+"))
                .filter(Suchworte::hatBuchstaben)
                .flatMap(v -> schreibweisen(v).stream())
                .map(Suchworte::muster)
                .toList();
        return new Muster(
                nachnamen(a).stream()
                        .flatMap(n -> schreibweisen(n).stream())
                        .map(Suchworte::muster)
                        .toList(),
                // What matches everything: none was given.
                vornamen.isEmpty() ? List.of("") : vornamen,
                genau);
    }

    /** With the s of a genitive. A sign of its own meaning stands for itself. */
    private static String muster(String text) {
        var wort = text.strip().replaceAll("[^\\p{L}\\p{N}\\s]", "\\\\$0").replaceAll("\\s+", "\\\\s+");
        return (Character.isLetterOrDigit(text.strip().codePointAt(0)) ? "\\m" : "")
                + wort
                + (wort.isEmpty() || !Character.isLetterOrDigit(wort.codePointBefore(wort.length())) ? "" : "s?\\M");
    }

    /** Müller, Mueller, Muller; Groß, Gross. */
    static Set<String> schreibweisen(String wort) {
        var klein = Normalizer.normalize(wort, Normalizer.Form.NFC).toLowerCase(Locale.GERMAN);
        var formen = new LinkedHashSet<String>();
        formen.add(klein);
        var umschrieben =
                klein.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss");
        formen.add(umschrieben);
        formen.add(umschrieben.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü"));
        formen.add(umschrieben.replace("ss", "ß"));
        formen.add(umschrieben
                .replace("ae", "ä")
                .replace("oe", "ö")
                .replace("ue", "ü")
                .replace("ss", "ß"));
        formen.add(Normalizer.normalize(klein.replace("ß", "ss").replace("ı", "i"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", ""));
        return formen;
    }
}
