package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The Vorgang in which the answer is filed, and whose rights it has. What comes together there from several units may be read by those alone whom
 * somebody named for this Vorgang: whoever handles the request reads none of the sources, so comparing readers cannot be the rule.
 */
@Component
class Antwortort {

    private static final String FREI = "t.ersuchen_id = :ersuchen AND t.entscheid IN ('gehoert', 'geschwaerzt')";

    /** @param stufe the highest of what is released @param fremd whether some of it has other rights than the Vorgang */
    private record Verlangt(int stufe, boolean fremd) {}

    /** @param eigen its inheritance is cut, for it alone: what it has from its Akte does not count */
    private record Ziel(int stufe, boolean eigen) {}

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;

    Antwortort(JdbcClient datenbank, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
    }

    /** @return why the answer may not be filed there; empty if it may */
    @Transactional(readOnly = true)
    public Optional<String> zuOffen(UUID vorgang, UUID ersuchen) {
        var verlangt = datenbank
                .sql("""
                SELECT coalesce(max(s.stufe), 0) AS stufe,
                       coalesce(bool_or(s.id IS DISTINCT FROM (SELECT z.schutzbereich_id FROM vorgang z WHERE z.mandant_id = :m AND z.id = :vorgang)), false) AS fremd
                  FROM auskunftstreffer t LEFT JOIN schutzbereich s ON s.mandant_id = t.mandant_id
                   AND s.id = auskunft_schutzbereich(t.mandant_id, CASE WHEN t.ersatz_id IS NULL THEN t.art ELSE 'dokument' END, coalesce(t.ersatz_id, t.objekt_id))
                 WHERE t.mandant_id = :m AND NOT auskunft_verworfen(t) AND\s""" + FREI)
                .param("m", mandant())
                .param("vorgang", vorgang)
                .param("ersuchen", ersuchen)
                .query(Verlangt.class)
                .single();
        var ziel =
                datenbank.sql("""
                SELECT s.stufe, coalesce(b.einzeln, false) AND s.sonder_id IS DISTINCT FROM o.sonder_id AS eigen
                  FROM vorgang v JOIN schutzbereich s ON s.mandant_id = v.mandant_id AND s.id = v.schutzbereich_id
                  JOIN akte a ON a.mandant_id = v.mandant_id AND a.id = v.akte_id JOIN schutzbereich o ON o.mandant_id = a.mandant_id AND o.id = a.schutzbereich_id
                  LEFT JOIN sonderbereich b ON b.mandant_id = s.mandant_id AND b.id = s.sonder_id WHERE v.mandant_id = ? AND v.id = ?""").params(mandant(), vorgang).query(Ziel.class).single();
        boolean offen = verlangt.fremd && !ziel.eigen;
        boolean niedrig = verlangt.stufe > ziel.stufe;
        if (offen || niedrig) {
            return Optional.of(
                    "Die Auskunft läge im Vorgang für mehr Personen offen als das, was in ihr steht: Freigegeben ist auch, was andere Rechte hat. Bitte schützen Sie zuerst den Vorgang unter „Wer sieht das?“"
                            + (offen
                                    ? ", indem Sie die Vererbung der Rechte nur für ihn unterbrechen und benennen, wer die Auskunft bearbeitet"
                                    : "")
                            + (niedrig ? " (Vertraulichkeit mindestens Stufe %d)".formatted(verlangt.stufe) : "")
                            + ".");
        }
        // Not who: an exclusion is nobody's business who does not see the Akte.
        return liestEinAusgeschlossener(vorgang, ersuchen)
                ? Optional.of(
                        "Im Vorgang liest jemand mit, der von etwas Freigegebenem ausgeschlossen ist. Bitte geben Sie den Vorgang unter „Wer sieht das?“ nur denen frei, die die Auskunft bearbeiten.")
                : Optional.empty();
    }

    private boolean liestEinAusgeschlossener(UUID vorgang, UUID ersuchen) {
        return datenbank
                .sql(
                        "SELECT DISTINCT x.person_id FROM ausschluss x WHERE x.mandant_id = :m AND gilt(x.gueltig_von, x.gueltig_bis) AND x.akte_id IN (SELECT coalesce(a.id, g.akte_id) "
                                + Fundbuch.QUELLEN + FREI + ")")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query(UUID.class)
                .list()
                .stream()
                .anyMatch(person -> {
                    var sicht = berechtigungen.sicht(person, Recht.LESEN);
                    return datenbank
                            .sql("SELECT EXISTS (SELECT FROM vorgang v WHERE v.mandant_id = :m AND v.id = :vorgang AND "
                                    + sicht.aufVorgang("v") + ")")
                            .param("m", mandant())
                            .param("vorgang", vorgang)
                            .params(sicht.parameter())
                            .query(Boolean.class)
                            .single();
                });
    }
}
