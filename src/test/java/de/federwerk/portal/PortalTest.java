package de.federwerk.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PortalTest extends Teststadt {

    @Autowired
    private Portaltexte texte;

    private Browser buerger() {
        return new Browser(portalUrl(""));
    }

    @Test
    void hinter_der_tuer_der_buerger_gibt_es_das_rathaus_nicht() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/%70ortal/impressum").antwort().headers().firstValue("Location"))
                .as("anders geschrieben")
                .contains(portalUrl("/portal/impressum"));
        for (var pfad : new String[] {
            "/anmelden",
            "/postkorb",
            "/api/v1/openapi.json",
            "/webdav/",
            "/actuator/health",
            "/pdfjs/x",
            "/portal/../postkorb"
        }) {
            assertThat(buerger().hole(pfad).status()).as(pfad).isIn(400, 404);
            assertThat(buerger().hole(pfad).text()).as(pfad).doesNotContain("Anmeldename");
        }
        assertThat(buerger().hole("/").ziel()).isEqualTo("/portal");
        assertThat(buerger().hole("/kern/kern.min.css").status()).isEqualTo(200);
        // The other way round: the house sends a citizen to the right door, and takes nothing for it.
        assertThat(anja.hole("/portal/impressum").antwort().headers().firstValue("Location"))
                .contains(portalUrl("/portal/impressum"));
        assertThat(anja.sende("/portal/impressum", anja.hole("/passwort").geheim())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void im_portal_gibt_es_keine_sitzung_und_fremde_seiten_zeigen_es_nicht() {
        var seite = buerger().hole("/portal/impressum");
        assertThat(seite.antwort().headers().allValues("Set-Cookie")).noneMatch(k -> k.startsWith("FEDERWERK="));
        assertThat(seite.kopf("Content-Security-Policy")).contains("frame-ancestors 'none'", "script-src 'self'");
        assertThat(seite.kopf("Cache-Control")).contains("no-store");
    }

    @Test
    void was_die_stadt_schreibt_steht_in_der_sprache_da_die_man_waehlt() {
        var stadt = stadt();
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        assertThat(petra.sendeVon(
                                "/verwaltung/portal",
                                "/verwaltung/portal",
                                "art",
                                "impressum",
                                "sprache",
                                "de",
                                "fassung",
                                "0",
                                "text",
                                "## Herausgeberin\nStadt <b>Testhausen</b>\n\n- Tel. 0123\n- rathaus@stadt.example.")
                        .ziel())
                .endsWith("gespeichert");
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var deutsch = mensch.hole("/portal/impressum");
            assertThat(deutsch.text())
                    .contains(
                            "<h2>Herausgeberin</h2>",
                            "Stadt &lt;b&gt;Testhausen",
                            "<li>Tel. 0123",
                            "<a href=\"mailto:rathaus@stadt.example\">rathaus@stadt.example</a>.",
                            "lang=\"de\"");
            // Not there in English: in German, and it says so. The language is remembered.
            assertThat(mensch.hole("/portal/impressum?sprache=en").text())
                    .contains("lang=\"en\"", "in German only", "Testhausen");
            assertThat(mensch.hole("/portal/datenschutz").text()).contains("Privacy", "has not been entered yet");
        });
    }

    @Test
    void wer_zuletzt_speichert_verliert_nichts_und_ueberschreibt_nichts() {
        var stadt = stadt();
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var geheim = petra.hole("/verwaltung/portal").geheim();
        String[] erst = {"art", "hilfe", "sprache", "de", "fassung", "0", "text", "Der erste Text"};
        String[] dann = {"art", "hilfe", "sprache", "de", "fassung", "0", "text", "Mein <langer> Text"};
        assertThat(petra.sende("/verwaltung/portal", geheim, erst).status()).isEqualTo(302);
        var zweite = petra.sende("/verwaltung/portal", geheim, dann);
        assertThat(zweite.status()).isEqualTo(409);
        assertThat(zweite.text()).contains("inzwischen geändert", "Mein &lt;langer&gt; Text");
        assertThat(als(
                        stadt.mandant(),
                        () -> texte.lies(Portaltexte.Art.HILFE, Sprache.DE)
                                .orElseThrow()
                                .text()))
                .isEqualTo("Der erste Text");
    }

    @Test
    void nur_die_administration_schreibt_und_keine_stadt_liest_die_texte_der_anderen() {
        var stadt = stadt();
        var andere = stadt();
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/verwaltung/portal")
                        .status())
                .isEqualTo(403);
        als(stadt.mandant(), () -> texte.schreibe(stadt.anja(), Portaltexte.Art.IMPRESSUM, Sprache.DE, "Geheim", 0));
        assertThat(als(andere.mandant(), () -> texte.lies(Portaltexte.Art.IMPRESSUM, Sprache.DE)))
                .isEmpty();
    }

    @Test
    void eine_anfrage_aus_dem_portal_hat_in_der_datenbank_nur_die_rechte_eines_buergers() {
        var stadt = stadt();
        vorgang(stadt, "Geheimer Vorgang");
        Mandantenkontext.alsBuerger(stadt.mandant(), "", () -> {
            for (var tabelle :
                    new String[] {"akte", "vorgang", "dokument", "person", "protokoll", "spring_session", "rechte_stand"
                    }) {
                assertThatThrownBy(() -> transaktion.execute(t -> jdbc.sql("SELECT count(*) FROM " + tabelle)
                                .query(Long.class)
                                .single()))
                        .as(tabelle)
                        .hasStackTraceContaining("permission denied");
            }
            assertThatThrownBy(() -> transaktion.executeWithoutResult(
                            t -> jdbc.sql("UPDATE portaltext SET text = 'x'").update()))
                    .hasStackTraceContaining("permission denied");
            assertThat(transaktion.<String>execute(t ->
                            jdbc.sql("SELECT current_user").query(String.class).single()))
                    .endsWith("_portal");
            return null;
        });
        // The connection goes back as the house's.
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT current_user")
                                .query(String.class)
                                .single()))
                .doesNotEndWith("_portal");
    }

    @Test
    void wer_zu_oft_fragt_wartet_und_die_anderen_nicht() {
        var uhr = new AtomicReference<>(Instant.now());
        var bremse = new Portalbremse(uhr::get);
        for (int i = 0; i < Portalbremse.HOECHSTENS; i++) {
            assertThat(bremse.zaehle("2001:db8:1:2::" + Integer.toHexString(i + 1)))
                    .isTrue();
        }
        assertThat(bremse.zaehle("2001:db8:1:2::1")).isFalse();
        assertThat(bremse.zaehle("192.0.2.1")).isTrue();
        uhr.set(uhr.get().plus(Duration.ofSeconds(61)));
        assertThat(bremse.zaehle("2001:db8:1:2::1")).isTrue();
    }

    @Test
    void keine_seite_des_portals_laesst_fremdes_zu() {
        var stadt = stadt();
        alsErster(stadt.mandant(), () -> {
            int seiten = 0;
            for (var pfad : new String[] {
                "/portal",
                "/portal?q=",
                "/portal/leistungen",
                "/portal/kontakt",
                "/portal/antraege",
                "/portal/status",
                "/portal/hilfe",
                "/portal/gibtsnicht",
                "/portal/lebenslagen/x"
            }) {
                var seite = buerger()
                        .hole(pfad + (pfad.contains("?") ? "" : "?x=") + "%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
                assertThat(seite.kopf("Content-Security-Policy"))
                        .as(pfad)
                        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                        .doesNotContain("unsafe", "*", "http");
                assertThat(seite.kopf("X-Content-Type-Options")).as(pfad).isEqualTo("nosniff");
                assertThat(seite.kopf("Referrer-Policy")).as(pfad).isEqualTo("same-origin");
                assertThat(seite.text())
                        .as(pfad)
                        .doesNotContain("<script", " style=", "<style")
                        .doesNotContainPattern("(src|action)=\"(https?:)?//");
                seiten++;
            }
            assertThat(seiten).isEqualTo(9);
        });
    }

    @Test
    void was_zu_gross_ist_wird_nicht_erst_gelesen_und_ein_abgelaufenes_formular_sagt_es_in_seiner_sprache()
            throws Exception {
        try (var leitung = new java.net.Socket(
                "localhost", java.net.URI.create(portalUrl("")).getPort())) {
            leitung.setSoTimeout(10_000);
            leitung.getOutputStream()
                    .write(
                            "POST /portal/status HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000000\r\n\r\n--x\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            // Answered although nothing more came: nobody waited for the body.
            var zeile = new java.io.BufferedReader(new java.io.InputStreamReader(
                            leitung.getInputStream(), java.nio.charset.StandardCharsets.UTF_8))
                    .readLine();
            assertThat(zeile).startsWith("HTTP/1.1 413");
        }
        var ohneGeheimnis = buerger().sende("/portal/status", "", "code", "x");
        assertThat(ohneGeheimnis.status()).isEqualTo(403);
        assertThat(ohneGeheimnis.text()).contains("Bitte noch einmal absenden", "class=\"pt\"");
    }

    @Test
    void was_es_nicht_gibt_sagt_das_portal_in_seiner_sprache() {
        assertThat(buerger().hole("/portal/gibtsnicht?sprache=leicht").text())
                .contains("Diese Seite gibt es nicht", "Gehen Sie auf die Start-Seite", "lang=\"de-simple\"");
        assertThat(buerger().hole("/portal/gibtsnicht").status()).isEqualTo(404);
    }
}
