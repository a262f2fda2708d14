package de.federwerk.basis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WachstumTest extends Teststadt {

    @Test
    void was_schnell_waechst_wird_gezaehlt_und_von_da_an_seltener() {
        var stadt = stadt();
        long vorher = gezaehlt();
        als(
                stadt.mandant(),
                () -> transaktion.executeWithoutResult(t -> jdbc.sql(
                                "INSERT INTO zaehler (mandant_id, name, stand) SELECT ?, 'wachstum:' || i, 1 FROM generate_series(1, 1000) i")
                        .param(stadt.mandant())
                        .update()));
        var wachstum = new Wachstum(jdbc, transaktion);
        wachstum.um(999);
        // PostgreSQL says at most once a second how much was changed.
        await().atMost(Duration.ofSeconds(20)).until(() -> geaendert() > 200);
        assertThat(gezaehlt()).isEqualTo(vorher);
        wachstum.um(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> gezaehlt() > vorher);
        long einmal = gezaehlt();
        wachstum.um(2_999);
        assertThat(gezaehlt()).isEqualTo(einmal);
    }

    private long gezaehlt() {
        return zahl("analyze_count");
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
