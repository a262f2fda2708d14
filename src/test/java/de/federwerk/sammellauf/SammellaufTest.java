package de.federwerk.sammellauf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.akte.Umprotokollierung;
import de.federwerk.akte.Verlegung;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datei.Dateien;
import de.federwerk.meldung.Meldungen;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One act for many: with progress, refusals, a killed process, rights lost on the way, and the way back. */
class SammellaufTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(60);

    @Autowired
    Sammellaeufe laeufe;

    @Autowired
    Sammelauskunft auskunft;

    @Autowired
    Sammelposten posten;

    @Autowired
    Sammelschritt schritt;

    @Autowired
    Sammelwache wache;

    @Autowired
    Protokoll protokoll;

    @Autowired
    Meldungen meldungen;

    @Autowired
    Umprotokollierung umprotokollierung;

    @Autowired
    Verlegung verlegung;

    @Autowired
    Aktenarten arten;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    private UUID position(Stadt stadt, String kennzeichen) {
        return als(
                stadt.mandant(), () -> plan.gemeint(kennzeichen).orElseThrow().id());
    }

    private List<UUID> akten(Stadt stadt, int zahl, String kennzeichen) {
        var position = position(stadt, kennzeichen);
        return als(
                stadt.mandant(),
                () -> IntStream.range(0, zahl)
                        .mapToObj(i -> akten.legeAn(
                                        stadt.anja(), Kennung.neu(), position, stadt.tiefbau(), "Erlaubnis " + i)
                                .id())
                        .toList());
    }

    private Sammelauskunft.Lauf wartet(Stadt stadt, UUID lauf, String stand) {
        return await().atMost(GEDULD)
                .until(
                        () -> als(stadt.mandant(), () -> auskunft.eigener(stadt.anja(), lauf)),
                        l -> l.stand().equals(stand));
    }

    private String zeichen(Stadt stadt, UUID akte) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT aktenzeichen FROM akte WHERE mandant_id = ? AND id = ?")
                        .params(stadt.mandant(), akte)
                        .query(String.class)
                        .single());
    }

    private List<Sammelposten.Zeile> nichtGegangen(Stadt stadt, UUID lauf) {
        return als(
                stadt.mandant(),
                () -> posten.zeilen(stadt.anja().person(), lauf, List.of("abgelehnt", "geblieben"), 0, 100));
    }

    private static String verbunden(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(" "));
    }

    @Test
    void dreihundert_zugleich_zweimal_geklickt_ist_ein_lauf_und_was_nicht_ging_ist_genannt() {
        var stadt = stadt();
        var mappe = mappe(stadt);
        var gute = akten(stadt, 296, "66.20.03");
        var schonDarin = akten(stadt, 2, "66.20.05");
        var fremde = als(
                stadt.mandant(),
                () -> akten.legeAn(
                                stadt.petra(),
                                Kennung.neu(),
                                plan.gemeint("66.20.03").orElseThrow().id(),
                                stadt.ordnung(),
                                "Geheimnis")
                        .id());
        var alle = new ArrayList<>(gute);
        alle.addAll(schonDarin);
        alle.add(fremde);
        alle.add(Kennung.neu());
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        schonDarin.forEach(id ->
                anja.sendeVon("/handmappen/" + mappe, "/handmappen/" + mappe + "/stuecke", "zielId", "akte:" + id));

        var lauf = Kennung.neu();
        var felder = new String[] {
            "lauf", lauf.toString(), "art", "akte", "tat", "handmappe", "ids", verbunden(alle), "tat-mappe", ""
        };
        // Without a Handmappe nothing begins.
        var formular = anja.sendeVon("/sammellaeufe", "/sammellaeufe", felder);
        assertThat(formular.status()).isEqualTo(422);
        assertThat(formular.text()).contains("300 Akten", "tat-mappe", "Eilige");
        felder[felder.length - 1] = mappe.toString();
        for (int i = 0; i < 2; i++) {
            assertThat(anja.sende("/sammellaeufe", formular.geheim(), felder).ziel())
                    .isEqualTo("/sammellaeufe/" + lauf);
        }
        var fertig = wartet(stadt, lauf, "fertig");
        assertThat(fertig.anzahlen()).isEqualTo(Map.of("erledigt", 296L, "abgelehnt", 4L));
        assertThat(anja.hole("/sammellaeufe").text()).contains("300 von 300", "In die Handmappe");
        assertThat(zaehle(stadt, "SELECT count(*) FROM sammellauf")).isEqualTo(1);
        assertThat(anja.hole("/meldungen").text()).contains("Sammellauf fertig", "Nicht gegangen: 4");
        var seite = anja.hole("/sammellaeufe/" + lauf).text();
        assertThat(seite)
                .contains(
                        "Liegt schon darin",
                        "nicht (mehr) für Sie freigegeben",
                        schonDarin.getFirst().toString())
                .doesNotContain("Geheimnis");
        assertThat(anja.hole("/sammellaeufe/" + lauf + "/posten.csv").text().lines())
                .hasSize(301);
        for (var fremder :
                List.of(angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(stadt().mandant(), "anja.mueller"))) {
            verraetNichts(fremder, lauf);
        }
        assertThat(zaehle(stadt, "SELECT count(*) FROM handmappe_stueck")).isEqualTo(298);
    }

    private UUID mappe(Stadt stadt) {
        var mappe = Kennung.neu();
        als(
                stadt.mandant(),
                () -> jdbc.sql("INSERT INTO handmappe (mandant_id, id, name, person_id) VALUES (?, ?, 'Eilige', ?)")
                        .params(stadt.mandant(), mappe, stadt.anja().person())
                        .update());
        return mappe;
    }

    private void verraetNichts(Browser fremder, UUID lauf) {
        for (var pfad : List.of("", "/posten.csv")) {
            assertThat(fremder.hole("/sammellaeufe/" + lauf + pfad).status()).isEqualTo(404);
        }
        for (var tat : List.of("unterbrechung", "fortsetzung", "ruecknahme")) {
            assertThat(fremder.sendeVon("/sammellaeufe", "/sammellaeufe/" + lauf + "/" + tat)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(fremder.hole("/sammellaeufe").text()).doesNotContain(lauf.toString(), "Eilige");
    }

    private long zaehle(Stadt stadt, String sql) {
        return als(stadt.mandant(), () -> jdbc.sql(sql).query(Long.class).single());
    }

    /** Begun, and held before anybody works on it. */
    private UUID gehalten(Stadt stadt, String tat, Art art, List<UUID> ids, Map<String, String> angaben) {
        return als(stadt.mandant(), () -> {
            var lauf = laeufe.beginne(stadt.anja(), tat, art, ids, angaben);
            laeufe.halteAn(stadt.anja(), lauf);
            return lauf;
        });
    }

    /** As the program does it, one Posten; the run is seen by nobody else meanwhile. */
    private void einSchritt(UUID lauf) {
        jdbc.sql("UPDATE sammellauf SET stand = 'laeuft'").update();
        assertThat(schritt.weiter(lauf)).isTrue();
        jdbc.sql("UPDATE sammellauf SET stand = 'angehalten'").update();
    }

    @Test
    void mitten_im_schritt_getoetet_faengt_er_dort_wieder_an_und_kein_aktenzeichen_geht_verloren_oder_kommt_zweimal() {
        var stadt = stadt();
        var alle = akten(stadt, 6, "66.20.03");
        var alt = zeichen(stadt, alle.getFirst());
        var lauf =
                gehalten(stadt, "umprotokollierung", Art.AKTE, alle, Map.of("plan", "66.20.05", "grund", "Neuordnung"));
        als(stadt.mandant(), () -> einSchritt(lauf));
        // Killed before the commit of the second: everything of it is gone, its number too.
        alsVerworfen(stadt.mandant(), () -> {
            einSchritt(lauf);
            assertThat(zaehle("SELECT count(*) FROM sammelposten WHERE stand = 'erledigt'"))
                    .isEqualTo(2);
        });
        assertThat(zeichen(stadt, alle.get(0))).startsWith("66.20.05-0001/");
        assertThat(zeichen(stadt, alle.get(1))).startsWith("66.20.03-0002/");
        als(stadt.mandant(), () -> laeufe.setzeFort(stadt.anja(), lauf));
        assertThat(wartet(stadt, lauf, "fertig").anzahlen()).isEqualTo(Map.of("erledigt", 6L));
        assertThat(zeichen(stadt, alle.get(1))).startsWith("66.20.05-0002/");
        assertThat(zaehle(stadt, "SELECT count(*) FROM verlegung")).isEqualTo(6);
        assertThat(zaehle(stadt, "SELECT stand FROM zaehler WHERE name LIKE 'akte:66.20.05-%'"))
                .isEqualTo(6);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/suche?q=" + alt).ziel()).isEqualTo("/akten/" + alle.getFirst());
        assertThat(anja.hole("/akten/" + alle.getFirst() + "/protokoll").text())
                .contains("Sammellauf: Umprotokollieren nach 66.20.05");

        // Somebody moves one of them on: that stays, with the number it got.
        als(
                stadt.mandant(),
                () -> umprotokollierung.protokolliereUm(
                        stadt.anja(),
                        alle.get(3),
                        plan.gemeint("66.20.03").orElseThrow().id(),
                        stadt.tiefbau(),
                        "doch nicht"));
        var weiter = zeichen(stadt, alle.get(3));
        // Stopped on the way back, it goes on backwards.
        als(stadt.mandant(), () -> {
            laeufe.nimmZurueck(stadt.anja(), lauf);
            laeufe.halteAn(stadt.anja(), lauf);
        });
        assertThat(anja.hole("/sammellaeufe/" + lauf).text())
                .contains("Zurücknehmen angehalten", "Weiter zurücknehmen")
                .doesNotContain("/ruecknahme");
        anja.sendeVon("/sammellaeufe/" + lauf, "/sammellaeufe/" + lauf + "/fortsetzung");
        assertThat(wartet(stadt, lauf, "zurueckgenommen").anzahlen())
                .isEqualTo(Map.of("zurueckgenommen", 5L, "geblieben", 1L));
        assertThat(anja.hole("/sammellaeufe/" + lauf).text()).contains("noch einmal geändert");
        assertThat(zeichen(stadt, alle.get(3))).isEqualTo(weiter);
        assertThat(zeichen(stadt, alle.getFirst())).startsWith("66.20.03-").isNotEqualTo(alt);
        assertThat(anja.hole("/suche?q=" + alt).ziel()).isEqualTo("/akten/" + alle.getFirst());
        // No number twice, none left out: six at first, one that was moved on, five that came back.
        assertThat(zaehle(stadt, "SELECT stand FROM zaehler WHERE name LIKE 'akte:66.20.03-%'"))
                .isEqualTo(12);
        assertThat(zaehle(stadt, """
                SELECT count(DISTINCT z) FROM (SELECT aktenzeichen AS z FROM akte UNION ALL SELECT zeichen FROM frueheres_aktenzeichen WHERE art = 'vergeben') a
                 WHERE z LIKE '66.20.03-%'""")).isEqualTo(12);
    }

    private long zaehle(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @Test
    void wer_mittendrin_seine_rechte_verliert_aendert_von_da_an_nichts_mehr() {
        var stadt = stadt();
        var alle = akten(stadt, 5, "66.20.03");
        var lauf = gehalten(stadt, "zda", Art.AKTE, alle, Map.of());
        als(stadt.mandant(), () -> einSchritt(lauf));
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE freigabe SET gueltig_bis = now() WHERE mandant_id = ? AND subjekt_id = ?")
                    .params(stadt.mandant(), stadt.tiefbau())
                    .update();
            laeufe.setzeFort(stadt.anja(), lauf);
        });
        assertThat(wartet(stadt, lauf, "fertig").anzahlen()).isEqualTo(Map.of("erledigt", 1L, "abgelehnt", 4L));
        assertThat(zaehle(stadt, "SELECT count(*) FROM akte WHERE stand = 'zda'"))
                .isEqualTo(1);
        // What she does not see any more is not named either, and she cannot take it back.
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/sammellaeufe/" + lauf + "?alle=true")
                        .text())
                .doesNotContain("Erlaubnis");
        assertThat(nichtGegangen(stadt, lauf))
                .extracting(Sammelposten.Zeile::grund)
                .containsOnly("Nicht (mehr) für Sie freigegeben.");
        angemeldet(stadt.mandant(), "anja.mueller")
                .sendeVon("/sammellaeufe/" + lauf, "/sammellaeufe/" + lauf + "/ruecknahme");
        assertThat(wartet(stadt, lauf, "zurueckgenommen").zahl("geblieben")).isEqualTo(1);
        assertThat(zaehle(stadt, "SELECT count(*) FROM akte WHERE stand = 'zda'"))
                .isEqualTo(1);
    }

    @Test
    void jede_tat_geht_hin_und_zurueck() {
        var stadt = stadt();
        var kollegin =
                als(stadt.mandant(), () -> person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau()));
        // Of two who are called so, the one comes back who was there.
        als(stadt.mandant(), () -> person(stadt.mandant(), "anja.zwei", "Anja", "Müller", stadt.tiefbau()));
        var quelle = vorgang(stadt, "Quelle");
        var ziel = vorgang(stadt, "Ziel");
        var art = Kennung.neu();
        var feld = Kennung.neu();
        var mappe = mappe(stadt);
        als(stadt.mandant(), () -> {
            jdbc.sql("INSERT INTO aktenart (mandant_id, id, name) VALUES (?, ?, 'Bau')")
                    .params(stadt.mandant(), art)
                    .update();
            jdbc.sql(
                            "INSERT INTO aktenfeld (mandant_id, id, aktenart_id, name, art, platz) VALUES (?, ?, ?, 'Flur', 'text', 1)")
                    .params(stadt.mandant(), feld, art)
                    .update();
            jdbc.sql("UPDATE akte SET aktenart_id = ? WHERE id = ?")
                    .params(art, quelle.akteId())
                    .update();
        });
        var dokument = dokument(stadt, quelle.id());
        var zielId = "vorgang:" + ziel.id();
        hinUndZurueck(
                stadt,
                "bearbeiter",
                Art.VORGANG,
                quelle.id(),
                Map.of("bearbeiter", "karin.ahrens"),
                """
                SELECT trim(p.vorname || ' ' || p.nachname) FROM vorgang v JOIN person p ON p.id = v.bearbeiter_id WHERE v.id = ?""",
                "Karin Ahrens");
        hinUndZurueck(
                stadt,
                "bearbeiter",
                Art.AKTE,
                quelle.akteId(),
                Map.of("bearbeiter", "Karin Ahrens", "bearbeiterId", "person:" + kollegin.person()),
                """
                SELECT trim(p.vorname || ' ' || p.nachname) FROM akte v JOIN person p ON p.id = v.bearbeiter_id WHERE v.id = ?""",
                "Karin Ahrens");
        hinUndZurueck(
                stadt, "zda", Art.VORGANG, quelle.id(), Map.of(), "SELECT stand FROM vorgang WHERE id = ?", "zda");
        hinUndZurueck(
                stadt,
                "aktenfeld",
                Art.AKTE,
                quelle.akteId(),
                Map.of("feld", "f-" + feld, "wert", "Flur 7"),
                "SELECT coalesce((SELECT text FROM aktenwert WHERE akte_id = ?), '')",
                "Flur 7");
        hinUndZurueck(
                stadt,
                "verlegung",
                Art.VORGANG,
                quelle.id(),
                Map.of("ziel", "x", "zielId", "akte:" + ziel.akteId(), "grund", "gehört dorthin"),
                "SELECT akte_id::text FROM vorgang WHERE id = ?",
                ziel.akteId().toString());
        hinUndZurueck(
                stadt,
                "verlegung",
                Art.DOKUMENT,
                dokument,
                Map.of("ziel", "x", "zielId", zielId, "grund", "gehört dorthin"),
                "SELECT vorgang_id::text FROM dokument WHERE id = ?",
                ziel.id().toString());
        hinUndZurueck(
                stadt,
                "dokumentart",
                Art.DOKUMENT,
                dokument,
                Map.of("dokumentart", "Bescheid"),
                "SELECT dokumentart FROM dokument WHERE id = ?",
                "Bescheid");
        hinUndZurueck(
                stadt,
                "handmappe",
                Art.DOKUMENT,
                dokument,
                Map.of("mappe", mappe.toString()),
                "SELECT coalesce((SELECT 'darin' FROM handmappe_stueck WHERE objekt_id = ?), '')",
                "darin");
        bleibtWasNichtMehrDasselbeIst(stadt, quelle.akteId(), dokument, mappe, zielId);
        bleibtWoEsSeitdemHingelegtWurde(stadt, quelle.id(), quelle.akteId(), ziel.akteId());
        gehtZurueckAuchWennJemandAndersHeisst(stadt, quelle.id(), kollegin.person());
        // What has no way back says so.
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), quelle.id()));
        var lauf = als(
                stadt.mandant(),
                () -> laeufe.beginne(
                        stadt.anja(),
                        "wiederaufnahme",
                        Art.VORGANG,
                        List.of(quelle.id()),
                        Map.of("grund", "Nachtrag")));
        assertThat(wartet(stadt, lauf, "fertig").zuruecknehmbar()).isFalse();
        assertThatThrownBy(() -> als(stadt.mandant(), () -> laeufe.nimmZurueck(stadt.anja(), lauf)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("nicht gesammelt zurücknehmen");
        Mandantenkontext.als(stadt.mandant(), () -> {
            assertThatThrownBy(() -> laeufe.beginne(stadt.anja(), "dokumentart", Art.AKTE, List.of(art), Map.of()))
                    .isInstanceOf(NichtGefunden.class);
            assertThatThrownBy(() -> laeufe.beginne(stadt.anja(), "zda", Art.AKTE, List.of(), Map.of()))
                    .hasMessageContaining("nichts ausgewählt");
            assertThatThrownBy(() -> laeufe.beginne(
                            stadt.anja(),
                            "zda",
                            Art.AKTE,
                            Collections.nCopies(10_001, 0).stream()
                                    .map(i -> Kennung.neu())
                                    .toList(),
                            Map.of()))
                    .hasMessageContaining("10.000");
        });
    }

    /** A reason names nothing that may be closed tomorrow; what a colleague did, or what cannot go back whole, stays; an Anlage goes along. */
    private void bleibtWasNichtMehrDasselbeIst(Stadt stadt, UUID akte, UUID dokument, UUID mappe, String zielId) {
        assertThat(abgelehnt(stadt, "zda", Art.AKTE, akte))
                .contains("noch nicht schließen")
                .doesNotContain("Quelle");
        var hinein = als(
                stadt.mandant(),
                () -> laeufe.beginne(
                        stadt.anja(), "handmappe", Art.DOKUMENT, List.of(dokument), Map.of("mappe", mappe.toString())));
        wartet(stadt, hinein, "fertig");
        als(stadt.mandant(), () -> {
            jdbc.sql("DELETE FROM handmappe_stueck WHERE objekt_id = ?")
                    .param(dokument)
                    .update();
            jdbc.sql(
                            "INSERT INTO handmappe_stueck (mandant_id, handmappe_id, objekt_id, art, gelegt_von) VALUES (?, ?, ?, 'dokument', ?)")
                    .params(stadt.mandant(), mappe, dokument, stadt.petra().person())
                    .update();
            laeufe.nimmZurueck(stadt.anja(), hinein);
        });
        assertThat(wartet(stadt, hinein, "zurueckgenommen").zahl("geblieben")).isEqualTo(1);
        assertThat(zaehle(stadt, "SELECT count(*) FROM handmappe_stueck")).isEqualTo(1);
        // Whose Handmappe it is not any more is not told what lies in it.
        var verloren = gehalten(stadt, "handmappe", Art.DOKUMENT, List.of(dokument), Map.of("mappe", mappe.toString()));
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE handmappe SET person_id = ? WHERE id = ?")
                    .params(stadt.petra().person(), mappe)
                    .update();
            laeufe.setzeFort(stadt.anja(), verloren);
        });
        assertThat(wartet(stadt, verloren, "fertig").zahl("abgelehnt")).isEqualTo(1);
        assertThat(nichtGegangen(stadt, verloren).getFirst().grund())
                .isNotBlank()
                .doesNotContain("darin");

        var vorgang = UUID.fromString(lies(stadt, "SELECT vorgang_id::text FROM dokument WHERE id = ?", dokument));
        var anlage = dokument(stadt, vorgang);
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE dokument SET gehoert_zu = ? WHERE id = ?")
                        .params(dokument, anlage)
                        .update());
        var wandert = als(
                stadt.mandant(),
                () -> laeufe.beginne(
                        stadt.anja(),
                        "verlegung",
                        Art.DOKUMENT,
                        List.of(anlage, dokument),
                        Map.of("ziel", "x", "zielId", zielId, "grund", "gehört dorthin")));
        assertThat(wartet(stadt, wandert, "fertig").anzahlen()).isEqualTo(Map.of("erledigt", 1L));
        assertThat("vorgang:" + lies(stadt, "SELECT vorgang_id::text FROM dokument WHERE id = ?", anlage))
                .isEqualTo(zielId);
        als(stadt.mandant(), () -> {
            assertThat(jdbc.sql("UPDATE sammelposten SET spur = replace(spur, 'nein', 'ja') WHERE sammellauf_id = ?")
                            .param(wandert)
                            .update())
                    .isEqualTo(1);
            laeufe.nimmZurueck(stadt.anja(), wandert);
        });
        wartet(stadt, wandert, "zurueckgenommen");
        assertThat(nichtGegangen(stadt, wandert).getFirst().grund()).contains("Vertraulichkeitsstufe");

        // Of an act that there is no more: refused, and at its end.
        var alt = Kennung.neu();
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "INSERT INTO sammellauf (mandant_id, id, person_id, tat, art, angaben, bezeichnung) VALUES (?, ?, ?, 'abgeschafft', 'akte', '{}', 'Alt')")
                    .params(stadt.mandant(), alt, stadt.anja().person())
                    .update();
            posten.fuegeHinzu(alt, List.of(akte));
        });
        Mandantenkontext.als(stadt.mandant(), () -> {
            while (schritt.weiter(alt)) {
                // Until it says that there is no more.
            }
        });
        assertThat(wartet(stadt, alt, "fertig").anzahlen()).isEqualTo(Map.of("abgelehnt", 1L));
    }

    /** A colleague moved it on, and another back: that it lies where the run put it is a decision of its own. */
    private void bleibtWoEsSeitdemHingelegtWurde(Stadt stadt, UUID vorgang, UUID von, UUID nach) {
        var lauf = als(
                stadt.mandant(),
                () -> laeufe.beginne(
                        stadt.anja(),
                        "verlegung",
                        Art.VORGANG,
                        List.of(vorgang),
                        Map.of("ziel", "x", "zielId", "akte:" + nach, "grund", "gehört dorthin")));
        wartet(stadt, lauf, "fertig");
        for (var ort : List.of(von, nach)) {
            als(stadt.mandant(), () -> verlegung.verlegeVorgang(stadt.anja(), vorgang, ort, "doch"));
        }
        als(stadt.mandant(), () -> laeufe.nimmZurueck(stadt.anja(), lauf));
        wartet(stadt, lauf, "zurueckgenommen");
        assertThat(nichtGegangen(stadt, lauf).getFirst().grund()).contains("noch einmal geändert");
        assertThat(lies(stadt, "SELECT akte_id::text FROM vorgang WHERE id = ?", vorgang))
                .isEqualTo(nach.toString());
    }

    private void gehtZurueckAuchWennJemandAndersHeisst(Stadt stadt, UUID vorgang, UUID kollegin) {
        var frage = "SELECT bearbeiter_id::text FROM vorgang WHERE id = ?";
        var vorher = lies(stadt, frage, vorgang);
        var lauf = als(
                stadt.mandant(),
                () -> laeufe.beginne(
                        stadt.anja(),
                        "bearbeiter",
                        Art.VORGANG,
                        List.of(vorgang),
                        Map.of("bearbeiter", "karin.ahrens")));
        wartet(stadt, lauf, "fertig");
        assertThat(lies(stadt, frage, vorgang)).isEqualTo(kollegin.toString()).isNotEqualTo(vorher);
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE person SET nachname = 'Behrens' WHERE mandant_id = ? AND id::text IN (?, ?)")
                    .params(stadt.mandant(), kollegin.toString(), vorher)
                    .update();
            laeufe.nimmZurueck(stadt.anja(), lauf);
        });
        wartet(stadt, lauf, "zurueckgenommen");
        assertThat(nichtGegangen(stadt, lauf)).isEmpty();
        assertThat(lies(stadt, frage, vorgang)).isEqualTo(vorher);
    }

    @Test
    void ein_fehler_haelt_weder_die_anderen_auf_noch_geschieht_er_fuer_immer() {
        var stadt = stadt();
        var kaputt = Kennung.neu();
        var verdorben = Kennung.neu();
        als(stadt.mandant(), () -> {
            for (var lauf : List.of(kaputt, verdorben)) {
                jdbc.sql(
                                "INSERT INTO sammellauf (mandant_id, id, person_id, tat, art, angaben, bezeichnung) VALUES (?, ?, ?, 'handmappe', 'akte', ?, 'Lauf')")
                        .params(stadt.mandant(), lauf, stadt.anja().person(), lauf.equals(kaputt) ? "{}" : "nichts")
                        .update();
                posten.fuegeHinzu(lauf, List.of(Kennung.neu()));
            }
        });
        var ueberlauf = (Sammeltat) Proxy.newProxyInstance(
                Sammeltat.class.getClassLoader(), new Class<?>[] {Sammeltat.class}, (tat, was, womit) -> {
                    if (was.getName().equals("tu")) {
                        throw new StackOverflowError();
                    }
                    return "handmappe";
                });
        var stuerzt =
                new Sammelschritt(jdbc, transaktion, new Sammeltaten(List.of(ueberlauf)), posten, protokoll, meldungen);
        Mandantenkontext.als(stadt.mandant(), () -> {
            stuerzt.weiter(kaputt);
            // It refuses its Posten, and then cannot even end.
            for (int i = 0; i < 5; i++) {
                wache.weiter(verdorben);
            }
        });
        assertThat(zaehle(stadt, "SELECT count(*) FROM sammelposten WHERE stand = 'abgelehnt'"))
                .isEqualTo(2);
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/sammellaeufe/" + verdorben)
                        .text())
                .contains("Angehalten, weil er wegen eines unerwarteten Fehlers");
    }

    private String abgelehnt(Stadt stadt, String tat, Art art, UUID id) {
        var lauf = als(stadt.mandant(), () -> laeufe.beginne(stadt.anja(), tat, art, List.of(id), Map.of()));
        wartet(stadt, lauf, "fertig");
        return nichtGegangen(stadt, lauf).getFirst().grund();
    }

    private UUID dokument(Stadt stadt, UUID vorgang) {
        var id = Kennung.neu();
        var bytes =
                Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(new byte[] {'a'})));
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(),
                        id,
                        vorgang,
                        dateien.aufnehmen(bytes, "brief.txt"),
                        Dokumente.Angaben.mitTitel("Brief")));
        return id;
    }

    private void hinUndZurueck(
            Stadt stadt, String tat, Art art, UUID id, Map<String, String> angaben, String frage, String danach) {
        var vorher = lies(stadt, frage, id);
        assertThat(vorher).as(tat).isNotEqualTo(danach);
        var lauf = als(stadt.mandant(), () -> laeufe.beginne(stadt.anja(), tat, art, List.of(id), angaben));
        wartet(stadt, lauf, "fertig");
        assertThat(nichtGegangen(stadt, lauf)).as(tat).isEmpty();
        assertThat(lies(stadt, frage, id)).as(tat).isEqualTo(danach);
        als(stadt.mandant(), () -> laeufe.nimmZurueck(stadt.anja(), lauf));
        wartet(stadt, lauf, "zurueckgenommen");
        assertThat(nichtGegangen(stadt, lauf)).as(tat).isEmpty();
        assertThat(lies(stadt, frage, id)).as(tat).isEqualTo(vorher);
    }

    private String lies(Stadt stadt, String frage, UUID id) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql(frage).param(id).query(String.class).single());
    }
}
