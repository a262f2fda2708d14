package de.federwerk.stand;

import de.federwerk.Antragsteller;
import de.federwerk.antrag.Antragswege;
import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.formular.Formularpflege;
import de.federwerk.leistung.Katalogdatei;
import de.federwerk.leistung.Leistungspflege;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.portal.Portaltor;
import de.federwerk.protokoll.Protokoll;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Citizens of the Portal: a page of a form, the way of one Antrag to the Postkorb, and a stream of them, each with a file of 200 KB. */
final class Beantragen implements Szenario {

    private static final String LEISTUNG = "allgemeines-anliegen";
    private static final int ZUGLEICH = 6;
    private static final int BYTES = 200_000;

    private final AtomicInteger adressen = new AtomicInteger();

    @Override
    public String name() {
        return "portal";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        richteEin(haus);
        haus.bisRuhe();
        // The Portal of another host name than that of the house, and for no longer than this.
        hostname(haus, "'127.0.0.1'");
        try {
            var ergebnisse = new ArrayList<Ergebnis>();
            ergebnisse.add(Ergebnis.wert(
                    "portal-seite", umfang.dokumente(), seite(haus, umfang).p95(), "<150"));
            ergebnisse.add(Ergebnis.wert(
                    "portal-postkorb",
                    umfang.dokumente(),
                    postkorb(haus, umfang).p95(),
                    "<2000"));
            ergebnisse.add(Ergebnis.wert("portal-strom", umfang.dokumente(), strom(haus, umfang), ">=20"));
            haus.bisRuhe();
            return ergebnisse;
        } finally {
            hostname(haus, "NULL");
        }
    }

    private static void hostname(Haus haus, String name) throws SQLException {
        try (var verbindung = haus.eigner();
                var sql = verbindung.createStatement()) {
            sql.execute("UPDATE mandant SET hostname = %s WHERE id = '%s'".formatted(name, haus.mandant()));
        }
    }

    /** As a town does it once: the forms and Leistungen that come along, one of them published, and where its Anträge go. */
    private static void richteEin(Haus haus) {
        var schreibt = Ort.anmeldung(haus, Stadtbau.WENIG);
        var gibtFrei = Ort.anmeldung(haus, Stadtbau.VIEL);
        var position = Ort.riesenposition(haus);
        haus.als(() -> {
            var personen = haus.bohne(Personen.class);
            personen.gib(Protokoll.PROGRAMM, schreibt.person(), Rolle.LEISTUNGEN);
            personen.gib(Protokoll.PROGRAMM, gibtFrei.person(), Rolle.LEISTUNGEN);
            haus.bohne(Formularpflege.class).nimmMitgelieferte(Protokoll.PROGRAMM);
            haus.bohne(Katalogdatei.class).uebernimmMitgelieferte(schreibt);
            var leistung = id(haus, "SELECT id FROM leistung WHERE mandant_id = ? AND kurzname = '" + LEISTUNG + "'");
            if (anzahl(haus, "SELECT count(*) FROM antragsweg WHERE mandant_id = ?") > 0) {
                return;
            }
            haus.bohne(Leistungspflege.class).legeVor(schreibt, leistung);
            haus.bohne(Leistungspflege.class).gibFrei(gibtFrei, leistung);
            var einheit = id(haus, "SELECT id FROM einheit WHERE mandant_id = ? ORDER BY kuerzel DESC LIMIT 1");
            haus.bohne(Antragswege.class).setze(gibtFrei, new Weg(leistung, position, einheit, false, 10, true, 0));
        });
    }

    private static UUID id(Haus haus, String sql) {
        return haus.jdbc()
                .sql(sql)
                .param(Mandantenkontext.mandant())
                .query(UUID.class)
                .single();
    }

    private static long anzahl(Haus haus, String sql) {
        return haus.jdbc()
                .sql(sql)
                .param(Mandantenkontext.mandant())
                .query(Long.class)
                .single();
    }

    private Messreihe seite(Haus haus, Umfang umfang) throws UnknownHostException {
        var mensch = mensch(haus);
        var antrag = mensch.fuelleAus("Seite", anlage(0));
        var reihe = new Messreihe();
        for (int i = -umfang.je(50, 0); i < umfang.je(100, 1); i++) {
            long beginn = System.nanoTime();
            var antwort = mensch.seite(antrag, "anliegen");
            if (antwort.status() != 200) {
                throw new IllegalStateException("Seite: " + antwort.status());
            }
            if (i >= 0) {
                reihe.nimm((System.nanoTime() - beginn) / 1e6);
            }
        }
        return reihe;
    }

    /** From „Absenden“ until it is a task of the unit, one after the other. */
    private Messreihe postkorb(Haus haus, Umfang umfang) throws Exception {
        var reihe = new Messreihe();
        for (int i = -umfang.je(20, 0); i < umfang.je(40, 1); i++) {
            var mensch = mensch(haus);
            var antrag = mensch.fuelleAus("Postkorb " + i, anlage(i));
            long beginn = System.nanoTime();
            mensch.sende(antrag);
            while (haus.als(() -> anzahl(
                            haus,
                            "SELECT count(*) FROM antragsvorgang WHERE mandant_id = ? AND antrag_id = '" + antrag
                                    + "'"))
                    == 0) {
                Thread.sleep(5);
            }
            if (i >= 0) {
                reihe.nimm((System.nanoTime() - beginn) / 1e6);
            }
        }
        return reihe;
    }

    /** Whole Anträge, from the first page on, until the last of them lies in its Akte. @return of them in a second */
    private double strom(Haus haus, Umfang umfang) throws Exception {
        int viele = umfang.je(600, 4);
        long vorher = veraktete(haus);
        long beginn = System.nanoTime();
        try (var faeden = Executors.newFixedThreadPool(ZUGLEICH)) {
            var alle = new ArrayList<Future<?>>();
            for (int i = 0; i < viele; i++) {
                int nr = i;
                alle.add(faeden.submit(() -> {
                    var mensch = mensch(haus);
                    return mensch.sende(mensch.fuelleAus("Strom " + nr, anlage(nr)));
                }));
            }
            for (var einer : alle) {
                einer.get();
            }
        }
        double gesendet = viele / ((System.nanoTime() - beginn) / 1e9);
        while (veraktete(haus) < vorher + viele) {
            Thread.sleep(20);
        }
        double veraktet = viele / ((System.nanoTime() - beginn) / 1e9);
        System.err.printf("portal-strom: %.1f gesendet, %.1f veraktet je Sekunde%n", gesendet, veraktet);
        return veraktet;
    }

    private static long veraktete(Haus haus) {
        return haus.als(() -> anzahl(haus, "SELECT count(*) FROM antragsvorgang WHERE mandant_id = ?"));
    }

    /** Each from an address of her own, as citizens are: the Portal lets none of them ask too often. */
    private Antragsteller mensch(Haus haus) throws UnknownHostException {
        int nr = adressen.incrementAndGet();
        var von = InetAddress.getByAddress(new byte[] {127, 1, (byte) (nr / 250), (byte) (1 + nr % 250)});
        return new Antragsteller(
                "http://127.0.0.1:" + haus.bohne(Portaltor.class).port().orElseThrow(), von);
    }

    /** No two alike, and words to read. */
    private static byte[] anlage(int nr) {
        var zufall = new Random(nr);
        var text = new StringBuilder();
        while (text.length() < BYTES) {
            text.append(Integer.toString(zufall.nextInt(1 << 24), 36)).append(' ');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
