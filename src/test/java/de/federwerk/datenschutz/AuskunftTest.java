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
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Fundbuch funde;

    @Autowired
    Fundaufnahme aufnahme;

    @Autowired
    Suchlauf suchlauf;

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
        // Somebody told on him: the redacted copy says nothing of who it was.
        var anzeige = lege(
                stadt,
                sache,
                "Anzeige",
                "z.txt",
                "Petzold, Informant",
                Muster.bytes("Jürgen Löwenthal parkt, Petzold"));
        var aeltere = lege(stadt, sache, "Erst geschwärzt", "e.txt", null, Muster.bytes("Schlehe"));
        var kopie = lege(stadt, sache, "Geschwärzt", "g.txt", null, Muster.bytes("Schwarzkirsche"));
        als(stadt.mandant(), () -> {
            for (var fassung : List.of(aeltere, kopie)) {
                jdbc.sql(
                                "INSERT INTO schwaerzung (mandant_id, id, dokument_id, version_id, datei_id, stand, angelegt_von, geaendert_von, kopie_id) SELECT mandant_id, ?, dokument_id, id, datei_id, 'fertig', ?, ?, ? FROM version WHERE dokument_id = ?")
                        .params(
                                Kennung.neu(),
                                stadt.anja().person(),
                                stadt.anja().person(),
                                fassung,
                                anzeige)
                        .update();
            }
            merke(stadt, sache.id(), "Jürgen Löwenthal anrufen");
            fuelleFrueheresFeld(stadt, sache.id(), "Holunderweg");
            legeVor(stadt, sache.akteId(), anzeige, "Kanzlei Brombeer");
        });
        bisGelesen(stadt);
        var antwortVorgang = antwortVorgang(stadt, kim);
        var datenschutz = angemeldet(stadt.mandant(), "daten.schutz");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");

        var id = ersuchen(datenschutz, antwortVorgang, null);
        var seite = "/datenschutz/ersuchen/" + id;
        suche(stadt, datenschutz, id);
        assertThat(datenschutz.hole(seite).text())
                .as("Zahlen, und nichts von dem, was Kim nicht lesen darf")
                .contains("FD 66 Tiefbau", "<strong>8</strong>")
                .doesNotContain("Zylinder", "Quittengelee", "Panzerschrank", "Bescheid", sache.aktenzeichen());
        var pruefung = "/auskunft/" + id;
        for (var fremder : List.of(datenschutz, angemeldet(stadt.mandant(), "petra.lueders"))) {
            assertThat(fremder.hole(pruefung).status()).isEqualTo(404);
            assertThat(entscheide(fremder, pruefung, bescheid, "gehoert", "").status())
                    .isEqualTo(404);
        }

        assertThat(anja.hole("/postkorb").text()).contains("Auskunft: zu prüfen", "7 Fundstellen bei Ihnen");
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(anja.hole("/meldungen").text())
                        .contains("Auskunft: Fundstellen prüfen")
                        .doesNotContain("Löwenthal"));
        assertThat(anja.hole(pruefung).text())
                .as("alles, was mitginge, auch was auf keiner anderen Seite steht")
                .contains("12.03.1980", "Notiz Zylinder", "; Absender")
                .contains("Flur (früheres Feld)", "Holunderweg", "Kanzlei Brombeer")
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
        assertThat(setzeBeiseite(anja, pruefung, namensvetter, "überholt").status())
                .isEqualTo(409);
        assertThat(setzeBeiseite(anja, pruefung, namensvetter, stand(anja, pruefung, namensvetter))
                        .status())
                .isEqualTo(302);
        var andereKopie = anja.sendeVon(
                pruefung, pruefung + "/treffer/" + anzeige, "entscheid", "geschwaerzt", "kopie", aeltere + " überholt");
        assertThat(andereKopie.status()).isEqualTo(409);
        assertThat(andereKopie.text())
                .as("gewählt bleibt, was gewählt war")
                .containsPattern("<option value=\"" + aeltere + " [^\"]+\" selected")
                .doesNotContainPattern("<option value=\"" + kopie + " [^\"]+\" selected");
        assertThat(entscheide(anja, pruefung, anzeige, "geschwaerzt", "").status())
                .isEqualTo(302);
        var alterStand = stand(anja, pruefung, sache.id());
        assertThat(entscheide(anja, pruefung, sache.id(), "gehoert", "").status())
                .isEqualTo(302);
        als(stadt.mandant(), () -> merke(stadt, sache.id(), "Rotdorn"));
        assertThat(anja.hole(pruefung).text()).contains("zu prüfen: Es hat sich seit der Prüfung geändert");
        var ungesehen = anja.sendeVon(
                pruefung,
                pruefung + "/treffer/" + sache.id(),
                "entscheid",
                "gehoert",
                "bemerkung",
                "nur der Anruf",
                "stand",
                alterStand);
        assertThat(ungesehen.status()).isEqualTo(409);
        assertThat(ungesehen.text()).contains("seit Sie diese Seite geöffnet haben", "nur der Anruf");
        assertThat(entscheide(anja, pruefung, sache.id(), "gehoert", "").status())
                .isEqualTo(302);
        var mitRotdorn = als(stadt.mandant(), () -> Auskunftslauf.freie(funde.entschiedene(id)));
        als(stadt.mandant(), () -> merke(stadt, sache.id(), "Weißdorn"));
        assertThat(entscheide(anja, pruefung, sache.id(), "gehoert", "").status())
                .isEqualTo(302);
        assertThat(als(stadt.mandant(), () -> Auskunftslauf.freie(funde.entschiedene(id))))
                .as("Was beim Binden neu entschieden wird, ist nicht mehr dasselbe")
                .hasSameSizeAs(mitRotdorn)
                .isNotEqualTo(mitRotdorn);
        assertThat(datenschutz.hole(seite).text())
                .contains("Bescheid", sache.aktenzeichen(), "Rechte und Freiheiten anderer Personen")
                .doesNotContain("Zylinder", "Namensvetter", "Verschlusssache");

        assertThat(erteile(datenschutz, seite).status()).as("Identität").isEqualTo(409);
        assertThat(datenschutz
                        .sendeVon(seite, seite + "/identitaet", "wie", "Personalausweis vorgelegt")
                        .status())
                .isEqualTo(302);
        var offen = erteile(datenschutz, seite);
        assertThat(offen.status())
                .as("Kims Einheit darf nicht mitlesen, was der Tiefbau freigibt")
                .isEqualTo(409);
        assertThat(offen.text()).contains("die Vererbung der Rechte nur für ihn unterbrechen");
        trenneAb(stadt, antwortVorgang, kim, true);
        assertThat(erteile(datenschutz, seite).text())
                .as("mit seiner Akte, nicht für ihn")
                .contains("die Vererbung der Rechte nur für ihn unterbrechen");
        trenneAb(stadt, antwortVorgang, kim, false);
        als(stadt.mandant(), () -> schliesseAus(sache.akteId(), kim));
        assertThat(erteile(datenschutz, seite).text()).contains("ausgeschlossen ist");
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE ausschluss SET gueltig_bis = now()").update());
        assertThat(erteile(datenschutz, seite).status()).isEqualTo(302);
        var dateien = ergebnis(stadt, antwortVorgang);
        var text = pdf(dateien.getFirst());
        assertThat(text)
                .contains("Auskunft nach Art. 15 DSGVO", "Hauptstraße 12", "66.20.03 Sondernutzungen", "10 Jahre")
                .contains(
                        "Quittengelee",
                        "Nr. 2 Titel Scan",
                        "Art. 77 DSGVO",
                        "Schwarzkirsche",
                        "Löwenthal anrufen",
                        "Rotdorn",
                        "Holunderweg",
                        "Kanzlei Brombeer")
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
                            "Petzold",
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
        assertThat(anja.hole(pruefung).text()).contains("zu prüfen: Es hat sich seit der Prüfung geändert");
        // Nor what it says of him who was taken for somebody else, nor that there is an earlier Version.
        assertThat(anja.ladeHoch(
                                pruefung,
                                "/dokumente/" + namensvetter + "/versionen",
                                "a.txt",
                                Muster.bytes("Jürgen Löwenthal, Hauptstraße 12"))
                        .status())
                .isEqualTo(302);
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE auskunftstreffer SET wege = array_append(wege, 'frühere Version') WHERE objekt_id = ?")
                    .param(scan)
                    .update();
            aufnahme.merkeGeaendertes();
            assertThat(jdbc.sql("SELECT objekt_id FROM auskunftstreffer WHERE geaendert")
                            .query(UUID.class)
                            .list())
                    .containsExactlyInAnyOrder(bescheid, namensvetter, scan);
        });
        assertThat(anja.hole(pruefung).text()).contains("Auch in einer früheren Fassung kommen Angaben");
        assertThat(setzeBeiseite(anja, pruefung, namensvetter, stand(anja, pruefung, namensvetter))
                        .status())
                .isEqualTo(302);
        einEingangWirdZuDokumenten(stadt, anja, sache, id);
        // Nobody can look at what lies in the Papierkorb.
        assertThat(datenschutz.hole(seite).text()).contains("data-spalte=\"Andere Person\">1</td>");
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE dokument SET schutzbereich_id = ? WHERE id = ?")
                    .params(berechtigungen.schutzbereich(null, stadt.tiefbau(), 10, null), namensvetter)
                    .update();
            index.vormerkenUndSperren("dokument", List.of(namensvetter));
        });
        assertThat(datenschutz.hole(seite).text()).contains("data-spalte=\"Andere Person\">0</td>");
        // What was typed stands there again.
        var zuSpaet =
                datenschutz.sendeVon(seite, seite + "/verlaengerung", "bis", "2020-01-01", "grund", "Sehr viele Akten");
        assertThat(zuSpaet.status()).isEqualTo(422);
        assertThat(zuSpaet.text()).contains("Sehr viele Akten", "2020-01-01").doesNotContain("hx-trigger=\"every 2s\"");
        // Asked again later, one sees what was decided before.
        var wieder = ersuchen(datenschutz, antwortVorgang, id);
        suche(stadt, datenschutz, wieder);
        assertThat(anja.hole("/auskunft/" + wieder).text()).contains("im früheren Ersuchen: zurückgehalten");
        assertThat(entscheide(anja, "/auskunft/" + wieder, nurAbsender, "gehoert", "")
                        .status())
                .isEqualTo(302);
        mitAnderenAngabenIstNichtGesucht(stadt, datenschutz, wieder);

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

    /** Filed after it was released, it is looked at anew, as what it has become. */
    private void einEingangWirdZuDokumenten(Stadt stadt, Browser anja, Vorgang sache, UUID ersuchen) {
        var eingang = Kennung.neu();
        var bytes = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes("Post"))));
        als(stadt.mandant(), () -> {
            eingaenge.trageEin(
                    eingang, "ordner", bytes, "Post.txt", stadt.tiefbau(), Instant.now(), Protokoll.PROGRAMM);
            jdbc.sql(
                            "INSERT INTO auskunftstreffer (mandant_id, ersuchen_id, objekt_id, art, wege) VALUES (?, ?, ?, 'eingang', '{x}')")
                    .params(stadt.mandant(), ersuchen, eingang)
                    .update();
        });
        var pruefung = "/auskunft/" + ersuchen;
        assertThat(entscheide(anja, pruefung, eingang, "gehoert", "").status()).isEqualTo(302);
        als(stadt.mandant(), () -> eingaenge.lege(stadt.anja(), eingang, sache.id(), null, null));
        assertThat(anja.hole(pruefung).text()).contains("als Eingang gefunden").doesNotContain("/treffer/" + eingang);
        assertThat(als(stadt.mandant(), () -> Auskunftslauf.freie(funde.entschiedene(ersuchen))))
                .noneMatch(frei -> frei.startsWith(eingang.toString()));
    }

    private void mitAnderenAngabenIstNichtGesucht(Stadt stadt, Browser datenschutz, UUID id) {
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE auskunftsersuchen SET sucht = now(), luecken = 'alte Lücke' WHERE id = ?")
                        .param(id)
                        .update());
        Mandantenkontext.als(
                stadt.mandant(), () -> suchlauf.fuehreAus(id, stadt.anja().person()));
        var seite = "/datenschutz/ersuchen/" + id;
        assertThat(datenschutz.hole(seite).text())
                .as("Eine Suche, die scheitert, sagt nichts über die davor")
                .contains("alte Lücke", "Die letzte Suche kam nicht zu Ende");
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE auskunftsersuchen SET sucht = now() WHERE id = ?")
                        .param(id)
                        .update());
        assertThat(aendere(datenschutz, seite).status()).isEqualTo(409);
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE auskunftsersuchen SET sucht = NULL WHERE id = ?")
                        .param(id)
                        .update());
        assertThat(aendere(datenschutz, seite).status()).isEqualTo(302);
        assertThat(datenschutz.hole(seite).text()).contains("noch nicht gesucht");
    }

    private static Browser.Seite aendere(Browser browser, String seite) {
        return browser.sendeVon(
                "/datenschutz/ersuchen/neu", seite + "/angaben", "vorname", "Jürgen", "nachname", "Loewenthal");
    }

    @Test
    void ein_kurzer_name_wird_als_wort_gefunden_und_nicht_mitten_in_anderen() {
        var muster = Suchworte.fuerFelder(
                new Ersuchensangaben("", "Li", "", null, "", "li+bo@example.org", "", "", "", null));
        for (var fall : List.of("Frau Li", "Lis Antrag", "LI")) {
            assertThat(trifft(fall, muster.nachnamen())).as(fall).isTrue();
        }
        for (var fall : List.of("Elise", "Lindner", "Mali")) {
            assertThat(trifft(fall, muster.nachnamen())).as(fall).isFalse();
        }
        assertThat(trifft("an Li+Bo@example.org gesendet", muster.genau())).isTrue();
        assertThat(trifft("an lilibo@example.org gesendet", muster.genau())).isFalse();
        // For want of a first name.
        var ohne = new Ersuchensangaben("-", "Li", "", null, "", "", "", "", "", null);
        assertThat(trifft("Frau Li", Suchworte.fuerFelder(ohne).vornamen())).isTrue();
        assertThat(Suchworte.fuerIndex(ohne)).containsExactly("\"Li\"");
    }

    private boolean trifft(String text, List<String> muster) {
        return jdbc.sql("SELECT CAST(? AS text) ~* ANY (CAST(? AS text[]))")
                .params(text, muster.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /** Asks twice, as a double click does, and waits. */
    private void suche(Stadt stadt, Browser datenschutz, UUID id) {
        var seite = "/datenschutz/ersuchen/" + id;
        var geheim = datenschutz.hole(seite).geheim();
        for (int i = 0; i < 2; i++) {
            assertThat(datenschutz.sende(seite + "/suche", geheim).status()).isEqualTo(302);
        }
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(als(
                                stadt.mandant(),
                                () -> jdbc.sql(
                                                "SELECT sucht IS NULL AND gesucht IS NOT NULL FROM auskunftsersuchen WHERE id = ?")
                                        .param(id)
                                        .query(Boolean.class)
                                        .single()))
                        .isTrue());
    }

    private void merke(Stadt stadt, UUID vorgang, String text) {
        jdbc.sql(
                        "INSERT INTO merkpunkt (mandant_id, id, vorgang_id, text, platz, angelegt_von) SELECT ?, ?, ?, ?, count(*) + 1, ? FROM merkpunkt")
                .params(
                        stadt.mandant(),
                        Kennung.neu(),
                        vorgang,
                        text,
                        stadt.anja().person())
                .update();
    }

    private void schliesseAus(UUID akte, Anmeldung person) {
        jdbc.sql("INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, grund) VALUES (?, ?, ?, ?, 'befangen')")
                .params(person.mandant(), Kennung.neu(), person.person(), akte)
                .update();
    }

    /** Shown, whoever was given it. */
    private void legeVor(Stadt stadt, UUID akte, UUID dokument, String empfaenger) {
        var einsicht = Kennung.neu();
        jdbc.sql(
                        "INSERT INTO akteneinsicht (mandant_id, id, akte_id, angelegt_von, form, empfaenger, grundlage, mit_vermerken, mit_verlauf, alle_versionen) VALUES (?, ?, ?, ?, 'pdf', ?, 'VWVFG', false, false, false)")
                .params(stadt.mandant(), einsicht, akte, stadt.anja().person(), empfaenger)
                .update();
        jdbc.sql("INSERT INTO einsichtsstueck (mandant_id, akteneinsicht_id, dokument_id) VALUES (?, ?, ?)")
                .params(stadt.mandant(), einsicht, dokument)
                .update();
        jdbc.sql(
                        "UPDATE akteneinsicht SET stand = 'fertig', blob_id = (SELECT id FROM blob LIMIT 1), dateiname = 'a.pdf', abrufbar_bis = now() WHERE id = ?")
                .param(einsicht)
                .update();
    }

    /** Of a kind that the Akte has not any more. */
    private void fuelleFrueheresFeld(Stadt stadt, UUID vorgang, String text) {
        var art = Kennung.neu();
        var feld = Kennung.neu();
        jdbc.sql("INSERT INTO aktenart (mandant_id, id, name) VALUES (?, ?, 'Bauakte')")
                .params(stadt.mandant(), art)
                .update();
        jdbc.sql(
                        "INSERT INTO aktenfeld (mandant_id, id, aktenart_id, name, art, platz, traeger) VALUES (?, ?, ?, 'Flur', 'text', 1, 'vorgang')")
                .params(stadt.mandant(), feld, art)
                .update();
        jdbc.sql("INSERT INTO vorgangswert (mandant_id, vorgang_id, feld_id, text) VALUES (?, ?, ?, ?)")
                .params(stadt.mandant(), vorgang, feld, text)
                .update();
    }

    /** Only Kim handles it. @param mitAkte all of its Akte */
    private void trenneAb(Stadt stadt, UUID vorgang, Anmeldung kim, boolean mitAkte) {
        als(stadt.mandant(), () -> {
            var sonder = Kennung.neu();
            jdbc.sql(
                            "INSERT INTO sonderbereich (mandant_id, id, name, einzeln, angelegt_von) VALUES (?, ?, 'Auskunft', true, ?)")
                    .params(stadt.mandant(), sonder, kim.person())
                    .update();
            berechtigungen.gebeFrei(Subjekt.PERSON, kim.person(), Ziel.SONDER, sonder, Recht.BEARBEITEN);
            var bereich = berechtigungen.schutzbereich(null, stadt.ordnung(), 0, sonder);
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang)
                    .update();
            index.vormerkenUndSperren("vorgang", List.of(vorgang));
            if (mitAkte) {
                var akte = jdbc.sql(
                                "UPDATE akte SET schutzbereich_id = ? WHERE id = (SELECT akte_id FROM vorgang WHERE id = ?) RETURNING id")
                        .params(bereich, vorgang)
                        .query(UUID.class)
                        .single();
                index.vormerkenUndSperren("akte", List.of(akte));
            }
        });
    }

    private static Browser.Seite setzeBeiseite(Browser browser, String pruefung, UUID objekt, String stand) {
        return browser.sendeVon(pruefung, pruefung + "/namensgleiche", "objekt", objekt + " " + stand);
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
        return browser.sendeVon(
                "/postkorb",
                pruefung + "/treffer/" + objekt,
                "entscheid",
                entscheid,
                "weil",
                grund,
                "stand",
                stand(browser, pruefung, objekt),
                "kopie",
                ausForm(browser, pruefung, objekt, "name=\"kopie\"><option value=\""));
    }

    /** What the form holds of what was looked at. */
    private static String stand(Browser browser, String pruefung, UUID objekt) {
        return ausForm(browser, pruefung, objekt, "name=\"stand\" value=\"");
    }

    private static String ausForm(Browser browser, String pruefung, UUID objekt, String davor) {
        var text = browser.hole(pruefung).text();
        int form = text.indexOf("/treffer/" + objekt + "\"");
        int ende = text.indexOf("</form>", Math.max(form, 0));
        int wert = text.indexOf(davor, Math.max(form, 0)) + davor.length();
        return form < 0 || wert < davor.length() || wert > ende ? "" : text.substring(wert, text.indexOf('"', wert));
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
