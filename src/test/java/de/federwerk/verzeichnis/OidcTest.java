package de.federwerk.verzeichnis;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Zugaenge;
import de.federwerk.protokoll.Protokoll;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Sign-in with an OpenID provider: there, back with a code, and out again. */
class OidcTest extends Verzeichnistest {

    private static final String CLIENT = "federwerk";
    private static MockOAuth2Server server;
    private static final HttpClient NETZ = HttpClient.newHttpClient();

    @Autowired
    Zugaenge zugaenge;

    @BeforeAll
    static void starte() {
        server = new MockOAuth2Server();
        server.start();
    }

    @AfterAll
    static void beende() {
        server.shutdown();
    }

    private static Oidceinstellungen wie(boolean aufnehmen, boolean verknuepfen) {
        return new Oidceinstellungen(
                true,
                server.issuerUrl("stadt").toString(),
                "",
                CLIENT,
                "Mit dem Konto der Stadt anmelden",
                "preferred_username",
                "realm_access.roles",
                aufnehmen,
                verknuepfen);
    }

    private static Map<String, Object> karin(String... gruppen) {
        return new TreeMap<>(Map.of(
                "preferred_username",
                "karin.ahrens",
                "given_name",
                "Karin",
                "family_name",
                "Ahrens",
                "email",
                "karin.ahrens@stadt.example",
                "realm_access",
                Map.of("roles", List.of(gruppen))));
    }

    /** From the button to the end; what the provider says of the person. */
    private Browser.Seite melde(Stadt stadt, Browser browser, String sub, Map<String, Object> angaben)
            throws Exception {
        return meldeBei("stadt", stadt, browser, sub, angaben);
    }

    private Browser.Seite meldeBei(
            String aussteller, Stadt stadt, Browser browser, String sub, Map<String, Object> angaben) throws Exception {
        var rueckkehr = beimAnbieter(aussteller, stadt, browser);
        // Only now: the server gives what is said to the next code that is redeemed.
        server.enqueueCallback(new DefaultOAuth2TokenCallback(aussteller, sub, "JWT", List.of(CLIENT), angaben, 3600));
        return ohneBehoerde(browser.hole(rueckkehr));
    }

    private static Browser.Seite ohneBehoerde(Browser.Seite seite) {
        return new Browser.Seite(seite.status(), seite.antwort(), seite.ziel().replaceFirst("behoerde=[a-z0-9]+&", ""));
    }

    /** The path the provider sends the browser back to. */
    private String beimAnbieter(Stadt stadt, Browser browser) throws Exception {
        return beimAnbieter("stadt", stadt, browser);
    }

