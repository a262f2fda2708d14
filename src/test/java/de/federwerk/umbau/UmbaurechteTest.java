package de.federwerk.umbau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import de.federwerk.akte.Aktenverlauf;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.umbau.Zugriffsbild.Aenderung;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an Umbau does to rights, and who answers for it. */
class UmbaurechteTest extends Umbaustadt {

    @Autowired
    Aktenverlauf verlauf;

    private UUID akte(Stadt stadt, UUID einheit, String position, String titel) {
        return akte(stadt.anja(), einheit, position, titel);
    }

    private UUID akte(Anmeldung wer, UUID einheit, String position, String titel) {
        return akten.legeAn(
                        wer, Kennung.neu(), plan.gemeint(position).orElseThrow().id(), einheit, titel)
                .id();
    }

    private static Schritt teil(UUID von, UUID nach, List<UUID> akten) {
        return new Schritt(0, Schritt.Art.TEILEN, von, nach, null, null, List.of(), List.of(), akten);
    }

    @Test
    void wer_durch_einzelne_akten_gewinnt_und_verliert_sagt_die_vorschau() {
        var stadt = verwaltete();
        var mandant = stadt.mandant();
        var ina = als(mandant, () -> person(mandant, "ina.schulz", "Ina", "Schulz", stadt.ordnung()));
        var karl = als(mandant, () -> person(mandant, "karl.orth", "Karl", "Orth", stadt.tiefbau()));
        var einzeln = List.of(vorgang(stadt, "Kirmes"), vorgang(stadt, "Markt"));
        als(mandant, () -> {
            // Karl keeps one of three by the Aktenplan, Ina has had two of them before.
            berechtigungen.gebeFrei(
                    Subjekt.PERSON,
                    karl.person(),
                    Ziel.PLAN,
                    plan.gemeint("66.20.05").orElseThrow().id(),
                    Recht.BEARBEITEN);
            berechtigungen.gebeFrei(
                    Subjekt.PERSON,
                    ina.person(),
                    Ziel.PLAN,
                    plan.gemeint("66.20.03").orElseThrow().id(),
                    Recht.BEARBEITEN);
        });
        var werbung = als(mandant, () -> akte(stadt, stadt.tiefbau(), "66.20.05", "Werbeanlage"));
        var umbau = entwurf(
                stadt,
                heute(),
                teil(
                        stadt.tiefbau(),
                        stadt.ordnung(),
                        List.of(einzeln.get(0).akteId(), einzeln.get(1).akteId(), werbung)));
        var vorher = vorschau(stadt, umbau);
        assertThat(vorher.zugriffe())
                .extracting(Aenderung::name, Aenderung::gewinnt, Aenderung::was)
                .containsExactly(
                        tuple("Anja Müller", false, einzelne(3, "nicht mehr bearbeiten")),
                        tuple("Karl Orth", false, einzelne(2, "nicht mehr bearbeiten")),
                        tuple("Ina Schulz", true, einzelne(1, "bearbeiten")),
                        tuple("Petra Lüders", true, einzelne(3, "bearbeiten")));
        assertThat(vorher.gewinner()).isEqualTo(2);
        assertThat(vorher.verlierer()).isEqualTo(2);
        assertThat(fuehreAus(stadt, umbau).stand()).isEqualTo("ausgefuehrt");
        assertThat(niederschrift(stadt, umbau)).isEqualTo(vorher);
        for (var v : einzeln) {
            assertThat(sieht(stadt, stadt.anja(), v.id())).isFalse();
            assertThat(sieht(stadt, karl, v.id())).isFalse();
            assertThat(sieht(stadt, ina, v.id())).isTrue();
            assertThat(sieht(stadt, stadt.petra(), v.id())).isTrue();
        }
    }

    private static String einzelne(int zahl, String was) {
        return zahl + (zahl == 1 ? " einzelne Akte" : " einzelne Akten")
                + " der Einheit FD 66 Tiefbau, künftig FD 32 Ordnung: " + was;
    }

