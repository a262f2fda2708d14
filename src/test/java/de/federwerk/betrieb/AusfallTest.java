package de.federwerk.betrieb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.ApplicationEventPublisher;

/** The database of the house is killed while people work. */
class AusfallTest extends Teststadt {

    @Autowired
    ApplicationEventPublisher ereignisse;

    @LocalManagementPort
    int verwaltungsport;

    @Test
    void faellt_die_datenbank_aus_sagt_das_haus_es_auf_deutsch_und_ist_danach_von_selbst_wieder_da() throws Exception {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.TECHNIK));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var geheim = anja.hole("/posteingang").geheim();
        var cluster = new Clusterprozesse(DATEN.toAbsolutePath().normalize().resolve("datenbank"));
        var postmaster = cluster.postmaster().orElseThrow();

        postmaster.destroyForcibly();
        try {
            await().until(() -> !datenbank().lebt());
            var seite = CompletableFuture.supplyAsync(() -> anja.hole("/postkorb"));
            var formular = CompletableFuture.supplyAsync(() -> anja.sende("/einstellungen", geheim, "theme", "dunkel"));
            var anmelden = CompletableFuture.supplyAsync(() -> new Browser(url("")).hole("/anmelden"));
            var maschine = CompletableFuture.supplyAsync(() -> hole(url("/api/v1/eingaenge")));
            var zustand = CompletableFuture.supplyAsync(
                    () -> hole("http://127.0.0.1:" + verwaltungsport + "/actuator/health"));
            for (var antwort : java.util.List.of(seite, formular)) {
                assertThat(antwort.get(30, TimeUnit.SECONDS).status()).isEqualTo(503);
                assertThat(antwort.get().kopf("Retry-After")).isEqualTo("5");
                assertThat(antwort.get().kopf("Content-Security-Policy")).contains("default-src");
                assertThat(antwort.get().text())
                        .contains(
                                "lang=\"de\"",
                                "Datenbank antwortet nicht",
                                "steht nicht fest",
                                "doppelt wird dadurch nichts");
            }
            assertThat(anmelden.get(30, TimeUnit.SECONDS).status()).isIn(200, 503);
            assertThat(maschine.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
            assertThat(maschine.get().headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
            assertThat(zustand.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
            assertThat(zustand.get().body()).contains("\"DOWN\"");
        } finally {
            // Whatever was found: the other tests need their database back.
            Datenbankwache.beginne(datenbank(), ereignisse::publishEvent);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hole("http://127.0.0.1:" + verwaltungsport + "/actuator/health")
                                .statusCode()
                        == 200);
        assertThat(cluster.postmaster().orElseThrow().pid()).isNotEqualTo(postmaster.pid());
        assertThat(anja.hole("/postkorb").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(anja.hole("/stoerungen").text())
                        .contains("Behoben", "Die Datenbank ist am", "von selbst wieder gestartet"));
        als(
                stadt.mandant(),
                () -> assertThat(jdbc.sql("SELECT count(*) FROM stoerung WHERE erledigt IS NULL")
                                .query(Long.class)
                                .single())
                        .isZero());
    }

    private static HttpResponse<String> hole(String adresse) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(adresse))
                                    .header(
                                            "Authorization",
                                            "Bearer fw_" + "0".repeat(32) + "_" + "0".repeat(32) + "_" + "A".repeat(43))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
