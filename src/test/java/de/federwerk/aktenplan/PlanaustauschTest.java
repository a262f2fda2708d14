package de.federwerk.aktenplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.aktenplan.Planvergleich.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mappe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Plans out and in again, as CSV, XLSX and xdomea message. {@code bin/test -Dtest=PlanaustauschTest -Dfederwerk.xdomea=DIR}, the folder with
 * {@code 3.1.0/} and {@code xoev/}, also holds the message against the schema, which we may not bring along.
 */
class PlanaustauschTest {

    private static final String[] FORMATE = {"csv", "xlsx", "xdomea"};

    @Test
    void was_ausgegeben_wird_ist_wieder_eingelesen_dasselbe() {
        for (int saat = 0; saat < 20; saat++) {
            var bild = plan(new Random(saat), 1 + saat * 7);
            for (var format : FORMATE) {
                var wieder = Planvergleich.vergleiche(grund(bild), Plandatei.lies(ausgabe(bild, format)), true);
                assertThat(wieder.aenderungen()).as(format + ", Saat " + saat).isEmpty();
                assertThat(wieder.fehlende()).as(format + ", Saat " + saat).isEmpty();
                assertThat(wieder.zahl(Art.UNVERAENDERT))
                        .as(format + ", Saat " + saat)
                        .isEqualTo(bild.knoten().size());
            }
        }
    }

    @Test
    void in_ein_leeres_haus_eingelesen_ist_es_derselbe_plan() {
        for (int saat = 100; saat < 110; saat++) {
            var bild = plan(new Random(saat), 60);
            for (var format : FORMATE) {
                var ergebnis = Planvergleich.vergleiche(
                        grund(new Planbild(List.of())), Plandatei.lies(ausgabe(bild, format)), false);
                assertThat(ergebnis.zahl(Art.ABGELEHNT)).as(format).isZero();
                assertThat(Planausgabe.zeilen(ergebnis.danach())).as(format).isEqualTo(Planausgabe.zeilen(bild));
                assertThat(ergebnis.danach().knoten().stream()
                                .map(Aktenplan.Knoten::frist)
                                .toList())
                        .as(format)
                        .isEqualTo(bild.knoten().stream()
                                .map(Aktenplan.Knoten::frist)
                                .toList());
            }
        }
    }

    @Test
    void in_eine_zufaellige_liste_gestreute_fehler_werden_alle_genannt() {
        for (int saat = 200; saat < 225; saat++) {
            var zufall = new Random(saat);
            var bild = plan(zufall, 40);
            var zeilen =
                    new ArrayList<>(List.of(new String(ausgabe(bild, "csv"), StandardCharsets.UTF_8).split("\r\n")));
            int fehler = 1 + zufall.nextInt(3);
            for (int i = 0; i < fehler; i++) {
                var wo = 1 + zufall.nextInt(zeilen.size() - 1);
                zeilen.add(
                        wo + 1,
                        switch (zufall.nextInt(5)) {
                            case 0 -> zeilen.get(wo);
                            case 1 -> "99.98.97;Lücke;;;;;";
                            case 2 -> "77" + i + ";" + "x".repeat(201) + ";;;;;";
                            case 3 -> "88" + i + ";Frist;zehn;;;-;0";
                            default -> "9 9;Leerzeichen;;;;-;0";
                        });
            }
            var ergebnis = Planvergleich.vergleiche(
                    grund(bild),
                    Plandatei.lies(String.join("\r\n", zeilen).getBytes(StandardCharsets.UTF_8)),
                    zufall.nextBoolean());
            assertThat(ergebnis.zahl(Art.ABGELEHNT)).as("Saat " + saat).isGreaterThanOrEqualTo(fehler);
            assertThat(ergebnis.zeilen().stream().filter(z -> z.art() == Art.ABGELEHNT))
                    .allSatisfy(z -> assertThat(z.nr()).isPositive());
        }
    }

