package de.federwerk.aktenplan;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The editor: the plan as a tree, and what is selected in it as a form. For the role ADMINISTRATION. */
@Controller
@FrischAngemeldet
class Planseiten {

    private static final String SEITE = "/verwaltung/aktenplan";

    /** What a form sends. */
    record Formular(
            @Nullable String kennzeichen,
            @Nullable String titel,
            @Nullable String aufbewahrung,
            @Nullable String art,
            @Nullable String beginn,
            @Nullable String unter,
            @Nullable UUID unterId,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate ab) {

        static String oderLeer(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    /** The form with what stands in it. @param jetzt what holds, if somebody else was faster */
    record Blatt(
            Position position,
            String kennzeichen,
            String titel,
            String aufbewahrung,
            String art,
            String beginn,
            String unter,
            String ab,
            List<String> jetzt) {}

    /** Between two requests of one form. */
    private record Misslungen(String text, @Nullable Formular eingabe, boolean ueberholt) {}

    private final Planwerk werk;
    private final Planfassungen fassungen;
    private final Planbearbeitung bearbeitung;
    private final Personen personen;

    Planseiten(Planwerk werk, Planfassungen fassungen, Planbearbeitung bearbeitung, Personen personen) {
        this.werk = werk;
        this.fassungen = fassungen;
        this.bearbeitung = bearbeitung;
        this.personen = personen;
    }

    /** @param unter where the selected position is to be moved, as when it was dropped there: stands in the form, and is sent by hand */
    @GetMapping(SEITE)
    @Transactional(readOnly = true)
    public String zeige(
            @RequestParam(required = false) @Nullable UUID knoten,
            @RequestParam(required = false) @Nullable UUID unter,
            @RequestParam(defaultValue = "") String gut,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var meldung = switch (gut) {
            case "gespeichert" -> "Gespeichert.";
            case "geplant" -> "Geplant. Bis dahin bleibt die Position, wie sie ist.";
            case "beendet" -> "Beendet.";
            case "wieder" -> "Die Position gilt wieder.";
            case "ebenen" -> "Die Zahl der Ebenen ist geändert.";
            default -> "";
        };
        return seite(seite, wer, knoten, unter, meldung, null);
    }

    private String seite(
            Model seite,
            Anmeldung wer,
            @Nullable UUID gewaehlt,
            @Nullable UUID nach,
            String meldung,
            @Nullable Misslungen misslungen) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var bild = werk.bild();
        var akten = werk.akten();
        var position = gewaehlt == null ? null : bild.position(gewaehlt);
        if (gewaehlt != null && position == null) {
            throw new NichtGefunden("Diese Position des Aktenplans gibt es nicht.");
        }
        seite.addAttribute("zweige", Planzweig.zweige(bild, gewaehlt, akten));
        seite.addAttribute(
                "positionen", bild.alle().stream().filter(Position::gilt).count());
        seite.addAttribute("ebenen", werk.kopf().ebenen());
        seite.addAttribute("meldung", meldung);
        seite.addAttribute("fehler", misslungen == null ? "" : misslungen.text);
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("knoten", gewaehlt == null ? null : bild.knoten(gewaehlt));
        if (position == null) {
            return "aktenplan/plan";
        }
        seite.addAttribute("blatt", blatt(bild, position, nach, misslungen));
        seite.addAttribute("vorgemerkt", fassungen.vorgemerkt().getOrDefault(position.id(), ""));
        var darunter = bild.mitUnteren(position.id());
        seite.addAttribute("darunter", Math.max(0, darunter.size() - 1));
        seite.addAttribute("offene", Planworte.offeneAkten(werk.offene(darunter)));
        seite.addAttribute("akten", akten.getOrDefault(position.id(), 0L));
        return "aktenplan/plan";
    }

    private static Blatt blatt(Planbild bild, Position p, @Nullable UUID nach, @Nullable Misslungen misslungen) {
        var f = misslungen == null ? null : misslungen.eingabe;
        var oben = p.ueberId() == null ? null : bild.position(p.ueberId());
        var ziel = nach == null ? null : bild.position(nach);
        var gilt = List.of(
                "Kennzeichen: " + p.kennzeichen(),
                "Titel: " + p.titel(),
                "Aufbewahrung: " + Planworte.aufbewahrung(p.aufbewahrung()),
                "Aussonderung: " + Planworte.art(p.aussonderungsart()),
                "Fristbeginn: " + Planworte.beginn(p.fristbeginn()),
                "Ort: " + bild.ort(p.ueberId()));
        return new Blatt(
                p,
                f == null ? p.kennzeichen() : Formular.oderLeer(f.kennzeichen),
                f == null ? p.titel() : Formular.oderLeer(f.titel),
                f == null ? Planausgabe.aufbewahrung(p) : Formular.oderLeer(f.aufbewahrung),
                f == null ? Formular.oderLeer(p.aussonderungsart()) : Formular.oderLeer(f.art),
                f == null ? Formular.oderLeer(p.fristbeginn()) : Formular.oderLeer(f.beginn),
                ziel != null
                        ? ziel.anzeige()
                        : f == null ? oben == null ? "" : oben.anzeige() : Formular.oderLeer(f.unter),
                f == null || f.ab == null ? "" : f.ab.toString(),
                misslungen != null && misslungen.ueberholt ? gilt : List.of());
    }

    // ---- acts

    /** @param ueber the position below which it is made; null on top */
    @PostMapping(SEITE + "/positionen")
    String legeAn(
            @RequestParam UUID id,
            @RequestParam(required = false) @Nullable UUID ueber,
            @ModelAttribute Formular eingabe,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            bearbeitung.legeAn(wer, id, eingabe(eingabe, ueber));
            return "redirect:" + SEITE
                    + (geplant(eingabe)
                            ? "?gut=geplant" + (ueber == null ? "" : "&knoten=" + ueber)
                            : "?gut=gespeichert&knoten=" + id);
        } catch (Abgelehnt e) {
            seite.addAttribute("neu", eingabe);
            return misslungen(e, ueber, null, seite, wer, antwort);
        }
    }

