package de.federwerk.schwaerzung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sonderbereiche;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.suche.Index;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From the Dokument to its copy, through the pages, with real workers. */
class SchwaerzungTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(40);
    private static final Pattern FASSUNG = Pattern.compile("name=\"fassung\" value=\"([0-9]+)\"");

    @Autowired
    private Dokumente dokumente;

    @Autowired
    private Dateien dateien;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Sonderbereiche sonderbereiche;

    @Autowired
    private Index index;

    private UUID dokument(Stadt stadt, UUID vorgang, String dateiname, byte[] bytes) {
        var blob = Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(bytes)));
        var id = als(
                stadt.mandant(),
                () -> dokumente
                        .lege(
                                stadt.anja(),
                                Kennung.neu(),
                                vorgang,
                                dateien.aufnehmen(blob, dateiname),
                                Dokumente.Angaben.mitTitel("Widerspruch"))
                        .id());
        await().atMost(GEDULD)
                .until(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM datei WHERE stand = 'neu'")
                                        .query(Integer.class)
                                        .single()
                                == 0));
        return id;
    }

    private UUID begonnen(Stadt stadt, Browser browser, UUID dokument) {
        var id = Kennung.neu();
        assertThat(browser.sendeVon(
                                "/dokumente/" + dokument + "/schwaerzung",
                                "/dokumente/" + dokument + "/schwaerzungen",
                                "neu",
                                id.toString())
                        .ziel())
                .isEqualTo("/schwaerzungen/" + id);
        bisStand(stadt, id, "entwurf");
        return id;
    }

    private void bisStand(Stadt stadt, UUID id, String stand) {
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(als(
                                stadt.mandant(),
                                () -> jdbc.sql("SELECT concat_ws(': ', stand, meldung) FROM schwaerzung WHERE id = ?")
                                        .param(id)
                                        .query(String.class)
                                        .single()))
                        .isEqualTo(stand));
    }

    private static String fassung(Browser browser, String pfad) {
        var treffer = FASSUNG.matcher(browser.hole(pfad).text());
        assertThat(treffer.find()).isTrue();
        return treffer.group(1);
    }

    private String text(Stadt stadt, UUID dokument) throws IOException {
        byte[] bytes = Mandantenkontext.als(stadt.mandant(), () -> {
            var datei = als(
                    stadt.mandant(),
                    () -> jdbc.sql("SELECT datei_id FROM version WHERE dokument_id = ?")
                            .param(dokument)
                            .query(UUID.class)
                            .single());
            try (var ein = blobs.lies(dateien.original(datei))) {
                return ein.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try (var pdf = Loader.loadPDF(bytes)) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    @Test
    void aus_einem_dokument_wird_eine_kopie_mit_eigenen_rechten_in_der_nichts_mehr_steht() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Sondernutzung").id();
        var dokument = dokument(
                stadt,
                vorgang,
                "Widerspruch.pdf",
                Muster.textPdf("Frau Zacharias hat Konto DE89 3704 0044 0532 0130 00.", "Anlage: Zacharias legt bei."));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var id = begonnen(stadt, anja, dokument);
        var pfad = "/schwaerzungen/" + id;
        assertThat(anja.sendeVon(pfad, pfad + "/funde", "muster", "IBAN").ziel())
                .endsWith("gefunden=1");
        // One by hand; sent twice it is one.
        var bereich = Kennung.neu().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(anja.sendeVon(
                                    pfad,
                                    pfad + "/bereiche",
                                    "seite",
                                    "1",
                                    "fassung",
                                    fassung(anja, pfad),
                                    "kennung",
                                    bereich,
                                    "x",
                                    "33,5",
                                    "y",
                                    "22",
                                    "breite",
                                    "19",
                                    "hoehe",
                                    "9",
                                    "grund",
                                    "PERSON",
                                    "erlaeuterung",
                                    "")
                            .status())
                    .isEqualTo(302);
        }
        assertThat(anja.hole(pfad).text()).contains("2</span>");

        // Somebody else was faster: nothing is lost, nothing overwritten.
        var veraltet = anja.sendeVon(
                pfad,
                pfad + "/bereiche",
                "seite",
                "1",
                "fassung",
                "1",
                "kennung",
                Kennung.neu().toString(),
                "x",
                "77,7",
                "y",
                "1",
                "breite",
                "9",
                "hoehe",
                "9",
                "grund",
                "PERSON",
                "erlaeuterung",
                "meins");
        assertThat(veraltet.status()).isEqualTo(409);
        assertThat(veraltet.text()).contains("Anja Müller hat die Bereiche inzwischen geändert", "77,7", "meins");
        assertThat(anja.sendeVon(
                                pfad,
                                pfad + "/bereiche",
                                "seite",
                                "1",
                                "fassung",
                                fassung(anja, pfad),
                                "kennung",
                                Kennung.neu().toString(),
                                "x",
                                "500",
                                "y",
                                "1",
                                "breite",
                                "9",
                                "hoehe",
                                "9",
                                "grund",
                                "PERSON",
                                "erlaeuterung",
                                "")
                        .status())
                .isEqualTo(422);

        // The name stands on the other page as well, and in the title.
        assertThat(anja.hole(pfad + "/pruefung").text()).contains("„Zacharias“ steht noch 1-mal unmarkiert");
        assertThat(anja.sendeVon(pfad + "/pruefung", pfad + "/funde", "q", "Zacharias", "danach", "pruefung")
                        .ziel())
                .isEqualTo(pfad + "/pruefung");
        var verraten = anja.sendeVon(
                pfad + "/pruefung",
                pfad + "/kopie",
                "fassung",
                fassung(anja, pfad + "/pruefung"),
                "titel",
                "Antrag Zacharias");
        assertThat(verraten.status()).isEqualTo(422);
        assertThat(verraten.text()).contains("nennt, was geschwärzt wird: „zacharias“");
        assertThat(anja.sendeVon(
                                pfad + "/pruefung",
                                pfad + "/kopie",
                                "fassung",
                                fassung(anja, pfad + "/pruefung"),
                                "titel",
                                "Widerspruch (geschwärzt)")
                        .ziel())
                .isEqualTo(pfad);
        bisStand(stadt, id, "fertig");

        var kopie = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT kopie_id FROM schwaerzung WHERE id = ?")
                        .param(id)
                        .query(UUID.class)
                        .single());
        assertThat(text(stadt, kopie))
                .contains("Frau", "hat Konto", "Anlage", "legt bei")
                .doesNotContain("Zacharias", "3704", "DE89");
        assertThat(text(stadt, dokument)).contains("Zacharias");
        assertThat(anja.hole("/vorgaenge/" + vorgang + "?dokument=" + kopie).text())
                .contains("Dies ist eine geschwärzte Fassung", "/dokumente/" + dokument);
        assertThat(anja.hole("/vorgaenge/" + vorgang + "?dokument=" + dokument).text())
                .contains("/dokumente/" + kopie, "Widerspruch (geschwärzt)");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT i.wert FROM protokoll p JOIN protokoll_inhalt i ON i.eintrag_id = p.id WHERE p.handlung = 'dokument.geschwaerzt' ORDER BY i.feld")
                                .query(String.class)
                                .list()))
                .contains("4 Bereiche: Personenbezogene Daten Dritter (4)", "Widerspruch (geschwärzt)")
                .noneMatch(w -> w.contains("Zacharias"));

        // The original is cut out: who does not see it any more still reads the copy, and is told nothing of it.
        als(stadt.mandant(), () -> {
            person(stadt.mandant(), "lea.leser", "Lea", "Leser", stadt.ordnung());
            berechtigungen.gebeFrei(Subjekt.EINHEIT, stadt.ordnung(), Ziel.EINHEIT, stadt.tiefbau(), Recht.LESEN);
            var sonder = Kennung.neu();
            sonderbereiche.richteEin(stadt.anja(), sonder, "Nur wenige", true, "Probe");
            int bereichId = berechtigungen.schutzbereich(null, stadt.tiefbau(), 0, sonder);
            index.vormerkenUndSperren("dokument", List.of(dokument));
            jdbc.sql("UPDATE dokument SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereichId, dokument)
                    .update();
        });
        var lea = angemeldet(stadt.mandant(), "lea.leser");
        assertThat(lea.hole("/dokumente/" + dokument + "/inhalt").status()).isEqualTo(404);
        assertThat(lea.hole("/dokumente/" + kopie + "/inhalt").status()).isEqualTo(200);
        assertThat(lea.hole("/vorgaenge/" + vorgang + "?dokument=" + kopie).text())
                .contains("Dies ist eine geschwärzte Fassung")
                .doesNotContain(dokument.toString());
    }

    @Test
    void wer_nur_lesen_darf_schwaerzt_nicht_und_was_keine_seiten_hat_wird_gesagt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Sondernutzung").id();
        var notiz = dokument(stadt, vorgang, "Notiz.txt", Muster.bytes("Nur Text"));
        var kaputt = dokument(stadt, vorgang, "Kaputt.pdf", Muster.bytes("%PDF-1.7 kaputt"));
        als(stadt.mandant(), () -> {
            person(stadt.mandant(), "lea.leser", "Lea", "Leser", stadt.ordnung());
            berechtigungen.gebeFrei(Subjekt.EINHEIT, stadt.ordnung(), Ziel.EINHEIT, stadt.tiefbau(), Recht.LESEN);
        });
        var lea = angemeldet(stadt.mandant(), "lea.leser");
        assertThat(lea.hole("/dokumente/" + notiz + "/schwaerzung").status()).isEqualTo(403);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/dokumente/" + notiz + "/schwaerzung").text()).contains("gibt es keine Seiten");
        for (var dokument : List.of(notiz, kaputt)) {
            var seite = anja.sendeVon(
                    "/dokumente/" + dokument + "/schwaerzung",
                    "/dokumente/" + dokument + "/schwaerzungen",
                    "neu",
                    Kennung.neu().toString());
            assertThat(seite.status()).isEqualTo(409);
        }
    }
}
