package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Haustest;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.stoerung.StoerungErneut;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** From the received bytes to what people see and find, with real workers and the real database. */
class DateienTest extends Haustest {

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Werkstatt werkstatt;

    @Autowired
    Leseauftraege auftraege;

    @Autowired
    ApplicationEventPublisher ereignisse;

    @Test
    void ein_scan_wird_von_selbst_gelesen() throws Exception {
        var mandant = neuerMandant();
        byte[] bytes = Muster.scanPdf("Hundesteuerbescheid");
        UUID id = nimmAuf(mandant, "Bescheid.pdf", bytes);
        var datei = wartetAuf(mandant, id);
        assertThat(datei.stand()).isEqualTo("fertig");
        assertThat(datei.medientyp()).isEqualTo("application/pdf");
        assertThat(datei.textherkunft()).isEqualTo("ocr");
        assertThat(datei.hatVorschau()).isTrue();
        assertThat(als(mandant, () -> dateien.text(id))).get().asString().contains("Hundesteuerbescheid");
        Mandantenkontext.<Void, Exception>als(mandant, () -> {
            try (var original = blobs.lies(dateien.original(id));
                    var vorschau = blobs.lies(dateien.vorschau(id).orElseThrow());
                    var bild = blobs.lies(dateien.seitenbild(id, 1).orElseThrow())) {
                assertThat(original.readAllBytes()).isEqualTo(bytes);
                assertThat(vorschau.readAllBytes()).isEqualTo(bytes);
                assertThat(ImageIO.read(bild).getWidth()).isEqualTo(1000);
            }
            assertThat(dateien.seitenbild(id, 2)).isEmpty();
            return null;
        });
        var nachbar = neuerMandant();
        assertThatThrownBy(() -> als(nachbar, () -> dateien.finde(id))).isInstanceOf(NichtGefunden.class);
        assertThat(als(nachbar, () -> dateien.text(id))).isEmpty();
    }

    @Test
    void die_teile_einer_mail_werden_eigene_dateien() {
        var mandant = neuerMandant();
        UUID id = nimmAuf(mandant, "mail.eml", Muster.mail(Muster.textPdf("Antrag auf Sanierung der Bänke")));
        var mail = wartetAuf(mandant, id);
        assertThat(mail.titel()).isEqualTo("FahrStuße der Grünanlage");
        assertThat(mail.absender()).startsWith("Jürgen Müller");
        assertThat(mail.absenderdatum()).isNotNull();
        var teile = als(mandant, () -> dateien.teile(id));
        assertThat(teile)
                .extracting(Datei::dateiname)
                .containsExactly("Antrag Grünanlage.pdf", "Straßenverzeichnis.txt", "Weitergeleitet_ Spielplatz.eml");
        assertThat(teile).extracting(Datei::teilNr).containsExactly(1, 2, 3);
        teile.forEach(teil -> assertThat(wartetAuf(mandant, teil.id()).stand()).isEqualTo("fertig"));
        assertThat(als(mandant, () -> dateien.text(teile.get(0).id()))).hasValue("Antrag auf Sanierung der Bänke");
        assertThat(als(mandant, () -> dateien.text(teile.get(1).id()))).hasValue("Goethestraße, Mühlenweg");
        assertThat(als(mandant, () -> dateien.text(teile.get(2).id())))
                .get()
                .asString()
                .contains("Die Schaukel quietscht");
    }

