package de.federwerk.lesenachweis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Eignerzugang;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Gelesenes.Ding;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.datei.Muster;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.papier.Papierteile;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.schnittstelle.Zugangstoken;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Each way to something protected is on record, and what is not protected costs nothing. */
class LesenachweisTest extends Geheimtest {

    /** Lead elsewhere, or show nothing of an Akte. */
    private static final List<String> OHNE_INHALT = List.of(
            "/dokumente/{id}",
            // Only for who makes it: AkteneinsichtTest.
            "/akteneinsichten/{id}",
            "/akteneinsichten/{id}/paket",
            "/kommentare/{id}",
            "/meldungen/{id}",
            "/kalender/abo/{mandant}/{geheimnis}",
            "/anmelden/oidc/rueckkehr/{behoerde}",
            "/verwaltung/laufwege/{id}",
            "/verwaltung/uebernahmen/{id}/bericht",
            "/lesenachweis/einsichten/{id}",
            "/haus/{id}",
            "/datenschutz/einschraenkungen/{id}",
            "/datenschutz/ersuchen/{id}",
            "/auskunft/{id}",
            "/personen/{id}/zugriff",
            "/verwaltung/rechte/{id}/ende",
            "/verwaltung/personen/{id}",
            "/verwaltung/personen/{id}/anmeldung",
            "/verwaltung/personen/{id}/rollen/wirkung",
            "/verwaltung/einheiten/{id}",
            "/verwaltung/formulare/{id}",
            "/verwaltung/formulare/{id}/vorschau",
            "/verwaltung/formulare/{id}/formular.json",
            "/verwaltung/formulare/{id}/formular.pdf",
            "/verwaltung/antraege/{leistung}/felder",
            "/verwaltung/aktenarten/{id}",
            "/aktenarten/{id}",
            "/aktenarten/{id}/akten.csv",
            "/aktenarten/{id}/vorgaenge",
            "/aktenarten/{id}/vorgaenge.csv",
            "/verwaltung/leistungen/{id}",
            "/verwaltung/leistungen/{id}/entwurf",
            "/verwaltung/leistungen/{id}/zustaendigkeit",
            "/verwaltung/leistungen/fassungen/{id}",
            "/verwaltung/leistungen/dienststellen/{id}",
            "/verwaltung/bescheidvorlagen/{id}",
            "/handmappen/{id}",
            "/listen/ansichten/{id}",
            "/verwaltung/umbau/{id}",
            "/verwaltung/geschaeftsverteilung/{id}",
            "/verwaltung/aktenplan/fassungen/{id}",
            // What was done, with titles as in a list.
            "/sammellaeufe/{id}",
            "/sammellaeufe/{id}/posten.csv",
            "/verwaltung/aktenplan/umstellung/{id}");

    @Autowired
    de.federwerk.webdav.AppKennwoerter kennwoerter;

    @Autowired
    Laufwege laufwege;

    @Autowired
    Papierteile papierteile;

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Zugangstoken token;

    @Autowired
    Lesenachweise nachweise;

    @Autowired
    Aufbewahrung aufbewahrung;

    @Autowired
    Aufbewahrungsfrist frist;

    @Autowired
    MeterRegistry messwerte;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping wege;

