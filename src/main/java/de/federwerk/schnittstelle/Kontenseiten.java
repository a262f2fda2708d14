package de.federwerk.schnittstelle;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.StelleBesetzt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Technical accounts, for the role ADMINISTRATION: one per Fachverfahren, with the access of a Stelle in one unit. */
@Controller
class Kontenseiten {

    /** @param zuletzt when its newest token was issued */
    record Konto(
            String anmeldename,
            String name,
            @Nullable String einheit,
            @Nullable Instant zuletzt) {}

    private static final int JE_SEITE = 50;
    private static final Ordnung NACH_NAMEN = Ordnung.auf(Ordnung.text("anmeldename"));

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Einheiten einheiten;
    private final Zugangstoken token;
    private final ApplicationEventPublisher ereignisse;

    Kontenseiten(
            JdbcClient datenbank,
            Personen personen,
            Einheiten einheiten,
            Zugangstoken token,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.einheiten = einheiten;
        this.token = token;
        this.ereignisse = ereignisse;
    }

    @GetMapping("/verwaltung/schnittstelle")
    @Transactional(readOnly = true)
    public String zeige(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var name = zu.replace("\0", "").strip();
        return seite(seite, name.isEmpty() ? NACH_NAMEN.lies(ab) : Stelle.ab(name), zu, "", "");
    }

    /** A name that exists gets a new token, and its old ones end; a new name becomes an account. */
    @FrischAngemeldet
    @PostMapping("/verwaltung/schnittstelle")
    @Transactional
    public String stelleAus(
            @RequestParam(defaultValue = "") String anmeldename,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable UUID einheit,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var kurz = anmeldename.strip().toLowerCase(java.util.Locale.ROOT);
        if (!kurz.matches("[a-z0-9][a-z0-9._-]{1,60}")) {
            return seite(
                    seite, "", "Der Kontoname braucht 2 bis 61 Zeichen: Kleinbuchstaben, Ziffern, Punkt, Bindestrich.");
        }
        var art = datenbank
                .sql("SELECT art FROM person WHERE mandant_id = ? AND anmeldename = ?")
                .params(mandant(), kurz)
                .query(String.class)
                .optional();
        if (art.isPresent() && !art.get().equals("technisch")) {
            return seite(seite, "", "„" + kurz + "“ ist der Anmeldename einer Person.");
        }
        if (art.isEmpty() && (einheit == null || name.isBlank() || name.strip().length() > 100)) {
            return seite(seite, "", "Ein neues Konto braucht eine Bezeichnung (bis 100 Zeichen) und eine Einheit.");
        }
        if (art.isEmpty() && einheit != null) {
            einheiten.verlange(einheit);
            var neu = personen.nimmAuf(wer.pseudonym(), kurz, "", name.strip(), null, true);
            var stelle = einheiten.besetze(wer.pseudonym(), einheit, "Fachverfahren", false, neu);
            ereignisse.publishEvent(new StelleBesetzt(mandant(), stelle, einheit, wer.person()));
        }
        var konto = datenbank
                .sql("SELECT id FROM person WHERE mandant_id = ? AND anmeldename = ?")
                .params(mandant(), kurz)
                .query(UUID.class)
                .single();
        token.beende(konto);
        return seite(seite, token.stelleAus(konto), "");
    }

    private String seite(Model seite, String neuesToken, String fehler) {
        return seite(seite, Stelle.ANFANG, "", neuesToken, fehler);
    }

    private String seite(Model seite, Stelle ab, String zu, String neuesToken, String fehler) {
        seite.addAttribute("konten", Seite.lies(ab, JE_SEITE, k -> List.of(k.anmeldename), this::konten));
        seite.addAttribute(
                "gesamt",
                Anzahl.aus(datenbank
                        .sql(
                                "SELECT count(*) FROM (SELECT FROM person WHERE mandant_id = ? AND art = 'technisch' LIMIT ?) p")
                        .params(mandant(), Anzahl.GENAU_BIS + 1)
                        .query(Long.class)
                        .single()));
        seite.addAttribute("zu", zu);
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("neuesToken", neuesToken);
        seite.addAttribute("fehler", fehler);
        return "schnittstelle/konten";
    }

    private List<Konto> konten(Stelle stelle, int hoechstens) {
        return datenbank
                .sql("""
                SELECT p.anmeldename, p.nachname AS name,
                       (SELECT min(e.kuerzel) FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                          JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                         WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis)) AS einheit,
                       (SELECT max(k.angelegt) FROM zugangstoken k WHERE k.mandant_id = p.mandant_id AND k.person_id = p.id
                           AND (k.gueltig_bis IS NULL OR k.gueltig_bis > now())) AS zuletzt
                  FROM person p WHERE p.mandant_id = :m AND p.art = 'technisch' AND %s ORDER BY %s LIMIT :hoechstens""".formatted(NACH_NAMEN.bedingung("p", stelle), NACH_NAMEN.folge("p", stelle)))
                .param("m", mandant())
                .param("hoechstens", hoechstens)
                .params(NACH_NAMEN.parameter(stelle))
                .query(Konto.class)
                .list();
    }
}
