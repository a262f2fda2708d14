package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.datei.Muster;
import de.federwerk.organisation.Mandanten;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Federwerk is for, from the file in the folder to the closed Vorgang, as a clerk does it. */
class GeschichteBrowserTest extends Browsertest {

    private static final String NICHT_GEFUNDEN = "Nicht gefunden oder nicht für Sie freigegeben";

    @Autowired
    private Mandanten mandanten;

    @Test
    void ein_eingang_wird_dokument_wird_gefunden_und_der_vorgang_geht_zu_den_akten() throws IOException {
        var stadt = stadt();
        var seite = anja(stadt);
        assertThat(seite.locator("h1")).hasText("Postkorb");
        assertThat(seite.getByText("Ihr Postkorb ist leer")).isVisible();

        // Post falls into the watched folder, as a scanner or a mail gateway puts it there.
        wirfEin(
                stadt,
                "Widerspruch Scan.pdf",
                Briefe.gescannt(
                        "Widerspruch",
                        "",
                        "Sehr geehrte Damen und Herren,",
                        "",
                        "gegen den Hundesteuerbescheid vom 3. März lege ich Widerspruch ein.",
                        "Das Futter des Hundes war teuer, und der Leinenzwang gilt nicht für Dackel.",
                        "",
                        "Erika Beispiel",
                        "Goethestraße 12"));
        wirfEin(
                stadt,
                "Rechnung.tif",
                Muster.tiff(
                        Muster.blatt(BufferedImage.TYPE_BYTE_BINARY, "Rechnung Seite eins", "Laternenmasten"),
                        Muster.blatt(BufferedImage.TYPE_BYTE_BINARY, "Seite zwei", "Gehwegplatten")));
        wirfEin(
                stadt,
                "Foto.jpg",
                Muster.jpeg(Muster.blatt(BufferedImage.TYPE_INT_RGB, "Schlagloch in der Bergstraße")));
        wirfEin(stadt, "Bescheid.pdf", Muster.textPdf("Der Bescheid liegt bei."));
        wirfEin(stadt, "Stellungnahme.docx", Muster.docx("Stellungnahme zur Verkehrsberuhigung"));
        wirfEin(stadt, "Anfrage.eml", Briefe.mail());
        Files.write(ordner(stadt).resolve("halb.pdf.part"), new byte[] {1});
        bisGelesen(stadt, 8);
        assertThat(ordner(stadt).resolve("halb.pdf.part")).exists();
        assertThat(ordner(stadt).resolve("Foto.jpg")).doesNotExist();

        seite.navigate("/postkorb");
        assertThat(seite.locator(".fw-bereich--liste .fw-zeile")).hasCount(6);
        assertThat(zeile(seite, "Bänke in der Grünanlage")).isVisible();

        // Three panes: list, data, preview; the page is really drawn.
        zeile(seite, "Widerspruch Scan.pdf").click();
        assertThat(seite.locator(".fw-objektkopf h2")).hasText("Widerspruch Scan.pdf");
        gezeichnet(seite);
        bild(seite, "postkorb");
        seite.getByText("Öffnen und ablegen").click();
        assertThat(seite.locator(".fw-bereich")).hasCount(3);
        assertThat(seite.locator(".fw-objektkopf h2")).hasText("Widerspruch Scan.pdf");
        assertThat(seite.locator(".fw-daten")).containsText("PDF");
        assertThat(seite.locator(".fw-objektkopf__ort")).containsText("Ordner");
        gezeichnet(seite);
        assertThat(seite.locator(".fw-betrachter [title='Voriger Treffer']")).isHidden();
        bild(seite, "eingang");

        // Filing makes Akte and Vorgang in one go, the position found by typing.
        seite.getByText("In eine neue Akte mit neuem Vorgang").click();
        waehle(seite, "#feld-planText", "sondernutz", "66.20.03 Sondernutzungen");
        seite.getByLabel("Titel der Akte").fill("Hunde in der Goethestraße");
        seite.getByLabel("Titel des Dokuments").fill("Schreiben Frau Beispiel");
        seite.getByLabel("Dokumentart").fill("Widerspruch");
        ablegen(seite);
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("Abgelegt");
        var vorgang = seite.locator(".fw-hinweis--erfolg a").getAttribute("href");

        // A word that stands only inside the scan, within two seconds of the filing.
        var suchzeit = System.nanoTime();
        do {
            suche(seite, "Leinenzwang");
        } while (seite.locator(".fw-treffer:has-text('Schreiben Frau Beispiel')")
                                .count()
                        == 0
                && System.nanoTime() - suchzeit < 2_000_000_000L);
        var treffer = seite.locator(".fw-treffer").filter(mit("Schreiben Frau Beispiel"));
        assertThat(treffer).hasCount(1);
        assertThat(treffer.locator("mark").first()).hasText("Leinenzwang");
        findet(seite, "Hunde", "Schreiben Frau Beispiel", "Hundes");
        findet(seite, "Goethestrasse", "Schreiben Frau Beispiel", "Goethestraße");
        findet(seite, "Steuerbescheid", "Schreiben Frau Beispiel", "Hundesteuerbescheid");
        assertThat(seite.locator(".fw-treffer").filter(mit("Bescheid.pdf"))).hasCount(0);
        bild(seite, "suche");
        findet(seite, "Grünanlage", "Bänke in der Grünanlage", "Grünanlage");
        findet(seite, "Rosenlaube", "", "Rosenlaube");

        // The hit leads to the page, and the word is marked there too.
        suche(seite, "Bescheid");
        seite.locator(".fw-treffer a").filter(mit("Bescheid.pdf")).first().click();
        gezeichnet(seite);
        assertThat(seite.locator(".textLayer mark").first()).hasText("Bescheid");

        // Mail body and attachments arrive as Dokumente that belong together.
        seite.navigate("/posteingang");
        zeile(seite, "Bänke in der Grünanlage").click();
        assertThat(seite.locator(".fw-abschnitt:has-text('Bestandteile') .fw-zeile"))
                .hasCount(3);
        zeile(seite, "Lageplan.pdf").click();
        gezeichnet(seite);
        waehle(seite, "#feld-vorgang", "hunde", "Hunde in der Goethestraße");
        ablegen(seite);
        seite.navigate(vorgang);
        assertThat(seite.locator(".fw-bereich--baum .fw-zeile")).hasCount(4);
        assertThat(seite.locator(".fw-bereich--baum .fw-zeile--anlage")).hasCount(2);
        zeile(seite, "Lageplan").click();
        assertThat(seite.locator(".fw-daten")).containsText("(Anlage)");
        gezeichnet(seite);

        // Vermerk, drag and drop.
        seite.locator("#vermerk").fill("Frau Beispiel angerufen:\nsie schickt Fotos.");
        seite.getByText("Vermerken").click();
        assertThat(seite.locator(".fw-vermerk")).containsText("sie schickt Fotos.");
        lasseFallen(seite, "Gezogen.txt", "Quittungsblock");
        assertThat(zeile(seite, "Gezogen")).isVisible();
        bisGelesen(stadt, 9);
        seite.navigate(vorgang);
        gezeichnet(seite);
        bild(seite, "vorgang");

        // To the files. Afterwards nothing changes any more.
        seite.locator("summary[data-taste=z]").click();
        seite.getByText("Zu den Akten legen").click();
        assertThat(seite.locator(".fw-chip--gut")).containsText("Zu den Akten");
        assertThat(seite.locator("#vermerk, #hochladen")).hasCount(0);
        seite.getByText("Ganzes Protokoll").click();
        var protokoll = seite.locator(".fw-tabelle tbody");
        for (var was : new String[] {
            "hat die Akte angelegt",
            "hat den Vorgang eröffnet",
            "hat ein Dokument abgelegt",
            "hat vermerkt: Frau Beispiel angerufen",
            "hat den Vorgang zu den Akten gelegt"
        }) {
            assertThat(protokoll
                            .locator("tr")
                            .filter(mit(was))
                            .filter(mit("Anja Müller"))
                            .first())
                    .containsText(Pattern.compile("\\d{2}\\.\\d{2}\\.\\d{4}"));
        }
        var akte = seite.url().replaceFirst(".*(/akten/[0-9a-f-]+)/.*", "$1");
        seite.navigate(akte);
        bild(seite, "akte");

        // Nobody else: not the hit, not the count, not the address.
        seite.navigate(vorgang);
        var dokument = "/dokumente/"
                + zeile(seite, "Schreiben Frau Beispiel").getAttribute("href").replaceFirst(".*dokument=", "");
        var eingang = als(
                stadt.mandant(),
                () -> "/posteingang/"
                        + jdbc.sql("SELECT id FROM eingang WHERE mandant_id = ? AND status = 'offen' LIMIT 1")
                                .param(stadt.mandant())
                                .query(String.class)
                                .single());
        var fremde = stadt();
        erlaubt(404);
        for (var fremd :
                new Page[] {melde(fenster(), stadt, "petra.lueders"), melde(fenster(), fremde, "anja.mueller")}) {
            assertThat(fremd.getByText("Ihr Postkorb ist leer")).isVisible();
            for (var wort : new String[] {"Leinenzwang", "Goethestraße", "Bescheid", "Laternenmasten"}) {
                suche(fremd, wort);
                assertThat(fremd.locator("h1")).hasText("0 Treffer");
                assertThat(fremd.locator(".fw-facette .fw-zahl")).hasCount(0);
            }
            for (var adresse : new String[] {
                vorgang,
                akte,
                akte + "/protokoll",
                dokument,
                dokument + "/inhalt",
                dokument + "/vorschau",
                dokument + "/seiten/1",
                eingang
            }) {
                var antwort = fremd.navigate(adresse);
                assertThat(antwort.status()).as(adresse).isEqualTo(404);
                assertThat(fremd.locator("h1")).hasText(NICHT_GEFUNDEN);
            }
            fremd.navigate("/posteingang?status=alle");
            assertThat(fremd.locator(".fw-bereich--liste .fw-bereich__kopf .fw-zahl"))
                    .hasText("0 gesamt");
            fremd.navigate("/akten");
            assertThat(fremd.locator(".fw-baum__rechts")).hasCount(0);
        }
    }

