package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Two at the same Laufweg at the same time. */
class GleichzeitigTest extends Amtstest {

    @Test
    void zwei_die_gleichzeitig_zeichnen_zeichnen_einmal() throws Exception {
        var amt = amt();
        var team = new Empfaenger("einheit", amt.stadt().tiefbau());
        var mit = station(1, Stationsart.MITZEICHNUNG, team);
        beginne(amt, false, mit);
        assertThat(offene(amt, amt.joerg(), Gruppe.EINHEIT)).containsExactly(mit.id());
        var ausgaenge = new ArrayList<String>();
        try (var leute = Executors.newFixedThreadPool(2)) {
            Callable<String> anja = () -> ausgang(() -> erledige(amt, amt.anja(), mit, Ergebnis.GEZEICHNET));
            Callable<String> joerg = () -> ausgang(() -> erledige(amt, amt.joerg(), mit, Ergebnis.GEZEICHNET));
            for (var ergebnis : leute.invokeAll(List.of(anja, joerg))) {
                ausgaenge.add(ergebnis.get());
            }
        }
        assertThat(ausgaenge).contains("getan");
        assertThat(ausgaenge.stream().filter(a -> a.contains("schon erledigt: von")))
                .hasSize(1);
        // And the same person twice is simply done.
        assertThat(zeichnungen(amt)).isEqualTo(1);
        var schneller = ausgaenge.getFirst().equals("getan") ? amt.anja() : amt.joerg();
        erledige(amt, schneller, mit, Ergebnis.GEZEICHNET);
        assertThat(zeichnungen(amt)).isEqualTo(1);
    }

    private static String ausgang(Runnable tat) {
        try {
            tat.run();
            return "getan";
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
    void waehrend_einer_zeichnet_holt_ein_anderer_zurueck() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var erster = beginne(amt, false, mit);
        assertThat(zugleich(
                        amt,
                        () -> gang.holeZurueck(amt.anja(), erster, "Antrag zurückgenommen"),
                        () -> gang.erledige(amt.joerg(), mit.id(), new Antwort(Ergebnis.GEZEICHNET, "", 1, null))))
                .contains("Laufweg wurde inzwischen beendet", "nicht ausgeführt");
        assertThat(zeichnungen(amt)).isZero();

        var letzte = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var zweiter = beginne(amt, false, letzte);
        assertThat(zugleich(
                        amt,
                        () -> gang.erledige(amt.joerg(), letzte.id(), new Antwort(Ergebnis.GEZEICHNET, "", 1, null)),
                        () -> gang.holeZurueck(amt.anja(), zweiter, "Antrag zurückgenommen")))
                .contains("schon zu Ende");
        assertThat(stand(amt, zweiter)).isEqualTo("abgeschlossen");
        assertThat(zeichnungen(amt)).isEqualTo(1);
    }

    @Test
    void zwei_nehmen_zugleich_und_einer_hat_sie() {
        var amt = amt();
        var arbeit = station(
                1,
                Stationsart.BEARBEITUNG,
                new Empfaenger("einheit", amt.stadt().tiefbau()));
        beginne(amt, false, arbeit);
        assertThat(zugleich(
                        amt,
                        () -> gang.nimm(amt.joerg(), arbeit.id(), false),
                        () -> gang.nimm(amt.anja(), arbeit.id(), false)))
                .contains("Jörg Sander hat die Aufgabe schon genommen");
        assertThat(offene(amt, amt.joerg(), Gruppe.MIR)).containsExactly(arbeit.id());
        assertThat(offene(amt, amt.anja(), Gruppe.EINHEIT)).containsExactly(arbeit.id());
    }

    @Test
    void waehrend_einer_zurueckgibt_zeichnet_eine_andere() {
        var amt = amt();
        var team = new Empfaenger("einheit", amt.stadt().tiefbau());
        var erste = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var zweite = station(2, Stationsart.MITZEICHNUNG, team);
        beginne(amt, false, erste, zweite);
        erledige(amt, amt.joerg(), erste, Ergebnis.GEZEICHNET);
        assertThat(zugleich(
                        amt,
                        () -> gang.gibZurueck(amt.joerg(), zweite.id(), erste.id(), "Auflage 4 fehlt", 1),
                        () -> gang.erledige(amt.anja(), zweite.id(), new Antwort(Ergebnis.GEZEICHNET, "", 1, null))))
                .contains("wartet wieder", "nicht ausgeführt");
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).containsExactly(erste.id());
    }

