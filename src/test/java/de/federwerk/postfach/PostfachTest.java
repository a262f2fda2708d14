package de.federwerk.postfach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Testpost;
import de.federwerk.Teststadt;
import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Hundeformular;
import de.federwerk.antrag.Portalstadt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.satz.Pdfprobe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

/** Between a citizen and the office: over real HTTP, at both doors. */
class PostfachTest extends Teststadt {

    private static final String ARABISCH = "مرحبا، الكلب اسمه نالا";

    @Autowired
    private Portalstadt portalstadt;

    @Autowired
    private Antraege antraege;

    @Autowired
    private Eingangsbestaetigung bestaetigung;

    @Autowired
    private Antwortablage ablage;

    @Autowired
    private Antwortamt amt;

    @Autowired
    private Nachrichten nachrichten;

    @Autowired
    private de.federwerk.meldung.Mailwecker mailwecker;

    private com.icegreen.greenmail.util.GreenMail post;
    private Stadt stadt;

    @BeforeEach
    void auf() {
        post = Testpost.starte();
        mailwecker.wecke();
        stadt = stadt();
        als(stadt.mandant(), () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
    }

    @AfterEach
    void zu() {
        post.stop();
    }

    private Browser buerger() {
        return new Browser(portalUrl(""));
    }

    private <T> T frage(String sql, Class<T> art, Object... werte) {
        return als(stadt.mandant(), () -> jdbc.sql(sql).params(werte).query(art).single());
    }

    private static void bis(Callable<Boolean> fertig) {
        await().atMost(Duration.ofSeconds(60)).until(fertig);
    }

    /** Filled in and sent, and a Vorgang. @return the path of the Antrag */
    private String gesendet(Browser mensch, String email) {
        var pfad = Hundeformular.fuelleAus(mensch, "Yılmaz", email);
        mensch.sendeVon(pfad + "?pruefen", pfad + "/absenden");
        bis(() -> frage("SELECT count(*) FROM antragsvorgang", Long.class) == 1);
        return pfad;
    }

    private static UUID kennung(String pfad) {
        return UUID.fromString(pfad.substring(pfad.lastIndexOf('/') + 1));
    }

    private UUID vorgang(String pfad) {
        return frage("SELECT vorgang_id FROM antragsvorgang WHERE antrag_id = ?", UUID.class, kennung(pfad));
    }

    /** Anja asks at the page of the Vorgang. @return the path of the question in the Portal */
    private String gefragt(String pfad) {
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var vorgang = "/vorgaenge/" + vorgang(pfad);
        var formular = anja.hole(vorgang + "/nachrichten/neu");
        assertThat(formular.text()).contains("Rückfrage: Sie warten auf eine Antwort");
        var id = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            var antwort = anja.sende(
                    vorgang + "/nachrichten",
                    formular.geheim(),
                    "nachricht",
                    id,
                    "betreff",
                    "Impfpass",
                    "text",
                    "Bitte schicken Sie uns den Impfpass.\nDanke!");
            assertThat(antwort.ziel()).as(antwort.text()).isEqualTo(vorgang + "#postfach");
        }
        return pfad + "/nachrichten/" + id;
    }

    private static Browser.Seite antworte(
            Browser mensch, String frage, String formular, String text, String... dateien) {
        return mensch.sendeMitDateien(
                frage + "/antwort",
                mensch.hole(frage).geheim(),
                List.of("formular", formular, "text", text),
                "dateien",
                dateien);
    }

