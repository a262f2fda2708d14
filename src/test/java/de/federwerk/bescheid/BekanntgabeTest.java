package de.federwerk.bescheid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.bescheid.Bekanntgaberegel.Beginn;
import de.federwerk.formular.Bedingung.Ausgefuellt;
import de.federwerk.formular.Werte;
import de.federwerk.frist.Land;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days and texts, without a house: a table of what the law says. */
class BekanntgabeTest {

    private static final Predicate<LocalDate> FREI = Set.of(
            LocalDate.of(2027, 1, 1),
            LocalDate.of(2026, 12, 25),
            LocalDate.of(2026, 12, 26),
            LocalDate.of(2027, 3, 26),
            LocalDate.of(2027, 3, 29),
            LocalDate.of(2027, 5, 6))::contains;

    private static Bekanntgabe rechne(Bekanntgaberegel regel, String von, @Nullable String abruf, boolean belehrt) {
        return Bekanntgabe.nach(
                regel,
                LocalDate.parse(von),
                abruf == null ? null : LocalDate.parse(abruf),
                LocalDate.of(2029, 1, 1),
                belehrt,
                false,
                FREI);
    }

    @ParameterizedTest
    @CsvSource({
        // Posted, made known, end of the period: VwVfG – a Saturday or holiday counts as any other day.
        "vwvfg, 2026-11-30, 2026-12-04, 2027-01-04",
        "vwvfg, 2026-12-01, 2026-12-05, 2027-01-05",
        "vwvfg, 2026-12-02, 2026-12-06, 2027-01-06",
        "vwvfg, 2026-12-21, 2026-12-25, 2027-01-25",
        "vwvfg, 2026-12-22, 2026-12-26, 2027-01-26",
        // Month ends: 31 → 28 or 29 or 30, and back never further than the same number.
        "vwvfg, 2027-01-27, 2027-01-31, 2027-03-01",
        "vwvfg, 2027-01-24, 2027-01-28, 2027-03-01",
        "vwvfg, 2027-01-25, 2027-01-29, 2027-03-01",
        "vwvfg, 2028-01-25, 2028-01-29, 2028-02-29",
        "vwvfg, 2028-01-27, 2028-01-31, 2028-02-29",
        "vwvfg, 2028-02-25, 2028-02-29, 2028-03-29",
        "vwvfg, 2027-02-24, 2027-02-28, 2027-03-30",
        "vwvfg, 2027-03-27, 2027-03-31, 2027-04-30",
        "vwvfg, 2027-05-27, 2027-05-31, 2027-06-30",
        // The end on a Saturday, a Sunday, Good Friday, Ascension Day.
        "vwvfg, 2027-01-05, 2027-01-09, 2027-02-09",
        "vwvfg, 2027-01-09, 2027-01-13, 2027-02-15",
        "vwvfg, 2027-01-10, 2027-01-14, 2027-02-15",
        "vwvfg, 2027-02-22, 2027-02-26, 2027-03-30",
        "vwvfg, 2027-04-02, 2027-04-06, 2027-05-07",
        "vwvfg, 2026-11-27, 2026-12-01, 2027-01-04",
        // AO: the day itself moves from Saturday, Sunday and holiday.
        "ao, 2026-11-30, 2026-12-04, 2027-01-04",
        "ao, 2026-12-01, 2026-12-07, 2027-01-07",
        "ao, 2026-12-02, 2026-12-07, 2027-01-07",
        "ao, 2026-12-03, 2026-12-07, 2027-01-07",
        "ao, 2026-12-21, 2026-12-28, 2027-01-28",
        "ao, 2027-03-22, 2027-03-30, 2027-04-30",
        "ao, 2027-03-25, 2027-03-30, 2027-04-30",
        "ao, 2028-02-25, 2028-02-29, 2028-03-29"
    })
    void post_und_frist_nach_der_tabelle(String recht, String von, String bekannt, String frist) {
        var b = rechne(Bekanntgaberegeln.mitgeliefert(Land.NW, Recht.von(recht), Kanal.POST), von, null, true);
        assertThat(b.tag()).isEqualTo(bekannt);
        assertThat(b.fristende()).isEqualTo(frist);
    }

    @Test
    void ohne_belehrung_ein_jahr_und_der_grund_nennt_gesetz_und_verschiebung() {
        var regel = Bekanntgaberegeln.mitgeliefert(Land.SH, Recht.VWVFG, Kanal.POST);
        var b = rechne(regel, "2028-02-25", null, false);
        assertThat(b.fristende()).isEqualTo("2029-02-28");
        assertThat(b.grund()).contains("§ 110 Abs. 2 Satz 1 LVwG", "§ 58 Abs. 2 VwGO", "ein Jahr");
        assertThat(rechne(Bekanntgaberegeln.mitgeliefert(null, Recht.AO, Kanal.POST), "2026-12-01", null, true)
                        .grund())
                .contains("Samstag", "Montag, 07.12.2026", "§ 122 Abs. 2 Nr. 1 AO");
    }

