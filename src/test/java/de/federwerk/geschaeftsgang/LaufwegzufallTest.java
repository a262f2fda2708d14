package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Aufgaben.Reihenfolge;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufplan.Ort;
import de.federwerk.geschaeftsgang.Laufplan.Stand;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.organisation.Anmeldung;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Random Laufwege, random acts of random people: what the database holds, and who sees what, against a plain model. */
class LaufwegzufallTest extends Teststadt {

    private static final int WELTEN = 8;
    private static final int TATEN = 25;

    @Autowired
    Laufwege laufwege;

    @Autowired
    Geschaeftsgang gang;

    @Autowired
    Aufgaben aufgaben;

    /** Whom each recipient reaches, and what is open for whom. */
    private static final class Welt {
        final UUID mandant;
        final UUID vorgang;
        final UUID laufweg = Kennung.neu();
        final List<Anmeldung> leute;
        final Map<UUID, Set<UUID>> erreicht;
        final Map<UUID, Empfaenger> empfaenger = new HashMap<>();
        final Map<UUID, Stationsart> arten = new HashMap<>();
        Laufplan plan = new Laufplan(List.of());

        Welt(UUID mandant, UUID vorgang, List<Anmeldung> leute, Map<UUID, Set<UUID>> erreicht) {
            this.mandant = mandant;
            this.vorgang = vorgang;
            this.leute = leute;
            this.erreicht = erreicht;
        }

        boolean hat(Anmeldung wer, UUID station) {
            return erreicht.get(empfaenger.get(station).id()).contains(wer.person());
        }
    }

    @Test
    void was_die_datenbank_haelt_und_wer_was_sieht_stimmt_nach_jeder_tat_mit_dem_modell() {
        for (int saat = 1; saat <= WELTEN; saat++) {
            var zufall = new Random(saat);
            var welt = welt(zufall);
            vergleiche(welt, "Saat " + saat + ", Anfang");
            for (int i = 0; i < TATEN && !welt.plan.fertig(); i++) {
                vergleiche(welt, "Saat " + saat + ", Tat " + i + ": " + tat(welt, zufall));
            }
        }
    }

