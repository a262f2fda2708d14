package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.protokoll.Protokoll;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stellen: who holds them, and what they may sign. */
@Component
public class Stellen {

    /** The order of the list of Stellen: by unit, the head of each first. */
    static final Ordnung NACH_EINHEIT = Ordnung.auf(
            Ordnung.text("kuerzel"), Ordnung.zahl("rang"), Ordnung.text("bezeichnung"), Ordnung.kennung("id"));

    /** What a Stelle may sign; each includes those before. Stands in the database by its number. */
    public enum Zeichnungsbefugnis {
        KEINE("keine"),
        /** Signs with others on the way, not the letter itself. */
        MITZEICHNUNG("Mitzeichnung"),
        /** Signs finally, „Im Auftrag“. */
        IM_AUFTRAG("Schlusszeichnung im Auftrag"),
        /** Signs finally in the own name: the head of the authority. */
        EIGEN("Schlusszeichnung im eigenen Namen");

        private final String bezeichnung;

        Zeichnungsbefugnis(String bezeichnung) {
            this.bezeichnung = bezeichnung;
        }

        public String bezeichnung() {
            return bezeichnung;
        }
    }

    /** A line of the list of Stellen. @param inhaber names of those who hold it today */
    record Zeile(
            UUID id,
            String kuerzel,
            String einheit,
            String bezeichnung,
            boolean leitung,
            long rang,
            int befugnis,
            @Nullable String inhaber) {

        Zeichnungsbefugnis zeichnungsbefugnis() {
            return Zeichnungsbefugnis.values()[befugnis];
        }
    }

    /** Somebody who holds a Stelle today. */
    public record Inhaber(UUID person, String name) {}

    private record Befugnis(UUID person, int befugnis) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Stellen(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** What a person may sign today: the highest of all Stellen held. */
    @Transactional(readOnly = true)
    public Zeichnungsbefugnis befugnis(UUID person) {
        return befugnis(List.of(person)).getOrDefault(person, Zeichnungsbefugnis.KEINE);
    }

    /** As {@link #befugnis(UUID)} for many, in one query; everybody asked for is in the answer. */
    @Transactional(readOnly = true)
    public Map<UUID, Zeichnungsbefugnis> befugnis(Collection<UUID> personen) {
        var befugnisse = new HashMap<UUID, Zeichnungsbefugnis>();
        personen.forEach(p -> befugnisse.put(p, Zeichnungsbefugnis.KEINE));
        if (!befugnisse.isEmpty()) {
            datenbank
                    .sql("""
                    SELECT b.person_id AS person, max(s.zeichnungsbefugnis) AS befugnis FROM %s
                     WHERE b.mandant_id = :m AND b.person_id IN (SELECT unnest(CAST(:personen AS uuid[]))) GROUP BY b.person_id""".formatted(Leitungen.BESETZT))
                    .param("m", mandant())
                    .param("personen", feld(befugnisse.keySet()))
                    .query(Befugnis.class)
                    .list()
                    .forEach(b -> befugnisse.put(b.person, Zeichnungsbefugnis.values()[b.befugnis]));
        }
        return befugnisse;
    }

    /** Ids as an array literal. */
    static String feld(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Says what a Stelle may sign from now on.
     *
     * @throws de.federwerk.basis.Abgelehnt (RECHT) without the role ADMINISTRATION
     */
    @Transactional
    public void setze(Anmeldung wer, UUID stelle, Zeichnungsbefugnis befugnis) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        int vorher = datenbank
                .sql(
                        "SELECT zeichnungsbefugnis FROM stelle WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis) FOR UPDATE")
                .params(mandant(), stelle)
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Stelle gibt es nicht."));
        if (vorher == befugnis.ordinal()) {
            return;
        }
        datenbank
                .sql("UPDATE stelle SET zeichnungsbefugnis = ? WHERE mandant_id = ? AND id = ?")
                .params(befugnis.ordinal(), mandant(), stelle)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "stelle.befugt",
                stelle,
                null,
                Map.of("zeichnungsbefugnis", befugnis.name(), "vorher", Zeichnungsbefugnis.values()[vorher].name()),
                "stelle");
    }

    /** Valid people and programs who hold this Stelle today, by name. */
    @Transactional(readOnly = true)
    public List<Inhaber> inhaber(UUID stelle) {
        return haltende("s.id = ?", stelle);
    }

    /** Valid people who hold a Stelle directly in this unit today, by name; nobody of the units below. */
    @Transactional(readOnly = true)
    public List<Inhaber> mitglieder(UUID einheit) {
        return haltende("p.art = 'mensch' AND s.einheit_id = ?", einheit);
    }

    private List<Inhaber> haltende(String bedingung, UUID id) {
        return datenbank
                .sql("""
                SELECT person, name FROM (
                    SELECT DISTINCT p.id AS person, trim(p.vorname || ' ' || p.nachname) AS name, p.nachname, p.vorname
                      FROM %s JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
                     WHERE b.mandant_id = ? AND %s) i
                 ORDER BY nachname, vorname, person""".formatted(Leitungen.BESETZT, bedingung))
                .params(mandant(), id)
                .query(Inhaber.class)
                .list();
    }

    /** All valid today, for the administration. */
    @Transactional(readOnly = true)
    Seite<Zeile> liste(Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.kuerzel, z.rang, z.bezeichnung, z.id),
                (stelle, hoechstens) -> datenbank
                        .sql("""
                        SELECT z.*, (SELECT string_agg(trim(p.vorname || ' ' || p.nachname), ', ' ORDER BY p.nachname, p.vorname)
                                       FROM stellenbesetzung b JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                                      WHERE b.mandant_id = :m AND b.stelle_id = z.id AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(p.gueltig_von, p.gueltig_bis)) AS inhaber
                          FROM (SELECT s.id, e.kuerzel, e.name AS einheit, s.bezeichnung, s.leitung, CASE WHEN s.leitung THEN 0 ELSE 1 END AS rang,
                                       s.zeichnungsbefugnis AS befugnis
                                  FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                                 WHERE s.mandant_id = :m AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)) z
                         WHERE %s ORDER BY %s LIMIT :hoechstens""".formatted(NACH_EINHEIT.bedingung("z", stelle), NACH_EINHEIT.folge("z", stelle)))
                        .param("m", mandant())
                        .param("hoechstens", hoechstens)
                        .params(NACH_EINHEIT.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    Anzahl anzahl() {
        return Anzahl.aus(datenbank
                .sql("""
                SELECT count(*) FROM (SELECT FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                 WHERE s.mandant_id = ? AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis) LIMIT ?) s""")
                .params(mandant(), Anzahl.GENAU_BIS + 1)
                .query(Long.class)
                .single());
    }
}
