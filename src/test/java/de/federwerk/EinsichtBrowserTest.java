package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A complaint: somebody has looked into a protected Akte. Datenschutz asks, Personalrat agrees, both see who it was, one of them ends it. */
class EinsichtBrowserTest extends Browsertest {

    @Autowired
    private Index index;

    @Test
    void datenschutz_und_personalrat_sehen_gemeinsam_hinein() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Abmahnung");
        var zeichen = als(stadt.mandant(), () -> {
            personen.ermaechtige(Protokoll.PROGRAMM, stadt.anja().person(), 2);
            int bereich = berechtigungen.schutzbereich(null, stadt.tiefbau(), 2, null);
            jdbc.sql("UPDATE akte SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang.akteId())
                    .update();
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang.id())
                    .update();
            index.vormerkenUndSperren("akte", vorgang.akteId());
            index.vormerkenUndSperren("vorgang", vorgang.id());
            var miriam = person(stadt.mandant(), "miriam.vogt", "Miriam", "Vogt", stadt.ordnung());
            var klaus = person(stadt.mandant(), "klaus.reimer", "Klaus", "Reimer", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, miriam.person(), Rolle.DATENSCHUTZ);
            personen.gib(Protokoll.PROGRAMM, klaus.person(), Rolle.PERSONALRAT);
            return jdbc.sql("SELECT aktenzeichen FROM akte WHERE id = ?")
                    .param(vorgang.akteId())
                    .query(String.class)
                    .single();
        });
        anja(stadt).navigate("/vorgaenge/" + vorgang.id());

        var miriam = melde(fenster(), stadt, "miriam.vogt");
        miriam.locator(".fw-kopf__person").click();
        miriam.locator("a[href='/lesenachweis']").click();
        var heute = LocalDate.now(Anzeige.ZONE).toString();
        miriam.getByLabel("Aktenzeichen der Akte").fill(zeichen);
        miriam.getByLabel("Erster Tag").fill(heute);
        miriam.getByLabel("Letzter Tag").fill(heute);
        miriam.getByLabel("Anlass").fill("Beschwerde vom 3. März: Inhalt der Abmahnung war im Haus bekannt");
        miriam.locator("button:has-text('Beantragen')").click();
        assertThat(miriam.locator("main")).containsText("wartet auf den Personalrat");
        assertThat(miriam.locator("main")).not().containsText("Anja Müller");

        var klaus = melde(fenster(), stadt, "klaus.reimer");
        klaus.navigate("/lesenachweis");
        assertThat(klaus.getByLabel("Anlass")).hasCount(0);
        klaus.locator("main a:has-text('" + zeichen + "')").click();
        klaus.locator("button:has-text('Zustimmen')").click();
        assertThat(klaus.locator("main")).containsText("offen bis");
        assertThat(klaus.locator("main")).containsText("Anja Müller");
        bild(klaus, "einsicht");

        miriam.reload();
        assertThat(miriam.locator("main")).containsText("Anja Müller");
        miriam.locator("button:has-text('Einsicht beenden')").click();
        assertThat(miriam.locator("main")).not().containsText("Anja Müller");
        klaus.reload();
        assertThat(klaus.locator("main")).not().containsText("Anja Müller");
        assertThat(klaus.locator("main")).containsText("beendet");
    }
}
