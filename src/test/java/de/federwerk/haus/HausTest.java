package de.federwerk.haus;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.Eignerzugang;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.frist.Gemeindekalender;
import de.federwerk.geschaeftsgang.Laufwegvorlagen;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.geschaeftsgang.Vorlagenempfaenger;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.schnittstelle.Zugangstoken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Towns of one house: who founds them reads nothing, and who administers one is nobody in the others. */
class HausTest extends Teststadt {

    private static final Pattern PASSWORT_IM_HINWEIS = Pattern.compile("Anfangspasswort <code>([^<]+)</code>");

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Gemeindekalender kalender;

    @Autowired
    Laufwegvorlagen vorlagen;

    @Autowired
    Zugangstoken token;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping wege;

    private Browser hausverwaltung(Stadt stadt) {
        als(stadt.mandant(), () -> {
            var id = personen.nimmAuf(Protokoll.PROGRAMM, "hans.hausmann", "Hans", "Hausmann", null, false);
            personen.setzePasswort(Protokoll.PROGRAMM, id, PASSWORT, false);
            personen.gib(Protokoll.PROGRAMM, id, Rolle.HAUSVERWALTUNG);
        });
        return angemeldet(stadt.mandant(), "hans.hausmann");
    }

    @Test
    void die_hausverwaltung_gruendet_benennt_beendet_und_nimmt_wieder_auf() {
        var erste = stadt();
        alsErster(erste.mandant(), () -> {
            var haus = hausverwaltung(erste);
            assertThat(haus.hole("/postkorb").text()).contains("href=\"/haus\"");
            var kuerzel = "n" + UUID.randomUUID().toString().substring(0, 8);
            var id = Kennung.neu();
            assertThat(gruende(haus, Kennung.neu(), "7 Zwerge", "", "x").status())
                    .isEqualTo(422);
            assertThat(gruende(haus, Kennung.neu(), kuerzel, "https://akte.example/", "x")
                            .text())
                    .contains("ohne https://");
            var gegruendet = gruende(haus, id, kuerzel, kuerzel + ".example", "Neustadt");
            var treffer = PASSWORT_IM_HINWEIS.matcher(gegruendet.text());
            assertThat(treffer.find()).isTrue();
            assertThat(gegruendet.text()).contains("eva.erste@" + kuerzel);
            assertThat(gruende(haus, id, kuerzel, "", "Neustadt").status()).isEqualTo(409);
            assertThat(gruende(haus, Kennung.neu(), kuerzel, "", "Andere").text())
                    .contains("gehört schon einem anderen Mandanten");
            assertThat(haus.hole("/haus/" + id).text()).doesNotContain(treffer.group(1));

            // The first administrator can sign in, must choose a password, and finds what a town begins with.
            var eva = new Browser(url(""));
            eva.melde("eva.erste@" + kuerzel, treffer.group(1));
            assertThat(eva.hole("/postkorb").ziel()).isEqualTo("/passwort");
            eva.sendeVon("/passwort", "/passwort", "bisher", treffer.group(1), "neu", PASSWORT, "wiederholt", PASSWORT);
            assertThat(eva.hole("/verwaltung").text())
                    .contains("Poststelle", "Eva Erste")
                    .doesNotContain("FD 66");
            assertThat(eva.hole("/haus").status()).isEqualTo(403);

            assertThat(haus.sendeVon(
                                    "/haus/" + id,
                                    "/haus/" + id + "/angaben",
                                    "name",
                                    "Neustadt am See",
                                    "hostname",
                                    "")
                            .status())
                    .isEqualTo(302);
            assertThat(eva.hole("/postkorb").text()).contains("Neustadt am See");

            var schluessel = als(
                    id,
                    () -> token.stelleAus(
                            personen.nimmAuf(Protokoll.PROGRAMM, "verfahren", "", "Fachverfahren", null, true)));
            assertThat(api(schluessel, "/api/v1/eingaenge")).startsWith("200");
            assertThat(haus.sendeVon("/haus/" + id, "/haus/" + id + "/ende").status())
                    .isEqualTo(302);
            assertThat(haus.hole("/haus").text()).contains("beendet am");
            assertThat(eva.hole("/verwaltung").ziel()).startsWith("/anmelden");
            assertThat(new Browser(url(""))
                            .melde("eva.erste@" + kuerzel, PASSWORT)
                            .ziel())
                    .isEqualTo("/anmelden?fehler");
            assertThat(api(schluessel, "/api/v1/eingaenge")).startsWith("401");
            haus.sendeVon("/haus/" + id, "/haus/" + id + "/wiederaufnahme");
            assertThat(new Browser(url(""))
                            .melde("eva.erste@" + kuerzel, PASSWORT)
                            .ziel())
                    .isEqualTo("/postkorb");
            assertThat(api(schluessel, "/api/v1/eingaenge")).startsWith("200");

            var eigener = "/haus/" + erste.mandant();
            assertThat(haus.hole(eigener).text()).contains("kann nicht beendet werden");
            assertThat(haus.sendeVon("/haus", eigener + "/ende").status()).isEqualTo(409);
            assertThat(handlungen(erste.mandant(), id))
                    .containsExactly(
                            "mandant.gegruendet", "mandant.benannt", "mandant.beendet", "mandant.wiederaufgenommen");
            assertThat(handlungen(id, id)).containsExactly("mandant.beendet", "mandant.wiederaufgenommen");
        });
    }

