package de.federwerk.akteneinsicht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Eignerzugang;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Verlegung;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Parts of an Akte for somebody outside: what is in the package, what is not, and who gets it. */
class AkteneinsichtTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(90);

    @Autowired
    Akteneinsichten einsichten;

    @Autowired
    Einsichtsstuecke stuecke;

    @Autowired
    Einsichtslauf lauf;

    @Autowired
    Verlegung verlegung;

    @Autowired
    Aktenteile aktenteile;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Index index;

    @Test
    void ein_pdf_enthaelt_was_vorgelegt_wird_und_sagt_was_fehlt() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        var bescheid =
                lege(stadt, vorgang, "Bescheid", "bescheid.pdf", Muster.textPdf("Bescheid Eins", "Bescheid Zwei"));
        var original = lege(stadt, vorgang, "Gutachten Quarz", "gutachten.pdf", Muster.textPdf("Geheimer Name Quarz"));
        var schwarz = lege(stadt, vorgang, "Gutachten geschwärzt", "g2.pdf", Muster.textPdf("Der Name fehlt"));
        var zurueck = lege(stadt, vorgang, "Notiz Zylinder", "notiz.pdf", Muster.textPdf("Inhalt Zylinder"));
        lege(stadt, vorgang, "Kaputt", "kaputt.pdf", Muster.bytes("%PDF-1.7 kaputt"));
        lege(stadt, vorgang, "Verschlüsselt", "zu.pdf", Muster.verschluesseltesPdf());
        lege(
                stadt,
                vorgang,
                "Aktennotiz",
                "notiz.txt",
                Muster.bytes("Am Telefon besprochen: Umleitung über die Bergstraße."));
        var fremd = lege(stadt, vorgang, "Ordnungssache Kranich", "kranich.pdf", Muster.textPdf("Kranich"));
        verberge(stadt, fremd);
        bisGelesen(stadt);
        als(
                stadt.mandant(),
                () -> vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), "Ortstermin am Montag"));

        var id = entwurf(stadt, vorgang, "pdf", true, false);
        var nummern = nummern(stadt, vorgang);
        als(
                stadt.mandant(),
                () -> stuecke.waehle(
                        stadt.anja(),
                        id,
                        List.of(
                                wunsch(zurueck, "zurueckgehalten", "§ 29 Abs. 2 VwVfG", ""),
                                wunsch(original, "ersetzt", "personenbezogene Daten", "" + nummern.get(schwarz)),
                                wunsch(schwarz, "ausgelassen", "", ""))));
        erstelle(stadt, id);

        var fertig = als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id));
        assertThat(fertig.hinweis()).startsWith("2 Dokumente konnten nicht dargestellt werden");
        var paket = bytes(stadt, fertig);
        try (var pdf = Loader.loadPDF(paket)) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(fertig.blaetter());
            var text = new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains("RA Grün & Söhne", "§ 29 VwVfG", "Bescheid Eins", "Bescheid Zwei", "Der Name fehlt")
                    .contains("zurückgehalten. Grund: § 29 Abs. 2 VwVfG")
                    .contains("geschwärzte Fassung (Nr. " + nummern.get(schwarz) + ") statt des Originals")
                    .contains("beschädigt", "Kennwort", "Nicht darstellbar")
                    .contains("Umleitung über die Bergstraße")
                    .contains("Ortstermin am Montag")
                    .contains("Blatt 1 von " + fertig.blaetter(), "als Bild mit Text wiedergegeben");
            assertThat(text)
                    .as("Weder Inhalt noch Titel dessen, was zurückgehalten oder nicht zu sehen ist")
                    .doesNotContain("Zylinder", "Quarz", "Kranich", "Nr. " + nummern.get(fremd) + " ");
            assertThat(pdf.getDocumentCatalog().getDocumentOutline()).isNotNull();
            assertThat(new String(paket, StandardCharsets.ISO_8859_1)).contains("<pdfaid:part>2</pdfaid:part>");
        }
        assertThat(protokoll(stadt, vorgang)).containsExactly("RA Grün & Söhne, § 29 VwVfG – Beteiligte am Verfahren");

        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/akteneinsichten/" + id + "/paket").kopf("Content-Disposition"))
                .contains("attachment", "Akteneinsicht");
        var fremde = stadt();
        for (var andere :
                List.of(angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(fremde.mandant(), "anja.mueller"))) {
            for (var pfad : List.of(
                    "/akteneinsichten/" + id,
                    "/akteneinsichten/" + id + "/paket",
                    "/akten/" + vorgang.akteId() + "/einsicht")) {
                assertThat(andere.hole(pfad).status()).as(pfad).isEqualTo(404);
            }
        }
        verberge(stadt, bescheid);
        assertThat(anja.hole("/akteneinsichten/" + id + "/paket").status())
                .as("Wer etwas darin nicht mehr lesen darf, bekommt es nicht mehr")
                .isEqualTo(404);
    }

    @Test
    void ein_zip_enthaelt_die_dateien_wie_sie_sind_unter_sicheren_namen() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Überprüfung / Straße");
        var inhalte = new HashMap<String, byte[]>();
        for (var name : List.of("../../etc/Ärger", "Bericht", "BERICHT", "Bericht", "=1+1")) {
            var inhalt = Muster.bytes(name + inhalte.size());
            inhalte.put(summe(inhalt), inhalt);
            lege(stadt, vorgang, name, "datei.txt", inhalt);
        }
        lege(stadt, vorgang, "Film", "film.mp4", new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2'});
        bisGelesen(stadt);
        var band = Kennung.neu();
        als(stadt.mandant(), () -> aktenteile.beginneBand(stadt.anja(), vorgang.akteId(), band, null));
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/akten/" + vorgang.akteId() + "/einsicht")
                        .text())
                .contains("<legend>Band 1</legend>", "value=\"" + band + "\"", "der ganze Band");
        assertThat(List.of(stuecke(stadt, vorgang, band), stuecke(stadt, vorgang, Kennung.neu())))
                .as("der ganze Band, und einer, den es nicht gibt")
                .containsExactly(6L, 0L);
        var id = entwurf(stadt, vorgang, "zip", false, true);
        als(stadt.mandant(), () -> einsichten.starte(stadt.anja(), id));
        // Pressed twice: once.
        erstelle(stadt, id);
        var fertig = als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id));
        Map<String, byte[]> dateien = zip(bytes(stadt, fertig));
        assertThat(protokoll(stadt, vorgang)).hasSize(1);
        assertThat(dateien.keySet())
                .allSatisfy(name -> assertThat(name).doesNotStartWith("/").doesNotContain("..", "\\"))
                .anySatisfy(name -> assertThat(name).contains("Ärger"))
                .contains("Inhalt.csv", "Inhalt.html", "Verlauf.txt");
        assertThat(dateien.keySet().stream()
                        .filter(n -> n.toLowerCase(java.util.Locale.ROOT).contains("bericht"))
                        .map(n -> n.toLowerCase(java.util.Locale.ROOT))
                        .distinct())
                .hasSize(3);
        var csv = new String(dateien.get("Inhalt.csv"), StandardCharsets.UTF_8);
        inhalte.forEach((summe, inhalt) -> {
            assertThat(csv).contains(summe);
            assertThat(dateien.values()).anySatisfy(d -> assertThat(d).isEqualTo(inhalt));
        });
        assertThat(csv).contains("\"'=1+1\"", "\"Band 1/", ";\"Band 1\"");
        assertThat(new String(dateien.get("Inhalt.html"), StandardCharsets.UTF_8))
                .contains("RA Grün &amp; Söhne")
                .doesNotContain("<script");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT d.dokumentart FROM akteneinsicht e JOIN dokument d ON d.mandant_id ="
                                        + " e.mandant_id AND d.id = e.dokument_id WHERE e.id = ?")
                                .param(id)
                                .query(String.class)
                                .single()))
                .as("angekreuzt: auch als Dokument")
                .isEqualTo("Akteneinsicht");
    }

    @Test
    void was_weniger_lesen_duerfen_wird_nicht_offen_abgelegt_und_sein_abruf_steht_im_lesenachweis() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        lege(stadt, vorgang, "Offen", "o.txt", Muster.bytes("Offen"));
        var geheim = lege(stadt, vorgang, "Geheim", "g.txt", Muster.bytes("Geheim"));
        als(stadt.mandant(), () -> {
            personen.ermaechtige(Protokoll.PROGRAMM, stadt.anja().person(), 2);
            jdbc.sql("UPDATE dokument SET schutzbereich_id = ? WHERE id = ?")
                    .params(berechtigungen.schutzbereich(null, stadt.tiefbau(), 2, null), geheim)
                    .update();
            index.vormerkenUndSperren("dokument", List.of(geheim));
        });
        bisGelesen(stadt);
        var id = entwurf(stadt, vorgang, "zip", false, true);
        erstelle(stadt, id);
        var fertig = als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id));
        assertThat(fertig.dokumentId()).isNull();
        assertThat(fertig.hinweis()).contains("nicht als Dokument abgelegt");
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/akteneinsichten/" + id + "/paket")
                        .status())
                .isEqualTo(200);
        assertThat(Eignerzugang.lies(
                        datenbank().zugang(),
                        stadt.mandant(),
                        "SELECT zugang FROM lesenachweis WHERE objekt_id = '" + geheim + "'"))
                .containsExactly("heruntergeladen");
    }

    @Test
    void was_inzwischen_woanders_liegt_kommt_nicht_ins_paket() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        var andere = vorgang(stadt, "Fremde Akte");
        assertThat(andere.akteId()).isNotEqualTo(vorgang.akteId());
        lege(stadt, vorgang, "Bescheid", "b.txt", Muster.bytes("Bescheid"));
        var wandert = lege(stadt, vorgang, "Wandernde Notiz", "n.txt", Muster.bytes("Notiz"));
        bisGelesen(stadt);
        var id = entwurf(stadt, vorgang, "zip", true, false);
        als(stadt.mandant(), () -> verlegung.verlegeDokument(stadt.anja(), wandert, andere.id(), "falsche Akte"));
        assertThatThrownBy(() -> als(stadt.mandant(), () -> einsichten.starte(stadt.anja(), id)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("nicht mehr in dieser Akte");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var pfad = "/akteneinsichten/" + id;
        assertThat(anja.hole(pfad).text()).contains("Bescheid").doesNotContain("Wandernde Notiz");
        anja.sendeVon(pfad, pfad + "/auswahl", "ab", "");
        erstelle(stadt, id);
        assertThat(new String(zip(stadt, id).get("Inhalt.csv"), StandardCharsets.UTF_8))
                .contains("Bescheid")
                .doesNotContain("Wandernde", andere.aktenzeichen());
    }

    @Test
    void was_eben_zurueckgehalten_wurde_gilt_wenn_das_paket_erstellt_wird() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        lege(stadt, vorgang, "Bescheid", "b.txt", Muster.bytes("Bescheid"));
        var geheim = lege(stadt, vorgang, "Geheim", "g.txt", Muster.bytes("Geheim"));
        bisGelesen(stadt);
        var id = entwurf(stadt, vorgang, "zip", false, false);
        var pfad = "/akteneinsichten/" + id;
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var ohneGrund = anja.sendeVon(
                pfad,
                pfad + "/auswahl",
                "dokument",
                geheim.toString(),
                "wie-" + geheim,
                "zurueckgehalten",
                "danach",
                "auftrag");
        assertThat(ohneGrund.status()).isEqualTo(422);
        anja.sendeVon(
                pfad,
                pfad + "/auswahl",
                "dokument",
                geheim.toString(),
                "wie-" + geheim,
                "zurueckgehalten",
                "grund-" + geheim,
                "§ 29 Abs. 2 VwVfG",
                "alle",
                "vorgelegt");
        anja.sendeVon(pfad, pfad + "/auswahl", "danach", "auftrag");
        bisFertig(stadt, id);
        assertThat(zip(stadt, id).keySet()).noneMatch(n -> n.contains("Geheim")).anyMatch(n -> n.contains("Bescheid"));
    }

    @Test
    void eine_mail_geht_nicht_mit_einer_anlage_hinaus_die_zurueckgehalten_wird() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        var mail = lege(stadt, vorgang, "Mail", "mail.eml", Muster.mail(Muster.textPdf("Antrag")));
        var anlage = Kennung.neu();
        var blob = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.textPdf("Antrag"))));
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(),
                        anlage,
                        vorgang.id(),
                        dateien.aufnehmen(blob, "antrag.pdf"),
                        Dokumente.Angaben.mitTitel("Antrag").zu(mail)));
        bisGelesen(stadt);
        var id = entwurf(stadt, vorgang, "zip", false, false);
        var nummern = nummern(stadt, vorgang);
        als(
                stadt.mandant(),
                () -> stuecke.waehle(stadt.anja(), id, List.of(wunsch(anlage, "zurueckgehalten", "geheim", ""))));
        assertThatThrownBy(() -> als(stadt.mandant(), () -> einsichten.starte(stadt.anja(), id)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("E-Mail Nr. %d steckt auch Nr. %d", nummern.get(mail), nummern.get(anlage));
        als(stadt.mandant(), () -> stuecke.waehle(stadt.anja(), id, List.of(wunsch(anlage, "vorgelegt", "", ""))));
        erstelle(stadt, id);
    }

    @Test
    void wer_einen_vorgang_nicht_mehr_lesen_darf_bekommt_das_paket_mit_seinen_vermerken_nicht_mehr() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        lege(stadt, vorgang, "Bescheid", "b.txt", Muster.bytes("Bescheid"));
        als(
                stadt.mandant(),
                () -> vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), "Ortstermin am Montag"));
        bisGelesen(stadt);
        var id = entwurf(stadt, vorgang, "zip", true, false);
        erstelle(stadt, id);
        als(stadt.mandant(), () -> einsichten.paket(stadt.anja(), id));
        als(stadt.mandant(), () -> {
            int bereich = berechtigungen.schutzbereich(null, stadt.ordnung(), 1, null);
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang.id())
                    .update();
            index.vormerkenUndSperren("vorgang", List.of(vorgang.id()));
            assertThat(einsichten.nurAus(id, List.of(vorgang.id()), bereich)).isFalse();
        });
        assertThatThrownBy(() -> als(stadt.mandant(), () -> einsichten.paket(stadt.anja(), id)))
                .isInstanceOf(NichtGefunden.class);
    }

    @Test
    void abgebrochen_abgestuerzt_und_ohne_empfaenger() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        var dokument = lege(stadt, vorgang, "Bescheid", "b.txt", Muster.bytes("Bescheid"));
        bisGelesen(stadt);

        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var formular = "/akten/" + vorgang.akteId() + "/einsicht";
        var antwort = anja.sendeVon(
                formular, formular, "einsicht", Kennung.neu().toString(), "empfaenger", " ", "zeichen", "4 K 17/26");
        assertThat(antwort.status()).isEqualTo(422);
        assertThat(antwort.text()).contains("wer Einsicht erhält", "4 K 17/26");

        var id = entwurf(stadt, vorgang, "zip", false, false);
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> stuecke.waehle(stadt.anja(), id, List.of(wunsch(dokument, "zurueckgehalten", " ", "")))))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Grund");
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> stuecke.waehle(stadt.anja(), id, List.of(wunsch(dokument, "ersetzt", "Grund", "77")))))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("geschwärzten Fassung");
        als(stadt.mandant(), () -> stuecke.alle(stadt.anja(), id, "ausgelassen"));
        assertThatThrownBy(() -> als(stadt.mandant(), () -> einsichten.starte(stadt.anja(), id)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("kein Dokument");
        als(stadt.mandant(), () -> stuecke.alle(stadt.anja(), id, "vorgelegt"));
        als(stadt.mandant(), () -> {
            einsichten.starte(stadt.anja(), id);
            einsichten.brichAb(stadt.anja(), id);
        });
        Mandantenkontext.als(stadt.mandant(), () -> laufe(id));
        assertThat(als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id))
                        .stand())
                .isEqualTo("abgebrochen");

        // Begun anew it is another run, and what the one before still does is not about it.
        var erste = als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id));
        als(stadt.mandant(), () -> {
            einsichten.oeffneWieder(stadt.anja(), id);
            einsichten.starte(stadt.anja(), id);
            einsichten.brichAb(stadt.anja(), id);
            assertThat(einsichten.einsicht(stadt.anja(), id).lauf()).isEqualTo(erste.lauf() + 1);
        });

        // As after a process that was killed in the middle.
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE akteneinsicht SET stand = 'laeuft', seiten_fertig = 7 WHERE id = ?")
                        .param(id)
                        .update());
        Mandantenkontext.als(stadt.mandant(), () -> laufe(id));
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id))
                                .stand())
                        .isEqualTo("fertig"));
        assertThat(protokoll(stadt, vorgang)).hasSize(1);
        assertThatThrownBy(() -> als(stadt.mandant(), () -> einsichten.einsicht(stadt.petra(), id)))
                .isInstanceOf(NichtGefunden.class);
    }

    /** Until none is being made: another test may have its own on the way. */
    private void laufe(UUID id) {
        await().pollInSameThread()
                .atMost(GEDULD)
                .ignoreException(Einsichtsauftraege.Spaeter.class)
                .until(() -> {
                    lauf.fuehreAus(id);
                    return true;
                });
    }

    private static Einsichtsstuecke.Wunsch wunsch(UUID dokument, String wie, String grund, String ersatz) {
        return new Einsichtsstuecke.Wunsch(dokument, wie, grund, ersatz);
    }

    private UUID lege(Stadt stadt, Vorgang vorgang, String titel, String name, byte[] inhalt) {
        var id = Kennung.neu();
        var blob = Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(inhalt)));
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(),
                        id,
                        vorgang.id(),
                        dateien.aufnehmen(blob, name),
                        Dokumente.Angaben.mitTitel(titel)));
        return id;
    }

    /** From now on a thing of the other unit. */
    private void verberge(Stadt stadt, UUID dokument) {
        als(stadt.mandant(), () -> {
            int bereich = berechtigungen.schutzbereich(null, stadt.ordnung(), 1, null);
            jdbc.sql("UPDATE dokument SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, dokument)
                    .update();
            index.vormerkenUndSperren("dokument", List.of(dokument));
        });
    }

    private void bisGelesen(Stadt stadt) {
        await().atMost(GEDULD)
                .until(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM datei WHERE stand = 'neu'")
                                        .query(Long.class)
                                        .single()
                                == 0));
    }

    private UUID entwurf(Stadt stadt, Vorgang vorgang, String form, boolean vermerke, boolean verlaufUndAblage) {
        var id = Kennung.neu();
        als(
                stadt.mandant(),
                () -> einsichten.lege(
                        stadt.anja(),
                        id,
                        vorgang.akteId(),
                        new Einsichtsangaben(
                                form,
                                "RA Grün & Söhne",
                                "Marktplatz 1\n12345 Musterstadt",
                                Rechtsgrundlage.VWVFG,
                                "4 K 17/26",
                                vermerke,
                                verlaufUndAblage,
                                false,
                                verlaufUndAblage ? vorgang.id() : null),
                        List.of(),
                        List.of()));
        return id;
    }

    /** How many Dokumente are chosen with a part. */
    private long stuecke(Stadt stadt, Vorgang vorgang, UUID teil) {
        var id = Kennung.neu();
        return als(stadt.mandant(), () -> {
            einsichten.lege(
                    stadt.anja(),
                    id,
                    vorgang.akteId(),
                    new Einsichtsangaben("pdf", "VG", "", Rechtsgrundlage.VWVFG, "", false, false, false, null),
                    List.of(),
                    List.of(teil));
            return jdbc.sql("SELECT count(*) FROM einsichtsstueck WHERE akteneinsicht_id = ?")
                    .param(id)
                    .query(Long.class)
                    .single();
        });
    }

    private void erstelle(Stadt stadt, UUID id) {
        als(stadt.mandant(), () -> einsichten.starte(stadt.anja(), id));
        bisFertig(stadt, id);
    }

    private void bisFertig(Stadt stadt, UUID id) {
        await().atMost(GEDULD).untilAsserted(() -> {
            var stand = als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id));
            assertThat(stand.stand()).as(stand.hinweis()).isEqualTo("fertig");
        });
    }

    private Map<UUID, Integer> nummern(Stadt stadt, Vorgang vorgang) {
        var nummern = new HashMap<UUID, Integer>();
        als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id, nummer FROM dokument WHERE vorgang_id = ?")
                        .param(vorgang.id())
                        .query((z, nr) -> nummern.put(z.getObject(1, UUID.class), z.getInt(2)))
                        .list());
        return nummern;
    }

    private byte[] bytes(Stadt stadt, Akteneinsichten.Einsicht einsicht) {
        return Mandantenkontext.als(stadt.mandant(), () -> {
            try (var ein = blobs.lies(einsicht.blobId())) {
                return ein.readAllBytes();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private List<String> protokoll(Stadt stadt, Vorgang vorgang) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("""
                    SELECT i.wert FROM protokoll p JOIN protokoll_inhalt i ON i.mandant_id = p.mandant_id AND i.eintrag_id = p.id AND i.feld = 'titel'
                     WHERE p.handlung = 'akteneinsicht.erstellt' AND p.akte_id = ?""").param(vorgang.akteId()).query(String.class).list());
    }

    private Map<String, byte[]> zip(Stadt stadt, UUID id) {
        try {
            return zip(bytes(stadt, als(stadt.mandant(), () -> einsichten.einsicht(stadt.anja(), id))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> zip(byte[] bytes) throws IOException {
        var dateien = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (var eintrag = zip.getNextEntry(); eintrag != null; eintrag = zip.getNextEntry()) {
                assertThat(dateien.put(eintrag.getName(), zip.readAllBytes())).isNull();
            }
        }
        return dateien;
    }

    private static String summe(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
