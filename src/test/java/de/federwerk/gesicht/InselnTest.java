package de.federwerk.gesicht;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.Browserhaus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Browserhaus.class)
class InselnTest {

    private static final String SEITE = """
            <div class="fw-bereiche fw-bereiche--offen">
            <section class="fw-bereich fw-bereich--liste" data-bereich="probe" aria-label="Liste">
              <div class="fw-bereich__kopf"><h1>Postkorb</h1></div>
              <div class="fw-bereich__rumpf"><ul class="fw-liste" data-liste>
                <li class="fw-zeile fw-zeile--gewaehlt fw-zeile--ungelesen"><a data-zeile href="#eins" aria-current="true"><span class="fw-zeile__punkt"></span><span class="fw-zeile__text"><span class="fw-zeile__titel">Eins</span><span class="fw-zeile__zusatz">66.20</span></span></a></li>
                <li class="fw-zeile"><a data-zeile href="#zwei"><span class="fw-zeile__punkt"></span><span class="fw-zeile__text"><span class="fw-zeile__titel">Zwei</span></span><span class="fw-zeile__rechts"><span class="fw-bald">heute</span><span class="fw-ueberfaellig">überfällig</span></span></a></li></ul>
                <ul class="fw-baum" role="tree" aria-label="Plan"><li role="none"><a role="treeitem" href="#a" aria-expanded="true" aria-current="true"><span class="fw-baum__pfeil"></span>Oben</a>
                  <ul role="group"><li role="none"><a role="treeitem" href="#b"><span class="fw-baum__pfeil"></span>Unten</a></li></ul></li></ul>
                <p class="fw-chips"><span class="fw-chip fw-chip--akzent">Neu</span><span class="fw-chip fw-chip--achtung">fehlt</span><span class="fw-chip fw-chip--gefahr">spät</span><span class="fw-chip fw-chip--gut">da</span></p>
              </div></section>
            <section class="fw-bereich" aria-label="Formular"><div class="fw-bereich__kopf"><h1>Eins</h1></div><div class="fw-bereich__rumpf"><form class="fw-formular fw-formular--polster" method="post" action="/gesendet" data-entwurf="probe">
              <div class="kern-form-input"><label class="kern-label" for="plan">Aktenplan</label><div class="fw-auswahl"><input class="kern-form-input__input" id="plan" name="planText" data-auswahl="/wahl?q=" data-auswahl-id="plan"></div></div>
              <div class="kern-form-input"><label class="kern-label" for="text">Vermerk</label><textarea class="kern-form-input__input" id="text" name="text"></textarea></div>
              <button class="fw-knopf fw-knopf--haupt" data-taste="v">Verfügen <kbd class="fw-taste" aria-hidden="true">V</kbd></button></form>
            <form class="fw-ablage" id="ablage" method="post" enctype="multipart/form-data" action="/hochgeladen" data-ablegen=".fw-bereich"><label class="kern-label" for="datei">Dateien</label><input id="datei" type="file" name="datei" multiple><button class="fw-knopf">Ablegen</button></form>
            </div></section></div>""";

    private static Buehne buehne;

    @BeforeAll
    static void auf() throws IOException {
        buehne = new Buehne();
        for (var theme : new String[] {"hell", "dunkel"}) {
            buehne.seite("/" + theme, SEITE, rahmen(theme, true));
        }
        buehne.seite("/ruhig", SEITE, rahmen("", false));
        buehne.seite("/gesendet", "<div class=\"fw-text\"><h1>Danke</h1></div>", rahmen("", true));
        buehne.antworten.put(
                "/wahl",
                Buehne.Antwort.text(
                        200,
                        "application/json",
                        "[{\"id\":\"7\",\"text\":\"66.20.03 Sondernutzungen\",\"zusatz\":\"66 Tiefbau\"},{\"id\":\"8\",\"text\":\"66.20.02 Aufgrabungen\"}]"));
        // No content: the browser stays on the page, as with an answer that takes its time.
        buehne.antworten.put("/bleibt", Buehne.Antwort.text(204, "text/plain", ""));
        buehne.antworten.put(
                "/hochgeladen",
                Buehne.Antwort.text(
                        422,
                        "application/problem+json",
                        "{\"detail\":\"Die Datei ist leer (0 Byte). Es wurde nichts abgelegt.\"}"));
        buehne.antworten.put("/brief.pdf", new Buehne.Antwort(200, "application/pdf", pdf()));
        betrachterseite("/betrachter", "/brief.pdf");
        betrachterseite("/betrachter-ohne", "/fehlt.pdf");
    }

