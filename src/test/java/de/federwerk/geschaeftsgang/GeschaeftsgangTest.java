package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Aufgaben.Reihenfolge;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class GeschaeftsgangTest extends Teststadt {

    @Autowired
    Laufwege laufwege;

    @Autowired
    Geschaeftsgang gang;

    @Autowired
    Aufgaben aufgaben;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    /** The town with a third clerk and a head of tiefbau, and a Vorgang of Anja's with a Bescheid in it. */
    private record Amt(Stadt stadt, Anmeldung joerg, Anmeldung karin, UUID vorgang, UUID dokument) {

        UUID mandant() {
            return stadt.mandant();
        }

        Anmeldung anja() {
            return stadt.anja();
        }

        Anmeldung petra() {
            return stadt.petra();
        }
    }

    private Amt amt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Werbeanlage");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Bescheid".getBytes(StandardCharsets.UTF_8))));
        return als(stadt.mandant(), () -> {
            var joerg = person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
            var karin = leitung(stadt);
            var dokument = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Bescheid.txt"),
                    Dokumente.Angaben.mitTitel("Bescheid"));
            return new Amt(stadt, joerg, karin, vorgang.id(), dokument.id());
        });
    }

    private Anmeldung leitung(Stadt stadt) {
        var id = personen.nimmAuf(Protokoll.PROGRAMM, "karin.ahrens", "Karin", "Ahrens", null, false);
        einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, id);
        var pseudonym = jdbc.sql("SELECT pseudonym FROM person WHERE mandant_id = ? AND id = ?")
                .params(stadt.mandant(), id)
                .query(UUID.class)
                .single();
        return new Anmeldung(stadt.mandant(), id, pseudonym, "Karin Ahrens");
    }

    private static Empfaenger an(Anmeldung wer) {
        return new Empfaenger("person", wer.person());
    }

    private static Station station(int block, Stationsart art, Empfaenger an) {
        return Station.schlicht(Kennung.neu(), block, art, an);
    }

    private UUID beginne(Amt amt, boolean erneuern, Station... stationen) {
        var id = Kennung.neu();
        als(
                amt.mandant(),
                () -> laufwege.beginne(
                        amt.anja(),
                        new Laufwegentwurf(id, amt.vorgang, amt.dokument, "Bescheid", erneuern, List.of(stationen))));
        return id;
    }

    private void erledige(Amt amt, Anmeldung wer, Station station, Ergebnis wie) {
        erledige(amt, wer, station.id(), wie, 1);
    }

    private void erledige(Amt amt, Anmeldung wer, UUID station, Ergebnis wie, int runde) {
        als(amt.mandant(), () -> gang.erledige(wer, station, new Antwort(wie, "weil es so ist", runde, null)));
    }

    private List<UUID> offene(Amt amt, Anmeldung wer, Gruppe gruppe) {
        return als(
                amt.mandant(),
                () -> aufgaben.seite(wer.person(), gruppe, null, Reihenfolge.FRIST, Stelle.ANFANG, 50).zeilen().stream()
                        .map(Aufgaben.Aufgabe::id)
                        .toList());
    }

    private boolean sieht(Amt amt, Anmeldung wer) {
        return als(
                amt.mandant(),
                () -> vorgaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), amt.vorgang)
                        .isPresent());
    }

    private String stand(Amt amt, UUID laufweg) {
        return als(
                amt.mandant(),
                () -> jdbc.sql("SELECT stand FROM laufweg WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), laufweg)
                        .query(String.class)
                        .single());
    }

    private UUID neueVersion(Amt amt, Anmeldung wer) {
        var id = Kennung.neu();
        var bytes = Mandantenkontext.als(
                amt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("geändert".getBytes(StandardCharsets.UTF_8))));
        als(
                amt.mandant(),
                () -> dokumente.neueVersion(wer, id, amt.dokument, dateien.aufnehmen(bytes, "Bescheid.txt")));
        return id;
    }

    @Test
    void ein_laufweg_von_station_zu_station_und_rechte_nur_solange_die_aufgabe_laeuft() {
        var amt = amt();
        var stellung = station(1, Stationsart.STELLUNGNAHME, an(amt.petra()));
        var mit = station(2, Stationsart.MITZEICHNUNG, an(amt.joerg));
        var schluss = station(3, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        assertThat(sieht(amt, amt.petra())).isFalse();
        var laufweg = beginne(amt, false, stellung, mit, schluss);

        assertThat(sieht(amt, amt.petra())).isTrue();
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).containsExactly(stellung.id());
        assertThat(offene(amt, amt.joerg, Gruppe.MIR)).isEmpty();
        erledige(amt, amt.petra(), stellung, Ergebnis.STELLUNG);
        assertThat(sieht(amt, amt.petra())).isFalse();
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).isEmpty();

        erledige(amt, amt.joerg, mit, Ergebnis.GEZEICHNET);
        erledige(amt, amt.karin, schluss, Ergebnis.GEZEICHNET);
        assertThat(stand(amt, laufweg)).isEqualTo("abgeschlossen");
        var vermerke = als(
                amt.mandant(),
                () -> jdbc.sql(
                                "SELECT art || ' ' || ergebnis || ' ' || zusatz FROM zeichnung WHERE mandant_id = ? AND dokument_id = ? AND version_id IS NOT NULL ORDER BY zeit")
                        .params(amt.mandant(), amt.dokument)
                        .query(String.class)
                        .list());
        assertThat(vermerke)
                .containsExactly(
                        "stellungnahme stellung ", "mitzeichnung gezeichnet ", "schlusszeichnung gezeichnet i. A.");
        als(
                amt.mandant(),
                () -> assertThat(jdbc.sql("SELECT count(*) FROM aufgabenrecht WHERE mandant_id = ?")
                                .param(amt.mandant())
                                .query(Long.class)
                                .single())
                        .isZero());
    }

    @Test
    void parallel_geht_es_erst_weiter_wenn_alle_fertig_sind() {
        var amt = amt();
        var eine = new Station(
                Kennung.neu(),
                1,
                1,
                1,
                Stationsart.MITZEICHNUNG,
                an(amt.joerg),
                "",
                null,
                null,
                false,
                null,
                null,
                null);
        var andere = new Station(
                Kennung.neu(), 1, 2, 1, Stationsart.KENNTNIS, an(amt.petra()), "", null, null, false, null, null, null);
        var danach = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        beginne(amt, false, eine, andere, danach);
        erledige(amt, amt.petra(), andere, Ergebnis.KENNTNIS);
        assertThat(offene(amt, amt.karin, Gruppe.MIR)).isEmpty();
        erledige(amt, amt.joerg, eine, Ergebnis.GEZEICHNET);
        assertThat(offene(amt, amt.karin, Gruppe.MIR)).containsExactly(danach.id());
    }

    @Test
    void zurueckgegeben_beginnt_die_fruehere_station_neu_und_wer_zu_spaet_kommt_erfaehrt_es() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        beginne(amt, false, mit, schluss);
        erledige(amt, amt.joerg, mit, Ergebnis.GEZEICHNET);
        als(amt.mandant(), () -> gang.gibZurueck(amt.karin, schluss.id(), mit.id(), "Auflage 4 fehlt", 1));

        assertThat(offene(amt, amt.joerg, Gruppe.ZURUECK)).containsExactly(mit.id());
        assertThatThrownBy(() -> erledige(amt, amt.karin, schluss, Ergebnis.GEZEICHNET))
                .isInstanceOfSatisfying(
                        Abgelehnt.class, e -> assertThat(e.getMessage()).contains("wartet wieder", "nicht ausgeführt"));
        // A tab from before the Rückgabe signs the wrong round.
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> gang.erledige(amt.joerg, mit.id(), new Antwort(Ergebnis.ABGELEHNT, "alt", 1, null))))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("neu begonnen");
        erledige(amt, amt.joerg, mit.id(), Ergebnis.GEZEICHNET, 2);
        assertThat(offene(amt, amt.karin, Gruppe.ZURUECK)).containsExactly(schluss.id());
    }

    @Test
    void zum_entwurf_zurueck_bekommt_es_wer_es_auf_den_weg_gebracht_hat() {
        var amt = amt();
        var schluss = station(1, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        beginne(amt, false, schluss);
        var entwurf = als(
                amt.mandant(),
                () -> jdbc.sql("SELECT id FROM station WHERE mandant_id = ? AND art = 'entwurf'")
                        .param(amt.mandant())
                        .query(UUID.class)
                        .single());
        als(amt.mandant(), () -> gang.gibZurueck(amt.karin, schluss.id(), entwurf, "Bitte neu", 1));
        assertThat(offene(amt, amt.anja(), Gruppe.ZURUECK)).containsExactly(entwurf);
        erledige(amt, amt.anja(), entwurf, Ergebnis.ERLEDIGT, 2);
        assertThat(offene(amt, amt.karin, Gruppe.ZURUECK)).containsExactly(schluss.id());
    }

    @Test
    void zwei_die_gleichzeitig_zeichnen_zeichnen_einmal() throws Exception {
        var amt = amt();
        var team = new Empfaenger("einheit", amt.stadt.tiefbau());
        var mit = station(1, Stationsart.MITZEICHNUNG, team);
        beginne(amt, false, mit);
        assertThat(offene(amt, amt.joerg, Gruppe.EINHEIT)).containsExactly(mit.id());
        var ausgaenge = new ArrayList<String>();
        try (var leute = Executors.newFixedThreadPool(2)) {
            Callable<String> anja = () -> ausgang(amt, amt.anja(), mit);
            Callable<String> joerg = () -> ausgang(amt, amt.joerg, mit);
            for (var ergebnis : leute.invokeAll(List.of(anja, joerg))) {
                ausgaenge.add(ergebnis.get());
            }
        }
        assertThat(ausgaenge).contains("gezeichnet");
        assertThat(ausgaenge.stream().filter(a -> a.contains("schon erledigt: von")))
                .hasSize(1);
        // And the same person twice is simply done.
        assertThat(zeichnungen(amt)).isEqualTo(1);
        var schneller = ausgaenge.getFirst().equals("gezeichnet") ? amt.anja() : amt.joerg;
        erledige(amt, schneller, mit, Ergebnis.GEZEICHNET);
        assertThat(zeichnungen(amt)).isEqualTo(1);
    }

    private String ausgang(Amt amt, Anmeldung wer, Station station) {
        try {
            erledige(amt, wer, station, Ergebnis.GEZEICHNET);
            return "gezeichnet";
        } catch (Abgelehnt e) {
            return String.valueOf(e.getMessage());
        }
    }

    private long zeichnungen(Amt amt) {
        return als(
                amt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM zeichnung WHERE mandant_id = ?")
                        .param(amt.mandant())
                        .query(Long.class)
                        .single());
    }

    @Test
    void aus_dem_postkorb_der_einheit_genommen_hat_sie_einer_und_legt_sie_zurueck() {
        var amt = amt();
        var arbeit = station(1, Stationsart.BEARBEITUNG, new Empfaenger("einheit", amt.stadt.tiefbau()));
        beginne(amt, false, arbeit);
        als(amt.mandant(), () -> gang.nimm(amt.joerg, arbeit.id(), false));
        assertThat(offene(amt, amt.joerg, Gruppe.MIR)).containsExactly(arbeit.id());
        assertThat(offene(amt, amt.anja(), Gruppe.EINHEIT)).containsExactly(arbeit.id());
        assertThatThrownBy(() -> als(amt.mandant(), () -> gang.nimm(amt.anja(), arbeit.id(), false)))
                .hasMessageContaining("Jörg Sander hat die Aufgabe schon genommen");
        als(amt.mandant(), () -> gang.legeZurueck(amt.joerg, arbeit.id()));
        assertThat(offene(amt, amt.joerg, Gruppe.EINHEIT)).containsExactly(arbeit.id());
        als(amt.mandant(), () -> gang.gibWeiter(amt.joerg, arbeit.id(), an(amt.petra()), "Ordnungssache"));
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).containsExactly(arbeit.id());
        assertThat(offene(amt, amt.joerg, Gruppe.EINHEIT)).isEmpty();
    }

    @Test
    void was_haengen_bliebe_wird_mit_grund_nicht_begonnen() {
        var amt = amt();
        var weg = als(amt.mandant(), () -> {
            var id = personen.nimmAuf(Protokoll.PROGRAMM, "ist.weg", "Ist", "Weg", null, false);
            jdbc.sql(
                            "UPDATE person SET gueltig_von = now() - interval '2 days', gueltig_bis = now() - interval '1 day' WHERE mandant_id = ? AND id = ?")
                    .params(amt.mandant(), id)
                    .update();
            return id;
        });
        var leer = als(amt.mandant(), () -> einheiten.richteEin(Protokoll.PROGRAMM, "FD 99", "Niemand", null));
        assertThat(grund(amt, station(1, Stationsart.KENNTNIS, new Empfaenger("person", weg))))
                .contains("nicht mehr im Haus");
        assertThat(grund(amt, station(1, Stationsart.KENNTNIS, new Empfaenger("einheit", leer))))
                .contains("ginge an niemanden");
        assertThat(grund(amt, station(1, Stationsart.SCHLUSSZEICHNUNG, an(amt.joerg))))
                .contains("Zeichnungsbefugnis");
        assertThat(grund(
                        amt,
                        new Station(
                                Kennung.neu(),
                                1,
                                1,
                                1,
                                Stationsart.BEARBEITUNG,
                                an(amt.joerg),
                                "",
                                null,
                                LocalDate.now(Anzeige.ZONE).minusDays(3),
                                false,
                                null,
                                null,
                                null)))
                .contains("Vergangenheit");
        assertThat(grund(
                        amt,
                        station(1, Stationsart.ZDA, an(amt.anja())),
                        station(2, Stationsart.KENNTNIS, an(amt.joerg))))
                .contains("ans Ende");
        var erste = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg));
        assertThat(grund(amt, erste, vierAugen(2, an(amt.joerg), erste))).contains("vier Augen", "Jörg Sander");
        var viele = new ArrayList<Station>();
        for (int i = 1; i <= 300; i++) {
            viele.add(station(i, Stationsart.KENNTNIS, an(amt.joerg)));
        }
        assertThat(grund(amt, viele.toArray(Station[]::new))).contains("300 Stationen");
        assertThat(grund(amt)).contains("keine Station");
        als(
                amt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, grund) SELECT ?, ?, ?, akte_id, 'Befangenheit' FROM vorgang WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), Kennung.neu(), amt.joerg.person(), amt.mandant(), amt.vorgang)
                        .update());
        assertThat(grund(amt, station(1, Stationsart.KENNTNIS, an(amt.joerg)))).contains("Befangenheit");
    }

    private static Station vierAugen(int block, Empfaenger an, Station mit) {
        return new Station(
                Kennung.neu(), block, 1, 1, Stationsart.MITZEICHNUNG, an, "", null, null, false, mit.id(), null, null);
    }

    private String grund(Amt amt, Station... stationen) {
        var vorher = als(
                amt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM laufweg WHERE mandant_id = ?")
                        .param(amt.mandant())
                        .query(Long.class)
                        .single());
        try {
            beginne(amt, false, stationen);
            return "begonnen";
        } catch (Abgelehnt e) {
            var nachher = als(
                    amt.mandant(),
                    () -> jdbc.sql("SELECT count(*) FROM laufweg WHERE mandant_id = ?")
                            .param(amt.mandant())
                            .query(Long.class)
                            .single());
            assertThat(nachher).isEqualTo(vorher);
            return String.valueOf(e.getMessage());
        }
    }

    private void vertritt(Amt amt, Anmeldung wer, Anmeldung wen) {
        als(
                amt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, eingetragen_von) VALUES (?, ?, ?, ?, heute(), heute() + 3, ?)")
                        .params(amt.mandant(), Kennung.neu(), wen.person(), wer.person(), wen.person())
                        .update());
    }

    @Test
    void vertreten_wird_mit_zusatz_gezeichnet_und_niemand_zweimal_ueber_eine_kette() {
        var amt = amt();
        // Karin is away, Jörg stands in for her; Jörg is away, Petra stands in for him.
        vertritt(amt, amt.joerg, amt.karin);
        var schluss = station(1, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        var erste = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg));
        assertThat(grund(amt, erste, vierAugen(2, an(amt.karin), erste))).contains("wegen einer Vertretung");

        var laufweg = beginne(amt, false, schluss);
        assertThat(offene(amt, amt.joerg, Gruppe.VERTRETUNG)).containsExactly(schluss.id());
        assertThat(offene(amt, amt.karin, Gruppe.MIR)).containsExactly(schluss.id());
        erledige(amt, amt.joerg, schluss, Ergebnis.GEZEICHNET);
        assertThat(stand(amt, laufweg)).isEqualTo("abgeschlossen");
        als(
                amt.mandant(),
                () -> assertThat(jdbc.sql("SELECT zusatz FROM zeichnung WHERE mandant_id = ? AND fuer_id = ?")
                                .params(amt.mandant(), amt.karin.person())
                                .query(String.class)
                                .single())
                        .isEqualTo("i. A."));

        // Begun before the absence: at the second station of the pair the deputy of the deputy is refused.
        var a = station(1, Stationsart.MITZEICHNUNG, new Empfaenger("einheit", amt.stadt.tiefbau()));
        var b = vierAugen(2, new Empfaenger("einheit", amt.stadt.tiefbau()), a);
        beginne(amt, false, a, b);
        erledige(amt, amt.joerg, a, Ergebnis.GEZEICHNET);
        assertThatThrownBy(() -> erledige(amt, amt.joerg, b, Ergebnis.GEZEICHNET))
                .hasMessageContaining("Vier-Augen-Prinzip");
        erledige(amt, amt.anja(), b, Ergebnis.GEZEICHNET);
    }

    @Test
    void persoenliches_geht_nicht_an_die_vertretung() {
        var amt = amt();
        vertritt(amt, amt.petra(), amt.karin);
        var persoenlich = new Station(
                Kennung.neu(), 1, 1, 1, Stationsart.KENNTNIS, an(amt.karin), "", null, null, true, null, null, null);
        beginne(amt, false, persoenlich);
        assertThat(offene(amt, amt.petra(), Gruppe.VERTRETUNG)).isEmpty();
        assertThat(sieht(amt, amt.petra())).isFalse();
        assertThatThrownBy(() -> erledige(amt, amt.petra(), persoenlich, Ergebnis.KENNTNIS))
                .isInstanceOf(NichtGefunden.class);
        erledige(amt, amt.karin, persoenlich, Ergebnis.KENNTNIS);
    }

    @Test
    void eine_neue_version_laesst_noch_einmal_zeichnen_wo_der_laufweg_es_verlangt() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        beginne(amt, true, mit, schluss);
        var alteVersion = als(
                amt.mandant(),
                () -> jdbc.sql("SELECT id FROM version WHERE mandant_id = ? AND dokument_id = ?")
                        .params(amt.mandant(), amt.dokument)
                        .query(UUID.class)
                        .single());
        erledige(amt, amt.joerg, mit, Ergebnis.GEZEICHNET);
        neueVersion(amt, amt.anja());
        assertThat(offene(amt, amt.joerg, Gruppe.ZURUECK)).containsExactly(mit.id());
        assertThat(offene(amt, amt.karin, Gruppe.MIR)).isEmpty();
        // Whoever looked at the earlier Version is told so.
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> gang.erledige(amt.joerg, mit.id(), new Antwort(Ergebnis.GEZEICHNET, "", 2, alteVersion))))
                .hasMessageContaining("Version 2");
        erledige(amt, amt.joerg, mit.id(), Ergebnis.GEZEICHNET, 2);

        // With a change of her own, Karin signs first; then the others are asked.
        assertThatThrownBy(() -> erledige(amt, amt.karin, schluss, Ergebnis.GEAENDERT))
                .hasMessageContaining("noch keine geänderte Version");
        neueVersion(amt, amt.karin);
        assertThat(offene(amt, amt.joerg, Gruppe.ZURUECK)).isEmpty();
        erledige(amt, amt.karin, schluss, Ergebnis.GEAENDERT);
        assertThat(offene(amt, amt.joerg, Gruppe.ZURUECK)).containsExactly(mit.id());
    }

    @Test
    void abgelehnt_zurueckgeholt_uebersprungen_eingefuegt() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        var abgelehnt = beginne(amt, false, mit, schluss);
        erledige(amt, amt.joerg, mit, Ergebnis.ABGELEHNT);
        assertThat(stand(amt, abgelehnt)).isEqualTo("abgelehnt");
        assertThat(offene(amt, amt.karin, Gruppe.MIR)).isEmpty();

        var a = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg));
        var b = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin));
        var laufweg = beginne(amt, false, a, b);
        var neu = station(9, Stationsart.STELLUNGNAHME, an(amt.petra()));
        als(amt.mandant(), () -> gang.fuegeEin(amt.anja(), a.id(), false, neu));
        assertThatThrownBy(() -> als(amt.mandant(), () -> gang.ueberspringe(amt.petra(), a.id(), "so")))
                .isInstanceOf(NichtGefunden.class);
        als(amt.mandant(), () -> gang.ueberspringe(amt.anja(), a.id(), "Urlaub"));
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).containsExactly(neu.id());
        assertThatThrownBy(() -> als(amt.mandant(), () -> vorgaenge.schliesse(amt.anja(), amt.vorgang)))
                .hasMessageContaining("noch unterwegs");
        als(amt.mandant(), () -> gang.holeZurueck(amt.anja(), laufweg, "Antrag zurückgenommen"));
        assertThat(stand(amt, laufweg)).isEqualTo("zurueckgeholt");
        assertThat(sieht(amt, amt.petra())).isFalse();
        assertThatThrownBy(() -> erledige(amt, amt.petra(), neu, Ergebnis.STELLUNG))
                .hasMessageContaining("inzwischen beendet");
        als(amt.mandant(), () -> vorgaenge.schliesse(amt.anja(), amt.vorgang));
    }

    @Test
    void die_letzte_station_legt_zu_den_akten_und_bedingungen_werden_verlangt() {
        var amt = amt();
        var bedingt = new Station(
                Kennung.neu(),
                1,
                1,
                1,
                Stationsart.BEARBEITUNG,
                an(amt.joerg),
                "",
                3,
                null,
                false,
                null,
                "dokument",
                "Gutachten");
        var zda = station(2, Stationsart.ZDA, an(amt.petra()));
        beginne(amt, false, bedingt, zda);
        assertThatThrownBy(() -> erledige(amt, amt.joerg, bedingt, Ergebnis.ERLEDIGT))
                .hasMessageContaining("Gutachten");
        als(
                amt.mandant(),
                () -> jdbc.sql("UPDATE dokument SET dokumentart = 'Gutachten' WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), amt.dokument)
                        .update());
        erledige(amt, amt.joerg, bedingt, Ergebnis.ERLEDIGT);
        erledige(amt, amt.petra(), zda, Ergebnis.ERLEDIGT);
        als(
                amt.mandant(),
                () -> assertThat(vorgaenge
                                .vorgang(berechtigungen.sicht(amt.anja().person(), Recht.LESEN), amt.vorgang)
                                .offen())
                        .isFalse());
    }

    @Test
    void wer_nichts_damit_zu_tun_hat_erfaehrt_nichts_und_zaehlt_null() {
        var amt = amt();
        var fremd = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg));
        var laufweg = beginne(amt, false, mit);
        for (var wer : List.of(amt.petra(), fremd.anja())) {
            var mandant = wer.mandant().equals(amt.mandant()) ? amt.mandant() : fremd.mandant();
            List<Runnable> taten = List.of(
                    () -> gang.erledige(wer, mit.id(), new Antwort(Ergebnis.GEZEICHNET, "", 1, null)),
                    () -> gang.nimm(wer, mit.id(), true),
                    () -> gang.gibWeiter(wer, mit.id(), an(wer), ""),
                    () -> gang.ueberspringe(wer, mit.id(), "x"),
                    () -> gang.holeZurueck(wer, laufweg, "x"),
                    () -> gang.fuegeEin(wer, mit.id(), false, station(1, Stationsart.KENNTNIS, an(wer))));
            for (var tat : taten) {
                assertThatThrownBy(() -> als(mandant, tat)).isInstanceOf(NichtGefunden.class);
            }
            als(mandant, () -> {
                assertThat(aufgaben.anzahlen(wer.person()).values()).allMatch(a -> a.zahl() == 0);
                assertThat(aufgaben.finde(wer.person(), mit.id())).isEmpty();
            });
        }
        als(amt.mandant(), () -> {
            assertThat(aufgaben.anzahlen(amt.joerg.person()).get(Gruppe.MIR).zahl())
                    .isEqualTo(1);
            assertThat(aufgaben.anzahlUnterwegs(berechtigungen.sicht(amt.anja().person(), Recht.LESEN))
                            .zahl())
                    .isEqualTo(1);
            assertThat(aufgaben.anzahlUnterwegs(berechtigungen.sicht(amt.petra().person(), Recht.LESEN))
                            .zahl())
                    .isZero();
        });
    }
}