    @Test
    void es_geht_ohne_javascript() {
        var stadt = stadt();
        eingang(stadt, "Antrag.txt", "Antrag auf Sondernutzung".getBytes(StandardCharsets.UTF_8));
        var vorgang = vorgang(stadt, "Baugerüst");
        bisGelesen(stadt, 1);
        var seite = melde(fenster(new Browser.NewContextOptions().setJavaScriptEnabled(false)), stadt, "anja.mueller");
        seite.getByText("Öffnen und ablegen").click();
        seite.locator("#feld-vorgang").fill(vorgang.aktenzeichen());
        seite.getByText("Ablegen", new Page.GetByTextOptions().setExact(true))
                .and(seite.locator("button"))
                .click();
        assertThat(seite.locator("h1")).hasText("Baugerüst");
        assertThat(zeile(seite, "Antrag")).isVisible();

        seite.locator("#datei")
                .setInputFiles(new FilePayload[] {text("Über Straße 1.txt", "erstes"), text("zwei.txt", "zweites")});
        seite.getByText("Hochladen").click();
        assertThat(seite.locator(".fw-bereich--baum .fw-zeile")).hasCount(3);
        assertThat(zeile(seite, "Über Straße 1")).isVisible();
        seite.locator("#vermerk").fill("Ohne Skript geschrieben");
        seite.getByText("Vermerken").click();
        assertThat(seite.locator(".fw-vermerk")).containsText("Ohne Skript geschrieben");
        seite.locator("summary[data-taste=z]").click();
        seite.getByText("Zu den Akten legen").click();
        assertThat(seite.locator(".fw-chip--gut")).containsText("Zu den Akten");
    }

