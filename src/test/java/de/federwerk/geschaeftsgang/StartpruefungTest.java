package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class StartpruefungTest extends Amtstest {

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
        assertThat(grund(amt, station(1, Stationsart.SCHLUSSZEICHNUNG, an(amt.joerg()))))
                .contains("Zeichnungsbefugnis");
        assertThat(grund(
                        amt,
                        new Station(
                                Kennung.neu(),
                                1,
                                1,
                                1,
                                Stationsart.BEARBEITUNG,
                                an(amt.joerg()),
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
                        station(2, Stationsart.KENNTNIS, an(amt.joerg()))))
                .contains("ans Ende");
        var erste = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        assertThat(grund(amt, erste, vierAugen(2, an(amt.joerg()), erste))).contains("vier Augen", "Jörg Sander");
        var viele = new ArrayList<Station>();
        for (int i = 1; i <= 300; i++) {
            viele.add(station(i, Stationsart.KENNTNIS, an(amt.joerg())));
        }
        assertThat(grund(amt, viele.toArray(Station[]::new))).contains("300 Stationen");
        assertThat(grund(amt)).contains("keine Station");
        als(
                amt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, grund) SELECT ?, ?, ?, akte_id, 'Befangenheit' FROM vorgang WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), Kennung.neu(), amt.joerg().person(), amt.mandant(), amt.vorgang())
                        .update());
        assertThat(grund(amt, station(1, Stationsart.KENNTNIS, an(amt.joerg()))))
                .contains("Befangenheit");
    }
}
