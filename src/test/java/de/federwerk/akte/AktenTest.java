package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AktenTest extends Teststadt {

    @Autowired
    Dokumentlisten dokumentlisten;

    @Autowired
    Vorgangslisten vorgangslisten;

    @Autowired
    Vorgangssuche vorgangssuche;

    @Autowired
    Aktenverlauf verlauf;

    @Test
    void zwanzig_zugleich_bekommen_zwanzig_aufeinanderfolgende_aktenzeichen() throws Exception {
        var stadt = stadt();
        var position = als(
                stadt.mandant(), () -> plan.gemeint("66.20.03").orElseThrow().id());
        var zeichen = new ArrayList<String>();
        try (var leute = Executors.newFixedThreadPool(20)) {
            var laeufe = IntStream.range(0, 20)
                    .mapToObj(i -> leute.submit(() -> als(
                            stadt.mandant(),
                            () -> akten.legeAn(stadt.anja(), Kennung.neu(), position, stadt.tiefbau(), "Akte " + i)
                                    .aktenzeichen())))
                    .toList();
            for (var lauf : laeufe) {
                zeichen.add(lauf.get());
            }
        }
        var jahr = java.time.LocalDate.now(java.time.ZoneId.of("Europe/Berlin")).getYear();
        assertThat(zeichen)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> "66.20.03-%04d/%d".formatted(i, jahr))
                        .toList());
    }

    @Test
    void eine_verworfene_akte_hinterlaesst_keine_luecke() {
        var stadt = stadt();
        var position = als(
                stadt.mandant(), () -> plan.gemeint("66.20.05").orElseThrow().id());
        assertThatThrownBy(() -> als(stadt.mandant(), () -> {
                    akten.legeAn(stadt.anja(), Kennung.neu(), position, stadt.tiefbau(), "wird verworfen");
                    throw new IllegalStateException("Abbruch");
                }))
                .hasMessage("Abbruch");
        var akte = als(
                stadt.mandant(), () -> akten.legeAn(stadt.anja(), Kennung.neu(), position, stadt.tiefbau(), "bleibt"));
        assertThat(akte.aktenzeichen()).startsWith("66.20.05-0001/");
    }

    @Test
    void zweimal_gesendet_ist_einmal_angelegt() {
        var stadt = stadt();
        var id = Kennung.neu();
        var position = als(
                stadt.mandant(), () -> plan.gemeint("66.20.03").orElseThrow().id());
        var erste = als(stadt.mandant(), () -> akten.legeAn(stadt.anja(), id, position, stadt.tiefbau(), "Marktplatz"));
        var zweite =
                als(stadt.mandant(), () -> akten.legeAn(stadt.anja(), id, position, stadt.tiefbau(), "Marktplatz"));
        assertThat(zweite).isEqualTo(erste);
    }

    @Test
    void wer_keine_rechte_hat_bekommt_nichts_auch_keine_zahl() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Geheimes Gerüst");
        als(stadt.mandant(), () -> vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), "nur für uns"));
        for (var recht : Recht.values()) {
            als(stadt.mandant(), () -> {
                var sicht = berechtigungen.sicht(stadt.petra().person(), recht);
                assertThat(akten.finde(sicht, vorgang.akteId())).isEmpty();
                for (var ab : List.of(Stelle.ANFANG, Stelle.ENDE)) {
                    assertThat(akten.unter(sicht, vorgang.planknotenId(), ab, 10))
                            .isEqualTo(Seite.leer());
                    assertThat(verlauf.protokoll(sicht, vorgang.akteId(), null, ab, 10))
                            .isEqualTo(Seite.leer());
                    assertThat(vorgangslisten.in(sicht, vorgang.akteId(), ab, 10))
                            .isEqualTo(Seite.leer());
                    assertThat(vorgangslisten.inArbeit(sicht, ab, 10)).isEqualTo(Seite.leer());
                    assertThat(vorgangslisten.vermerke(sicht, vorgang.id(), ab, 10))
                            .isEqualTo(Seite.leer());
                    assertThat(dokumentlisten.in(sicht, vorgang.id(), ab, 10)).isEqualTo(Seite.leer());
                }
                var keine = new Anzahl(0, false);
                assertThat(akten.anzahlUnter(sicht, vorgang.planknotenId())).isEqualTo(keine);
                assertThat(akten.anzahlJePosition(sicht)).isEmpty();
                assertThat(verlauf.juengste(sicht, vorgang.akteId(), 10)).isEmpty();
                assertThat(verlauf.anzahl(sicht, vorgang.akteId())).isEqualTo(keine);
                assertThat(vorgaenge.finde(sicht, vorgang.id())).isEmpty();
                assertThat(vorgangslisten.anzahlIn(sicht, vorgang.akteId())).isEqualTo(keine);
                assertThat(vorgangslisten.anzahlInArbeit(sicht)).isEqualTo(keine);
                assertThat(vorgangslisten.anzahlVermerke(sicht, vorgang.id())).isEqualTo(keine);
                assertThat(dokumentlisten.anzahlIn(sicht, vorgang.id())).isEqualTo(keine);
                for (var getippt : List.of("", "Gerüst", "66.20", vorgang.aktenzeichen())) {
                    assertThat(vorgangssuche.finde(sicht, getippt)).isEmpty();
                }
            });
        }
        assertThatThrownBy(() -> als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.petra(), vorgang.id())))
                .isInstanceOf(NichtGefunden.class);
    }

    @Test
    void ein_anderer_mandant_bekommt_nichts_auch_nicht_mit_den_rechten_der_ersten() {
        var stadt = stadt();
        var fremde = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        als(fremde.mandant(), () -> {
            var eigene = berechtigungen.sicht(fremde.anja().person(), Recht.LESEN);
            assertThat(akten.finde(eigene, vorgang.akteId())).isEmpty();
            assertThat(vorgaenge.finde(eigene, vorgang.id())).isEmpty();
            assertThat(jdbc.sql("SELECT count(*) FROM akte").query(Long.class).single())
                    .isZero();
        });
        var geliehen =
                als(stadt.mandant(), () -> berechtigungen.sicht(stadt.anja().person(), Recht.LESEN));
        als(fremde.mandant(), () -> {
            assertThat(akten.finde(geliehen, vorgang.akteId())).isEmpty();
            assertThat(vorgangslisten.in(geliehen, vorgang.akteId(), Stelle.ANFANG, 10))
                    .isEqualTo(Seite.leer());
            assertThat(akten.anzahlUnter(geliehen, vorgang.planknotenId()).zahl())
                    .isZero();
            assertThat(akten.anzahlJePosition(geliehen)).isEmpty();
        });
    }

    @Test
    void zda_laesst_nichts_mehr_aendern_und_steht_mit_namen_im_protokoll() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Container");
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), vorgang.id()));
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), "zu spät")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("zu den Akten");
        als(stadt.mandant(), () -> {
            var ereignisse =
                    verlauf.juengste(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), vorgang.akteId(), 10);
            assertThat(ereignisse)
                    .extracting(Aktenverlauf.Ereignis::handlung)
                    .containsExactly("vorgang.zda", "vorgang.angelegt", "akte.angelegt");
            assertThat(ereignisse).extracting(Aktenverlauf.Ereignis::wer).containsOnly("Anja Müller");
        });
    }

    @Test
    void ein_leerer_oder_ueberlanger_titel_wird_mit_grund_abgelehnt() {
        var stadt = stadt();
        var position = als(
                stadt.mandant(), () -> plan.gemeint("66.20.03").orElseThrow().id());
        for (var titel : new String[] {null, "", " \n\t ", "x".repeat(301)}) {
            assertThatThrownBy(() -> als(
                            stadt.mandant(),
                            () -> akten.legeAn(stadt.anja(), Kennung.neu(), position, stadt.tiefbau(), titel)))
                    .isInstanceOf(Abgelehnt.class)
                    .hasMessageContaining("Titel");
        }
    }

    @Test
    void ein_vermerk_ist_nicht_mehr_zu_aendern() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Ortstermin");
        var id = Kennung.neu();
        als(stadt.mandant(), () -> vorgaenge.vermerke(stadt.anja(), id, vorgang.id(), "Ortstermin am Montag."));
        als(stadt.mandant(), () -> vorgaenge.vermerke(stadt.anja(), id, vorgang.id(), "Ortstermin am Montag."));
        als(stadt.mandant(), () -> {
            assertThat(vorgangslisten
                            .anzahlVermerke(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), vorgang.id())
                            .zahl())
                    .isEqualTo(1);
        });
        assertThatThrownBy(() -> als(stadt.mandant(), () -> {
                    jdbc.sql("UPDATE vermerk SET text = 'anders' WHERE id = ?")
                            .param(id)
                            .update();
                }))
                .isNotNull();
    }

    @Test
    void das_recht_zu_lesen_ist_nicht_das_recht_anzulegen() {
        var stadt = stadt();
        var position = als(
                stadt.mandant(), () -> plan.gemeint("66.20.03").orElseThrow().id());
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> akten.legeAn(stadt.petra(), UUID.randomUUID(), position, stadt.tiefbau(), "fremd")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("dürfen Sie");
    }
}
