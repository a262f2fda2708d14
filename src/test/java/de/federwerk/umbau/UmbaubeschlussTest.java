package de.federwerk.umbau;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.protokoll.Protokoll;
import org.junit.jupiter.api.Test;

/** What holds between the decision about an Umbau and its day. */
class UmbaubeschlussTest extends Umbaustadt {

    @Test
    void was_an_seinem_tag_scheiterte_laesst_sich_auch_danach_noch_einmal_beschliessen() {
        var stadt = verwaltete();
        var umbau = entwurf(
                stadt,
                heute().plusDays(1),
                Schritt.schlicht(Schritt.Art.EINRICHTEN, Kennung.neu(), null, "SG 1", "Neu"));
        beschliesse(stadt, umbau);
        var schneller = als(stadt.mandant(), () -> einheiten.richteEin(Protokoll.PROGRAMM, "SG 1", "Schneller", null));
        kommt(stadt, umbau);
        assertThat(stand(stadt, umbau)).isEqualTo("gescheitert");
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE umbau SET tag = heute() - 1 WHERE id = ?")
                    .param(umbau)
                    .update();
            jdbc.sql("UPDATE einheit SET kuerzel = 'SG 2' WHERE id = ?")
                    .param(schneller)
                    .update();
        });
        Mandantenkontext.als(stadt.mandant(), () -> umbauten.setze(stadt.anja(), umbau, false));
        var plan = fuehreAus(stadt, umbau);
        assertThat(plan.stand()).isEqualTo("ausgefuehrt");
        assertThat(plan.tag()).isEqualTo(heute());
    }
}
