package de.federwerk.verzeichnis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.Test;

/** Several towns in one house, and one of their administrators names a provider that he has written himself. */
class OidcAngriffTest extends Verzeichnistest {

    private static final String BEGINN = "/anmelden/oidc?behoerde=";
    private static final String ABGEBROCHEN = "anbieter-abgebrochen";

    private static Oidceinstellungen wie(String aussteller) {
        return new Oidceinstellungen(
                true, aussteller, "", "federwerk", "Anmelden", "preferred_username", "", true, false);
    }

    private Stadt mit(String aussteller) {
        var stadt = verwalteteStadt();
        richteEin(stadt, wie(aussteller));
        return stadt;
    }

    /** What stands behind the question mark. */
    private static Map<String, String> angaben(String adresse) {
        return Arrays.stream(URI.create(adresse).getRawQuery().split("&"))
                .map(a -> a.split("=", 2))
                .collect(Collectors.toMap(a -> a[0], a -> URLDecoder.decode(a[1], StandardCharsets.UTF_8)));
    }

    private String beginne(Stadt stadt, Browser browser) {
        return browser.hole(BEGINN + kuerzel(stadt)).kopf("Location");
    }

    private static String leiteWeiter(String adresse) throws Exception {
        try (var netz = HttpClient.newHttpClient()) {
            return netz.send(
                            HttpRequest.newBuilder(URI.create(adresse))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.ofString())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow()
                    .replaceFirst("^https?://[^/]+", "");
        }
    }

    @Test
    void ein_code_des_anbieters_einer_anderen_stadt_gelangt_nie_zu_einem_boesen_anbieter() throws Exception {
        try (var boese = new Falschanbieter();
                var ehrlich = new Ehrlich()) {
            var ihre = mit(ehrlich.aussteller());
            var seine = mit(boese.aussteller());
            // The victim presses the button of the hostile town. Its provider sends the browser on to the honest one,
            // with the
            // state and the challenge of its own sign-in and all the rest as the other town would ask.
            var opfer = new Browser(url(""));
            var begonnen = angaben(beginne(seine, opfer));
            var echt = beginne(ihre, new Browser(url("")));
            var fremd = new java.util.TreeMap<>(angaben(echt));
            assertThat(fremd.get("redirect_uri"))
                    .isEqualTo(url("/anmelden/oidc/rueckkehr/" + kuerzel(ihre)))
                    .isNotEqualTo(begonnen.get("redirect_uri"));
            fremd.put("state", begonnen.get("state"));
            fremd.put("code_challenge", begonnen.get("code_challenge"));
            var verdreht = echt.replaceFirst("\\?.*", "?") + adresszeile(fremd);

            assertThat(opfer.hole(leiteWeiter(verdreht)).ziel()).endsWith(ABGEBROCHEN);
            assertThat(boese.gefragt("/token"))
                    .as("kein Code, kein PKCE-Geheimnis")
                    .isEmpty();
            assertThat(opfer.hole("/postkorb").ziel()).isEqualTo("/anmelden");

            // The other way round: what was begun at the honest provider is redeemed there only, wherever the browser
            // is sent.
            var zweites = new Browser(url(""));
            var state = angaben(beginne(ihre, zweites)).get("state");
            assertThat(zweites.hole("/anmelden/oidc/rueckkehr/" + kuerzel(seine) + "?code=abc&state=" + state)
                            .ziel())
                    .endsWith(ABGEBROCHEN);
            assertThat(boese.gefragt("/token")).isEmpty();
        }
    }

