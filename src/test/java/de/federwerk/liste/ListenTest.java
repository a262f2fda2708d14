package de.federwerk.liste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.akte.Akten;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.PlatformTransactionManager;

/** Whole-house lists: nobody sees in them, counts, takes along or chooses what they may not read; a page is a page wherever one is. */
class ListenTest extends Teststadt {

    @Autowired
    Listen listen;

    @Autowired
    Listenausgabe ausgabe;

    @Autowired
    Listengeduld geduld;

    @Autowired
    Listensprung sprung;

    @Autowired
    Ansichten ansichten;

    @Autowired
    Index index;

    @Autowired
    PlatformTransactionManager transaktionen;

    private UUID akte(Stadt stadt, String position, UUID einheit, Anmeldung wer, String titel) {
        return als(
                stadt.mandant(),
                () -> akten.legeAn(
                                wer,
                                Kennung.neu(),
                                plan.gemeint(position).orElseThrow().id(),
                                einheit,
                                titel)
                        .id());
    }

    private static Listenfrage frage(Listenart art, String angaben) {
        return Listenfrage.aus(art, angaben);
    }

    /** Everything, page by page from the start; and the same from the end, which must not differ. */
    private List<UUID> alle(Stadt stadt, Anmeldung wer, Listenfrage frage, int jeSeite) {
        return als(stadt.mandant(), () -> {
            var vorwaerts = new ArrayList<UUID>();
            var seite = listen.seite(wer.person(), frage, Stelle.ANFANG, jeSeite);
            vorwaerts.addAll(ids(seite.zeilen()));
            while (seite.weiter() != null) {
                seite = listen.seite(wer.person(), frage, frage.ordnung().lies(seite.weiter()), jeSeite);
                vorwaerts.addAll(ids(seite.zeilen()));
            }
            var rueckwaerts = new ArrayList<UUID>();
            seite = listen.seite(wer.person(), frage, Stelle.ENDE, jeSeite);
            rueckwaerts.addAll(ids(seite.zeilen()).reversed());
            while (seite.zurueck() != null) {
                seite = listen.seite(wer.person(), frage, frage.ordnung().lies(seite.zurueck()), jeSeite);
                rueckwaerts.addAll(ids(seite.zeilen()).reversed());
            }
            // The first page is always full: going back, its rows may come twice.
            var verkehrt = new ArrayList<>(new java.util.LinkedHashSet<>(rueckwaerts));
            assertThat(verkehrt).containsExactlyInAnyOrderElementsOf(vorwaerts);
            assertThat(listen.anzahl(wer.person(), frage).zahl()).isEqualTo(vorwaerts.size());
            return vorwaerts;
        });
    }

    private static List<UUID> ids(List<Listen.Zeile> zeilen) {
        return zeilen.stream().map(Listen.Zeile::id).toList();
    }