    @Test
    void zweimal_gedrueckt_ist_einmal_getan() {
        var stadt = stadt();
        eingang(stadt, "Antrag.txt", "Antrag auf Sondernutzung".getBytes(StandardCharsets.UTF_8));
        bisGelesen(stadt, 1);
        var seite = anja(stadt);
        seite.getByText("Öffnen und ablegen").click();
        seite.getByText("In eine neue Akte mit neuem Vorgang").click();
        waehle(seite, "#feld-planText", "66.20.03", "66.20.03 Sondernutzungen");
        seite.getByLabel("Titel der Akte").fill("Baugerüst");
        ablegeknopf(seite).dblclick();
        assertThat(seite.locator("h1")).hasText("Baugerüst");
        assertThat(seite.locator(".fw-bereich--baum .fw-zeile")).hasCount(1);

        seite.locator("#vermerk").fill("Nur einmal");
        seite.getByText("Vermerken").dblclick();
        assertThat(seite.locator(".fw-vermerk")).hasCount(1);

        // And where the browser does not hold back: the server does.
        seite.locator("#vermerk").fill("Auch nur einmal");
        seite.evaluate("""
                async () => {
                  const form = document.querySelector('.fw-vermerkfeld');
                  const sende = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
                  await Promise.all([sende(), sende(), sende()]);
                }""");
        seite.reload();
        assertThat(seite.locator(".fw-vermerk")).hasCount(2);
        assertThat(anzahl(stadt, "akte")).isEqualTo(1);
        assertThat(anzahl(stadt, "vorgang")).isEqualTo(1);
        assertThat(anzahl(stadt, "dokument")).isEqualTo(1);
    }

