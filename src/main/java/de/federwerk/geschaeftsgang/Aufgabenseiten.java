package de.federwerk.geschaeftsgang;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Vorschauen;
import de.federwerk.geschaeftsgang.Aufgaben.Aufgabe;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Aufgaben.Reihenfolge;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegansicht.Halt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaengersuche;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Aufgaben: the whole list of a group, one of them with what can be done, and the doing. */
@Controller
public class Aufgabenseiten {

    private static final int JE_SEITE = 50;
    /** Ticked at once. */
    private static final int AUF_EINMAL = 100;

    private static final String WEITERGEBEN = "weitergeben";

    /** A task and what its holder can do with it. @param fruehere where it can be given back to */
    public record Handlung(Aufgabe aufgabe, List<Halt> fruehere, boolean nehmbar, boolean genommenVonMir) {}

    private final Aufgaben aufgaben;
    private final Geschaeftsgang gang;
    private final Laufwegansicht ansicht;
    private final Berechtigungen berechtigungen;
    private final Vorschauen vorschauen;
    private final Empfaengersuche empfaenger;
    private final TransactionTemplate transaktion;

    Aufgabenseiten(
            Aufgaben aufgaben,
            Geschaeftsgang gang,
            Laufwegansicht ansicht,
            Berechtigungen berechtigungen,
            Vorschauen vorschauen,
            Empfaengersuche empfaenger,
            TransactionTemplate transaktion) {
        this.aufgaben = aufgaben;
        this.gang = gang;
        this.ansicht = ansicht;
        this.berechtigungen = berechtigungen;
        this.vorschauen = vorschauen;
        this.empfaenger = empfaenger;
        this.transaktion = transaktion;
    }

