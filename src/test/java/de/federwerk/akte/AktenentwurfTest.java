package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An Akte begins without an Aktenzeichen, gets one, or goes to the Papierkorb and comes back. */
class AktenentwurfTest extends Teststadt {

    @Autowired
    Aktenentwuerfe entwuerfe;

    @Autowired
    Abschluss abschluss;

    @Autowired
    Verlegung verlegung;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Ausnahmen ausnahmen;

    private UUID position(Stadt stadt) {
        return als(stadt.mandant(), () -> plan.gemeint("66.20.03").orElseThrow().id());
    }

    private Akten.Akte entwurf(Stadt stadt, String titel) {
        var position = position(stadt);
        return als(
                stadt.mandant(),
                () -> akten.legeAn(
                        stadt.anja(), Kennung.neu(), new Akten.Neu(position, stadt.tiefbau(), titel, null, true)));
    }

    private Vorgaenge.Vorgang eroeffne(Stadt stadt, UUID akte, String titel, boolean alsEntwurf) {
        return als(stadt.mandant(), () -> vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), akte, titel, alsEntwurf));
    }

    private UUID lege(Stadt stadt, UUID vorgang, String titel) {
        var id = Kennung.neu();
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream(titel.getBytes(StandardCharsets.UTF_8))));
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(), id, vorgang, dateien.aufnehmen(bytes, "x.txt"), Angaben.mitTitel(titel)));
        return id;
    }

    @Test
    void ein_entwurf_verbraucht_kein_aktenzeichen_und_bekommt_es_mit_seinen_vorgaengen_beim_registrieren() {
        var stadt = stadt();
        var entwurf = entwurf(stadt, "Vielleicht");
        assertThat(entwurf.aktenzeichen()).matches("Entwurf [0-9A-V]{4}-[0-9A-V]{4}");
        var darin = eroeffne(stadt, entwurf.id(), "Darin", false);
        assertThat(darin.entwurf()).isTrue();
        var registriert = vorgang(stadt, "Gleich registriert");
        assertThat(registriert.aktenzeichen()).contains("66.20.03-0001/");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), darin.id())))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("registrieren");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.registriereVorgang(stadt.anja(), darin.id())))
                .hasMessageContaining("selbst noch ein Entwurf");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.registriereAkte(stadt.petra(), entwurf.id())))
                .isInstanceOf(NichtGefunden.class);
        als(stadt.mandant(), () -> entwuerfe.registriereAkte(stadt.anja(), entwurf.id()));
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
            assertThat(akten.akte(sicht, entwurf.id()).aktenzeichen()).contains("66.20.03-0002/");
            assertThat(vorgaenge.vorgang(sicht, darin.id()).aktenzeichen())
                    .isEqualTo(akten.akte(sicht, entwurf.id()).aktenzeichen() + "-01");
        });
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.registriereAkte(stadt.anja(), entwurf.id())))
                .hasMessageContaining("schon registriert");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.verwirfAkte(stadt.anja(), entwurf.id())))
                .hasMessageContaining("nur durch Aussonderung");
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("UPDATE akte SET entwurf = true WHERE id = ?")
                                .param(entwurf.id())
                                .update()))
                .hasMessageContaining("nicht wieder Entwurf");
        // By what it was called on the telephone it is still found.
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/suche?q=" + entwurf.aktenzeichen().replace(" ", "+"))
                        .ziel())
                .startsWith("/akten/" + entwurf.id());
    }

    @Test
    void verworfenes_sieht_niemand_mehr_was_auch_immer_freigegeben_ist_bis_es_zurueckgeholt_wird() {
        var stadt = stadt();
        var akte = vorgang(stadt, "Registrierte Akte").akteId();
        var entwurf = eroeffne(stadt, akte, "Kranichflug", true);
        var dokument = lege(stadt, entwurf.id(), "Kranichplan");
        var chef =
                als(stadt.mandant(), () -> person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau()));
        als(stadt.mandant(), () -> {
            berechtigungen.gebeFrei(Subjekt.EINHEIT, stadt.tiefbau(), Ziel.EINHEIT, stadt.tiefbau(), Recht.VERWALTEN);
            personen.ermaechtige(stadt.anja().pseudonym(), chef.person(), 9);
        });
        als(
                stadt.mandant(),
                () -> ausnahmen.gebeFrei(
                        chef,
                        Kennung.neu(),
                        akte,
                        entwurf.id(),
                        stadt.petra().person(),
                        Recht.LESEN,
                        java.time.LocalDate.now(de.federwerk.gesicht.Anzeige.ZONE)
                                .plusDays(9),
                        "Mitlesen"));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> assertThat(anja.hole("/suche?q=Kranich*").text()).contains("2 Treffer"));

        var sperre = java.util.UUID.randomUUID();
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO einschraenkung (mandant_id, id, art, objekt_id, grund, begruendung, gesetzt_von)"
                                        + " VALUES (?, ?, 'vorgang', ?, 'WIDERSPRUCH', 'x', ?)")
                        .params(
                                stadt.mandant(),
                                sperre,
                                entwurf.id(),
                                stadt.anja().person())
                        .update());
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.verwirfVorgang(stadt.anja(), entwurf.id())))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Art. 18 DSGVO");
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE einschraenkung SET aufgehoben = now(), aufgehoben_von = ?, unterrichtet_am = current_date,"
                                        + " aufhebungsgrund = 'x' WHERE id = ?")
                        .params(stadt.anja().person(), sperre)
                        .update());
        als(stadt.mandant(), () -> entwuerfe.verwirfVorgang(stadt.anja(), entwurf.id()));
        als(stadt.mandant(), () -> {
            for (var wer : List.of(stadt.anja(), stadt.petra(), chef)) {
                for (var recht : Recht.values()) {
                    var sicht = berechtigungen.sicht(wer.person(), recht);
                    assertThat(vorgaenge.finde(sicht, entwurf.id()))
                            .as(wer.name() + recht)
                            .isEmpty();
                    assertThat(dokumente.finde(sicht, dokument)).isEmpty();
                }
            }
        });
        assertThat(anja.hole("/suche?q=Kranich*").text()).contains("0 Treffer");
        assertThat(anja.hole("/akten/" + akte).text()).doesNotContain("Kranichflug</");
        assertThat(anja.hole("/papierkorb").text()).contains("Kranichflug");
        assertThat(angemeldet(stadt.mandant(), "karin.ahrens")
                        .hole("/papierkorb")
                        .text())
                .doesNotContain("Kranichflug");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.holeZurueck(chef, entwurf.id())))
                .isInstanceOf(NichtGefunden.class);
        // What was thrown away does not keep an Akte open; but then it does not come back into it.
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), registrierter(stadt, akte)));
        als(stadt.mandant(), () -> abschluss.schliesseAkte(stadt.anja(), akte));
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.holeZurueck(stadt.anja(), entwurf.id())))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("nicht mehr offen");
        als(stadt.mandant(), () -> abschluss.nimmAkteWiederAuf(stadt.anja(), akte, "Nachtrag"));

        als(stadt.mandant(), () -> entwuerfe.holeZurueck(stadt.anja(), entwurf.id()));
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.BEARBEITEN);
            assertThat(vorgaenge.finde(sicht, entwurf.id())).isPresent();
            assertThat(dokumente.finde(sicht, dokument)).isPresent();
        });
        assertThat(anja.hole("/papierkorb").text()).contains("Der Papierkorb ist leer");
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> assertThat(anja.hole("/suche?q=Kranich*").text()).contains("2 Treffer"));
    }

    @Test
    void registriertes_kommt_auf_keinem_weg_in_den_papierkorb() {
        var stadt = stadt();
        var registriert = vorgang(stadt, "Registriert");
        var bescheid = lege(stadt, registriert.id(), "Bescheid");
        var akte = entwurf(stadt, "Vielleicht");
        var bleibt = eroeffne(stadt, akte.id(), "Bleibt", false);
        var geht = eroeffne(stadt, akte.id(), "Geht", false);
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> verlegung.verlegeDokument(stadt.anja(), bescheid, bleibt.id(), "hinein")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("noch ein Entwurf");
        // What was thrown away before its Akte was registered is no case: it gets no number, and comes back as an
        // Entwurf.
        als(stadt.mandant(), () -> entwuerfe.verwirfVorgang(stadt.anja(), geht.id()));
        als(stadt.mandant(), () -> entwuerfe.registriereAkte(stadt.anja(), akte.id()));
        als(stadt.mandant(), () -> entwuerfe.holeZurueck(stadt.anja(), geht.id()));
        assertThatThrownBy(() -> als(stadt.mandant(), () -> entwuerfe.holeZurueck(stadt.anja(), geht.id())))
                .isInstanceOf(NichtGefunden.class);
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
            assertThat(vorgaenge.vorgang(sicht, bleibt.id()).aktenzeichen()).endsWith("-01");
            assertThat(vorgaenge.vorgang(sicht, geht.id()).entwurf()).isTrue();
        });
        als(stadt.mandant(), () -> entwuerfe.registriereVorgang(stadt.anja(), geht.id()));
        als(
                stadt.mandant(),
                () -> assertThat(vorgaenge
                                .vorgang(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), geht.id())
                                .aktenzeichen())
                        .endsWith("-02"));
    }

    private UUID registrierter(Stadt stadt, UUID akte) {
        return jdbc.sql("SELECT id FROM vorgang WHERE mandant_id = ? AND akte_id = ? AND NOT entwurf")
                .params(stadt.mandant(), akte)
                .query(UUID.class)
                .single();
    }
}
