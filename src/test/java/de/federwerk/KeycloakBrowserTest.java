package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Sign-in with a real Keycloak in a real browser. Not part of the usual run, because Keycloak is 170 MB and takes half a minute to start:
 * {@code bin/test -Dtest=KeycloakBrowserTest -Dfederwerk.keycloak=/pfad/zu/keycloak-26.7.3}, the unpacked
 * {@code org.keycloak:keycloak-quarkus-dist}; the test writes into that folder.
 */
@EnabledIfSystemProperty(named = "federwerk.keycloak", matches = ".+", disabledReason = "braucht ein Keycloak")
class KeycloakBrowserTest extends Browsertest {

    private static final HttpClient NETZ = HttpClient.newHttpClient();

    private Process keycloak;
    private String anbieter;

    @AfterEach
    void beende() throws InterruptedException {
        if (keycloak == null) return;
        keycloak.descendants().forEach(ProcessHandle::destroy);
        keycloak.destroy();
        if (!keycloak.waitFor(30, TimeUnit.SECONDS)) keycloak.destroyForcibly();
    }

    @Test
    void mit_dem_konto_der_stadt_hinein_und_auf_beiden_seiten_wieder_hinaus() throws Exception {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        starte(kuerzel(stadt));

        var anja = anja(stadt);
        anja.navigate("/verwaltung/verzeichnis/oidc");
        anja.locator("#feld-aussteller").fill(anbieter + "/realms/stadt");
        anja.locator("#feld-client").fill("federwerk");
        anja.locator("#feld-geheimnis").fill("geheimnis-des-clients");
        anja.locator("input[name=aufnehmen]").check();
        anja.locator(".fw-knopf[value=pruefen]").click();
        assertThat(anja.getByText("Der Anmeldedienst ist erreichbar")).isVisible();
        anja.locator(".fw-knopf[value=speichern]").click();
        assertThat(anja.getByText("Gespeichert.")).isVisible();
        anja.locator("#feld-gruppe").fill("technik");
        anja.locator("#feld-rolle").selectOption("TECHNIK");
        anja.getByText("Zuordnen", new Page.GetByTextOptions().setExact(true)).click();

        // Keycloak's own pages complain about what is not ours.
        try (var fenster = Browserhaus.browser()
                .newContext(new Browser.NewContextOptions().setBaseURL(url("")).setLocale("de-DE"))) {
            var karin = fenster.newPage();
            karin.navigate("/anmelden?behoerde=" + kuerzel(stadt));
            karin.getByText("Mit dem Konto der Stadt anmelden").click();
            karin.locator("#username").fill("karin.ahrens");
            karin.locator("#password").fill("Karins Passwort");
            karin.locator("#kc-login").click();
            karin.waitForURL(Pattern.compile(".*/postkorb.*"));
            assertThat(karin.locator(".fw-kopf__personname")).hasText("Karin Ahrens");
            karin.navigate("/stoerungen");
            assertThat(karin.locator("h1")).containsText("Störungen");
            karin.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("keycloak-angemeldet.png")));

            karin.locator(".fw-kopf__person").click();
            karin.getByText("Abmelden").click();
            karin.waitForURL(Pattern.compile("/anmelden$"));
            karin.navigate("/anmelden?behoerde=" + kuerzel(stadt));
            karin.getByText("Mit dem Konto der Stadt anmelden").click();
            assertThat(karin.locator("#password")).isVisible();
            karin.locator("#username").fill("karin.ahrens");
            karin.locator("#password").fill("Karins Passwort");
            karin.locator("#kc-login").click();
            karin.waitForURL(Pattern.compile(".*/postkorb.*"));

            // Shut out there: signed out here with the next click.
            sperreAus("karin.ahrens");
            karin.navigate("/akten");
            assertThat(karin).hasURL(Pattern.compile("/anmelden$"));
        }
    }

    private void starte(String kuerzel) throws Exception {
        var heim = Path.of(System.getProperty("federwerk.keycloak"));
        int dort = freierPort();
        anbieter = "http://localhost:" + dort;
        Files.createDirectories(heim.resolve("data/import"));
        Files.writeString(
                heim.resolve("data/import/stadt-realm.json"),
                """
                {"realm": "stadt", "enabled": true, "sslRequired": "none",
                 "groups": [{"name": "technik"}],
                 "users": [{"username": "karin.ahrens", "enabled": true, "firstName": "Karin", "lastName": "Ahrens", "email": "karin@stadt.example",
                            "emailVerified": true, "groups": ["/technik"], "credentials": [{"type": "password", "value": "Karins Passwort"}]}],
                 "clients": [{"clientId": "federwerk", "secret": "geheimnis-des-clients", "standardFlowEnabled": true, "publicClient": false,
                              "redirectUris": ["HAUS/anmelden/oidc/rueckkehr/KUERZEL"],
                              "attributes": {"post.logout.redirect.uris": "HAUS/anmelden", "pkce.code.challenge.method": "S256",
                                             "backchannel.logout.url": "HAUS/anmelden/oidc/ende?behoerde=KUERZEL", "backchannel.logout.session.required": "true"},
                              "protocolMappers": [{"name": "groups", "protocol": "openid-connect", "protocolMapper": "oidc-group-membership-mapper",
                                                   "config": {"claim.name": "groups", "full.path": "true", "id.token.claim": "true", "userinfo.token.claim": "true"}}]}]}
                """.replace("HAUS", url("").replaceFirst("/$", "")).replace("KUERZEL", kuerzel));
        var befehl = new ProcessBuilder(
                heim.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--http-port=" + dort,
                "--http-host=127.0.0.1",
                "--hostname=" + anbieter,
                "--import-realm");
        befehl.environment().put("JAVA_HOME", System.getProperty("java.home"));
        befehl.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "chef");
        befehl.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "chef");
        keycloak = befehl.redirectErrorStream(true)
                .redirectOutput(DATEN.resolve("protokolle/keycloak.log").toFile())
                .start();
        bis(Duration.ofMinutes(3), "Keycloak antwortet", () -> {
            try {
                return holt(anbieter + "/realms/stadt/.well-known/openid-configuration") == 200;
            } catch (IOException nochNicht) {
                return false;
            }
        });
    }

    private static int freierPort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static int holt(String adresse) throws IOException {
        try {
            return NETZ.send(HttpRequest.newBuilder(URI.create(adresse)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** As the administration of Keycloak does: ends all sessions of a person. */
    private void sperreAus(String name) throws Exception {
        var token = text(HttpRequest.newBuilder(URI.create(anbieter + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=password&client_id=admin-cli&username=chef&password=chef")))
                .replaceAll("(?s).*\"access_token\":\"([^\"]+)\".*", "$1");
        var person = text(HttpRequest.newBuilder(URI.create(anbieter + "/admin/realms/stadt/users?username=" + name))
                        .header("Authorization", "Bearer " + token))
                .replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        text(HttpRequest.newBuilder(URI.create(anbieter + "/admin/realms/stadt/users/" + person + "/logout"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static String text(HttpRequest.Builder anfrage) throws Exception {
        var antwort = NETZ.send(anfrage.build(), BodyHandlers.ofString());
        assertThat(antwort.statusCode()).as(antwort.body()).isLessThan(300);
        return antwort.body();
    }
}
