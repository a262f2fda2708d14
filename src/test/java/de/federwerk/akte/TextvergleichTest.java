package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import de.federwerk.akte.Textvergleich.Art;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TextvergleichTest {

    @Test
    void woerter_werden_verglichen_und_weit_entferntes_wird_gezaehlt() {
        var vorher = "eins\nzwei\ndrei\nvier\nDer Antrag wird abgelehnt.\nEnde";
        var nachher = "eins\nzwei\ndrei\nvier\nDer Antrag wird genehmigt.\nEnde\nP. S.";
        var vergleich = Textvergleich.von(vorher, nachher);
        assertThat(vergleich.geaendert()).isEqualTo(2);
        assertThat(vergleich.absaetze())
                .extracting(Textvergleich.Absatz::art)
                .containsExactly(Art.AUSGELASSEN, Art.GLEICH, Art.GLEICH, Art.GEAENDERT, Art.GLEICH, Art.NEU);
        assertThat(vergleich.absaetze().getFirst().zahl()).isEqualTo(2);
        assertThat(vergleich.absaetze().get(3).stuecke())
                .contains(
                        new Textvergleich.Stueck(Art.ENTFALLEN, "abgelehnt"),
                        new Textvergleich.Stueck(Art.NEU, "genehmigt"));
        assertThat(Textvergleich.von("gleich\nauch", "gleich \n\n auch").geaendert())
                .isZero();
    }

    /** What is the same and new makes the newer text, what is the same and gone the older one. */
    @RepeatedTest(20)
    void aus_dem_vergleich_lassen_sich_beide_texte_wiederherstellen() {
        var zufall = new Random();
        var alt = text(zufall, 40);
        var neu = text(zufall, 40);
        var vergleich = Textvergleich.von(alt, neu);
        // Only where nothing was left out.
        if (vergleich.absaetze().stream().noneMatch(a -> a.art() == Art.AUSGELASSEN)) {
            assertThat(seite(vergleich, Art.NEU)).isEqualTo(neu);
            assertThat(seite(vergleich, Art.ENTFALLEN)).isEqualTo(alt);
        }
    }

    private static String text(Random zufall, int absaetze) {
        return IntStream.range(0, absaetze)
                .mapToObj(i -> IntStream.range(0, 1 + zufall.nextInt(4))
                        .mapToObj(j -> String.valueOf((char) ('a' + zufall.nextInt(3))))
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }

    private static String seite(Textvergleich vergleich, Art mit) {
        return vergleich.absaetze().stream()
                .map(a -> a.stuecke().stream()
                        .filter(s -> s.art() == Art.GLEICH || s.art() == mit)
                        .map(Textvergleich.Stueck::text)
                        .collect(Collectors.joining()))
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void auch_riesige_und_ganz_verschiedene_texte_kosten_nur_sekunden() {
        var alt = IntStream.range(0, 60_000).mapToObj(i -> "alt " + i).collect(Collectors.joining("\n"));
        var neu = IntStream.range(0, 60_000).mapToObj(i -> "neu " + i).collect(Collectors.joining("\n"));
        assertTimeout(Duration.ofSeconds(10), () -> {
            var fertig = Textvergleich.von(alt, neu);
            assertThat(fertig.unvollstaendig()).isNotEmpty();
            assertThat(fertig.absaetze()).hasSizeLessThanOrEqualTo(2_000);
        });
        var lang = "wort ".repeat(500_000);
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(Textvergleich.von(lang, lang + "Ende").geaendert())
                        .isNotNegative());
    }
}
