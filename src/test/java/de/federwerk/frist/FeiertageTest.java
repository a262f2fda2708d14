package de.federwerk.frist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeiertageTest {

    private static final List<String> ALLE = List.of(
            "Neujahr",
            "Karfreitag",
            "Ostermontag",
            "Tag der Arbeit",
            "Christi Himmelfahrt",
            "Pfingstmontag",
            "Tag der Deutschen Einheit",
            "1. Weihnachtstag",
            "2. Weihnachtstag");

    /** 2049 and 2076 are where the simple form of Gauß's rule is a week late; 2038 has the latest Easter there is. */
    @ParameterizedTest
    @CsvSource({
        "1990-04-15", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17",
        "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21",
        "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28"
    })
    void ostern_liegt_da_wo_es_im_kalender_steht(LocalDate ostern) {
        assertThat(Feiertage.ostersonntag(ostern.getYear())).isEqualTo(ostern);
    }

    @Test
    void ohne_land_gelten_die_neun_feiertage_die_alle_haben() {
        for (int jahr = 1995; jahr <= 2100; jahr++) {
            assertThat(namen(jahr, null)).as("%s", jahr).containsExactlyInAnyOrderElementsOf(ALLE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2024 | ST | 01-01 01-06 03-29 04-01 05-01 05-09 05-20 10-03 10-31 12-25 12-26",
                "2026 | ST | 01-01 01-06 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26",
                "2025 | TH | 01-01 04-18 04-21 05-01 05-29 06-09 09-20 10-03 10-31 12-25 12-26",
                "2018 | TH | 01-01 03-30 04-02 05-01 05-10 05-21 10-03 10-31 12-25 12-26",
                "2024 | BW | 01-01 01-06 03-29 04-01 05-01 05-09 05-20 05-30 10-03 11-01 12-25 12-26",
                "2027 | BY | 01-01 01-06 03-26 03-29 05-01 05-06 05-17 05-27 10-03 11-01 12-25 12-26",
                "2025 | SL | 01-01 04-18 04-21 05-01 05-29 06-09 06-19 08-15 10-03 11-01 12-25 12-26",
                "2026 | NW | 01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26",
                "2026 | HE | 01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 12-25 12-26",
                "2024 | SN | 01-01 03-29 04-01 05-01 05-09 05-20 10-03 10-31 11-20 12-25 12-26",
                "2025 | BE | 01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26",
                "2026 | BE | 01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
                "2018 | BE | 01-01 03-30 04-02 05-01 05-10 05-21 10-03 12-25 12-26",
                "2022 | MV | 01-01 04-15 04-18 05-01 05-26 06-06 10-03 10-31 12-25 12-26",
                "2023 | MV | 01-01 03-08 04-07 04-10 05-01 05-18 05-29 10-03 10-31 12-25 12-26",
                "2026 | BB | 01-01 04-03 04-05 04-06 05-01 05-14 05-24 05-25 10-03 10-31 12-25 12-26",
                "2016 | NI | 01-01 03-25 03-28 05-01 05-05 05-16 10-03 12-25 12-26",
                "2018 | NI | 01-01 03-30 04-02 05-01 05-10 05-21 10-03 10-31 12-25 12-26"
            })
    void ein_jahr_eines_landes_stimmt_tag_fuer_tag(int jahr, Land land, String tage) {
        assertThat(Feiertage.im(jahr, land, Set.of()).stream()
                        .map(f -> f.tag().toString().substring(5)))
                .containsExactly(tage.split(" "));
    }

    @Test
    void der_reformationstag_war_2017_ueberall_und_ist_seit_2018_auch_im_norden() {
        assertThat(mit("Reformationstag", 2016)).containsExactlyInAnyOrder(Land.BB, Land.MV, Land.SN, Land.ST, Land.TH);
        assertThat(mit("Reformationstag", 2017)).containsExactlyInAnyOrder(Land.values());
        assertThat(mit("Reformationstag", 2026))
                .containsExactlyInAnyOrder(
                        Land.BB, Land.MV, Land.SN, Land.ST, Land.TH, Land.HB, Land.HH, Land.NI, Land.SH);
        for (var land : Land.values()) {
            for (int jahr = 1990; jahr <= 2100; jahr++) {
                assertThat(namen(jahr, land)).as(land + " " + jahr).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void der_busstag_ist_der_mittwoch_vor_dem_23_november_und_seit_1995_nur_noch_in_sachsen() {
        assertThat(mit("Buß- und Bettag", 1994)).containsExactlyInAnyOrder(Land.values());
        for (int jahr = 1995; jahr <= 2100; jahr++) {
            assertThat(mit("Buß- und Bettag", jahr)).containsExactly(Land.SN);
            var tag = Feiertage.im(jahr, Land.SN, Set.of()).stream()
                    .filter(f -> f.name().equals("Buß- und Bettag"))
                    .findFirst()
                    .orElseThrow()
                    .tag();
            assertThat(tag.getDayOfWeek()).isEqualTo(DayOfWeek.WEDNESDAY);
            assertThat(tag).isBefore(LocalDate.of(jahr, 11, 23)).isAfterOrEqualTo(LocalDate.of(jahr, 11, 16));
        }
    }

    @Test
    void was_nur_in_manchen_gemeinden_gilt_gilt_erst_wenn_die_gemeinde_es_sagt() {
        assertThat(namen(2026, Land.BY)).doesNotContain("Mariä Himmelfahrt", "Augsburger Friedensfest");
        assertThat(namen(2026, Land.BY, "BY-mariae-himmelfahrt")).contains("Mariä Himmelfahrt");
        assertThat(namen(2026, Land.BY, "BY-friedensfest", "SN-fronleichnam"))
                .contains("Augsburger Friedensfest")
                .hasSize(13);
        assertThat(namen(2026, Land.TH, "SN-fronleichnam")).doesNotContain("Fronleichnam");
        assertThat(namen(2026, null, "SN-fronleichnam")).doesNotContain("Fronleichnam");
        assertThat(namen(2026, Land.TH, "TH-fronleichnam")).contains("Fronleichnam");
    }

    @Test
    void jede_zeile_der_tabelle_hat_einen_grund_und_ergibt_in_jedem_jahr_einen_tag() {
        assertThat(Feiertage.TABELLE.stream().map(Feiertage.Regel::kennung).filter(k -> !k.isEmpty()))
                .doesNotHaveDuplicates();
        for (var regel : Feiertage.TABELLE) {
            assertThat(regel.kennung().isEmpty())
                    .as(regel.name())
                    .isEqualTo(regel.teilweise().isEmpty());
            assertThat(regel.ab()).isLessThanOrEqualTo(regel.bis());
            assertThat(regel.laender())
                    .allSatisfy(l -> assertThat(regel.grund(l)).isNotBlank());
            assertThat(regel.ueberall() && regel.quelle().isEmpty())
                    .as(regel.name())
                    .isFalse();
            IntStream.rangeClosed(1990, 2100)
                    .forEach(j -> assertThat(regel.tag(j).getYear()).isEqualTo(j));
        }
    }

    private static List<String> namen(int jahr, @Nullable Land land, String... teile) {
        return Feiertage.im(jahr, land, Set.of(teile)).stream()
                .map(Feiertag::name)
                .toList();
    }

    private static List<Land> mit(String name, int jahr) {
        return Arrays.stream(Land.values())
                .filter(l -> namen(jahr, l).contains(name))
                .toList();
    }
}
