package de.federwerk.konto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import de.federwerk.Browser;
import de.federwerk.Testpost;
import de.federwerk.Teststadt;
import de.federwerk.anmeldung.Einmalcode;
import de.federwerk.antrag.Portalstadt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.meldung.Mailwecker;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class KontoTest extends Teststadt {

    private static final String PASSWORT = "lampe Wolke siebzehn";
    private static final String ANLEGEN = "/portal/konto/anlegen";
    private static final String ANMELDEN = "/portal/konto/anmelden";
    private static final String CODE = "/portal/konto/code";
    private static final Pattern LINK = Pattern.compile("/portal/konto/(?:bestaetigen|passwort)/[A-Za-z0-9_-]{43}");

    @Autowired
    private Portalstadt portalstadt;

    @Autowired
    private Kontoanmeldung anmeldung;

    @Autowired
    private Mailwecker mailwecker;

    private GreenMail post;

    @BeforeEach
    void postAn() {
        post = Testpost.starte();
        mailwecker.wecke();
    }

    @AfterEach
    void postAus() {
        post.stop();
    }

    private Browser buerger() {
        return new Browser(portalUrl(""));
    }

    private List<String> briefe(String an) {
        return Arrays.stream(post.getReceivedMessages())
                .filter(b -> {
                    try {
                        return b.getAllRecipients()[0].toString().equals(an);
                    } catch (jakarta.mail.MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .map(KontoTest::text)
                .toList();
    }

    private static String text(jakarta.mail.internet.MimeMessage brief) {
        try {
            return String.valueOf(brief.getContent());
        } catch (java.io.IOException | jakarta.mail.MessagingException e) {
            return GreenMailUtil.getBody(brief);
        }
    }

    private String link(String an, int wievielter) {
        await().atMost(Duration.ofSeconds(30)).until(() -> briefe(an).size() >= wievielter);
        var treffer = LINK.matcher(briefe(an).get(wievielter - 1));
        assertThat(treffer.find()).as(briefe(an).toString()).isTrue();
        return treffer.group();
    }

    private static Browser.Seite registriere(Browser mensch, String email) {
        return mensch.sendeVon(ANLEGEN, ANLEGEN, "name", "Özlem Yılmaz", "email", email, "passwort", PASSWORT);
    }

    private static Browser.Seite passwort(Browser mensch, String email, String passwort) {
        return mensch.sendeVon(ANMELDEN, ANMELDEN, "email", email, "passwort", passwort);
    }

    /** What a phone does that has scanned the page. */
    private static byte[] geheimnis(Browser.Seite seite) {
        var zeichen = seite.text()
                .replaceAll("(?s).*<code>([A-Z2-7 ]+)</code>.*", "$1")
                .replace(" ", "");
        return new Base32().decode(zeichen);
    }

    private static String code(byte[] geheimnis) {
        return Einmalcode.code(geheimnis, Einmalcode.schritt(Instant.now()));
    }

    /** Registered, confirmed, second factor set up, signed in. @return the secret of the app */
    private byte[] konto(Browser mensch, String email) {
        assertThat(registriere(mensch, email).text()).contains("Bitte sehen Sie in Ihre E-Mails");
        var link = link(email, 1);
        mensch.sendeVon(link, link, "passwort", PASSWORT);
        assertThat(passwort(mensch, email, PASSWORT).ziel()).startsWith(CODE);
        var geheimnis = geheimnis(mensch.hole(CODE));
        var ersatz = mensch.sendeVon(CODE, CODE, "code", code(geheimnis));
        assertThat(ersatz.text()).contains("Ihre Ersatzcodes");
        assertThat(mensch.hole("/portal/konto").text()).contains("Özlem Yılmaz", email);
        return geheimnis;
    }

    private void sperre(UUID mandant, String bis) {
        als(
                mandant,
                () -> jdbc.sql("UPDATE kontozugang SET gesperrt_bis = " + bis + " WHERE mandant_id = ?")
                        .param(mandant)
                        .update());
    }

    /** The next code counts; this one was used. */
    private void vergissSchritt(UUID mandant) {
        als(
                mandant,
                () -> jdbc.sql("UPDATE kontozugang SET totp_schritt = 0 WHERE mandant_id = ?")
                        .param(mandant)
                        .update());
    }

    @Test
    void ein_konto_entsteht_mit_post_und_zweitem_faktor_und_verraet_niemandem_dass_es_da_ist() {
        var stadt = stadt();
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            for (var schlecht : List.of("kurz", "Passwort1234", "o.yilmaz@example.org")) {
                var seite = mensch.sendeVon(
                        ANLEGEN, ANLEGEN, "name", "Ö", "email", "o.yilmaz@example.org", "passwort", schlecht);
                assertThat(seite.status()).as(schlecht).isEqualTo(422);
                assertThat(seite.text())
                        .contains("o.yilmaz@example.org")
                        .doesNotContain("value=\"" + schlecht + "\" type=\"password\"");
            }
            assertThat(registriere(mensch, "O.Yilmaz@Example.org").text()).contains("Bitte sehen Sie in Ihre E-Mails");
            var erster = link("o.yilmaz@example.org", 1);
            // Not confirmed: nobody is signed in, and the page does not say why.
            assertThat(passwort(mensch, "o.yilmaz@example.org", PASSWORT).status())
                    .isEqualTo(422);
            // Begun anew, as by its true owner after a stranger: the first link is good no more.
            registriere(mensch, "o.yilmaz@example.org");
            var zweiter = link("o.yilmaz@example.org", 2);
            assertThat(mensch.hole(erster).status()).isEqualTo(404);
            // A program that opens what stands in mails confirms nothing.
            assertThat(mensch.hole(zweiter).status()).isEqualTo(200);
            // Nor does the click of somebody in whose name another has begun it.
            assertThat(mensch.sendeVon(zweiter, zweiter, "passwort", "ein ganz anderes")
                            .status())
                    .isEqualTo(422);
            assertThat(mensch.sendeVon(zweiter, zweiter, "passwort", PASSWORT).text())
                    .contains("ist bestätigt");
            assertThat(mensch.hole(zweiter).status()).isEqualTo(404);

            // Known and unknown: the same page; only the mail says it.
            var bekannt = registriere(buerger(), "o.yilmaz@example.org").text();
            var unbekannt = registriere(buerger(), "niemand@example.org").text();
            assertThat(bekannt.replaceAll("value=\"[^\"]*\"", ""))
                    .isEqualTo(unbekannt.replaceAll("value=\"[^\"]*\"", ""));
            await().until(() -> briefe("o.yilmaz@example.org").size() == 3);
            assertThat(briefe("o.yilmaz@example.org").get(2)).contains("Sie haben schon eines");

            assertThat(passwort(mensch, "o.yilmaz@example.org", "falsch falsch falsch")
                            .text()
                            .replaceAll("value=\"[^\"]*\"", ""))
                    .isEqualTo(passwort(mensch, "fremd@example.org", "falsch falsch falsch")
                            .text()
                            .replaceAll("value=\"[^\"]*\"", ""));

            assertThat(passwort(mensch, "o.yilmaz@example.org", PASSWORT).ziel())
                    .startsWith(CODE);
            // Half done is not signed in.
            assertThat(mensch.hole("/portal/konto").ziel()).isEqualTo(ANMELDEN);
            var geheimnis = geheimnis(mensch.hole(CODE));
            assertThat(geheimnis(mensch.hole(CODE))).isEqualTo(geheimnis);
            assertThat(mensch.sendeVon(CODE, CODE, "code", "000000").status()).isEqualTo(422);
            var ersatz = mensch.sendeVon(CODE, CODE, "code", code(geheimnis));
            assertThat(ersatz.text()).contains("Ihre Ersatzcodes");
            var codes = Pattern.compile("<li><code>([^<]+)</code>")
                    .matcher(ersatz.text())
                    .results()
                    .map(t -> t.group(1))
                    .toList();
            assertThat(codes).hasSize(10).doesNotHaveDuplicates();
            assertThat(mensch.hole("/portal").text()).contains("Abmelden", "Özlem Yılmaz");

            mensch.sendeVon("/portal/konto", "/portal/konto/abmelden");
            assertThat(mensch.hole("/portal/konto").ziel()).isEqualTo(ANMELDEN);
            passwort(mensch, "o.yilmaz@example.org", PASSWORT);
            // Used once is used.
            assertThat(mensch.sendeVon(CODE, CODE, "code", code(geheimnis)).status())
                    .isEqualTo(422);
            assertThat(mensch.sendeVon(CODE, CODE, "code", codes.getFirst().toUpperCase(java.util.Locale.ROOT))
                            .ziel())
                    .isEqualTo("/portal/konto");
            var anderswo = buerger();
            passwort(anderswo, "o.yilmaz@example.org", PASSWORT);
            assertThat(anderswo.sendeVon(CODE, CODE, "code", codes.getFirst()).status())
                    .isEqualTo(422);

            // A link leads back to the Portal's own pages and nowhere else.
            assertThat(anderswo.sendeVon(CODE, CODE, "code", codes.get(1), "zu", "https://fremd.example")
                            .ziel())
                    .isEqualTo("/portal/konto");
        });
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT string_agg(passwort_hash || encode(totp, 'escape'), '') FROM kontozugang")
                                .query(String.class)
                                .single()))
                .doesNotContain(PASSWORT);
    }

    @Test
    void wer_raet_wird_gebremst_und_ein_vergessenes_passwort_kommt_neu() {
        var stadt = stadt();
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var geheimnis = konto(mensch, "anna@example.org");
            assertThat(mensch.hole("/portal/konto").status()).isEqualTo(200);

            var vergesslich = buerger();
            var seite = vergesslich.sendeVon(
                    "/portal/konto/vergessen", "/portal/konto/vergessen", "email", "anna@example.org");
            assertThat(seite.text())
                    .isEqualTo(vergesslich
                            .sendeVon("/portal/konto/vergessen", "/portal/konto/vergessen", "email", "nie@example.org")
                            .text());
            var link = link("anna@example.org", 2);
            assertThat(vergesslich.sendeVon(link, link, "passwort", "kurz").status())
                    .isEqualTo(422);
            assertThat(vergesslich
                            .sendeVon(link, link, "passwort", "regen tisch Achtzehn - laut")
                            .text())
                    .contains("Passwort ist geändert");
            assertThat(vergesslich.hole(link).status()).isEqualTo(404);
            // Wherever she was signed in, she is not any more; the second factor is still asked.
            assertThat(mensch.hole("/portal/konto").ziel()).isEqualTo(ANMELDEN);
            assertThat(passwort(mensch, "anna@example.org", PASSWORT).status()).isEqualTo(422);
            assertThat(passwort(mensch, "anna@example.org", "regen tisch Achtzehn - laut")
                            .ziel())
                    .startsWith(CODE);
            vergissSchritt(stadt.mandant());
            assertThat(mensch.sendeVon(CODE, CODE, "code", code(geheimnis)).ziel())
                    .isEqualTo("/portal/konto");
        });
        // Who never confirmed is forgotten, and the address is free.
        als(stadt.mandant(), () -> {
            var id = de.federwerk.basis.Kennung.neu();
            jdbc.sql("INSERT INTO konto (mandant_id, id, name, email) VALUES (?, ?, 'Nie', 'nie@example.org')")
                    .params(stadt.mandant(), id)
                    .update();
            jdbc.sql("INSERT INTO kontozugang (mandant_id, konto_id, passwort_hash) VALUES (?, ?, 'x')")
                    .params(stadt.mandant(), id)
                    .update();
        });
        // A sign-in that was begun before is no more tries once the Konto is closed.
        var halb = Mandantenkontext.<String, RuntimeException>alsBuerger(
                stadt.mandant(),
                "",
                () -> anmeldung
                        .beginne("anna@example.org", "regen tisch Achtzehn - laut")
                        .orElseThrow());
        sperre(stadt.mandant(), "now() + interval '1 minute'");
        assertThat(Mandantenkontext.<Boolean, RuntimeException>alsBuerger(
                        stadt.mandant(), "", () -> anmeldung.halb(halb).isPresent()))
                .isFalse();
        sperre(stadt.mandant(), "NULL");
        assertThat(Mandantenkontext.<Boolean, RuntimeException>alsBuerger(
                        stadt.mandant(), "", () -> anmeldung.halb(halb).isPresent()))
                .isTrue();
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM konto WHERE email = 'nie@example.org'")
                                .query(Long.class)
                                .single()))
                .isZero();
        // Ten wrong ones in a row, and even the right one waits; the answer is the same.
        Mandantenkontext.<Void, RuntimeException>alsBuerger(stadt.mandant(), "", () -> {
            for (int i = 0; i < Kontoanmeldung.VERSUCHE; i++) {
                assertThat(anmeldung.beginne("anna@example.org", "falsch " + i)).isEmpty();
            }
            assertThat(anmeldung.beginne("anna@example.org", "regen tisch Achtzehn - laut"))
                    .isEmpty();
            return null;
        });
        sperre(stadt.mandant(), "now() - interval '1 second'");
        Mandantenkontext.<Void, RuntimeException>alsBuerger(stadt.mandant(), "", () -> {
            assertThat(anmeldung.beginne("anna@example.org", "regen tisch Achtzehn - laut"))
                    .isPresent();
            return null;
        });
        // Of another town nothing, and what is secret no citizen reads by whatever way.
        var fremd = stadt();
        Mandantenkontext.<Void, RuntimeException>alsBuerger(fremd.mandant(), "", () -> {
            assertThat(anmeldung.beginne("anna@example.org", "regen tisch Achtzehn - laut"))
                    .isEmpty();
            for (var tabelle :
                    List.of("kontozugang", "kontolink", "kontoanmeldung", "kontoersatzcode", "kontositzung")) {
                assertThatThrownBy(() -> transaktion.execute(t -> jdbc.sql("SELECT count(*) FROM " + tabelle)
                                .query(Long.class)
                                .single()))
                        .as(tabelle)
                        .isInstanceOf(org.springframework.dao.DataAccessException.class);
            }
            return null;
        });
    }

    @Test
    void entwuerfe_kommen_mit_und_mit_dem_konto_geht_was_ihm_gehoert() {
        var stadt = stadt();
        als(stadt.mandant(), () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var beginn = mensch.sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag");
            var id = beginn.ziel().split("/")[3];
            konto(mensch, "mit@example.org");
            assertThat(mensch.hole("/portal/konto").text()).contains("In diesem Browser angefangen", "Hund anmelden");
            assertThat(mensch.sendeVon("/portal/konto", "/portal/konto/entwuerfe/" + id)
                            .status())
                    .isEqualTo(302);
            assertThat(mensch.hole(beginn.ziel()).status()).isEqualTo(200);
            var datei = mensch.hole("/portal/konto/daten.json").text();
            assertThat(datei).contains("mit@example.org", "Hund anmelden");

            mensch.sendeVon("/portal/konto", "/portal/konto/abmelden");
            // Signed out, this browser opens it no more.
            assertThat(mensch.hole(beginn.ziel()).status()).isEqualTo(404);
            assertThat(mensch.hole("/portal/konto/daten.json").status()).isEqualTo(403);
        });
        alsErster(stadt.mandant(), () -> {
            var andere = buerger();
            konto(andere, "geht@example.org");
            var beginn = andere.sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag");
            assertThat(andere.sendeVon("/portal/konto", "/portal/konto/loeschen", "passwort", "falsch falsch")
                            .status())
                    .isEqualTo(422);
            assertThat(andere.sendeVon("/portal/konto", "/portal/konto/loeschen", "passwort", PASSWORT)
                            .text())
                    .contains("Ihr Konto ist gelöscht");
            assertThat(andere.hole(beginn.ziel()).status()).isEqualTo(404);
            assertThat(passwort(andere, "geht@example.org", PASSWORT).status()).isEqualTo(422);
        });
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT concat_ws('|', k.name, k.email, a.stand, a.werte) FROM konto k JOIN antrag a ON a.konto_id = k.id WHERE k.geloescht IS NOT NULL")
                                .query(String.class)
                                .single()))
                .isEqualTo("|verworfen|{}");
    }
}
