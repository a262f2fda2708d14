package de.federwerk.geschaeftsgang;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.geschaeftsgang.Faelligkeiten.Stufe;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** When the Gemeinde reminds of deadlines and tells heads, for the role ADMINISTRATION; with a look at what a rule means before it holds. */
@Controller
class Fristregelseiten {

    private static final String SEITE = "/verwaltung/fristregeln";
    private static final String AUFHEBEN = "aufheben";
    /** How far ahead the example may lie, in years: there the calendar of the Gemeinde may know days of its own. */
    private static final int VORAUS = 2;

    /**
     * What was typed, and what was wrong with it.
     *
     * @param zeile what was said about this kind when the page was made, its number as it came with the form
     */
    record Eingabe(
            Fristregeln.Zeile zeile,
            String vorher,
            String nachher,
            String eskalation,
            String weiter,
            String beispiel,
            Map<String, String> fehler) {

        boolean wiedervorlage() {
            return zeile.art() == Stationsart.WIEDERVORLAGE;
        }
    }

    /**
     * What it would mean.
     *
     * @param gesehen what was looked at; comes back with the form: nothing that tells many people at once is kept unseen
     * @param sofort what would be told at once; empty if nothing
     * @param gefragt whether it was to be kept already
     */
    record Blick(String gesehen, String titel, List<String> tage, String sofort, boolean gefragt) {}

    private final Fristregeln regeln;
    private final Faelligkeiten faelligkeiten;
    private final Personen personen;

