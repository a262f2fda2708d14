package de.federwerk.geschaeftsgang;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangssuche;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Laufwegformular.Formular;
import de.federwerk.geschaeftsgang.Laufwegvorlagen.Angaben;
import de.federwerk.geschaeftsgang.Laufwegvorlagen.Station;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Templates of Laufwege, for the role ADMINISTRATION: made by placing stations, looked at with a Vorgang in hand. */
@Controller
class Vorlagenseiten {

    private static final String SEITE = "/verwaltung/laufwege";

    /**
     * What was typed.
     *
     * @param fassung the one that is changed; 0: a new template
     * @param vorgang with which to look who would get it today
     */
    record Eingabe(
            Formular formular, String position, String positionId, int fassung, String vorgang, String vorgangId) {

        private Eingabe mit(Formular anderes) {
            return new Eingabe(anderes, position, positionId, fassung, vorgang, vorgangId);
        }
    }

    /** What a look at it found: who would get it, and what is in the way. */
    private record Blick(List<String> vorschau, List<String> einwaende) {

        static final Blick KEINER = new Blick(List.of(), List.of());
    }

    private final Laufwegvorlagen vorlagen;
    private final Laufwegformular formulare;
    private final Vorlagenziele ziele;
    private final Laufwege laufwege;
    private final Empfaengerkreis kreis;
    private final Aktenplan plan;
    private final Vorgaenge vorgaenge;
    private final Vorgangssuche suche;
    private final Berechtigungen berechtigungen;
    private final Personen personen;

    Vorlagenseiten(
            Laufwegvorlagen vorlagen,
            Laufwegformular formulare,
            Vorlagenziele ziele,
            Laufwege laufwege,
            Empfaengerkreis kreis,
            Aktenplan plan,
            Vorgaenge vorgaenge,
            Vorgangssuche suche,
            Berechtigungen berechtigungen,
            Personen personen) {
        this.vorlagen = vorlagen;
        this.formulare = formulare;
        this.ziele = ziele;
        this.laufwege = laufwege;
        this.kreis = kreis;
        this.plan = plan;
        this.vorgaenge = vorgaenge;
        this.suche = suche;
        this.berechtigungen = berechtigungen;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String liste(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        seite.addAttribute("vorlagen", vorlagen.alle());
        return "geschaeftsgang/vorlagen";
    }

    @GetMapping(SEITE + "/neu")
    String neu(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return zeige(new Eingabe(Laufwegformular.leer(null), "", "", 0, "", ""), List.of(), Blick.KEINER, seite);
    }

    @GetMapping(SEITE + "/{id}")
    String aendern(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var vorlage = vorlagen.vorlage(id);
        var position = vorlage.angaben().planknoten();
        return zeige(
                new Eingabe(
                        formulare.zu(vorlage),
                        vorlage.position() == null ? "" : vorlage.position(),
                        position == null ? "" : position.toString(),
                        vorlage.fassung(),
                        "",
                        ""),
                List.of(),
                Blick.KEINER,
                seite);
    }

    @PostMapping(SEITE)
    String legeAn(
            @RequestParam(defaultValue = "") String tun,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return tu(eingabe(anfrage, Laufwegformular.lies(anfrage), 0), tun, antwort, seite, wer);
    }

    @PostMapping(SEITE + "/{id}/fassungen")
    String aendere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String tun,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var vorlage = vorlagen.vorlage(id);
        var gelesen = Laufwegformular.lies(anfrage);
        var formular = new Formular(vorlage.id(), null, gelesen.titel(), gelesen.erneuern(), gelesen.zeilen());
        int fassung = Math.max(1, Laufwegformular.zahl(anfrage.getParameter("fassung")));
        return tu(eingabe(anfrage, formular, fassung), tun, antwort, seite, wer);
    }

    @PostMapping(SEITE + "/{id}/ende")
    String beende(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        vorlagen.beende(wer, id);
        return "redirect:" + SEITE;
    }

    private static Eingabe eingabe(HttpServletRequest anfrage, Formular formular, int fassung) {
        return new Eingabe(
                formular,
                Laufwegformular.text(anfrage.getParameter("position")),
                Laufwegformular.text(anfrage.getParameter("positionId")),
                fassung,
                Laufwegformular.text(anfrage.getParameter("vorgang")),
                Laufwegformular.text(anfrage.getParameter("vorgangId")));
    }

    /** The buttons of the form: lines come, go and move, a look at who would get it, and it is kept. */
    private String tu(Eingabe eingabe, String tun, HttpServletResponse antwort, Model seite, Anmeldung wer) {
        seite.addAttribute("gesendet", true);
        var bewegt = Laufwegformular.bewegt(eingabe.formular, tun);
        if (bewegt.isPresent()) {
            return zeige(eingabe.mit(bewegt.get()), List.of(), Blick.KEINER, seite);
        }
        var fehler = new ArrayList<String>();
        var stationen = formulare.stationen(eingabe.formular, fehler);
        var position = position(eingabe);
        if (position.isEmpty() && !eingabe.position.isEmpty()) {
            fehler.add(
                    "„" + eingabe.position
                            + "“ ist keine Position des Aktenplans oder nicht eindeutig. Bitte wählen Sie einen Vorschlag aus, oder lassen Sie das Feld leer: Dann gilt die Vorlage überall.");
        }
        var angaben = new Angaben(
                position.map(Aktenplan.Knoten::id).orElse(null),
                eingabe.formular.titel(),
                eingabe.formular.erneuern(),
                stationen);
        if (fehler.isEmpty() && tun.equals("speichern")) {
            try {
                if (eingabe.fassung == 0) {
                    vorlagen.legeAn(wer, eingabe.formular.id(), angaben);
                } else {
                    vorlagen.aendere(wer, eingabe.formular.id(), eingabe.fassung, angaben);
                }
                return "redirect:" + SEITE;
            } catch (Abgelehnt e) {
                fehler.add(String.valueOf(e.getMessage()));
                antwort.setStatus(e.art().status());
                seite.addAttribute("veraltet", e.art() == Abgelehnt.Art.KONFLIKT && eingabe.fassung > 0);
                return zeige(eingabe, fehler, Blick.KEINER, seite);
            }
        }
        if (!fehler.isEmpty()) {
            antwort.setStatus(422);
            return zeige(eingabe, fehler, Blick.KEINER, seite);
        }
        return blicke(eingabe, angaben, antwort, seite, wer);
    }

