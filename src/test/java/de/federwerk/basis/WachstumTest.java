package de.federwerk.basis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WachstumTest extends Teststadt {

    @Test
    void nach_tausend_wird_gezaehlt_und_von_da_an_wenn_es_viermal_so_viele_sind() {
        var wachstum = new Wachstum(jdbc, transaktion);
        wachstum.um(999);
        assertThat(wachstum.naechste()).isEqualTo(1_000);
        wachstum.um(1);
        assertThat(wachstum.naechste()).isEqualTo(4_000);
        wachstum.um(2_999);
        assertThat(wachstum.naechste()).isEqualTo(4_000);
    }

    @Test
    void die_datenbank_zaehlt_was_gewachsen_ist() {
        var stadt = stadt();
        long vorher = gezaehlt();
        als(
                stadt.mandant(),
                () -> transaktion.executeWithoutResult(t -> jdbc.sql(
                                "INSERT INTO zaehler (mandant_id, name, stand) SELECT ?, 'wachstum:' || i, 1 FROM generate_series(1, 1000) i")
                        .param(stadt.mandant())
                        .update()));
        // PostgreSQL says at most once a second how much was changed; it may also count by itself just now.
        await().atMost(Duration.ofSeconds(20)).until(() -> geaendert() > 200 || gezaehlt() > vorher);
        new Wachstum(jdbc, transaktion).um(1_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> gezaehlt() > vorher);
    }

    private long gezaehlt() {
        return zahl("analyze_count") + zahl("autoanalyze_count");
    }

    private long geaendert() {
        return zahl("n_mod_since_analyze");
    }

    private long zahl(String spalte) {
        return jdbc.sql("SELECT " + spalte + " FROM pg_stat_user_tables WHERE relname = 'zaehler'")
                .query(Long.class)
                .single();
    }
}