    private static String adresszeile(Map<String, String> angaben) {
        return angaben.entrySet().stream()
                .map(a -> a.getKey() + "=" + URLEncoder.encode(a.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Test
    void wer_sich_als_absender_nennt_muss_es_sein_und_wer_inzwischen_ein_anderer_ist_bekommt_nichts() throws Exception {
        try (var anbieter = new Falschanbieter();
                var danach = new Falschanbieter()) {
            anbieter.nenne("authorization_response_iss_parameter_supported", "true");
            var stadt = mit(anbieter.aussteller());
            var zurueck = "/anmelden/oidc/rueckkehr/" + kuerzel(stadt) + "?code=abc&state=";
            var browser = new Browser(url(""));
            for (var iss : new String[] {"", "&iss=https%3A%2F%2Fjemand.anderes.example"}) {
                var state = angaben(beginne(stadt, browser)).get("state");
                assertThat(browser.hole(zurueck + state + iss).ziel()).as(iss).endsWith(ABGEBROCHEN);
            }
            assertThat(anbieter.gefragt("/token")).isEmpty();
            var state = angaben(beginne(stadt, browser)).get("state");
            browser.hole(zurueck + state + "&iss=" + URLEncoder.encode(anbieter.aussteller(), StandardCharsets.UTF_8));
            assertThat(anbieter.gefragt("/token"))
                    .singleElement()
                    .asString()
                    .contains("code=abc", "rueckkehr%2F" + kuerzel(stadt));

            // Another issuer was set while the person was away.
            var begonnen = angaben(beginne(stadt, browser)).get("state");
            richteEin(stadt, wie(danach.aussteller()));
            assertThat(browser.hole(zurueck + begonnen).ziel()).endsWith(ABGEBROCHEN);
            assertThat(danach.gefragt("/token")).isEmpty();
        }
    }

    @Test
    void was_der_anbieter_von_sich_sagt_fuehrt_nirgendwohin_wo_niemand_hin_darf() throws Exception {
        for (var endpunkt : new String[] {
            "token_endpoint", "jwks_uri", "userinfo_endpoint", "authorization_endpoint", "end_session_endpoint"
        }) {
            for (var ziel : new String[] {"http://anmeldung.stadt.example/x", "https://169.254.169.254/latest"}) {
                // Where the browser goes is no matter of the house's network.
                if (ziel.startsWith("https") && endpunkt.matches("authorization.*|end_session.*")) continue;
                try (var anbieter = new Falschanbieter().nenne(endpunkt, "\"" + ziel + "\"")) {
                    assertThat(problem(anbieter)).as(endpunkt + " " + ziel).isNotEmpty();
                }
            }
        }
        try (var anbieter = new Falschanbieter();
                var innen = new Falschanbieter()) {
            assertThat(problem(anbieter)).as("sonst ginge es").isEmpty();
            anbieter.beschreibung = a -> {
                a.getResponseHeaders().set("Location", innen.aussteller() + "/.well-known/openid-configuration");
                a.sendResponseHeaders(302, -1);
            };
            assertThat(problem(anbieter)).contains("302");
            assertThat(innen.gefragt("/")).as("umgeleitet wird nicht").isEmpty();
            anbieter.beschreibung = a -> Falschanbieter.antworte(a, 200, " ".repeat(1_100_000) + "{}");
            assertThat(problem(anbieter)).as("zu groß").isNotEmpty();
            anbieter.beschreibung = a -> {
                a.sendResponseHeaders(200, 1_000);
                a.getResponseBody().write('{');
                a.getResponseBody().flush();
                warteBisNiemandMehrLiest(a.getResponseBody());
            };
            var netz = new Oidcnetz("", new Netzgrenze(true), Duration.ofMillis(400));
            var seit = System.nanoTime();
            assertThatThrownBy(() -> netz.hole(URI.create(anbieter.aussteller() + "/.well-known/openid-configuration")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("noch keine ganze Antwort");
            assertThat(Duration.ofNanos(System.nanoTime() - seit)).isLessThan(Duration.ofSeconds(4));
        }
    }

    /** One byte after the other, much too slowly. */
    private static void warteBisNiemandMehrLiest(java.io.OutputStream strom) throws IOException {
        for (int i = 0; i < 100; i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
            strom.write(' ');
            strom.flush();
        }
    }

    private static String problem(Falschanbieter anbieter) {
        try {
            new Oidcanbieter(new Netzgrenze(true)).beschreibe(wie(anbieter.aussteller()));
            return "";
        } catch (Oidcanbieter.Anbieterfehler e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A provider that does as it should. */
    private static final class Ehrlich implements AutoCloseable {
        private final MockOAuth2Server server = new MockOAuth2Server();

        Ehrlich() {
            server.start();
        }

        String aussteller() {
            return server.issuerUrl("stadt").toString();
        }

        @Override
        public void close() {
            server.shutdown();
        }
    }
}