    @Test
    void luecken_kreise_und_zu_tiefes_werden_mit_ihrer_zeile_genannt() {
        var kopf = "kennzeichen;titel;ueber\n";
        assertThat(abgelehnt(6, kopf + "66;Bau;\n66.20.03;Sondernutzung;\n"))
                .containsExactly(Map.entry(3L, "Über 66.20.03 fehlt 66.20."));
        assertThat(abgelehnt(6, kopf + "1;A;2\n2;B;3\n3;C;1\n4;D;-\n"))
                .containsOnlyKeys(2L, 3L, 4L)
                .containsEntry(2L, "1 läge unter sich selbst.");
        assertThat(abgelehnt(6, kopf + "1;A;1\n")).containsOnlyKeys(2L);
        assertThat(abgelehnt(3, kopf + "1;A;\n1.1;B;\n1.1.1;C;\n1.1.1.1;D;\n"))
                .containsExactly(Map.entry(5L, "1.1.1.1 läge auf Ebene 4; möglich sind 3."));
        assertThat(abgelehnt(6, kopf + "1;A;\n1;B;\n")).containsExactly(Map.entry(3L, "1 steht schon in Zeile 2."));
    }

    @Test
    void was_beendet_ist_oder_ein_frueheres_kennzeichen_war_wird_nicht_neu_vergeben() {
        var alte = new Position(Kennung.neu(), null, "66", "Bau", null, null, null, 0, 1, false);
        var umbenannte = new Position(Kennung.neu(), null, "70", "Grün", null, null, null, 0, 2, true);
        var bild = new Planbild(List.of(alte, umbenannte));
        var grund = new Planvergleich.Grund(
                bild, 6, Map.of("66", alte.id(), "67", umbenannte.id(), "70", umbenannte.id()), Map.of());
        var ergebnis = Planvergleich.vergleiche(grund, csv("kennzeichen;titel\n66;Neues\n67;Anderes\n"), false);
        assertThat(ergebnis.zeilen())
                .filteredOn(z -> z.nr() > 0)
                .extracting(Planvergleich.Zeile::art)
                .containsOnly(Art.ABGELEHNT);
        assertThat(ergebnis.zeilen().get(1).was()).contains("früher").contains("Grün");
    }

    @Test
    void wofuer_schon_etwas_geplant_ist_wird_nicht_darunter_weg_geaendert() {
        var p = new Position(Kennung.neu(), null, "66", "Bau", null, null, null, 0, 1, true);
        var grund = new Planvergleich.Grund(
                new Planbild(List.of(p)), 6, Map.of("66", p.id()), Map.of(p.id(), "„2027.csv“ zum 01.01.2027"));
        assertThat(Planvergleich.vergleiche(grund, csv("kennzeichen;titel\n66;Bau\n"), false)
                        .zahl(Art.ABGELEHNT))
                .isZero();
        assertThat(Planvergleich.vergleiche(grund, csv("kennzeichen;titel\n66;Hochbau\n"), false)
                        .zeilen()
                        .getFirst()
                        .was())
                .contains("2027.csv");
    }

    @Test
    void eine_fremde_nachricht_wird_verstanden_und_was_sie_wiederholt_gilt_als_geerbt() {
        var gelesen = Plandatei.lies("""
                <?xml version="1.0"?><x:Aktenplan.Aktenplan.0301 xmlns:x="urn:xoev-de:xdomea:schema:3.0.0"><x:Kopf><x:Einheit>nicht diese</x:Einheit></x:Kopf>
                <x:Aktenplan><x:Bezeichnung>Plan</x:Bezeichnung><x:Version>1</x:Version>
                <x:Einheit><x:Kennzeichen>1</x:Kennzeichen><x:Inhaltsangabe>Lang und breit</x:Inhaltsangabe><x:BetreffKurz>Kurz</x:BetreffKurz>
                  <x:Aussonderungsart><x:Aussonderungsart><code>B</code><name>Bewerten</name></x:Aussonderungsart></x:Aussonderungsart>
                  <x:Stillgelegt>false</x:Stillgelegt><x:Aufbewahrungsdauer><x:AnzahlJahre>10</x:AnzahlJahre></x:Aufbewahrungsdauer>
                  <x:Einheit><x:Kennzeichen>1.1</x:Kennzeichen><x:Inhaltsangabe>Unten</x:Inhaltsangabe>
                    <x:Aussonderungsart><x:Aussonderungsart><code>B</code></x:Aussonderungsart></x:Aussonderungsart>
                    <x:Stillgelegt>0</x:Stillgelegt><x:Aufbewahrungsdauer><x:Unbefristet>1</x:Unbefristet></x:Aufbewahrungsdauer></x:Einheit>
                  <x:Einheit><x:Inhaltsangabe>Ohne Kennzeichen</x:Inhaltsangabe></x:Einheit>
                  <x:Einheit><x:Kennzeichen>1.2</x:Kennzeichen><x:Inhaltsangabe>Still</x:Inhaltsangabe><x:Stillgelegt>1</x:Stillgelegt></x:Einheit>
                </x:Einheit></x:Aktenplan></x:Aktenplan.Aktenplan.0301>""".getBytes(StandardCharsets.UTF_8));
        // Counted by positions: a message may be one single line.
        assertThat(gelesen.fehler()).containsOnlyKeys(3L);
        var ergebnis = Planvergleich.vergleiche(
                grund(new Planbild(List.of())),
                new Planzeile.Gelesen(gelesen.zeilen(), Map.of(), gelesen.wort()),
                false);
        assertThat(Planausgabe.zeilen(ergebnis.danach()))
                .containsExactly(
                        List.of("1", "Kurz", "10", "bewerten", "", "-", "0"),
                        List.of("1.1", "Unten", "unbefristet", "", "", "1", "0"));
    }

