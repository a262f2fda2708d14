package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What everybody has: the door, empty pages, a small screen, long lists, being away. */
class BarrierefreiheitBrowserTest extends Zugaenglichkeitstest {

    @Autowired
    private Vertretungen vertretungen;

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
    }

    @Test
    void eine_lange_liste_ist_auf_jeder_ihrer_seiten_zugaenglich() {
        var seite = langeListe();
        assertThat(seite.locator(".fw-blaettern")).containsText("60 Akten");
        pruefeBlaettern(seite, "liste-anfang", 50);
        seite.locator(".fw-blaettern a[rel=next]").click();
        assertThat(seite.locator(".fw-blaettern")).containsText("Ende");
        pruefeBlaettern(seite, "liste-ende", 10);
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
}
