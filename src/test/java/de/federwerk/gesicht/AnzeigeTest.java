package de.federwerk.gesicht;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AnzeigeTest {

    /** 22.10.2026, 10:14 in Berlin (summer time). */
    private static final Instant JETZT = Instant.parse("2026-10-22T08:14:00Z");

    private static final LocalDate HEUTE = LocalDate.of(2026, 10, 22);

    @Test
    void zeiten_lesen_sich_wie_gesprochen() {
        assertThat(Anzeige.zeit(Instant.parse("2026-10-22T06:12:00Z"), JETZT)).isEqualTo("heute, 08:12");
        assertThat(Anzeige.zeit(Instant.parse("2026-10-21T14:40:00Z"), JETZT)).isEqualTo("gestern, 16:40");
        assertThat(Anzeige.zeit(Instant.parse("2026-10-13T08:31:00Z"), JETZT)).isEqualTo("Di, 13.10. 10:31");
        assertThat(Anzeige.zeit(Instant.parse("2025-10-13T05:55:00Z"), JETZT)).isEqualTo("13.10.2025, 07:55");
        assertThat(Anzeige.kurz(Instant.parse("2026-10-22T06:12:00Z"), JETZT)).isEqualTo("08:12");
        assertThat(Anzeige.kurz(Instant.parse("2026-10-20T06:12:00Z"), JETZT)).isEqualTo("Di, 20.10.");
        assertThat(Anzeige.genau(JETZT)).isEqualTo("22.10.2026, 10:14 Uhr");
    }

    @Test
    void der_tag_wechselt_um_mitternacht_in_berlin() {
        assertThat(Anzeige.zeit(Instant.parse("2026-10-21T22:30:00Z"), JETZT)).isEqualTo("heute, 00:30");
        assertThat(Anzeige.zeit(Instant.parse("2026-10-21T21:30:00Z"), JETZT)).isEqualTo("gestern, 23:30");
    }

    @Test
    void tage_haben_namen_wo_es_welche_gibt() {
        assertThat(Anzeige.tag(HEUTE, HEUTE)).isEqualTo("heute");
        assertThat(Anzeige.tag(HEUTE.plusDays(1), HEUTE)).isEqualTo("morgen");
        assertThat(Anzeige.tag(LocalDate.of(2026, 10, 30), HEUTE)).isEqualTo("Fr, 30.10.");
        assertThat(Anzeige.tag(LocalDate.of(2027, 1, 2), HEUTE)).isEqualTo("02.01.2027");
    }

    @Test
    void groessen_und_zahlen_sind_deutsch() {
        assertThat(Anzeige.groesse(0)).isEqualTo("0 Byte");
        assertThat(Anzeige.groesse(999)).isEqualTo("999 Byte");
        assertThat(Anzeige.groesse(1000)).isEqualTo("1 KB");
        assertThat(Anzeige.groesse(23_549)).isEqualTo("24 KB");
        assertThat(Anzeige.groesse(999_600)).isEqualTo("1 MB");
        assertThat(Anzeige.groesse(1_400_000)).isEqualTo("1,4 MB");
        assertThat(Anzeige.groesse(2_147_483_648L)).isEqualTo("2,1 GB");
        assertThat(Anzeige.zahl(1208)).isEqualTo("1.208");
        assertThat(Anzeige.anzahl(0, "Dokument", "Dokumente")).isEqualTo("keine Dokumente");
        assertThat(Anzeige.anzahl(1, "Dokument", "Dokumente")).isEqualTo("1 Dokument");
        assertThat(Anzeige.anzahl(1208, "Dokument", "Dokumente")).isEqualTo("1.208 Dokumente");
    }

    @Test
    void initialen_uebergehen_titel_und_adelspartikel() {
        assertThat(Anzeige.initialen("Anja Müller")).isEqualTo("AM");
        assertThat(Anzeige.initialen("Dr. Karla von der Heide")).isEqualTo("KH");
        assertThat(Anzeige.initialen("Özlem Ünal-Schmidt")).isEqualTo("ÖÜ");
        assertThat(Anzeige.initialen("poststelle")).isEqualTo("P");
        assertThat(Anzeige.initialen(" ")).isEqualTo("?");
    }
}
