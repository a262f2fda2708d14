package de.federwerk.geschaeftsgang;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaengersuche;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Laufwege: put together, looked at, sent on their way, changed while they run. */
@Controller
class Laufwegseiten {

    private static final int ZEILEN = 3;

    /**
     * A line of the form.
     *
     * @param lage {@code danach}, {@code gleichzeitig} with the one before, or {@code anschliessend} to it in the same branch
     * @param vierAugen number of the line with which it makes a four-eyes pair; empty if none
     */
    record Zeile(
            String art,
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
            return new Zeile("mitzeichnung", "", "", "", "", "", "danach", false, "", "", "");
        }

        boolean leerGelassen() {
            return an.isBlank() && anId.isBlank();
        }
    }

    /** What was typed. */
    record Formular(UUID id, @Nullable UUID dokument, String titel, boolean erneuern, List<Zeile> zeilen) {}

    private final Laufwege laufwege;
    private final Geschaeftsgang gang;
    private final Empfaengerkreis kreis;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;
    private final Empfaengersuche suche;
    private final TransactionTemplate transaktion;

    Laufwegseiten(
            Laufwege laufwege,
            Geschaeftsgang gang,
            Empfaengerkreis kreis,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Berechtigungen berechtigungen,
            Empfaengersuche suche,
            TransactionTemplate transaktion) {
        this.laufwege = laufwege;
        this.gang = gang;
        this.kreis = kreis;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
        this.suche = suche;
        this.transaktion = transaktion;
    }

    @GetMapping("/vorgaenge/{id}/laufwege/neu")
    String neu(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID dokument,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var zeilen = new ArrayList<Zeile>();
        for (int i = 0; i < ZEILEN; i++) {
            zeilen.add(Zeile.leer());
        }
        return zeige(id, new Formular(Kennung.neu(), dokument, "", false, zeilen), List.of(), List.of(), seite, wer);
    }

    private String zeige(
            UUID id, Formular formular, List<String> fehler, List<String> vorschau, Model seite, Anmeldung wer) {
        return transaktion.execute(t -> {
            var vorgang = vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            seite.addAttribute("vorgang", vorgang);
            seite.addAttribute(
                    "dokument",
                    formular.dokument == null
                            ? null
                            : dokumente.finde(sicht, formular.dokument).orElse(null));
            seite.addAttribute("formular", formular);
            seite.addAttribute("fehler", fehler);
            seite.addAttribute("vorschau", vorschau);
            return "geschaeftsgang/neu";
        });
    }

    /** The buttons of the form: one line more, a look at who would get it, and off it goes. */
    @PostMapping("/vorgaenge/{id}/laufwege")
    String beginne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String tun,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        // Who may not see it is told so before anything that was typed is looked at.
        vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var formular = formular(anfrage);
        if (tun.equals("mehr")) {
            var zeilen = new ArrayList<>(formular.zeilen);
            if (zeilen.size() < Startpruefung.HOECHSTENS) {
                zeilen.add(Zeile.leer());
            }
            return zeige(
                    id,
                    new Formular(formular.id, formular.dokument, formular.titel, formular.erneuern, zeilen),
                    List.of(),
                    List.of(),
                    seite,
                    wer);
        }
        var fehler = new ArrayList<String>();
        var entwurf = entwurf(id, formular, fehler);
        if (fehler.isEmpty()) {
            fehler.addAll(laufwege.einwaende(entwurf));
        }
        if (tun.equals("pruefen") && fehler.isEmpty()) {
            return zeige(id, formular, fehler, vorschau(entwurf), seite, wer);
        }
        if (fehler.isEmpty()) {
            try {
                laufwege.beginne(wer, entwurf);
                return "redirect:/vorgaenge/" + id + (formular.dokument == null ? "" : "?dokument=" + formular.dokument)
                        + "#laufweg";
            } catch (Abgelehnt e) {
                fehler.add(String.valueOf(e.getMessage()));
            }
        }
        antwort.setStatus(422);
        return zeige(id, formular, fehler, List.of(), seite, wer);
    }

    /** Who would get it today, station by station. */
    private List<String> vorschau(Laufwegentwurf entwurf) {
        var empfaenger = entwurf.stationen().stream()
                .map(Laufwegentwurf.Station::empfaenger)
                .toList();
        var kandidaten = kreis.heute(empfaenger, entwurf.vorgang());
        var namen = kreis.namen(empfaenger);
        var zeilen = new ArrayList<String>();
        for (var station : entwurf.stationen()) {
            var wer = kandidaten.getOrDefault(station.empfaenger(), List.of());
            var leute = wer.stream()
                    .limit(5)
                    .map(k -> k.name()
                            + (k.fuer() != null ? " (in Vertretung)" : k.abwesend() ? " (heute abwesend)" : ""))
                    .toList();
            zeilen.add("%d. %s: %s – heute bekäme es %s%s"
                    .formatted(
                            zeilen.size() + 1,
                            station.art().wort(),
                            namen.getOrDefault(station.empfaenger(), ""),
                            String.join(", ", leute),
                            wer.size() > 5 ? " und %d weitere".formatted(wer.size() - 5) : ""));
        }
        return zeilen;
    }

    private Formular formular(HttpServletRequest anfrage) {
        var zeilen = new ArrayList<Zeile>();
        int zahl = Math.min(zahl(anfrage.getParameter("zeilen")), Startpruefung.HOECHSTENS);
        for (int i = 1; i <= zahl; i++) {
            zeilen.add(new Zeile(
                    text(anfrage, "art", i),
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

    private Laufwegentwurf entwurf(UUID vorgang, Formular formular, List<String> fehler) {
        var stationen = new ArrayList<Laufwegentwurf.Station>();
        var ids = formular.zeilen.stream().map(z -> Kennung.neu()).toList();
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
            var empfaenger = suche.gemeint(zeile.anId.isBlank() ? zeile.an : zeile.anId);
            var art = Stationsart.waehlbare().stream()
                    .filter(a -> a.kennung().equals(zeile.art))
                    .findFirst();
            if (empfaenger.isEmpty()) {
                fehler.add(
                        ort + "„" + zeile.an
                                + "“ ist niemand oder nicht eindeutig. Bitte wählen Sie einen Vorschlag aus oder schreiben Sie Vor- und Nachnamen.");
                continue;
            }
            if (art.isEmpty()) {
                fehler.add(ort + "Bitte wählen Sie, was zu tun ist.");
                continue;
            }
            stationen.add(new Laufwegentwurf.Station(
                    ids.get(i),
                    block,
                    zweig,
                    platz,
                    art.get(),
                    new Empfaenger(empfaenger.get().art(), empfaenger.get().id()),
                    zeile.auftrag.length() > 2000 ? zeile.auftrag.substring(0, 2000) : zeile.auftrag,
                    zeile.tage.isBlank() ? null : tage(zeile.tage, ort, fehler),
                    zeile.tag.isBlank() ? null : tag(zeile.tag, ort, fehler),
                    zeile.persoenlich,
                    paar(zeile.vierAugen, ids, ort, fehler),
                    zeile.verlangt.matches("dokument|absender|schreiben_vom") ? zeile.verlangt : null,
                    zeile.verlangtWert.isBlank()
                            ? null
                            : zeile.verlangtWert.substring(0, Math.min(60, zeile.verlangtWert.length()))));
            if (zeile.verlangt.equals("dokument") && zeile.verlangtWert.isBlank()) {
                fehler.add(ort + "Bitte schreiben Sie dazu, welche Art Dokument vorliegen muss.");
            }
        }
        var titel = formular.titel.isBlank()
                ? stationen.isEmpty() ? "Laufweg" : stationen.getLast().art().wort()
                : formular.titel;
        return new Laufwegentwurf(
                formular.id,
                vorgang,
                formular.dokument,
                titel.length() > 200 ? titel.substring(0, 200) : titel,
                formular.erneuern,
                stationen);
    }

    private static @Nullable UUID paar(String zeile, List<UUID> ids, String ort, List<String> fehler) {
        if (zeile.isBlank()) {
            return null;
        }
        int nummer = zahl(zeile);
        if (nummer < 1 || nummer > ids.size()) {
            fehler.add(ort + "Für das Vier-Augen-Prinzip fehlt die andere Zeile.");
            return null;
        }
        return ids.get(nummer - 1);
    }

    private static @Nullable Integer tage(String text, String ort, List<String> fehler) {
        int tage = zahl(text);
        if (tage < 1 || tage > 3650 || !text.strip().matches("[0-9]{1,4}")) {
            fehler.add(ort + "Die Frist muss eine Zahl von Arbeitstagen sein (1 bis 3.650).");
            return null;
        }
        return tage;
    }

    private static @Nullable LocalDate tag(String text, String ort, List<String> fehler) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException keiner) {
            fehler.add(ort + "„" + text + "“ ist kein Tag. Bitte so: 2026-12-24.");
            return null;
        }
    }

    private static int zahl(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException keine) {
            return 0;
        }
    }

    private static java.util.Optional<UUID> kennung(@Nullable String text) {
        try {
            return text == null || text.isBlank()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException keine) {
            return java.util.Optional.empty();
        }
    }

    private static String text(HttpServletRequest anfrage, String name, int zeile) {
        return text(anfrage.getParameter(name + "-" + zeile));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** A Wiedervorlage to oneself: a Laufweg of one station. */
    @PostMapping("/vorgaenge/{id}/wiedervorlagen")
    String legeWiederVor(
            @PathVariable UUID id,
            @RequestParam UUID neu,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var fehler = new ArrayList<String>();
        var am = tag(tag, "", fehler);
        var warum = text(grund);
        if (warum.isEmpty()) {
            fehler.add("Bitte schreiben Sie, weswegen der Vorgang wieder vorgelegt werden soll.");
        }
        if (fehler.isEmpty() && am != null) {
            var station = new Laufwegentwurf.Station(
                    Kennung.neu(),
                    1,
                    1,
                    1,
                    Stationsart.WIEDERVORLAGE,
                    new Empfaenger("person", wer.person()),
                    warum.length() > 2000 ? warum.substring(0, 2000) : warum,
                    null,
                    am,
                    false,
                    null,
                    null,
                    null);
            laufwege.beginne(
                    wer,
                    new Laufwegentwurf(
                            neu, id, null, "Wiedervorlage am " + Anzeige.datum(am), false, List.of(station)));
            return "redirect:/vorgaenge/" + id + "#laufweg";
        }
        throw Abgelehnt.eingabe(String.join(" ", fehler));
    }

    @PostMapping("/stationen/{id}/ergaenzung")
    String fuegeEin(
            @PathVariable UUID id,
            @RequestParam UUID neu,
            @RequestParam(defaultValue = "") String art,
            @RequestParam(defaultValue = "") String an,
            @RequestParam(defaultValue = "") String anId,
            @RequestParam(defaultValue = "") String auftrag,
            @RequestParam(defaultValue = "danach") String lage,
            @AuthenticationPrincipal Anmeldung wer) {
        var vorgang = gang.vorgangVon(wer, id);
        var was = Stationsart.waehlbare().stream()
                .filter(a -> a.kennung().equals(art))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie, was zu tun ist."));
        var ziel = suche.gemeint(anId.isBlank() ? an : anId)
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„" + text(an)
                                        + "“ ist niemand oder nicht eindeutig. Bitte schreiben Sie Vor- und Nachnamen. Es wurde nichts eingefügt."));
        var auftragstext = text(auftrag);
        gang.fuegeEin(
                wer,
                id,
                lage.equals("daneben"),
                new Laufwegentwurf.Station(
                        neu,
                        1,
                        1,
                        1,
                        was,
                        new Empfaenger(ziel.art(), ziel.id()),
                        auftragstext.length() > 2000 ? auftragstext.substring(0, 2000) : auftragstext,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null));
        return "redirect:/vorgaenge/" + vorgang + "#laufweg";
    }

    @PostMapping("/stationen/{id}/auslassung")
    String ueberspringe(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Anmeldung wer) {
        var vorgang = gang.vorgangVon(wer, id);
        gang.ueberspringe(wer, id, grund);
        return "redirect:/vorgaenge/" + vorgang + "#laufweg";
    }

    @PostMapping("/laufwege/{id}/rueckruf")
    String holeZurueck(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Anmeldung wer) {
        return "redirect:/vorgaenge/" + gang.holeZurueck(wer, id, grund) + "#laufweg";
    }
}
