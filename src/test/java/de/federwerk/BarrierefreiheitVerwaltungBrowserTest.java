package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.frist.Gemeindekalender;
import de.federwerk.frist.Land;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the administration of a town has before it. */
class BarrierefreiheitVerwaltungBrowserTest extends Zugaenglichkeitstest {

    @Autowired
    private Gemeindekalender kalender;

    @Test
    void seiten_der_verwaltung_sind_zugaenglich() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var vorgang = vorgang(stadt, "Sondernutzung: Baugerüst Lindenstraße 14");
        var seite = anja(stadt);
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
    }
}
