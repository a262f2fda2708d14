package de.federwerk.leistung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Sprache;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.leistung.Regelwerk.Frage;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegelwerkTest {

    private static final UUID VORN = UUID.randomUUID();
    private static final UUID HINTEN = UUID.randomUUID();

    private static Regel namen(String von, String bis, UUID wohin) {
        return new Regel(UUID.randomUUID(), 1, "", null, null, "alle", "", von, bis, "", wohin, "Amt");
    }

    private static Regel ort(String strasse, Integer von, Integer bis, String seite, UUID wohin) {
        return new Regel(UUID.randomUUID(), 1, strasse, von, bis, seite, "", "", "", "", wohin, "Amt");
    }

    private static Regel sonst(UUID wohin) {
        return namen("", "", wohin);
    }

    private static Merkmale name(String name) {
        return new Merkmale(null, null, null, name, null);
    }

    private static Merkmale anschrift(String strasse, String hausnummer) {
        return new Merkmale(strasse, hausnummer, null, null, null);
    }

    private static Regelwerk werk(Regel... regeln) {
        return new Regelwerk(Arrays.asList(regeln));
    }

    @Test
    void buchstaben_ordnen_umlaute_wie_ihren_grundbuchstaben_und_lassen_sch_fuer_sich() {
        var werk = werk(
                namen("A", "K", VORN), namen("Sch", "Sch", HINTEN), namen("L", "S", VORN), namen("T", "Z", HINTEN));
        for (var vorn : List.of("Ähre", "Kohl", "kyrill", "Özdemir", "Ørsted", "Łukasz", "Sander", "Lß")) {
            assertThat(werk.antwort(name(vorn)).dienststelle()).as(vorn).contains(VORN);
        }
        for (var hinten : List.of("Schäfer", "SCHMIDT", "Ünal", "Zz")) {
            assertThat(werk.antwort(name(hinten)).dienststelle()).as(hinten).contains(HINTEN);
        }
        assertThat(werk.luecken()).isEmpty();
        // No Latin letter: nobody guesses.
        assertThat(werk.antwort(name("محمد")).dienststelle()).isEmpty();
        assertThat(werk.antwort(name("محمد")).fehlt()).isEmpty();
    }

    @Test
    void luecken_werden_genannt_und_niemandem_geraten() {
        var werk = werk(namen("A", "K", VORN), namen("M", "W", HINTEN), namen("Y", "Z", HINTEN));
        assertThat(werk.luecken()).containsExactly("Für Namen mit L, X ist niemand zuständig.");
        assertThat(werk.antwort(name("Xaver")).dienststelle()).isEmpty();
        assertThat(werk(ort("Lindenstraße", 1, 20, "gerade", VORN)).luecken())
                .contains(
                        "Niemand ist zuständig an anderen Orten.",
                        "Niemand ist zuständig in der Straße Lindenstraße, Hausnummer 1.")
                .doesNotContain("Niemand ist zuständig in der Straße Lindenstraße, Hausnummer 20.");
        assertThat(werk().luecken()).hasSize(1);
        assertThat(werk(namen("A", "B", VORN), sonst(HINTEN)).luecken()).isEmpty();
    }

    @Test
    void der_ort_entscheidet_nach_hausnummer_und_seite() {
        var werk = werk(ort("Lindenstraße", 1, 20, "gerade", VORN), sonst(HINTEN));
        assertThat(werk.antwort(anschrift("lindenstr.", "12a")).dienststelle()).contains(VORN);
        assertThat(werk.antwort(anschrift("Linden-Straße", "20")).dienststelle())
                .contains(VORN);
        assertThat(werk.antwort(anschrift("Lindenstraße", "13")).dienststelle()).contains(HINTEN);
        assertThat(werk.antwort(anschrift("Lindenstraße", "22")).dienststelle()).contains(HINTEN);
        assertThat(werk.antwort(anschrift("Bergstraße", "12")).dienststelle()).contains(HINTEN);
    }

    @Test
    void was_nicht_gesagt_wurde_wird_erfragt_und_nur_wenn_es_etwas_aendert() {
        var werk = werk(namen("A", "K", VORN), sonst(HINTEN));
        assertThat(werk.antwort(Merkmale.KEINE).dienststelle()).isEmpty();
        assertThat(werk.antwort(Merkmale.KEINE).fehlt()).containsExactly(Frage.NAME);
        assertThat(werk(namen("A", "K", VORN), sonst(VORN))
                        .antwort(Merkmale.KEINE)
                        .dienststelle())
                .contains(VORN);
        assertThat(werk(ort("Ring", 1, 3, "alle", VORN), sonst(HINTEN))
                        .antwort(anschrift("Ring", null))
                        .fehlt())
                .containsExactly(Frage.HAUSNUMMER);
    }

    @Test
    void die_zeiten_sagen_wann_wieder_jemand_da_ist() {
        var zeiten = Oeffnungszeiten.getippt(
                List.of("8–12, 14 - 16 Uhr", "8:30-12.00 und 14–18", "8–12", "geschlossen", "8–12", "", ""),
                "24.12.2026–31.12.2026 Betriebsferien\n1.1.2027");
        assertThat(Oeffnungszeiten.aus(zeiten.zeiten(), zeiten.schliesstage())).isEqualTo(zeiten);
        assertThat(Oeffnungszeiten.getippt(
                        Arrays.stream(java.time.DayOfWeek.values())
                                .map(zeiten::zeile)
                                .toList(),
                        zeiten.schliesszeilen()))
                .isEqualTo(zeiten);
        assertThat(zeiten.jetzt(um("2026-11-30T09:00"), Sprache.DE)).isEqualTo("heute geöffnet bis 12 Uhr");
        assertThat(zeiten.jetzt(um("2026-11-30T12:30"), Sprache.EN)).isEqualTo("open today from 14");
        assertThat(zeiten.jetzt(um("2026-11-30T16:00"), Sprache.DE))
                .isEqualTo("jetzt geschlossen, wieder geöffnet am Dienstag ab 8:30 Uhr");
        assertThat(zeiten.jetzt(um("2026-12-23T13:00"), Sprache.DE))
                .isEqualTo("jetzt geschlossen, wieder geöffnet am Montag, 04.01.2027 ab 8 Uhr");
        assertThat(Oeffnungszeiten.UNBEKANNT.jetzt(um("2026-11-30T09:00"), Sprache.DE))
                .isEmpty();
        for (var falsch : List.of("8", "12–8", "8–25", "8–12, 11–14", "acht bis zwölf")) {
            assertThatThrownBy(() -> Oeffnungszeiten.getippt(List.of(falsch), ""))
                    .as(falsch)
                    .isInstanceOf(Abgelehnt.class)
                    .hasMessageContaining("Montag");
        }
        assertThatThrownBy(() -> Oeffnungszeiten.getippt(List.of(), "29.2.2026"))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("29.2.2026");
    }

    private static Instant um(String zeit) {
        return LocalDateTime.parse(zeit).atZone(Anzeige.ZONE).toInstant();
    }
}
