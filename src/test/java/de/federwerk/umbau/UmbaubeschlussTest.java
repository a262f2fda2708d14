package de.federwerk.umbau;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.UUID;
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

    /** A rule of its own for one Akte: its name is not shown. */
    private UUID eigeneRegel(Stadt stadt) {
        var id = Kennung.neu();
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "INSERT INTO sonderbereich (mandant_id, id, name, einzeln, angelegt_von) VALUES (?, ?, 'Akte', true, ?)")
                    .params(stadt.mandant(), id, stadt.anja().person())
                    .update();
            berechtigungen.gebeFrei(Subjekt.EINHEIT, stadt.tiefbau(), Ziel.SONDER, id, Recht.LESEN);
        });
        return id;
    }

    @Test
    void die_zustimmung_gilt_der_einen_freigabe_und_keiner_die_ebenso_heisst() {
        var stadt = verwaltete();
        var eine = eigeneRegel(stadt);
        var umbau = entwurf(
                stadt, heute().plusDays(1), schritt(Schritt.Art.ZUSAMMENLEGEN, stadt.tiefbau(), stadt.ordnung()));
        beschliesse(stadt, umbau);
        assertThat(niederschrift(stadt, umbau).weiterungen())
                .extracting(Weiterungen.Weiterung::woraufId)
                .contains(eine);
        eigeneRegel(stadt);
        kommt(stadt, umbau);
        var plan = Mandantenkontext.als(stadt.mandant(), () -> umbauten.plan(umbau));
        assertThat(plan.stand()).isEqualTo("gescheitert");
        assertThat(plan.ursache()).contains("niemand zugestimmt", "etwas mit einer eigenen Regel");
    }

    @Test
    void ein_anderer_name_und_eine_geendete_freigabe_halten_den_umbau_nicht_auf() {
        var stadt = verwaltete();
        eigeneRegel(stadt);
        var andere = eigeneRegel(stadt);
        var umbau = entwurf(
                stadt, heute().plusDays(1), schritt(Schritt.Art.ZUSAMMENLEGEN, stadt.tiefbau(), stadt.ordnung()));
        beschliesse(stadt, umbau);
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE einheit SET name = name || ' neu'").update();
            jdbc.sql("UPDATE stelle SET bezeichnung = bezeichnung || ' neu'").update();
            jdbc.sql("UPDATE freigabe SET gueltig_bis = gueltig_von + interval '1 microsecond' WHERE ziel_id = ?")
                    .param(andere)
                    .update();
        });
        kommt(stadt, umbau);
        assertThat(stand(stadt, umbau)).isEqualTo("ausgefuehrt");
    }

    @Test
    void vor_dem_beschluss_steht_jede_freigabe_da_die_weiter_wird() {
        var stadt = verwaltete();
        als(
                stadt.mandant(),
                () -> jdbc.sql("""
                INSERT INTO freigabe (mandant_id, id, subjekt_art, subjekt_id, ziel_art, ziel_id, recht)
                SELECT ?, gen_random_uuid(), 'einheit', ?, 'sonder', gen_random_uuid(), 1 FROM generate_series(1, 201)""").params(stadt.mandant(), stadt.tiefbau()).update());
        var umbau = entwurf(stadt, heute(), schritt(Schritt.Art.ZUSAMMENLEGEN, stadt.tiefbau(), stadt.ordnung()));
        var alle = vorschau(stadt, umbau).weiterungen().size();
        assertThat(alle).isGreaterThan(200);
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var pfad = "/verwaltung/umbau/" + umbau;
        assertThat(browser.hole(pfad).text().split("data-spalte=\"Was sich ändert\"", -1))
                .hasSize(alle + 1);
        assertThat(browser.hole(pfad).text()).doesNotContain("stehen im Protokoll");
        assertThat(fuehreAus(stadt, umbau).stand()).isEqualTo("ausgefuehrt");
        assertThat(browser.hole(pfad).text()).contains("alle stehen im Protokoll");
    }

    private static Schritt teil(UUID von, UUID nach, List<UUID> positionen, List<UUID> akten) {
        return new Schritt(0, Schritt.Art.TEILEN, von, nach, null, null, List.of(), positionen, akten);
    }

    @Test
    void eine_akte_die_ein_frueherer_schritt_schon_bewegt_hat_findet_die_vorschau_wo_sie_dann_ist() {
        var stadt = verwaltete();
        var akte = List.of(vorgang(stadt, "Kirmes").akteId());
        var position = List.of(eins(stadt, "SELECT planknoten_id FROM akte WHERE id = ?", UUID.class, akte.getFirst()));
        for (var erster : List.of(
                teil(stadt.tiefbau(), stadt.ordnung(), position, List.of()),
                teil(stadt.tiefbau(), stadt.ordnung(), List.of(), akte))) {
            var zweimal = entwurf(stadt, heute(), erster, teil(stadt.tiefbau(), stadt.ordnung(), List.of(), akte));
            assertThat(vorschau(stadt, zweimal).einwand())
                    .startsWith("Schritt 2 (Teilen)")
                    .contains("führt die Einheit FD 66 Tiefbau nicht mehr");
        }
        // There and back again: the preview knows it is there, and so it is.
        var zurueck = entwurf(
                stadt,
                heute(),
                teil(stadt.tiefbau(), stadt.ordnung(), position, akte),
                teil(stadt.ordnung(), stadt.tiefbau(), List.of(), akte));
        var vorher = vorschau(stadt, zurueck);
        assertThat(vorher.einwand()).isNull();
        assertThat(fuehreAus(stadt, zurueck).stand()).isEqualTo("ausgefuehrt");
        assertThat(niederschrift(stadt, zurueck).zuordnungen()).isEqualTo(vorher.zuordnungen());
        assertThat(eins(stadt, "SELECT einheit_id FROM akte", UUID.class)).isEqualTo(stadt.tiefbau());
    }
}