    private String beimAnbieter(String aussteller, Stadt stadt, Browser browser) throws Exception {
        var hin = browser.hole("/anmelden/oidc?behoerde=" + kuerzel(stadt)).kopf("Location");
        assertThat(hin)
                .startsWith(server.authorizationEndpointUrl(aussteller).toString())
                .contains("code_challenge_method=S256", "response_type=code", "state=", "nonce=");
        var antwort = NETZ.send(
                HttpRequest.newBuilder(URI.create(hin))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
        return antwort.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    @Test
    void wer_sich_beim_anmeldedienst_anmeldet_kommt_herein_und_seine_gruppen_wirken_bei_jeder_anmeldung()
            throws Exception {
        var stadt = verwalteteStadt();
        ordneZu(stadt, "technik", Rolle.TECHNIK);
        ordneZu(stadt, "tiefbau", stadt.tiefbau(), "Bauleitung");
        richteEin(stadt, wie(true, false));
        var browser = new Browser(url(""));
        assertThat(browser.hole("/anmelden?behoerde=" + kuerzel(stadt)).text())
                .contains("Mit dem Konto der Stadt anmelden", "/anmelden/oidc?behoerde=" + kuerzel(stadt));
        assertThat(browser.hole("/anmelden").text()).doesNotContain("/anmelden/oidc?behoerde=" + kuerzel(stadt));
        browser.hole("/meldungen");
        var vorher = browser.sitzung().orElseThrow().getValue();
        assertThat(melde(stadt, browser, "sub-karin", karin("technik", "tiefbau"))
                        .ziel())
                .as("dorthin, wohin sie wollte")
                .startsWith("/meldungen");
        assertThat(browser.sitzung().orElseThrow().getValue()).isNotEqualTo(vorher);
        assertThat(browser.hole("/postkorb").text()).contains("Karin Ahrens");
        assertThat(zeile(stadt, "karin.ahrens")).isEqualTo("Karin Ahrens | FD 66 · Bauleitung | Technik | true");

        assertThat(melde(stadt, new Browser(url("")), "sub-karin", karin("tiefbau"))
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(zeile(stadt, "karin.ahrens")).isEqualTo("Karin Ahrens | FD 66 · Bauleitung | null | true");
        assertThat(taten(stadt, person(stadt, "karin.ahrens")))
                .contains("person.aufgenommen", "person.verknuepft", "rolle.entzogen");
        // No password of this house opens for her.
        assertThat(melde(stadt, "karin.ahrens", PASSWORT)).isEqualTo("/anmelden?fehler");

        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE person SET gueltig_bis = now() WHERE mandant_id = ? AND anmeldename = 'karin.ahrens'")
                        .param(stadt.mandant())
                        .update());
        assertThat(melde(stadt, new Browser(url("")), "sub-karin", karin()).ziel())
                .isEqualTo("/anmelden?beendet");
    }

    @Test
    void wen_das_haus_nicht_kennt_laesst_es_nur_herein_wenn_die_einstellungen_es_sagen() throws Exception {
        var stadt = verwalteteStadt();
        richteEin(stadt, wie(false, false));
        assertThat(melde(stadt, new Browser(url("")), "sub-1", karin()).ziel())
                .isEqualTo("/anmelden?anbieter-unbekannt");
        var petra = new TreeMap<>(karin());
        petra.put("preferred_username", "petra.lueders");
        richteEin(stadt, wie(true, false));
        assertThat(melde(stadt, new Browser(url("")), "sub-2", petra).ziel())
                .as("ein Name, der jemandem gehört, genügt nicht")
                .isEqualTo("/anmelden?anbieter-vergeben");
        petra.put("preferred_username", "petra@woanders.example");
        assertThat(melde(stadt, new Browser(url("")), "sub-2", petra).ziel()).isEqualTo("/anmelden?anbieter-vergeben");
        for (var grund : List.of("anbieter-unbekannt", "anbieter-vergeben", "anbieter", "anbieter-abgebrochen")) {
            assertThat(new Browser(url("")).hole("/anmelden?" + grund).text()).contains("fw-hinweis");
        }
        petra.put("preferred_username", "petra.lueders");
        richteEin(stadt, wie(false, true));
        assertThat(melde(stadt, new Browser(url("")), "sub-2", petra).ziel()).isEqualTo("/postkorb");
        assertThat(melde(stadt, new Browser(url("")), "sub-3", petra).ziel())
                .as("jemand anderes mit ihrem Namen")
                .isEqualTo("/anmelden?anbieter-unbekannt");
        assertThat(melde(stadt, "petra.lueders", PASSWORT)).isEqualTo("/anmelden?fehler");
    }

    @Test
    void ohne_den_eigenen_beginn_gilt_keine_rueckkehr_und_keine_zweimal() throws Exception {
        var stadt = verwalteteStadt();
        richteEin(stadt, wie(true, false));
        var opfer = new Browser(url(""));
        var rueckkehr = beimAnbieter(stadt, new Browser(url("")));
        assertThat(opfer.hole(rueckkehr).ziel()).as("untergeschoben").endsWith("anbieter-abgebrochen");
        var eigene = beimAnbieter(stadt, opfer);
        assertThat(opfer.hole(eigene.replaceAll("state=[^&]*", "state=falsch")).ziel())
                .endsWith("anbieter-abgebrochen");
        assertThat(opfer.hole(eigene).ziel()).as("ein Versuch").endsWith("anbieter-abgebrochen");
        assertThat(opfer.hole("/anmelden/oidc/rueckkehr/" + kuerzel(stadt) + "?error=access_denied&state=x")
                        .ziel())
                .endsWith("anbieter-abgebrochen");
        for (Map.Entry<String, Object> falsch : List.of(
                Map.<String, Object>entry("aud", "ein-anderer-client"),
                Map.<String, Object>entry("nonce", "von einem anderen Beginn"),
                Map.<String, Object>entry("iss", "https://jemand.anderes.example"),
                Map.<String, Object>entry("exp", Date.from(Instant.now().minusSeconds(600))))) {
            var angaben = karin();
            angaben.put(falsch.getKey(), falsch.getValue());
            assertThat(melde(stadt, opfer, "sub-2", angaben).ziel())
                    .as(falsch.getKey())
                    .isEqualTo("/anmelden?anbieter");
        }
        assertThat(opfer.hole("/postkorb").ziel()).isEqualTo("/anmelden");
    }

    @Test
    void wer_sich_abmeldet_wird_auch_dort_abgemeldet_und_wer_dort_geht_auch_hier() throws Exception {
        var stadt = verwalteteStadt();
        richteEin(stadt, wie(true, false));
        var browser = new Browser(url(""));
        melde(stadt, browser, "sub-karin", karin());
        assertThat(browser.sendeVon("/postkorb", "/abmelden").ziel()).isEqualTo("/anmelden/oidc/abmeldung");
        assertThat(browser.hole("/anmelden/oidc/abmeldung").text())
                .contains(
                        server.endSessionEndpointUrl("stadt").toString(),
                        "id_token_hint=",
                        "post_logout_redirect_uri=");
        assertThat(browser.hole("/anmelden/oidc/abmeldung").ziel()).as("einmal").isEqualTo("/anmelden?abgemeldet");
        assertThat(browser.hole("/postkorb").ziel()).isEqualTo("/anmelden");

        melde(stadt, browser, "sub-karin", karin());
        assertThat(browser.hole("/postkorb").status()).isEqualTo(200);
        assertThat(rueckkanal(stadt, "Unsinn")).isEqualTo(400);
        assertThat(rueckkanal(stadt, ende("sub-karin", "anderes"))).isEqualTo(400);
        assertThat(browser.hole("/postkorb").status()).isEqualTo(200);
        assertThat(rueckkanal(stadt, ende("sub-karin", CLIENT))).isEqualTo(200);
        assertThat(browser.hole("/postkorb").ziel()).isEqualTo("/anmelden");
    }

    private static String ende(String sub, String fuer) {
        return server.issueToken(
                        "stadt",
                        CLIENT,
                        new DefaultOAuth2TokenCallback(
                                "stadt",
                                sub,
                                "logout+jwt",
                                List.of(fuer),
                                Map.of(
                                        "events",
                                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())),
                                60))
                .serialize();
    }

    private int rueckkanal(Stadt stadt, String token) throws Exception {
        return NETZ.send(
                        HttpRequest.newBuilder(URI.create(url("/anmelden/oidc/ende?behoerde=" + kuerzel(stadt))))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void ist_der_anmeldedienst_weg_sagt_es_die_anmeldeseite_und_passwoerter_gehen_weiter() throws Exception {
        var stadt = verwalteteStadt();
        var weg = new MockOAuth2Server();
        weg.start();
        var wie = new Oidceinstellungen(
                true, weg.issuerUrl("stadt").toString(), "", CLIENT, "Anmelden", "preferred_username", "", true, false);
        richteEin(stadt, wie);
        weg.shutdown();
        var browser = new Browser(url(""));
        assertThat(browser.hole("/anmelden/oidc?behoerde=" + kuerzel(stadt)).ziel())
                .isEqualTo("/anmelden?behoerde=" + kuerzel(stadt) + "&anbieter");
        assertThat(browser.hole("/anmelden?anbieter").text())
                .contains("mit Anmeldename und Passwort geht es wie bisher");
        assertThat(melde(stadt, "petra.lueders", PASSWORT)).isEqualTo("/postkorb");
        assertThat(stoerungen(stadt, Oidcseiten.ANBIETER)).hasSize(1);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.sendeVon(
                                "/verwaltung/verzeichnis/oidc",
                                "/verwaltung/verzeichnis/oidc",
                                Testverzeichnis.felder(wie, "tun", "pruefen"))
                        .text())
                .contains("antwortet nicht wie erwartet");
        var gut = anja.sendeVon(
                "/verwaltung/verzeichnis/oidc",
                "/verwaltung/verzeichnis/oidc",
                Testverzeichnis.felder(wie(true, false), "tun", "pruefen", "geheimnis", "Geheim 4711"));
        assertThat(gut.text())
                .contains("ist erreichbar", "/anmelden/oidc/rueckkehr/" + kuerzel(stadt))
                .doesNotContain("Geheim 4711");
    }

    @Test
    void nennt_der_anbieter_gar_keine_gruppen_wird_nichts_genommen_und_es_steht_einmal_im_protokoll() throws Exception {
        var stadt = verwalteteStadt();
        ordneZu(stadt, "technik", Rolle.TECHNIK);
        richteEin(stadt, wie(true, false));
        melde(stadt, new Browser(url("")), "sub-karin", karin("technik"));
        assertThat(zeile(stadt, "karin.ahrens")).contains("| Technik |");
        var ohne = karin();
        ohne.remove("realm_access");
        for (int i = 0; i < 3; i++) {
            assertThat(melde(stadt, new Browser(url("")), "sub-karin", ohne).ziel())
                    .isEqualTo("/postkorb");
        }
        assertThat(zeile(stadt, "karin.ahrens")).contains("| Technik |");
        var anbieter = als(stadt.mandant(), () -> einstellungen.oidc()).orElseThrow();
        assertThat(taten(stadt, anbieter.id()))
                .filteredOn("verzeichnis.ohne_gruppen"::equals)
                .hasSize(1);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/verwaltung/verzeichnis").text())
                .contains("Der Anbieter hat keine Gruppen geliefert", "realm_access.roles");
        richteEin(stadt, anbieter.wie());
        assertThat(anja.hole("/verwaltung/verzeichnis").text()).doesNotContain("keine Gruppen geliefert");
        // An empty list says that there are none.
        melde(stadt, new Browser(url("")), "sub-karin", karin());
        assertThat(zeile(stadt, "karin.ahrens")).contains("| null |");
    }

    @Test
    void wer_besondere_rechte_hat_wird_nicht_am_namen_erkannt_sondern_weist_sich_auch_hier_aus() throws Exception {
        var stadt = verwalteteStadt();
        richteEin(stadt, wie(true, true));
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.POSTEINGANG));
        var petra = wie("petra.lueders", "Petra", "Lüders");
        assertThat(melde(stadt, new Browser(url("")), "sub-petra", petra).ziel())
                .as("der Posteingang ist Tagesgeschäft")
                .isEqualTo("/postkorb");
        for (var rolle : Rolle.values()) {
            if (rolle == Rolle.POSTEINGANG || rolle == Rolle.PERSONALRAT) continue;
            var name = "p." + rolle.name().toLowerCase(java.util.Locale.ROOT);
            als(stadt.mandant(), () -> {
                var wer = person(stadt.mandant(), name, "P", rolle.bezeichnung(), stadt.tiefbau());
                personen.gib(Protokoll.PROGRAMM, wer.person(), rolle);
            });
            assertThat(melde(stadt, new Browser(url("")), "sub-" + name, wie(name, "P", "X"))
                            .ziel())
                    .as(rolle.name())
                    .isEqualTo("/anmelden?anbieter-verknuepfen");
        }

        var namensvetter = new Browser(url(""));
        var anja = wie("anja.mueller", "Anja", "Müller");
        assertThat(melde(stadt, namensvetter, "sub-boese", anja).ziel()).isEqualTo("/anmelden?anbieter-verknuepfen");
        assertThat(namensvetter.hole("/postkorb").ziel()).isEqualTo("/anmelden");
        // Signed in as somebody else there is nothing to link.
        namensvetter.melde(mitMandant(stadt.mandant(), "p.technik"), PASSWORT);
        assertThat(namensvetter.hole("/verknuepfung").text()).contains("nichts zu verknüpfen");
        namensvetter.sendeVon("/verknuepfung", "/verknuepfung");
        assertThat(melde(stadt, new Browser(url("")), "sub-boese", anja).ziel())
                .isEqualTo("/anmelden?anbieter-verknuepfen");

        // A question stays about the person it was asked about, whatever name comes next.
        melde(stadt, new Browser(url("")), "sub-boese", wie("p.datenschutz", "P", "X"));
        assertThat(als(stadt.mandant(), fragen::offene))
                .filteredOn(f -> f.kennung().equals("sub-boese"))
                .extracting(Verknuepfungsfragen.Frage::anmeldename)
                .containsExactlyInAnyOrder("anja.mueller", "p.datenschutz");

        var browser = new Browser(url(""));
        melde(stadt, browser, "sub-anja", anja);
        assertThat(browser.hole("/anmelden?anbieter-verknuepfen").text()).contains("noch einmal an wie bisher");
        assertThat(browser.melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT)
                        .ziel())
                .isEqualTo("/verknuepfung");
        assertThat(browser.hole("/verknuepfung").text()).contains("Anja Müller", "anja.mueller");
        assertThat(browser.sendeVon("/verknuepfung", "/verknuepfung").ziel()).isEqualTo("/verknuepfung?fertig");
        assertThat(melde(stadt, new Browser(url("")), "sub-anja", anja).ziel()).isEqualTo("/postkorb");
        assertThat(melde(stadt, "anja.mueller", PASSWORT)).as("behält ihres").isEqualTo("/postkorb");
        assertThat(melde(stadt, new Browser(url("")), "sub-boese", anja).ziel()).isNotEqualTo("/postkorb");
        // By hand, by the administration.
        var verwaltung = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(verwaltung.hole("/verwaltung/verzeichnis").text()).contains("Von Hand zu verknüpfen", "p.technik");
        assertThat(als(stadt.mandant(), fragen::offene))
                .extracting(Verknuepfungsfragen.Frage::anmeldename)
                .doesNotContain("anja.mueller");
        verknuepfeVonHand(stadt, verwaltung, "p.technik");
        assertThat(melde(stadt, new Browser(url("")), "sub-p.technik", wie("p.technik", "P", "X"))
                        .ziel())
                .isEqualTo("/postkorb");
    }

    private static Map<String, Object> wie(String anmeldename, String vorname, String nachname) {
        var angaben = new TreeMap<>(karin());
        angaben.put("preferred_username", anmeldename);
        angaben.put("given_name", vorname);
        angaben.put("family_name", nachname);
        return angaben;
    }

    @Test
    void ein_anderer_aussteller_braucht_einen_haken_fuer_so_viele_wie_er_betrifft_und_sperrt_niemanden_aus()
            throws Exception {
        var stadt = verwalteteStadt();
        richteEin(stadt, wie(true, true));
        melde(stadt, new Browser(url("")), "sub-karin", karin());
        melde(stadt, new Browser(url("")), "sub-petra", wie("petra.lueders", "Petra", "Lüders"));
        assertThat(melde(stadt, "petra.lueders", PASSWORT)).as("verknüpft").isEqualTo("/anmelden?fehler");
        var alt = wie(true, true);
        var neu = new Oidceinstellungen(
                true,
                server.issuerUrl("neu").toString(),
                "",
                CLIENT,
                alt.bezeichnung(),
                alt.anmeldename(),
                alt.gruppen(),
                true,
                true);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var seite = "/verwaltung/verzeichnis/oidc";
        for (var haken : List.of("", "1")) {
            var antwort = anja.sendeVon(
                    seite, seite, Testverzeichnis.felder(neu, "tun", "speichern", "fassung", "1", "wechsel", haken));
            assertThat(antwort.status()).as(haken).isEqualTo(422);
            assertThat(antwort.text())
                    .contains(
                            "2 Personen sind betroffen", "gilt: 1 Person", "Ohne Passwort: 1 Person", neu.aussteller());
        }
        assertThat(als(stadt.mandant(), () -> einstellungen.oidc())
                        .orElseThrow()
                        .wie())
                .isEqualTo(alt);
        // Nobody who administers could come in without the old issuer.
        setzeEigenes(stadt, false);
        assertThat(anja.sendeVon(
                                seite,
                                seite,
                                Testverzeichnis.felder(neu, "tun", "speichern", "fassung", "1", "wechsel", "2"))
                        .text())
                .contains("käme niemand mehr herein");
        setzeEigenes(stadt, true);
        assertThat(anja.sendeVon(
                                seite,
                                seite,
                                Testverzeichnis.felder(neu, "tun", "speichern", "fassung", "1", "wechsel", "2"))
                        .ziel())
                .isEqualTo("/verwaltung/verzeichnis?gespeichert");
        assertThat(melde(stadt, "petra.lueders", PASSWORT))
                .as("ihr Passwort gilt wieder")
                .isEqualTo("/postkorb");

        var karin = person(stadt, "karin.ahrens");
        assertThat(meldeBei("neu", stadt, new Browser(url("")), "andere-kennung", karin())
                        .ziel())
                .as("am Namen wiedererkannt")
                .isEqualTo("/postkorb");
        assertThat(person(stadt, "karin.ahrens")).isEqualTo(karin);
        assertThat(meldeBei("neu", stadt, new Browser(url("")), "sub-karin", karin())
                        .ziel())
                .as("die alte Kennung sagt beim neuen nichts")
                .isNotEqualTo("/postkorb");
    }

    private void setzeEigenes(Stadt stadt, boolean eigenes) {
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE zugang SET eigenes = ? WHERE mandant_id = ? AND person_id = ?")
                        .params(eigenes, stadt.mandant(), stadt.anja().person())
                        .update());
    }

    @Test
    void wer_kein_passwort_hat_wird_nach_keinem_gefragt_und_mit_dem_code_allein_bestaetigt_niemand_der_eines_hat()
            throws Exception {
        var stadt = verwalteteStadt();
        richteEin(stadt, wie(true, true));
        var karin = new Browser(url(""));
        melde(stadt, karin, "sub-karin", karin());
        var aendern = "<p><a href=\"/passwort\">";
        assertThat(karin.hole("/anmeldung").text()).doesNotContain(aendern);
        assertThat(karin.hole("/passwort").text())
                .contains("verwaltet das Verzeichnis")
                .doesNotContain("feld-bisher");
        assertThat(karin.hole("/bestaetigen").text()).doesNotContain("feld-passwort");
        // Told to change a password that she has not, she is not led in a circle.
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE zugang SET zu_aendern = true WHERE mandant_id = ? AND person_id = ?")
                        .params(stadt.mandant(), person(stadt, "karin.ahrens"))
                        .update());
        assertThat(karin.hole("/postkorb").ziel()).isEqualTo("/passwort");
        assertThat(karin.hole("/passwort").status()).isEqualTo(200);
        assertThat(karin.hole("/postkorb").status()).isEqualTo(200);
        assertThat(hatPasswort(stadt, "karin.ahrens")).isEqualTo("false false");
        assertThat(hatPasswort(stadt, "petra.lueders")).isEqualTo("true true");
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/anmeldung")
                        .text())
                .contains(aendern);
        // Without the provider there is nothing that she could type either, until the administration gives her one.
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE oidcanbieter SET aktiv = false WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .update());
        assertThat(hatPasswort(stadt, "karin.ahrens")).isEqualTo("false false");
        als(
                stadt.mandant(),
                () -> personen.setzePasswort(
                        Protokoll.PROGRAMM, person(stadt, "karin.ahrens"), "kalter Kaffee schmeckt", false));
        assertThat(hatPasswort(stadt, "karin.ahrens")).isEqualTo("true true");
        try (var verzeichnis = new Testverzeichnis()) {
            verzeichnis.person("jan.orth", "Jan", "Orth");
            richteEin(stadt, verzeichnis.einstellungen());
            gleicheAb(stadt, 0);
            assertThat(hatPasswort(stadt, "jan.orth"))
                    .as("das des Verzeichnisses")
                    .isEqualTo("true false");
        }
    }

    /** Whether there is one to type, and whether it can be changed here. */
    private String hatPasswort(Stadt stadt, String anmeldename) {
        var person = person(stadt, anmeldename);
        return als(stadt.mandant(), () -> zugaenge.hatPasswort(person) + " " + zugaenge.aendertPasswort(person));
    }
}
