package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what a search found, and what has changed since somebody decided about it. */
@Component
class Fundaufnahme {

    private final JdbcClient datenbank;

    Fundaufnahme(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Adds what is new; what was decided stays decided, unless it was found in a way of which the answer says more. @return how many were new */
    @Transactional(propagation = Propagation.MANDATORY)
    public int merke(UUID ersuchen, List<Haussuche.Fund> funde) {
        int vorher = anzahl(ersuchen);
        var jeDing = funde.stream()
                .collect(Collectors.groupingBy(
                        f -> Map.entry(f.art(), f.objekt()),
                        Collectors.mapping(Haussuche.Fund::weg, Collectors.toCollection(LinkedHashSet::new))));
        var dinge = List.copyOf(jeDing.entrySet());
        datenbank
                .sql("""
                INSERT INTO auskunftstreffer (mandant_id, ersuchen_id, objekt_id, art, wege)
                SELECT :m, :ersuchen, x.objekt, x.art, string_to_array(x.wege, chr(31))
                  FROM unnest(CAST(:objekte AS uuid[]), CAST(:arten AS text[]), CAST(:wege AS text[])) x (objekt, art, wege)
                ON CONFLICT (mandant_id, ersuchen_id, objekt_id) DO UPDATE
                   SET wege = ARRAY(SELECT DISTINCT x FROM unnest(auskunftstreffer.wege || excluded.wege) x ORDER BY x)""")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param(
                        "objekte",
                        Fundbuch.feld(
                                dinge.stream().map(d -> d.getKey().getValue()).toList()))
                .param("arten", dinge.stream().map(d -> d.getKey().getKey()).toArray(String[]::new))
                .param(
                        "wege",
                        dinge.stream()
                                .map(d -> String.join("\u001f", d.getValue()))
                                .toArray(String[]::new))
                .update();
        // The index may be late: what is filed meanwhile is looked at as what it has become.
        datenbank
                .sql(
                        "SELECT auskunft_folgt_ablage(:m, t.objekt_id) FROM auskunftstreffer t WHERE t.mandant_id = :m AND t.ersuchen_id = :ersuchen AND t.art = 'eingang'")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query((z, nr) -> nr)
                .list();
        return anzahl(ersuchen) - vorher;
    }

    /** Asks of all that was decided in open requests whether it says something else by now, for the start page and for lists. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void merkeGeaendertes() {
        datenbank.sql("""
                UPDATE auskunftstreffer t SET geaendert = NOT t.geaendert
                 WHERE t.mandant_id = :m AND t.entscheid <> 'offen' AND t.geaendert <> auskunft_veraltet(t)
                   AND t.ersuchen_id IN (SELECT id FROM auskunftsersuchen WHERE mandant_id = :m AND erledigt IS NULL)""").param("m", mandant()).update();
    }

    private int anzahl(UUID ersuchen) {
        return datenbank
                .sql("SELECT count(*) FROM auskunftstreffer WHERE mandant_id = ? AND ersuchen_id = ?")
                .params(mandant(), ersuchen)
                .query(Integer.class)
                .single();
    }
}
