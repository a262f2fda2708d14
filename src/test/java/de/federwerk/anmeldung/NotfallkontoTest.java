package de.federwerk.anmeldung;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NotfallkontoTest extends Anmeldetest {

    private static final String GRUND = "Beide Administratoren im Krankenhaus";

    private String umschlag(Stadt stadt) {
        als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION);
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.DATENSCHUTZ);
        });
        return neuerUmschlag(angemeldet(stadt.mandant(), "petra.lueders"));
    }

    private static String neuerUmschlag(Browser petra) {
        var seite = petra.sendeVon("/verwaltung/notfallkonto", "/verwaltung/notfallkonto")
                .text();
        var treffer = Pattern.compile("<code>([a-z0-9-]{39})</code>").matcher(seite);
        assertThat(treffer.find()).isTrue();
        return treffer.group(1);
    }

    private Browser.Seite benutze(Browser browser, Stadt stadt, String geheimnis, String grund) {
        var kuerzel = mitMandant(stadt.mandant(), "").substring(1);
        return browser.sendeVon(
                "/anmelden/notfall", "/anmelden/notfall", "behoerde", kuerzel, "geheimnis", geheimnis, "grund", grund);
    }

    @Test
    void der_umschlag_oeffnet_einmal_mit_grund_und_alle_erfahren_es() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Geheime Sache");
        var geheimnis = umschlag(stadt);
        var notfall = new Browser(url(""));
        assertThat(benutze(notfall, stadt, geheimnis, "kurz").text()).contains("Bitte nennen Sie den Grund");
        assertThat(benutze(notfall, stadt, geheimnis.replace('-', ' ').toUpperCase(Locale.ROOT), GRUND)
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(notfall.hole("/verwaltung").status()).isEqualTo(200);
        altere(notfall, Duration.ofMinutes(30));
        assertThat(notfall.sendeVon("/verwaltung/anmeldung", "/verwaltung/anmeldung")
                        .ziel())
                .as("bestätigen kann es nichts mehr")
                .startsWith("/verwaltung/anmeldung");

        assertThat(notfall.hole("/anmeldung").text())
                .contains("öffnet nur der Umschlag")
                .doesNotContain("App einrichten", "Passkey hinzufügen", "ändern Sie Ihr Passwort");
        assertThat(notfall.hole("/anmeldung/app").ziel()).isEqualTo("/anmeldung");
        assertThat(notfall.hole("/anmeldung/passkeys/neu").ziel()).isEqualTo("/anmeldung");

        // It reads no file, even if somebody lets it.
        var person = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM person WHERE mandant_id = ? AND art = 'notfall'")
                        .param(stadt.mandant())
                        .query(UUID.class)
                        .single());
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(Subjekt.PERSON, person, Ziel.EINHEIT, stadt.tiefbau(), Recht.VERWALTEN));
        assertThat(notfall.hole("/akten/" + vorgang.akteId()).status()).isEqualTo(404);
        assertThat(notfall.hole("/vorgaenge/" + vorgang.id()).status()).isEqualTo(404);
        assertThat(notfall.sendeVon("/verwaltung/notfallkonto", "/verwaltung/notfallkonto")
                        .status())
                .as("keinen neuen Umschlag für sich selbst")
                .isEqualTo(403);

        for (var wer : new String[] {"petra.lueders", "anja.mueller"}) {
            var seite = angemeldet(stadt.mandant(), wer);
            assertThat(seite.hole("/meldungen").text()).as(wer).contains("Das Notfallkonto wird benutzt");
            assertThat(seite.hole("/verwaltung/notfallkonto").text()).as(wer).contains(GRUND);
        }
        assertThat(handlungen(stadt)).contains("notfallkonto.umschlag", "notfallkonto.benutzt");

        assertThat(benutze(new Browser(url("")), stadt, geheimnis, GRUND).text())
                .contains("verbraucht");
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE person SET gueltig_bis = now() WHERE mandant_id = ? AND id = ?")
                        .params(stadt.mandant(), person)
                        .update());
        assertThat(notfall.hole("/verwaltung").ziel()).as("nach der Stunde").isEqualTo("/anmelden?beendet");
    }

    @Test
    void ein_neuer_umschlag_ersetzt_den_alten_und_gilt_nur_in_seiner_stadt() {
        var stadt = stadt();
        var fremde = stadt();
        var erster = umschlag(stadt);
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var zweiter = neuerUmschlag(petra);
        assertThat(benutze(new Browser(url("")), stadt, erster, GRUND).text()).contains("ersetzt");
        assertThat(benutze(new Browser(url("")), fremde, zweiter, GRUND).text()).contains("stimmt nicht");
        assertThat(benutze(new Browser(url("")), stadt, zweiter, GRUND).ziel()).isEqualTo("/postkorb");
        // A second emergency within the hour.
        assertThat(benutze(new Browser(url("")), stadt, neuerUmschlag(petra), GRUND)
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(petra.sendeVon("/verwaltung/notfallkonto", "/verwaltung/notfallkonto")
                        .text())
                .as("auf Papier steht die ganze Adresse, und wessen Umschlag es ist")
                .contains(
                        url("/anmelden/notfall"),
                        "<dd>" + mitMandant(stadt.mandant(), "").substring(1) + "</dd>");
        petra.sendeVon("/verwaltung/notfallkonto", "/verwaltung/notfallkonto/ende");
        assertThat(petra.hole("/verwaltung/notfallkonto").text()).contains("Zurzeit gilt kein Umschlag");
        assertThat(angemeldet(fremde.mandant(), "anja.mueller")
                        .hole("/verwaltung/notfallkonto")
                        .status())
                .isEqualTo(403);
    }
}