    @Test
    void die_eingangsbestaetigung_liegt_sofort_im_postfach_als_pdf_das_sich_vorlesen_laesst() throws Exception {
        var email = "mensch@" + stadt.mandant() + ".example";
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var pfad = Hundeformular.fuelleAus(mensch, "Yılmaz", email);
            // A machine fills in every field; who was only unlucky sends once more.
            var falle = mensch.sendeVon(pfad + "?pruefen", pfad + "/absenden", "webseite", "http://kauf.example");
            assertThat(falle.status()).isEqualTo(422);
            assertThat(falle.text()).contains("Ihre Angaben sind gespeichert", pfad + "?pruefen");
            assertThat(frage("SELECT count(*) FROM antrag WHERE stand = 'entwurf'", Long.class))
                    .isEqualTo(1);
            mensch.sendeVon(pfad + "?pruefen", pfad + "/absenden", "webseite", "");
            assertThat(mensch.hole(pfad).text()).contains(pfad + "/eingangsbestaetigung.pdf");
            assertThat(mensch.hole("/portal/postfach").text())
                    .contains("Eingangsbestätigung: Hund anmelden", "pt-neu", pfad + "/nachrichten/");
            mensch.hole(pfad + "/nachrichten/" + kennung(pfad));
            assertThat(mensch.hole("/portal/postfach").text()).doesNotContain("pt-neu");
            var pdf = mensch.hole(pfad + "/eingangsbestaetigung.pdf");
            assertThat(pdf.status()).isEqualTo(200);
            assertThat(pdf.kopf("Content-Type")).isEqualTo("application/pdf");
            assertThat(pdf.kopf("Content-Disposition")).startsWith("attachment");
            assertThat(pdf.kopf("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(buerger().hole(pfad + "/eingangsbestaetigung.pdf").status())
                    .isEqualTo(404);
            assertThat(buerger().hole("/portal/postfach").text()).doesNotContain("Hund anmelden");
        });
        var eigen = frage("SELECT besucher FROM antrag", String.class);
        var antrag = Mandantenkontext.<Antraege.Antrag, RuntimeException>alsBuerger(
                stadt.mandant(), eigen, () -> antraege.meine().getFirst());
        var pdf = als(stadt.mandant(), () -> bestaetigung.pdf(antrag, "Stadt Musterstadt"));
        assertThat(Pdfprobe.maengel(pdf)).isEmpty();
        assertThat(Pdfprobe.text(pdf).replaceAll("\\s", ""))
                .contains("Eingangsbestätigung", "Nala", "Yılmaz", antrag.blatt());
        var nochmal = als(stadt.mandant(), () -> bestaetigung.pdf(antrag, "Stadt Musterstadt"));
        assertThat(Pdfprobe.text(nochmal)).isEqualTo(Pdfprobe.text(pdf));
        // The mail says that there is something, not what.
        bis(() -> frage("SELECT count(*) FROM buergermail WHERE gesendet IS NOT NULL", Long.class) == 1);
        var mail = Arrays.stream(post.getReceivedMessages())
                .filter(m -> empfaenger(m).equals(email))
                .findFirst()
                .orElseThrow();
        assertThat(mail.getSubject()).contains("Neue Nachricht in Ihrem Postfach");
        assertThat(String.valueOf(mail.getContent())).doesNotContain("Hund", "Yılmaz");
    }

