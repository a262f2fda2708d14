package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Muster;
import de.federwerk.frist.Gemeindekalender;
import de.federwerk.frist.Land;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gespraech.Dokumentvermerke;
import de.federwerk.gespraech.Kommentare;
import de.federwerk.gespraech.Merkpunkte;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.stoerung.Stoerungen;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a machine can see of accessibility, on every page: axe-core in light and dark, and 320 px without sideways scrolling. */
class BarrierefreiheitBrowserTest extends Browsertest {

    private static final Map<String, Object> ALLE_REGELN = Map.of(
            "type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));
    /** All of them that look at colours: the dark page is the same document in other colours. */
    private static final Map<String, Object> FARBREGELN =
            Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block"));

    @Autowired
    private Stoerungen stoerungen;

    @Autowired
    private Laufwege laufwege;

    @Autowired
    private Kommentare kommentare;

    @Autowired
    private Dokumentvermerke vermerke;

    @Autowired
    private Merkpunkte merkpunkte;

    @Autowired
    private Gemeindekalender kalender;

    @Autowired
    private Vertretungen vertretungen;

    @Autowired
    private Meldungen meldungen;

    private final List<String> funde = new ArrayList<>();

    @Test
    void leere_seiten_sind_zugaenglich() {
        var stadt = stadt();
        var seite = fenster();
        seite.navigate("/anmelden");
        pruefe(seite, "anmelden");
        seite.navigate("/anmelden?fehler");
        pruefe(seite, "anmelden-fehler");
        melde(seite, stadt, "anja.mueller");
        pruefe(seite, "postkorb-leer");
        for (var pfad : List.of(
                "posteingang",
                "stoerungen",
                "suche",
                "suche?q=Nirgendwo",
                "akten",
                "akten/neu",
                "papierkorb",
                "passwort",
                "vertretung",
                "hilfe",
                "papier",
                "papier?code=P-000001",
                "akteneinsichten",
                "sammellaeufe",
                "meldungen")) {
            seite.navigate("/" + pfad);
            pruefe(seite, "leer-" + pfad.replaceAll("\\W", "-"));
        }
        als(
                stadt.mandant(),
                () -> jdbc.sql("INSERT INTO entwurf VALUES (?, ?, 'akte', CAST(? AS jsonb), now())")
                        .params(
                                stadt.mandant(),
                                stadt.anja().person(),
                                "[{\"name\": \"titel\", \"art\": \"text\", \"wert\": \"Baumfällung\"}]")
                        .update());
        seite.navigate("/akten/neu");
        seite.getByText("Entwurf wiederhergestellt").waitFor();
        pruefe(seite, "akten-neu-entwurf");
        erlaubt(404);
        seite.navigate("/akten/" + UUID.randomUUID());
        pruefe(seite, "nicht-gefunden");
        erlaubt(403);
        seite.navigate("/verwaltung");
        pruefe(seite, "kein-recht");
        assertThat(funde).isEmpty();
    }

    /** Checked out, changed, checked in: with the keyboard, and the two Versions beside each other. */
    private void versionen(Page seite, Stadt stadt, UUID vorgang, UUID dokument) {
        oeffne(seite, "/dokumente/" + dokument + "/vergleich", "vergleich-eine");
        seite.navigate("/vorgaenge/" + vorgang + "?dokument=" + dokument);
        seite.locator("summary:has-text('Auschecken')").focus();
        seite.keyboard().press("Enter");
        seite.locator("#auscheckgrund").fill("wird gekürzt");
        pruefe(seite, "auschecken");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-sperre")).containsText("Von Ihnen ausgecheckt");
        pruefe(seite, "ausgecheckt");
        bild(seite, "ausgecheckt");
        seite.getByText("Neue Version ablegen").click();
        seite.locator("#version")
                .setInputFiles(new FilePayload(
                        "Neu.txt", "text/plain", "Ganz neuer Text.\nZweite Zeile.".getBytes(StandardCharsets.UTF_8)));
        seite.getByText("Als Version 2 ablegen").click();
        assertThat(seite.locator(".fw-bereich--vorschau .fw-chip")).hasText("v2");
        assertThat(seite.locator(".fw-sperre")).hasCount(0);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM datei WHERE stand = 'neu'")
                                        .query(Long.class)
                                        .single()
                                == 0));
        oeffne(seite, "/dokumente/" + dokument + "/versionen", "versionen");
        oeffne(seite, "/dokumente/" + dokument + "/vergleich", "vergleich");
        assertThat(seite.locator(".fw-vergleich ins").first()).containsText("neu:");
    }

    @Test
    void volle_seiten_sind_zugaenglich() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var mail = eingang(stadt, "Anfrage.eml", Briefe.mail());
        var bescheid =
                eingang(stadt, "Bescheid.pdf", Muster.textPdf("Der Bescheid über die Sondernutzung.", "Zweite Seite"));
        eingang(
                stadt,
                "Kaputt mit einem sehr langen Namen ohne Lücke_".repeat(3) + ".pdf",
                "%PDF-1.7 kaputt".getBytes(StandardCharsets.UTF_8));
        eingang(stadt, "leer.txt", new byte[0]);
        var notiz = eingang(
                stadt, "Notiz.txt", "Notiz zur Sondernutzung auf der Bergstraße".getBytes(StandardCharsets.UTF_8));
        var vorgang = vorgang(stadt, "Sondernutzung: Baugerüst Lindenstraße 14");
        bisGelesen(stadt, 7);
        als(stadt.mandant(), () -> {
            eingaenge.lege(stadt.anja(), bescheid, vorgang.id(), null, "Bescheid");
            vorgaenge.vermerke(stadt.anja(), UUID.randomUUID(), vorgang.id(), "Ortstermin am Montag");
            stoerungen.melde(
                    "probe",
                    UUID.randomUUID(),
                    "Scan_0001.pdf",
                    "Die Datei lässt sich nicht lesen.",
                    "java.io.IOException: Ende der Datei an Stelle 4711");
        });

        var seite = anja(stadt);
        pruefe(seite, "postkorb");
        oeffne(seite, "/posteingang", "posteingang");
        oeffne(seite, "/posteingang?status=abgelegt", "posteingang-abgelegt");
        oeffne(seite, "/posteingang/" + mail, "eingang-mail");
        seite.getByText("In eine neue Akte mit neuem Vorgang").click();
        seite.locator("#feld-planText").pressSequentially("66");
        seite.locator("#feld-planText-liste [role=option]").first().waitFor();
        pruefe(seite, "eingang-auswahl");
        oeffne(seite, "/posteingang/" + notiz, "eingang-text");
        var kaputt = als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "SELECT g.id FROM eingang g JOIN datei f ON f.id = g.datei_id AND f.mandant_id = g.mandant_id WHERE g.mandant_id = ? AND f.dateiname LIKE 'Kaputt%'")
                        .param(stadt.mandant())
                        .query(UUID.class)
                        .single());
        oeffne(seite, "/posteingang/" + kaputt, "eingang-unlesbar");
        oeffne(
                seite,
                "/akten?knoten="
                        + als(
                                stadt.mandant(),
                                () -> plan.gemeint("66.20.03").orElseThrow().id()),
                "aktenplan");
        oeffne(seite, "/akten/" + vorgang.akteId(), "akte");
        oeffne(seite, "/akten/" + vorgang.akteId() + "/protokoll", "protokoll");
        oeffne(seite, "/listen/akten?titel=a", "liste-akten");
        oeffne(seite, "/listen/vorgaenge?offen=spalten", "liste-spalten");
        oeffne(seite, "/listen/dokumente?dateityp=pdf&titel=gibtesnicht", "liste-leer");
        oeffne(seite, "/listen/ansichten?art=vorgaenge", "ansichten");
        oeffne(seite, "/handmappen", "handmappen");
        seite.locator("input[name=name]").fill("Gerüste");
        seite.getByText("Anlegen", new Page.GetByTextOptions().setExact(true)).click();
        pruefe(seite, "handmappe-leer");
        seite.locator("#feld-ziel").pressSequentially("Lindenstr");
        seite.locator("#feld-ziel-liste [role=option]").first().click();
        seite.getByText("Hineinlegen", new Page.GetByTextOptions().setExact(true))
                .last()
                .click();
        seite.locator("caption").waitFor();
        pruefe(seite, "handmappe");
        sammellauf(seite, vorgang.akteId());
        oeffne(seite, "/akten/" + vorgang.akteId() + "/bearbeiten", "akte-bearbeiten");
        seite.navigate("/akten/" + vorgang.akteId() + "/teile");
        seite.locator("#neue-teilakte").fill("Bauabschnitt Nord");
        seite.getByText("Teilakte anlegen").click();
        seite.getByText("In Bände teilen").click();
        seite.getByText("Band 1 beginnen").click();
        pruefe(seite, "akte-teile");
        oeffne(seite, "/akten/" + vorgang.akteId(), "akte-mit-teilen");
        oeffne(seite, "/vorgaenge/" + vorgang.id() + "/bearbeiten", "vorgang-bearbeiten");
        seite.navigate("/akten/" + vorgang.akteId() + "/bearbeiten");
        seite.locator("#feld-plan").fill("66.20.05");
        seite.getByText("Wer sieht sie dann?").click();
        pruefe(seite, "akte-umprotokollieren-vorschau");
        papier(seite, vorgang.akteId(), vorgang.id());
        akteneinsicht(seite, vorgang.akteId());
        oeffne(seite, "/vorgaenge/" + vorgang.id() + "?q=Bescheid", "vorgang");
        assertThat(seite.locator(".textLayer mark").first()).isVisible();
        seite.getByLabel("Angaben zum Dokument").click();
        pruefe(seite, "dokument-bearbeiten");
        seite.goBack();
        seite.locator(".fw-kopf__person").click();
        pruefe(seite, "vorgang-menue");
        seite.keyboard().press("Escape");
        seite.locator(".fw-kopf__hilfe").click();
        pruefe(seite, "vorgang-tasten");
        bis(java.time.Duration.ofSeconds(15), "gefunden", () -> {
            seite.navigate("/suche?q=Sondernutzung");
            return seite.locator(".fw-treffer").count() > 1;
        });
        pruefe(seite, "suche");
        gespraech(stadt, vorgang.id(), seite);
        oeffne(seite, "/stoerungen", "stoerungen");
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE person SET email = 'anja.mueller@nirgends.example' WHERE id = ?")
                    .param(stadt.anja().person())
                    .update();
            for (var art : Meldungsart.values())
                meldungen.sage(
                        stadt.anja().person(),
                        art,
                        art.name(),
                        "Mitzeichnung, 66.20.03-0129/2026",
                        "bis 15.10.2026",
                        "/akten");
            jdbc.sql("UPDATE meldung SET mail_ab = NULL, gelesen = CASE WHEN art LIKE 'F%' THEN now() END")
                    .update();
        });
        oeffne(seite, "/meldungen?gespeichert", "meldungen");
        oeffne(seite, "/verwaltung", "verwaltung");
        oeffne(seite, "/verwaltung/stellen", "verwaltung-stellen");
        oeffne(seite, "/verwaltung/aktenplan", "verwaltung-aktenplan");
        oeffne(seite, "/verwaltung/aktenarten", "verwaltung-aktenarten-leer");
        aktenart(stadt, vorgang.akteId());
        oeffne(seite, "/verwaltung/aktenarten", "verwaltung-aktenarten");
        seite.locator("th a").getByText("Vertrag").click();
        seite.locator("summary", new Page.LocatorOptions().setHasText("Stufe")).click();
        pruefe(seite, "verwaltung-aktenart");
        oeffne(seite, "/akten/" + vorgang.akteId() + "/bearbeiten", "akte-mit-feldern-bearbeiten");
        seite.navigate("/akten/" + vorgang.akteId());
        seite.locator("dd").getByText("Vertrag").click();
        pruefe(seite, "aktenart-liste");
        oeffne(
                seite,
                "/verwaltung/aktenplan?knoten="
                        + als(
                                stadt.mandant(),
                                () -> plan.gemeint("66.20", true).orElseThrow().id()),
                "verwaltung-aktenplan-position");
        oeffne(
                seite,
                "/verwaltung/aktenplan/fassungen?tag=" + LocalDate.now(Anzeige.ZONE),
                "verwaltung-aktenplan-fassungen");
        oeffne(seite, "/verwaltung/aktenplan/nutzung", "verwaltung-aktenplan-nutzung");
        seite.getByText("Jetzt zählen").click();
        pruefe(seite, "verwaltung-aktenplan-gezaehlt");
        oeffne(seite, "/verwaltung/aktenplan/nutzung/kuerzung?ebenen=2", "verwaltung-aktenplan-kuerzung");
        umstellung(seite);
        oeffne(seite, "/verwaltung/schnittstelle", "verwaltung-schnittstelle");
        oeffne(seite, "/verwaltung/kalender", "verwaltung-kalender-leer");
        als(stadt.mandant(), () -> kalender.setze(Protokoll.PROGRAMM, Land.BY));
        oeffne(seite, "/verwaltung/kalender", "verwaltung-kalender");
        var sonntag = LocalDate.now(Anzeige.ZONE).plusYears(1).with(DayOfWeek.SUNDAY);
        seite.getByLabel("Tag", new Page.GetByLabelOptions().setExact(true)).fill(sonntag.toString());
        seite.getByLabel("Bezeichnung").fill("Kirchweih");
        seite.getByText("Tag eintragen").click();
        assertThat(seite.locator("#feld-tag-fehler")).containsText("ist ein Sonntag");
        assertThat(seite.locator("#feld-tag")).isFocused();
        assertThat(seite.locator("#feld-name")).hasValue("Kirchweih");
        pruefe(seite, "verwaltung-kalender-fehler");
        seite.locator("#feld-tag")
                .fill(sonntag.withMonth(7).with(DayOfWeek.WEDNESDAY).toString());
        seite.getByText("Tag eintragen").click();
        assertThat(seite.getByLabel("Kirchweih am")).isVisible();
        pruefe(seite, "verwaltung-kalender-tage");
        for (var rechte : List.of("", "/neu", "/vorlagen", "/rollen", "/schutz")) {
            oeffne(seite, "/verwaltung/rechte" + rechte, "verwaltung-rechte" + rechte.replace('/', '-'));
        }
        oeffne(seite, "/personen/" + stadt.anja().person() + "/zugriff", "person-zugriff");
        oeffne(seite, "/verwaltung/fristregeln", "verwaltung-fristregeln");
        oeffne(seite, "/verwaltung/fristregeln?art=mitzeichnung", "verwaltung-fristregeln-art");
        erlaubt(422);
        seite.locator("#feld-weiter").fill("bald");
        seite.locator("button[value=speichern]").click();
        assertThat(seite.locator("#feld-weiter-fehler")).containsText("eine ganze Zahl von 1 bis 60");
        assertThat(seite.locator("#feld-weiter")).isFocused();
        pruefe(seite, "verwaltung-fristregeln-fehler");
        // Enter in a field looks, it keeps nothing.
        seite.locator("#feld-weiter").fill("5");
        seite.locator("#feld-weiter").press("Enter");
        assertThat(seite.getByText("Mit dem Speichern wird nichts sofort gemeldet"))
                .isVisible();
        pruefe(seite, "verwaltung-fristregeln-vorschau");
        seite.locator("button[value=speichern]").click();
        assertThat(seite.getByText("Gespeichert: Mitzeichnung")).isVisible();
        pruefe(seite, "verwaltung-fristregeln-gespeichert");
        verzeichnis(stadt, seite);
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "UPDATE merkpunkt SET erledigt = now(), erledigt_von = ? WHERE erledigt IS NULL AND entfernt IS NULL")
                    .param(stadt.anja().person())
                    .update();
            vorgaenge.schliesse(stadt.anja(), vorgang.id());
        });
        oeffne(seite, "/vorgaenge/" + vorgang.id(), "vorgang-zda");
        assertThat(funde).isEmpty();
    }

    /** Registered, lent, and with a mistake. */
    private void papier(Page seite, UUID akte, UUID vorgang) {
        oeffne(seite, "/akten/" + akte + "/papier", "papier-leer");
        seite.getByLabel("Hybridakte").check();
        seite.getByText("Festlegen").click();
        seite.getByLabel("Was ist es?").fill("Bauordner Bergstraße");
        seite.locator("#feld-vorgang").selectOption(vorgang.toString());
        seite.locator("#feld-standort").fill("Altregistratur");
        seite.getByText("Erfassen", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(seite.getByText("am Standort")).isVisible();
        pruefe(seite, "papier-teil");
        seite.locator("button:has-text('Ausleihen')").click();
        assertThat(seite.getByText("Wer hat es?")).isVisible();
        pruefe(seite, "papier-ausgeliehen");
        oeffne(seite, "/akten/" + akte + "/papier", "papier");
    }

    /** A list would send what was ticked in it. */
    private void sammellauf(Page seite, UUID akte) {
        seite.navigate("/handmappen");
        // Chosen in no list, and so without what a list would have asked for first.
        erlaubt(422);
        seite.evaluate("""
                ([akte, lauf]) => {
                  const form = document.createElement("form");
                  form.method = "post";
                  form.append(...[...document.querySelectorAll("main form[action='/handmappen'] input[name^=_]")].map(f => f.cloneNode()));
                  form.action = "/sammellaeufe";
                  for (const [name, value] of Object.entries({art: "akte", tat: "umprotokollierung", ids: akte, lauf})) {
                    const feld = document.createElement("input");
                    feld.name = name;
                    feld.value = value;
                    form.append(feld);
                  }
                  document.body.append(form);
                  form.submit();
                }""", List.of(akte.toString(), UUID.randomUUID().toString()));
        seite.locator("[data-abgelehnt]").waitFor();
        pruefe(seite, "sammellauf-fehler");
        // Where it stands already: refused, and so it stays what the other pages expect.
        seite.locator("#tat-plan").fill("66.20.03");
        seite.locator("#tat-grund").fill("Probe");
        seite.locator("main button.fw-knopf--haupt").click();
        seite.locator("dt").getByText("Beendet").waitFor();
        pruefe(seite, "sammellauf");
        oeffne(seite, "/sammellaeufe", "sammellaeufe");
    }

    private void umstellung(Page seite) {
        oeffne(seite, "/verwaltung/aktenplan/umstellung", "verwaltung-umstellungen");
        seite.locator("#feld-name").fill("Kürzung");
        seite.locator("#feld-datei")
                .setInputFiles(new FilePayload(
                        "liste.csv", "text/csv", "alt;neu\n66.20.99;66.20.05\n".getBytes(StandardCharsets.UTF_8)));
        erlaubt(422);
        seite.locator("main button.fw-knopf--haupt").click();
        seite.locator("[data-abgelehnt]").waitFor();
        pruefe(seite, "verwaltung-umstellung-fehler");
        seite.locator("#feld-datei")
                .setInputFiles(new FilePayload(
                        "liste.csv", "text/csv", "alt;neu\n66.20.03;66.20.05\n".getBytes(StandardCharsets.UTF_8)));
        seite.locator("main button.fw-knopf--haupt").click();
        seite.locator("caption").waitFor();
        pruefe(seite, "verwaltung-umstellung");
        seite.getByText("Umstellung zurückziehen").click();
        seite.getByText("zurückgezogen").waitFor();
    }

    /** The form with a mistake, the choice, and the package under way. */
    private void akteneinsicht(Page seite, UUID akte) {
        oeffne(seite, "/akten/" + akte + "/einsicht", "akteneinsicht-neu");
        erlaubt(422);
        seite.locator("#feld-empfaenger").fill(" ");
        seite.getByText("Weiter zur Auswahl").click();
        assertThat(seite.locator("[data-abgelehnt]")).containsText("wer Einsicht erhält");
        pruefe(seite, "akteneinsicht-fehler");
        seite.locator("#feld-empfaenger").fill("Verwaltungsgericht Musterstadt");
        seite.getByText("Weiter zur Auswahl").click();
        assertThat(seite.getByText("Paket erstellen")).isVisible();
        pruefe(seite, "akteneinsicht-auswahl");
        oeffne(seite, "/akteneinsichten", "akteneinsichten");
    }

    /** The directories of the town: empty, with a mistake in each form, with what groups mean, and their way in on the sign-in page. */
    private void verzeichnis(Stadt stadt, Page seite) {
        oeffne(seite, "/verwaltung/verzeichnis", "verzeichnis-leer");
        seite.getByLabel("Gruppe", new Page.GetByLabelOptions().setExact(true)).fill("Tiefbau");
        seite.locator("#feld-rolle").selectOption("TECHNIK");
        seite.getByText("Zuordnen", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(seite.getByLabel("Zuordnung von Tiefbau")).isVisible();
        pruefe(seite, "verzeichnis-zuordnung");
        oeffne(seite, "/verwaltung/verzeichnis/ldap", "verzeichnis-ldap");
        seite.locator("#feld-server").fill("ldap.stadt.example");
        seite.locator("#feld-suchbasis").fill("kein DN");
        // Enter in a field looks, it keeps nothing.
        seite.locator("#feld-suchbasis").press("Enter");
        assertThat(seite.locator("#feld-suchbasis-fehler")).isVisible();
        pruefe(seite, "verzeichnis-ldap-fehler");
        oeffne(seite, "/verwaltung/verzeichnis/oidc", "verzeichnis-oidc");
        seite.locator("#feld-aussteller").fill("http://anmeldung.stadt.example");
        seite.locator("#feld-aussteller").press("Enter");
        assertThat(seite.locator("#feld-aussteller-fehler")).isVisible();
        pruefe(seite, "verzeichnis-oidc-fehler");
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO oidcanbieter VALUES (?, ?, true, 'http://localhost:1', '', 'c', NULL, 'Mit dem Konto der Stadt anmelden', 'n', '', false, false)")
                        .params(stadt.mandant(), Kennung.neu())
                        .update());
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "INSERT INTO verzeichnisperson (mandant_id, person_id, art, aussteller, kennung) VALUES (?, ?, 'OIDC', 'http://localhost:1', 'petra')")
                    .params(stadt.mandant(), stadt.petra().person())
                    .update();
            jdbc.sql(
                            "INSERT INTO verknuepfungsfrage (mandant_id, id, person_id, art, aussteller, kennung, name, mail) VALUES (?, ?, ?, 'OIDC', 'http://localhost:1', 'f3b1', 'Anja Müller', 'anja@stadt.example')")
                    .params(stadt.mandant(), Kennung.neu(), stadt.anja().person())
                    .update();
            jdbc.sql("UPDATE oidcanbieter SET ohne_gruppen_seit = now(), gruppen = 'groups' WHERE mandant_id = ?")
                    .param(stadt.mandant())
                    .update();
        });
        oeffne(seite, "/verwaltung/verzeichnis", "verzeichnis-fragen");
        assertThat(seite.getByText("Von Hand zu verknüpfen")).isVisible();
        oeffne(seite, "/verwaltung/verzeichnis/oidc", "verzeichnis-oidc-gespeichert");
        seite.locator("#feld-aussteller").fill("https://10.0.0.5/realms/neu");
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE oidcanbieter SET fassung = 7 WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .update());
        seite.locator(".fw-knopf[value=speichern]").click();
        assertThat(seite.locator("#feld-wechsel-fehler")).isVisible();
        pruefe(seite, "verzeichnis-oidc-wechsel");
        seite.locator("input[name=wechsel]").check();
        erlaubt(409);
        seite.locator(".fw-knopf[value=speichern]").click();
        assertThat(seite.getByText("Den jetzigen Stand öffnen")).isVisible();
        pruefe(seite, "verzeichnis-oidc-ueberholt");
        oeffne(seite, "/verknuepfung", "verknuepfung");
        var tuer = fenster();
        tuer.navigate("/anmelden?behoerde=" + kuerzel(stadt) + "&anbieter-unbekannt");
        assertThat(tuer.getByText("Mit dem Konto der Stadt anmelden")).isVisible();
        pruefe(tuer, "anmelden-anbieter");
        tuer.navigate("/anmelden?behoerde=" + kuerzel(stadt) + "&anbieter-verknuepfen");
        pruefe(tuer, "anmelden-verknuepfen");
    }

    @Test
    void seiten_zum_schwaerzen_sind_zugaenglich() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Sondernutzung");
        var eingang = eingang(stadt, "Widerspruch.pdf", Muster.textPdf("Frau Zacharias wohnt hier.", "Zacharias"));
        bisGelesen(stadt, 1);
        var dokument = als(stadt.mandant(), () -> {
            eingaenge.lege(stadt.anja(), eingang, vorgang.id(), null, "Widerspruch");
            return jdbc.sql("SELECT dokument_id FROM eingang WHERE id = ?")
                    .param(eingang)
                    .query(UUID.class)
                    .single();
        });
        var seite = anja(stadt);
        oeffne(seite, "/dokumente/" + dokument + "/schwaerzung", "schwaerzung-beginn");
        seite.getByText("Neue Schwärzung von Version 1").click();
        var blatt = seite.locator("[data-blatt][data-bereit]");
        blatt.waitFor();
        seite.locator(".fw-schwarz__rollen").focus();
        seite.keyboard().press("Insert");
        assertThat(seite.locator("[data-gespeichert]")).containsText("Entwurf gespeichert");
        pruefe(seite, "schwaerzung");
        seite.locator("#schwarz-q").fill("Frau Zacharias");
        seite.getByText("Alle Fundstellen markieren").click();
        assertThat(seite.getByText("1 Stelle im ganzen Dokument markiert")).isVisible();
        seite.getByText("Durchsehen und schwärzen").click();
        assertThat(seite.getByText("steht noch 1-mal unmarkiert")).isVisible();
        pruefe(seite, "schwaerzung-pruefung");
        erlaubt(422);
        seite.locator("#feld-titel").fill("Frau Zacharias".substring(0, 4));
        seite.getByText("Schwärzen und als Dokument ablegen").click();
        assertThat(seite.locator(".fw-hinweis--fehler")).containsText("nennt, was geschwärzt wird");
        pruefe(seite, "schwaerzung-titel");
        oeffne(seite, "/dokumente/" + dokument + "/schwaerzung", "schwaerzung-liste");
        assertThat(funde).isEmpty();
    }

    /** Kommentare, Vermerke and Merkpunkte, with all forms open, and what the pages say when something does not fit. */
    private void gespraech(Stadt stadt, UUID vorgang, Page seite) {
        var dokument = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM dokument WHERE vorgang_id = ? ORDER BY nummer LIMIT 1")
                        .param(vorgang)
                        .query(UUID.class)
                        .single());
        var heute = LocalDate.now(Anzeige.ZONE);
        var jan = als(stadt.mandant(), () -> person(stadt.mandant(), "jan.orth", "Jan", "Orth", stadt.tiefbau()));
        als(stadt.mandant(), () -> {
            var an = new de.federwerk.organisation.Empfaenger("person", jan.person(), "Jan Orth");
            kommentare.schreibe(jan, Kennung.neu(), dokument, "Auf Seite 2 fehlt die Auflage 4.", List.of());
            vermerke.vermerke(
                    stadt.anja(), Kennung.neu(), dokument, 1, "Mit Frau Beispiel telefoniert:\nsie schickt Fotos.");
            kommentare.schreibe(stadt.anja(), Kennung.neu(), dokument, "@Jan Orth ist jetzt drin.", List.of());
            var weg = Kennung.neu();
            kommentare.schreibe(jan, weg, dokument, "Falsches Dokument", List.of());
            kommentare.zieheZurueck(jan, weg);
            for (var angaben : List.of(
                    new Merkpunkte.Angaben("Lageplan anfordern", an, heute),
                    new Merkpunkte.Angaben("Straßenverkehrsbehörde beteiligen", null, heute.plusDays(9)),
                    new Merkpunkte.Angaben("Gebühr berechnen", an, null))) {
                merkpunkte.merke(stadt.anja(), Kennung.neu(), vorgang, angaben);
            }
            jdbc.sql("UPDATE merkpunkt SET faellig = heute() - 2 WHERE platz = 1")
                    .update();
            var id = jdbc.sql("SELECT id FROM merkpunkt WHERE platz = 3")
                    .query(UUID.class)
                    .single();
            merkpunkte.erledige(stadt.anja(), id, 1);
        });
        seite.navigate("/vorgaenge/" + vorgang + "?dokument=" + dokument);
        bild(seite, "gespraech");
        pruefe(seite, "vorgang-gespraech");
        seite.evaluate(
                "document.querySelectorAll('#kommentare details, #merkpunkte details').forEach(d => d.open = true)");
        pruefe(seite, "vorgang-gespraech-offen");
        oeffne(seite, "/vorgaenge/" + vorgang + "/zugriff?wen=petra.lueders&quelle=alle", "zugriff");
        versionen(seite, stadt, vorgang, dokument);
        oeffne(seite, "/anmeldung/app-kennwoerter", "app-kennwoerter");
        oeffne(seite, "/dokumente/" + dokument + "/kommentare", "kommentare");
        erlaubt(422);
        seite.locator("#kommentar").fill("@petra.lueders was meinen Sie?");
        seite.locator("button:has-text('Kommentieren')").click();
        assertThat(seite.locator("#kommentar-fehler")).containsText("Petra Lüders darf dieses Dokument nicht sehen");
        assertThat(seite.locator("#kommentar")).hasValue("@petra.lueders was meinen Sie?");
        pruefe(seite, "kommentare-fehler");
        seite.evaluate("sessionStorage.clear()");
        oeffne(seite, "/vorgaenge/" + vorgang + "/merkpunkte", "merkpunkte");
        seite.locator("summary:has-text('Merkpunkt')").last().click();
        seite.locator("#merk-text").fill("Nachfragen");
        seite.locator("#merk-tag").fill("2020-01-01");
        seite.locator("button:has-text('Vormerken')").click();
        assertThat(seite.locator(".fw-hinweis--fehler")).containsText("liegt in der Vergangenheit");
        assertThat(seite.locator("#merk-text")).hasValue("Nachfragen");
        pruefe(seite, "merkpunkte-fehler");
        seite.evaluate("sessionStorage.clear()");
    }

    @Test
    void vorlagen_von_laufwegen_sind_zugaenglich() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var vorgang = vorgang(stadt, "Baugerüst");
        var seite = anja(stadt);
        oeffne(seite, "/verwaltung/laufwege", "vorlagen-leer");
        oeffne(seite, "/verwaltung/laufwege/neu", "vorlage-neu");
        seite.locator("#feld-titel").fill("Bescheid mit Mitzeichnung");
        seite.locator("#feld-position").pressSequentially("66.20");
        seite.locator("#feld-position-liste [role=option]").first().waitFor();
        seite.locator("#feld-position-liste [role=option]").first().click();
        seite.locator("#art-1").selectOption("stellungnahme");
        seite.locator("#an-1").pressSequentially("FD 32");
        seite.locator("#an-1-liste [role=option]").first().click();
        seite.locator("#regel-2").selectOption("bearbeiter");
        seite.locator("#lage-2").selectOption("gleichzeitig");
        seite.locator("#art-3").selectOption("schlusszeichnung");
        seite.locator("#regel-3").selectOption("leitung");
        seite.locator("#feld-vorgang").pressSequentially("Baug");
        seite.locator("#feld-vorgang-liste [role=option]").first().click();
        // Enter in a field looks, it neither keeps nor moves anything.
        seite.locator("#tage-1").press("Enter");
        assertThat(seite.getByText("Die Einheit FD 66 hat keine Leitung.")).isVisible();
        assertThat(seite.locator(".fw-wegbild__block")).hasCount(2);
        pruefe(seite, "vorlage-einwand");
        seite.locator("button[value=hoch-3]").click();
        assertThat(seite.locator("#art-2")).hasValue("schlusszeichnung");
        seite.locator("button[value=runter-2]").click();
        assertThat(seite.locator("#art-3")).hasValue("schlusszeichnung");
        erlaubt(422);
        seite.locator("#tage-1").fill("bald");
        seite.locator("button[value=speichern]").click();
        assertThat(seite.getByText("Die Frist muss eine Zahl von Arbeitstagen sein"))
                .isVisible();
        pruefe(seite, "vorlage-fehler");
        seite.locator("#tage-1").fill("5");
        seite.locator("button[value=speichern]").click();
        assertThat(seite.getByText("66.20 Straßenverwaltung")).isVisible();
        pruefe(seite, "vorlagen");
        seite.getByText("Bescheid mit Mitzeichnung").click();
        pruefe(seite, "vorlage");
        seite.navigate("/vorgaenge/" + vorgang.id() + "/laufwege/neu");
        pruefe(seite, "verfuegen");
        seite.getByText("Einsetzen").click();
        assertThat(seite.locator("#an-1")).hasValue("FD 32 Ordnung");
        assertThat(seite.getByText("Die Einheit FD 66 hat keine Leitung.")).isVisible();
        pruefe(seite, "verfuegen-vorlage");
        assertThat(funde).isEmpty();
    }

    @Test
    void personal_umbau_und_geschaeftsverteilung_sind_zugaenglich() {
        var stadt = stadt();
        als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION);
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.GEHEIMSCHUTZ);
        });
        var akte = "/akten/" + vorgang(stadt, "Baugerüst").akteId() + "/zugriff";
        var seite = anja(stadt);
        seite.navigate("/verwaltung/personen/" + stadt.anja().person());
        seite.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)");
        pruefe(seite, "person");
        oeffne(
                seite,
                "/verwaltung/personen/" + stadt.petra().person() + "/rollen/wirkung?rolle=POSTEINGANG",
                "rollenwirkung-leer");
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.ROLLE,
                        personen.rolle(Rolle.POSTEINGANG),
                        Ziel.EINHEIT,
                        stadt.tiefbau(),
                        Recht.VERWALTEN));
        oeffne(
                seite,
                "/verwaltung/personen/" + stadt.petra().person() + "/rollen/wirkung?rolle=POSTEINGANG",
                "rollenwirkung");
        oeffne(seite, akte + "/personalakte", "personalakte");
        waehle(seite, "#feld-wer", "Lüders", "Petra Lüders");
        seite.locator("button:has-text('Wirkung ansehen')").last().click();
        assertThat(seite.locator(".fw-wirkung")).containsText("Was wäre, wenn");
        pruefe(seite, "personalakte-vorschau");
        seite.locator("button:has-text('So speichern')").click();
        seite.getByText("Personalakte von Petra Lüders").waitFor();
        pruefe(seite, "zugriff-personalakte");
        oeffne(seite, "/verwaltung/umbau", "umbauten-leer");
        seite.locator("#feld-titel").fill("Neuordnung");
        seite.locator("button:has-text('Beginnen')").click();
        seite.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)");
        pruefe(seite, "umbau-leer");
        seite.locator("#teilen-einheit").selectOption(stadt.tiefbau().toString());
        seite.locator("button:has-text('Weiter')").click();
        pruefe(seite, "umbau-teilen");
        seite.locator("#teil-ziel").selectOption(stadt.ordnung().toString());
        seite.locator("input[name=position]").first().check();
        seite.locator("button:has-text('Teilen')").click();
        pruefe(seite, "umbau-vorschau");
        oeffne(seite, "/verwaltung/einheiten/" + stadt.tiefbau(), "einheit");
        oeffne(seite, "/verwaltung/geschaeftsverteilung", "verteilungen-leer");
        seite.locator("#feld-datei")
                .setInputFiles(new com.microsoft.playwright.options.FilePayload(
                        "plan.csv",
                        "text/csv",
                        "einheit;einheit_name;stelle;person\nSG 1;Neu;Leitung;petra.lueders\nFD 32;;Wache;niemand\n"
                                .getBytes(StandardCharsets.UTF_8)));
        seite.locator("button:has-text('Vorschau zeigen')").click();
        assertThat(seite.getByText("Die Person „niemand“ gibt es nicht")).isVisible();
        pruefe(seite, "verteilung-vorschau");
        erlaubt(422);
        seite.locator("button:has-text('Übernehmen')").click();
        pruefe(seite, "verteilung-abgelehnt");
        assertThat(funde).isEmpty();
    }

    @Test
    void abwesenheit_und_vertretung_sind_zugaenglich() {
        var stadt = stadt();
        var heute = LocalDate.now(Anzeige.ZONE);
        als(stadt.mandant(), () -> {
            einheiten.besetze(
                    Protokoll.PROGRAMM,
                    stadt.tiefbau(),
                    "Leitung",
                    true,
                    stadt.anja().person());
            var jan = person(stadt.mandant(), "jan.orth", "Jan", "Orth", stadt.tiefbau());
            vertretungen.trageEin(
                    jan, UUID.randomUUID(), jan.person(), stadt.anja().person(), heute, heute.plusDays(9), true);
            vertretungen.trageEin(
                    stadt.anja(),
                    UUID.randomUUID(),
                    stadt.anja().person(),
                    stadt.petra().person(),
                    heute.plusDays(2),
                    heute.plusDays(3),
                    false);
        });
        var seite = anja(stadt);
        assertThat(seite.locator(".fw-leiste > .fw-leiste__vertretung")).containsText("Sie vertreten Jan Orth");
        pruefe(seite, "postkorb-vertretung");
        oeffne(seite, "/vertretung", "vertretung");
        assertThat(seite.getByText("Anja Müller ist selbst abwesend")).isVisible();
        seite.locator("#feld-vertreter").pressSequentially("lüd");
        seite.locator("#feld-vertreter-liste [role=option]").first().waitFor();
        pruefe(seite, "vertretung-auswahl");
        seite.locator("#feld-vertreter-liste [role=option]").first().click();
        seite.locator("#feld-von").fill(heute.plusDays(2).toString());
        seite.locator("#feld-bis").fill(heute.plusDays(2).toString());
        erlaubt(409);
        seite.locator("button:has-text('Eintragen')").click();
        seite.getByText("schon eine Abwesenheit eingetragen").waitFor();
        pruefe(seite, "vertretung-fehler");
        assertThat(funde).isEmpty();
    }

    @Test
    void seiten_der_anmeldung_sind_zugaenglich() {
        var stadt = stadt();
        als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION);
            jdbc.sql(
                            "INSERT INTO passkey (mandant_id, id, person_id, kennung, rp_id, schluessel, name) VALUES (?, ?, ?, '\\x01', 'localhost', '\\x01', 'Diensttelefon')")
                    .params(stadt.mandant(), UUID.randomUUID(), stadt.petra().person())
                    .update();
        });
        var seite = anja(stadt);
        oeffne(seite, "/anmeldung", "anmeldung");
        oeffne(seite, "/anmeldung/app", "anmeldung-app");
        seite.locator("#feld-code").fill("123");
        seite.locator("button:has-text('Einrichten')").click();
        seite.getByText("Der Code stimmt nicht").waitFor();
        pruefe(seite, "anmeldung-app-fehler");
        oeffne(seite, "/anmeldung/passkeys/neu", "anmeldung-passkey");
        oeffne(seite, "/bestaetigen", "bestaetigen");
        oeffne(seite, "/verwaltung/anmeldung", "verwaltung-anmeldung");
        oeffne(seite, "/verwaltung/notfallkonto", "notfallkonto");
        seite.locator("button:has-text('Umschlag ausstellen')").click();
        seite.getByText("steht nur jetzt hier").waitFor();
        pruefe(seite, "notfallkonto-umschlag");
        oeffne(seite, "/verwaltung/personen/" + stadt.petra().person() + "/anmeldung", "verwaltung-person");
        oeffne(seite, "/anmelden/passkey", "anmelden-passkey");
        oeffne(seite, "/anmelden/notfall", "anmelden-notfall");
        var halb = fenster();
        halb.navigate("/anmelden");
        halb.getByLabel("Anmeldename").fill(mitMandant(stadt.mandant(), "petra.lueders"));
        halb.getByLabel("Passwort").fill(PASSWORT);
        halb.locator("button:has-text('Anmelden')").click();
        halb.getByText("Ihr Passwort stimmt").waitFor();
        pruefe(halb, "anmelden-faktor");
        assertThat(funde).isEmpty();
    }

    @Test
    void seiten_des_geschaeftsgangs_sind_zugaenglich() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Werbeanlage am Marktplatz");
        var ich = new Empfaenger("person", stadt.anja().person());
        var einheit = new Empfaenger("einheit", stadt.tiefbau());
        als(stadt.mandant(), () -> {
            for (var stationen : List.of(
                    List.of(
                            Laufwegentwurf.Station.schlicht(Kennung.neu(), 1, Stationsart.MITZEICHNUNG, ich),
                            Laufwegentwurf.Station.schlicht(Kennung.neu(), 2, Stationsart.KENNTNIS, einheit)),
                    List.of(Laufwegentwurf.Station.schlicht(Kennung.neu(), 1, Stationsart.BEARBEITUNG, einheit)))) {
                laufwege.beginne(
                        stadt.anja(),
                        new Laufwegentwurf(Kennung.neu(), vorgang.id(), null, "Bescheid", false, stationen));
            }
        });
        var seite = anja(stadt);
        pruefe(seite, "postkorb-aufgaben");
        seite.getByText("Weitergeben").first().click();
        pruefe(seite, "postkorb-weitergeben");
        oeffne(seite, "/vorgaenge/" + vorgang.id(), "vorgang-laufweg");
        oeffne(seite, "/vorgaenge/" + vorgang.id() + "/laufwege/neu", "laufweg-formular");
        oeffne(seite, "/aufgaben?gruppe=mir", "aufgaben");
        oeffne(seite, "/aufgaben?gruppe=einheit", "aufgaben-einheit");
        oeffne(seite, "/aufgaben?gruppe=faellig", "aufgaben-leer");
        oeffne(seite, "/aufgaben?gruppe=unterwegs", "unterwegs");
        oeffne(seite, "/kalender", "kalender");
        seite.navigate("/aufgaben?gruppe=mir");
        seite.locator("a[data-zeile]").first().click();
        pruefe(seite, "aufgabe");
        seite.setViewportSize(320, 640);
        for (var pfad : List.of("/aufgaben?gruppe=mir", "/vorgaenge/" + vorgang.id() + "/laufwege/neu")) {
            seite.navigate(pfad);
            axe(seite, pfad + " 320", ALLE_REGELN);
        }
        assertThat(funde).isEmpty();
    }

    @Test
    void seiten_fuer_leitungen_sind_zugaenglich() {
        var stadt = stadt();
        var seite = anja(stadt);
        for (var pfad : List.of("", "/aufgaben", "/tafel", "/zeiten")) {
            oeffne(seite, "/leitung" + pfad, "leitung-leer" + pfad.replace('/', '-'));
        }
        var vorgang = vorgang(stadt, "Sondernutzung: Baugerüst Lindenstraße 14");
        als(stadt.mandant(), () -> {
            einheiten.besetze(
                    Protokoll.PROGRAMM,
                    stadt.tiefbau(),
                    "Leitung",
                    true,
                    stadt.anja().person());
            var unter = einheiten.richteEin(Protokoll.PROGRAMM, "SG 66.2", "Straßenverwaltung", stadt.tiefbau());
            var stationen = new ArrayList<Laufwegentwurf.Station>();
            for (int i = 1; i <= 6; i++) {
                var wer = person(stadt.mandant(), "person" + i, "Person", "Nummer " + i, unter);
                for (var art : List.of(Stationsart.KENNTNIS, Stationsart.BEARBEITUNG)) {
                    stationen.add(new Laufwegentwurf.Station(
                            UUID.randomUUID(),
                            1,
                            stationen.size() + 1,
                            1,
                            art,
                            new Empfaenger("person", wer.person()),
                            "",
                            null,
                            LocalDate.now(Anzeige.ZONE),
                            false,
                            null,
                            null,
                            null));
                }
                if (i == 1) {
                    vertretungen.trageEin(
                            wer,
                            UUID.randomUUID(),
                            wer.person(),
                            null,
                            LocalDate.now(Anzeige.ZONE),
                            LocalDate.now(Anzeige.ZONE).plusDays(9),
                            false);
                }
            }
            laufwege.beginne(
                    stadt.anja(),
                    new Laufwegentwurf(UUID.randomUUID(), vorgang.id(), null, "Bescheid", false, stationen));
            jdbc.sql(
                            "UPDATE station SET stand = 'erledigt', erledigt = now(), erledigt_von = empfaenger_id, offen_seit = offen_seit - interval '9 days' WHERE mandant_id = ? AND art = 'kenntnis'")
                    .param(stadt.mandant())
                    .update();
            jdbc.sql("UPDATE station SET faellig = heute() - 3 WHERE mandant_id = ? AND stand = 'offen' AND zweig < 8")
                    .param(stadt.mandant())
                    .update();
        });
        oeffne(seite, "/leitung", "leitung");
        oeffne(seite, "/leitung/aufgaben", "leitung-aufgaben");
        seite.locator("button:has-text('Umverteilen')").waitFor();
        oeffne(seite, "/leitung/tafel", "leitung-tafel");
        seite.locator("[role=gridcell]").first().focus();
        seite.keyboard().press("Space");
        axe(seite, "leitung-tafel-aufgenommen", ALLE_REGELN);
        oeffne(seite, "/leitung/zeiten", "leitung-zeiten");
        assertThat(seite.locator("svg.fw-plot rect")).hasCount(2);
        assertThat(funde).isEmpty();
    }

    /** A request from its intake to the check, and an Einschränkung from both sides. */
    private void datenschutz(Page petra, Stadt stadt, String zeichen, Vorgaenge.Vorgang vorgang) {
        var antwort = als(stadt.mandant(), () -> {
            var akte = akten.legeAn(
                    stadt.petra(),
                    Kennung.neu(),
                    plan.gemeint("66.20.05").orElseThrow().id(),
                    stadt.ordnung(),
                    "Auskunft Baugerüst");
            return vorgaenge
                    .eroeffne(stadt.petra(), Kennung.neu(), akte.id(), "Auskunft")
                    .aktenzeichen();
        });
        oeffne(petra, "/datenschutz", "datenschutz-leer");
        oeffne(petra, "/datenschutz/ersuchen/neu", "ersuchen-neu");
        petra.locator("#feld-nachname").fill("Baugerüst");
        petra.locator("#feld-eingegangen").fill(LocalDate.now(Anzeige.ZONE).toString());
        petra.locator("#feld-vorgang").fill(antwort);
        petra.locator("button:has-text('Aufnehmen')").click();
        petra.getByText("noch nicht gesucht").waitFor();
        pruefe(petra, "ersuchen");
        await().untilAsserted(() -> assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM index_rueckstand")
                                .query(Long.class)
                                .single()))
                .isZero());
        petra.locator("button:has-text('Im ganzen Haus suchen')").click();
        petra.getByText("Wonach gesucht wurde").waitFor();
        pruefe(petra, "ersuchen-gesucht");
        petra.getByText("bei Ihnen selbst prüfen").click();
        petra.locator("summary:has-text('Entscheiden')").first().click();
        pruefe(petra, "pruefung");
        oeffne(petra, "/auskunft", "pruefungen");
        oeffne(petra, "/datenschutz/einschraenkungen/neu", "einschraenkung-neu");
        petra.locator("#feld-aktenzeichen").fill(zeichen);
        petra.locator("input[value=RICHTIGKEIT]").check();
        petra.locator("#feld-begruendung").fill("Anschrift bestritten");
        petra.locator("button:has-text('Einschränken')").click();
        petra.getByText("gesperrt").waitFor();
        pruefe(petra, "einschraenkung");
        oeffne(petra, "/datenschutz", "datenschutz");
        var anja = melde(fenster(), stadt, "anja.mueller");
        oeffne(anja, "/vorgaenge/" + vorgang.id(), "vorgang-eingeschraenkt");
        anja.getByText("Einzelheiten und Ausnahme").first().click();
        anja.locator("h2:has-text('Trotzdem verarbeiten')").waitFor();
        pruefe(anja, "einschraenkung-bearbeitend");
    }

    @Test
    void lesenachweis_und_haus_sind_zugaenglich() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var zeichen = als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.DATENSCHUTZ);
            return jdbc.sql("SELECT aktenzeichen FROM akte WHERE id = ?")
                    .param(vorgang.akteId())
                    .query(String.class)
                    .single();
        });
        var petra = melde(fenster(), stadt, "petra.lueders");
        petra.locator(".fw-kopf__person").click();
        petra.getByText("Lesenachweis").click();
        petra.getByText("Wer die beiden Rollen hat").waitFor();
        pruefe(petra, "lesenachweis-leer");
        petra.locator("#feld-aktenzeichen").fill(zeichen);
        petra.locator("#feld-von").fill(LocalDate.now(Anzeige.ZONE).toString());
        petra.locator("#feld-bis").fill(LocalDate.now(Anzeige.ZONE).toString());
        petra.locator("#feld-grund").fill("zu kurz");
        erlaubt(422);
        petra.locator("button:has-text('Beantragen')").click();
        assertThat(petra.getByText("Bitte nennen Sie den Anlass")).isVisible();
        pruefe(petra, "lesenachweis-fehler");
        petra.locator("#feld-grund").fill("Beschwerde vom 3. März");
        petra.locator("button:has-text('Beantragen')").click();
        petra.getByText("wartet auf den Personalrat").waitFor();
        pruefe(petra, "einsicht");
        oeffne(petra, "/lesenachweis", "lesenachweis");
        petra.locator("#feld-monate").fill("6");
        petra.locator("button:has-text('Aufbewahrung speichern')").click();
        petra.getByText("6 Monate statt 12").waitFor();
        pruefe(petra, "lesenachweis-verkuerzung");
        petra.locator("button:has-text('Vorschlag zurückziehen')").click();
        petra.getByText("Frühere Vorschläge").waitFor();
        pruefe(petra, "lesenachweis-frueher");
        datenschutz(petra, stadt, zeichen, vorgang);
        alsErster(stadt.mandant(), () -> {
            als(
                    stadt.mandant(),
                    () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.HAUSVERWALTUNG));
            oeffne(petra, "/haus", "haus");
            oeffne(petra, "/haus/" + stadt.mandant(), "haus-mandant");
        });
        assertThat(funde).isEmpty();
    }

    @Test
    void bei_320_pixeln_und_mit_fingern_bleibt_alles_erreichbar() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var seite = melde(fenster(new Browser.NewContextOptions().setHasTouch(true)), stadt, "anja.mueller");
        seite.setViewportSize(320, 640);
        for (var pfad : List.of("/postkorb", "/vorgaenge/" + vorgang.id(), "/suche?q=Baugerüst", "/akten")) {
            seite.navigate(pfad);
            axe(seite, pfad + " 320", ALLE_REGELN);
        }
        seite.navigate("/vorgaenge/" + vorgang.id());
        assertThat(seite.locator("#datei")).isVisible();
        assertThat(seite.getByText("Noch kein Dokument")).isVisible();
        assertThat(funde).isEmpty();
    }

    @Test
    void eine_lange_liste_ist_auf_jeder_ihrer_seiten_zugaenglich() {
        var seite = langeListe();
        assertThat(seite.locator(".fw-blaettern")).containsText("60 Akten");
        pruefeBlaettern(seite, "liste-anfang", 50);
        seite.locator(".fw-blaettern a[rel=next]").click();
        assertThat(seite.locator(".fw-blaettern")).containsText("Ende");
        pruefeBlaettern(seite, "liste-ende", 10);
        assertThat(funde).isEmpty();
    }

    /** The jump once had the class of the skip link and lay unseen above the window: its place is within the block that turns. */
    private void pruefeBlaettern(Page seite, String name, int zeilen) {
        assertThat(seite.locator("[data-liste] a[data-zeile]")).hasCount(zeilen);
        pruefe(seite, name);
        liegtImBlock(seite, name);
        seite.setViewportSize(320, 640);
        axe(seite, name + " 320", ALLE_REGELN);
        liegtImBlock(seite, name + " 320");
        seite.setViewportSize(1440, 900);
    }

    private static void liegtImBlock(Page seite, String name) {
        var block = seite.locator("nav.fw-blaettern").boundingBox();
        for (var teil : List.of("input[name=zu]", "button", ".fw-blaettern__rechts")) {
            var kasten = seite.locator("nav.fw-blaettern " + teil).boundingBox();
            assertThat(kasten.y).as(name + " oben: " + teil).isGreaterThanOrEqualTo(block.y);
            assertThat(kasten.x).as(name + " links: " + teil).isGreaterThanOrEqualTo(block.x);
            assertThat(kasten.y + kasten.height)
                    .as(name + " unten: " + teil)
                    .isLessThanOrEqualTo(block.y + block.height);
            assertThat(kasten.x + kasten.width)
                    .as(name + " rechts: " + teil)
                    .isLessThanOrEqualTo(block.x + block.width);
        }
        seite.locator("nav.fw-blaettern input[name=zu]").click(new Locator.ClickOptions().setTrial(true));
    }

    private void oeffne(Page seite, String pfad, String name) {
        seite.navigate(pfad);
        pruefe(seite, name);
    }

    private void pruefe(Page seite, String name) {
        if (seite.locator("[data-betrachter]").count() > 0) {
            seite.locator("[data-betrachter] canvas").first().waitFor();
        }
        axe(seite, name, ALLE_REGELN);
        seite.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        axe(seite, name + " dunkel", FARBREGELN);
        seite.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        seite.setViewportSize(320, 640);
        var breite =
                (Integer) seite.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (breite > 0) {
            funde.add(name + ": bei 320 px " + breite + " px zu breit: " + seite.evaluate("""
                    [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.fw-betrachter__seiten')).slice(0, 4)
                      .map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)).join(' | ')"""));
        }
        seite.setViewportSize(1440, 900);
        // A hundred pictures cost more than looking at the pages: only for a person who wants them
        // (-Dfederwerk.bilder).
        if (System.getProperty("federwerk.bilder") != null) {
            seite.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("alle-" + name + ".png")));
        }
    }

    private void axe(Page seite, String name, Map<String, Object> regeln) {
        if (!(Boolean) seite.evaluate("() => Boolean(window.axe)")) {
            seite.evaluate(AxeBuilder.getAxeScript());
        }
        // Nobody is to hit what an open menu lies upon.
        var antwort = (List<?>) seite.evaluate("""
                async regeln => (await axe.run(document.querySelector('.fw-kopf details[open]') ? {exclude: [['[data-betrachter]']]} : document, {runOnly: regeln, preload: false, resultTypes: ['violations']})).violations
                  .flatMap(v => v.nodes.map(n => `${v.id} (${v.help}) ${n.target} ${n.html} ${n.failureSummary.replace(/\\s+/g, ' ')}`))""", regeln);
        antwort.forEach(fund -> funde.add(name + ": " + fund));
    }

    private void aktenart(Stadt stadt, UUID akte) {
        var art = UUID.randomUUID();
        var feld = UUID.randomUUID();
        als(stadt.mandant(), () -> {
            jdbc.sql("INSERT INTO aktenart (mandant_id, id, name) VALUES (?, ?, 'Vertrag')")
                    .params(stadt.mandant(), art)
                    .update();
            jdbc.sql("""
                    INSERT INTO aktenfeld (mandant_id, id, aktenart_id, name, art, auswahl, platz)
                    VALUES (:m, gen_random_uuid(), :art, 'Summe', 'geld', '{}', 2), (:m, gen_random_uuid(), :art, 'Betreuung', 'person', '{}', 3),
                           (:m, :feld, :art, 'Stufe', 'auswahl', '{Rahmen,Einzel}', 1)""")
                    .param("m", stadt.mandant())
                    .param("art", art)
                    .param("feld", feld)
                    .update();
            jdbc.sql("UPDATE akte SET aktenart_id = ? WHERE mandant_id = ? AND id = ?")
                    .params(art, stadt.mandant(), akte)
                    .update();
            jdbc.sql("INSERT INTO aktenwert (mandant_id, akte_id, feld_id, text) VALUES (?, ?, ?, 'Rahmen')")
                    .params(stadt.mandant(), akte, feld)
                    .update();
        });
    }
}
