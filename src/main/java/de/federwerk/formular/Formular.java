package de.federwerk.formular;

import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A form: what is asked, in which order, when, and what fits. Knows no values; whoever asks keeps {@link Werte} and hands them in. Everything
 * here is quick, without a database, and never fails for what somebody typed.
 */
public final class Formular {

    private final String name;
    private final Wort titel;
    private final Wort hilfe;
    private final List<Schritt> schritte;
    private final String json;
    private final Map<String, Platz> plaetze = new LinkedHashMap<>();

    /** Where a field stands. */
    record Platz(Schritt schritt, Abschnitt abschnitt, Feld feld) {
        /** @param nummer from 1 in a repeated Abschnitt, else 0 */
        String pfad(int nummer) {
            return nummer > 0 ? abschnitt.id() + "[" + nummer + "]." + feld.id() : feld.id();
        }
    }

    Formular(String name, Wort titel, Wort hilfe, List<Schritt> schritte, String json) {
        this.name = name;
        this.titel = titel;
        this.hilfe = hilfe;
        this.schritte = List.copyOf(schritte);
        this.json = json;
        for (var schritt : schritte) {
            for (var abschnitt : schritt.abschnitte()) {
                for (var feld : abschnitt.felder()) {
                    plaetze.put(feld.id(), new Platz(schritt, abschnitt, feld));
                }
            }
        }
    }

    /** @throws Formularfehler with the place of each mistake */
    public static Formular aus(String json) {
        return Formularleser.lies(json);
    }

    /** The definition. */
    public String json() {
        return json;
    }

    public String name() {
        return name;
    }

    public Wort titel() {
        return titel;
    }

    public Wort hilfe() {
        return hilfe;
    }

    public List<Schritt> schritte() {
        return schritte;
    }

    @Nullable
    Platz platz(String feld) {
        return plaetze.get(feld);
    }

    /** The field of a path; empty if there is none. */
    public Optional<Feld> feld(String pfad) {
        return Optional.ofNullable(plaetze.get(pfad.substring(pfad.indexOf('.') + 1)))
                .map(Platz::feld);
    }

    /** For id attributes: brackets and points are special in selectors. */
    public static String htmlId(String pfad) {
        return "f-" + pfad.replace('[', '-').replace("]", "").replace('.', '-');
    }

    private static LocalDate heute() {
        return LocalDate.now(Anzeige.ZONE);
    }

    /** The pages that are to be filled in with these values, in their order: those hidden by a condition or without anything to show are left out. */
    public List<Schritt> zustaendigeSchritte(Werte werte) {
        var lage = new Lage(this, werte, "de", heute());
        return schritte.stream()
                .filter(s -> lage.zeigt(s) && s.abschnitte().stream().anyMatch(a -> lage.zeigt(s, a)))
                .toList();
    }

