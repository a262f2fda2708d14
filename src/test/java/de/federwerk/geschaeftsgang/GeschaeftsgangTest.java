package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class GeschaeftsgangTest extends Amtstest {

    @Test
    void ein_laufweg_von_station_zu_station_und_rechte_nur_solange_die_aufgabe_laeuft() {
        var amt = amt();
        var stellung = station(1, Stationsart.STELLUNGNAHME, an(amt.petra()));
        var mit = station(2, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var schluss = station(3, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        assertThat(sieht(amt, amt.petra())).isFalse();
        var laufweg = beginne(amt, false, stellung, mit, schluss);

        assertThat(sieht(amt, amt.petra())).isTrue();
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).containsExactly(stellung.id());
        assertThat(offene(amt, amt.joerg(), Gruppe.MIR)).isEmpty();
        erledige(amt, amt.petra(), stellung, Ergebnis.STELLUNG);
        assertThat(sieht(amt, amt.petra())).isFalse();
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).isEmpty();

        erledige(amt, amt.joerg(), mit, Ergebnis.GEZEICHNET);
        erledige(amt, amt.karin(), schluss, Ergebnis.GEZEICHNET);
        assertThat(stand(amt, laufweg)).isEqualTo("abgeschlossen");
        var vermerke = als(
                amt.mandant(),
                () -> jdbc.sql(
                                "SELECT art || ' ' || ergebnis || ' ' || zusatz FROM zeichnung WHERE mandant_id = ? AND dokument_id = ? AND version_id IS NOT NULL ORDER BY zeit")
                        .params(amt.mandant(), amt.dokument())
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

    @Autowired
    Laufwegansicht ansicht;

    @Test
    void ein_vorgang_ohne_bearbeiter_zeigt_seinen_laufweg_auch_wem_er_nicht_gehoert() {
        var amt = amt();
        var laufweg = beginne(amt, false, station(1, Stationsart.STELLUNGNAHME, an(amt.petra())));
        als(
                amt.stadt().mandant(),
                () -> jdbc.sql("UPDATE vorgang SET bearbeiter_id = NULL WHERE mandant_id = ?")
                        .param(amt.stadt().mandant())
                        .update());
        var weg = als(
                        amt.stadt().mandant(),
                        () -> ansicht.finde(berechtigungen.sicht(amt.petra().person(), Recht.LESEN), laufweg))
                .orElseThrow();
        assertThat(weg.fuehrt()).isFalse();
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
                an(amt.joerg()),
                "",
                null,
                null,
                false,
                null,
                null,
                null);
        var andere = new Station(
                Kennung.neu(), 1, 2, 1, Stationsart.KENNTNIS, an(amt.petra()), "", null, null, false, null, null, null);
        var danach = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        beginne(amt, false, eine, andere, danach);
        erledige(amt, amt.petra(), andere, Ergebnis.KENNTNIS);
        assertThat(offene(amt, amt.karin(), Gruppe.MIR)).isEmpty();
        erledige(amt, amt.joerg(), eine, Ergebnis.GEZEICHNET);
        assertThat(offene(amt, amt.karin(), Gruppe.MIR)).containsExactly(danach.id());
    }

    @Test
    void zurueckgegeben_beginnt_die_fruehere_station_neu_und_wer_zu_spaet_kommt_erfaehrt_es() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        beginne(amt, false, mit, schluss);
        erledige(amt, amt.joerg(), mit, Ergebnis.GEZEICHNET);
        als(amt.mandant(), () -> gang.gibZurueck(amt.karin(), schluss.id(), mit.id(), "Auflage 4 fehlt", 1));

        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).containsExactly(mit.id());
        assertThatThrownBy(() -> erledige(amt, amt.karin(), schluss, Ergebnis.GEZEICHNET))
                .isInstanceOfSatisfying(
                        Abgelehnt.class, e -> assertThat(e.getMessage()).contains("wartet wieder", "nicht ausgeführt"));
        // A tab from before the Rückgabe signs the wrong round.
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> gang.erledige(amt.joerg(), mit.id(), new Antwort(Ergebnis.ABGELEHNT, "alt", 1, null))))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("neu begonnen");
        erledige(amt, amt.joerg(), mit.id(), Ergebnis.GEZEICHNET, 2);
        assertThat(offene(amt, amt.karin(), Gruppe.ZURUECK)).containsExactly(schluss.id());
    }

    @Test
    void zum_entwurf_zurueck_bekommt_es_wer_es_auf_den_weg_gebracht_hat() {
        var amt = amt();
        var schluss = station(1, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        beginne(amt, false, schluss);
        var entwurf = als(
                amt.mandant(),
                () -> jdbc.sql("SELECT id FROM station WHERE mandant_id = ? AND art = 'entwurf'")
                        .param(amt.mandant())
                        .query(UUID.class)
                        .single());
        als(amt.mandant(), () -> gang.gibZurueck(amt.karin(), schluss.id(), entwurf, "Bitte neu", 1));
        assertThat(offene(amt, amt.anja(), Gruppe.ZURUECK)).containsExactly(entwurf);
        erledige(amt, amt.anja(), entwurf, Ergebnis.ERLEDIGT, 2);
        assertThat(offene(amt, amt.karin(), Gruppe.ZURUECK)).containsExactly(schluss.id());
    }

    @Test
    void aus_dem_postkorb_der_einheit_genommen_hat_sie_einer_und_legt_sie_zurueck() {
        var amt = amt();
        var arbeit = station(
                1,
                Stationsart.BEARBEITUNG,
                new Empfaenger("einheit", amt.stadt().tiefbau()));
        beginne(amt, false, arbeit);
        als(amt.mandant(), () -> gang.nimm(amt.joerg(), arbeit.id(), false));
        assertThat(offene(amt, amt.joerg(), Gruppe.MIR)).containsExactly(arbeit.id());
        assertThat(offene(amt, amt.anja(), Gruppe.EINHEIT)).containsExactly(arbeit.id());
        assertThatThrownBy(() -> als(amt.mandant(), () -> gang.nimm(amt.anja(), arbeit.id(), false)))
                .hasMessageContaining("Jörg Sander hat die Aufgabe schon genommen");
        als(amt.mandant(), () -> gang.legeZurueck(amt.joerg(), arbeit.id()));
        assertThat(offene(amt, amt.joerg(), Gruppe.EINHEIT)).containsExactly(arbeit.id());
        als(amt.mandant(), () -> gang.gibWeiter(amt.joerg(), arbeit.id(), an(amt.petra()), "Ordnungssache"));
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).containsExactly(arbeit.id());
        assertThat(offene(amt, amt.joerg(), Gruppe.EINHEIT)).isEmpty();
    }

    @Test
    void was_eingeschraenkt_ist_geht_an_niemanden_weiter_und_laesst_sich_zurueckholen() {
        var amt = amt();
        var kenntnis = station(1, Stationsart.KENNTNIS, an(amt.joerg()));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        var laufweg = beginne(amt, false, kenntnis, schluss);
        als(
                amt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO einschraenkung (mandant_id, id, art, objekt_id, grund, begruendung, gesetzt_von)"
                                        + " VALUES (?, ?, 'dokument', ?, 'WIDERSPRUCH', 'x', ?)")
                        .params(
                                amt.mandant(),
                                Kennung.neu(),
                                amt.dokument(),
                                amt.anja().person())
                        .update());
        List<Runnable> taten = List.of(
                () -> gang.gibWeiter(amt.joerg(), kenntnis.id(), an(amt.petra()), ""),
                () -> gang.fuegeEin(amt.anja(), kenntnis.id(), true, station(1, Stationsart.KENNTNIS, an(amt.petra()))),
                () -> gang.ueberspringe(amt.anja(), kenntnis.id(), "Urlaub"),
                () -> gang.erledige(amt.joerg(), kenntnis.id(), new Antwort(Ergebnis.KENNTNIS, "", 1, null)));
        for (var tat : taten) {
            assertThatThrownBy(() -> als(amt.mandant(), tat))
                    .isInstanceOf(Abgelehnt.class)
                    .hasMessageContaining("Art. 18 DSGVO");
        }
        assertThat(offene(amt, amt.joerg(), Gruppe.MIR)).containsExactly(kenntnis.id());
        assertThat(sieht(amt, amt.petra())).isFalse();
        // A head gives the task of somebody who is away to another: who answers for it may change.
        als(amt.mandant(), () -> gang.verteileUm(amt.karin(), kenntnis.id(), an(amt.joerg()), an(amt.anja()), "krank"));
        als(amt.mandant(), () -> gang.holeZurueck(amt.anja(), laufweg, "Widerspruch"));
        assertThat(stand(amt, laufweg)).isEqualTo("zurueckgeholt");
    }

    @Test
    void eine_neue_version_laesst_noch_einmal_zeichnen_wo_der_laufweg_es_verlangt() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        beginne(amt, true, mit, schluss);
        var alteVersion = als(
                amt.mandant(),
                () -> jdbc.sql("SELECT id FROM version WHERE mandant_id = ? AND dokument_id = ?")
                        .params(amt.mandant(), amt.dokument())
                        .query(UUID.class)
                        .single());
        erledige(amt, amt.joerg(), mit, Ergebnis.GEZEICHNET);
        neueVersion(amt, amt.anja());
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).containsExactly(mit.id());
        assertThat(offene(amt, amt.karin(), Gruppe.MIR)).isEmpty();
        // Whoever looked at the earlier Version is told so.
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> gang.erledige(
                                amt.joerg(), mit.id(), new Antwort(Ergebnis.GEZEICHNET, "", 2, alteVersion))))
                .hasMessageContaining("Version 2");
        erledige(amt, amt.joerg(), mit.id(), Ergebnis.GEZEICHNET, 2);

        // With a change of her own, Karin signs first; then the others are asked.
        assertThatThrownBy(() -> erledige(amt, amt.karin(), schluss, Ergebnis.GEAENDERT))
                .hasMessageContaining("noch keine geänderte Version");
        neueVersion(amt, amt.karin());
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).isEmpty();
        erledige(amt, amt.karin(), schluss, Ergebnis.GEAENDERT);
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).containsExactly(mit.id());
    }

    @Test
    void abgelehnt_zurueckgeholt_uebersprungen_eingefuegt() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        var abgelehnt = beginne(amt, false, mit, schluss);
        erledige(amt, amt.joerg(), mit, Ergebnis.ABGELEHNT);
        assertThat(stand(amt, abgelehnt)).isEqualTo("abgelehnt");
        assertThat(offene(amt, amt.karin(), Gruppe.MIR)).isEmpty();

        var a = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var b = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        var laufweg = beginne(amt, false, a, b);
        var neu = station(9, Stationsart.STELLUNGNAHME, an(amt.petra()));
        als(amt.mandant(), () -> gang.fuegeEin(amt.anja(), a.id(), false, neu));
        assertThatThrownBy(() -> als(amt.mandant(), () -> gang.ueberspringe(amt.petra(), a.id(), "so")))
                .isInstanceOf(NichtGefunden.class);
        als(amt.mandant(), () -> gang.ueberspringe(amt.anja(), a.id(), "Urlaub"));
        assertThat(offene(amt, amt.petra(), Gruppe.MIR)).containsExactly(neu.id());
        assertThatThrownBy(() -> als(amt.mandant(), () -> vorgaenge.schliesse(amt.anja(), amt.vorgang())))
                .hasMessageContaining("noch unterwegs");
        als(amt.mandant(), () -> gang.holeZurueck(amt.anja(), laufweg, "Antrag zurückgenommen"));
        assertThat(stand(amt, laufweg)).isEqualTo("zurueckgeholt");
        assertThat(sieht(amt, amt.petra())).isFalse();
        assertThatThrownBy(() -> erledige(amt, amt.petra(), neu, Ergebnis.STELLUNG))
                .hasMessageContaining("inzwischen beendet");
        als(amt.mandant(), () -> vorgaenge.schliesse(amt.anja(), amt.vorgang()));
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
                an(amt.joerg()),
                "",
                3,
                null,
                false,
                null,
                "dokument",
                "Gutachten");
        var zda = station(2, Stationsart.ZDA, an(amt.petra()));
        beginne(amt, false, bedingt, zda);
        assertThatThrownBy(() -> erledige(amt, amt.joerg(), bedingt, Ergebnis.ERLEDIGT))
                .hasMessageContaining("Gutachten");
        als(
                amt.mandant(),
                () -> jdbc.sql("UPDATE dokument SET dokumentart = 'Gutachten' WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), amt.dokument())
                        .update());
        erledige(amt, amt.joerg(), bedingt, Ergebnis.ERLEDIGT);
        erledige(amt, amt.petra(), zda, Ergebnis.ERLEDIGT);
        als(
                amt.mandant(),
                () -> assertThat(vorgaenge
                                .vorgang(berechtigungen.sicht(amt.anja().person(), Recht.LESEN), amt.vorgang())
                                .offen())
                        .isFalse());
    }

    @Test
    void wer_nichts_damit_zu_tun_hat_erfaehrt_nichts_und_zaehlt_null() {
        var amt = amt();
        var fremd = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
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
            assertThat(aufgaben.anzahlen(amt.joerg().person()).get(Gruppe.MIR).zahl())
                    .isEqualTo(1);
            assertThat(aufgaben.anzahlUnterwegs(berechtigungen.sicht(amt.anja().person(), Recht.LESEN))
                            .zahl())
                    .isEqualTo(1);
            assertThat(aufgaben.anzahlUnterwegs(berechtigungen.sicht(amt.petra().person(), Recht.LESEN))
                            .zahl())
                    .isZero();
        });
    }

    @Test
    void wer_eine_neue_version_abgelegt_hat_und_dann_anders_weitermacht_vergisst_die_anderen_nicht() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        beginne(amt, true, mit, schluss);
        erledige(amt, amt.joerg(), mit, Ergebnis.GEZEICHNET);
        neueVersion(amt, amt.karin());
        // Not „mit Änderung“, but her own Version all the same.
        erledige(amt, amt.karin(), schluss, Ergebnis.GEZEICHNET);
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).containsExactly(mit.id());
        erledige(amt, amt.joerg(), mit.id(), Ergebnis.GEZEICHNET, 2);
        assertThat(offene(amt, amt.karin(), Gruppe.ZURUECK)).isEmpty();

        var a = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var b = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        beginne(amt, true, a, b);
        erledige(amt, amt.joerg(), a, Ergebnis.GEZEICHNET);
        neueVersion(amt, amt.karin());
        als(amt.mandant(), () -> gang.ueberspringe(amt.anja(), b.id(), "Urlaub"));
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).containsExactly(a.id());
    }

    @Test
    void hinter_zu_den_akten_laesst_sich_nichts_einfuegen() {
        var amt = amt();
        var arbeit = station(1, Stationsart.BEARBEITUNG, an(amt.joerg()));
        var zda = station(2, Stationsart.ZDA, an(amt.petra()));
        var laufweg = beginne(amt, false, arbeit, zda);
        for (var neu : List.of(
                station(9, Stationsart.KENNTNIS, an(amt.petra())), station(9, Stationsart.ZDA, an(amt.petra())))) {
            var nach = neu.art() == Stationsart.ZDA ? arbeit : zda;
            assertThatThrownBy(() -> als(amt.mandant(), () -> gang.fuegeEin(amt.anja(), nach.id(), false, neu)))
                    .hasMessageContaining("letzte Station");
        }
        // Beside it can be done first.
        var daneben = station(9, Stationsart.KENNTNIS, an(amt.joerg()));
        als(amt.mandant(), () -> gang.fuegeEin(amt.anja(), zda.id(), true, daneben));
        erledige(amt, amt.joerg(), arbeit, Ergebnis.ERLEDIGT);
        erledige(amt, amt.joerg(), daneben, Ergebnis.KENNTNIS);
        erledige(amt, amt.petra(), zda, Ergebnis.ERLEDIGT);
        assertThat(stand(amt, laufweg)).isEqualTo("abgeschlossen");
    }

    @Test
    void eine_wiedervorlage_laesst_sich_mit_ihrem_tag_einfuegen() {
        var amt = amt();
        var arbeit = station(1, Stationsart.BEARBEITUNG, an(amt.joerg()));
        beginne(amt, false, arbeit);
        var anja = angemeldet(amt.mandant(), "anja.mueller");
        var pfad = "/stationen/" + arbeit.id() + "/ergaenzung";
        var neu = Kennung.neu();
        for (var tag : List.of("", "morgen", "2020-01-01")) {
            assertThat(anja.sendeVon(
                                    "/postkorb",
                                    pfad,
                                    "neu",
                                    neu.toString(),
                                    "art",
                                    "wiedervorlage",
                                    "an",
                                    "anja.mueller",
                                    "tag",
                                    tag)
                            .status())
                    .as(tag)
                    .isEqualTo(422);
        }
        anja.sendeVon(
                "/postkorb",
                pfad,
                "neu",
                neu.toString(),
                "art",
                "wiedervorlage",
                "an",
                "anja.mueller",
                "tag",
                "2099-12-24");
        assertThat(als(
                        amt.mandant(),
                        () -> jdbc.sql("SELECT art || ' ' || faellig FROM station WHERE id = ?")
                                .param(neu)
                                .query(String.class)
                                .single()))
                .isEqualTo("wiedervorlage 2099-12-24");
    }
}