    Fristregelseiten(Fristregeln regeln, Faelligkeiten faelligkeiten, Personen personen) {
        this.regeln = regeln;
        this.faelligkeiten = faelligkeiten;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String zeige(
            @RequestParam(defaultValue = "") String art,
            @RequestParam(defaultValue = "") String gespeichert,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        seite.addAttribute(
                "gespeichert",
                gespeichert.isEmpty()
                        ? ""
                        : regeln.zeile(art(gespeichert).orElse(null)).wort());
        var zeile = regeln.zeile(art(art).orElse(null));
        return zeige(
                new Eingabe(
                        zeile,
                        text(zeile.regel().vorher()),
                        text(zeile.regel().nachher()),
                        text(zeile.regel().eskalation()),
                        text(zeile.regel().weiter()),
                        beispiel().toString(),
                        Map.of()),
                null,
                seite);
    }

    /** Empty: for all kinds that have none of their own. */
    private static Optional<Stationsart> art(String kennung) {
        return Arrays.stream(Stationsart.values())
                .filter(a -> a.kennung().equals(kennung))
                .findFirst();
    }

    private static String text(@Nullable Integer tage) {
        return tage == null ? "" : tage.toString();
    }

    /** A Friday, so that a weekend follows. */
    private static LocalDate beispiel() {
        return heute().plusWeeks(1).with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
    }

    private static LocalDate heute() {
        return LocalDate.now(Anzeige.ZONE);
    }

    /** The buttons of the form: a look at it, it is kept, or the kind goes by the rule for all again. */
    @PostMapping(SEITE)
    String tu(
            @RequestParam(defaultValue = "") String art,
            @RequestParam(defaultValue = "") String tun,
            @RequestParam(defaultValue = "") String gesehen,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var was = art(art);
        if (was.isEmpty() && !art.equals(Fristregeln.kennungVon(null))) {
            throw new NichtGefunden("Diese Art von Aufgaben gibt es nicht.");
        }
        var fehler = new HashMap<String, String>();
        boolean auf = tun.equals(AUFHEBEN) && was.isPresent();
        var regel = regel(anfrage, auf ? new HashMap<>() : fehler);
        var frist = frist(anfrage, fehler);
        var eingabe = eingabe(anfrage, regeln.zeile(was.orElse(null)), fehler);
        if (!fehler.isEmpty()) {
            antwort.setStatus(Abgelehnt.Art.EINGABE.status());
            return zeige(eingabe, null, seite);
        }
        var blick = blick(was.orElse(null), auf ? null : regel, frist, !tun.equals("ansehen"));
        if (!blick.gefragt || !blick.sofort.isEmpty() && !blick.gesehen.equals(gesehen)) {
            return zeige(eingabe, blick, seite);
        }
        try {
            if (auf) {
                regeln.hebeAuf(wer, was.get(), eingabe.zeile.fassung());
            } else {
                regeln.setze(wer, was.orElse(null), eingabe.zeile.fassung(), regel);
            }
            return "redirect:" + SEITE + "?gespeichert=" + art;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            seite.addAttribute("veraltet", String.valueOf(e.getMessage()));
            return zeige(eingabe, null, seite);
        }
    }

    private static Eingabe eingabe(HttpServletRequest anfrage, Fristregeln.Zeile jetzt, Map<String, String> fehler) {
        return new Eingabe(
                new Fristregeln.Zeile(
                        jetzt.art(),
                        jetzt.gilt(),
                        jetzt.regel(),
                        Laufwegformular.zahl(anfrage.getParameter("fassung")),
                        jetzt.geaendert(),
                        jetzt.geaendertVon()),
                feld(anfrage, "vorher"),
                feld(anfrage, "nachher"),
                feld(anfrage, "eskalation"),
                feld(anfrage, "weiter"),
                feld(anfrage, "beispiel"),
                fehler);
    }

    private static String feld(HttpServletRequest anfrage, String name) {
        return Laufwegformular.text(anfrage.getParameter(name));
    }

    private static Fristregel regel(HttpServletRequest anfrage, Map<String, String> fehler) {
        var regel = new Fristregel(
                tage(anfrage, "vorher", 0, fehler),
                tage(anfrage, "nachher", 1, fehler),
                tage(anfrage, "eskalation", 1, fehler),
                tage(anfrage, "weiter", 1, fehler));
        if (regel.weiter() != null && feld(anfrage, "eskalation").isEmpty()) {
            fehler.put(
                    "weiter",
                    "Ohne Eskalation an die Leitung gibt es keine an die nächste. Bitte leeren Sie dieses Feld, oder füllen Sie das davor aus.");
        }
        return regel;
    }

    private static @Nullable Integer tage(
            HttpServletRequest anfrage, String name, int mindestens, Map<String, String> fehler) {
        var text = feld(anfrage, name);
        if (text.isEmpty()) {
            return null;
        }
        if (text.matches("[0-9]{1,3}")) {
            int tage = Integer.parseInt(text);
            if (tage >= mindestens && tage <= Fristregel.HOECHSTENS) {
                return tage;
            }
        }
        fehler.put(
                name,
                "Bitte geben Sie eine ganze Zahl von %d bis %d an, oder lassen Sie das Feld leer."
                        .formatted(mindestens, Fristregel.HOECHSTENS));
        return null;
    }

    private static LocalDate frist(HttpServletRequest anfrage, Map<String, String> fehler) {
        var text = feld(anfrage, "beispiel");
        if (text.isEmpty()) {
            return beispiel();
        }
        try {
            var tag = LocalDate.parse(text);
            if (!tag.isBefore(heute()) && !tag.isAfter(heute().plusYears(VORAUS))) {
                return tag;
            }
        } catch (DateTimeParseException keiner) {
            // The message at the field says it.
        }
        fehler.put("beispiel", "Bitte geben Sie einen Tag der nächsten %d Jahre an.".formatted(VORAUS));
        return beispiel();
    }

    /** @param regel null: the kind goes by the rule for all */
    private Blick blick(@Nullable Stationsart art, @Nullable Fristregel regel, LocalDate frist, boolean gefragt) {
        var gilt = regel == null ? regeln.zeile(null).regel() : regel;
        var tage = faelligkeiten.tage(art, gilt, frist);
        var tag = Anzeige.langerTag(frist);
        return new Blick(
                regel == null ? AUFHEBEN : regel.kurz(),
                art == Stationsart.WIEDERVORLAGE
                        ? "Eine Wiedervorlage auf " + tag
                        : "Eine Aufgabe" + (art == null ? "" : " „" + art.wort() + "“") + " mit Frist " + tag,
                List.of(
                        satz("Erinnerung", tage.vorher(), "Keine Erinnerung vorher"),
                        satz("Zweite Erinnerung", tage.nachher(), "Keine zweite Erinnerung"),
                        satz("Eskalation an die Leitung", tage.eskalation(), "Keine Eskalation an die Leitung"),
                        satz(
                                "Eskalation an die nächste Leitung",
                                tage.weiter(),
                                "Keine Eskalation an die nächste Leitung")),
                sofort(faelligkeiten.zaehle(regeln.geltendeMit(art, regel), heute())),
                gefragt);
    }

    private static String satz(String was, @Nullable LocalDate wann, String sonst) {
        return wann == null ? sonst : was + " am " + Anzeige.langerTag(wann);
    }

    private static String sofort(Map<Stufe, Long> anzahlen) {
        var worte = new ArrayList<String>();
        zaehle(worte, anzahlen.get(Stufe.VORHER), "Erinnerung", "Erinnerungen", "");
        zaehle(worte, anzahlen.get(Stufe.NACHHER), "zweite Erinnerung", "zweite Erinnerungen", "");
        zaehle(worte, anzahlen.get(Stufe.ESKALATION), "Eskalation", "Eskalationen", " an die Leitung");
        zaehle(worte, anzahlen.get(Stufe.WEITER), "Eskalation", "Eskalationen", " an die nächste Leitung");
        return String.join(", ", worte);
    }

    private static void zaehle(List<String> worte, @Nullable Long anzahl, String eins, String viele, String an) {
        if (anzahl != null && anzahl > 0) {
            worte.add(Anzeige.anzahl(anzahl, eins, viele) + an);
        }
    }

    private String zeige(Eingabe eingabe, @Nullable Blick blick, Model seite) {
        var zeilen = regeln.zeilen();
        seite.addAttribute("zeilen", zeilen);
        seite.addAttribute(
                "weitere",
                Stationsart.waehlbare().stream()
                        .filter(art -> zeilen.stream().noneMatch(z -> z.art() == art))
                        .toList());
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("blick", blick);
        return "geschaeftsgang/fristregeln";
    }
}