    /** @throws de.federwerk.basis.NichtGefunden if there is no such page */
    public Schritt schritt(String id) {
        return schritte.stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new de.federwerk.basis.NichtGefunden("Diese Seite des Formulars gibt es nicht."));
    }

    /**
     * Takes what one page sent, right or wrong. Only fields that stood on it are touched (it names them in {@code _da}), so a page of an older
     * tab takes nothing away. „Hinzufügen“ and „Entfernen“ of a repeated Abschnitt or a file are done as well; see {@link #umgebaut}. Files that
     * came along whoever asks looks at ({@link #nimmt}), keeps, and adds ({@link Werte#mitAnlage}).
     */
    public Werte lies(Werte werte, String schritt, Map<String, String[]> parameter) {
        return Annahme.lies(this, werte, schritt(schritt), parameter);
    }

    /** Whether the page was sent by a button that only adds or removes, so that it is shown again unchecked. */
    public static boolean umgebaut(Map<String, String[]> parameter) {
        return Annahme.KNOEPFE.stream().anyMatch(parameter::containsKey);
    }

    /** Paths of fields that an answer on this page has brought onto it: it is shown once more before anything is called missing. */
    public List<String> neuSichtbar(Werte vorher, Werte nachher, String schritt) {
        var alte = sichtbar(new Lage(this, vorher, "de", heute()), schritt(schritt));
        return sichtbar(new Lage(this, nachher, "de", heute()), schritt(schritt)).stream()
                .filter(p -> !alte.contains(p))
                .toList();
    }

    private static List<String> sichtbar(Lage lage, Schritt schritt) {
        var pfade = new ArrayList<String>();
        for (var abschnitt : schritt.abschnitte()) {
            for (int nr : nummern(lage, schritt, abschnitt)) {
                for (var feld : abschnitt.felder()) {
                    var platz = new Platz(schritt, abschnitt, feld);
                    if (lage.zeigt(platz, nr) && feld.art() != Feldart.HINWEIS) {
                        pfade.add(platz.pfad(nr));
                    }
                }
            }
        }
        return pfade;
    }

    /** Which of an Abschnitt are shown: 1 … n if it is repeated, 0 if it is not, none if it is hidden. */
    static List<Integer> nummern(Lage lage, Schritt schritt, Abschnitt abschnitt) {
        if (!lage.zeigt(schritt, abschnitt)) {
            return List.of();
        }
        if (!abschnitt.wiederholt()) {
            return List.of(0);
        }
        return java.util.stream.IntStream.rangeClosed(1, lage.anzahl(abschnitt))
                .boxed()
                .toList();
    }

    /** What does not fit on one page, in its order. */
    public List<Feldfehler> pruefe(Werte werte, String schritt) {
        return pruefe(werte, schritt, "de", heute());
    }

    public List<Feldfehler> pruefe(Werte werte, String schritt, String sprache) {
        return pruefe(werte, schritt, sprache, heute());
    }

    List<Feldfehler> pruefe(Werte werte, String schritt, String sprache, LocalDate heute) {
        var fehler = new ArrayList<Feldfehler>();
        Pruefgang.pruefe(schritt(schritt), new Lage(this, werte, sprache, heute), sprache, fehler);
        return fehler;
    }

    /** What does not fit anywhere, page by page. Empty: may be sent. */
    public List<Feldfehler> pruefeAlles(Werte werte) {
        return pruefeAlles(werte, heute());
    }

    /** @param tag on which it was sent: what lay ahead then may be over when somebody looks */
    public List<Feldfehler> pruefeAlles(Werte werte, LocalDate tag) {
        var lage = new Lage(this, werte, "de", tag);
        var fehler = new ArrayList<Feldfehler>();
        for (var schritt : schritte) {
            Pruefgang.pruefe(schritt, lage, "de", fehler);
        }
        return fehler;
    }

    /**
     * Whether a field takes one more file.
     *
     * @param groesse in bytes
     * @return what is wrong, in German; empty if it is taken
     */
    public Optional<String> nimmt(Werte werte, String pfad, String dateiname, long groesse) {
        var feld = feld(pfad).filter(f -> f.art() == Feldart.DATEI).orElse(null);
        if (feld == null) {
            return Optional.of("An dieser Stelle wird keine Datei gebraucht.");
        }
        if (werte.anlagen(pfad).size() >= feld.hoechstens()) {
            return Optional.of("Hier passen höchstens " + Anzeige.anzahl(feld.hoechstens(), "Datei", "Dateien")
                    + ". Bitte entfernen Sie zuerst eine.");
        }
        if (groesse > feld.hoechstensMb() * 1_000_000L) {
            return Optional.of(
                    "„" + dateiname + "“ ist mit " + Anzeige.groesse(groesse) + " zu groß. Bis " + feld.hoechstensMb()
                            + " MB passen; ein Foto wird kleiner, wenn Sie es in geringerer Auflösung speichern.");
        }
        return feld.nimmt(dateiname)
                ? Optional.empty()
                : Optional.of("„" + dateiname + "“ passt hier nicht. Möglich sind " + Formularbild.arten(feld) + ".");
    }

    /** What was said, in order, for summary, PDF and structured data; what is hidden does not count. */
    public List<Formularangabe> angaben(Werte werte) {
        return angaben(werte, "de");
    }

    public List<Formularangabe> angaben(Werte werte, String sprache) {
        return angaben(werte, sprache, heute());
    }

    /** @param tag on which it was sent: another day may hide what was asked and answered, and give other computed values */
    public List<Formularangabe> angaben(Werte werte, String sprache, LocalDate tag) {
        var lage = new Lage(this, werte, sprache, tag);
        var angaben = new ArrayList<Formularangabe>();
        for (var schritt : schritte) {
            for (var abschnitt : schritt.abschnitte()) {
                for (int nr : nummern(lage, schritt, abschnitt)) {
                    for (var feld : abschnitt.felder()) {
                        var platz = new Platz(schritt, abschnitt, feld);
                        if (feld.art() != Feldart.HINWEIS && lage.zeigt(platz, nr)) {
                            angaben.add(angabe(platz, nr, lage, werte, sprache));
                        }
                    }
                }
            }
        }
        return angaben;
    }

    /** What is shown now, and nothing that another answer has hidden meanwhile: that was not meant to be sent. */
    public Werte nurGezeigtes(Werte werte) {
        return werte.nur(angaben(werte).stream().map(Formularangabe::pfad).collect(Collectors.toSet()));
    }

    private static Formularangabe angabe(Platz platz, int nr, Lage lage, Werte werte, String sprache) {
        var pfad = platz.pfad(nr);
        var gelesen = lage.gelesen(platz, nr);
        var abschnitt = platz.abschnitt();
        boolean datei = platz.feld().art() == Feldart.DATEI;
        return new Formularangabe(
                platz.schritt().id(),
                abschnitt.id(),
                nr > 0
                        ? abschnitt.eines().in(sprache) + " " + nr
                        : abschnitt.titel().in(sprache),
                nr,
                platz.feld().id(),
                pfad,
                platz.feld().art(),
                platz.feld().titel().in(sprache),
                gelesen.gezeigt(),
                datei ? null : gelesen.wert(),
                datei ? werte.anlagen(pfad) : List.of(),
                werte.herkunft(pfad));
    }

    /**
     * The same as values by path, for structured data: dates as ISO 8601, amounts as numbers. What is empty is left out.
     *
     * @param tag on which it was sent
     */
    public Map<String, Object> daten(Werte werte, LocalDate tag) {
        var daten = new LinkedHashMap<String, Object>();
        for (var angabe : angaben(werte, "de", tag)) {
            if (angabe.wert() != null) {
                daten.put(angabe.pfad(), angabe.wert() instanceof LocalDate d ? d.toString() : angabe.wert());
            }
        }
        return daten;
    }

    /** How one page looks with these values. @param fehler as {@link #pruefe} found them; none while it has not been sent */
    public Formularbild bild(Werte werte, String schritt, String sprache, List<Feldfehler> fehler) {
        var nachPfad = new HashMap<String, Feldfehler>();
        fehler.forEach(f -> nachPfad.putIfAbsent(f.pfad(), f));
        return Formularbild.von(
                schritt(schritt), new Lage(this, werte, sprache, heute()), werte, sprache, fehler, nachPfad);
    }
}
