package de.federwerk.anmeldung;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class ZweiterFaktorTest extends Anmeldetest {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping wege;

    @Autowired
    Faktoren faktoren;

    @Test
    void mit_passwort_und_code_kommt_man_hinein_und_jeder_code_gilt_einmal() {
        var stadt = stadt();
        var faktor = richteAppEin(angemeldet(stadt.mandant(), "anja.mueller"));
        assertThat(faktor.ersatzcodes()).hasSize(10).doesNotHaveDuplicates();

        var browser = halb(stadt, "anja.mueller");
        assertThat(browser.hole("/anmelden/faktor").text())
                .contains("Anja Müller")
                .contains("Sechs Ziffern");
        assertThat(browser.sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", faktor.code(0))
                        .text())
                .as("der Code vom Einrichten")
                .contains("schon benutzt");
        var vorher = kennung(browser);
        assertThat(browser.sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", faktor.code(1))
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(kennung(browser)).as("eine neue Sitzung").isNotEqualTo(vorher);
        assertThat(browser.hole("/postkorb").text()).contains("Anja Müller");
        assertThat(browser.hole("/anmelden/faktor").ziel()).as("danach").isEqualTo("/postkorb");

        // Somebody who has read both over her shoulder.
        var zweiter = halb(stadt, "anja.mueller");
        assertThat(zweiter.sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", faktor.code(1))
                        .text())
                .contains("schon benutzt");
        assertThat(zweiter.hole("/postkorb").ziel()).isEqualTo("/anmelden");
    }

    @Test
    void zweimal_abgesendet_und_zwei_reiter_sind_kein_fehler() {
        var stadt = stadt();
        var faktor = richteAppEin(angemeldet(stadt.mandant(), "anja.mueller"));
        var browser = halb(stadt, "anja.mueller");
        // The other tab signs in again meanwhile.
        browser.melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT);
        var geheim = browser.hole("/anmelden/faktor").geheim();
        assertThat(browser.sende(
                                "/anmelden/faktor",
                                geheim,
                                "code",
                                " " + faktor.code(1).replaceAll("(...)", "$1 "))
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(browser.sendeVon("/postkorb", "/anmelden/faktor", "code", faktor.code(1))
                        .ziel())
                .isEqualTo("/postkorb");
    }

    @Test
    void zwischen_passwort_und_code_gibt_es_nichts() throws Exception {
        var stadt = stadt();
        richteAppEin(angemeldet(stadt.mandant(), "anja.mueller"));
        var browser = halb(stadt, "anja.mueller");
        var geheim = browser.hole("/anmelden/faktor").geheim();
        var pfade = Stream.concat(
                        wege.getHandlerMethods().entrySet().stream()
                                .filter(e -> e.getKey()
                                        .getMethodsCondition()
                                        .getMethods()
                                        .contains(RequestMethod.GET))
                                .flatMap(e -> e.getKey().getPatternValues().stream())
                                .filter(p -> !p.startsWith("/anmelden")
                                        && !p.equals("/error")
                                        && !p.startsWith("/kalender/abo")
                                        && !p.startsWith("/portal")
                                        && !p.startsWith("/api/"))
                                .map(p -> p.replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-000000000000")),
                        Stream.of("/"))
                .toList();
        assertThat(pfade).hasSizeGreaterThan(40);
        for (var pfad : pfade) {
            var seite = browser.hole(pfad);
            assertThat(seite.ziel()).as(pfad).isEqualTo("/anmelden");
            assertThat(seite.text()).as(pfad).doesNotContain("Müller");
        }
        for (var pfad : List.of("/api/v1/akten", "/api/v1/suche?q=x")) {
            assertThat(browser.hole(pfad).status()).as(pfad).isEqualTo(401);
        }
        for (var pfad : List.of("/einstellungen", "/anmeldung/sitzungen/ende", "/bestaetigen", "/passwort")) {
            assertThat(browser.sende(pfad, geheim, "thema", "dunkel", "passwort", PASSWORT)
                            .ziel())
                    .as(pfad)
                    .startsWith("/anmelden");
        }
        // As the page's script asks, with the half session's cookie.
        var antwort = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url("/ereignisse")))
                                .header("Accept", "text/event-stream")
                                .header(
                                        "Cookie",
                                        "FEDERWERK="
                                                + browser.sitzung()
                                                        .orElseThrow()
                                                        .getValue())
                                .build(),
                        BodyHandlers.ofString());
        assertThat(antwort.statusCode()).isEqualTo(204);
        assertThat(jdbc.sql("""
                SELECT count(*) FROM spring_session s JOIN spring_session_attributes a ON a.session_primary_id = s.primary_id
                 WHERE s.session_id = ? AND a.attribute_name = 'SPRING_SECURITY_CONTEXT'""").param(kennung(browser)).query(Long.class).single())
                .as("ein Ausweis in der Sitzung")
                .isZero();
        assertThat(browser.sende("/anmelden/faktor", geheim, "code", "000000").status())
                .as("und weiter geht es trotzdem")
                .isEqualTo(200);
    }

    @Test
    void fuenf_falsche_codes_sperren_auch_wer_das_passwort_kennt() {
        var stadt = stadt();
        var faktor = richteAppEin(angemeldet(stadt.mandant(), "anja.mueller"));
        for (int i = 0; i < Faktoren.FEHLVERSUCHE; i++) {
            // The right password in between does not begin anew.
            var browser = halb(stadt, "anja.mueller");
            assertThat(browser.sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", i == 0 ? "" : "12345" + i)
                            .text())
                    .contains("stimmt nicht");
        }
        var browser = halb(stadt, "anja.mueller");
        for (var code : List.of(faktor.code(1), faktor.ersatzcodes().getFirst())) {
            assertThat(browser.sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", code)
                            .text())
                    .contains("Viertelstunde gesperrt");
        }
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE zweiter_faktor SET gesperrt_bis = now() WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .update());
        assertThat(browser.sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", faktor.code(1))
                        .ziel())
                .isEqualTo("/postkorb");
    }

    @Test
    void ein_ersatzcode_oeffnet_einmal_und_das_geheimnis_liegt_verschlossen() throws Exception {
        var stadt = stadt();
        var faktor = richteAppEin(angemeldet(stadt.mandant(), "anja.mueller"));
        var code = faktor.ersatzcodes().get(3);
        assertThat(halb(stadt, "anja.mueller")
                        .sendeVon(
                                "/anmelden/faktor",
                                "/anmelden/faktor",
                                "code",
                                code.toUpperCase(Locale.ROOT).replace('-', ' '))
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(halb(stadt, "anja.mueller")
                        .sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", code)
                        .text())
                .contains("stimmt nicht");
        als(stadt.mandant(), () -> {
            var verschlossen = jdbc.sql("SELECT geheimnis FROM zweiter_faktor WHERE mandant_id = ?")
                    .param(stadt.mandant())
                    .query(byte[].class)
                    .single();
            assertThat(verschlossen).hasSize(12 + 20 + 16);
            assertThat(new String(verschlossen, StandardCharsets.ISO_8859_1))
                    .doesNotContain(new String(faktor.geheimnis(), StandardCharsets.ISO_8859_1));
        });
        assertThat(Files.getPosixFilePermissions(DATEN.resolve("anmeldung.geheim")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(handlungen(stadt)).contains("faktor.eingerichtet", "faktor.ersatzcode_benutzt");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT string_agg(wert, ' ') FROM protokoll_inhalt WHERE mandant_id = ?")
                                .param(stadt.mandant())
                                .query(String.class)
                                .single()))
                .doesNotContain(code);
    }

    @Test
    void wird_er_verlangt_richtet_man_ihn_ein_bevor_irgendetwas_geht() throws Exception {
        var stadt = stadt();
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(petra.sendeVon(
                                "/verwaltung/anmeldung",
                                "/verwaltung/anmeldung",
                                "rolle",
                                "POSTEINGANG",
                                "rolle",
                                "GIBTESNICHT")
                        .ziel())
                .startsWith("/verwaltung/anmeldung");
        assertThat(petra.hole("/postkorb").status()).as("andere Rolle").isEqualTo(200);
        assertThat(anja.hole("/postkorb").ziel()).as("mit dem nächsten Klick").isEqualTo("/anmeldung");
        assertThat(anja.hole("/akten").ziel()).isEqualTo("/anmeldung");
        assertThat(anja.hole("/anmeldung").text()).contains("Zuerst ein zweiter Faktor");
        var ereignisse = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url("/ereignisse")))
                                .header("Accept", "text/event-stream")
                                .header(
                                        "Cookie",
                                        "FEDERWERK="
                                                + anja.sitzung().orElseThrow().getValue())
                                .build(),
                        BodyHandlers.ofString());
        assertThat(ereignisse.statusCode()).isEqualTo(204);
        assertThat(richteAppEin(anja).ersatzcodes()).hasSize(10);
        assertThat(anja.hole("/postkorb").status()).isEqualTo(200);
        // For everybody, also who decided it.
        petra.sendeVon("/verwaltung/anmeldung", "/verwaltung/anmeldung", "alle", "true");
        assertThat(petra.hole("/verwaltung").ziel()).isEqualTo("/anmeldung");
        richteAppEin(petra);
        assertThat(petra.hole("/verwaltung").status()).isEqualTo(200);
        // The last factor goes: then the duty comes back.
        assertThat(petra.sendeVon("/anmeldung", "/anmeldung/app/ende").ziel()).isEqualTo("/anmeldung");
        assertThat(petra.hole("/verwaltung").ziel()).isEqualTo("/anmeldung");
        assertThat(als(
                        stadt.mandant(),
                        () -> faktoren.stand(stadt.petra().person()).ersatzcodes()))
                .isZero();
    }

    @Test
    void die_administration_setzt_ihn_zurueck_und_nur_die_der_eigenen_stadt() {
        var stadt = stadt();
        var fremde = stadt();
        for (var s : List.of(stadt, fremde)) {
            als(s.mandant(), () -> personen.gib(Protokoll.PROGRAMM, s.petra().person(), Rolle.ADMINISTRATION));
        }
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        richteAppEin(anja);
        var halb = halb(stadt, "anja.mueller");
        var seite = "/verwaltung/personen/" + stadt.anja().person() + "/anmeldung";
        var tat = "/verwaltung/personen/" + stadt.anja().person() + "/faktorruecksetzung";

        var nachbar = angemeldet(fremde.mandant(), "petra.lueders");
        assertThat(nachbar.hole(seite).status()).isEqualTo(404);
        assertThat(nachbar.sendeVon("/verwaltung", tat).status()).isEqualTo(404);
        assertThat(anja.hole(seite).status()).as("ohne Rolle").isEqualTo(403);
        assertThat(anja.hole("/postkorb").status()).isEqualTo(200);

        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        assertThat(petra.hole(seite).text())
                .contains("Anmeldung von Anja Müller")
                .contains("seit ");
        assertThat(petra.sendeVon(seite, tat).ziel()).isEqualTo(seite + "?erledigt=faktoren");
        assertThat(anja.hole("/postkorb").ziel()).as("ihre Sitzungen enden").isEqualTo("/anmelden");
        assertThat(halb.hole("/anmelden/faktor").ziel()).isEqualTo("/anmelden");
        angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(handlungen(stadt)).contains("faktor.zurueckgesetzt", "sitzung.beendet");
    }

    @Test
    void ein_schluessel_der_anderswo_liegt_sperrt_niemanden_aus() {
        var stadt = stadt();
        var faktor = richteAppEin(angemeldet(stadt.mandant(), "anja.mueller"));
        // As after a database that was restored without its key; also: a secret copied from another person's row.
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE zweiter_faktor SET geheimnis = decode(repeat('ab', 48), 'hex') WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .update());
        var browser = halb(stadt, "anja.mueller");
        assertThat(browser.sendeVon("/anmelden/faktor", "/anmelden/faktor", "code", faktor.code(1))
                        .text())
                .contains("ein Schlüssel fehlt");
        assertThat(browser.sendeVon(
                                "/anmelden/faktor",
                                "/anmelden/faktor",
                                "code",
                                faktor.ersatzcodes().getFirst())
                        .ziel())
                .isEqualTo("/postkorb");
    }

    @Test
    void technische_konten_haben_keinen_und_ohne_cookies_heisst_es_so() {
        var stadt = stadt();
        var konto = als(
                stadt.mandant(),
                () -> personen.nimmAuf(Protokoll.PROGRAMM, "fachverfahren", "", "Fachverfahren", null, true));
        als(stadt.mandant(), () -> personen.setzePasswort(Protokoll.PROGRAMM, konto, PASSWORT, false));
        assertThat(new Browser(url(""))
                        .melde(mitMandant(stadt.mandant(), "fachverfahren"), PASSWORT)
                        .ziel())
                .isEqualTo("/anmelden?fehler");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("""
                SELECT count(*) FROM person p WHERE p.mandant_id = ? AND p.id = ? AND p.art = 'mensch'""")
                                .params(stadt.mandant(), konto)
                                .query(Long.class)
                                .single()))
                .isZero();
        var ohne = new Browser(url(""));
        assertThat(ohne.sende("/anmelden", "", "name", "x", "passwort", "y").ziel())
                .isEqualTo("/anmelden?cookies");
        assertThat(ohne.hole("/anmelden?cookies").text()).contains("nimmt keine Cookies an");
    }
}
