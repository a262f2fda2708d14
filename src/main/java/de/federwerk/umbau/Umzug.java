package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Everything that names a unit, and how it goes to another one. The one place that knows all these tables, whichever module they belong to:
 * a test compares it with the schema, so that a new table is not forgotten.
 */
@Component
class Umzug {

    /** What is only many: counted in the preview. @param art the unit stands in {@code spalte}, and this must hold, too */
    private record Menge(String was, String tabelle, String spalte, String art) {}

    /** Stations of running Laufwege, done ones as well: given back, they open once more. What has ended says how it was. */
    private static final String LAEUFT = """
            t.empfaenger_art = 'einheit' AND EXISTS (SELECT FROM laufweg l WHERE l.mandant_id = t.mandant_id AND l.id = t.laufweg_id AND l.stand = 'laeuft')""";

    private static final List<Menge> MENGEN = List.of(
            new Menge("Akten", "akte", "einheit_id", "TRUE"),
            new Menge("Vorgänge", "vorgang", "einheit_id", "TRUE"),
            new Menge("Geteilte Handmappen", "handmappe", "einheit_id", "t.aufgeloest IS NULL"),
            new Menge("Ansichten der Einheit", "ansicht", "einheit_id", "TRUE"),
            new Menge("Ansichten, die auf die Einheit eingrenzen", "ansicht", "filter_einheit_id", "TRUE"),
            new Menge("Dienststellen", "dienststelle", "einheit_id", "TRUE"),
            new Menge("Offene Eingänge", "eingang", "einheit_id", "t.status = 'offen'"),
            new Menge("Offene Aufgaben der Einheit", "station", "empfaenger_id", "t.stand = 'offen' AND " + LAEUFT),
            new Menge(
                    "Weitere Stationen laufender Laufwege",
                    "station",
                    "empfaenger_id",
                    "t.stand <> 'offen' AND " + LAEUFT));

    private static final Menge AKTEN_DER_POSITIONEN =
            new Menge("Akten", "akte", "einheit_id", "t.planknoten_id IN (SELECT unnest(CAST(:positionen AS uuid[])))");
    private static final Menge VORGAENGE_DER_POSITIONEN = new Menge(
            "Vorgänge",
            "vorgang",
            "einheit_id",
            "t.akte_id IN (SELECT a.id FROM akte a WHERE a.mandant_id = t.mandant_id AND a.planknoten_id IN (SELECT unnest(CAST(:positionen AS uuid[]))))");

    private static final String BETROFFENE_VORLAGEN = """
            laufwegvorlage v WHERE v.mandant_id = :m AND gilt(v.gueltig_von, v.gueltig_bis)
               AND EXISTS (SELECT FROM vorlagenstation t WHERE t.mandant_id = v.mandant_id AND t.vorlage_id = v.id AND t.fassung = v.fassung
                              AND t.einheit_id IN (SELECT unnest(CAST(:alle AS uuid[]))))""";

    private final JdbcClient datenbank;
    private final Rechteumzug rechte;
    private final Aktenumzug einzelne;

    Umzug(JdbcClient datenbank, Rechteumzug rechte, Aktenumzug einzelne) {
        this.datenbank = datenbank;
        this.rechte = rechte;
        this.einzelne = einzelne;
    }

