package de.federwerk.posteingang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Muster;
import de.federwerk.suche.Indexeintrag;
import de.federwerk.suche.Indexquelle;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** However much was read from the files: what the sources give the index has a bound, and they say before how much it is. */
class GrosseTexteTest extends Teststadt {

    private static final int MEGA = 1_000_000;

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Blobs blobs;

    @Autowired
    List<Indexquelle> quellen;

    @Test
    void von_einer_mail_mit_grossen_anlagen_kommt_nur_so_viel_wie_hineinpasst() {
        probiere((stadt, id, datei) -> {
            text(stadt, datei, "ü", 2 * MEGA);
            for (int nr = 1; nr <= 5; nr++) {
                text(stadt, teil(stadt, datei, nr), "abcdefghi" + nr, nr == 1 ? 10 : MEGA);
            }
            assertThat(quelle("eingang").laengen(List.of(id))).isEqualTo(Map.of(id, 4L * MEGA + 100 + 4 * 10 * MEGA));
            // 2 million characters of 4 million bytes, 100 more, and of the next part what is left of 5 million by
            // bytes.
            assertThat(gelesen("eingang", id).text())
                    .hasSize(2 * MEGA + 1 + 100 + 1 + (MEGA - 100))
                    .startsWith("üü")
                    .contains("ü\fabcdefghi1", "abcdefghi1\fabcdefghi2")
                    .doesNotContain("abcdefghi3");
        });
    }

    @Test
    void ein_grosses_dokument_wird_gekuerzt_und_ein_kleines_nicht() {
        probiere((stadt, id, datei) -> {
            text(stadt, datei, "Bescheid. ", MEGA);
            var akte = akten.legeAn(
                    stadt.anja(),
                    Kennung.neu(),
                    plan.gemeint("66.20.03").orElseThrow().id(),
                    stadt.tiefbau(),
                    "Groß");
            var vorgang = vorgaenge
                    .eroeffne(stadt.anja(), Kennung.neu(), akte.id(), "Groß")
                    .id();
            for (var satz : List.of("Erstens", "Zweitens")) {
                vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang, satz);
            }
            var dokument = eingaenge.lege(stadt.anja(), id, vorgang, null, null);
            assertThat(quelle("dokument").laengen(List.of(dokument))).isEqualTo(Map.of(dokument, 10L * MEGA));
            assertThat(gelesen("dokument", dokument).text()).hasSize(Indexeintrag.LAENGSTER_TEXT);
            assertThat(quelle("vorgang").laengen(List.of(vorgang))).isEqualTo(Map.of(vorgang, 15L));
            assertThat(gelesen("vorgang", vorgang).text().split("\n")).containsExactlyInAnyOrder("Erstens", "Zweitens");
            assertThat(quelle("akte").laengen(List.of(akte.id()))).isEmpty();
            assertThat(gelesen("akte", akte.id()).text()).isEmpty();
        });
    }

    private interface Probe {
        void mit(Stadt stadt, UUID eingang, UUID datei);
    }

    /** Rolled back, so that nobody spends time on reading and indexing it. */
    private void probiere(Probe probe) {
        var stadt = stadt();
        var bytes = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes("groß"))));
        Mandantenkontext.als(
                stadt.mandant(),
                () -> transaktion.executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    var id = Kennung.neu();
                    eingaenge.trageEin(
                            id,
                            "email",
                            bytes,
                            "mail.eml",
                            stadt.tiefbau(),
                            Instant.now(),
                            stadt.anja().pseudonym());
                    var datei = jdbc.sql("SELECT datei_id FROM eingang WHERE mandant_id = ? AND id = ?")
                            .params(stadt.mandant(), id)
                            .query(UUID.class)
                            .single();
                    probe.mit(stadt, id, datei);
                }));
    }

    private UUID teil(Stadt stadt, UUID mail, int nr) {
        var id = Kennung.neu();
        jdbc.sql("""
                INSERT INTO datei (mandant_id, id, blob_id, dateiname, laenge, sha256, teil_von, teil_nr)
                SELECT mandant_id, ?, blob_id, 'anlage.txt', laenge, sha256, id, ? FROM datei WHERE mandant_id = ? AND id = ?""").params(id, nr, stadt.mandant(), mail).update();
        return id;
    }

    private void text(Stadt stadt, UUID datei, String stueck, int mal) {
        jdbc.sql("INSERT INTO datei_text (mandant_id, datei_id, text) VALUES (?, ?, repeat(?, ?))")
                .params(stadt.mandant(), datei, stueck, mal)
                .update();
    }

    private Indexquelle quelle(String art) {
        return quellen.stream().filter(q -> q.art().equals(art)).findFirst().orElseThrow();
    }

    private Indexeintrag gelesen(String art, UUID id) {
        return quelle(art).lies(List.of(id)).getFirst();
    }
}
