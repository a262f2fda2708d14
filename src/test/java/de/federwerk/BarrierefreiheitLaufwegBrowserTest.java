package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What goes round in the house, and who leads. */
class BarrierefreiheitLaufwegBrowserTest extends Zugaenglichkeitstest {

    @Autowired
    private Laufwege laufwege;

    @Autowired
    private Vertretungen vertretungen;

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
    }
}
