package de.federwerk.anmeldung;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** A town whose people set up second factors as everybody does: over the pages. */
abstract class Anmeldetest extends Teststadt {

    private static final Pattern GEHEIMNIS = Pattern.compile("Geheimnis: <code>([A-Z2-7 ]+)</code>");
    private static final Pattern CODES = Pattern.compile("<li><code>([a-z0-9-]{19})</code></li>");

    @Autowired
    SessionRepository<? extends Session> lager;

    /** @param geheimnis of the app @param ersatzcodes as they were shown */
    record Faktor(byte[] geheimnis, List<String> ersatzcodes) {

        /** The code of now, or of some steps from now. */
        String code(int weiter) {
            return Einmalcode.code(geheimnis, Einmalcode.schritt(Instant.now()) + weiter);
        }
    }

    Faktor richteAppEin(Browser browser) {
        var seite = browser.hole("/anmeldung/app");
        var treffer = GEHEIMNIS.matcher(seite.text());
        assertThat(treffer.find()).as(seite.status() + " " + seite.ziel()).isTrue();
        var geheimnis = ausBase32(treffer.group(1));
        var antwort = browser.sende(
                "/anmeldung/app",
                seite.geheim(),
                "code",
                Einmalcode.code(geheimnis, Einmalcode.schritt(Instant.now())));
        return new Faktor(
                geheimnis,
                CODES.matcher(antwort.text()).results().map(t -> t.group(1)).toList());
    }

    private static byte[] ausBase32(String text) {
        var zeichen = text.replace(" ", "");
        var bytes = new byte[zeichen.length() * 5 / 8];
        for (int i = 0; i < bytes.length * 8; i++) {
            int wert = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(zeichen.charAt(i / 5));
            bytes[i / 8] |= (byte) ((wert >> 4 - i % 5 & 1) << 7 - i % 8);
        }
        return bytes;
    }

    /** The password was right, the second factor is still to come. */
    Browser halb(Stadt stadt, String anmeldename) {
        var browser = new Browser(url(""));
        assertThat(browser.melde(mitMandant(stadt.mandant(), anmeldename), PASSWORT)
                        .ziel())
                .isEqualTo("/anmelden/faktor");
        return browser;
    }

    /** As if the code of the setting up had been minutes ago: a code is good once. */
    void vergissCodes(Stadt stadt, UUID person) {
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE zweiter_faktor SET letzter_schritt = 0 WHERE mandant_id = ? AND person_id = ?")
                        .params(stadt.mandant(), person)
                        .update());
    }

    static String kennung(Browser browser) {
        return new String(
                Base64.getDecoder().decode(browser.sitzung().orElseThrow().getValue()), StandardCharsets.US_ASCII);
    }

    /** As if the last sign-in or confirmation in this browser had been so long ago. */
    void altere(Browser browser, Duration um) {
        altere(lager, kennung(browser), um);
    }

    private static <S extends Session> void altere(SessionRepository<S> lager, String kennung, Duration um) {
        var sitzung = lager.findById(kennung);
        sitzung.setAttribute("federwerk.angemeldet", Instant.now().minus(um));
        sitzung.removeAttribute("federwerk.bestaetigt");
        lager.save(sitzung);
    }

    List<String> handlungen(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT handlung FROM protokoll WHERE mandant_id = ? ORDER BY zeit")
                        .param(stadt.mandant())
                        .query(String.class)
                        .list());
    }
}