    /** As typed in full, or chosen; without JavaScript the hidden id stays when something else is typed. */
    private Optional<Aktenplan.Knoten> position(Eingabe eingabe) {
        return eingabe.position.isEmpty()
                ? Optional.empty()
                : Laufwegformular.kennung(eingabe.positionId)
                        .flatMap(plan::knoten)
                        .filter(k -> k.anzeige().equals(eingabe.position))
                        .or(() -> plan.gemeint(eingabe.position, true));
    }

    private String blicke(Eingabe eingabe, Angaben angaben, HttpServletResponse antwort, Model seite, Anmeldung wer) {
        if (eingabe.vorgang.isEmpty()) {
            return zeige(
                    eingabe, List.of(), new Blick(inWorten(angaben.stationen()), vorlagen.einwaende(angaben)), seite);
        }
        var vorgang = vorgang(eingabe, wer);
        if (vorgang.isEmpty()) {
            antwort.setStatus(422);
            return zeige(
                    eingabe,
                    List.of(
                            "„" + eingabe.vorgang
                                    + "“ passt auf keinen oder mehrere Vorgänge, die Sie bearbeiten. Bitte tippen Sie das ganze Aktenzeichen."),
                    Blick.KEINER,
                    seite);
        }
        return zeige(eingabe, List.of(), blick(angaben, vorgang.get().id(), wer), seite);
    }

    private Optional<Vorgaenge.Vorgang> vorgang(Eingabe eingabe, Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        var gewaehlt = Laufwegformular.kennung(eingabe.vorgangId)
                .flatMap(id -> vorgaenge.finde(sicht, id))
                .filter(v -> eingabe.vorgang.equals(v.aktenzeichen() + " " + v.titel()));
        if (gewaehlt.isPresent()) {
            return gewaehlt;
        }
        // The field holds number and title once something was chosen.
        var treffer = suche.finde(sicht, eingabe.vorgang);
        return treffer.stream()
                .filter(v -> treffer.size() == 1 || v.aktenzeichen().equals(eingabe.vorgang))
                .findFirst();
    }

    /** Without a Vorgang only what it says. */
    private List<String> inWorten(List<Station> stationen) {
        var namen = kreis.namen(benannte(stationen));
        var saetze = new ArrayList<String>();
        for (var s : stationen) {
            saetze.add("%d. %s: %s"
                    .formatted(
                            saetze.size() + 1,
                            s.art().wort(),
                            s.an().benannt()
                                    .map(e -> namen.getOrDefault(e, "unbekannt"))
                                    .orElse(s.an().art().wort())));
        }
        return saetze;
    }

    private static List<Empfaenger> benannte(List<Station> stationen) {
        return stationen.stream().flatMap(s -> s.an().benannt().stream()).toList();
    }

    /** @throws NichtGefunden if the Vorgang is not for this person any more */
    private Blick blick(Angaben angaben, UUID vorgang, Anmeldung wer) {
        var gefunden = ziele.ziele(wer, vorgang, angaben.stationen());
        var ids = gefunden.stream().map(z -> Kennung.neu()).toList();
        var entwurf = new ArrayList<Laufwegentwurf.Station>();
        var einwaende = new ArrayList<String>();
        for (int i = 0; i < gefunden.size(); i++) {
            var s = angaben.stationen().get(i);
            var an = gefunden.get(i).an();
            if (an == null) {
                einwaende.add("Station %d (%s): %s"
                        .formatted(i + 1, s.art().wort(), gefunden.get(i).grund()));
                continue;
            }
            var paar = s.vierAugenMit();
            entwurf.add(s.entwurf(
                    ids.get(i),
                    an,
                    // The day follows when it is used; that it needs one is no objection here.
                    s.art() == Stationsart.WIEDERVORLAGE ? LocalDate.MAX : null,
                    paar == null ? null : ids.get(paar - 1)));
        }
        if (!einwaende.isEmpty()) {
            // Numbers would not fit any more if those that are found were looked at alone.
            return new Blick(List.of(), einwaende);
        }
        // As if it led a Dokument: what it asks of one is no objection here.
        einwaende.addAll(laufwege.einwaende(
                new Laufwegentwurf(Kennung.neu(), vorgang, Kennung.neu(), angaben.titel(), false, entwurf)));
        return new Blick(kreis.vorschau(entwurf, vorgang), einwaende);
    }

    private String zeige(Eingabe eingabe, List<String> fehler, Blick blick, Model seite) {
        // What cannot be read yet is not drawn; the message comes when it is looked at or kept.
        var stationen = formulare.stationen(eingabe.formular, new ArrayList<>());
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("vorschau", blick.vorschau);
        seite.addAttribute("einwaende", blick.einwaende);
        seite.addAttribute("bild", Vorlagenbild.von(stationen, kreis.namen(benannte(stationen))));
        return "geschaeftsgang/vorlage";
    }
}
