package de.federwerk.datenschutz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One person asks what the house holds about him: found everywhere, looked at where it lies, given only what was released. */
class AuskunftTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(90);

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Index index;

    @Test
    void gefunden_wird_im_ganzen_haus_und_die_person_bekommt_genau_was_freigegeben_ist() {
        var stadt = stadt();
        var kim = als(stadt.mandant(), () -> {
            var neu = person(stadt.mandant(), "daten.schutz", "Kim", "Vogt", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, neu.person(), Rolle.DATENSCHUTZ);
            return neu;
        });
        var sache = vorgang(stadt, "Sondernutzung");
        var bescheid =
                lege(stadt, sache, "Bescheid", "b.pdf", null, Muster.textPdf("Herrn Juergen Loewenthal Quittengelee"));
        var scan = lege(stadt, sache, "Scan", "s.pdf", null, Muster.scanPdf("Jürgen Löwenthal Kranichweg"));
        var namensvetter = lege(
                stadt, sache, "Anderer", "a.txt", null, Muster.bytes("Jürgen Löwenthal, geboren 1950, Namensvetter"));
        var geheim = lege(stadt, sache, "Notiz Zylinder", "n.txt", null, Muster.bytes("Jürgen Löwenthal Zylinderkopf"));
        var nurAbsender = lege(stadt, sache, "Anlage", "x.txt", "Löwenthal, Jürgen", Muster.bytes("ohne jeden Namen"));
        lege(stadt, sache, "Baustelle", "k.txt", null, Muster.bytes("Kastanie, Jürgen Ahrens"));
        var verschluss =
                lege(stadt, sache, "Verschlusssache", "v.txt", null, Muster.bytes("Jürgen Löwenthal Panzerschrank"));
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE dokument SET schutzbereich_id = ? WHERE id = ?")
                    .params(berechtigungen.schutzbereich(null, stadt.tiefbau(), 2, null), verschluss)
                    .update();
            index.vormerkenUndSperren("dokument", List.of(verschluss));
        });
        bisGelesen(stadt);
        var antwortVorgang = antwortVorgang(stadt, kim);
        var datenschutz = angemeldet(stadt.mandant(), "daten.schutz");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");

        var id = ersuchen(datenschutz, antwortVorgang, null);
        var seite = "/datenschutz/ersuchen/" + id;
        assertThat(datenschutz.sendeVon(seite, seite + "/suche").status()).isEqualTo(302);
        assertThat(datenschutz.hole(seite).text())
                .as("Zahlen, und nichts von dem, was Kim nicht lesen darf")
                .contains("FD 66 Tiefbau", "<strong>6</strong>")
                .doesNotContain("Zylinder", "Quittengelee", "Panzerschrank", "Bescheid", sache.aktenzeichen());
        var pruefung = "/auskunft/" + id;
        for (var fremder : List.of(datenschutz, angemeldet(stadt.mandant(), "petra.lueders"))) {
            assertThat(fremder.hole(pruefung).status()).isEqualTo(404);
            assertThat(entscheide(fremder, pruefung, bescheid, "gehoert", "").status())
                    .isEqualTo(404);
        }

        assertThat(anja.hole("/postkorb").text()).contains("Auskunft: zu prüfen", "5 Fundstellen bei Ihnen");
        assertThat(anja.hole("/meldungen").text())
                .contains("Auskunft: Fundstellen prüfen")
                .doesNotContain("Löwenthal");
        assertThat(anja.hole(pruefung).text())
                .contains("12.03.1980", "Notiz Zylinder", "; Absender")
                .doesNotContain("Verschlusssache", "Baustelle");
        assertThat(entscheide(anja, pruefung, verschluss, "gehoert", "").status())
                .isEqualTo(404);
        assertThat(entscheide(anja, pruefung, bescheid, "gehoert", "").status()).isEqualTo(302);
        assertThat(entscheide(anja, pruefung, scan, "gehoert", "").status()).isEqualTo(302);
        assertThat(entscheide(anja, pruefung, scan, "geschwaerzt", "").status())
                .as("Geschwärzt wurde nichts")
                .isEqualTo(422);
        assertThat(entscheide(anja, pruefung, geheim, "zurueckgehalten", "").status())
                .as("ohne Grund")
                .isEqualTo(422);
        assertThat(entscheide(anja, pruefung, geheim, "zurueckgehalten", "RECHTE_ANDERER")
                        .status())
                .isEqualTo(302);
        assertThat(anja.sendeVon(pruefung, pruefung + "/namensgleiche", "objekt", namensvetter.toString())
                        .status())
                .isEqualTo(302);
        assertThat(datenschutz.hole(seite).text())
                .contains("Bescheid", sache.aktenzeichen(), "Rechte und Freiheiten anderer Personen")
                .doesNotContain("Zylinder", "Namensvetter", "Verschlusssache");

        assertThat(erteile(datenschutz, seite).status()).as("Identität").isEqualTo(409);
        assertThat(datenschutz
                        .sendeVon(seite, seite + "/identitaet", "wie", "Personalausweis vorgelegt")
                        .status())
                .isEqualTo(302);
        assertThat(erteile(datenschutz, seite).status()).isEqualTo(302);
        var dateien = ergebnis(stadt, antwortVorgang);
        var text = pdf(dateien.getFirst());
        assertThat(text)
                .contains("Auskunft nach Art. 15 DSGVO", "Hauptstraße 12", "66.20.03 Sondernutzungen", "10 Jahre")
                .contains("Quittengelee", "Nr. 2 Titel Scan", "Art. 77 DSGVO")
                .contains("noch nicht vollständig: 2 Fundstellen sind noch nicht geprüft")
                .contains("Rechte und Freiheiten anderer Personen (Art. 15 Abs. 4 DSGVO)");
        var json = new String(dateien.get(1), StandardCharsets.UTF_8);
        var csv = new String(dateien.get(2), StandardCharsets.UTF_8);
        assertThat(json).contains("\"Bescheid\"", "\"zurueckgehalten\" : 1", "\"nochNichtGeprueft\" : 2");
        assertThat(csv).contains("Bescheid").contains("Scan");
        for (var alles : List.of(text, json, csv)) {
            assertThat(alles)
                    .doesNotContain(
                            "Zylinder",
                            "Namensvetter",
                            "Kastanie",
                            "Panzerschrank",
                            "Verschlusssache",
                            "ohne jeden Namen");
        }
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT i.wert FROM protokoll p JOIN protokoll_inhalt i ON i.eintrag_id = p.id WHERE p.objekt_id = ? AND p.handlung = 'auskunft.erteilt' AND i.feld = 'empfaenger'")
                                .param(antwortVorgang)
                                .query(String.class)
                                .list()))
                .containsExactly("Jürgen Löwenthal");

        // What only few may read does not come to lie where more may.
        als(
                stadt.mandant(),
                () -> personen.ermaechtige(Protokoll.PROGRAMM, stadt.anja().person(), 2));
        assertThat(entscheide(anja, pruefung, verschluss, "gehoert", "").status())
                .isEqualTo(302);
        var zuOffen = erteile(datenschutz, seite);
        assertThat(zuOffen.status()).isEqualTo(409);
        assertThat(zuOffen.text()).contains("Vertraulichkeit mindestens Stufe 2");
        // A new Version was looked at by nobody.
        assertThat(anja.ladeHoch(pruefung, "/dokumente/" + bescheid + "/versionen", "b.txt", Muster.bytes("neuer Text"))
                        .status())
                .isEqualTo(302);
        assertThat(anja.hole(pruefung).text()).contains("zu prüfen: Es gibt eine neue Version");
        // Asked again later, one sees what was decided before.
        var wieder = ersuchen(datenschutz, antwortVorgang, id);
        assertThat(datenschutz
                        .sendeVon(seite, "/datenschutz/ersuchen/" + wieder + "/suche")
                        .status())
                .isEqualTo(302);
        assertThat(anja.hole("/auskunft/" + wieder).text()).contains("im früheren Ersuchen: zurückgehalten");
        assertThat(entscheide(anja, "/auskunft/" + wieder, nurAbsender, "gehoert", "")
                        .status())
                .isEqualTo(302);

        var fremd = stadt();
        als(fremd.mandant(), () -> personen.gib(Protokoll.PROGRAMM, fremd.anja().person(), Rolle.DATENSCHUTZ));
        var andere = angemeldet(fremd.mandant(), "anja.mueller");
        for (var pfad : List.of(seite, pruefung, "/datenschutz/ersuchen/neu?vorher=" + id)) {
            assertThat(andere.hole(pfad).status()).as(pfad).isEqualTo(404);
        }
        assertThat(andere.hole("/datenschutz").text()).doesNotContain("Löwenthal");
        assertThat(andere.sendeVon("/postkorb", seite + "/suche").status()).isEqualTo(404);
        for (var pfad : List.of("/datenschutz", seite, "/datenschutz/ersuchen/neu")) {
            assertThat(anja.hole(pfad).status()).as(pfad).isEqualTo(403);
        }
    }

    private UUID antwortVorgang(Stadt stadt, Anmeldung kim) {
        return als(stadt.mandant(), () -> {
            var akte = akten.legeAn(
                    kim,
                    Kennung.neu(),
                    plan.gemeint("66.20.05").orElseThrow().id(),
                    stadt.ordnung(),
                    "Auskünfte nach der DSGVO");
            return vorgaenge
                    .eroeffne(kim, Kennung.neu(), akte.id(), "Auskunft im November")
                    .id();
        });
    }

    private static UUID ersuchen(Browser browser, UUID vorgang, @Nullable UUID vorher) {
        var id = Kennung.neu();
        var heute = LocalDate.now(Anzeige.ZONE);
        var antwort = browser.sendeVon(
                "/datenschutz/ersuchen/neu",
                "/datenschutz/ersuchen",
                "id",
                id.toString(),
                "vorher",
                vorher == null ? "" : vorher.toString(),
                "vorname",
                "Jürgen",
                "nachname",
                "Löwenthal",
                "geburtsdatum",
                "1980-03-12",
                "anschrift",
                "Hauptstraße 12\n12345 Musterstadt",
                "email",
                "j.loewenthal@example.org",
                "eingegangen",
                heute.toString(),
                "vorgangId",
                vorgang.toString());
        assertThat(antwort.status()).as(antwort.text()).isEqualTo(302);
        assertThat(browser.hole(antwort.ziel()).text()).contains(Anzeige.datum(heute.plusMonths(1)));
        return id;
    }

    private static Browser.Seite entscheide(
            Browser browser, String pruefung, UUID objekt, String entscheid, String grund) {
        return browser.sendeVon("/postkorb", pruefung + "/treffer/" + objekt, "entscheid", entscheid, "weil", grund);
    }

    private static Browser.Seite erteile(Browser browser, String seite) {
        return browser.sendeVon(
                seite,
                seite + "/erteilungen",
                "erteilung",
                Kennung.neu().toString(),
                "empfaenger",
                "Jürgen Löwenthal",
                "anschrift",
                "Hauptstraße 12",
                "weg",
                "Post");
    }

    /** PDF, JSON, CSV, once they lie in the Vorgang. */
    private List<byte[]> ergebnis(Stadt stadt, UUID vorgang) {
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(als(
                                stadt.mandant(),
                                () -> jdbc.sql("SELECT stand || hinweis FROM auskunftserteilung")
                                        .query(String.class)
                                        .list()))
                        .containsExactly("fertig"));
        return als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT f.blob_id FROM dokument d JOIN version v ON v.dokument_id = d.id JOIN datei f ON f.id = v.datei_id WHERE d.vorgang_id = ? ORDER BY d.nummer")
                                .param(vorgang)
                                .query(UUID.class)
                                .list())
                .stream()
                .map(blob -> als(stadt.mandant(), () -> {
                    try (var ein = blobs.lies(blob)) {
                        return ein.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .toList();
    }

    private static String pdf(byte[] bytes) {
        try (var pdf = Loader.loadPDF(bytes)) {
            return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UUID lege(
            Stadt stadt, Vorgang vorgang, String titel, String datei, @Nullable String absender, byte[] inhalt) {
        var id = Kennung.neu();
        var bytes = Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(inhalt)));
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(),
                        id,
                        vorgang.id(),
                        dateien.aufnehmen(bytes, datei),
                        new Dokumente.Angaben(titel, null, null, null, absender, null, null)));
        return id;
    }

    private void bisGelesen(Stadt stadt) {
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(als(
                                stadt.mandant(),
                                () -> jdbc.sql(
                                                "SELECT (SELECT count(*) FROM datei WHERE stand = 'neu') + (SELECT count(*) FROM index_rueckstand)")
                                        .query(Long.class)
                                        .single()))
                        .isZero());
    }
}
