package de.federwerk.suche;

import static de.federwerk.suche.Probestadt.OFFEN;
import static de.federwerk.suche.Probestadt.sicht;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Haustest;
import de.federwerk.basis.Kennung;
import de.federwerk.stoerung.StoerungErneut;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** The index agrees with the database: after each commit, after a crash, after a lost folder, during a rebuild. */
class IndexTest extends Haustest {

    @Autowired
    Index index;

    @Autowired
    Suche suche;

    @Autowired
    Probequelle quelle;

    @Autowired
    Indizes indizes;

    @Autowired
    Speisung speisung;

    @Autowired
    ApplicationEventPublisher ereignisse;

    @Autowired
    Quellen quellen;

    @Autowired
    Transaktionen transaktionen;

    @Autowired
    MeterRegistry messwerte;

    private UUID mandant;

    @BeforeEach
    void stadt() {
        mandant = neuerMandant();
        speisung.wecke();
        wartet(Duration.ofSeconds(5)).until(() -> !liste("irgendwas").imAufbau());
    }

    /** What a person has while the program stands still. */
    private void imStillstand(Schaden arbeit) throws IOException {
        speisung.stop();
        try {
            arbeit.richteAn();
        } finally {
            speisung.start();
        }
    }

    @Test
    void ein_satz_ist_nach_hoechstens_einer_sekunde_zu_finden() {
        lege("Hundesteuerbescheid");
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Steuerbescheid") == 1);
        for (int i = 0; i < 5; i++) {
            String wort = "Nachtrag" + i;
            lege(wort);
            wartet(Duration.ofSeconds(1)).until(() -> gezaehlt(wort) == 1);
        }
        wartet(Duration.ofSeconds(5)).until(() -> wartende() == 0);
        assertThat(messwerte.find("federwerk.index.rueckstand").gauge()).isNotNull();
    }

