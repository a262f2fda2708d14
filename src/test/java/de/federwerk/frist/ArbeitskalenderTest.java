package de.federwerk.frist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ArbeitskalenderTest extends Teststadt {

    private static final String SEITE = "/verwaltung/kalender";
    private static final LocalDate VOR_WEIHNACHTEN = LocalDate.of(2026, 12, 23);

    @Autowired
    Arbeitskalender kalender;

    @Autowired
    Gemeindekalender gemeinde;

    @Test
    void ueber_wochenenden_und_weihnachten_zaehlt_nur_was_gearbeitet_wird() {
        als(stadtIn(Land.ST), () -> {
            assertThat(kalender.istArbeitstag(VOR_WEIHNACHTEN)).isTrue();
            assertThat(kalender.istArbeitstag(LocalDate.of(2026, 12, 25))).isFalse();
            assertThat(kalender.istArbeitstag(LocalDate.of(2026, 12, 27))).isFalse();
            assertThat(kalender.nach(VOR_WEIHNACHTEN, 0)).isEqualTo(VOR_WEIHNACHTEN);
            assertThat(kalender.nach(VOR_WEIHNACHTEN, 1)).isEqualTo("2026-12-24");
            assertThat(kalender.nach(VOR_WEIHNACHTEN, 2)).isEqualTo("2026-12-28");
            assertThat(kalender.nach(VOR_WEIHNACHTEN, 6)).isEqualTo("2027-01-04");
            assertThat(kalender.nach(LocalDate.of(2026, 12, 25), 0)).isEqualTo("2026-12-28");
            assertThat(kalender.nach(LocalDate.of(2026, 12, 25), 1)).isEqualTo("2026-12-28");
            assertThat(kalender.nach(LocalDate.of(2026, 12, 28), -1)).isEqualTo("2026-12-24");
            assertThat(kalender.nach(LocalDate.of(2026, 12, 27), -1)).isEqualTo("2026-12-24");
            // Saturday, Sunday, and Heilige Drei Könige on a Wednesday.
            assertThat(kalender.arbeitstageBis(VOR_WEIHNACHTEN, LocalDate.of(2027, 1, 7)))
                    .isEqualTo(8);
            assertThat(kalender.arbeitstageBis(LocalDate.of(2027, 1, 7), VOR_WEIHNACHTEN))
                    .isEqualTo(-8);
            assertThat(kalender.arbeitstageBis(VOR_WEIHNACHTEN, VOR_WEIHNACHTEN))
                    .isZero();
        });
    }

    @Test
    void hin_und_zurueck_fuehrt_an_denselben_tag() {
        var zufall = new Random(20261129);
        als(stadtIn(Land.SN), () -> {
            for (int i = 0; i < 60; i++) {
                var von = kalender.nach(
                        LocalDate.of(1995 + zufall.nextInt(80), 1, 1).plusDays(zufall.nextInt(365)), 0);
                int tage = zufall.nextInt(601) - 300;
                var bis = kalender.nach(von, tage);
                assertThat(kalender.istArbeitstag(bis)).isTrue();
                assertThat(kalender.arbeitstageBis(von, bis))
                        .as(von + " " + tage)
                        .isEqualTo(tage);
                assertThat(kalender.nach(bis, -tage)).as(von + " " + tage).isEqualTo(von);
            }
        });
    }

    @Test
    void ausserhalb_der_grenzen_wird_nicht_gerechnet_sondern_abgelehnt() {
        Mandantenkontext.als(stadtIn(Land.ST), () -> {
            assertThat(kalender.nach(VOR_WEIHNACHTEN, 3650)).isAfter(LocalDate.of(2041, 1, 1));
            abgelehnt(() -> kalender.nach(VOR_WEIHNACHTEN, 3651), "höchstens 3650 Arbeitstagen");
            abgelehnt(() -> kalender.nach(VOR_WEIHNACHTEN, Integer.MIN_VALUE), "höchstens 3650 Arbeitstagen");
            abgelehnt(() -> kalender.nach(LocalDate.of(2100, 12, 30), 9), "Jahren 1990 bis 2100");
            abgelehnt(() -> kalender.nach(LocalDate.of(1990, 1, 2), -1), "Jahren 1990 bis 2100");
            abgelehnt(() -> kalender.istArbeitstag(LocalDate.MAX), "Jahren 1990 bis 2100");
            abgelehnt(() -> kalender.arbeitstageBis(VOR_WEIHNACHTEN, LocalDate.MIN), "Jahren 1990 bis 2100");
            abgelehnt(() -> kalender.feiertage(2101), "Jahren 1990 bis 2100");
            assertThat(kalender.feiertage(2100)).hasSize(11);
        });
    }

    @Test
    void ein_haus_hat_eigene_tage_und_kein_anderes_merkt_etwas_davon() {
        var stadt = stadtIn(Land.ST);
        var nachbar = stadtIn(Land.ST);
        var ohneLand = neuerMandant();
        int jahr = Gemeindekalender.heute().getYear() + 1;
        var pfingstmontag = Feiertage.ostersonntag(jahr).plusDays(50);
        var dienstag = pfingstmontag.plusDays(1);
        als(stadt, () -> {
            gemeinde.trageEin(Protokoll.PROGRAMM, pfingstmontag, "Heiratstag", false);
            gemeinde.trageEin(Protokoll.PROGRAMM, dienstag, "Ausgleich", true);
        });
        // Without a transaction of the caller as well.
        Mandantenkontext.als(stadt, () -> {
            assertThat(kalender.istArbeitstag(pfingstmontag)).isTrue();
            assertThat(kalender.istArbeitstag(dienstag)).isFalse();
            assertThat(kalender.nach(pfingstmontag, 1)).isEqualTo(dienstag.plusDays(1));
            assertThat(kalender.feiertage(jahr))
                    .contains(new Feiertag(dienstag, "Ausgleich", "örtlich eingetragen", false))
                    .noneMatch(f -> f.tag().equals(pfingstmontag));
        });
        als(nachbar, () -> {
            assertThat(kalender.istArbeitstag(pfingstmontag)).isFalse();
            assertThat(kalender.istArbeitstag(dienstag)).isTrue();
            assertThat(gemeinde.tage()).isEmpty();
        });
        als(ohneLand, () -> assertThat(kalender.feiertage(jahr)).hasSize(9));
    }

    @Test
    void die_verwaltung_stellt_den_kalender_ein_und_alles_steht_im_protokoll() {
        var stadt = stadt();
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        assertThat(petra.hole(SEITE).text())
                .contains("Noch kein Land gewählt", "Christi Himmelfahrt")
                .doesNotContain("Mariä Himmelfahrt");
        assertThat(petra.sendeVon(SEITE, SEITE + "/land", "land", "XX").text())
                .contains("Bitte wählen Sie eines der 16 Länder");
        for (int mal = 0; mal < 2; mal++) {
            assertThat(petra.sendeVon(SEITE, SEITE + "/land", "land", "BY").ziel())
                    .isEqualTo(SEITE);
        }
        assertThat(petra.hole(SEITE).text())
                .contains("Heilige Drei Könige", "Augsburger Friedensfest", "Mariä Himmelfahrt einschalten")
                .doesNotContain("Noch kein Land gewählt");
        for (int mal = 0; mal < 2; mal++) {
            schalte(petra, "BY-mariae-himmelfahrt", "true");
        }
        assertThat(petra.hole(SEITE).text()).contains("Feiertagsgesetz (FTG), gilt in dieser Gemeinde");
        assertThat(schalte(petra, "TH-fronleichnam", "true")).isEqualTo(409);
        assertThat(schalte(petra, "gibt-es-nicht", "true")).isEqualTo(404);
        schalte(petra, "BY-mariae-himmelfahrt", "false");

        // In July Bayern has no public holiday.
        var tag = Gemeindekalender.heute().plusYears(1).withMonth(7).with(DayOfWeek.WEDNESDAY);
        for (int mal = 0; mal < 2; mal++) {
            assertThat(trageEin(petra, tag.toString(), "Betriebs\0ausflug  <b>", "true"))
                    .isEmpty();
        }
        assertThat(petra.hole(SEITE).text()).contains("Betriebs ausflug &lt;b>", "örtlich eingetragen");
        assertThat(trageEin(petra, tag.toString(), "Anderes", "true"))
                .contains("ist schon etwas eingetragen: „Betriebs ausflug");
        assertThat(trageEin(petra, "31.02.2027", "Kein Tag", "true")).contains("einen Tag an, den es gibt");
        assertThat(trageEin(petra, "+999999999-01-01", "Weit weg", "true")).contains("Eintragen lassen sich Tage");
        assertThat(trageEin(petra, "2020-07-01", "Vorbei", "true")).contains("Eintragen lassen sich Tage");
        assertThat(trageEin(petra, tag.plusDays(3).toString(), "Markt", "true")).contains("ist ein Samstag");
        assertThat(trageEin(petra, tag.plusDays(1).toString(), "Nichts", "false"))
                .contains("schon ein Arbeitstag");
        assertThat(trageEin(petra, karfreitag().toString(), "Doppelt", "true")).contains("ist schon frei: Karfreitag");
        assertThat(trageEin(petra, tag.plusDays(1).toString(), " \t", "true")).contains("Die Bezeichnung fehlt");
        assertThat(trageEin(petra, tag.plusDays(1).toString(), "x".repeat(101), "true"))
                .contains("101 Zeichen; möglich sind 100");

        var id = als(stadt.mandant(), () -> gemeinde.tage().getFirst().id());
        assertThat(petra.sendeVon(SEITE, SEITE + "/tage/" + id + "/ende").ziel())
                .isEqualTo(SEITE);
        assertThat(petra.sendeVon(SEITE, SEITE + "/tage/" + id + "/ende").status())
                .isEqualTo(404);
        assertThat(handlungen(stadt.mandant()))
                .containsExactly(
                        "gemeindekalender.gesetzt",
                        "teilfeiertag.eingeschaltet",
                        "teilfeiertag.ausgeschaltet",
                        "ortsfeiertag.eingetragen",
                        "ortsfeiertag.entfernt");
        assertThat(angemeldet(stadt.mandant(), "anja.mueller").hole(SEITE).status())
                .isEqualTo(403);
    }

    private UUID stadtIn(Land land) {
        var mandant = neuerMandant();
        als(mandant, () -> gemeinde.setze(Protokoll.PROGRAMM, land));
        return mandant;
    }

    private static LocalDate karfreitag() {
        return Feiertage.ostersonntag(Gemeindekalender.heute().getYear() + 1).minusDays(2);
    }

    private static void abgelehnt(Runnable arbeit, String meldung) {
        assertThatThrownBy(arbeit::run).isInstanceOf(Abgelehnt.class).hasMessageContaining(meldung);
    }

    private static int schalte(Browser wer, String kennung, String gilt) {
        return wer.sendeVon(SEITE, SEITE + "/teilfeiertage", "kennung", kennung, "gilt", gilt)
                .status();
    }

    private static String trageEin(Browser wer, String tag, String name, String frei) {
        return wer.sendeVon(SEITE, SEITE + "/tage", "tag", tag, "name", name, "frei", frei)
                .text();
    }

    private List<String> handlungen(UUID mandant) {
        return als(
                mandant,
                () -> jdbc.sql(
                                "SELECT handlung FROM protokoll WHERE mandant_id = ? AND handlung ~ '^(gemeinde|teilfeier|ortsfeier)' ORDER BY id")
                        .param(mandant)
                        .query(String.class)
                        .list());
    }
}
