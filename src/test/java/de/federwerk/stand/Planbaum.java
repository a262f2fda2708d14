package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.aktenplan.Planimport;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** A plan of 5,000 positions with two Akten under each end, in a town of its own: opened as a tree, searched, maintained. */
final class Planbaum implements Szenario {

    private static final String KUERZEL = "planbaum";
    private static final String WER = "paula.plan";

    @Override
    public String name() {
        return "aktenplan";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        var mandant = stadt(haus);
        var blatt = als(
                haus,
                mandant,
                () -> haus.jdbc()
                        .sql("SELECT id FROM planknoten WHERE mandant_id = ? AND kennzeichen = '24.15.09'")
                        .param(mandant)
                        .query(UUID.class)
                        .single());
        var browser = new Browser(haus.adresse());
        if (!browser.melde(WER + "@" + KUERZEL, Stadtbau.PASSWORT).ziel().equals("/postkorb")) {
            throw new IllegalStateException(WER + " kann sich nicht anmelden");
        }
        var pfade = new LinkedHashMap<String, String>();
        pfade.put("oben", "/akten");
        pfade.put("unten", "/akten?knoten=" + blatt);
        pfade.put("auswahl", "/aktenplan/auswahl?q=Aufgabe+24");
        pfade.put("pflege", "/verwaltung/aktenplan?knoten=" + blatt);
        pfade.put("kuerzung", "/verwaltung/aktenplan/nutzung/kuerzung?ebenen=2");
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
                        "aktenplan-" + r.getKey(),
                        umfang.dokumente(),
                        r.getValue().p95(),
                        "<100"))
                .toList();
    }

    private static <T> T als(Haus haus, UUID mandant, Supplier<T> arbeit) {
        return Mandantenkontext.als(
                mandant, () -> haus.bohne(TransactionTemplate.class).execute(t -> arbeit.get()));
    }

    private static UUID stadt(Haus haus) {
        var da = haus.jdbc()
                .sql("SELECT id FROM mandant WHERE kuerzel = ?")
                .param(KUERZEL)
                .query(UUID.class)
                .optional();
        if (da.isPresent()) {
            return da.get();
        }
        var mandant = Kennung.neu();
        haus.jdbc()
                .sql("INSERT INTO mandant (id, kuerzel, name) VALUES (?, ?, 'Stadt mit 5.000 Positionen')")
                .params(mandant, KUERZEL)
                .update();
        return als(haus, mandant, () -> baue(haus, mandant));
    }

    private static UUID baue(Haus haus, UUID mandant) {
        haus.bohne(Planimport.class).lies(Protokoll.PROGRAMM, new StringReader(plan()));
        var einheit = haus.bohne(Einheiten.class).richteEin(Protokoll.PROGRAMM, "A 1", "Amt", null);
        var personen = haus.bohne(Personen.class);
        var person = personen.nimmAuf(Protokoll.PROGRAMM, WER, "Paula", "Plan", null, false);
        personen.setzePasswort(Protokoll.PROGRAMM, person, Stadtbau.PASSWORT, false);
        personen.gib(Protokoll.PROGRAMM, person, Rolle.ADMINISTRATION);
        haus.bohne(Einheiten.class).besetze(Protokoll.PROGRAMM, einheit, "Sachbearbeitung", false, person);
        haus.bohne(Berechtigungen.class).gebeFrei(Subjekt.EINHEIT, einheit, Ziel.EINHEIT, einheit, Recht.BEARBEITEN);
        haus.jdbc()
                .sql(
                        "INSERT INTO schutzbereich (mandant_id, plan_knoten, einheit_id, stufe) SELECT mandant_id, id, ?, 0 FROM planknoten WHERE mandant_id = ? AND ebene = 3")
                .params(einheit, mandant)
                .update();
        haus.jdbc().sql("""
                INSERT INTO akte (mandant_id, id, aktenzeichen, titel, planknoten_id, einheit_id, schutzbereich_id, angelegt_von)
                SELECT k.mandant_id, gen_random_uuid(), k.kennzeichen || '-' || i, 'Vorhaben ' || k.kennzeichen || ' ' || i, k.id, s.einheit_id, s.id, ?
                  FROM planknoten k JOIN schutzbereich s ON s.mandant_id = k.mandant_id AND s.plan_knoten = k.id CROSS JOIN generate_series(1, 2) i WHERE k.mandant_id = ?""").params(person, mandant).update();
        return mandant;
    }

    /** 25 times 18 times 10, with what stands above them: 4,975 positions on three levels. */
    private static String plan() {
        var zeilen = new StringBuilder("kennzeichen;titel;aufbewahrungsfrist_jahre;aussonderungsart\n");
        for (int a = 0; a < 25; a++) {
            zeilen.append("%02d;Hauptgruppe %d;10;bewerten\n".formatted(a, a));
            for (int b = 0; b < 18; b++) {
                zeilen.append("%02d.%02d;Gruppe %d;;\n".formatted(a, b, b));
                for (int c = 0; c < 10; c++) {
                    zeilen.append("%02d.%02d.%02d;Aufgabe %d der Gruppe;;\n".formatted(a, b, c, c));
                }
            }
        }
        return zeilen.toString();
    }
}
