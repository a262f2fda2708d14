package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Dokumente checked out and in again, taken back, and their Versions beside each other. */
class AuscheckungTest extends Teststadt {

    @Autowired
    Auscheckung auscheckung;

    @Autowired
    Bearbeitungssperren sperren;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    private record Fall(Stadt stadt, Anmeldung joerg, Anmeldung karin, UUID vorgang, UUID dokument) {

        String seite() {
            return "/vorgaenge/" + vorgang + "?dokument=" + dokument;
        }

        String pfad(String rest) {
            return "/dokumente/" + dokument + rest;
        }
    }

    private Fall fall() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst").id();
        var dokument = Kennung.neu();
        var leute = als(stadt.mandant(), () -> {
            var karin = personen.nimmAuf(Protokoll.PROGRAMM, "karin.ahrens", "Karin", "Ahrens", null, false);
            personen.setzePasswort(Protokoll.PROGRAMM, karin, PASSWORT, false);
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin);
            return new Anmeldung[] {
                person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau()),
                new Anmeldung(stadt.mandant(), karin, personen.pseudonym(karin), "Karin Ahrens")
            };
        });
        var fall = new Fall(stadt, leute[0], leute[1], vorgang, dokument);
        var bytes = bytes(fall, "Bescheid\nDie Gebühr beträgt 40 Euro.\nMit freundlichen Grüßen");
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(),
                        dokument,
                        vorgang,
                        dateien.aufnehmen(bytes, "Bescheid.txt"),
                        Dokumente.Angaben.mitTitel("Bescheid Baugerüst")));
        return fall;
    }

    private de.federwerk.ablage.Blob bytes(Fall fall, String text) {
        return Mandantenkontext.als(
                fall.stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    private void neueVersion(Fall fall, Anmeldung wer, String text) {
        var bytes = bytes(fall, text);
        als(
                fall.stadt.mandant(),
                () -> dokumente.neueVersion(
                        wer, Kennung.neu(), fall.dokument, dateien.aufnehmen(bytes, "Bescheid.txt")));
    }

    @Test
    void ausgecheckt_sehen_es_alle_und_nur_wer_es_hat_legt_eine_version_ab() {
        var fall = fall();
        var anja = angemeldet(fall.stadt.mandant(), "anja.mueller");
        var joerg = angemeldet(fall.stadt.mandant(), "joerg.sander");
        assertThat(anja.sendeVon(fall.seite(), fall.pfad("/sperre"), "grund", "wird gekürzt")
                        .ziel())
                .isEqualTo(fall.seite());
        assertThat(joerg.hole(fall.seite()).text())
                .contains("Ausgecheckt von", "Anja Müller", "wird gekürzt")
                .doesNotContain("Neue Version ablegen", "/sperre/aufhebung");
        assertThat(anja.hole(fall.seite()).text()).contains("Von Ihnen ausgecheckt", "Freigeben", "Danach freigeben");

        var fremd = joerg.ladeHoch("/postkorb", fall.pfad("/versionen"), "Bescheid.txt", new byte[] {65});
        assertThat(fremd.status()).isEqualTo(409);
        assertThat(fremd.text())
                .contains("ist ausgecheckt: von Anja Müller seit", "wird gekürzt", "Version 1 gilt weiter");
        assertThatThrownBy(() -> neueVersion(fall, fall.joerg, "anders"))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Anja Müller");
        assertThat(joerg.sendeVon(fall.seite(), fall.pfad("/sperre")).status()).isEqualTo(409);
        assertThat(joerg.sendeVon(fall.seite(), fall.pfad("/sperre/freigabe")).status())
                .isEqualTo(409);
        assertThat(joerg.sendeVon(fall.seite(), fall.pfad("/sperre/aufhebung"), "grund", "eilt")
                        .status())
                .isEqualTo(403);

        var seite = anja.hole(fall.seite());
        var abgelegt = anja.ladeAlle(
                fall.pfad("/versionen") + "?freigabe=ja",
                seite.geheim(),
                Kennung.neu().toString(),
                "Bescheid.txt",
                "kürzer");
        assertThat(abgelegt.status()).as(abgelegt.text()).isEqualTo(302);
        assertThat(joerg.hole(fall.seite()).text())
                .contains("v2", "Neue Version ablegen")
                .doesNotContain("Ausgecheckt");
        neueVersion(fall, fall.joerg, "noch kürzer");
    }

    @Test
    void von_zweien_zugleich_bekommt_es_einer_und_der_andere_erfaehrt_es() throws Exception {
        var fall = fall();
        try (var faeden = Executors.newFixedThreadPool(2)) {
            var versuche = java.util.stream.Stream.of(fall.stadt.anja(), fall.joerg)
                    .map(wer -> faeden.submit((Callable<String>) () -> {
                        try {
                            return Mandantenkontext.als(
                                    fall.stadt.mandant(),
                                    () -> auscheckung
                                            .checkeAus(wer, fall.dokument, "")
                                            .wer());
                        } catch (Abgelehnt e) {
                            return String.valueOf(e.getMessage());
                        }
                    }))
                    .toList();
            var einer = versuche.get(0).get();
            var anderer = versuche.get(1).get();
            assertThat(java.util.List.of(einer, anderer))
                    .anyMatch(t -> t.contains("ist ausgecheckt: von"))
                    .anyMatch(t -> t.equals("Anja Müller") || t.equals("Jörg Sander"));
        }
    }

    @Test
    void die_leitung_hebt_auf_mit_grund_und_wer_es_hatte_erfaehrt_es() {
        var fall = fall();
        als(fall.stadt.mandant(), () -> auscheckung.checkeAus(fall.joerg, fall.dokument, "Urlaub"));
        als(
                fall.stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        de.federwerk.berechtigung.Berechtigungen.Subjekt.PERSON,
                        fall.karin.person(),
                        de.federwerk.berechtigung.Berechtigungen.Ziel.EINHEIT,
                        fall.stadt.tiefbau(),
                        Recht.LESEN));
        var karin = angemeldet(fall.stadt.mandant(), "karin.ahrens");
        assertThat(karin.hole(fall.seite()).text()).contains("Zurückholen", "/sperre/aufhebung");
        assertThat(karin.sendeVon(fall.seite(), fall.pfad("/sperre/aufhebung"), "grund", " ")
                        .status())
                .isEqualTo(422);
        assertThat(angemeldet(fall.stadt.mandant(), "petra.lueders")
                        .sendeVon("/postkorb", fall.pfad("/sperre/aufhebung"), "grund", "x")
                        .status())
                .isEqualTo(404);
        assertThat(karin.sendeVon(fall.seite(), fall.pfad("/sperre/aufhebung"), "grund", "Frist läuft ab")
                        .ziel())
                .isEqualTo(fall.seite());
        assertThat(karin.hole(fall.seite()).text()).contains("hat die Sperre aufgehoben:", "Frist läuft ab");
        assertThat(angemeldet(fall.stadt.mandant(), "joerg.sander")
                        .hole("/meldungen")
                        .text())
                .contains("Ihr ausgechecktes Dokument wurde freigegeben")
                .doesNotContain("Bescheid Baugerüst", "Frist läuft ab");
        // Once told, and nothing is taken back that is not there.
        als(fall.stadt.mandant(), () -> auscheckung.hebeAuf(fall.karin, fall.dokument, "noch einmal"));
    }

    @Test
    void zu_den_akten_geht_nichts_woran_noch_jemand_arbeitet() {
        var fall = fall();
        als(fall.stadt.mandant(), () -> auscheckung.checkeAus(fall.joerg, fall.dokument, ""));
        assertThatThrownBy(() -> als(fall.stadt.mandant(), () -> vorgaenge.schliesse(fall.stadt.anja(), fall.vorgang)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("noch ausgecheckt: „Bescheid Baugerüst“ von Jörg Sander seit");
        als(fall.stadt.mandant(), () -> auscheckung.gibFrei(fall.joerg, fall.dokument));
        als(fall.stadt.mandant(), () -> vorgaenge.schliesse(fall.stadt.anja(), fall.vorgang));
        assertThatThrownBy(() -> als(fall.stadt.mandant(), () -> auscheckung.checkeAus(fall.joerg, fall.dokument, "")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("zdA");
    }

    @Test
    void was_ein_programm_offen_haelt_endet_von_selbst_und_wer_nichts_sieht_checkt_nichts_aus() {
        var fall = fall();
        als(fall.stadt.mandant(), () -> auscheckung.oeffne(fall.joerg, fall.dokument, Duration.ofMinutes(5), null));
        assertThatThrownBy(() ->
                        als(fall.stadt.mandant(), () -> auscheckung.checkeAus(fall.stadt.anja(), fall.dokument, "")))
                .hasMessageContaining("geöffnet in einem Programm");
        als(
                fall.stadt.mandant(),
                () -> jdbc.sql("UPDATE bearbeitungssperre SET laeuft_ab = now() - interval '1 second'")
                        .update());
        var sperre = als(fall.stadt.mandant(), () -> auscheckung.checkeAus(fall.stadt.anja(), fall.dokument, ""));
        assertThat(sperre.wer()).isEqualTo("Anja Müller");
        // Her own program may open what she has checked out, and does not end that.
        var geoeffnet = als(
                fall.stadt.mandant(),
                () -> auscheckung.oeffne(fall.stadt.anja(), fall.dokument, Duration.ofMinutes(5), null));
        assertThat(geoeffnet.laeuftAb()).isNull();
        assertThat(geoeffnet.id()).isEqualTo(sperre.id());
        assertThatThrownBy(() ->
                        als(fall.stadt.mandant(), () -> auscheckung.checkeAus(fall.stadt.petra(), fall.dokument, "")))
                .isInstanceOf(NichtGefunden.class);
    }

    @Test
    void jede_version_bleibt_und_zwei_stehen_nebeneinander() {
        var fall = fall();
        neueVersion(
                fall,
                fall.joerg,
                "Bescheid\nDie Gebühr beträgt 55 Euro.\nSie können widersprechen.\nMit freundlichen Grüßen");
        var anja = angemeldet(fall.stadt.mandant(), "anja.mueller");
        assertThat(anja.hole(fall.pfad("/versionen")).text())
                .contains("Jörg Sander", "Anja Müller", "/versionen/1/inhalt");
        assertThat(anja.hole(fall.pfad("/versionen/1/inhalt")).text()).contains("40 Euro");
        assertThat(anja.hole(fall.pfad("/versionen/2/inhalt")).text()).contains("55 Euro");
        assertThat(anja.hole(fall.pfad("/versionen/3/inhalt")).status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> als(
                        fall.stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM datei WHERE stand = 'neu'")
                                        .query(Long.class)
                                        .single()
                                == 0));
        assertThat(anja.hole(fall.pfad("/vergleich?von=2&bis=1")).text())
                .contains("Version 1 und Version 2", "2 Absätze haben sich geändert")
                .containsPattern("<del><span class=\"kern-sr-only\"> \\[entfallen: </span>40<")
                .containsPattern("<ins><span class=\"kern-sr-only\"> \\[neu: </span>55<")
                .containsPattern("neu</span> <ins>.*Sie können widersprechen");
        neueVersion(fall, fall.joerg, "");
        assertThat(anja.hole(fall.pfad("/vergleich")).text()).contains("Kein Vergleich möglich");
        assertThat(anja.hole(fall.pfad("/vergleich?von=1&bis=99")).status()).isEqualTo(404);
    }
}