    private static void betrachterseite(String pfad, String pdf) {
        buehne.seite(pfad, """
                <div class="fw-bereiche fw-bereiche--offen"><section class="fw-bereich fw-bereich--vorschau" aria-label="Vorschau"><h1 class="kern-sr-only">Vorschau</h1>
                <div data-betrachter data-pdf="%s" data-titel="Brief" data-suche="Hunde Straßen"><img class="fw-blatt" src="/gesicht/marke.svg" alt="Seite 1"></div></section></div>""".formatted(pdf), rahmen("dunkel", true));
    }

    private static Rahmen rahmen(String theme, boolean tasten) {
        var wer = new Betrachter(
                UUID.fromString("00000000-0000-7000-8000-000000000001"),
                "Anja Müller",
                "Stadt Musterstadt",
                "_csrf",
                "geheim",
                true,
                true,
                tasten,
                theme,
                List.of(),
                0,
                List.of(),
                List.of());
        return new Rahmen(wer, Bereich.POSTKORB, "", Map.of(Bereich.POSTEINGANG, 1208L));
    }

    private static byte[] pdf() throws IOException {
        try (var dokument = new PDDocument();
                var bytes = new ByteArrayOutputStream()) {
            for (var zeile : new String[] {
                "Der Hund und die Hundesteuer in der Bergstrasse", "Zweite Seite", "Dritte Seite ohne Tier"
            }) {
                var blatt = new PDPage();
                dokument.addPage(blatt);
                try (var stift = new PDPageContentStream(dokument, blatt)) {
                    stift.beginText();
                    stift.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
                    stift.newLineAtOffset(60, 700);
                    stift.showText(zeile);
                    stift.endText();
                }
            }
            dokument.save(bytes);
            return bytes.toByteArray();
        }
    }

    @AfterAll
    static void ab() {
        if (buehne != null) buehne.close();
    }

    @AfterEach
    void nichts_geklagt() {
        buehne.raeumeAb();
        assertThat(buehne.klagen.stream().filter(k -> !k.contains("404") && !k.contains("422")))
                .as("Konsole des Browsers")
                .isEmpty();
        buehne.klagen.clear();
        buehne.eingegangen.clear();
    }

