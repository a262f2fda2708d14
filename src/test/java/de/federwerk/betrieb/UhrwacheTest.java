package de.federwerk.betrieb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.UhrZurueckgestellt;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

class UhrwacheTest extends Teststadt {

    @Autowired
    Mandanten mandanten;

    @Autowired
    Stoerungen stoerungen;

    @Autowired
    Dauerlaeufe laeufe;

    @Autowired
    ApplicationEventPublisher ereignisse;

    @Test
    void eine_um_eine_stunde_zurueckgestellte_uhr_wird_erklaert_und_haelt_weder_suche_noch_lesen_auf() {
        var stadt = stadt();
        var vorher = vorgang(stadt, "Vor der Umstellung");
        var auftrag = Kennung.neu().toString();
        als(stadt.mandant(), () -> {
            // What was planned by the clock as it went before: an hour ahead.
            jdbc.sql("UPDATE index_rueckstand SET ab = now() + interval '1 hour', fassung = gen_random_uuid()")
                    .update();
            jdbc.sql(
                            "INSERT INTO index_rueckstand (mandant_id, art, objekt_id, fassung, ab) VALUES (?, 'vorgang', ?, ?, now() + interval '1 hour') ON CONFLICT DO NOTHING")
                    .params(stadt.mandant(), vorher.id(), Kennung.neu())
                    .update();
            jdbc.sql(
                            "INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version) VALUES ('datei-lesen', ?, ?, now() + interval '65 minutes', false, 1)")
                    .params(
                            auftrag,
                            (stadt.mandant() + " " + Kennung.neu()).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .update();
        });

        var wache = wache(() -> Instant.now().minus(Duration.ofHours(1)));
        wache.sieh();
        assertThat(offene(stadt))
                .singleElement()
                .asString()
                .contains("Minuten hinter dem letzten Eintrag", "Nummern im Posteingangsbuch");
        wache.sieh();
        assertThat(offene(stadt)).hasSize(1);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> als(
                                stadt.mandant(),
                                () -> jdbc.sql("SELECT count(*) FROM index_rueckstand")
                                        .query(Long.class)
                                        .single())
                        == 0);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance = ?")
                                .param(auftrag)
                                .query(Long.class)
                                .single()
                        == 0);

        wache(InstantSource.system()).sieh();
        assertThat(offene(stadt)).isEmpty();
    }

    private Uhrwache wache(InstantSource uhr) {
        return new Uhrwache(
                uhr,
                mandanten,
                jdbc,
                transaktion,
                stoerungen,
                e -> {
                    if (e instanceof UhrZurueckgestellt) ereignisse.publishEvent(e);
                },
                laeufe);
    }

    private List<String> offene(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT ursache FROM stoerung WHERE art = 'uhr' AND erledigt IS NULL")
                        .query(String.class)
                        .list());
    }
}