    /** What this person can do with a task of his. */
    @Transactional(readOnly = true)
    public Handlung handlung(Anmeldung wer, Aufgabe aufgabe) {
        var weg = ansicht.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), aufgabe.laufwegId());
        return new Handlung(
                aufgabe,
                weg.map(w -> ansicht.fruehere(w, aufgabe.id())).orElse(List.of()),
                aufgabe.empfaengerArt().equals("einheit"),
                wer.name().equals(aufgabe.genommen()));
    }

    /** @param getan how many were just done at once, by {@code tat} */
    @GetMapping("/aufgaben")
    String liste(
            @RequestParam(defaultValue = "mir") String gruppe,
            @RequestParam(defaultValue = "") String art,
            @RequestParam(defaultValue = "FRIST") Reihenfolge sortiert,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "0") int getan,
            @RequestParam(defaultValue = "") String tat,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        if (gruppe.equals("unterwegs")) {
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            seite.addAttribute("unterwegs", aufgaben.unterwegs(sicht, Aufgaben.UNTERWEGS.lies(ab), JE_SEITE));
            seite.addAttribute("gesamt", aufgaben.anzahlUnterwegs(sicht));
            seite.addAttribute("anzahlen", aufgaben.anzahlen(wer.person()));
            return "geschaeftsgang/unterwegs";
        }
        var welche = Arrays.stream(Gruppe.values())
                .filter(g -> g.kennung().equals(gruppe))
                .findFirst()
                .orElse(Gruppe.MIR);
        var nur = Stationsart.waehlbare().stream()
                .filter(a -> a.kennung().equals(art))
                .findFirst()
                .orElse(null);
        seite.addAttribute("getan", getan);
        seite.addAttribute("weitergegeben", tat.equals(WEITERGEBEN));
        seite.addAttribute("gruppe", welche);
        seite.addAttribute("art", nur == null ? "" : nur.kennung());
        seite.addAttribute("sortiert", sortiert);
        seite.addAttribute(
                "aufgaben",
                aufgaben.seite(
                        wer.person(), welche, nur, sortiert, sortiert.ordnung().lies(ab), JE_SEITE));
        seite.addAttribute("anzahlen", aufgaben.anzahlen(wer.person()));
        return "geschaeftsgang/aufgaben";
    }

    @GetMapping("/aufgaben/{id}")
    String aufgabe(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return zeige(id, seite, wer, "", "");
    }

    private String zeige(UUID id, Model seite, Anmeldung wer, String fehler, String bemerkung) {
        return transaktion.execute(t -> {
            var aufgabe = aufgaben.finde(wer.person(), id).orElseThrow(Zustaendigkeit::unbekannt);
            seite.addAttribute("handlung", handlung(wer, aufgabe));
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            var weg = ansicht.finde(sicht, aufgabe.laufwegId()).orElseThrow(Zustaendigkeit::unbekannt);
            weg.geoeffnet(sicht);
            seite.addAttribute("weg", weg);
            seite.addAttribute(
                    "vorschau",
                    aufgabe.dateiId() == null
                            ? null
                            : vorschauen.zu(aufgabe.dateiId(), "/dokumente/" + aufgabe.dokumentId(), ""));
            seite.addAttribute("fehler", fehler);
            seite.addAttribute("bemerkung", bemerkung);
            return "geschaeftsgang/aufgabe";
        });
    }

    @PostMapping("/aufgaben/{id}/ergebnis")
    String erledige(
            @PathVariable UUID id,
            @RequestParam String ergebnis,
            @RequestParam(defaultValue = "") String bemerkung,
            @RequestParam(defaultValue = "1") int runde,
            @RequestParam(required = false) @Nullable UUID version,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(
                id,
                bemerkung,
                seite,
                wer,
                antwort,
                () -> gang.erledige(wer, id, new Antwort(ergebnis(ergebnis), bemerkung, runde, version)));
    }

    private static Ergebnis ergebnis(String kennung) {
        return Arrays.stream(Ergebnis.values())
                .filter(e -> e.kennung().equals(kennung))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie, wie die Aufgabe endet."));
    }

    @PostMapping("/aufgaben/{id}/rueckgabe")
    String gibZurueck(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID zu,
            @RequestParam(defaultValue = "") String bemerkung,
            @RequestParam(defaultValue = "1") int runde,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, bemerkung, seite, wer, antwort, () -> {
            if (zu == null) {
                throw Abgelehnt.eingabe("Bitte wählen Sie, wohin zurückgegeben werden soll.");
            }
            gang.gibZurueck(wer, id, zu, bemerkung, runde);
        });
    }

    @PostMapping("/aufgaben/{id}/weitergabe")
    String gibWeiter(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String an,
            @RequestParam(defaultValue = "") String anId,
            @RequestParam(defaultValue = "") String bemerkung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, bemerkung, seite, wer, antwort, () -> gang.gibWeiter(wer, id, gemeint(anId, an), bemerkung));
    }

    /** What was chosen, else what was typed. */
    Empfaenger gemeint(String id, String text) {
        return empfaenger
                .gemeint(id.isBlank() ? text : id)
                .map(e -> new Empfaenger(e.art(), e.id()))
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                text.isBlank() && id.isBlank()
                                        ? "Bitte geben Sie an, an wen es gehen soll."
                                        : "„" + (text.isBlank() ? id : text)
                                                + "“ ist niemand oder nicht eindeutig. Bitte wählen Sie einen Vorschlag aus oder schreiben Sie Vor- und Nachnamen."));
    }

    /** @param wer {@code ich}, {@code niemand} or {@code trotzdem}: also if a colleague has it */
    @PostMapping("/aufgaben/{id}/nehmer")
    String nimm(
            @PathVariable UUID id,
            @RequestParam(name = "nehmer", defaultValue = "ich") String nehmer,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            if (nehmer.equals("niemand")) {
                gang.legeZurueck(wer, id);
            } else {
                gang.nimm(wer, id, nehmer.equals("trotzdem"));
            }
            return "redirect:/aufgaben/" + id;
        } catch (Abgelehnt e) {
            return nochmal(id, "", seite, wer, antwort, e);
        }
    }

    private interface Tat {
        void tu();
    }

    /** Then on to what is next; back with the reason, and as it was typed, if it was refused. */
    private String tu(UUID id, String bemerkung, Model seite, Anmeldung wer, HttpServletResponse antwort, Tat tat) {
        var vorher = aufgaben.finde(wer.person(), id);
        try {
            tat.tu();
        } catch (Abgelehnt e) {
            return nochmal(id, bemerkung, seite, wer, antwort, e);
        }
        return vorher.map(a -> "redirect:/postkorb?fertig=" + a.id()).orElse("redirect:/postkorb");
    }

    private String nochmal(
            UUID id, String bemerkung, Model seite, Anmeldung wer, HttpServletResponse antwort, Abgelehnt grund) {
        try {
            var name = zeige(id, seite, wer, String.valueOf(grund.getMessage()), bemerkung);
            antwort.setStatus(grund.art().status());
            return name;
        } catch (NichtGefunden nichtMehrDa) {
            throw grund;
        }
    }

    /** Many at once: read, done, or handed on. What could not be is named, the rest is done. */
    @PostMapping("/aufgaben/stapel")
    String stapel(
            @RequestParam(name = "aufgabe", required = false) @Nullable List<UUID> gewaehlte,
            @RequestParam(defaultValue = "") String tat,
            @RequestParam(defaultValue = "") String an,
            @RequestParam(defaultValue = "") String anId,
            @RequestParam(defaultValue = "mir") String gruppe,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var ids = gewaehlte == null ? List.<UUID>of() : gewaehlte;
        var fehler = new ArrayList<String>();
        int getan = 0;
        try {
            if (ids.isEmpty()) {
                throw Abgelehnt.eingabe("Es ist keine Aufgabe angekreuzt.");
            }
            if (ids.size() > AUF_EINMAL) {
                throw Abgelehnt.eingabe("Auf einmal sind höchstens %d Aufgaben möglich.".formatted(AUF_EINMAL));
            }
            var ziel = tat.equals(WEITERGEBEN) ? gemeint(anId, an) : null;
            for (var id : ids) {
                var aufgabe = aufgaben.finde(wer.person(), id);
                try {
                    if (ziel != null) {
                        gang.gibWeiter(wer, id, ziel, "");
                    } else if (aufgabe.isPresent()) {
                        gang.erledige(wer, id, schlicht(aufgabe.get()));
                    }
                    getan++;
                } catch (Abgelehnt e) {
                    fehler.add(aufgabe.map(Aufgabe::titel).orElse("Aufgabe") + ": " + e.getMessage());
                }
            }
        } catch (Abgelehnt e) {
            fehler.add(String.valueOf(e.getMessage()));
        }
        if (fehler.isEmpty()) {
            return "redirect:/aufgaben?gruppe=" + gruppe.replaceAll("[^a-z]", "") + "&getan=" + getan
                    + (tat.equals(WEITERGEBEN) ? "&tat=" + WEITERGEBEN : "");
        }
        var name = liste(gruppe, "", Reihenfolge.FRIST, null, 0, "", seite, wer);
        seite.addAttribute(
                "fehler",
                (getan > 0 ? "%d von %d sind erledigt. ".formatted(getan, ids.size()) : "")
                        + String.join(" ", fehler.subList(0, Math.min(fehler.size(), 10))));
        antwort.setStatus(422);
        return name;
    }

    /** Only what takes no second look is done for many at once: nobody signs a heap unread. */
    private static Antwort schlicht(Aufgabe aufgabe) {
        var ergebnis = aufgabe.was().ergebnisse().getFirst();
        if (aufgabe.was().zeichnet() || ergebnis.mitBemerkung() || aufgabe.was() == Stationsart.ZDA) {
            throw Abgelehnt.eingabe(
                    "„%s“ geht nur einzeln.".formatted(aufgabe.was().wort()));
        }
        return new Antwort(ergebnis, "", aufgabe.runde(), aufgabe.versionId());
    }
}
