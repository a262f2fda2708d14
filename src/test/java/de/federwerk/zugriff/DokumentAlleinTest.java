package de.federwerk.zugriff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.zugriff.Schutzgut.Art;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever may see a Dokument but not its Vorgang. */
class DokumentAlleinTest extends Teststadt {

    @Autowired
    Schutzwechsel wechsel;

    @Autowired
    Ausnahmen ausnahmen;

    @Autowired
    Stufen stufen;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Test
    void wer_nur_das_dokument_sieht_liest_es_und_erfaehrt_nicht_wie_der_vorgang_heisst() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Kündigung Zeisig");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Zylinderkopf".getBytes(StandardCharsets.UTF_8))));
        var leitung = als(stadt.mandant(), () -> {
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
            return karin;
        });
        var dokument = als(stadt.mandant(), () -> {
            var fremde = person(stadt.mandant(), "rita.voss", "Rita", "Voss", stadt.ordnung());
            var neu = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Gutachten.txt"),
                    Dokumente.Angaben.mitTitel("Gutachten"));
            wechsel.unterbreche(
                    leitung,
                    Art.DOKUMENT,
                    neu.id(),
                    Kennung.neu(),
                    false,
                    Map.of(new Empfaenger("person", fremde.person(), "Rita"), Recht.LESEN),
                    "Zweitmeinung");
            return neu.id();
        });

        var rita = angemeldet(stadt.mandant(), "rita.voss");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(rita.hole("/suche?q=Zylinderkopf").text()).contains("1 Treffer", "Gutachten"));
        assertThat(rita.hole("/suche?q=Zylinderkopf").text()).doesNotContain("Zeisig");
        assertThat(rita.hole("/suche?q=Zeisig").text()).contains("0 Treffer");
        assertThat(rita.hole("/vorgaenge/" + vorgang.id()).status()).isEqualTo(404);
        var dorthin = rita.hole("/dokumente/" + dokument);
        assertThat(dorthin.status()).isEqualTo(302);
        assertThat(rita.hole(dorthin.ziel()).status()).isEqualTo(200);

        // With the same rights as its Vorgang it is found by its title as well.
        als(stadt.mandant(), () -> wechsel.vererbeWieder(leitung, Art.DOKUMENT, dokument, "Erledigt"));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(anja.hole("/suche?q=Zeisig+Gutachten").text())
                                .contains("1 Treffer"));
        assertThat(rita.hole("/dokumente/" + dokument).status()).isEqualTo(404);
    }

    /** Found by the random towns: the list of who sees a Dokument left out whoever reaches it by its Vorgang, if the Vorgang was shut for the reader. */
    @Test
    void wer_ueber_einen_hoeher_eingestuften_vorgang_kommt_steht_in_der_liste_ohne_dessen_titel_und_grund() {
        var stadt = stadt();
        var anja = stadt.anja();
        var vorgang = vorgang(stadt, "Kündigung Zeisig");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Zylinderkopf".getBytes(StandardCharsets.UTF_8))));
        var dokument = als(stadt.mandant(), () -> {
            var rita = person(stadt.mandant(), "rita.voss", "Rita", "Voss", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, anja.person(), Rolle.GEHEIMSCHUTZ);
            personen.ermaechtige(Protokoll.PROGRAMM, anja.person(), 1);
            stufen.benenne(anja, 1, "vertraulich");
            var neu = dokumente.lege(
                    anja,
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Gutachten.txt"),
                    Dokumente.Angaben.mitTitel("Gutachten"));
            ausnahmen.gebeFrei(
                    anja,
                    Kennung.neu(),
                    vorgang.akteId(),
                    vorgang.id(),
                    rita.person(),
                    Recht.LESEN,
                    LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(7),
                    "wegen des Streits");
            return neu.id();
        });
        als(stadt.mandant(), () -> wechsel.setzeStufe(anja, Art.VORGANG, vorgang.id(), 1, "Personal"));
        als(stadt.mandant(), () -> wechsel.setzeStufe(anja, Art.DOKUMENT, dokument, 0, "offen"));

        var rita = angemeldet(stadt.mandant(), "rita.voss");
        assertThat(rita.hole("/vorgaenge/" + vorgang.id()).status()).isEqualTo(404);
        var seite = "/dokumente/" + dokument + "/zugriff";
        assertThat(rita.hole(seite + ".csv").text()).contains("Rita Voss");
        assertThat(rita.hole(seite).text())
                .contains("Rita Voss", vorgang.aktenzeichen())
                .doesNotContain("Zeisig", "Streits");
        assertThat(angemeldet(stadt.mandant(), "anja.mueller").hole(seite).text())
                .contains("Rita Voss", "Zeisig");
    }
}
