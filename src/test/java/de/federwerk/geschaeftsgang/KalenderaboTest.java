package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class KalenderaboTest extends Teststadt {

    private static final Pattern ADRESSE = Pattern.compile("<code>https?://[^/]+(/kalender/abo/[^<]+)</code>");

    @Autowired
    Laufwege laufwege;

    @Test
    void die_geheime_adresse_zeigt_die_eigenen_fristen_und_nach_dem_ende_nichts_mehr() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Geheimer Titel");
        var tag = LocalDate.now(Anzeige.ZONE).plusDays(10);
        als(
                stadt.mandant(),
                () -> laufwege.beginne(
                        stadt.anja(),
                        new Laufwegentwurf(
                                Kennung.neu(),
                                vorgang.id(),
                                null,
                                "x",
                                false,
                                List.of(new Station(
                                        Kennung.neu(),
                                        1,
                                        1,
                                        1,
                                        Stationsart.BEARBEITUNG,
                                        new Empfaenger("person", stadt.petra().person()),
                                        "",
                                        null,
                                        tag,
                                        false,
                                        null,
                                        null,
                                        null)))));
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var adresse = erzeuge(petra);
        var niemand = new Browser(url(""));
        var kalender = niemand.hole(adresse);
        assertThat(kalender.status()).isEqualTo(200);
        assertThat(kalender.kopf("Content-Type")).startsWith("text/calendar");
        assertThat(kalender.text())
                .startsWith("BEGIN:VCALENDAR\r\n")
                .endsWith("END:VCALENDAR\r\n")
                .contains("DTSTART;VALUE=DATE:" + DateTimeFormatter.BASIC_ISO_DATE.format(tag))
                .contains("SUMMARY:Zur Bearbeitung " + vorgang.aktenzeichen())
                .doesNotContain("Geheimer Titel");
        kalender.text().lines().forEach(zeile -> assertThat(zeile.length()).isLessThanOrEqualTo(75));

        // Somebody else's shows nothing of it; a wrong secret, another town and the old address open nothing.
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(niemand.hole(erzeuge(anja)).text()).doesNotContain("VEVENT");
        assertThat(niemand.hole(adresse + "x").status()).isEqualTo(404);
        var fremde = stadt();
        assertThat(niemand.hole(adresse.replace(
                                stadt.mandant().toString(), fremde.mandant().toString()))
                        .status())
                .isEqualTo(404);
        var neue = erzeuge(petra);
        assertThat(niemand.hole(adresse).status()).isEqualTo(404);
        assertThat(petra.sendeVon("/kalender", "/kalender", "beenden", "true").ziel())
                .isEqualTo("/kalender");
        assertThat(niemand.hole(neue).status()).isEqualTo(404);
    }

    @Test
    void was_einer_stelle_galt_steht_nach_ihrem_ende_so_wenig_im_kalender_wie_im_postkorb() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Offen");
        var stelle = als(stadt.mandant(), () -> {
            // She sees the Vorgang anyway.
            berechtigungen.gebeFrei(Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, stadt.tiefbau(), Recht.LESEN);
            return jdbc.sql("SELECT stelle_id FROM stellenbesetzung WHERE mandant_id = ? AND person_id = ?")
                    .params(stadt.mandant(), stadt.petra().person())
                    .query(UUID.class)
                    .single();
        });
        als(
                stadt.mandant(),
                () -> laufwege.beginne(
                        stadt.anja(),
                        new Laufwegentwurf(
                                Kennung.neu(),
                                vorgang.id(),
                                null,
                                "x",
                                false,
                                List.of(new Station(
                                        Kennung.neu(),
                                        1,
                                        1,
                                        1,
                                        Stationsart.BEARBEITUNG,
                                        new Empfaenger("stelle", stelle),
                                        "",
                                        null,
                                        LocalDate.now(Anzeige.ZONE).plusDays(10),
                                        false,
                                        null,
                                        null,
                                        null)))));
        var adresse = erzeuge(angemeldet(stadt.mandant(), "petra.lueders"));
        var niemand = new Browser(url(""));
        assertThat(niemand.hole(adresse).text()).contains(vorgang.aktenzeichen());
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE stelle SET gueltig_bis = now() WHERE mandant_id = ? AND id = ?")
                        .params(stadt.mandant(), stelle)
                        .update());
        assertThat(niemand.hole(adresse).text()).startsWith("BEGIN:VCALENDAR").doesNotContain("VEVENT");
    }

    private static String erzeuge(Browser wer) {
        var treffer = ADRESSE.matcher(wer.sendeVon("/kalender", "/kalender").text());
        assertThat(treffer.find()).isTrue();
        return treffer.group(1);
    }
}
