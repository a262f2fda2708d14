package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Akten, Vorgänge and Dokumente are closed, taken up again, moved, copied, referred to. */
class AktenlebenTest extends Teststadt {

    @Autowired
    Umprotokollierung umprotokollierung;

    @Autowired
    Verlegung verlegung;

    @Autowired
    Abschluss abschluss;

    @Autowired
    Kopie kopie;

    @Autowired
    Verweise verweise;

    @Autowired
    FruehereAktenzeichen fruehere;

    @Autowired
    Aktenverlauf verlauf;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dokumentlisten dokumentlisten;

    @Autowired
    Vorgangslisten vorgangslisten;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    private UUID position(Stadt stadt, String kennzeichen) {
        return als(
                stadt.mandant(), () -> plan.gemeint(kennzeichen).orElseThrow().id());
    }

    private Akten.Akte akte(Stadt stadt, UUID id) {
        return als(
                stadt.mandant(),
                () -> akten.akte(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), id));
    }

    private Vorgaenge.Vorgang gelesen(Stadt stadt, UUID vorgang) {
        return als(
                stadt.mandant(),
                () -> vorgaenge.vorgang(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), vorgang));
    }

    private UUID lege(Stadt stadt, UUID vorgang, String titel, UUID gehoertZu) {
        var id = Kennung.neu();
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream(titel.getBytes(StandardCharsets.UTF_8))));
        als(
                stadt.mandant(),
                () -> dokumente.lege(
                        stadt.anja(),
                        id,
                        vorgang,
                        dateien.aufnehmen(bytes, titel + ".txt"),
                        new Angaben(titel, null, gehoertZu, null, null, null, null)));
        return id;
    }

    private void protokolliereUm(Stadt stadt, Anmeldung wer, UUID akte, String kennzeichen, UUID einheit) {
        var position = position(stadt, kennzeichen);
        als(
                stadt.mandant(),
                () -> umprotokollierung.protokolliereUm(wer, akte, position, einheit, "Aktenplan gekürzt"));
    }

    @Test
    void umprotokolliert_heisst_die_akte_anders_und_ist_unter_dem_alten_aktenzeichen_noch_zu_finden() {
        var stadt = stadt();
        var erster = vorgang(stadt, "Marktplatz");
        var zweiter =
                als(stadt.mandant(), () -> vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), erster.akteId(), "Zweiter"));
        var alt = akte(stadt, erster.akteId()).aktenzeichen();
        protokolliereUm(stadt, stadt.anja(), erster.akteId(), "66.20.05", stadt.tiefbau());

        var neu = akte(stadt, erster.akteId()).aktenzeichen();
        assertThat(neu).startsWith("66.20.05-0001/");
        assertThat(gelesen(stadt, erster.id()).aktenzeichen()).isEqualTo(neu + "-01");
        assertThat(gelesen(stadt, zweiter.id()).aktenzeichen()).isEqualTo(neu + "-02");
        var dritter =
                als(stadt.mandant(), () -> vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), erster.akteId(), "Dritter"));
        assertThat(dritter.aktenzeichen()).isEqualTo(neu + "-03");

        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/suche?q=" + alt).ziel()).isEqualTo("/akten/" + erster.akteId());
        assertThat(anja.hole("/suche?q=" + alt + "-02").ziel()).isEqualTo("/vorgaenge/" + zweiter.id());
        assertThat(anja.hole("/akten/" + erster.akteId()).text())
                .contains(alt)
                .contains("hat die Akte umprotokolliert");
        // As a part of it as well: by the index.
        await().untilAsserted(() -> assertThat(
                        anja.hole("/suche?q=%22" + alt + "%22&art=akte").text()
                                + anja.hole("/suche?q=" + alt).ziel())
                .contains(erster.akteId().toString()));
        for (var fremder :
                List.of(angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(stadt().mandant(), "anja.mueller"))) {
            assertThat(fremder.hole("/suche?q=" + alt).text()).contains("0 Treffer");
        }
    }

    @Test
    void ein_anderer_titel_des_vorgangs_findet_auch_seine_dokumente() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Kranich");
        lege(stadt, vorgang.id(), "Grundriss", null);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        await().untilAsserted(() ->
                assertThat(anja.hole("/suche?q=Kranich&art=dokument").text()).contains("Grundriss"));
        anja.sendeVon(
                "/vorgaenge/" + vorgang.id() + "/bearbeiten",
                "/vorgaenge/" + vorgang.id() + "/angaben",
                "titel",
                "Storchennest",
                "war-titel",
                "Kranich");
        await().untilAsserted(() -> assertThat(
                        anja.hole("/suche?q=Storchennest&art=dokument").text())
                .contains("Grundriss"));
    }

    @Test
    void jede_tat_geht_ueber_ihr_formular_und_ein_abgelehntes_steht_noch_da() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Kranich");
        var anderer = vorgang(stadt, "Reiher");
        var dokument = lege(stadt, vorgang.id(), "Plan", null);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var akte = "/akten/" + vorgang.akteId();
        var pfad = "/vorgaenge/" + vorgang.id();
        var geheim = anja.hole(akte + "/bearbeiten").geheim();
        var einheit = stadt.tiefbau().toString();
        var falsch = anja.sende(
                akte + "/umprotokollierung", geheim, "plan", "99.99", "einheit", einheit, "grund", "Versehen");
        assertThat(falsch.status()).isEqualTo(422);
        assertThat(falsch.text())
                .contains("nicht genau eine Position")
                .contains("value=\"99.99\"", "value=\"Versehen\"");
        assertThat(anja.sende(
                                akte + "/umprotokollierung",
                                geheim,
                                "plan",
                                "66.20.05",
                                "einheit",
                                einheit,
                                "grund",
                                "Versehen")
                        .ziel())
                .isEqualTo(akte);
        assertThat(akte(stadt, vorgang.akteId()).aktenzeichen()).startsWith("66.20.05");

        assertThat(anja.sende(pfad + "/verlegung", geheim, "akte", "gibt es nicht", "grund", "x")
                        .status())
                .isEqualTo(422);
        assertThat(anja.sende(
                                pfad + "/verlegung",
                                geheim,
                                "akte",
                                akte(stadt, anderer.akteId()).aktenzeichen(),
                                "grund",
                                "gehört dorthin")
                        .ziel())
                .isEqualTo(pfad);
        assertThat(gelesen(stadt, vorgang.id()).akteId()).isEqualTo(anderer.akteId());

        var kopie = Kennung.neu();
        assertThat(anja.sende(
                                "/dokumente/" + dokument + "/kopien",
                                geheim,
                                "kopieId",
                                kopie.toString(),
                                "vorgang",
                                anderer.aktenzeichen())
                        .ziel())
                .isEqualTo("/dokumente/" + kopie);
        assertThat(anja.hole("/vorgaenge/" + anderer.id() + "?dokument=" + kopie)
                        .text())
                .contains("Kopie davon");
        assertThat(anja.sende(
                                "/dokumente/" + dokument + "/verlegung",
                                geheim,
                                "vorgang",
                                anderer.aktenzeichen(),
                                "grund",
                                "")
                        .text())
                .contains("Bitte geben Sie einen Grund an");
        assertThat(anja.sende(
                                "/dokumente/" + dokument + "/verlegung",
                                geheim,
                                "vorgang",
                                anderer.aktenzeichen(),
                                "grund",
                                "gehört dorthin")
                        .ziel())
                .isEqualTo("/dokumente/" + dokument);

        // Refused, what was typed still stands there.
        var ohneZiel = anja.sende(
                pfad + "/verweise",
                geheim,
                "verweis",
                Kennung.neu().toString(),
                "ziel",
                "gibt es nicht",
                "bemerkung",
                "Vorgeschichte");
        assertThat(ohneZiel.status()).isEqualTo(422);
        assertThat(ohneZiel.text())
                .contains("id=\"feld-ziel-fehler\"", "value=\"gibt es nicht\"", "value=\"Vorgeschichte\"");
        assertThat(anja.sende(
                                pfad + "/verweise",
                                geheim,
                                "verweis",
                                Kennung.neu().toString(),
                                "ziel",
                                akte(stadt, vorgang.akteId()).aktenzeichen())
                        .ziel())
                .isEqualTo(pfad + "/bearbeiten#verweise");
        assertThat(anja.hole(pfad).text()).contains("Siehe auch");

        assertThat(anja.sende(pfad + "/abschluss", geheim).ziel()).isEqualTo(pfad);
        assertThat(anja.sende(pfad + "/wiederaufnahme", geheim).text()).contains("Bitte geben Sie einen Grund an");
        assertThat(anja.sende(pfad + "/wiederaufnahme", geheim, "grund", "Widerspruch")
                        .ziel())
                .isEqualTo(pfad);
        assertThat(anja.sende("/akten/" + anderer.akteId() + "/abschluss", geheim)
                        .text())
                .contains("noch nicht alles zu den Akten gelegt");
        // Empty by now, so that it can end.
        assertThat(anja.sende(akte + "/abschluss", geheim).ziel()).isEqualTo(akte);
        assertThat(anja.hole(akte).text()).contains("Zu den Akten").contains("Wieder aufnehmen");

        var entwurf = Kennung.neu();
        anja.sende(
                "/akten",
                geheim,
                "id",
                entwurf.toString(),
                "plan",
                "66.20.03",
                "titel",
                "Vielleicht",
                "einheit",
                einheit,
                "entwurf",
                "true");
        assertThat(anja.sende("/akten/" + entwurf + "/verwerfung", geheim).ziel())
                .isEqualTo("/papierkorb");
        assertThat(anja.hole("/akten/" + entwurf).status()).isEqualTo(404);
        assertThat(anja.sende("/papierkorb/" + entwurf + "/rueckgabe", geheim).ziel())
                .isEqualTo("/papierkorb");
        assertThat(anja.sende("/akten/" + entwurf + "/registrierung", geheim).ziel())
                .isEqualTo("/akten/" + entwurf);
        assertThat(akte(stadt, entwurf).aktenzeichen()).startsWith("66.20.03-0003/");
    }

    @Test
    void ein_vergebenes_aktenzeichen_wird_nie_wieder_vergeben_auch_nicht_an_der_regel_vorbei() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Marktplatz");
        var alt = akte(stadt, vorgang.akteId()).aktenzeichen();
        protokolliereUm(stadt, stadt.anja(), vorgang.akteId(), "66.20.05", stadt.tiefbau());
        var andere = vorgang(stadt, "Andere").akteId();
        for (var tabelle : Map.of("akte", andere, "vorgang", vorgang.id()).entrySet()) {
            var zeichen = tabelle.getKey().equals("akte") ? alt : vorgang.aktenzeichen();
            assertThatThrownBy(() -> als(
                            stadt.mandant(),
                            () -> jdbc.sql("UPDATE " + tabelle.getKey() + " SET aktenzeichen = ? WHERE id = ?")
                                    .params(zeichen, tabelle.getValue())
                                    .update()))
                    .hasMessageContaining("war schon vergeben");
        }
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("DELETE FROM frueheres_aktenzeichen").update()))
                .hasMessageContaining("bleibt auffindbar");
    }

    /** Never twice, never lost: whatever was ever written on a letter leads to the same thing for ever. */
    @Test
    void in_zufaelligen_staedten_fuehrt_jedes_aktenzeichen_fuer_immer_zu_derselben_sache() {
        for (long saat = 1; saat <= 3; saat++) {
            var zufall = new Random(saat);
            var stadt = stadt();
            var positionen = List.of(position(stadt, "66.20.03"), position(stadt, "66.20.05"));
            var alle = new ArrayList<UUID>();
            var teile = new ArrayList<UUID>();
            var je = new HashMap<String, UUID>();
            for (int i = 0; i < 60; i++) {
                int was = alle.isEmpty() ? 0 : teile.isEmpty() ? 1 : zufall.nextInt(5);
                versuche(() -> als(stadt.mandant(), () -> {
                    switch (was) {
                        case 0 ->
                            alle.add(akten.legeAn(
                                            stadt.anja(),
                                            Kennung.neu(),
                                            positionen.get(zufall.nextInt(2)),
                                            stadt.tiefbau(),
                                            "Akte")
                                    .id());
                        case 1 ->
                            teile.add(vorgaenge
                                    .eroeffne(stadt.anja(), Kennung.neu(), eines(alle, zufall), "Vorgang")
                                    .id());
                        case 2 ->
                            umprotokollierung.protokolliereUm(
                                    stadt.anja(),
                                    eines(alle, zufall),
                                    positionen.get(zufall.nextInt(2)),
                                    stadt.tiefbau(),
                                    "Zufall");
                        case 3 -> {
                            // By an Umstellung of the plan, there or back.
                            var akte = eines(alle, zufall);
                            var hier = akte(stadt, akte).planknotenId();
                            umprotokollierung.stelleUm(
                                    stadt.anja(), akte, hier, null, positionen.get(zufall.nextInt(2)), "Zufall");
                        }
                        default ->
                            verlegung.verlegeVorgang(stadt.anja(), eines(teile, zufall), eines(alle, zufall), "Zufall");
                    }
                }));
                als(stadt.mandant(), () -> {
                    for (var tabelle : List.of("akte", "vorgang")) {
                        jdbc.sql("SELECT id, aktenzeichen FROM " + tabelle)
                                .query((z, nr) ->
                                        Map.entry(tabelle + z.getString("aktenzeichen"), z.getObject("id", UUID.class)))
                                .list()
                                .forEach(e -> assertThat(je.putIfAbsent(e.getKey(), e.getValue()))
                                        .as(e.getKey())
                                        .isIn(null, e.getValue()));
                    }
                });
            }
            long zahl = saat;
            als(stadt.mandant(), () -> {
                var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
                je.forEach((schluessel, id) -> {
                    var zeichen = schluessel.replaceFirst("akte|vorgang", "");
                    var jetzt = akten.finde(sicht, id)
                            .map(Akten.Akte::aktenzeichen)
                            .or(() -> vorgaenge.finde(sicht, id).map(Vorgaenge.Vorgang::aktenzeichen))
                            .orElseThrow();
                    if (!jetzt.equals(zeichen)) {
                        assertThat(fruehere.finde(sicht, zeichen).orElseThrow().pfad())
                                .as(zahl + " " + zeichen)
                                .endsWith(id.toString());
                    }
                });
                assertThat(je).hasSizeGreaterThan(alle.size() + teile.size());
            });
        }
    }

    private static UUID eines(List<UUID> alle, Random zufall) {
        return alle.get(zufall.nextInt(alle.size()));
    }

    private static void versuche(Runnable tat) {
        try {
            tat.run();
        } catch (Abgelehnt e) {
            // It lies there already: refused before anything was written.
            assertThat(e).hasMessageContaining("liegt schon");
        }
    }

    @Test
    void abgeben_an_eine_fremde_einheit_darf_nur_wer_verwaltet_und_es_gilt_sofort() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Sperrmüll");
        var dokument = lege(stadt, vorgang.id(), "Foto", null);
        assertThatThrownBy(() -> protokolliereUm(stadt, stadt.anja(), vorgang.akteId(), "66.20.03", stadt.ordnung()))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("nur ab, wer sie verwaltet");
        assertThatThrownBy(() -> protokolliereUm(stadt, stadt.petra(), vorgang.akteId(), "66.20.03", stadt.ordnung()))
                .isInstanceOf(NichtGefunden.class);
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.anja().person(), Ziel.EINHEIT, stadt.tiefbau(), Recht.VERWALTEN));
        protokolliereUm(stadt, stadt.anja(), vorgang.akteId(), "66.20.03", stadt.ordnung());
        als(stadt.mandant(), () -> {
            var anja = berechtigungen.sicht(stadt.anja().person(), Recht.METADATEN);
            var petra = berechtigungen.sicht(stadt.petra().person(), Recht.BEARBEITEN);
            assertThat(akten.finde(anja, vorgang.akteId())).isEmpty();
            assertThat(vorgaenge.finde(anja, vorgang.id())).isEmpty();
            assertThat(dokumente.finde(anja, dokument)).isEmpty();
            var jetzt = vorgaenge.finde(petra, vorgang.id()).orElseThrow();
            // Only the Federführung changed: it is still called so.
            assertThat(jetzt.aktenzeichen()).isEqualTo(vorgang.aktenzeichen());
            assertThat(jetzt.einheit()).isEqualTo("FD 32 Ordnung");
            assertThat(dokumente.finde(petra, dokument)).isPresent();
        });
    }

    @Test
    void ein_vorgang_geht_mit_allem_in_eine_andere_akte_und_sein_verlauf_mit_ihm() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gerüst");
        var dokument = lege(stadt, vorgang.id(), "Plan", null);
        als(stadt.mandant(), () -> vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), "angerufen"));
        var ziel = vorgang(stadt, "Ziel").akteId();
        als(stadt.mandant(), () -> verlegung.verlegeVorgang(stadt.anja(), vorgang.id(), ziel, "falsch abgelegt"));

        var jetzt = gelesen(stadt, vorgang.id());
        assertThat(jetzt.akteId()).isEqualTo(ziel);
        assertThat(jetzt.aktenzeichen()).isEqualTo(akte(stadt, ziel).aktenzeichen() + "-02");
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
            assertThat(dokumente.dokument(sicht, dokument).akteId()).isEqualTo(ziel);
            assertThat(vorgangslisten.anzahlVermerke(sicht, vorgang.id()).zahl())
                    .isEqualTo(1);
            assertThat(verlauf.juengste(sicht, ziel, 20))
                    .extracting(Aktenverlauf.Ereignis::handlung)
                    .contains("vorgang.verlegt", "vorgang.vermerkt", "dokument.abgelegt");
            assertThat(verlauf.anzahl(sicht, ziel).zahl())
                    .isEqualTo(verlauf.protokoll(sicht, ziel, null, Stelle.ANFANG, 50)
                            .zeilen()
                            .size());
            assertThat(verlauf.juengste(sicht, vorgang.akteId(), 20))
                    .extracting(Aktenverlauf.Ereignis::handlung)
                    .contains("vorgang.verlegt", "vorgang.vermerkt", "akte.angelegt");
            assertThat(verlauf.anzahl(sicht, vorgang.akteId()).zahl())
                    .isEqualTo(verlauf.protokoll(sicht, vorgang.akteId(), null, Stelle.ANFANG, 50)
                            .zeilen()
                            .size());
        });
        als(stadt.mandant(), () -> {
            var petra = berechtigungen.sicht(stadt.petra().person(), Recht.METADATEN);
            assertThat(verlauf.juengste(petra, ziel, 20)).isEmpty();
            assertThat(verlauf.anzahl(petra, ziel).zahl()).isZero();
        });
    }

    @Test
    void zwei_die_vorgaenge_tauschen_warten_aufeinander() throws Exception {
        var stadt = stadt();
        var einer = vorgang(stadt, "Einer");
        var anderer = vorgang(stadt, "Anderer");
        try (var leute = Executors.newFixedThreadPool(2)) {
            var hin = leute.submit(() -> als(
                    stadt.mandant(),
                    () -> verlegung.verlegeVorgang(stadt.anja(), einer.id(), anderer.akteId(), "Tausch")));
            var her = leute.submit(() -> als(
                    stadt.mandant(),
                    () -> verlegung.verlegeVorgang(stadt.anja(), anderer.id(), einer.akteId(), "Tausch")));
            hin.get();
            her.get();
        }
        assertThat(gelesen(stadt, einer.id()).akteId()).isEqualTo(anderer.akteId());
        assertThat(gelesen(stadt, anderer.id()).akteId()).isEqualTo(einer.akteId());
    }

    @Test
    void ein_dokument_geht_mit_seinen_anlagen_und_seine_nummer_wird_nicht_neu_vergeben() {
        var stadt = stadt();
        var quelle = vorgang(stadt, "Quelle");
        var ziel = vorgang(stadt, "Ziel");
        lege(stadt, ziel.id(), "Schon da", null);
        var mail = lege(stadt, quelle.id(), "Mail", null);
        var anlage = lege(stadt, quelle.id(), "Anlage", mail);
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> verlegung.verlegeDokument(stadt.anja(), anlage, ziel.id(), "woanders hin")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("bleibt bei dem, womit sie kam");
        als(stadt.mandant(), () -> verlegung.verlegeDokument(stadt.anja(), mail, ziel.id(), "woanders hin"));
        var neu = lege(stadt, quelle.id(), "Danach", null);
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
            assertThat(dokumentlisten.in(sicht, ziel.id(), Stelle.ANFANG, 10).zeilen())
                    .extracting(Dokumente.Dokument::titel, Dokumente.Dokument::nummer)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("Schon da", 1),
                            org.assertj.core.groups.Tuple.tuple("Mail", 2),
                            org.assertj.core.groups.Tuple.tuple("Anlage", 3));
            assertThat(dokumente.dokument(sicht, neu).nummer()).isEqualTo(3);
        });
    }

    @Test
    void eine_akte_schliesst_erst_wenn_alles_darin_zu_den_akten_liegt_und_sagt_was_fehlt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Offen gebliebenes");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> abschluss.schliesseAkte(stadt.anja(), vorgang.akteId())))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining(vorgang.aktenzeichen() + " „Offen gebliebenes“");
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), vorgang.id()));
        als(stadt.mandant(), () -> abschluss.schliesseAkte(stadt.anja(), vorgang.akteId()));
        assertThat(akte(stadt, vorgang.akteId()).offen()).isFalse();
        assertThat(akte(stadt, vorgang.akteId()).laufzeitBis()).isNotNull();
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), vorgang.akteId(), "zu spät")))
                .isInstanceOf(Abgelehnt.class);
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> abschluss.nimmVorgangWiederAuf(stadt.anja(), vorgang.id(), "Widerspruch")))
                .hasMessageContaining("zuerst die Akte");
        assertThatThrownBy(() ->
                        als(stadt.mandant(), () -> abschluss.nimmAkteWiederAuf(stadt.anja(), vorgang.akteId(), " ")))
                .hasMessageContaining("Grund");
        als(stadt.mandant(), () -> abschluss.nimmAkteWiederAuf(stadt.anja(), vorgang.akteId(), "Widerspruch"));
        als(stadt.mandant(), () -> abschluss.nimmVorgangWiederAuf(stadt.anja(), vorgang.id(), "Widerspruch"));
        assertThat(gelesen(stadt, vorgang.id()).offen()).isTrue();
        assertThat(akte(stadt, vorgang.akteId()).laufzeitBis()).isNull();
        assertThatThrownBy(() -> als(stadt.mandant(), () -> abschluss.schliesseAkte(stadt.petra(), vorgang.akteId())))
                .isInstanceOf(NichtGefunden.class);
    }

    @Test
    void was_man_nicht_sieht_hindert_ohne_name_und_zahl() {
        var stadt = stadt();
        var sichtbar = vorgang(stadt, "Sichtbar");
        var geheim = als(
                stadt.mandant(), () -> vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), sichtbar.akteId(), "Geheimes"));
        als(stadt.mandant(), () -> {
            vorgaenge.schliesse(stadt.anja(), sichtbar.id());
            int eng = berechtigungen.schutzbereich(position(stadt, "66.20.03"), stadt.tiefbau(), 0, Kennung.neu());
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE mandant_id = ? AND id = ?")
                    .params(eng, stadt.mandant(), geheim.id())
                    .update();
        });
        assertThatThrownBy(() -> als(stadt.mandant(), () -> abschluss.schliesseAkte(stadt.anja(), sichtbar.akteId())))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("lässt sich noch nicht schließen")
                .hasMessageNotContaining("Geheimes")
                .hasMessageNotContaining(geheim.aktenzeichen());
    }

    @Test
    void zwei_aendern_dieselbe_angabe_und_nichts_geht_verloren() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gerüst Markt 1");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var pfad = "/akten/" + vorgang.akteId();
        var geheim = anja.hole(pfad + "/bearbeiten").geheim();
        String[] gesehen = {
            "war-titel", "Gerüst Markt 1", "war-bearbeiter", "Anja Müller", "war-laufzeit", heute(), "war-alt", ""
        };
        assertThat(anja.sende(pfad + "/angaben", geheim, felder(gesehen, "Gerüst Markt 2", heute(), "III/4 a; III/4 b"))
                        .ziel())
                .isEqualTo(pfad);
        // Who had opened it before and changes another field loses nothing and takes nothing away.
        assertThat(anja.sende(pfad + "/angaben", geheim, felder(gesehen, "Gerüst Markt 1", "03.02.1998", ""))
                        .ziel())
                .isEqualTo(pfad);
        assertThat(akte(stadt, vorgang.akteId()).titel()).isEqualTo("Gerüst Markt 2");
        assertThat(akte(stadt, vorgang.akteId()).laufzeitVon()).hasToString("1998-02-03");
        assertThat(anja.hole("/suche?q=iii%2F4+B").ziel()).isEqualTo(pfad);
        // The same field: shown both, saved nothing; the second time it is meant.
        var widerspruch = anja.sende(pfad + "/angaben", geheim, felder(gesehen, "Gerüst Markt 3", heute(), ""));
        assertThat(widerspruch.status()).isEqualTo(409);
        assertThat(widerspruch.text())
                .contains("Jetzt steht hier: „Gerüst Markt 2“")
                .contains("value=\"Gerüst Markt 3\"");
        assertThat(akte(stadt, vorgang.akteId()).titel()).isEqualTo("Gerüst Markt 2");
        gesehen[1] = "Gerüst Markt 2";
        assertThat(widerspruch.text()).contains("name=\"war-titel\" value=\"Gerüst Markt 2\"");
        anja.sende(pfad + "/angaben", geheim, felder(gesehen, "Gerüst Markt 3", heute(), ""));
        assertThat(akte(stadt, vorgang.akteId()).titel()).isEqualTo("Gerüst Markt 3");
        assertThat(akte(stadt, vorgang.akteId()).laufzeitVon()).hasToString("1998-02-03");
        // Whoever may not work on it cannot be given it.
        var fremd = anja.sende(
                pfad + "/angaben",
                geheim,
                "titel",
                "Gerüst Markt 3",
                "war-titel",
                "Gerüst Markt 3",
                "bearbeiter",
                "Petra Lüders",
                "war-bearbeiter",
                "Anja Müller");
        assertThat(fremd.status()).isEqualTo(422);
        assertThat(fremd.text()).contains("Petra Lüders darf diese Akte nicht bearbeiten");
    }

    private static String heute() {
        return de.federwerk.gesicht.Anzeige.datum(java.time.LocalDate.now(de.federwerk.gesicht.Anzeige.ZONE));
    }

    private static String[] felder(String[] gesehen, String titel, String laufzeit, String alt) {
        var alle = new ArrayList<>(List.of(gesehen));
        alle.addAll(List.of("titel", titel, "bearbeiter", "Anja Müller", "laufzeit", laufzeit, "alt", alt));
        return alle.toArray(String[]::new);
    }

    @Test
    void eine_kopie_hat_eigene_bytes_und_weiss_woher_sie_kommt() throws Exception {
        var stadt = stadt();
        var quelle = vorgang(stadt, "Quelle");
        var ziel = vorgang(stadt, "Ziel");
        var original = lege(stadt, quelle.id(), "Gutachten", null);
        var neu = Kennung.neu();
        for (int i = 0; i < 2; i++) {
            Mandantenkontext.als(stadt.mandant(), () -> {
                try {
                    kopie.kopiere(stadt.anja(), neu, original, ziel.id());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return null;
            });
        }
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
            var a = dokumente.dokument(sicht, original);
            var b = dokumente.dokument(sicht, neu);
            assertThat(b.vorgangId()).isEqualTo(ziel.id());
            assertThat(dateien.original(b.dateiId()).id())
                    .isNotEqualTo(dateien.original(a.dateiId()).id());
            assertThat(dateien.original(b.dateiId()).sha256())
                    .isEqualTo(dateien.original(a.dateiId()).sha256());
            assertThat(verweise.an(sicht, original))
                    .extracting(Verweise.Verweis::ziel)
                    .containsExactly(neu);
            assertThat(verweise.an(sicht, neu))
                    .extracting(Verweise.Verweis::ziel)
                    .containsExactly(original);
        });
    }

    @Test
    void eine_kopie_geht_auch_unter_eine_andere_position_aber_nicht_zu_denen_die_ausgeschlossen_sind() {
        var stadt = stadt();
        var quelle = vorgang(stadt, "Quelle");
        var ziel = vorgang(stadt, "Ziel");
        protokolliereUm(stadt, stadt.anja(), ziel.akteId(), "66.20.05", stadt.tiefbau());
        var original = lege(stadt, quelle.id(), "Gutachten", null);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var geheim = anja.hole("/dokumente/" + original + "/bearbeiten").geheim();
        var zeichen = gelesen(stadt, ziel.id()).aktenzeichen();
        var kopie = Kennung.neu();
        assertThat(anja.sende(
                                "/dokumente/" + original + "/kopien",
                                geheim,
                                "kopieId",
                                kopie.toString(),
                                "vorgang",
                                zeichen)
                        .ziel())
                .isEqualTo("/dokumente/" + kopie);
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, grund) VALUES (?, ?, ?, ?, 'befangen')")
                        .params(stadt.mandant(), Kennung.neu(), stadt.petra().person(), quelle.akteId())
                        .update());
        assertThat(anja.sende(
                                "/dokumente/" + original + "/kopien",
                                geheim,
                                "kopieId",
                                Kennung.neu().toString(),
                                "vorgang",
                                zeichen)
                        .text())
                .contains("nur, wer es verwaltet");
        // Nobody moves what he did not name.
        assertThat(anja.sende(
                                "/dokumente/" + original + "/kopien",
                                geheim,
                                "kopieId",
                                Kennung.neu().toString(),
                                "vorgang",
                                "")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void ein_verweis_verraet_im_verlauf_nicht_wohin() {
        var stadt = stadt();
        var hier = vorgang(stadt, "Hier");
        var dort = vorgang(stadt, "Kranichflug").akteId();
        als(
                stadt.mandant(),
                () -> verweise.verweise(
                        stadt.anja(),
                        Kennung.neu(),
                        Schriftgut.Art.AKTE,
                        hier.akteId(),
                        Schriftgut.Art.AKTE,
                        dort,
                        ""));
        als(
                stadt.mandant(),
                () -> assertThat(verlauf.juengste(
                                mit(
                                        berechtigungen.sicht(stadt.anja().person(), Recht.LESEN),
                                        java.util.Set.of(),
                                        java.util.Set.of(),
                                        java.util.Set.of(dort)),
                                hier.akteId(),
                                5))
                        .anyMatch(e -> e.handlung().equals("verweis.angelegt"))
                        .noneMatch(e -> e.was().contains("Kranich")));
    }

    @Test
    void zweimal_verlegt_ist_einmal_verlegt_und_der_verlauf_kommt_auch_ueber_zwei_akten_mit() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Wandernd");
        var dokument = lege(stadt, vorgang.id(), "Reiseplan", null);
        als(stadt.mandant(), () -> vorgaenge.vermerke(stadt.anja(), Kennung.neu(), vorgang.id(), "in der ersten"));
        for (var ziel : List.of(
                vorgang(stadt, "Zweite").akteId(), vorgang(stadt, "Dritte").akteId())) {
            als(stadt.mandant(), () -> verlegung.verlegeVorgang(stadt.anja(), vorgang.id(), ziel, "weiter"));
            assertThatThrownBy(() -> als(
                            stadt.mandant(),
                            () -> verlegung.verlegeVorgang(stadt.anja(), vorgang.id(), ziel, "weiter")))
                    .hasMessageContaining("liegt schon");
        }
        var dritte = gelesen(stadt, vorgang.id()).akteId();
        als(
                stadt.mandant(),
                () -> assertThat(verlauf.juengste(
                                berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), dritte, 20))
                        .anyMatch(e -> e.was().contains("in der ersten")));
        // Also what has left there the Vorgang in which it came.
        var nachbar = als(stadt.mandant(), () -> vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), dritte, "Nachbar"));
        als(stadt.mandant(), () -> verlegung.verlegeDokument(stadt.anja(), dokument, nachbar.id(), "umsortiert"));
        als(
                stadt.mandant(),
                () -> assertThat(verlauf.juengste(
                                berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), dritte, 30))
                        .anyMatch(e -> e.handlung().equals("dokument.abgelegt")
                                && e.was().contains("Reiseplan")));
    }

    @Test
    void ein_verweis_steht_an_beiden_enden_nur_fuer_die_die_beide_sehen() {
        var stadt = stadt();
        var hier = vorgang(stadt, "Hier");
        var dort = vorgang(stadt, "Dort").akteId();
        var id = Kennung.neu();
        for (int i = 0; i < 2; i++) {
            als(
                    stadt.mandant(),
                    () -> verweise.verweise(
                            stadt.anja(),
                            id,
                            Schriftgut.Art.VORGANG,
                            hier.id(),
                            Schriftgut.Art.AKTE,
                            dort,
                            "dieselbe Straße"));
        }
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
            assertThat(verweise.an(sicht, hier.id()))
                    .extracting(Verweise.Verweis::ziel)
                    .containsExactly(dort);
            assertThat(verweise.an(sicht, dort))
                    .extracting(Verweise.Verweis::ziel)
                    .containsExactly(hier.id());
            // One end shut: nothing of it, not even that there is one.
            assertThat(verweise.an(
                            mit(sicht, java.util.Set.of(), java.util.Set.of(), java.util.Set.of(dort)), hier.id()))
                    .isEmpty();
            assertThat(verweise.an(berechtigungen.sicht(stadt.petra().person(), Recht.METADATEN), hier.id()))
                    .isEmpty();
        });
        var fremde = stadt();
        als(
                fremde.mandant(),
                () -> assertThat(verweise.an(berechtigungen.sicht(fremde.anja().person(), Recht.METADATEN), hier.id()))
                        .isEmpty());
        assertThatThrownBy(() -> als(stadt.mandant(), () -> verweise.beende(stadt.petra(), id)))
                .isInstanceOf(NichtGefunden.class);
        als(stadt.mandant(), () -> verweise.beende(stadt.anja(), id));
        als(
                stadt.mandant(),
                () -> assertThat(verweise.an(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), hier.id()))
                        .isEmpty());
    }

    @Test
    void heraus_aus_einer_unterbrochenen_akte_legt_nur_wer_sie_verwaltet() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gesundheit");
        var ziel = vorgang(stadt, "Ziel").akteId();
        var sonder = Kennung.neu();
        als(stadt.mandant(), () -> {
            berechtigungen.gebeFrei(Subjekt.PERSON, stadt.anja().person(), Ziel.SONDER, sonder, Recht.BEARBEITEN);
            int eng = berechtigungen.schutzbereich(position(stadt, "66.20.03"), stadt.tiefbau(), 0, sonder);
            for (var tabelle : List.of("akte", "vorgang")) {
                jdbc.sql("UPDATE " + tabelle + " SET schutzbereich_id = ? WHERE mandant_id = ? AND id = ?")
                        .params(eng, stadt.mandant(), tabelle.equals("akte") ? vorgang.akteId() : vorgang.id())
                        .update();
            }
        });
        assertThatThrownBy(() -> als(
                        stadt.mandant(), () -> verlegung.verlegeVorgang(stadt.anja(), vorgang.id(), ziel, "heraus")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("besonders geschützt");
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.anja().person(), Ziel.SONDER, sonder, Recht.VERWALTEN));
        als(stadt.mandant(), () -> verlegung.verlegeVorgang(stadt.anja(), vorgang.id(), ziel, "heraus"));
        assertThat(gelesen(stadt, vorgang.id()).schutzbereichId())
                .isEqualTo(akte(stadt, ziel).schutzbereichId());
    }
}