    @Test
    void was_keine_liste_ist_wird_mit_einem_satz_abgewiesen() throws IOException {
        var falsche = new HashMap<String, byte[]>();
        falsche.put("leer", new byte[0]);
        falsche.put("PDF", "%PDF-1.7 …".getBytes(StandardCharsets.UTF_8));
        falsche.put("kaputtes XML", "<a><b></a>".getBytes(StandardCharsets.UTF_8));
        falsche.put(
                "andere Nachricht",
                "<Aussonderung.Anbieteverzeichnis.0501 xmlns=\"urn:xoev-de:xdomea:schema:3.1.0\"/>"
                        .getBytes(StandardCharsets.UTF_8));
        falsche.put(
                "fremde Datei nachladen",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Aktenplan.Aktenplan.0301 xmlns=\"urn:xoev-de:xdomea:schema:3.1.0\"><Aktenplan><Einheit><Kennzeichen>&x;</Kennzeichen>"
                        .getBytes(StandardCharsets.UTF_8));
        falsche.put("ZIP-Bombe", bombe());
        falsche.put("zu groß", new byte[Plandatei.BYTES + 1]);
        falsche.put("Zahl statt Text", zahl());
        falsche.put(
                "zu viele Zeilen",
                ("kennzeichen;titel\n" + "1;x\n".repeat(Planzeile.HOECHSTENS + 1)).getBytes(StandardCharsets.UTF_8));
        falsche.forEach((was, bytes) ->
                assertThatThrownBy(() -> Plandatei.lies(bytes)).as(was).isInstanceOf(Abgelehnt.class));
    }

    @Test
    void zwanzigtausend_zeilen_sind_schnell_verglichen() {
        var zeilen = new StringBuilder("kennzeichen;titel\n");
        for (int a = 0; a < 20; a++) {
            zeilen.append(a).append(";A\n");
            for (int b = 0; b < 27; b++) {
                zeilen.append(a).append('.').append(b).append(";B\n");
                for (int c = 0; c < 35; c++) {
                    zeilen.append(a).append('.').append(b).append('.').append(c).append(";C\n");
                }
            }
        }
        long ab = System.nanoTime();
        var ergebnis = Planvergleich.vergleiche(grund(new Planbild(List.of())), csv(zeilen.toString()), true);
        assertThat(ergebnis.zahl(Art.NEU)).isEqualTo(20 + 540 + 18_900);
        assertThat((System.nanoTime() - ab) / 1_000_000).as("Millisekunden").isLessThan(5_000);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "federwerk.xdomea",
            matches = ".+",
            disabledReason = "braucht die Schemata von xdomea")
    void die_nachricht_haelt_dem_schema_stand() throws Exception {
        var ordner = Path.of(System.getProperty("federwerk.xdomea"), "3.1.0");
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(ordner.resolve("xdomea-Nachrichten-AktenplanAustauschen.xsd")
                        .toFile());
        for (int saat = 300; saat < 310; saat++) {
            schema.newValidator()
                    .validate(
                            new StreamSource(new ByteArrayInputStream(ausgabe(plan(new Random(saat), 50), "xdomea"))));
        }
    }

    // ----

