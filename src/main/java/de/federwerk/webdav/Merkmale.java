package de.federwerk.webdav;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What programs note at a person's own files and folders (dead properties). */
@Component
class Merkmale {

    static final int JE_STUECK = 200;

    /** The name of a property. @param raum its namespace; empty for none */
    record Name(String raum, String name) {}

    /** @param element the whole element as it came in */
    record Merkmal(UUID stueckId, String raum, String name, String element) {

        Name wie() {
            return new Name(raum, name);
        }
    }

    private final JdbcClient datenbank;

    Merkmale(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    @Transactional(readOnly = true)
    public Map<UUID, List<Merkmal>> an(Collection<UUID> stuecke) {
        return stuecke.isEmpty()
                ? Map.of()
                : datenbank
                        .sql(
                                "SELECT stueck_id, raum, name, element FROM arbeitsmerkmal WHERE mandant_id = :m AND stueck_id IN (SELECT unnest(CAST(:stuecke AS uuid[]))) ORDER BY raum, name")
                        .param("m", mandant())
                        .param(
                                "stuecke",
                                stuecke.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                        .query(Merkmal.class)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(Merkmal::stueckId));
    }

    @Transactional
    public void setze(UUID stueck, Name was, String element) {
        datenbank
                .sql("""
                INSERT INTO arbeitsmerkmal (mandant_id, stueck_id, raum, name, element) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, stueck_id, raum, name) DO UPDATE SET element = excluded.element""")
                .params(mandant(), stueck, was.raum, was.name, element)
                .update();
    }

    @Transactional
    public void entferne(UUID stueck, Name was) {
        datenbank
                .sql("DELETE FROM arbeitsmerkmal WHERE mandant_id = ? AND stueck_id = ? AND raum = ? AND name = ?")
                .params(mandant(), stueck, was.raum, was.name)
                .update();
    }

    @Transactional(readOnly = true)
    public int anzahl(UUID stueck) {
        return datenbank
                .sql("SELECT count(*) FROM arbeitsmerkmal WHERE mandant_id = ? AND stueck_id = ?")
                .params(mandant(), stueck)
                .query(Integer.class)
                .single();
    }
}