    @Test
    void was_die_vorschau_sagt_entscheidet_danach_bei_jeder_person() {
        var stadt = verwaltete();
        var mandant = stadt.mandant();
        var leute = new HashMap<String, Anmeldung>(Map.of("Anja Müller", stadt.anja(), "Petra Lüders", stadt.petra()));
        var vorgaenge = new HashSet<UUID>();
        var strassen = Kennung.neu();
        var umbau = als(mandant, () -> {
            var bau = einheiten.richteEin(Protokoll.PROGRAMM, "FB 6", "Bauen", null);
            var gruen = einheiten.richteEin(Protokoll.PROGRAMM, "FD 67", "Grünflächen", bau);
            var bauhof = einheiten.richteEin(Protokoll.PROGRAMM, "SG 66.1", "Bauhof", stadt.tiefbau());
            // Files everywhere by the Aktenplan, which no Umbau changes.
            var registratur = person(mandant, "rita.kraft", "Rita", "Kraft", stadt.ordnung());
            berechtigungen.gebeFrei(
                    Subjekt.PERSON,
                    registratur.person(),
                    Ziel.PLAN,
                    jdbc.sql("SELECT id FROM planknoten WHERE kennzeichen = '66'")
                            .query(UUID.class)
                            .single(),
                    Recht.BEARBEITEN);
            int nr = 0;
            for (var einheit : List.of(bau, gruen, bauhof, stadt.tiefbau(), stadt.ordnung())) {
                var name = "Person " + ++nr;
                leute.put(name, person(mandant, "person." + nr, "Person", String.valueOf(nr), einheit));
                var akte = akte(registratur, einheit, nr % 2 == 0 ? "66.20.03" : "66.20.05", "Akte " + nr);
                vorgaenge.add(this.vorgaenge
                        .eroeffne(registratur, Kennung.neu(), akte, "Vorgang " + nr)
                        .id());
            }
            berechtigungen.gebeFrei(Subjekt.EINHEIT, gruen, Ziel.EINHEIT, gruen, Recht.BEARBEITEN);
            berechtigungen.gebeFrei(Subjekt.EINHEIT, bauhof, Ziel.EINHEIT, bauhof, Recht.LESEN);
            berechtigungen.gebeFrei(Subjekt.EINHEIT, bau, Ziel.EINHEIT, bau, Recht.METADATEN);
            berechtigungen.gebeFrei(Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, bauhof, Recht.LESEN);
            berechtigungen.gebeFrei(
                    Subjekt.EINHEIT,
                    stadt.ordnung(),
                    Ziel.PLAN,
                    plan.gemeint("66.20.05").orElseThrow().id(),
                    Recht.LESEN);
            var werbung = akte(registratur, stadt.tiefbau(), "66.20.05", "Werbung");
            vorgaenge.add(this.vorgaenge
                    .eroeffne(registratur, Kennung.neu(), werbung, "Werbung")
                    .id());
            return entwurf(
                    stadt,
                    heute(),
                    schritt(Schritt.Art.ZUSAMMENLEGEN, bauhof, stadt.tiefbau()),
                    schritt(Schritt.Art.VERSCHIEBEN, stadt.tiefbau(), bau),
                    Schritt.schlicht(Schritt.Art.EINRICHTEN, strassen, gruen, "SG 67.1", "Straßengrün"),
                    teil(stadt.tiefbau(), strassen, List.of(werbung)),
                    schritt(Schritt.Art.ZUSAMMENLEGEN, strassen, gruen));
        });
        var gesagt = vorschau(stadt, umbau);
        assertThat(gesagt.einwand()).isNull();
        var vorher = rechte(stadt, leute, vorgaenge);
        assertThat(fuehreAus(stadt, umbau).stand()).isEqualTo("ausgefuehrt");
        assertThat(niederschrift(stadt, umbau).zugriffe()).isEqualTo(gesagt.zugriffe());
        assertThat(niederschrift(stadt, umbau).weiterungen()).isEqualTo(gesagt.weiterungen());
        var nachher = rechte(stadt, leute, vorgaenge);
        var gewinner = new HashSet<String>();
        var verlierer = new HashSet<String>();
        vorher.forEach((wo, war) -> {
            int ist = nachher.getOrDefault(wo, -1);
            if (ist != war) {
                (ist > war ? gewinner : verlierer).add(wo.get(0));
            }
        });
        assertThat(gewinner).isNotEmpty();
        assertThat(namen(gesagt, true)).containsExactlyInAnyOrderElementsOf(gewinner);
        assertThat(namen(gesagt, false)).containsExactlyInAnyOrderElementsOf(verlierer);
    }

    private static List<String> namen(Vorschau.Ergebnis ergebnis, boolean gewinnt) {
        return ergebnis.zugriffe().stream()
                .filter(a -> a.gewinnt() == gewinnt)
                .map(Aenderung::name)
                .distinct()
                .toList();
    }

    /** By name and Vorgang; -1 for none. */
    private Map<List<String>, Integer> rechte(Stadt stadt, Map<String, Anmeldung> leute, HashSet<UUID> alle) {
        var rechte = new HashMap<List<String>, Integer>();
        als(
                stadt.mandant(),
                () -> leute.forEach((name, wer) -> alle.forEach(v -> {
                    int hoechstes = -1;
                    for (var recht : Recht.values()) {
                        if (vorgaenge
                                .finde(berechtigungen.sicht(wer.person(), recht), v)
                                .isPresent()) {
                            hoechstes = recht.ordinal();
                        }
                    }
                    rechte.put(List.of(name, v.toString()), hoechstes);
                })));
        return rechte;
    }

