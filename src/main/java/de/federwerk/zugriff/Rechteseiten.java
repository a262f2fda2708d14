package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Freigaben.Auswahl;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The Freigaben of the town, for the role ADMINISTRATION: listed, given and ended, each with a look at whom it changes something for. */
@Controller
@FrischAngemeldet
class Rechteseiten {

    static final String SEITE = "/verwaltung/rechte";
    private static final int JE_SEITE = 50;

    private final Freigaben freigaben;
    private final Wirkungen wirkungen;
    private final Rechtesuche suche;
    private final Personen personen;

    Rechteseiten(Freigaben freigaben, Wirkungen wirkungen, Rechtesuche suche, Personen personen) {
        this.freigaben = freigaben;
        this.wirkungen = wirkungen;
        this.suche = suche;
        this.personen = personen;
    }

    /** @param fuer only for this Person, Einheit, Stelle or role, {@code auf} only on this target; as their fields chose or as typed */
    @GetMapping(SEITE)
    String zeige(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String fuer,
            @RequestParam(defaultValue = "") String fuerId,
            @RequestParam(defaultValue = "") String auf,
            @RequestParam(defaultValue = "") String aufId,
            @RequestParam(defaultValue = "false") boolean beendete,
            @RequestParam(defaultValue = "") String erledigt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var wen = suche.subjekt(fuerId, fuer);
        var was = suche.ziel(aufId, auf);
        boolean unbekannt = wen.isEmpty() && !(fuer + fuerId).isBlank() || was.isEmpty() && !(auf + aufId).isBlank();
        var auswahl = beendete ? Auswahl.BEENDETE : Auswahl.LAUFENDE;
        var nurFuer = wen.map(Rechtesuche.Gemeint::id).orElse(null);
        var nurAuf = was.map(Rechtesuche.Gemeint::id).orElse(null);
        seite.addAttribute(
                "zeilen", freigaben.seite(auswahl, nurFuer, nurAuf, Freigaben.NEUESTE_ZUERST.lies(ab), JE_SEITE));
        seite.addAttribute("gesamt", freigaben.anzahl(auswahl, nurFuer, nurAuf));
        seite.addAttribute("wen", wen.orElse(null));
        seite.addAttribute("was", was.orElse(null));
        seite.addAttribute("unbekannt", unbekannt);
        seite.addAttribute("beendete", beendete);
        seite.addAttribute("erledigt", erledigt);
        return "zugriff/rechte";
    }

    @GetMapping(SEITE + "/neu")
    String neu(@RequestParam(defaultValue = "") String aufId, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var auf = suche.ziel(aufId, "");
        return formular(
                Map.of(
                        "id", Kennung.neu().toString(),
                        "auf", auf.map(Rechtesuche.Gemeint::name).orElse(""),
                        "aufId", auf.map(Rechtesuche.Gemeint::kennung).orElse("")),
                null,
                "",
                seite);
    }

    @PostMapping(SEITE + "/neu")
    String gebe(
            @RequestParam Map<String, String> eingabe,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            var neu = freigabe(eingabe);
            var wirkung = wirkungen.unter(
                    neu.subjekt(),
                    neu.subjektId(),
                    neu.ziel(),
                    neu.zielId(),
                    neu.recht(),
                    () -> freigaben.erteile(wer, neu));
            if ("speichern".equals(eingabe.get("tun")) && gesehen(wirkung).equals(eingabe.get("gesehen"))) {
                freigaben.erteile(wer, neu);
                return "redirect:" + SEITE + "?erledigt=erteilt";
            }
            return formular(eingabe, wirkung, "", seite);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return formular(eingabe, null, String.valueOf(e.getMessage()), seite);
        }
    }

    private Freigaben.Neu freigabe(Map<String, String> eingabe) {
        var wen = suche.subjekt(eingabe.getOrDefault("fuerId", ""), eingabe.getOrDefault("fuer", ""))
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "Für wen die Freigabe sein soll, ist nicht eindeutig. Bitte wählen Sie eine Person, Stelle, Einheit oder Rolle aus der Liste."));
        var was = suche.ziel(eingabe.getOrDefault("aufId", ""), eingabe.getOrDefault("auf", ""))
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "Worauf die Freigabe gelten soll, ist nicht eindeutig. Bitte wählen Sie eine Position, eine Einheit oder einen Sonderbereich aus der Liste."));
        return new Freigaben.Neu(
                id(eingabe.getOrDefault("id", "")),
                Subjekt.valueOf(wen.art().toUpperCase(Locale.ROOT)),
                wen.id(),
                Ziel.valueOf(was.art().toUpperCase(Locale.ROOT)),
                was.id(),
                recht(eingabe.getOrDefault("recht", "")),
                tag(eingabe.getOrDefault("von", "")),
                tag(eingabe.getOrDefault("bis", "")),
                gekuerzt(eingabe.getOrDefault("grund", "")));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Abgelehnt.eingabe("Das Formular ist beschädigt. Bitte öffnen Sie die Seite neu.");
        }
    }

    private static Recht recht(String kennung) {
        for (var recht : Recht.values()) {
            if (recht.name().equals(kennung)) {
                return recht;
            }
        }
        throw Abgelehnt.eingabe("Bitte wählen Sie, was erlaubt sein soll.");
    }

    private static @Nullable LocalDate tag(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Abgelehnt.eingabe("„" + text + "“ ist kein Tag. Bitte geben Sie Tag, Monat und Jahr an.");
        }
    }

    static String gekuerzt(String grund) {
        var text = grund.replace("\0", "").strip();
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private static String gesehen(Wirkungen.Reichweite wirkung) {
        return Integer.toHexString(wirkung.toString().hashCode());
    }

    private String formular(
            Map<String, String> eingabe, Wirkungen.@Nullable Reichweite wirkung, String fehler, Model seite) {
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("wirkung", wirkung);
        seite.addAttribute("gesehen", wirkung == null ? "" : gesehen(wirkung));
        seite.addAttribute("fehler", fehler);
        return "zugriff/freigabe";
    }

    /** What ending it would change. */
    @GetMapping(SEITE + "/{id}/ende")
    String ende(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return ende(freigaben.zeile(id), wer, "", seite);
    }

    private String ende(Freigaben.Zeile zeile, Anmeldung wer, String fehler, Model seite) {
        seite.addAttribute("zeile", zeile);
        seite.addAttribute("wirkung", zeile.laufend() ? wirkung(zeile, wer) : null);
        seite.addAttribute("fehler", fehler);
        return "zugriff/ende";
    }

    private Wirkungen.Reichweite wirkung(Freigaben.Zeile zeile, Anmeldung wer) {
        return wirkungen.unter(
                Subjekt.valueOf(zeile.subjektArt().toUpperCase(Locale.ROOT)),
                zeile.subjektId(),
                Ziel.valueOf(zeile.zielArt().toUpperCase(Locale.ROOT)),
                zeile.zielId(),
                Recht.values()[zeile.recht()],
                () -> freigaben.beende(wer, zeile.id()));
    }

    @PostMapping(SEITE + "/{id}/ende")
    String beende(
            @PathVariable UUID id, HttpServletResponse antwort, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            freigaben.beende(wer, id);
            return "redirect:" + SEITE + "?erledigt=beendet";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return ende(freigaben.zeile(id), wer, String.valueOf(e.getMessage()), seite);
        }
    }
}
