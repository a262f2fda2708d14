package de.federwerk.zugriff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.zugriff.Schutzgut.Art;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Cutting inheritance and raising the Stufe of one thing. */
class SchutzwechselTest extends Zugriffstest {

    @Test
    void wer_die_vererbung_unterbricht_nimmt_alles_darin_mit_und_die_suche_findet_es_sofort_nicht_mehr() {
        var fall = fall();
        var stadt = fall.stadt();
        var joerg =
                als(fall.mandant(), () -> person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau()));
        var browser = angemeldet(fall.mandant(), "joerg.sander");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(browser.hole("/suche?q=Zylinderkopf").text()).contains("1 Treffer"));

        var sonder = Kennung.neu();
        als(
                fall.mandant(),
                () -> wechsel.unterbreche(
                        fall.karin(),
                        Art.AKTE,
                        fall.vorgang().akteId(),
                        sonder,
                        false,
                        Map.of(new Empfaenger("person", stadt.anja().person(), "Anja"), Recht.BEARBEITEN),
                        "Gesundheitsdaten"));
        // No waiting: at once, while its documents still wait for the index.
        assertThat(browser.hole("/suche?q=Zylinderkopf").text()).contains("0 Treffer");
        assertThat(browser.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(404);
        assertThat(browser.hole("/vorgaenge/" + fall.vorgang().id()).status()).isEqualTo(404);
        assertThat(browser.hole("/dokumente/" + fall.dokument() + "/zugriff").status())
                .isEqualTo(404);
        assertThat(nachSicht(fall.mandant(), fall.vorgang().akteId()))
                .containsOnlyKeys(
                        fall.karin().person().toString(), stadt.anja().person().toString());
        assertThat(als(fall.mandant(), () -> nachErklaerung(gut(fall, Art.DOKUMENT, fall.dokument()))))
                .containsOnlyKeys(
                        fall.karin().person().toString(), stadt.anja().person().toString());
        // Sent twice, it was done once.
        als(
                fall.mandant(),
                () -> wechsel.unterbreche(
                        fall.karin(), Art.AKTE, fall.vorgang().akteId(), sonder, false, Map.of(), "Gesundheitsdaten"));
        assertThat(als(
                        fall.mandant(),
                        () -> freigaben
                                .anzahl(Freigaben.Auswahl.LAUFENDE, null, sonder)
                                .zahl()))
                .isEqualTo(2);

        als(
                fall.mandant(),
                () -> wechsel.vererbeWieder(
                        fall.karin(), Art.AKTE, fall.vorgang().akteId(), "Erledigt"));
        assertThat(browser.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(200);
        assertThat(joerg).isNotNull();
    }

    @Test
    void was_waehrend_des_unterbrechens_hineinkommt_erbt_die_neue_regel() throws Exception {
        var fall = fall();
        var bytes = Mandantenkontext.als(
                fall.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("später".getBytes(StandardCharsets.UTF_8))));
        var unterbrochen = new CountDownLatch(1);
        var neu = Kennung.neu();
        try (var faeden = Executors.newSingleThreadExecutor()) {
            var ablage = als(fall.mandant(), () -> {
                wechsel.unterbreche(
                        fall.karin(),
                        Art.VORGANG,
                        fall.vorgang().id(),
                        Kennung.neu(),
                        false,
                        Map.of(new Empfaenger("person", fall.stadt().anja().person(), "Anja"), Recht.BEARBEITEN),
                        "Gesundheitsdaten");
                var wartende = faeden.submit(() -> {
                    unterbrochen.countDown();
                    als(
                            fall.mandant(),
                            () -> dokumente.lege(
                                    fall.stadt().anja(),
                                    neu,
                                    fall.vorgang().id(),
                                    dateien.aufnehmen(bytes, "später.txt"),
                                    Dokumente.Angaben.mitTitel("später")));
                });
                await().until(() -> unterbrochen.getCount() == 0 && wartetJemand());
                return wartende;
            });
            ablage.get();
        }
        assertThat(als(
                        fall.mandant(),
                        () -> jdbc.sql(
                                        "SELECT d.schutzbereich_id = v.schutzbereich_id FROM dokument d JOIN vorgang v ON v.mandant_id = d.mandant_id AND v.id = d.vorgang_id WHERE d.mandant_id = ? AND d.id = ?")
                                .params(fall.mandant(), neu)
                                .query(Boolean.class)
                                .single()))
                .isTrue();
    }

    private boolean wartetJemand() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void was_waere_wenn_sagt_wen_es_trifft_und_aendert_nichts() {
        var fall = fall();
        var stadt = fall.stadt();
        var gut = gut(fall, Art.AKTE, fall.vorgang().akteId());
        var vorher = nachSicht(fall.mandant(), fall.vorgang().akteId());
        var wirkung = als(
                fall.mandant(),
                () -> wirkungen.an(
                        gut,
                        () -> wechsel.unterbreche(
                                fall.karin(), Art.AKTE, gut.id(), Kennung.neu(), false, Map.of(), "Versuch")));
        assertThat(wirkung.verlieren())
                .extracting(Wirkungen.Betroffener::name, Wirkungen.Betroffener::nachher)
                .containsExactly(tuple("Anja Müller", null));
        assertThat(wirkung.gewinnen())
                .extracting(Wirkungen.Betroffener::name, Wirkungen.Betroffener::nachher)
                .containsExactly(tuple("Karin Ahrens", Recht.VERWALTEN));
        assertThat(nachSicht(fall.mandant(), fall.vorgang().akteId())).isEqualTo(vorher);

        var neu = freigabe(Subjekt.EINHEIT, stadt.ordnung(), Ziel.EINHEIT, stadt.tiefbau(), null, null);
        var reichweite = als(
                fall.mandant(),
                () -> wirkungen.unter(
                        neu.subjekt(),
                        neu.subjektId(),
                        neu.ziel(),
                        neu.zielId(),
                        neu.recht(),
                        () -> freigaben.erteile(stadt.anja(), neu)));
        assertThat(reichweite.genannte())
                .containsExactly(
                        new Wirkungen.Erreichter("Karin Ahrens", 1, 1), new Wirkungen.Erreichter("Petra Lüders", 0, 1));
        assertThat(nachSicht(fall.mandant(), fall.vorgang().akteId())).isEqualTo(vorher);
    }

    @Test
    void stufen_benennt_und_setzt_nur_der_geheimschutz_und_keine_ueber_vs_nfd() {
        var fall = fall();
        var anja = fall.stadt().anja();
        assertThatThrownBy(() -> als(fall.mandant(), () -> stufen.benenne(anja, 1, "vertraulich")))
                .isInstanceOf(Abgelehnt.class);
        als(fall.mandant(), () -> personen.gib(Protokoll.PROGRAMM, anja.person(), Rolle.GEHEIMSCHUTZ));
        for (var zuHoch : List.of(
                "GEHEIM", "Streng  geheim", "VS-Vertraulich", "VS – Vertr.", "VS-V", "Str.Geh.", "Top Secret")) {
            assertThatThrownBy(() -> als(fall.mandant(), () -> stufen.benenne(anja, 1, zuHoch)))
                    .as(zuHoch)
                    .hasMessageContaining("VS-NUR FÜR DEN DIENSTGEBRAUCH");
        }
        for (var name : List.of("VS-NfD", "VS-NfD Vergabe", "Steuergeheimnis", "vertraulich")) {
            als(fall.mandant(), () -> stufen.benenne(anja, 1, name));
        }
        // Above the own Ermächtigung nobody raises: one would lock oneself out.
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> wechsel.setzeStufe(
                                anja, Art.VORGANG, fall.vorgang().id(), 1, "Gesundheitsdaten")))
                .hasMessageContaining("aussperren");
        als(fall.mandant(), () -> personen.ermaechtige(Protokoll.PROGRAMM, anja.person(), 1));
        als(
                fall.mandant(),
                () -> wechsel.setzeStufe(anja, Art.VORGANG, fall.vorgang().id(), 1, "Gesundheitsdaten"));
        assertThat(als(fall.mandant(), () -> nachErklaerung(gut(fall, Art.DOKUMENT, fall.dokument()))))
                .containsOnlyKeys(anja.person().toString());
        assertThat(als(
                        fall.mandant(),
                        () -> vorgaenge.finde(
                                berechtigungen.sicht(fall.karin().person(), Recht.LESEN),
                                fall.vorgang().id())))
                .isEmpty();
    }
}
