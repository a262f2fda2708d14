package de.federwerk.zugriff;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a role changes for a person is shown before it is given or taken. */
class RollenwirkungTest extends Zugriffstest {

    private Fall verwaltet() {
        var fall = fall();
        als(
                fall.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, fall.stadt().anja().person(), Rolle.ADMINISTRATION));
        return fall;
    }

    private void gebeFrei(Fall fall, UUID rolle, Recht recht) {
        als(
                fall.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.ROLLE, rolle, Ziel.EINHEIT, fall.stadt().tiefbau(), recht));
    }

    @Test
    void eine_eigene_rolle_zeigt_vorher_wie_viele_akten_sie_oeffnet_und_schliesst() {
        var fall = verwaltet();
        vorgang(fall.stadt(), "Baugerüst");
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        var seite = "/verwaltung/rechte/rollen";
        var rolle = Kennung.neu();
        anja.sendeVon(seite, seite, "id", rolle.toString(), "name", "Krisenstab");
        var mitglieder = seite + "/" + rolle + "/mitglieder";
        assertThat(anja.sendeVon(seite, mitglieder, "wen", "petra.lueders").text())
                .contains("öffnet keine Akten", "Noch ist nichts geändert");

        gebeFrei(fall, rolle, Recht.LESEN);
        var vorschau = anja.sendeVon(seite, mitglieder, "wen", "petra.lueders");
        assertThat(vorschau.text().replaceAll("\\s+", " "))
                .contains("Petra Lüders</strong> bekommt die Rolle <strong>Krisenstab", "1 Freigabe")
                .contains("lesen</th><td data-spalte=\"jetzt\">keine Akten</td>", "<strong>2 Akten</strong>", "2 mehr")
                .contains("verwalten</th><td data-spalte=\"jetzt\">keine Akten</td><td data-spalte=\"danach\">ebenso");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(404);

        // Meanwhile it became another one: shown anew, not done.
        gebeFrei(fall, rolle, Recht.BEARBEITEN);
        var neu = anja.sendeVon(seite, mitglieder, "wen", "petra.lueders", "gesehen", gesehen(vorschau));
        assertThat(neu.text()).contains("Noch ist nichts geändert", "2 Freigaben");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(404);
        assertThat(anja.sendeVon(seite, mitglieder, "wen", "petra.lueders", "gesehen", gesehen(neu))
                        .ziel())
                .isEqualTo(seite + "?erledigt=gegeben");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(200);

        var besetzung = als(
                fall.mandant(),
                () -> jdbc.sql("SELECT id FROM rollenbesetzung WHERE mandant_id = ? AND rolle_id = ?")
                        .params(fall.mandant(), rolle)
                        .query(UUID.class)
                        .single());
        var ende = mitglieder + "/" + besetzung + "/ende";
        assertThat(anja.sendeVon(seite, ende).text()).contains("verliert die Rolle", "2 weniger");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(200);
        assertThat(nachVorschau(anja, seite, ende).ziel()).isEqualTo(seite + "?erledigt=genommen");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).status()).isEqualTo(404);
    }

    @Test
    void eine_rolle_des_programms_sagt_dass_sie_keine_akten_oeffnet_oder_wie_viele() {
        var fall = verwaltet();
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var person = "/verwaltung/personen/" + fall.stadt().petra().person();
        var wirkung = person + "/rollen/wirkung";
        assertThat(anja.hole(person).text()).contains("action=\"" + wirkung + "\"");
        assertThat(anja.hole(wirkung + "?rolle=TECHNIK&was=geben").text())
                .contains("öffnet keine Akten", "Störungen")
                .doesNotContain("data-spalte=\"jetzt\"");

        gebeFrei(fall, als(fall.mandant(), () -> personen.rolle(Rolle.DATENSCHUTZ)), Recht.LESEN);
        var vorschau = anja.hole(wirkung + "?rolle=DATENSCHUTZ&was=geben");
        assertThat(vorschau.text()).contains("1 Freigabe", "1 mehr").doesNotContain("öffnet keine Akten");
        assertThat(als(
                                fall.mandant(),
                                () -> personen.profil(fall.stadt().petra().person()))
                        .orElseThrow()
                        .hat(Rolle.DATENSCHUTZ))
                .isFalse();
        var geben = new String[] {"rolle", "DATENSCHUTZ", "was", "geben"};
        assertThat(nachVorschau(anja, wirkung + "?rolle=DATENSCHUTZ", wirkung, geben)
                        .ziel())
                .isEqualTo(person + "?getan=rolle");
        assertThat(anja.hole(wirkung + "?rolle=DATENSCHUTZ&was=nehmen").text()).contains("1 weniger");
        var nehmen = new String[] {"rolle", "DATENSCHUTZ", "was", "nehmen"};
        nachVorschau(anja, wirkung + "?rolle=DATENSCHUTZ&was=nehmen", wirkung, nehmen);
        assertThat(angemeldet(fall.mandant(), "petra.lueders")
                        .hole("/akten/" + fall.vorgang().akteId())
                        .status())
                .isEqualTo(404);

        // What the act refuses, the preview refuses.
        var eigene = "/verwaltung/personen/" + fall.stadt().anja().person() + "/rollen/wirkung";
        var letzte = anja.hole(eigene + "?rolle=ADMINISTRATION&was=nehmen");
        assertThat(letzte.status()).isEqualTo(409);
        assertThat(letzte.text()).contains("niemand mehr da, der verwalten darf");
        assertThat(angemeldet(fall.mandant(), "petra.lueders").hole(wirkung).status())
                .isEqualTo(403);
        assertThat(anja.hole("/verwaltung/personen/" + Kennung.neu() + "/rollen/wirkung?rolle=TECHNIK")
                        .status())
                .isEqualTo(404);
    }
}
