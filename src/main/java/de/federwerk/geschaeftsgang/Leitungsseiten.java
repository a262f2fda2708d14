package de.federwerk.geschaeftsgang;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.geschaeftsgang.Auslastung.Zeile;
import de.federwerk.geschaeftsgang.Durchlaufzeiten.Zeitraum;
import de.federwerk.geschaeftsgang.Umverteilung.Auftrag;
import de.federwerk.gesicht.Insel;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Vertretungen;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For heads: what lies with whom, as a table, a list and a board; giving it to others; how long it takes. Empty for everybody else. */
@Controller
class Leitungsseiten {

    private static final int JE_SEITE = 50;
    /** Columns of the board: two rows of four on a usual screen. */
    private static final int SPALTEN = 8;

    private static final int KARTEN = 10;
    /** Of the page of a board, where nothing is typed. */
    private static final String TAFEL = "tafel";

    private final Auslastung auslastung;
    private final Durchlaufzeiten zeiten;
    private final Umverteilung umverteilung;
    private final Geschaeftsgang gang;
    private final Aufgabenseiten aufgabenseiten;
    private final Vertretungen vertretungen;

    Leitungsseiten(
            Auslastung auslastung,
            Durchlaufzeiten zeiten,
            Umverteilung umverteilung,
            Geschaeftsgang gang,
            Aufgabenseiten aufgabenseiten,
            Vertretungen vertretungen) {
        this.auslastung = auslastung;
        this.zeiten = zeiten;
        this.umverteilung = umverteilung;
        this.gang = gang;
        this.aufgabenseiten = aufgabenseiten;
        this.vertretungen = vertretungen;
    }

    @GetMapping("/leitung")
    String uebersicht(
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var einheiten = kopf(seite, wer, einheit);
        var zeilen = auslastung.zeilen(wer.person(), einheiten, Auslastung.NACH_NAMEN.lies(ab), JE_SEITE);
        seite.addAttribute("zeilen", zeilen);
        seite.addAttribute("summe", auslastung.summe(wer.person(), einheiten));
        zeigeAbwesende(seite, zeilen.zeilen());
        return "geschaeftsgang/leitung";
    }

    /** @return the units that are looked at */
    private List<UUID> kopf(Model seite, Anmeldung wer, @Nullable UUID einheit) {
        seite.addAttribute("geleitete", auslastung.geleitete(wer.person()));
        seite.addAttribute("einheit", einheit == null ? "" : einheit.toString());
        return auslastung.einheiten(wer.person(), einheit);
    }

    private void zeigeAbwesende(Model seite, List<Zeile> zeilen) {
        seite.addAttribute(
                "abwesende",
                vertretungen.abwesende(zeilen.stream()
                        .filter(z -> z.art().equals("person"))
                        .map(Zeile::id)
                        .toList()));
    }

