package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.basis.Kennung;
import de.federwerk.datei.Muster;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gespraech.Dokumentvermerke;
import de.federwerk.gespraech.Kommentare;
import de.federwerk.gespraech.Merkpunkte;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.stoerung.Stoerungen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From the post to the closed Vorgang: what stands on the desk of a clerk. */
class BarrierefreiheitAkteBrowserTest extends Zugaenglichkeitstest {

    @Autowired
    private Stoerungen stoerungen;

    @Autowired
    private Kommentare kommentare;

    @Autowired
    private Dokumentvermerke vermerke;

    @Autowired
    private Merkpunkte merkpunkte;

    @Autowired
    private Meldungen meldungen;

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
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "UPDATE merkpunkt SET erledigt = now(), erledigt_von = ? WHERE erledigt IS NULL AND entfernt IS NULL")
                    .param(stadt.anja().person())
                    .update();
            vorgaenge.schliesse(stadt.anja(), vorgang.id());
        });
        oeffne(seite, "/vorgaenge/" + vorgang.id(), "vorgang-zda");
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
    }
}
