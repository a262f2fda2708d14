package de.federwerk.meldung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.organisation.Anmeldung;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Server-Sent Events over real HTTP. */
class LivetickerTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(10);

    @Autowired
    Liveticker ticker;

    @Autowired
    Meldungen meldungen;

    private final List<Ohr> ohren = new ArrayList<>();

    /** Somebody who listens; {@code zeilen} are the lines heard so far, those between the chunks among them. */
    private static final class Ohr implements AutoCloseable {
        final List<String> kopf = new ArrayList<>();
        final List<String> zeilen = new CopyOnWriteArrayList<>();
        private final Socket leitung;
        private final Thread faden;

        /** Bare HTTP: a client that buffers keeps small chunks to itself, or cannot be closed while somebody reads. */
        Ohr(String adresse, String keks) throws IOException {
            var ziel = URI.create(adresse);
            leitung = new Socket(ziel.getHost(), ziel.getPort());
            leitung.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%sConnection: close\r\n\r\n"
                            .formatted(ziel.getPath(), ziel.getAuthority(), keks)
                            .getBytes(StandardCharsets.US_ASCII));
            for (var zeile = zeile(); zeile != null && !zeile.isEmpty(); zeile = zeile()) {
                kopf.add(zeile);
            }
            faden = Thread.ofVirtual().start(this::lausche);
        }

        int status() {
            return Integer.parseInt(kopf.getFirst().split(" ")[1]);
        }

        private void lausche() {
            try {
                for (var zeile = zeile(); zeile != null && !zeile.equals("0"); zeile = zeile()) {
                    if (!zeile.isEmpty()) zeilen.add(zeile);
                }
            } catch (IOException e) {
                zeilen.add("abgerissen");
            }
        }

        private @Nullable String zeile() throws IOException {
            var zeile = new ByteArrayOutputStream();
            for (int b = leitung.getInputStream().read();
                    b >= 0;
                    b = leitung.getInputStream().read()) {
                if (b == '\n') return zeile.toString(StandardCharsets.UTF_8).strip();
                zeile.write(b);
            }
            return null;
        }

        void hoert(String zeile) {
            await().atMost(GEDULD).untilAsserted(() -> assertThat(zeilen).contains(zeile));
        }

        boolean zuEnde() {
            return !faden.isAlive();
        }

        @Override
        public void close() throws IOException {
            leitung.close();
        }
    }

    @AfterEach
    void schliesse() throws IOException {
        for (var ohr : ohren) ohr.close();
    }

    @Test
    void ein_ereignis_kommt_nach_dem_commit_und_nach_einem_rollback_nie() {
        var stadt = stadt();
        var ohr = ohr(angemeldet(stadt.mandant(), "anja.mueller"));
        ohr.hoert("data: 0");
        als(stadt.mandant(), () -> {
            ticker.an(List.of(stadt.anja().person()), "aufgaben");
            // Nothing is heard before: what comes last was said first.
            als(stadt.mandant(), () -> {});
            assertThat(ohr.zeilen).doesNotContain("data: aufgaben");
        });
        ohr.hoert("data: aufgaben");
        alsVerworfen(stadt.mandant(), () -> ticker.an(List.of(stadt.anja().person()), "verworfen"));
        als(stadt.mandant(), () -> ticker.an(List.of(stadt.anja().person()), "danach"));
        ohr.hoert("data: danach");
        assertThat(ohr.zeilen).doesNotContain("data: verworfen");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> ticker.an(List.of(), "Keine Zeile\ndata: x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eine_meldung_bringt_die_zahl_der_glocke_mit() {
        var stadt = stadt();
        var ohr = ohr(angemeldet(stadt.mandant(), "anja.mueller"));
        sage(stadt.anja(), "eins");
        ohr.hoert("data: 1");
        ohr.hoert("data: meldungen");
        sage(stadt.anja(), "zwei");
        ohr.hoert("data: 2");
    }

    @Test
    void weder_eine_andere_person_noch_eine_andere_stadt_hoert_davon() {
        var stadt = stadt();
        var fremde = stadt();
        var petra = ohr(angemeldet(stadt.mandant(), "petra.lueders"));
        var nachbarin = ohr(angemeldet(fremde.mandant(), "anja.mueller"));
        als(stadt.mandant(), () -> ticker.an(List.of(stadt.anja().person()), "geheim"));
        // Named by somebody of another town, she is nobody there.
        als(stadt.mandant(), () -> ticker.an(List.of(fremde.anja().person()), "geheim"));
        sage(stadt.anja(), "eins");
        als(stadt.mandant(), () -> ticker.an(List.of(stadt.petra().person()), "schluss"));
        als(fremde.mandant(), () -> ticker.an(List.of(fremde.anja().person()), "schluss"));
        for (var ohr : List.of(petra, nachbarin)) {
            ohr.hoert("data: schluss");
            assertThat(ohr.zeilen).contains("data: 0").doesNotContain("data: geheim", "data: 1", "data: meldungen");
        }
    }

    @Test
    void wer_sich_abmeldet_hoert_nichts_mehr() {
        var stadt = stadt();
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var bleibt = ohr(angemeldet(stadt.mandant(), "anja.mueller"));
        var ohr = ohr(browser);
        browser.sendeVon("/postkorb", "/abmelden");
        ohr.hoert("data: abgemeldet");
        await().atMost(GEDULD).until(ohr::zuEnde);
        assertThat(bleibt.zuEnde()).as("eine andere Sitzung").isFalse();
        assertThat(status(browser)).isEqualTo(204);
        assertThat(status(new Browser(url("")))).isEqualTo(204);
        assertThat(new Browser(url("")).hole("/ereignisse").ziel()).isEqualTo("/anmelden");
    }

    @Test
    void zuhoeren_haelt_niemanden_angemeldet() {
        var stadt = stadt();
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var kennung = new String(
                Base64.getDecoder().decode(browser.sitzung().orElseThrow().getValue()), StandardCharsets.US_ASCII);
        jdbc.sql(
                        "UPDATE spring_session SET last_access_time = last_access_time - 600000, expiry_time = expiry_time - 600000 WHERE session_id = ?")
                .param(kennung)
                .update();
        long vorher = zuletzt(kennung);
        var ohr = ohr(browser);
        sage(stadt.anja(), "eins");
        ohr.hoert("data: 1");
        assertThat(zuletzt(kennung)).isEqualTo(vorher);
        browser.hole("/hilfe");
        assertThat(zuletzt(kennung)).as("eine Seite zählt").isGreaterThan(vorher);
        jdbc.sql("UPDATE spring_session SET expiry_time = 0 WHERE session_id = ?")
                .param(kennung)
                .update();
        ticker.abgemeldet(null);
        ohr.hoert("data: abgemeldet");
    }

    @Test
    void das_siebte_fenster_loest_das_aelteste_ab() {
        var stadt = stadt();
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        for (int i = 0; i < Liveticker.JE_PERSON; i++) ohr(browser).hoert("data: 0");
        var erstes = ohren.getFirst();
        assertThat(erstes.zuEnde()).isFalse();
        var siebtes = ohr(browser);
        erstes.hoert("data: voll");
        await().atMost(GEDULD).until(erstes::zuEnde);
        als(stadt.mandant(), () -> ticker.an(List.of(stadt.anja().person()), "aufgaben"));
        siebtes.hoert("data: aufgaben");
    }

    @Test
    void schliesst_das_haus_enden_die_leitungen_sofort_und_ohne_abriss() {
        var stadt = stadt();
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var ohr = ohr(browser);
        ohr.hoert("data: 0");
        ticker.stop();
        try {
            await().atMost(Duration.ofSeconds(2)).until(ohr::zuEnde);
            assertThat(ohr.zeilen).doesNotContain("abgerissen", "event: ende");
            assertThat(status(browser)).isEqualTo(503);
        } finally {
            ticker.start();
        }
        ohr(browser).hoert("data: 0");
        assertThat(ticker.getPhase()).as("vor dem Webserver").isEqualTo(Integer.MAX_VALUE);
    }

    private void sage(Anmeldung wem, String schluessel) {
        als(wem.mandant(), () -> {
            meldungen.sage(wem.person(), Meldungsart.KOMMENTAR, schluessel, "Titel", "", "/akten");
        });
    }

    private long zuletzt(String kennung) {
        return jdbc.sql("SELECT last_access_time FROM spring_session WHERE session_id = ?")
                .param(kennung)
                .query(Long.class)
                .single();
    }

    private Ohr ohr(Browser browser) {
        var ohr = frage(browser);
        assertThat(ohr.status()).isEqualTo(200);
        assertThat(ohr.kopf)
                .anyMatch(k -> k.startsWith("Content-Type: text/event-stream"))
                .anyMatch(k -> k.startsWith("Cache-Control:") && k.contains("no-store"));
        return ohr;
    }

    private int status(Browser browser) {
        return frage(browser).status();
    }

    private Ohr frage(Browser browser) {
        try {
            var ohr = new Ohr(
                    url("/ereignisse"),
                    browser.sitzung()
                            .map(k -> "Cookie: FEDERWERK=" + k.getValue() + "\r\n")
                            .orElse(""));
            ohren.add(ohr);
            return ohr;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
