package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Aufgaben.Reihenfolge;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** A test in an office with a Vorgang, a Bescheid and those who sign it. */
abstract class Amtstest extends Teststadt {

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
    record Amt(Stadt stadt, Anmeldung joerg, Anmeldung karin, UUID vorgang, UUID dokument) {

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

    Amt amt() {
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

    Anmeldung leitung(Stadt stadt) {
        var id = personen.nimmAuf(Protokoll.PROGRAMM, "karin.ahrens", "Karin", "Ahrens", null, false);
        einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, id);
        var pseudonym = jdbc.sql("SELECT pseudonym FROM person WHERE mandant_id = ? AND id = ?")
                .params(stadt.mandant(), id)
                .query(UUID.class)
                .single();
        return new Anmeldung(stadt.mandant(), id, pseudonym, "Karin Ahrens");
    }

    static Empfaenger an(Anmeldung wer) {
        return new Empfaenger("person", wer.person());
    }

    static Station station(int block, Stationsart art, Empfaenger an) {
        return Station.schlicht(Kennung.neu(), block, art, an);
    }

    UUID beginne(Amt amt, boolean erneuern, Station... stationen) {
        var id = Kennung.neu();
        als(
                amt.mandant(),
                () -> laufwege.beginne(
                        amt.anja(),
                        new Laufwegentwurf(id, amt.vorgang, amt.dokument, "Bescheid", erneuern, List.of(stationen))));
        return id;
    }

    void erledige(Amt amt, Anmeldung wer, Station station, Ergebnis wie) {
        erledige(amt, wer, station.id(), wie, 1);
    }

    void erledige(Amt amt, Anmeldung wer, UUID station, Ergebnis wie, int runde) {
        als(amt.mandant(), () -> gang.erledige(wer, station, new Antwort(wie, "weil es so ist", runde, null)));
    }

    List<UUID> offene(Amt amt, Anmeldung wer, Gruppe gruppe) {
        return als(
                amt.mandant(),
                () -> aufgaben.seite(wer.person(), gruppe, null, Reihenfolge.FRIST, Stelle.ANFANG, 50).zeilen().stream()
                        .map(Aufgaben.Aufgabe::id)
                        .toList());
    }

    boolean sieht(Amt amt, Anmeldung wer) {
        return als(
                amt.mandant(),
                () -> vorgaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), amt.vorgang)
                        .isPresent());
    }

    String stand(Amt amt, UUID laufweg) {
        return als(
                amt.mandant(),
                () -> jdbc.sql("SELECT stand FROM laufweg WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), laufweg)
                        .query(String.class)
                        .single());
    }

    UUID neueVersion(Amt amt, Anmeldung wer) {
        var id = Kennung.neu();
        var bytes = Mandantenkontext.als(
                amt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("geändert".getBytes(StandardCharsets.UTF_8))));
        als(
                amt.mandant(),
                () -> dokumente.neueVersion(wer, id, amt.dokument, dateien.aufnehmen(bytes, "Bescheid.txt")));
        return id;
    }

    static Station vierAugen(int block, Empfaenger an, Station mit) {
        return new Station(
                Kennung.neu(), block, 1, 1, Stationsart.MITZEICHNUNG, an, "", null, null, false, mit.id(), null, null);
    }

    String grund(Amt amt, Station... stationen) {
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

    void vertritt(Amt amt, Anmeldung wer, Anmeldung wen) {
        als(
                amt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, eingetragen_von) VALUES (?, ?, ?, ?, heute(), heute() + 3, ?)")
                        .params(amt.mandant(), Kennung.neu(), wen.person(), wer.person(), wen.person())
                        .update());
    }
}