    @Test
    void im_postfach_zaehlt_der_abruf_oder_die_bereitstellung_je_nach_regel() {
        var abruf = Bekanntgaberegeln.mitgeliefert(Land.NI, Recht.VWVFG, Kanal.POSTFACH);
        assertThat(rechne(abruf, "2026-12-01", "2026-12-03", true).tag()).isEqualTo("2026-12-04");
        assertThat(rechne(abruf, "2026-12-01", "2026-12-11", true).tag()).isEqualTo("2026-12-12");
        // Too late, or never: not made known, and it says what to do.
        assertThat(rechne(abruf, "2026-12-01", "2026-12-12", true).tag()).isNull();
        assertThat(rechne(abruf, "2026-12-01", null, true).grund()).contains("nicht bekannt gegeben");
        assertThat(Bekanntgabe.nach(
                                abruf,
                                LocalDate.parse("2026-12-01"),
                                null,
                                LocalDate.parse("2026-12-05"),
                                true,
                                false,
                                FREI)
                        .grund())
                .contains("noch nicht abgerufen", "11.12.2026");
        // § 122a AO: whenever it is fetched.
        var ao = Bekanntgaberegeln.mitgeliefert(Land.NI, Recht.AO, Kanal.POSTFACH);
        assertThat(rechne(ao, "2026-12-01", null, true).tag()).isEqualTo("2026-12-07");
        assertThat(rechne(ao, "2026-12-01", "2026-12-02", true).tag()).isEqualTo("2026-12-07");
        // What a town may say itself, as § 9 OZG: some days after it was provided, without moving.
        var eigene = new Bekanntgaberegel(
                Recht.VWVFG, Kanal.POSTFACH, Beginn.BEREITSTELLUNG, 4, false, 0, "§ 9 OZG", true, "eigene Regel 1");
        assertThat(rechne(eigene, "2026-12-01", null, true).tag()).isEqualTo("2026-12-05");
    }

    @Test
    void jedes_land_hat_eine_regel_und_ungepruefte_sagen_es() {
        for (var land : Land.values()) {
            var regel = Bekanntgaberegeln.mitgeliefert(land, Recht.VWVFG, Kanal.POST);
            assertThat(regel.grundlage()).contains("Abs. 2 Satz 1").doesNotContain("%");
        }
        assertThat(Bekanntgaberegeln.mitgeliefert(Land.TH, Recht.VWVFG, Kanal.POST)
                        .geprueft())
                .isFalse();
        assertThat(Bekanntgaberegeln.mitgeliefert(Land.NW, Recht.VWVFG, Kanal.POST)
                        .geprueft())
                .isTrue();
    }

    @Test
    void text_mit_feldern_bedingungen_und_listen_bleibt_text() {
        var felder = Vorlagenfelder.formular("gebuehr | geld | Gebühr | pflicht\nart | auswahl: voll; halb | Art");
        var text = Vorlagentext.aus("""
                Hallo {{empfaenger}},
                zweite Zeile {{gebuehr}}.

                # Gründe
                - erstens
                - zweitens {{empfaenger}}
                {{wenn gebuehr > 100}}
                Teuer.
                {{sonst}}
                Billig.
                {{ende}}
                {{wenn art = "halb"}}
                Nur halb.
                {{ende}}
                1. eins
                2. zwei
                24.12.2026 ist kein Punkt.
                """);
        assertThat(text.maengel(Set.of("empfaenger", "gebuehr")::contains, List.of(felder)))
                .isEmpty();
        var werte = felder.lies(
                Werte.LEER,
                Vorlagenfelder.SCHRITT,
                Map.of("_da", new String[] {"gebuehr", "art"}, "gebuehr", new String[] {"120,50"}));
        var bloecke = text.fuelle(
                feld -> feld.equals("empfaenger") ? "<b>{{gebuehr}}</b>" : "120,50 €",
                List.of(new Ausgefuellt(felder, werte, LocalDate.of(2026, 12, 1))));
        // What was filled in is not read as a template again, and is text.
        assertThat(bloecke.getFirst().zeilen()).containsExactly("Hallo <b>{{gebuehr}}</b>,", "zweite Zeile 120,50 €.");
        assertThat(bloecke.stream().map(Vorlagentext.Block::art))
                .containsExactly(
                        Vorlagentext.Art.ABSATZ,
                        Vorlagentext.Art.UEBERSCHRIFT,
                        Vorlagentext.Art.LISTE,
                        Vorlagentext.Art.ABSATZ,
                        Vorlagentext.Art.NUMMERN,
                        Vorlagentext.Art.ABSATZ);
        assertThat(bloecke.get(3).zeilen()).containsExactly("Teuer.");
    }

    @Test
    void was_nicht_passt_wird_mit_zeile_genannt() {
        var felder = Vorlagenfelder.formular("gebuehr | geld | Gebühr");
        assertThat(Vorlagentext.aus("{{gibtsnicht}}\n{{wenn gebuehr = \"x\"}}\n{{kaputt\n{{sonst}}\n{{sonst}}")
                        .maengel("gebuehr"::equals, List.of(felder)))
                .anySatisfy(m -> assertThat(m).contains("Zeile 1", "gibtsnicht"))
                .anySatisfy(m -> assertThat(m).startsWith("Zeile 2"))
                .anySatisfy(m -> assertThat(m).contains("Zeile 3", "Klammer"))
                .anySatisfy(m -> assertThat(m).contains("Zeile 5", "„sonst“ ohne „wenn“"))
                .anySatisfy(m -> assertThat(m).contains("„wenn“ ohne „ende“"));
        assertThat(Vorlagentext.aus("{{ende}}").maengel(f -> true, List.of())).hasSize(1);
        assertThatThrownBy(() -> Vorlagenfelder.formular("Gebühr | geld | x\na | gibtsnicht | y\nstadt | text | z"))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Zeile 1")
                .hasMessageContaining("gibtsnicht")
                .hasMessageContaining("stadt");
    }
}
