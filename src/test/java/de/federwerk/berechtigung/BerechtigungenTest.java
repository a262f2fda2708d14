package de.federwerk.berechtigung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.protokoll.Protokoll;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BerechtigungenTest extends Teststadt {

    @Test
    void eine_neue_freigabe_wirkt_mit_dem_naechsten_klick_und_ihr_ende_auch() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gerüst");
        assertThat(sieht(stadt, Recht.LESEN, vorgang.id())).isFalse();
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.petra().person(), Ziel.PLAN, vorgang.planknotenId(), Recht.LESEN));
        assertThat(sieht(stadt, Recht.LESEN, vorgang.id())).isTrue();
        assertThat(sieht(stadt, Recht.BEARBEITEN, vorgang.id())).isFalse();
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE freigabe SET gueltig_bis = now() + interval '1 microsecond' WHERE subjekt_id = ?")
                    .param(stadt.petra().person())
                    .update();
        });
        assertThat(sieht(stadt, Recht.LESEN, vorgang.id())).isFalse();
    }

    @Test
    void eine_freigabe_oben_im_plan_reicht_bis_ganz_unten() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gerüst");
        als(stadt.mandant(), () -> {
            var wurzel = plan.baum().stream()
                    .filter(k -> k.kennzeichen().equals("66"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            berechtigungen.gebeFrei(Subjekt.PERSON, stadt.petra().person(), Ziel.PLAN, wurzel, Recht.LESEN);
        });
        assertThat(sieht(stadt, Recht.LESEN, vorgang.id())).isTrue();
    }

    @Test
    void stufe_ueber_der_ermaechtigung_bleibt_zu() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Vertraulich");
        als(stadt.mandant(), () -> {
            int bereich = berechtigungen.schutzbereich(vorgang.planknotenId(), stadt.tiefbau(), 2, null);
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang.id())
                    .update();
        });
        assertThat(siehtAls(stadt, stadt.anja().person(), vorgang.id())).isFalse();
        als(
                stadt.mandant(),
                () -> personen.ermaechtige(Protokoll.PROGRAMM, stadt.anja().person(), 2));
        assertThat(siehtAls(stadt, stadt.anja().person(), vorgang.id())).isTrue();
    }

    @Test
    void ein_eigener_sonderbereich_schneidet_die_vererbung_ab() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Beschwerde");
        var sonder = Kennung.neu();
        als(stadt.mandant(), () -> {
            int bereich = berechtigungen.schutzbereich(vorgang.planknotenId(), stadt.tiefbau(), 0, sonder);
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang.id())
                    .update();
        });
        assertThat(siehtAls(stadt, stadt.anja().person(), vorgang.id())).isFalse();
        einzeln(stadt, stadt.petra().person(), null, vorgang.akteId());
        assertThat(sieht(stadt, Recht.LESEN, vorgang.id()))
                .as("F auf die Akte öffnet keinen Sonderbereich")
                .isFalse();
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(Subjekt.PERSON, stadt.anja().person(), Ziel.SONDER, sonder, Recht.LESEN));
        assertThat(siehtAls(stadt, stadt.anja().person(), vorgang.id())).isTrue();
    }

    @Test
    void eine_einzelfreigabe_oeffnet_nur_ihren_vorgang() {
        var stadt = stadt();
        var einer = vorgang(stadt, "Einer");
        var anderer = vorgang(stadt, "Anderer");
        einzeln(stadt, stadt.petra().person(), einer.id(), null);
        assertThat(sieht(stadt, Recht.LESEN, einer.id())).isTrue();
        assertThat(sieht(stadt, Recht.LESEN, anderer.id())).isFalse();
    }

    @Test
    void ausschluss_geht_allem_vor() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Befangen");
        einzeln(stadt, stadt.anja().person(), vorgang.id(), null);
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, grund) VALUES (?, ?, ?, ?, '§ 20 VwVfG')")
                    .params(stadt.mandant(), Kennung.neu(), stadt.anja().person(), vorgang.akteId())
                    .update();
        });
        assertThat(siehtAls(stadt, stadt.anja().person(), vorgang.id())).isFalse();
    }

    @Test
    void was_in_einer_verworfenen_transaktion_galt_wird_nicht_gemerkt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gerüst");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> {
                    berechtigungen.gebeFrei(
                            Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, stadt.tiefbau(), Recht.LESEN);
                    assertThat(vorgaenge.finde(
                                    berechtigungen.sicht(stadt.petra().person(), Recht.LESEN), vorgang.id()))
                            .isPresent();
                    throw new IllegalStateException("Abbruch");
                }))
                .hasMessage("Abbruch");
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.anja().person(), Ziel.EINHEIT, stadt.ordnung(), Recht.LESEN));
        assertThat(sieht(stadt, Recht.LESEN, vorgang.id())).isFalse();
    }

    @Test
    void stufe_und_sonderbereich_einer_koordinate_sind_unveraenderlich() {
        var stadt = stadt();
        assertThatThrownBy(() -> als(stadt.mandant(), () -> {
                    int id = berechtigungen.schutzbereich(null, stadt.tiefbau(), 0, null);
                    jdbc.sql("UPDATE schutzbereich SET stufe = 3 WHERE id = ?")
                            .param(id)
                            .update();
                }))
                .hasMessageContaining("unveränderlich");
    }

    private void einzeln(Stadt stadt, UUID person, UUID vorgang, UUID akte) {
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "INSERT INTO einzelfreigabe (mandant_id, id, person_id, vorgang_id, akte_id, recht, grund) VALUES (?, ?, ?, ?, ?, 1, 'Beteiligung')")
                    .params(stadt.mandant(), Kennung.neu(), person, vorgang, akte)
                    .update();
        });
    }

    private boolean sieht(Stadt stadt, Recht recht, UUID vorgang) {
        return als(
                stadt.mandant(),
                () -> vorgaenge
                        .finde(berechtigungen.sicht(stadt.petra().person(), recht), vorgang)
                        .isPresent());
    }

    private boolean siehtAls(Stadt stadt, UUID person, UUID vorgang) {
        return als(
                stadt.mandant(),
                () -> vorgaenge
                        .finde(berechtigungen.sicht(person, Recht.LESEN), vorgang)
                        .isPresent());
    }
}
