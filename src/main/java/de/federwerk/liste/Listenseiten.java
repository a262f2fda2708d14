package de.federwerk.liste;

import de.federwerk.akte.Einschraenkungen;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.gesicht.Blaettern;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.sammellauf.Sammellaeufe;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a list. Its forms send what was typed; what they mean stands in one address each, to be kept and passed on. */
@Controller
class Listenseiten {

    private static final int JE_SEITE = 50;
    /** Named before something is done to many. */
    private static final int ERSTE = 10;

    /** A column as the page shows it. @param sortiert its order; null if the list cannot be ordered by it @param hier whether it is */
    record Kopf(Spalte spalte, @Nullable String sortiert, boolean hier, boolean absteigend) {}

    /** For the form of columns. */
    record Spaltenwahl(Spalte spalte, boolean gewaehlt, boolean erste, boolean letzte) {}

    private final Listen listen;
    private final Listenworte worte;
    private final Ansichten ansichten;
    private final Ansichtenrechte rechte;
    private final Aktenarten arten;
    private final Einheiten einheiten;
    private final Einschraenkungen einschraenkungen;
    private final Sammellaeufe sammellaeufe;
    private final Listensprung sprung;

    Listenseiten(
            Listen listen,
            Listenworte worte,
            Ansichten ansichten,
            Ansichtenrechte rechte,
            Aktenarten arten,
            Einheiten einheiten,
            Einschraenkungen einschraenkungen,
            Sammellaeufe sammellaeufe,
            Listensprung sprung) {
        this.listen = listen;
        this.worte = worte;
        this.ansichten = ansichten;
        this.rechte = rechte;
        this.arten = arten;
        this.einheiten = einheiten;
        this.einschraenkungen = einschraenkungen;
        this.sammellaeufe = sammellaeufe;
        this.sprung = sprung;
    }

    @GetMapping("/listen")
    String alle() {
        return "redirect:" + Listenart.AKTEN.adresse();
    }

    @GetMapping("/listen/akten")
    @Transactional(readOnly = true)
    public String akten(
            @RequestParam MultiValueMap<String, String> felder, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return liste(Listenart.AKTEN, felder, seite, wer);
    }

    @GetMapping("/listen/vorgaenge")
    @Transactional(readOnly = true)
    public String vorgaenge(
            @RequestParam MultiValueMap<String, String> felder, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return liste(Listenart.VORGAENGE, felder, seite, wer);
    }

    @GetMapping("/listen/dokumente")
    @Transactional(readOnly = true)
    public String dokumente(
            @RequestParam MultiValueMap<String, String> felder, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return liste(Listenart.DOKUMENTE, felder, seite, wer);
    }

    private String liste(Listenart liste, MultiValueMap<String, String> felder, Model seite, Anmeldung wer) {
        if (felder.isEmpty()) {
            var start = ansichten.start(wer, liste);
            if (start.isPresent()) {
                return "redirect:" + start.get().adresse();
            }
        }
        var frage = Listenfrage.aus(liste, felder);
        if (felder.containsKey("spaltenwahl")) {
            return "redirect:" + umgestellt(frage, felder).adresse() + "&offen=spalten#spalten";
        }
        var fehler = "";
        if (felder.containsKey("eingrenzen")) {
            try {
                return "redirect:" + gemeint(wer, frage, felder).adresse();
            } catch (Abgelehnt e) {
                fehler = String.valueOf(e.getMessage());
            }
        }
        return zeige(frage, felder, fehler, seite, wer);
    }

    /** @throws Abgelehnt (EINGABE) if something that was typed means nothing */
    private Listenfrage gemeint(Anmeldung wer, Listenfrage frage, MultiValueMap<String, String> felder) {
        for (var e : Eingrenzung.fuer(frage.art())) {
            var getippt = Objects.requireNonNullElse(felder.getFirst(e.feld()), "");
            if (e.istTag() && !getippt.isBlank() && frage.wert(e).isEmpty()) {
                throw Abgelehnt.eingabe("„" + getippt + "“ ist kein Tag. Bitte schreiben Sie ihn wie 12.10.2026.");
            }
        }
        // Whoever chose another Aktenart has still sent what was typed for the one before.
        return worte.gemeint(
                wer, listen.ohneFremdeFelder(frage), felder.getFirst("position_wort"), felder.getFirst("person_wort"));
    }

    private static Listenfrage umgestellt(Listenfrage frage, MultiValueMap<String, String> felder) {
        var gewaehlte = String.join(",", felder.getOrDefault("spalte", List.of()));
        var genannte = new LinkedMultiValueMap<String, String>();
        genannte.add(Listenfrage.SPALTEN, gewaehlte);
        var neu = Listenfrage.aus(frage.art(), genannte).spalten();
        var mit = frage.mitSpalten(neu);
        var hinauf = felder.getFirst("hinauf");
        var hinab = felder.getFirst("hinab");
        return hinauf != null ? mit.verschoben(hinauf, -1) : hinab != null ? mit.verschoben(hinab, 1) : mit;
    }

    private String zeige(
            Listenfrage gefragt, MultiValueMap<String, String> felder, String fehler, Model seite, Anmeldung wer) {
        var frage = listen.ohneFremdeFelder(gefragt);
        var zu = Objects.requireNonNullElse(felder.getFirst("zu"), "");
        var stelle = zu.isBlank() ? frage.ordnung().lies(felder.getFirst("ab")) : sprung.zu(frage, zu);
        return zeige(frage, felder, fehler, listen.blatt(wer.person(), frage, stelle, JE_SEITE), zu, seite, wer);
    }

