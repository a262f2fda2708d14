package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.suche.Index;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BlaetternTest extends Teststadt {

    @Autowired
    Dokumentlisten dokumentlisten;

    @Autowired
    Vorgangslisten vorgangslisten;

    @Autowired
    Vorgangssuche vorgangssuche;

    @Autowired
    Aktenverlauf verlauf;

    @Autowired
    Index index;

    @Test
    void akten_stehen_nach_jahr_und_nummer_nicht_nach_ihrem_text() {
        var stadt = stadt();
        var eine = vorgang(stadt, "Die von heute");
        alsVerworfen(stadt.mandant(), () -> {
            lege(eine, "66.20.03-0002/2025", null);
            lege(eine, "66.20.03-10000/2025", null);
            lege(eine, "66.20.03-9999/2025", null);
            lege(eine, "66.20.03-2031/1999", null);
            lege(eine, "Altakte 3 b", null);
            lege(eine, "Altakte 20", null);
            lege(eine, "66.20.03-2024", 0);
            var seite = akten.unter(lesend(stadt), eine.planknotenId(), Stelle.ANFANG, 50);
            assertThat(seite.zeilen())
                    .extracting(Akten.Zeile::titel)
                    .containsExactly(
                            "Die von heute",
                            "66.20.03-10000/2025",
                            "66.20.03-9999/2025",
                            "66.20.03-0002/2025",
                            "66.20.03-2031/1999",
                            "Altakte 20",
                            "Altakte 3 b",
                            "66.20.03-2024");
            var knoten = plan.gemeint("66.20.03").orElseThrow();
            for (var sprung : List.of(
                    List.of("2025", "66.20.03-10000/2025"),
                    List.of("9999/2025", "66.20.03-9999/2025"),
                    List.of("66.20.03-9998/2025", "66.20.03-0002/2025"),
                    List.of("Altakte 19", "Altakte 3 b"),
                    List.of("1", "Die von heute"))) {
                assertThat(akten.unter(lesend(stadt), knoten.id(), akten.sprungUnter(knoten, sprung.getFirst()), 1)
                                .zeilen())
                        .as(sprung.getFirst())
                        .extracting(Akten.Zeile::titel)
                        .containsExactly(sprung.getLast());
            }
        });
    }

    @Test
    void beim_blaettern_fehlt_nichts_und_kommt_nichts_doppelt_auch_wenn_neues_dazukommt() {
        var stadt = stadt();
        var eine = vorgang(stadt, "Die erste");
        alsVerworfen(stadt.mandant(), () -> {
            for (int i = 1; i <= 25; i++) {
                lege(eine, "66.20.03-%04d/2020".formatted(i), null);
            }
            Function<Stelle, Seite<Akten.Zeile>> lies = ab -> akten.unter(lesend(stadt), eine.planknotenId(), ab, 10);
            var gesehen = new ArrayList<String>();
            int neue = 0;
            var seite = lies.apply(Stelle.ANFANG);
            assertThat(seite.zurueck()).isNull();
            while (true) {
                seite.zeilen().forEach(z -> gesehen.add(z.titel()));
                // Before, behind and amid what was read already.
                lege(eine, "66.20.03-%04d/2021".formatted(++neue), null);
                lege(eine, "66.20.03-%04d/2020".formatted(100 + neue), null);
                if (seite.weiter() == null) {
                    break;
                }
                seite = lies.apply(Akten.NEUESTE_ZUERST.lies(seite.weiter()));
            }
            assertThat(gesehen).hasSize(26).doesNotHaveDuplicates().endsWith("66.20.03-0001/2020");
            var zurueck = new ArrayList<String>();
            seite = lies.apply(Stelle.ENDE);
            assertThat(seite.weiter()).isNull();
            assertThat(seite.zeilen()).hasSize(10);
            while (true) {
                zurueck.addAll(
                        0, seite.zeilen().stream().map(Akten.Zeile::titel).toList());
                if (seite.zurueck() == null) {
                    break;
                }
                seite = lies.apply(Akten.NEUESTE_ZUERST.lies(seite.zurueck()));
            }
            assertThat(zurueck).containsAll(gesehen);
            assertThat(seite.zeilen()).isEqualTo(lies.apply(Stelle.ANFANG).zeilen());
            assertThat(akten.anzahlUnter(lesend(stadt), eine.planknotenId()))
                    .isEqualTo(new Anzahl(26 + 2L * neue, false));
            assertThat(akten.anzahlJePosition(lesend(stadt))).containsEntry(eine.planknotenId(), 26 + 2L * neue);
            // A place behind everything shows the end, and what nobody made shows the start.
            assertThat(lies.apply(Stelle.ab("0")).zeilen())
                    .isEqualTo(lies.apply(Stelle.ENDE).zeilen());
        });
    }

    @Test
    void wer_von_zwanzigtausend_nur_wenige_sieht_bekommt_genau_diese_und_ihre_zahl() {
        var stadt = stadt();
        var eine = vorgang(stadt, "Die fremde");
        alsVerworfen(stadt.mandant(), () -> {
            jdbc.sql("""
                    INSERT INTO akte (mandant_id, id, aktenzeichen, titel, planknoten_id, einheit_id, schutzbereich_id, angelegt_von)
                    SELECT mandant_id, gen_random_uuid(), 'Z' || i, 'viele', planknoten_id, einheit_id, schutzbereich_id, angelegt_von
                      FROM akte, generate_series(1, 20100) i WHERE id = ?""").param(eine.akteId()).update();
            var petras = berechtigungen.schutzbereich(eine.planknotenId(), stadt.ordnung(), 0, null);
            for (int i = 1; i <= 12; i++) {
                lege(eine, "A" + i, null);
            }
            jdbc.sql("UPDATE akte SET schutzbereich_id = ? WHERE mandant_id = ? AND titel LIKE 'A%'")
                    .params(petras, stadt.mandant())
                    .update();
            var sicht = berechtigungen.sicht(stadt.petra().person(), Recht.LESEN);
            var erste = akten.unter(sicht, eine.planknotenId(), Stelle.ANFANG, 10);
            assertThat(erste.zeilen())
                    .extracting(Akten.Zeile::titel)
                    .startsWith("A12", "A11", "A10")
                    .endsWith("A3");
            assertThat(erste.zurueck()).isNull();
            var zweite = akten.unter(sicht, eine.planknotenId(), Akten.NEUESTE_ZUERST.lies(erste.weiter()), 10);
            assertThat(zweite.zeilen()).extracting(Akten.Zeile::titel).containsExactly("A2", "A1");
            assertThat(zweite.weiter()).isNull();
            assertThat(akten.unter(sicht, eine.planknotenId(), Stelle.ENDE, 2).zeilen())
                    .isEqualTo(zweite.zeilen());
            assertThat(akten.anzahlUnter(sicht, eine.planknotenId())).isEqualTo(new Anzahl(12, false));
            assertThat(akten.anzahlJePosition(sicht)).containsExactly(java.util.Map.entry(eine.planknotenId(), 12L));
            assertThat(akten.anzahlUnter(lesend(stadt), eine.planknotenId())).isEqualTo(new Anzahl(20_101, false));
            // One more by a single grant, and it alone; without it, or as a foreign tenant, nothing.
            var geliehen = mit(sicht, Set.of(), Set.of(eine.akteId()), Set.of());
            assertThat(akten.anzahlUnter(geliehen, eine.planknotenId())).isEqualTo(new Anzahl(13, false));
            assertThat(akten.unter(geliehen, eine.planknotenId(), Stelle.ANFANG, 1)
                            .zeilen())
                    .extracting(Akten.Zeile::titel)
                    .containsExactly("Die fremde");
            assertThat(akten.anzahlJePosition(geliehen)).containsEntry(eine.planknotenId(), 13L);
        });
        var fremde = stadt();
        var geliehen = als(stadt.mandant(), () -> lesend(stadt));
        als(fremde.mandant(), () -> {
            assertThat(akten.unter(geliehen, eine.planknotenId(), Stelle.ENDE, 10))
                    .isEqualTo(Seite.leer());
            assertThat(akten.anzahlUnter(geliehen, eine.planknotenId()).zahl()).isZero();
        });
    }

    @Test
    void von_einem_dokument_zum_naechsten_geht_es_ueber_die_seiten_hinweg_und_anlagen_folgen_ihrer_mail() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Große Sache");
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var pfad = "/vorgaenge/" + vorgang.id();
        browser.ladeHoch(pfad, pfad + "/dokumente", "eins.txt", "Erstes".getBytes(StandardCharsets.UTF_8));
        als(stadt.mandant(), () -> {
            // A late attachment of the first one, number 122, and one attached to that.
            jdbc.sql("""
                    INSERT INTO dokument (mandant_id, id, vorgang_id, akte_id, nummer, titel, schutzbereich_id, angelegt_von, gehoert_zu)
                    SELECT mandant_id, gen_random_uuid(), vorgang_id, akte_id, i, 'Nr. ' || i, schutzbereich_id, angelegt_von, CASE WHEN i = 122 THEN id END
                      FROM dokument, generate_series(2, 122) i WHERE mandant_id = ? AND vorgang_id = ?""").params(stadt.mandant(), vorgang.id()).update();
            jdbc.sql("""
                    INSERT INTO dokument (mandant_id, id, vorgang_id, akte_id, nummer, titel, schutzbereich_id, angelegt_von, gehoert_zu)
                    SELECT mandant_id, gen_random_uuid(), vorgang_id, akte_id, 123, 'Nr. 123', schutzbereich_id, angelegt_von, id
                      FROM dokument WHERE mandant_id = ? AND vorgang_id = ? AND nummer = 122""").params(stadt.mandant(), vorgang.id()).update();
            jdbc.sql("""
                    INSERT INTO version (mandant_id, id, dokument_id, nummer, datei_id, angelegt_von)
                    SELECT d.mandant_id, gen_random_uuid(), d.id, 1, v.datei_id, d.angelegt_von FROM dokument d, version v
                     WHERE d.mandant_id = ? AND v.mandant_id = d.mandant_id AND d.nummer > 1""").params(stadt.mandant()).update();
            index.vormerken(
                    "dokument",
                    jdbc.sql("SELECT id FROM dokument WHERE mandant_id = ? AND nummer > 1")
                            .param(stadt.mandant())
                            .query(UUID.class)
                            .list());
        });
        var erwartet = new ArrayList<Integer>(List.of(1, 122, 123));
        for (int i = 2; i <= 121; i++) {
            erwartet.add(i);
        }
        als(stadt.mandant(), () -> {
            var sicht = lesend(stadt);
            var gegangen = new ArrayList<Integer>();
            var dokument = dokumentlisten
                    .in(sicht, vorgang.id(), Stelle.ANFANG, 50)
                    .zeilen()
                    .getFirst();
            UUID vorher = null;
            while (true) {
                gegangen.add(dokument.nummer());
                var nachbarn = dokumentlisten.nachbarn(sicht, dokument);
                assertThat(nachbarn.davor()).isEqualTo(vorher);
                if (nachbarn.danach() == null) {
                    break;
                }
                vorher = dokument.id();
                dokument = dokumente.dokument(sicht, nachbarn.danach());
            }
            assertThat(gegangen).isEqualTo(erwartet);
            assertThat(dokumentlisten.anzahlIn(sicht, vorgang.id())).isEqualTo(new Anzahl(123, false));
        });
        var letztes = als(
                stadt.mandant(),
                () -> dokumentlisten
                        .in(lesend(stadt), vorgang.id(), Stelle.ENDE, 50)
                        .zeilen()
                        .getLast());
        // Named without its page: the page that holds it is shown, with the Dokument marked in it.
        assertThat(browser.hole(pfad + "?dokument=" + letztes.id()).text())
                .contains("Nr. 121", "rel=\"prev\"", "Voriges Dokument")
                .doesNotContain("rel=\"next\"", "Nächstes Dokument");
        assertThat(browser.hole(pfad + "?zu=60").text())
                .contains("Nr. 60", "Nr. 109")
                .doesNotContain("Nr. 59<", "Nr. 110");
    }

    @Autowired
    Dokumente dokumente;

    @Test
    void eine_unlesbare_stelle_ist_ueberall_die_erste_seite_nie_ein_fehler() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Marktplatz");
        als(
                stadt.mandant(),
                () -> personen.gib(
                        de.federwerk.protokoll.Protokoll.PROGRAMM,
                        stadt.anja().person(),
                        de.federwerk.organisation.Rolle.ADMINISTRATION));
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var fremdeOrdnung = Stelle.nach(List.of("x", "y", "z")).text();
        var kaputteZeit = Stelle.nach(List.of("+999999999-12-31T23:59:59Z", UUID.randomUUID()))
                .text();
        var nul = Stelle.nach(List.of("a\0b", UUID.randomUUID())).text();
        for (var stelle : List.of("NA*", "quatsch", fremdeOrdnung, kaputteZeit, nul, "AB" + "A".repeat(2_500))) {
            for (var pfad : List.of(
                    "/akten?knoten=" + vorgang.planknotenId(),
                    "/akten/" + vorgang.akteId() + "?",
                    "/akten/" + vorgang.akteId() + "/protokoll?",
                    "/vorgaenge/" + vorgang.id() + "?va=" + stelle,
                    "/posteingang?status=alle",
                    "/postkorb?va=" + stelle,
                    "/suche?q=Marktplatz",
                    "/verwaltung?",
                    "/verwaltung/schnittstelle?",
                    "/stoerungen?")) {
                var seite = browser.hole(pfad + "&ab=" + stelle);
                assertThat(seite.status()).as("%s %s", pfad, stelle).isEqualTo(200);
            }
            assertThat(browser.hole("/akten?knoten=" + vorgang.planknotenId() + "&ab=" + stelle)
                            .text())
                    .contains("Marktplatz");
        }
        for (var zu : List.of("%00", "99999999999999999999", "31.02.2026", "2026-000001")) {
            for (var pfad : List.of(
                    "/akten?knoten=" + vorgang.planknotenId(),
                    "/akten/" + vorgang.akteId() + "?",
                    "/akten/" + vorgang.akteId() + "/protokoll?",
                    "/vorgaenge/" + vorgang.id() + "?",
                    "/posteingang?",
                    "/verwaltung?",
                    "/verwaltung/schnittstelle?",
                    "/stoerungen?")) {
                assertThat(browser.hole(pfad + "&zu=" + zu).status())
                        .as("%s %s", pfad, zu)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void der_vorgang_zum_ablegen_findet_sich_am_anfang_eines_worts_am_aktenzeichen_und_gleich_nach_dem_anlegen() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gerüst an der Königstraße");
        var zda = vorgang(stadt, "Gerüst, erledigt");
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), zda.id()));
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.BEARBEITEN);
            for (var getippt : List.of("", "Ger", "königs", "66.20.03-0001", vorgang.aktenzeichen(), "an der gerüst")) {
                assertThat(vorgangssuche.finde(sicht, getippt)).as(getippt).containsExactly(vorgang);
            }
            assertThat(vorgangssuche.finde(sicht, "Brücke")).isEmpty();
        });
        // Somebody else's is found by the index.
        var karin =
                als(stadt.mandant(), () -> person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau()));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> als(
                        stadt.mandant(),
                        () -> assertThat(vorgangssuche.finde(
                                        berechtigungen.sicht(karin.person(), Recht.BEARBEITEN), "gerü königs"))
                                .extracting(Vorgaenge.Vorgang::id)
                                .containsExactly(vorgang.id())));
    }

    @Test
    void das_protokoll_springt_zu_einem_tag_und_zeigt_dessen_letzten_eintrag_zuerst() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Ortstermin");
        for (int i = 0; i < 60; i++) {
            als(stadt.mandant(), () -> vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), "Vermerk"));
        }
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var seite = browser.hole("/akten/" + vorgang.akteId() + "/protokoll");
        assertThat(seite.text())
                .contains("62 Einträge", "rel=\"next\"", "rel=\"last\"", "aria-current=\"page\">Anfang");
        assertThat(browser.hole("/akten/" + vorgang.akteId() + "/protokoll?zu=1.1.2020")
                        .text())
                .contains("aria-current=\"page\">Ende", "hat die Akte angelegt", "rel=\"first\"");
        // Vermerke: the newest page first, the older ones one click before.
        assertThat(browser.hole("/vorgaenge/" + vorgang.id()).text())
                .contains("Seiten der Vermerke", "aria-current=\"page\">Ende");
    }

    @Test
    void eine_ordnung_liest_nur_was_zu_ihr_passt() {
        var ordnung = Ordnung.ab(Ordnung.zeit("zeit"), Ordnung.kennung("id"));
        var schluessel = List.of(java.time.Instant.parse("2026-11-24T10:15:30.123456Z"), UUID.randomUUID());
        assertThat(ordnung.lies(Stelle.nach(schluessel).text())).isEqualTo(Stelle.nach(schluessel));
        assertThat(ordnung.lies(Stelle.vor(schluessel).text())).isEqualTo(Stelle.vor(schluessel));
        assertThat(ordnung.lies(Stelle.ab(schluessel.getFirst()).text())).isEqualTo(Stelle.ab(schluessel.getFirst()));
        assertThat(ordnung.lies(Stelle.ENDE.text())).isEqualTo(Stelle.ENDE);
        assertThat(ordnung.lies(Stelle.nach(List.of("gestern", "x")).text())).isEqualTo(Stelle.ANFANG);
        assertThat(ordnung.lies(null)).isEqualTo(Stelle.ANFANG);
    }

    private Sicht lesend(Stadt stadt) {
        return berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
    }

    /** As taken over from an old system: its title is its Aktenzeichen. */
    private void lege(Vorgaenge.Vorgang wie, String aktenzeichen, @org.jspecify.annotations.Nullable Integer jahr) {
        jdbc.sql("""
                INSERT INTO akte (mandant_id, id, aktenzeichen, titel, planknoten_id, einheit_id, schutzbereich_id, angelegt_von, jahr)
                SELECT mandant_id, gen_random_uuid(), :zeichen, :zeichen, planknoten_id, einheit_id, schutzbereich_id, angelegt_von, CAST(:jahr AS smallint)
                  FROM akte WHERE id = :id""")
                .param("zeichen", aktenzeichen)
                .param("jahr", jahr)
                .param("id", wie.akteId())
                .update();
    }
}
