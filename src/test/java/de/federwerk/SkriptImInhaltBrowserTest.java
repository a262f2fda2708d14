package de.federwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.federwerk.datei.Muster;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Script in everything that comes from outside and is shown: name, subject, sender, text, titles. No page may run a bit of it. */
class SkriptImInhaltBrowserTest extends Browsertest {

    private static final String BOESE =
            "'\"`><svg/onload=window.xss=1><img src=x onerror=window.xss=1>{{7*7}}</title></textarea></script><script>window.xss=1</script>";

    @Test
    void kein_skript_aus_einem_inhalt_laeuft_auf_irgendeiner_seite() {
        var stadt = stadt();
        var post = eingang(
                stadt,
                BOESE + ".eml",
                Muster.bytes("From: \"" + BOESE.replace("\"", "") + "\" <a@example.org>\r\nSubject: " + BOESE
                        + "\r\nDate: " + BOESE
                        + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=Z\r\n\r\n--Z\r\nContent-Type: text/html\r\n\r\n<p>Anhörung "
                        + BOESE.replace("<", "&lt;")
                        + "</p><form action=//boese.example><meta http-equiv=refresh content='0;url=//boese.example'>\r\n--Z\r\nContent-Type: text/plain; name=\""
                        + BOESE.replace("\"", "")
                        + ".svg\"\r\n\r\n<svg onload=window.xss=1>\r\n--Z--\r\n"));
        eingang(stadt, "<script>window.xss=1</script>.pdf", Muster.bytes("%PDF-1.7 " + BOESE));
        eingang(stadt, "javascript:window.xss=1.html", Muster.bytes("<body onload=window.xss=1>Anhörung"));
        bisGelesen(stadt, 4);
        var vorgang = vorgang(stadt, BOESE);
        als(stadt.mandant(), () -> {
            vorgaenge.vermerke(stadt.anja(), de.federwerk.basis.Kennung.neu(), vorgang.id(), BOESE);
            eingaenge.lege(stadt.anja(), post, vorgang.id(), BOESE, BOESE);
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.TECHNIK);
        });
        var dialoge = new ArrayList<String>();
        var seite = anja(stadt);
        seite.onDialog(d -> {
            dialoge.add(d.message());
            d.dismiss();
        });
        for (var pfad : pfade(stadt, vorgang.id(), vorgang.akteId(), post)) {
            seite.navigate(pfad);
            seite.waitForLoadState();
            assertThat(seite.evaluate("() => window.xss === undefined"))
                    .as(pfad)
                    .isEqualTo(true);
            assertThat(seite.locator("main img[src='x'], main svg[onload], main script:not([src])")
                            .count())
                    .as(pfad)
                    .isZero();
        }
        tippe(seite);
        assertThat(dialoge).isEmpty();
    }

    /** What a script of ours puts into the page: choices while typing. */
    private static void tippe(Page seite) {
        seite.navigate("/posteingang");
        seite.keyboard().press("/");
        seite.keyboard().type("Anhörung");
        seite.keyboard().press("Enter");
        seite.waitForURL(Pattern.compile(".*/suche.*"));
        seite.waitForLoadState();
        assertThat(seite.evaluate("() => window.xss === undefined")).isEqualTo(true);
    }

    private List<String> pfade(Stadt stadt, UUID vorgang, UUID akte, UUID post) {
        var pfade = new ArrayList<>(List.of(
                "/postkorb",
                "/posteingang?status=alle",
                "/posteingang/" + post + "?status=alle",
                "/vorgaenge/" + vorgang,
                "/akten/" + akte,
                "/akten/" + akte + "/protokoll",
                "/akten",
                "/stoerungen",
                "/suche?q=Anh%C3%B6rung",
                "/suche?q=%22%3E%3Csvg%2Fonload%3Dwindow.xss%3D1%3E"));
        als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT id FROM dokument")
                                .query(UUID.class)
                                .list())
                .forEach(id -> pfade.add("/vorgaenge/" + vorgang + "?dokument=" + id + "&q=Anh%C3%B6rung"));
        als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT id FROM eingang WHERE status = 'offen'")
                                .query(UUID.class)
                                .list())
                .forEach(id -> pfade.add("/posteingang/" + id));
        return pfade;
    }
}
