package de.federwerk.suche;

import static de.federwerk.suche.Probestadt.dokument;
import static de.federwerk.suche.Probestadt.mit;
import static de.federwerk.suche.Probestadt.sicht;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import de.federwerk.basis.Stelle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type, and what it finds. */
class AbfrageTest {

    @TempDir
    Path ordner;

    private final UUID mandant = UUID.randomUUID();
    private final Suchkopf kopf = new Suchkopf();
    private Mandantenindex index;

    @BeforeEach
    void fuelle() throws IOException {
        index = new Mandantenindex(ordner, kopf, null, 0);
        lege(
                dokument(
                        "Hundesteuerbescheid Yilmaz",
                        "Sehr geehrte Frau Yilmaz,\nIhr Hundesteuerbescheid liegt bei.\fSeite zwei: Die Steuer beträgt 120 Euro.\fSeite drei: Der Hund heißt Bello."));
        lege(dokument(
                "Schreiben vom 3. März",
                "Der Bescheid des Hundes Waldi in der Strasse am Markt. Fristverlängerung beantragt."));
        lege(mit(dokument("Wohngeldantrag Schröder", "Anlage zum Aktenzeichen"), "dokument", "50.2/0142/2026"));
        lege(mit(dokument("Wohngeld Schröder", ""), "vorgang", "50.2/0142/2026"));
        lege(mit(
                dokument("Wohngeld 50.2/0142/2026 50.2/0142/2026", "50.2/0142/2026 50.2/0142/2026"),
                "dokument",
                "50.2/0143/2026"));
        index.schreibeFest(UUID.randomUUID(), null);
    }

    @AfterEach
    void schliesse() throws IOException {
        index.close();
    }

    @Test
    void alle_worte_wendungen_ausschluss_anfang() {
        assertThat(titel("Steuer Bello")).containsExactly("Hundesteuerbescheid Yilmaz");
        assertThat(titel("Steuer Waldi")).isEmpty();
        assertThat(titel("\"Hundes Waldi\"")).containsExactly("Schreiben vom 3. März");
        assertThat(titel("„Waldi Hundes“")).isEmpty();
        assertThat(titel("Bescheid -Waldi")).containsExactly("Hundesteuerbescheid Yilmaz");
        assertThat(titel("Bescheid -\"Hundes Waldi\"")).containsExactly("Hundesteuerbescheid Yilmaz");
        assertThat(titel("Fristverl*")).containsExactly("Schreiben vom 3. März");
        assertThat(titel("Steuer*")).containsExactly("Hundesteuerbescheid Yilmaz");
        assertThat(titel("Steuerbescheid")).containsExactly("Hundesteuerbescheid Yilmaz");
        assertThat(titel("Hundesteuer-Bescheid")).containsExactly("Hundesteuerbescheid Yilmaz");
        assertThat(titel("Straße")).containsExactly("Schreiben vom 3. März");
        assertThat(titel("Antrag auf Wohngeld")).containsExactly("Wohngeldantrag Schröder");
        assertThat(titel("Schroeder")).hasSize(2);
    }

    @Test
    void ein_aktenzeichen_findet_zuerst_den_vorgang() {
        for (String zeichen : List.of("50.2/0142/2026", " 50.2/0142/2026 ", "50.2 / 0142 / 2026", "50.2/142/2026")) {
            assertThat(titel(zeichen)).as(zeichen).startsWith("Wohngeld Schröder", "Wohngeldantrag Schröder");
        }
        assertThat(titel("142/2026")).startsWith("Wohngeld Schröder", "Wohngeldantrag Schröder");
        assertThat(titel("0142/2026 Antrag")).startsWith("Wohngeldantrag Schröder");
        assertThat(titel("50.2/014*")).hasSize(3);
    }

