package de.federwerk.stand;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Dokumentlisten;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.posteingang.Posteingangsbuch;
import de.federwerk.suche.NackteSuche;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * What it costs that everybody sees only what is theirs: the program's own lists, counts and facets against the same statements
 * with every condition of rights replaced by TRUE. Finding out the person's rights is part of ours.
 */
final class Rechtekosten implements Szenario {

    @Override
    public String name() {
        return "rechte";
    }

    /** The stores, as they are or unfiltered. */
    private record Speicher(Akten akten, Dokumentlisten dokumente, Posteingangsbuch eingaenge) {}

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        haus.bisRuhe();
        var ergebnisse = new ArrayList<Ergebnis>();
        for (var wer : List.of(Stadtbau.WENIG, Stadtbau.VIEL)) {
            var person = Ort.anmeldung(haus, wer).person();
            var sicht = haus.als(() -> haus.bohne(Berechtigungen.class).sicht(person, Recht.LESEN));
            if (wer.equals(Stadtbau.VIEL) && sicht.bereiche().size() < umfang.grosseSicht()) {
                throw new IllegalStateException(
                        "Die große Sicht hat nur " + sicht.bereiche().size());
            }
            listen(haus, umfang, person, sicht, Suchen.kurz(wer), ergebnisse);
            ergebnisse.add(facetten(haus, umfang, sicht, Suchen.kurz(wer)));
        }
        return ergebnisse;
    }

    private static void listen(
            Haus haus, Umfang umfang, UUID person, Sicht sicht, String wer, List<Ergebnis> ergebnisse)
            throws Exception {
        var wir = new Speicher(
                haus.bohne(Akten.class), haus.bohne(Dokumentlisten.class), haus.bohne(Posteingangsbuch.class));
        var ohne = new Speicher(
                Ungefiltert.wie(Akten.class, haus, sicht),
                Ungefiltert.wie(Dokumentlisten.class, haus, sicht),
                Ungefiltert.wie(Posteingangsbuch.class, haus, sicht));
        var position = Ort.riesenposition(haus);
        var vorgang = Ort.vorgang(haus, Stadtplan.RIESENVORGANG);
        var fragen = new LinkedHashMap<String, BiFunction<Speicher, Sicht, Object>>();
        fragen.put("liste-akten", (s, von) -> s.akten.unter(von, position, Stelle.ANFANG, 50));
        fragen.put("liste-dokumente", (s, von) -> s.dokumente.in(von, vorgang, Stelle.ANFANG, 50));
        fragen.put("liste-eingaenge", (s, von) -> s.eingaenge.seite(von, "abgelegt", Stelle.ANFANG, 50));
        fragen.put("anzahl-position", (s, von) -> s.akten.anzahlUnter(von, position));
        fragen.put("anzahl-akten", (s, von) -> s.akten.anzahlJePosition(von));
        fragen.put("anzahl-eingaenge", (s, von) -> s.eingaenge.anzahl(von, "abgelegt"));
        for (var frage : fragen.entrySet()) {
            int mal = umfang.je(3, 1);
            var paar = Messreihe.abwechselnd(
                    umfang.je(2, 1),
                    umfang.runden() + umfang.je(4, 0),
                    () -> Messreihe.millisekunden(() -> {
                                for (int i = 0; i < mal; i++) {
                                    haus.lesend(() -> frage.getValue()
                                            .apply(
                                                    wir,
                                                    haus.bohne(Berechtigungen.class)
                                                            .sicht(person, Recht.LESEN)));
                                }
                            })
                            / mal,
                    () -> Messreihe.millisekunden(() -> {
                                for (int i = 0; i < mal; i++) {
                                    haus.lesend(() -> frage.getValue().apply(ohne, sicht));
                                }
                            })
                            / mal);
            ergebnisse.add(Ergebnis.verhaeltnis(
                    "rechte-" + frage.getKey() + "-" + wer,
                    umfang.dokumente(),
                    paar.wir().median(),
                    paar.gegenstueck().median(),
                    "<=2"));
        }
    }

    private static Ergebnis facetten(Haus haus, Umfang umfang, Sicht sicht, String wer) throws Exception {
        try (var suche = NackteSuche.oeffne(
                haus.daten.resolve("index").resolve(haus.mandant().toString()))) {
            var facetten = new NackteSuche.Facetten(suche);
            var paar = Messreihe.abwechselnd(
                    umfang.je(4, 1),
                    umfang.runden() + umfang.je(4, 0),
                    () -> Messreihe.millisekunden(() -> {
                                for (var frage : Suchen.FRAGEN) {
                                    facetten.fuer(sicht, frage);
                                }
                            })
                            / Suchen.FRAGEN.size(),
                    () -> Messreihe.millisekunden(() -> {
                                for (var frage : Suchen.FRAGEN) {
                                    facetten.fuerAlle(frage);
                                }
                            })
                            / Suchen.FRAGEN.size());
            return Ergebnis.verhaeltnis(
                    "rechte-facetten-" + wer,
                    umfang.dokumente(),
                    paar.wir().median(),
                    paar.gegenstueck().median(),
                    "<=2");
        }
    }
}
