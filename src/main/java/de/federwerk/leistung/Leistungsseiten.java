package de.federwerk.leistung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One Leistung: its versions, its form, its release, and each version as citizens see it. */
@Controller
class Leistungsseiten {

    private static final String EINE = Katalogseiten.ALLE + "/{id}";

    private final Katalog katalog;
    private final Leistungspflege pflege;
    private final Lebenslagen lebenslagen;
    private final Zustaendigkeitsregeln regeln;
    private final Personen personen;

    Leistungsseiten(
            Katalog katalog,
            Leistungspflege pflege,
            Lebenslagen lebenslagen,
            Zustaendigkeitsregeln regeln,
            Personen personen) {
        this.katalog = katalog;
        this.pflege = pflege;
        this.lebenslagen = lebenslagen;
        this.regeln = regeln;
        this.personen = personen;
    }

    @GetMapping(EINE)
    String eine(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        return eine(seite, id, "");
    }

    private String eine(Model seite, UUID id, String fehler) {
        var kopf = katalog.kopf(id);
        var geschichte = katalog.geschichte(id);
        var werk = new Regelwerk(regeln.von(id));
        var neueste = geschichte.stream()
                .filter(f -> !f.stand().equals("verworfen"))
                .findFirst()
                .orElse(geschichte.getFirst());
        seite.addAttribute("kopf", kopf);
        seite.addAttribute("titel", katalog.ansicht(neueste.id(), Sprache.DE).titel());
        seite.addAttribute("geschichte", geschichte);
        seite.addAttribute("regeln", werk.regeln().size());
        seite.addAttribute("luecken", werk.luecken());
        seite.addAttribute("fehler", fehler);
        return "leistung/eine";
    }

    @PostMapping(EINE + "/einordnung")
    String ordneEin(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String leika,
            @RequestParam(required = false) @Nullable Integer haeufig,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(seite, id, wer, antwort, () -> pflege.ordneEin(wer, id, leika, haeufig));
    }

    @PostMapping(EINE + "/vorlage")
    String legeVor(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(seite, id, wer, antwort, () -> pflege.legeVor(wer, id));
    }

    @PostMapping(EINE + "/rueckgabe")
    String gibZurueck(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(seite, id, wer, antwort, () -> pflege.gibZurueck(wer, id));
    }

    @PostMapping(EINE + "/freigabe")
    String gibFrei(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String fassung,
            @RequestParam(defaultValue = "") String aenderung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        // Without the one that was looked at, nothing is released.
        return oder(
                seite,
                id,
                wer,
                antwort,
                () -> pflege.gibFrei(wer, id, kennung(fassung), Leistungsformular.zahl(aenderung)));
    }

    @PostMapping(EINE + "/rueckzug")
    String zieheZurueck(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(seite, id, wer, antwort, () -> pflege.zieheZurueck(wer, id));
    }

    @PostMapping(EINE + "/verwerfung")
    String verwirf(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(seite, id, wer, antwort, () -> pflege.verwirf(wer, id));
    }

    private String oder(Model seite, UUID id, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        try {
            tat.run();
            return "redirect:" + Katalogseiten.ALLE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return eine(seite, id, String.valueOf(e.getMessage()));
        }
    }

    @GetMapping(EINE + "/entwurf")
    String entwurf(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "de") String sprache,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var grundlage = grundlage(id);
        return entwurf(
                seite,
                id,
                Leistungsformular.von(katalog.angaben(grundlage.id()), Sprache.von(sprache)),
                grundlage.offen() ? grundlage.aenderung() : 0,
                "",
                List.of());
    }

    /** The draft there is, or what a new one begins with. */
    private Katalog.Fassung grundlage(UUID id) {
        katalog.kopf(id);
        var geschichte = katalog.geschichte(id);
        return geschichte.stream()
                .filter(Katalog.Fassung::offen)
                .findFirst()
                .or(() -> geschichte.stream()
                        .filter(f -> f.stand().equals("veroeffentlicht"))
                        .findFirst())
                .orElse(geschichte.getFirst());
    }

    private String entwurf(
            Model seite,
            UUID id,
            Leistungsformular formular,
            int aenderung,
            String fehler,
            List<Fassungsvergleich.Aenderung> unterschiede) {
        seite.addAttribute("kopf", katalog.kopf(id));
        seite.addAttribute("wartet", grundlage(id).stand().equals("zur_freigabe"));
        seite.addAttribute("formular", formular);
        seite.addAttribute("lebenslagen", lebenslagen.alle());
        seite.addAttribute("aenderung", aenderung);
        seite.addAttribute("grundlage", grundlage(id).id());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("unterschiede", unterschiede);
        return "leistung/entwurf";
    }

    @PostMapping(EINE + "/entwurf")
    String speichere(
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> felder,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var formular = Leistungsformular.getippt(felder);
        var grundlage = grundlage(id);
        var bisher = katalog.angaben(grundlage.id());
        int aenderung = Leistungsformular.zahl(felder.getFirst("aenderung"));
        try {
            var angaben = formular.angaben(bisher);
            pflege.speichere(wer, id, kennung(felder.getFirst("grundlage")), aenderung, angaben);
            return "redirect:" + Katalogseiten.ALLE + "/" + id + "/entwurf?sprache="
                    + formular.sprache().kennung() + "&gespeichert";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            boolean ueberholt =
                    e.art() == Abgelehnt.Art.KONFLIKT && !grundlage.stand().equals("zur_freigabe");
            return entwurf(
                    seite,
                    id,
                    formular,
                    ueberholt ? (grundlage.offen() ? grundlage.aenderung() : 0) : aenderung,
                    String.valueOf(e.getMessage()),
                    ueberholt ? Fassungsvergleich.von(bisher, formular.angaben(bisher)) : List.of());
        }
    }

    /** Of nothing if it is none. */
    private static UUID kennung(@Nullable String text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException keine) {
            return new UUID(0, 0);
        }
    }

    @GetMapping(Katalogseiten.ALLE + "/fassungen/{id}")
    String fassung(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "de") String sprache,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var fassung = katalog.fassung(id);
        var vorige = katalog.geschichte(fassung.leistungId()).stream()
                .filter(f -> f.nummer() < fassung.nummer() && !f.stand().equals("verworfen"))
                .findFirst();
        seite.addAttribute("fassung", fassung);
        seite.addAttribute("leistung", katalog.ansicht(id, Sprache.von(sprache)));
        seite.addAttribute("vorige", vorige.map(Katalog.Fassung::nummer).orElse(0));
        seite.addAttribute(
                "unterschiede",
                vorige.map(v -> Fassungsvergleich.von(katalog.angaben(v.id()), katalog.angaben(id)))
                        .orElse(List.of()));
        return "leistung/fassung";
    }
}
