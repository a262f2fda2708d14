package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The house as it stands, read in a few statements: what a Geschäftsverteilungsplan is compared with. */
@Component
class Hausbestand {

    /** @param befugnis 0–3 */
    record Stelle(UUID id, UUID einheitId, String bezeichnung, boolean leitung, int befugnis) {}

    record Sitz(UUID id, UUID stelleId, UUID personId, String name) {}

    record Mensch(UUID id, String anmeldename, String name) {}

    private record Position(UUID id, String kennzeichen) {}

    private record Freigabe(UUID stelle, UUID plan, int recht) {}

    record Paar(UUID stelle, UUID plan) {}

    /** @param einheiten by Kürzel in small letters @param freigaben of Stellen on positions, without end */
    record Stand(
            Map<String, Einheit> einheiten,
            List<Stelle> stellen,
            Map<UUID, List<Sitz>> sitze,
            Map<String, Mensch> menschen,
            Map<String, UUID> positionen,
            Map<Paar, Integer> freigaben) {

        @Nullable
        Einheit einheit(String kuerzel) {
            return einheiten.get(kuerzel.toLowerCase(Locale.ROOT));
        }

        boolean haelt(UUID stelle, UUID person) {
            return sitze.getOrDefault(stelle, List.of()).stream().anyMatch(s -> s.personId.equals(person));
        }
    }

    private final JdbcClient datenbank;

    Hausbestand(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Stand lies() {
        var einheiten = new HashMap<String, Einheit>();
        alle(
                        "SELECT id, ueber_id, kuerzel, name, true AS gueltig FROM einheit WHERE mandant_id = ? AND gueltig_bis IS NULL",
                        Einheit.class)
                .forEach(e -> einheiten.put(e.kuerzel().toLowerCase(Locale.ROOT), e));
        var sitze = new HashMap<UUID, List<Sitz>>();
        alle("""
                        SELECT b.id, b.stelle_id, b.person_id, trim(p.vorname || ' ' || p.nachname) AS name FROM stellenbesetzung b
                          JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                         WHERE b.mandant_id = ? AND gilt(b.gueltig_von, b.gueltig_bis) ORDER BY p.nachname, p.vorname, b.id""", Sitz.class)
                .forEach(s -> sitze.computeIfAbsent(s.stelleId, id -> new ArrayList<>())
                        .add(s));
        var menschen = new HashMap<String, Mensch>();
        alle(
                        "SELECT id, anmeldename, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ? AND art = 'mensch' AND gilt(gueltig_von, gueltig_bis)",
                        Mensch.class)
                .forEach(m -> menschen.put(m.anmeldename, m));
        var positionen = new HashMap<String, UUID>();
        alle(
                        "SELECT id, kennzeichen FROM planknoten WHERE mandant_id = ? AND gilt(gueltig_von, gueltig_bis)",
                        Position.class)
                .forEach(p -> positionen.put(p.kennzeichen, p.id));
        var freigaben = new HashMap<Paar, Integer>();
        alle("""
                        SELECT subjekt_id AS stelle, ziel_id AS plan, max(recht) AS recht FROM freigabe
                         WHERE mandant_id = ? AND subjekt_art = 'stelle' AND ziel_art = 'plan' AND gueltig_bis IS NULL AND gueltig_von <= now()
                         GROUP BY subjekt_id, ziel_id""", Freigabe.class).forEach(f -> freigaben.put(new Paar(f.stelle, f.plan), f.recht));
        return new Stand(einheiten, alle("""
                        SELECT s.id, s.einheit_id, s.bezeichnung, s.leitung, s.zeichnungsbefugnis AS befugnis FROM stelle s
                         WHERE s.mandant_id = ? AND gilt(s.gueltig_von, s.gueltig_bis) ORDER BY s.gueltig_von, s.id""", Stelle.class), sitze, menschen, positionen, freigaben);
    }

    private <T> List<T> alle(String sql, Class<T> zeile) {
        return datenbank.sql(sql).param(mandant()).query(zeile).list();
    }
}