    private static String empfaenger(jakarta.mail.internet.MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eine_rueckfrage_wird_mit_dem_code_beantwortet_und_die_antwort_liegt_im_vorgang() {
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var pfad = gesendet(mensch, "");
            var code = mensch.hole(pfad).text().replaceAll("(?s).*class=\"pt-code\">([^<]+)<.*", "$1");
            var frage = gefragt(pfad);
            assertThat(mensch.hole(pfad).text()).contains("In Bearbeitung", "Rückfrage an Sie", frage);
            var mitCode = buerger();
            assertThat(mitCode.hole(frage).status()).isEqualTo(404);
            mitCode.sendeVon("/portal/status", "/portal/status", "code", "7K3M-Q9PT-4WXY");
            assertThat(mitCode.hole(frage).status()).isEqualTo(404);
            assertThat(mitCode.sendeVon("/portal/status", "/portal/status", "code", code)
                            .text())
                    .contains("Rückfrage an Sie", frage);
            assertThat(mitCode.hole(frage).text()).contains("Bitte schicken Sie uns den Impfpass", "Antwort senden");

            var formular = UUID.randomUUID().toString();
            // Nothing, too much, the wrong kind, a machine: the words stay, and nothing is kept.
            assertThat(antworte(mitCode, frage, formular, " ").status()).isEqualTo(422);
            // What would be too long for a PDF is not taken, instead of waiting for ever to be filed.
            assertThat(antworte(mitCode, frage, formular, "x\n".repeat(2_001)).text())
                    .contains("mehr als 2000 Zeilen");
            assertThat(antworte(mitCode, frage, formular, ARABISCH, "spiel.exe", "MZ")
                            .text())
                    .contains(ARABISCH, "passt hier nicht");
            var viele = new ArrayList<String>();
            for (int i = 0; i < 11; i++) {
                viele.addAll(List.of("bild" + i + ".jpg", "x"));
            }
            assertThat(antworte(mitCode, frage, formular, ARABISCH, viele.toArray(String[]::new))
                            .text())
                    .contains("höchstens 10 Dateien", ARABISCH);
            assertThat(mitCode.sendeVon(frage, frage + "/antwort", "formular", formular, "text", "x", "webseite", "x")
                            .status())
                    .isEqualTo(422);
            assertThat(frage("SELECT count(*) FROM nachricht WHERE vom_buerger", Long.class))
                    .isZero();

            for (int i = 0; i < 2; i++) {
                var da = antworte(mitCode, frage, formular, ARABISCH, "Impfpass ä.pdf", "%PDF-1.4 klein");
                assertThat(da.ziel()).as(da.text()).isEqualTo(frage + "?gesendet");
            }
            assertThat(mitCode.hole(frage + "?gesendet").text()).contains("Ihre Antwort ist bei uns", ARABISCH);
            // Both who sent it and who knows the code see it; nobody else.
            var anlage = frage + "/anlagen/" + frage("SELECT id FROM nachrichtanlage", UUID.class);
            var antwort = anlage.replace(
                    frage.substring(frage.lastIndexOf('/') + 1),
                    frage("SELECT id FROM nachricht WHERE vom_buerger", UUID.class)
                            .toString());
            assertThat(mensch.hole(antwort).kopf("Content-Disposition")).startsWith("attachment");
            assertThat(mensch.hole(anlage).status())
                    .as("unter einer anderen Nachricht")
                    .isEqualTo(404);
            var fremder = buerger();
            fremder.sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag");
            assertThat(fremder.hole(frage).status()).isEqualTo(404);
            assertThat(fremder.hole(antwort).status()).isEqualTo(404);
            assertThat(fremder.sendeVon("/portal/status", frage + "/antwort", "formular", formular, "text", "x")
                            .status())
                    .isEqualTo(404);
            mitCode.sendeVon("/portal/status", "/portal/status/ende");
            assertThat(mitCode.hole(frage).status()).isEqualTo(404);

            bis(() -> frage("SELECT count(*) FROM nachricht WHERE abgelegt IS NOT NULL", Long.class) == 1);
            assertThat(mensch.hole(pfad).text()).contains("Ihre Antwort ist eingegangen");
            assertThat(als(
                            stadt.mandant(),
                            () -> jdbc.sql("SELECT titel FROM dokument WHERE vorgang_id = ?")
                                    .param(vorgang(pfad))
                                    .query(String.class)
                                    .list()))
                    .containsExactlyInAnyOrder("Hund anmelden: Özlem Yılmaz", "Antwort: Impfpass", "Impfpass ä.pdf");
            var anja = angemeldet(stadt.mandant(), "anja.mueller");
            assertThat(anja.hole("/vorgaenge/" + vorgang(pfad)).text())
                    .contains(ARABISCH, "Bitte schicken Sie uns den Impfpass", "Impfpass ä.pdf");
            assertThat(anja.hole("/postkorb").text()).contains("Antwort: Impfpass");
            // Begun again, by several at once: nothing is there twice.
            var id = frage("SELECT id FROM nachricht WHERE vom_buerger", UUID.class);
            IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> als(stadt.mandant(), () -> ablage.legeAb(id))))
                    .toList()
                    .forEach(CompletableFuture::join);
            assertThat(frage("SELECT count(*) FROM laufweg WHERE titel = 'Antwort aus dem Portal'", Long.class))
                    .isEqualTo(1);
        });
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/vorgaenge/" + frage("SELECT vorgang_id FROM antragsvorgang", UUID.class)
                                + "/nachrichten/neu")
                        .status())
                .isEqualTo(404);
        for (var fremd : List.of(stadt.mandant(), stadt().mandant())) {
            Mandantenkontext.<Void, RuntimeException>alsBuerger(fremd, "0".repeat(64), () -> {
                for (var tabelle : List.of("nachricht", "nachrichtanlage", "antragsstand")) {
                    assertThat(transaktion.<Long>execute(t -> jdbc.sql("SELECT count(*) FROM " + tabelle)
                                    .query(Long.class)
                                    .single()))
                            .as(tabelle)
                            .isZero();
                }
                for (var tabelle : List.of("hausnachricht", "nachtrag", "buergermail")) {
                    assertThatThrownBy(() -> transaktion.execute(t -> jdbc.sql("SELECT count(*) FROM " + tabelle)
                                    .query(Long.class)
                                    .single()))
                            .as(tabelle)
                            .isInstanceOf(DataAccessException.class);
                }
                return null;
            });
        }
    }

    @Test
    void eine_antwort_nach_dem_abschluss_bekommt_einen_nachtrag_und_eine_aufgabe() {
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var pfad = gesendet(mensch, "");
            var frage = gefragt(pfad);
            als(stadt.mandant(), () -> {
                jdbc.sql("UPDATE vorgang SET stand = 'zda', zda_am = now(), zda_von = ?")
                        .param(stadt.anja().person())
                        .update();
                jdbc.sql("UPDATE akte SET stand = 'zda', zda_am = now(), zda_von = ?, laufzeit_bis = heute()")
                        .param(stadt.anja().person())
                        .update();
            });
            antworte(mensch, frage, UUID.randomUUID().toString(), "Doch noch etwas");
            bis(() -> frage("SELECT count(*) FROM nachricht WHERE abgelegt IS NOT NULL", Long.class) == 1);
            // Killed after the commit, before anybody was woken: the row is all there is, and the next start finds it.
            als(
                    stadt.mandant(),
                    () -> jdbc.sql(
                                    "INSERT INTO nachricht (mandant_id, id, antrag_id, art, vom_buerger, betreff, text) VALUES (?, ?, ?, 'antwort', true, 'Impfpass', 'Und noch etwas')")
                            .params(stadt.mandant(), UUID.randomUUID(), kennung(pfad))
                            .update());
            amt.wecke();
            bis(() -> frage("SELECT count(*) FROM nachricht WHERE abgelegt IS NOT NULL", Long.class) == 2);
            assertThat(frage("SELECT count(*) FROM nachtrag", Long.class)).isEqualTo(1);
            var anja = angemeldet(stadt.mandant(), "anja.mueller");
            var vorgang = anja.hole("/vorgaenge/" + frage("SELECT vorgang_id FROM nachtrag", UUID.class))
                    .text();
            assertThat(vorgang).contains("Nachtrag zu", "Doch noch etwas", "Und noch etwas");
            assertThat(anja.hole("/postkorb").text()).contains("Antwort: Impfpass");
            assertThat(frage("SELECT count(*) FROM stoerung WHERE art = 'antwort'", Long.class))
                    .isZero();
        });
    }

    @Test
    void ein_konto_sieht_die_nachrichten_aller_seiner_antraege_und_nach_drei_jahren_bleiben_nur_bescheide() {
        var eine = "eine@" + stadt.mandant() + ".example";
        alsErster(stadt.mandant(), () -> {
            var pfad = gesendet(buerger(), "");
            var meins = sitzung(eine);
            als(
                    stadt.mandant(),
                    () -> jdbc.sql("UPDATE antrag SET konto_id = (SELECT id FROM konto WHERE email = ?)")
                            .param(eine)
                            .update());
            gefragt(pfad);
            assertThat(meine(meins))
                    .extracting(Nachrichten.Zeile::betreff)
                    .containsExactly("Impfpass", "Eingangsbestätigung: Hund anmelden");
            assertThat(meine(sitzung("andere@" + stadt.mandant() + ".example"))).isEmpty();
            bis(() -> Arrays.stream(post.getReceivedMessages())
                    .anyMatch(m -> empfaenger(m).equals(eine)));

            als(stadt.mandant(), () -> {
                jdbc.sql("UPDATE nachricht SET gelesen = now() - interval '37 months'")
                        .update();
                jdbc.sql("UPDATE nachricht SET art = 'bescheid' WHERE art = 'rueckfrage'")
                        .update();
            });
            als(stadt.mandant(), amt::raeumeAuf);
            assertThat(meine(meins)).extracting(Nachrichten.Zeile::art).containsExactly(Nachricht.Art.BESCHEID);
        });
    }

    private List<Nachrichten.Zeile> meine(String sitzung) {
        return Mandantenkontext.alsBuerger(stadt.mandant(), "", sitzung, () -> nachrichten.meine());
    }

    private String sitzung(String email) {
        var schluessel = UUID.randomUUID().toString().replace("-", "").repeat(2);
        als(stadt.mandant(), () -> {
            var konto = UUID.randomUUID();
            jdbc.sql("INSERT INTO konto (mandant_id, id, name, email) VALUES (?, ?, 'Wer', ?)")
                    .params(stadt.mandant(), konto, email)
                    .update();
            jdbc.sql(
                            "INSERT INTO kontositzung (mandant_id, schluessel, konto_id, endet) VALUES (?, ?, ?, now() + interval '1 hour')")
                    .params(stadt.mandant(), schluessel, konto)
                    .update();
        });
        return schluessel;
    }
}
