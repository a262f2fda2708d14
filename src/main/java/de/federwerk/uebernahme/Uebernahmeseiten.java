package de.federwerk.uebernahme;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What was taken over and how far it is, for ADMINISTRATION and TECHNIK. Begun is an Übernahme only at the machine ({@code bin/import}).
 * Page and report name paths and titles, as the drive did for whoever looked after it; content they show none.
 */
@Controller
class Uebernahmeseiten {

    private static final int ZEILEN = 200;

    record Zeile(
            UUID id,
            String name,
            String ordner,
            String stand,
            Instant begonnen,
            Instant laufBegonnen,
            Instant zuletzt,
            long gefunden,
            long bearbeitet,
            long ausgelassen,
            long probleme,
            long dokumente,
            long bytes,
            long akten,
            long vorgaenge,
            @Nullable String bericht,
            @Nullable String meldung) {

        public boolean laeuft() {
            return stand.equals("laeuft");
        }

        public String inWorten() {
            return switch (stand) {
                case "laeuft" -> gefunden == 0 ? "zählt" : "läuft";
                case "fertig" -> "fertig";
                case "unterbrochen" -> "unterbrochen";
                default -> "angehalten";
            };
        }

        /** {@code noch etwa 12 min}; empty where it cannot be said yet. */
        public String rest() {
            var sekunden = Duration.between(laufBegonnen, zuletzt).toSeconds();
            return !laeuft() || bearbeitet == 0 || sekunden < 3 || bearbeitet >= gefunden
                    ? ""
                    : "noch etwa " + Stand.dauer(Duration.ofSeconds(sekunden * (gefunden - bearbeitet) / bearbeitet));
        }
    }

    private final Uebernahmen uebernahmen;
    private final JdbcClient datenbank;
    private final Personen personen;

    Uebernahmeseiten(Uebernahmen uebernahmen, JdbcClient datenbank, Personen personen) {
        this.uebernahmen = uebernahmen;
        this.datenbank = datenbank;
        this.personen = personen;
    }

    @GetMapping("/verwaltung/uebernahmen")
    @Transactional(readOnly = true)
    public String zeige(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION, Rolle.TECHNIK);
        seite.addAttribute(
                "uebernahmen",
                datenbank.sql("""
                        SELECT id, name, ordner, stand, begonnen, lauf_begonnen, zuletzt, gefunden, bearbeitet, ausgelassen, probleme, dokumente, bytes, akten,
                               vorgaenge, bericht, meldung
                          FROM uebernahme WHERE mandant_id = ? ORDER BY lauf_begonnen DESC, id LIMIT ?""").params(mandant(), ZEILEN).query(Zeile.class).list());
        seite.addAttribute(
                "ungelesen",
                datenbank
                        .sql(
                                "SELECT count(*) FROM (SELECT 1 FROM datei WHERE mandant_id = ? AND nachrangig AND stand = 'neu' LIMIT 1000000) d")
                        .param(mandant())
                        .query(Long.class)
                        .single());
        return "uebernahme/liste";
    }

    @GetMapping("/verwaltung/uebernahmen/{id}/bericht")
    void bericht(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort)
            throws IOException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION, Rolle.TECHNIK);
        var datei =
                uebernahmen.bericht(id).orElseThrow(() -> new NichtGefunden("Diesen Bericht gibt es nicht (mehr)."));
        antwort.setContentType("text/csv;charset=UTF-8");
        antwort.setHeader("Content-Disposition", "attachment; filename=\"" + datei.getFileName() + "\"");
        antwort.setHeader("Cache-Control", "no-store");
        Files.copy(datei, antwort.getOutputStream());
    }
}
