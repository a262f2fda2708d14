package de.federwerk.schwaerzung;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.datei.Schwaerzwerk.Seitenlage;
import de.federwerk.datei.Schwaerzwerk.Wort;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found on a page: words over lines and hyphens, numbers by their check digits. */
class FundstellenTest {

    /** Lines of words, each letter two millimetres wide. */
    private static Seitenlage blatt(String... zeilen) {
        var worte = new ArrayList<Wort>();
        for (int i = 0; i < zeilen.length; i++) {
            double x = 20;
            for (var wort : zeilen[i].split(" ")) {
                worte.add(new Wort(wort, x, 20 + 6 * i, 2 * wort.length(), 4));
                x += 2 * wort.length() + 2;
            }
        }
        return new Seitenlage(1, 210, 297, false, worte);
    }

    private static List<Bereich> suche(Seitenlage blatt, String was) {
        return Fundstellen.suche(blatt, was, false, Grund.PERSON);
    }

    private static List<String> unter(Seitenlage blatt, List<Bereich> bereiche) {
        return blatt.worte().stream()
                .filter(w -> bereiche.stream().anyMatch(b -> b.verdeckt(w)))
                .map(Wort::text)
                .toList();
    }

    @Test
    void gesucht_wird_ohne_gross_und_klein_ueber_woerter_zeilen_und_trennungen() {
        var blatt = blatt("Frau Erika Müller, geborene Mül-", "ler, wohnt mit Erika", "MÜLLER am Müllerplatz");
        assertThat(unter(blatt, suche(blatt, "müller")))
                .containsExactly("Müller,", "Mül-", "ler,", "MÜLLER", "Müllerplatz");
        assertThat(unter(blatt, Fundstellen.suche(blatt, "Müller", true, Grund.PERSON)))
                .containsExactly("Müller,", "Mül-", "ler,", "MÜLLER");
        assertThat(unter(blatt, suche(blatt, "erika  müller"))).containsExactly("Erika", "Müller,", "Erika", "MÜLLER");
        // Over two lines there are two areas, one line is one.
        assertThat(suche(blatt, "erika müller")).hasSize(3);
        assertThat(suche(blatt("Ste\uFB01"), "stefi")).hasSize(1);
        assertThat(suche(blatt, "Meier")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IBAN, DE89 3704 0044 0532 0130 00, true",
        "IBAN, DE89370400440532013000, true",
        "IBAN, DE88 3704 0044 0532 0130 00, false",
        "IBAN, AT61 1904 3002 3457 3201, true",
        "IBAN, NO93 8601 1117 947, true",
        "EMAIL, max.muster-mann@stadt-beispiel.de, true",
        "EMAIL, max at stadt.de, false",
        "TELEFON, 03581 67-1234, true",
        "TELEFON, +49 (171) 123 45 67, true",
        "TELEFON, 01.02.2026, false",
        "TELEFON, 66.20.03-0001, false",
        "GEBURTSDATUM, geb. am 03.04.1971, true",
        "GEBURTSDATUM, * 3. 4. 1971, true",
        "GEBURTSDATUM, Bescheid vom 03.04.2021, false",
        "STEUERID, 86095742719, true",
        "STEUERID, 86 095 742 719, true",
        "STEUERID, 86095742718, false",
        "KFZ, GR-AB 1234, true",
        "KFZ, B MW 77E, true",
        "KFZ, FD 66, false"
    })
    void muster_werden_an_gestalt_und_pruefziffer_erkannt(String muster, String text, boolean erkannt) {
        var blatt = blatt("vorher", text, "nachher");
        var gefunden = unter(blatt, Fundstellen.suche(blatt, Schutzmuster.valueOf(muster), Grund.PERSON));
        assertThat(gefunden.isEmpty()).as(text).isEqualTo(!erkannt);
        assertThat(gefunden).doesNotContain("vorher", "nachher");
        if (muster.equals("IBAN") && erkannt) {
            assertThat(gefunden).containsExactly(text.split(" "));
        }
    }

    @Test
    void was_verdeckt_ist_und_woanders_noch_steht_wird_gezaehlt() {
        var blatt = blatt("Frau Müller und Herr Meier", "Müller kam, die andere Müller nicht");
        var erste = suche(blatt, "Frau Müller");
        var meier = suche(blatt, "Meier");
        var beide = new ArrayList<>(erste);
        beide.addAll(meier);
        var vergleich = Wortvergleich.von(List.of(blatt), beide);
        assertThat(vergleich.verboten()).containsExactlyInAnyOrder("frau", "meier");
        assertThat(vergleich.uebrig()).containsExactly(new Wortvergleich.Rest("Müller", 2));
        assertThat(vergleich.angeschnitten()).isEmpty();
        var halb = List.of(new Bereich(UUID.randomUUID(), 1, 20, 26, 8, 4, Grund.PERSON, ""));
        assertThat(Wortvergleich.von(List.of(blatt), halb).angeschnitten())
                .containsExactly(new Wortvergleich.Angeschnitten("Müller", 1));
        assertThat(vergleich.verraten("Antrag Meier (geschwärzt)")).containsExactly("meier");
        assertThat(vergleich.verraten("Antrag Müller")).isEmpty();
    }
}
