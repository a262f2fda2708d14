package de.federwerk.geschaeftsgang;

import de.federwerk.basis.Kennung;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.geschaeftsgang.Vorlagenziele.Ziel;
import de.federwerk.organisation.Empfaengersuche;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The form in which stations are placed, line by line: for a Laufweg and for a template of one. */
@Component
class Laufwegformular {

    /** Of a Laufweg: a line of a template for which nobody was found, and which must not be left out unnoticed. */
    static final String OFFEN = "offen";

    private static final int ZEILEN = 3;
    private static final Pattern ZEILENKNOPF = Pattern.compile("(hoch|runter|weg)-([0-9]{1,3})");

    /**
     * A line of the form.
     *
     * @param regel in a template one of {@link Vorlagenempfaenger#folgende}, in a Laufweg {@link #OFFEN}; empty: whoever was typed
     * @param lage {@code danach}, {@code gleichzeitig} with the one before, or {@code anschliessend} to it in the same branch
     * @param vierAugen number of the line with which it makes a four-eyes pair; empty if none
     */
    record Zeile(
            String art,
            String regel,
            String an,
            String anId,
            String auftrag,
            String tage,
            String tag,
            String lage,
            boolean persoenlich,
            String vierAugen,
            String verlangt,
            String verlangtWert) {

        static Zeile leer() {
            return new Zeile("mitzeichnung", "", "", "", "", "", "", "danach", false, "", "", "");
        }

        boolean leerGelassen() {
            return an.isBlank() && anId.isBlank() && regel.isBlank();
        }

        private Zeile mitPaar(String nummer) {
            return new Zeile(
                    art, regel, an, anId, auftrag, tage, tag, lage, persoenlich, nummer, verlangt, verlangtWert);
        }
    }

    /** What was typed. */
    record Formular(UUID id, @Nullable UUID dokument, String titel, boolean erneuern, List<Zeile> zeilen) {

        private Formular mit(List<Zeile> andere) {
            return new Formular(id, dokument, titel, erneuern, andere);
        }
    }

    /** What a line means. @param nummer of the line, from 1 @param tag the day it is due; stands in a Laufweg only */
    private record Gelesen(
            int nummer,
            Laufwegvorlagen.Station station,
            @Nullable LocalDate tag) {}

    private final Empfaengersuche suche;
    private final Empfaengerkreis kreis;
    private final Arbeitskalender kalender;

    Laufwegformular(Empfaengersuche suche, Empfaengerkreis kreis, Arbeitskalender kalender) {
        this.suche = suche;
        this.kreis = kreis;
        this.kalender = kalender;
    }

    static Formular leer(@Nullable UUID dokument) {
        return new Formular(Kennung.neu(), dokument, "", false, Collections.nCopies(ZEILEN, Zeile.leer()));
    }

    /** A template as it is changed. */
    Formular zu(Laufwegvorlagen.Vorlage vorlage) {
        var stationen = vorlage.angaben().stationen();
        var zeilen = new ArrayList<Zeile>();
        for (var s : stationen) {
            var an = s.an().benannt();
            var name = an.flatMap(e -> suche.gemeint(e.toString()))
                    .map(de.federwerk.organisation.Empfaenger::name)
                    .or(() -> an.map(e -> kreis.namen(List.of(e)).getOrDefault(e, "")))
                    .orElse("");
            zeilen.add(zeile(
                    s,
                    an.isPresent() ? "" : s.an().art().kennung(),
                    name,
                    an.map(Empfaenger::toString).orElse(""),
                    ""));
        }
        return new Formular(
                vorlage.id(), null, vorlage.titel(), vorlage.angaben().erneuern(), mitLagen(stationen, zeilen));
    }

