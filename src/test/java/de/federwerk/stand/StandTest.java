package de.federwerk.stand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Haustest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What {@code bin/bench --kurz} does, in the house of the tests and in a town of 200 Dokumente (a thousand take a minute to be read
 * on a busy machine): every scenario must run; how fast, nobody asks here.
 */
class StandTest extends Haustest {

    @Autowired
    private ConfigurableApplicationContext kontext;

    @TempDir
    private Path ordner;

    @Test
    void jedes_szenario_laeuft_und_steht_im_bericht() throws Exception {
        var umfang = Umfang.fuer(200, true);
        var texte = Textquelle.aus(null);
        var haus = Haus.von(kontext, DATEN.toAbsolutePath());
        Stand.baue(haus, umfang, texte);
        assertThat(haus.als(() -> jdbc.sql("SELECT count(*) FROM dokument WHERE mandant_id = ?")
                        .param(haus.mandant())
                        .query(Integer.class)
                        .single()))
                .isEqualTo(200);

        var ergebnisse = Stand.miss(haus, umfang, Stand.alle(texte), new Bericht(ordner));

        assertThat(ergebnisse).allSatisfy(e -> {
            assertThat(e.wert()).as(e.szenario()).isPositive().isFinite();
            assertThat(e.gegenstueck() == null || e.gegenstueck() > 0)
                    .as(e.szenario())
                    .isTrue();
        });
        var csv = Files.readAllLines(ordner.resolve("leistung.csv"));
        assertThat(csv.getFirst())
                .isEqualTo("szenario;n;wert;gegenstueck;verhaeltnis;ziel;erfuellt(ja|nein);datum;maschine;last");
        assertThat(csv).hasSize(1 + ergebnisse.size()).allMatch(zeile -> zeile.split(";", -1).length == 10);
        assertThat(ergebnisse)
                .extracting(e -> e.szenario().replaceAll("-.*", ""))
                .contains(
                        "ablegen",
                        "import",
                        "indexieren",
                        "suche",
                        "suchseite",
                        "rechte",
                        "rechtewechsel",
                        "zugriff",
                        "aktenplan",
                        "seite",
                        "blaettern",
                        "listen",
                        "ocr",
                        "akteneinsicht",
                        "zweiter",
                        "speicher");
        assertThat(Files.readString(ordner.resolve("leistung.md"))).doesNotContain("Noch nicht gemessen");
    }

    @Test
    void der_bericht_ersetzt_nur_was_neu_gemessen_ist() throws IOException {
        var erster = new Bericht(ordner);
        erster.nimm(Ergebnis.verhaeltnis("ablegen", 1_000, 50, 100, ">=0.6"));
        erster.nimm(Ergebnis.verhaeltnis("ablegen", 100_000, 70, 100, ">=0.6"));
        erster.nimm(Ergebnis.wert("speicher", 1_000, 612.34, "<1000"));
        erster.schreibe();

        var zweiter = new Bericht(ordner);
        zweiter.nimm(Ergebnis.verhaeltnis("ablegen", 1_000, 80, 100, ">=0.6"));
        zweiter.schreibe();

        assertThat(Files.readAllLines(ordner.resolve("leistung.csv")))
                .hasSize(4)
                .anyMatch(z -> z.startsWith("ablegen;1000;80.0;100;0.80;>=0.6;ja;"))
                .anyMatch(z -> z.startsWith("ablegen;100000;70.0;100;0.70;>=0.6;ja;"))
                .anyMatch(z -> z.startsWith("speicher;1000;612;;;<1000;ja;"));
    }

    @Test
    void ein_verfehltes_ziel_heisst_nein() {
        assertThat(Ergebnis.verhaeltnis("ablegen", 1_000, 59, 100, ">=0.6").erfuellt())
                .isFalse();
        assertThat(Ergebnis.verhaeltnis("suche-viel", 1_000, 31, 10, "<=3").erfuellt())
                .isFalse();
        assertThat(Ergebnis.wert("seite-akte-viel", 1_000, 150, "<150").erfuellt())
                .isFalse();
        assertThat(Ergebnis.wert("import-tempo", 1_000, 300, ">=300").erfuellt())
                .isTrue();
    }

    @Test
    void dieselbe_saat_gibt_dieselbe_stadt() throws IOException {
        assertThat(stadt(7)).isEqualTo(stadt(7)).isNotEqualTo(stadt(8));
        assertThat(stadt(7).stream()
                        .mapToInt(a -> a.vorgaenge().stream()
                                .mapToInt(v -> v.dokumente().size())
                                .sum())
                        .sum())
                .isEqualTo(1_000);
    }

    private static List<Stadtplan.Akte> stadt(long saat) throws IOException {
        var akten = new java.util.ArrayList<Stadtplan.Akte>();
        new Stadtplan(Umfang.fuer(1_000, true), Textquelle.aus(null), saat).akten(akten::add);
        return akten;
    }

    @Test
    void was_niemand_versteht_wird_gesagt() {
        assertThatThrownBy(() -> Optionen.aus("--schnell")).hasMessageContaining("--hilfe");
        assertThatThrownBy(() -> Optionen.aus("--n", "viele")).hasMessageContaining("100 bis 10000000");
        assertThatThrownBy(() -> Optionen.aus("--n")).hasMessageContaining("fehlt ein Wert");
    }
}