    @Test
    void jeder_weg_zu_etwas_geschuetztem_steht_im_nachweis() {
        var fall = fall();
        var stadt = fall.stadt();
        var station = Kennung.neu();
        var eingang = Kennung.neu();
        var pdf = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.textPdf(INHALT))));
        als(stadt.mandant(), () -> {
            eingaenge.trageEin(
                    eingang, "upload", pdf, "Gutachten.pdf", stadt.tiefbau(), Instant.now(), Protokoll.PROGRAMM);
            eingaenge.lege(stadt.anja(), eingang, fall.vorgang(), null, null);
            laufwege.beginne(
                    stadt.anja(),
                    new Laufwegentwurf(
                            Kennung.neu(),
                            fall.vorgang(),
                            fall.dokument(),
                            "Weg",
                            false,
                            List.of(Laufwegentwurf.Station.schlicht(
                                    station, 1, Stationsart.KENNTNIS, new Empfaenger("einheit", stadt.tiefbau())))));
        });
        als(
                stadt.mandant(),
                () -> papierteile.erfasse(
                        stadt.anja(),
                        Kennung.neu(),
                        fall.akte(),
                        fall.vorgang(),
                        new Papierteile.Angaben("Plan", "", "Keller", "", "")));
        schuetze(stadt, fall.akte(), 2);
        var datei = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT datei_id FROM eingang WHERE id = ?")
                        .param(eingang)
                        .query(UUID.class)
                        .single());
        var ausPdf = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT dokument_id FROM eingang WHERE id = ?")
                        .param(eingang)
                        .query(UUID.class)
                        .single());
        await().atMost(Duration.ofSeconds(40))
                .until(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM datei WHERE stand = 'neu'")
                                        .query(Long.class)
                                        .single()
                                == 0));

        var teil = "/posteingang/" + eingang + "/teile/" + datei;
        var erwartet = new TreeMap<String, Map.Entry<String, List<String>>>();
        erwartet.put("/akten/{id}", Map.entry("/akten/" + fall.akte(), List.of("akte angesehen")));
        erwartet.put(
                "/akten/{id}/bearbeiten",
                Map.entry("/akten/" + fall.akte() + "/bearbeiten", List.of("akte angesehen")));
        erwartet.put("/akten/{id}/teile", Map.entry("/akten/" + fall.akte() + "/teile", List.of("akte angesehen")));
        erwartet.put(
                "/vorgaenge/{id}/bearbeiten",
                Map.entry("/vorgaenge/" + fall.vorgang() + "/bearbeiten", List.of("vorgang angesehen")));
        erwartet.put(
                "/dokumente/{id}/bearbeiten",
                Map.entry(
                        "/dokumente/" + fall.dokument() + "/bearbeiten",
                        List.of("dokument angesehen", "vorgang angesehen")));
        erwartet.put(
                "/akten/{id}/protokoll", Map.entry("/akten/" + fall.akte() + "/protokoll", List.of("akte angesehen")));
        erwartet.put(
                "/akten/{id}/einsicht", Map.entry("/akten/" + fall.akte() + "/einsicht", List.of("akte angesehen")));
        erwartet.put("/akten/{id}/papier", Map.entry("/akten/" + fall.akte() + "/papier", List.of("akte angesehen")));
        erwartet.put(
                "/akten/{id}/papier/etiketten.pdf",
                Map.entry("/akten/" + fall.akte() + "/papier/etiketten.pdf", List.of("akte angesehen")));
        erwartet.put("/papier/{kennzeichen}", Map.entry("/papier/P-000001", List.of("vorgang angesehen")));
        erwartet.put(
                "/papier/{kennzeichen}/etikett.pdf",
                Map.entry("/papier/P-000001/etikett.pdf", List.of("vorgang angesehen")));
        var zugriff = "/{art:akten|vorgaenge|dokumente}/{id}/zugriff";
        erwartet.put(zugriff, Map.entry("/akten/" + fall.akte() + "/zugriff", List.of("akte angesehen")));
        erwartet.put(
                zugriff + ".csv",
                Map.entry("/vorgaenge/" + fall.vorgang() + "/zugriff.csv", List.of("vorgang heruntergeladen")));
        erwartet.put(
                zugriff + "/{was:freigabe|unterbrechung|vererbung|ausschluss|befangenheit|personalakte|stufe}",
                Map.entry("/akten/" + fall.akte() + "/zugriff/befangenheit", List.of("akte angesehen")));
        erwartet.put(
                "/vorgaenge/{id}",
                Map.entry("/vorgaenge/" + fall.vorgang(), List.of("dokument angesehen", "vorgang angesehen")));
        erwartet.put(
                "/vorgaenge/{id}/laufwege/neu",
                Map.entry("/vorgaenge/" + fall.vorgang() + "/laufwege/neu", List.of("vorgang angesehen")));
        erwartet.put(
                "/vorgaenge/{id}/nachrichten/neu",
                Map.entry("/vorgaenge/" + fall.vorgang() + "/nachrichten/neu", List.of("vorgang angesehen")));
        erwartet.put(
                "/vorgaenge/{id}/bescheid",
                Map.entry("/vorgaenge/" + fall.vorgang() + "/bescheid", List.of("vorgang angesehen")));
        erwartet.put(
                "/vorgaenge/{id}/merkpunkte",
                Map.entry("/vorgaenge/" + fall.vorgang() + "/merkpunkte", List.of("vorgang angesehen")));
        erwartet.put(
                "/aufgaben/{id}",
                Map.entry("/aufgaben/" + station, List.of("dokument angesehen", "vorgang angesehen")));
        erwartet.put(
                "/dokumente/{id}/kommentare",
                Map.entry(
                        "/dokumente/" + fall.dokument() + "/kommentare",
                        List.of("dokument angesehen", "vorgang angesehen")));
        var schwaerzung = schwaerzung(stadt, ausPdf);
        for (var weg : List.of("", "/pruefung", "/seiten/{nummer}")) {
            erwartet.put(
                    "/schwaerzungen/{id}" + weg,
                    Map.entry(
                            "/schwaerzungen/" + schwaerzung + weg.replace("{nummer}", "1"),
                            List.of("dokument angesehen", "vorgang angesehen")));
        }
        erwartet.put(
                "/dokumente/{id}/schwaerzung",
                Map.entry("/dokumente/" + ausPdf + "/schwaerzung", List.of("dokument angesehen", "vorgang angesehen")));
        erwartet.put(
                "/dokumente/{id}/inhalt",
                Map.entry("/dokumente/" + fall.dokument() + "/inhalt", List.of("dokument heruntergeladen")));
        erwartet.put(
                "/dokumente/{id}/versionen",
                Map.entry("/dokumente/" + fall.dokument() + "/versionen", List.of("dokument angesehen")));
        erwartet.put(
                "/dokumente/{id}/versionen/{nummer}/inhalt",
                Map.entry(
                        "/dokumente/" + fall.dokument() + "/versionen/1/inhalt", List.of("dokument heruntergeladen")));
        erwartet.put(
                "/dokumente/{id}/vergleich",
                Map.entry("/dokumente/" + fall.dokument() + "/vergleich", List.of("dokument angesehen")));
        erwartet.put(
                "/dokumente/{id}/vorschau",
                Map.entry("/dokumente/" + ausPdf + "/vorschau", List.of("dokument angesehen")));
        erwartet.put(
                "/dokumente/{id}/seiten/{nummer}",
                Map.entry("/dokumente/" + ausPdf + "/seiten/1", List.of("dokument angesehen")));
        erwartet.put("/posteingang/{id}", Map.entry("/posteingang/" + eingang, List.of("dokument angesehen")));
        erwartet.put(
                "/posteingang/{id}/teile/{teil}/inhalt",
                Map.entry(teil + "/inhalt", List.of("dokument heruntergeladen")));
        erwartet.put(
                "/posteingang/{id}/teile/{teil}/vorschau",
                Map.entry(teil + "/vorschau", List.of("dokument angesehen")));
        erwartet.put(
                "/posteingang/{id}/teile/{teil}/seiten/{nummer}",
                Map.entry(teil + "/seiten/1", List.of("dokument angesehen")));
        erwartet.put("/api/v1/akten/{id}", Map.entry("/api/v1/akten/" + fall.akte(), List.of("akte schnittstelle")));
        erwartet.put(
                "/api/v1/vorgaenge/{id}",
                Map.entry("/api/v1/vorgaenge/" + fall.vorgang(), List.of("vorgang schnittstelle")));
        erwartet.put(
                "/api/v1/dokumente/{id}",
                Map.entry("/api/v1/dokumente/" + fall.dokument(), List.of("dokument schnittstelle")));
        erwartet.put(
                "/api/v1/dokumente/{id}/inhalt",
                Map.entry("/api/v1/dokumente/" + fall.dokument() + "/inhalt", List.of("dokument schnittstelle")));
        assertThat(muster())
                .as(
                        "Eine neue Adresse mit Kennung gehört hierher: Was sie von einer Akte zeigt, muss im Lesenachweis stehen")
                .containsExactlyInAnyOrderElementsOf(erwartet.keySet());

        // Each way by somebody of its own: what the same person sees twice within five minutes is one entry.
        int nr = 0;
        for (var weg : erwartet.values()) {
            var wer = leser(fall, "leser" + nr++, weg.getKey().startsWith("/api/"));
            assertThat(oeffne(wer, weg.getKey())).as(weg.getKey()).isEqualTo(200);
            assertThat(nachweis(wer)).as(weg.getKey()).containsExactlyInAnyOrderElementsOf(weg.getValue());
        }
    }

    /** A draft with one page, as if it had been prepared. */
    private UUID schwaerzung(Stadt stadt, UUID dokument) {
        var id = Kennung.neu();
        als(stadt.mandant(), () -> {
            jdbc.sql("""
                    INSERT INTO seitenlage (mandant_id, datei_id, seite, breite, hoehe, erkannt, bild_id, worte)
                    SELECT v.mandant_id, v.datei_id, 1, 210, 297, false, f.blob_id, CAST('[]' AS jsonb)
                      FROM version v JOIN datei f ON f.mandant_id = v.mandant_id AND f.id = v.datei_id WHERE v.dokument_id = ?""").param(dokument).update();
            jdbc.sql("""
                    INSERT INTO schwaerzung (mandant_id, id, dokument_id, version_id, datei_id, stand, seiten, angelegt_von, geaendert_von)
                    SELECT mandant_id, ?, dokument_id, id, datei_id, 'entwurf', 1, angelegt_von, angelegt_von FROM version WHERE dokument_id = ?""").params(id, dokument).update();
        });
        return id;
    }

    private Anmeldung leser(Fall fall, String anmeldename, boolean technisch) {
        return als(fall.mandant(), () -> {
            var wer = person(
                    fall.mandant(),
                    anmeldename,
                    "Lea",
                    anmeldename,
                    fall.stadt().tiefbau());
            personen.ermaechtige(Protokoll.PROGRAMM, wer.person(), 2);
            if (technisch) {
                jdbc.sql("UPDATE person SET art = 'technisch' WHERE id = ?")
                        .param(wer.person())
                        .update();
            }
            return wer;
        });
    }

    private int oeffne(Anmeldung wer, String pfad) {
        if (!pfad.startsWith("/api/")) {
            var name = als(
                    wer.mandant(),
                    () -> jdbc.sql("SELECT anmeldename FROM person WHERE id = ?")
                            .param(wer.person())
                            .query(String.class)
                            .single());
            return angemeldet(wer.mandant(), name).hole(pfad).status();
        }
        var schluessel = als(wer.mandant(), () -> token.stelleAus(wer.person()));
        try (var netz = HttpClient.newHttpClient()) {
            return netz.send(
                            HttpRequest.newBuilder(URI.create(url(pfad)))
                                    .header("Authorization", "Bearer " + schluessel)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> muster() {
        var muster = new ArrayList<String>();
        wege.getHandlerMethods().keySet().stream()
                .filter(weg -> weg.getMethodsCondition().getMethods().isEmpty()
                        || weg.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .forEach(weg -> weg.getPatternValues().stream()
                        .filter(p -> p.contains("{") && !p.startsWith("/portal") && !OHNE_INHALT.contains(p))
                        .forEach(muster::add));
        return muster;
    }

    @Test
    void dasselbe_innerhalb_von_fuenf_minuten_ist_ein_eintrag_und_offenes_keiner() {
        var fall = fall();
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        anja.hole("/vorgaenge/" + fall.offen());
        anja.hole("/postkorb");
        anja.hole("/akten");
        anja.hole("/suche?q=Gutachten");
        anja.hole("/dokumente/" + fall.dokument());
        assertThat(nachweis(fall.stadt().anja())).isEmpty();
        for (int i = 0; i < 3; i++) {
            anja.hole("/dokumente/" + fall.dokument() + "/inhalt");
            anja.hole("/vorgaenge/" + fall.vorgang());
        }
        assertThat(nachweis(fall.stadt().anja()))
                .containsExactlyInAnyOrder("dokument heruntergeladen", "vorgang angesehen", "dokument angesehen");
        // What one may not see and what does not exist is no reading.
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        petra.hole("/akten/" + fall.akte());
        assertThat(nachweis(fall.stadt().petra())).isEmpty();
    }

    @Test
    void was_nicht_festgehalten_werden_kann_wird_nicht_gezeigt() {
        var fall = fall();
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var zugang = datenbank().zugang();
        Eignerzugang.tu(zugang, fall.mandant(), "REVOKE INSERT ON lesenachweis FROM " + zugang.laufzeit());
        try {
            for (var pfad : List.of(
                    "/dokumente/" + fall.dokument() + "/inhalt",
                    "/vorgaenge/" + fall.vorgang(),
                    "/akten/" + fall.akte())) {
                var seite = anja.hole(pfad);
                assertThat(seite.status()).as(pfad).isEqualTo(500);
                assertThat(seite.kopf("Content-Disposition")).as(pfad).isEmpty();
                assertThat(seite.text()).as(pfad).doesNotContain(INHALT, "Abmahnung", "Gutachten");
            }
            assertThat(anja.hole("/vorgaenge/" + fall.offen()).status()).isEqualTo(200);
        } finally {
            Eignerzugang.tu(zugang, fall.mandant(), "GRANT INSERT ON lesenachweis TO " + zugang.laufzeit());
        }
        assertThat(anja.hole("/vorgaenge/" + fall.vorgang()).status()).isEqualTo(200);
        assertThat(nachweis(fall.stadt().anja())).containsExactly("dokument angesehen", "vorgang angesehen");
    }

    @Test
    void was_nicht_geschuetzt_ist_kostet_keine_anfrage_an_die_datenbank() {
        var fall = fall();
        int bereich = als(
                fall.mandant(),
                () -> jdbc.sql("SELECT schutzbereich_id FROM vorgang WHERE id = ?")
                        .param(fall.offen())
                        .query(Integer.class)
                        .single());
        var offen = List.of(new Ding(
                fall.mandant(),
                fall.stadt().anja().person(),
                Gegenstand.VORGANG,
                fall.offen(),
                Kennung.neu(),
                bereich));
        nachweise.halteFest(offen, Zugang.ANGESEHEN);
        var vorher = verbindungen();
        for (int i = 0; i < 10_000; i++) {
            nachweise.halteFest(offen, Zugang.ANGESEHEN);
        }
        // What else the house does meanwhile takes some; asking would have taken 10,000.
        assertThat(verbindungen() - vorher).isLessThan(1_000);
    }

    private long verbindungen() {
        return messwerte.get("hikaricp.connections.acquire").timer().count();
    }

    @Test
    void das_programm_selbst_kann_den_nachweis_nicht_lesen_und_nicht_aendern() {
        var fall = fall();
        angemeldet(fall.mandant(), "anja.mueller").hole("/akten/" + fall.akte());
        for (var befehl : List.of(
                "SELECT person FROM lesenachweis",
                "UPDATE lesenachweis SET zeit = now()",
                "DELETE FROM lesenachweis WHERE person IS NOT NULL",
                "TRUNCATE lesenachweis")) {
            assertThatThrownBy(() -> als(fall.mandant(), () -> jdbc.sql(befehl).update()))
                    .as(befehl)
                    .hasStackTraceContaining("permission denied");
        }
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> jdbc.sql("DELETE FROM lesenachweis WHERE zeit < now()")
                                .update()))
                .hasStackTraceContaining("erst nach Ablauf seiner Frist");
        assertThat(als(
                        fall.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM lesenachweis_einsicht")
                                .query(Long.class)
                                .single()))
                .isZero();
        assertThat(nachweis(fall.stadt().anja())).containsExactly("akte angesehen");
    }

    @Test
    void nach_der_frist_wird_geloescht_und_die_anzahl_steht_im_protokoll() {
        var fall = fall();
        for (var alter : List.of("13 months", "11 months", "2 months")) {
            gelesenVor(fall, fall.akte(), alter);
        }
        assertThat(Mandantenkontext.<Long, RuntimeException>als(fall.mandant(), aufbewahrung::raeumeAuf))
                .isEqualTo(1);
        var datenschutz = mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        var personalrat = mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        var vorschlag = Kennung.neu();
        als(fall.mandant(), () -> frist.setze(datenschutz, vorschlag, 3));
        assertThat(Mandantenkontext.<Long, RuntimeException>als(fall.mandant(), aufbewahrung::raeumeAuf))
                .as("solange niemand zustimmt, gilt die alte Frist")
                .isZero();
        als(fall.mandant(), () -> frist.stimmeZu(personalrat, vorschlag));
        assertThat(Mandantenkontext.<Long, RuntimeException>als(fall.mandant(), aufbewahrung::raeumeAuf))
                .isEqualTo(1);
        assertThat(Mandantenkontext.<Long, RuntimeException>als(fall.mandant(), aufbewahrung::raeumeAuf))
                .isZero();
        assertThat(nachweis(fall.stadt().anja())).hasSize(1);
        assertThat(als(
                        fall.mandant(),
                        () -> jdbc.sql(
                                        "SELECT p.handlung || ' ' || string_agg(i.wert, ' ' ORDER BY i.feld) FROM protokoll p JOIN protokoll_inhalt i ON i.eintrag_id = p.id WHERE p.objekt_id = ? AND p.handlung LIKE 'lesenachweis.%' GROUP BY p.id, p.handlung ORDER BY p.id")
                                .param(fall.mandant())
                                .query(String.class)
                                .list()))
                .containsExactly("lesenachweis.geloescht 1", "lesenachweis.frist 12 3", "lesenachweis.geloescht 1");
    }

    @Test
    void auch_was_ein_programm_im_netzordner_liest_ist_gelesen() throws Exception {
        var fall = fall();
        schuetze(fall.stadt(), fall.akte(), 2);
        var anja = fall.stadt().anja();
        var name = mitMandant(fall.mandant(), "anja.mueller");
        var ausweis = name + ":" + als(fall.mandant(), () -> kennwoerter.stelleAus(anja, "Word"));
        var ordner = url("/webdav/Dokumente/" + fall.dokument() + "/");
        try (var netz = HttpClient.newHttpClient()) {
            java.util.function.Function<String, HttpRequest.Builder> an = pfad -> HttpRequest.newBuilder(
                            URI.create(pfad))
                    .header(
                            "Authorization",
                            "Basic "
                                    + java.util.Base64.getEncoder()
                                            .encodeToString(ausweis.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            var liste = netz.send(
                    an.apply(ordner)
                            .header("Depth", "1")
                            .method("PROPFIND", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(liste.statusCode()).isEqualTo(207);
            assertThat(nachweis(anja)).isEmpty();
            var datei = liste.body().replaceAll("(?s).*<D:href>([^<]+)</D:href>.*", "$1");
            assertThat(netz.send(
                                    an.apply(url(datei))
                                            .header("Destination", url("/webdav/Arbeitsbereich/Kopie"))
                                            .method("COPY", HttpRequest.BodyPublishers.noBody())
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(201);
            assertThat(nachweis(anja)).as("kopiert").containsExactly("dokument heruntergeladen");
            assertThat(netz.send(an.apply(url(datei)).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(nachweis(anja)).containsExactly("dokument heruntergeladen");
        }
    }

    @Test
    void kopf_und_unveraendertes_zaehlen_wie_gelesen() throws Exception {
        var fall = fall();
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var keks = anja.sitzung().orElseThrow();
        try (var netz = HttpClient.newHttpClient()) {
            var kopf = netz.send(
                    HttpRequest.newBuilder(URI.create(url("/dokumente/" + fall.dokument() + "/inhalt")))
                            .HEAD()
                            .header("Cookie", keks.getName() + "=" + keks.getValue())
                            .build(),
                    BodyHandlers.discarding());
            assertThat(kopf.statusCode()).isEqualTo(200);
            assertThat(nachweis(fall.stadt().anja())).containsExactly("dokument heruntergeladen");

            var leser = leser(fall, "zweite", false);
            var zweite = angemeldet(fall.mandant(), "zweite").sitzung().orElseThrow();
            var nichtNeu = netz.send(
                    HttpRequest.newBuilder(URI.create(url("/dokumente/" + fall.dokument() + "/inhalt")))
                            .header("Cookie", zweite.getName() + "=" + zweite.getValue())
                            .header(
                                    "If-None-Match",
                                    kopf.headers().firstValue("ETag").orElseThrow())
                            .build(),
                    BodyHandlers.discarding());
            assertThat(nichtNeu.statusCode()).isEqualTo(304);
            assertThat(nachweis(leser)).containsExactly("dokument heruntergeladen");
        }
    }
}