    private static Browser.Seite gruende(Browser haus, UUID id, String kuerzel, String hostname, String name) {
        return haus.sendeVon(
                "/haus",
                "/haus",
                "id",
                id.toString(),
                "kuerzel",
                kuerzel,
                "name",
                name,
                "hostname",
                hostname,
                "vorname",
                "Eva",
                "nachname",
                "Erste",
                "anmeldename",
                "eva.erste");
    }

    private List<String> handlungen(UUID mandant, UUID objekt) {
        return als(
                mandant,
                () -> jdbc.sql("SELECT handlung FROM protokoll WHERE objekt_id = ? ORDER BY id")
                        .param(objekt)
                        .query(String.class)
                        .list());
    }

    @Test
    void wer_eine_andere_stadt_verwaltet_kann_sich_das_haus_nicht_geben() {
        var erste = stadt();
        var andere = stadt();
        als(andere.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, andere.anja().person(), Rolle.ADMINISTRATION);
            personen.gib(Protokoll.PROGRAMM, andere.anja().person(), Rolle.HAUSVERWALTUNG);
        });
        alsErster(erste.mandant(), () -> {
            var anja = angemeldet(andere.mandant(), "anja.mueller");
            // The way of the administrator himself: a list of persons with the role.
            assertThat(anja.ladeHoch(
                                    "/verwaltung",
                                    "/verwaltung/personen",
                                    "p.csv",
                                    "anmeldename;nachname;rollen\nhaus.meister;Meister;Hausverwaltung\n"
                                            .getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(200);
            als(
                    andere.mandant(),
                    () -> personen.setzePasswort(
                            Protokoll.PROGRAMM,
                            jdbc.sql("SELECT id FROM person WHERE anmeldename = 'haus.meister'")
                                    .query(UUID.class)
                                    .single(),
                            PASSWORT,
                            false));
            for (var browser : List.of(anja, angemeldet(andere.mandant(), "haus.meister"))) {
                assertThat(browser.hole("/postkorb").text()).doesNotContain("href=\"/haus\"");
                for (var pfad : List.of("/haus", "/haus/" + erste.mandant(), "/haus/" + andere.mandant())) {
                    assertThat(browser.hole(pfad).status()).as(pfad).isEqualTo(403);
                }
                assertThat(gruende(browser, "/postkorb").status()).isEqualTo(403);
                for (var tat : List.of("angaben", "ende", "wiederaufnahme")) {
                    for (var mandant : List.of(erste.mandant(), andere.mandant())) {
                        assertThat(browser.sendeVon("/postkorb", "/haus/" + mandant + "/" + tat, "name", "Geraubt")
                                        .status())
                                .as(tat)
                                .isEqualTo(403);
                    }
                }
            }
        });
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM mandant WHERE name = 'Geraubt' OR id IN (?, ?) AND gueltig_bis IS NOT NULL")
                        .params(erste.mandant(), andere.mandant())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static Browser.Seite gruende(Browser browser, String formular) {
        return browser.sendeVon(
                formular,
                "/haus",
                "id",
                Kennung.neu().toString(),
                "kuerzel",
                "geraubt",
                "name",
                "Geraubt",
                "nachname",
                "x",
                "anmeldename",
                "xx");
    }

    /** The address with this id wherever one stands, and with the first of several words. */
    private static String mit(String muster, UUID kennung) {
        return muster.replaceAll("\\{[a-z]+:([a-z]+)[^}]*}", "$1").replaceAll("\\{[a-z]+}", kennung.toString());
    }

    @Test
    void die_hausverwaltung_liest_in_keiner_stadt_etwas() {
        var erste = stadt();
        var zweite = stadt();
        var wort = "zinnober" + UUID.randomUUID().toString().replaceAll("[^a-f]", "");
        var kennungen = new ArrayList<UUID>();
        for (var stadt : List.of(erste, zweite)) {
            kennungen.addAll(besitz(stadt, wort));
        }
        alsErster(erste.mandant(), () -> {
            var haus = hausverwaltung(erste);
            for (var muster : muster(RequestMethod.GET)) {
                if (muster.startsWith("/haus") || muster.startsWith("/kalender/abo")) {
                    continue;
                }
                for (var kennung : muster.contains("{") ? kennungen : List.of(Kennung.neu())) {
                    var pfad = mit(muster.replaceAll("\\{nummer}", "1"), kennung);
                    var seite = haus.hole(pfad);
                    assertThat(seite.text()).as(pfad).doesNotContainIgnoringCase(wort);
                    // Doors answer everybody the same.
                    if (muster.contains("{") && !muster.startsWith("/anmelden/")) {
                        assertThat(seite.status()).as(pfad).isIn(403, 404);
                    } else {
                        assertThat(seite.status()).as(pfad).isNotEqualTo(500);
                        assertThat(seite.text()).as(pfad).doesNotContainPattern("fw-zahl\">[1-9]");
                    }
                }
            }
            for (var frage : List.of("/suche?q=" + wort + "*", "/posteingang?status=alle")) {
                assertThat(haus.hole(frage).text()).doesNotContainPattern("fw-zahl\">[1-9]");
            }
            assertThat(haus.hole("/vorgaenge/auswahl?q=" + wort).text()).isEqualTo("[]");
            var schluessel = als(erste.mandant(), () -> {
                var konto = personen.nimmAuf(Protokoll.PROGRAMM, "haus-konto", "", "Konto", null, true);
                personen.gib(Protokoll.PROGRAMM, konto, Rolle.HAUSVERWALTUNG);
                return token.stelleAus(konto);
            });
            for (var kennung : kennungen) {
                for (var art : List.of("akten", "vorgaenge", "dokumente")) {
                    assertThat(api(schluessel, "/api/v1/" + art + "/" + kennung))
                            .startsWith("404")
                            .doesNotContain(wort);
                }
            }
            assertThat(api(schluessel, "/api/v1/suche?q=" + wort + "*")).contains("\"gesamt\":0");
            assertThat(api(schluessel, "/api/v1/eingaenge")).isEqualTo("200 []");
        });
    }

    /** An Akte, a Vorgang, a Dokument and an Eingang with this word in their names. */
    private List<UUID> besitz(Stadt stadt, String wort) {
        var vorgang = vorgang(stadt, wort);
        var dokument = Kennung.neu();
        var eingang = Kennung.neu();
        als(stadt.mandant(), () -> {
            dokumente.lege(
                    stadt.anja(),
                    dokument,
                    vorgang.id(),
                    dateien.aufnehmen(bytes(stadt, wort), wort + ".txt"),
                    Dokumente.Angaben.mitTitel(wort));
            eingaenge.trageEin(
                    eingang,
                    "upload",
                    bytes(stadt, wort),
                    wort + ".txt",
                    stadt.tiefbau(),
                    Instant.now(),
                    Protokoll.PROGRAMM);
        });
        return List.of(vorgang.akteId(), vorgang.id(), dokument, eingang);
    }

    private Blob bytes(Stadt stadt, String wort) {
        return Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes(wort))));
    }

    private List<String> muster(RequestMethod art) {
        var muster = new ArrayList<String>();
        wege.getHandlerMethods().keySet().stream()
                .filter(weg -> weg.getMethodsCondition().getMethods().contains(art))
                .forEach(weg -> weg.getPatternValues().stream()
                        .filter(p -> !p.startsWith("/api/") && !p.startsWith("/portal") && !p.equals("/error"))
                        .forEach(muster::add));
        return muster;
    }

    private String api(String schluessel, String pfad) {
        try (var netz = HttpClient.newHttpClient()) {
            var antwort = netz.send(
                    HttpRequest.newBuilder(URI.create(url(pfad)))
                            .header("Authorization", "Bearer " + schluessel)
                            .build(),
                    BodyHandlers.ofString());
            return antwort.statusCode() + " " + antwort.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void die_administration_einer_stadt_ist_in_der_anderen_niemand() {
        var eigene = stadt();
        var andere = stadt();
        als(
                eigene.mandant(),
                () -> List.of(Rolle.ADMINISTRATION, Rolle.LEISTUNGEN)
                        .forEach(r ->
                                personen.gib(Protokoll.PROGRAMM, eigene.anja().person(), r)));
        var tag = LocalDate.now(Anzeige.ZONE).plusYears(1).withMonth(7).with(DayOfWeek.WEDNESDAY);
        var vorlage = Kennung.neu();
        var kennungen = new TreeMap<String, UUID>();
        als(andere.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, andere.anja().person(), Rolle.ADMINISTRATION);
            kennungen.put("tag", kalender.trageEin(Protokoll.PROGRAMM, tag, "Kirchweih", true));
            vorlagen.legeAn(
                    andere.anja(),
                    vorlage,
                    new Laufwegvorlagen.Angaben(
                            null,
                            "Kenntnis",
                            false,
                            List.of(Laufwegvorlagen.Station.schlicht(
                                    1,
                                    Stationsart.KENNTNIS,
                                    Vorlagenempfaenger.aus(Vorlagenempfaenger.Art.FEDERFUEHRUNG)))));
            kennungen.put("vorlage", vorlage);
            kennungen.put(
                    "stelle",
                    jdbc.sql("SELECT stelle_id FROM stellenbesetzung WHERE person_id = ?")
                            .param(andere.petra().person())
                            .query(UUID.class)
                            .single());
            kennungen.put("person", andere.petra().person());
            kennungen.put("einheit", andere.tiefbau());
            kennungen.put("knoten", plan.gemeint("66.20.03").orElseThrow().id());
        });
        var vorher = bestand(andere.mandant());
        var anja = angemeldet(eigene.mandant(), "anja.mueller");
        for (var muster : muster(RequestMethod.GET)) {
            if (muster.startsWith("/verwaltung") && muster.contains("{")) {
                kennungen
                        .values()
                        .forEach(k -> assertThat(anja.hole(mit(muster, k)).status())
                                .as(muster)
                                .isIn(403, 404));
            }
        }
        for (var muster : muster(RequestMethod.POST)) {
            if (muster.startsWith("/verwaltung") && muster.contains("{")) {
                for (var kennung : kennungen.values()) {
                    assertThat(anja.sendeVon("/postkorb", mit(muster, kennung), "tun", "speichern", "befugnis", "EIGEN")
                                    .status())
                            .as(muster)
                            .isIn(403, 404);
                }
            }
        }
        var fremd = andere.tiefbau().toString();
        assertThat(anja.sendeVon("/verwaltung", "/verwaltung/einheiten", "kuerzel", "X", "name", "X", "ueber", fremd)
                        .status())
                .isEqualTo(404);
        assertThat(anja.sendeVon(
                                "/verwaltung",
                                "/verwaltung/schnittstelle",
                                "anmeldename",
                                "verfahren",
                                "name",
                                "X",
                                "einheit",
                                fremd)
                        .status())
                .isEqualTo(404);
        // A name that exists there is a name like any other here.
        assertThat(anja.ladeHoch(
                                "/verwaltung",
                                "/verwaltung/personen",
                                "p.csv",
                                "anmeldename;nachname;einheit\nneu.hier;Neu;FD 66\n".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
        assertThat(anja.hole("/verwaltung?zu=M%C3%BCller").text())
                .doesNotContain(andere.anja().person().toString());
        assertThat(bestand(andere.mandant())).isEqualTo(vorher);
        assertThat(angemeldet(andere.mandant(), "petra.lueders")
                        .hole("/postkorb")
                        .status())
                .isEqualTo(200);
    }

    private List<String> bestand(UUID mandant) {
        return Eignerzugang.lies(
                datenbank().zugang(),
                mandant,
                "SELECT (SELECT count(*) FROM protokoll), (SELECT count(*) FROM person), (SELECT count(*) FROM einheit), (SELECT string_agg(z.passwort_hash, ',' ORDER BY z.person_id) FROM zugang z), "
                        + "(SELECT string_agg(s.zeichnungsbefugnis::text, ',' ORDER BY s.id) FROM stelle s), (SELECT count(*) FROM planknoten), (SELECT count(*) FROM ortsfeiertag), "
                        + "(SELECT count(*) FROM laufwegvorlage WHERE gueltig_bis IS NULL), (SELECT count(*) FROM vorlagenstation), (SELECT count(*) FROM zugangstoken)");
    }
}