    /** All that a unit has and leads. */
    @Transactional(propagation = Propagation.MANDATORY)
    void alles(Lauf lauf, Schritt schritt, Einheit von, Einheit nach) {
        stellen(lauf, schritt, von, nach, null);
        var untere = frage(
                        "SELECT kuerzel FROM einheit WHERE mandant_id = :m AND ueber_id = :von AND id <> :nach AND gueltig_bis IS NULL ORDER BY kuerzel",
                        von,
                        nach)
                .query(String.class)
                .list();
        // Ended ones as well: whoever may look into the unit above may look into what they left.
        frage(
                        "UPDATE einheit SET ueber_id = :nach WHERE mandant_id = :m AND ueber_id = :von AND id <> :nach",
                        von,
                        nach)
                .update();
        lauf.merke(schritt, "Einheiten darunter", von, nach, untere.size(), untere);
        // Not the Dokumente: their Schutzbereiche are coordinates, and only the coordinate moves.
        frage("UPDATE schutzbereich SET einheit_id = :nach WHERE mandant_id = :m AND einheit_id = :von", von, nach)
                .update();
        for (var menge : MENGEN) {
            lauf.merke(schritt, menge.was, von, nach, bewege(lauf, menge, von, nach, "{}"), List.of());
        }
        if (!lauf.probe) {
            leihen(von, nach);
        }
        vorlagen(lauf, schritt, von, nach);
        lauf.merke(
                schritt,
                "Zentraler Posteingang",
                von,
                nach,
                frage("UPDATE poststelle SET einheit_id = :nach WHERE mandant_id = :m AND einheit_id = :von", von, nach)
                        .update(),
                List.of());
        lauf.merke(
                schritt,
                "Wege von Anträgen",
                von,
                nach,
                frage("UPDATE antragsweg SET einheit_id = :nach WHERE mandant_id = :m AND einheit_id = :von", von, nach)
                        .update(),
                List.of());
        // That of a year goes on in the new unit, unless it has one of its own already.
        frage("""
                UPDATE antragsakte s SET einheit_id = :nach WHERE mandant_id = :m AND einheit_id = :von AND NOT EXISTS (
                    SELECT FROM antragsakte d WHERE d.mandant_id = s.mandant_id AND d.leistung_id = s.leistung_id AND d.jahr = s.jahr AND d.einheit_id = :nach)""", von, nach).update();
        lauf.merke(
                schritt,
                "Gruppen des Verzeichnisses",
                von,
                nach,
                frage(
                                "UPDATE gruppenzuordnung SET einheit_id = :nach WHERE mandant_id = :m AND einheit_id = :von",
                                von,
                                nach)
                        .update(),
                List.of());
        lauf.merke(schritt, "Freigaben", von, nach, rechte.alle(von.id(), nach.id()), List.of());
    }

    /** @param nur these; null: all */
    private void stellen(Lauf lauf, Schritt schritt, Einheit von, Einheit nach, @Nullable List<UUID> nur) {
        var welche = nur == null ? "TRUE" : "s.id IN (SELECT unnest(CAST(:stellen AS uuid[])))";
        var stellen = nur == null ? "{}" : feld(nur);
        var leute = frage("""
                SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = :m AND gilt(p.gueltig_von, p.gueltig_bis) AND p.id IN (
                    SELECT b.person_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                     WHERE b.mandant_id = :m AND s.einheit_id = :von AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND %s)
                 ORDER BY p.nachname, p.vorname, p.id""".formatted(welche), von, nach)
                .param("stellen", stellen)
                .query(String.class)
                .list();
        var bewegte = frage("""
                WITH bewegt AS (UPDATE stelle s SET einheit_id = :nach WHERE s.mandant_id = :m AND s.einheit_id = :von AND (s.gueltig_bis IS NULL OR s.gueltig_bis > now())
                                   AND %s RETURNING s.bezeichnung)
                SELECT bezeichnung FROM bewegt ORDER BY bezeichnung""".formatted(welche), von, nach)
                .param("stellen", stellen)
                .query(String.class)
                .list();
        lauf.merke(schritt, "Stellen", von, nach, bewegte.size(), bewegte);
        lauf.merke(schritt, "Personen auf diesen Stellen", von, nach, leute.size(), leute);
    }

    /** @param positionen where the Menge asks for them */
    private long bewege(Lauf lauf, Menge menge, Einheit von, Einheit nach, String positionen) {
        if (lauf.probe) {
            return frage(
                            "SELECT count(*) FROM %s t WHERE t.mandant_id = :m AND t.%s IN (SELECT unnest(CAST(:alle AS uuid[]))) AND %s"
                                    .formatted(menge.tabelle, menge.spalte, menge.art),
                            von,
                            nach)
                    .param("alle", lauf.herkunftAlsFeld(von.id()))
                    .param("positionen", positionen)
                    .query(Long.class)
                    .single();
        }
        return frage(
                        "UPDATE %1$s t SET %2$s = :nach WHERE t.mandant_id = :m AND t.%2$s = :von AND %3$s"
                                .formatted(menge.tabelle, menge.spalte, menge.art),
                        von,
                        nach)
                .param("positionen", positionen)
                .update();
    }