    @Test
    void niemand_sieht_zaehlt_gibt_aus_oder_waehlt_was_er_nicht_lesen_darf() {
        var stadt = stadt();
        var kranich = vorgang(stadt, "Kranichflug");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.ladeHoch(
                                "/vorgaenge/" + kranich.id(),
                                "/vorgaenge/" + kranich.id() + "/dokumente",
                                "kranichplan.txt",
                                "Ein Kranich".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isLessThan(400);
        var dokument = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM dokument WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .query(UUID.class)
                        .single());
        var fremde =
                List.of(angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(stadt().mandant(), "anja.mueller"));
        for (var pfad : List.of(
                "/listen/akten?ordnung=-angelegt",
                "/listen/akten?titel=kran",
                "/listen/vorgaenge?ordnung=aktenzeichen",
                "/listen/vorgaenge?akte=" + kranich.akteId(),
                "/listen/vorgaenge?einheit=" + stadt.tiefbau(),
                "/listen/dokumente?ordnung=-angelegt",
                "/listen/dokumente?vorgang=" + kranich.id())) {
            assertThat(anja.hole(pfad).text()).as(pfad).containsIgnoringCase("kranich");
            for (var fremder : fremde) {
                var seite = fremder.hole(pfad);
                assertThat(seite.status()).isEqualTo(200);
                assertThat(seite.text().replace("titel=kran", ""))
                        .as(pfad)
                        .contains("Hier steht nichts, das Sie lesen dürfen")
                        .doesNotContainIgnoringCase("kranich")
                        .doesNotContain(kranich.aktenzeichen());
                var ausgabe = fremder.hole(
                        pfad.replace("/listen/", "/listen/ausgabe.csv?art=").replaceFirst("=([a-z]+)[?]", "=$1&"));
                assertThat(ausgabe.text().lines()).as(pfad).hasSize(1);
            }
        }
        // Chosen by its id, it is chosen by nobody who may not read it.
        als(stadt.mandant(), () -> {
            assertThat(listen.davon(stadt.anja().person(), Listenart.DOKUMENTE, List.of(dokument)))
                    .containsExactly(dokument);
            assertThat(listen.davon(stadt.petra().person(), Listenart.DOKUMENTE, List.of(dokument)))
                    .isEmpty();
            assertThat(listen.alle(stadt.petra().person(), frage(Listenart.DOKUMENTE, ""), 10))
                    .contains(List.of());
        });
        // A single Vorgang opens itself, wherever the list is narrowed to; not its Akte.
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO einzelfreigabe (mandant_id, id, person_id, vorgang_id, recht, grund, gueltig_bis) VALUES (?, ?, ?, ?, 1, 'Beteiligung', now() + interval '1 day')")
                        .params(stadt.mandant(), Kennung.neu(), stadt.petra().person(), kranich.id())
                        .update());
        for (var angaben : List.of("", "einheit=" + stadt.tiefbau(), "akte=" + kranich.akteId(), "titel=kranich")) {
            assertThat(alle(stadt, stadt.petra(), frage(Listenart.VORGAENGE, angaben), 5))
                    .as(angaben)
                    .containsExactly(kranich.id());
            assertThat(alle(stadt, stadt.petra(), frage(Listenart.DOKUMENTE, angaben.replace("titel=kranich", "")), 5))
                    .containsExactly(dokument);
        }
        // By who filed it: one such list may be nearly as long as that of the house.
        var vonAnja = "person=" + stadt.anja().person();
        assertThat(alle(stadt, stadt.petra(), frage(Listenart.DOKUMENTE, vonAnja), 5))
                .containsExactly(dokument);
        assertThat(alle(stadt, stadt.petra(), frage(Listenart.DOKUMENTE, "person=ich"), 5))
                .isEmpty();
        assertThat(alle(stadt, stadt.petra(), frage(Listenart.VORGAENGE, "einheit=" + stadt.ordnung()), 5))
                .isEmpty();
        assertThat(alle(stadt, stadt.petra(), frage(Listenart.AKTEN, ""), 5)).isEmpty();
    }

    @Test
    void ein_dokument_das_man_allein_sieht_nennt_seinen_vorgang_nicht_beim_titel() {
        var stadt = stadt();
        var kranich = vorgang(stadt, "Kranichflug");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        anja.ladeHoch(
                "/vorgaenge/" + kranich.id(),
                "/vorgaenge/" + kranich.id() + "/dokumente",
                "plan.txt",
                "Ein Plan".getBytes(StandardCharsets.UTF_8));
        var petras = akte(stadt, "66.20.05", stadt.ordnung(), stadt.petra(), "Petras");
        als(stadt.mandant(), () -> {
            var dokument = jdbc.sql("""
                    UPDATE dokument SET schutzbereich_id = (SELECT schutzbereich_id FROM akte WHERE mandant_id = :m AND id = :akte)
                     WHERE mandant_id = :m RETURNING id""")
                    .param("m", stadt.mandant())
                    .param("akte", petras)
                    .query(UUID.class)
                    .single();
            index.vormerkenUndSperren("dokument", List.of(dokument));
        });
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var spalten = "spalten=titel%2Cvorgangstitel";
        for (var pfad : List.of("/listen/dokumente?", "/listen/ausgabe.csv?art=dokumente&")) {
            assertThat(petra.hole(pfad + spalten).text()).contains("plan").doesNotContain("Kranichflug");
        }
        assertThat(petra.hole("/listen/vorgaenge?ordnung=titel").text()).doesNotContain("Kranichflug");
    }

    @Test
    void eine_ausgabe_verliert_und_verdoppelt_nichts_und_niemand_wartet_ewig() {
        var stadt = stadt();
        vorgang(stadt, "Amsel");
        vorgang(stadt, "Drossel");
        var fink = vorgang(stadt, "Fink");
        Mandantenkontext.als(stadt.mandant(), () -> {
            var zeilen = ausgabe.zeilen(
                            stadt.anja(), frage(Listenart.VORGAENGE, "ordnung=geaendert&spalten=titel"), "csv", 1)
                    .iterator();
            assertThat(zeilen.next()).containsExactly("Titel");
            var alle = new ArrayList<>(zeilen.next());
            als(
                    stadt.mandant(),
                    () -> jdbc.sql("UPDATE vorgang SET geaendert = now() - interval '9 years' WHERE id = ?")
                            .param(fink.id())
                            .update());
            zeilen.forEachRemaining(alle::addAll);
            assertThat(alle).containsExactlyInAnyOrder("Amsel", "Drossel", "Fink");
        });
        var kurz = new Listengeduld(jdbc, transaktionen, Duration.ofMillis(50), Duration.ofMillis(50));
        als(stadt.mandant(), () -> {
            Function<JdbcClient, String> lange = db ->
                    db.sql("SELECT 'da' FROM pg_sleep(3)").query(String.class).single();
            assertThat(kurz.mit(lange)).isEmpty();
            assertThat(kurz.sonst("viele", lange)).isEqualTo("viele");
            // All of it together, not each.
            assertThat(kurz.mit(db -> IntStream.range(0, 9)
                            .mapToObj(i -> db.sql("SELECT 'da' FROM pg_sleep(0.01)")
                                    .query(String.class)
                                    .single())
                            .toList()))
                    .isEmpty();
            // Neither the bound nor the mistake outlives it.
            assertThat(jdbc.sql("SELECT 'da' FROM pg_sleep(0.1)")
                            .query(String.class)
                            .single())
                    .isEqualTo("da");
            jdbc.sql("SET LOCAL statement_timeout = '7min'").update();
            assertThat(geduld.mit(db -> db.sql("SHOW statement_timeout")
                                    .query(String.class)
                                    .single())
                            .orElseThrow())
                    .isNotEqualTo("7min");
            assertThat(jdbc.sql("SHOW statement_timeout").query(String.class).single())
                    .isEqualTo("7min");
        });
    }

    @Test
    void was_zu_lange_dauert_hat_seine_seite_um_es_einzugrenzen() {
        var stadt = stadt();
        vorgang(stadt, "Kranichflug");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var liste = "/listen/vorgaenge?titel=kranich";
        var ansicht = Kennung.neu().toString();
        anja.sendeVon(
                liste,
                "/listen/ansichten",
                "art",
                "vorgaenge",
                "id",
                ansicht,
                "name",
                "Lange",
                "frage",
                "titel=kranich");
        anja.sendeVon(liste, "/listen/ansichten/" + ansicht + "/start");
        var sonst = ReflectionTestUtils.getField(geduld, "seite");
        ReflectionTestUtils.setField(geduld, "seite", Duration.ZERO);
        try {
            // Also where the list opens with it.
            for (var pfad : List.of(liste, anja.hole("/listen/vorgaenge").ziel())) {
                var seite = anja.hole(pfad);
                assertThat(seite.status()).isEqualTo(200);
                assertThat(seite.text())
                        .contains("nicht in angemessener Zeit", "Nicht zu Ende durchgesehen", "Titel: „kranich“")
                        .contains("name=\"titel\"")
                        .doesNotContain("Hier steht nichts", "Kranichflug", "mehr als 0");
            }
            var alle = anja.sendeVon(
                    liste,
                    "/listen/auswahl",
                    "art",
                    "vorgaenge",
                    "frage",
                    "titel=kranich",
                    "umfang",
                    "alle",
                    "tat",
                    "zda");
            assertThat(alle.status()).isEqualTo(422);
            assertThat(alle.text()).contains("nicht in angemessener Zeit", "Titel: „kranich“");
            assertThat(anja.hole("/listen/ausgabe.csv?art=vorgaenge&titel=kranich")
                            .status())
                    .isGreaterThanOrEqualTo(400)
                    .isLessThan(500);
        } finally {
            ReflectionTestUtils.setField(geduld, "seite", sonst);
        }
        assertThat(anja.hole(liste).text()).contains("Kranichflug");
    }

    @Test
    void geblaettert_wird_vor_zurueck_und_mit_sprung_auch_waehrend_zeilen_hinzukommen() {
        var stadt = stadt();
        var alle = new ArrayList<UUID>();
        als(stadt.mandant(), () -> {
            for (int i = 0; i < 23; i++) {
                alle.add(akte(stadt, "66.20.03", stadt.tiefbau(), stadt.anja(), "Akte " + i));
            }
        });
        akte(stadt, "66.20.05", stadt.ordnung(), stadt.petra(), "Fremd");
        var neueste = frage(Listenart.AKTEN, "ordnung=-aktenzeichen");
        assertThat(alle(stadt, stadt.anja(), neueste, 5)).containsExactlyElementsOf(alle.reversed());
        for (var ordnung : List.of("aktenzeichen", "angelegt", "-angelegt", "titel", "-titel")) {
            var vorwaerts = new ArrayList<>(alle);
            if (ordnung.startsWith("-")) {
                Collections.reverse(vorwaerts);
            }
            var frage = frage(Listenart.AKTEN, "ordnung=" + ordnung);
            if (ordnung.equals("aktenzeichen")) {
                assertThat(alle(stadt, stadt.anja(), frage, 7)).containsExactlyElementsOf(vorwaerts);
            } else {
                // Made in one transaction, in one instant: only that none is missing and none twice.
                assertThat(alle(stadt, stadt.anja(), frage, 7)).containsExactlyInAnyOrderElementsOf(vorwaerts);
            }
        }
        als(stadt.mandant(), () -> {
            var erste = listen.seite(stadt.anja().person(), neueste, Stelle.ANFANG, 5);
            var zweite = listen.seite(
                    stadt.anja().person(), neueste, neueste.ordnung().lies(erste.weiter()), 5);
            var neu = akte(stadt, "66.20.03", stadt.tiefbau(), stadt.anja(), "Dazwischen");
            assertThat(listen.seite(
                                    stadt.anja().person(),
                                    neueste,
                                    neueste.ordnung().lies(erste.weiter()),
                                    5)
                            .zeilen())
                    .isEqualTo(zweite.zeilen());
            assertThat(ids(listen.seite(
                                    stadt.anja().person(),
                                    neueste,
                                    neueste.ordnung().lies(zweite.zurueck()),
                                    5)
                            .zeilen()))
                    .isEqualTo(ids(erste.zeilen()));
            assertThat(ids(listen.seite(stadt.anja().person(), neueste, Stelle.ANFANG, 5)
                            .zeilen()))
                    .startsWith(neu);
            var siebte = akten.finde(
                            berechtigungen.sicht(stadt.anja().person(), de.federwerk.berechtigung.Recht.LESEN),
                            alle.get(6))
                    .map(Akten.Akte::aktenzeichen)
                    .orElseThrow();
            assertThat(ids(listen.seite(stadt.anja().person(), neueste, sprung.zu(neueste, siebte), 5)
                            .zeilen()))
                    .startsWith(alle.get(6), alle.get(5));
            var nachTitel = frage(Listenart.AKTEN, "ordnung=titel");
            assertThat(ids(listen.seite(stadt.anja().person(), nachTitel, sprung.zu(nachTitel, "akte 8"), 5)
                            .zeilen()))
                    .startsWith(alle.get(8), alle.get(9), neu);
        });
        var seite = angemeldet(stadt.mandant(), "anja.mueller").hole("/listen/akten?ordnung=-aktenzeichen&zu=2001");
        assertThat(seite.text()).contains("24 Akten", "Akte 0").doesNotContain("Fremd");
    }

    @Test
    void jede_eingrenzung_zeigt_genau_was_sie_sagt() {
        var stadt = stadt();
        var salz = vorgang(stadt, "Streusalz für den Winterdienst");
        var schild = als(
                stadt.mandant(),
                () -> vorgaenge.eroeffne(
                        stadt.anja(),
                        Kennung.neu(),
                        akte(stadt, "66.20.05", stadt.tiefbau(), stadt.anja(), "Schilder (Winter-Sonderaktion)"),
                        "Schilderwald"));
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE akte SET angelegt = '2020-05-05 12:00+02' WHERE mandant_id = ? AND id = ?")
                    .params(stadt.mandant(), salz.akteId())
                    .update();
            jdbc.sql("UPDATE vorgang SET stand = 'zda', zda_am = '2021-03-31 23:30+02' WHERE mandant_id = ? AND id = ?")
                    .params(stadt.mandant(), salz.id())
                    .update();
            jdbc.sql("INSERT INTO papierform (mandant_id, akte_id, form) VALUES (?, ?, 'hybrid')")
                    .params(stadt.mandant(), salz.akteId())
                    .update();
        });
        var position = als(
                stadt.mandant(), () -> plan.gemeint("66.20", true).orElseThrow().id());
        var blatt = als(
                stadt.mandant(), () -> plan.gemeint("66.20.05").orElseThrow().id());
        var akten = List.of(salz.akteId(), schild.akteId());
        pruefe(stadt, Listenart.AKTEN, "position=" + position, akten);
        pruefe(stadt, Listenart.AKTEN, "position=" + blatt, List.of(schild.akteId()));
        pruefe(stadt, Listenart.VORGAENGE, "position=" + blatt, List.of(schild.id()));
        pruefe(stadt, Listenart.AKTEN, "einheit=meine", akten);
        pruefe(stadt, Listenart.AKTEN, "einheit=" + stadt.ordnung(), List.of());
        pruefe(stadt, Listenart.AKTEN, "person=ich&titel=winter", akten);
        pruefe(stadt, Listenart.AKTEN, "titel=WINTER+sonder", List.of());
        pruefe(stadt, Listenart.AKTEN, "titel=sonder%20winter", List.of(schild.akteId()));
        pruefe(stadt, Listenart.AKTEN, "titel=dienst", List.of());
        pruefe(stadt, Listenart.AKTEN, "titel=%28Winter", List.of(schild.akteId()));
        pruefe(stadt, Listenart.AKTEN, "titel=.%2A", List.of());
        pruefe(stadt, Listenart.VORGAENGE, "person=" + stadt.petra().person(), List.of());
        pruefe(stadt, Listenart.VORGAENGE, "stand=zda", List.of(salz.id()));
        pruefe(stadt, Listenart.VORGAENGE, "stand=offen", List.of(schild.id()));
        pruefe(stadt, Listenart.VORGAENGE, "zda_von=2021-03-31&zda_bis=2021-03-31", List.of(salz.id()));
        pruefe(stadt, Listenart.VORGAENGE, "zda_von=2021-04-01", List.of());
        pruefe(stadt, Listenart.VORGAENGE, "akte=" + schild.akteId(), List.of(schild.id()));
        pruefe(stadt, Listenart.VORGAENGE, "papier=papier", List.of(salz.id()));
        pruefe(stadt, Listenart.AKTEN, "papier=elektronisch", List.of(schild.akteId()));
        for (var ordnung : List.of("aktenzeichen", "angelegt")) {
            pruefe(stadt, Listenart.AKTEN, "angelegt_bis=2020-05-05&ordnung=" + ordnung, List.of(salz.akteId()));
            pruefe(stadt, Listenart.AKTEN, "angelegt_von=2020-05-06&ordnung=" + ordnung, List.of(schild.akteId()));
        }
        pruefe(
                stadt,
                Listenart.VORGAENGE,
                "geaendert_von="
                        + LocalDate.now(de.federwerk.gesicht.Anzeige.ZONE).plusDays(2),
                List.of());
        // What nobody made narrows nothing.
        pruefe(stadt, Listenart.AKTEN, "position=unsinn&stand=x&angelegt_von=31.02.2020&person=du", akten);

        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var ziel = anja.hole(
                        "/listen/akten?eingrenzen=ja&position_wort=66.20.05&person_wort=petra.lueders&titel=&stand=offen")
                .ziel();
        assertThat(ziel)
                .startsWith("/listen/akten?")
                .contains("position=" + blatt, "person=" + stadt.petra().person(), "stand=offen")
                .doesNotContain("titel");
        assertThat(anja.hole(ziel).text())
                .contains("Aktenplan: 66.20.05 Werbeanlagen", "Bearbeitung: Petra Lüders", "Stand: offen");
        assertThat(anja.hole("/listen/akten?eingrenzen=ja&position_wort=99.99").text())
                .contains("keine Position „99.99“", "value=\"99.99\"");
        assertThat(anja.hole("/listen/akten?eingrenzen=ja&angelegt_von=31.02.2020")
                        .text())
                .contains("ist kein Tag", "value=\"31.02.2020\"", "id=\"grenzen\" open");
        assertThat(anja.hole("/listen/akten?spaltenwahl=ja&spalte=%25zz").status())
                .isEqualTo(302);
        pruefe(stadt, Listenart.AKTEN, "titel=%zz&stand", akten);
    }

    private void pruefe(Stadt stadt, Listenart art, String angaben, List<UUID> erwartet) {
        assertThat(alle(stadt, stadt.anja(), frage(art, angaben), 1))
                .as(art + " " + angaben)
                .containsExactlyInAnyOrderElementsOf(erwartet);
    }

    @Test
    void spalten_folgen_der_wahl_und_eine_ausgabe_nimmt_sie_mit() {
        var stadt = stadt();
        akte(stadt, "66.20.03", stadt.tiefbau(), stadt.anja(), "=HYPERLINK(\"x\"); Rest");
        var vertrag = akte(stadt, "66.20.03", stadt.tiefbau(), stadt.anja(), "Ölspur");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var ziel = anja.hole(
                        "/listen/akten?ordnung=aktenzeichen&spaltenwahl=ja&spalte=aktenzeichen&spalte=stand&spalte=titel&hinauf=titel")
                .ziel();
        assertThat(ziel).contains("spalten=aktenzeichen%2Ctitel%2Cstand");
        assertThat(anja.hole(ziel).text())
                .doesNotContain("data-spalte=\"Bearbeitung\"")
                .contains("data-spalte=\"Titel\"");
        var csv = anja.hole("/listen/ausgabe.csv?spalten=titel%2Cstand&ordnung=aktenzeichen");
        assertThat(csv.kopf("Content-Type")).startsWith("text/csv");
        assertThat(csv.text())
                .isEqualTo(
                        "\uFEFF\"Titel\";\"Stand\"\r\n\"'=HYPERLINK(\"\"x\"\"); Rest\";\"offen\"\r\n\"Ölspur\";\"offen\"\r\n");
        assertThat(anja.hole("/listen/ausgabe.xlsx?titel=%C3%B6l&spalten=titel%2Cstand")
                        .text())
                .startsWith("PK");
        assertThat(anja.hole("/listen/akten?titel=%C3%B6lsp").text()).contains("Ölspur", "1 Akte");
        assertThat(anja.hole("/listen/akten?titel=lspur").text()).contains("Hier steht nichts");
        // Narrowed to an Aktenart, its fields are columns like any other.
        var art = Kennung.neu();
        var feld = Kennung.neu();
        als(stadt.mandant(), () -> {
            jdbc.sql("INSERT INTO aktenart (mandant_id, id, name) VALUES (?, ?, 'Vertrag')")
                    .params(stadt.mandant(), art)
                    .update();
            jdbc.sql(
                            "INSERT INTO aktenfeld (mandant_id, id, aktenart_id, name, art, auswahl, pflicht, in_liste, platz) VALUES (?, ?, ?, 'Partner', 'text', '{}', false, true, 1)")
                    .params(stadt.mandant(), feld, art)
                    .update();
            jdbc.sql("UPDATE akte SET aktenart_id = ? WHERE mandant_id = ? AND id = ?")
                    .params(art, stadt.mandant(), vertrag)
                    .update();
            jdbc.sql("INSERT INTO aktenwert (mandant_id, akte_id, feld_id, text) VALUES (?, ?, ?, 'Salzwerk')")
                    .params(stadt.mandant(), vertrag, feld)
                    .update();
        });
        assertThat(anja.hole("/listen/akten?aktenart=" + art + "&spalten=titel%2Cf-" + feld)
                        .text())
                .contains("Aktenart: Vertrag", "1 Akte", "data-spalte=\"Partner\">Salzwerk<")
                .doesNotContain("HYPERLINK");
        // ... and narrow it.
        var imFeld = "/listen/akten?eingrenzen=ja&aktenart=" + art + "&f-" + feld + "=";
        assertThat(anja.hole(anja.hole(imFeld + "salz").ziel()).text()).contains("1 Akte", "Partner: „salz“", "Ölspur");
        assertThat(anja.hole(anja.hole(imFeld + "werk").ziel()).text()).contains("Hier steht nichts");
        assertThat(anja.hole(imFeld.replace("" + art, "" + Kennung.neu()) + "salz")
                        .ziel())
                .doesNotContain("f-" + feld);
        // What it has not (any more) narrows nothing, and there is no end of names that nobody gave.
        var fremdes = "aktenart=" + art + "&f-" + Kennung.neu() + "=salz";
        assertThat(anja.hole("/listen/akten?" + fremdes).text()).contains("1 Akte", "Ölspur");
        assertThat(anja.hole("/listen/ausgabe.csv?" + fremdes).text().lines()).hasSize(2);
        assertThat(frage(
                                Listenart.AKTEN,
                                "aktenart=" + art
                                        + IntStream.range(0, 99)
                                                .mapToObj(i -> "&f-" + Kennung.neu() + "=x")
                                                .collect(java.util.stream.Collectors.joining()))
                        .feldgrenzen())
                .hasSize(30);
        assertThat(anja.hole("/listen/akten?spalten=titel%2Cf-" + feld).text())
                .contains("2 Akten")
                .doesNotContain("Partner", "Salzwerk");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("""
                        SELECT i.wert FROM protokoll p JOIN protokoll_inhalt i ON i.mandant_id = p.mandant_id AND i.eintrag_id = p.id
                         WHERE p.mandant_id = ? AND p.handlung = 'liste.ausgegeben' AND i.feld = 'text' ORDER BY p.id""")
                                .param(stadt.mandant())
                                .query(String.class)
                                .list()))
                .containsExactly("alle", "Titel: „öl“", "Aktenart: Vertrag");
    }

    @Test
    void ausgewaehltes_geht_an_einen_sammellauf_und_nur_was_man_lesen_darf() {
        var stadt = stadt();
        var kranich = vorgang(stadt, "Kranichflug");
        var reiher = vorgang(stadt, "Reiherhorst");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var liste = "/listen/vorgaenge?titel=kranich";
        assertThat(anja.sendeVon(liste, "/listen/auswahl", "art", "vorgaenge", "tat", "zda")
                        .text())
                .contains("Es ist nichts ausgewählt");
        var gewaehlt = anja.sendeVon(
                liste, "/listen/auswahl", "art", "vorgaenge", "frage", "titel=kranich", "umfang", "alle", "tat", "zda");
        assertThat(gewaehlt.status()).isEqualTo(200);
        assertThat(gewaehlt.text())
                .contains("1 Vorgang", "Kranichflug", "value=\"" + kranich.id() + "\"")
                .doesNotContain("Reiherhorst");
        assertThat(anja.sendeVon(
                                liste,
                                "/listen/auswahl",
                                "art",
                                "vorgaenge",
                                "umfang",
                                "seite",
                                "seite",
                                "" + reiher.id())
                        .text())
                .contains("Bitte wählen Sie unten, was damit geschehen soll");
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        for (var umfang : List.of("alle", "markierte", "seite")) {
            var nichts = petra.sendeVon(
                    "/listen/vorgaenge",
                    "/listen/auswahl",
                    "art",
                    "vorgaenge",
                    "umfang",
                    umfang,
                    "tat",
                    "zda",
                    "id",
                    "" + kranich.id(),
                    "seite",
                    "" + kranich.id());
            assertThat(nichts.status()).isEqualTo(422);
            assertThat(nichts.text()).contains("Es ist nichts ausgewählt").doesNotContain("Kranich");
        }
    }

    @Test
    void ansichten_gehoeren_der_person_oder_der_einheit_und_geben_kein_recht() throws InterruptedException {
        var stadt = stadt();
        vorgang(stadt, "Kranichflug");
        als(stadt.mandant(), () -> {
            // Of a unit below: what is for all of the Tiefbau is for her, too.
            var wege = einheiten.richteEin(Protokoll.PROGRAMM, "SG 66.1", "Wege", stadt.tiefbau());
            person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", wege);
            var leitung = person(stadt.mandant(), "lars.leitner", "Lars", "Leitner", stadt.tiefbau());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, leitung.person());
        });
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var karin = angemeldet(stadt.mandant(), "karin.ahrens");
        var lars = angemeldet(stadt.mandant(), "lars.leitner");
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var liste = "/listen/vorgaenge";
        var eigene = Kennung.neu();
        for (int i = 0; i < 2; i++) {
            assertThat(anja.sendeVon(
                                    liste + "?ordnung=aktenzeichen",
                                    "/listen/ansichten",
                                    "art",
                                    "vorgaenge",
                                    "id",
                                    eigene.toString(),
                                    "name",
                                    "Meine offenen",
                                    "frage",
                                    "person=ich&stand=offen&einheit=" + stadt.tiefbau() + "&spalten=titel,stand")
                            .ziel())
                    .contains("ansicht=" + eigene);
        }
        assertThat(anja.hole("/listen/ansichten/" + eigene).ziel())
                .startsWith(liste + "?")
                .contains("einheit=" + stadt.tiefbau(), "person=ich", "spalten=titel%2Cstand");
        assertThat(karin.hole("/listen/ansichten/" + eigene).status()).isEqualTo(404);

        assertThat(anja.sendeVon(
                                liste + "?ordnung=aktenzeichen",
                                "/listen/ansichten",
                                "art",
                                "vorgaenge",
                                "id",
                                Kennung.neu().toString(),
                                "name",
                                "Wohin?",
                                "frage",
                                "einheit=" + Kennung.neu())
                        .text())
                .contains("gibt es nicht", "value=\"Wohin?\"");

        var gemeinsame = Kennung.neu();
        String[] felder = {
            "art",
            "vorgaenge",
            "id",
            gemeinsame.toString(),
            "name",
            "Offen im Tiefbau",
            "fuer",
            stadt.tiefbau().toString(),
            "frage",
            "stand=offen"
        };
        assertThat(anja.sendeVon(liste + "?stand=offen", "/listen/ansichten", felder)
                        .status())
                .isEqualTo(403);
        assertThat(lars.sendeVon(liste + "?stand=offen", "/listen/ansichten", felder)
                        .ziel())
                .contains("stand=offen", "ansicht=" + gemeinsame);
        assertThat(karin.hole(liste + "?stand=offen&ansicht=" + gemeinsame).text())
                .contains("Offen im Tiefbau", "Kranichflug", "1 Vorgang");
        var geheim = karin.hole("/listen/ansichten?art=vorgaenge").geheim();
        var eine = "/listen/ansichten/" + gemeinsame;
        assertThat(karin.sende(eine + "/angaben", geheim, "name", "Karins").status())
                .isEqualTo(403);
        assertThat(karin.sende(eine + "/ende", geheim).status()).isEqualTo(403);
        // With it the list opens for Karin, for nobody else.
        karin.sende(eine + "/start", geheim);
        assertThat(karin.hole(liste).ziel()).contains("ansicht=" + gemeinsame);
        assertThat(lars.hole(liste).status()).isEqualTo(200);
        karin.sende(eine + "/start", geheim, "an", "false");
        assertThat(karin.hole(liste).status()).isEqualTo(200);
        karin.sende(eine + "/start", geheim);

        // It gives no rights: shown it, Petra sees neither it nor what it shows.
        var petras = petra.hole("/listen/ansichten?art=vorgaenge");
        assertThat(petras.text()).doesNotContain("Offen im Tiefbau");
        for (var was : List.of("/angaben", "/ende", "/start")) {
            assertThat(petra.sende(eine + was, petras.geheim(), "name", "x").status())
                    .isEqualTo(404);
        }
        assertThat(petra.hole(liste + "?stand=offen&ansicht=" + gemeinsame).text())
                .doesNotContain("Offen im Tiefbau", "Kranichflug");
        assertThat(angemeldet(stadt().mandant(), "anja.mueller").hole(eine).status())
                .isEqualTo(404);

        var larsens = lars.hole("/listen/ansichten?art=vorgaenge").geheim();
        lars.sende(eine + "/angaben", larsens, "name", "Alles im Tiefbau", "frage", "einheit=" + stadt.tiefbau());
        assertThat(karin.hole(eine).ziel())
                .contains("einheit=" + stadt.tiefbau())
                .doesNotContain("stand=offen");
        lars.sende(eine + "/ende", larsens);
        assertThat(karin.hole(eine).status()).isEqualTo(404);
        assertThat(karin.hole(liste).status()).isEqualTo(200);

        // Deleted in the same moment, it is not said to be changed.
        try (var leute = Executors.newSingleThreadExecutor()) {
            Runnable aendert = () -> ansichten.aendere(stadt.anja(), eigene, "Zu spät", null);
            var ausgang = als(stadt.mandant(), () -> {
                ansichten.loesche(stadt.anja(), eigene);
                var zweiter = leute.submit(() -> als(stadt.mandant(), aendert));
                await().pollInSameThread()
                        .until(() -> jdbc.sql(
                                                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))")
                                        .query(Long.class)
                                        .single()
                                > 0);
                return zweiter;
            });
            assertThatThrownBy(() -> ausgang.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(NichtGefunden.class);
        }
    }
}
