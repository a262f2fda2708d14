package de.federwerk.schnittstelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Muster;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.schnittstelle.Fachverfahren.Antwort;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The interface as a foreign program sees it: over HTTP, with a token, held against its own description. */
class SchnittstelleTest extends Teststadt {

    private static final String AKTE = "{\"titel\":\"Baugerüst Königstraße\",\"aktenplan\":\"66.20.03\"}";

    @Autowired
    Zugangstoken token;

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Blobs blobs;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping wege;

    private final JsonNode beschreibung = beschreibung();

    @Test
    void ohne_gueltiges_token_kommt_niemand_hinein() {
        var stadt = stadt();
        var echtes = tokenFuer(stadt.mandant(), stadt.tiefbau());
        var fremdes = tokenFuer(stadt().mandant(), null);
        var mensch = als(stadt.mandant(), () -> token.stelleAus(stadt.anja().person()));
        var abgelaufen = tokenFuer(stadt.mandant(), stadt.tiefbau());
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE zugangstoken SET gueltig_bis = now() WHERE id = ?")
                        .param(UUID.fromString(mitStrichen(abgelaufen.split("_")[2])))
                        .update());
        var verdreht = echtes.substring(0, echtes.length() - 1) + (echtes.endsWith("A") ? "B" : "A");
        // The id and secret of one, the Mandant of another.
        var gemischt = "fw_" + fremdes.split("_")[1] + echtes.substring(echtes.indexOf('_', 3));
        for (var falsch : List.of(
                "",
                "unsinn",
                verdreht,
                gemischt,
                mensch,
                abgelaufen,
                "fw_%s_%s_%s".formatted("0".repeat(32), "0".repeat(32), "A".repeat(43)))) {
            for (var pfad :
                    List.of("/eingaenge", "/suche?q=x", "/dokumente/" + Kennung.neu() + "/inhalt", "/gibt-es-nicht")) {
                var antwort = new Fachverfahren(url(""), falsch).hole(pfad);
                problem(antwort, 401);
                assertThat(antwort.kopf("WWW-Authenticate")).startsWith("Bearer");
                assertThat(antwort.text("detail")).contains("Zugangstoken");
            }
            problem(new Fachverfahren(url(""), falsch).sende("/akten", AKTE), 401);
        }
        assertThat(new Fachverfahren(url(""), echtes).hole("/eingaenge").status())
                .isEqualTo(200);
        assertThat(new Fachverfahren(url(""), "").hole("/openapi.json").status())
                .isEqualTo(200);
    }

    @Test
    void von_der_akte_bis_zum_inhalt_geht_alles_und_sieht_aus_wie_beschrieben() {
        var stadt = stadt();
        var verfahren = verfahren(stadt);
        var akte = verfahren.sende("/akten", AKTE);
        wieBeschrieben(akte, 201, "/akten", "post", "Akte");
        assertThat(akte.text("aktenzeichen")).startsWith("66.20.03-0001/");
        assertThat(akte.kopf("Location")).endsWith("/api/v1/akten/" + akte.text("id"));
        var vorgang = verfahren.sende(
                "/akten/" + akte.text("id") + "/vorgaenge", "{\"titel\":\"Antrag Gerüstbau Quarzkiesel\"}");
        wieBeschrieben(vorgang, 201, "/akten/{id}/vorgaenge", "post", "Vorgang");
        assertThat(vorgang.text("akte")).isEqualTo(akte.text("id"));

        var bytes = Muster.bytes("Das Gerüst steht auf dem Gehweg.");
        var ohne = verfahren.lade("/vorgaenge/" + vorgang.text("id") + "/dokumente", "Antrag Gerüst Straße.txt", bytes);
        wieBeschrieben(ohne, 201, "/vorgaenge/{id}/dokumente", "post", "Dokument");
        assertThat(ohne.text("dateiname")).isEqualTo("Antrag Gerüst Straße.txt");
        assertThat(ohne.text("titel")).isEqualTo("Antrag Gerüst Straße");
        for (var zuerst : new boolean[] {true, false}) {
            var mit = verfahren.ladeMitMetadaten(
                    "/vorgaenge/" + vorgang.text("id") + "/dokumente",
                    "anlage.txt",
                    bytes,
                    "{\"titel\":\"Lageplan Größe\",\"dokumentart\":\"Plan\",\"absender\":\"Gerüstbau Muster\",\"schreibenVom\":\"2026-11-20\",\"gehoertZu\":\"%s\"}"
                            .formatted(ohne.text("id")),
                    zuerst);
            wieBeschrieben(mit, 201, "/vorgaenge/{id}/dokumente", "post", "Dokument");
            assertThat(mit.text("titel")).isEqualTo("Lageplan Größe");
            assertThat(mit.text("dokumentart")).isEqualTo("Plan");
            assertThat(mit.json().get("laenge").asLong()).isEqualTo(bytes.length);
        }

        // What Location names can be fetched, and is the same.
        for (var angelegt : java.util.Map.of("Akte", akte, "Vorgang", vorgang, "Dokument", ohne)
                .entrySet()) {
            var ort = angelegt.getValue().kopf("Location").replaceFirst("^.*/api/v1", "");
            var geholt = verfahren.hole(ort);
            wieBeschrieben(geholt, 200, ort.replaceFirst("[0-9a-f-]{36}", "{id}"), "get", angelegt.getKey());
            assertThat(geholt.json()).isEqualTo(angelegt.getValue().json());
        }

        var inhalt = verfahren.hole("/dokumente/" + ohne.text("id") + "/inhalt");
        assertThat(inhalt.status()).isEqualTo(200);
        assertThat(inhalt.http().body()).isEqualTo(bytes);
        sicher(inhalt);
        assertThat(inhalt.kopf("Content-Disposition"))
                .startsWith("attachment")
                .contains("filename*=UTF-8''Antrag%20Ger%C3%BCst%20Stra%C3%9Fe.txt");

        var gefiled = Instant.now();
        var treffer = await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> verfahren.hole("/suche?q=Quarzkiesel"),
                        a -> a.json().get("gesamt").asLong() > 0);
        assertThat(Duration.between(gefiled, Instant.now())).isLessThan(Duration.ofSeconds(2));
        wieBeschrieben(treffer, 200, "/suche", "get", "Trefferliste");
        gleicheFelder(treffer.json().get("treffer").get(0), "Treffer");
        assertThat(treffer.json().get("treffer")).anySatisfy(t -> {
            assertThat(t.get("art").asString()).isEqualTo("vorgang");
            assertThat(t.get("id").asString()).isEqualTo(vorgang.text("id"));
            assertThat(t.get("aktenzeichen").asString()).isEqualTo(vorgang.text("aktenzeichen"));
        });
    }

    @Test
    void zwanzig_megabyte_kommen_an_und_wieder_heraus_wie_sie_waren() {
        var verfahren = verfahren(stadt());
        var vorgang = vorgang(verfahren);
        var bytes = new byte[20 * 1024 * 1024 + 7];
        new Random(7).nextBytes(bytes);
        // Length unknown beforehand: chunked, as programs send that do not hold the file.
        var dokument = verfahren.ladeStrom(
                "/vorgaenge/" + vorgang + "/dokumente", "gross.bin", () -> new ByteArrayInputStream(bytes));
        assertThat(dokument.status()).isEqualTo(201);
        var zurueck = verfahren.hole("/dokumente/" + dokument.text("id") + "/inhalt");
        assertThat(zurueck.http().body()).isEqualTo(bytes);
        assertThat(zurueck.kopf("Content-Length")).isEqualTo(String.valueOf(bytes.length));
    }

    @Test
    void das_posteingangsbuch_zeigt_nur_was_das_konto_sieht() {
        var stadt = stadt();
        var bytes = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes("Post"))));
        als(
                stadt.mandant(),
                () -> eingaenge.trageEin(
                        Kennung.neu(),
                        "scan",
                        bytes,
                        "Brief für den Tiefbau.txt",
                        stadt.tiefbau(),
                        Instant.now(),
                        Protokoll.PROGRAMM));
        var antwort = verfahren(stadt).hole("/eingaenge?status=offen");
        assertThat(antwort.status()).isEqualTo(200);
        assertThat(antwort.kopf("X-Gesamt")).isEqualTo("1");
        assertThat(antwort.json()).hasSize(1);
        gleicheFelder(antwort.json().get(0), "Eingang");
        assertThat(antwort.json().get(0).get("dateiname").asString()).isEqualTo("Brief für den Tiefbau.txt");
        assertThat(antwort.json().get(0).get("kanal").asString()).isEqualTo("scan");
        assertThat(antwort.json().get(0).get("nummer").asString()).endsWith("-000001");
        for (var fremd :
                List.of(new Fachverfahren(url(""), tokenFuer(stadt.mandant(), stadt.ordnung())), verfahren(stadt()))) {
            assertThat(fremd.hole("/eingaenge").json()).isEmpty();
            assertThat(fremd.hole("/eingaenge").kopf("X-Gesamt")).isEqualTo("0");
        }
    }

    @Test
    void echte_kennungen_anderer_geben_404_auf_jedem_weg_und_verraten_nichts() {
        var stadt = stadt();
        var eigenes = verfahren(stadt);
        var akte = eigenes.sende("/akten", AKTE).text("id");
        var vorgang = eigenes.sende("/akten/" + akte + "/vorgaenge", "{\"titel\":\"Geheimsache Quallenfisch\"}")
                .text("id");
        var dokument = eigenes.lade(
                        "/vorgaenge/" + vorgang + "/dokumente", "Quallenfisch.txt", Muster.bytes("Quallenfisch"))
                .text("id");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> eigenes.hole("/suche?q=Quallenfisch")
                                .json()
                                .get("gesamt")
                                .asLong()
                        >= 2);
        var nachbarn = new Fachverfahren(url(""), tokenFuer(stadt.mandant(), stadt.ordnung()));
        var fremde = verfahren(stadt());
        // Each way with a real id of somebody else's; a way that is missing here breaks the test.
        var mitKennung = Map.<String, Function<Fachverfahren, Antwort>>of(
                "PATCH /api/v1/vorgaenge/{id}/felder",
                        f -> f.aendere("/vorgaenge/" + vorgang + "/felder", "{\"Partner\":\"x\"}"),
                "GET /api/v1/akten/{id}", f -> f.hole("/akten/" + akte),
                "PATCH /api/v1/akten/{id}/felder", f -> f.aendere("/akten/" + akte + "/felder", "{\"Partner\":\"x\"}"),
                "GET /api/v1/vorgaenge/{id}", f -> f.hole("/vorgaenge/" + vorgang),
                "GET /api/v1/dokumente/{id}", f -> f.hole("/dokumente/" + dokument),
                "GET /api/v1/dokumente/{id}/inhalt", f -> f.hole("/dokumente/" + dokument + "/inhalt"),
                "POST /api/v1/akten/{id}/vorgaenge", f -> f.sende("/akten/" + akte + "/vorgaenge", "{\"titel\":\"x\"}"),
                "POST /api/v1/vorgaenge/{id}/dokumente",
                        f -> f.lade("/vorgaenge/" + vorgang + "/dokumente", "x.txt", Muster.bytes("x")));
        var ohneKennung = Map.<String, Function<Fachverfahren, Antwort>>of(
                "GET /api/v1/eingaenge", f -> f.hole("/eingaenge"),
                "GET /api/v1/suche", f -> f.hole("/suche?q=Quallenfisch"),
                "POST /api/v1/akten", f -> f.sende("/akten", "{\"titel\":\"x\",\"aktenplan\":\"66.20.03\"}"));
        assertThat(begehbar())
                .as("Jeder neue Weg gehört hierher: dort wird geprüft, dass er Fremden nichts verrät")
                .isEqualTo(Stream.of(mitKennung.keySet(), ohneKennung.keySet(), Set.of("GET /api/v1/openapi.json"))
                        .flatMap(Set::stream)
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (var niemand : List.of(new Fachverfahren(url(""), ""), new Fachverfahren(url(""), "fw_falsch"))) {
            Stream.of(mitKennung, ohneKennung)
                    .flatMap(wege -> wege.values().stream())
                    .forEach(weg -> problem(weg.apply(niemand), 401));
        }
        for (var andere : List.of(nachbarn, fremde)) {
            mitKennung.values().forEach(weg -> problem(weg.apply(andere), 404));
            ohneKennung.forEach((name, weg) -> assertThat(
                            new String(weg.apply(andere).http().body(), StandardCharsets.UTF_8))
                    .as(name)
                    .doesNotContain("Geheimsache", akte, vorgang, dokument));
            assertThat(andere.hole("/suche?q=Quallenfisch").json().get("gesamt").asLong())
                    .isZero();
            assertThat(andere.hole("/suche?q=Quallenfisch").json().get("treffer"))
                    .isEmpty();
            // Nor can a real id be told from a free one by using it as the key of something new.
            var eigene = andere.sende("/akten", "{\"titel\":\"x\",\"aktenplan\":\"66.20.03\"}");
            assertThat(eigene.status()).isEqualTo(201);
            for (var schluessel : List.of(akte, vorgang, dokument)) {
                assertThat(andere.sende(
                                        "/akten",
                                        "{\"titel\":\"x\",\"aktenplan\":\"66.20.03\"}",
                                        "Idempotency-Key",
                                        schluessel)
                                .status())
                        .isIn(201, 409);
            }
        }
    }

    @Test
    void was_nicht_passt_wird_deutsch_begruendet() {
        var stadt = stadt();
        var verfahren = verfahren(stadt);
        var vorgang = vorgang(verfahren);
        problem(verfahren.sende("/akten", "{\"aktenplan\":\"66.20.03\"}"), 422);
        problem(verfahren.sende("/akten", "{\"titel\":\"x\"}"), 422);
        problem(verfahren.sende("/akten", "{\"titel\":\"x\",\"aktenplan\":\"66.20\"}"), 422);
        problem(
                verfahren.sende("/akten", "{\"titel\":\"x\",\"aktenplan\":\"66.20.03\",\"einheit\":\"gibt es nicht\"}"),
                422);
        problem(verfahren.sende("/akten", "{\"titel\":\"x\",\"aktenplan\":\"66.20.03\",\"einheit\":\"FD 32\"}"), 403);
        problem(verfahren.sende("/akten", "{\"titel\":"), 400);
        problem(verfahren.sende("/akten", ""), 400);
        problem(verfahren.sende("/akten", "[1,2]"), 400);
        problem(verfahren.sende("/akten", AKTE, "Idempotency-Key", "keine-uuid"), 400);
        problem(verfahren.hole("/suche"), 400);
        // A place that nobody made is the first page.
        assertThat(verfahren.hole("/suche?q=x&weiter=%00viele").status()).isEqualTo(200);
        assertThat(verfahren.hole("/eingaenge?weiter=NA*").status()).isEqualTo(200);
        problem(verfahren.hole("/dokumente/keine-uuid/inhalt"), 404);
        problem(verfahren.hole("/gibt/es/nicht"), 404);
        problem(verfahren.hole("/akten"), 405);
        problem(verfahren.sende("/vorgaenge/" + vorgang + "/dokumente", "{}"), 415);
        problem(
                verfahren.ladeMitMetadaten(
                        "/vorgaenge/" + vorgang + "/dokumente", "x.txt", Muster.bytes("x"), "{kein json", true),
                422);
        problem(
                verfahren.ladeMitMetadaten(
                        "/vorgaenge/" + vorgang + "/dokumente",
                        "x.txt",
                        Muster.bytes("x"),
                        "{\"gehoertZu\":\"" + Kennung.neu() + "\"}",
                        true),
                404);
        problem(verfahren.lade("/vorgaenge/" + Kennung.neu() + "/dokumente", "x.txt", Muster.bytes("x")), 404);
        problem(verfahren.ladeZwei("/vorgaenge/" + vorgang + "/dokumente"), 422);
        als(
                stadt.mandant(),
                () -> assertThat(jdbc.sql("SELECT count(*) FROM dokument")
                                .query(Long.class)
                                .single())
                        .isZero());
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), UUID.fromString(vorgang)));
        long vorher = ablage(stadt.mandant());
        problem(verfahren.lade("/vorgaenge/" + vorgang + "/dokumente", "x.txt", Muster.bytes("x".repeat(10_000))), 409);
        assertThat(ablage(stadt.mandant())).as("kein Byte in der Ablage").isEqualTo(vorher);
    }

    private static long ablage(UUID mandant) {
        try (var dateien = java.nio.file.Files.list(DATEN.resolve("ablage").resolve(mandant.toString()))) {
            return dateien.mapToLong(d -> d.toFile().length()).sum();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void derselbe_schluessel_zweimal_auch_zugleich_legt_einmal_an() throws Exception {
        var stadt = stadt();
        var verfahren = verfahren(stadt);
        var schluessel = Kennung.neu().toString();
        try (var faeden = Executors.newFixedThreadPool(4)) {
            var start = new CyclicBarrier(4);
            var laeufe = IntStream.range(0, 4)
                    .mapToObj(i -> faeden.submit(() -> {
                        start.await();
                        return verfahren.sende("/akten", AKTE, "Idempotency-Key", schluessel);
                    }))
                    .toList();
            for (var lauf : laeufe) {
                assertThat(lauf.get().status()).isEqualTo(201);
                assertThat(lauf.get().text("id")).isEqualTo(schluessel);
                assertThat(lauf.get().text("aktenzeichen")).startsWith("66.20.03-0001/");
            }
        }
        var vorgangsschluessel = Kennung.neu().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(verfahren
                            .sende(
                                    "/akten/" + schluessel + "/vorgaenge",
                                    "{\"titel\":\"V\"}",
                                    "Idempotency-Key",
                                    vorgangsschluessel)
                            .text("aktenzeichen"))
                    .endsWith("-01");
        }
        var dokumentschluessel = Kennung.neu().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(verfahren
                            .lade(
                                    "/vorgaenge/" + vorgangsschluessel + "/dokumente",
                                    "x.txt",
                                    Muster.bytes("x"),
                                    "Idempotency-Key",
                                    dokumentschluessel)
                            .text("id"))
                    .isEqualTo(dokumentschluessel);
        }
        als(stadt.mandant(), () -> {
            for (var tabelle : List.of("akte", "vorgang", "dokument")) {
                assertThat(jdbc.sql("SELECT count(*) FROM " + tabelle)
                                .query(Long.class)
                                .single())
                        .as(tabelle)
                        .isEqualTo(1);
            }
        });
        assertThat(verfahren.sende("/akten", AKTE).text("aktenzeichen"))
                .as("keine Lücke")
                .startsWith("66.20.03-0002/");
    }

    @Test
    void ein_fachverfahren_fuellt_die_felder_einer_aktenart() {
        var stadt = stadt();
        var art = Kennung.neu();
        als(stadt.mandant(), () -> {
            jdbc.sql("INSERT INTO aktenart (mandant_id, id, name) VALUES (?, ?, 'Vertrag')")
                    .params(stadt.mandant(), art)
                    .update();
            jdbc.sql("""
                    INSERT INTO aktenfeld (mandant_id, id, aktenart_id, name, art, platz, pflicht, traeger)
                    VALUES (:m, gen_random_uuid(), :art, 'Partner', 'text', 1, true, 'akte'), (:m, gen_random_uuid(), :art, 'Summe', 'geld', 2, false, 'akte'),
                           (:m, gen_random_uuid(), :art, 'Rate', 'zahl', 1, false, 'vorgang')""").param("m", stadt.mandant()).param("art", art).update();
        });
        var verfahren = verfahren(stadt);
        var angelegt = verfahren.sende(
                "/akten",
                "{\"titel\":\"Salz\",\"aktenplan\":\"66.20.03\",\"aktenart\":\"vertrag\",\"felder\":{\"Partner\":\"Salzwerk\"}}");
        assertThat(angelegt.status()).isEqualTo(201);
        var akte = "/akten/" + angelegt.text("id");
        assertThat(verfahren.aendere(akte + "/felder", "{\"summe\":\"1250\"}").status())
                .isEqualTo(200);
        var gelesen = verfahren.hole(akte).json();
        assertThat(gelesen.get("aktenart").asString()).isEqualTo("Vertrag");
        assertThat(gelesen.get("felder").get("Partner").asString()).isEqualTo("Salzwerk");
        assertThat(gelesen.get("felder").get("Summe").asString()).isEqualTo("1.250,00 €");
        for (var falsch : List.of("{\"Summe\":\"viel\"}", "{\"Farbe\":\"rot\"}", "{\"Partner\":\"\"}")) {
            problem(verfahren.aendere(akte + "/felder", falsch), 422);
        }
        var teil = Kennung.neu();
        als(
                stadt.mandant(),
                () -> jdbc.sql("""
                        INSERT INTO aktenteil (mandant_id, id, akte_id, art, nummer, titel, laufzeit_von, angelegt_von)
                        SELECT mandant_id, ?, id, 'teilakte', 1, 'Nord', DATE '2026-01-01', angelegt_von FROM akte WHERE mandant_id = ? AND id = ?""")
                        .params(teil, stadt.mandant(), UUID.fromString(angelegt.text("id")))
                        .update());
        wieBeschrieben(verfahren.hole(akte), 200, "/akten/{id}", "get", "Akte");
        assertThat(verfahren.hole(akte).json().get("teile").get(0).get("name").asString())
                .endsWith("-T1 Nord");
        var vorgang = "/vorgaenge/"
                + verfahren
                        .sende(akte + "/vorgaenge", "{\"titel\":\"Januar\",\"teil\":\"" + teil + "\"}")
                        .text("id");
        var gefuellt = verfahren.aendere(vorgang + "/felder", "{\"rate\":\"3,5\"}");
        wieBeschrieben(gefuellt, 200, "/vorgaenge/{id}/felder", "patch", "Vorgang");
        assertThat(gefuellt.json().get("felder").get("Rate").asString()).isEqualTo("3,5");
        assertThat(gefuellt.text("teil")).isEqualTo(teil.toString());
        problem(verfahren.aendere(vorgang + "/felder", "{\"Partner\":\"x\"}"), 422);
        // Refused as a whole: no Akte without the field that it needs, and no number is gone.
        problem(
                verfahren.sende(
                        "/akten",
                        "{\"titel\":\"Salz\",\"aktenplan\":\"66.20.03\",\"aktenart\":\"Vertrag\",\"felder\":{\"Summe\":\"1\"}}"),
                422);
        assertThat(verfahren.sende("/akten", AKTE).text("aktenzeichen")).startsWith("66.20.03-0002/");
    }

    @Test
    void die_beschreibung_und_die_wege_sind_dieselben() {
        var antwort = new Fachverfahren(url(""), "").hole("/openapi.json");
        assertThat(antwort.status()).isEqualTo(200);
        assertThat(antwort.kopf("Content-Type")).startsWith("application/json");
        assertThat(antwort.json()).isEqualTo(beschreibung);
        var beschrieben = new TreeSet<String>();
        beschreibung
                .get("paths")
                .properties()
                .forEach(pfad -> pfad.getValue()
                        .properties()
                        .forEach(art -> beschrieben.add(
                                art.getKey().toUpperCase(java.util.Locale.ROOT) + " /api/v1" + pfad.getKey())));
        assertThat(begehbar()).isNotEmpty().isEqualTo(beschrieben);
    }

    /** Every operation the program really offers to Fachverfahren, as {@code GET /api/v1/akten/{id}}. */
    private TreeSet<String> begehbar() {
        var begehbar = new TreeSet<String>();
        wege.getHandlerMethods()
                .keySet()
                .forEach(weg -> weg.getPatternValues().stream()
                        .filter(p -> p.startsWith("/api/"))
                        .forEach(p -> weg.getMethodsCondition().getMethods().forEach(m -> begehbar.add(m + " " + p))));
        return begehbar;
    }

    private void wieBeschrieben(Antwort antwort, int status, String pfad, String art, String schema) {
        assertThat(antwort.status()).isEqualTo(status);
        var beschrieben = beschreibung
                .at("/paths/" + pfad.replace("/", "~1") + "/" + art + "/responses/" + status
                        + "/content/application~1json/schema/$ref")
                .asString();
        assertThat(beschrieben).isEqualTo("#/components/schemas/" + schema);
        assertThat(antwort.kopf("Content-Type")).startsWith("application/json");
        gleicheFelder(antwort.json(), schema);
    }

    private void gleicheFelder(JsonNode json, String schema) {
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrderElementsOf(beschreibung
                        .at("/components/schemas/" + schema + "/properties")
                        .propertyNames());
    }

    /** RFC 9457, German, with nothing but what is described. */
    private void problem(Antwort antwort, int status) {
        assertThat(antwort.status())
                .as(
                        "%s %s: %s",
                        antwort.http().request().method(),
                        antwort.http().uri(),
                        new String(antwort.http().body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertThat(antwort.kopf("Content-Type")).startsWith("application/problem+json");
        assertThat(antwort.json().get("status").asInt()).isEqualTo(status);
        assertThat(antwort.json().propertyNames()).contains("title", "status", "detail");
        assertThat(Set.copyOf(beschreibung
                        .at("/components/schemas/Problem/properties")
                        .propertyNames()))
                .containsAll(antwort.json().propertyNames());
        assertThat(antwort.text("title") + antwort.text("detail"))
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("Required", "Bad Request", "Not Found", "not supported");
        sicher(antwort);
    }

    private static void sicher(Antwort antwort) {
        assertThat(antwort.kopf("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(antwort.kopf("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(antwort.http().headers().map()).doesNotContainKey("set-cookie");
    }

    private String vorgang(Fachverfahren verfahren) {
        return verfahren
                .sende("/akten/" + verfahren.sende("/akten", AKTE).text("id") + "/vorgaenge", "{\"titel\":\"V\"}")
                .text("id");
    }

    private Fachverfahren verfahren(Stadt stadt) {
        return new Fachverfahren(url(""), tokenFuer(stadt.mandant(), stadt.tiefbau()));
    }

    private String tokenFuer(UUID mandant, @org.jspecify.annotations.Nullable UUID einheit) {
        return als(mandant, () -> {
            var konto = personen.nimmAuf(
                    Protokoll.PROGRAMM,
                    "verfahren-" + Kennung.neu().toString().substring(24),
                    "",
                    "Fachverfahren",
                    null,
                    true);
            if (einheit != null) {
                einheiten.besetze(Protokoll.PROGRAMM, einheit, "Schnittstelle", false, konto);
            }
            return token.stelleAus(konto);
        });
    }

    private static String mitStrichen(String hex) {
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static JsonNode beschreibung() {
        try (var datei = new ClassPathResource("openapi.json").getInputStream()) {
            return JsonMapper.shared().readTree(datei.readAllBytes());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
