package de.federwerk.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Stellen.Zeichnungsbefugnis;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class StellenTest extends Teststadt {

    @Autowired
    Leitungen leitungen;

    @Autowired
    Stellen stellen;

    @Autowired
    Empfaengersuche suche;

    /** @param dezernat above tiefbau, led by karin; tiefbau itself is led by anja */
    private record Haus(Stadt stadt, UUID dezernat, Anmeldung karin, UUID anjasLeitung) {}

    private Haus haus() {
        var stadt = stadt();
        return als(stadt.mandant(), () -> {
            var dezernat = einheiten.richteEin(Protokoll.PROGRAMM, "DEZ 3", "Bauen-Verkehr", null);
            jdbc.sql("UPDATE einheit SET ueber_id = ? WHERE id = ?")
                    .params(dezernat, stadt.tiefbau())
                    .update();
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens-Öhlmann", stadt.ordnung());
            einheiten.besetze(Protokoll.PROGRAMM, dezernat, "Leitung", true, karin.person());
            var leitung = einheiten.besetze(
                    Protokoll.PROGRAMM,
                    stadt.tiefbau(),
                    "Leitung",
                    true,
                    stadt.anja().person());
            return new Haus(stadt, dezernat, karin, leitung);
        });
    }

    @Test
    void wer_leitet_leitet_alles_darunter_aber_nie_sich_selbst() {
        var haus = haus();
        var anja = haus.stadt.anja().person();
        var petra = haus.stadt.petra().person();
        var karin = haus.karin.person();
        als(haus.stadt.mandant(), () -> {
            assertThat(leitungen.leitet(karin, anja)).isTrue();
            assertThat(leitungen.leitet(anja, karin)).isFalse();
            assertThat(leitungen.leitet(karin, petra)).isFalse();
            assertThat(leitungen.leitet(karin, karin)).isFalse();
            assertThat(leitungen.geleiteteEinheiten(karin))
                    .containsExactlyInAnyOrder(haus.dezernat, haus.stadt.tiefbau());
            assertThat(leitungen.geleiteteEinheiten(petra)).isEmpty();
            assertThat(leitungen.leitungDer(haus.stadt.tiefbau())).contains(anja);
            assertThat(leitungen.leitungDer(haus.stadt.ordnung())).isEmpty();
            assertThat(leitungen.leitungVon(anja)).contains(karin);
            assertThat(leitungen.leitungVon(karin)).isEmpty();
            assertThat(leitungen.leitungVon(petra)).isEmpty();
            var jan = person(haus.stadt.mandant(), "jan.orth", "Jan", "Orth", haus.stadt.tiefbau());
            assertThat(leitungen.leitungVon(jan.person())).contains(anja);
            jdbc.sql("UPDATE stellenbesetzung SET gueltig_bis = now() + interval '1 microsecond' WHERE stelle_id = ?")
                    .param(haus.anjasLeitung)
                    .update();
        });
        als(haus.stadt.mandant(), () -> {
            assertThat(leitungen.leitungDer(haus.stadt.tiefbau())).isEmpty();
            assertThat(leitungen.leitungVon(anja)).contains(karin);
            assertThat(stellen.inhaber(haus.anjasLeitung)).isEmpty();
            assertThat(stellen.mitglieder(haus.stadt.tiefbau()))
                    .extracting(Stellen.Inhaber::name)
                    .containsExactly("Anja Müller", "Jan Orth");
            assertThat(stellen.mitglieder(haus.dezernat))
                    .extracting(Stellen.Inhaber::name)
                    .containsExactly("Karin Ahrens-Öhlmann");
        });
    }

    @Test
    void was_eine_stelle_zeichnen_darf_sagt_nur_die_administration() {
        var haus = haus();
        var fremde = stadt();
        var anja = haus.stadt.anja();
        var petra = haus.stadt.petra().person();
        assertThat(als(haus.stadt.mandant(), () -> stellen.befugnis(anja.person())))
                .isEqualTo(Zeichnungsbefugnis.IM_AUFTRAG);
        assertThatThrownBy(() -> setze(haus.stadt, anja, haus.anjasLeitung, Zeichnungsbefugnis.EIGEN))
                .isInstanceOf(Abgelehnt.class);
        als(haus.stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, petra, Rolle.ADMINISTRATION));
        als(
                fremde.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, fremde.anja().person(), Rolle.ADMINISTRATION));
        assertThatThrownBy(() -> setze(fremde, fremde.anja(), haus.anjasLeitung, Zeichnungsbefugnis.EIGEN))
                .isInstanceOf(NichtGefunden.class);

        var verwaltung = angemeldet(haus.stadt.mandant(), "petra.lueders");
        var seite = verwaltung.hole("/verwaltung/stellen");
        assertThat(seite.text()).contains("DEZ 3", "Bauen-Verkehr", "Anja Müller", "5 Stellen");
        var pfad = "/verwaltung/stellen/" + haus.anjasLeitung + "/zeichnungsbefugnis";
        var antwort = verwaltung.sende(pfad, seite.geheim(), "befugnis", "EIGEN", "ab", "A");
        assertThat(antwort.ziel()).startsWith("/verwaltung/stellen?ab=A&gespeichert=" + haus.anjasLeitung);
        verwaltung.sende(pfad, seite.geheim(), "befugnis", "EIGEN");
        assertThat(verwaltung.sende(pfad, seite.geheim(), "befugnis", "ALLES").status())
                .isEqualTo(404);
        assertThat(verwaltung.hole("/verwaltung/stellen?zu=fd").text()).contains("FD 32");
        als(haus.stadt.mandant(), () -> {
            assertThat(stellen.befugnis(List.of(anja.person(), petra, haus.dezernat)))
                    .containsEntry(anja.person(), Zeichnungsbefugnis.EIGEN)
                    .containsEntry(petra, Zeichnungsbefugnis.MITZEICHNUNG)
                    .containsEntry(haus.dezernat, Zeichnungsbefugnis.KEINE);
            assertThat(jdbc.sql("SELECT count(*) FROM protokoll WHERE handlung = 'stelle.befugt'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
        });
    }

    @Test
    void empfaenger_finden_sich_an_den_anfaengen_ihrer_worte() {
        var haus = haus();
        var fremde = stadt();
        als(haus.stadt.mandant(), () -> {
            assertThat(namen("öhl")).containsExactly("Karin Ahrens-Öhlmann");
            assertThat(namen("ÖHL kar")).containsExactly("Karin Ahrens-Öhlmann");
            assertThat(namen("ohl")).isEmpty();
            assertThat(namen("hlmann")).as("mitten im Wort").isEmpty();
            assertThat(namen("lueders")).as("Anmeldename").containsExactly("Petra Lüders");
            assertThat(namen("verk")).containsExactly("DEZ 3 Bauen-Verkehr");
            assertThat(namen("66")).containsExactly("FD 66 Tiefbau", "FD 66 · Leitung", "FD 66 · Sachbearbeitung");
            assertThat(namen("leitung fd")).containsExactly("FD 66 · Leitung");
            assertThat(namen("%")).isEmpty();
            assertThat(namen(" \0 ")).isEmpty();
            assertThat(namen("x ".repeat(5_000))).isEmpty();
            assertThat(suche.finde("fd 66 leitung"))
                    .containsExactly(new Empfaengersuche.Auswahl(
                            "stelle:" + haus.anjasLeitung, "FD 66 · Leitung", "Stelle · Anja Müller"));
            assertThat(suche.findePersonen("a"))
                    .extracting(Empfaengersuche.Auswahl::zusatz)
                    .contains("FD 66 Tiefbau");
            for (int i = 0; i < 20; i++) {
                personen.nimmAuf(Protokoll.PROGRAMM, "tief.flieger" + i, "Udo", "Tiefflieger", null, false);
            }
            assertThat(namen("tief")).hasSize(12).contains("FD 66 Tiefbau");
        });
        als(fremde.mandant(), () -> assertThat(suche.finde("karin")).isEmpty());
    }

    @Test
    void gemeint_ist_wer_so_heisst_wenn_es_nur_einer_ist() {
        var haus = haus();
        var fremde = stadt();
        var anja = haus.stadt.anja().person();
        var kennung = "person:" + anja;
        als(haus.stadt.mandant(), () -> {
            var gemeint = suche.gemeint(kennung).orElseThrow();
            assertThat(gemeint).isEqualTo(new Empfaenger("person", anja, "Anja Müller"));
            assertThat(gemeint.kennung()).isEqualTo(kennung);
            for (var text : List.of("anja.mueller", " Anja  MÜLLER ", "Müller, Anja", "müller anja")) {
                assertThat(suche.gemeint(text)).as(text).contains(gemeint);
            }
            for (var text : List.of("fd 66", "Tiefbau", "FD 66 Tiefbau", "einheit:" + haus.stadt.tiefbau())) {
                assertThat(suche.gemeint(text))
                        .as(text)
                        .contains(new Empfaenger("einheit", haus.stadt.tiefbau(), "FD 66 Tiefbau"));
            }
            assertThat(suche.gemeint("FD 66 · Leitung").orElseThrow().id()).isEqualTo(haus.anjasLeitung);
            for (var text :
                    List.of("", "Anja", "Leitung", "stelle:" + anja, "person:" + UUID.randomUUID(), "person:x", "\0")) {
                assertThat(suche.gemeint(text)).as(text).isEmpty();
            }
            personen.nimmAuf(Protokoll.PROGRAMM, "anja.mueller2", "Anja", "Müller", null, false);
            assertThat(suche.gemeint("Anja Müller")).as("gibt es zweimal").isEmpty();
            assertThat(suche.gemeint("anja.mueller")).contains(gemeint);
        });
        als(fremde.mandant(), () -> assertThat(suche.gemeint(kennung)).isEmpty());
    }

    private List<String> namen(String getippt) {
        return suche.finde(getippt).stream().map(Empfaengersuche.Auswahl::text).toList();
    }

    private void setze(Stadt stadt, Anmeldung wer, UUID stelle, Zeichnungsbefugnis befugnis) {
        Mandantenkontext.als(stadt.mandant(), () -> stellen.setze(wer, stelle, befugnis));
    }
}
