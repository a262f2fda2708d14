package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.suche.Anfrage;
import de.federwerk.suche.Anfrage.Reihenfolge;
import de.federwerk.suche.Suche;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks for one person in everything the house holds, whoever asked: with a Sicht that belongs to nobody and never leaves this class. What comes out is
 * which things there are, and not one word of them (docs/adr/0026-auskunft.md).
 */
@Component
class Haussuche {

    /** Beyond that the words were too wide: the person who handles it is told, and narrows them. */
    static final int HOECHSTENS = 2_000;

    private static final int JE_SEITE = 100;
    private static final UUID NIEMAND = new UUID(0, 0);
    /** The highest that a person can be cleared for. */
    private static final int ERMAECHTIGUNG = 9;

    /** @param weg how it was found, in words */
    record Fund(String art, UUID objekt, String weg) {}

    /** @param treffer how many there were; of fields no more is counted than one over what is taken */
    record Frage(String worte, long treffer, long uebernommen) {}

    /** @param luecken German: what was not searched; empty if nothing */
    record Ergebnis(List<Fund> funde, List<Frage> fragen, List<String> luecken) {}

    private final JdbcClient datenbank;
    private final Suche suche;

    Haussuche(JdbcClient datenbank, Suche suche) {
        this.datenbank = datenbank;
        this.suche = suche;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Ergebnis suche(Ersuchensangaben angaben) {
        var funde = new ArrayList<Fund>();
        var fragen = new ArrayList<Frage>();
        var luecken = new ArrayList<String>();
        var alles = alles();
        boolean imAufbau = false;
        for (var worte : Suchworte.fuerIndex(angaben)) {
            imAufbau |= frage(alles, worte, funde, fragen);
        }
        for (var feld : felder(angaben).entrySet()) {
            var dort = feld.getValue();
            int genommen = Math.min(dort.size(), HOECHSTENS);
            funde.addAll(dort.subList(0, genommen));
            fragen.add(new Frage(feld.getKey(), dort.size(), genommen));
        }
        fragen.stream()
                .filter(f -> f.uebernommen < f.treffer)
                .forEach(f -> luecken.add(
                        "Zu „%s“ gibt es mehr Fundstellen, als übernommen wurden (%d). Bitte ergänzen Sie Angaben, die enger suchen."
                                .formatted(f.worte, f.uebernommen)));
        if (imAufbau) {
            luecken.add("Der Suchindex wurde gerade neu aufgebaut: Bitte suchen Sie noch einmal, wenn er fertig ist.");
        }
        luecken.addAll(undurchsucht());
        return new Ergebnis(funde, fragen, luecken);
    }

    private Sicht alles() {
        Set<Integer> bereiche = new HashSet<>(datenbank
                .sql("SELECT id FROM schutzbereich WHERE mandant_id = ? AND stufe <= ?")
                .params(mandant(), ERMAECHTIGUNG)
                .query(Integer.class)
                .list());
        return new Sicht(
                mandant(), NIEMAND, Recht.LESEN, ERMAECHTIGUNG, bereiche, Set.of(), Set.of(), Set.of(), List.of(), 0);
    }

    private boolean frage(Sicht alles, String worte, List<Fund> funde, List<Frage> fragen) {
        long uebernommen = 0;
        @Nullable String ab = null;
        while (true) {
            var liste = suche.suche(
                    alles,
                    new Anfrage(
                            worte,
                            null,
                            ab == null ? Stelle.ANFANG : Anfrage.NACH_RANG.lies(ab),
                            JE_SEITE,
                            Reihenfolge.NEUESTE));
            liste.treffer().forEach(t -> funde.add(new Fund(t.art(), t.id(), "Volltext " + worte)));
            uebernommen += liste.treffer().size();
            ab = liste.weiter();
            if (ab == null || uebernommen >= HOECHSTENS) {
                fragen.add(new Frage(worte, liste.gesamt(), Math.min(uebernommen, liste.gesamt())));
                return liste.imAufbau();
            }
        }
    }

    private static final String TRIFFT =
            "(%1$s ~* ANY (CAST(:nachnamen AS text[])) AND %1$s ~* ANY (CAST(:vornamen AS text[])) OR %1$s ~* ANY (CAST(:genau AS text[])))";

    /** Where a name stands in a field of its own, and what the index does not know: earlier Versions, Kommentare, paper, accounts. */
    private Map<String, List<Fund>> felder(Ersuchensangaben angaben) {
        var muster = Suchworte.fuerFelder(angaben);
        var wege = new LinkedHashMap<String, String>();
        wege.put(
                "Absender",
                "SELECT 'dokument', d.id FROM dokument d WHERE d.mandant_id = :m AND "
                        + TRIFFT.formatted("d.absender"));
        wege.put(
                "Absender des Eingangs",
                "SELECT 'eingang', g.id FROM eingang g JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id WHERE g.mandant_id = :m AND g.status = 'offen' AND "
                        + TRIFFT.formatted("f.absender"));
        wege.put(
                "Feld der Akte",
                "SELECT DISTINCT 'akte', w.akte_id FROM aktenwert w WHERE w.mandant_id = :m AND "
                        + TRIFFT.formatted("w.text"));
        wege.put(
                "Feld des Vorgangs",
                "SELECT DISTINCT 'vorgang', w.vorgang_id FROM vorgangswert w WHERE w.mandant_id = :m AND "
                        + TRIFFT.formatted("w.text"));
        wege.put(
                "Merkpunkt",
                "SELECT DISTINCT 'vorgang', k.vorgang_id FROM merkpunkt k WHERE k.mandant_id = :m AND k.entfernt IS NULL AND "
                        + TRIFFT.formatted("k.text"));
        // Of some of these ways, by their names, the answer says that there is more than it copies: auskunft_angaben.
        wege.put(
                "Auftrag oder Bemerkung im Geschäftsgang",
                "SELECT DISTINCT CASE WHEN l.dokument_id IS NULL THEN 'vorgang' ELSE 'dokument' END, coalesce(l.dokument_id, l.vorgang_id) FROM laufweg l JOIN (SELECT mandant_id, laufweg_id, auftrag AS text FROM station UNION ALL SELECT mandant_id, laufweg_id, bemerkung FROM zeichnung) k ON k.mandant_id = l.mandant_id AND k.laufweg_id = l.id WHERE l.mandant_id = :m AND k.text <> '' AND "
                        + TRIFFT.formatted("k.text"));
        wege.put(
                "Name einer Teilakte",
                "SELECT DISTINCT 'akte', k.akte_id FROM aktenteil k WHERE k.mandant_id = :m AND k.art = 'teilakte' AND "
                        + TRIFFT.formatted("k.titel"));
        wege.put(
                "Ausleihe von Papier",
                "SELECT DISTINCT 'papier', k.papierteil_id FROM ausleihe k WHERE k.mandant_id = :m AND ("
                        + TRIFFT.formatted("k.wer") + " OR " + TRIFFT.formatted("k.grund") + ")");
        wege.put(
                "Empfänger einer Akteneinsicht",
                "SELECT DISTINCT 'akte', e.akte_id FROM akteneinsicht e WHERE e.mandant_id = :m AND "
                        + TRIFFT.formatted("e.empfaenger"));
        wege.put(
                "Papier",
                "SELECT 'papier', p.id FROM papierteil p WHERE p.mandant_id = :m AND " + TRIFFT.formatted("p.titel"));
        wege.put(
                "Vermerk oder Kommentar zum Dokument",
                "SELECT DISTINCT 'dokument', k.dokument_id FROM (SELECT mandant_id, dokument_id, text FROM kommentar UNION ALL SELECT mandant_id, dokument_id, text FROM dokumentvermerk) k WHERE k.mandant_id = :m AND "
                        + TRIFFT.formatted("k.text"));
        wege.put(
                "frühere Version",
                "SELECT DISTINCT 'dokument', v.dokument_id FROM version v JOIN datei_text t ON t.mandant_id = v.mandant_id AND t.datei_id = v.datei_id WHERE v.mandant_id = :m AND EXISTS (SELECT FROM version n WHERE n.mandant_id = v.mandant_id AND n.dokument_id = v.dokument_id AND n.nummer > v.nummer) AND "
                        + TRIFFT.formatted("t.text"));
        var person = TRIFFT.formatted("(p.vorname || ' ' || p.nachname || ' ' || coalesce(p.email, ''))");
        wege.put(
                "Benutzerkonto",
                "SELECT 'konto', p.id FROM person p WHERE p.mandant_id = :m AND p.art = 'mensch' AND " + person);
        wege.put(
                "Personalakte",
                "SELECT DISTINCT 'akte', x.akte_id FROM ausschluss x JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.person_id WHERE x.mandant_id = :m AND x.art = 'personalakte' AND gilt(x.gueltig_von, x.gueltig_bis) AND "
                        + person);
        var gefunden = new LinkedHashMap<String, List<Fund>>();
        wege.forEach((weg, sql) -> gefunden.put(
                weg,
                datenbank
                        .sql(sql + " LIMIT " + (HOECHSTENS + 1))
                        .param("m", mandant())
                        .param("nachnamen", muster.nachnamen().toArray(String[]::new))
                        .param("vornamen", muster.vornamen().toArray(String[]::new))
                        .param("genau", muster.genau().toArray(String[]::new))
                        .query((z, nr) -> new Fund(z.getString(1), z.getObject(2, UUID.class), weg))
                        .list()));
        return gefunden;
    }

    private record Unlesbares(long wartend, long ohneText, long imIndexOffen) {}

    /** Nothing is passed over in silence. */
    private List<String> undurchsucht() {
        var zahl =
                datenbank.sql("""
                SELECT (SELECT count(*) FROM datei WHERE mandant_id = :m AND stand = 'neu') AS wartend,
                       (SELECT count(*) FROM datei f WHERE f.mandant_id = :m AND f.stand = 'gescheitert') AS ohne_text,
                       (SELECT count(*) FROM index_rueckstand WHERE mandant_id = :m) AS im_index_offen""").param("m", mandant()).query(Unlesbares.class).single();
        var luecken = new ArrayList<String>();
        if (zahl.wartend + zahl.imIndexOffen > 0) {
            luecken.add(
                    "%d neue oder geänderte Dinge waren noch nicht im Suchindex: Bitte suchen Sie in einigen Minuten noch einmal."
                            .formatted(Math.max(zahl.wartend, zahl.imIndexOffen)));
        }
        if (zahl.ohneText > 0) {
            luecken.add(
                    "%d Dateien konnten nicht gelesen werden (beschädigt oder mit Kennwort); gefunden werden sie nur nach Titel und Absender."
                            .formatted(zahl.ohneText));
        }
        return luecken;
    }
}
