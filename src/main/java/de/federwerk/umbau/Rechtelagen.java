package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Gemeinte;
import de.federwerk.umbau.Rechtelage.Freigabe;
import de.federwerk.umbau.Rechtelage.Knoten;
import de.federwerk.umbau.Rechtelage.Ort;
import de.federwerk.umbau.Rechtelage.Ziel;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads a {@link Rechtelage} as the running transaction sees it. */
@Component
class Rechtelagen {

    private record Sitz(UUID id, UUID einheitId) {}

    private final JdbcClient datenbank;
    private final Gemeinte gemeinte;

    Rechtelagen(JdbcClient datenbank, Gemeinte gemeinte) {
        this.datenbank = datenbank;
        this.gemeinte = gemeinte;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Rechtelage lies() {
        var ziele = new HashMap<UUID, Map<Ziel, Integer>>();
        gemeinte.aller()
                .forEach(z -> ziele.computeIfAbsent(z.person(), p -> new HashMap<>())
                        .put(new Ziel(z.art(), z.ziel()), z.recht()));
        var orte = new HashMap<Integer, Ort>();
        frage(
                        "SELECT id, plan_knoten, einheit_id FROM schutzbereich WHERE mandant_id = ? AND sonder_id IS NULL AND einheit_id IS NOT NULL")
                .query(Ort.class)
                .list()
                .forEach(o -> orte.put(o.id(), o));
        var stellen = new HashMap<UUID, UUID>();
        frage("SELECT id, einheit_id FROM stelle WHERE mandant_id = ? AND (gueltig_bis IS NULL OR gueltig_bis > now())")
                .query(Sitz.class)
                .list()
                .forEach(s -> stellen.put(s.id, s.einheitId));
        return new Rechtelage(
                ziele,
                knoten(
                        "SELECT id, ueber_id, kuerzel || ' ' || name AS anzeige, nachfolger_id, gueltig_bis IS NULL AS gueltig FROM einheit WHERE mandant_id = ?"),
                knoten(
                        "SELECT id, ueber_id, kennzeichen || ' ' || titel AS anzeige, CAST(NULL AS uuid) AS nachfolger_id, true AS gueltig FROM planknoten WHERE mandant_id = ?"),
                orte,
                stellen,
                frage("""
                        SELECT id, subjekt_art, subjekt_id, ziel_art, ziel_id, recht, gueltig_von, gueltig_bis FROM freigabe
                         WHERE mandant_id = ? AND 'einheit' IN (subjekt_art, ziel_art) AND (gueltig_bis IS NULL OR gueltig_bis > now())""").query(Freigabe.class).list());
    }

    private Map<UUID, Knoten> knoten(String sql) {
        var alle = new HashMap<UUID, Knoten>();
        frage(sql).query(Knoten.class).list().forEach(k -> alle.put(k.id(), k));
        return alle;
    }

    private JdbcClient.StatementSpec frage(String sql) {
        return datenbank.sql(sql).param(mandant());
    }
}