    private static Map<Long, String> abgelehnt(int ebenen, String csv) {
        var zeilen = new HashMap<Long, String>();
        Planvergleich.vergleiche(
                        new Planvergleich.Grund(new Planbild(List.of()), ebenen, Map.of(), Map.of()), csv(csv), false)
                .zeilen()
                .stream()
                .filter(z -> z.art() == Art.ABGELEHNT)
                .forEach(z -> zeilen.put(z.nr(), z.was()));
        return zeilen;
    }

    private static Planzeile.Gelesen csv(String text) {
        return Plandatei.lies(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Planvergleich.Grund grund(Planbild bild) {
        var vergebene = new HashMap<String, UUID>();
        bild.alle().forEach(p -> vergebene.put(p.kennzeichen(), p.id()));
        return new Planvergleich.Grund(bild, 6, vergebene, Map.of());
    }

    /** A plan that lies as its Kennzeichen say, and here and there does not; some of it has ended. */
    private static Planbild plan(Random zufall, int zahl) {
        var positionen = new ArrayList<Position>();
        var ebene = new HashMap<UUID, Integer>();
        for (int i = 0; i < zahl; i++) {
            var oben = positionen.isEmpty() || zufall.nextInt(6) == 0
                    ? null
                    : positionen.get(zufall.nextInt(positionen.size()));
            if (oben != null && (!oben.gilt() || ebene.get(oben.id()) > 5)) {
                oben = null;
            }
            var p = new Position(
                    Kennung.neu(),
                    oben == null ? null : oben.id(),
                    (oben == null || zufall.nextInt(5) == 0
                                    ? "K"
                                    : oben.kennzeichen()
                                            .substring(
                                                    0,
                                                    Math.min(
                                                            20,
                                                            oben.kennzeichen().length())))
                            + "." + i,
                    titel(zufall),
                    zufall.nextInt(3) > 0 ? null : Integer.valueOf(zufall.nextInt(202) - 1),
                    zufall.nextInt(3) > 0 ? null : List.of("A", "B", "V").get(zufall.nextInt(3)),
                    zufall.nextInt(4) > 0 ? null : List.of("jahresende", "zda").get(zufall.nextInt(2)),
                    zufall.nextInt(3) == 0 ? zufall.nextInt(100) - 20 : 0,
                    1,
                    zufall.nextInt(12) > 0);
            positionen.add(p);
            ebene.put(p.id(), oben == null ? 1 : ebene.get(oben.id()) + 1);
        }
        return new Planbild(positionen);
    }

    private static String titel(Random zufall) {
        var zeichen = "abc ÄÖÜß;\"'=+-@<>&,–§ 12\uD83C\uDF33éč";
        var text = new StringBuilder();
        for (int i = 0; i < 1 + zufall.nextInt(30); i++) {
            text.appendCodePoint(zeichen.codePoints()
                    .skip(zufall.nextInt((int) zeichen.codePoints().count()))
                    .findFirst()
                    .orElseThrow());
        }
        return text.toString().isBlank() ? "Titel" : Planworte.liesTitel(text.toString());
    }

    private static byte[] ausgabe(Planbild bild, String format) {
        var aus = new ByteArrayOutputStream();
        try {
            switch (format) {
                case "csv" -> Planausgabe.csv(bild, aus);
                case "xlsx" -> Planausgabe.xlsx(bild, aus);
                default -> Xdomeaschreiber.schreibe(bild, "Stadt Zeitz", LocalDate.of(2027, 1, 1), aus);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return aus.toByteArray();
    }

    private static byte[] bombe() throws IOException {
        var aus = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(aus)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            var nullen = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(nullen);
            }
            zip.closeEntry();
        }
        return aus.toByteArray();
    }

    /** What a spreadsheet makes of 66.20 if nobody tells it that this is text. */
    private static byte[] zahl() throws IOException {
        var text = new ByteArrayOutputStream();
        Mappe.schreibe(text, "Plan", List.of(List.of("kennzeichen", "titel")));
        var aus = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(aus)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write(
                    "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>kennzeichen</t></is></c><c t=\"inlineStr\"><is><t>titel</t></is></c></row><row r=\"2\"><c><v>66.2</v></c><c t=\"str\"><f>A1</f><v>Straßen</v></c></row></sheetData></worksheet>"
                            .getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return aus.toByteArray();
    }
}
