package de.federwerk.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The door for people, over real HTTP. */
class AnmeldungTest extends Teststadt {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping wege;

    @Autowired
    SessionRepository<? extends Session> sitzungslager;

    @Test
    void wer_sich_anmeldet_landet_im_postkorb_und_seine_sitzung_liegt_in_der_datenbank() {
        var stadt = stadt();
        var browser = new Browser(url(""));
        assertThat(browser.hole("/").ziel()).isEqualTo("/anmelden");
        var vorher = browser.hole("/anmelden");
        var alteSitzung = browser.sitzung().orElseThrow().getValue();
        assertThat(browser.sende(
                                "/anmelden",
                                vorher.geheim(),
                                "name",
                                mitMandant(stadt.mandant(), " Anja.Mueller"),
                                "passwort",
                                PASSWORT)
                        .status())
                .isEqualTo(302);
        var sitzung = browser.sitzung().orElseThrow();
        assertThat(sitzung.getValue())
                .as("eine neue Kennung, damit niemand eine untergeschobene kennt")
                .isNotEqualTo(alteSitzung);
        assertThat(sitzung.isHttpOnly()).isTrue();
        var kennung = new String(Base64.getDecoder().decode(sitzung.getValue()), StandardCharsets.US_ASCII);
        assertThat(sitzungen(kennung)).isEqualTo(1);
        assertThat(browser.hole("/postkorb").text()).contains("Anja Müller");
        assertThat(browser.sendeVon("/postkorb", "/abmelden").ziel()).isEqualTo("/anmelden?abgemeldet");
        assertThat(sitzungen(kennung)).isZero();
        assertThat(browser.hole("/postkorb").ziel()).isEqualTo("/anmelden");
    }

    @Test
    void der_name_gilt_nur_in_seiner_stadt_und_unbekannt_und_falsch_sehen_gleich_aus() {
        var stadt = stadt();
        var andere = stadt();
        als(
                andere.mandant(),
                () -> personen.setzePasswort(
                        Protokoll.PROGRAMM, andere.anja().person(), "ein ganz anderes Passwort", false));
        var antworten = List.of(
                new Browser(url("")).melde(mitMandant(stadt.mandant(), "anja.mueller"), "falsch"),
                new Browser(url("")).melde(mitMandant(andere.mandant(), "anja.mueller"), PASSWORT),
                new Browser(url("")).melde(mitMandant(stadt.mandant(), "gibt.es.nicht"), PASSWORT),
                new Browser(url("")).melde("anja.mueller@keine-stadt", PASSWORT),
                new Browser(url("")).melde("", ""),
                new Browser(url("")).melde("x".repeat(5000), "y".repeat(5000)));
        assertThat(antworten).allMatch(a -> a.status() == 302 && a.ziel().equals("/anmelden?fehler"));
        assertThat(new Browser(url("")).hole("/anmelden?fehler").text())
                .contains("stimmen nicht")
                .contains("Viertelstunde");
    }

