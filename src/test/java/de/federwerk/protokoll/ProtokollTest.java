package de.federwerk.protokoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class ProtokollTest extends Teststadt {

    @Autowired
    Protokoll protokoll;

    @Test
    void der_eintrag_ist_mit_fremden_mitteln_nachzurechnen() throws Exception {
        var mandant = neuerMandant();
        var objekt = Kennung.neu();
        als(
                mandant,
                () -> protokoll.schreibe(
                        Protokoll.PROGRAMM,
                        "probe.getan",
                        objekt,
                        null,
                        Map.of("titel", "Bäume fällen", "nummer", "7")));
        als(mandant, () -> {
            var zeile = jdbc.sql("SELECT * FROM protokoll").query().singleRow();
            var bytes = (byte[]) zeile.get("eintrag");
            var baum = JsonMapper.shared().readTree(bytes);
            assertThat(baum.get("mandant").asString()).isEqualTo(mandant.toString());
            assertThat(baum.get("objekt").asString()).isEqualTo(objekt.toString());
            assertThat(baum.get("handlung").asString()).isEqualTo("probe.getan");
            assertThat(baum.get("version").asString()).isEqualTo("1");
            assertThat(baum.get("zeit").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
            assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("Bäume");
            var inhalt = jdbc.sql("SELECT wert, salz FROM protokoll_inhalt WHERE feld = 'titel'")
                    .query()
                    .singleRow();
            try {
                var sha = MessageDigest.getInstance("SHA-256");
                sha.update((byte[]) inhalt.get("salz"));
                assertThat(baum.get("festlegungen").get("titel").asString())
                        .isEqualTo(
                                HexFormat.of().formatHex(sha.digest("Bäume fällen".getBytes(StandardCharsets.UTF_8))));
                sha.update((byte) 0);
                assertThat((byte[]) zeile.get("blatt")).isEqualTo(sha.digest(bytes));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void die_bytes_des_eintrags_sind_festgelegt() {
        var felder = new java.util.TreeMap<>(Map.of("titel", "ab", "nummer", "cd"));
        var eintrag = new Eintrag(
                UUID.fromString("00000000-0000-7000-8000-000000000001"),
                UUID.fromString("00000000-0000-7000-8000-000000000002"),
                java.time.Instant.parse("2026-11-23T15:27:15.120Z"),
                "akte.angelegt",
                UUID.fromString("00000000-0000-7000-8000-000000000003"),
                Protokoll.PROGRAMM,
                felder);
        assertThat(new String(eintrag.bytes(), StandardCharsets.US_ASCII))
                .isEqualTo(
                        "{\"festlegungen\":{\"nummer\":\"cd\",\"titel\":\"ab\"},\"handlung\":\"akte.angelegt\",\"kennung\":\"00000000-0000-7000-8000-000000000002\","
                                + "\"mandant\":\"00000000-0000-7000-8000-000000000001\",\"objekt\":\"00000000-0000-7000-8000-000000000003\","
                                + "\"person\":\"00000000-0000-0000-0000-000000000000\",\"version\":\"1\",\"zeit\":\"2026-11-23T15:27:15.120000Z\"}");
        assertThat(HexFormat.of().formatHex(eintrag.blatt())).hasSize(64);
    }

    @Test
    void die_datenbank_verweigert_aendern_und_loeschen() {
        var mandant = neuerMandant();
        als(
                mandant,
                () -> protokoll.schreibe(Protokoll.PROGRAMM, "probe.getan", mandant, null, Map.of("titel", "bleibt")));
        for (var versuch : new String[] {
            "UPDATE protokoll SET handlung = 'x'",
            "DELETE FROM protokoll",
            "UPDATE protokoll_inhalt SET wert = 'x'",
            "TRUNCATE protokoll_inhalt"
        }) {
            assertThatThrownBy(() -> als(mandant, () -> {
                        jdbc.sql(versuch).update();
                    }))
                    .as(versuch)
                    .isInstanceOf(org.springframework.dao.DataAccessException.class);
        }
        als(
                mandant,
                () -> assertThat(jdbc.sql("SELECT count(*) FROM protokoll")
                                .query(Long.class)
                                .single())
                        .isEqualTo(1));
    }

    @Test
    void ohne_handelnde_transaktion_kein_eintrag() {
        var mandant = neuerMandant();
        assertThatThrownBy(() -> de.federwerk.basis.Mandantenkontext.als(
                        mandant, () -> protokoll.schreibe(Protokoll.PROGRAMM, "probe.getan", mandant, null, Map.of())))
                .isInstanceOf(org.springframework.transaction.IllegalTransactionStateException.class);
    }
}
