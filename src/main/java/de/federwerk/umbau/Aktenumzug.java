package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Single Akten that a split gives to another unit. They get Schutzbereiche of their own coordinate: that costs their Dokumente. */
@Component
class Aktenumzug {

    private record Genannte(UUID id, int schutzbereichId, UUID planknotenId, UUID einheitId) {

        /** Goes with its position already. */
        boolean mit(Set<UUID> positionen) {
            return positionen.contains(planknotenId);
        }
    }

    private record Koordinate(
            int id,
            @Nullable UUID planKnoten,
            int stufe,
            @Nullable UUID sonderId) {}

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Index index;
    private final Protokoll protokoll;

    Aktenumzug(JdbcClient datenbank, Berechtigungen berechtigungen, Index index, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.index = index;
        this.protokoll = protokoll;
    }

    /**
     * Hides them until the index has them again. In the preview nothing moves, but the run knows of each: by its Schutzbereich it is told who
     * gains and who loses.
     *
     * @param positionen that went before, with everything below them
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void gib(Lauf lauf, Schritt schritt, Einheit von, Einheit nach, Set<UUID> positionen) {
        var genannte = frage(
                        "SELECT id, schutzbereich_id, planknoten_id, einheit_id FROM akte WHERE mandant_id = :m AND id IN (SELECT unnest(CAST(:akten AS uuid[]))) ORDER BY id",
                        von,
                        nach)
                .param("akten", Umzug.feld(schritt.akten()))
                .query(Genannte.class)
                .list()
                .stream()
                .filter(a -> {
                    var wo = lauf.wo(a.id, a.planknotenId, a.einheitId);
                    return wo.equals(von.id()) || a.mit(positionen) && wo.equals(nach.id());
                })
                .toList();
        if (genannte.size() < Set.copyOf(schritt.akten()).size()) {
            throw Abgelehnt.konflikt(
                    "Eine der genannten Akten führt die Einheit %s nicht mehr.".formatted(von.anzeige()));
        }
        var einzelne = genannte.stream().filter(a -> !a.mit(positionen)).toList();
        lauf.merke(schritt, "Einzelne Akten", von, nach, einzelne.size(), List.of());
        einzelne.forEach(a -> lauf.gingEinzeln(a.id, a.schutzbereichId, nach.id()));
        lauf.gingen(
                von.id(),
                nach.id(),
                Set.of(),
                einzelne.stream().map(Genannte::id).collect(Collectors.toSet()));
        if (!lauf.probe && !einzelne.isEmpty()) {
            bewege(lauf, einzelne.stream().map(Genannte::id).toList(), von, nach);
        }
    }

    private void bewege(Lauf lauf, List<UUID> ids, Einheit von, Einheit nach) {
        var akten = Umzug.feld(ids);
        var koordinaten = frage("""
                SELECT sb.id, sb.plan_knoten, sb.stufe, sb.sonder_id FROM schutzbereich sb WHERE sb.mandant_id = :m AND sb.einheit_id = :von AND sb.id IN (
                    SELECT schutzbereich_id FROM akte WHERE mandant_id = :m AND id IN (SELECT unnest(CAST(:akten AS uuid[])))
                    UNION SELECT schutzbereich_id FROM vorgang WHERE mandant_id = :m AND akte_id IN (SELECT unnest(CAST(:akten AS uuid[])))
                    UNION SELECT schutzbereich_id FROM dokument WHERE mandant_id = :m AND akte_id IN (SELECT unnest(CAST(:akten AS uuid[]))))""", von, nach)
                .param("akten", akten)
                .query(Koordinate.class)
                .list();
        for (var alt : koordinaten) {
            int neu = berechtigungen.schutzbereich(alt.planKnoten, nach.id(), alt.stufe, alt.sonderId);
            for (var tabelle : List.of("akte", "vorgang", "dokument")) {
                frage(
                                "UPDATE %s SET schutzbereich_id = :neu WHERE mandant_id = :m AND schutzbereich_id = :alt AND %s IN (SELECT unnest(CAST(:akten AS uuid[])))"
                                        .formatted(tabelle, tabelle.equals("akte") ? "id" : "akte_id"),
                                von,
                                nach)
                        .param("neu", neu)
                        .param("alt", alt.id)
                        .param("akten", akten)
                        .update();
            }
        }
        for (var tabelle : List.of("akte", "vorgang", "dokument")) {
            var spalte = tabelle.equals("akte") ? "id" : "akte_id";
            if (!tabelle.equals("dokument")) {
                frage(
                                "UPDATE %s SET einheit_id = :nach WHERE mandant_id = :m AND einheit_id = :von AND %s IN (SELECT unnest(CAST(:akten AS uuid[])))"
                                        .formatted(tabelle, spalte),
                                von,
                                nach)
                        .param("akten", akten)
                        .update();
            }
            index.vormerkenUndSperren(
                    tabelle,
                    frage(
                                    "SELECT id FROM %s WHERE mandant_id = :m AND %s IN (SELECT unnest(CAST(:akten AS uuid[])))"
                                            .formatted(tabelle, spalte),
                                    von,
                                    nach)
                            .param("akten", akten)
                            .query(UUID.class)
                            .list());
        }
        protokoll.schreibe(
                lauf.pseudonym,
                "akte.umgezogen",
                ids.stream()
                        .map(id -> new Protokoll.Tat(
                                id,
                                id,
                                Map.of(
                                        "von",
                                        von.anzeige(),
                                        "nach",
                                        nach.anzeige(),
                                        "text",
                                        von.anzeige() + " → " + nach.anzeige())))
                        .toList());
    }

    private JdbcClient.StatementSpec frage(String sql, Einheit von, Einheit nach) {
        return datenbank.sql(sql).param("m", mandant()).param("von", von.id()).param("nach", nach.id());
    }
}
