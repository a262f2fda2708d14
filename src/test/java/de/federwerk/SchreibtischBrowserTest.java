package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static de.federwerk.Tastatur.druecke;
import static de.federwerk.Tastatur.fokus;
import static de.federwerk.Tastatur.gehe;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegvorlagen;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.geschaeftsgang.Vorlagenempfaenger;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A day of work with tasks, without a mouse. */
class SchreibtischBrowserTest extends Browsertest {

    @Autowired
    private Dokumente dokumente;

    @Autowired
    private Dateien dateien;

    @Autowired
    private Laufwege laufwege;

    @Autowired
    private Laufwegvorlagen vorlagen;

    private record Tisch(Stadt stadt, Anmeldung joerg, UUID vorgang, UUID dokument) {}

    /** Jörg has sent Anja what lies on her desk in the morning: to sign, to work on, two to read; one to her unit. */
    private Tisch tisch() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream(Muster.textPdf("Erlaubnis zur Sondernutzung"))));
        var tisch = als(stadt.mandant(), () -> {
            var joerg = person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
            personen.gib(Protokoll.PROGRAMM, joerg.person(), Rolle.ADMINISTRATION);
            var dokument = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Bescheid.pdf"),
                    Dokumente.Angaben.mitTitel("Bescheid Erlaubnis"));
            return new Tisch(stadt, joerg, vorgang.id(), dokument.id());
        });
        var anja = new Empfaenger("person", stadt.anja().person());
        als(stadt.mandant(), () -> {
            sende(tisch, Stationsart.MITZEICHNUNG, anja, "Bitte heute");
            sende(tisch, Stationsart.BEARBEITUNG, anja, "Auflagen ergänzen");
            sende(tisch, Stationsart.KENNTNIS, anja, "Protokoll der Begehung");
            sende(tisch, Stationsart.KENNTNIS, anja, "Neue Gebührenordnung");
            sende(tisch, Stationsart.BEARBEITUNG, new Empfaenger("einheit", stadt.tiefbau()), "Anruf des Nachbarn");
        });
        als(
                stadt.mandant(),
                () -> vorlagen.legeAn(
                        tisch.joerg,
                        Kennung.neu(),
                        new Laufwegvorlagen.Angaben(
                                null,
                                "Bescheid mit Mitzeichnung",
                                false,
                                List.of(
                                        Laufwegvorlagen.Station.schlicht(
                                                1,
                                                Stationsart.MITZEICHNUNG,
                                                Vorlagenempfaenger.an(new Empfaenger("person", tisch.joerg.person()))),
                                        Laufwegvorlagen.Station.schlicht(
                                                2,
                                                Stationsart.VERSAND,
                                                Vorlagenempfaenger.aus(Vorlagenempfaenger.Art.BEARBEITER))))));
        bisGelesen(stadt, 1);
        return tisch;
    }

    private void sende(Tisch tisch, Stationsart art, Empfaenger an, String auftrag) {
        laufwege.beginne(
                tisch.joerg,
                new Laufwegentwurf(
                        Kennung.neu(),
                        tisch.vorgang,
                        tisch.dokument,
                        auftrag,
                        false,
                        List.of(new Laufwegentwurf.Station(
                                Kennung.neu(), 1, 1, 1, art, an, auftrag, null, null, false, null, null, null))));
    }

    @Test
    void ein_tag_mit_aufgaben_mit_der_tastatur_allein() {
        var tisch = tisch();
        var seite = fenster();
        seite.navigate("/");
        seite.keyboard().type("anja.mueller@" + kuerzel(tisch.stadt));
        druecke(seite, "Tab");
        seite.keyboard().type(PASSWORT);
        seite.keyboard().press("Enter");
        seite.waitForURL("**/postkorb");

        zeichne(seite);
        gibZurueck(seite);
        nimmUndGibWeiter(seite);
        nimmBeideZurKenntnis(seite);
        legeWiederVor(seite);
        bringeAufDenWeg(seite);
        meldeAb(seite);
        pruefe(tisch);
    }

    /** Through the groups, into the first task, a look at the Dokument, a remark, signed. */
    private static void zeichne(Page seite) {
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("Zur Bearbeitung");
        druecke(seite, "j");
        druecke(seite, "j");
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("Anruf des Nachbarn");
        for (int i = 0; i < 4; i++) {
            druecke(seite, "k");
        }
        oeffne(seite, "Mitzeichnung", "Bescheid Erlaubnis");
        seite.locator(".fw-betrachter canvas").first().waitFor();
        gehe(seite, "Tab", ".fw-betrachter__seiten");
        druecke(seite, "PageDown");
        gehe(seite, "Shift+Tab", "textarea[name=bemerkung]");
        seite.keyboard().type("Restgehweg 1,50 m");
        gehe(seite, "Tab", "button[value=gezeichnet]");
        fertig(seite);
    }

    private static void gibZurueck(Page seite) {
        assertThat(seite.locator(".fw-handlung")).containsText("Auflagen ergänzen");
        druecke(seite, "r");
        assertThat(fokus(seite)).contains("SELECT").contains("Entwurf, Jörg Sander");
        druecke(seite, "Tab");
        seite.keyboard().type("Der Lageplan fehlt");
        druecke(seite, "Tab");
        fertig(seite);
    }

    private static void nimmUndGibWeiter(Page seite) {
        druecke(seite, "j");
        druecke(seite, "j");
        oeffne(seite, "Anruf des Nachbarn", "Bescheid Erlaubnis");
        gehe(seite, "Tab", "button[name=nehmer]");
        seite.keyboard().press("Enter");
        seite.waitForURL("**/aufgaben/*");
        assertThat(seite.locator("h1")).isFocused();
        assertThat(seite.locator(".fw-handlung")).containsText("Sie haben die Aufgabe genommen");
        druecke(seite, "w");
        assertThat(fokus(seite)).contains("an-");
        seite.keyboard().type("lüd");
        assertThat(seite.locator("[role=option]")).containsText("Petra Lüders");
        druecke(seite, "ArrowDown");
        druecke(seite, "Enter");
        druecke(seite, "Tab");
        seite.keyboard().type("Ist eine Ordnungssache");
        druecke(seite, "Tab");
        fertig(seite);
    }

    /** Two at once, in the list of the group. */
    private static void nimmBeideZurKenntnis(Page seite) {
        gehe(seite, "Shift+Tab", "a[href='/aufgaben?gruppe=mir']");
        seite.keyboard().press("Enter");
        seite.waitForURL("**/aufgaben?gruppe=mir");
        assertThat(seite.locator("a[data-zeile]")).hasCount(2);
        druecke(seite, "j");
        druecke(seite, "x");
        druecke(seite, "j");
        druecke(seite, "x");
        assertThat(seite.locator(".fw-zeile__haken:checked")).hasCount(2);
        druecke(seite, "?");
        assertThat(seite.locator("dialog[open]")).containsText("Zeile markieren");
        seite.keyboard().press("Escape");
        gehe(seite, "Tab", "button[value=erledigen]");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("2 Aufgaben sind erledigt.");
        assertThat(seite.locator("h1")).isFocused();
        assertThat(seite.locator("a[data-zeile]")).hasCount(0);
    }

    private static void legeWiederVor(Page seite) {
        postkorb(seite);
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("Baugerüst");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h1")).hasText("Baugerüst");
        druecke(seite, "f");
        assertThat(seite.locator("#wv-tag")).isFocused();
        // Day and month alike: the browser's language may turn them round.
        seite.keyboard().type("01012030");
        gehe(seite, "Tab", "#wv-grund");
        seite.keyboard().type("Erlaubnis läuft ab");
        druecke(seite, "Tab");
        seite.keyboard().press("Enter");
        seite.waitForURL("**#laufweg");
        assertThat(seite.locator("#laufweg")).containsText("Wiedervorlage am 01.01.2030");
        assertThat(seite.locator("#laufweg > h2")).isFocused();
    }

    private static void bringeAufDenWeg(Page seite) {
        seite.keyboard().press("v");
        seite.waitForURL("**/laufwege/neu**");
        assertThat(seite.locator("h1")).isFocused();
        gehe(seite, "Tab", "#feld-vorlage");
        druecke(seite, "Tab");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("#an-1")).hasValue("Jörg Sander");
        gehe(seite, "Tab", "#auftrag-1");
        seite.keyboard().type("Bitte bis Freitag");
        gehe(seite, "Tab", "button[value=beginnen]");
        seite.keyboard().press("Enter");
        seite.waitForURL("**#laufweg");
        assertThat(seite.locator("#laufweg")).containsText("Unterwegs, 0 von 2");
        postkorb(seite);
        gehe(seite, "Tab", "a[href='/aufgaben?gruppe=unterwegs']");
        seite.keyboard().press("Enter");
        seite.waitForURL("**/aufgaben?gruppe=unterwegs");
        assertThat(seite.locator("h1")).hasText("Von mir unterwegs");
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("liegt bei Jörg Sander");
    }

    private static void meldeAb(Page seite) {
        gehe(seite, "Shift+F6", ".fw-kopf *");
        gehe(seite, "Tab", ".fw-kopf__person");
        druecke(seite, "Enter");
        gehe(seite, "Tab", "form[action='/abmelden'] button");
        seite.keyboard().press("Enter");
        seite.waitForURL("**/anmelden?abgemeldet");
    }

    private static void oeffne(Page seite, String zeile, String titel) {
        assertThat(fokus(seite)).contains(zeile);
        seite.keyboard().press("Enter");
        seite.waitForURL("**/postkorb?aufgabe=*");
        assertThat(seite.locator(".fw-bereich--vorschau h2").first()).hasText(titel);
        assertThat(seite.locator(".fw-bereich--vorschau h2").first()).isFocused();
    }

    /** Sent with Enter; what is next is open then, and the focus is on it. */
    private static void fertig(Page seite) {
        var vorher = seite.url();
        seite.keyboard().press("Enter");
        seite.waitForURL(url -> url.contains("/postkorb?fertig=") && !url.equals(vorher));
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("Weiter geht es mit dem Nächsten");
        assertThat(seite.locator(".fw-bereich--vorschau h2").first()).isFocused();
        assertThat(fokus(seite)).contains("Bescheid Erlaubnis");
    }

    private static void postkorb(Page seite) {
        gehe(seite, "Shift+F6", ".fw-leiste *");
        gehe(seite, "Shift+Tab", ".fw-kopf *");
        gehe(seite, "Tab", ".fw-leiste a[href='/postkorb']");
        seite.keyboard().press("Enter");
        seite.waitForURL("**/postkorb");
    }

    private void pruefe(Tisch tisch) {
        als(tisch.stadt.mandant(), () -> {
            assertThat(jdbc.sql(
                                    "SELECT art || ' ' || ergebnis || ' ' || bemerkung FROM zeichnung WHERE mandant_id = ? AND person_id = ? ORDER BY zeit")
                            .params(tisch.stadt.mandant(), tisch.stadt.anja().person())
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "mitzeichnung gezeichnet Restgehweg 1,50 m",
                            "bearbeitung zurueck Der Lageplan fehlt",
                            "kenntnis kenntnis ",
                            "kenntnis kenntnis ");
            assertThat(jdbc.sql(
                                    "SELECT art || ' ' || auftrag FROM station WHERE mandant_id = ? AND stand = 'offen' AND empfaenger_id = ?")
                            .params(tisch.stadt.mandant(), tisch.stadt.petra().person())
                            .query(String.class)
                            .list())
                    .containsExactly("bearbeitung Anruf des Nachbarn");
            assertThat(jdbc.sql(
                                    "SELECT art || ' ' || auftrag FROM station WHERE mandant_id = ? AND stand = 'offen' AND empfaenger_id = ? ORDER BY art")
                            .params(tisch.stadt.mandant(), tisch.joerg.person())
                            .query(String.class)
                            .list())
                    .containsExactly("entwurf ", "mitzeichnung Bitte bis Freitag");
        });
    }
}
