package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.basis.Mandantenkontext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The lists of all Akten, Vorgänge and Dokumente: first, middle and last page, narrowed, and of a Vorgang with 20,000 Dokumente. */
final class Grosslisten implements Szenario {

    private static final String TITEL = "Zwanzigtausend Schriftstücke";

    @Override
    public String name() {
        return "listen";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        haus.bisRuhe();
        var vorgang = haus.als(() -> vorgang(haus, umfang.je(20_000, 200)));
        var ergebnisse = new ArrayList<Ergebnis>();
        for (var wer : List.of(Stadtbau.WENIG, Stadtbau.VIEL)) {
            var browser = new Browser(haus.adresse());
            if (!browser.melde(wer + "@" + umfang.kuerzel(), Stadtbau.PASSWORT)
                    .ziel()
                    .equals("/postkorb")) {
                throw new IllegalStateException(wer + " kann sich nicht anmelden");
            }
            var reihen = new LinkedHashMap<String, Messreihe>();
            var pfade = pfade(haus, browser, vorgang);
            for (int runde = -umfang.je(15, 0); runde < umfang.je(40, 1); runde++) {
                for (var seite : pfade.entrySet()) {
                    double ms = Messreihe.millisekunden(() -> {
                        var antwort = browser.hole(seite.getValue());
                        if (antwort.status() != 200) {
                            throw new IllegalStateException(seite.getValue() + ": " + antwort.status());
                        }
                    });
                    if (runde >= 0) {
                        reihen.computeIfAbsent(seite.getKey(), s -> new Messreihe())
                                .nimm(ms);
                    }
                }
            }
            reihen.forEach((seite, reihe) -> ergebnisse.add(Ergebnis.wert(
                    "listen-" + seite + "-" + Suchen.kurz(wer), umfang.dokumente(), reihe.p95(), "<150")));
        }
        return ergebnisse;
    }

    private static Map<String, String> pfade(Haus haus, Browser browser, UUID vorgang) {
        var position = Ort.riesenposition(haus);
        var pfade = new LinkedHashMap<String, String>();
        var dokumente = "/listen/dokumente?ordnung=-angelegt";
        var im = "/listen/dokumente?vorgang=" + vorgang;
        pfade.put("akten-anfang", "/listen/akten?ordnung=-aktenzeichen");
        pfade.put("akten-ende", Seiten.folge(browser, "/listen/akten?ordnung=-aktenzeichen", "last"));
        pfade.put("akten-position", "/listen/akten?position=" + position);
        pfade.put("vorgaenge-anfang", "/listen/vorgaenge?ordnung=-geaendert");
        pfade.put("vorgaenge-stand", "/listen/vorgaenge?stand=offen&einheit=meine");
        pfade.put("dokumente-anfang", dokumente);
        pfade.put("dokumente-mitte", Seiten.weiter(browser, dokumente, 20));
        pfade.put("dokumente-ende", Seiten.folge(browser, dokumente, "last"));
        pfade.put("dokumente-position", dokumente + "&position=" + position);
        pfade.put("vorgang-anfang", im);
        pfade.put("vorgang-mitte", im + "&zu=10000");
        pfade.put("vorgang-ende", Seiten.folge(browser, im, "last"));
        pfade.put("vorgang-titel", im + "&titel=9999");
        return pfade;
    }

    /** Beside the longest one of the town, in the same Akte and with the same rights. Its Dokumente share one file: lists read none. */
    private static UUID vorgang(Haus haus, int dokumente) {
        var da = haus.jdbc()
                .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND titel = ?")
                .params(Mandantenkontext.mandant(), TITEL)
                .query(UUID.class)
                .optional();
        if (da.isPresent()) {
            return da.get();
        }
        var id = UUID.randomUUID();
        haus.jdbc()
                .sql("""
                INSERT INTO vorgang (mandant_id, id, akte_id, aktenzeichen, titel, einheit_id, bearbeiter_id, schutzbereich_id, angelegt_von)
                SELECT mandant_id, :id, akte_id, aktenzeichen || '-L', :titel, einheit_id, bearbeiter_id, schutzbereich_id, angelegt_von
                  FROM vorgang WHERE mandant_id = :m AND titel = :neben ORDER BY id LIMIT 1""")
                .param("id", id)
                .param("titel", TITEL)
                .param("neben", Stadtplan.RIESENVORGANG)
                .param("m", Mandantenkontext.mandant())
                .update();
        haus.jdbc()
                .sql("""
                INSERT INTO dokument (mandant_id, id, vorgang_id, akte_id, nummer, titel, schutzbereich_id, angelegt, angelegt_von)
                SELECT mandant_id, gen_random_uuid(), id, akte_id, i, 'Schriftstück ' || i, schutzbereich_id, now() - i * interval '1 minute', angelegt_von
                  FROM vorgang CROSS JOIN generate_series(1, :zahl) i WHERE mandant_id = :m AND id = :id""")
                .param("zahl", dokumente)
                .param("m", Mandantenkontext.mandant())
                .param("id", id)
                .update();
        haus.jdbc()
                .sql("""
                INSERT INTO version (mandant_id, id, dokument_id, nummer, datei_id, angelegt, angelegt_von)
                SELECT d.mandant_id, gen_random_uuid(), d.id, 1, f.datei_id, d.angelegt, d.angelegt_von
                  FROM dokument d CROSS JOIN (SELECT datei_id FROM version WHERE mandant_id = :m LIMIT 1) f WHERE d.mandant_id = :m AND d.vorgang_id = :id""")
                .param("m", Mandantenkontext.mandant())
                .param("id", id)
                .update();
        return id;
    }
}
