package de.federwerk.umstellung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Aktenzeichenregel;
import de.federwerk.aktenplan.Aktenplan.Knoten;
import de.federwerk.aktenplan.Planwechsel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.umstellung.Umstellungstabelle.Genannt;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What an Umstellung would do. Numbers of Akten, no name of any: whoever keeps the plan need not see a single one. */
@Component
class Umstellungsvorschau {

    /**
     * @param erste the first new Aktenzeichen that its Akten would get; empty if none goes
     * @param frist how the retention changes; empty if it does not
     * @param zugriff who sees the Akten no more, or sees them then; empty if nobody
     */
    record Zeile(Knoten alt, Knoten neu, long offen, long zda, String erste, String frist, String zugriff) {

        long akten() {
            return offen + zda;
        }
    }

    /** @param gesehen what has to be the same when it is decided */
    record Vorschau(List<Zeile> zeilen, List<String> fehler, String gesehen) {

        long akten() {
            return zeilen.stream().mapToLong(Zeile::akten).sum();
        }

        long zda() {
            return zeilen.stream().mapToLong(Zeile::zda).sum();
        }

        long fristen() {
            return zeilen.stream()
                    .filter(z -> !z.frist.isEmpty() && z.akten() > 0)
                    .count();
        }

        /** Positions whose Akten somebody else sees afterwards. */
        long zugriffe() {
            return zeilen.stream()
                    .filter(z -> !z.zugriff.isEmpty() && z.akten() > 0)
                    .count();
        }
    }

    private record Zahl(UUID position, long offen, long zda) {}

    private record Freigabe(UUID zielId, String subjekt, int recht) {}

    private final JdbcClient datenbank;
    private final Planwechsel plan;
    private final Aktenzeichenregel regel;

    Umstellungsvorschau(JdbcClient datenbank, Planwechsel plan, Aktenzeichenregel regel) {
        this.datenbank = datenbank;
        this.plan = plan;
        this.regel = regel;
    }

    /** @param tag on which it shall hold; null: now */
    @Transactional(readOnly = true)
    public Vorschau von(List<Genannt> genannte, @Nullable LocalDate tag) {
        var lage = plan.am(tag);
        var tabelle = Umstellungstabelle.pruefe(genannte, lage);
        var alte = tabelle.zeilen().stream().map(z -> z.alt().id()).toList();
        var zahlen = zahlen(alte);
        var rechte = rechte(lage.knoten());
        var weitere = new HashMap<UUID, Long>();
        var zeilen = new ArrayList<Zeile>();
        for (var z : tabelle.zeilen()) {
            var zahl = zahlen.getOrDefault(z.alt().id(), new Zahl(z.alt().id(), 0, 0));
            long akten = zahl.offen + zahl.zda;
            long davor = weitere.getOrDefault(z.neu().id(), 0L);
            weitere.put(z.neu().id(), davor + akten);
            zeilen.add(new Zeile(
                    z.alt(),
                    z.neu(),
                    zahl.offen,
                    zahl.zda,
                    akten == 0 ? "" : regel.kuenftiges(z.neu().kennzeichen(), davor),
                    z.alt().frist().equals(z.neu().frist())
                            ? ""
                            : z.neu().frist() + " statt " + z.alt().frist(),
                    zugriff(
                            rechte.getOrDefault(z.alt().id(), Map.of()),
                            rechte.getOrDefault(z.neu().id(), Map.of()))));
        }
        var folgen = zeilen.stream().map(z -> z.zugriff + " " + z.frist).toList();
        return new Vorschau(zeilen, tabelle.fehler(), lage.stand() + "-" + Integer.toHexString(folgen.hashCode()));
    }

    private Map<UUID, Zahl> zahlen(List<UUID> positionen) {
        var zahlen = new HashMap<UUID, Zahl>();
        datenbank
                .sql("""
                SELECT planknoten_id AS position, count(*) FILTER (WHERE stand <> 'zda') AS offen, count(*) FILTER (WHERE stand = 'zda') AS zda
                  FROM akte WHERE mandant_id = :m AND planknoten_id IN (SELECT unnest(CAST(:ids AS uuid[]))) GROUP BY 1""")
                .param("m", mandant())
                .param("ids", positionen.stream().map(UUID::toString).toArray(String[]::new))
                .query(Zahl.class)
                .list()
                .forEach(z -> zahlen.put(z.position, z));
        return zahlen;
    }

    /** What Freigaben on the plan give under each position, those from above too: by who it is for, the highest. */
    private Map<UUID, Map<String, Integer>> rechte(List<Knoten> plan) {
        var eigene = new HashMap<UUID, List<Freigabe>>();
        datenbank
                .sql(
                        "SELECT f.ziel_id, coalesce(" + Freigaben.subjekt("f")
                                + ", 'unbekannt') AS subjekt, f.recht FROM freigabe f WHERE f.mandant_id = ? AND f.ziel_art = 'plan' AND gilt(f.gueltig_von, f.gueltig_bis)")
                .param(mandant())
                .query(Freigabe.class)
                .list()
                .forEach(f -> eigene.computeIfAbsent(f.zielId, id -> new ArrayList<>())
                        .add(f));
        var alle = new HashMap<UUID, Map<String, Integer>>();
        if (eigene.isEmpty()) {
            return alle;
        }
        for (var k : plan) {
            var hier = new TreeMap<>(k.ueberId() == null ? Map.of() : alle.getOrDefault(k.ueberId(), Map.of()));
            eigene.getOrDefault(k.id(), List.of()).forEach(f -> hier.merge(f.subjekt, f.recht, Math::max));
            alle.put(k.id(), hier);
        }
        return alle;
    }

    private static String zugriff(Map<String, Integer> bisher, Map<String, Integer> kuenftig) {
        var worte = new ArrayList<String>();
        var alle = new TreeMap<String, Integer>(bisher);
        kuenftig.forEach(alle::putIfAbsent);
        for (var wer : alle.keySet()) {
            int vorher = bisher.getOrDefault(wer, -1);
            int nachher = kuenftig.getOrDefault(wer, -1);
            if (vorher != nachher) {
                worte.add(wer + ": " + wort(nachher) + " statt " + wort(vorher));
            }
        }
        return worte.size() <= 5
                ? String.join("; ", worte)
                : String.join("; ", worte.subList(0, 5)) + " und " + Anzeige.zahl(worte.size() - 5L) + " weitere";
    }

    private static String wort(int recht) {
        return recht < 0 ? "nichts" : Recht.values()[recht].wort();
    }
}
