package de.federwerk.suche;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words as they stand in the files of a town hall: what finds them, and what must not. */
class AnalyseTest {

    @ParameterizedTest(name = "{0} findet {1}")
    @CsvSource({
        "Hunde, Hundes",
        "Hundes, Hunde",
        "Hund, Hunden",
        "Bescheide, Bescheid",
        "Bescheides, Bescheide",
        "Anträge, Antrag",
        "Straße, Strasse",
        "STRASSE, Straße",
        "Müller, Mueller",
        "Mueller, Müller",
        "MÜLLER, Müller",
        "Häuser, Haus",
        "Steuerbescheid, Hundesteuerbescheid",
        "Hundesteuer, Hundesteuerbescheide",
        "Bescheid, Hundesteuerbescheid",
        "Bescheid, Gebührenbescheides",
        "Gebühr, Gebührenbescheid",
        "Gehweg, Restgehwegbreite",
        "Breite, Restgehwegbreite",
        "Genehmigung, Baugenehmigungsverfahren",
        "Baugenehmigung, Baugenehmigungsverfahren",
        "Antrag, Wohngeldantrag",
        "Anträge, Bauantrag",
        "Verkehr, Straßenverkehrsordnung",
        "Straße, Strassenverkehrsordnung",
        "Verkehrsordnung, STRASSENVERKEHRSORDNUNG",
        "Grundstück, Grundstückseigentümer",
        "Eigentümerin, Grundstückseigentümerin",
        "Amt, Standesamt",
        "Anmeldung, Gewerbeanmeldung",
        "Ausweis, Schwerbehindertenausweises",
        "Haushaltssatzung, Haushaltssatzungen",
        "Satzung, Abfallgebührensatzung",
        "Abfallgebühr, Abfallgebührensatzung",
        "Beitragsbescheid, Erschließungsbeitragsbescheid",
        "Wasserrecht, Wasserrecht",
        "Bebauungsplan, Bebauungsplanverfahren",
        "Gebühr, Friedhofsgebuehren",
        "Denkmalschutz, denkmalschutzrechtliche",
        "Winterdienst, Winterdienstes",
        "Platz, Spielplätze",
        "Weg, Gehweg",
        "Kind, Kindertagesstätte",
        "Rat, Gemeinderatssitzung"
    })
    void findet(String gesucht, String imText) throws IOException {
        assertThat(worte(Analyse.INDEX, "Vorn " + imText + " hinten")).containsAll(worte(Analyse.ABFRAGE, gesucht));
    }

    @ParameterizedTest(name = "{0} findet nicht {1}")
    @CsvSource({
        "Steuerbescheid, Bescheid",
        "Steuerbescheid, Steuer",
        "Hundesteuerbescheid, Steuerbescheid",
        "Hund, Stunde",
        "Eid, Bescheid",
        "Rat, Beratung",
        "Trag, Antrag",
        "Gehweg, Fahrweg",
        "Teller, Antragsteller",
        "Samt, Standesamt",
        "Amt, Samtkleid",
        "Ordnung, Verordnung",
        "Bauantrag, Antrag",
        "Weis, Hinweis",
        "Uhr, Abfuhr",
        "Alter, Hundehalter",
        "Erbe, Steuerbescheide",
        "Nach, Nachweis",
        "Tag, Vertrag",
        "Urin, Urinstinkt",
        "Stein, Einstufung",
        "Eis, Ausweis",
        "Rind, Hindernis",
        "Gen, Genehmigung",
        "Ehe, Ehemaligentreffen"
    })
    void findet_nicht(String gesucht, String imText) throws IOException {
        assertThat(worte(Analyse.INDEX, imText)).doesNotContainAnyElementsOf(worte(Analyse.ABFRAGE, gesucht));
    }

    @Test
    void ein_getrenntes_wort_ist_ein_wort() throws IOException {
        for (String text : List.of(
                "die Hunde-\nsteuer wird",
                "die Hunde-  \r\n  steuer wird",
                "Hunde-Steuer",
                "Hunde\u00ADsteuer",
                "Hunde\u00AD\nsteuer")) {
            assertThat(worte(Analyse.INDEX, text)).as(text).containsAll(worte(Analyse.ABFRAGE, "Hundesteuer"));
        }
        assertThat(worte(Analyse.INDEX, "Kraftfahrzeug-\n\nsteuer"))
                .doesNotContainAnyElementsOf(worte(Analyse.ABFRAGE, "Kraftfahrzeugsteuer"));
        assertThat(worte(Analyse.INDEX, "Steuer-\nbescheid")).containsAll(worte(Analyse.ABFRAGE, "Steuerbescheid"));
    }

    @Test
    void teile_tragen_den_ort_des_ganzen_wortes() throws IOException {
        try (var strom = Analyse.INDEX.tokenStream("text", "Der Hundesteuerbescheid")) {
            var wort = strom.addAttribute(CharTermAttribute.class);
            var ort = strom.addAttribute(OffsetAttribute.class);
            strom.reset();
            while (strom.incrementToken()) {
                if (!wort.toString().equals("der")) {
                    assertThat(List.of(ort.startOffset(), ort.endOffset()))
                            .as(wort.toString())
                            .containsExactly(4, 23);
                }
            }
        }
    }

    @Test
    void zerlegte_umlaute_und_zahlen() throws IOException {
        assertThat(worte(Analyse.INDEX, "Gebu\u0308hr")).isEqualTo(worte(Analyse.ABFRAGE, "Gebühr"));
        assertThat(worte(Analyse.INDEX, "O\uFB00enlage")).containsAll(worte(Analyse.ABFRAGE, "Offenlage"));
        assertThat(worte(Analyse.INDEX, "32.1 DE12500105170648489890 A4"))
                .containsExactly("32.1", "de12500105170648489890", "a4");
    }

    private static List<String> worte(Analyzer analyse, String text) throws IOException {
        var worte = new ArrayList<String>();
        try (var strom = analyse.tokenStream("text", text)) {
            var wort = strom.addAttribute(CharTermAttribute.class);
            strom.reset();
            while (strom.incrementToken()) {
                worte.add(wort.toString());
            }
            strom.end();
        }
        return worte;
    }
}