    /** A Laufweg as a template would have it. @param ziele of its stations */
    Formular aus(Laufwegvorlagen.Vorlage vorlage, List<Ziel> ziele, @Nullable UUID dokument, LocalDate heute) {
        var stationen = vorlage.angaben().stationen();
        var zeilen = new ArrayList<Zeile>();
        for (int i = 0; i < stationen.size(); i++) {
            var station = stationen.get(i);
            var ziel = ziele.get(i);
            var tage = station.tage();
            zeilen.add(zeile(
                    station,
                    ziel.an() == null ? OFFEN : "",
                    ziel.name(),
                    ziel.an() == null ? "" : ziel.an().toString(),
                    tage != null && station.art() == Stationsart.WIEDERVORLAGE
                            ? kalender.nach(heute, tage).toString()
                            : ""));
        }
        return new Formular(
                Kennung.neu(),
                dokument,
                vorlage.titel(),
                vorlage.angaben().erneuern() && dokument != null,
                mitLagen(stationen, zeilen));
    }

    private static Zeile zeile(Laufwegvorlagen.Station s, String regel, String an, String anId, String tag) {
        return new Zeile(
                s.art().kennung(),
                regel,
                an,
                anId,
                s.auftrag(),
                s.tage() == null || !tag.isEmpty() ? "" : String.valueOf(s.tage()),
                tag,
                "danach",
                s.persoenlich(),
                s.vierAugenMit() == null ? "" : String.valueOf(s.vierAugenMit()),
                s.verlangt() == null ? "" : s.verlangt(),
                s.verlangtWert() == null ? "" : s.verlangtWert());
    }

    /** In words how each follows the one before; they come in the order in which the form had them. */
    private static List<Zeile> mitLagen(List<Laufwegvorlagen.Station> stationen, List<Zeile> zeilen) {
        var mit = new ArrayList<Zeile>();
        for (int i = 0; i < zeilen.size(); i++) {
            var z = zeilen.get(i);
            var s = stationen.get(i);
            var lage = i == 0 || stationen.get(i - 1).block() != s.block()
                    ? "danach"
                    : stationen.get(i - 1).zweig() != s.zweig() ? "gleichzeitig" : "anschliessend";
            mit.add(new Zeile(
                    z.art,
                    z.regel,
                    z.an,
                    z.anId,
                    z.auftrag,
                    z.tage,
                    z.tag,
                    lage,
                    z.persoenlich,
                    z.vierAugen,
                    z.verlangt,
                    z.verlangtWert));
        }
        return mit;
    }

    static Formular lies(HttpServletRequest anfrage) {
        var zeilen = new ArrayList<Zeile>();
        int zahl = Math.min(zahl(anfrage.getParameter("zeilen")), Startpruefung.HOECHSTENS);
        for (int i = 1; i <= zahl; i++) {
            zeilen.add(new Zeile(
                    text(anfrage, "art", i),
                    text(anfrage, "regel", i),
                    text(anfrage, "an", i),
                    text(anfrage, "anId", i),
                    text(anfrage, "auftrag", i),
                    text(anfrage, "tage", i),
                    text(anfrage, "tag", i),
                    text(anfrage, "lage", i),
                    !text(anfrage, "persoenlich", i).isEmpty(),
                    text(anfrage, "vierAugen", i),
                    text(anfrage, "verlangt", i),
                    text(anfrage, "verlangtWert", i)));
        }
        return new Formular(
                kennung(anfrage.getParameter("neu")).orElseGet(Kennung::neu),
                kennung(anfrage.getParameter("dokument")).orElse(null),
                text(anfrage.getParameter("titel")),
                anfrage.getParameter("erneuern") != null,
                zeilen);
    }