    @Test
    void nach_fuenf_fehlversuchen_hilft_auch_das_richtige_passwort_nicht_und_die_meldung_verraet_es_nicht() {
        var stadt = stadt();
        var name = mitMandant(stadt.mandant(), "anja.mueller");
        for (int i = 0; i < 5; i++) {
            assertThat(new Browser(url("")).melde(name, "falsch " + i).ziel()).isEqualTo("/anmelden?fehler");
        }
        assertThat(new Browser(url("")).melde(name, PASSWORT).ziel()).isEqualTo("/anmelden?fehler");
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/postkorb")
                        .status())
                .isEqualTo(200);
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE zugang SET gesperrt_bis = now() - interval '1 second' WHERE person_id = ?")
                        .param(stadt.anja().person())
                        .update());
        assertThat(new Browser(url(""))
                        .melde(name, "einmal falsch nach der Sperre")
                        .ziel())
                .isEqualTo("/anmelden?fehler");
        assertThat(new Browser(url("")).melde(name, PASSWORT).ziel()).isEqualTo("/postkorb");
    }

    @Test
    void ohne_geheimnis_des_formulars_wird_nichts_getan() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Fremde Seite");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        for (var geheim : List.of("", "falsch")) {
            var antwort = anja.sende("/vorgaenge/" + vorgang.id() + "/abschluss", geheim);
            assertThat(antwort.status()).isIn(302, 403);
            assertThat(anja.sende("/abmelden", geheim).status()).isIn(302, 403);
        }
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT stand FROM vorgang WHERE id = ?")
                                .param(vorgang.id())
                                .query(String.class)
                                .single()))
                .isEqualTo("in_bearbeitung");
        assertThat(anja.hole("/postkorb").status()).isEqualTo(200);
    }

    @Test
    void jede_seite_verbietet_fremde_und_eingebettete_skripte() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "<script>alert(1)</script> \"><b onmouseover=alert(1)>");
        als(stadt.mandant(), () -> {
            for (var rolle : java.util.EnumSet.complementOf(java.util.EnumSet.of(Rolle.PERSONALRAT))) {
                personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), rolle);
            }
        });
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var pfade = new java.util.ArrayList<>(List.of(
                "/akten/" + vorgang.akteId(),
                "/akten/" + vorgang.akteId() + "/protokoll",
                "/vorgaenge/" + vorgang.id(),
                "/gibt-es-nicht",
                "/akten/" + UUID.randomUUID()));
        wege.getHandlerMethods()
                .keySet()
                .forEach(weg -> weg.getPatternValues().stream()
                        .filter(p -> !p.startsWith("/api/") && !p.startsWith("/portal") && !p.contains("{"))
                        .forEach(pfade::add));
        int seiten = 0;
        for (var pfad : pfade) {
            var seite = anja.hole(pfad + "?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
            assertThat(seite.kopf("Content-Security-Policy"))
                    .as(pfad)
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "*", "http");
            assertThat(seite.kopf("X-Content-Type-Options")).as(pfad).isEqualTo("nosniff");
            assertThat(seite.kopf("Referrer-Policy")).as(pfad).isEqualTo("same-origin");
            assertThat(seite.kopf("Cache-Control")).as(pfad).contains("no-store");
            if (seite.istHtml()) {
                seiten++;
                assertThat(seite.text())
                        .as(pfad)
                        .doesNotContain("<script>alert")
                        .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
                        .doesNotContainPattern("<[^>]+\\sstyle=\"")
                        .doesNotContainPattern("<[a-z][^>\"]*(\"[^\"]*\"[^>\"]*)*\\son[a-z]+=")
                        .doesNotContain("<style")
                        .doesNotContainPattern("(src|href|action)=\"(https?:)?//");
            }
        }
        assertThat(seiten).isGreaterThan(10);
    }

    @Test
    void ein_anfangspasswort_muss_ersetzt_werden_und_zu_kurze_werden_mit_grund_abgewiesen() {
        var stadt = stadt();
        als(
                stadt.mandant(),
                () -> personen.setzePasswort(Protokoll.PROGRAMM, stadt.anja().person(), PASSWORT, true));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/postkorb").ziel()).isEqualTo("/passwort");
        assertThat(anja.hole("/akten").ziel()).isEqualTo("/passwort");
        assertThat(anja.sendeVon("/passwort", "/passwort", "bisher", PASSWORT, "neu", "kurz", "wiederholt", "kurz")
                        .text())
                .contains("mindestens 12");
        assertThat(anja.sendeVon(
                                "/passwort",
                                "/passwort",
                                "bisher",
                                "falsch",
                                "neu",
                                "x".repeat(12),
                                "wiederholt",
                                "x".repeat(12))
                        .text())
                .contains("bisherige Passwort stimmt nicht");
        assertThat(anja.sendeVon("/passwort", "/passwort", "bisher", PASSWORT, "neu", PASSWORT, "wiederholt", PASSWORT)
                        .text())
                .contains("ist das bisherige");
        assertThat(anja.hole("/postkorb").ziel()).isEqualTo("/passwort");
        assertThat(anja.sendeVon(
                                "/passwort",
                                "/passwort",
                                "bisher",
                                PASSWORT,
                                "neu",
                                "mein neues langes",
                                "wiederholt",
                                "mein neues langes")
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(anja.hole("/postkorb").status()).isEqualTo(200);
        assertThat(new Browser(url(""))
                        .melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT)
                        .ziel())
                .isEqualTo("/anmelden?fehler");
    }

    @Test
    void wer_nicht_mehr_gueltig_ist_wird_mit_dem_naechsten_klick_abgemeldet() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/postkorb").status()).isEqualTo(200);
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE person SET gueltig_bis = now() WHERE id = ?")
                        .param(stadt.anja().person())
                        .update());
        assertThat(anja.hole("/postkorb").ziel()).isEqualTo("/anmelden?beendet");
        assertThat(anja.hole("/akten").ziel()).isEqualTo("/anmelden");
        assertThat(anja.melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT)
                        .ziel())
                .isEqualTo("/anmelden?fehler");
    }

    @Test
    void nach_zwoelf_stunden_meldet_man_sich_neu_an_auch_wenn_man_immer_da_war() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var kennung = new String(
                Base64.getDecoder().decode(anja.sitzung().orElseThrow().getValue()), StandardCharsets.US_ASCII);
        for (var stunden : List.of(11, 13)) {
            assertThat(anja.hole("/postkorb").status()).isEqualTo(200);
            altere(sitzungslager, kennung, Duration.ofHours(stunden));
        }
        assertThat(anja.hole("/postkorb").ziel()).isEqualTo("/anmelden?sitzung");
        assertThat(sitzungen(kennung)).isZero();
    }

    private static <S extends Session> void altere(SessionRepository<S> lager, String kennung, Duration um) {
        var sitzung = lager.findById(kennung);
        sitzung.setAttribute(Mandantenfilter.ANGEMELDET, Instant.now().minus(um));
        lager.save(sitzung);
    }

    @Test
    void im_protokoll_des_programms_steht_nie_was_bei_der_anmeldung_getippt_wurde() {
        var stadt = stadt();
        var geheim = "Walfischtran-" + UUID.randomUUID();
        var protokoll = new ListAppender<ILoggingEvent>();
        protokoll.start();
        var wurzel = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        wurzel.addAppender(protokoll);
        try {
            new Browser(url("")).melde(mitMandant(stadt.mandant(), "anja.mueller"), geheim);
            // The password in the wrong field.
            new Browser(url("")).melde(geheim, "x");
            angemeldet(stadt.mandant(), "anja.mueller").hole("/suche?q=" + geheim);
        } finally {
            wurzel.detachAppender(protokoll);
        }
        assertThat(protokoll.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(zeile -> zeile.contains("abgewiesen"))
                .noneMatch(zeile -> zeile.contains(geheim) || zeile.contains("anja.mueller"));
    }

    @Test
    void was_beim_ablauf_der_sitzung_getippt_war_ist_nach_der_anmeldung_noch_da() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Lange getippt");
        var anja =
                verliertBeimVermerken(stadt, vorgang.id(), "Ortstermin am Dienstag, <b>sehr</b> lang.\nZweite Zeile");
        assertThat(anja.hole("/anmelden?sitzung").text()).contains("aufbewahrt");
        assertThat(anja.melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT)
                        .ziel())
                .isEqualTo("/fortsetzen");
        var seite = anja.hole("/fortsetzen");
        assertThat(seite.text())
                .contains("Ortstermin am Dienstag, &lt;b>sehr&lt;/b> lang.")
                .contains("/vorgaenge/" + vorgang.id() + "/vermerke");
        assertThat(vermerke(stadt)).isEmpty();
        assertThat(anja.hole("/fortsetzen").text()).as("neu geladen").contains("Ortstermin am Dienstag");
        var vermerk = seite.text().replaceAll("(?s).*name=\"vermerk\" value=\"([^\"]+)\".*", "$1");
        var abgelehnt = anja.sende(
                "/vorgaenge/" + vorgang.id() + "/vermerke",
                seite.geheim(),
                "_fortgesetzt",
                "ja",
                "vermerk",
                vermerk,
                "text",
                " ");
        assertThat(abgelehnt.status()).isEqualTo(422);
        assertThat(anja.hole("/fortsetzen").text()).as("abgelehnt").contains("Ortstermin am Dienstag");
        for (int i = 0; i < 2; i++) {
            anja.sende(
                    "/vorgaenge/" + vorgang.id() + "/vermerke",
                    seite.geheim(),
                    "_fortgesetzt",
                    "ja",
                    "vermerk",
                    vermerk,
                    "text",
                    "Ortstermin am Dienstag");
        }
        assertThat(anja.hole("/fortsetzen").ziel()).as("angekommen").isEqualTo("/postkorb");
        assertThat(vermerke(stadt)).containsExactly("Ortstermin am Dienstag");
    }

    @Test
    void was_verworfen_wird_ist_weg() {
        var stadt = stadt();
        var anja = verliertBeimVermerken(stadt, vorgang(stadt, "Verworfen").id(), "Doch nicht");
        anja.melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT);
        assertThat(anja.sendeVon("/fortsetzen", "/fortsetzen/verwerfen").ziel()).isEqualTo("/postkorb");
        assertThat(anja.hole("/fortsetzen").ziel()).isEqualTo("/postkorb");
    }

    @Test
    void wer_nie_eine_sitzung_hatte_hinterlaesst_nichts() {
        var fremder = new Browser(url(""));
        assertThat(fremder.sende(
                                "/vorgaenge/" + Kennung.neu() + "/vermerke",
                                "",
                                "_person",
                                Kennung.neu().toString(),
                                "text",
                                "x".repeat(1000))
                        .ziel())
                .isEqualTo("/anmelden?sitzung");
        assertThat(fremder.hole("/anmelden?sitzung").text())
                .contains("abgelaufen")
                .doesNotContain("aufbewahrt");
    }

    @Test
    void wer_nicht_angemeldet_ist_wird_beim_hochladen_abgewiesen_bevor_ein_byte_gelesen_ist() throws Exception {
        for (var fall : List.of(
                List.of("Accept: text/html", "302", "/anmelden?sitzung"),
                List.of("Accept: application/json", "403", "Ihre Sitzung ist abgelaufen"),
                List.of("X-CSRF-TOKEN: x", "403", "Ihre Sitzung ist abgelaufen"))) {
            for (var pfad : List.of("/posteingang", "/anmelden", "/gesicht/gesicht.js")) {
                try (var leitung = new java.net.Socket("localhost", port)) {
                    leitung.setSoTimeout(10_000);
                    // A gigabyte is announced and never sent: whoever waits for it does not answer.
                    leitung.getOutputStream()
                            .write(("POST " + pfad + " HTTP/1.1\r\nHost: localhost\r\n" + fall.getFirst()
                                            + "\r\nContent-Type: Multipart/form-data; boundary=x\r\nContent-Length: 1000000000\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    var antwort = new StringBuilder();
                    var leser = new java.io.InputStreamReader(leitung.getInputStream(), StandardCharsets.UTF_8);
                    while (antwort.indexOf(fall.getLast()) < 0) {
                        int zeichen = leser.read();
                        assertThat(zeichen).as(pfad + ": " + antwort).isNotNegative();
                        antwort.append((char) zeichen);
                    }
                    assertThat(antwort.toString()).startsWith("HTTP/1.1 " + fall.get(1));
                }
            }
        }
    }

    @Test
    void meldet_sich_danach_jemand_anderes_an_sieht_er_davon_nichts() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Lange getippt");
        var browser = verliertBeimVermerken(stadt, vorgang.id(), "Nur für Anja bestimmt");
        assertThat(browser.melde(mitMandant(stadt.mandant(), "petra.lueders"), PASSWORT)
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(browser.hole("/fortsetzen").ziel()).isEqualTo("/postkorb");
        assertThat(browser.hole("/postkorb").text())
                .doesNotContain("Nur für Anja")
                .doesNotContain("Lange getippt");
    }

    private Browser verliertBeimVermerken(Stadt stadt, UUID vorgang, String text) {
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var seite = anja.hole("/vorgaenge/" + vorgang);
        anja.verliereSitzung();
        var antwort = anja.sende(
                "/vorgaenge/" + vorgang + "/vermerke",
                seite.geheim(),
                "_person",
                stadt.anja().person().toString(),
                "vermerk",
                Kennung.neu().toString(),
                "text",
                text);
        assertThat(antwort.ziel()).isEqualTo("/anmelden?sitzung");
        return anja;
    }

    private List<String> vermerke(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT text FROM vermerk").query(String.class).list());
    }

    private long sitzungen(String kennung) {
        return jdbc.sql("SELECT count(*) FROM spring_session WHERE session_id = ?")
                .param(kennung)
                .query(Long.class)
                .single();
    }
}
