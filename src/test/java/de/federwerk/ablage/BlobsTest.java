package de.federwerk.ablage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Haustest;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.IllegalTransactionStateException;

class BlobsTest extends Haustest {

    @Autowired
    Blobs blobs;

    @Test
    void ein_gemerkter_blob_wird_gefunden_und_gelesen() throws Exception {
        var mandant = neuerMandant();
        var blob = schreibe(mandant, "Hundesteuerbescheid");
        als(mandant, () -> blobs.merke(blob));

        Mandantenkontext.<Void, Exception>als(mandant, () -> {
            assertThat(blobs.finde(blob.id())).isEqualTo(blob);
            try (var alles = blobs.lies(blob.id());
                    var teil = blobs.lies(blob, 5, 6)) {
                assertThat(alles.readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("Hundesteuerbescheid");
                assertThat(teil.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("steuer");
            }
            return null;
        });
    }

    @Test
    void ein_anderer_mandant_findet_ihn_nicht() {
        var mandant = neuerMandant();
        var nachbar = neuerMandant();
        var blob = schreibe(mandant, "geheim");
        als(mandant, () -> blobs.merke(blob));
        assertThatThrownBy(() -> als(nachbar, () -> blobs.finde(blob.id()))).isInstanceOf(NichtGefunden.class);
        assertThatThrownBy(() -> blobs.finde(blob.id())).isInstanceOf(NichtGefunden.class);
    }

    @Test
    void die_zeile_eines_blobs_kann_niemand_aendern_oder_loeschen() {
        var mandant = neuerMandant();
        var blob = schreibe(mandant, "bleibt");
        als(mandant, () -> blobs.merke(blob));
        for (var befehl : new String[] {"UPDATE blob SET laenge = 1", "DELETE FROM blob", "TRUNCATE blob"}) {
            assertThatThrownBy(() -> als(mandant, () -> jdbc.sql(befehl).update()))
                    .isInstanceOf(DataAccessException.class)
                    .hasRootCauseMessage("ERROR: permission denied for table blob");
        }
    }

    @Test
    void gemerkt_wird_nur_in_der_transaktion_des_vorgangs() {
        var mandant = neuerMandant();
        var blob = schreibe(mandant, "x");
        assertThatThrownBy(() -> Mandantenkontext.als(mandant, () -> blobs.merke(blob)))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    private Blob schreibe(UUID mandant, String text) {
        return Mandantenkontext.als(
                mandant, () -> blobs.schreibe(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }
}
