package de.federwerk.zugriff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Berechtigungen.Leihe;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.datei.Dateien;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.zugriff.Schutzgut.Art;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ZugriffTest extends Teststadt {

    @Autowired
    Zugriffe zugriffe;

    @Autowired
    Personenzugriffe menschen;

    @Autowired
    Schutzgueter gueter;

    @Autowired
    Schutzwechsel wechsel;

    @Autowired
    Wirkungen wirkungen;

    @Autowired
    Freigaben freigaben;

    @Autowired
    Ausnahmen ausnahmen;

    @Autowired
    Stufen stufen;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    /** The town with a Vorgang, its head Karin and a Bescheid with a word that stands nowhere else. */
    private record Fall(Stadt stadt, Anmeldung karin, Vorgaenge.Vorgang vorgang, UUID dokument) {

        UUID mandant() {
            return stadt.mandant();
        }
    }

    private Fall fall() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Werbeanlage");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Zylinderkopf".getBytes(StandardCharsets.UTF_8))));
        return als(stadt.mandant(), () -> {
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.ordnung());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
            var dokument = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Bescheid.txt"),
                    Dokumente.Angaben.mitTitel("Bescheid"));
            return new Fall(stadt, karin, vorgang, dokument.id());
        });
    }

    private Schutzgut gut(Fall fall, Art art, UUID id) {
        return als(fall.mandant(), () -> gueter.sichtbares(fall.stadt.anja(), art, id));
    }

    private Sicht sicht(Anmeldung wer) {
        return berechtigungen.sicht(wer.person(), Recht.LESEN);
    }

    /** By the Sicht of each person, as pages and lists ask; the other way round than the explanation. */
    private Map<String, Recht> nachSicht(UUID mandant, UUID akte) {
        var alle = new TreeMap<String, Recht>();
        for (var id : als(
                mandant,
                () -> jdbc.sql("SELECT id FROM person WHERE mandant_id = ?")
                        .param(mandant)
                        .query(UUID.class)
                        .list())) {
            for (var recht : Recht.values()) {
                if (als(mandant, () -> akten.finde(berechtigungen.sicht(id, recht), akte))
                        .isPresent()) {
                    alle.put(id.toString(), recht);
                }
            }
        }
        return alle;
    }

    private Map<String, Recht> nachErklaerung(Schutzgut gut) {
        var alle = new TreeMap<String, Recht>();
        zugriffe.alle(gut).forEach((id, s) -> alle.put(id.toString(), Recht.values()[s.recht()]));
        return alle;
    }

    @Test
    void die_erklaerung_nennt_genau_die_die_es_sehen_und_keine_anderen() {
        var fall = fall();
        var stadt = fall.stadt;
        var akte = fall.vorgang.akteId();
        als(fall.mandant(), () -> {
            var rolle = personen.rolle(Rolle.DATENSCHUTZ);
            var uta = person(stadt.mandant(), "uta.hagedorn", "Uta", "Hagedorn", stadt.ordnung());
            var ben = person(stadt.mandant(), "ben.kurz", "Ben", "Kurz", stadt.ordnung());
            person(stadt.mandant(), "eva.lang", "Eva", "Lang", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, uta.person(), Rolle.DATENSCHUTZ);
            berechtigungen.gebeFrei(
                    Subjekt.ROLLE,
                    rolle,
                    Ziel.PLAN,
                    plan.gemeint("66", true).orElseThrow().id(),
                    Recht.VERWALTEN);
            ausnahmen.gebeFrei(
                    fall.karin,
                    Kennung.neu(),
                    akte,
                    null,
                    ben.person(),
                    Recht.LESEN,
                    LocalDate.now(Anzeige.ZONE).plusDays(3),
                    "Mitarbeit");
            return null;
        });
        var gut = gut(fall, Art.AKTE, akte);
        var offen = als(fall.mandant(), () -> nachErklaerung(gut));
        // Anja and Karin work there, Uta administrates by role, Ben reads for a time; Petra and Eva see nothing.
        assertThat(offen).hasSize(4).isEqualTo(nachSicht(fall.mandant(), akte));

        als(
                fall.mandant(),
                () -> ausnahmen.schliesseAus(
                        fall.karin, Kennung.neu(), akte, stadt.anja().person(), "Befangen"));
        assertThat(als(fall.mandant(), () -> nachErklaerung(gut)))
                .hasSize(3)
                .isEqualTo(nachSicht(fall.mandant(), akte));
        assertThat(als(
                        fall.mandant(),
                        () -> zugriffe.wege(gut, sicht(fall.karin), stadt.anja().person())))
                .isNotEmpty()
                .noneMatch(Zugriffe.Weg::wirkt);
        assertThat(als(fall.mandant(), () -> zugriffe.ausgeschlossene(akte)))
                .extracting(Zugriffe.Ausgeschlossener::name)
                .containsExactly("Anja Müller");
    }

    @Test
    void eine_aufgabe_oeffnet_ihren_vorgang_auch_der_vertretung_und_die_erklaerung_sagt_es() {
        var fall = fall();
        var stadt = fall.stadt;
        als(fall.mandant(), () -> {
            var eva = person(stadt.mandant(), "eva.lang", "Eva", "Lang", stadt.ordnung());
            jdbc.sql(
                            "INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, eingetragen_von) VALUES (?, ?, ?, ?, heute(), heute() + 3, ?)")
                    .params(fall.mandant(), Kennung.neu(), stadt.petra().person(), eva.person(), eva.person())
                    .update();
            berechtigungen.wechsle(
                    List.of(),
                    List.of(new Leihe(
                            Kennung.neu(), fall.vorgang.id(), stadt.petra().person(), Recht.LESEN, false)));
        });
        var gut = gut(fall, Art.VORGANG, fall.vorgang.id());
        var quellen = als(
                fall.mandant(),
                () -> zugriffe.quellen(gut, sicht(stadt.anja()), Stelle.ANFANG, 50)
                        .zeilen());
        assertThat(quellen)
                .filteredOn(z -> z.art().equals("aufgabe"))
                .extracting(Zugriffe.Zeile::subjekt)
                .containsExactlyInAnyOrder("Petra Lüders", "Eva Lang");
        assertThat(quellen)
                .filteredOn(z -> "Petra Lüders".equals(z.vertretener()))
                .singleElement()
                .satisfies(z -> assertThat(Erklaerung.warum(z, gut)).startsWith("Vertritt Petra Lüders"));
        assertThat(als(
                        fall.mandant(),
                        () -> menschen.quellen(
                                        stadt.petra().person(),
                                        berechtigungen.sicht(stadt.petra().person(), Recht.LESEN),
                                        Stelle.ANFANG,
                                        50)
                                .zeilen()))
                .anyMatch(z ->
                        z.art().equals("aufgabe") && String.valueOf(z.ziel()).contains("Werbeanlage"));
        // Whoever does not see the Vorgang learns of the task, but not of what it is about.
        assertThat(als(
                        fall.mandant(),
                        () -> menschen.quellen(
                                        stadt.petra().person(),
                                        berechtigungen.sicht(fall.karin.person(), Recht.VERWALTEN),
                                        Stelle.ANFANG,
                                        50)
                                .zeilen()))
                .filteredOn(z -> z.art().equals("aufgabe"))
                .singleElement()
                .satisfies(z -> assertThat(z.ziel()).isNull());
    }

    @Test
    void wer_die_vererbung_unterbricht_nimmt_alles_darin_mit_und_die_suche_findet_es_sofort_nicht_mehr() {
        var fall = fall();
        var stadt = fall.stadt;
        var joerg =
                als(fall.mandant(), () -> person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau()));
        var browser = angemeldet(fall.mandant(), "joerg.sander");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(browser.hole("/suche?q=Zylinderkopf").text()).contains("1 Treffer"));

        var sonder = Kennung.neu();
        als(
                fall.mandant(),
                () -> wechsel.unterbreche(
                        fall.karin,
                        Art.AKTE,
                        fall.vorgang.akteId(),
                        sonder,
                        false,
                        Map.of(new Empfaenger("person", stadt.anja().person(), "Anja"), Recht.BEARBEITEN),
                        "Gesundheitsdaten"));
        // No waiting: at once, while its documents still wait for the index.
        assertThat(browser.hole("/suche?q=Zylinderkopf").text()).contains("0 Treffer");
        assertThat(browser.hole("/akten/" + fall.vorgang.akteId()).status()).isEqualTo(404);
        assertThat(browser.hole("/vorgaenge/" + fall.vorgang.id()).status()).isEqualTo(404);
        assertThat(browser.hole("/dokumente/" + fall.dokument + "/zugriff").status())
                .isEqualTo(404);
        assertThat(nachSicht(fall.mandant(), fall.vorgang.akteId()))
                .containsOnlyKeys(
                        fall.karin.person().toString(), stadt.anja().person().toString());
        assertThat(als(fall.mandant(), () -> nachErklaerung(gut(fall, Art.DOKUMENT, fall.dokument))))
                .containsOnlyKeys(
                        fall.karin.person().toString(), stadt.anja().person().toString());
        // Sent twice, it was done once.
        als(
                fall.mandant(),
                () -> wechsel.unterbreche(
                        fall.karin, Art.AKTE, fall.vorgang.akteId(), sonder, false, Map.of(), "Gesundheitsdaten"));
        assertThat(als(
                        fall.mandant(),
                        () -> freigaben
                                .anzahl(Freigaben.Auswahl.LAUFENDE, null, sonder)
                                .zahl()))
                .isEqualTo(2);

        als(fall.mandant(), () -> wechsel.vererbeWieder(fall.karin, Art.AKTE, fall.vorgang.akteId(), "Erledigt"));
        assertThat(browser.hole("/akten/" + fall.vorgang.akteId()).status()).isEqualTo(200);
        assertThat(joerg).isNotNull();
    }

    @Test
    void was_waehrend_des_unterbrechens_hineinkommt_erbt_die_neue_regel() throws Exception {
        var fall = fall();
        var bytes = Mandantenkontext.als(
                fall.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("später".getBytes(StandardCharsets.UTF_8))));
        var unterbrochen = new CountDownLatch(1);
        var neu = Kennung.neu();
        try (var faeden = Executors.newSingleThreadExecutor()) {
            var ablage = als(fall.mandant(), () -> {
                wechsel.unterbreche(
                        fall.karin,
                        Art.VORGANG,
                        fall.vorgang.id(),
                        Kennung.neu(),
                        false,
                        Map.of(new Empfaenger("person", fall.stadt.anja().person(), "Anja"), Recht.BEARBEITEN),
                        "Gesundheitsdaten");
                var wartende = faeden.submit(() -> {
                    unterbrochen.countDown();
                    als(
                            fall.mandant(),
                            () -> dokumente.lege(
                                    fall.stadt.anja(),
                                    neu,
                                    fall.vorgang.id(),
                                    dateien.aufnehmen(bytes, "später.txt"),
                                    Dokumente.Angaben.mitTitel("später")));
                });
                await().until(() -> unterbrochen.getCount() == 0 && wartetJemand());
                return wartende;
            });
            ablage.get();
        }
        assertThat(als(
                        fall.mandant(),
                        () -> jdbc.sql(
                                        "SELECT d.schutzbereich_id = v.schutzbereich_id FROM dokument d JOIN vorgang v ON v.mandant_id = d.mandant_id AND v.id = d.vorgang_id WHERE d.mandant_id = ? AND d.id = ?")
                                .params(fall.mandant(), neu)
                                .query(Boolean.class)
                                .single()))
                .isTrue();
    }

    private boolean wartetJemand() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void was_waere_wenn_sagt_wen_es_trifft_und_aendert_nichts() {
        var fall = fall();
        var stadt = fall.stadt;
        var gut = gut(fall, Art.AKTE, fall.vorgang.akteId());
        var vorher = nachSicht(fall.mandant(), fall.vorgang.akteId());
        var wirkung = als(
                fall.mandant(),
                () -> wirkungen.an(
                        gut,
                        () -> wechsel.unterbreche(
                                fall.karin, Art.AKTE, gut.id(), Kennung.neu(), false, Map.of(), "Versuch")));
        assertThat(wirkung.verlieren())
                .extracting(Wirkungen.Betroffener::name, Wirkungen.Betroffener::nachher)
                .containsExactly(tuple("Anja Müller", null));
        assertThat(wirkung.gewinnen())
                .extracting(Wirkungen.Betroffener::name, Wirkungen.Betroffener::nachher)
                .containsExactly(tuple("Karin Ahrens", Recht.VERWALTEN));
        assertThat(nachSicht(fall.mandant(), fall.vorgang.akteId())).isEqualTo(vorher);

        var neu = freigabe(Subjekt.EINHEIT, stadt.ordnung(), Ziel.EINHEIT, stadt.tiefbau(), null, null);
        var reichweite = als(
                fall.mandant(),
                () -> wirkungen.unter(
                        neu.subjekt(),
                        neu.subjektId(),
                        neu.ziel(),
                        neu.zielId(),
                        neu.recht(),
                        () -> freigaben.erteile(stadt.anja(), neu)));
        assertThat(reichweite.genannte())
                .containsExactly(
                        new Wirkungen.Erreichter("Karin Ahrens", 1, 1), new Wirkungen.Erreichter("Petra Lüders", 0, 1));
        assertThat(nachSicht(fall.mandant(), fall.vorgang.akteId())).isEqualTo(vorher);
    }

    private static Freigaben.Neu freigabe(
            Subjekt wer, UUID werId, Ziel ziel, UUID zielId, @Nullable LocalDate von, @Nullable LocalDate bis) {
        return new Freigaben.Neu(Kennung.neu(), wer, werId, ziel, zielId, Recht.LESEN, von, bis, "");
    }

    @Test
    void freigaben_gelten_von_heute_an_und_werden_einmal_erteilt_und_einmal_beendet() {
        var fall = fall();
        var stadt = fall.stadt;
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var falsch : List.of(
                freigabe(
                        Subjekt.PERSON,
                        stadt.petra().person(),
                        Ziel.EINHEIT,
                        stadt.tiefbau(),
                        heute.minusDays(2),
                        null),
                freigabe(
                        Subjekt.PERSON,
                        stadt.petra().person(),
                        Ziel.EINHEIT,
                        stadt.tiefbau(),
                        null,
                        heute.minusDays(2)),
                freigabe(
                        Subjekt.PERSON,
                        stadt.petra().person(),
                        Ziel.EINHEIT,
                        stadt.tiefbau(),
                        heute.plusDays(9),
                        heute.plusDays(2)))) {
            assertThatThrownBy(() -> als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), falsch)))
                    .isInstanceOf(Abgelehnt.class);
        }
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> freigaben.erteile(
                                stadt.anja(),
                                freigabe(Subjekt.PERSON, Kennung.neu(), Ziel.EINHEIT, stadt.tiefbau(), null, null))))
                .isInstanceOf(NichtGefunden.class);

        var neu = freigabe(Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, stadt.tiefbau(), null, null);
        als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), neu));
        als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), neu));
        assertThat(als(
                        fall.mandant(),
                        () -> freigaben
                                .anzahl(
                                        Freigaben.Auswahl.LAUFENDE,
                                        stadt.petra().person(),
                                        null)
                                .zahl()))
                .isEqualTo(1);
        assertThat(nachSicht(fall.mandant(), fall.vorgang.akteId()))
                .containsKey(stadt.petra().person().toString());
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> freigaben.erteile(
                                stadt.anja(),
                                freigabe(
                                        Subjekt.PERSON,
                                        stadt.petra().person(),
                                        Ziel.EINHEIT,
                                        stadt.tiefbau(),
                                        null,
                                        null))))
                .hasMessageContaining("gibt es schon");

        als(fall.mandant(), () -> freigaben.beende(stadt.anja(), neu.id()));
        assertThat(nachSicht(fall.mandant(), fall.vorgang.akteId()))
                .doesNotContainKey(stadt.petra().person().toString());
        assertThatThrownBy(() -> als(fall.mandant(), () -> freigaben.beende(stadt.anja(), neu.id())))
                .hasMessageContaining("schon beendet");
        var kuenftig = freigabe(
                Subjekt.PERSON, stadt.petra().person(), Ziel.EINHEIT, stadt.tiefbau(), heute.plusDays(3), null);
        als(fall.mandant(), () -> freigaben.erteile(stadt.anja(), kuenftig));
        als(fall.mandant(), () -> freigaben.beende(stadt.anja(), kuenftig.id()));
        // Another town has neither the one nor the other.
        var nachbar = stadt();
        assertThatThrownBy(() -> als(nachbar.mandant(), () -> freigaben.zeile(neu.id())))
                .isInstanceOf(NichtGefunden.class);
        assertThat(als(
                        nachbar.mandant(),
                        () -> freigaben
                                .anzahl(Freigaben.Auswahl.BEENDETE, null, null)
                                .zahl()))
                .isZero();
    }

    @Test
    void stufen_benennt_und_setzt_nur_der_geheimschutz_und_keine_ueber_vs_nfd() {
        var fall = fall();
        var anja = fall.stadt.anja();
        assertThatThrownBy(() -> als(fall.mandant(), () -> stufen.benenne(anja, 1, "vertraulich")))
                .isInstanceOf(Abgelehnt.class);
        als(fall.mandant(), () -> personen.gib(Protokoll.PROGRAMM, anja.person(), Rolle.GEHEIMSCHUTZ));
        for (var zuHoch : List.of(
                "GEHEIM", "Streng  geheim", "VS-Vertraulich", "VS – Vertr.", "VS-V", "Str.Geh.", "Top Secret")) {
            assertThatThrownBy(() -> als(fall.mandant(), () -> stufen.benenne(anja, 1, zuHoch)))
                    .as(zuHoch)
                    .hasMessageContaining("VS-NUR FÜR DEN DIENSTGEBRAUCH");
        }
        for (var name : List.of("VS-NfD", "VS-NfD Vergabe", "Steuergeheimnis", "vertraulich")) {
            als(fall.mandant(), () -> stufen.benenne(anja, 1, name));
        }
        // Above the own Ermächtigung nobody raises: one would lock oneself out.
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> wechsel.setzeStufe(anja, Art.VORGANG, fall.vorgang.id(), 1, "Gesundheitsdaten")))
                .hasMessageContaining("aussperren");
        als(fall.mandant(), () -> personen.ermaechtige(Protokoll.PROGRAMM, anja.person(), 1));
        als(fall.mandant(), () -> wechsel.setzeStufe(anja, Art.VORGANG, fall.vorgang.id(), 1, "Gesundheitsdaten"));
        assertThat(als(fall.mandant(), () -> nachErklaerung(gut(fall, Art.DOKUMENT, fall.dokument))))
                .containsOnlyKeys(anja.person().toString());
        assertThat(als(
                        fall.mandant(),
                        () -> vorgaenge.finde(
                                berechtigungen.sicht(fall.karin.person(), Recht.LESEN), fall.vorgang.id())))
                .isEmpty();
    }

    @Test
    void die_seiten_zeigen_wer_es_sieht_und_aendern_nur_wer_darf() {
        var fall = fall();
        var stadt = fall.stadt;
        var pfad = "/akten/" + fall.vorgang.akteId() + "/zugriff";
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        assertThat(anja.hole(pfad).text())
                .contains("Wer sieht diese Akte, und warum?", "2 Personen haben Zugriff", "FD 66 Tiefbau");
        assertThat(anja.hole(pfad + "?wen=petra.lueders").text())
                .contains("Petra Lüders sieht diese Akte", "Keine Freigabe am Aktenplan");
        assertThat(anja.hole(pfad + "?wen=karin.ahrens").text()).contains("Mitglied");
        assertThat(anja.hole(pfad + "?quelle=alle").text()).contains("Karin Ahrens");
        assertThat(anja.hole(pfad + ".csv").text()).contains("\"Karin Ahrens\"");
        // Anja works there, but does not say who sees it.
        assertThat(anja.hole(pfad + "/freigabe").status()).isEqualTo(403);
        assertThat(angemeldet(fall.mandant(), "petra.lueders").hole(pfad).status())
                .isEqualTo(404);
        assertThat(anja.hole("/personen/" + stadt.petra().person() + "/zugriff").status())
                .isEqualTo(404);
        assertThat(anja.hole("/personen/" + stadt.anja().person() + "/zugriff").text())
                .contains("Was sieht diese Person", "liest 1 Akte");
        assertThat(anja.hole("/verwaltung/rechte").status()).isEqualTo(403);

        var karin = angemeldet(fall.mandant(), "karin.ahrens");
        var felder = new String[] {
            "id",
            Kennung.neu().toString(),
            "wer",
            "petra.lueders",
            "recht",
            "lesen",
            "bis",
            LocalDate.now(Anzeige.ZONE).plusDays(9).toString(),
            "grund",
            "Stellungnahme"
        };
        // Only what was shown is done: saved unseen, it is shown.
        var gesehen = karin.sendeVon(pfad + "/freigabe", pfad + "/freigabe", mit(felder, "tun", "speichern"));
        assertThat(gesehen.text()).contains("Noch ist nichts geändert", "Petra Lüders");
        var wert = gesehen.text().replaceAll("(?s).*name=\"gesehen\" value=\"([0-9a-f]+)\".*", "$1");
        var getan = karin.sendeVon(
                pfad + "/freigabe", pfad + "/freigabe", mit(felder, "tun", "speichern", "gesehen", wert));
        assertThat(getan.ziel()).isEqualTo(pfad + "?erledigt=freigabe");
        assertThat(angemeldet(fall.mandant(), "petra.lueders").hole(pfad).text())
                .contains("nur auf Zeit")
                .doesNotContain("Stellungnahme");
        assertThat(karin.hole(pfad).text()).contains("Stellungnahme");
    }

    private static String[] mit(String[] felder, String... weitere) {
        var alle = Arrays.copyOf(felder, felder.length + weitere.length);
        System.arraycopy(weitere, 0, alle, felder.length, weitere.length);
        return alle;
    }

    @Test
    void die_verwaltung_erteilt_nach_vorschau_und_sieht_dadurch_selbst_nichts() {
        var fall = fall();
        var stadt = fall.stadt;
        als(fall.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION);
        });
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(petra.hole("/verwaltung/rechte").text()).contains("Freigaben", "FD 66 Tiefbau");
        assertThat(petra.hole("/verwaltung/rechte?fuerId=einheit:" + stadt.tiefbau())
                        .text())
                .contains("FD 66 Tiefbau")
                .doesNotContain("scope=\"row\">FD 32");
        assertThat(petra.hole("/zugriff/auswahl?q=tief").text()).contains("einheit:" + stadt.tiefbau());
        assertThat(petra.hole("/zugriff/ziele?q=66.20").text()).contains("plan:");
        var felder = new String[] {
            "id",
            Kennung.neu().toString(),
            "fuer",
            "karin.ahrens",
            "auf",
            "66.20 Straßenverwaltung",
            "recht",
            "LESEN",
            "grund",
            "Urlaub"
        };
        var seite = petra.sendeVon("/verwaltung/rechte/neu", "/verwaltung/rechte/neu", mit(felder, "tun", "ansehen"));
        assertThat(seite.text()).contains("Noch ist nichts geändert", "Karin Ahrens");
        var wert = seite.text().replaceAll("(?s).*name=\"gesehen\" value=\"([0-9a-f]+)\".*", "$1");
        assertThat(petra.sendeVon(
                                "/verwaltung/rechte/neu",
                                "/verwaltung/rechte/neu",
                                mit(felder, "tun", "speichern", "gesehen", wert))
                        .ziel())
                .isEqualTo("/verwaltung/rechte?erledigt=erteilt");
        assertThat(petra.hole("/verwaltung/rechte").text()).contains("Urlaub");
        assertThat(petra.hole("/akten/" + fall.vorgang.akteId()).status()).isEqualTo(404);
        assertThat(petra.hole("/personen/" + stadt.anja().person() + "/zugriff").text())
                .doesNotContain("Werbeanlage");

        var vorlage = petra.sendeVon(
                "/verwaltung/rechte/vorlagen",
                "/verwaltung/rechte/vorlagen",
                "id",
                Kennung.neu().toString(),
                "vorlage",
                "PERSONALAKTEN",
                "einheit",
                stadt.ordnung().toString(),
                "tun",
                "ansehen");
        assertThat(vorlage.text()).contains("Sonderbereich Personalakten", "neu");
        petra.sendeVon(
                "/verwaltung/rechte/vorlagen",
                "/verwaltung/rechte/vorlagen",
                "id",
                Kennung.neu().toString(),
                "vorlage",
                "PERSONALAKTEN",
                "einheit",
                stadt.ordnung().toString(),
                "tun",
                "speichern");
        assertThat(petra.hole("/verwaltung/rechte/schutz").text()).contains("Personalakten");
    }

    @Test
    void eigene_rollen_oeffnen_was_ihnen_freigegeben_ist_und_sonst_nichts() {
        var fall = fall();
        var stadt = fall.stadt;
        als(fall.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var rolle = Kennung.neu();
        var seite = "/verwaltung/rechte/rollen";
        anja.sendeVon(seite, seite, "id", rolle.toString(), "name", "Krisenstab");
        anja.sendeVon(seite, seite, "id", rolle.toString(), "name", "Krisenstab");
        assertThat(anja.sendeVon(seite, seite, "id", Kennung.neu().toString(), "name", "krisenstab")
                        .text())
                .contains("gibt es schon");
        assertThat(anja.sendeVon(seite, seite, "id", Kennung.neu().toString(), "name", "Administration")
                        .status())
                .isEqualTo(409);
        als(
                fall.mandant(),
                () -> freigaben.erteile(
                        stadt.anja(), freigabe(Subjekt.ROLLE, rolle, Ziel.EINHEIT, stadt.tiefbau(), null, null)));
        anja.sendeVon(seite, seite + "/" + rolle + "/mitglieder", "wen", "petra.lueders");
        assertThat(anja.hole(seite).text()).contains("Krisenstab", "1 Person", "Petra Lüders");
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(petra.hole("/akten/" + fall.vorgang.akteId()).status()).isEqualTo(200);
        assertThat(petra.hole(seite).status()).isEqualTo(403);
        var besetzung = als(
                fall.mandant(),
                () -> jdbc.sql("SELECT id FROM rollenbesetzung WHERE mandant_id = ? AND rolle_id = ?")
                        .params(fall.mandant(), rolle)
                        .query(UUID.class)
                        .single());
        anja.sendeVon(seite, seite + "/" + rolle + "/mitglieder/" + besetzung + "/ende");
        assertThat(petra.hole("/akten/" + fall.vorgang.akteId()).status()).isEqualTo(404);
    }

    @Test
    void wer_nur_metadaten_darf_sieht_titel_und_keinen_inhalt() {
        var fall = fall();
        var stadt = fall.stadt;
        als(fall.mandant(), () -> {
            vorgaenge.vermerke(stadt.anja(), Kennung.neu(), fall.vorgang.id(), "Vertraulicher Vermerk");
            freigaben.erteile(
                    stadt.anja(),
                    new Freigaben.Neu(
                            Kennung.neu(),
                            Subjekt.PERSON,
                            stadt.petra().person(),
                            Ziel.EINHEIT,
                            stadt.tiefbau(),
                            Recht.METADATEN,
                            null,
                            null,
                            ""));
        });
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(petra.hole("/akten/" + fall.vorgang.akteId()).text())
                .contains("Werbeanlage", "Nur Metadaten")
                .doesNotContain("hat ein Dokument abgelegt", "Wer sieht diese Akte");
        for (var dokument : List.of("", "?dokument=" + fall.dokument)) {
            assertThat(petra.hole("/vorgaenge/" + fall.vorgang.id() + dokument).text())
                    .contains("Werbeanlage", "Bescheid", "Nur Metadaten", "Den Inhalt dürfen Sie nicht lesen")
                    .doesNotContain("Vertraulicher Vermerk", "Zylinderkopf", "/dokumente/" + fall.dokument);
        }
        assertThat(petra.hole("/dokumente/" + fall.dokument + "/inhalt").status())
                .isEqualTo(404);
        assertThat(petra.hole("/vorgaenge/" + fall.vorgang.id() + "/merkpunkte").status())
                .isEqualTo(404);
        assertThat(petra.hole("/akten/" + fall.vorgang.akteId() + "/protokoll").status())
                .isEqualTo(404);
        assertThat(petra.hole("/suche?q=Werbeanlage").text()).contains("0 Treffer");
    }

    @Test
    void die_seite_der_akte_verraet_keinen_vorgang_der_darin_zu_ist() {
        var fall = fall();
        var stadt = fall.stadt;
        als(fall.mandant(), () -> {
            berechtigungen.wechsle(
                    List.of(),
                    List.of(new Leihe(
                            Kennung.neu(), fall.vorgang.id(), stadt.petra().person(), Recht.LESEN, false)));
            person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
        });
        var pfad = "/akten/" + fall.vorgang.akteId() + "/zugriff";
        var joerg = angemeldet(fall.mandant(), "joerg.sander");
        assertThat(joerg.hole(pfad).text()).contains("Petra Lüders", "4 Personen");
        als(
                fall.mandant(),
                () -> wechsel.unterbreche(
                        fall.karin, Art.VORGANG, fall.vorgang.id(), Kennung.neu(), false, Map.of(), "Beschwerde"));
        assertThat(joerg.hole(pfad).text())
                .contains("3 Personen")
                .doesNotContain("Petra Lüders", fall.vorgang.aktenzeichen(), "Vererbung unterbrochen");
        assertThat(joerg.hole(pfad + "?wen=petra.lueders").text())
                .contains("Petra Lüders sieht diese Akte <strong>nicht")
                .doesNotContain(fall.vorgang.aktenzeichen());
        assertThat(angemeldet(fall.mandant(), "karin.ahrens").hole(pfad).text())
                .contains("Petra Lüders", fall.vorgang.aktenzeichen());
    }
}
