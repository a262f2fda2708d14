package de.federwerk.datenschutz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Umprotokollierung;
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
import de.federwerk.suche.Index;
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
import org.jspecify.annotations.Nullable;
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

    @Autowired
    Index index;

    @Autowired
    Aktenteile aktenteile;

    @Autowired
    Umprotokollierung umprotokollierung;

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
        return lege(stadt, vorgang, name, null);
    }

    private UUID lege(Stadt stadt, Vorgang vorgang, String name, @Nullable UUID gehoertZu) {
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
                        new Dokumente.Angaben(null, null, gehoertZu, null, null, null, null)));
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
                                    stadt.anja().person()),
                    "UPDATE vorgang SET teil_id = gen_random_uuid() WHERE id = '" + vorgang.id() + "'",
                    neu(
                            fall,
                            "station (laufweg_id, vorgang_id, block, zweig, platz, art, empfaenger_art, empfaenger_id, mandant_id, id)",
                            "gen_random_uuid(), :v, 1, 1, 1, 'kenntnis', 'person', :p, :m, gen_random_uuid()"),
                    neu(
                            fall,
                            "papierteil (kennzeichen, akte_id, titel, standort, angelegt_von, mandant_id, id)",
                            "'P-000001', :a, 'x', 'x', :p, :m, gen_random_uuid()"),
                    neu(fall, "papierform (form, akte_id, mandant_id)", "'hybrid', :a, :m"),
                    neu(
                            fall,
                            "aktenteil (akte_id, art, nummer, laufzeit_von, angelegt_von, mandant_id, id)",
                            ":a, 'band', 1, current_date, :p, :m, gen_random_uuid()"),
                    neu(fall, "vorgangswert (vorgang_id, feld_id, text, mandant_id)", ":v, gen_random_uuid(), 'x', :m"),
                    neu(
                            fall,
                            "merkpunkt (vorgang_id, text, platz, angelegt_von, mandant_id, id)",
                            ":v, 'x', 1, :p, :m, gen_random_uuid()"),
                    neu(
                            fall,
                            "frueheres_aktenzeichen (art, zeichen, akte_id, mandant_id, id)",
                            "'alt', 'x', :a, :m, gen_random_uuid()"),
                    neu(
                            fall,
                            "papierkorb_stueck (papierkorb_id, objekt_id, stufe, mandant_id)",
                            "gen_random_uuid(), :v, 0, :m"))) {
                verlangeGesperrt(sql);
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

    private static String neu(Fall fall, String wohin, String werte) {
        return "INSERT INTO " + wohin + " VALUES ("
                + werte.replace(":v", "'" + fall.vorgang.id() + "'")
                        .replace(":a", "'" + fall.vorgang.akteId() + "'")
                        .replace(":p", "'" + fall.stadt.anja().person() + "'")
                        .replace(":m", "'" + fall.stadt.mandant() + "'")
                + ")";
    }

    private void verlangeGesperrt(String sql) {
        jdbc.sql("SAVEPOINT davor").update();
        assertThatThrownBy(() -> jdbc.sql(sql).update())
                .as(sql)
                .isInstanceOf(Abgelehnt.class)
                .hasMessageStartingWith("Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO)");
        jdbc.sql("ROLLBACK TO SAVEPOINT davor").update();
    }

    /** Tables that name something of an Akte and are free all the same, and why. */
    private static final Map<String, String> FREI = Map.ofEntries(
            Map.entry("einzelfreigabe", "wer es sehen darf, gehört nicht zu den Daten"),
            Map.entry("ausschluss", "wer es sehen darf"),
            Map.entry("aufgabenrecht", "folgt der Station"),
            Map.entry("protokoll", "was geschah, wird immer festgehalten"),
            Map.entry("lesenachweis", "wer las, wird immer festgehalten"),
            Map.entry("einsicht", "Einsicht in den Lesenachweis: lesen darf man"),
            Map.entry("index_rueckstand", "was im Suchindex noch fehlt"),
            Map.entry("eingang", "Post, die eingeht, wird abgelegt"),
            Map.entry("uebernahme_posten", "Buch der Übernahme; gesperrt ist das Dokument"),
            Map.entry("uebernahme_ziel", "Buch der Übernahme; gesperrt sind Akte und Vorgang"),
            Map.entry("kommentar", "kommentieren darf man, es ist nicht Teil der Akte"),
            Map.entry("verlegung", "Buch des Verlegens; gesperrt ist das Verlegte"),
            Map.entry("papierkorb", "gesperrt ist jedes Stück darin (papierkorb_stueck)"),
            Map.entry("handmappe_stueck", "ein Lesezeichen der Person"),
            Map.entry("sammelposten", "Vorhaben; jede Tat daran ist selbst gesperrt"),
            Map.entry("einsichtsstueck", "Auswahl; gefragt wird beim Erstellen und beim Abholen (akteneinsicht)"),
            Map.entry("antragsvorgang", "was aus einem Antrag wurde; gesperrt ist der Vorgang"),
            Map.entry("antragsakte", "wohin neue Anträge gehen; gesperrt ist die Akte"),
            Map.entry("hausnachricht", "wer gefragt hat; die Frage selbst ist ein Vermerk, und der ist gesperrt"),
            Map.entry("nachtrag", "wohin späte Antworten gehen; gesperrt ist der Vorgang"),
            Map.entry("einschraenkung", "die Sperre selbst"),
            Map.entry("auskunftsersuchen", "das Recht der Person auf Auskunft bleibt"),
            Map.entry("auskunftstreffer", "das Recht der Person auf Auskunft bleibt"),
            Map.entry("auskunftserteilung", "das Recht der Person auf Auskunft bleibt"));

    @Test
    void ein_eingeschraenkter_vorgang_den_man_nicht_sieht_verraet_sich_nicht_an_seiner_akte() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Ackerwagen");
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "INSERT INTO einschraenkung (mandant_id, id, art, objekt_id, grund, begruendung, gesetzt_von) VALUES (?, ?, 'vorgang', ?, 'RICHTIGKEIT', 'bestritten', ?)")
                    .params(
                            stadt.mandant(),
                            Kennung.neu(),
                            vorgang.id(),
                            stadt.anja().person())
                    .update();
        });
        verlangeUnveraendert(stadt, vorgang, "Die Verarbeitung ist eingeschränkt");
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(berechtigungen.schutzbereich(null, stadt.tiefbau(), 5, null), vorgang.id())
                    .update();
            index.vormerkenUndSperren("vorgang", List.of(vorgang.id()));
        });
        verlangeUnveraendert(stadt, vorgang, "Das geht mit dieser Akte zurzeit nicht");
    }

    private void verlangeUnveraendert(Stadt stadt, Vorgang vorgang, String warum) {
        var ziel = als(
                stadt.mandant(), () -> plan.gemeint("66.20.05").orElseThrow().id());
        for (var tat : List.<Runnable>of(
                () -> aktenteile.beginneBand(stadt.anja(), vorgang.akteId(), Kennung.neu(), null),
                () -> umprotokollierung.protokolliereUm(
                        stadt.anja(), vorgang.akteId(), ziel, stadt.tiefbau(), "Plan"))) {
            assertThatThrownBy(() -> als(stadt.mandant(), tat))
                    .isInstanceOf(Abgelehnt.class)
                    .hasMessageStartingWith(warum);
        }
    }

    @Test
    void jede_tabelle_die_an_einer_akte_haengt_ist_gesperrt_oder_mit_grund_frei() {
        var haengende = jdbc.sql("""
                SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
                 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                   AND (a.attname IN ('akte_id', 'vorgang_id', 'dokument_id', 'objekt_id') OR c.relname IN ('akte', 'vorgang', 'dokument'))""").query(String.class).set();
        var gesperrte = jdbc.sql("""
                SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                 WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND p.proname LIKE 'einschraenkung\\_wahr%'""").query(String.class).set();
        assertThat(gesperrte).contains("akte", "vorgang", "dokument", "papierkorb_stueck");
        haengende.removeAll(gesperrte);
        assertThat(haengende)
                .as("ohne Sperre nach Art. 18 DSGVO: Trigger anlegen oder hier mit Grund nennen")
                .containsExactlyInAnyOrderElementsOf(FREI.keySet());
    }

    @Test
    void was_vorher_begonnen_war_wird_nicht_mehr_fertig_auch_nicht_an_der_anlage_einer_anlage() {
        var fall = fall();
        var mandant = fall.stadt.mandant();
        var person = fall.stadt.anja().person();
        var anlage = lege(fall.stadt, fall.vorgang, "Anlage.txt", fall.dokument);
        var darin = lege(fall.stadt, fall.vorgang, "Darin.txt", anlage);
        var kopie = lege(fall.stadt, fall.vorgang, "Geschwärzt.txt");
        var einsicht = Kennung.neu();
        var paket = Kennung.neu();
        als(mandant, () -> {
            jdbc.sql("""
                    INSERT INTO schwaerzung (mandant_id, id, dokument_id, version_id, datei_id, stand, angelegt_von, geaendert_von)
                    SELECT mandant_id, gen_random_uuid(), dokument_id, id, datei_id, 'entwurf', angelegt_von, angelegt_von FROM version WHERE dokument_id = ?""").param(fall.dokument).update();
            for (var id : List.of(einsicht, paket)) {
                jdbc.sql("""
                        INSERT INTO akteneinsicht (mandant_id, id, akte_id, angelegt_von, form, empfaenger, grundlage, mit_vermerken, mit_verlauf, alle_versionen)
                        VALUES (?, ?, ?, ?, 'pdf', 'x', 'IFG', true, true, false)""").params(mandant, id, fall.vorgang.akteId(), person).update();
            }
            jdbc.sql(
                            "INSERT INTO einsichtsstueck (mandant_id, akteneinsicht_id, dokument_id, wie, grund, ersatz_id) VALUES (?, ?, ?, 'ersetzt', 'x', ?)")
                    .params(mandant, einsicht, fall.dokument, kopie)
                    .update();
            jdbc.sql(
                            "INSERT INTO einsichtsstueck (mandant_id, akteneinsicht_id, dokument_id, blatt) VALUES (?, ?, ?, 1)")
                    .params(mandant, paket, darin)
                    .update();
            jdbc.sql("""
                    UPDATE akteneinsicht e SET stand = 'fertig', dateiname = 'x.pdf', abrufbar_bis = now() + interval '1 day', blob_id = f.blob_id
                      FROM version v JOIN datei f ON f.id = v.datei_id WHERE e.id = ? AND v.dokument_id = ?""").params(paket, darin).update();
        });
        assertThat(fall.anja.hole("/akteneinsichten/" + paket + "/paket").status())
                .isEqualTo(200);
        als(mandant, () -> schraenkeEin("dokument", fall.dokument, fall));

        var antwort =
                fall.anja.ladeHoch("/postkorb", "/dokumente/" + darin + "/versionen", "Darin.txt", Muster.bytes("neu"));
        assertThat(antwort.status()).as("Anlage einer Anlage").isEqualTo(409);
        assertThat(fall.anja
                        .hole("/vorgaenge/" + fall.vorgang.id() + "?dokument=" + darin)
                        .text())
                .contains("data-eingeschraenkt");
        var abgeholt = fall.anja.hole("/akteneinsichten/" + paket + "/paket");
        assertThat(abgeholt.status()).isEqualTo(409);
        assertThat(abgeholt.text()).contains("Art. 18 DSGVO");
        als(mandant, () -> {
            verlangeGesperrt("UPDATE schwaerzung SET stand = 'wartet' WHERE dokument_id = '" + fall.dokument + "'");
            verlangeGesperrt("UPDATE akteneinsicht SET stand = 'wartet' WHERE id = '" + einsicht + "'");
            // Withheld, only its Vorgang tells of it; left out, nothing does.
            jdbc.sql("UPDATE einsichtsstueck SET wie = 'zurueckgehalten', ersatz_id = NULL WHERE akteneinsicht_id = ?")
                    .param(einsicht)
                    .update();
            var versuch = "UPDATE akteneinsicht SET stand = 'wartet' WHERE id = '" + einsicht + "'";
            jdbc.sql("SAVEPOINT vorher").update();
            assertThat(jdbc.sql(versuch).update()).isEqualTo(1);
            jdbc.sql("ROLLBACK TO SAVEPOINT vorher").update();
            schraenkeEin("vorgang", fall.vorgang.id(), fall);
            verlangeGesperrt(versuch);
            jdbc.sql("UPDATE einsichtsstueck SET wie = 'ausgelassen' WHERE akteneinsicht_id = ?")
                    .param(einsicht)
                    .update();
            assertThat(jdbc.sql(versuch).update()).isEqualTo(1);
        });
        // A second person asks for the same: lifted for one, it stays for the other.
        var zweite = schraenkeEin(fall.datenschutz, "aktenzeichen", fall.vorgang.aktenzeichen());
        als(mandant, () -> assertThat(jdbc.sql("""
                        UPDATE einschraenkung SET aufgehoben = now(), aufgehoben_von = ?, unterrichtet_am = current_date, aufhebungsgrund = 'x' WHERE begruendung = 'eine'""").param(person).update()).isEqualTo(2));
        assertThat(vermerke(fall.anja, "/vorgaenge/" + fall.vorgang.id() + "/vermerke"))
                .isEqualTo(409);
        assertThat(fall.datenschutz.hole(zweite).text()).contains("gesperrt");
    }

    private void schraenkeEin(String art, UUID id, Fall fall) {
        jdbc.sql(
                        "INSERT INTO einschraenkung (mandant_id, id, art, objekt_id, grund, begruendung, gesetzt_von) VALUES (?, ?, ?, ?, 'WIDERSPRUCH', 'eine', ?)")
                .params(
                        fall.stadt.mandant(),
                        Kennung.neu(),
                        art,
                        id,
                        fall.stadt.anja().person())
                .update();
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
        var zuLang = ausnahme(fall.anja, seite, "Klage vor dem VG", heute.plusDays(90));
        assertThat(zuLang.status()).isEqualTo(422);
        assertThat(zuLang.text())
                .as("Getipptes bleibt")
                .contains(
                        "Klage vor dem VG</textarea>",
                        heute.plusDays(90).toString(),
                        "value=\"RECHTSANSPRUECHE\" selected");
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
                .contains("Art. 18 Abs. 3 DSGVO", "Es bleibt gesperrt", "Adresse stimmt</textarea>");
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
