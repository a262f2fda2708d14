package de.federwerk.anmeldung;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What asks for a fresh sign-in, and where one is signed in. */
class BestaetigungTest extends Anmeldetest {

    @Autowired
    Faktorpflicht pflicht;

    @Test
    void was_wichtig_ist_wartet_auf_eine_bestaetigung_und_geht_dann_weiter() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        altere(anja, Duration.ofMinutes(11));
        assertThat(anja.hole("/verwaltung/anmeldung").status()).as("Lesen").isEqualTo(200);
        assertThat(anja.sendeVon("/verwaltung/anmeldung", "/verwaltung/anmeldung", "rolle", "TECHNIK")
                        .ziel())
                .isEqualTo("/bestaetigen");
        assertThat(als(stadt.mandant(), pflicht::rollen)).as("noch nichts").isEmpty();

        assertThat(anja.sendeVon("/bestaetigen", "/bestaetigen", "passwort", "falsch")
                        .text())
                .contains("Passwort stimmt nicht");
        assertThat(anja.sendeVon("/bestaetigen", "/bestaetigen/code", "code", "000000")
                        .status())
                .as("wer ein Passwort hat, nimmt das")
                .isEqualTo(404);
        assertThat(als(stadt.mandant(), pflicht::rollen)).isEmpty();
        assertThat(anja.sendeVon("/bestaetigen", "/bestaetigen", "passwort", PASSWORT)
                        .ziel())
                .isEqualTo("/fortsetzen");
        var seite = anja.hole("/fortsetzen");
        assertThat(seite.text())
                .contains("Sie haben bestätigt")
                .contains("TECHNIK")
                .doesNotContain(PASSWORT);
        assertThat(anja.sende("/verwaltung/anmeldung", seite.geheim(), "_fortgesetzt", "ja", "rolle", "TECHNIK")
                        .ziel())
                .startsWith("/verwaltung/anmeldung");
        assertThat(als(stadt.mandant(), pflicht::rollen)).containsExactly("TECHNIK");
        assertThat(anja.hole("/fortsetzen").ziel()).as("angekommen").isEqualTo("/postkorb");
        assertThat(anja.sendeVon("/verwaltung/anmeldung", "/verwaltung/anmeldung")
                        .ziel())
                .as("bestätigt ist bestätigt")
                .startsWith("/verwaltung/anmeldung");
    }

    @Test
    void eine_seite_mit_geheimnis_wartet_auch_und_ein_skript_erfaehrt_warum() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        altere(anja, Duration.ofMinutes(11));
        assertThat(anja.hole("/anmeldung/app").ziel()).isEqualTo("/bestaetigen");
        assertThat(anja.sendeVon("/bestaetigen", "/bestaetigen", "passwort", PASSWORT)
                        .ziel())
                .isEqualTo("/anmeldung/app");
        assertThat(anja.hole("/anmeldung/app").status()).isEqualTo(200);
        altere(anja, Duration.ofMinutes(11));
        var problem = anja.alsInsel(
                "POST", "/anmeldung/ersatzcodes", anja.hole("/postkorb").geheim(), "");
        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.text()).contains("noch einmal bestätigen");
    }

    @Test
    void fuenf_falsche_passwoerter_sperren_auch_hier() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var geheim = anja.hole("/bestaetigen").geheim();
        for (int i = 0; i < 5; i++) {
            anja.sende("/bestaetigen", geheim, "passwort", "falsch " + i);
        }
        assertThat(anja.sende("/bestaetigen", geheim, "passwort", PASSWORT).text())
                .contains("stimmt nicht");
    }

    @Test
    void jede_sitzung_steht_da_und_laesst_sich_beenden() {
        var stadt = stadt();
        var hier = angemeldet(stadt.mandant(), "anja.mueller");
        var dort = angemeldet(stadt.mandant(), "anja.mueller");
        var drittens = angemeldet(stadt.mandant(), "anja.mueller");
        var seite = hier.hole("/anmeldung").text();
        assertThat(seite)
                .containsOnlyOnce("Diese Sitzung")
                .contains("Unbekannter Browser")
                .doesNotContain(kennung(dort))
                .doesNotContain(dort.sitzung().orElseThrow().getValue());
        var marken = java.util.regex.Pattern.compile("/anmeldung/sitzungen/([0-9a-f]{32})/ende")
                .matcher(seite)
                .results()
                .map(t -> t.group(1))
                .toList();
        assertThat(marken).hasSize(2);

        // Neither a colleague nor somebody of another town ends anything with it.
        var fremde = stadt();
        for (var fremder : java.util.List.of(
                angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(fremde.mandant(), "anja.mueller"))) {
            for (var marke : marken) {
                fremder.sendeVon("/anmeldung", "/anmeldung/sitzungen/" + marke + "/ende");
            }
            fremder.sendeVon("/anmeldung", "/anmeldung/sitzungen/ende");
            assertThat(fremder.hole("/anmeldung").text()).doesNotContain(marken.getFirst());
        }
        assertThat(dort.hole("/postkorb").status()).isEqualTo(200);
        assertThat(drittens.hole("/postkorb").status()).isEqualTo(200);

        assertThat(hier.sendeVon("/anmeldung", "/anmeldung/sitzungen/" + marken.getFirst() + "/ende")
                        .ziel())
                .isEqualTo("/anmeldung?beendet");
        assertThat(java.util.stream.Stream.of(dort, drittens)
                        .filter(b -> b.hole("/postkorb").status() == 200))
                .hasSize(1);
        hier.sendeVon("/anmeldung", "/anmeldung/sitzungen/ende");
        assertThat(dort.hole("/postkorb").ziel()).isEqualTo("/anmelden");
        assertThat(drittens.hole("/postkorb").ziel()).isEqualTo("/anmelden");
        assertThat(hier.hole("/postkorb").status()).isEqualTo(200);
        assertThat(handlungen(stadt)).filteredOn("sitzung.beendet"::equals).hasSize(2);
    }

    @Test
    void alle_anderen_heisst_alle_auch_die_eine_seite_nicht_mehr_zeigt() {
        var stadt = stadt();
        var dort = angemeldet(stadt.mandant(), "anja.mueller");
        var hier = angemeldet(stadt.mandant(), "anja.mueller");
        // Newer ones than the other browser's, more than the page shows.
        jdbc.sql("""
                INSERT INTO spring_session (primary_id, session_id, creation_time, last_access_time, max_inactive_interval, expiry_time, principal_name)
                SELECT gen_random_uuid()::text, gen_random_uuid()::text, :jetzt, :jetzt + g, 7200, :jetzt + 7200000, :wer FROM generate_series(1, 230) g""")
                .param("jetzt", System.currentTimeMillis())
                .param("wer", stadt.anja().person().toString())
                .update();
        assertThat(sitzungen(stadt)).isEqualTo(232);
        hier.sendeVon("/anmeldung", "/anmeldung/sitzungen/ende");
        assertThat(sitzungen(stadt)).isEqualTo(1);
        assertThat(dort.hole("/postkorb").ziel()).isEqualTo("/anmelden");
        assertThat(hier.hole("/postkorb").status()).isEqualTo(200);
    }

    private int sitzungen(Stadt stadt) {
        return jdbc.sql("SELECT count(*) FROM spring_session WHERE principal_name = ?")
                .param(stadt.anja().person().toString())
                .query(Integer.class)
                .single();
    }

    @Test
    void das_bisherige_passwort_laesst_sich_beim_aendern_nicht_erraten_und_die_sitzung_bleibt() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var neues = "ganz anderes gutes Wort";
        for (int i = 0; i < 5; i++) {
            assertThat(aendere(anja, "geraten " + i, neues).text()).contains("bisherige Passwort stimmt nicht");
        }
        assertThat(aendere(anja, PASSWORT, neues).text())
                .as("gesperrt, auch mit dem richtigen")
                .contains("bisherige Passwort stimmt nicht");
        assertThat(anja.hole("/postkorb").status()).isEqualTo(200);
        assertThat(new de.federwerk.Browser(url(""))
                        .melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT)
                        .ziel())
                .as("dieselbe Sperre wie an der Tür")
                .isEqualTo("/anmelden?fehler");
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE zugang SET gesperrt_bis = now() - interval '1 second' WHERE mandant_id = ? AND person_id = ?")
                        .params(stadt.mandant(), stadt.anja().person())
                        .update());
        assertThat(aendere(anja, PASSWORT, neues).ziel()).isEqualTo("/postkorb");
    }

    private static de.federwerk.Browser.Seite aendere(de.federwerk.Browser wer, String bisher, String neu) {
        return wer.sendeVon("/passwort", "/passwort", "bisher", bisher, "neu", neu, "wiederholt", neu);
    }

    @Test
    void das_passwort_davor_wird_nicht_wieder_genommen() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var zweites = "ganz anderes gutes Wort";
        assertThat(anja.sendeVon("/passwort", "/passwort", "bisher", PASSWORT, "neu", zweites, "wiederholt", zweites)
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(anja.sendeVon("/passwort", "/passwort", "bisher", zweites, "neu", PASSWORT, "wiederholt", PASSWORT)
                        .text())
                .contains("oder das davor");
        // Reset by the administration in between: what counts is the own one before.
        als(
                stadt.mandant(),
                () -> personen.setzePasswort(
                        Protokoll.PROGRAMM, stadt.anja().person(), "kalter Kaffee schmeckt", true));
        var neu = new de.federwerk.Browser(url(""));
        neu.melde(mitMandant(stadt.mandant(), "anja.mueller"), "kalter Kaffee schmeckt");
        assertThat(neu.sendeVon(
                                "/passwort",
                                "/passwort",
                                "bisher",
                                "kalter Kaffee schmeckt",
                                "neu",
                                zweites,
                                "wiederholt",
                                zweites)
                        .text())
                .contains("oder das davor");
    }
}
