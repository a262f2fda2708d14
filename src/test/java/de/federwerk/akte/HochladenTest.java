package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files into a Vorgang and into the Posteingang, over HTTP: what is refused says so, what is sent twice arrives once. */
class HochladenTest extends Teststadt {

    @Test
    void dasselbe_formular_zweimal_gesendet_legt_einmal_ab_und_ein_anderer_inhalt_kommt_dazu() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Zweimal geklickt");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        for (var pfad : List.of("/vorgaenge/" + vorgang.id() + "/dokumente", "/posteingang")) {
            var seite = anja.hole(pfad.replace("/dokumente", ""));
            var stapel = seite.text().replaceAll("(?s).*name=\"stapel\" value=\"([^\"]+)\".*", "$1");
            assertThat(stapel).hasSize(36);
            var erste = anja.ladeAlle(pfad, seite.geheim(), stapel, "a.txt", "eins", "b.txt", "zwei", "a.txt", "eins");
            var zweite = anja.ladeAlle(pfad, seite.geheim(), stapel, "a.txt", "eins", "b.txt", "zwei", "a.txt", "eins");
            assertThat(erste.status()).as(erste.text()).isEqualTo(302);
            assertThat(zweite.ziel()).isEqualTo(erste.ziel()).startsWith(pfad.replace("/dokumente", ""));
            assertThat(anja.ladeAlle(pfad, seite.geheim(), stapel, "a.txt", "eins, berichtigt")
                            .status())
                    .isEqualTo(302);
        }
        for (var tabelle : List.of("dokument", "eingang")) {
            assertThat(anzahl(stadt, tabelle)).as(tabelle).isEqualTo(4);
        }
    }

    @Test
    void mehr_als_fuenfzig_auf_einmal_werden_alle_abgewiesen() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Sehr viele");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var viele = IntStream.range(0, 51)
                .boxed()
                .flatMap(i -> List.of(i + ".txt", "Inhalt").stream())
                .toArray(String[]::new);
        for (var pfad : List.of("/vorgaenge/" + vorgang.id() + "/dokumente", "/posteingang")) {
            var antwort = anja.ladeAlle(
                    pfad, anja.hole("/posteingang").geheim(), Kennung.neu().toString(), viele);
            assertThat(antwort.status()).isEqualTo(413);
            assertThat(antwort.istHtml()).isTrue();
            assertThat(antwort.text())
                    .contains("höchstens 50 Dateien")
                    .contains("51")
                    .contains("keine übernommen");
        }
        assertThat(anzahl(stadt, "dokument") + anzahl(stadt, "eingang")).isZero();
        assertThat(DATEN.resolve("ablage").resolve(stadt.mandant().toString())).doesNotExist();
    }

    @Test
    void was_abgelehnt_wird_hat_den_status_dazu_und_kein_byte_kommt_in_die_ablage() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Nur zum Lesen");
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, stadt.tiefbau(), Recht.LESEN));
        var pfad = "/vorgaenge/" + vorgang.id() + "/dokumente";
        wirdAbgelehnt(angemeldet(stadt.mandant(), "petra.lueders"), pfad, 403, "lesen, aber nicht bearbeiten");

        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var leer = anja.ladeAlle(
                pfad, anja.hole("/postkorb").geheim(), Kennung.neu().toString());
        assertThat(leer.status()).isEqualTo(422);
        assertThat(leer.text()).contains("keine Datei ausgewählt");
        assertThat(anja.sendeVon(
                                "/postkorb",
                                "/vorgaenge/" + vorgang.id() + "/vermerke",
                                "vermerk",
                                Kennung.neu().toString(),
                                "text",
                                " ")
                        .status())
                .isEqualTo(422);
        assertThat(anja.sendeVon(
                                "/postkorb",
                                "/akten/" + vorgang.akteId() + "/vorgaenge",
                                "vorgang",
                                Kennung.neu().toString(),
                                "titel",
                                " ")
                        .status())
                .isEqualTo(422);
        assertThat(anja.sendeVon("/postkorb", "/akten", "id", Kennung.neu().toString(), "plan", "66.20.03", "titel", "")
                        .status())
                .isEqualTo(422);

        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), vorgang.id()));
        wirdAbgelehnt(anja, pfad, 409, "zu den Akten gelegt");
        assertThat(DATEN.resolve("ablage").resolve(stadt.mandant().toString())).doesNotExist();
    }

    @Test
    void ein_bereich_hinter_dem_ende_der_datei_wird_mit_416_beantwortet() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Bereiche");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        anja.ladeAlle(
                "/vorgaenge/" + vorgang.id() + "/dokumente",
                anja.hole("/postkorb").geheim(),
                Kennung.neu().toString(),
                "a.txt",
                "zehn Byte!");
        var id = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM dokument").query(UUID.class).single());
        try (var netz = HttpClient.newHttpClient()) {
            for (var fall : new String[][] {
                {"bytes=5-", "206", "Byte!"},
                {"bytes=9-100", "206", "!"},
                {"bytes=10-", "416", ""},
                {"bytes=999-1000", "416", ""},
                {"bytes=-3", "206", "te!"}
            }) {
                var antwort = netz.send(
                        HttpRequest.newBuilder(URI.create(url("/dokumente/" + id + "/inhalt")))
                                .header(
                                        "Cookie",
                                        "FEDERWERK="
                                                + anja.sitzung().orElseThrow().getValue())
                                .header("Range", fall[0])
                                .build(),
                        BodyHandlers.ofString());
                assertThat(antwort.statusCode()).as(fall[0]).isEqualTo(Integer.parseInt(fall[1]));
                assertThat(antwort.body()).as(fall[0]).isEqualTo(fall[2]);
                if (fall[1].equals("416")) {
                    assertThat(antwort.headers().firstValue("Content-Range")).hasValue("bytes */10");
                }
            }
        }
    }

    private void wirdAbgelehnt(Browser wer, String pfad, int status, String grund) {
        var geheim = wer.hole("/postkorb").geheim();
        var seite = wer.ladeAlle(pfad, geheim, Kennung.neu().toString(), "a.txt", "eins");
        assertThat(seite.status()).isEqualTo(status);
        assertThat(seite.istHtml()).isTrue();
        assertThat(seite.text()).contains(grund);
        var insel = wer.ladeAlsInsel(pfad, geheim, Kennung.neu().toString(), "a.txt", "eins");
        assertThat(insel.status()).isEqualTo(status);
        assertThat(insel.kopf("Content-Type")).startsWith("application/problem+json");
        assertThat(insel.text()).contains("\"detail\"").contains(grund);
    }

    private long anzahl(Stadt stadt, String tabelle) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM " + tabelle)
                        .query(Long.class)
                        .single());
    }
}
