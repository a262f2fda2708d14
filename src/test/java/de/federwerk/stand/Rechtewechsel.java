package de.federwerk.stand;

import de.federwerk.Browser;
import de.federwerk.akte.Akten;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.suche.Anfrage;
import de.federwerk.suche.Index;
import de.federwerk.suche.Suche;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule changes, and the next click is right: from the beginning of the change to the end of the first list, search and page of whoever it
 * concerns, and to the next page of somebody whom it does not concern. Each answer is looked at: a wrong one ends the measurement.
 */
final class Rechtewechsel implements Szenario {

    /** Under these the town is moved: a position and a unit with nothing else in them. */
    private static final String DACH = "RECHTEWECHSEL";

    /** The Sonderbereich of an Akte that is cut out, the same each time. */
    private static final UUID SONDER = UUID.nameUUIDFromBytes(DACH.getBytes(StandardCharsets.UTF_8));

    private static final Pattern AKTE = Pattern.compile("/akten/([0-9a-f-]{36})");

    private record Akte(
            UUID id,
            String aktenzeichen,
            UUID planknotenId,
            UUID einheitId,
            @Nullable UUID planUeber,
            @Nullable UUID einheitUeber) {}

    /** @param sichtbar whether the Akte is seen after {@code hin}; {@code zurueck} makes it as it was */
    private record Wechsel(boolean sichtbar, Runnable hin, Runnable zurueck) {}

    /** Whether an Akte is there. @param betrifft it is the one that comes or goes; else it stays */
    private record Frage(boolean betrifft, BooleanSupplier da) {}

    @Override
    public String name() {
        return "rechtewechsel";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        haus.bisRuhe();
        var reihen = new LinkedHashMap<String, Messreihe>();
        var wer = Ort.anmeldung(haus, Stadtbau.WENIG).person();
        var fremde = akte(haus, wer, false);
        var eigene = akte(haus, wer, true);
        var plan = dachDesPlans(haus);
        var einheit = dachDerEinheiten(haus);
        var aufDemDach = List.of(freigabe(haus, wer, "plan", plan), freigabe(haus, wer, "einheit", einheit));
        try {
            var wechsel = new LinkedHashMap<String, Wechsel>();
            wechsel.put("freigabe", freigeben(haus, wer, fremde));
            wechsel.put("position", verschieben(haus, "planknoten", fremde.planknotenId, plan, fremde.planUeber));
            wechsel.put("einheit", verschieben(haus, "einheit", fremde.einheitId, einheit, fremde.einheitUeber));
            wechsel.put("akte", herausnehmen(haus, eigene));
            for (var w : wechsel.entrySet()) {
                var akte = w.getKey().equals("akte") ? eigene : fremde;
                miss(haus, umfang, w.getKey(), w.getValue(), akte, wer, reihen);
            }
        } finally {
            aufDemDach.forEach(f -> beende(haus, f));
            haus.bisRuhe();
        }
        var ergebnisse = new ArrayList<Ergebnis>();
        reihen.forEach((name, reihe) ->
                ergebnisse.add(Ergebnis.wert("rechtewechsel-" + name, umfang.dokumente(), reihe.p95(), "<150")));
        return ergebnisse;
    }

    private static void miss(
            Haus haus, Umfang umfang, String name, Wechsel wechsel, Akte akte, UUID wer, Map<String, Messreihe> reihen)
            throws Exception {
        var betroffen = angemeldet(haus, umfang, Stadtbau.WENIG);
        var unbeteiligt = angemeldet(haus, umfang, Stadtbau.VIEL);
        var seite = "/akten?knoten=" + akte.planknotenId + "&zu="
                + URLEncoder.encode(akte.aktenzeichen, StandardCharsets.UTF_8);
        var riesen = "/akten?knoten=" + Ort.riesenposition(haus);
        var bleibt = erste(unbeteiligt, riesen);
        var fragen = new LinkedHashMap<String, Frage>();
        fragen.put("liste", new Frage(true, () -> inDerListe(haus, wer, akte)));
        fragen.put("suche", new Frage(true, () -> gefunden(haus, wer, akte)));
        fragen.put("seite", new Frage(true, () -> aufDerSeite(betroffen, seite, akte.id)));
        fragen.put("unbeteiligt", new Frage(false, () -> aufDerSeite(unbeteiligt, riesen, bleibt)));
        for (int runde = -umfang.je(5, 0); runde < umfang.je(25, 1); runde++) {
            for (var frage : fragen.entrySet()) {
                var f = frage.getValue();
                double ms = Messreihe.millisekunden(() -> {
                    haus.als(wechsel.hin);
                    pruefe(name, frage.getKey(), f.da.getAsBoolean() == (wechsel.sichtbar || !f.betrifft));
                });
                haus.als(wechsel.zurueck);
                // An Akte that was let back is found again once the index knows it.
                haus.bisRuhe();
                pruefe(name, frage.getKey(), f.da.getAsBoolean() == (!wechsel.sichtbar || !f.betrifft));
                if (runde >= 0) {
                    reihen.computeIfAbsent(name + "-" + frage.getKey(), n -> new Messreihe())
                            .nimm(ms);
                }
            }
        }
    }

