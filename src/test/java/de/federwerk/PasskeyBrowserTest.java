package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Passkeys with the authenticator that Chromium plays itself. */
class PasskeyBrowserTest extends Browsertest {

    private record Schluessel(CDPSession leitung, String kennung) {

        void pruefeNutzer(boolean gelingt) {
            var frage = new JsonObject();
            frage.addProperty("authenticatorId", kennung);
            frage.addProperty("isUserVerified", gelingt);
            leitung.send("WebAuthn.setUserVerified", frage);
        }
    }

    private static Schluessel steckeEin(Page seite) {
        var leitung = seite.context().newCDPSession(seite);
        leitung.send("WebAuthn.enable");
        var art = new JsonObject();
        art.addProperty("protocol", "ctap2");
        art.addProperty("transport", "internal");
        art.addProperty("hasResidentKey", true);
        art.addProperty("hasUserVerification", true);
        art.addProperty("isUserVerified", true);
        art.addProperty("automaticPresenceSimulation", true);
        var frage = new JsonObject();
        frage.add("options", art);
        return new Schluessel(
                leitung,
                leitung.send("WebAuthn.addVirtualAuthenticator", frage)
                        .get("authenticatorId")
                        .getAsString());
    }

    private static void melde(Page seite, String name) {
        seite.navigate("/anmelden");
        seite.getByLabel("Anmeldename").fill(name);
        seite.getByLabel("Passwort").fill(PASSWORT);
        seite.locator("button:has-text('Anmelden')").click();
    }

    private static void meldeAb(Page seite) {
        seite.locator(".fw-kopf__person").click();
        seite.locator("button:has-text('Abmelden')").click();
        seite.waitForURL(Pattern.compile(".*/anmelden\\?abgemeldet"));
    }

    private static void wartePostkorb(Page seite) {
        seite.waitForURL(Pattern.compile(".*/postkorb"));
    }

    private static void drueckeBisPostkorb(Page seite, String knopf) {
        seite.locator("button:has-text('" + knopf + "')").click();
        wartePostkorb(seite);
    }

    @Test
    void ein_passkey_ersetzt_den_code_und_das_passwort_bis_man_ihn_entfernt() {
        var stadt = stadt();
        var name = mitMandant(stadt.mandant(), "anja.mueller");
        var seite = anja(stadt);
        var schluessel = steckeEin(seite);

        seite.navigate("/anmeldung");
        beideBilder(seite, "leer");
        seite.getByText("Passkey hinzufügen").click();
        seite.getByLabel("Name").fill("Diensttelefon <b>");
        beideBilder(seite, "passkey-neu");
        seite.locator("button:has-text('Hinzufügen')").click();
        seite.getByText("Ihre Ersatzcodes").waitFor();
        assertThat(seite.locator(".fw-codes li")).hasCount(10);
        seite.getByText("Ich habe sie verwahrt").click();
        assertThat(seite.getByText("Diensttelefon <b>")).isVisible();
        beideBilder(seite, "meine");

        // The same device is told which one it has.
        seite.getByText("Passkey hinzufügen").click();
        assertThat(seite.locator("form[data-passkey]"))
                .hasAttribute("data-passkey-frage", Pattern.compile(".*\"excludeCredentials\":\\[\\{.*"));

        // After the password.
        meldeAb(seite);
        melde(seite, name);
        seite.waitForURL(Pattern.compile(".*/anmelden/faktor"));
        beideBilder(seite, "faktor");
        drueckeBisPostkorb(seite, "Mit Passkey bestätigen");

        // Instead of it.
        meldeAb(seite);
        seite.getByText("Mit Passkey anmelden").click();
        schluessel.pruefeNutzer(false);
        seite.locator("button:has-text('Passkey verwenden')").click();
        assertThat(seite.locator("[data-passkey-meldung]")).containsText("noch einmal versuchen");
        schluessel.pruefeNutzer(true);
        drueckeBisPostkorb(seite, "Passkey verwenden");
        seite.navigate("/anmeldung");
        assertThat(seite.getByText("heute,").first()).isVisible();

        // What was sent once is good no more, nor is anything made up.
        seite.navigate("/anmelden/passkey");
        for (var antwort : List.of(
                "",
                "{}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"e30\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}",
                "x".repeat(30_000))) {
            var status = seite.evaluate("""
                    async antwort => (await fetch('/anmelden/passkey', {method: 'POST', body: new URLSearchParams({antwort, _csrf: document.querySelector('[name=_csrf]').value})})).text()
                    """, antwort);
            assertThat((String) status).contains("nicht angenommen");
        }

        // Somebody of another town has no use for its id; she removes it, and the device opens nothing any more.
        var id = seite.context().newPage();
        id.navigate("/anmeldung");
        var ziel = id.locator("form[action*='/anmeldung/passkeys/']").getAttribute("action");
        var fremde = new de.federwerk.Browser(url(""));
        fremde.melde(mitMandant(stadt().mandant(), "anja.mueller"), PASSWORT);
        assertThat(fremde.sendeVon("/anmeldung", ziel).status()).isEqualTo(404);
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .sendeVon("/anmeldung", ziel)
                        .status())
                .isEqualTo(404);
        id.locator("button:has-text('Entfernen')").click();
        id.getByText("Noch keiner.").waitFor();
        meldeAb(id);
        id.close();
        seite.navigate("/anmelden/passkey");
        seite.locator("button:has-text('Passkey verwenden')").click();
        seite.getByText("nicht angenommen").waitFor();
        melde(seite, name);
        wartePostkorb(seite);
    }

    @Test
    void die_seiten_der_anmeldung_sehen_so_aus() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var seite = anja(stadt);
        for (var pfad : List.of(
                "/anmeldung/app",
                "/bestaetigen",
                "/verwaltung/anmeldung",
                "/verwaltung/notfallkonto",
                "/verwaltung/personen/" + stadt.anja().person() + "/anmeldung",
                "/anmelden/notfall",
                "/anmelden")) {
            seite.navigate(pfad);
            beideBilder(seite, pfad.replaceAll("[0-9a-f-]{36}", "person").replace('/', '-'));
        }
        assertThat((Boolean) seite.evaluate(
                        "document.images.length === 0 || [...document.images].every(b => b.naturalWidth > 0)"))
                .isTrue();
        seite.navigate("/anmeldung/app");
        seite.waitForFunction("document.querySelector('.fw-quadratcode').naturalWidth > 0");
    }

    private static void beideBilder(Page seite, String name) {
        for (var farbe : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            seite.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(farbe));
            seite.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(BILDER.resolve(
                            "anmeldung" + name + "-" + farbe.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
        }
    }
}
