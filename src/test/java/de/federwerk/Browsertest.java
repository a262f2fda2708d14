package de.federwerk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A test through the real pages in a real browser. Whatever the browser complains about – errors in scripts, breaches of the
 * Content-Security-Policy, requests that fail – fails the test, unless {@link #erlaubt} says that it belongs to the case.
 */
@ExtendWith(Browserhaus.class)
abstract class Browsertest extends Teststadt {

    /** Pictures of the main pages, for people to look at. */
    protected static final Path BILDER = Path.of("target/bilder");

    protected static final boolean MIT_BILDERN = System.getProperty("federwerk.bilder") != null;

    @Autowired
    protected Eingaenge eingaenge;

    @Autowired
    protected Blobs blobs;

    private final List<BrowserContext> fenster = new ArrayList<>();
    private final List<String> klagen = new CopyOnWriteArrayList<>();
    private final Set<Integer> erlaubt = new HashSet<>();

    /** A browser of its own, as on another desk: no cookies, no storage. */
    protected Page fenster() {
        return fenster(new Browser.NewContextOptions());
    }

    protected Page fenster(Browser.NewContextOptions wie) {
        var neues = Browserhaus.browser.newContext(wie.setBaseURL(url(""))
                .setLocale("de-DE")
                .setTimezoneId("Europe/Berlin")
                .setViewportSize(1440, 900));
        neues.setDefaultTimeout(15_000);
        neues.onConsoleMessage(m -> {
            if (m.type().equals("error")
                            && erlaubt.stream().noneMatch(s -> m.text().contains("status of " + s))
                    || m.text().startsWith("Vorschau:")) {
                klagen.add("Konsole: " + m.text() + " auf " + m.page().url());
            }
        });
        neues.onWebError(
                e -> klagen.add("Skript: " + e.error() + " auf " + e.page().url()));
        neues.onResponse(a -> {
            if (a.status() >= 400 && !erlaubt.contains(a.status())) {
                klagen.add(a.status() + " " + a.url());
            }
        });
        neues.onRequestFailed(a -> {
            // Aborted: the page was left while a preview was loading, or the answer was a download.
            if (!"net::ERR_ABORTED".equals(a.failure())) {
                klagen.add(a.failure() + " " + a.url());
            }
        });
        fenster.add(neues);
        return neues.newPage();
    }

    /** From here on an answer with this status belongs to the case. */
    protected void erlaubt(int status) {
        erlaubt.add(status);
    }

    @AfterEach
    void ohneKlagen() {
        fenster.forEach(BrowserContext::close);
        assertThat(klagen).as("worüber der Browser klagt").isEmpty();
    }

    /** Signs in as {@code anmeldename} and ends in the Postkorb. */
    protected Page melde(Page seite, Stadt stadt, String anmeldename) {
        seite.navigate("/");
        seite.getByLabel("Anmeldename").fill(anmeldename + "@" + kuerzel(stadt));
        seite.getByLabel("Passwort").fill(PASSWORT);
        seite.locator("button:has-text('Anmelden')").click();
        seite.waitForURL(Pattern.compile(".*/postkorb"));
        return seite;
    }

    /** Signed in as Anja of tiefbau. */
    protected Page anja(Stadt stadt) {
        return melde(fenster(), stadt, "anja.mueller");
    }

    protected String kuerzel(Stadt stadt) {
        return jdbc.sql("SELECT kuerzel FROM mandant WHERE id = ?")
                .param(stadt.mandant())
                .query(String.class)
                .single();
    }

    /** Enters a file at the town's Poststelle without the detour of the watched folder. */
    protected UUID eingang(Stadt stadt, String dateiname, byte[] bytes) {
        return Mandantenkontext.als(stadt.mandant(), () -> {
            var id = Kennung.neu();
            eingaenge.trageEin(
                    id,
                    "upload",
                    blobs.schreibe(new ByteArrayInputStream(bytes)),
                    dateiname,
                    stadt.tiefbau(),
                    Instant.now(),
                    Protokoll.PROGRAMM);
            return id;
        });
    }

    /** Anja's page with the Akten under one position, more than it holds: {@code Akte 60} to {@code Akte 1}, the newest first. */
    protected Page langeListe() {
        var stadt = stadt();
        var position = als(stadt.mandant(), () -> {
            var knoten = plan.gemeint("66.20.03").orElseThrow().id();
            for (int i = 1; i <= 60; i++) {
                akten.legeAn(stadt.anja(), Kennung.neu(), knoten, stadt.tiefbau(), "Akte " + i);
            }
            return knoten;
        });
        var seite = anja(stadt);
        seite.navigate("/akten?knoten=" + position);
        return seite;
    }

    /** Until {@code anzahl} files of the town (parts of mails too) have been read, whether well or not. */
    protected void bisGelesen(Stadt stadt, int anzahl) {
        bis(
                Duration.ofSeconds(60),
                "gelesen sind " + anzahl + " Dateien",
                () -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM datei WHERE mandant_id = ? AND stand <> 'neu'")
                                        .param(stadt.mandant())
                                        .query(Integer.class)
                                        .single()
                                >= anzahl));
    }

    /** Polls until it holds. */
    protected static void bis(Duration hoechstens, String was, BooleanSupplier gilt) {
        await(was)
                .pollInSameThread()
                .atMost(hoechstens)
                .pollInterval(Duration.ofMillis(100))
                .until(gilt::getAsBoolean);
    }

    /** Types into a field with choices and takes the entry that contains {@code eintrag}. */
    protected static void waehle(Page seite, String feld, String getippt, String eintrag) {
        seite.locator(feld).pressSequentially(getippt);
        seite.locator(feld + "-liste [role=option]")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(eintrag))
                .click();
        assertThat(seite.locator(feld).inputValue()).contains(eintrag);
    }

    /**
     * A picture of the page in light, dark and on a small screen; leaves it light and large. Looking costs nothing, drawing does: only for
     * a person who wants the pictures (-Dfederwerk.bilder).
     */
    protected static void bild(Page seite, String name) {
        // Whoever acts before a page is there may lose what it is still asking for.
        if (seite.locator("[data-betrachter]").count() > 0) {
            seite.locator("[data-betrachter] canvas").first().waitFor();
        }
        if (MIT_BILDERN) {
            for (var farbe : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                seite.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(farbe));
                seite.screenshot(new Page.ScreenshotOptions()
                        .setPath(BILDER.resolve(name + (farbe == ColorScheme.DARK ? "-dunkel.png" : ".png"))));
            }
            seite.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        } else if (seite.locator(".fw-betrachter__seite").count() == 0) {
            return;
        }
        seite.setViewportSize(320, 640);
        seite.waitForFunction(
                "() => { const s = document.querySelector('.fw-betrachter__seite'); return !s || s.offsetWidth <= s.parentElement.clientWidth; }");
        if (MIT_BILDERN) {
            seite.screenshot(new Page.ScreenshotOptions()
                    .setPath(BILDER.resolve(name + "-320.png"))
                    .setFullPage(true));
        }
        seite.setViewportSize(1440, 900);
    }
}
