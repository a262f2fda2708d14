package de.federwerk.arbeitsplatz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.gesicht.Sprung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.stoerung.StoerungErneut;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page “Störungen”: what failed, why, and what can be done. For TECHNIK and POSTEINGANG. Whoever keeps the machine running need
 * not know whose file it was: its name and what quotes it are shown to those who may see the Eingang or Dokument it belongs to. Stands
 * here and not beside {@link de.federwerk.stoerung.Stoerungen}, because rights stand above those.
 */
@Controller
class Stoerungsseiten {

    private static final int ZEILEN = 50;
    private static final int BEHOBENE = 30;
    private static final Ordnung ZULETZT_ZUERST = Ordnung.ab(Ordnung.zeit("zuletzt"), Ordnung.kennung("id"));

    record Stoerung(
            UUID id,
            String art,
            @Nullable String gegenstand,
            String ursache,
            @Nullable String technisch,
            Instant zuerst,
            Instant zuletzt,
            int anzahl) {}

    /** What healed by itself or worked later. */
    record Behoben(@Nullable String gegenstand, String ursache, Instant zuerst, Instant erledigt) {}

    private record Offen(String art, UUID bezug) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Berechtigungen berechtigungen;
    private final ApplicationEventPublisher ereignisse;

    Stoerungsseiten(
            JdbcClient datenbank,
            Personen personen,
            Berechtigungen berechtigungen,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
        this.ereignisse = ereignisse;
    }

    @GetMapping("/stoerungen")
    @Transactional(readOnly = true)
    public String liste(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.TECHNIK, Rolle.POSTEINGANG);
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var beginn = Sprung.zumTag(zu).orElseGet(() -> ZULETZT_ZUERST.lies(ab));
        seite.addAttribute(
                "stoerungen",
                Seite.lies(
                        beginn, ZEILEN, s -> List.of(s.zuletzt, s.id), (stelle, zahl) -> offene(sicht, stelle, zahl)));
        seite.addAttribute(
                "gesamt",
                Anzahl.aus(datenbank
                        .sql(
                                "SELECT count(*) FROM (SELECT FROM stoerung WHERE mandant_id = ? AND erledigt IS NULL LIMIT ?) s")
                        .params(mandant(), Anzahl.GENAU_BIS + 1)
                        .query(Long.class)
                        .single()));
        seite.addAttribute("zu", zu);
        seite.addAttribute("verwaltet", verwaltet(wer));
        // What failed in the night and works in the morning must not pass without a word.
        seite.addAttribute(
                "behobene",
                datenbank
                        .sql(liste(
                                sicht,
                                "s.erledigt_wie = 'behoben' AND s.erledigt > now() - interval '7 days'",
                                "s.erledigt DESC, s.id",
                                "o.erledigt DESC, o.id"))
                        .param("m", mandant())
                        .param("zeilen", BEHOBENE)
                        .params(sicht.parameter())
                        .query(Behoben.class)
                        .list());
        return "arbeitsplatz/stoerungen";
    }

    /** Only they may start an Umbau over; the others see to whom to turn. */
    private boolean verwaltet(Anmeldung wer) {
        return personen.profil(wer.person())
                .filter(p -> p.hat(Rolle.ADMINISTRATION))
                .isPresent();
    }

    private List<Stoerung> offene(Sicht sicht, Stelle stelle, int hoechstens) {
        return datenbank
                .sql(liste(
                        sicht,
                        "s.erledigt IS NULL AND " + ZULETZT_ZUERST.bedingung("s", stelle),
                        ZULETZT_ZUERST.folge("s", stelle),
                        ZULETZT_ZUERST.folge("o", stelle)))
                .param("m", mandant())
                .param("zeilen", hoechstens)
                .params(sicht.parameter())
                .params(ZULETZT_ZUERST.parameter(stelle))
                .query(Stoerung.class)
                .list();
    }

    /**
     * A file belongs to the Dokument whose version it is; before that to the Eingang or Dokument of the mail it came in, however deep.
     * What is not a file (the watched folder, the index) names nothing of anybody's.
     */
    private static String liste(Sicht sicht, String welche, String folge, String folgeAussen) {
        return """
            WITH RECURSIVE offen AS (
                SELECT s.id, s.art, s.bezug, s.gegenstand, s.ursache, s.technisch, s.zuerst, s.zuletzt, s.anzahl, s.erledigt FROM stoerung s
                 WHERE s.mandant_id = :m AND %s ORDER BY %s LIMIT :zeilen),
            auf AS (
                SELECT o.id, o.bezug AS datei, 0 AS stufe FROM offen o WHERE o.art IN ('datei', 'anlage')
                UNION ALL
                SELECT a.id, f.teil_von, a.stufe + 1 FROM auf a JOIN datei f ON f.mandant_id = :m AND f.id = a.datei
                 WHERE f.teil_von IS NOT NULL AND a.stufe < 50),
            besitz AS (
                SELECT a.id, a.stufe, %s AS sichtbar FROM auf a
                  JOIN version x ON x.mandant_id = :m AND x.datei_id = a.datei
                  JOIN dokument d ON d.mandant_id = :m AND d.id = x.dokument_id
                UNION ALL
                SELECT a.id, a.stufe, %s FROM auf a
                  JOIN eingang g ON g.mandant_id = :m AND g.datei_id = a.datei AND g.vorgang_id IS NULL),
            frei AS (
                SELECT b.id FROM besitz b WHERE b.stufe = (SELECT min(n.stufe) FROM besitz n WHERE n.id = b.id)
                 GROUP BY b.id HAVING bool_and(b.sichtbar))
            SELECT o.id, o.art, CASE WHEN zeigen THEN gegenstand END AS gegenstand,
                   CASE WHEN zeigen OR art = 'datei' THEN ursache ELSE 'Eine Anlage kam nicht mehr in den Vorgang, in den ihre E-Mail abgelegt ist.' END AS ursache,
                   CASE WHEN zeigen THEN technisch ELSE split_part(technisch, ':', 1) END AS technisch, zuerst, zuletzt, anzahl, erledigt
              FROM offen o CROSS JOIN LATERAL (
                SELECT o.art NOT IN ('datei', 'anlage') OR EXISTS (SELECT 1 FROM frei f WHERE f.id = o.id) AS zeigen) z
             ORDER BY %s""".formatted(welche, folge, sicht.aufDokument("d"), sicht.aufBereich("g"), folgeAussen);
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
        ereignisse.publishEvent(new StoerungErneut(mandant(), offen.art, offen.bezug, wer.person()));
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
