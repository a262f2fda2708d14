package de.federwerk.umbau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.umbau.Verteilungsvergleich.Art;
import de.federwerk.umbau.Verteilungsvergleich.Urteil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class GeschaeftsverteilungTest extends Teststadt {

    private static final String PLAN = """
            einheit;einheit_name;ueber;stelle;leitung;zeichnungsbefugnis;person;aktenplan;recht
            FD 66;;;Sachbearbeitung;;;anja.mueller;66.20.03 66.20.05;Lesen
            SG 66.2;Straßenverwaltung;FD 66;Leitung;ja;im Auftrag;petra.lueders;66.20;
            SG 66.2;;;Straßenaufsicht;;;;;
            """;

    @Autowired
    Geschaeftsverteilung verteilung;

    /** With Anja as the administrator. */
    private Stadt verwaltete() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        return stadt;
    }

    private UUID lege(Stadt stadt, byte[] datei) {
        return Mandantenkontext.als(stadt.mandant(), () -> verteilung.lege(stadt.anja(), "plan.csv", datei));
    }

    private UUID lege(Stadt stadt, String csv) {
        return lege(stadt, csv.getBytes(StandardCharsets.UTF_8));
    }

    private Geschaeftsverteilung.Vorschau vorschau(Stadt stadt, UUID id) {
        return Mandantenkontext.als(stadt.mandant(), () -> verteilung.vorschau(id));
    }

    private void uebernimm(Stadt stadt, UUID id, String gesehen, boolean auslassen, boolean beenden) {
        Mandantenkontext.als(
                stadt.mandant(), () -> verteilung.uebernimm(stadt.anja(), id, gesehen, auslassen, beenden));
    }

    private long zahl(Stadt stadt, String was) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM " + was).query(Long.class).single());
    }

    @Test
    void eingerichtet_wird_was_die_vorschau_sagte_und_ein_zweites_mal_ist_alles_unveraendert() {
        var stadt = verwaltete();
        var vorgang = vorgang(stadt, "Baugerüst");
        var id = lege(stadt, PLAN);
        var vorher = vorschau(stadt, id);
        assertThat(vorher.ergebnis().zeilen())
                .extracting(Urteil::nr, Urteil::art)
                .containsExactly(tuple(2L, Art.GEAENDERT), tuple(3L, Art.NEU), tuple(4L, Art.NEU));
        assertThat(vorher.ergebnis().zeilen().get(1).was())
                .isEqualTo(
                        "Einheit SG 66.2 Straßenverwaltung einrichten; Stelle einrichten; Petra Lüders bekommt die Stelle; Freigabe 66.20: bearbeiten");
        // Nothing is written before.
        assertThat(zahl(stadt, "einheit")).isEqualTo(2);
        uebernimm(stadt, id, vorher.gesehen(), false, false);
        als(stadt.mandant(), () -> {
            var neue = einheiten.mitKuerzel("SG 66.2").orElseThrow();
            assertThat(einheiten.baum())
                    .filteredOn(e -> e.id().equals(neue))
                    .singleElement()
                    .matches(e -> stadt.tiefbau().equals(e.ueberId()));
            // Petra's new Stelle opens the plan below 66.20.
            assertThat(vorgaenge.finde(berechtigungen.sicht(stadt.petra().person(), Recht.BEARBEITEN), vorgang.id()))
                    .isPresent();
        });
        assertThat(zahl(stadt, "freigabe WHERE subjekt_art = 'stelle'")).isEqualTo(3);
        // Each says who imported it, and from what.
        assertThat(
                        zahl(
                                stadt,
                                "freigabe f JOIN person p ON p.id = f.angelegt_von WHERE p.anmeldename = 'anja.mueller' AND f.grund = 'Geschäftsverteilungsplan „plan.csv“'"))
                .isEqualTo(3);
        var nochmal = lege(stadt, PLAN);
        assertThat(vorschau(stadt, nochmal).ergebnis().leer()).isTrue();
        assertThat(vorschau(stadt, nochmal).ergebnis().zahl(Art.UNVERAENDERT)).isEqualTo(3);
    }

    @Test
    void was_nicht_stimmt_wird_je_zeile_mit_dem_grund_abgelehnt() {
        var stadt = verwaltete();
        var id = lege(stadt, """
                einheit;einheit_name;ueber;stelle;leitung;zeichnungsbefugnis;person;aktenplan;recht
                FD 99;;;Leitung;;;;;
                FD 66;;FD 98;Leitung;;;;;
                FD 32;;;Wache;;;niemand;;
                FD 32;;;Wache;;;;47.11;
                FD 32;;;Streife;;;petra.lueders;;
                FD 32;;;Streife;;;petra.lueders;;
                A;Kreis A;B;;;;;;
                B;Kreis B;A;;;;;;
                FD 32;;;Hund;vielleicht;;;;
                FD 32;;;Hund;;;;66;alles
                """);
        var ergebnis = vorschau(stadt, id).ergebnis();
        assertThat(ergebnis.zeilen())
                .extracting(Urteil::nr, Urteil::art)
                .containsExactly(
                        tuple(2L, Art.ABGELEHNT),
                        tuple(3L, Art.ABGELEHNT),
                        tuple(4L, Art.ABGELEHNT),
                        tuple(5L, Art.ABGELEHNT),
                        tuple(6L, Art.NEU),
                        tuple(7L, Art.ABGELEHNT),
                        tuple(8L, Art.ABGELEHNT),
                        tuple(9L, Art.ABGELEHNT),
                        tuple(10L, Art.ABGELEHNT),
                        tuple(11L, Art.ABGELEHNT));
        var gruende = ergebnis.zeilen().stream().map(Urteil::was).toList();
        assertThat(gruende.get(0)).contains("„FD 99“ gibt es nicht", "einheit_name");
        assertThat(gruende.get(1)).contains("übergeordnete Einheit „FD 98“");
        assertThat(gruende.get(2)).contains("Person „niemand“");
        assertThat(gruende.get(3)).contains("„47.11“ steht nicht im Aktenplan");
        assertThat(gruende.get(5)).contains("Doppelt", "Zeile 6");
        assertThat(gruende.get(6)).contains("Kreis: A → B → A");
        assertThat(gruende.get(8)).contains("weder „ja“ noch „nein“");
        assertThat(gruende.get(9)).contains("Recht „alles“");
        assertThatThrownBy(() -> uebernimm(stadt, id, vorschau(stadt, id).gesehen(), false, false))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("9 Zeilen sind abgelehnt");
        uebernimm(stadt, id, vorschau(stadt, id).gesehen(), true, false);
        assertThat(zahl(stadt, "stelle WHERE bezeichnung = 'Streife'")).isOne();
        assertThat(zahl(stadt, "einheit")).isEqualTo(2);
    }

    @Test
    void wo_alle_zeilen_abgelehnt_sind_gibt_es_nichts_zu_uebernehmen() {
        var stadt = verwaltete();
        var id = lege(stadt, """
                einheit;einheit_name;stelle;person
                SG 66.5;Grünflächen;Leitung;jörg.sander
                SG 66.5;;Straßenbäume;
                """);
        assertThat(vorschau(stadt, id).ergebnis().zeilen())
                .extracting(Urteil::was)
                .satisfiesExactly(
                        erste -> assertThat(erste).contains("Die Person „jörg.sander“ gibt es nicht"),
                        zweite -> assertThat(zweite)
                                .contains("Zeile 2 hätte sie eingerichtet, ist aber selbst abgelehnt"));
        assertThatThrownBy(() -> uebernimm(stadt, id, vorschau(stadt, id).gesehen(), true, false))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("nichts zu übernehmen");
    }

    @Test
    void zweimal_gedrueckt_wird_einmal_uebernommen_und_geaendertes_erst_neu_gezeigt() throws Exception {
        var stadt = verwaltete();
        var id = lege(stadt, PLAN);
        var gesehen = vorschau(stadt, id).gesehen();
        als(stadt.mandant(), () -> einheiten.richteEin(Protokoll.PROGRAMM, "FD 10", "Innere Dienste", null));
        assertThatThrownBy(() -> uebernimm(stadt, id, gesehen, false, false))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Bitte sehen Sie die neue Vorschau an");
        var neu = vorschau(stadt, id).gesehen();
        try (var leute = Executors.newFixedThreadPool(2)) {
            Callable<Boolean> druck = () -> {
                uebernimm(stadt, id, neu, false, false);
                return true;
            };
            for (var ausgang : leute.invokeAll(List.of(druck, druck))) {
                assertThat(ausgang.get()).isTrue();
            }
        }
        assertThat(zahl(stadt, "stelle WHERE bezeichnung = 'Straßenaufsicht'")).isOne();
        assertThat(zahl(stadt, "freigabe WHERE subjekt_art = 'stelle'")).isEqualTo(3);
        assertThat(zahl(stadt, "verteilungsplan WHERE inhalt IS NULL AND uebernommen IS NOT NULL"))
                .isOne();
    }

    @Test
    void besetzungen_die_nicht_im_plan_stehen_enden_nur_wenn_es_angekreuzt_ist() {
        var stadt = verwaltete();
        var csv = "einheit,stelle,person\nFD 66,Bauleitung,petra.lueders\n";
        var erster = lege(stadt, csv);
        assertThat(vorschau(stadt, erster).ergebnis().uebrige())
                .singleElement()
                .matches(u -> u.text().equals("Anja Müller, Sachbearbeitung (FD 66)"));
        uebernimm(stadt, erster, vorschau(stadt, erster).gesehen(), false, false);
        assertThat(zahl(stadt, "stellenbesetzung WHERE gueltig_bis IS NULL")).isEqualTo(3);
        var zweiter = lege(stadt, csv);
        uebernimm(stadt, zweiter, vorschau(stadt, zweiter).gesehen(), false, true);
        // Petra's seat in the other unit, which the plan does not name, stays.
        assertThat(zahl(stadt, "stellenbesetzung WHERE gueltig_bis IS NULL")).isEqualTo(2);
    }

    @Test
    void windows_und_xlsx_werden_gelesen_und_eine_zip_bombe_nicht() throws IOException {
        var stadt = verwaltete();
        var windows = lege(stadt, PLAN.getBytes(Charset.forName("windows-1252")));
        assertThat(vorschau(stadt, windows).ergebnis().zeilen().get(1).was()).contains("Straßenverwaltung");
        assertThat(vorschau(stadt, lege(stadt, tabelle(false))).ergebnis().zeilen())
                .extracting(Urteil::nr, Urteil::art)
                .containsExactly(tuple(2L, Art.GEAENDERT), tuple(3L, Art.NEU), tuple(4L, Art.NEU));
        assertThatThrownBy(() -> lege(stadt, tabelle(true)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Zahl mit Komma");
        var bombe = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bombe)) {
            zip.putNextEntry(new ZipEntry("xl/media/bild.png"));
            var nullen = new byte[1024 * 1024];
            for (int i = 0; i < 40; i++) {
                zip.write(nullen);
            }
        }
        assertThat(bombe.size()).isLessThan(100_000);
        assertThatThrownBy(() -> lege(stadt, bombe.toByteArray()))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("größer als 32 MB");
        for (var schrott : List.of("PK\3\4 kaputt", "irgendwas", "einheit\n", "\0\0\0")) {
            assertThatThrownBy(() -> lege(stadt, schrott)).isInstanceOf(Abgelehnt.class);
        }
    }

    /** @param zahl whether a Kennzeichen is written as a number, as a spreadsheet does by itself */
    private static byte[] tabelle(boolean zahl) throws IOException {
        try (var buch = new XSSFWorkbook()) {
            var blatt = buch.createSheet("Geschäftsverteilung");
            var zeilen = PLAN.lines().toList();
            for (int z = 0; z < zeilen.size(); z++) {
                var werte = zeilen.get(z).split(";", -1);
                var zeile = blatt.createRow(z);
                for (int s = 0; s < werte.length; s++) {
                    zeile.createCell(s).setCellValue(werte[s]);
                }
                if (zahl && z == 1) {
                    zeile.createCell(7).setCellValue(66.20);
                }
            }
            buch.createSheet("Notizen").createRow(0).createCell(0).setCellValue("nicht lesen");
            var bytes = new ByteArrayOutputStream();
            buch.write(bytes);
            return bytes.toByteArray();
        }
    }
}