    private static void pruefe(String wechsel, String frage, boolean richtig) {
        if (!richtig) {
            throw new IllegalStateException("„" + wechsel + "“ wirkt nicht: " + frage);
        }
    }

    private static UUID erste(Browser browser, String pfad) {
        var akte = AKTE.matcher(browser.hole(pfad).text());
        if (!akte.find()) {
            throw new IllegalStateException("Keine Akte auf " + pfad);
        }
        return UUID.fromString(akte.group(1));
    }

    private static Browser angemeldet(Haus haus, Umfang umfang, String wer) {
        var browser = new Browser(haus.adresse());
        browser.melde(wer + "@" + umfang.kuerzel(), Stadtbau.PASSWORT);
        return browser;
    }

    private static boolean inDerListe(Haus haus, UUID wer, Akte akte) {
        return haus.lesend(() -> {
            var sicht = haus.bohne(Berechtigungen.class).sicht(wer, Recht.LESEN);
            var akten = haus.bohne(Akten.class);
            var knoten = haus.bohne(Aktenplan.class).knoten(akte.planknotenId).orElseThrow();
            var zeilen = akten.unter(sicht, knoten.id(), akten.sprungUnter(knoten, akte.aktenzeichen), 50)
                    .zeilen();
            boolean steht = zeilen.stream().anyMatch(z -> z.id().equals(akte.id));
            // The number beside the list is a part of it.
            return steht && akten.anzahlUnter(sicht, knoten.id()).zahl() > 0;
        });
    }

    private static boolean gefunden(Haus haus, UUID wer, Akte akte) {
        return haus
                .lesend(() -> haus.bohne(Suche.class)
                        .suche(
                                haus.bohne(Berechtigungen.class).sicht(wer, Recht.LESEN),
                                Anfrage.nach("\"" + akte.aktenzeichen + "\"")))
                .treffer()
                .stream()
                .anyMatch(t -> t.id().equals(akte.id));
    }

    private static boolean aufDerSeite(Browser browser, String pfad, UUID akte) {
        var seite = browser.hole(pfad);
        if (seite.status() != 200) {
            throw new IllegalStateException(pfad + ": " + seite.status());
        }
        return seite.text().contains("/akten/" + akte);
    }

    /** The clerk may read what the unit of the Akte leads. */
    private static Wechsel freigeben(Haus haus, UUID wer, Akte akte) {
        var letzte = new UUID[1];
        return new Wechsel(
                true, () -> letzte[0] = freigabe(haus, wer, "einheit", akte.einheitId), () -> beende(haus, letzte[0]));
    }

    private static UUID freigabe(Haus haus, UUID wer, String art, UUID ziel) {
        var id = Kennung.neu();
        haus.als(() -> haus.jdbc()
                .sql(
                        "INSERT INTO freigabe (mandant_id, id, subjekt_art, subjekt_id, ziel_art, ziel_id, recht) VALUES (?, ?, 'person', ?, ?, ?, 1)")
                .params(haus.mandant(), id, wer, art, ziel)
                .update());
        return id;
    }

    private static void beende(Haus haus, UUID freigabe) {
        haus.als(() -> haus.jdbc()
                .sql(
                        "UPDATE freigabe SET gueltig_bis = greatest(now(), gueltig_von + interval '1 microsecond') WHERE mandant_id = ? AND id = ?")
                .params(haus.mandant(), freigabe)
                .update());
    }

    /** A position or a unit comes under one that the clerk may read. */
    private static Wechsel verschieben(Haus haus, String tabelle, UUID was, UUID dach, @Nullable UUID vorher) {
        return new Wechsel(true, () -> ueber(haus, tabelle, was, dach), () -> ueber(haus, tabelle, was, vorher));
    }