    @Test
    void was_zurueckgerollt_wird_wurde_nie_gesagt() {
        assertThatThrownBy(() -> als(mandant, () -> {
                    index.vormerken("probe", Kennung.neu());
                    throw new IllegalStateException("doch nicht");
                }))
                .hasMessage("doch nicht");
        assertThat(wartende()).isZero();
        assertThatThrownBy(() -> index.vormerken("probe", Kennung.neu())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void der_andere_mandant_findet_nichts() {
        lege("Vertraulichkeit");
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Vertraulichkeit") == 1);
        var andere = neuerMandant();
        assertThat(als(andere, () -> suche.suche(sicht(andere, OFFEN), Anfrage.nach("Vertraulichkeit")))
                        .gesamt())
                .isZero();
        assertThatThrownBy(() -> als(andere, () -> suche.suche(sicht(mandant, OFFEN), Anfrage.nach("Vertraulichkeit"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gesperrtes_ist_mit_dem_commit_weg_und_kommt_richtig_wieder() throws IOException {
        var id = lege("Umgezogen");
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Umgezogen") == 1);
        imStillstand(() -> {
            quelle.lege(mandant, Probestadt.probe(id, "Umgezogen", "", 99));
            als(mandant, () -> index.vormerkenUndSperren("probe", id));
            als(mandant, () -> index.vormerken("probe", id));
            assertThat(gezaehlt("Umgezogen")).isZero();
        });
        wartet(Duration.ofSeconds(5)).until(() -> wartende() == 0);
        assertThat(gezaehlt("Umgezogen")).isZero();
        assertThat(als(mandant, () -> suche.suche(sicht(mandant, 99), Anfrage.nach("Umgezogen")))
                        .gesamt())
                .isEqualTo(1);
    }

    @Test
    void was_die_quelle_nicht_mehr_kennt_verschwindet() {
        var id = lege("Irrläufer");
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Irrläufer") == 1);
        quelle.entferne(mandant, id);
        als(mandant, () -> index.vormerken("probe", id));
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Irrläufer") == 0);
    }

    @Test
    void ein_unlesbarer_eintrag_haelt_die_anderen_nicht_auf() {
        var schlechter = Kennung.neu();
        quelle.unlesbare.add(schlechter);
        var gute = List.of(Kennung.neu(), Kennung.neu(), Kennung.neu());
        gute.forEach(id -> quelle.lege(mandant, Probestadt.probe(id, "Lesbares", "", OFFEN)));
        quelle.lege(mandant, Probestadt.probe(schlechter, "Lesbares", "", OFFEN));
        als(mandant, () -> {
            index.vormerken("probe", schlechter);
            index.vormerken("probe", gute);
            index.vormerken("unbekannt", Kennung.neu());
        });
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Lesbares") == 3);
        wartet(Duration.ofSeconds(5)).until(() -> pausierende() == 2);
        quelle.unlesbare.remove(schlechter);
        ohnePause();
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Lesbares") == 4);
        wartet(Duration.ofSeconds(5)).until(() -> wartende() == 1);
    }

    @Test
    void was_dreimal_scheiterte_steht_unter_stoerungen_bis_es_gelingt_auch_wenn_es_neu_vorgemerkt_wird() {
        var id = Kennung.neu();
        quelle.unlesbare.add(id);
        quelle.lege(mandant, Probestadt.probe(id, "Sorgenkind", "", OFFEN));
        als(mandant, () -> index.vormerken("probe", id));
        for (int versuch = 1; versuch <= 3; versuch++) {
            wartet(Duration.ofSeconds(5)).until(() -> pausierende() == 1);
            if (versuch < 3) {
                assertThat(stoerungen(id)).isZero();
                ohnePause();
            }
        }
        assertThat(stoerungen(id)).isEqualTo(1);
        als(mandant, () -> ereignisse.publishEvent(new StoerungErneut(mandant, "index:probe", id, UUID.randomUUID())));
        wartet(Duration.ofSeconds(5)).until(() -> pausierende() == 1);
        assertThat(stoerungen(id)).as("der Knopf allein behebt nichts").isEqualTo(1);
        quelle.unlesbare.remove(id);
        als(mandant, () -> index.vormerken("probe", id));
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Sorgenkind") == 1 && stoerungen(id) == 0);
    }

    private long stoerungen(UUID bezug) {
        return als(
                mandant,
                () -> jdbc.sql(
                                "SELECT count(*) FROM stoerung WHERE art = 'index:probe' AND bezug = ? AND erledigt IS NULL")
                        .param(bezug)
                        .query(Long.class)
                        .single());
    }

    /** Rows that failed and are not yet to be tried again. */
    private long pausierende() {
        return als(
                mandant,
                () -> jdbc.sql("SELECT count(*) FROM index_rueckstand WHERE versuche > 0 AND ab > now()")
                        .query(Long.class)
                        .single());
    }

    /** The pause is over. */
    private void ohnePause() {
        als(mandant, () -> jdbc.sql("UPDATE index_rueckstand SET ab = now()").update());
        speisung.wecke();
    }

    /** 512 MB are to suffice, and a batch that does not fit would kill the program at every start. */
    @Test
    void grosse_texte_werden_nie_zusammen_gelesen() throws IOException {
        String lang = "x".repeat(4_000_000);
        var zeilen = new ArrayList<Rueckstand.Zeile>();
        for (int i = 0; i < 40; i++) {
            var id = Kennung.neu();
            quelle.lege(
                    mandant, Probestadt.probe(id, "Nr " + i, i < 9 ? lang : i == 9 ? lang.repeat(3) : "kurz", OFFEN));
            zeilen.add(new Rueckstand.Zeile("probe", id, id, 0));
        }
        quelle.antworten.clear();
        // A full batch is handed over by two threads at once.
        var gereicht = new CopyOnWriteArrayList<UUID>();
        assertThat(quellen.reiche(mandant, zeilen, (zeile, eintrag) -> gereicht.add(eintrag.id())))
                .isEmpty();
        assertThat(gereicht)
                .containsExactlyInAnyOrderElementsOf(
                        zeilen.stream().map(Rueckstand.Zeile::id).toList());
        assertThat(quelle.antworten)
                .containsExactly(8_000_000L, 8_000_000L, 8_000_000L, 8_000_000L, 4_000_000L, 12_000_000L, 100L, 20L);
    }

    @Test
    void nach_einem_neustart_wird_nachgeholt_was_wartete() throws IOException {
        lege("Vorher");
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Vorher") == 1);
        imStillstand(() -> {
            lege("Nachher");
            indizes.schliesse(mandant);
            assertThat(gezaehlt("Vorher")).isEqualTo(1);
            assertThat(gezaehlt("Nachher")).isZero();
        });
        wartet(Duration.ofSeconds(5)).until(() -> gezaehlt("Nachher") == 1);
        assertThat(gezaehlt("Vorher")).isEqualTo(1);
    }

    @Test
    void ein_verlorener_oder_beschaedigter_ordner_wird_von_selbst_neu_gebaut() throws IOException {
        var ids = Stream.generate(Kennung::neu).limit(30).toList();
        ids.forEach(id -> quelle.lege(mandant, Probestadt.probe(id, "Bestand", "", OFFEN)));
        als(mandant, () -> index.vormerken("probe", ids));
        wartet(Duration.ofSeconds(10)).until(() -> gezaehlt("Bestand") == 30);
        Path ordner = DATEN.resolve("index").resolve(mandant.toString());
        for (Schaden schaden : List.<Schaden>of(
                () -> IOUtils.rm(ordner),
                () -> ueberschreibe(ordner, "segments_"),
                () -> ueberschreibe(ordner, ".si"),
                () -> Files.writeString(ordner.resolve("aktuell"), "gibt-es-nicht"),
                this::stelleDatenbankZurueck)) {
            imStillstand(() -> {
                indizes.schliesse(mandant);
                schaden.richteAn();
            });
            wartet(Duration.ofSeconds(10)).until(() -> !liste("Bestand").imAufbau() && gezaehlt("Bestand") == 30);
        }
    }

    @Test
    void was_mit_dem_index_geschah_steht_unter_stoerungen_und_verschwindet_wenn_er_wieder_ganz_ist()
            throws IOException {
        var ids = Stream.generate(Kennung::neu).limit(30).toList();
        ids.forEach(id -> quelle.lege(mandant, Probestadt.probe(id, "Bestand", "Text " + id, OFFEN)));
        als(mandant, () -> index.vormerken("probe", ids));
        wartet(Duration.ofSeconds(10)).until(() -> gezaehlt("Bestand") == 30);
        Path ordner = DATEN.resolve("index").resolve(mandant.toString());

        // Removed under the running program; nobody enters anything.
        IOUtils.rm(ordner);
        wartet(Duration.ofSeconds(10)).until(() -> behobene("Suchindex fehlte") == 1);
        wartet(Duration.ofSeconds(10)).until(() -> gezaehlt("Bestand") == 30);

        // One bit on the disk, in the middle of a file that opens without complaint.
        imStillstand(() -> {
            indizes.schliesse(mandant);
            kippeEinByte(ordner);
        });
        wartet(Duration.ofSeconds(10)).until(() -> behobene("Suchindex fehlte") == 2);
        wartet(Duration.ofSeconds(10)).until(() -> gezaehlt("Bestand") == 30);
        assertThat(als(
                        mandant,
                        () -> jdbc.sql("SELECT count(*) FROM stoerung WHERE erledigt IS NULL")
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    @Test
    void bevor_die_festplatte_voll_ist_hoert_der_index_auf_und_erklaert_es() throws IOException {
        try (var verzeichnis =
                new Platzwaechter(org.apache.lucene.store.FSDirectory.open(DATEN), DATEN, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> verzeichnis.createOutput("x", org.apache.lucene.store.IOContext.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("frei");
        }
        var meldungen = new java.util.ArrayList<String>();
        var befinden = new Indexbefinden(transaktionen, e -> {
            if (e instanceof Indexausfall a) meldungen.add(a.ursache());
            if (e instanceof Indexrueckkehr) meldungen.add("wieder da");
        });
        befinden.scheitert(mandant, new IOException("write failed: No space left on device"));
        befinden.scheitert(mandant, new IOException("write failed: No space left on device"));
        befinden.istGesund(mandant);
        befinden.istGesund(mandant);
        assertThat(meldungen).hasSize(2);
        assertThat(meldungen.getFirst()).contains("Festplatte ist fast voll", "nichts verloren", "von selbst");
    }

    private long behobene(String was) {
        return als(
                mandant,
                () -> jdbc.sql(
                                "SELECT count(*) FROM stoerung WHERE art = 'index' AND erledigt_wie = 'behoben' AND ursache LIKE '%' || ? || '%'")
                        .param(was)
                        .query(Long.class)
                        .single());
    }

    private static void kippeEinByte(Path ordner) throws IOException {
        try (var dateien = Files.walk(ordner)) {
            var datei = dateien.filter(
                            d -> d.toString().endsWith(".cfs") && !d.toString().contains("defekt"))
                    .max(java.util.Comparator.comparingLong(d -> d.toFile().length()))
                    .orElseThrow();
            var bytes = Files.readAllBytes(datei);
            bytes[bytes.length / 2] ^= 1;
            Files.write(datei, bytes);
        }
    }

    private interface Schaden {
        void richteAn() throws IOException;
    }

    private static void ueberschreibe(Path ordner, String namensteil) throws IOException {
        try (var dateien = Files.walk(ordner)) {
            for (Path datei : dateien.filter(d -> d.getFileName().toString().contains(namensteil)
                            && !d.toString().contains("defekt"))
                    .toList()) {
                Files.write(datei, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
    }

    private void stelleDatenbankZurueck() {
        als(
                mandant,
                () -> jdbc.sql("UPDATE index_stand SET stand = gen_random_uuid()")
                        .update());
    }

    @Test
    void waehrend_des_neuaufbaus_wird_gearbeitet_und_nichts_geht_verloren() {
        for (int i = 0; i < 200; i++) {
            quelle.lege(mandant, Probestadt.probe(Kennung.neu(), "Altbestand", "Text ".repeat(50), OFFEN));
        }
        assertThat(index.neuAufbauen(mandant).warte(Duration.ofSeconds(20))).isEqualTo(200);
        assertThat(gezaehlt("Altbestand")).isEqualTo(200);

        var weg = als(mandant, () -> quelle.ids(null, 200));
        var luecke = new AtomicBoolean();
        var aufbau = index.neuAufbauen(mandant);
        int neue = 0;
        while (!aufbau.fertig() || neue < 15) {
            lege("Neuzugang");
            var geht = weg.get(neue);
            quelle.entferne(mandant, geht);
            als(mandant, () -> index.vormerkenUndSperren("probe", geht));
            neue++;
            luecke.compareAndSet(
                    false,
                    gezaehlt("Altbestand") != 200 - neue || liste("Altbestand").imAufbau());
        }
        int erwartet = neue;
        wartet(Duration.ofSeconds(10)).until(() -> wartende() == 0);
        assertThat(gezaehlt("Neuzugang")).isEqualTo(erwartet);
        assertThat(gezaehlt("Altbestand")).isEqualTo(200 - erwartet);
        assertThat(luecke).as("immer war alles zu finden, was da war").isFalse();
        assertThat(index.neuAufbauen(mandant).warte(Duration.ofSeconds(20))).isEqualTo(200);
        assertThat(gezaehlt("Neuzugang") + gezaehlt("Altbestand")).isEqualTo(200);
    }

    private UUID lege(String titel) {
        var id = Kennung.neu();
        quelle.lege(mandant, Probestadt.probe(id, titel, "", OFFEN));
        als(mandant, () -> index.vormerken("probe", id));
        return id;
    }

    private long gezaehlt(String wort) {
        return liste(wort).gesamt();
    }

    private Trefferliste liste(String wort) {
        return als(mandant, () -> suche.suche(sicht(mandant, OFFEN), Anfrage.nach(wort)));
    }

    private long wartende() {
        return als(
                mandant,
                () -> jdbc.sql("SELECT count(*) FROM index_rueckstand")
                        .query(Long.class)
                        .single());
    }

    private static org.awaitility.core.ConditionFactory wartet(Duration hoechstens) {
        return await().atMost(hoechstens).pollInterval(Duration.ofMillis(10));
    }
}