    private String zeige(
            Listenfrage frage,
            MultiValueMap<String, String> felder,
            String fehler,
            Listen.Blatt blatt,
            String zu,
            Model seite,
            Anmeldung wer) {
        var aktenfelder = listen.felder(frage);
        var baum = einheiten.baum();
        var meine = ansichten.von(wer, frage.art());
        seite.addAttribute("frage", frage);
        seite.addAttribute("liste", blatt.seite());
        seite.addAttribute(
                "eingeschraenkt",
                einschraenkungen.unter(
                        blatt.seite().zeilen().stream().map(Listen.Zeile::id).toList()));
        seite.addAttribute("gesamt", blatt.gesamt());
        seite.addAttribute("blaettern", Blaettern.in(blatt.seite(), frage.adresse()));
        seite.addAttribute("zu", zu);
        seite.addAttribute("spalten", Spaltenbild.koepfe(frage, aktenfelder));
        seite.addAttribute("spaltenwahl", Spaltenbild.wahl(frage, aktenfelder));
        seite.addAttribute(
                "offen",
                felder.containsKey("eingrenzen")
                        ? "grenzen"
                        : Objects.requireNonNullElse(felder.getFirst("offen"), ""));
        seite.addAttribute("felder", aktenfelder);
        seite.addAttribute("getippt", felder.toSingleValueMap());
        seite.addAttribute("chips", worte.chips(wer, frage));
        seite.addAttribute(
                "position",
                getippt(
                        felder,
                        "position_wort",
                        worte.wort(wer, Eingrenzung.POSITION, frage.wert(Eingrenzung.POSITION))));
        seite.addAttribute(
                "person",
                getippt(felder, "person_wort", worte.wort(wer, Eingrenzung.PERSON, frage.wert(Eingrenzung.PERSON))));
        seite.addAttribute("einheiten", baum);
        seite.addAttribute("arten", arten.wahl());
        seite.addAttribute("ansichten", meine);
        seite.addAttribute(
                "ansicht",
                meine.stream()
                        .filter(a -> a.id().equals(frage.ansicht()))
                        .findFirst()
                        .orElse(null));
        seite.addAttribute("fuerWelche", rechte.fuerWelche(wer, baum));
        seite.addAttribute("taten", sammellaeufe.moegliche(wer, frage.art().gegenstand()));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("zuLange", blatt.zuLange());
        seite.addAttribute("fehler", blatt.zuLange() && fehler.isEmpty() ? Listengeduld.WORT : fehler);
        return "liste/liste";
    }

    private static String getippt(MultiValueMap<String, String> felder, String name, String sonst) {
        return Objects.requireNonNullElse(felder.getFirst(name), sonst);
    }

    /**
     * What shall be done to what was chosen. Changes nothing; a POST because of the many ids, which from here on are the ones that were meant,
     * whatever comes into the list meanwhile.
     *
     * @param umfang {@code markierte}, {@code seite}, {@code alle}
     * @param id the marked ones @param seite all of the page
     */
    @PostMapping("/listen/auswahl")
    @Transactional(readOnly = true)
    public String auswahl(
            @RequestParam(defaultValue = "akten") String art,
            @RequestParam(defaultValue = "") String frage,
            @RequestParam(defaultValue = "markierte") String umfang,
            @RequestParam(defaultValue = "") String tat,
            @RequestParam(required = false) @Nullable List<UUID> id,
            @RequestParam(name = "seite", required = false) @Nullable List<UUID> aufDerSeite,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var was = listen.ohneFremdeFelder(Listenfrage.aus(Listenart.von(art), frage));
        var genannte = umfang.equals("seite") ? aufDerSeite : id;
        var gelesene = umfang.equals("alle")
                ? listen.alle(wer.person(), was, Listen.AUSWAHL + 1)
                : Optional.of(listen.davon(wer.person(), was.art(), genannte == null ? List.of() : genannte));
        if (gelesene.isEmpty()) {
            antwort.setStatus(Abgelehnt.Art.EINGABE.status());
            return zeige(was, new LinkedMultiValueMap<>(), "", Listen.Blatt.ZU_LANGE, "", seite, wer);
        }
        var ids = gelesene.get();
        var angebot = sammellaeufe.angebot(wer, was.art().gegenstand(), tat);
        var fehlt = ids.isEmpty()
                ? "Es ist nichts ausgewählt. Bitte markieren Sie in der Liste, was gemeint ist, oder wählen Sie unten alle."
                : ids.size() > Listen.AUSWAHL
                        ? "Gemeinsam bearbeiten lassen sich höchstens 10.000 auf einmal; in dieser Liste stehen mehr. Es wurde nichts geändert. Bitte grenzen Sie weiter ein."
                        : angebot.isEmpty() ? "Bitte wählen Sie unten, was damit geschehen soll." : "";
        if (!fehlt.isEmpty()) {
            antwort.setStatus(Abgelehnt.Art.EINGABE.status());
            return zeige(was, new LinkedMultiValueMap<>(), fehlt, seite, wer);
        }
        seite.addAttribute("frage", was);
        seite.addAttribute("angebot", angebot.orElseThrow());
        seite.addAttribute("zahl", ids.size());
        seite.addAttribute("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(" ")));
        seite.addAttribute("erste", listen.zeilen(wer.person(), was, ids.subList(0, Math.min(ids.size(), ERSTE))));
        seite.addAttribute("lauf", Kennung.neu());
        return "liste/auswahl";
    }

    /** From a bookmark: the list as it is kept now. */
    @GetMapping("/listen/ansichten/{id}")
    @Transactional(readOnly = true)
    public String ansicht(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        return "redirect:" + ansichten.ansicht(wer, id).adresse();
    }
}
