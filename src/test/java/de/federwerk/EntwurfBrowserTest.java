package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is typed and not sent: at another desk, for somebody else at this desk, after a refusal, after it was sent. */
class EntwurfBrowserTest extends Browsertest {

    @Test
    void ein_entwurf_ueberlebt_abmelden_und_geraet_und_gehoert_nur_einer_person() {
        var stadt = stadt();
        var amSchreibtisch = anja(stadt);
        var anfragen = anfragen(amSchreibtisch);
        amSchreibtisch.navigate("/akten/neu");
        amSchreibtisch.locator("#feld-titel").fill("Baumfällung");
        assertThat(amSchreibtisch.locator(".fw-entwurf"))
                .hasText(Pattern.compile("Entwurf gespeichert, \\d\\d:\\d\\d Uhr"));
        // The last word, and at once out of the house.
        amSchreibtisch.locator("#feld-titel").pressSequentially(" am Markt");
        amSchreibtisch.locator(".fw-kopf__person").click();
        amSchreibtisch.locator("button:has-text('Abmelden')").click();
        amSchreibtisch.waitForURL("**/anmelden?abgemeldet");
        assertThat(gemerkt(amSchreibtisch)).isEmpty();
        assertThat(anfragen)
                .as("keine Frage, wo nichts zu holen ist")
                .isNotEmpty()
                .allMatch(a -> a.startsWith("PUT"));

        // Somebody else, at the same desk and in the same tab.
        melde(amSchreibtisch, stadt, "petra.lueders");
        amSchreibtisch.navigate("/akten/neu");
        assertThat(amSchreibtisch.locator("#feld-titel")).hasValue("");
        assertThat(amSchreibtisch.locator(".fw-entwurf")).hasText("");

        var anderswo = anja(stadt);
        anderswo.navigate("/akten/neu");
        assertThat(anderswo.locator("#feld-titel")).hasValue("Baumfällung am Markt");
        var zeile = anderswo.locator(".fw-entwurf");
        assertThat(zeile).hasText(Pattern.compile("Entwurf wiederhergestellt, \\d\\d:\\d\\d Uhr\\s*Verwerfen"));
        anderswo.reload();
        assertThat(zeile).containsText("Entwurf wiederhergestellt");
        var geloescht = anderswo.waitForResponse(
                a -> a.request().method().equals("DELETE"),
                () -> zeile.getByText("Verwerfen").click());
        assertThat(geloescht.status()).isEqualTo(204);
        assertThat(anderswo.locator("#feld-titel")).hasValue("");
        assertThat(zeile).hasText("Entwurf verworfen");
        assertThat(zeile).isFocused();
        anderswo.reload();
        assertThat(anderswo.locator("#feld-titel")).hasValue("");
        assertThat(gemerkt(anderswo)).isEmpty();
    }

    @Test
    void wer_ohne_abmelden_uebernimmt_findet_nichts_von_der_person_davor() {
        var stadt = stadt();
        var seite = anja(stadt);
        seite.navigate("/akten/neu");
        seite.locator("#feld-titel").fill("Vertrauliches");
        assertThat(seite.locator(".fw-entwurf")).containsText("Entwurf gespeichert");
        // Her session is gone, her tab is still open: what she types stays in it, and nothing complains.
        seite.context().clearCookies();
        erlaubt(403);
        seite.locator("#feld-titel").fill("Vertrauliches, länger");
        assertThat(seite.locator(".fw-entwurf")).containsText("Entwurf nur in diesem Reiter gespeichert");
        assertThat(gemerkt(seite)).singleElement().asString().contains("länger");
        melde(seite, stadt, "petra.lueders");
        assertThat(gemerkt(seite)).isEmpty();
        seite.navigate("/akten/neu");
        assertThat(seite.locator("#feld-titel")).hasValue("");
    }

    @Test
    void nach_dem_absenden_ist_er_ueberall_fort_und_nach_einer_ablehnung_gilt_was_gesendet_wurde() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var seite = anja(stadt);
        seite.navigate("/akten/neu");
        seite.locator("#feld-titel").fill("Erster Gedanke");
        seite.locator("#feld-plan").fill("99.99");
        assertThat(seite.locator(".fw-entwurf")).containsText("Entwurf gespeichert");
        seite.locator("#feld-titel").fill("Zweiter Gedanke");
        erlaubt(422);
        seite.locator("main button.fw-knopf--haupt[type=submit]").click();
        assertThat(seite.locator(".fw-hinweis--fehler")).isVisible();
        assertThat(seite.locator("#feld-titel")).hasValue("Zweiter Gedanke");
        // The server learns it as well.
        bis(Duration.ofSeconds(15), "der Server hat es", () -> beimServer(stadt).contains("Zweiter Gedanke"));

