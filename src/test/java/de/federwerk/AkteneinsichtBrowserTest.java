package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.datei.Muster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** A lawyer asks for the Akte: chosen, one piece withheld, made, fetched, read. */
class AkteneinsichtBrowserTest extends Browsertest {

    @Test
    void die_akte_geht_an_die_rechtsanwaeltin() throws IOException {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst Lindenstraße");
        var bescheid = eingang(stadt, "Bescheid.pdf", Muster.textPdf("Der Bescheid", "Seite zwei"));
        var notiz = eingang(stadt, "Notiz.pdf", Muster.textPdf("Interne Notiz"));
        bisGelesen(stadt, 2);
        UUID zurueck = als(stadt.mandant(), () -> {
            eingaenge.lege(stadt.anja(), bescheid, vorgang.id(), null, "Bescheid");
            eingaenge.lege(stadt.anja(), notiz, vorgang.id(), null, "Notiz");
            return jdbc.sql("SELECT dokument_id FROM eingang WHERE id = ?")
                    .param(notiz)
                    .query(UUID.class)
                    .single();
        });

        var seite = anja(stadt);
        seite.navigate("/akten/" + vorgang.akteId());
        seite.locator(".fw-chips a:has-text('Akteneinsicht')").click();
        seite.getByLabel("Wer erhält Einsicht?").fill("Rechtsanwältin Özdemir");
        seite.getByText("Weiter zur Auswahl der Dokumente").click();
        seite.locator("select[name='wie-" + zurueck + "']").selectOption("zurueckgehalten");
        seite.locator("input[name='grund-" + zurueck + "']").fill("§ 29 Abs. 1 Satz 2 VwVfG");
        seite.getByText("Auswahl speichern").click();
        assertThat(seite.getByText("1 vorgelegt, 1 zurückgehalten")).isVisible();
        bild(seite, "akteneinsicht-auswahl");
        seite.getByText("Paket erstellen").click();
        bis(Duration.ofSeconds(90), "fertig", () -> {
            seite.reload();
            return seite.getByText("Herunterladen").count() > 0;
        });
        bild(seite, "akteneinsicht-fertig");
        var paket = seite.waitForDownload(() -> seite.getByText("Herunterladen").click());
        assertThat(paket.suggestedFilename())
                .startsWith("Akteneinsicht 66.20.03-")
                .endsWith(".pdf");
        try (var pdf = Loader.loadPDF(Files.readAllBytes(paket.path()))) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Rechtsanwältin Özdemir", "Der Bescheid", "§ 29 Abs. 1 Satz 2 VwVfG", "Blatt 1 von")
                    .doesNotContain("Interne Notiz");
        }
    }
}
