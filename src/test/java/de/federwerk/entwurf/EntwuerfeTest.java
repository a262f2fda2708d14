package de.federwerk.entwurf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.entwurf.Entwuerfe.Entwurf;
import de.federwerk.entwurf.Entwuerfe.Feld;
import de.federwerk.gesicht.Betrachter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EntwuerfeTest extends Teststadt {

    private static final String TEXT = "{\"name\":\"text\",\"art\":\"textarea\",\"wert\":\"%s\"}";

    @Autowired
    Entwuerfe entwuerfe;

    @Autowired
    Entwurfsfrist frist;

    @Test
    void ein_entwurf_gehoert_der_person_und_niemandem_sonst() {
        var stadt = stadt();
        var andere = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var geheim = anja.hole("/postkorb").geheim();
        long protokoll = protokoll(stadt);
        assertThat(anja.alsInsel("PUT", "/entwuerfe", geheim, entwurf("akte", TEXT.formatted("Baumfällung")))
                        .status())
                .isEqualTo(204);
        assertThat(anja.hole("/entwuerfe?schluessel=akte&schluessel=x").text())
                .containsPattern("^\\[\\{\"schluessel\":\"akte\",\"alter\":\\d{1,4},\"felder\":\\[\\{")
                .contains("Baumfällung");
        assertThat(anja.hole("/entwuerfe").text()).isEqualTo("[]");
        assertThat(anja.hole("/akten/neu").text()).contains("data-entwuerfe=\"akte\"");

        for (var fremder :
                List.of(angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(andere.mandant(), "anja.mueller"))) {
            assertThat(fremder.hole("/entwuerfe?schluessel=akte").text()).isEqualTo("[]");
            assertThat(fremder.hole("/akten/neu").text()).contains("data-entwuerfe=\"\"");
            var ihres = fremder.hole("/postkorb").geheim();
            assertThat(fremder.alsInsel("DELETE", "/entwuerfe?schluessel=akte", ihres, "")
                            .status())
                    .isEqualTo(204);
            assertThat(fremder.alsInsel("PUT", "/entwuerfe", ihres, entwurf("akte", TEXT.formatted("Eigenes")))
                            .status())
                    .isEqualTo(204);
        }
        assertThat(anja.hole("/entwuerfe?schluessel=akte").text()).contains("Baumfällung");
        assertThat(anja.alsInsel("DELETE", "/entwuerfe?schluessel=akte", geheim, "")
                        .status())
                .isEqualTo(204);
        assertThat(anja.hole("/entwuerfe?schluessel=akte").text()).isEqualTo("[]");
        assertThat(protokoll(stadt)).isEqualTo(protokoll);
    }

    @Test
    void was_kein_formular_schickt_wird_nicht_aufbewahrt_und_steht_in_keinem_protokoll() throws IOException {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var geheim = anja.hole("/postkorb").geheim();
        var wort = "geheimes" + UUID.randomUUID().toString().substring(0, 8);
        var feld = TEXT.formatted(wort);
        for (var falsch : List.of(
                "",
                "null",
                "[]",
                "{",
                "{\"" + wort,
                "{\"schluessel\":\"x\"}",
                "{\"schluessel\":\"x\",\"felder\":\"" + wort + "\"}",
                "{\"schluessel\":\"x\",\"alter\":\"" + wort + "\",\"felder\":[]}",
                entwurf("", feld),
                entwurf("mit Abstand", feld),
                entwurf("x".repeat(201), feld),
                entwurf("x\\u0000", feld),
                entwurf("x", "null"),
                entwurf("x", "{\"name\":\"text\",\"art\":\"text\"}"),
                entwurf("x", feld.replace("\"text\"", "\"_csrf\"")),
                entwurf("x", feld.replace("\"text\"", "\"a\\u0000\"")),
                entwurf("x", feld.replace("textarea", "password")),
                entwurf("x", feld.replace("textarea", "hidden")),
                entwurf("x", feld.replace("textarea", "file")))) {
            assertThat(anja.alsInsel("PUT", "/entwuerfe", geheim, falsch).status())
                    .as(falsch)
                    .isEqualTo(422);
        }
        for (var zuViel : List.of(
                entwurf("x", TEXT.formatted(wort + "ü".repeat(33_000))),
                entwurf("x", (feld + ",").repeat(500) + feld),
                entwurf("x", TEXT.formatted(wort + "x".repeat(1_000_000))))) {
            assertThat(anja.alsInsel("PUT", "/entwuerfe", geheim, zuViel).status())
                    .isEqualTo(413);
        }
        assertThat(anja.alsInsel("PUT", "/entwuerfe", "falsch", entwurf("x", feld))
                        .status())
                .isEqualTo(403);
        assertThat(new Browser(url(""))
                        .alsInsel("PUT", "/entwuerfe", geheim, entwurf("x", feld))
                        .status())
                .isEqualTo(403);
        assertThat(anzahl(stadt)).isZero();
        assertThat(anja.hole("/entwuerfe?schluessel=%00&schluessel=" + "x".repeat(300))
                        .text())
                .isEqualTo("[]");

        assertThat(anja.alsInsel("PUT", "/entwuerfe", geheim, entwurf("x", TEXT.formatted("a\\u0000b\\ud800c 😀")))
                        .status())
                .isEqualTo(204);
        assertThat(anja.hole("/entwuerfe?schluessel=x").text()).contains("a\uFFFDb\uFFFDc 😀");
        assertThat(anja.alsInsel("PUT", "/entwuerfe", geheim, entwurf("y", TEXT.formatted("ü".repeat(32_000))))
                        .status())
                .as("was der Vermerk höchstens fasst, passt dreimal")
                .isEqualTo(204);
        assertThat(Files.readString(DATEN.resolve("protokolle/federwerk.log"))).doesNotContain(wort);
    }

    @Test
    void mehr_als_zweihundert_sind_es_nie_und_die_aeltesten_gehen() throws Exception {
        var stadt = stadt();
        var anja = stadt.anja().person();
        try (var viele = Executors.newVirtualThreadPerTaskExecutor()) {
            var laeufe = IntStream.range(0, 230)
                    .mapToObj(i -> viele.submit(() -> merke(stadt, "f" + i, 1_000L * i, "x")))
                    .toList();
            for (var lauf : laeufe) lauf.get();
        }
        assertThat(anzahl(stadt)).isEqualTo(200);
        assertThat(finde(stadt, IntStream.range(200, 230).mapToObj(i -> "f" + i).toList()))
                .isEmpty();
        // Too many to name: the page asks.
        assertThat(Mandantenkontext.als(
                        stadt.mandant(),
                        () -> personen.profil(anja).orElseThrow().entwuerfe()))
                .hasSize(Betrachter.ENTWUERFE_BIS + 1);
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/akten/neu")
                        .text())
                .contains("data-entwuerfe=\"*\"");
    }

    @Test
    void was_zuletzt_getippt_wurde_gilt_in_welcher_folge_es_auch_ankommt() throws Exception {
        var stadt = stadt();
        try (var viele = Executors.newVirtualThreadPerTaskExecutor()) {
            var laeufe = IntStream.range(0, 20)
                    .mapToObj(i ->
                            viele.submit(() -> merke(stadt, "vermerk", 60_000L * (i * 7 % 20), "Minute " + i * 7 % 20)))
                    .toList();
            for (var lauf : laeufe) {
                try {
                    lauf.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(Abgelehnt.class);
                }
            }
        }
        assertThat(finde(stadt, List.of("vermerk"))).singleElement().satisfies(e -> {
            assertThat(e.felder()).extracting(Feld::wert).containsExactly("Minute 0");
            assertThat(e.alter()).isBetween(0L, 30_000L);
        });
        assertThatThrownBy(() -> merke(stadt, "vermerk", 60_000, "überholt"))
                .isInstanceOfSatisfying(
                        Abgelehnt.class, e -> assertThat(e.art()).isEqualTo(Abgelehnt.Art.KONFLIKT));
        assertThatCode(() -> merke(stadt, "vermerk", Long.MIN_VALUE, "die Uhr des Browsers geht vor"))
                .doesNotThrowAnyException();
    }

    @Test
    void nach_dreissig_tagen_sucht_sie_niemand_mehr() {
        var stadt = stadt();
        var andere = stadt();
        merke(stadt, "jung", Duration.ofDays(29).toMillis(), "x");
        merke(stadt, "alt", Long.MAX_VALUE, "x");
        merke(andere, "alt", Duration.ofDays(31).toMillis(), "x");
        frist.runde();
        assertThat(finde(stadt, List.of("jung", "alt")))
                .extracting(Entwurf::schluessel)
                .containsExactly("jung");
        assertThat(anzahl(andere)).isZero();
    }

    private static String entwurf(String schluessel, String felder) {
        return "{\"schluessel\":\"" + schluessel + "\",\"alter\":0,\"felder\":[" + felder + "]}";
    }

    private boolean merke(Stadt stadt, String schluessel, long alter, String wert) {
        Mandantenkontext.als(
                stadt.mandant(),
                () -> entwuerfe.merke(
                        stadt.anja().person(),
                        schluessel,
                        Duration.ofMillis(alter),
                        List.of(new Feld("text", "textarea", wert, null))));
        return true;
    }

    private List<Entwurf> finde(Stadt stadt, List<String> schluessel) {
        return Mandantenkontext.als(
                stadt.mandant(), () -> entwuerfe.finde(stadt.anja().person(), schluessel));
    }

    private long anzahl(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM entwurf WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .query(Long.class)
                        .single());
    }

    private long protokoll(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM protokoll WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .query(Long.class)
                        .single());
    }
}