    @Test
    void zwei_legen_denselben_eingang_ab_und_der_zweite_erfaehrt_von_wem() {
        var stadt = stadt();
        eingang(stadt, "Antrag.txt", "Antrag auf Sondernutzung".getBytes(StandardCharsets.UTF_8));
        var vorgang = vorgang(stadt, "Baugerüst");
        bisGelesen(stadt, 1);
        als(stadt.mandant(), () -> person(stadt.mandant(), "ole.petersen", "Ole", "Petersen", stadt.tiefbau()));
        var anja = anja(stadt);
        var ole = melde(fenster(), stadt, "ole.petersen");
        anja.getByText("Öffnen und ablegen").click();
        ole.getByText("Öffnen und ablegen").click();
        waehle(anja, "#feld-vorgang", "baugerüst", vorgang.aktenzeichen());
        ole.getByText("In eine neue Akte mit neuem Vorgang").click();
        waehle(ole, "#feld-planText", "66.20.05", "66.20.05 Werbeanlagen");
        ole.getByLabel("Titel der Akte").fill("Doppelt gedacht");
        ablegeknopf(anja).click();
        assertThat(anja.locator("h1")).hasText("Baugerüst");
        erlaubt(409);
        ablegeknopf(ole).click();
        assertThat(ole.locator(".fw-hinweis--fehler"))
                .containsText(Pattern.compile("wurde schon abgelegt: von Anja Müller am .* es ist nichts doppelt"));
        assertThat(ole.locator(".fw-hinweis--fehler")).not().containsText("Noch nicht abgelegt");
        assertThat(ole.locator(".fw-daten")).containsText(vorgang.aktenzeichen());
        assertThat(anzahl(stadt, "akte")).isEqualTo(1);
        assertThat(anzahl(stadt, "dokument")).isEqualTo(1);
    }

