package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import org.junit.jupiter.api.Test;

/** Who signs for whom, and never twice. */
class VierAugenTest extends Amtstest {

    @Test
    void vertreten_wird_mit_zusatz_gezeichnet_und_niemand_zweimal_ueber_eine_kette() {
        var amt = amt();
        // Karin is away, Jörg stands in for her; Jörg is away, Petra stands in for him.
        vertritt(amt, amt.joerg(), amt.karin());
        var schluss = station(1, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        var erste = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        assertThat(grund(amt, erste, vierAugen(2, an(amt.karin()), erste))).contains("wegen einer Vertretung");

        var laufweg = beginne(amt, false, schluss);
        assertThat(offene(amt, amt.joerg(), Gruppe.VERTRETUNG)).containsExactly(schluss.id());
        assertThat(offene(amt, amt.karin(), Gruppe.MIR)).containsExactly(schluss.id());
        erledige(amt, amt.joerg(), schluss, Ergebnis.GEZEICHNET);
        assertThat(stand(amt, laufweg)).isEqualTo("abgeschlossen");
        als(
                amt.mandant(),
                () -> assertThat(jdbc.sql("SELECT zusatz FROM zeichnung WHERE mandant_id = ? AND fuer_id = ?")
                                .params(amt.mandant(), amt.karin().person())
                                .query(String.class)
                                .single())
                        .isEqualTo("i. A."));

        // Begun before the absence: at the second station of the pair the deputy of the deputy is refused.
        var a = station(
                1,
                Stationsart.MITZEICHNUNG,
                new Empfaenger("einheit", amt.stadt().tiefbau()));
        var b = vierAugen(2, new Empfaenger("einheit", amt.stadt().tiefbau()), a);
        beginne(amt, false, a, b);
        erledige(amt, amt.joerg(), a, Ergebnis.GEZEICHNET);
        assertThatThrownBy(() -> erledige(amt, amt.joerg(), b, Ergebnis.GEZEICHNET))
                .hasMessageContaining("Vier-Augen-Prinzip");
        erledige(amt, amt.anja(), b, Ergebnis.GEZEICHNET);
    }

    @Test
    void persoenliches_geht_nicht_an_die_vertretung() {
        var amt = amt();
        vertritt(amt, amt.petra(), amt.karin());
        var persoenlich = new Station(
                Kennung.neu(), 1, 1, 1, Stationsart.KENNTNIS, an(amt.karin()), "", null, null, true, null, null, null);
        beginne(amt, false, persoenlich);
        assertThat(offene(amt, amt.petra(), Gruppe.VERTRETUNG)).isEmpty();
        assertThat(sieht(amt, amt.petra())).isFalse();
        assertThatThrownBy(() -> erledige(amt, amt.petra(), persoenlich, Ergebnis.KENNTNIS))
                .isInstanceOf(NichtGefunden.class);
        erledige(amt, amt.karin(), persoenlich, Ergebnis.KENNTNIS);
    }

    @Test
    void weitergegeben_wird_nicht_dorthin_wo_dann_nur_einer_zeichnete() {
        var amt = amt();
        var team = new Empfaenger("einheit", amt.stadt().tiefbau());
        var a = station(1, Stationsart.MITZEICHNUNG, team);
        var b = vierAugen(2, an(amt.petra()), a);
        beginne(amt, false, a, b);
        // Not yet signed: it would come to Petra twice.
        assertThatThrownBy(() -> als(amt.mandant(), () -> gang.gibWeiter(amt.joerg(), a.id(), an(amt.petra()), "")))
                .hasMessageContaining("vier Augen")
                .hasMessageContaining("nichts geändert");
        erledige(amt, amt.joerg(), a, Ergebnis.GEZEICHNET);
        assertThatThrownBy(() -> als(amt.mandant(), () -> gang.gibWeiter(amt.petra(), b.id(), an(amt.joerg()), "")))
                .hasMessageContaining("vier Augen");
        als(amt.mandant(), () -> gang.gibWeiter(amt.petra(), b.id(), team, "Urlaub"));
        erledige(amt, amt.anja(), b, Ergebnis.GEZEICHNET);
    }
}
