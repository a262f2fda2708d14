package de.federwerk.leistung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Sprache;
import de.federwerk.leistung.Zustaendigkeitsregeln.Angaben;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who is responsible for one Leistung: the rules in their order, and for whom there is none. */
@Controller
class Regelseiten {

    private static final String PFAD = Katalogseiten.ALLE + "/{id}/zustaendigkeit";
    private static final Angaben LEER = new Angaben("", null, null, "alle", "", "", "", "", new UUID(0, 0));

    private final Katalog katalog;
    private final Zustaendigkeitsregeln regeln;
    private final Dienststellen dienststellen;
    private final Personen personen;

    Regelseiten(Katalog katalog, Zustaendigkeitsregeln regeln, Dienststellen dienststellen, Personen personen) {
        this.katalog = katalog;
        this.regeln = regeln;
        this.dienststellen = dienststellen;
        this.personen = personen;
    }

    @GetMapping(PFAD)
    String alle(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        return alle(seite, id, LEER, "");
    }

    private String alle(Model seite, UUID id, Angaben getippt, String fehler) {
        var kopf = katalog.kopf(id);
        var werk = new Regelwerk(regeln.von(id));
        seite.addAttribute("kopf", kopf);
        seite.addAttribute(
                "titel",
                katalog.ansicht(katalog.geschichte(id).getFirst().id(), Sprache.DE)
                        .titel());
        seite.addAttribute("regeln", werk.regeln());
        seite.addAttribute("luecken", werk.luecken());
        seite.addAttribute("dienststellen", dienststellen.alle());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("getippt", getippt);
        seite.addAttribute("fehler", fehler);
        return "leistung/regeln";
    }

    @PostMapping(PFAD)
    String fuegeHinzu(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID regel,
            @RequestParam(defaultValue = "") String strasse,
            @RequestParam(required = false) @Nullable Integer von,
            @RequestParam(required = false) @Nullable Integer bis,
            @RequestParam(defaultValue = "alle") String nummern,
            @RequestParam(defaultValue = "") String ortsteil,
            @RequestParam(defaultValue = "") String nameVon,
            @RequestParam(defaultValue = "") String nameBis,
            @RequestParam(defaultValue = "") String gegenstand,
            @RequestParam(required = false) @Nullable UUID dienststelle,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var angaben = new Angaben(
                strasse,
                von,
                bis,
                nummern,
                ortsteil,
                nameVon,
                nameBis,
                gegenstand,
                dienststelle == null ? LEER.dienststelle() : dienststelle);
        return oder(
                seite,
                id,
                angaben,
                wer,
                antwort,
                () -> regeln.fuegeHinzu(wer, id, regel == null ? Kennung.neu() : regel, angaben));
    }

    @PostMapping(PFAD + "/{regel}")
    String aendere(
            @PathVariable UUID id,
            @PathVariable UUID regel,
            @RequestParam(defaultValue = "") String tun,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(seite, id, LEER, wer, antwort, () -> {
            switch (tun) {
                case "hinauf" -> regeln.verschiebe(wer, id, regel, true);
                case "hinab" -> regeln.verschiebe(wer, id, regel, false);
                case "entfernen" -> regeln.entferne(wer, id, regel);
                default -> katalog.kopf(id);
            }
        });
    }

    private String oder(
            Model seite, UUID id, Angaben getippt, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        try {
            tat.run();
            return "redirect:" + Katalogseiten.ALLE + "/" + id + "/zustaendigkeit";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return alle(seite, id, getippt, String.valueOf(e.getMessage()));
        }
    }
}
