package de.federwerk.aktenplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanimportTest extends Teststadt {

    private static final String KOPF = "kennzeichen;titel;aufbewahrungsfrist_jahre;aussonderungsart\n";

    @Test
    void fristen_und_aussonderung_werden_geerbt_wo_nichts_eigenes_steht() {
        var mandant = neuerMandant();
        lies(mandant, KOPF + """
                32.10.01;Hundesteuer;;
                32;Ordnung;10;bewerten
                32.10;Abgaben;unbefristet;
                32.20;Gewerbe;5;Vernichten
                32.20.01;Gewerbeanmeldung
                """);
        var baum = als(mandant, () -> plan.baum());
        assertThat(baum)
                .extracting(Aktenplan.Knoten::kennzeichen)
                .containsExactly("32", "32.10", "32.10.01", "32.20", "32.20.01");
        assertThat(baum).extracting(Aktenplan.Knoten::ebene).containsExactly(1, 2, 3, 2, 3);
        assertThat(baum).extracting(Aktenplan.Knoten::aufbewahrung).containsExactly(10, -1, -1, 5, 5);
        assertThat(baum).extracting(Aktenplan.Knoten::aussonderungsart).containsExactly("B", "B", "B", "V", "V");
        assertThat(baum).extracting(Aktenplan.Knoten::blatt).containsExactly(false, false, true, false, true);
        assertThat(baum.get(2).frist()).isEqualTo("unbefristet");
        assertThat(baum.get(4).frist()).isEqualTo("5 Jahre ab Ende des zdA-Jahres, dann Vernichtung");
    }

    @Test
    void jede_falsche_zeile_wird_mit_ihrer_nummer_genannt_und_nichts_ist_geaendert() {
        var mandant = neuerMandant();
        lies(mandant, KOPF + "32;Ordnung;10;B\n");
        assertThatThrownBy(() -> lies(mandant, KOPF + """
                32;Ordnung geändert;10;B
                33;Verkehr;zehn;B

                34;;5;B
                35;Bau;5;verbrennen
                3 6;Leerzeichen;5;B
                37;Gut;201;B
                38;"Zwei
                Zeilen";5;B
                32;Ordnung noch einmal;5;B
                """))
                .isInstanceOfSatisfying(
                        Abgelehnt.class, e -> assertThat(e.art()).isEqualTo(Abgelehnt.Art.EINGABE))
                .hasMessageContaining("alles wie vorher")
                .hasMessageContainingAll(
                        "Zeile 3: ",
                        "zehn",
                        "Zeile 5: Der Titel",
                        "Zeile 6: ",
                        "verbrennen",
                        "Zeile 7: ",
                        "Zeile 8: ",
                        "201",
                        "Zeile 11: 32 steht schon in Zeile 2");
        assertThat(als(mandant, () -> plan.baum()))
                .extracting(Aktenplan.Knoten::titel)
                .containsExactly("Ordnung");
    }

    @Test
    void was_tabellenprogramme_schreiben_wird_verstanden() {
        var mandant = neuerMandant();
        lies(
                mandant,
                "\uFEFF\"Titel\";\"Kennzeichen\";\"Bemerkung\"\r\n\"Straßen; Wege \"\"und\"\" Plätze\";\"66\";\"x\"\r\n");
        assertThat(als(mandant, () -> plan.baum()))
                .extracting(Aktenplan.Knoten::anzeige)
                .containsExactly("66 Straßen; Wege \"und\" Plätze");
        for (var falsch : List.of(
                "", "66;Tiefbau;10;B\n", "kennzeichen,titel\n66,Tiefbau\n", KOPF + "66;\"nie geschlossen;10;B\n")) {
            assertThatThrownBy(() -> lies(mandant, falsch)).as(falsch).isInstanceOf(Abgelehnt.class);
        }
    }

    @Test
    void noch_einmal_eingelesen_aendert_nur_was_anders_ist() {
        var mandant = neuerMandant();
        var eins = KOPF + "66;Tiefbau;10;B\n66.20;Straßen;;\n66.30;Brücken;5;V\n";
        assertThat(lies(mandant, eins)).isEqualTo(new Planimport.Bericht(3, 0, 0));
        var vorher = als(mandant, () -> plan.gemeint("66.20").orElseThrow().id());
        assertThat(lies(mandant, eins)).isEqualTo(new Planimport.Bericht(0, 0, 3));
        assertThat(lies(mandant, KOPF + "66;Tiefbau;10;B\n66.20;Straßen und Wege;30;\n66.40;Gewässer;;\n"))
                .isEqualTo(new Planimport.Bericht(1, 1, 1));
        assertThat(als(mandant, () -> plan.gemeint("66.20").orElseThrow())).satisfies(k -> {
            assertThat(k.id()).isEqualTo(vorher);
            assertThat(k.anzeige()).isEqualTo("66.20 Straßen und Wege");
            assertThat(k.aufbewahrung()).isEqualTo(30);
        });
        assertThat(als(mandant, () -> plan.gemeint("66.30")))
                .as("was in der neuen Liste fehlt, bleibt")
                .isPresent();
    }

    @Test
    void gemeint_ist_nur_was_genau_eine_position_fuer_akten_ist() {
        var mandant = neuerMandant();
        lies(
                mandant,
                KOPF
                        + "66;Tiefbau;10;B\n66.2;Straßen;;\n66.20;Wege 100%;;\n66.20.03;Sondernutzungen;;\n66.20.031;Sondernutzungen alt;;\n");
        als(mandant, () -> {
            assertThat(plan.gemeint("66.20.03"))
                    .get()
                    .extracting(Aktenplan.Knoten::kennzeichen)
                    .isEqualTo("66.20.03");
            assertThat(plan.gemeint(" 66.20.03 Sondernutzungen "))
                    .get()
                    .extracting(Aktenplan.Knoten::kennzeichen)
                    .isEqualTo("66.20.03");
            assertThat(plan.gemeint("sondernutzungen ALT"))
                    .get()
                    .extracting(Aktenplan.Knoten::kennzeichen)
                    .isEqualTo("66.20.031");
            assertThat(plan.gemeint("66.2"))
                    .as("selbst ein Blatt, auch wenn andere so anfangen")
                    .get()
                    .extracting(Aktenplan.Knoten::kennzeichen)
                    .isEqualTo("66.2");
            for (var unklar : List.of(
                    "", " ", "66", "66.20", "Sondernutz", "gibt es nicht", "%", "_", "\\", "\0", "x".repeat(10_000))) {
                assertThat(plan.gemeint(unklar)).as(unklar).isEmpty();
            }
            assertThat(plan.suche("66.20.03"))
                    .extracting(Aktenplan.Knoten::kennzeichen)
                    .containsExactly("66.20.03", "66.20.031");
            assertThat(plan.suche("straßen")).hasSize(1);
        });
    }

    @Test
    void hochgeladen_mit_umlauten_aus_excel_und_nur_von_der_administration() {
        var stadt = stadt();
        var csv = (KOPF + "70;Grünflächen und Bäume;10;B\n").getBytes(Charset.forName("windows-1252"));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var seite = "/verwaltung/aktenplan/fassungen";
        assertThat(anja.ladeHoch("/postkorb", seite, "plan.csv", csv).status()).isEqualTo(403);
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var vorschau = anja.ladeHoch(seite, seite, "plan.csv", csv).ziel();
        assertThat(anja.hole(vorschau).text()).contains("1 neu").contains("Grünflächen und Bäume");
        assertThat(als(stadt.mandant(), () -> plan.gemeint("70")))
                .as("angesehen ist nicht übernommen")
                .isEmpty();
        assertThat(anja.ladeHoch(seite, seite, "plan.csv", new byte[0]).text())
                .contains("Die erste Zeile muss die Spalten nennen");
    }

    private Planimport.Bericht lies(UUID mandant, String csv) {
        return als(mandant, () -> planimport.lies(Protokoll.PROGRAMM, new StringReader(csv)));
    }
}