    @Test
    void was_beim_zusammenlegen_nach_oben_weiter_wird_braucht_ein_eigenes_kreuz() {
        var stadt = verwaltete();
        var mandant = stadt.mandant();
        var strassen = als(mandant, () -> {
            var einheit = einheiten.richteEin(Protokoll.PROGRAMM, "SG 66.2", "Straßen", stadt.tiefbau());
            var bauhof = einheiten.richteEin(Protokoll.PROGRAMM, "SG 66.1", "Bauhof", stadt.tiefbau());
            person(mandant, "karl.orth", "Karl", "Orth", bauhof);
            akte(stadt, einheit, "66.20.03", "Baugerüst");
            akte(stadt, bauhof, "66.20.03", "Winterdienst");
            akte(stadt, stadt.tiefbau(), "66.20.03", "Kirmes");
            berechtigungen.gebeFrei(Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, einheit, Recht.LESEN);
            return einheit;
        });
        var umbau = entwurf(stadt, heute(), schritt(Schritt.Art.ZUSAMMENLEGEN, strassen, stadt.tiefbau()));
        assertThat(vorschau(stadt, umbau).weiterungen())
                .extracting(
                        Weiterungen.Weiterung::fuer,
                        Weiterungen.Weiterung::darf,
                        Weiterungen.Weiterung::worauf,
                        Weiterungen.Weiterung::dazu)
                .containsExactly(tuple(
                        "Petra Lüders",
                        "lesen",
                        "FD 66 Tiefbau",
                        "bisher auf SG 66.2 Straßen; auch auf Akten von FD 66 Tiefbau, SG 66.1 Bauhof"));
        assertThatThrownBy(() -> beschliesse(stadt, umbau, false))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("„Diese Freigaben werden weiter“")
                .hasMessageContaining("Petra Lüders: lesen");
        var browser = angemeldet(mandant, "anja.mueller");
        var pfad = "/verwaltung/umbau/" + umbau;
        var seite = browser.hole(pfad);
        var gesehen = java.util.regex.Pattern.compile("name=\"gesehen\" value=\"([^\"]+)\"")
                .matcher(seite.text());
        assertThat(gesehen.find()).isTrue();
        assertThat(seite.text()).contains("Welche Freigaben weiter werden", "name=\"weiter\"");
        var ohne = browser.sende(pfad + "/beschluss", seite.geheim(), "gesehen", gesehen.group(1));
        assertThat(ohne.status()).isEqualTo(422);
        assertThat(ohne.text()).contains("Diese Freigaben werden weiter", "Es wurde nichts ausgeführt");
        assertThat(stand(stadt, umbau)).isEqualTo("entwurf");
        assertThat(als(mandant, einheiten::baum)).hasSize(4);
        assertThat(browser.sende(pfad + "/beschluss", seite.geheim(), "gesehen", gesehen.group(1), "weiter", "true")
                        .ziel())
                .isEqualTo(pfad);
        assertThat(stand(stadt, umbau)).isEqualTo("ausgefuehrt");
        assertThat(browser.hole(pfad).text())
                .contains("Welche Freigaben weiter wurden", "auch auf Akten von FD 66 Tiefbau, SG 66.1 Bauhof");
        for (var handlung : List.of("umbau.beschlossen", "umbau.ausgefuehrt")) {
            assertThat(eins(
                            stadt,
                            "SELECT i.wert FROM protokoll p JOIN protokoll_inhalt i ON i.eintrag_id = p.id WHERE p.handlung = ? AND i.feld = 'weitere_freigaben'",
                            String.class,
                            handlung))
                    .contains("Petra Lüders: lesen");
        }
    }

    @Test
    void in_einer_neuen_einheit_wird_nichts_weiter_und_niemand_gefragt() {
        var stadt = verwaltete();
        vorgang(stadt, "Baugerüst");
        var neu = Kennung.neu();
        var umbau = entwurf(
                stadt,
                heute(),
                Schritt.schlicht(Schritt.Art.EINRICHTEN, neu, null, "FB 6", "Bauen"),
                schritt(Schritt.Art.ZUSAMMENLEGEN, stadt.tiefbau(), neu));
        assertThat(vorschau(stadt, umbau).weiterungen()).isEmpty();
        beschliesse(stadt, umbau, false);
        assertThat(stand(stadt, umbau)).isEqualTo("beschlossen");
    }

