package de.federwerk.stoerung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The page “Störungen”: what failed, why, and what can be done. For TECHNIK and POSTEINGANG; file names are all it shows of content. */
@Controller
class Stoerungsseiten {

    private static final int ZEILEN = 200;
    private static final int BEHOBENE = 30;

    record Stoerung(
            UUID id,
            String art,
            String gegenstand,
            String ursache,
            @Nullable String technisch,
            Instant zuerst,
            Instant zuletzt,
            int anzahl) {}

    /** What healed by itself or worked later. */
    record Behoben(String gegenstand, String ursache, Instant zuerst, Instant erledigt) {}

    private record Offen(String art, UUID bezug) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final ApplicationEventPublisher ereignisse;

    Stoerungsseiten(JdbcClient datenbank, Personen personen, ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.ereignisse = ereignisse;
    }

    @GetMapping("/stoerungen")
    @Transactional(readOnly = true)
    public String liste(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.TECHNIK, Rolle.POSTEINGANG);
        seite.addAttribute(
                "stoerungen",
                datenbank
                        .sql(
                                "SELECT id, art, gegenstand, ursache, technisch, zuerst, zuletzt, anzahl FROM stoerung WHERE mandant_id = ? AND erledigt IS NULL ORDER BY zuletzt DESC, id LIMIT ?")
                        .params(mandant(), ZEILEN)
                        .query(Stoerung.class)
                        .list());
        seite.addAttribute(
                "gesamt",
                datenbank
                        .sql("SELECT count(*) FROM stoerung WHERE mandant_id = ? AND erledigt IS NULL")
                        .param(mandant())
                        .query(Long.class)
                        .single());
        // What failed in the night and works in the morning must not pass without a word.
        seite.addAttribute(
                "behobene",
                datenbank
                        .sql(
                                "SELECT gegenstand, ursache, zuerst, erledigt FROM stoerung WHERE mandant_id = ? AND erledigt_wie = 'behoben' AND erledigt > now() - interval '7 days' ORDER BY erledigt DESC, id LIMIT ?")
                        .params(mandant(), BEHOBENE)
                        .query(Behoben.class)
                        .list());
        return "stoerung/liste";
    }

    /** Stays open until it has worked: whoever does the work closes it. */
    @PostMapping("/stoerungen/{id}/erneut")
    @Transactional
    public String erneut(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.TECHNIK, Rolle.POSTEINGANG);
        var offen = datenbank
                .sql("SELECT art, bezug FROM stoerung WHERE mandant_id = ? AND id = ? AND erledigt IS NULL")
                .params(mandant(), id)
                .query(Offen.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Störung ist schon erledigt."));
        ereignisse.publishEvent(new StoerungErneut(mandant(), offen.art, offen.bezug));
        return "redirect:/stoerungen";
    }

    @PostMapping("/stoerungen/{id}/uebergangen")
    @Transactional
    public String uebergehe(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.TECHNIK, Rolle.POSTEINGANG);
        datenbank
                .sql(
                        "UPDATE stoerung SET erledigt = now(), erledigt_wie = 'uebergangen' WHERE mandant_id = ? AND id = ? AND erledigt IS NULL")
                .params(mandant(), id)
                .update();
        return "redirect:/stoerungen";
    }
}
