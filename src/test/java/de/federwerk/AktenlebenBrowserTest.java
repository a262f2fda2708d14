package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Year;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The life of an Akte as two people live it, from the draft to the Akte that is taken up again; and the paper beside it. */
class AktenlebenBrowserTest extends Browsertest {

    @Test
    void eine_akte_vom_entwurf_bis_zur_umprotokollierung_mit_einem_dokument_das_ausgecheckt_war() {
        var stadt = stadt();
        var anja = anja(stadt);
        anja.navigate("/akten/neu");
        waehle(anja, "#feld-plan", "66.20.03", "66.20.03 Sondernutzungen");
        anja.locator("[name=titel]").fill("Marktfest");
        anja.locator("button:has-text('Als Entwurf')").click();
        assertThat(anja.locator(".fw-objektkopf")).containsText("Entwurf");
        anja.locator("button:has-text('Registrieren')").click();
        assertThat(anja.locator(".fw-objektkopf")).containsText(Pattern.compile("66\\.20\\.03-0001/\\d{4}"));
        var akte = anja.url();
        anja.locator("[name=titel]").fill("Genehmigung");
        anja.locator("button:has-text('Vorgang eröffnen')").click();
        anja.waitForURL(Pattern.compile(".*/vorgaenge/.*"));
        var vorgang = anja.url();
        anja.setInputFiles("form:has-text('Hochladen') input[type=file]", brief("Beginn: 1. Mai"));
        anja.locator("button:has-text('Hochladen')").click();
        anja.locator("a[data-zeile]:has-text('Antrag')").click();
        anja.locator("summary:has-text('Auschecken')").click();
        anja.locator("button:has-text('Auschecken')").click();
        assertThat(anja.getByText("Von Ihnen ausgecheckt")
                        .or(anja.locator("button:has-text('Freigeben')"))
                        .first())
                .isVisible();

        var karin = karin(stadt);
        karin.navigate(anja.url());
        erlaubt(409);
        legeZuDenAkten(karin);
        assertThat(karin.getByText("noch ausgecheckt: „Antrag“ von Anja Müller"))
                .isVisible();
        karin.navigate(anja.url());
        karin.locator("summary:has-text('Zurückholen')").click();
        karin.locator("#sperrgrund").fill("Anja ist im Urlaub");
        karin.locator("button:has-text('Sperre aufheben')").click();
        karin.locator("summary:has-text('Neue Version')").click();
        karin.setInputFiles("#version", brief("Beginn: 15. Mai"));
        karin.locator("button:has-text('Als Version 2 ablegen')").click();
        karin.locator("a:has-text('Mit voriger vergleichen')").click();
        // Until both Versions are read the page says so, and asks to come back.
        bis(Duration.ofSeconds(60), "beide Versionen gelesen", () -> {
            karin.reload();
            return karin.locator("main del").count() > 0;
        });
        assertThat(karin.locator("main del")).containsText("1");
        assertThat(karin.locator("main ins")).containsText("15");

        karin.navigate(vorgang);
        legeZuDenAkten(karin);
        assertThat(karin.getByText("Zu den Akten seit")).isVisible();
        karin.navigate(akte);
        legeZuDenAkten(karin);
        assertThat(karin.locator(".fw-objektkopf")).containsText("Zu den Akten");
        karin.locator("summary:has-text('Wieder aufnehmen')").click();
        karin.locator("#wiederaufnahme-grund").fill("Ein Nachtrag kam");
        karin.locator("button:has-text('Wieder aufnehmen')").click();
        assertThat(karin.locator(".fw-objektkopf")).containsText("Offen");

        karin.navigate(akte + "/bearbeiten");
        karin.locator("#feld-plan").fill("");
        waehle(karin, "#feld-plan", "66.20.05", "66.20.05 Werbeanlagen");
        karin.locator("form[action$='/umprotokollierung'] [name=grund]").fill("falsche Position");
        karin.locator("button:has-text('Umprotokollieren')").click();
        assertThat(karin.locator(".fw-objektkopf")).containsText("66.20.05-0001/");
        karin.locator("[name=q]").first().fill("66.20.03-0001/" + Year.now(Anzeige.ZONE));
        karin.keyboard().press("Enter");
        assertThat(karin.locator("main")).containsText("66.20.05-0001/");

        karin.navigate("/handmappen");
        karin.locator("main [name=name]").fill("Ortstermine");
        karin.locator("button:has-text('Anlegen')").click();
        karin.navigate(vorgang);
        karin.locator("summary:has-text('In eine Handmappe')").click();
        karin.locator("button[aria-label*='Vorgang in die Handmappe']").click();
        assertThat(karin.locator("main")).containsText("Genehmigung");
        assertThat(karin.locator("main")).containsText("1 Stück");
    }

    @Test
    void papier_wird_erfasst_ausgeliehen_und_haelt_die_akte_offen_bis_es_zurueck_ist() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Lindenstraße 14");
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), vorgang.id()));
        var karin = karin(stadt);
        var akte = "/akten/" + vorgang.akteId();
        karin.navigate(akte + "/papier");
        karin.getByLabel("Hybridakte").first().check();
        karin.locator("button:has-text('Festlegen')").click();
        karin.navigate(akte + "/papier");
        karin.locator("[name=titel]").fill("Pläne in Rollen");
        karin.locator("[name=standort]").fill("Rathaus, Keller");
        karin.locator("button:has-text('Erfassen')").click();
        assertThat(karin.locator("h1")).containsText("Pläne in Rollen");
        karin.locator("button:has-text('Ausleihen')").click();
        assertThat(karin.locator("main")).containsText("an Karin Ahrens ausgegeben");

        karin.navigate(akte);
        erlaubt(409);
        legeZuDenAkten(karin);
        assertThat(karin.locator("main")).containsText("ausgeliehen");
        assertThat(karin.locator("main")).containsText("Es wurde nichts geändert");

        // The label, scanned at the desk of the registry: the scanner types it and presses Enter. Twice is once.
        for (int i = 0; i < 2; i++) {
            karin.navigate("/papier");
            karin.locator("#feld-code").fill("P-000001");
            karin.keyboard().press("Enter");
            assertThat(karin.locator("h1")).containsText("Pläne in Rollen");
        }
        karin.locator("button:has-text('Ist zurück')").click();
        assertThat(karin.locator("main")).containsText("P-000001 ist zurück");
        bild(karin, "papier-zurueck");
        karin.navigate(akte);
        legeZuDenAkten(karin);
        assertThat(karin.locator(".fw-objektkopf")).containsText("Zu den Akten");
    }

    private static void legeZuDenAkten(Page seite) {
        seite.keyboard().press("z");
        seite.locator("form[action$='/abschluss'] button[type=submit]").first().click();
    }

    private Page karin(Stadt stadt) {
        als(stadt.mandant(), () -> {
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
        });
        return melde(fenster(), stadt, "karin.ahrens");
    }

    private static FilePayload brief(String beginn) {
        return new FilePayload(
                "Antrag.txt",
                "text/plain",
                ("Sehr geehrte Frau Müller,\nbitte ein Gerüst.\n" + beginn + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
