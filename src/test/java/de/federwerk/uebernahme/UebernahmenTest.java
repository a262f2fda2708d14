package de.federwerk.uebernahme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.akte.Vorgangslisten;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class UebernahmenTest extends Laufwerktest {

    @Autowired
    Vorgangslisten vorgangslisten;

    @Test
    void aus_ordnern_werden_akten_vorgaenge_und_dokumente_wie_einzeln_angelegt() {
        var stadt = stadt();
        var vorher = vorgang(stadt, "Von Hand");
        schreibe(SONDER + "Baugerüste 2019/Lindenstraße 14/Antrag.txt", "Das Baugerüst steht drei Wochen.");
        schreibe(SONDER + "Baugerüste 2019/Lindenstraße 14/Fotos/Ost/IMG_1.txt", "Foto");
        schreibe(SONDER + "Baugerüste 2019/Übersicht.txt", "Übersicht aller Gerüste");
        schreibe(SONDER + "Container/Am Markt/=SUMME(A1).txt", "Formel");

        var konsole = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(null, false), konsole))
                .as(konsole.alles())
                .isZero();

        assertThat(konsole.alles())
                .contains("Gefunden: 4 Dateien", "4 Dokumente übernommen", "2 neue Akten, 3 neue Vorgänge");
        als(stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(stadt.anja().person(), Recht.BEARBEITEN);
            var knoten = plan.gemeint("66.20.03").orElseThrow().id();
            var meine = akten.unter(sicht, knoten, Stelle.ANFANG, 10).zeilen();
            assertThat(meine)
                    .extracting(a -> a.aktenzeichen() + " " + a.titel())
                    .hasSize(3)
                    .anyMatch(z -> z.matches("66\\.20\\.03-0002/\\d{4} Baugerüste 2019"))
                    .anyMatch(z -> z.matches("66\\.20\\.03-0003/\\d{4} Container"));
            assertThat(akten.unter(berechtigungen.sicht(stadt.petra().person(), Recht.LESEN), knoten, Stelle.ANFANG, 10)
                            .zeilen())
                    .isEmpty();
            var akte = meine.stream()
                    .filter(a -> a.titel().startsWith("Bau"))
                    .findFirst()
                    .orElseThrow();
            var darin = vorgangslisten.in(sicht, akte.id(), Stelle.ANFANG, 10).zeilen();
            assertThat(darin)
                    .extracting(v -> v.aktenzeichen().replaceAll(".*-", "") + " " + v.titel())
                    .containsExactly("01 Allgemeines", "02 Lindenstraße 14");
            assertThat(vorgangslisten
                            .vermerke(sicht, darin.getLast().id(), Stelle.ANFANG, 10)
                            .zeilen())
                    .singleElement()
                    .satisfies(v -> assertThat(v.text())
                            .contains("Übernommen aus", "Ordner „" + SONDER + "Baugerüste 2019/Lindenstraße 14“"));
            assertThat(jdbc.sql("SELECT nummer || ' ' || titel FROM dokument WHERE vorgang_id = ? ORDER BY nummer")
                            .param(darin.getLast().id())
                            .query(String.class)
                            .list())
                    .containsExactly("1 Antrag", "2 Fotos / Ost: IMG_1");
        });
        assertThat(zahl(stadt, """
                SELECT count(*) FROM dokument d JOIN protokoll p ON p.objekt_id = d.id AND p.akte_id = d.akte_id AND p.handlung = 'dokument.abgelegt'
                  JOIN protokoll_inhalt i ON i.eintrag_id = p.id AND i.feld = 'zustand' AND i.wert = to_jsonb(d)::text
                  JOIN protokoll_inhalt h ON h.eintrag_id = p.id AND h.feld = 'inhalt'
                  JOIN version v ON v.dokument_id = d.id JOIN datei f ON f.id = v.datei_id AND encode(f.sha256, 'hex') = h.wert""")).isEqualTo(4);
        assertThat(
                        zahl(
                                stadt,
                                "SELECT count(*) FROM protokoll WHERE handlung IN ('akte.angelegt', 'vorgang.angelegt', 'vorgang.vermerkt')"))
                .as("zwei von Hand, acht übernommen")
                .isEqualTo(2 + 2 + 3 + 3);
        assertThat(zahl(stadt, "SELECT stand FROM zaehler WHERE name LIKE 'akte:66.20.03%'"))
                .isEqualTo(3);
        assertThat(konsole.bericht())
                .startsWith("\uFEFFErgebnis;Pfad;")
                .contains("übernommen;" + SONDER + "Container/Am Markt/=SUMME(A1).txt;")
                .contains(";'=SUMME(A1);");
        assertThat(vorher.offen()).isTrue();
    }

    @Test
    void uebernommenes_wird_gelesen_und_gefunden_auch_wenn_es_keinen_eigenen_auftrag_hat() {
        var stadt = stadt();
        for (int i = 0; i < 30; i++) {
            schreibe(SONDER + "Reihe/Vorgang/Brief " + i + ".txt", "Der Quittenbaum Nummer " + i + " wird gefällt.");
        }
        schreibe(SONDER + "Reihe/Vorgang/kaputt.pdf", "%PDF-1.7 kaputt");
        assertThat(uebernimm(stadt, auftrag(null, false), new Mitschrift(Integer.MAX_VALUE)))
                .isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE convert_from(task_data, 'UTF8') LIKE ?")
                        .param(stadt.mandant() + "%")
                        .query(Long.class)
                        .single())
                .isZero();
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(zahl(stadt, "SELECT count(*) FROM datei WHERE stand = 'neu'"))
                        .isZero());
        assertThat(zahl(stadt, "SELECT count(*) FROM datei_text WHERE text LIKE 'Der Quittenbaum%'"))
                .isEqualTo(30);
        assertThat(zahl(stadt, "SELECT count(*) FROM datei WHERE stand = 'gescheitert' AND hinweis IS NOT NULL"))
                .isEqualTo(1);
        assertThat(zahl(stadt, "SELECT count(*) FROM stoerung WHERE gegenstand = 'kaputt.pdf'"))
                .isEqualTo(1);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(anja.hole("/suche?q=Quittenbaum").text()).contains("30 Treffer"));
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/suche?q=Quittenbaum")
                        .text())
                .contains("0 Treffer");
    }

    @Test
    void die_probe_sagt_was_wuerde_und_schreibt_nichts() {
        var stadt = stadt();
        schreibe(SONDER + "A/V/eins.txt", "1");
        schreibe(SONDER + "A/V/zwei.txt", "2");
        schreibe("Privates/drei.txt", "3");
        var konsole = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(null, true), konsole)).isEqualTo(1);
        assertThat(konsole.alles()).contains("1 neue Akten, 1 neue Vorgänge", "1 Problem", "Platz: etwa");
        assertThat(konsole.bericht())
                .contains("würde übernommen;" + SONDER + "A/V/eins.txt")
                .contains("Problem;Privates/drei.txt;Kein Ordner darüber");
        for (var tabelle : List.of("akte", "vorgang", "dokument", "datei", "blob", "uebernahme", "uebernahme_posten")) {
            assertThat(zahl(stadt, "SELECT count(*) FROM " + tabelle))
                    .as(tabelle)
                    .isZero();
        }
        assertThat(DATEN.resolve("ablage").resolve(stadt.mandant().toString())).doesNotExist();
    }

    @Test
    void angehalten_und_fortgesetzt_kommt_nichts_doppelt_und_nichts_fehlt() throws Exception {
        var stadt = stadt();
        for (int i = 0; i < 1_200; i++) {
            schreibe(SONDER + "A" + i / 500 + "/V" + i / 100 + "/Datei " + i + ".txt", "Inhalt " + i);
        }
        var erster = new Mitschrift(1_100 + 1_200);
        assertThat(uebernimm(stadt, auftrag(null, false), erster)).isEqualTo(2);
        assertThat(erster.alles()).contains("angehalten", "derselbe Befehl macht dort weiter");
        assertThat(zahl(stadt, "SELECT count(*) FROM dokument")).isEqualTo(1_000L);
        assertThat(zahl(stadt, "SELECT count(*) FROM uebernahme WHERE stand = 'unterbrochen'"))
                .isEqualTo(1);

        var geaendert = schreibe(SONDER + "A0/V0/Datei 0.txt", "Inhalt, geändert");
        Files.setLastModifiedTime(geaendert, FileTime.from(Instant.now().plusSeconds(5)));
        Files.setLastModifiedTime(
                laufwerk.resolve(SONDER + "A0/V0/Datei 1.txt"),
                FileTime.from(Instant.now().plusSeconds(5)));
        var zweiter = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(null, false), zweiter)).isEqualTo(1);
        assertThat(zweiter.bericht())
                .contains("Problem;" + SONDER + "A0/V0/Datei 0.txt;\"Die Datei wurde seit ihrer Übernahme geändert")
                .contains("schon übernommen;" + SONDER + "A0/V0/Datei 1.txt;;");
        assertThat(zweiter.bericht().lines().count()).isEqualTo(1_201);
        assertThat(zahl(stadt, "SELECT count(*) FROM dokument")).isEqualTo(1_200);
        assertThat(zahl(stadt, "SELECT count(DISTINCT encode(sha256, 'hex')) FROM datei"))
                .isEqualTo(1_200);
        assertThat(zahl(stadt, "SELECT dokumente FROM uebernahme WHERE stand = 'fertig'"))
                .isEqualTo(1_200);
        assertThat(zahl(stadt, "SELECT count(*) FROM akte")).isEqualTo(3);
        assertThat(zahl(stadt, "SELECT count(*) FROM vorgang")).isEqualTo(12);
        assertThat(
                        zahl(
                                stadt,
                                "SELECT count(*) FROM (SELECT 1 FROM dokument GROUP BY vorgang_id HAVING max(nummer) <> count(*)) luecke"))
                .isZero();
    }

    @Test
    void die_tabelle_geht_den_ordnernamen_vor_und_jede_zeile_die_nicht_passt_wird_genannt() throws Exception {
        var stadt = stadt();
        schreibe("Gerüste/2019/a.txt", "a");
        schreibe("Gerüste/2019/b.txt", "b");
        schreibe("Gerüste/2020/c.txt", "c");
        schreibe("Werbung/Schild.txt", "d");
        schreibe("Werbung/Fahne.txt", "e");
        schreibe("lose.txt", "f");
        var bekannt = vorgang(stadt, "Von Hand");
        var tabelle = Files.writeString(
                laufwerk.resolveSibling(laufwerk.getFileName() + ".csv"), """
                \uFEFFPfad;Position;Akte;Vorgang;Titel;Schriftstückdatum;Altaktenzeichen;Aktenzeichen;Farbe
                Gerüste;66.20.03;Baugerüste;;;;66/17-G;;grün
                Gerüste\\2019\\b.txt;;;;"Bescheid; zweiter";12.03.2019;;;
                Werbung/Schild.txt;66.20.05;Schilder;Am Markt;;31.02.2020;;;
                Werbung/Fahne.txt;66.99;Fahnen;;;;;;
                lose.txt;;;;;;;%s;
                fehlt.txt;66.20.03;x;y;;;;;
                """.formatted(bekannt.aktenzeichen()));
        var konsole = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(tabelle, false), konsole))
                .as(konsole.alles())
                .isEqualTo(1);
        assertThat(konsole.alles()).contains("Nicht verwendet werden die Spalten: Farbe");
        assertThat(konsole.bericht())
                .contains("Problem;Werbung/Schild.txt;\"Das Datum „31.02.2020“".replace("\"", ""))
                .contains("Problem;Werbung/Fahne.txt;Die Position „66.99“ gibt es im Aktenplan nicht")
                .contains("Problem;fehlt.txt;Zeile 7 der Tabelle: Diesen Pfad gibt es im Ordner nicht");
        als(stadt.mandant(), () -> {
            assertThat(jdbc.sql("""
                            SELECT a.titel || ' / ' || v.titel || ' / ' || d.titel || coalesce(' ' || d.schreiben_vom, '')
                              FROM dokument d JOIN vorgang v ON v.id = d.vorgang_id JOIN akte a ON a.id = d.akte_id ORDER BY 1""").query(String.class).list())
                    .containsExactly(
                            "Baugerüste / 2019 / a",
                            "Baugerüste / 2019 / Bescheid; zweiter 2019-03-12",
                            "Baugerüste / 2020 / c",
                            bekannt.akteTitel() + " / " + bekannt.titel() + " / lose");
            assertThat(jdbc.sql("SELECT count(*) FROM vermerk WHERE text LIKE '%Altes Aktenzeichen: 66/17-G'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(2);
        });
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO einschraenkung (mandant_id, id, art, objekt_id, grund, begruendung, gesetzt_von)"
                                        + " VALUES (?, gen_random_uuid(), 'vorgang', ?, 'WIDERSPRUCH', 'x', ?)")
                        .params(stadt.mandant(), bekannt.id(), stadt.anja().person())
                        .update());
        Files.writeString(tabelle, Files.readString(tabelle).replace("lose.txt", "strittig.txt"));
        schreibe("strittig.txt", "s");
        schreibe("Gerüste/2020/neu.txt", "n");
        var strittig = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(tabelle, false), strittig))
                .as(strittig.alles())
                .isEqualTo(1);
        assertThat(strittig.bericht())
                .contains("Problem;strittig.txt;Die Verarbeitung ist dort eingeschränkt (Art. 18 DSGVO)")
                .contains("übernommen;Gerüste/2020/neu.txt");
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE einschraenkung SET aufgehoben = now(), aufgehoben_von = ?, unterrichtet_am = current_date,"
                                        + " aufhebungsgrund = 'x'")
                        .param(stadt.anja().person())
                        .update());
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), bekannt.id()));
        Files.writeString(tabelle, Files.readString(tabelle).replace("strittig.txt", "nachzügler.txt"));
        schreibe("nachzügler.txt", "g");
        var danach = new Mitschrift(Integer.MAX_VALUE);
        uebernimm(stadt, auftrag(tabelle, false), danach);
        assertThat(danach.bericht())
                .contains("Problem;nachzügler.txt;Der Vorgang " + bekannt.aktenzeichen() + " ist zu den Akten");
        Files.writeString(tabelle, "Pfad;Akte\na;b\na;c\n");
        var doppelt = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(tabelle, false), doppelt)).isEqualTo(2);
        assertThat(doppelt.alles()).contains("Zeile 3 nennt denselben Pfad wie Zeile 2");
    }

    @Test
    void unrat_verweise_und_unlesbares_werden_mit_grund_genannt() throws Exception {
        var stadt = stadt();
        schreibe(SONDER + "A/V/gut.txt", "gut");
        schreibe(SONDER + "A/V/Thumbs.db", "x");
        schreibe(SONDER + "A/V/~$Brief.docx", "x");
        schreibe(SONDER + "A/V/leer.txt", "");
        schreibe(SONDER + "A/.DS_Store", "x");
        schreibe(SONDER + "direkt.txt", "x");
        schreibe("66 Tiefbau/66.20 Straßenverwaltung/Sonstiges/x.txt", "x");
        Files.createSymbolicLink(laufwerk.resolve(SONDER + "A/V/Verweis.txt"), Path.of("/etc/hostname"));
        Files.createSymbolicLink(laufwerk.resolve(SONDER + "A/hinaus"), Path.of("/etc"));
        var latin = Path.of(java.net.URI.create(laufwerk.resolve(SONDER + "A/V").toUri() + "/Stra%DFe.txt"));
        Files.writeString(latin, "x", StandardCharsets.UTF_8);
        var konsole = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(null, false), konsole)).isEqualTo(1);
        assertThat(konsole.bericht())
                .contains("ausgelassen;" + SONDER + "A/V/Thumbs.db;Systemdatei")
                .contains("ausgelassen;" + SONDER + "A/V/~$Brief.docx;Sperrdatei")
                .contains("ausgelassen;" + SONDER + "A/V/leer.txt;leer (0 Byte)")
                .contains("ausgelassen;" + SONDER + "A/.DS_Store;Systemdatei")
                .contains("ausgelassen;" + SONDER + "A/V/Verweis.txt;symbolischer Verweis")
                .contains("ausgelassen;" + SONDER + "A/hinaus;symbolischer Verweis")
                .contains("Problem;" + SONDER + "direkt.txt;")
                .contains("es fehlt ein Ordner oder eine Angabe für die Akte")
                .contains("stehen noch feinere Positionen")
                .contains("übernommen;" + SONDER + "A/V/Straße.txt;\"Der Dateiname ist nicht in UTF-8");
        assertThat(zahl(stadt, "SELECT count(*) FROM dokument")).isEqualTo(2);
    }

    @Test
    void derselbe_ordner_wird_nicht_zweimal_zugleich_uebernommen() throws Exception {
        var stadt = stadt();
        schreibe(SONDER + "A/V/eins.txt", "1");
        var begonnen = new CountDownLatch(1);
        var weiter = new CountDownLatch(1);
        var wartend = new Ausgabe() {
            @Override
            public void zeile(String text) {
                begonnen.countDown();
            }

            @Override
            public void fortschritt(String text) {
                // Only for people.
            }

            @Override
            public boolean abgebrochen() {
                if (begonnen.getCount() == 0) {
                    try {
                        weiter.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return false;
            }
        };
        var erster = new Thread(() -> uebernimm(stadt, auftrag(null, false), wartend));
        erster.start();
        begonnen.await();
        var konsole = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, auftrag(null, false), konsole)).isEqualTo(2);
        assertThat(konsole.alles()).contains("wird gerade schon übernommen");
        weiter.countDown();
        erster.join();
        assertThat(zahl(stadt, "SELECT count(*) FROM dokument")).isEqualTo(1);

        var unter = new Mitschrift(Integer.MAX_VALUE);
        var darin = laufwerk.resolve("66 Tiefbau");
        assertThat(uebernimm(
                        stadt, new Uebernahmeauftrag(darin, null, false, darin.toString(), "", "Allgemeines"), unter))
                .isEqualTo(2);
        assertThat(unter.alles()).contains("kämen ein zweites Mal", "--name");
    }

    @Test
    void verschwindet_der_ordner_ist_das_eine_deutsche_zeile() throws Exception {
        var stadt = stadt();
        schreibe(SONDER + "A/V/eins.txt", "1");
        var weg = new Uebernahmeauftrag(
                laufwerk.resolve("gibt es nicht"), null, false, "weg " + UUID.randomUUID(), "", "Allgemeines");
        var konsole = new Mitschrift(Integer.MAX_VALUE);
        assertThat(uebernimm(stadt, weg, konsole)).isEqualTo(2);
        assertThat(konsole.alles()).contains("nicht (mehr) zu lesen", "ist sicher", "denselben Befehl");
    }
}
