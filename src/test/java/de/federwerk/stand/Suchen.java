package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.suche.Anfrage;
import de.federwerk.suche.NackteSuche;
import de.federwerk.suche.Suche;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What people ask: frequent and rare words, several words, a phrase, a beginning, a compound, an Aktenzeichen. In the process
 * against Lucene alone on the same index; over HTTP as a signed-in clerk sees the page.
 */
final class Suchen implements Szenario {

    /** One word in most texts, and what is typed every day. */
    static final List<String> FRAGEN = List.of(
            "Antrag",
            "Bescheid",
            "Verordnung",
            "Gebühr",
            "Antrag Frist",
            "Bescheid Widerspruch",
            "Genehmigung Satzung Anlage",
            "Petersen",
            "Öztürk-Sauerland",
            "Hofmeister Lindenstraße",
            "Kastanienallee 40",
            "\"zuständige Behörde\"",
            "\"nach § 7\"",
            "Genehmig*",
            "Hunde*",
            "Steuer",
            "Verkehr -Bahn",
            "Umgehungsstraße",
            "Einzelfall 2024",
            "10.11.01-0001/2026");

    @Override
    public String name() {
        return "suche";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        haus.bisRuhe();
        var ergebnisse = new ArrayList<Ergebnis>();
        int n = umfang.dokumente();
        try (var nackt = NackteSuche.oeffne(
                haus.daten.resolve("index").resolve(haus.mandant().toString()))) {
            for (var wer : List.of(Stadtbau.WENIG, Stadtbau.VIEL)) {
                var person = Ort.anmeldung(haus, wer).person();
                var paar = Messreihe.abwechselnd(
                        umfang.je(3, 1),
                        umfang.runden() + umfang.je(4, 0),
                        () -> Messreihe.millisekunden(() -> FRAGEN.forEach(frage -> haus.als(() -> {
                                    var sicht = haus.bohne(Berechtigungen.class).sicht(person, Recht.LESEN);
                                    return haus.bohne(Suche.class).suche(sicht, Anfrage.nach(frage));
                                })))
                                / FRAGEN.size(),
                        () -> Messreihe.millisekunden(() -> {
                                    for (var frage : FRAGEN) {
                                        nackt.suche(frage);
                                    }
                                })
                                / FRAGEN.size());
                ergebnisse.add(Ergebnis.verhaeltnis(
                        "suche-" + kurz(wer),
                        n,
                        paar.wir().median(),
                        paar.gegenstueck().median(),
                        "<=3"));
            }
        }
        for (var wer : List.of(Stadtbau.WENIG, Stadtbau.VIEL)) {
            ergebnisse.add(Ergebnis.wert(
                    "suchseite-p95-" + kurz(wer), n, seiten(haus, umfang, wer).p95(), "<100"));
        }
        return ergebnisse;
    }

    private static Messreihe seiten(Haus haus, Umfang umfang, String wer) throws Exception {
        var browser = new Browser(haus.adresse());
        browser.melde(wer + "@" + umfang.kuerzel(), Stadtbau.PASSWORT);
        var reihe = new Messreihe();
        for (int runde = -umfang.je(3, 0); runde < umfang.je(10, 1); runde++) {
            for (var frage : FRAGEN) {
                double ms = Messreihe.millisekunden(() -> {
                    var seite = browser.hole("/suche?q=" + URLEncoder.encode(frage, StandardCharsets.UTF_8));
                    if (seite.status() != 200 && seite.status() != 302) {
                        throw new IllegalStateException("Suche nach " + frage + ": " + seite.status());
                    }
                });
                if (runde >= 0) {
                    reihe.nimm(ms);
                }
            }
        }
        return reihe;
    }

    static String kurz(String anmeldename) {
        return anmeldename.equals(Stadtbau.VIEL) ? "viel" : "wenig";
    }
}