    private static void ueber(Haus haus, String tabelle, UUID was, @Nullable UUID ueber) {
        haus.jdbc()
                .sql("UPDATE " + tabelle + " SET ueber_id = ? WHERE mandant_id = ? AND id = ?")
                .param(ueber)
                .params(haus.mandant(), was)
                .update();
    }

    /** The Akte with all that lies in it gets a Sonderbereich of its own, and is hidden from the search until that knows it. */
    private static Wechsel herausnehmen(Haus haus, Akte akte) {
        int vorher = haus.als(() -> haus.jdbc()
                .sql("SELECT schutzbereich_id FROM akte WHERE mandant_id = ? AND id = ?")
                .params(haus.mandant(), akte.id)
                .query(Integer.class)
                .single());
        return new Wechsel(
                false,
                () -> verlege(
                        haus,
                        akte,
                        haus.bohne(Berechtigungen.class).schutzbereich(akte.planknotenId, akte.einheitId, 0, SONDER)),
                () -> verlege(haus, akte, vorher));
    }

    private static void verlege(Haus haus, Akte akte, int bereich) {
        for (var art : List.of("akte", "vorgang", "dokument")) {
            var ids = haus.jdbc()
                    .sql("UPDATE " + art + " SET schutzbereich_id = ? WHERE mandant_id = ? AND "
                            + (art.equals("akte") ? "id" : "akte_id") + " = ? RETURNING id")
                    .params(bereich, haus.mandant(), akte.id)
                    .query(UUID.class)
                    .list();
            haus.bohne(Index.class).vormerkenUndSperren(art, ids);
        }
    }

    /** An Akte with few Dokumente that the clerk sees, or does not see. */
    private static Akte akte(Haus haus, UUID wer, boolean sichtbar) {
        return haus.als(() -> {
            var sicht = haus.bohne(Berechtigungen.class).sicht(wer, Recht.LESEN);
            return haus.jdbc()
                    .sql("""
                    SELECT a.id, a.aktenzeichen, a.planknoten_id, a.einheit_id, k.ueber_id AS plan_ueber, e.ueber_id AS einheit_ueber
                      FROM akte a JOIN planknoten k ON k.mandant_id = a.mandant_id AND k.id = a.planknoten_id
                      JOIN einheit e ON e.mandant_id = a.mandant_id AND e.id = a.einheit_id
                     WHERE a.mandant_id = :m AND %s = :sichtbar AND a.titel <> :riese
                       AND (SELECT count(*) FROM (SELECT FROM dokument d WHERE d.mandant_id = :m AND d.akte_id = a.id LIMIT 51) d) BETWEEN 1 AND 50
                     ORDER BY a.id LIMIT 1""".formatted(sicht.aufAkte("a")))
                    .param("m", haus.mandant())
                    .param("sichtbar", sichtbar)
                    .param("riese", Stadtplan.RIESENAKTE_TITEL)
                    .params(sicht.parameter())
                    .query(Akte.class)
                    .single();
        });
    }

    private static UUID dachDesPlans(Haus haus) {
        haus.als(() -> haus.jdbc()
                .sql(
                        "INSERT INTO planknoten (mandant_id, id, kennzeichen, titel, ebene) VALUES (?, ?, ?, ?, 1) ON CONFLICT (mandant_id, kennzeichen) DO NOTHING")
                .params(haus.mandant(), Kennung.neu(), DACH, "Dach für den Stand")
                .update());
        return dach(haus, "planknoten WHERE kennzeichen");
    }

    private static UUID dachDerEinheiten(Haus haus) {
        haus.als(() -> haus.jdbc()
                .sql(
                        "INSERT INTO einheit (mandant_id, id, kuerzel, name) VALUES (?, ?, ?, ?) ON CONFLICT (mandant_id, kuerzel) WHERE gueltig_bis IS NULL DO NOTHING")
                .params(haus.mandant(), Kennung.neu(), DACH, "Dach für den Stand")
                .update());
        return dach(haus, "einheit WHERE kuerzel");
    }

    private static UUID dach(Haus haus, String wo) {
        return haus.als(() -> haus.jdbc()
                .sql("SELECT id FROM " + wo + " = ? AND mandant_id = ?")
                .params(DACH, haus.mandant())
                .query(UUID.class)
                .single());
    }
}