    @Test
    void was_sich_nicht_lesen_laesst_steht_auf_der_seite_stoerungen_und_laesst_sich_erneut_versuchen() {
        var mandant = neuerMandant();
        UUID id = nimmAuf(mandant, "geheim.pdf", Muster.verschluesseltesPdf());
        var datei = wartetAuf(mandant, id);
        assertThat(datei.stand()).isEqualTo("gescheitert");
        assertThat(datei.hinweis()).contains("mit einem Kennwort verschlüsselt");
        assertThat(datei.hatVorschau()).isFalse();
        assertThat(zahl(mandant, "SELECT anzahl FROM stoerung WHERE bezug = ? AND erledigt IS NULL", id))
                .isEqualTo(1);
        als(mandant, () -> ereignisse.publishEvent(new StoerungErneut(mandant, "datei", id, UUID.randomUUID())));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> zahl(mandant, "SELECT anzahl FROM stoerung WHERE bezug = ?", id) == 2);
        assertThat(wartetAuf(mandant, id).stand()).isEqualTo("gescheitert");
    }

    @Test
    void getoetete_arbeiter_und_doppelte_auftraege_hinterlassen_genau_ein_ergebnis() {
        var mandant = neuerMandant();
        UUID scan = nimmAuf(
                mandant,
                "stapel.pdf",
                Muster.scanPdf("Gewerbeanmeldung eins", "Gewerbeanmeldung zwei", "Gewerbeanmeldung drei"));
        UUID mail = nimmAuf(mandant, "mail.eml", Muster.mail(Muster.textPdf("Antrag")));
        als(mandant, () -> {
            auftraege.plane(mandant, mail);
            auftraege.plane(mandant, scan);
        });
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !werkstatt.pids().isEmpty());
        werkstatt.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        assertThat(wartetAuf(mandant, scan).stand()).isEqualTo("fertig");
        assertThat(als(mandant, () -> dateien.text(scan)).orElseThrow().split("\f"))
                .hasSize(3)
                .allMatch(seite -> seite.contains("Gewerbeanmeldung"));
        assertThat(zahl(mandant, "SELECT count(*) FROM datei_seite WHERE datei_id = ?", scan))
                .isEqualTo(3);
        wartetAuf(mandant, mail);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.sql("SELECT count(*) FROM scheduled_tasks")
                                .query(Integer.class)
                                .single()
                        == 0);
        assertThat(als(mandant, () -> dateien.teile(mail)))
                .hasSize(3)
                .allMatch(teil -> teil.stand().equals("fertig"));
        assertThat(zahl(mandant, "SELECT count(*) FROM stoerung WHERE bezug IN (?, ?)", scan, mail))
                .isZero();
    }

    @Test
    void was_fuer_sich_kommt_geht_vor_den_hinteren_anlagen_einer_mail() {
        var mandant = neuerMandant();
        var anlage = UUID.randomUUID();
        var brief = UUID.randomUUID();
        Mandantenkontext.als(
                mandant,
                () -> transaktion.execute(status -> {
                    auftraege.plane(mandant, anlage, 150);
                    auftraege.plane(mandant, brief);
                    assertThat(jdbc.sql(
                                            "SELECT convert_from(task_data, 'UTF8') FROM scheduled_tasks WHERE convert_from(task_data, 'UTF8') LIKE ? ORDER BY execution_time")
                                    .param(mandant + "%")
                                    .query(String.class)
                                    .list())
                            .containsExactly(mandant + " " + brief, mandant + " " + anlage);
                    status.setRollbackOnly();
                    return true;
                }));
    }

    @Test
    void ohne_commit_kein_auftrag() {
        var mandant = neuerMandant();
        var blob = Mandantenkontext.als(mandant, () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes("x"))));
        assertThatThrownBy(() -> als(mandant, () -> {
                    dateien.aufnehmen(blob, "x.txt");
                    throw new IllegalStateException("abgebrochen");
                }))
                .hasMessage("abgebrochen");
        assertThat(jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE convert_from(task_data, 'UTF8') LIKE ?")
                        .param(mandant + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(zahl(mandant, "SELECT count(*) FROM datei")).isZero();
    }

    @Test
    void unbekanntes_und_leeres_haelt_nichts_auf() {
        var mandant = neuerMandant();
        UUID leer = nimmAuf(mandant, "", new byte[0]);
        UUID roh = nimmAuf(mandant, "../../etc/messung\n.xyz", new byte[] {0, 1, 2});
        UUID bild = nimmAuf(
                mandant,
                "plan.png",
                Arrays.copyOf(Muster.png(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB)), 50));
        assertThat(wartetAuf(mandant, leer).hinweis()).contains("leer (0 Byte)");
        assertThat(wartetAuf(mandant, roh))
                .extracting(Datei::stand, Datei::dateiname, Datei::hatVorschau)
                .containsExactly("fertig", "messung .xyz", false);
        assertThat(wartetAuf(mandant, bild).stand()).isEqualTo("gescheitert");
    }

    private UUID nimmAuf(UUID mandant, String name, byte[] bytes) {
        var blob = Mandantenkontext.als(mandant, () -> blobs.schreibe(new ByteArrayInputStream(bytes)));
        return als(mandant, () -> dateien.aufnehmen(blob, name)).id();
    }

    private Datei wartetAuf(UUID mandant, UUID id) {
        return await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> als(mandant, () -> dateien.finde(id)),
                        datei -> !datei.stand().equals("neu"));
    }

    private int zahl(UUID mandant, String frage, Object... werte) {
        return als(
                mandant,
                () -> jdbc.sql(frage)
                        .params(werte)
                        .query(Integer.class)
                        .optional()
                        .orElse(0));
    }
}
