package de.federwerk.formular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormularTest {

    private static final LocalDate HEUTE = LocalDate.of(2026, 11, 30);

    private static final String PROBE = """
            {"format": "federwerk-formular/1", "name": "probe", "titel": {"de": "Probe"}, "schritte": [
              {"id": "eins", "titel": {"de": "Eins"}, "abschnitte": [
                {"id": "a", "titel": {"de": "A"}, "felder": [
                  {"id": "zahl", "art": "zahl", "titel": {"de": "Zahl"}, "stellen": 2, "von": -5, "bis": 1000000},
                  {"id": "text", "art": "text", "titel": {"de": "Text"}, "hoechstens": 10},
                  {"id": "tag", "art": "datum", "titel": {"de": "Tag"}, "pflicht": true, "zeit": "vergangen"},
                  {"id": "frei", "art": "datum", "titel": {"de": "Frei"}},
                  {"id": "ja", "art": "janein", "titel": {"de": "Ja?"}},
                  {"id": "wahl", "art": "auswahl", "titel": {"de": "Wahl"}, "wahl": [{"wert": "x", "titel": {"de": "Ix"}}, {"wert": "y", "titel": {"de": "Ypsilon"}}]},
                  {"id": "viele", "art": "mehrfach", "titel": {"de": "Viele"}, "wahl": [{"wert": "p", "titel": {"de": "Pe"}}, {"wert": "q", "titel": {"de": "Qu"}}]},
                  {"id": "iban", "art": "iban", "titel": {"de": "IBAN"}},
                  {"id": "mail", "art": "email", "titel": {"de": "Mail"}},
                  {"id": "auto", "art": "kennzeichen", "titel": {"de": "Auto"}},
                  {"id": "wer", "art": "name", "titel": {"de": "Wer"}},
                  {"id": "wohin", "art": "anschrift", "titel": {"de": "Wohin"}},
                  {"id": "ort", "art": "ort", "titel": {"de": "Ort"}},
                  {"id": "chip", "art": "text", "titel": {"de": "Chip"}, "muster": "chipnummer"},
                  {"id": "geheim", "art": "text", "titel": {"de": "Geheim"}, "wenn": "ja = wahr", "pflicht": true}]},
                {"id": "hund", "titel": {"de": "Hunde"}, "wiederholt": {"mindestens": 1, "hoechstens": 3, "eines": {"de": "Hund"}}, "felder": [
                  {"id": "preis", "art": "geld", "titel": {"de": "Preis"}},
                  {"id": "foto", "art": "datei", "titel": {"de": "Foto"}, "hoechstens": 2, "mb": 1}]}]},
              {"id": "zwei", "titel": {"de": "Zwei"}, "wenn": "zahl > 10", "abschnitte": [
                {"id": "b", "titel": {"de": "B"}, "felder": [
                  {"id": "summe", "art": "berechnet", "titel": {"de": "Summe"}, "rechnung": "summe(hund.preis) * 2", "stellen": 2},
                  {"id": "ende", "art": "datum", "titel": {"de": "Ende"}}],
                 "regeln": [{"bedingung": "ende >= tag", "feld": "ende", "meldung": {"de": "Das Ende liegt vor dem Tag."}}]}]}]}""";

    private final Formular formular = Formular.aus(PROBE);

    private static Werte mit(String... paare) {
        var werte = Werte.LEER;
        for (int i = 0; i < paare.length; i += 2) {
            werte = werte.mit(paare[i], paare[i + 1], "");
        }
        return werte;
    }

    private Object wert(String ausdruck, Werte werte) throws Ausdruckleser.Unlesbar {
        var gelesen = Ausdruckleser.lies(
                ausdruck,
                new Ausdruckleser.Namen(
                        f -> formular.platz(f) == null
                                ? null
                                : formular.platz(f).feld().typ(),
                        (a, f) -> a.equals("hund") && f.equals("preis") ? Typ.ZAHL : null,
                        a -> a.equals("hund")));
        var platz = formular.platz("zahl");
        var lage = new Lage(formular, werte, "de", HEUTE);
        assertThat(platz).isNotNull();
        return gelesen.wert(quelle(lage));
    }

    private Ausdruck.Quelle quelle(Lage lage) {
        return new Ausdruck.Quelle() {
            @Override
            public Object feld(String id) {
                return lage.gelesen(formular.platz(id), 0).fuerAusdruck();
            }

            @Override
            public List<Object> alle(String abschnitt, String feld) {
                return List.of(BigDecimal.ONE, BigDecimal.TEN);
            }

            @Override
            public int anzahl(String abschnitt) {
                return 2;
            }

            @Override
            public LocalDate heute() {
                return HEUTE;
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zahl + 2 * 3 | 18",
                "(zahl + 2) * 3 | 42",
                "zahl / 0 | null",
                "zahl = 12 und text = \"ab\" | true",
                "zahl < 12 oder zahl >= 12 | true",
                "nicht (text = \"ab\") | false",
                "mail ist leer | true",
                "mail ist nicht leer | false",
                "mail = \"x\" | null",
                "mail = \"x\" oder zahl = 12 | true",
                "mail = \"x\" und zahl = 12 | null",
                "nicht (mail = \"x\") | null",
                "viele enthaelt \"p\" | true",
                "viele enthaelt \"z\" | false",
                "jahre(frei, heute) | 26",
                "jahre(frei, datum(\"2025-02-28\")) | 24",
                "jahre(frei, datum(\"2025-03-01\")) | 25",
                "tage(frei, datum(\"2000-03-01\")) | 1",
                "summe(hund.preis) | 11",
                "anzahl(hund) > 1 | true",
                "runde(10 / 3, 2) | 3.33",
                "wenn(ja = wahr, 1, 2) | 1",
                "groesste(zahl, 20) | 20",
                "-3 + zahl | 9",
                "wahl <> \"x\" | true"
            })
    void ausdruecke_rechnen(String ausdruck, String soll) throws Exception {
        var werte = mit(
                "zahl",
                "12",
                "text",
                "ab",
                "ja",
                "ja",
                "wahl",
                "y",
                "viele",
                "p",
                "frei.tag",
                "29",
                "frei.monat",
                "2",
                "frei.jahr",
                "2000");
        assertThat(String.valueOf(wert(ausdruck, werte))).isEqualTo(soll);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zahl +",
                "(zahl = 1",
                "zahl = \"x\"",
                "unbekannt = 1",
                "zahl und ja",
                "text + 1",
                "zahl = 1 zahl",
                "\"offen",
                "tage(zahl, heute)",
                "summe(a.zahl)",
                "datum(\"2026-02-30\")",
                "system(1)",
                "zahl; ja",
                "1.2.3 = zahl",
                "und",
                "((((((((((((((((((((((1))))))))))))))))))))))"
            })
    void falsche_ausdruecke_werden_mit_stelle_abgelehnt(String ausdruck) {
        assertThatThrownBy(() -> wert(ausdruck, Werte.LEER))
                .isInstanceOf(Ausdruckleser.Unlesbar.class)
                .hasMessageContaining("Stelle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zahl | 1.234,5 | ",
                "zahl | zwölf | „zwölf“ ist keine Zahl",
                "zahl | 1,234 | höchstens 2 Stellen",
                "zahl | -6 | zu klein",
                "zahl | 2000000 | zu groß",
                "text | 12345678901 | um 1",
                "iban | DE02 1203 0000 0000 2020 51 | ",
                "iban | DE02 1203 0000 0000 2020 15 | Prüfziffer",
                "iban | DE1 | 22 Zeichen",
                "mail | a@b.de | ",
                "mail | a@b | name@beispiel.de",
                "mail | a b@c.de | name@beispiel.de",
                "auto | md ab 123 | ",
                "auto | MD-AB 123E | ",
                "auto | 123 | Leerzeichen",
                "wahl | z | nicht mehr",
                "ja | vielleicht | Ja oder Nein",
                "chip | 276 09820 1234567 | ",
                "chip | 276 | 15 Ziffern",
                "wer.nach | E | ",
                "wer.nach | محمد | ",
                "wer.vor | Anna | Nachname fehlt",
                "wer.nach | K1 | Ziffer",
                "wohin.plz | 123 | 5 Ziffern",
                "ort.text | Marktplatz | ",
                "ort.breite | 99 | Koordinaten"
            })
    void jedes_feld_sagt_was_nicht_passt_und_was_passt(String pfad, String wert, String meldung) {
        var werte = mit("tag.tag", "1", "tag.monat", "2", "tag.jahr", "2026", pfad, wert);
        var fehler = formular.pruefe(werte, "eins", "de", HEUTE);
        if (meldung == null) {
            assertThat(fehler).isEmpty();
        } else {
            assertThat(fehler).anySatisfy(f -> assertThat(f.meldung()).contains(meldung));
            assertThat(fehler).allSatisfy(f -> assertThat(pfad).startsWith(f.pfad()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "29 | 2 | 2024 | | ",
                "29 | 2 | 2025 | tag | Den 29. Februar gibt es 2025 nicht",
                "03 | 14 | 2025 | monat | Den Monat 14 gibt es nicht. Bitte eine Zahl von 1 bis 12 eingeben.",
                "32 | 1 | 2025 | tag | Den Tag 32 gibt es nicht",
                "31 | 4 | 2025 | tag | hat keinen 31. Tag",
                "1 | 1 | 25 | jahr | vier Ziffern",
                "1 | 12 | 2026 | jahr | liegt in der Zukunft",
                "30 | 11 | 2026 | | ",
                "x | 1 | 2025 | tag | Den Tag x gibt es nicht",
                "1 | | 2025 | monat | Der Monat fehlt",
                " | | | tag | Das Datum fehlt"
            })
    void ein_datum_nennt_die_eingabe_die_nicht_passt(
            String tag, String monat, String jahr, String teil, String meldung) {
        var werte = mit(
                "tag.tag",
                tag == null ? "" : tag,
                "tag.monat",
                monat == null ? "" : monat,
                "tag.jahr",
                jahr == null ? "" : jahr);
        var fehler = formular.pruefe(werte, "eins", "de", HEUTE);
        if (teil == null) {
            assertThat(fehler).isEmpty();
        } else {
            assertThat(fehler).hasSize(1);
            assertThat(fehler.getFirst().teil()).isEqualTo(teil);
            assertThat(fehler.getFirst().meldung()).contains(meldung);
            assertThat(formular.pruefe(werte, "eins", "en", HEUTE).getFirst().meldung())
                    .containsAnyOf("enter", "choose")
                    .doesNotContain("Bitte");
        }
    }

    @Test
    void was_verborgen_ist_zaehlt_nicht_und_kommt_unveraendert_wieder() {
        var werte = mit(
                "tag.tag",
                "1",
                "tag.monat",
                "2",
                "tag.jahr",
                "2020",
                "ja",
                "ja",
                "geheim",
                "Zettel",
                "zahl",
                "11",
                "ende.tag",
                "1",
                "ende.monat",
                "1",
                "ende.jahr",
                "2020");
        assertThat(formular.zustaendigeSchritte(werte)).extracting(Schritt::id).containsExactly("eins", "zwei");
        assertThat(formular.daten(werte, HEUTE)).containsKeys("geheim", "ende");
        assertThat(formular.pruefeAlles(werte))
                .extracting(Feldfehler::meldung)
                .containsExactly("Das Ende liegt vor dem Tag.");
        var ohne = werte.mit("ja", "nein", "").mit("zahl", "3", "");
        assertThat(formular.zustaendigeSchritte(ohne)).extracting(Schritt::id).containsExactly("eins");
        assertThat(formular.daten(ohne, HEUTE)).doesNotContainKeys("geheim", "ende");
        assertThat(formular.pruefeAlles(ohne)).isEmpty();
        assertThat(formular.daten(ohne.mit("ja", "ja", ""), HEUTE)).containsEntry("geheim", "Zettel");
    }

    @Test
    void abgesendetes_wird_gelesen_wie_am_tag_des_absendens_und_verborgenes_geht_nicht_mit() {
        var parken = Formular.aus("""
                {"format": "federwerk-formular/1", "name": "parken", "titel": {"de": "Parken"}, "schritte": [
                  {"id": "s", "titel": {"de": "S"}, "abschnitte": [{"id": "a", "titel": {"de": "A"}, "felder": [
                    {"id": "ab", "art": "datum", "titel": {"de": "Ab"}, "pflicht": true, "zeit": "kuenftig"}]}]}]}""");
        var werte = Werte.LEER.mit("ab", Map.of("tag", "1", "monat", "12", "jahr", "2026"), "");
        assertThat(parken.pruefeAlles(werte, HEUTE)).isEmpty();
        assertThat(parken.angaben(werte, "de", HEUTE).getFirst().gezeigt()).isEqualTo("01.12.2026");
        // Weeks later that day is over: whoever forgets which day it was finds nothing.
        assertThat(parken.angaben(werte, "de", HEUTE.plusDays(40)).getFirst().gezeigt())
                .isEmpty();

        var getippt = mit("ja", "nein", "geheim", "Zettel", "zahl", "3", "wer.vor", "A", "hund[1].preis", "5");
        assertThat(formular.nurGezeigtes(getippt).eingaben())
                .containsOnlyKeys("ja", "zahl", "wer.vor", "hund[1].preis");
    }

    @Test
    void eine_seite_mit_mehr_eingaben_als_die_tuer_annimmt_ist_keine() {
        var viele = PROBE.replace("\"hoechstens\": 3, \"eines\"", "\"hoechstens\": 50, \"eines\"")
                .replace(
                        "{\"id\": \"preis\"",
                        IntStream.range(0, 10)
                                        .mapToObj(i ->
                                                "{\"id\": \"d%d\", \"art\": \"anschrift\", \"titel\": {\"de\": \"D\"}}"
                                                        .formatted(i))
                                        .collect(Collectors.joining(", "))
                                + ", {\"id\": \"preis\"");
        assertThatThrownBy(() -> Formular.aus(viele)).hasMessageContaining("Bitte teilen Sie sie auf");
        assertThatThrownBy(() -> Formular.aus(PROBE.replace("\"id\": \"zwei\"", "\"id\": \"absenden\"")))
                .hasMessageContaining("absenden");
    }

    @Test
    void der_editor_aendert_nichts_was_niemand_angefasst_hat() throws Exception {
        var json = (tools.jackson.databind.node.ObjectNode) Knotenleser.JSON.readTree("""
                {"wahl": [{"wert": "x", "titel": {"de": "Ix | Ypsilon", "leicht": "Iks"}}, {"wert": "y", "titel": {"de": "Y"}}]}""");
        var vorher = json.toString();
        var zeilen = Formularangaben.angabe("wahl", json).wert();
        Formularangaben.setze(json, "wahl", Map.of("wahl", new String[] {zeilen}));
        assertThat(json.toString()).as(zeilen).isEqualTo(vorher);
        assertThat(Zahlen.lies("0.125")).isEqualByComparingTo("0.125");
        assertThat(Zahlen.lies("1.125")).isEqualByComparingTo("1125");
    }

    @Test
    void wiederholtes_kommt_dazu_faellt_weg_und_rueckt_auf() {
        var werte = formular.lies(Werte.LEER, "eins", Map.of("_mehr", new String[] {"hund"}));
        werte = formular.lies(
                werte,
                "eins",
                Map.of(
                        "_da",
                        new String[] {"hund[1].preis", "hund[2].preis", "hund[7].preis"},
                        "hund[1].preis",
                        new String[] {"5"},
                        "hund[2].preis",
                        new String[] {"7,50"},
                        "hund[7].preis",
                        new String[] {"9"}));
        assertThat(formular.daten(werte, HEUTE))
                .containsEntry("hund[2].preis", new BigDecimal("7.50"))
                .doesNotContainKey("hund[7].preis");
        var einer = formular.lies(werte, "eins", Map.of("_weg", new String[] {"hund[1]"}));
        assertThat(formular.daten(einer, HEUTE))
                .containsEntry("hund[1].preis", new BigDecimal("7.50"))
                .doesNotContainKey("hund[2].preis");
        assertThat(formular.lies(einer, "eins", Map.of("_weg", new String[] {"hund[1]"}))
                        .anzahl())
                .containsEntry("hund", 1);
        assertThat(formular.nimmt(einer, "hund[1].foto", "bild.jpg", 2_000_000))
                .get()
                .asString()
                .contains("Bis 1 MB");
        assertThat(formular.nimmt(einer, "hund[1].foto", "bild.exe", 5)).isPresent();
        assertThat(formular.nimmt(einer, "hund[1].foto", "bild.JPG", 5)).isEmpty();
    }

    @Test
    void herkunft_bleibt_bis_jemand_den_wert_aendert() {
        var werte = Werte.LEER.mit("wer", Map.of("vor", "Paul", "nach", "Lehmann"), "Aus Ihrem Konto");
        Map<String, String[]> gleich = Map.of(
                "_da", new String[] {"wer"}, "wer.vor", new String[] {"Paul"}, "wer.nach", new String[] {"Lehmann"});
        assertThat(formular.lies(werte, "eins", gleich).herkunft("wer")).isEqualTo("Aus Ihrem Konto");
        var anders = new HashMap<>(gleich);
        anders.put("wer.vor", new String[] {"Paula"});
        assertThat(formular.lies(werte, "eins", anders).herkunft("wer")).isEmpty();
        // A page of an older tab, without the field, takes nothing away.
        assertThat(formular.lies(werte, "eins", Map.of()).text("wer.nach")).isEqualTo("Lehmann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"art\": \"zahl\" | \"art\": \"zal\" | schritte[0].abschnitte[0].felder[0].art",
                "\"von\": -5 | \"vom\": -5 | schritte[0].abschnitte[0].felder[0].vom",
                "\"id\": \"text\" | \"id\": \"zahl\" | gibt es schon",
                "\"id\": \"text\" | \"id\": \"Text\" | felder[1].id",
                "zahl > 10 | zahl > anzahl | schritte[1].wenn",
                "ja = wahr | geheim ist leer | im Kreis",
                "\"feld\": \"ende\" | \"feld\": \"tag\" | regeln[0].feld",
                "\"titel\": {\"de\": \"Probe\"} | \"titel\": {\"fr\": \"x\"} | deutsche Text",
                "\"hoechstens\": 3 | \"hoechstens\": 900 | von 1 bis 50",
                "\"muster\": \"chipnummer\" | \"muster\": \"(a+)+\" | Ein Muster",
                "\"schritte\": [ | \"schritte\": [, | kein gültiges JSON"
            })
    void fehler_einer_definition_werden_mit_ort_genannt(String alt, String neu, String meldung) {
        var falsch = PROBE.replace(alt, neu);
        assertThat(falsch).isNotEqualTo(PROBE);
        var fehler = catchThrowableOfType(Formularfehler.class, () -> Formular.aus(falsch));
        assertThat(fehler).isNotNull();
        assertThat(fehler.maengel())
                .anySatisfy(m -> assertThat(m.ort() + ": " + m.was()).contains(meldung));
    }

    @Test
    void was_mitkommt_ist_vollstaendig_und_was_zufall_eintippt_wirft_nie() {
        var zufall = new Random(7);
        var brocken = List.of(
                "",
                "ja",
                "nein",
                "1",
                "0",
                "-1",
                "31",
                "2",
                "2026",
                "12345",
                "x",
                "a@b.de",
                "  ",
                "محمد",
                "29",
                "firma",
                "fest",
                "geruest",
                "email",
                "1e999",
                "9".repeat(300),
                "\u0000",
                "𒀀");
        for (var name : Formularpflege.MITGELIEFERT) {
            var eines = Formular.aus(Formularpflege.mitgeliefertes(name));
            assertThat(eines.name()).isEqualTo(name);
            assertThat(Formular.aus(eines.json()).json()).isEqualTo(eines.json());
            for (var sprache : List.of("de", "en", "leicht")) {
                assertThat(eines.titel().sprachen()).containsKey(sprache);
            }
            for (int runde = 0; runde < 25; runde++) {
                var werte = Werte.LEER;
                for (int seite = 0; seite < 4; seite++) {
                    for (var schritt : eines.schritte()) {
                        werte = eines.lies(werte, schritt.id(), zufaellig(eines, werte, schritt.id(), brocken, zufall));
                        eines.pruefe(werte, schritt.id());
                    }
                }
                var wieder = Werte.aus(werte.json());
                assertThat(wieder).isEqualTo(werte);
                assertThat(eines.angaben(wieder)).isEqualTo(eines.angaben(werte));
                var seiten = eines.zustaendigeSchritte(werte).stream()
                        .map(Schritt::id)
                        .toList();
                assertThat(eines.angaben(werte))
                        .allSatisfy(a -> assertThat(seiten).contains(a.schritt()));
                assertThat(eines.pruefeAlles(werte))
                        .allSatisfy(f -> assertThat(seiten).contains(f.schritt()));
            }
        }
    }

    private static Map<String, String[]> zufaellig(
            Formular formular, Werte werte, String schritt, List<String> brocken, Random zufall) {
        var p = new HashMap<String, String[]>();
        var da = new java.util.ArrayList<String>();
        for (var gruppe : formular.bild(werte, schritt, "de", List.of()).gruppen()) {
            for (var stueck : gruppe.stuecke()) {
                for (var feld : stueck.felder()) {
                    da.add(feld.pfad());
                    var teile = feld.feld().art().teile().isEmpty()
                            ? List.of("")
                            : feld.feld().art().teile();
                    for (var teil : teile) {
                        var wahl = feld.feld().wahl();
                        var wert = !wahl.isEmpty() && zufall.nextBoolean()
                                ? wahl.get(zufall.nextInt(wahl.size())).wert()
                                : brocken.get(zufall.nextInt(brocken.size()));
                        p.put(feld.pfad() + (teil.isEmpty() ? "" : "." + teil), new String[] {wert});
                    }
                }
            }
            if (zufall.nextInt(3) == 0) {
                p.put(
                        zufall.nextBoolean() ? "_mehr" : "_weg",
                        new String[] {gruppe.id() + (zufall.nextBoolean() ? "" : "[1]")});
            }
        }
        p.put("_da", da.toArray(String[]::new));
        return p;
    }
}
