package de.federwerk.basis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import java.util.List;
import org.junit.jupiter.api.Test;

class MandantentrennungTest extends Teststadt {

    /** The tables without Mandant, each with its reason in docs/adr/0003-mandant.md. */
    private static final List<String> OHNE_MANDANT = List.of(
            "flyway_schema_history", "mandant", "scheduled_tasks", "spring_session", "spring_session_attributes");

    @Test
    void jede_tabelle_hat_einen_mandanten_und_die_datenbank_setzt_ihn_durch() {
        var ohne = jdbc.sql("""
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                   AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND pg_get_expr(p.polqual, c.oid) = '(mandant_id = aktueller_mandant())'
                                           AND pg_get_expr(p.polwithcheck, c.oid) = '(mandant_id = aktueller_mandant())'))
                 ORDER BY 1""").query(String.class).list();
        assertThat(ohne).containsExactlyElementsOf(OHNE_MANDANT);
    }

    @Test
    void das_programm_laeuft_mit_einer_rolle_die_nichts_besitzt_und_nichts_umgeht() {
        assertThat(jdbc.sql(
                                "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user")
                        .query(Boolean.class)
                        .single())
                .isFalse();
        assertThat(jdbc.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void ohne_mandant_sieht_niemand_etwas_und_schreibt_niemand_etwas() {
        var stadt = stadt();
        assertThat(jdbc.sql("SELECT count(*) FROM person").query(Long.class).single())
                .isZero();
        assertThat(transaktion.<Long>execute(t -> jdbc.sql("SELECT count(*) FROM einheit")
                        .query(Long.class)
                        .single()))
                .isZero();
        assertThatThrownBy(() -> jdbc.sql("INSERT INTO zaehler (mandant_id, name, stand) VALUES (?, 'x', 1)")
                        .param(stadt.mandant())
                        .update())
                .hasStackTraceContaining("row-level security");
    }

    @Test
    void die_naechste_transaktion_derselben_verbindung_traegt_den_mandanten_nicht_weiter() {
        var stadt = stadt();
        for (int i = 0; i < 50; i++) {
            als(
                    stadt.mandant(),
                    () -> assertThat(jdbc.sql("SELECT count(*) FROM person")
                                    .query(Long.class)
                                    .single())
                            .isPositive());
            assertThat(transaktion.<Long>execute(t -> jdbc.sql("SELECT count(*) FROM person")
                            .query(Long.class)
                            .single()))
                    .isZero();
        }
    }
}
