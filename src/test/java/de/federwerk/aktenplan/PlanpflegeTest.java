package de.federwerk.aktenplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.aktenplan.Planbearbeitung.Eingabe;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The Aktenplan kept over years: by hand, by file, for a day; and cut to what is used. */
class PlanpflegeTest extends Teststadt {

    @Autowired
    Planbearbeitung bearbeitung;

    @Autowired
    Planfassungen fassungen;

    @Autowired
    Planlesung lesung;

    @Autowired
    Planwerk werk;

    @Autowired
    Planwache wache;

    @Autowired
    Plannutzung nutzung;

    private Stadt verwaltet() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        return stadt;
    }

    private UUID id(Stadt stadt, String kennzeichen) {
        return als(
                stadt.mandant(),
                () -> plan.gemeint(kennzeichen, true).orElseThrow().id());
    }

    private Position position(Stadt stadt, UUID id) {
        return als(
                stadt.mandant(),
                () -> java.util.Objects.requireNonNull(werk.bild().position(id)));
    }

    private static Eingabe eingabe(String kennzeichen, String titel, @Nullable UUID ueber, @Nullable LocalDate ab) {
        return new Eingabe(kennzeichen, titel, "", "", "", ueber, ab);
    }

    private void tu(Stadt stadt, Runnable was) {
        Mandantenkontext.als(stadt.mandant(), was);
    }

    private static LocalDate morgen() {
        return LocalDate.now(Anzeige.ZONE).plusDays(1);
    }

    @Test
    void von_hand_angelegt_geerbt_und_mit_frueherem_kennzeichen_gefunden() {
        var stadt = verwaltet();
        var id = Kennung.neu();
        var unter = id(stadt, "66.20");
        tu(stadt, () -> {
            bearbeitung.legeAn(stadt.anja(), id, eingabe("66.20.09", "Radwege", unter, null));
            bearbeitung.legeAn(stadt.anja(), id, eingabe("66.20.09", "Radwege", unter, null));
        });
        var knoten = als(stadt.mandant(), () -> plan.knoten(id).orElseThrow());
        assertThat(knoten.frist()).isEqualTo("10 Jahre ab Ende des zdA-Jahres, dann Bewertung");
        assertThat(knoten.herkunft()).isEqualTo("Frist von 66, Aussonderung von 66 geerbt");
        tu(
                stadt,
                () -> bearbeitung.aendere(
                        stadt.anja(), id, 1, new Eingabe("66.20.10", "Radwege", "5", "V", "zda", unter, null), false));
        als(stadt.mandant(), () -> {
            assertThat(plan.gemeint("66.20.09"))
                    .get()
                    .extracting(Aktenplan.Knoten::id)
                    .isEqualTo(id);
            assertThat(plan.knoten(id).orElseThrow().frist()).isEqualTo("5 Jahre ab Tag der zdA, dann Vernichtung");
            assertThat(plan.knoten(id).orElseThrow().herkunft()).isEmpty();
        });
        assertThatThrownBy(() -> tu(
                        stadt,
                        () -> bearbeitung.legeAn(
                                stadt.anja(), Kennung.neu(), eingabe("66.20.09", "Anderes", unter, null))))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("früher");
    }

    @Test
    void der_zweite_sieht_was_der_erste_schrieb_und_verliert_nichts() {
        var stadt = verwaltet();
        var id = id(stadt, "66.20.05");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var formular = "/verwaltung/aktenplan?knoten=" + id;
        var eins = anja.hole(formular);
        var pfad = "/verwaltung/aktenplan/positionen/" + id;
        assertThat(anja.sende(
                                pfad,
                                eins.geheim(),
                                "fassung",
                                "1",
                                "kennzeichen",
                                "66.20.05",
                                "titel",
                                "Werbung",
                                "unter",
                                "66.20")
                        .ziel())
                .contains("gespeichert");
        var zweite = anja.sende(
                pfad, eins.geheim(), "fassung", "1", "kennzeichen", "66.20.05", "titel", "Plakate", "unter", "66.20");
        assertThat(zweite.status()).isEqualTo(409);
        assertThat(zweite.text())
                .contains("value=\"Plakate\"")
                .contains("Titel: Werbung")
                .contains("name=\"fassung\" value=\"2\"");
        assertThat(position(stadt, id).titel()).isEqualTo("Werbung");
    }

    @Test
    void das_kennzeichen_bleibt_sobald_es_in_aktenzeichen_steht() {
        var stadt = verwaltet();
        var vorgang = vorgang(stadt, "Sondernutzung Marktplatz");
        var id = vorgang.planknotenId();
        var p = position(stadt, id);
        assertThatThrownBy(() -> tu(
                        stadt,
                        () -> bearbeitung.aendere(
                                stadt.anja(), id, 1, eingabe("66.20.04", p.titel(), p.ueberId(), null), false)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("steht 1 Akte");
    }

    @Test
    void verschoben_wird_nie_unter_sich_selbst_und_nicht_ohne_hinweis_auf_andere_rechte() {
        var stadt = verwaltet();
        var oben = id(stadt, "66");
        var mitte = id(stadt, "66.20");
        var neu = Kennung.neu();
        tu(stadt, () -> bearbeitung.legeAn(stadt.anja(), neu, eingabe("67", "Grünflächen", null, null)));
        assertThatThrownBy(() -> tu(
                        stadt,
                        () -> bearbeitung.aendere(stadt.anja(), oben, 1, eingabe("66", "Tiefbau", mitte, null), true)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("unter sich selbst");
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(Subjekt.EINHEIT, stadt.ordnung(), Ziel.PLAN, neu, Recht.LESEN));
        assertThatThrownBy(() -> tu(
                        stadt,
                        () -> bearbeitung.aendere(
                                stadt.anja(), mitte, 1, eingabe("66.20", "Straßenverwaltung", neu, null), false)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Freigabe");
        tu(
                stadt,
                () -> bearbeitung.aendere(
                        stadt.anja(), mitte, 1, eingabe("66.20", "Straßenverwaltung", neu, null), true));
        assertThat(als(stadt.mandant(), () -> plan.baum()))
                .extracting(Aktenplan.Knoten::kennzeichen)
                .containsExactly("66", "67", "66.20", "66.20.03", "66.20.05");
    }

    @Test
    void die_tiefe_ist_begrenzt_und_laesst_sich_nicht_unter_das_vorhandene_senken() {
        var stadt = verwaltet();
        assertThatThrownBy(() -> tu(stadt, () -> bearbeitung.begrenze(stadt.anja(), 2)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("66.20.03")
                .hasMessageContaining("66.20.05");
        var blatt = id(stadt, "66.20.03");
        tu(stadt, () -> bearbeitung.begrenze(stadt.anja(), 3));
        assertThatThrownBy(() -> tu(
                        stadt,
                        () -> bearbeitung.legeAn(
                                stadt.anja(), Kennung.neu(), eingabe("66.20.03.01", "Zu tief", blatt, null))))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Ebene 4");
    }

    @Test
    void beendet_mit_offenen_akten_nur_wissentlich_und_neue_entstehen_nicht_mehr() {
        var stadt = verwaltet();
        var vorgang = vorgang(stadt, "Sondernutzung Marktplatz");
        var id = vorgang.planknotenId();
        assertThatThrownBy(() -> tu(stadt, () -> bearbeitung.beende(stadt.anja(), id, 1, null, false)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("1 offene Akte");
        tu(stadt, () -> bearbeitung.beende(stadt.anja(), id, 1, null, true));
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> akten.legeAn(stadt.anja(), Kennung.neu(), id, stadt.tiefbau(), "Noch eine")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("beendet");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/akten?knoten=" + id).text())
                .as("was dort liegt, bleibt zu finden")
                .contains("(beendet)")
                .contains("Sondernutzung Marktplatz");
        assertThatThrownBy(() -> tu(
                        stadt,
                        () -> bearbeitung.legeAn(
                                stadt.anja(), Kennung.neu(), eingabe("66.20.03", "Neu", id(stadt, "66.20"), null))))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("wieder auf");
        tu(stadt, () -> bearbeitung.nimmWiederAuf(stadt.anja(), id));
        assertThat(als(stadt.mandant(), () -> plan.gemeint("66.20.03"))).isPresent();
    }

    @Test
    void die_reihenfolge_ist_die_der_hand() {
        var stadt = verwaltet();
        tu(stadt, () -> bearbeitung.ruecke(stadt.anja(), id(stadt, "66.20.05"), -1));
        assertThat(als(stadt.mandant(), () -> plan.baum()))
                .extracting(Aktenplan.Knoten::kennzeichen)
                .containsExactly("66", "66.20", "66.20.05", "66.20.03");
    }

    @Test
    void was_fuer_einen_tag_geplant_ist_gilt_ab_dann_und_ist_vorher_zu_sehen() {
        var stadt = verwaltet();
        var datei = "kennzeichen;titel\n66.20.03;Sondernutzung\n66.20.11;Brücken\n".getBytes(StandardCharsets.UTF_8);
        var fassung =
                Mandantenkontext.als(stadt.mandant(), () -> lesung.lege(stadt.anja(), "2030.csv", datei, morgen()));
        tu(
                stadt,
                () -> lesung.uebernimm(
                        stadt.anja(), fassung, lesung.vorschau(fassung, false).gesehen(), false));
        als(stadt.mandant(), () -> {
            assertThat(plan.gemeint("66.20.11")).isEmpty();
            var unterschiede = Planwerk.unterschiede(werk.bild(), fassungen.bildAm(morgen()));
            assertThat(unterschiede)
                    .extracting(a -> a.art())
                    .containsExactly(Planaenderung.Art.GEAENDERT, Planaenderung.Art.NEU);
            assertThat(Planwerk.unterschiede(werk.bild(), fassungen.bildAm(LocalDate.now(Anzeige.ZONE))))
                    .isEmpty();
        });
        var id = id(stadt, "66.20.03");
        assertThatThrownBy(() -> tu(
                        stadt,
                        () -> bearbeitung.aendere(
                                stadt.anja(), id, 1, eingabe("66.20.03", "Anders", id(stadt, "66.20"), null), false)))
                .as("darunter weg wird nichts geändert")
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("2030.csv");
        tu(stadt, () -> wache.fuehreFaelligeAus());
        assertThat(position(stadt, id).titel()).isEqualTo("Sondernutzungen");
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE planfassung SET gilt_ab = gilt_ab - 1 WHERE id = ?")
                        .param(fassung)
                        .update());
        tu(stadt, () -> wache.fuehreFaelligeAus());
        assertThat(position(stadt, id).titel()).isEqualTo("Sondernutzung");
        als(stadt.mandant(), () -> {
            assertThat(plan.gemeint("66.20.11")).isPresent();
            assertThat(fassungen.fassung(fassung).stand()).isEqualTo("gilt");
        });
    }

    @Test
    void was_sich_nicht_mehr_ausfuehren_laesst_aendert_nichts_und_sagt_warum() {
        var stadt = verwaltet();
        var neu = Kennung.neu();
        tu(stadt, () -> bearbeitung.legeAn(stadt.anja(), neu, eingabe("66.30", "Brücken", id(stadt, "66"), morgen())));
        var fassung = als(stadt.mandant(), () -> fassungen.alle().getFirst().id());
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE planfassung SET gilt_ab = gilt_ab - 1 WHERE id = ?")
                    .param(fassung)
                    .update();
            jdbc.sql(
                            "INSERT INTO planknoten (mandant_id, id, kennzeichen, titel, ebene) VALUES (?, ?, '66.30', 'schneller', 1)")
                    .params(stadt.mandant(), Kennung.neu())
                    .update();
        });
        tu(stadt, () -> wache.fuehreFaelligeAus());
        als(stadt.mandant(), () -> {
            assertThat(fassungen.fassung(fassung).stand()).isEqualTo("gescheitert");
            assertThat(fassungen.fassung(fassung).ursache()).contains("66.30");
            assertThat(plan.knoten(neu)).isEmpty();
        });
        tu(stadt, () -> fassungen.nimmZurueck(stadt.anja(), fassung));
    }

    @Test
    void was_jetzt_geaendert_wird_macht_geplantes_nicht_still_unmoeglich() {
        var stadt = verwaltet();
        var id = id(stadt, "66.20.03");
        tu(
                stadt,
                () -> bearbeitung.legeAn(stadt.anja(), Kennung.neu(), eingabe("66.20.03.1", "Gerüste", id, morgen())));
        var name = als(stadt.mandant(), () -> fassungen.alle().getFirst().bezeichnung());
        for (Runnable was : List.<Runnable>of(
                () -> bearbeitung.begrenze(stadt.anja(), 3),
                () -> bearbeitung.beende(stadt.anja(), id, 1, null, true))) {
            assertThatThrownBy(() -> tu(stadt, was))
                    .isInstanceOf(Abgelehnt.class)
                    .hasMessageContaining("nicht mehr in Kraft treten")
                    .hasMessageContaining(name);
        }
        assertThat(position(stadt, id).gilt()).isTrue();
        tu(stadt, () -> bearbeitung.begrenze(stadt.anja(), 4));
    }

    @Test
    void der_plan_eines_vergangenen_tages_ist_noch_da() {
        var stadt = verwaltet();
        var id = id(stadt, "66.20.03");
        als(stadt.mandant(), () -> {
            // As if the plan had been made last year: the history itself cannot be changed.
            jdbc.sql(
                            "INSERT INTO planstand SELECT mandant_id, knoten_id, 0, now() - interval '1 year', ueber_id, kennzeichen, 'Alter Titel', aufbewahrung, aussonderungsart, fristbeginn, rang, now() - interval '1 year', NULL FROM planstand WHERE knoten_id = ?")
                    .param(id)
                    .update();
            var damals = werk.bildAm(LocalDate.now(Anzeige.ZONE).minusDays(30));
            assertThat(damals.alle()).hasSize(1);
            assertThat(Planwerk.unterschiede(damals, werk.bild()))
                    .filteredOn(a -> a.nachher().id().equals(id))
                    .singleElement()
                    .satisfies(a -> assertThat(a.inWorten(damals, werk.bild())).contains("statt „Alter Titel“"));
        });
        alsVerworfen(
                stadt.mandant(),
                () -> assertThatThrownBy(() -> jdbc.sql("UPDATE planstand SET titel = 'gefälscht' WHERE knoten_id = ?")
                                .param(id)
                                .update())
                        .isInstanceOf(org.springframework.dao.DataAccessException.class));
    }

    @Test
    void zwei_uebernehmen_zugleich_und_der_zweite_sieht_eine_neue_vorschau() throws Exception {
        var stadt = verwaltet();
        var ids = List.of("66.40;Gewässer", "66.50;Tunnel").stream()
                .map(z -> Mandantenkontext.als(
                        stadt.mandant(),
                        () -> lesung.lege(
                                stadt.anja(),
                                z + ".csv",
                                ("kennzeichen;titel\n" + z + "\n").getBytes(StandardCharsets.UTF_8),
                                null)))
                .toList();
        var gesehen = ids.stream()
                .map(id -> Mandantenkontext.als(
                        stadt.mandant(), () -> lesung.vorschau(id, false).gesehen()))
                .toList();
        try (var leute = Executors.newFixedThreadPool(2)) {
            var beide = List.of(0, 1).stream()
                    .map(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    tu(stadt, () -> lesung.uebernimm(stadt.anja(), ids.get(i), gesehen.get(i), false));
                                    return "übernommen";
                                } catch (Abgelehnt e) {
                                    return String.valueOf(e.getMessage());
                                }
                            },
                            leute))
                    .toList();
            var ergebnisse =
                    beide.stream().map(CompletableFuture::join).sorted().toList();
            assertThat(ergebnisse.getFirst()).contains("hat sich der Aktenplan geändert");
            assertThat(ergebnisse.getLast()).isEqualTo("übernommen");
        }
        assertThat(als(stadt.mandant(), () -> plan.baum())).hasSize(5);
    }

    @Test
    void ausgegeben_und_wieder_eingelesen_aendert_sich_nichts() {
        var stadt = verwaltet();
        tu(
                stadt,
                () -> bearbeitung.aendere(
                        stadt.anja(),
                        id(stadt, "66.20.05"),
                        1,
                        new Eingabe("66.20.05", "=Werbung;\"Plakate\"", "3", "A", "zda", null, null),
                        true));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        for (var format : List.of("csv", "xlsx", "xdomea")) {
            var datei = als(stadt.mandant(), () -> {
                var aus = new ByteArrayOutputStream();
                try {
                    switch (format) {
                        case "csv" -> Planausgabe.csv(werk.bild(), aus);
                        case "xlsx" -> Planausgabe.xlsx(werk.bild(), aus);
                        default -> Xdomeaschreiber.schreibe(werk.bild(), "Stadt", morgen(), aus);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (javax.xml.stream.XMLStreamException e) {
                    throw new IllegalStateException(e);
                }
                return aus.toByteArray();
            });
            assertThat(anja.hole("/verwaltung/aktenplan/ausgabe?format=" + format)
                            .status())
                    .isEqualTo(200);
            var seite = "/verwaltung/aktenplan/fassungen";
            var vorschau = anja.hole(
                            anja.ladeHoch(seite, seite, "plan." + format, datei).ziel())
                    .text();
            assertThat(vorschau)
                    .as(format)
                    .contains("4 unverändert")
                    .contains("0 geändert")
                    .contains("0 abgelehnt");
        }
    }

    @Test
    void was_in_der_datei_fehlt_endet_nur_wenn_man_es_sagt() {
        var stadt = verwaltet();
        vorgang(stadt, "Sondernutzung Marktplatz");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var seite = "/verwaltung/aktenplan/fassungen";
        var datei = "kennzeichen;titel\n66;Tiefbau\n66.20;Straßenverwaltung\n66.20.05;Werbeanlagen\n";
        var ziel = anja.ladeHoch(seite, seite, "kurz.csv", datei.getBytes(StandardCharsets.UTF_8))
                .ziel();
        assertThat(anja.hole(ziel).text()).contains("Nicht in der Datei").contains("66.20.03");
        var vorschau = anja.hole(ziel + "?beenden=true");
        assertThat(vorschau.text()).contains("1 Position endet").contains("1 offene Akte");
        var gesehen = java.util.regex.Pattern.compile("name=\"gesehen\" value=\"([^\"]+)\"")
                .matcher(vorschau.text());
        assertThat(gesehen.find()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(anja.sende(
                                    ziel + "/uebernahme",
                                    vorschau.geheim(),
                                    "gesehen",
                                    gesehen.group(1),
                                    "beenden",
                                    "true")
                            .ziel())
                    .isEqualTo(ziel);
        }
        assertThat(als(stadt.mandant(), () -> plan.gemeint("66.20.03"))).isEmpty();
        assertThat(als(stadt.mandant(), () -> plan.baum())).hasSize(3);
        assertThat(anja.hole(ziel).text()).contains("1 beendete Positionen");
    }

    @Test
    void die_nutzung_zaehlt_alles_zeigt_keinen_titel_und_schlaegt_eine_kuerzung_vor() {
        var stadt = verwaltet();
        for (int i = 0; i < 3; i++) {
            vorgang(stadt, "Sondernutzung Marktplatz Gerüst 202" + i);
        }
        als(
                stadt.mandant(),
                () -> akten.legeAn(
                        stadt.anja(),
                        Kennung.neu(),
                        plan.gemeint("66.20.05").orElseThrow().id(),
                        stadt.tiefbau(),
                        "Sondernutzung Marktplatz Plakat"));
        tu(stadt, () -> nutzung.zaehle());
        als(stadt.mandant(), () -> {
            var zeile = nutzung.alle().stream()
                    .filter(n -> n.knoten().kennzeichen().equals("66.20.03"))
                    .findFirst()
                    .orElseThrow();
            assertThat(zeile.offen()).isEqualTo(3);
            assertThat(zeile.gleichartig()).isGreaterThan(80);
            assertThat(zeile.nachbar()).extracting(k -> k.kennzeichen()).isEqualTo("66.20.05");
            assertThat(zeile.aehnlich()).isGreaterThan(30);
            assertThat(zeile.selten()).isTrue();
            var kuerzung = nutzung.kuerze(2);
            assertThat(kuerzung)
                    .extracting(z -> z.alt().kennzeichen() + " " + z.neu().kennzeichen() + " " + z.akten())
                    .containsExactly("66.20.03 66.20 3", "66.20.05 66.20 1");
            assertThat(kuerzung.getLast().hinweis()).contains("unbefristet statt 10 Jahre");
        });
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/verwaltung/aktenplan/nutzung").text())
                .contains("66.20.03")
                .doesNotContain("Gerüst");
        assertThat(anja.hole("/verwaltung/aktenplan/nutzung/kuerzung.csv?ebenen=2")
                        .text())
                .contains("alt;neu;")
                .contains("66.20.03;66.20;");
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/verwaltung/aktenplan/nutzung")
                        .status())
                .isEqualTo(403);
    }
}
