package de.federwerk.datenschutz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is restricted is locked, whatever door somebody comes in by, and opens again only on record. */
class EinschraenkungTest extends Teststadt {

    private static final Pattern CODE = Pattern.compile("<code[^>]*>([^<]+)</code>");

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Eingaenge eingaenge;

    private record Fall(Stadt stadt, Vorgang vorgang, UUID dokument, Browser anja, Browser datenschutz) {}

    private Fall fall() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Ackerwagen");
        als(
                stadt.mandant(),
                () -> personen.gib(
                        Protokoll.PROGRAMM,
                        person(stadt.mandant(), "daten.schutz", "Kim", "Vogt", stadt.ordnung())
                                .person(),
                        Rolle.DATENSCHUTZ));
        var dokument = lege(stadt, vorgang, "Bescheid.txt");
        return new Fall(
                stadt,
                vorgang,
                dokument,
                angemeldet(stadt.mandant(), "anja.mueller"),
                angemeldet(stadt.mandant(), "daten.schutz"));
    }

    private UUID lege(Stadt stadt, Vorgang vorgang, String name) {
        var id = Kennung.neu();
        var bytes = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes("Inhalt " + name))));
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(),
                        id,
                        vorgang.id(),
                        dateien.aufnehmen(bytes, name),
                        Dokumente.Angaben.mitTitel(null)));
        return id;
    }

    private static String schraenkeEin(Browser browser, String... ziel) {
        var id = Kennung.neu().toString();
        var felder = new ArrayList<>(List.of(
                "id", id, "grund", "RICHTIGKEIT", "begruendung", "Person bestreitet die Adresse", "pruefenAm", ""));
        felder.addAll(List.of(ziel));
        var antwort = browser.sendeVon("/postkorb", "/datenschutz/einschraenkungen", felder.toArray(String[]::new));
        assertThat(antwort.status()).as(antwort.text()).isEqualTo(302);
        return antwort.ziel();
    }

    @Test
    void eine_eingeschraenkte_akte_ist_durch_jede_tuer_gesperrt_und_bleibt_lesbar() throws Exception {
        var fall = fall();
        var stadt = fall.stadt;
        var vorgang = fall.vorgang;
        var akte = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT aktenzeichen FROM akte WHERE id = ?")
                        .param(vorgang.akteId())
                        .query(String.class)
                        .single());
        var netz = netzkennwort(fall);
        var token = token(stadt);
        // Who may not read the Akte restricts it by its Aktenzeichen, and still does not learn what it is about.
        var seite = schraenkeEin(fall.datenschutz, "aktenzeichen", akte);
        assertThat(fall.datenschutz.hole(seite).text())
                .contains("Akte " + akte, "gesperrt")
                .doesNotContain("Ackerwagen", "Trotzdem verarbeiten</button>");

        for (var pfad : List.of("/akten/" + vorgang.akteId(), "/vorgaenge/" + vorgang.id())) {
            assertThat(fall.anja.hole(pfad).text())
                    .contains("Verarbeitung der ganzen Akte eingeschränkt", "Richtigkeit bestritten")
                    .doesNotContain(">Vermerken</button>", "Zu den Akten legen</button>");
        }
        assertThat(fall.anja.hole("/postkorb").text())
                .contains("Verarbeitung eingeschränkt · " + vorgang.aktenzeichen());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(fall.anja.hole("/suche?q=Ackerwagen").text())
                                .contains("Verarbeitung eingeschränkt"));
        assertThat(fall.anja.hole("/dokumente/" + fall.dokument + "/inhalt").status())
                .isEqualTo(200);

        // By forms.
        for (var tat : List.of(
                new String[] {
                    "/vorgaenge/" + vorgang.id() + "/vermerke",
                    "vermerk",
                    Kennung.neu().toString(),
                    "text",
                    "Nein"
                },
                new String[] {"/vorgaenge/" + vorgang.id() + "/abschluss"},
                new String[] {
                    "/akten/" + vorgang.akteId() + "/vorgaenge",
                    "vorgang",
                    Kennung.neu().toString(),
                    "titel",
                    "Neu"
                },
                new String[] {"/dokumente/" + fall.dokument + "/sperre", "grund", ""})) {
            var antwort = fall.anja.sendeVon("/postkorb", tat[0], Arrays.copyOfRange(tat, 1, tat.length));
            assertThat(antwort.status()).as(tat[0]).isEqualTo(409);
            assertThat(antwort.text()).as(tat[0]).contains("Art. 18 DSGVO", "Es wurde nichts geändert");
        }
        assertThat(fall.anja
                        .ladeHoch(
                                "/postkorb",
                                "/dokumente/" + fall.dokument + "/versionen",
                                "Bescheid.txt",
                                Muster.bytes("neu"))
                        .status())
                .isEqualTo(409);
        // By a foreign program and by the network folder.
        assertThat(frage(
                                "POST",
                                "/api/v1/vorgaenge/" + vorgang.id() + "/dokumente",
                                multipart(),
                                Map.of(
                                        "Authorization",
                                        "Bearer " + token,
                                        "Content-Type",
                                        "multipart/form-data; boundary=grenze"))
                        .body())
                .contains("409", "Art. 18 DSGVO");
        assertThat(frage(
                                "PUT",
                                "/webdav/Dokumente/" + fall.dokument + "/Bescheid.txt",
                                "geändert",
                                Map.of("Authorization", netz))
                        .statusCode())
                .isEqualTo(423);
        // The last line of defence, for whatever path nobody thought of.
        als(stadt.mandant(), () -> {
            for (var sql : List.of(
                    "UPDATE vorgang SET titel = 'x' WHERE id = '" + vorgang.id() + "'",
                    "UPDATE akte SET stand = 'zda', zda_am = now() WHERE id = '" + vorgang.akteId() + "'",
                    "INSERT INTO laufweg (mandant_id, id, vorgang_id, akte_id, titel, begonnen_von) VALUES ('%s', gen_random_uuid(), '%s', '%s', 'x', '%s')"
                            .formatted(
                                    stadt.mandant(),
                                    vorgang.id(),
                                    vorgang.akteId(),
                                    stadt.anja().person()))) {
                jdbc.sql("SAVEPOINT davor").update();
                assertThatThrownBy(() -> jdbc.sql(sql).update())
                        .as(sql)
                        .isInstanceOf(Abgelehnt.class)
                        .hasMessageStartingWith("Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO)");
                jdbc.sql("ROLLBACK TO SAVEPOINT davor").update();
            }
            // Units are rebuilt and clerks change: that is none of the data.
            jdbc.sql("UPDATE vorgang SET einheit_id = ?, bearbeiter_id = NULL WHERE id = ?")
                    .params(stadt.ordnung(), vorgang.id())
                    .update();
        });
        assertThat(versionen(fall)).isEqualTo(1);

        // What comes in by the post is stored.
        var eingang = Kennung.neu();
        var bytes = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes("Widerspruch"))));
        als(
                stadt.mandant(),
                () -> eingaenge.trageEin(
                        eingang,
                        "ordner",
                        bytes,
                        "Widerspruch.txt",
                        stadt.tiefbau(),
                        Instant.now(),
                        Protokoll.PROGRAMM));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(fall.anja
                                .sendeVon(
                                        "/postkorb",
                                        "/posteingang/" + eingang + "/ablage",
                                        "ziel",
                                        "vorgang",
                                        "vorgangId",
                                        vorgang.id().toString(),
                                        "vorgang",
                                        vorgang.aktenzeichen())
                                .status())
                        .isEqualTo(302));
    }

    @Test
    void trotzdem_verarbeitet_und_aufgehoben_wird_nur_mit_grund_und_nach_unterrichtung() {
        var fall = fall();
        var stadt = fall.stadt;
        var seite = schraenkeEin(fall.datenschutz, "aktenzeichen", fall.vorgang.aktenzeichen());
        var vermerke = "/vorgaenge/" + fall.vorgang.id() + "/vermerke";
        assertThat(fall.anja
                        .sendeVon("/postkorb", seite + "/aufhebung", "begruendung", "weg")
                        .status())
                .as("Anja leitet nichts und verwaltet keine Rechte")
                .isEqualTo(403);

        var heute = LocalDate.now(Anzeige.ZONE);
        assertThat(ausnahme(fall.anja, seite, "", heute).status()).isEqualTo(422);
        assertThat(ausnahme(fall.anja, seite, "Klage vor dem VG", heute.plusDays(90))
                        .status())
                .isEqualTo(422);
        assertThat(ausnahme(fall.datenschutz, seite, "Klage vor dem VG", heute).status())
                .as("Der Datenschutz darf hier nichts bearbeiten")
                .isEqualTo(403);
        assertThat(ausnahme(fall.anja, seite, "Klage vor dem VG", heute).status())
                .isEqualTo(302);
        assertThat(fall.anja.hole("/vorgaenge/" + fall.vorgang.id()).text())
                .contains("Ausnahme bis", "Klage vor dem VG", "Anja Müller", ">Vermerken</button>");
        assertThat(vermerke(fall.anja, vermerke)).isEqualTo(302);
        assertThat(fall.datenschutz.hole("/meldungen").text()).contains("Trotz Einschränkung verarbeitet");
        assertThat(fall.anja.sendeVon(seite, seite + "/ausnahmen/ende").status())
                .isEqualTo(302);
        assertThat(vermerke(fall.anja, vermerke)).isEqualTo(409);

        assertThat(fall.datenschutz
                        .sendeVon(seite, seite + "/aufhebung", "begruendung", "Adresse stimmt")
                        .text())
                .contains("Art. 18 Abs. 3 DSGVO", "Es bleibt gesperrt");
        assertThat(vermerke(fall.anja, vermerke)).isEqualTo(409);
        assertThat(fall.datenschutz
                        .sendeVon(
                                seite,
                                seite + "/aufhebung",
                                "unterrichtet",
                                "true",
                                "unterrichtetAm",
                                heute.toString(),
                                "begruendung",
                                "Adresse stimmt")
                        .status())
                .isEqualTo(302);
        assertThat(vermerke(fall.anja, vermerke)).isEqualTo(302);
        assertThat(fall.anja.hole("/vorgaenge/" + fall.vorgang.id()).text()).doesNotContain("data-eingeschraenkt");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT handlung FROM protokoll WHERE objekt_id = ? AND handlung LIKE 'einschr%' ORDER BY id")
                                .param(fall.vorgang.id())
                                .query(String.class)
                                .list()))
                .containsExactly(
                        "einschraenkung.gesetzt",
                        "einschraenkung.ausnahme",
                        "einschraenkung.ausnahme.beendet",
                        "einschraenkung.aufgehoben");

        // Petra of the other unit, and another town.
        var fremd = fall();
        for (var andere : List.of(angemeldet(stadt.mandant(), "petra.lueders"), fremd.anja, fremd.datenschutz)) {
            assertThat(andere.hole(seite).status()).isEqualTo(404);
            assertThat(andere.sendeVon("/postkorb", seite + "/aufhebung").status())
                    .isEqualTo(404);
        }
        assertThat(fall.anja.hole("/datenschutz/einschraenkungen/neu").status()).isEqualTo(403);
    }

    private static Browser.Seite ausnahme(Browser browser, String seite, String grund, LocalDate bis) {
        return browser.sendeVon(
                "/postkorb",
                seite + "/ausnahmen",
                "ausnahme",
                Kennung.neu().toString(),
                "grundlage",
                "RECHTSANSPRUECHE",
                "begruendung",
                grund,
                "bis",
                bis.toString());
    }

    private static int vermerke(Browser browser, String pfad) {
        return browser.sendeVon("/postkorb", pfad, "vermerk", Kennung.neu().toString(), "text", "Gericht hat angerufen")
                .status();
    }

    private int versionen(Fall fall) {
        return als(
                fall.stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM version WHERE dokument_id = ?")
                        .param(fall.dokument)
                        .query(Integer.class)
                        .single());
    }

    private String netzkennwort(Fall fall) {
        var kennwort =
                code(fall.anja.sendeVon("/anmeldung/app-kennwoerter", "/anmeldung/app-kennwoerter", "name", "Test"));
        var name = mitMandant(fall.stadt.mandant(), "anja.mueller");
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + kennwort).getBytes(StandardCharsets.UTF_8));
    }

    private String token(Stadt stadt) {
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        return code(angemeldet(stadt.mandant(), "petra.lueders")
                .sendeVon(
                        "/verwaltung/schnittstelle",
                        "/verwaltung/schnittstelle",
                        "anmeldename",
                        "fachverfahren",
                        "name",
                        "Fachverfahren",
                        "einheit",
                        stadt.tiefbau().toString()));
    }

    private static String code(Browser.Seite seite) {
        var treffer = CODE.matcher(seite.text());
        assertThat(treffer.find()).as(seite.text()).isTrue();
        return treffer.group(1);
    }

    private static String multipart() {
        return "--grenze\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nneu\r\n--grenze--\r\n";
    }

    private HttpResponse<String> frage(String methode, String pfad, String koerper, Map<String, String> koepfe)
            throws Exception {
        var anfrage = HttpRequest.newBuilder(URI.create(url(pfad))).method(methode, BodyPublishers.ofString(koerper));
        koepfe.forEach(anfrage::header);
        try (var netz = HttpClient.newHttpClient()) {
            return netz.send(anfrage.build(), BodyHandlers.ofString());
        }
    }
}
