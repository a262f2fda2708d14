package de.federwerk.konto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Antragsanlagen;
import de.federwerk.antrag.Portalstadt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import de.federwerk.konto.Datensafe.Art;
import de.federwerk.leistung.Leistungen;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

/** What somebody lets the town keep goes nowhere unasked, and is nobody else's. */
class DatensafeTest extends Teststadt {

    private static final String ERLAUBNIS = "hund[1].erlaubnis";

    @Autowired
    private Portalstadt portalstadt;

    @Autowired
    private Antraege antraege;

    @Autowired
    private Leistungen leistungen;

    @Autowired
    private Antragsanlagen anlagen;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Datensafe safe;

    /** Signed in, as the cookie and the session show it. */
    private record Angemeldet(Browser browser, String sitzung) {}

    private Angemeldet angemeldetesKonto(UUID mandant, String email, char geheim) {
        var geheimnis = String.valueOf(geheim).repeat(43);
        var sitzung = als(mandant, () -> portalstadt.meldeAn(mandant, email, geheimnis));
        var browser = new Browser(portalUrl(""));
        browser.nimmKeks("FEDERWERK_KONTO", geheimnis);
        return new Angemeldet(browser, sitzung);
    }

    private <T> T mit(UUID mandant, String sitzung, ScopedValue.CallableOp<T, RuntimeException> tat) {
        return Mandantenkontext.alsBuerger(mandant, "", sitzung, tat);
    }

    /** Sends an Antrag about one dog. */
    private UUID sende(UUID mandant, String sitzung) {
        return mit(mandant, sitzung, () -> {
            return antraege.sende(entwurf("nein"), null).id();
        });
    }

