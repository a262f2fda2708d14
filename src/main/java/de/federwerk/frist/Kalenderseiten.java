package de.federwerk.frist;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The calendar of the Gemeinde, for the role ADMINISTRATION. */
@Controller
class Kalenderseiten {

    private static final String SEITE = "/verwaltung/kalender";

    /** @param tage what is free in it */
    record Jahr(int zahl, List<Feiertag> tage) {}

    /** A holiday that holds only in some Gemeinden of the Land. @param wo in which @param gilt whether in this one */
    record Teilfeiertag(String kennung, String name, String wo, boolean gilt) {}

    /** What somebody typed and what was wrong with it; the messages are empty where nothing was. */
    record Eingabe(
            String tag,
            String name,
            boolean frei,
            @Nullable String tagFehler,
            @Nullable String nameFehler) {

        static final Eingabe LEER = new Eingabe("", "", true, null, null);
    }

    private final Arbeitskalender kalender;
    private final Gemeindekalender gemeinde;
    private final Personen personen;

    Kalenderseiten(Arbeitskalender kalender, Gemeindekalender gemeinde, Personen personen) {
        this.kalender = kalender;
        this.gemeinde = gemeinde;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String zeige(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return seite(seite, Eingabe.LEER, null);
    }

    @PostMapping(SEITE + "/land")
    String setze(@RequestParam(defaultValue = "") String land, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var gewaehlt = Land.zu(land);
        if (gewaehlt.isEmpty()) {
            return seite(seite, Eingabe.LEER, "Bitte wählen Sie eines der 16 Länder.");
        }
        gemeinde.setze(wer.pseudonym(), gewaehlt.get());
        return "redirect:" + SEITE;
    }

    @PostMapping(SEITE + "/teilfeiertage")
    String bestimme(
            @RequestParam(defaultValue = "") String kennung,
            @RequestParam(defaultValue = "false") boolean gilt,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        gemeinde.bestimme(wer.pseudonym(), kennung, gilt);
        return "redirect:" + SEITE;
    }

    @PostMapping(SEITE + "/tage")
    String trageEin(
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "true") boolean frei,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var datum = datum(tag);
        var tagFehler = datum == null ? "Bitte geben Sie einen Tag an, den es gibt." : null;
        String nameFehler = null;
        try {
            Gemeindekalender.bezeichnung(name);
        } catch (Abgelehnt e) {
            nameFehler = e.getMessage();
        }
        if (datum != null && nameFehler == null) {
            try {
                gemeinde.trageEin(wer.pseudonym(), datum, name, frei);
                return "redirect:" + SEITE;
            } catch (Abgelehnt e) {
                tagFehler = e.getMessage();
            }
        }
        return seite(seite, new Eingabe(datum == null ? "" : tag.strip(), name, frei, tagFehler, nameFehler), null);
    }

    @PostMapping(SEITE + "/tage/{id}/ende")
    String entferne(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        gemeinde.entferne(wer.pseudonym(), id);
        return "redirect:" + SEITE;
    }

    private static @Nullable LocalDate datum(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            // The message at the field says it.
            return null;
        }
    }

    private String seite(Model seite, Eingabe eingabe, @Nullable String landFehler) {
        var stand = gemeinde.stand();
        var land = stand.map(Gemeindekalender.Stand::land).orElse(null);
        var teile = stand.map(Gemeindekalender.Stand::teilfeiertage).orElse(Set.of());
        int jahr = Gemeindekalender.heute().getYear();
        seite.addAttribute("land", land);
        seite.addAttribute("landFehler", landFehler);
        seite.addAttribute(
                "teilfeiertage",
                Feiertage.teilweise(land).stream()
                        .map(r -> new Teilfeiertag(r.kennung(), r.name(), r.teilweise(), teile.contains(r.kennung())))
                        .toList());
        seite.addAttribute("tage", gemeinde.tage());
        seite.addAttribute(
                "jahre",
                Stream.of(jahr, jahr + 1)
                        .map(j -> new Jahr(j, kalender.feiertage(j)))
                        .toList());
        seite.addAttribute("eingabe", eingabe);
        return "frist/kalender";
    }
}