    @Test
    void treffer_sind_mit_seite_und_ganzem_wort_markiert() {
        var treffer = suche(Anfrage.nach("Steuerbescheid Hund")).treffer().getFirst();
        assertThat(treffer.titelstuecke())
                .containsExactly(new Stueck("Hundesteuerbescheid", true), new Stueck(" Yilmaz", false));
        assertThat(treffer.stellen()).extracting(Fundstelle::seite).containsExactly(1, 3);
        assertThat(treffer.stellen().getFirst().stuecke()).contains(new Stueck("Hundesteuerbescheid", true));
        assertThat(treffer.stellen().getLast().stuecke())
                .contains(new Stueck("Hund", true))
                .allSatisfy(s -> assertThat(s.text()).doesNotContain("\f", "\n"));
        assertThat(suche(Anfrage.nach("Fristv*"))
                        .treffer()
                        .getFirst()
                        .stellen()
                        .getFirst()
                        .stuecke())
                .contains(new Stueck("Fristverlängerung", true));
        assertThat(suche(Anfrage.nach("\"Hundes Waldi\"")).treffer().getFirst().stellen().getFirst().stuecke().stream()
                        .filter(Stueck::treffer)
                        .map(Stueck::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo("Hundes Waldi");
    }

    @Test
    void ein_langer_text_ohne_saetze_gibt_kurze_ausschnitte() throws IOException {
        lege(dokument(
                "Liste",
                "lfd Nr Betrag ".repeat(20_000) + "\f" + "Zeile ohne Punkt ".repeat(300) + "Zaunkönig "
                        + "weiter und weiter ".repeat(300)));
        index.schreibeFest(UUID.randomUUID(), null);
        var stelle =
                suche(Anfrage.nach("Zaunkönig")).treffer().getFirst().stellen().getFirst();
        assertThat(stelle.seite()).isEqualTo(2);
        assertThat(stelle.stuecke().stream().mapToInt(s -> s.text().length()).sum())
                .isBetween(50, 280);
        assertThat(stelle.stuecke()).contains(new Stueck("Zaunkönig", true));
    }

    @Test
    void keine_eingabe_ist_falsch() {
        for (String eingabe : List.of(
                "",
                "  ",
                "-",
                "*",
                "\"",
                "\"\"",
                "-\"",
                "+",
                "AND OR NOT",
                "(((",
                "a:b^~[",
                "\\",
                "*a",
                "-x",
                "?",
                "🙂",
                "a*",
                "--",
                "\u0000")) {
            assertThatCode(() -> suche(Anfrage.nach(eingabe))).as(eingabe).doesNotThrowAnyException();
        }
        assertThat(suche(Anfrage.nach("-Bello")).gesamt()).isZero();
        assertThat(suche(Anfrage.nach("x ".repeat(100_000))).gesamt()).isZero();
        var zufall = new Random(7);
        String zeichen = "ab -\"*+()[]{}\\/:^~!&|„“'äß\n\t.0";
        for (int i = 0; i < 2_000; i++) {
            String eingabe = zufall.ints(zufall.nextInt(12), 0, zeichen.length())
                    .mapToObj(n -> zeichen.substring(n, n + 1))
                    .collect(Collectors.joining());
            assertThatCode(() -> suche(Anfrage.nach(eingabe))).as(eingabe).doesNotThrowAnyException();
        }
    }

    @Test
    void zaehlt_genau_und_blaettert() throws IOException {
        for (int i = 0; i < 2_500; i++) {
            lege(dokument("Merkblatt " + i, "Winterdienst"));
        }
        index.schreibeFest(UUID.randomUUID(), null);
        for (var reihenfolge : Anfrage.Reihenfolge.values()) {
            var alle = new java.util.ArrayList<UUID>();
            var erste = suche(new Anfrage("Winterdienst", null, Stelle.ANFANG, 100, reihenfolge));
            assertThat(erste.gesamt()).isEqualTo(2_500);
            assertThat(erste.zurueck()).isNull();
            assertThat(erste.jeArt()).containsEntry("dokument", 2_500L);
            var seite = erste;
            while (true) {
                seite.treffer().forEach(t -> alle.add(t.id()));
                if (seite.weiter() == null) {
                    break;
                }
                seite = suche(
                        new Anfrage("Winterdienst", null, Anfrage.NACH_RANG.lies(seite.weiter()), 100, reihenfolge));
            }
            assertThat(alle).hasSize(2_500).doesNotHaveDuplicates();
            var letzte = suche(new Anfrage("Winterdienst", null, Stelle.ENDE, 100, reihenfolge));
            assertThat(ids(letzte)).isEqualTo(alle.subList(2_400, 2_500));
            assertThat(letzte.weiter()).isNull();
            var davor = suche(
                    new Anfrage("Winterdienst", null, Anfrage.NACH_RANG.lies(letzte.zurueck()), 100, reihenfolge));
            assertThat(ids(davor)).isEqualTo(alle.subList(2_300, 2_400));
            // Too little left before it: the first page, full.
            var vor = Stelle.vor(Anfrage.NACH_RANG.lies(erste.weiter()).werte());
            assertThat(ids(suche(new Anfrage("Winterdienst", null, vor, 100, reihenfolge))))
                    .isEqualTo(ids(erste));
            assertThat(ids(suche(
                            new Anfrage("Winterdienst", null, Anfrage.NACH_RANG.lies("NAgarbled"), 100, reihenfolge))))
                    .isEqualTo(ids(erste));
        }
        assertThat(suche(new Anfrage("Wohngeld", Set.of("vorgang"), Stelle.ANFANG, 10, Anfrage.Reihenfolge.RELEVANZ))
                        .gesamt())
                .isEqualTo(1);
        assertThat(suche(new Anfrage("Wohngeld", Set.of("vorgang"), Stelle.ANFANG, 10, Anfrage.Reihenfolge.RELEVANZ))
                        .jeArt())
                .containsEntry("dokument", 2L);
    }

    private static List<UUID> ids(Trefferliste liste) {
        return liste.treffer().stream().map(Treffer::id).toList();
    }

    private void lege(Indexeintrag eintrag) throws IOException {
        index.setze(eintrag);
    }

    private List<String> titel(String eingabe) {
        return suche(Anfrage.nach(eingabe)).treffer().stream()
                .map(Treffer::titel)
                .toList();
    }

    private Trefferliste suche(Anfrage anfrage) {
        return Suche.suche(index, kopf, sicht(mandant, Probestadt.OFFEN), anfrage, List.of());
    }
}
