package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A head looks who sees an Akte and changes it; an administrator grants something. By keyboard where a person would. */
class ZugriffBrowserTest extends Browsertest {

    @Test
    void die_leitung_fragt_warum_gibt_auf_zeit_frei_und_unterbricht_die_vererbung() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Lindenstraße 14");
        als(stadt.mandant(), () -> {
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
            person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
        });
        var seite = melde(fenster(), stadt, "karin.ahrens");
        seite.navigate("/akten/" + vorgang.akteId());
        seite.getByText("Wer sieht diese Akte?").click();
        assertThat(seite.locator("h1")).hasText("Wer sieht diese Akte, und warum?");
        assertThat(seite.locator(".fw-objektkopf")).containsText("3 Personen haben Zugriff");

        // Ask for a person, with the keyboard alone.
        seite.locator("#feld-wen").focus();
        waehle(seite, "#feld-wen", "Lüders", "Petra Lüders");
        seite.locator("#feld-wen").press("Enter");
        assertThat(seite.getByLabel("Antwort")).containsText("Petra Lüders sieht diese Akte nicht");
        assertThat(seite.getByLabel("Antwort")).containsText("Keine Freigabe am Aktenplan");
        bild(seite, "zugriff-warum-nicht");

        seite.getByText("Auf Zeit freigeben").click();
        waehle(seite, "#feld-wer", "Lüders", "Petra Lüders");
        seite.locator("#feld-bis").fill(LocalDate.now(Anzeige.ZONE).plusDays(20).toString());
        seite.locator("#feld-grund").fill("Stellungnahme");
        seite.locator("#feld-grund").press("Enter");
        assertThat(seite.locator(".fw-wirkung")).containsText("1 Person sieht oder darf mehr");
        assertThat(seite.locator(".fw-wirkung")).containsText("Petra Lüders");
        bild(seite, "zugriff-vorschau");
        seite.locator("button:has-text('So speichern')").click();
        assertThat(seite.locator(".fw-objektkopf")).containsText("4 Personen haben Zugriff, 1 davon nur auf Zeit");
        bild(seite, "zugriff");
        var petra = melde(fenster(), stadt, "petra.lueders");
        petra.navigate("/akten/" + vorgang.akteId());
        assertThat(petra.locator("h1")).hasText("Lindenstraße 14");

        seite.getByText("Vererbung unterbrechen").click();
        waehle(seite, "#feld-wer1", "Müller", "Anja Müller");
        seite.locator("#feld-recht1").selectOption("bearbeiten");
        seite.locator("#feld-grund").fill("Gesundheitsdaten");
        seite.locator("button:has-text('Wirkung ansehen')").last().click();
        assertThat(seite.locator(".fw-wirkung")).containsText("Jörg Sander");
        assertThat(seite.locator(".fw-wirkung")).containsText("sieht es dann nicht mehr");
        seite.locator("button:has-text('So speichern')").click();
        assertThat(seite.locator(".fw-objektkopf")).containsText("2 Personen haben Zugriff");
        bild(seite, "zugriff-unterbrochen");
        // With the next click, without signing in anew.
        erlaubt(404);
        petra.reload();
        assertThat(petra.locator("h1")).not().hasText("Lindenstraße 14");
    }

    @Test
    void die_verwaltung_gibt_frei_und_sieht_vorher_wen_es_trifft() {
        var stadt = stadt();
        vorgang(stadt, "Lindenstraße 14");
        als(stadt.mandant(), () -> {
            var uwe = person(stadt.mandant(), "uwe.peters", "Uwe", "Peters", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, uwe.person(), Rolle.ADMINISTRATION);
        });
        var seite = melde(fenster(), stadt, "uwe.peters");
        seite.navigate("/verwaltung/rechte");
        seite.locator("a:has-text('Neue Freigabe')").click();
        waehle(seite, "#feld-fuer", "Ordnung", "FD 32 Ordnung");
        waehle(seite, "#feld-auf", "66.20", "66.20 Straßenverwaltung");
        seite.locator("button:has-text('Wirkung ansehen')").last().click();
        assertThat(seite.locator(".fw-wirkung"))
                .containsText("Dort liegt eine Akte. Die Freigabe erreicht zurzeit 2 Personen.");
        bild(seite, "rechte-vorschau");
        seite.locator("button:has-text('So erteilen')").click();
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("wirkt mit dem nächsten Klick");
        bild(seite, "rechte");
        seite.navigate("/personen/" + stadt.petra().person() + "/zugriff");
        seite.locator(".fw-kette summary").first().click();
        assertThat(seite.locator(".fw-kette ol").first()).containsText("FD 32 Ordnung");
        bild(seite, "person-zugriff");
        assertThat(bestandDerFreigaben(stadt)).isEqualTo(1);
    }

    private long bestandDerFreigaben(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM freigabe WHERE mandant_id = ? AND angelegt_von IS NOT NULL")
                        .param(stadt.mandant())
                        .query(Long.class)
                        .single());
    }
}
