package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A Mitzeichnung round with Rückgabe, a new Version and a deputy, as the people of an office do it. */
class MitzeichnungBrowserTest extends Browsertest {

    @Autowired
    private Dokumente dokumente;

    @Autowired
    private Dateien dateien;

    @Autowired
    private Vertretungen vertretungen;

    private record Amt(Stadt stadt, Anmeldung joerg, Anmeldung karin, UUID vorgang, UUID dokument) {}

    private Amt amt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream(Muster.textPdf("Erlaubnis zur Sondernutzung"))));
        var amt = als(stadt.mandant(), () -> {
            var joerg = person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.ordnung());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
            var dokument = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Bescheid.pdf"),
                    Dokumente.Angaben.mitTitel("Bescheid Erlaubnis"));
            return new Amt(stadt, joerg, karin, vorgang.id(), dokument.id());
        });
        bisGelesen(stadt, 1);
        return amt;
    }

    @Test
    void eine_mitzeichnung_mit_rueckgabe_neuer_version_und_vertretung() {
        var amt = amt();
        var anja = anja(amt.stadt);
        anja.navigate("/vorgaenge/" + amt.vorgang + "?dokument=" + amt.dokument);
        anja.keyboard().press("v");
        anja.waitForURL("**/laufwege/neu**");
        anja.locator("#art-1").selectOption("stellungnahme");
        waehle(anja, "#an-1", "lüd", "Petra Lüders");
        waehle(anja, "#an-2", "sander", "Jörg Sander");
        anja.locator("#lage-2").selectOption("gleichzeitig");
        anja.locator("#art-3").selectOption("schlusszeichnung");
        // Somebody who may not: the reason stands there, and nothing that was typed is gone.
        waehle(anja, "#an-3", "lüd", "Petra Lüders");
        erlaubt(422);
        anja.locator("button[value=beginnen]").click();
        assertThat(anja.locator(".fw-hinweis--fehler")).containsText("Zeichnungsbefugnis");
        assertThat(anja.locator("#an-1")).hasValue("Petra Lüders");
        anja.locator("#an-3").fill("");
        waehle(anja, "#an-3", "ahrens", "Karin Ahrens");
        assertThat(anja.locator("#art-3")).hasValue("schlusszeichnung");
        assertThat(anja.locator("#lage-2")).hasValue("gleichzeitig");
        anja.locator(".fw-knopf[value=pruefen]").click();
        assertThat(anja.locator(".fw-hinweis--erfolg")).containsText("heute bekäme es Karin Ahrens");
        bild(anja, "laufweg-neu");
        anja.locator("button[value=beginnen]").click();
        assertThat(anja.locator("#laufweg")).containsText("Unterwegs, 0 von 3");

        var petra = melde(fenster(), amt.stadt, "petra.lueders");
        assertThat(petra.locator("h1")).hasText("Postkorb");
        assertThat(petra.locator(".fw-handlung")).containsText("Zur Stellungnahme");
        bild(petra, "postkorb-aufgabe");
        petra.locator(".fw-handlung textarea").first().fill("Zustimmung, 1,50 m Restgehweg");
        petra.locator("button[value=stellung]").click();
        assertThat(petra.locator(".fw-hinweis--erfolg")).containsText("Erledigt");
        erlaubt(404);
        petra.navigate("/vorgaenge/" + amt.vorgang);
        assertThat(petra.locator("h1")).containsText("Nicht gefunden");

        var joerg = melde(fenster(), amt.stadt, "joerg.sander");
        joerg.keyboard().press("e");
        assertThat(joerg.locator(".fw-hinweis--erfolg")).containsText("Erledigt");

        // Karin is away: Jörg would be her deputy, but gives the draft back instead of signing it.
        als(
                amt.stadt.mandant(),
                () -> vertretungen.trageEin(
                        amt.karin,
                        Kennung.neu(),
                        amt.karin.person(),
                        amt.joerg.person(),
                        LocalDate.now(Anzeige.ZONE),
                        LocalDate.now(Anzeige.ZONE).plusDays(2),
                        false));
        joerg.navigate("/postkorb");
        assertThat(joerg.locator(".fw-gruppenkopf")).containsText(new String[] {"In Vertretung"});
        assertThat(joerg.locator(".fw-handlung")).containsText("in Vertretung für Karin Ahrens");
        joerg.keyboard().press("r");
        joerg.locator("form[action$='/rueckgabe'] select")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Entwurf, Anja Müller"));
        joerg.locator("form[action$='/rueckgabe'] textarea").fill("Auflage 4 fehlt");
        joerg.locator("form[action$='/rueckgabe'] button").click();
        assertThat(joerg.locator(".fw-hinweis--erfolg")).isVisible();

        neueVersion(anja, amt);
        anja.navigate("/postkorb");
        assertThat(anja.locator(".fw-gruppenkopf").first()).containsText("Zurückgekommen");
        anja.keyboard().press("e");
        assertThat(anja.locator(".fw-hinweis--erfolg")).isVisible();

        // Everybody again, and now signed for her.
        petra.navigate("/postkorb");
        petra.locator(".fw-handlung textarea").first().fill("bleibt dabei");
        petra.locator("button[value=stellung]").click();
        assertThat(petra.locator(".fw-hinweis--erfolg")).isVisible();
        joerg.navigate("/postkorb");
        joerg.keyboard().press("e");
        assertThat(joerg.locator(".fw-hinweis--erfolg")).isVisible();
        joerg.keyboard().press("e");
        assertThat(joerg.locator(".fw-handlung")).hasCount(0);

        anja.navigate("/vorgaenge/" + amt.vorgang + "?dokument=" + amt.dokument);
        var weg = anja.locator("#laufweg");
        assertThat(weg).containsText("Abgeschlossen");
        assertThat(weg).containsText("Jörg Sander gezeichnet i. A. für Karin Ahrens (Version 2)");
        assertThat(weg).containsText("Auflage 4 fehlt");
        assertThat(weg.locator(".fw-station__vermerk--nichtig").first()).containsText("(Version 1)");
        bild(anja, "laufweg-fertig");
    }

    private static void neueVersion(Page seite, Amt amt) {
        seite.navigate("/vorgaenge/" + amt.vorgang + "?dokument=" + amt.dokument);
        seite.getByText("Neue Version ablegen").click();
        seite.locator("#version")
                .setInputFiles(new FilePayload("Bescheid.pdf", "application/pdf", Muster.textPdf("Mit Auflage 4")));
        seite.getByText("Als Version 2 ablegen").click();
        assertThat(seite.locator(".fw-bereich--vorschau .fw-chip")).hasText("v2");
    }
}
