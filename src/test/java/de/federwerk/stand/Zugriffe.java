package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** The pages that say who sees an Akte and what a person sees, and why; opened by somebody of the administration. */
final class Zugriffe implements Szenario {

    private static final String VERWALTUNG = "vera.verwaltung";

    @Override
    public String name() {
        return "zugriff";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        haus.als(() -> verwaltung(haus));
        haus.bisRuhe();
        var browser = new Browser(haus.adresse());
        if (!browser.melde(VERWALTUNG + "@" + umfang.kuerzel(), Stadtbau.PASSWORT)
                .ziel()
                .equals("/postkorb")) {
            throw new IllegalStateException(VERWALTUNG + " kann sich nicht anmelden");
        }
        var pfade = new LinkedHashMap<String, String>();
        pfade.put("akte", "/akten/" + Ort.akte(haus, Stadtplan.RIESENAKTE_TITEL) + "/zugriff");
        pfade.put(
                "person-wenig",
                "/personen/" + Ort.anmeldung(haus, Stadtbau.WENIG).person() + "/zugriff");
        pfade.put(
                "person-viel", "/personen/" + Ort.anmeldung(haus, Stadtbau.VIEL).person() + "/zugriff");
        var reihen = new LinkedHashMap<String, Messreihe>();
        for (int runde = -umfang.je(15, 0); runde < umfang.je(40, 1); runde++) {
            for (var seite : pfade.entrySet()) {
                double ms = Messreihe.millisekunden(() -> {
                    var antwort = browser.hole(seite.getValue());
                    if (antwort.status() != 200) {
                        throw new IllegalStateException(seite.getValue() + ": " + antwort.status());
                    }
                });
                if (runde >= 0) {
                    reihen.computeIfAbsent(seite.getKey(), s -> new Messreihe()).nimm(ms);
                }
            }
        }
        return reihen.entrySet().stream()
                .map(r -> Ergebnis.wert(
                        "zugriff-" + r.getKey(),
                        umfang.dokumente(),
                        r.getValue().p95(),
                        "<300"))
                .toList();
    }

    /** Is not in towns that were built earlier. */
    private static void verwaltung(Haus haus) {
        var da = haus.jdbc()
                .sql("SELECT id FROM person WHERE mandant_id = ? AND anmeldename = ?")
                .params(Mandantenkontext.mandant(), VERWALTUNG)
                .query(UUID.class)
                .optional();
        if (da.isEmpty()) {
            var personen = haus.bohne(Personen.class);
            var person = personen.nimmAuf(Protokoll.PROGRAMM, VERWALTUNG, "Vera", "Verwaltung", null, false);
            personen.setzePasswort(Protokoll.PROGRAMM, person, Stadtbau.PASSWORT, false);
            personen.gib(Protokoll.PROGRAMM, person, Rolle.ADMINISTRATION);
            personen.ermaechtige(Protokoll.PROGRAMM, person, 9);
            // The role opens no Akte: who may see it, is told only to whoever sees it.
            var position = haus.jdbc()
                    .sql("SELECT planknoten_id FROM akte WHERE mandant_id = ? AND id = ?")
                    .params(Mandantenkontext.mandant(), Ort.akte(haus, Stadtplan.RIESENAKTE_TITEL))
                    .query(UUID.class)
                    .single();
            haus.bohne(Berechtigungen.class).gebeFrei(Subjekt.PERSON, person, Ziel.PLAN, position, Recht.LESEN);
        }
    }
}