    @Test
    void in_zwei_fenstern_zugleich_gezeichnet_gelten_vier_augen_doch() {
        var amt = amt();
        var team = new Empfaenger("einheit", amt.stadt().tiefbau());
        var eine = station(1, Stationsart.MITZEICHNUNG, team);
        var andere = new Station(
                Kennung.neu(), 1, 2, 1, Stationsart.MITZEICHNUNG, team, "", null, null, false, eine.id(), null, null);
        beginne(amt, false, eine, andere);
        assertThat(zugleich(
                        amt,
                        () -> gang.erledige(amt.joerg(), andere.id(), new Antwort(Ergebnis.GEZEICHNET, "", 1, null)),
                        () -> gang.erledige(amt.joerg(), eine.id(), new Antwort(Ergebnis.GEZEICHNET, "", 1, null))))
                .contains("Vier-Augen-Prinzip");
        assertThat(zeichnungen(amt)).isEqualTo(1);
    }

    @Test
    void was_zurueckgeholt_wird_waehrend_jemand_eine_version_ablegt_bleibt_zu_ende() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var schluss = station(2, Stationsart.SCHLUSSZEICHNUNG, an(amt.karin()));
        var laufweg = beginne(amt, true, mit, schluss);
        erledige(amt, amt.joerg(), mit, Ergebnis.GEZEICHNET);
        assertThat(zugleich(
                        amt,
                        () -> gang.holeZurueck(amt.anja(), laufweg, "Antrag zurückgenommen"),
                        () -> neueVersion(amt, amt.anja())))
                .isEqualTo("getan");
        assertThat(stand(amt, laufweg)).isEqualTo("zurueckgeholt");
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).isEmpty();
    }

    @Test
    void zu_den_akten_legen_und_eine_version_ablegen_warten_nicht_aufeinander() {
        var amt = amt();
        var mit = station(1, Stationsart.MITZEICHNUNG, an(amt.joerg()));
        var zda = station(2, Stationsart.ZDA, an(amt.petra()));
        beginne(amt, true, mit, zda);
        erledige(amt, amt.joerg(), mit, Ergebnis.GEZEICHNET);
        // The Version is filed by one who holds the Vorgang already; the other must not hold the Laufweg by then.
        assertThat(zugleich(
                        amt,
                        () -> vorgaenge.vermerke(amt.anja(), Kennung.neu(), amt.vorgang(), "Neue Fassung kommt gleich"),
                        () -> gang.erledige(amt.petra(), zda.id(), new Antwort(Ergebnis.ERLEDIGT, "", 1, null)),
                        () -> neueVersion(amt, amt.anja())))
                .contains("wartet wieder");
        assertThat(offene(amt, amt.joerg(), Gruppe.ZURUECK)).containsExactly(mit.id());
    }

    private String zugleich(Amt amt, Runnable erste, Runnable zweite) {
        return zugleich(amt, erste, zweite, () -> {});
    }

    /**
     * The second begins when the first has acted and not yet ended: it must wait for that.
     *
     * @param noch what the first does while the second waits
     * @return what the second is told
     */
    private String zugleich(Amt amt, Runnable erste, Runnable zweite, Runnable noch) {
        try (var leute = Executors.newSingleThreadExecutor()) {
            var ausgang = als(amt.mandant(), () -> {
                erste.run();
                var zweiter = leute.submit(() -> ausgang(() -> als(amt.mandant(), zweite)));
                await("die zweite Person wartet")
                        .pollInSameThread()
                        .until(() -> jdbc.sql(
                                                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))")
                                        .query(Long.class)
                                        .single()
                                > 0);
                noch.run();
                return zweiter;
            });
            return ausgang.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