    @Test
    void was_erst_nach_dem_beschluss_weiter_wuerde_haelt_den_umbau_auf() {
        var stadt = verwaltete();
        vorgang(stadt, "Baugerüst");
        var umbau = entwurf(
                stadt, heute().plusDays(1), schritt(Schritt.Art.ZUSAMMENLEGEN, stadt.tiefbau(), stadt.ordnung()));
        beschliesse(stadt, umbau);
        als(stadt.mandant(), () -> {
            var karl = person(stadt.mandant(), "karl.orth", "Karl", "Orth", stadt.tiefbau());
            berechtigungen.gebeFrei(Subjekt.PERSON, karl.person(), Ziel.EINHEIT, stadt.ordnung(), Recht.VERWALTEN);
        });
        kommt(stadt, umbau);
        var plan = Mandantenkontext.als(stadt.mandant(), () -> umbauten.plan(umbau));
        assertThat(plan.stand()).isEqualTo("gescheitert");
        assertThat(plan.ursache()).contains("niemand zugestimmt", "Karl Orth: verwalten");
        assertThat(als(stadt.mandant(), einheiten::baum)).hasSize(2);
    }

    @Test
    void im_protokoll_steht_wer_den_umbau_beschlossen_hat_auch_wenn_ihn_das_programm_ausfuehrt() {
        var stadt = verwaltete();
        var vorgang = vorgang(stadt, "Kirmes");
        var umbau = entwurf(
                stadt,
                heute().plusDays(1),
                teil(stadt.tiefbau(), stadt.ordnung(), List.of(vorgang.akteId())),
                schritt(Schritt.Art.BEENDEN, stadt.tiefbau(), stadt.ordnung()));
        beschliesse(stadt, umbau);
        kommt(stadt, umbau);
        assertThat(stand(stadt, umbau)).isEqualTo("ausgefuehrt");
        for (var handlung : List.of("akte.umgezogen", "einheit.beendet", "umbau.ausgefuehrt")) {
            assertThat(eins(stadt, "SELECT person FROM protokoll WHERE handlung = ?", UUID.class, handlung))
                    .as(handlung)
                    .isEqualTo(stadt.anja().pseudonym());
        }
        assertThat(als(
                        stadt.mandant(),
                        () -> verlauf.juengste(
                                berechtigungen.sicht(stadt.petra().person(), Recht.LESEN), vorgang.akteId(), 1)))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.wer()).isEqualTo("Anja Müller");
                    assertThat(e.inWorten()).contains("durch einen Umbau");
                    assertThat(e.was()).isEqualTo("FD 66 Tiefbau → FD 32 Ordnung");
                });
    }

    @Test
    void erneut_ausfuehren_laesst_nur_wer_einen_umbau_beschliessen_darf() {
        var stadt = verwaltete();
        var mandant = stadt.mandant();
        als(mandant, () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.TECHNIK));
        var umbau = entwurf(
                stadt,
                LocalDate.now(de.federwerk.gesicht.Anzeige.ZONE).plusDays(1),
                Schritt.schlicht(Schritt.Art.EINRICHTEN, Kennung.neu(), null, "SG 1", "Neu"));
        beschliesse(stadt, umbau);
        var schneller = als(mandant, () -> einheiten.richteEin(Protokoll.PROGRAMM, "SG 1", "Schneller", null));
        kommt(stadt, umbau);
        assertThat(stand(stadt, umbau)).isEqualTo("gescheitert");
        var stoerung = eins(stadt, "SELECT id FROM stoerung WHERE bezug = ?", UUID.class, umbau);
        als(
                mandant,
                () -> jdbc.sql("UPDATE einheit SET kuerzel = 'SG 2' WHERE id = ?")
                        .param(schneller)
                        .update());
        var pfad = "/stoerungen/" + stoerung + "/erneut";
        var technik = angemeldet(mandant, "petra.lueders");
        assertThat(technik.hole("/stoerungen").text())
                .contains(
                        "Neuordnung",
                        "lässt ihn die Administration",
                        "„Wieder bearbeiten“, dann noch einmal beschließen")
                .doesNotContain(pfad);
        assertThat(technik.sendeVon("/stoerungen", pfad).status()).isEqualTo(403);
        Mandantenkontext.als(mandant, wache::fuehreFaelligeAus);
        assertThat(stand(stadt, umbau)).isEqualTo("gescheitert");
        var verwaltung = angemeldet(mandant, "anja.mueller");
        assertThat(verwaltung.hole("/stoerungen").text()).contains(pfad);
        verwaltung.sendeVon("/stoerungen", pfad);
        Mandantenkontext.als(mandant, wache::fuehreFaelligeAus);
        assertThat(stand(stadt, umbau)).isEqualTo("ausgefuehrt");
        assertThat(eins(stadt, "SELECT person FROM protokoll WHERE handlung = 'umbau.erneut'", UUID.class))
                .isEqualTo(stadt.anja().pseudonym());
    }
}
