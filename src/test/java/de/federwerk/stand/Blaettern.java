package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A Vorgang with 20,000 Dokumente: its first page, and the next Dokument together with the picture of its first page. */
final class Blaettern implements Szenario {

    private static final String TITEL = "Vorgang mit sehr vielen Dokumenten";
    private static final Pattern ERSTE_SEITE = Pattern.compile("src=\"([^\"]+/seiten/1)\"");

    @Override
    public String name() {
        return "blaettern";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        var vorgang = vorgang(haus, umfang);
        haus.bisRuhe();
        var browser = new Browser(haus.adresse());
        if (!browser.melde(Stadtbau.VIEL + "@" + umfang.kuerzel(), Stadtbau.PASSWORT)
                .ziel()
                .equals("/postkorb")) {
            throw new IllegalStateException(Stadtbau.VIEL + " kann sich nicht anmelden");
        }
        var mitte = mitte(haus, vorgang, umfang.je(60, 2));
        var anfang = new Messreihe();
        var naechstes = new Messreihe();
        for (int runde = -umfang.je(15, 0); runde < mitte.size(); runde++) {
            var dokument = mitte.get(Math.max(runde, 0));
            double liste = Messreihe.millisekunden(() -> hole(browser, "/vorgaenge/" + vorgang));
            double blatt = Messreihe.millisekunden(() -> {
                var seite = ERSTE_SEITE.matcher(hole(browser, "/vorgaenge/" + vorgang + "?dokument=" + dokument));
                if (!seite.find()) {
                    throw new IllegalStateException("Das Dokument hat keine Vorschau");
                }
                hole(browser, seite.group(1));
            });
            if (runde >= 0) {
                anfang.nimm(liste);
                naechstes.nimm(blatt);
            }
        }
        return List.of(
                Ergebnis.wert("blaettern-anfang", umfang.dokumente(), anfang.p95(), "<150"),
                Ergebnis.wert("blaettern-naechstes", umfang.dokumente(), naechstes.p95(), "<150"));
    }

    private static String hole(Browser browser, String pfad) {
        var antwort = browser.hole(pfad);
        if (antwort.status() != 200) {
            throw new IllegalStateException(pfad + ": " + antwort.status());
        }
        return antwort.text();
    }

    /** Dokumente that follow each other in the middle of the list. */
    private static List<UUID> mitte(Haus haus, UUID vorgang, int anzahl) {
        return haus.als(() -> haus.jdbc()
                .sql("""
                        SELECT id FROM dokument WHERE mandant_id = ? AND vorgang_id = ? AND nummer > (SELECT max(nummer) / 2 FROM dokument WHERE mandant_id = ? AND vorgang_id = ?)
                         ORDER BY nummer LIMIT ?""")
                .params(Mandantenkontext.mandant(), vorgang, Mandantenkontext.mandant(), vorgang, anzahl)
                .query(UUID.class)
                .list());
    }

    /** Made once per town: a few letters that were filed, the others are rows that name the same files. */
    private static UUID vorgang(Haus haus, Umfang umfang) throws Exception {
        var da = haus.als(() -> haus.jdbc()
                .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND titel = ?")
                .params(Mandantenkontext.mandant(), TITEL)
                .query(UUID.class)
                .optional());
        if (da.isPresent()) {
            return da.get();
        }
        var wer = Ort.anmeldung(haus, Stadtbau.VERFAHREN);
        int dateien = umfang.je(20, 2);
        var briefe = IntStream.range(0, dateien)
                .mapToObj(i -> Mandantenkontext.als(haus.mandant(), () -> schreibe(haus, i)))
                .toList();
        return haus.als(() -> {
            var vorgang = haus.bohne(Vorgaenge.class)
                    .eroeffne(wer, UUID.randomUUID(), Ort.akte(haus, Stadtplan.RIESENAKTE_TITEL), TITEL)
                    .id();
            briefe.forEach(brief -> haus.bohne(Dokumente.class)
                    .lege(
                            wer,
                            Kennung.neu(),
                            vorgang,
                            haus.bohne(Dateien.class).aufnehmen(brief, "Brief.pdf"),
                            Dokumente.Angaben.mitTitel("Brief")));
            haus.jdbc()
                    .sql("""
                    INSERT INTO dokument (mandant_id, id, vorgang_id, akte_id, nummer, titel, schutzbereich_id, angelegt_von)
                    SELECT d.mandant_id, gen_random_uuid(), d.vorgang_id, d.akte_id, d.nummer + i * ?, d.titel || ' ' || i, d.schutzbereich_id, d.angelegt_von
                      FROM dokument d, generate_series(1, ?) i WHERE d.mandant_id = ? AND d.vorgang_id = ?""")
                    .params(dateien, umfang.je(20_000, 200) / dateien - 1, haus.mandant(), vorgang)
                    .update();
            haus.jdbc()
                    .sql("""
                    INSERT INTO version (mandant_id, id, dokument_id, nummer, datei_id, angelegt_von)
                    SELECT d.mandant_id, gen_random_uuid(), d.id, 1, v.datei_id, d.angelegt_von
                      FROM dokument d
                      JOIN dokument e ON e.mandant_id = d.mandant_id AND e.vorgang_id = d.vorgang_id AND e.nummer = (d.nummer - 1) % ? + 1
                      JOIN version v ON v.mandant_id = e.mandant_id AND v.dokument_id = e.id
                     WHERE d.mandant_id = ? AND d.vorgang_id = ? AND d.nummer > ?""")
                    .params(dateien, haus.mandant(), vorgang, dateien)
                    .update();
            return vorgang;
        });
    }

    private static Blob schreibe(Haus haus, int nummer) {
        return haus.bohne(Blobs.class)
                .schreibe(new ByteArrayInputStream(
                        Muster.textPdf("Brief " + nummer + ", erste Seite", "zweite Seite", "dritte Seite")));
    }
}
