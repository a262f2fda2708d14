package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.basis.Mandantenkontext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** The pages a clerk turns to all day, at the beginning, in the middle and at the end of what is long. */
final class Seiten implements Szenario {

    /** Nobody turns further by hand. */
    private static final int WEITER = 20;

    @Override
    public String name() {
        return "seiten";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        haus.bisRuhe();
        var ergebnisse = new ArrayList<Ergebnis>();
        for (var wer : List.of(Stadtbau.WENIG, Stadtbau.VIEL)) {
            var browser = new Browser(haus.adresse());
            if (!browser.melde(wer + "@" + umfang.kuerzel(), Stadtbau.PASSWORT)
                    .ziel()
                    .equals("/postkorb")) {
                throw new IllegalStateException(wer + " kann sich nicht anmelden");
            }
            var reihen = new LinkedHashMap<String, Messreihe>();
            var pfade = pfade(haus, browser);
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
            reihen.forEach((seite, reihe) -> ergebnisse.add(
                    Ergebnis.wert("seite-" + seite + "-" + Suchen.kurz(wer), umfang.dokumente(), reihe.p95(), "<150")));
        }
        return ergebnisse;
    }

    /** Each list at its beginning, behind a jump into its middle, and at its end, as its own links lead there. */
    private static Map<String, String> pfade(Haus haus, Browser browser) {
        var position = Ort.riesenposition(haus);
        var vorgang = Ort.vorgang(haus, Stadtplan.RIESENVORGANG);
        var akten = "/akten?knoten=" + position;
        var buch = "/posteingang?status=abgelegt";
        var pfade = new LinkedHashMap<String, String>();
        pfade.put("postkorb", "/postkorb");
        pfade.put("aktenplan-anfang", akten);
        pfade.put(
                "aktenplan-mitte",
                akten + "&zu=" + mitte(haus, "aktenzeichen FROM akte WHERE planknoten_id = ? AND", position));
        pfade.put("aktenplan-ende", folge(browser, akten, "last"));
        pfade.put("akte", "/akten/" + Ort.akte(haus, Stadtplan.RIESENAKTE_TITEL));
        pfade.put("vorgang-anfang", "/vorgaenge/" + vorgang);
        pfade.put(
                "vorgang-mitte",
                "/vorgaenge/" + vorgang + "?dokument="
                        + mitte(haus, "id FROM dokument WHERE vorgang_id = ? AND", vorgang));
        pfade.put("vorgang-ende", folge(browser, "/vorgaenge/" + vorgang, "last"));
        pfade.put("posteingang-anfang", buch);
        pfade.put(
                "posteingang-mitte",
                buch + "&zu=" + mitte(haus, "nummer FROM eingang WHERE ? IS NOT NULL AND", position));
        pfade.put("posteingang-ende", folge(browser, buch, "last"));
        pfade.put("auswahl-haeufig", "/vorgaenge/auswahl?q=Einzel");
        pfade.put("auswahl-selten", "/vorgaenge/auswahl?q=Umgehung+Planfest");
        pfade.put("suche-anfang", "/suche?q=Antrag");
        pfade.put("suche-mitte", weiter(browser, "/suche?q=Antrag", WEITER));
        pfade.put("suche-ende", folge(browser, "/suche?q=Antrag", "last"));
        return pfade;
    }

    /** Where the middle row of a list stands, by its sort key. */
    private static String mitte(Haus haus, String auswahl, UUID wovon) {
        var spalte = auswahl.substring(0, auswahl.indexOf(' '));
        return URLEncoder.encode(
                haus.als(() -> haus.jdbc()
                        .sql("SELECT CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY " + spalte + ") AS text) "
                                + auswahl.substring(auswahl.indexOf(' ') + 1) + " mandant_id = ?")
                        .params(wovon, Mandantenkontext.mandant())
                        .query(String.class)
                        .single()),
                StandardCharsets.UTF_8);
    }

    /** The address behind a page's link of this kind; the page itself where everything is on one page. */
    static String folge(Browser browser, String pfad, String art) {
        var links = Pattern.compile("href=\"([^\"]+)\" rel=\"" + art + "\"")
                .matcher(browser.hole(pfad).text());
        // A Vorgang has two lists; that of its Dokumente is the longer one.
        var ziel = links.results().map(l -> l.group(1).replace("&amp;", "&")).reduce((a, b) -> b);
        return ziel.map(z -> z.startsWith("?") ? pfad.replaceAll("\\?.*", "") + z : z)
                .orElse(pfad);
    }

    static String weiter(Browser browser, String pfad, int seiten) {
        for (int i = 0; i < seiten; i++) {
            pfad = folge(browser, pfad, "next");
        }
        return pfad;
    }
}