    @PostMapping(SEITE + "/positionen/{id}")
    String aendere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(defaultValue = "false") boolean rechte,
            @ModelAttribute Formular eingabe,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            bearbeitung.aendere(wer, id, fassung, eingabe(eingabe, ort(eingabe)), rechte);
            return "redirect:" + SEITE + "?gut=" + (geplant(eingabe) ? "geplant" : "gespeichert") + "&knoten=" + id;
        } catch (Abgelehnt e) {
            return misslungen(e, id, eingabe, seite, wer, antwort);
        }
    }

    @PostMapping(SEITE + "/positionen/{id}/ende")
    String beende(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate ab,
            @RequestParam(defaultValue = "false") boolean gesehen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            bearbeitung.beende(wer, id, fassung, ab, gesehen);
            return "redirect:" + SEITE + "?gut="
                    + (ab != null && ab.isAfter(LocalDate.now(Anzeige.ZONE)) ? "geplant" : "beendet")
                    + "&knoten=" + id;
        } catch (Abgelehnt e) {
            return misslungen(e, id, null, seite, wer, antwort);
        }
    }

    @PostMapping(SEITE + "/positionen/{id}/wiederaufnahme")
    String nimmWiederAuf(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        try {
            bearbeitung.nimmWiederAuf(wer, id);
            return "redirect:" + SEITE + "?gut=wieder&knoten=" + id;
        } catch (Abgelehnt e) {
            return misslungen(e, id, null, seite, wer, antwort);
        }
    }

    @PostMapping(SEITE + "/positionen/{id}/rang")
    String ruecke(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int richtung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            bearbeitung.ruecke(wer, id, richtung);
            return "redirect:" + SEITE + "?knoten=" + id;
        } catch (Abgelehnt e) {
            return misslungen(e, id, null, seite, wer, antwort);
        }
    }

    @PostMapping(SEITE + "/ebenen")
    String begrenze(
            @RequestParam(defaultValue = "0") int ebenen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            bearbeitung.begrenze(wer, ebenen);
            return "redirect:" + SEITE + "?gut=ebenen";
        } catch (Abgelehnt e) {
            return misslungen(e, null, null, seite, wer, antwort);
        }
    }

    private String misslungen(
            Abgelehnt e,
            @Nullable UUID id,
            @Nullable Formular eingabe,
            Model seite,
            Anmeldung wer,
            HttpServletResponse antwort) {
        antwort.setStatus(e.art().status());
        return seite(
                seite,
                wer,
                id,
                null,
                "",
                new Misslungen(String.valueOf(e.getMessage()), eingabe, e instanceof Planbearbeitung.Ueberholt));
    }

    private static boolean geplant(Formular eingabe) {
        return eingabe.ab != null && eingabe.ab.isAfter(LocalDate.now(Anzeige.ZONE));
    }

    private static Planbearbeitung.Eingabe eingabe(Formular f, @Nullable UUID ueber) {
        return new Planbearbeitung.Eingabe(
                Formular.oderLeer(f.kennzeichen),
                Formular.oderLeer(f.titel),
                Formular.oderLeer(f.aufbewahrung),
                Formular.oderLeer(f.art),
                Formular.oderLeer(f.beginn),
                ueber,
                f.ab);
    }

    /** What was chosen from the list, or what was typed if it is exactly one; empty is on top. */
    private @Nullable UUID ort(Formular f) {
        var getippt = Formular.oderLeer(f.unter).strip();
        if (getippt.isEmpty()) {
            return null;
        }
        var bild = werk.bild();
        var gewaehlt = f.unterId == null ? null : bild.position(f.unterId);
        if (gewaehlt != null && gewaehlt.anzeige().equals(getippt)) {
            return gewaehlt.id();
        }
        return bild.alle().stream()
                .filter(p -> p.gilt()
                        && (p.kennzeichen().equals(getippt) || p.anzeige().equalsIgnoreCase(getippt)))
                .findFirst()
                .map(Position::id)
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„" + Planworte.gekuerzt(getippt)
                                        + "“ ist keine Position des Aktenplans. Bitte tippen Sie das Kennzeichen der Position, unter der sie liegen soll; leer heißt ganz oben."));
    }
}