        // Its next page is the same form, empty: what was sent must not come back into it.
        seite.navigate("/vorgaenge/" + vorgang.id());
        seite.locator("#vermerk").fill("Ortstermin am Dienstag");
        assertThat(seite.locator(".fw-vermerkfeld .fw-entwurf")).containsText("Entwurf gespeichert");
        var geloescht = seite.waitForResponse(
                a -> a.request().method().equals("DELETE"),
                () -> seite.locator(".fw-vermerkfeld button").click());
        assertThat(geloescht.status()).isEqualTo(204);
        assertThat(seite.locator(".fw-vermerk__text")).hasText("Ortstermin am Dienstag");
        assertThat(seite.locator("#vermerk")).hasValue("");
        assertThat(beimServer(stadt)).contains("Zweiter Gedanke").doesNotContain("Ortstermin");
    }

    @Test
    void ein_laufweg_mit_mehr_stationen_als_das_leere_formular_kommt_stueckweise_wieder() {
        var stadt = stadt();
        var pfad = "/vorgaenge/" + vorgang(stadt, "Baugerüst").id() + "/laufwege/neu";
        var seite = anja(stadt);
        seite.navigate(pfad);
        seite.locator("#auftrag-1").fill("zuerst");
        seite.locator("button[value=mehr]").click();
        // Looked at on the way, not sent off: what stands there is still a draft.
        assertThat(seite.locator("#auftrag-1")).hasValue("zuerst");
        seite.locator("#auftrag-4").fill("zuletzt");
        assertThat(seite.locator("form[data-entwurf^=laufweg] .fw-entwurf")).containsText("Entwurf gespeichert");

        var anderswo = anja(stadt);
        anderswo.navigate(pfad);
        assertThat(anderswo.locator("#auftrag-1")).hasValue("zuerst");
        assertThat(anderswo.locator("form[data-entwurf^=laufweg] .fw-entwurf"))
                .containsText("für das Übrige fehlen hier noch Felder");
        anderswo.locator("button[value=mehr]").click();
        assertThat(anderswo.locator("#auftrag-4")).hasValue("zuletzt");
    }

    @Test
    void was_nach_verlorener_sitzung_doch_noch_ankommt_ist_kein_entwurf_mehr() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var seite = anja(stadt);
        seite.navigate("/vorgaenge/" + vorgang.id());
        seite.locator("#vermerk").fill("Ortstermin am Dienstag");
        assertThat(seite.locator(".fw-vermerkfeld .fw-entwurf")).containsText("Entwurf gespeichert");
        seite.context().addCookies(List.of(new Cookie("FEDERWERK", "dmVyZ2Vzc2Vu").setUrl(url("/"))));
        seite.locator(".fw-vermerkfeld button").click();
        seite.waitForURL("**/anmelden?sitzung");
        assertThat(gemerkt(seite)).as("noch offen, ob es ankommt").hasSize(2);
        seite.getByLabel("Anmeldename").fill("anja.mueller@" + kuerzel(stadt));
        seite.getByLabel("Passwort").fill(PASSWORT);
        seite.locator("button:has-text('Anmelden')").click();
        seite.waitForURL("**/fortsetzen");
        seite.locator("button:has-text('Jetzt absenden')").click();
        assertThat(seite.locator(".fw-vermerk__text")).hasText("Ortstermin am Dienstag");
        assertThat(seite.locator("#vermerk")).hasValue("");
        bis(
                Duration.ofSeconds(15),
                "auch der Server hat keinen mehr",
                () -> beimServer(stadt).isEmpty());
        assertThat(gemerkt(seite)).isEmpty();
    }

    /** What the server keeps for Anja. */
    private String beimServer(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "SELECT coalesce(string_agg(felder::text, ' '), '') FROM entwurf WHERE mandant_id = ? AND person_id = ?")
                        .params(stadt.mandant(), stadt.anja().person())
                        .query(String.class)
                        .single());
    }

    /** What the tab keeps of drafts. */
    @SuppressWarnings("unchecked")
    private static List<Object> gemerkt(Page seite) {
        return (List<Object>) seite.evaluate(
                "Object.entries(sessionStorage).filter(([s]) => s.startsWith('fw-entwurf:')).map(([, w]) => w)");
    }

    /** Each request for drafts from here on. */
    private static List<String> anfragen(Page seite) {
        var anfragen = new CopyOnWriteArrayList<String>();
        seite.onRequest(a -> {
            if (a.url().contains("/entwuerfe")) anfragen.add(a.method() + " " + a.url());
        });
        return anfragen;
    }
}