    /** What open tasks let the people of the unit see. */
    private void leihen(Einheit von, Einheit nach) {
        frage("""
                WITH weg AS (DELETE FROM aufgabenrecht WHERE mandant_id = :m AND subjekt_id = :von RETURNING aufgabe_id, vorgang_id, recht, persoenlich)
                INSERT INTO aufgabenrecht (mandant_id, aufgabe_id, vorgang_id, subjekt_id, recht, persoenlich)
                SELECT :m, aufgabe_id, vorgang_id, :nach, recht, persoenlich FROM weg ON CONFLICT DO NOTHING""", von, nach).update();
    }

    /** A template that names the unit gets a new Fassung; what the earlier one said stays. */
    private void vorlagen(Lauf lauf, Schritt schritt, Einheit von, Einheit nach) {
        var titel = frage("SELECT v.titel FROM " + BETROFFENE_VORLAGEN + " ORDER BY v.titel, v.id", von, nach)
                .param("alle", lauf.herkunftAlsFeld(von.id()))
                .query(String.class)
                .list();
        lauf.merke(schritt, "Laufwegvorlagen", von, nach, titel.size(), titel);
        if (lauf.probe || titel.isEmpty()) {
            return;
        }
        frage("""
                WITH neu AS (UPDATE laufwegvorlage n SET fassung = fassung + 1, geaendert = now(), geaendert_von = :wer
                              WHERE n.mandant_id = :m AND n.id IN (SELECT v.id FROM %s) RETURNING n.id, n.fassung)
                INSERT INTO vorlagenstation (mandant_id, vorlage_id, fassung, nummer, block, zweig, platz, art, auftrag, an, person_id, stelle_id, einheit_id,
                                             frist_tage, persoenlich, vier_augen_mit, verlangt, verlangt_wert)
                SELECT t.mandant_id, t.vorlage_id, n.fassung, t.nummer, t.block, t.zweig, t.platz, t.art, t.auftrag, t.an, t.person_id, t.stelle_id,
                       CASE WHEN t.einheit_id = :von THEN :nach ELSE t.einheit_id END, t.frist_tage, t.persoenlich, t.vier_augen_mit, t.verlangt, t.verlangt_wert
                  FROM neu n JOIN vorlagenstation t ON t.mandant_id = :m AND t.vorlage_id = n.id AND t.fassung = n.fassung - 1""".formatted(BETROFFENE_VORLAGEN), von, nach)
                .param("alle", lauf.herkunftAlsFeld(von.id()))
                .param("wer", lauf.wer)
                .update();
    }

    /** Stellen, positions and single Akten that a split gives to a part. Tasks that came to the unit as such stay with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void teil(Lauf lauf, Schritt schritt, Einheit von, Einheit nach) {
        stellen(lauf, schritt, von, nach, schritt.stellen());
        var alle = mitUnteren(schritt.positionen());
        var positionen = feld(alle);
        frage("""
                UPDATE schutzbereich SET einheit_id = :nach WHERE mandant_id = :m AND einheit_id = :von
                   AND plan_knoten IN (SELECT unnest(CAST(:positionen AS uuid[])))""", von, nach).param("positionen", positionen).update();
        for (var menge : List.of(AKTEN_DER_POSITIONEN, VORGAENGE_DER_POSITIONEN)) {
            lauf.merke(schritt, menge.was, von, nach, bewege(lauf, menge, von, nach, positionen), List.of());
        }
        lauf.gingen(von.id(), nach.id(), alle, Set.of());
        einzelne.gib(lauf, schritt, von, nach, alle);
        lauf.merke(schritt, "Freigaben", von, nach, rechte.teil(von.id(), nach.id(), schritt.stellen()), List.of());
    }

    /** The positions and everything below them. */
    private Set<UUID> mitUnteren(List<UUID> positionen) {
        return Set.copyOf(datenbank
                .sql("""
                WITH RECURSIVE unter (id) AS (
                    SELECT unnest(CAST(:positionen AS uuid[]))
                    UNION SELECT k.id FROM planknoten k JOIN unter u ON k.mandant_id = :m AND k.ueber_id = u.id)
                SELECT id FROM unter""")
                .param("m", mandant())
                .param("positionen", feld(positionen))
                .query(UUID.class)
                .list());
    }

    private JdbcClient.StatementSpec frage(String sql, Einheit von, Einheit nach) {
        return datenbank.sql(sql).param("m", mandant()).param("von", von.id()).param("nach", nach.id());
    }

    static String feld(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