    /** @param bei only what lies with this recipient */
    @GetMapping("/leitung/aufgaben")
    String aufgaben(
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(required = false) @Nullable UUID bei,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "0") int getan,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var einheiten = kopf(seite, wer, einheit);
        var aufgaben =
                auslastung.aufgaben(wer.person(), einheiten, bei, Auslastung.DRINGENDES_ZUERST.lies(ab), JE_SEITE);
        seite.addAttribute("aufgaben", aufgaben);
        seite.addAttribute("gesamt", auslastung.anzahl(wer.person(), einheiten, bei));
        seite.addAttribute("bei", bei == null ? "" : bei.toString());
        seite.addAttribute(
                "beiName",
                bei == null || aufgaben.zeilen().isEmpty()
                        ? ""
                        : aufgaben.zeilen().getFirst().bei());
        seite.addAttribute("getan", getan);
        return "geschaeftsgang/leitungaufgaben";
    }

    /**
     * A column for each person, Stelle and unit: what a head does here is to move a card to somebody else, and nobody can move one to another
     * deadline. How urgent it is stands on the card, the most urgent on top. Whoever has nothing to do has a column, too.
     */
    @GetMapping("/leitung/tafel")
    String tafel(
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "0") int getan,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var einheiten = kopf(seite, wer, einheit);
        var stelle = Auslastung.NACH_NAMEN.lies(ab);
        var spalten = auslastung.zeilen(wer.person(), einheiten, stelle, SPALTEN);
        seite.addAttribute("spalten", spalten);
        seite.addAttribute("ab", stelle.text());
        seite.addAttribute("karten", auslastung.jeEmpfaenger(wer.person(), einheiten, spalten.zeilen(), KARTEN));
        zeigeAbwesende(seite, spalten.zeilen());
        seite.addAttribute("getan", getan);
        return "geschaeftsgang/tafel";
    }

    @GetMapping("/leitung/zeiten")
    String zeiten(
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(defaultValue = "QUARTAL") Zeitraum zeitraum,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var gruppen = zeiten.gruppen(wer.person(), kopf(seite, wer, einheit), zeitraum);
        seite.addAttribute(
                "gruppen", gruppen.stream().limit(Durchlaufzeiten.HOECHSTENS).toList());
        seite.addAttribute("mehr", gruppen.size() > Durchlaufzeiten.HOECHSTENS);
        seite.addAttribute("zeitraum", zeitraum);
        return "geschaeftsgang/zeiten";
    }

    /**
     * From the list with a reason, from the board as it is.
     *
     * @param gewaehlte id and where it was seen, as {@link Auslastung.Aufgabe#auftrag}
     * @param alle instead of those: everything that lies with {@code bei}, the most urgent first
     * @param von the page it comes from
     */
    @PostMapping("/leitung/umverteilungen")
    Object verteile(
            @RequestParam(name = "aufgabe", required = false) @Nullable List<String> gewaehlte,
            @RequestParam(defaultValue = "false") boolean alle,
            @RequestParam(required = false) @Nullable UUID bei,
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String an,
            @RequestParam(defaultValue = "") String anId,
            @RequestParam(defaultValue = "") String grund,
            @RequestParam(defaultValue = "") String von,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        var auftraege = alle && bei != null
                ? alle(wer, einheit, bei)
                : (gewaehlte == null ? List.<String>of() : gewaehlte)
                        .stream()
                                .map(Auftrag::lies)
                                .flatMap(Optional::stream)
                                .distinct()
                                .toList();
        if (Insel.fragt(anfrage)) {
            var eine = auftraege.stream().findFirst().orElseThrow(Zustaendigkeit::unbekannt);
            gang.verteileUm(wer, eine.id(), eine.von(), aufgabenseiten.gemeint(anId, an), grund);
            return ResponseEntity.noContent().build();
        }
        String fehler;
        try {
            if (!von.equals(TAFEL) && grund.isBlank()) {
                throw Abgelehnt.eingabe(
                        "Bitte schreiben Sie dazu, warum; es steht dann im Protokoll. Es wurde noch nichts geändert.");
            }
            var bericht = umverteilung.verteile(wer, auftraege, aufgabenseiten.gemeint(anId, an), grund);
            if (bericht.ganz()) {
                return "redirect:/leitung/" + (von.equals(TAFEL) ? TAFEL : "aufgaben") + "?getan=" + bericht.getan()
                        + (einheit == null ? "" : "&einheit=" + einheit)
                        + (bei == null ? "" : "&bei=" + bei)
                        + (von.equals(TAFEL)
                                ? "&ab=" + Auslastung.NACH_NAMEN.lies(ab).text()
                                : "");
            }
            fehler = bericht.inWorten();
        } catch (Abgelehnt e) {
            fehler = String.valueOf(e.getMessage());
        }
        var name = von.equals(TAFEL) ? tafel(einheit, ab, 0, seite, wer) : aufgaben(einheit, bei, null, 0, seite, wer);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("grund", grund);
        seite.addAttribute("an", an);
        antwort.setStatus(422);
        return name;
    }

    private List<Auftrag> alle(Anmeldung wer, @Nullable UUID einheit, UUID bei) {
        return auslastung
                .aufgaben(
                        wer.person(),
                        auslastung.einheiten(wer.person(), einheit),
                        bei,
                        Auslastung.DRINGENDES_ZUERST.lies(null),
                        Umverteilung.HOECHSTENS)
                .zeilen()
                .stream()
                .map(Auslastung.Aufgabe::auftrag)
                .map(Auftrag::lies)
                .flatMap(Optional::stream)
                .toList();
    }
}
