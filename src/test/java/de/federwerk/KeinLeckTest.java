package de.federwerk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Schriftgut;
import de.federwerk.akte.Verweise;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.frist.Gemeindekalender;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegvorlagen;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.geschaeftsgang.Vorlagenempfaenger;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gespraech.Dokumentvermerke;
import de.federwerk.gespraech.Kommentare;
import de.federwerk.gespraech.Merkpunkte;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Everything Anja has, asked for by its real address: by nobody, by a colleague of another unit, by a clerk of another town. Knows
 * each address with something in it by name, so that a new one cannot be forgotten here.
 */
class KeinLeckTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(40);
    /** Pages that anybody may open. */
    private static final List<String> OFFEN = List.of(
            "/anmelden",
            "/anmelden/passkey",
            "/anmelden/notfall",
            "/anmelden/oidc",
            "/anmelden/oidc/abmeldung",
            "/error");
    /** For a role, not for rights on an Akte: see UebernahmeseitenTest, LaufwegvorlagenTest, RechteverwaltungTest, EinsichtTest, HausTest. */
    private static final List<String> FUER_ROLLEN = List.of(
            "/verwaltung/uebernahmen/{id}/bericht",
            "/verwaltung/laufwege/{id}",
            "/verwaltung/rechte/{id}/ende",
            "/personen/{id}/zugriff",
            "/lesenachweis/einsichten/{id}",
            "/haus/{id}",
            // EinschraenkungTest, AuskunftTest
            "/datenschutz/einschraenkungen/{id}",
            "/datenschutz/ersuchen/{id}",
            "/auskunft/{id}",
            // ZweiterFaktorTest
            "/verwaltung/personen/{id}/anmeldung",
            // PersonalTest, UmbauTest
            "/verwaltung/personen/{id}",
            // RollenwirkungTest
            "/verwaltung/personen/{id}/rollen/wirkung",
            "/verwaltung/einheiten/{id}",
            // FormularpflegeTest, HausTest
            "/verwaltung/formulare/{id}",
            "/verwaltung/formulare/{id}/vorschau",
            "/verwaltung/formulare/{id}/formular.json",
            "/verwaltung/formulare/{id}/formular.pdf",
            // AntragsfelderTest
            "/verwaltung/antraege/{leistung}/felder",
            // AktenartTest
            "/verwaltung/aktenarten/{id}",
            "/aktenarten/{id}",
            "/aktenarten/{id}/akten.csv",
            "/aktenarten/{id}/vorgaenge",
            "/aktenarten/{id}/vorgaenge.csv",
            // LeistungspflegeTest
            "/verwaltung/leistungen/{id}",
            "/verwaltung/leistungen/{id}/entwurf",
            "/verwaltung/leistungen/{id}/zustaendigkeit",
            "/verwaltung/leistungen/fassungen/{id}",
            "/verwaltung/leistungen/dienststellen/{id}",
            // BescheidTest
            "/verwaltung/bescheidvorlagen/{id}",
            // HandmappenTest
            "/handmappen/{id}",
            // ListenTest
            "/listen/ansichten/{id}",
            "/verwaltung/umbau/{id}",
            "/verwaltung/geschaeftsverteilung/{id}",
            // PlanpflegeTest
            "/verwaltung/aktenplan/fassungen/{id}",
            // UmstellungTest
            "/verwaltung/aktenplan/umstellung/{id}");
    /** Opened by a secret of its own and by nothing else; see KalenderaboTest, OidcAngriffTest. */
    private static final List<String> MIT_GEHEIMNIS =
            List.of("/kalender/abo/{mandant}/{geheimnis}", "/anmelden/oidc/rueckkehr/{behoerde}");

    private static final String ZUGRIFF = "/{art:akten|vorgaenge|dokumente}/{id}/zugriff";
    private static final String AENDERUNG =
            "/{was:freigabe|unterbrechung|vererbung|ausschluss|befangenheit|personalakte|stufe}";

    @Autowired
    Verweise verweise;

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Laufwege laufwege;

    @Autowired
    Laufwegvorlagen vorlagen;

    @Autowired
    Kommentare kommentare;

    @Autowired
    Dokumentvermerke dokumentvermerke;

    @Autowired
    Merkpunkte merkpunkte;

    @Autowired
    Gemeindekalender kalender;

    @Autowired
    Vertretungen vertretungen;

    @Autowired
    Meldungen meldungen;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping wege;

    /** @param wort stands in every title, name and text of hers and nowhere else */
    private record Besitz(
            Stadt stadt,
            String wort,
            UUID akte,
            UUID vorgang,
            UUID dokument,
            UUID eingang,
            UUID teil,
            UUID laufweg,
            UUID station,
            UUID kommentar,
            UUID merkpunkt,
            UUID meldung,
            UUID schwaerzung) {

        List<UUID> kennungen() {
            return List.of(
                    akte,
                    vorgang,
                    dokument,
                    eingang,
                    teil,
                    laufweg,
                    station,
                    kommentar,
                    merkpunkt,
                    meldung,
                    schwaerzung);
        }
    }

    @Test
    void wer_keine_rechte_hat_erfaehrt_auf_keiner_seite_etwas() {
        var fremde = stadt();
        var besitz = besitz();
        als(
                fremde.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, fremde.anja().person(), Rolle.ADMINISTRATION));
        als(
                besitz.stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, besitz.stadt.petra().person(), Rolle.ADMINISTRATION));
        var anja = angemeldet(besitz.stadt.mandant(), "anja.mueller");
        var petra = angemeldet(besitz.stadt.mandant(), "petra.lueders");
        var nachbar = angemeldet(fremde.mandant(), "anja.mueller");
        var niemand = new Browser(url(""));

        // What she has typed and not sent is hers alone, even for those who know of which form to ask.
        anja.alsInsel(
                "PUT",
                "/entwuerfe",
                anja.hole("/postkorb").geheim(),
                "{\"schluessel\":\"vermerk-%s\",\"alter\":0,\"felder\":[{\"name\":\"text\",\"art\":\"textarea\",\"wert\":\"%s\"}]}"
                        .formatted(besitz.vorgang, besitz.wort));
        assertThat(anja.hole("/entwuerfe?schluessel=vermerk-" + besitz.vorgang).text())
                .contains(besitz.wort);

        var bekannt = new java.util.HashMap<>(adressen(besitz));
        bekannt.putAll(papierUndEinsicht(besitz, anja));
        var lauf = "/sammellaeufe/" + sammellauf(besitz);
        bekannt.put("/sammellaeufe/{id}", lauf);
        bekannt.put("/sammellaeufe/{id}/posten.csv", lauf + "/posten.csv");
        var ohneTest = new TreeSet<String>();
        for (var muster : muster(RequestMethod.GET)) {
            if (FUER_ROLLEN.contains(muster) || MIT_GEHEIMNIS.contains(muster)) {
                continue;
            }
            if (!muster.contains("{")) {
                listenseite(besitz, muster, niemand, List.of(petra, nachbar));
            } else if (bekannt.containsKey(muster)) {
                objektseite(besitz, bekannt.get(muster), anja, niemand, List.of(petra, nachbar));
            } else {
                ohneTest.add(muster);
            }
        }
        assertThat(ohneTest)
                .as("Neue Adressen mit Kennung gehören in adressen(): dort wird geprüft, dass sie nichts verraten")
                .isEmpty();
    }

    private void objektseite(Besitz besitz, String pfad, Browser anja, Browser niemand, List<Browser> fremde) {
        assertThat(anja.hole(pfad).status()).as("Anja: " + pfad).isIn(200, 302);
        assertThat(niemand.hole(pfad).ziel()).as("niemand: " + pfad).isEqualTo("/anmelden");
        for (var fremder : fremde) {
            var seite = fremder.hole(pfad);
            assertThat(seite.status()).as(pfad).isEqualTo(404);
            assertThat(seite.text())
                    .as(pfad)
                    .doesNotContainIgnoringCase(besitz.wort)
                    .doesNotContain("Grünanlage", "66.20.03-");
        }
    }

    private void listenseite(Besitz besitz, String pfad, Browser niemand, List<Browser> fremde) {
        if (!OFFEN.contains(pfad)) {
            assertThat(niemand.hole(pfad).ziel()).as("niemand: " + pfad).isEqualTo("/anmelden");
        }
        for (var fremder : fremde) {
            // What is typed comes back on the search page; an Aktenzeichen and the words of the mail ask without
            // repeating the word.
            for (var frage : List.of(
                    "",
                    "?status=alle",
                    "?status=abgelegt",
                    "?q=66.20.03",
                    "?q=gr%C3%BCnanlagen",
                    "?knoten=" + knoten(besitz),
                    "?position=" + knoten(besitz),
                    "?titel=a&art=vorgaenge",
                    "?eingang=" + besitz.eingang,
                    "?aufgabe=" + besitz.station,
                    "?gruppe=unterwegs",
                    "?schluessel=vermerk-" + besitz.vorgang,
                    "?art=dokument&q=zylinder*")) {
                var seite = fremder.hole(pfad + frage);
                assertThat(seite.status()).as(pfad + frage).isNotEqualTo(500);
                assertThat(seite.text())
                        .as(pfad + frage)
                        .doesNotContainIgnoringCase(besitz.wort)
                        .doesNotContain("FahrStuße", "66.20.03-0");
                besitz.kennungen()
                        .forEach(kennung -> assertThat(seite.text()
                                        .replace("eingang=" + besitz.eingang, "")
                                        .replace("aufgabe=" + besitz.station, ""))
                                .as(pfad + frage)
                                .doesNotContain(kennung.toString()));
            }
        }
    }

    @Test
    void suche_auswahl_und_listen_zaehlen_fuer_andere_null() {
        var fremde = stadt();
        var besitz = besitz();
        var anja = angemeldet(besitz.stadt.mandant(), "anja.mueller");
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(
                                anja.hole("/suche?q=" + besitz.wort + "*").text())
                        .contains("4 Treffer"));
        assertThat(anja.hole("/vorgaenge/auswahl?q=" + besitz.wort).text()).contains(besitz.vorgang.toString());
        for (var fremder : List.of(
                angemeldet(besitz.stadt.mandant(), "petra.lueders"), angemeldet(fremde.mandant(), "anja.mueller"))) {
            for (var frage : List.of(
                    besitz.wort + "*",
                    besitz.wort + "akte",
                    besitz.wort + "text",
                    "Gr%C3%BCnanlage",
                    "FahrStu%C3%9Fe",
                    "66.20.03-0001*")) {
                var seite = fremder.hole("/suche?q=" + frage);
                assertThat(seite.text()).as(frage).contains("0 Treffer").contains("Nichts gefunden");
                besitz.kennungen().forEach(kennung -> assertThat(seite.text()).doesNotContain(kennung.toString()));
                for (var auswahl : List.of("vorgaenge", "akten", "schriftgut")) {
                    assertThat(fremder.hole("/" + auswahl + "/auswahl?q=" + frage.replace("*", ""))
                                    .text())
                            .isEqualTo("[]");
                }
            }
            for (var liste : List.of("/posteingang?status=alle", "/postkorb", "/akten?knoten=" + knoten(besitz))) {
                assertThat(fremder.hole(liste).text()).as(liste).doesNotContainPattern("fw-zahl\">[1-9]");
            }
        }
    }

    @Test
    void auch_absenden_verraet_und_aendert_nichts() {
        var fremde = stadt();
        var besitz = besitz();
        // In July there is no public holiday.
        var mittwoch = LocalDate.now(Anzeige.ZONE).plusYears(1).withMonth(7).with(DayOfWeek.WEDNESDAY);
        var ortsfeiertag =
                als(besitz.stadt.mandant(), () -> kalender.trageEin(Protokoll.PROGRAMM, mittwoch, besitz.wort, true));
        // An administrator of one town is nobody in the other.
        als(
                fremde.mandant(),
                () -> List.of(Rolle.ADMINISTRATION, Rolle.LEISTUNGEN)
                        .forEach(r ->
                                personen.gib(Protokoll.PROGRAMM, fremde.petra().person(), r)));
        var abwesenheit = Kennung.neu();
        Mandantenkontext.als(
                besitz.stadt.mandant(),
                () -> vertretungen.trageEin(
                        besitz.stadt.anja(),
                        abwesenheit,
                        besitz.stadt.anja().person(),
                        null,
                        LocalDate.now(Anzeige.ZONE),
                        LocalDate.now(Anzeige.ZONE),
                        false));
        var vorlage = vorlage(besitz);
        var anja = "/verwaltung/personen/" + besitz.stadt.anja().person();
        var umbau = "/verwaltung/umbau/" + umbau(besitz);
        var plan = "/verwaltung/geschaeftsverteilung/" + verteilungsplan(besitz);
        var verweis = verweis(besitz);
        var art = "/verwaltung/aktenarten/" + aktenart(besitz);
        var formular = "/verwaltung/formulare/" + formular(besitz);
        var katalog = "/verwaltung/leistungen";
        var leistungsId = leistung(besitz);
        var leistung = katalog + "/" + leistungsId;
        var mappe = "/handmappen/" + handmappe(besitz);
        var teilakte = "/akten/" + besitz.akte + "/teilakten/" + teilakte(besitz);
        var ansicht = "/listen/ansichten/" + ansicht(besitz);
        var position = "/verwaltung/aktenplan/positionen/" + position(besitz);
        var planfassung = "/verwaltung/aktenplan/fassungen/" + planfassung(besitz);
        var umstellung = "/verwaltung/aktenplan/umstellung/" + umstellung(besitz);
        var lauf = "/sammellaeufe/" + sammellauf(besitz);
        var ihre = papierUndEinsicht(besitz, angemeldet(besitz.stadt.mandant(), "anja.mueller"));
        var papier = ihre.get("/papier/{kennzeichen}");
        var einsicht = ihre.get("/akteneinsichten/{id}");
        // Last: what is restricted cannot be prepared any more.
        var auskunft = auskunft(besitz);
        var einschraenkung = "/datenschutz/einschraenkungen/" + auskunft;
        var ersuchen = "/datenschutz/ersuchen/" + auskunft;
        var pruefung = "/auskunft/" + auskunft;
        var vorher = bestand(besitz);
        var adressen = Map.ofEntries(
                Map.entry("/verwaltung/aktenplan/umstellung/{id}/beschluss", umstellung + "/beschluss"),
                Map.entry("/verwaltung/aktenplan/umstellung/{id}/rueckzug", umstellung + "/rueckzug"),
                Map.entry("/verwaltung/aktenplan/umstellung/{id}/unterbrechung", umstellung + "/unterbrechung"),
                Map.entry("/verwaltung/aktenplan/umstellung/{id}/fortsetzung", umstellung + "/fortsetzung"),
                Map.entry("/verwaltung/aktenplan/umstellung/{id}/ruecknahme", umstellung + "/ruecknahme"),
                Map.entry("/sammellaeufe/{id}/unterbrechung", lauf + "/unterbrechung"),
                Map.entry("/sammellaeufe/{id}/fortsetzung", lauf + "/fortsetzung"),
                Map.entry("/sammellaeufe/{id}/ruecknahme", lauf + "/ruecknahme"),
                Map.entry("/akten/{id}/papier", "/akten/" + besitz.akte + "/papier"),
                Map.entry("/akten/{id}/papierform", "/akten/" + besitz.akte + "/papierform"),
                Map.entry("/akten/{id}/baende", "/akten/" + besitz.akte + "/baende"),
                Map.entry("/akten/{id}/teilakten", "/akten/" + besitz.akte + "/teilakten"),
                Map.entry("/akten/{id}/teilakten/{teil}/angaben", teilakte + "/angaben"),
                Map.entry("/akten/{id}/teilakten/{teil}/abschluss", teilakte + "/abschluss"),
                Map.entry("/akten/{id}/teilakten/{teil}/wiederaufnahme", teilakte + "/wiederaufnahme"),
                Map.entry("/vorgaenge/{id}/einordnung", "/vorgaenge/" + besitz.vorgang + "/einordnung"),
                Map.entry("/verwaltung/leistungen/{id}/einordnung", leistung + "/einordnung"),
                Map.entry("/verwaltung/leistungen/{id}/entwurf", leistung + "/entwurf"),
                Map.entry("/verwaltung/leistungen/{id}/vorlage", leistung + "/vorlage"),
                Map.entry("/verwaltung/leistungen/{id}/rueckgabe", leistung + "/rueckgabe"),
                Map.entry("/verwaltung/leistungen/{id}/freigabe", leistung + "/freigabe"),
                Map.entry("/verwaltung/leistungen/{id}/rueckzug", leistung + "/rueckzug"),
                Map.entry("/verwaltung/leistungen/{id}/verwerfung", leistung + "/verwerfung"),
                Map.entry("/verwaltung/leistungen/{id}/zustaendigkeit", leistung + "/zustaendigkeit"),
                Map.entry(
                        "/verwaltung/leistungen/{id}/zustaendigkeit/{regel}",
                        leistung + "/zustaendigkeit/" + leistungsId),
                Map.entry("/verwaltung/leistungen/dienststellen/{id}", katalog + "/dienststellen/" + leistungsId),
                Map.entry(
                        "/verwaltung/leistungen/dienststellen/{id}/ende",
                        katalog + "/dienststellen/" + leistungsId + "/ende"),
                Map.entry("/verwaltung/leistungen/lebenslagen/{id}", katalog + "/lebenslagen/" + leistungsId),
                Map.entry("/verwaltung/antraege/{leistung}", "/verwaltung/antraege/" + leistungsId),
                Map.entry("/verwaltung/antraege/{leistung}/felder", "/verwaltung/antraege/" + leistungsId + "/felder"),
                Map.entry(
                        "/verwaltung/antraege/{leistung}/felder/anlegen",
                        "/verwaltung/antraege/" + leistungsId + "/felder/anlegen"),
                Map.entry("/verwaltung/aktenarten/{id}/vorgaben", art + "/vorgaben"),
                Map.entry("/verwaltung/formulare/{id}/teile", formular + "/teile"),
                Map.entry("/verwaltung/formulare/{id}/vorschau", formular + "/vorschau"),
                Map.entry("/verwaltung/formulare/{id}/freigabe", formular + "/freigabe"),
                Map.entry("/verwaltung/formulare/{id}/ruecknahme", formular + "/ruecknahme"),
                Map.entry("/verwaltung/formulare/{id}/kopie", formular + "/kopie"),
                Map.entry("/verwaltung/aktenarten/{id}/laufwege", art + "/laufwege"),
                Map.entry("/papier/{kennzeichen}/ausleihe", papier + "/ausleihe"),
                Map.entry("/papier/{kennzeichen}/rueckgabe", papier + "/rueckgabe"),
                Map.entry("/papier/{kennzeichen}/standort", papier + "/standort"),
                Map.entry("/akten/{id}/einsicht", "/akten/" + besitz.akte + "/einsicht"),
                Map.entry("/akteneinsichten/{id}/auswahl", einsicht + "/auswahl"),
                Map.entry("/akteneinsichten/{id}/auftrag", einsicht + "/auftrag"),
                Map.entry("/akteneinsichten/{id}/abbruch", einsicht + "/abbruch"),
                Map.entry("/akteneinsichten/{id}/entwurf", einsicht + "/entwurf"),
                Map.entry("/verwaltung/personen/{id}/angaben", anja + "/angaben"),
                Map.entry("/verwaltung/personen/{id}/stellen", anja + "/stellen"),
                Map.entry("/verwaltung/personen/{id}/rollen", anja + "/rollen"),
                Map.entry("/verwaltung/personen/{id}/rollen/ende", anja + "/rollen/ende"),
                Map.entry("/verwaltung/personen/{id}/rollen/wirkung", anja + "/rollen/wirkung"),
                Map.entry("/verwaltung/personen/{id}/ermaechtigung", anja + "/ermaechtigung"),
                Map.entry("/verwaltung/personen/{id}/austritt", anja + "/austritt"),
                Map.entry("/verwaltung/personen/{id}/uebergabe", anja + "/uebergabe"),
                Map.entry(
                        "/verwaltung/besetzungen/{id}/ende", "/verwaltung/besetzungen/" + besetzung(besitz) + "/ende"),
                Map.entry("/verwaltung/umbau/{id}/schritte", umbau + "/schritte"),
                Map.entry("/verwaltung/umbau/{id}/schritte/entfernung", umbau + "/schritte/entfernung"),
                Map.entry("/verwaltung/umbau/{id}/beschluss", umbau + "/beschluss"),
                Map.entry("/verwaltung/umbau/{id}/entwurf", umbau + "/entwurf"),
                Map.entry("/verwaltung/umbau/{id}/verwerfung", umbau + "/verwerfung"),
                Map.entry("/verwaltung/geschaeftsverteilung/{id}/uebernahme", plan + "/uebernahme"),
                Map.entry("/verwaltung/aktenplan/positionen/{id}", position),
                Map.entry("/verwaltung/aktenplan/positionen/{id}/ende", position + "/ende"),
                Map.entry("/verwaltung/aktenplan/positionen/{id}/wiederaufnahme", position + "/wiederaufnahme"),
                Map.entry("/verwaltung/aktenplan/positionen/{id}/rang", position + "/rang"),
                Map.entry("/verwaltung/aktenplan/fassungen/{id}/uebernahme", planfassung + "/uebernahme"),
                Map.entry("/verwaltung/aktenplan/fassungen/{id}/ruecknahme", planfassung + "/ruecknahme"),
                Map.entry(
                        "/verwaltung/personen/{id}/passwort",
                        "/verwaltung/personen/" + besitz.stadt.anja().person() + "/passwort"),
                Map.entry(
                        "/verwaltung/personen/{id}/faktorruecksetzung",
                        "/verwaltung/personen/" + besitz.stadt.anja().person() + "/faktorruecksetzung"),
                Map.entry(
                        "/verwaltung/personen/{id}/sitzungsende",
                        "/verwaltung/personen/" + besitz.stadt.anja().person() + "/sitzungsende"),
                // Not hers: no page knows the id of a session.
                Map.entry("/anmeldung/sitzungen/{marke}/ende", "/anmeldung/sitzungen/" + "0".repeat(32) + "/ende"),
                Map.entry(
                        "/anmeldung/app-kennwoerter/{id}/ende", "/anmeldung/app-kennwoerter/" + besitz.akte + "/ende"),
                Map.entry("/anmeldung/passkeys/{id}/ende", "/anmeldung/passkeys/" + besitz.akte + "/ende"),
                Map.entry(
                        "/verwaltung/stellen/{id}/zeichnungsbefugnis",
                        "/verwaltung/stellen/" + stelle(besitz) + "/zeichnungsbefugnis"),
                Map.entry(
                        "/verwaltung/verzeichnis/zuordnungen/{id}/ende",
                        "/verwaltung/verzeichnis/zuordnungen/" + zuordnung(besitz) + "/ende"),
                Map.entry(
                        "/verwaltung/verzeichnis/fragen/{id}/verknuepfung",
                        "/verwaltung/verzeichnis/fragen/" + frage(besitz) + "/verknuepfung"),
                Map.entry(
                        "/verwaltung/verzeichnis/personen/{id}/passwort",
                        "/verwaltung/verzeichnis/personen/"
                                + besitz.stadt.anja().person() + "/passwort"),
                Map.entry("/vertretungen/{id}/ende", "/vertretungen/" + abwesenheit + "/ende"),
                Map.entry("/verwaltung/kalender/tage/{id}/ende", "/verwaltung/kalender/tage/" + ortsfeiertag + "/ende"),
                Map.entry("/verwaltung/laufwege/{id}/fassungen", "/verwaltung/laufwege/" + vorlage + "/fassungen"),
                Map.entry("/verwaltung/laufwege/{id}/ende", "/verwaltung/laufwege/" + vorlage + "/ende"),
                Map.entry("/verwaltung/rechte/{id}/ende", "/verwaltung/rechte/" + freigabe(besitz) + "/ende"),
                Map.entry(
                        "/verwaltung/rechte/rollen/{id}/mitglieder",
                        "/verwaltung/rechte/rollen/" + rolle(besitz) + "/mitglieder"),
                Map.entry(
                        "/verwaltung/rechte/rollen/{id}/mitglieder/{besetzung}/ende",
                        "/verwaltung/rechte/rollen/" + rolle(besitz) + "/mitglieder/" + rolle(besitz) + "/ende"),
                Map.entry(ZUGRIFF + AENDERUNG, "/akten/" + besitz.akte + "/zugriff/befangenheit"),
                Map.entry(
                        "/{art:akten|vorgaenge}/{id}/zugriff/freigaben/{freigabe}/ende",
                        "/akten/" + besitz.akte + "/zugriff/freigaben/" + besitz.akte + "/ende"),
                Map.entry(
                        "/akten/{id}/zugriff/ausschluesse/{ausschluss}/ende",
                        "/akten/" + besitz.akte + "/zugriff/ausschluesse/" + besitz.akte + "/ende"),
                Map.entry("/akten/{id}/vorgaenge", "/akten/" + besitz.akte + "/vorgaenge"),
                Map.entry("/vorgaenge/{id}/vermerke", "/vorgaenge/" + besitz.vorgang + "/vermerke"),
                Map.entry("/vorgaenge/{id}/abschluss", "/vorgaenge/" + besitz.vorgang + "/abschluss"),
                Map.entry("/vorgaenge/{id}/nachrichten", "/vorgaenge/" + besitz.vorgang + "/nachrichten"),
                Map.entry("/verwaltung/aktenarten/{id}/angaben", art + "/angaben"),
                Map.entry("/verwaltung/aktenarten/{id}/ende", art + "/ende"),
                Map.entry("/verwaltung/aktenarten/{id}/felder", art + "/felder"),
                Map.entry("/verwaltung/aktenarten/{id}/felder/{feld}", art + "/felder/" + besitz.akte),
                Map.entry("/akten/{id}/registrierung", "/akten/" + besitz.akte + "/registrierung"),
                Map.entry("/akten/{id}/verwerfung", "/akten/" + besitz.akte + "/verwerfung"),
                Map.entry("/vorgaenge/{id}/registrierung", "/vorgaenge/" + besitz.vorgang + "/registrierung"),
                Map.entry("/vorgaenge/{id}/verwerfung", "/vorgaenge/" + besitz.vorgang + "/verwerfung"),
                Map.entry("/papierkorb/{id}/rueckgabe", "/papierkorb/" + besitz.vorgang + "/rueckgabe"),
                Map.entry("/listen/ansichten/{id}/angaben", ansicht + "/angaben"),
                Map.entry("/listen/ansichten/{id}/ende", ansicht + "/ende"),
                Map.entry("/listen/ansichten/{id}/start", ansicht + "/start"),
                Map.entry("/handmappen/{id}/angaben", mappe + "/angaben"),
                Map.entry("/handmappen/{id}/aufloesung", mappe + "/aufloesung"),
                Map.entry("/handmappen/{id}/stuecke", mappe + "/stuecke"),
                Map.entry("/handmappen/{id}/stuecke/{objekt}/ende", mappe + "/stuecke/" + besitz.akte + "/ende"),
                Map.entry("/akten/{id}/angaben", "/akten/" + besitz.akte + "/angaben"),
                Map.entry("/akten/{id}/umprotokollierung", "/akten/" + besitz.akte + "/umprotokollierung"),
                Map.entry("/akten/{id}/abschluss", "/akten/" + besitz.akte + "/abschluss"),
                Map.entry("/akten/{id}/wiederaufnahme", "/akten/" + besitz.akte + "/wiederaufnahme"),
                Map.entry("/vorgaenge/{id}/angaben", "/vorgaenge/" + besitz.vorgang + "/angaben"),
                Map.entry("/vorgaenge/{id}/verlegung", "/vorgaenge/" + besitz.vorgang + "/verlegung"),
                Map.entry("/vorgaenge/{id}/wiederaufnahme", "/vorgaenge/" + besitz.vorgang + "/wiederaufnahme"),
                Map.entry("/dokumente/{id}/angaben", "/dokumente/" + besitz.dokument + "/angaben"),
                Map.entry("/dokumente/{id}/verlegung", "/dokumente/" + besitz.dokument + "/verlegung"),
                Map.entry("/dokumente/{id}/kopien", "/dokumente/" + besitz.dokument + "/kopien"),
                Map.entry("/{was:akten|vorgaenge|dokumente}/{id}/verweise", "/akten/" + besitz.akte + "/verweise"),
                Map.entry("/verweise/{id}/ende", "/verweise/" + verweis + "/ende"),
                Map.entry("/vorgaenge/{id}/dokumente", "/vorgaenge/" + besitz.vorgang + "/dokumente"),
                Map.entry("/dokumente/{id}/versionen", "/dokumente/" + besitz.dokument + "/versionen"),
                Map.entry("/dokumente/{id}/sperre", "/dokumente/" + besitz.dokument + "/sperre"),
                Map.entry("/dokumente/{id}/sperre/freigabe", "/dokumente/" + besitz.dokument + "/sperre/freigabe"),
                Map.entry("/dokumente/{id}/sperre/aufhebung", "/dokumente/" + besitz.dokument + "/sperre/aufhebung"),
                Map.entry("/dokumente/{id}/kommentare", "/dokumente/" + besitz.dokument + "/kommentare"),
                Map.entry("/dokumente/{id}/vermerke", "/dokumente/" + besitz.dokument + "/vermerke"),
                Map.entry("/dokumente/{id}/schwaerzungen", "/dokumente/" + besitz.dokument + "/schwaerzungen"),
                Map.entry("/schwaerzungen/{id}/bereiche", "/schwaerzungen/" + besitz.schwaerzung + "/bereiche"),
                Map.entry("/schwaerzungen/{id}/funde", "/schwaerzungen/" + besitz.schwaerzung + "/funde"),
                Map.entry("/schwaerzungen/{id}/kopie", "/schwaerzungen/" + besitz.schwaerzung + "/kopie"),
                Map.entry("/schwaerzungen/{id}/verwerfung", "/schwaerzungen/" + besitz.schwaerzung + "/verwerfung"),
                Map.entry("/kommentare/{id}/fassungen", "/kommentare/" + besitz.kommentar + "/fassungen"),
                Map.entry("/kommentare/{id}/rueckzug", "/kommentare/" + besitz.kommentar + "/rueckzug"),
                Map.entry("/vorgaenge/{id}/merkpunkte", "/vorgaenge/" + besitz.vorgang + "/merkpunkte"),
                Map.entry("/vorgaenge/{id}/bescheid", "/vorgaenge/" + besitz.vorgang + "/bescheid"),
                Map.entry(
                        "/vorgaenge/{id}/bescheid/{bescheid}/versand",
                        "/vorgaenge/" + besitz.vorgang + "/bescheid/" + besitz.dokument + "/versand"),
                Map.entry(
                        "/vorgaenge/{id}/bescheid/{bescheid}/verwerfung",
                        "/vorgaenge/" + besitz.vorgang + "/bescheid/" + besitz.dokument + "/verwerfung"),
                Map.entry("/verwaltung/bescheidvorlagen/{id}", "/verwaltung/bescheidvorlagen/" + besitz.dokument),
                Map.entry("/verwaltung/rechtsbehelfe/texte/{id}", "/verwaltung/rechtsbehelfe/texte/" + besitz.dokument),
                Map.entry("/verwaltung/rechtsbehelfe/regeln/{recht}/{kanal}", "/verwaltung/rechtsbehelfe/regeln/x/x"),
                Map.entry("/merkpunkte/{id}/fassungen", "/merkpunkte/" + besitz.merkpunkt + "/fassungen"),
                Map.entry("/merkpunkte/{id}/erledigung", "/merkpunkte/" + besitz.merkpunkt + "/erledigung"),
                Map.entry("/merkpunkte/{id}/wiederaufnahme", "/merkpunkte/" + besitz.merkpunkt + "/wiederaufnahme"),
                Map.entry("/merkpunkte/{id}/entfernung", "/merkpunkte/" + besitz.merkpunkt + "/entfernung"),
                Map.entry("/merkpunkte/{id}/platz", "/merkpunkte/" + besitz.merkpunkt + "/platz"),
                Map.entry("/vorgaenge/{id}/laufwege", "/vorgaenge/" + besitz.vorgang + "/laufwege"),
                Map.entry("/vorgaenge/{id}/wiedervorlagen", "/vorgaenge/" + besitz.vorgang + "/wiedervorlagen"),
                Map.entry("/aufgaben/{id}/ergebnis", "/aufgaben/" + besitz.station + "/ergebnis"),
                Map.entry("/aufgaben/{id}/rueckgabe", "/aufgaben/" + besitz.station + "/rueckgabe"),
                Map.entry("/aufgaben/{id}/weitergabe", "/aufgaben/" + besitz.station + "/weitergabe"),
                Map.entry("/aufgaben/{id}/nehmer", "/aufgaben/" + besitz.station + "/nehmer"),
                Map.entry("/stationen/{id}/ergaenzung", "/stationen/" + besitz.station + "/ergaenzung"),
                Map.entry("/stationen/{id}/auslassung", "/stationen/" + besitz.station + "/auslassung"),
                Map.entry("/laufwege/{id}/rueckruf", "/laufwege/" + besitz.laufweg + "/rueckruf"),
                Map.entry("/posteingang/{id}/ablage", "/posteingang/" + besitz.eingang + "/ablage"),
                // For roles, not for units; answers 403 before it looks.
                Map.entry("/stoerungen/{id}/erneut", "/stoerungen/" + besitz.eingang + "/erneut"),
                Map.entry("/stoerungen/{id}/uebergangen", "/stoerungen/" + besitz.eingang + "/uebergangen"),
                Map.entry(
                        "/lesenachweis/einsichten/{id}/zustimmung",
                        "/lesenachweis/einsichten/" + besitz.akte + "/zustimmung"),
                Map.entry(
                        "/lesenachweis/frist/verkuerzungen/{id}/zustimmung",
                        "/lesenachweis/frist/verkuerzungen/" + besitz.akte + "/zustimmung"),
                Map.entry(
                        "/lesenachweis/frist/verkuerzungen/{id}/ende",
                        "/lesenachweis/frist/verkuerzungen/" + besitz.akte + "/ende"),
                Map.entry("/lesenachweis/einsichten/{id}/ende", "/lesenachweis/einsichten/" + besitz.akte + "/ende"),
                Map.entry("/datenschutz/einschraenkungen/{id}/ausnahmen", einschraenkung + "/ausnahmen"),
                Map.entry("/datenschutz/einschraenkungen/{id}/ausnahmen/ende", einschraenkung + "/ausnahmen/ende"),
                Map.entry("/datenschutz/einschraenkungen/{id}/aufhebung", einschraenkung + "/aufhebung"),
                Map.entry("/datenschutz/ersuchen/{id}/angaben", ersuchen + "/angaben"),
                Map.entry("/datenschutz/ersuchen/{id}/identitaet", ersuchen + "/identitaet"),
                Map.entry("/datenschutz/ersuchen/{id}/verlaengerung", ersuchen + "/verlaengerung"),
                Map.entry("/datenschutz/ersuchen/{id}/suche", ersuchen + "/suche"),
                Map.entry("/datenschutz/ersuchen/{id}/erteilungen", ersuchen + "/erteilungen"),
                Map.entry("/datenschutz/ersuchen/{id}/erledigung", ersuchen + "/erledigung"),
                Map.entry("/auskunft/{id}/treffer/{objekt}", pruefung + "/treffer/" + besitz.akte),
                Map.entry("/auskunft/{id}/treffer/{objekt}/umfang", pruefung + "/treffer/" + besitz.akte + "/umfang"),
                Map.entry("/auskunft/{id}/namensgleiche", pruefung + "/namensgleiche"),
                Map.entry("/haus/{id}/angaben", "/haus/" + besitz.stadt.mandant() + "/angaben"),
                Map.entry("/haus/{id}/ende", "/haus/" + besitz.stadt.mandant() + "/ende"),
                Map.entry("/haus/{id}/wiederaufnahme", "/haus/" + besitz.stadt.mandant() + "/wiederaufnahme"));
        assertThat(muster(RequestMethod.POST).stream().filter(m -> m.contains("{")))
                .as("Neue Adressen mit Kennung gehören hierher")
                .containsExactlyInAnyOrderElementsOf(adressen.keySet());
        var petra = angemeldet(besitz.stadt.mandant(), "petra.lueders");
        for (var fremder : List.of(petra, angemeldet(fremde.mandant(), "petra.lueders"))) {
            for (var pfad : adressen.values()) {
                var nurFuerRollen = pfad.matches("/(stoerungen|lesenachweis|haus|datenschutz/ersuchen)/.*")
                        || (pfad.startsWith("/verwaltung") && fremder == petra);
                var seite = pfad.endsWith("/dokumente") || pfad.endsWith("/versionen")
                        ? fremder.ladeHoch("/postkorb", pfad, "x.txt", Muster.bytes("x"))
                        : fremder.sendeVon(
                                "/postkorb",
                                pfad,
                                "vermerk",
                                Kennung.neu().toString(),
                                "teil",
                                Kennung.neu().toString(),
                                "einsicht",
                                Kennung.neu().toString(),
                                "kommentar",
                                Kennung.neu().toString(),
                                "punkt",
                                Kennung.neu().toString(),
                                "fassung",
                                "1",
                                "vorgang",
                                Kennung.neu().toString(),
                                "titel",
                                "x",
                                "text",
                                "x",
                                "vorgangId",
                                besitz.vorgang.toString(),
                                "einheit",
                                besitz.stadt.tiefbau().toString(),
                                "kopieId",
                                Kennung.neu().toString(),
                                "verweis",
                                Kennung.neu().toString(),
                                "feld",
                                Kennung.neu().toString(),
                                "befugnis",
                                "EIGEN",
                                "ergebnis",
                                "kenntnis",
                                "zu",
                                besitz.station.toString(),
                                "an",
                                "petra.lueders",
                                "wen",
                                "petra.lueders",
                                "art",
                                "kenntnis",
                                "grund",
                                "x",
                                "bemerkung",
                                "x",
                                "tag",
                                "2099-01-01",
                                "neu",
                                Kennung.neu().toString());
                assertThat(seite.status()).as(pfad).isEqualTo(nurFuerRollen ? 403 : 404);
                assertThat(seite.text()).as(pfad).doesNotContainIgnoringCase(besitz.wort);
            }
        }
        assertThat(bestand(besitz)).isEqualTo(vorher);
        assertThat(angemeldet(besitz.stadt.mandant(), "anja.mueller")
                        .hole("/postkorb")
                        .status())
                .isEqualTo(200);
    }

    private List<Long> bestand(Besitz besitz) {
        var zahlen = new ArrayList<Long>();
        als(
                besitz.stadt.mandant(),
                () -> List.of(
                                "akte",
                                "vorgang",
                                "dokument",
                                "vermerk",
                                "verlegung",
                                "verweis WHERE beendet IS NULL",
                                "akte WHERE stand = 'zda'",
                                "frueheres_aktenzeichen",
                                "aktenart WHERE beendet IS NULL",
                                "aktenfeld",
                                "leistung WHERE haeufig IS NULL",
                                "leistungsfassung WHERE stand = 'entwurf' AND aenderung = 1",
                                "dienststelle WHERE beendet IS NULL AND aenderung = 1",
                                "zustaendigkeitsregel",
                                "lebenslage WHERE titel <> 'x'",
                                "papierkorb",
                                "handmappe WHERE aufgeloest IS NULL",
                                "einschraenkung WHERE aufgehoben IS NULL",
                                "einschraenkung_ausnahme",
                                "auskunftsersuchen WHERE erledigt IS NULL AND gesucht IS NULL",
                                "auskunftstreffer WHERE entscheid = 'offen'",
                                "auskunftserteilung",
                                "handmappe_stueck",
                                "umstellung WHERE stand = 'vorschau'",
                                "sammellauf WHERE stand = 'fertig'",
                                "ansicht",
                                "startansicht",
                                "protokoll",
                                "ortsfeiertag",
                                "freigabe WHERE gueltig_bis IS NULL",
                                "ausschluss",
                                "einzelfreigabe",
                                "laufweg",
                                "laufwegvorlage WHERE gueltig_bis IS NULL",
                                "vorlagenstation",
                                "station",
                                "kommentar WHERE zurueckgezogen IS NULL AND fassung = 1",
                                "dokumentvermerk",
                                "bearbeitungssperre",
                                "schwaerzung WHERE stand = 'entwurf' AND fassung = 1",
                                "schwaerzbereich",
                                "merkpunkt WHERE entfernt IS NULL AND erledigt IS NULL AND fassung = 1",
                                "zeichnung",
                                "version",
                                "vorgang WHERE stand = 'zda'",
                                "vertretung WHERE beendet IS NULL",
                                "person WHERE gueltig_bis IS NULL",
                                "stellenbesetzung WHERE gueltig_bis IS NULL",
                                "rollenbesetzung WHERE gueltig_bis IS NULL",
                                "umbau WHERE stand = 'entwurf' AND fassung = 1",
                                "verteilungsplan WHERE uebernommen IS NULL",
                                "stelle WHERE zeichnungsbefugnis = 3",
                                "papierteil",
                                "aktenteil WHERE geschlossen IS NULL",
                                "ausleihe",
                                "akteneinsicht WHERE stand = 'fertig'",
                                "eingang WHERE status = 'offen'")
                        .forEach(was -> zahlen.add(jdbc.sql("SELECT count(*) FROM " + was)
                                .query(Long.class)
                                .single())));
        return zahlen;
    }

    /** Anja's, with her Akte in it; not shared. */
    private UUID handmappe(Besitz b) {
        var id = Kennung.neu();
        als(b.stadt.mandant(), () -> {
            jdbc.sql("INSERT INTO handmappe (mandant_id, id, name, person_id) VALUES (?, ?, ?, ?)")
                    .params(b.stadt.mandant(), id, b.wort, b.stadt.anja().person())
                    .update();
            jdbc.sql(
                            "INSERT INTO handmappe_stueck (mandant_id, handmappe_id, objekt_id, art, gelegt_von) VALUES (?, ?, ?, 'akte', ?)")
                    .params(b.stadt.mandant(), id, b.akte, b.stadt.anja().person())
                    .update();
        });
        return id;
    }

    /** Anja's own. */
    private UUID ansicht(Besitz b) {
        var id = Kennung.neu();
        als(
                b.stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO ansicht (mandant_id, id, art, name, person_id, angaben) VALUES (?, ?, 'akte', ?, ?, '')")
                        .params(b.stadt.mandant(), id, b.wort, b.stadt.anja().person())
                        .update());
        return id;
    }

    /** A request in which Anja's Akte was found, and an Einschränkung of her Akte, under the same id. */
    private UUID auskunft(Besitz b) {
        var id = Kennung.neu();
        als(b.stadt.mandant(), () -> {
            jdbc.sql(
                            "INSERT INTO auskunftsersuchen (mandant_id, id, nachname, eingegangen, frist, vorgang_id, angelegt_von) VALUES (?, ?, ?, heute(), heute() + 30, ?, ?)")
                    .params(
                            b.stadt.mandant(),
                            id,
                            b.wort,
                            b.vorgang,
                            b.stadt.anja().person())
                    .update();
            jdbc.sql(
                            "INSERT INTO auskunftstreffer (mandant_id, ersuchen_id, objekt_id, art, wege) VALUES (?, ?, ?, 'akte', '{x}')")
                    .params(b.stadt.mandant(), id, b.akte)
                    .update();
            jdbc.sql(
                            "INSERT INTO einschraenkung (mandant_id, id, art, objekt_id, grund, begruendung, gesetzt_von) VALUES (?, ?, 'akte', ?, 'RICHTIGKEIT', ?, ?)")
                    .params(
                            b.stadt.mandant(),
                            id,
                            b.akte,
                            b.wort,
                            b.stadt.anja().person())
                    .update();
        });
        return id;
    }

    private UUID aktenart(Besitz b) {
        var id = Kennung.neu();
        als(
                b.stadt.mandant(),
                () -> jdbc.sql("INSERT INTO aktenart (mandant_id, id, name) VALUES (?, ?, ?)")
                        .params(b.stadt.mandant(), id, b.wort)
                        .update());
        return id;
    }

    private UUID formular(Besitz b) {
        var id = Kennung.neu();
        als(
                b.stadt.mandant(),
                () -> jdbc.sql("""
                        WITH f AS (INSERT INTO formular (mandant_id, id, name) VALUES (:m, :id, 'probe') RETURNING mandant_id, id)
                        INSERT INTO formularfassung (mandant_id, id, formular_id, nummer, inhalt, stand) SELECT mandant_id, :id, id, 1, :wort, 'entwurf' FROM f""")
                        .param("m", b.stadt.mandant())
                        .param("id", id)
                        .param("wort", b.wort)
                        .update());
        return id;
    }

    /** A draft, with a Dienststelle, a rule and a Lebenslage under the same id. */
    private UUID leistung(Besitz b) {
        var id = Kennung.neu();
        var m = b.stadt.mandant();
        als(m, () -> {
            jdbc.sql("INSERT INTO leistung (mandant_id, id, kurzname) VALUES (?, ?, ?)")
                    .params(m, id, "l" + id)
                    .update();
            jdbc.sql(
                            "INSERT INTO leistungsfassung (mandant_id, id, leistung_id, nummer, verfasser) VALUES (?, ?, ?, 1, ARRAY[?])")
                    .params(m, id, id, b.stadt.anja().person())
                    .update();
            jdbc.sql(
                            "INSERT INTO leistungstext (mandant_id, fassung_id, sprache, titel, kurztext) VALUES (?, ?, 'de', ?, ?)")
                    .params(m, id, b.wort, b.wort)
                    .update();
            jdbc.sql("INSERT INTO lebenslage (mandant_id, id, kurzname, titel) VALUES (?, ?, ?, ?)")
                    .params(m, id, "l" + id, b.wort)
                    .update();
            jdbc.sql("INSERT INTO dienststelle (mandant_id, id, einheit_id, name) VALUES (?, ?, ?, ?)")
                    .params(m, id, b.stadt.tiefbau(), b.wort)
                    .update();
            jdbc.sql(
                            "INSERT INTO zustaendigkeitsregel (mandant_id, id, leistung_id, platz, dienststelle_id) VALUES (?, ?, ?, 1, ?)")
                    .params(m, id, id, id)
                    .update();
        });
        return id;
    }

    private UUID teilakte(Besitz b) {
        var id = Kennung.neu();
        als(
                b.stadt.mandant(),
                () -> jdbc.sql("""
                        INSERT INTO aktenteil (mandant_id, id, akte_id, art, nummer, titel, laufzeit_von, angelegt_von) VALUES (?, ?, ?, 'teilakte', 1, ?, DATE '2026-01-01', ?)""")
                        .params(
                                b.stadt.mandant(),
                                id,
                                b.akte,
                                b.wort,
                                b.stadt.anja().person())
                        .update());
        return id;
    }

    private UUID verweis(Besitz b) {
        var id = Kennung.neu();
        als(
                b.stadt.mandant(),
                () -> verweise.verweise(
                        b.stadt.anja(), id, Schriftgut.Art.AKTE, b.akte, Schriftgut.Art.VORGANG, b.vorgang, b.wort));
        return id;
    }

    /** Paper of hers and a package for a court, made through the pages; the package is ready. */
    private static Map<String, String> papierUndEinsicht(Besitz b, Browser anja) {
        var papier = "/akten/" + b.akte + "/papier";
        var teil = anja.sendeVon(
                        papier,
                        papier,
                        "teil",
                        Kennung.neu().toString(),
                        "vorgang",
                        b.vorgang.toString(),
                        "titel",
                        b.wort + "ordner",
                        "standort",
                        b.wort + "keller")
                .ziel();
        var formular = "/akten/" + b.akte + "/einsicht";
        var einsicht = "/akteneinsichten/" + Kennung.neu();
        assertThat(anja.sendeVon(
                                formular,
                                formular,
                                "einsicht",
                                einsicht.substring(einsicht.lastIndexOf('/') + 1),
                                "empfaenger",
                                b.wort + "gericht",
                                "form",
                                "zip")
                        .ziel())
                .isEqualTo(einsicht);
        anja.sendeVon(einsicht, einsicht + "/auftrag");
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(anja.hole(einsicht).text()).contains("Herunterladen"));
        return Map.of(
                "/akten/{id}/papier", papier,
                "/akten/{id}/papier/etiketten.pdf", papier + "/etiketten.pdf",
                "/papier/{kennzeichen}", teil,
                "/papier/{kennzeichen}/etikett.pdf", teil + "/etikett.pdf",
                "/akten/{id}/einsicht", formular,
                "/akteneinsichten/{id}", einsicht,
                "/akteneinsichten/{id}/paket", einsicht + "/paket");
    }

    private static Map<String, String> adressen(Besitz b) {
        return Map.ofEntries(
                Map.entry("/akten/{id}", "/akten/" + b.akte),
                Map.entry("/akten/{id}/bearbeiten", "/akten/" + b.akte + "/bearbeiten"),
                Map.entry("/akten/{id}/teile", "/akten/" + b.akte + "/teile"),
                Map.entry("/vorgaenge/{id}/bearbeiten", "/vorgaenge/" + b.vorgang + "/bearbeiten"),
                Map.entry("/dokumente/{id}/bearbeiten", "/dokumente/" + b.dokument + "/bearbeiten"),
                Map.entry("/akten/{id}/protokoll", "/akten/" + b.akte + "/protokoll"),
                Map.entry(ZUGRIFF, "/akten/" + b.akte + "/zugriff"),
                Map.entry(ZUGRIFF + ".csv", "/dokumente/" + b.dokument + "/zugriff.csv"),
                Map.entry(ZUGRIFF + AENDERUNG, "/akten/" + b.akte + "/zugriff/befangenheit"),
                Map.entry("/vorgaenge/{id}", "/vorgaenge/" + b.vorgang),
                Map.entry("/vorgaenge/{id}/laufwege/neu", "/vorgaenge/" + b.vorgang + "/laufwege/neu"),
                Map.entry("/vorgaenge/{id}/nachrichten/neu", "/vorgaenge/" + b.vorgang + "/nachrichten/neu"),
                Map.entry("/aufgaben/{id}", "/aufgaben/" + b.station),
                Map.entry("/dokumente/{id}", "/dokumente/" + b.dokument),
                Map.entry("/dokumente/{id}/inhalt", "/dokumente/" + b.dokument + "/inhalt"),
                Map.entry("/dokumente/{id}/vorschau", "/dokumente/" + b.dokument + "/vorschau"),
                Map.entry("/dokumente/{id}/versionen", "/dokumente/" + b.dokument + "/versionen"),
                Map.entry(
                        "/dokumente/{id}/versionen/{nummer}/inhalt",
                        "/dokumente/" + b.dokument + "/versionen/1/inhalt"),
                Map.entry("/dokumente/{id}/vergleich", "/dokumente/" + b.dokument + "/vergleich"),
                Map.entry("/dokumente/{id}/seiten/{nummer}", "/dokumente/" + b.dokument + "/seiten/1"),
                Map.entry("/dokumente/{id}/kommentare", "/dokumente/" + b.dokument + "/kommentare"),
                Map.entry("/dokumente/{id}/schwaerzung", "/dokumente/" + b.dokument + "/schwaerzung"),
                Map.entry("/schwaerzungen/{id}", "/schwaerzungen/" + b.schwaerzung),
                Map.entry("/schwaerzungen/{id}/seiten/{nummer}", "/schwaerzungen/" + b.schwaerzung + "/seiten/1"),
                Map.entry("/schwaerzungen/{id}/pruefung", "/schwaerzungen/" + b.schwaerzung + "/pruefung"),
                Map.entry("/kommentare/{id}", "/kommentare/" + b.kommentar),
                Map.entry("/vorgaenge/{id}/merkpunkte", "/vorgaenge/" + b.vorgang + "/merkpunkte"),
                Map.entry("/vorgaenge/{id}/bescheid", "/vorgaenge/" + b.vorgang + "/bescheid"),
                Map.entry("/meldungen/{id}", "/meldungen/" + b.meldung),
                Map.entry("/posteingang/{id}", "/posteingang/" + b.eingang),
                Map.entry(
                        "/posteingang/{id}/teile/{teil}/inhalt",
                        "/posteingang/" + b.eingang + "/teile/" + b.teil + "/inhalt"),
                Map.entry(
                        "/posteingang/{id}/teile/{teil}/vorschau",
                        "/posteingang/" + b.eingang + "/teile/" + b.teil + "/vorschau"),
                Map.entry(
                        "/posteingang/{id}/teile/{teil}/seiten/{nummer}",
                        "/posteingang/" + b.eingang + "/teile/" + b.teil + "/seiten/1"));
    }

    /** A template that sends to everybody in her unit; Thomas made it. */
    private UUID vorlage(Besitz besitz) {
        var id = Kennung.neu();
        als(besitz.stadt.mandant(), () -> {
            var thomas = person(besitz.stadt.mandant(), "thomas.brandt", "Thomas", "Brandt", besitz.stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, thomas.person(), Rolle.ADMINISTRATION);
            vorlagen.legeAn(
                    thomas,
                    id,
                    new Laufwegvorlagen.Angaben(
                            null,
                            besitz.wort + "vorlage",
                            false,
                            List.of(Laufwegvorlagen.Station.schlicht(
                                    1,
                                    Stationsart.KENNTNIS,
                                    Vorlagenempfaenger.aus(Vorlagenempfaenger.Art.FEDERFUEHRUNG)))));
        });
        return id;
    }

    private UUID zuordnung(Besitz besitz) {
        var id = Kennung.neu();
        als(
                besitz.stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO gruppenzuordnung (mandant_id, id, gruppe, rolle) VALUES (?, ?, 'Technik', 'TECHNIK')")
                        .params(besitz.stadt.mandant(), id)
                        .update());
        return id;
    }

    private UUID frage(Besitz besitz) {
        var id = Kennung.neu();
        als(
                besitz.stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO verknuepfungsfrage (mandant_id, id, person_id, art, aussteller, kennung, name) VALUES (?, ?, ?, 'LDAP', '', 'k', 'Anja')")
                        .params(besitz.stadt.mandant(), id, besitz.stadt.anja().person())
                        .update());
        return id;
    }

    private UUID umbau(Besitz besitz) {
        var id = Kennung.neu();
        als(
                besitz.stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO umbau (mandant_id, id, titel, tag, angelegt_von) VALUES (?, ?, ?, heute(), ?)")
                        .params(
                                besitz.stadt.mandant(),
                                id,
                                besitz.wort,
                                besitz.stadt.anja().person())
                        .update());
        return id;
    }

    private UUID verteilungsplan(Besitz besitz) {
        var id = Kennung.neu();
        als(
                besitz.stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO verteilungsplan (mandant_id, id, dateiname, pruefsumme, inhalt, hochgeladen_von) VALUES (?, ?, ?, repeat('0', 64), 'einheit', ?)")
                        .params(
                                besitz.stadt.mandant(),
                                id,
                                besitz.wort,
                                besitz.stadt.anja().person())
                        .update());
        return id;
    }

    private UUID position(Besitz besitz) {
        return als(
                besitz.stadt.mandant(),
                () -> jdbc.sql("SELECT planknoten_id FROM akte WHERE id = ?")
                        .param(besitz.akte)
                        .query(UUID.class)
                        .single());
    }

    private UUID planfassung(Besitz besitz) {
        var id = Kennung.neu();
        als(
                besitz.stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO planfassung (mandant_id, id, bezeichnung, pruefsumme, inhalt, stand, angelegt_von) VALUES (?, ?, ?, repeat('0', 64), 'plan', 'vorschau', ?)")
                        .params(
                                besitz.stadt.mandant(),
                                id,
                                besitz.wort,
                                besitz.stadt.anja().person())
                        .update());
        return id;
    }

    private UUID umstellung(Besitz besitz) {
        var id = Kennung.neu();
        als(
                besitz.stadt.mandant(),
                () -> jdbc.sql("INSERT INTO umstellung (mandant_id, id, bezeichnung, angelegt_von) VALUES (?, ?, ?, ?)")
                        .params(
                                besitz.stadt.mandant(),
                                id,
                                besitz.wort,
                                besitz.stadt.anja().person())
                        .update());
        return id;
    }

    /** One of hers that is done. */
    private UUID sammellauf(Besitz besitz) {
        var id = Kennung.neu();
        als(besitz.stadt.mandant(), () -> {
            jdbc.sql("""
                    INSERT INTO sammellauf (mandant_id, id, person_id, tat, art, angaben, bezeichnung, stand, beendet)
                    VALUES (?, ?, ?, 'zda', 'akte', '{}', ?, 'fertig', now())""")
                    .params(besitz.stadt.mandant(), id, besitz.stadt.anja().person(), besitz.wort)
                    .update();
            jdbc.sql(
                            "INSERT INTO sammelposten (mandant_id, sammellauf_id, nummer, objekt_id, stand, spur) VALUES (?, ?, 1, ?, 'erledigt', '{}')")
                    .params(besitz.stadt.mandant(), id, besitz.akte)
                    .update();
        });
        return id;
    }

    private UUID besetzung(Besitz besitz) {
        return als(
                besitz.stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM stellenbesetzung WHERE person_id = ?")
                        .param(besitz.stadt.anja().person())
                        .query(UUID.class)
                        .single());
    }

    private UUID stelle(Besitz besitz) {
        return als(
                besitz.stadt.mandant(),
                () -> jdbc.sql("SELECT stelle_id FROM stellenbesetzung WHERE person_id = ?")
                        .param(besitz.stadt.anja().person())
                        .query(UUID.class)
                        .single());
    }

    private UUID rolle(Besitz besitz) {
        return als(besitz.stadt.mandant(), () -> personen.rolle(Rolle.POSTEINGANG));
    }

    private UUID freigabe(Besitz besitz) {
        return als(
                besitz.stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM freigabe WHERE mandant_id = ? LIMIT 1")
                        .param(besitz.stadt.mandant())
                        .query(UUID.class)
                        .single());
    }

    /** Every address of the program for people, as the controllers name it. */
    private TreeSet<String> muster(RequestMethod art) {
        var muster = new TreeSet<String>();
        wege.getHandlerMethods().keySet().stream()
                .filter(weg -> weg.getMethodsCondition().getMethods().isEmpty()
                        || weg.getMethodsCondition().getMethods().contains(art))
                .forEach(weg -> weg.getPatternValues().stream()
                        // The Portal's door is another one, and has tests of its own: PortalTest, AntragTest.
                        .filter(p -> !p.startsWith("/api/") && !p.startsWith("/portal"))
                        .forEach(muster::add));
        return muster;
    }

    private UUID knoten(Besitz besitz) {
        return als(
                besitz.stadt.mandant(),
                () -> plan.gemeint("66.20.03").orElseThrow().id());
    }

    private Besitz besitz() {
        var stadt = stadt();
        var wort = "zylinder" + UUID.randomUUID().toString().replaceAll("[^a-f]", "");
        var pdf = Muster.textPdf(wort + "text");
        var bytes = Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(pdf)));
        var mail =
                Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.mail(pdf))));
        var vorgang = vorgang(stadt, wort + "akte");
        var dokument = Kennung.neu();
        var eingang = Kennung.neu();
        als(stadt.mandant(), () -> {
            vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), wort + "vermerk");
            dokumente.lege(
                    stadt.anja(),
                    dokument,
                    vorgang.id(),
                    dateien.aufnehmen(bytes, wort + ".pdf"),
                    Dokumente.Angaben.mitTitel(wort + "dokument"));
            eingaenge.trageEin(
                    eingang,
                    "email",
                    mail,
                    wort + "post.eml",
                    stadt.tiefbau(),
                    Instant.now(),
                    stadt.anja().pseudonym());
        });
        var kommentar = Kennung.neu();
        var merkpunkt = Kennung.neu();
        als(stadt.mandant(), () -> {
            kommentare.schreibe(stadt.anja(), kommentar, dokument, wort + "kommentar", List.of());
            dokumentvermerke.vermerke(stadt.anja(), Kennung.neu(), dokument, 1, wort + "vermerk");
            merkpunkte.merke(stadt.anja(), merkpunkt, vorgang.id(), new Merkpunkte.Angaben(wort + "punkt", null, null));
        });
        var laufweg = Kennung.neu();
        var station = Kennung.neu();
        als(
                stadt.mandant(),
                () -> laufwege.beginne(
                        stadt.anja(),
                        new Laufwegentwurf(
                                laufweg,
                                vorgang.id(),
                                dokument,
                                wort + "weg",
                                false,
                                List.of(Laufwegentwurf.Station.schlicht(
                                        station,
                                        1,
                                        Stationsart.KENNTNIS,
                                        new Empfaenger("person", stadt.anja().person()))))));
        var datei = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT datei_id FROM eingang WHERE id = ?")
                        .param(eingang)
                        .query(UUID.class)
                        .single());
        await().atMost(GEDULD)
                .until(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM datei WHERE stand = 'neu'")
                                                .query(Long.class)
                                                .single()
                                        == 0
                                && !dateien.teile(datei).isEmpty()));
        return new Besitz(
                stadt,
                wort,
                vorgang.akteId(),
                vorgang.id(),
                dokument,
                eingang,
                als(stadt.mandant(), () -> dateien.teile(datei).getFirst().id()),
                laufweg,
                station,
                kommentar,
                merkpunkt,
                als(stadt.mandant(), () -> {
                    meldungen.sage(
                            stadt.anja().person(),
                            Meldungsart.KOMMENTAR,
                            wort,
                            wort + "meldung",
                            "",
                            "/vorgaenge/" + vorgang.id());
                    return jdbc.sql("SELECT id FROM meldung ORDER BY id DESC LIMIT 1")
                            .query(UUID.class)
                            .single();
                }),
                schwaerzung(stadt, dokument, wort));
    }

    /** A draft of hers with a page, as if it had been prepared. */
    private UUID schwaerzung(Stadt stadt, UUID dokument, String wort) {
        var id = Kennung.neu();
        als(stadt.mandant(), () -> {
            jdbc.sql("""
                    INSERT INTO seitenlage (mandant_id, datei_id, seite, breite, hoehe, erkannt, bild_id, worte)
                    SELECT v.mandant_id, v.datei_id, 1, 210, 297, false, f.blob_id, jsonb_build_array(jsonb_build_object('text', ?, 'x', 1, 'y', 1, 'breite', 9, 'hoehe', 4))
                      FROM version v JOIN datei f ON f.mandant_id = v.mandant_id AND f.id = v.datei_id WHERE v.dokument_id = ?""").params(wort, dokument).update();
            jdbc.sql("""
                    INSERT INTO schwaerzung (mandant_id, id, dokument_id, version_id, datei_id, stand, seiten, titel, angelegt_von, geaendert_von)
                    SELECT mandant_id, ?, dokument_id, id, datei_id, 'entwurf', 1, ?, angelegt_von, angelegt_von FROM version WHERE dokument_id = ?""").params(id, wort, dokument).update();
            jdbc.sql("""
                    INSERT INTO schwaerzbereich (mandant_id, id, schwaerzung_id, seite, x, y, breite, hoehe, grund)
                    VALUES (?, ?, ?, 1, 1, 1, 9, 4, 'PERSON')""").params(stadt.mandant(), Kennung.neu(), id).update();
        });
        return id;
    }
}