    /** The form after a button that only moves lines, adds or removes one; empty if {@code tun} was another button. */
    static Optional<Formular> bewegt(Formular formular, String tun) {
        var zeilen = new ArrayList<>(formular.zeilen);
        if (tun.equals("mehr")) {
            if (zeilen.size() < Startpruefung.HOECHSTENS) {
                zeilen.add(Zeile.leer());
            }
            return Optional.of(formular.mit(zeilen));
        }
        var knopf = ZEILENKNOPF.matcher(tun);
        if (!knopf.matches()) {
            return Optional.empty();
        }
        int i = Integer.parseInt(knopf.group(2)) - 1;
        if (i < 0 || i >= zeilen.size()) {
            return Optional.of(formular);
        }
        if (knopf.group(1).equals("weg")) {
            zeilen.remove(i);
            zeilen.replaceAll(z -> nachEntfernen(z, i + 1));
            if (zeilen.isEmpty()) {
                zeilen.add(Zeile.leer());
            }
            return Optional.of(formular.mit(zeilen));
        }
        int j = knopf.group(1).equals("hoch") ? i - 1 : i + 1;
        if (j >= 0 && j < zeilen.size()) {
            Collections.swap(zeilen, i, j);
            var eine = String.valueOf(i + 1);
            var andere = String.valueOf(j + 1);
            zeilen.replaceAll(z ->
                    z.vierAugen.equals(eine) ? z.mitPaar(andere) : z.vierAugen.equals(andere) ? z.mitPaar(eine) : z);
        }
        return Optional.of(formular.mit(zeilen));
    }

    private static Zeile nachEntfernen(Zeile zeile, int nummer) {
        int paar = zahl(zeile.vierAugen);
        return paar < nummer ? zeile : zeile.mitPaar(paar == nummer ? "" : String.valueOf(paar - 1));
    }

    /** What is to be begun. @param fehler takes what was wrong, one German sentence each */
    Laufwegentwurf entwurf(UUID vorgang, Formular formular, List<String> fehler) {
        var gelesene = gelesen(formular, false, fehler);
        var ids = gelesene.stream().map(g -> Kennung.neu()).toList();
        var stationen = new ArrayList<Laufwegentwurf.Station>();
        for (var g : gelesene) {
            var paar = g.station.vierAugenMit();
            stationen.add(g.station.entwurf(
                    ids.get(stationen.size()),
                    g.station.an().benannt().orElseThrow(),
                    g.tag,
                    paar == null ? null : ids.get(paar - 1)));
        }
        var titel = formular.titel.isBlank()
                ? stationen.isEmpty() ? "Laufweg" : stationen.getLast().art().wort()
                : formular.titel;
        return new Laufwegentwurf(
                formular.id, vorgang, formular.dokument, kurz(titel, 200), formular.erneuern, stationen);
    }

    /** The stations of a template. @param fehler takes what was wrong, one German sentence each */
    List<Laufwegvorlagen.Station> stationen(Formular formular, List<String> fehler) {
        return gelesen(formular, true, fehler).stream().map(Gelesen::station).toList();
    }

    private List<Gelesen> gelesen(Formular formular, boolean vorlage, List<String> fehler) {
        var gelesene = new ArrayList<Gelesen>();
        int block = 0;
        int zweig = 1;
        int platz = 1;
        for (int i = 0; i < formular.zeilen.size(); i++) {
            var zeile = formular.zeilen.get(i);
            if (zeile.leerGelassen()) {
                continue;
            }
            if (block == 0 || zeile.lage.equals("danach") || zeile.lage.isEmpty()) {
                block++;
                zweig = 1;
                platz = 1;
            } else if (zeile.lage.equals("gleichzeitig")) {
                zweig++;
                platz = 1;
            } else {
                platz++;
            }
            var ort = "Zeile " + (i + 1) + ": ";
            var an = an(zeile, vorlage);
            var art = Stationsart.waehlbare().stream()
                    .filter(a -> a.kennung().equals(zeile.art))
                    .findFirst();
            if (an.isEmpty()) {
                fehler.add(ort + niemand(zeile));
                continue;
            }
            if (art.isEmpty()) {
                fehler.add(ort + "Bitte wählen Sie, was zu tun ist.");
                continue;
            }
            if (zeile.verlangt.equals("dokument") && zeile.verlangtWert.isBlank()) {
                fehler.add(ort + "Bitte schreiben Sie dazu, welche Art Dokument vorliegen muss.");
            }
            gelesene.add(new Gelesen(
                    i + 1,
                    new Laufwegvorlagen.Station(
                            block,
                            zweig,
                            platz,
                            art.get(),
                            an.get(),
                            kurz(zeile.auftrag, 2000),
                            zeile.tage.isBlank() ? null : tage(zeile.tage, ort, fehler),
                            zeile.persoenlich,
                            null,
                            zeile.verlangt.matches("dokument|absender|schreiben_vom") ? zeile.verlangt : null,
                            zeile.verlangtWert.isBlank() ? null : kurz(zeile.verlangtWert, 60)),
                    zeile.tag.isBlank() ? null : tag(zeile.tag, ort, fehler)));
        }
        return mitPaaren(gelesene, formular.zeilen, fehler);
    }