    @Test
    void was_man_sich_merken_laesst_wird_erst_auf_zuruf_eingesetzt_und_traegt_seine_herkunft() {
        var stadt = stadt();
        var m = stadt.mandant();
        als(m, () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
        alsErster(m, () -> {
            var eine = angemeldetesKonto(m, "eine@example.org", 'a');
            var gesendet = sende(m, eine.sitzung);
            var stand = "/portal/antraege/" + gesendet;
            assertThat(eine.browser.hole(stand).text()).contains("Name: Özlem Yılmaz", "Geburtsdatum: 29.2.1996");
            assertThat(mit(m, eine.sitzung, safe::meine)).isEmpty();

            // Two of three, and only those.
            assertThat(eine.browser
                            .sendeVon(
                                    stand,
                                    "/portal/konto/daten",
                                    "antrag",
                                    gesendet.toString(),
                                    "art",
                                    "name",
                                    "art",
                                    "geburt")
                            .ziel())
                    .isEqualTo("/portal/konto/daten");
            assertThat(eine.browser.hole("/portal/konto/daten").text())
                    .contains("Özlem Yılmaz", "29.2.1996", "aus „Hund anmelden“")
                    .doesNotContain("Gartenweg");

            // The next form says what is known, and fills in nothing by itself.
            var schritt = eine.browser
                    .sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag")
                    .ziel();
            assertThat(eine.browser.hole(schritt).text())
                    .contains("Aus Ihrem Konto einsetzen?", "Özlem Yılmaz")
                    .doesNotContain("value=\"Özlem\"");
            eine.browser.sendeVon(schritt, schritt + "/bekanntes", "angabe", "name");
            assertThat(eine.browser.hole(schritt).text())
                    .contains("value=\"Özlem\"", "Aus Ihrem Konto, gespeichert am")
                    .doesNotContain("value=\"1996\"");

            // Taken back: gone, and what was filled in stays with the draft.
            eine.browser.sendeVon("/portal/konto/daten", "/portal/konto/daten/name/vergessen");
            assertThat(mit(m, eine.sitzung, safe::meine))
                    .extracting(Datensafe.Datum::art)
                    .containsExactly(Art.GEBURT);
            assertThat(eine.browser.hole(schritt).text()).contains("value=\"Özlem\"");
        });
    }

    @Test
    void was_schon_eingereicht_ist_wird_angeboten_und_nicht_noch_einmal_verlangt() {
        var stadt = stadt();
        var m = stadt.mandant();
        als(m, () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
        var eine = angemeldetesKonto(m, "eine@example.org", 'd');
        var andere = angemeldetesKonto(m, "andere@example.org", 'e');
        var erster = mit(m, eine.sitzung, () -> {
            var id = entwurf("ja");
            anlagen.haengeAn(
                    id,
                    ERLAUBNIS,
                    blobs.schreibe(new ByteArrayInputStream("%PDF-1.4\n%%EOF".getBytes(StandardCharsets.US_ASCII))),
                    "Erlaubnis.pdf");
            return antraege.sende(id, null).id();
        });
        alsErster(m, () -> {
            var id = mit(m, eine.sitzung, () -> entwurf("ja"));
            var schritt = "/portal/antraege/" + id + "/hunde";
            var seite = eine.browser.hole(schritt).text();
            assertThat(seite).contains("Liegt uns schon vor", "Erlaubnis.pdf", "aus „Hund anmelden“");
            var anlage = seite.replaceAll("(?s).*name=\"anlage\" value=\"([^\"]+)\".*", "$1");
            eine.browser.sendeVon(schritt, schritt + "/nachweis", "pfad", ERLAUBNIS, "anlage", anlage);
            assertThat(eine.browser.hole(schritt).text())
                    .contains("„Erlaubnis.pdf“ liegt vor seit")
                    .doesNotContain("Liegt uns schon vor");
            mit(m, eine.sitzung, () -> antraege.sende(id, null));

            // Nobody else is offered it, nor takes it by its id.
            var fremder = mit(m, andere.sitzung, () -> entwurf("ja"));
            var dort = "/portal/antraege/" + fremder + "/hunde";
            assertThat(andere.browser.hole(dort).text()).doesNotContain("Liegt uns schon vor");
            assertThat(andere.browser
                            .sendeVon(dort, dort + "/nachweis", "pfad", ERLAUBNIS, "anlage", anlage)
                            .status())
                    .isEqualTo(404);
        });
        await().atMost(Duration.ofSeconds(60))
                .until(() -> als(
                        m,
                        () -> jdbc.sql("SELECT count(*) = 2 FROM antragsvorgang WHERE mandant_id = ?")
                                .param(m)
                                .query(Boolean.class)
                                .single()));
        // Twice sent and filed, and the bytes lie there once.
        assertThat(als(
                        m,
                        () -> jdbc.sql(
                                        "SELECT count(*) || '/' || count(DISTINCT ort) FROM antragsanlage WHERE mandant_id = ?")
                                .param(m)
                                .query(String.class)
                                .single()))
                .isEqualTo("2/1");
        // What was sent can be seen by whom it belongs to, and taken away by nobody.
        assertThat(mit(
                        m,
                        eine.sitzung,
                        () -> transaktion.<Integer>execute(
                                t -> jdbc.sql("DELETE FROM antragsanlage WHERE antrag_id = ?")
                                        .param(erster)
                                        .update())))
                .isZero();
    }

    private UUID entwurf(String gefaehrlich) {
        var antrag = antraege.beginne(
                        leistungen.finde("hund-anmelden", Sprache.DE).orElseThrow(), Sprache.DE)
                .id();
        antraege.schreibe(antrag, "halter", w -> portalstadt.einHund(w).mit("hund[1].gefaehrlich", gefaehrlich, ""));
        return antrag;
    }

    @Test
    void niemand_sonst_liest_was_gemerkt_ist_auch_nicht_das_haus() {
        var stadt = stadt();
        var m = stadt.mandant();
        var eine = angemeldetesKonto(m, "eine@example.org", 'b').sitzung;
        var andere = angemeldetesKonto(m, "andere@example.org", 'c').sitzung;
        var fremd = stadt().mandant();
        var dort = angemeldetesKonto(fremd, "eine@example.org", 'b').sitzung;
        mit(m, eine, () -> {
            safe.merke(Art.IBAN, Map.of("", "DE89370400440532013000"), "Hund anmelden");
            return null;
        });
        assertThat(mit(m, eine, safe::meine)).hasSize(1);
        for (var zeilen :
                new Object[] {mit(m, andere, safe::meine), mit(m, "", safe::meine), mit(fremd, dort, safe::meine)}) {
            assertThat(zeilen)
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .isEmpty();
        }
        // Not by SQL either, neither to read nor to put something there.
        assertThat(mit(
                        m,
                        andere,
                        () -> transaktion.<Integer>execute(
                                t -> jdbc.sql("DELETE FROM datensafe").update())))
                .isZero();
        assertThatThrownBy(() -> mit(
                        m,
                        andere,
                        () -> transaktion.<Integer>execute(
                                t -> jdbc.sql("""
                        INSERT INTO datensafe (mandant_id, konto_id, art, wert, herkunft, einwilligung)
                        SELECT ?, ?, 'name', '{}', '', ''""").params(m, Kennung.neu()).update())))
                .isInstanceOf(DataAccessException.class);
        assertThat(als(m, () -> jdbc.sql("SELECT wert FROM datensafe").query().listOfRows()))
                .isEmpty();
        assertThatThrownBy(() -> mit(m, "", () -> {
                    safe.vergiss(Art.IBAN);
                    return null;
                }))
                .isInstanceOf(NichtGefunden.class);
        // It goes with the Konto; the session is only still there for the test to look.
        als(
                m,
                () -> jdbc.sql("UPDATE konto SET geloescht = now() WHERE mandant_id = ? AND email = 'eine@example.org'")
                        .param(m)
                        .update());
        assertThat(mit(m, eine, safe::meine)).isEmpty();
    }
}
