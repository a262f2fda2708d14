package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two people and one Dokument: a question, the bell, the answer that appears by itself, and a point that is ticked. */
class GespraechBrowserTest extends Browsertest {

    @Autowired
    private Dokumente dokumente;

    @Autowired
    private Dateien dateien;

    @Test
    void zwei_reden_ueber_ein_dokument() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst").id();
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Bescheid".getBytes(StandardCharsets.UTF_8))));
        UUID dokument = als(stadt.mandant(), () -> {
            person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
            return dokumente
                    .lege(
                            stadt.anja(),
                            Kennung.neu(),
                            vorgang,
                            dateien.aufnehmen(bytes, "Bescheid.txt"),
                            Dokumente.Angaben.mitTitel("Bescheid"))
                    .id();
        });
        var anja = anja(stadt);
        var joerg = melde(fenster(), stadt, "joerg.sander");
        joerg.locator("body[data-hoert]").waitFor();

        anja.navigate("/vorgaenge/" + vorgang + "?dokument=" + dokument);
        anja.locator("#kommentar").fill("Stimmt die Gebühr?");
        waehle(anja, "#erwaehnen", "sand", "Jörg Sander");
        anja.locator("button:has-text('Kommentieren')").click();
        assertThat(anja.locator(".fw-beitrag:target")).containsText("Benachrichtigt: Jörg Sander");
        anja.locator("body[data-hoert]").waitFor();

        // The bell says so, and leads to the very Kommentar.
        assertThat(joerg.locator("[data-glocke]")).hasAttribute("aria-label", "Meldungen, 1 ungelesen");
        joerg.locator("[data-glocke]").click();
        joerg.locator("#meldungsliste .fw-zeile a").click();
        assertThat(joerg.locator(".fw-beitrag:target")).containsText("Stimmt die Gebühr?");
        joerg.locator("body[data-hoert]").waitFor();
        joerg.locator("#kommentar").fill("Ja, 40 Euro.");
        joerg.locator("button:has-text('Kommentieren')").click();
        assertThat(joerg.locator(".fw-beitrag")).hasCount(2);
        anja.mouse().move(700, 500);
        assertThat(anja.locator(".fw-beitrag").last()).containsText("Ja, 40 Euro.");

        anja.locator("#merkpunkte summary").click();
        anja.locator("#merk-text").fill("Gebühr anfordern");
        anja.locator("button:has-text('Vormerken')").click();
        assertThat(anja.locator("#merkpunkte")).containsText("0 von 1 erledigt");
        anja.locator("body[data-hoert]").waitFor();
        joerg.locator("body[data-hoert]").waitFor();
        joerg.mouse().move(700, 400);
        joerg.locator("#merkpunkte button[aria-label='Als erledigt abhaken: Gebühr anfordern']")
                .click();
        assertThat(joerg.locator("#merkpunkte")).containsText("erledigt von Jörg Sander");
        anja.mouse().move(600, 500);
        assertThat(anja.locator("#merkpunkte")).containsText("1 von 1 erledigt");
    }
}