    private Optional<Vorlagenempfaenger> an(Zeile zeile, boolean vorlage) {
        if (vorlage && !zeile.regel.isEmpty()) {
            return Vorlagenempfaenger.lies(zeile.regel);
        }
        // Without JavaScript the hidden id stays when another name is typed: what was typed counts.
        var gewaehlt = zeile.anId.isBlank()
                ? Optional.<de.federwerk.organisation.Empfaenger>empty()
                : suche.gemeint(zeile.anId)
                        .filter(e -> zeile.an.isBlank() || e.name().equals(zeile.an));
        return gewaehlt.or(() -> suche.gemeint(zeile.an))
                .map(e -> Vorlagenempfaenger.an(new Empfaenger(e.art(), e.id())));
    }

    private static String niemand(Zeile zeile) {
        return zeile.an.isBlank()
                ? "Bitte wählen Sie, an wen diese Station geht, oder entfernen Sie die Zeile."
                : "„" + zeile.an
                        + "“ ist niemand oder nicht eindeutig. Bitte wählen Sie einen Vorschlag aus oder schreiben Sie Vor- und Nachnamen.";
    }

    /** Lines that were left empty have a number in the form, but none in the Laufweg. */
    private static List<Gelesen> mitPaaren(List<Gelesen> gelesene, List<Zeile> zeilen, List<String> fehler) {
        var stationen = new HashMap<Integer, Integer>();
        gelesene.forEach(g -> stationen.put(g.nummer, stationen.size() + 1));
        return gelesene.stream()
                .map(g -> {
                    var paar = zeilen.get(g.nummer - 1).vierAugen;
                    if (paar.isBlank()) {
                        return g;
                    }
                    var andere = stationen.get(zahl(paar));
                    if (andere == null) {
                        fehler.add("Zeile " + g.nummer + ": Für das Vier-Augen-Prinzip fehlt die andere Zeile.");
                    }
                    return new Gelesen(g.nummer, g.station.mitPaar(andere), g.tag);
                })
                .toList();
    }

    private static @Nullable Integer tage(String text, String ort, List<String> fehler) {
        int tage = zahl(text);
        if (tage < 1 || tage > 3650 || !text.strip().matches("[0-9]{1,4}")) {
            fehler.add(ort + "Die Frist muss eine Zahl von Arbeitstagen sein (1 bis 3.650).");
            return null;
        }
        return tage;
    }

    static @Nullable LocalDate tag(String text, String ort, List<String> fehler) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException keiner) {
            fehler.add(ort + "„" + text + "“ ist kein Tag. Bitte so: 2026-12-24.");
            return null;
        }
    }

    static int zahl(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException keine) {
            return 0;
        }
    }

    static Optional<UUID> kennung(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException keine) {
            return Optional.empty();
        }
    }

    private static String text(HttpServletRequest anfrage, String name, int zeile) {
        return text(anfrage.getParameter(name + "-" + zeile));
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static String kurz(String text, int hoechstens) {
        return text.length() > hoechstens ? text.substring(0, hoechstens) : text;
    }
}
