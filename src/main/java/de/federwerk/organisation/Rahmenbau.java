package de.federwerk.organisation;

import de.federwerk.gesicht.Bereich;
import de.federwerk.gesicht.Betrachter;
import de.federwerk.gesicht.Rahmen;
import de.federwerk.gesicht.Rahmengeber;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Gives every page its frame: who looks, and what the navigation may show. */
@Component
class Rahmenbau implements Rahmengeber {

    private final Vertretungen vertretungen;

    Rahmenbau(Vertretungen vertretungen) {
        this.vertretungen = vertretungen;
    }

    @Override
    public Optional<Rahmen> rahmen(HttpServletRequest anfrage) {
        var ausweis = SecurityContextHolder.getContext().getAuthentication();
        if (ausweis == null
                || !(ausweis.getPrincipal() instanceof Anmeldung wer)
                || !(anfrage.getAttribute(Mandantenfilter.PROFIL) instanceof Personen.Profil profil)) {
            return Optional.empty();
        }
        var csrf = (CsrfToken) anfrage.getAttribute(CsrfToken.class.getName());
        var rahmen = new Rahmen(new Betrachter(
                wer.person(),
                profil.name(),
                profil.mandantName(),
                csrf.getParameterName(),
                csrf.getToken(),
                profil.hat(Rolle.TECHNIK) || profil.hat(Rolle.POSTEINGANG),
                profil.hat(Rolle.ADMINISTRATION) || profil.hat(Rolle.GEHEIMSCHUTZ),
                profil.tastenkuerzel(),
                profil.thema(),
                vertretene(wer, profil),
                profil.ungelesen(),
                profil.entwuerfe(),
                verweise(profil)));
        var bereich = bereich(anfrage.getRequestURI());
        return Optional.of(
                bereich == null
                        ? rahmen
                        : bereich == Bereich.SUCHE
                                ? rahmen.in(bereich)
                                        .mitSuche(Optional.ofNullable(anfrage.getParameter("q"))
                                                .orElse(""))
                                : rahmen.in(bereich));
    }

    /** Few represent somebody: only they cost a query more. */
    private List<Betrachter.Vertretener> vertretene(Anmeldung wer, Personen.Profil profil) {
        return profil.vertritt()
                ? vertretungen.vertretene(wer.person()).stream()
                        .map(v -> new Betrachter.Vertretener(v.name(), v.bis()))
                        .toList()
                : List.of();
    }

    private static List<Betrachter.Verweis> verweise(Personen.Profil profil) {
        var verweise = new ArrayList<Betrachter.Verweis>();
        if ((profil.hat(Rolle.DATENSCHUTZ) || profil.hat(Rolle.PERSONALRAT)) && !profil.hat(Rolle.ADMINISTRATION)) {
            verweise.add(new Betrachter.Verweis("Lesenachweis", "/lesenachweis", "visibility"));
        }
        if (profil.hat(Rolle.DATENSCHUTZ)) {
            verweise.add(new Betrachter.Verweis("Datenschutz", "/datenschutz", "lock"));
        }
        if (profil.hat(Rolle.LEISTUNGEN)) {
            verweise.add(new Betrachter.Verweis("Leistungen", "/verwaltung/leistungen", "web"));
        }
        if (profil.hat(Rolle.HAUSVERWALTUNG)) {
            verweise.add(new Betrachter.Verweis("Mandanten im Haus", "/haus", "apartment"));
        }
        return verweise;
    }

    private static @org.jspecify.annotations.Nullable Bereich bereich(String pfad) {
        if (pfad.startsWith("/vorgaenge") || pfad.startsWith("/dokumente")) {
            return Bereich.AKTEN;
        }
        for (var bereich : Bereich.values()) {
            if (pfad.equals(bereich.pfad()) || pfad.startsWith(bereich.pfad() + "/")) {
                return bereich;
            }
        }
        return null;
    }
}
