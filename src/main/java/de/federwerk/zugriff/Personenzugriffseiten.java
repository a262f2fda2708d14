package de.federwerk.zugriff;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** „Was sieht diese Person, und warum?“ – for the person, its heads, the administration and the Datenschutz. */
@Controller
class Personenzugriffseiten {

    private static final int JE_SEITE = 50;

    private final Personenzugriffe zugriffe;
    private final Berechtigungen berechtigungen;
    private final Personen personen;
    private final Leitungen leitungen;
    private final Stufen stufen;

    Personenzugriffseiten(
            Personenzugriffe zugriffe,
            Berechtigungen berechtigungen,
            Personen personen,
            Leitungen leitungen,
            Stufen stufen) {
        this.zugriffe = zugriffe;
        this.berechtigungen = berechtigungen;
        this.personen = personen;
        this.leitungen = leitungen;
        this.stufen = stufen;
    }

    @GetMapping("/personen/{id}/zugriff")
    @Transactional(readOnly = true)
    public String zeige(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var mensch = zugriffe.mensch(id)
                .filter(m -> darf(wer, id))
                .orElseThrow(
                        () -> new NichtGefunden("Diese Seite gibt es nicht, oder sie ist nicht für Sie bestimmt."));
        var zeilen = zugriffe.quellen(
                id, berechtigungen.sicht(wer.person(), Recht.LESEN), Personenzugriffe.NACH_QUELLE.lies(ab), JE_SEITE);
        seite.addAttribute("mensch", mensch);
        seite.addAttribute("zeilen", zeilen);
        seite.addAttribute("gesamt", Anzahl.genau(zugriffe.anzahlQuellen(id)));
        seite.addAttribute("akten", zugriffe.akten(id, Recht.LESEN));
        seite.addAttribute("aktenUnter", zugriffe.aktenUnter(id, zeilen.zeilen()));
        seite.addAttribute("stufe", stufen.name(mensch.ermaechtigung()));
        seite.addAttribute("ausgeschlossen", zugriffe.ausgeschlossen(id));
        return "zugriff/person";
    }

    private boolean darf(Anmeldung wer, UUID person) {
        if (wer.person().equals(person)) {
            return true;
        }
        var profil = personen.profil(wer.person()).orElseThrow();
        return profil.hat(Rolle.ADMINISTRATION)
                || profil.hat(Rolle.DATENSCHUTZ)
                || leitungen.leitet(wer.person(), person);
    }
}
