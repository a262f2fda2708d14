package de.federwerk.zugriff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sonderbereiche;
import de.federwerk.zugriff.Schutzgut.Art;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One's own Personalakte: said once at the Akte, and shut for whom it is about. */
class PersonalakteTest extends Zugriffstest {

    @Autowired
    Personalakten personalakten;

    @Autowired
    Rechtevorlagen vorlagen;

    @Autowired
    Sonderbereiche sonderbereiche;

    @Test
    void die_eigene_personalakte_ist_zu_und_wen_sie_betrifft_hebt_es_nicht_auf() {
        var fall = fall();
        var akte = fall.vorgang().akteId();
        var pfad = "/akten/" + akte + "/zugriff";
        var karin = angemeldet(fall.mandant(), "karin.ahrens");
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        assertThat(karin.hole(pfad).text()).contains("Als Personalakte führen");
        assertThat(anja.hole(pfad + "/personalakte").status()).isEqualTo(403);

        var meins = "/personen/" + fall.stadt().anja().person() + "/zugriff";
        assertThat(anja.hole(meins).text()).contains("liest 1 Akte über");
        var felder = new String[] {"id", Kennung.neu().toString(), "wer", "anja.mueller"};
        var vorschau = karin.sendeVon(pfad + "/personalakte", pfad + "/personalakte", felder);
        assertThat(vorschau.text()).contains("Noch ist nichts geändert", "Anja Müller", "sieht es dann nicht mehr");
        assertThat(anja.hole("/akten/" + akte).status()).isEqualTo(200);
        assertThat(nachVorschau(karin, pfad + "/personalakte", pfad + "/personalakte", felder)
                        .ziel())
                .isEqualTo(pfad + "?erledigt=personalakte");

        for (var zu : List.of(
                "/akten/" + akte,
                pfad,
                pfad + ".csv",
                "/vorgaenge/" + fall.vorgang().id())) {
            assertThat(anja.hole(zu).status()).as(zu).isEqualTo(404);
        }
        assertThat(anja.hole("/suche?q=Werbeanlage").text()).contains("0 Treffer");
        // No number tells her of it either.
        assertThat(anja.hole(meins).text()).contains("liest keine Akten über").doesNotContain("ausgeschlossen");
        assertThat(karin.hole(pfad).text())
                .contains("Personalakte von <strong>Anja Müller</strong>", "Eigene Personalakte")
                .doesNotContain("Als Personalakte führen");
        assertThat(karin.hole(pfad + "?wen=anja.mueller").text())
                .contains(
                        "Anja Müller sieht diese Akte <strong>nicht",
                        "Das ist die eigene Personalakte",
                        "Personalstelle");
        assertThat(karin.hole("/akten/" + akte).text()).contains("führt die Akte als Personalakte von");
        // Sent twice it is said once; of somebody else it is not at the same time.
        als(
                fall.mandant(),
                () -> personalakten.fuehre(
                        fall.karin(), Kennung.neu(), akte, fall.stadt().anja().person(), false));
        assertThat(ausschluesse(fall)).hasSize(1);
        assertThat(karin.sendeVon(
                                pfad,
                                pfad + "/personalakte",
                                "id",
                                Kennung.neu().toString(),
                                "wer",
                                "petra.lueders")
                        .text())
                .contains("schon die Personalakte von Anja Müller");

        var ausschluss = ausschluesse(fall).getFirst();
        var ende = pfad + "/ausschluesse/" + ausschluss + "/ende";
        assertThat(anja.sendeVon("/postkorb", ende, "grund", "meine").status()).isEqualTo(404);
        assertThatThrownBy(() ->
                        als(fall.mandant(), () -> ausnahmen.lasseZu(fall.stadt().anja(), ausschluss, akte, "meine")))
                .isInstanceOf(NichtGefunden.class);
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> jdbc.sql(
                                        "UPDATE ausschluss SET gueltig_bis = now(), beendet_von = person_id WHERE id = ?")
                                .param(ausschluss)
                                .update()))
                .hasStackTraceContaining("nicht_die_eigene");
        karin.sendeVon(pfad, ende, "grund", "Falsche Akte");
        assertThat(anja.hole("/akten/" + akte).status()).isEqualTo(200);
        assertThat(karin.hole("/akten/" + akte).text()).contains("nicht mehr als Personalakte von");
    }

    private List<UUID> ausschluesse(Fall fall) {
        return als(
                fall.mandant(),
                () -> jdbc.sql("SELECT id FROM ausschluss WHERE mandant_id = ?")
                        .param(fall.mandant())
                        .query(UUID.class)
                        .list());
    }

    @Test
    void wer_als_letzter_verwaltet_schliesst_die_akte_nicht_vor_allen_zu() {
        var fall = fall();
        var akte = fall.vorgang().akteId();
        var pfad = "/akten/" + akte + "/zugriff";
        var karin = angemeldet(fall.mandant(), "karin.ahrens");
        var felder = new String[] {"id", Kennung.neu().toString(), "wer", "karin.ahrens"};
        var abgelehnt = karin.sendeVon(pfad, pfad + "/personalakte", felder);
        assertThat(abgelehnt.status()).isEqualTo(409);
        assertThat(abgelehnt.text()).contains("niemand mehr bestimmen", "Es wurde nichts geändert");
        var befangen = karin.sendeVon(
                pfad,
                pfad + "/befangenheit",
                "id",
                Kennung.neu().toString(),
                "grund",
                "Der Antragsteller ist mein Bruder");
        assertThat(befangen.text()).contains("niemand mehr bestimmen");
        assertThat(karin.hole(pfad).status()).isEqualTo(200);

        // Whoever may work on it is not enough; whoever manages it is.
        als(
                fall.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON,
                        fall.stadt().petra().person(),
                        Ziel.EINHEIT,
                        fall.stadt().tiefbau(),
                        Recht.VERWALTEN));
        assertThat(nachVorschau(karin, pfad, pfad + "/personalakte", felder).ziel())
                .isEqualTo("/akten");
        assertThat(karin.hole(pfad).status()).isEqualTo(404);
        assertThat(angemeldet(fall.mandant(), "petra.lueders").hole(pfad).text())
                .contains("Personalakte von <strong>Karin Ahrens</strong>");
    }

    @Test
    void bei_den_personalakten_fragt_die_seite_wessen_sie_ist_und_der_akt_legt_eine_andere_hinein() {
        var fall = fall();
        var akte = fall.vorgang().akteId();
        var pfad = "/akten/" + akte + "/zugriff";
        var andere = vorgang(fall.stadt(), "Ernennung");
        var bereich = als(fall.mandant(), () -> {
            vorlagen.wendeAn(
                    fall.karin(),
                    new Rechtevorlagen.Auftrag(
                            Kennung.neu(),
                            Rechtevorlage.PERSONALAKTEN,
                            List.of(fall.stadt().tiefbau()),
                            null));
            var sonder = sonderbereiche.suche("Personalakten").getFirst().id();
            wechsel.unterbreche(fall.karin(), Art.AKTE, andere.akteId(), sonder, true, Map.of(), "Personal");
            return sonder;
        });
        var karin = angemeldet(fall.mandant(), "karin.ahrens");
        assertThat(karin.hole("/akten/" + andere.akteId() + "/zugriff").text())
                .contains("Wessen Personalakte ist das?");
        assertThat(karin.hole("/akten/" + andere.akteId() + "/zugriff/personalakte")
                        .text())
                .doesNotContain("name=\"hinein\"");
        assertThat(karin.hole(pfad).text()).doesNotContain("Wessen Personalakte ist das?");
        assertThat(karin.hole(pfad + "/personalakte").text()).contains("name=\"hinein\"");

        nachVorschau(
                karin,
                pfad,
                pfad + "/personalakte",
                "id",
                Kennung.neu().toString(),
                "wer",
                "petra.lueders",
                "hinein",
                "true");
        assertThat(als(fall.mandant(), () -> gueter.sichtbares(fall.karin(), Art.AKTE, akte))
                        .sonderId())
                .isEqualTo(bereich);
        assertThat(karin.hole(pfad).text()).contains("Personalakte von <strong>Petra Lüders</strong>");
    }
}