    @Test
    void ist_die_sitzung_weg_bleibt_das_getippte() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var seite = anja(stadt);
        seite.navigate("/vorgaenge/" + vorgang.id());
        seite.locator("#vermerk").fill("Langes Telefonat, das niemand zweimal aufschreibt");
        // As after two hours: the browser still sends its cookie, the house no longer knows it.
        var vergessen =
                Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        seite.context().addCookies(List.of(new Cookie("FEDERWERK", vergessen).setUrl(url("/"))));
        seite.getByText("Vermerken").click();
        assertThat(seite.locator(".fw-hinweis--warnung")).containsText("aufbewahrt");
        seite.getByLabel("Anmeldename").fill("anja.mueller@" + kuerzel(stadt));
        seite.getByLabel("Passwort").fill(PASSWORT);
        seite.locator("button:has-text('Anmelden')").click();
        assertThat(seite.locator(".fw-daten")).containsText("Langes Telefonat");
        seite.getByText("Jetzt absenden").click();
        assertThat(seite.locator(".fw-vermerk")).containsText("das niemand zweimal aufschreibt");
    }

    @Test
    void nach_der_anmeldung_kommt_die_gewuenschte_seite_und_keines_ihrer_bilder() {
        var stadt = stadt();
        var vorgang = "/vorgaenge/" + vorgang(stadt, "Baugerüst").id();
        var seite = fenster();
        seite.navigate(vorgang);
        assertThat(seite.getByLabel("Anmeldename")).isVisible();
        seite.evaluate(
                "() => Promise.all([1, 2, 3, 4, 5, 6].map(n => fetch('/dokumente/0/seiten/' + n, {headers: {Accept: 'image/*'}})))");
        seite.getByLabel("Anmeldename").fill("anja.mueller@" + kuerzel(stadt));
        seite.getByLabel("Passwort").fill(PASSWORT);
        seite.locator("button:has-text('Anmelden')").click();
        assertThat(seite.locator("h1")).hasText("Baugerüst");
    }

    private java.nio.file.Path ordner(Stadt stadt) {
        return DATEN.resolve(
                mandanten.alle().getFirst().id().equals(stadt.mandant()) ? "eingang" : "eingang-" + kuerzel(stadt));
    }

    private void wirfEin(Stadt stadt, String name, byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(ordner(stadt)).resolve(name), bytes);
    }

    private int anzahl(Stadt stadt, String tabelle) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM " + tabelle + " WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .query(Integer.class)
                        .single());
    }

    private static Locator.FilterOptions mit(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Locator zeile(Page seite, String titel) {
        return seite.locator("a[data-zeile]").filter(mit(titel)).first();
    }

    private static Locator ablegeknopf(Page seite) {
        return seite.locator("button[form=ablage]");
    }

    private static void ablegen(Page seite) {
        var hier = seite.url();
        ablegeknopf(seite).click();
        seite.waitForURL(adresse -> !adresse.equals(hier) && !adresse.endsWith("/ablage"));
    }

    private static FilePayload text(String name, String inhalt) {
        return new FilePayload(name, "text/plain", inhalt.getBytes(StandardCharsets.UTF_8));
    }

    private static void suche(Page seite, String wort) {
        seite.locator("#suchfeld").fill(wort);
        seite.locator("#suchfeld").press("Enter");
        seite.waitForURL(adresse -> adresse.contains("/suche?q="));
        assertThat(seite.locator("#suchfeld")).hasValue(wort);
    }

    /** A word finds a hit of this title, in which this form of it is marked. */
    private static void findet(Page seite, String wort, String titel, String markiert) {
        suche(seite, wort);
        assertThat(seite.locator(".fw-treffer")
                        .filter(mit(titel))
                        .locator("mark")
                        .filter(mit(markiert))
                        .first())
                .isVisible();
    }

    /** The viewer has drawn: a canvas with something other than white on it. */
    private static void gezeichnet(Page seite) {
        seite.waitForFunction("""
                () => {
                  const c = document.querySelector('.fw-betrachter canvas');
                  if (!c || !c.width) return false;
                  const pixel = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                  for (let i = 0; i < pixel.length; i += 4) if (pixel[i] < 128 && pixel[i + 3] > 0) return true;
                  return false;
                }""", null, new Page.WaitForFunctionOptions().setTimeout(15_000.0));
    }

    private static void lasseFallen(Page seite, String name, String inhalt) {
        var uebergabe = seite.evaluateHandle("""
                ([name, inhalt]) => {
                  const d = new DataTransfer();
                  d.items.add(new File([inhalt], name, {type: 'text/plain'}));
                  return d;
                }""", List.of(name, inhalt));
        for (var was : new String[] {"dragenter", "dragover", "drop"}) {
            seite.locator(".fw-bereiche").dispatchEvent(was, Map.of("dataTransfer", uebergabe));
        }
    }
}