    private Welt welt(Random zufall) {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Zufall");
        var joerg =
                als(stadt.mandant(), () -> person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.ordnung()));
        var leute = List.of(stadt.anja(), stadt.petra(), joerg);
        var erreicht = new HashMap<UUID, Set<UUID>>();
        leute.forEach(p -> erreicht.put(p.person(), new TreeSet<>(Set.of(p.person()))));
        erreicht.put(stadt.ordnung(), new TreeSet<>(Set.of(stadt.petra().person(), joerg.person())));
        if (zufall.nextBoolean()) {
            // Jörg is away, Petra stands in for him.
            als(
                    stadt.mandant(),
                    () -> jdbc.sql(
                                    "INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, eingetragen_von) VALUES (?, ?, ?, ?, heute(), heute(), ?)")
                            .params(
                                    stadt.mandant(),
                                    Kennung.neu(),
                                    joerg.person(),
                                    stadt.petra().person(),
                                    joerg.person())
                            .update());
            erreicht.get(joerg.person()).add(stadt.petra().person());
        }
        var welt = new Welt(stadt.mandant(), vorgang.id(), leute, erreicht);
        var ziele = List.of(
                new Empfaenger("person", stadt.petra().person()),
                new Empfaenger("person", joerg.person()),
                new Empfaenger("einheit", stadt.ordnung()));
        var stationen = new ArrayList<Station>();
        var orte = new ArrayList<Ort>();
        int block = 1;
        int zweig = 1;
        int platz = 0;
        for (int i = 0; i < 2 + zufall.nextInt(5); i++) {
            switch (i == 0 ? 2 : zufall.nextInt(3)) {
                case 0 -> {
                    block++;
                    zweig = 1;
                    platz = 1;
                }
                case 1 -> {
                    zweig++;
                    platz = 1;
                }
                default -> platz++;
            }
            var ziel = ziele.get(zufall.nextInt(ziele.size()));
            var art = zufall.nextBoolean() ? Stationsart.BEARBEITUNG : Stationsart.KENNTNIS;
            var id = Kennung.neu();
            stationen.add(new Station(id, block, zweig, platz, art, ziel, "", null, null, false, null, null, null));
            orte.add(new Ort(id, block, zweig, platz, Stand.WARTET, 1));
            welt.empfaenger.put(id, ziel);
            welt.arten.put(id, art);
        }
        als(
                stadt.mandant(),
                () -> laufwege.beginne(
                        stadt.anja(),
                        new Laufwegentwurf(welt.laufweg, vorgang.id(), null, "Zufall", false, stationen)));
        var entwurf = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM station WHERE mandant_id = ? AND art = 'entwurf'")
                        .param(stadt.mandant())
                        .query(UUID.class)
                        .single());
        welt.empfaenger.put(entwurf, new Empfaenger("person", stadt.anja().person()));
        welt.arten.put(entwurf, Stationsart.ENTWURF);
        orte.addFirst(new Ort(entwurf, 0, 1, 1, Stand.ERLEDIGT, 1));
        welt.plan = new Laufplan(orte).beginne();
        return welt;
    }

    /** Somebody does something, whether he may or not; the model says what must come of it. */
    private String tat(Welt welt, Random zufall) {
        var wer = welt.leute.get(zufall.nextInt(welt.leute.size()));
        var orte = welt.plan.orte();
        var ort = orte.get(zufall.nextInt(orte.size()));
        boolean darf = welt.hat(wer, ort.id());
        boolean fuehrt = wer.equals(welt.leute.getFirst());
        int was = zufall.nextInt(10);
        if (was < 6) {
            var ergebnis = welt.arten.get(ort.id()).ergebnisse().getFirst();
            boolean geht = darf && ort.stand() == Stand.OFFEN;
            if (versuche(welt, () -> gang.erledige(wer, ort.id(), new Antwort(ergebnis, "", ort.runde(), null)))
                    && geht) {
                welt.plan = welt.plan.erledigt(ort.id());
            } else {
                // Sent once more by the same person it is done already, and nothing happens.
                assertThat(geht).isFalse();
            }
            return "erledigt";
        }
        if (was < 8) {
            var ziel = orte.get(zufall.nextInt(orte.size()));
            boolean geht = darf && ort.stand() == Stand.OFFEN && ziel.stand() == Stand.ERLEDIGT && ziel.vor(ort);
            assertThat(versuche(welt, () -> gang.gibZurueck(wer, ort.id(), ziel.id(), "zurück", ort.runde())))
                    .isEqualTo(geht);
            if (geht) {
                welt.plan = welt.plan.zurueck(ort.id(), ziel.id());
            }
            return "zurückgegeben";
        }
        if (was < 9) {
            boolean geht = fuehrt && !ort.stand().zuEnde();
            assertThat(versuche(welt, () -> gang.ueberspringe(wer, ort.id(), "weg")))
                    .isEqualTo(geht);
            if (geht) {
                welt.plan = welt.plan.uebersprungen(ort.id());
            }
            return "übersprungen";
        }
        var neu = Station.schlicht(
                Kennung.neu(),
                1,
                Stationsart.KENNTNIS,
                new Empfaenger("person", welt.leute.get(1 + zufall.nextInt(2)).person()));
        boolean daneben = zufall.nextBoolean();
        boolean geht = fuehrt && !ort.stand().zuEnde() || darf && ort.stand() == Stand.OFFEN;
        assertThat(versuche(welt, () -> gang.fuegeEin(wer, ort.id(), daneben, neu))).isEqualTo(geht);
        if (geht) {
            welt.empfaenger.put(neu.id(), neu.empfaenger());
            welt.arten.put(neu.id(), neu.art());
            welt.plan = daneben ? welt.plan.daneben(ort.id(), neu.id()) : welt.plan.eingefuegt(ort.id(), neu.id());
        }
        return "eingefügt";
    }

    private boolean versuche(Welt welt, Runnable tat) {
        try {
            als(welt.mandant, tat);
            return true;
        } catch (Abgelehnt | NichtGefunden nein) {
            return false;
        }
    }

    private void vergleiche(Welt welt, String wann) {
        als(welt.mandant, () -> {
            var orte = jdbc.sql("SELECT id, block, zweig, platz, stand, runde FROM station WHERE mandant_id = ?")
                    .param(welt.mandant)
                    .query((z, nr) -> new Ort(
                            z.getObject(1, UUID.class),
                            z.getInt(2),
                            z.getInt(3),
                            z.getInt(4),
                            Stand.von(z.getString(5)),
                            z.getInt(6)))
                    .list();
            assertThat(orte).as(wann).containsExactlyInAnyOrderElementsOf(welt.plan.orte());
            assertThat(jdbc.sql("SELECT aufgabe_id FROM aufgabenrecht WHERE mandant_id = ?")
                            .param(welt.mandant)
                            .query(UUID.class)
                            .set())
                    .as(wann)
                    .isEqualTo(welt.plan.offene());
            assertThat(jdbc.sql("SELECT stand FROM laufweg WHERE mandant_id = ? AND id = ?")
                            .params(welt.mandant, welt.laufweg)
                            .query(String.class)
                            .single())
                    .as(wann)
                    .isEqualTo(welt.plan.fertig() ? "abgeschlossen" : "laeuft");
            for (var wer : welt.leute) {
                var seine = welt.plan.offene().stream()
                        .filter(s -> welt.hat(wer, s))
                        .collect(Collectors.toSet());
                assertThat(offene(wer)).as(wann + ", " + wer.name()).isEqualTo(seine);
                // Anja of tiefbau sees it anyway; the others as long as something of it is theirs.
                assertThat(vorgaenge
                                .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), welt.vorgang)
                                .isPresent())
                        .as(wann + ", " + wer.name() + " sieht")
                        .isEqualTo(wer.equals(welt.leute.getFirst()) || !seine.isEmpty());
            }
        });
    }

    private Set<UUID> offene(Anmeldung wer) {
        var alle = new TreeSet<UUID>();
        for (var gruppe : Gruppe.values()) {
            aufgaben.seite(wer.person(), gruppe, null, Reihenfolge.NEUESTE, Stelle.ANFANG, 100)
                    .zeilen()
                    .forEach(a -> assertThat(alle.add(a.id()))
                            .as("steht in einer Gruppe")
                            .isTrue());
        }
        assertThat(aufgaben.anzahlen(wer.person()).values().stream()
                        .mapToLong(a -> a.zahl())
                        .sum())
                .isEqualTo(alle.size());
        return alle;
    }
}