    @ParameterizedTest
    @CsvSource({"hell,1440", "dunkel,768", "hell,320"})
    void axe_findet_nichts_und_nichts_ragt_heraus(String theme, int breite) {
        var seite = buehne.oeffne("/" + theme, breite);
        seite.locator(".fw-menue > .fw-kopf__person").click();

        assertThat((int) seite.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
        var funde = new AxeBuilder(seite).analyze().getViolations();
        buehne.klagen.clear(); // axe itself writes inline styles
        assertThat(funde)
                .extracting(f -> f.getId() + ": " + f.getNodes().getFirst().getHtml())
                .isEmpty();
    }

    @Test
    void tasten_blaettern_suchen_und_ruhen_beim_schreiben() {
        var seite = buehne.oeffne("/hell", 1440);
        seite.keyboard().press("j");
        assertThat(seite.locator("a[href='#zwei']")).isFocused();
        seite.keyboard().press("k");
        assertThat(seite.locator("a[href='#eins']")).isFocused();
        seite.keyboard().press("/");
        assertThat(seite.locator("#suchfeld")).isFocused();
        seite.keyboard().type("jk/?v");
        assertThat(seite.locator("#suchfeld")).hasValue("jk/?v");
        seite.keyboard().press("Escape");
        seite.keyboard().press("?");
        assertThat(seite.locator("#tastenhilfe")).isVisible();
        assertThat(seite.locator("[data-tastenliste]")).containsText(Pattern.compile("V\\s*Verfügen"));
        seite.keyboard().press("Escape");
        assertThat(seite.locator("#tastenhilfe")).isHidden();
        seite.keyboard().press("F6");
        seite.keyboard().press("F6");
        assertThat(seite.locator("nav.fw-leiste a[aria-current]")).isFocused();
    }

    @Test
    void abgeschaltete_tasten_schweigen() {
        var seite = buehne.oeffne("/ruhig", 1440);
        seite.keyboard().press("j");
        seite.keyboard().press("/");
        assertThat(seite.locator("#suchfeld")).not().isFocused();
        seite.keyboard().press("Control+k");
        assertThat(seite.locator("#suchfeld")).isFocused();
    }

    @Test
    void der_teiler_geht_mit_pfeilen_und_merkt_sich_die_breite() {
        var seite = buehne.oeffne("/hell", 1440);
        var teiler = seite.getByRole(com.microsoft.playwright.options.AriaRole.SEPARATOR);
        assertThat(teiler).hasAttribute("aria-valuenow", "532");
        teiler.focus();
        seite.keyboard().press("ArrowRight");
        assertThat(teiler).hasAttribute("aria-valuenow", "548");
        seite.reload();
        assertThat(teiler).hasAttribute("aria-valuenow", "548");
        teiler.focus();
        seite.keyboard().press("Home");
        assertThat(teiler).hasAttribute("aria-valuenow", "532");
    }

    @Test
    void die_auswahl_geht_mit_der_tastatur() {
        var seite = buehne.oeffne("/hell", 1440);
        var feld = seite.getByRole(com.microsoft.playwright.options.AriaRole.COMBOBOX);
        feld.focus();
        seite.keyboard().type("sonder");
        assertThat(seite.getByRole(com.microsoft.playwright.options.AriaRole.OPTION))
                .hasCount(2);
        assertThat(seite.locator(".fw-auswahl [role=status]")).hasText("2 Vorschläge");
        seite.keyboard().press("ArrowDown");
        assertThat(feld).hasAttribute("aria-activedescendant", "plan-wahl-0");
        seite.keyboard().press("Enter");
        assertThat(feld).hasValue("66.20.03 Sondernutzungen");
        assertThat(seite.locator("input[name=plan]")).hasValue("7");
        seite.keyboard().type("x");
        assertThat(seite.locator("input[name=plan]")).hasValue("");
    }

    @Test
    void der_baum_geht_mit_pfeilen() {
        var seite = buehne.oeffne("/hell", 1440);
        var oben = seite.locator("[role=treeitem]").first();
        oben.focus();
        seite.keyboard().press("ArrowRight");
        assertThat(seite.locator("[role=treeitem]").last()).isFocused();
        seite.keyboard().press("ArrowLeft");
        seite.keyboard().press("ArrowLeft");
        assertThat(oben).hasAttribute("aria-expanded", "false");
        assertThat(seite.locator("[role=treeitem]").last()).isHidden();
    }

    @Test
    void hochladen_sagt_je_datei_was_geschah() {
        var seite = buehne.oeffne("/hell", 1440);
        seite.locator("#datei").setInputFiles(new FilePayload[] {
            new FilePayload("leer.pdf", "application/pdf", new byte[0]),
            new FilePayload("Straße & Söhne.txt", "text/plain", "Hallo".getBytes(StandardCharsets.UTF_8))
        });
        seite.locator("#ablage button").click();

        assertThat(seite.locator(".fw-ablegen__datei")).hasCount(2);
        assertThat(seite.locator(".fw-ablegen__datei").last()).containsText("Die Datei ist leer");
        assertThat(seite.locator("form#ablage")).not().hasAttribute("aria-busy", "true");
        assertThat(buehne.eingegangen)
                .hasSize(2)
                .allMatch(e -> e.startsWith("geheim "))
                .last()
                .asString()
                .contains("Straße & Söhne.txt", "Hallo");
    }

    @Test
    void wer_beim_hochladen_anderswohin_geleitet_wird_erfaehrt_dass_nichts_abgelegt_ist() {
        var ablehnung = buehne.antworten.get("/hochgeladen");
        try {
            var seite = buehne.oeffne("/hell", 1440);
            buehne.eingegangen.clear();
            for (var fall : new String[][] {
                {"/anmelden?beendet", "Ihre Sitzung ist abgelaufen"},
                {"/passwort", "zuerst in einem neuen Fenster Ihr Passwort"},
                {"/hell", "anders geantwortet als erwartet"}
            }) {
                var ziel = fall[0].replaceFirst("[?].*", "");
                buehne.antworten.putIfAbsent(ziel, Buehne.Antwort.text(200, "text/html", "<h1>Eine andere Seite</h1>"));
                buehne.antworten.put("/hochgeladen", Buehne.Antwort.text(302, "text/html", fall[0]));
                seite.locator("#datei")
                        .setInputFiles(
                                new FilePayload("brief.txt", "text/plain", "Hallo".getBytes(StandardCharsets.UTF_8)));
                seite.locator("#ablage button").click();
                assertThat(seite.locator(".fw-ablegen__datei")).containsText(fall[1]);
                assertThat(seite.locator(".fw-ablegen__datei")).containsText("nicht abgelegt");
                assertThat(seite.locator("form#ablage")).not().hasAttribute("aria-busy", "true");
            }
            assertThat(buehne.eingegangen)
                    .hasSize(3)
                    .allMatch(
                            e -> e.matches(
                                    "(?s).*name=\"stapel\"\\s+[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\s.*"));
        } finally {
            buehne.antworten.put("/hochgeladen", ablehnung);
        }
    }

    @Test
    void ein_entwurf_ueberlebt_das_neuladen_und_geht_mit_dem_absenden() {
        var seite = buehne.oeffne("/hell", 1440);
        seite.locator("#text").fill("Ortstermin am Dienstag");
        // There is no house behind this stage that could keep it as well.
        assertThat(seite.locator(".fw-entwurf")).containsText("Entwurf nur in diesem Reiter gespeichert");
        seite.reload();
        assertThat(seite.locator("#text")).hasValue("Ortstermin am Dienstag");
        assertThat(seite.locator(".fw-entwurf"))
                .containsText(Pattern.compile("Entwurf wiederhergestellt, \\d\\d:\\d\\d Uhr"));
        sendeAb(seite);
        seite.navigate(buehne.url("/hell"));
        assertThat(seite.locator("#text")).hasValue("");
    }

    @Test
    void doppelt_gedrueckt_kommt_einmal_an() {
        var seite = buehne.oeffne("/hell", 1440);
        seite.evaluate(
                "() => { const k = document.querySelector('.fw-knopf--haupt'); k.form.action = '/bleibt'; k.click(); k.click(); }");
        assertThat(seite.locator(".fw-knopf--haupt")).hasText("Wird gesendet …");
        seite.locator("#text").press("Tab");
        seite.keyboard().press("Enter");
        seite.waitForCondition(() -> !buehne.eingegangen.isEmpty());
        assertThat(buehne.eingegangen).hasSize(1);
    }

    private static void sendeAb(Page seite) {
        seite.locator(".fw-knopf--haupt").click();
        assertThat(seite.locator("h1")).hasText("Danke");
    }

    @Test
    void der_betrachter_zeigt_seiten_und_treffer() {
        var seite = buehne.oeffne("/betrachter", 1440);
        assertThat(seite.locator("[data-seite='1'] mark").first()).isAttached();
        assertThat(seite.locator("mark").allTextContents()).containsExactly("Hund", "Hund", "strasse");
        assertThat(seite.locator(".fw-betrachter__suche [role=status]")).hasText("3 Treffer");
        assertThat(seite.locator("img.fw-blatt")).hasCount(0);
        assertThat(seite.locator(".fw-betrachter__seite")).hasCount(3);
        double breite = breite(seite.locator("[data-seite='1']"));
        seite.getByLabel("Größer", new Page.GetByLabelOptions().setExact(true)).click();
        assertThat(breite(seite.locator("[data-seite='1']"))).isGreaterThan(breite);
        seite.getByLabel("Nächste Seite").click();
        assertThat(seite.getByLabel("Seite von 3")).hasValue("2");
        seite.getByLabel("Nächster Treffer").click();
        assertThat(seite.locator("mark.fw-jetzt")).hasText("Hund");
        assertThat((String) seite.evaluate("getComputedStyle(document.querySelector('.fw-betrachter__seite')).filter"))
                .isEqualTo("brightness(0.88)");
        var funde = new AxeBuilder(seite).analyze().getViolations();
        buehne.klagen.clear();
        assertThat(funde)
                .extracting(f -> f.getId() + ": " + f.getNodes().getFirst().getHtml())
                .isEmpty();
    }

    private static double breite(Locator ort) {
        return ort.boundingBox().width;
    }

    @Test
    void ohne_pdf_bleiben_die_bilder_der_seiten() {
        var seite = buehne.oeffne("/betrachter-ohne", 1440);
        assertThat(seite.locator("[data-betrachter] [role=status]"))
                .hasText("Die Vorschau ließ sich nicht laden. Sie sehen Bilder der Seiten.");
        assertThat(seite.locator("img.fw-blatt")).isVisible();
    }
}
