package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Portalstadt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Sprache;
import de.federwerk.leistung.Leistungen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A citizen on a phone, by keyboard alone and without script: from her own words to the Vorgang in the Postkorb of the unit. */
class PortalBrowserTest extends Zugaenglichkeitstest {

    @Autowired
    private Portalstadt portalstadt;

    @Autowired
    private Antraege antraege;

    @Autowired
    private Leistungen leistungen;

    @Test
    void auf_dem_telefon_wird_aus_mein_hund_ist_neu_ein_vorgang_im_postkorb() {
        var stadt = stadt();
        als(stadt.mandant(), () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
        var gezeigt = new AtomicReference<String>();
        alsErster(stadt.mandant(), () -> {
            var seite = fenster(
                    new Browser.NewContextOptions().setJavaScriptEnabled(false).setIsMobile(true));
            seite.setViewportSize(390, 844);
            erlaubt(422);
            seite.navigate(portalUrl("/portal"));
            seite.locator("#frage").focus();
            seite.keyboard().type("mein Hund ist neu");
            seite.keyboard().press("Enter");
            tippe(seite, "Hund anmelden");
            assertThat(seite.locator("aside")).containsText("Tiefbau");
            tippe(seite, "Jetzt online beantragen");
            fuelleAus(seite);
            assertThat(seite.locator("h1")).hasText("Bitte prüfen Sie Ihre Angaben");
            assertThat(seite.locator("main")).containsText("Yılmaz");
            assertThat(seite.locator("main")).containsText("Impfpass ä.pdf");
            druecke(seite, "Antrag absenden");
            assertThat(seite.locator("h1")).hasText("Ihr Antrag ist bei uns");
            var code = seite.locator(".pt-code").textContent();
            gezeigt.set(code);
            bis(Duration.ofSeconds(60), "angekommen", () -> {
                seite.reload();
                return seite.locator("main").textContent().contains("Eingegangen bei: Tiefbau");
            });
            seite.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("portal-stand.png")));
            // What she does not know by heart she looks up with the code, in another browser.
            var andere = fenster(new Browser.NewContextOptions().setJavaScriptEnabled(false));
            andere.navigate(portalUrl("/portal/status"));
            andere.locator("input[name=code]").fill(code);
            druecke(andere, "Status zeigen");
            assertThat(andere.locator("main")).containsText("Eingegangen bei: Tiefbau");
        });
        bisGelesen(stadt, 2);
        var anja = anja(stadt);
        assertThat(anja.locator("#postkorb")).containsText("Hund anmelden: Özlem Yılmaz");
        // The form lies beside the task.
        assertThat(anja.locator(".fw-handlung")).containsText("Antrag aus dem Portal");
        anja.locator("[data-betrachter] canvas").first().waitFor();
        anja.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("portal-postkorb.png")));
        anja.navigate("/vorgaenge/"
                + als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT vorgang_id FROM antragsvorgang WHERE mandant_id = ?")
                                .param(stadt.mandant())
                                .query(UUID.class)
                                .single()));
        assertThat(anja.locator("#antrag")).containsText("Alle verlangten Angaben sind da");
        anja.locator("#antrag").scrollIntoViewIfNeeded();
        anja.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("portal-vorgang.png")));
        pruefe(anja, "vorgang-antrag");
        rueckfrage(stadt, anja, gezeigt.get());
        anja.navigate("/suche?q=Yılmaz");
        assertThat(anja.locator("main")).containsText("Hund anmelden");
    }

    /** Anja asks, the citizen answers by keyboard with nothing but her code, Anja sees the answer. */
    private void rueckfrage(Stadt stadt, Page anja, String code) {
        var vorgang = anja.url();
        assertThat(anja.locator("#postfach")).containsText("Eingangsbestätigung");
        anja.locator("#postfach a").last().click();
        pruefe(anja, "vorgang-nachricht");
        anja.locator("[name=betreff]").fill("Impfpass");
        anja.locator("[name=text]").fill("Ist der Impfpass von diesem Jahr?");
        druecke(anja, "Senden");
        assertThat(anja.locator("#postfach")).containsText("noch nicht geöffnet");
        alsErster(stadt.mandant(), () -> {
            var seite = fenster(
                    new Browser.NewContextOptions().setJavaScriptEnabled(false).setIsMobile(true));
            seite.setViewportSize(390, 844);
            seite.navigate(portalUrl("/portal/status"));
            seite.locator("input[name=code]").fill(code);
            druecke(seite, "Status zeigen");
            assertThat(seite.locator("main")).containsText("Rückfrage an Sie");
            tippe(seite, "Impfpass");
            assertThat(seite.locator("h1")).hasText("Impfpass");
            seite.locator("textarea[name=text]").focus();
            seite.keyboard().type("Ja, von Mai.");
            // The field that only machines see is not on the way.
            seite.keyboard().press("Tab");
            assertThat(seite.locator("input[name=dateien]")).isFocused();
            druecke(seite, "Antwort senden");
            assertThat(seite.locator("[role=status]")).containsText("Ihre Antwort ist bei uns");
            seite.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("portal-antwort.png")));
            var mitSkript = fenster();
            mitSkript.navigate(portalUrl("/portal/status"));
            mitSkript.locator("input[name=code]").fill(code);
            druecke(mitSkript, "Status zeigen");
            assertThat(mitSkript.locator(".pt-schritte")).isVisible();
            pruefe(mitSkript, "portal-stand-code");
            tippe(mitSkript, "Impfpass");
            mitSkript.waitForURL(Pattern.compile(".*/nachrichten/.*"));
            pruefe(mitSkript, "portal-nachricht");
        });
        bis(
                Duration.ofSeconds(60),
                "abgelegt",
                () -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM nachricht WHERE mandant_id = ? AND abgelegt IS NOT NULL")
                                        .param(stadt.mandant())
                                        .query(Long.class)
                                        .single()
                                == 1));
        anja.navigate(vorgang);
        assertThat(anja.locator("#postfach")).containsText("Ja, von Mai.");
        pruefe(anja, "vorgang-postfach");
        anja.locator("#postfach").scrollIntoViewIfNeeded();
        anja.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("vorgang-postfach.png")));
        anja.navigate("/postkorb");
        assertThat(anja.locator("#postkorb")).containsText("Antwort: Impfpass");
    }

    private static void tippe(Page seite, String wort) {
        seite.locator("main, aside")
                .getByText(wort, new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                .first()
                .focus();
        seite.keyboard().press("Enter");
    }

    private static void druecke(Page seite, String knopf) {
        seite.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(knopf).setExact(true))
                .focus();
        seite.keyboard().press("Enter");
    }

    private static void fuelleAus(Page seite) {
        seite.locator("[name='name.vor']").fill("Özlem");
        seite.locator("[name='name.nach']").fill("Yılmaz");
        seite.locator("[name='anschrift.strasse']").fill("Gartenweg");
        seite.locator("[name='anschrift.hausnummer']").fill("5");
        seite.locator("[name='anschrift.plz']").fill("12345");
        seite.locator("[name='anschrift.ort']").fill("Musterstadt");
        seite.locator("[name='geburt.tag']").fill("3");
        seite.locator("[name='geburt.monat']").fill("14");
        seite.locator("[name='geburt.jahr']").fill("1990");
        druecke(seite, "Weiter");
        assertThat(seite.locator(".fo-fehlerliste")).containsText("Ein Feld ist noch nicht richtig");
        assertThat(seite.locator("main")).containsText("Den Monat 14 gibt es nicht");
        assertThat(seite.locator("[name='geburt.monat']")).hasValue("14");
        seite.screenshot(new Page.ScreenshotOptions()
                .setPath(BILDER.resolve("portal-fehler.png"))
                .setFullPage(true));
        seite.locator("[name='geburt.monat']").fill("4");
        druecke(seite, "Weiter");
        seite.locator("[name='hund[1].rufname']").fill("Nala");
        seite.locator("[name='hund[1].rasse']").fill("Mischling");
        seite.locator("[name='hund[1].wurf.tag']").fill("3");
        seite.locator("[name='hund[1].wurf.monat']").fill("4");
        seite.locator("[name='hund[1].wurf.jahr']").fill("2025");
        seite.locator("[name='hund[1].haltung.tag']").fill("1");
        seite.locator("[name='hund[1].haltung.monat']").fill("9");
        seite.locator("[name='hund[1].haltung.jahr']").fill("2026");
        seite.locator("[name='hund[1].gefaehrlich'][value=ja]").check();
        druecke(seite, "Weiter");
        // Asked only now: the permit. Not called missing before it could be seen.
        assertThat(seite.locator(".fo-fehlerliste")).hasCount(0);
        seite.locator("[name='hund[1].erlaubnis']")
                .setInputFiles(new FilePayload(
                        "Impfpass ä.pdf", "application/pdf", "%PDF-1.4 klein".getBytes(StandardCharsets.UTF_8)));
        druecke(seite, "Weiter");
        seite.locator("[name='grund'][value=nichts], [name='grund']").first().waitFor();
        if (seite.locator("select[name=grund]").count() > 0)
            seite.locator("select[name=grund]").selectOption("nichts");
        else seite.locator("[name='grund'][value=nichts]").check();
        seite.locator("[name='lastschrift'][value=nein]").check();
        druecke(seite, "Weiter");
        seite.locator("[name='richtig']").check();
        druecke(seite, "Weiter");
    }

    @Test
    void jede_seite_des_portals_ist_zugaenglich_in_jeder_sprache() {
        var stadt = stadt();
        als(stadt.mandant(), () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
        alsErster(stadt.mandant(), () -> {
            var seite = fenster();
            for (var sprache : new String[] {"de", "en", "leicht"}) {
                oeffne(seite, portalUrl("/portal?sprache=" + sprache), "portal-" + sprache);
                assertThat(seite.locator("nav a[aria-current=true]")).hasCount(1);
            }
            seite.navigate(portalUrl("/portal?sprache=de"));
            for (var pfad : new String[] {
                "?q=Hund",
                "?q=Blauwal+tauschen",
                "/leistungen",
                "/leistungen/hund-anmelden",
                "/kontakt",
                "/antraege",
                "/postfach",
                "/status",
                "/impressum",
                "/einbetten/leistungen/hund-anmelden"
            }) {
                oeffne(seite, portalUrl("/portal" + pfad), "portal" + pfad.replaceAll("\\W", "-"));
            }
            seite.navigate(portalUrl("/portal/leistungen/hund-anmelden"));
            seite.getByText("Jetzt online beantragen").click();
            pruefe(seite, "portal-schritt");
            var pfad = seite.url();
            erlaubt(422);
            druecke(seite, "Weiter");
            assertThat(seite.locator(".fo-fehlerliste")).isVisible();
            pruefe(seite, "portal-schritt-fehler");
            // Tab goes through all that can be filled in, in the order of the page; the list of mistakes comes first.
            Tastatur.druecke(seite, "Tab");
            Tastatur.gehe(seite, "Tab", "[name='name.vor']");
            mitKonto(stadt.mandant());
            erlaubt(404);
            oeffne(seite, portalUrl("/portal/gibtsnicht"), "portal-nicht-gefunden");
            assertThat(pfad).matches(Pattern.compile(".*/portal/antraege/[0-9a-f-]{36}/halter"));
        });
        als(
                stadt.mandant(),
                () -> personen.gib(
                        de.federwerk.protokoll.Protokoll.PROGRAMM,
                        stadt.anja().person(),
                        de.federwerk.organisation.Rolle.ADMINISTRATION));
        var anja = anja(stadt);
        oeffne(anja, "/verwaltung/portal", "verwaltung-portal");
        oeffne(anja, "/verwaltung/antraege", "verwaltung-antraege");
        anja.locator("th a").first().click();
        pruefe(anja, "verwaltung-antraege-offen");
        anja.getByText("Felder des Vorgangs und Einsicht").click();
        anja.getByText("Felder aus dem Formular anlegen").click();
        assertThat(anja.locator("main")).containsText("Gespeichert. Es gilt für Anträge");
        pruefe(anja, "verwaltung-antraege-felder");
    }

    /** What was sent can be kept, is offered with the next form, and says at the field where it came from. */
    private void mitKonto(UUID mandant) {
        var geheimnis = "k".repeat(43);
        var sitzung = als(mandant, () -> portalstadt.meldeAn(mandant, "konto@example.org", geheimnis));
        var antrag = Mandantenkontext.<UUID, RuntimeException>alsBuerger(mandant, "", sitzung, () -> {
            var id = antraege.beginne(
                            leistungen.finde("hund-anmelden", Sprache.DE).orElseThrow(), Sprache.DE)
                    .id();
            antraege.schreibe(id, "halter", portalstadt::einHund);
            return antraege.sende(id, null).id();
        });
        var seite = fenster();
        oeffne(seite, portalUrl("/portal/konto/daten"), "portal-konto-ohne");
        seite.context().addCookies(List.of(new Cookie("FEDERWERK_KONTO", geheimnis).setUrl(portalUrl("/portal"))));
        oeffne(seite, portalUrl("/portal/antraege/" + antrag), "portal-stand-konto");
        seite.locator("[name=art][value=name]").check();
        druecke(seite, "Angekreuzte merken");
        assertThat(seite.locator("h1")).hasText("Meine gespeicherten Daten");
        pruefe(seite, "portal-konto-daten");
        oeffne(seite, portalUrl("/portal/konto/einsicht"), "portal-konto-einsicht");
        seite.navigate(portalUrl("/portal/leistungen/hund-anmelden"));
        seite.locator("form[action$='/antrag'] button").first().click();
        assertThat(seite.locator("main")).containsText("Aus Ihrem Konto einsetzen?");
        pruefe(seite, "portal-schritt-bekanntes");
        seite.locator("[name=angabe][value=name]").check();
        druecke(seite, "Angekreuzte einsetzen");
        assertThat(seite.locator(".fo-herkunft")).containsText("Aus Ihrem Konto, gespeichert am");
        assertThat(seite.locator("[name='name.vor']")).hasValue("Özlem");
        seite.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("portal-herkunft.png")));
    }
}
