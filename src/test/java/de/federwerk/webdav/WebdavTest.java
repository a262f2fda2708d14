package de.federwerk.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The network folder over plain HTTP: what lies in it for whom, what saving does, who holds what, and what is refused. */
class WebdavTest extends Webdavfall {

    @Autowired
    Arbeitsbereich bereich;

    @Test
    void akten_erscheinen_als_ordner_und_dokumente_als_dateien_mit_umlauten() {
        var fall = fall("Gerüst: Straße/Übergang");
        dokument(fall, "Größe & Maß 100%.docx", "eins");
        dokument(fall, "Bescheid.txt", "erster");
        dokument(fall, "Bescheid.txt", "zweiter");
        var netz = netz(fall.stadt().anja());
        assertThat(netz.inhalt("/webdav/"))
                .containsExactly("/webdav/Akten/", "/webdav/Dokumente/", "/webdav/Arbeitsbereich/");
        var ordner = ordner(netz);
        assertThat(ordner).contains("Ger%C3%BCst").contains("Stra%C3%9Fe-%C3%9Cbergang");
        assertThat(netz.inhalt(ordner)).hasSize(3);
        assertThat(netz.hole(ordner + "Gr%C3%B6%C3%9Fe%20&%20Ma%C3%9F%20100%25.docx"))
                .isEqualTo("eins");
        // Decomposed, as a Mac sends it.
        assertThat(netz.hole(ordner + "Gro%CC%88%C3%9Fe%20%26%20Ma%C3%9F%20100%25.docx"))
                .isEqualTo("eins");
        assertThat(netz.hole(ordner + "Bescheid.txt")).isEqualTo("erster");
        assertThat(netz.hole(ordner + "Bescheid%20(Nr.%203).txt")).isEqualTo("zweiter");
        var teil = netz.frage("GET", ordner + "Bescheid.txt", "", "Range", "bytes=1-3");
        assertThat(teil.statusCode()).isEqualTo(206);
        assertThat(teil.body()).isEqualTo("rst");
        var etag = teil.headers().firstValue("ETag").orElseThrow();
        assertThat(netz.frage("PROPFIND", ordner + "Bescheid.txt", "", "Depth", "0")
                        .body())
                .contains("<D:getetag>" + etag.replace("\"", "&quot;") + "</D:getetag>");
        var groesse = als(
                fall.stadt().mandant(),
                () -> jdbc.sql("SELECT id FROM dokument WHERE nummer = 1")
                        .query(UUID.class)
                        .single());
        var adresse = url("/webdav/Dokumente/" + groesse + "/Gr%C3%B6%C3%9Fe%20%26%20Ma%C3%9F%20100%25.docx");
        assertThat(angemeldet(fall.stadt().mandant(), "anja.mueller")
                        .hole("/vorgaenge/" + fall.vorgang().id() + "?dokument=" + groesse)
                        .text()
                        .replace("&amp;", "&"))
                .contains("ms-word:ofe|u|" + adresse, "vnd.libreoffice.command:ofe|u|");
        assertThat(netz.frage("GET", ordner + "Bescheid.txt", "", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(netz.frage("GET", ordner + "Bescheid.txt", "", "Range", "bytes=1-3", "If-Range", "\"alt\"")
                        .body())
                .isEqualTo("erster");
    }

    @Test
    void wer_nichts_sehen_darf_findet_und_zaehlt_nichts() {
        var fall = fall("Geheimsache");
        var id = dokument(fall, "Geheim.txt", "geheim");
        var anja = netz(fall.stadt().anja());
        var ordner = ordner(anja);
        anja.frage("PUT", "/webdav/Arbeitsbereich/Entwurf.txt", "meins");
        for (var fremder : List.of(netz(fall.stadt().petra()), netz(stadt().anja()))) {
            assertThat(fremder.inhalt("/webdav/Akten/")).isEmpty();
            assertThat(fremder.inhalt("/webdav/Arbeitsbereich/")).isEmpty();
            for (var pfad : List.of(
                    ordner,
                    ordner + "Geheim.txt",
                    "/webdav/Dokumente/" + id + "/",
                    "/webdav/Dokumente/" + id + "/Geheim.txt",
                    "/webdav/Arbeitsbereich/Entwurf.txt")) {
                for (var methode : List.of("GET", "HEAD", "DELETE", "LOCK", "PROPPATCH")) {
                    assertThat(fremder.frage(methode, pfad, "").statusCode())
                            .as(methode + " " + pfad)
                            .isEqualTo(404);
                }
                assertThat(fremder.frage("PROPFIND", pfad, "", "Depth", "1").statusCode())
                        .isEqualTo(404);
                assertThat(fremder.frage("COPY", pfad, "", "Destination", "/webdav/Arbeitsbereich/x")
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(fremder.frage("PUT", ordner + "Geheim.txt", "x").statusCode())
                    .isEqualTo(409);
            assertThat(fremder.frage("PUT", "/webdav/Dokumente/" + id + "/Geheim.txt", "x")
                            .statusCode())
                    .isEqualTo(409);
        }
        assertThat(versionen(fall)).containsExactly("Geheim.txt 1");
    }

    @Test
    void nur_ein_app_kennwort_oeffnet_und_nur_den_netzordner() {
        var fall = fall("Türen");
        var anja = fall.stadt().anja();
        var name = anmeldename(anja);
        assertThat(new Netzordner(url(""), name, PASSWORT)
                        .frage("PROPFIND", "/webdav/", "", "Depth", "0")
                        .statusCode())
                .isEqualTo(401);
        var kennwort = als(anja.mandant(), () -> kennwoerter.stelleAus(anja, "LibreOffice"));
        var netz = new Netzordner(url(""), name, kennwort);
        assertThat(netz.frage("PROPFIND", "/webdav/", "", "Depth", "0").statusCode())
                .isEqualTo(207);
        assertThat(netz.frage("GET", "/api/v1/eingaenge", "").statusCode()).isEqualTo(401);
        assertThat(netz.frage("GET", "/postkorb", "")
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith("/anmelden");
        assertThat(new de.federwerk.Browser(url("")).melde(name, kennwort).ziel())
                .isEqualTo("/anmelden?fehler");
        var seite = angemeldet(anja.mandant(), "anja.mueller");
        assertThat(seite.hole("/anmeldung/app-kennwoerter").text())
                .contains("LibreOffice")
                .doesNotContain(kennwort);
        var neues = seite.sendeVon("/anmeldung/app-kennwoerter", "/anmeldung/app-kennwoerter", "name", "Word");
        assertThat(neues.text()).containsPattern("<code class=\"fw-nummer\">[a-z2-9]{5}(-[a-z2-9]{5}){3}</code>");
        assertThat(neues.kopf("Cache-Control")).contains("no-store");
        var kennung = als(
                anja.mandant(),
                () -> jdbc.sql("SELECT id FROM app_kennwort WHERE name = 'LibreOffice'")
                        .query(UUID.class)
                        .single());
        // Nobody ends another's.
        angemeldet(anja.mandant(), "petra.lueders")
                .sendeVon("/anmeldung/app-kennwoerter", "/anmeldung/app-kennwoerter/" + kennung + "/ende");
        assertThat(netz.frage("PROPFIND", "/webdav/", "", "Depth", "0").statusCode())
                .isEqualTo(207);
        seite.sendeVon("/anmeldung/app-kennwoerter", "/anmeldung/app-kennwoerter/" + kennung + "/ende");
        for (int i = 0; i < 10; i++) {
            assertThat(netz.frage("PROPFIND", "/webdav/", "", "Depth", "0").statusCode())
                    .isIn(401, 429);
        }
        assertThat(netz.frage("PROPFIND", "/webdav/", "", "Depth", "0").statusCode())
                .isEqualTo(429);
        assertThat(netz.sende(HttpRequest.newBuilder(URI.create(url("/webdav/")))
                                .build())
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElse(""))
                .startsWith("Basic");
    }

    @Test
    void speichern_legt_eine_version_ab_aber_keine_leere_und_keine_gleiche() {
        var fall = fall("Speichern");
        dokument(fall, "Bescheid.docx", "alt");
        var netz = netz(fall.stadt().anja());
        var ordner = ordner(netz);
        var datei = ordner + "Bescheid.docx";
        var etag = netz.frage("HEAD", datei, "").headers().firstValue("ETag").orElseThrow();
        assertThat(netz.frage("PUT", datei, "").statusCode()).isEqualTo(204);
        assertThat(netz.frage("PUT", datei, "alt").statusCode()).isEqualTo(204);
        assertThat(versionen(fall)).containsExactly("Bescheid.docx 1");
        assertThat(netz.frage("PUT", datei, "neu", "If-Match", "\"anders\"").statusCode())
                .isEqualTo(412);
        assertThat(netz.frage("PUT", datei, "neu", "If-Match", etag).statusCode())
                .isEqualTo(204);
        assertThat(netz.frage("PUT", datei, "zu spät", "If-Match", etag).statusCode())
                .isEqualTo(412);
        assertThat(netz.hole(datei)).isEqualTo("neu");
        // In chunks, so that nobody knows how long it is.
        assertThat(netz.sende(HttpRequest.newBuilder(URI.create(url(datei)))
                                .header("Authorization", netz.ausweis())
                                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3_000_000])))
                                .build())
                        .statusCode())
                .isEqualTo(204);
        // As Office makes a new file: locked, empty, full, given back; its own files beside it are nobody's business.
        var neu = ordner + "Gr%C3%BCner%20Brief.docx";
        var sperre = netz.sperre(neu);
        assertThat(netz.frage("PUT", neu, "", "If", "(" + sperre + ")").statusCode())
                .isEqualTo(204);
        assertThat(netz.frage("PUT", ordner + "~$uner%20Brief.docx", "Anja").statusCode())
                .isEqualTo(201);
        assertThat(netz.frage("PUT", ordner + ".~lock.Bescheid.docx%23", "Anja").statusCode())
                .isEqualTo(201);
        assertThat(versionen(fall)).hasSize(3);
        assertThat(netz.frage("PUT", neu, "Inhalt", "If", "(" + sperre + ")").statusCode())
                .isEqualTo(204);
        assertThat(versionen(fall)).hasSize(4).last().isEqualTo("Grüner Brief.docx 1");
        // The lock of the empty file is that of the Dokument now.
        assertThat(netz.frage("PUT", neu, "Mehr Inhalt", "If", "(" + sperre + ")")
                        .statusCode())
                .isEqualTo(204);
        assertThat(netz.frage("UNLOCK", neu, "", "Lock-Token", sperre).statusCode())
                .isEqualTo(204);
        assertThat(versionen(fall)).hasSize(5);
        assertThat(netz.frage("DELETE", ordner + "~$uner%20Brief.docx", "").statusCode())
                .isEqualTo(204);
        // As others save safely: beside it, then over it.
        netz.frage("PUT", ordner + "Bescheid.docx.tmp", "sicher");
        assertThat(netz.frage("MOVE", ordner + "Bescheid.docx.tmp", "", "Destination", url(datei))
                        .statusCode())
                .isEqualTo(204);
        assertThat(netz.hole(datei)).isEqualTo("sicher");
        assertThat(netz.inhalt(ordner)).hasSize(3);
    }

    @Test
    void die_sperre_eines_programms_sehen_alle_und_ein_totes_haelt_nichts() {
        var fall = fall("Sperren");
        var id = dokument(fall, "Bescheid.odt", "alt");
        var joerg = als(
                fall.stadt().mandant(),
                () -> person(
                        fall.stadt().mandant(),
                        "joerg.sander",
                        "Jörg",
                        "Sander",
                        fall.stadt().tiefbau()));
        var anja = netz(fall.stadt().anja());
        var jn = netz(joerg);
        var datei = "/webdav/Dokumente/" + id + "/Bescheid.odt";
        var sperre = anja.sperre(datei);
        assertThat(angemeldet(fall.stadt().mandant(), "joerg.sander")
                        .hole("/vorgaenge/" + fall.vorgang().id() + "?dokument=" + id)
                        .text())
                .contains("Ausgecheckt von", "Anja Müller", "in einem Programm geöffnet");
        for (var versuch : List.of(
                jn.frage("PUT", datei, "von Jörg"),
                jn.frage("LOCK", datei, SPERRE),
                // Another program of hers.
                anja.frage("PUT", datei, "ohne Token"))) {
            assertThat(versuch.statusCode()).as(versuch.body()).isEqualTo(423);
        }
        // Her token opens nothing in other hands.
        assertThat(jn.frage("PUT", datei, "von Jörg", "If", "(" + sperre + ")").statusCode())
                .isEqualTo(412);
        assertThat(jn.frage("PROPFIND", datei, "", "Depth", "0").body())
                .contains("<D:owner>Anja Müller</D:owner>")
                .doesNotContain(sperre.substring(1, 20));
        assertThat(jn.frage("UNLOCK", datei, "", "Lock-Token", sperre).statusCode())
                .isEqualTo(409);
        assertThat(anja.frage("LOCK", datei, "", "If", "(" + sperre + ")", "Timeout", "Infinite")
                        .body())
                .contains("Second-");
        assertThat(versionen(fall)).hasSize(1);
        // The program dies, and its lock with it.
        als(
                fall.stadt().mandant(),
                () -> jdbc.sql("UPDATE bearbeitungssperre SET laeuft_ab = now() - interval '1 second'")
                        .update());
        assertThat(jn.frage("PUT", datei, "von Jörg").statusCode()).isEqualTo(204);
        assertThat(anja.frage("PUT", datei, "zu spät", "If", "(" + sperre + ")").statusCode())
                .isEqualTo(412);
        assertThat(anja.frage("LOCK", datei, "", "If", "(" + sperre + ")").statusCode())
                .isEqualTo(412);
        // Checked out on the page it stays so, whatever the program does.
        als(fall.stadt().mandant(), () -> auscheckung.checkeAus(fall.stadt().anja(), id, ""));
        assertThat(anja.frage("PUT", datei, "sie hat es ja selbst").statusCode())
                .isEqualTo(204);
        var token = anja.sperre(datei);
        assertThat(anja.frage("UNLOCK", datei, "", "Lock-Token", token).statusCode())
                .isEqualTo(204);
        assertThat(jn.frage("PUT", datei, "immer noch nicht").statusCode()).isEqualTo(423);
    }

    private static final String SPERRE =
            "<D:lockinfo xmlns:D=\"DAV:\"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>";

    @Test
    void was_in_akten_liegt_wird_weder_geloescht_noch_verschoben_und_zda_bleibt_wie_es_ist() {
        var fall = fall("Bestand");
        dokument(fall, "Bescheid.txt", "alt");
        var netz = netz(fall.stadt().anja());
        var ordner = ordner(netz);
        var datei = ordner + "Bescheid.txt";
        for (var versuch : List.of(
                netz.frage("DELETE", datei, ""),
                netz.frage("DELETE", ordner, ""),
                netz.frage("DELETE", "/webdav/Akten/", ""),
                netz.frage("MOVE", datei, "", "Destination", ordner + "Anders.txt"),
                netz.frage("MOVE", ordner, "", "Destination", "/webdav/Arbeitsbereich/Akte"),
                netz.frage("MKCOL", ordner + "Ordner", ""),
                netz.frage("PUT", "/webdav/Akten/x.txt", "x"),
                netz.frage("COPY", ordner, "", "Destination", "/webdav/Arbeitsbereich/Akte"))) {
            assertThat(versuch.statusCode()).as(versuch.body()).isEqualTo(403);
            assertThat(versuch.body()).isNotBlank();
        }
        assertThat(netz.frage("COPY", datei, "", "Destination", "/webdav/Arbeitsbereich/Kopie.txt")
                        .statusCode())
                .isEqualTo(201);
        assertThat(netz.hole("/webdav/Arbeitsbereich/Kopie.txt")).isEqualTo("alt");
        // What lies there does not go before the other has come.
        netz.frage("MKCOL", "/webdav/Arbeitsbereich/Ordner", "");
        assertThat(netz.frage("COPY", datei, "", "Destination", "/webdav/Arbeitsbereich/Ordner")
                        .statusCode())
                .isEqualTo(405);
        assertThat(netz.inhalt("/webdav/Arbeitsbereich/")).hasSize(2);
        als(
                fall.stadt().mandant(),
                () -> vorgaenge.schliesse(fall.stadt().anja(), fall.vorgang().id()));
        assertThat(netz.frage("PUT", datei, "neu").statusCode()).isEqualTo(423);
        assertThat(netz.frage("PUT", ordner + "neu.txt", "neu").statusCode()).isEqualTo(423);
        assertThat(netz.hole(datei)).isEqualTo("alt");
        assertThat(versionen(fall)).hasSize(1);
    }

    @Test
    void ein_dokument_laesst_sich_in_einen_anderen_vorgang_ziehen_und_sonst_nirgendhin() {
        var fall = fall("Ziehen");
        var anja = fall.stadt().anja();
        var id = dokument(fall, "Bescheid.txt", "alt");
        var netz = netz(anja);
        var ordner = ordner(netz);
        var anderer = als(
                anja.mandant(),
                () -> vorgaenge.eroeffne(anja, Kennung.neu(), fall.vorgang().akteId(), "Anderer"));
        var nebenan = netz.inhalt(ordner.replaceAll("[^/]+/$", "")).stream()
                .filter(o -> o.contains("Anderer"))
                .findFirst()
                .orElseThrow();
        for (var falsch :
                List.of(ordner + "Anders.txt", nebenan + "Anders.txt", "/webdav/Arbeitsbereich/Bescheid.txt")) {
            assertThat(netz.frage("MOVE", ordner + "Bescheid.txt", "", "Destination", falsch)
                            .statusCode())
                    .as(falsch)
                    .isEqualTo(403);
        }
        assertThat(netz.frage("MOVE", ordner + "Bescheid.txt", "", "Destination", nebenan + "Bescheid.txt")
                        .statusCode())
                .isEqualTo(201);
        assertThat(netz.inhalt(ordner)).isEmpty();
        assertThat(netz.hole(nebenan + "Bescheid.txt")).isEqualTo("alt");
        als(anja.mandant(), () -> {
            assertThat(jdbc.sql("SELECT vorgang_id FROM dokument WHERE id = ?")
                            .param(id)
                            .query(UUID.class)
                            .single())
                    .isEqualTo(anderer.id());
            vorgaenge.schliesse(anja, fall.vorgang().id());
        });
        assertThat(netz.frage("MOVE", nebenan + "Bescheid.txt", "", "Destination", ordner + "Bescheid.txt")
                        .statusCode())
                .isEqualTo(423);
        assertThat(netz.hole(nebenan + "Bescheid.txt")).isEqualTo("alt");
    }

    @Test
    void im_arbeitsbereich_ist_geloeschtes_fort() {
        var fall = fall("Entwürfe");
        var netz = netz(fall.stadt().anja());
        var b = "/webdav/Arbeitsbereich/";
        assertThat(netz.frage("MKCOL", b + "Briefe", "").statusCode()).isEqualTo(201);
        assertThat(netz.frage("PUT", b + "Briefe/a.txt", "x".repeat(600_000)).statusCode())
                .isEqualTo(201);
        assertThat(netz.frage("COPY", b + "Briefe", "", "Destination", b + "Kopie")
                        .statusCode())
                .isEqualTo(201);
        assertThat(netz.frage("MOVE", b + "Kopie/a.txt", "", "Destination", b + "Kopie/b.txt")
                        .statusCode())
                .isEqualTo(201);
        var teil = netz.frage("GET", b + "Kopie/b.txt", "", "Range", "bytes=262140-262150");
        assertThat(teil.body()).isEqualTo("x".repeat(11));
        assertThat(netz.frage("MOVE", b + "Briefe", "", "Destination", b + "Briefe/drin")
                        .statusCode())
                .isEqualTo(403);
        assertThat(netz.frage("DELETE", b + "Briefe", "").statusCode()).isEqualTo(204);
        assertThat(netz.hole(b + "Kopie/b.txt")).hasSize(600_000);
        assertThat(netz.frage("DELETE", b + "Kopie", "").statusCode()).isEqualTo(204);
        assertThat(als(
                        fall.stadt().mandant(),
                        () -> jdbc.sql(
                                        "SELECT (SELECT count(*) FROM arbeitsstueck) + (SELECT count(*) FROM arbeitsinhalt) + (SELECT count(*) FROM arbeitsblock)")
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    @Test
    void was_anders_geschrieben_wird_ist_dasselbe_und_beendetes_bleibt_da() {
        var fall = fall("Schreibweisen");
        dokument(fall, "Bescheid.txt", "alt");
        var anja = fall.stadt().anja();
        var netz = netz(anja);
        var ordner = ordner(netz);
        assertThat(netz.frage("PUT", ordner + "bescheid.TXT", "neu").statusCode())
                .isEqualTo(204);
        assertThat(versionen(fall)).containsExactly("Bescheid.txt 1", "Bescheid.txt 2");
        // Under its Aktenzeichen alone the Vorgang is the same one.
        var kurz = ordner.replaceFirst("%20%E2%80%93[^/]*/$", "/");
        assertThat(kurz).isNotEqualTo(ordner);
        netz.frage("PUT", ordner + ".x", "meins");
        for (var methode : List.of("MOVE", "COPY")) {
            assertThat(netz.frage(methode, ordner + ".x", "", "Destination", kurz + ".x")
                            .statusCode())
                    .as(methode)
                    .isEqualTo(403);
        }
        assertThat(netz.hole(kurz + ".x")).isEqualTo("meins");
        als(
                anja.mandant(),
                () -> jdbc.sql("UPDATE planknoten SET gueltig_bis = now() WHERE kennzeichen = '66.20.03'")
                        .update());
        assertThat(netz.inhalt("/webdav/Akten/")).hasSize(1);
        assertThat(netz.inhalt("/webdav/Akten/66.20.03%20Fr%C3%BCher/")).hasSize(1);
        als(
                anja.mandant(),
                () -> personen.setzePasswort(Protokoll.PROGRAMM, anja.person(), personen.anfangspasswort(), true));
        assertThat(netz.frage("PROPFIND", "/webdav/", "", "Depth", "0").statusCode())
                .isEqualTo(401);
    }

    @Test
    void zwei_programme_zugleich_verlieren_nichts_und_warten_nicht_lange() {
        var anja = stadt().anja();
        var netz = netz(anja);
        als(anja.mandant(), () -> {
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))")
                    .param(anja.mandant() + " " + anja.person())
                    .query()
                    .listOfRows();
            var antwort = netz.frage("MKCOL", "/webdav/Arbeitsbereich/Ordner", "");
            assertThat(antwort.statusCode()).as(antwort.body()).isEqualTo(503);
            assertThat(antwort.headers().firstValue("Retry-After")).isPresent();
        });
        Mandantenkontext.als(anja.mandant(), () -> {
            // Deleted by the other program since this one has looked.
            assertThatThrownBy(() -> bereich.ordner(anja.person(), Kennung.neu(), "verloren"))
                    .isInstanceOfSatisfying(
                            Webdavfehler.class, e -> assertThat(e.status()).isEqualTo(409));
            var oben = bereich.ordner(anja.person(), anja.person(), "oben");
            var unten = bereich.ordner(anja.person(), oben, "unten");
            assertThatThrownBy(() -> bereich.verschiebe(anja.person(), oben, unten, false, "Kreis"))
                    .isInstanceOfSatisfying(
                            Webdavfehler.class, e -> assertThat(e.status()).isEqualTo(403));
        });
    }

    @Test
    void boese_anfragen_bekommen_eine_antwort_und_sonst_nichts() {
        var fall = fall("Böses");
        var netz = netz(fall.stadt().anja());
        var bombe =
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><D:propfind xmlns:D=\"DAV:\"><D:prop>&c;</D:prop></D:propfind>";
        var fremdes = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
        var tief = "<a>".repeat(5_000) + "</a>".repeat(5_000);
        for (var koerper : List.of(bombe, fremdes, tief, "<a", "<D:propfind xmlns:D=\"DAV:\"/>")) {
            assertThat(netz.frage("PROPFIND", "/webdav/", koerper, "Depth", "0").statusCode())
                    .as(koerper.substring(0, 2))
                    .isEqualTo(400);
        }
        assertThat(netz.frage("PROPFIND", "/webdav/", "x".repeat(300_000), "Depth", "0")
                        .statusCode())
                .isEqualTo(413);
        for (var tiefe : List.of("infinity", "2")) {
            var antwort = netz.frage("PROPFIND", "/webdav/", "", "Depth", tiefe);
            assertThat(antwort.statusCode()).isEqualTo(403);
            assertThat(antwort.body()).contains("propfind-finite-depth");
        }
        for (var pfad : List.of(
                "/webdav/Arbeitsbereich/%2e%2e/%2e%2e/etc/passwd",
                "/webdav/Arbeitsbereich/..%2f..%2fetc%2fpasswd",
                "/webdav/Arbeitsbereich/a%00b",
                "/webdav/Arbeitsbereich/%ff%fe",
                "/webdav/Arbeitsbereich/..%5c..%5cx")) {
            assertThat(netz.frage("PUT", pfad, "x").statusCode()).as(pfad).isIn(400, 404, 409, 403);
        }
        assertThat(netz.frage("PUT", "/webdav/Arbeitsbereich/a%25b;c.txt", "x").statusCode())
                .isEqualTo(201);
        assertThat(netz.hole("/webdav/Arbeitsbereich/a%25b;c.txt")).isEqualTo("x");
        assertThat(netz.frage(
                                "COPY",
                                "/webdav/Arbeitsbereich/a%25b;c.txt",
                                "",
                                "Destination",
                                "http://example.org/webdav/Arbeitsbereich/x")
                        .statusCode())
                .isEqualTo(502);
        assertThat(netz.frage("LOCK", "/webdav/Arbeitsbereich/a%25b;c.txt", "", "If", "(((")
                        .statusCode())
                .isEqualTo(400);
        assertThat(netz.frage("PUT", "/webdav/Arbeitsbereich/a%25b;c.txt", "y", "Content-Range", "bytes 0-0/9")
                        .statusCode())
                .isEqualTo(400);
        assertThat(netz.frage("PROPFIND", "/postkorb", "", "Depth", "1").statusCode())
                .isEqualTo(400);
    }
}
