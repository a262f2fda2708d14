package de.federwerk.personal;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.StelleBesetzt;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who holds which Stelle. Whatever hangs on the Stelle – rights, tasks, what it may sign – comes and goes with it. */
@Component
public class Besetzungen {

    /** @param bis null as long as it is held */
    public record Zeile(
            UUID id,
            UUID stelleId,
            String kuerzel,
            String bezeichnung,
            boolean leitung,
            Instant von,
            @Nullable Instant bis) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Personalien personalien;
    private final Einheiten einheiten;
    private final ApplicationEventPublisher ereignisse;
    private final Protokoll protokoll;

    Besetzungen(
            JdbcClient datenbank,
            Personen personen,
            Personalien personalien,
            Einheiten einheiten,
            ApplicationEventPublisher ereignisse,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.personalien = personalien;
        this.einheiten = einheiten;
        this.ereignisse = ereignisse;
        this.protokoll = protokoll;
    }

    /** Held now, then those of before, the newest first. */
    @Transactional(readOnly = true)
    public List<Zeile> von(UUID person) {
        return datenbank.sql("""
                SELECT b.id, s.id AS stelle_id, e.kuerzel, s.bezeichnung, s.leitung, b.gueltig_von AS von,
                       CASE WHEN gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis) THEN NULL
                            ELSE coalesce(b.gueltig_bis, s.gueltig_bis, e.gueltig_bis) END AS bis
                  FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                  JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                 WHERE b.mandant_id = ? AND b.person_id = ? ORDER BY bis DESC NULLS FIRST, b.gueltig_von, b.id LIMIT 50""").params(mandant(), person).query(Zeile.class).list();
    }

    /** Gives a Stelle that exists; given twice, it is given once. Others may hold it, too. */
    @Transactional
    public void besetze(Anmeldung wer, UUID person, UUID stelle) {
        verlange(wer, person);
        var bezeichnung = datenbank
                .sql("""
                SELECT s.bezeichnung FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                 WHERE s.mandant_id = ? AND s.id = ? AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis) FOR UPDATE OF s""")
                .params(mandant(), stelle)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Stelle gibt es nicht."));
        if (von(person).stream().anyMatch(z -> z.bis == null && z.stelleId.equals(stelle))) {
            return;
        }
        datenbank
                .sql("INSERT INTO stellenbesetzung (mandant_id, id, stelle_id, person_id) VALUES (?, ?, ?, ?)")
                .params(mandant(), Kennung.neu(), stelle, person)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "stelle.besetzt",
                stelle,
                null,
                Map.of("bezeichnung", bezeichnung, "person", person.toString()));
    }

    /**
     * A new Stelle in a unit, held from now on.
     *
     * @param zugriff whether the Stelle may work on what its unit leads, as when persons are taken on from a list
     */
    @Transactional
    public void richteEin(
            Anmeldung wer, UUID person, UUID einheit, String bezeichnung, boolean leitung, boolean zugriff) {
        verlange(wer, person);
        var name = bezeichnung.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (name.isEmpty() || name.length() > 200) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie der Stelle eine Bezeichnung (bis 200 Zeichen). Es wurde nichts geändert.");
        }
        if (einheiten.baum().stream().noneMatch(e -> e.id().equals(einheit))) {
            throw new NichtGefunden("Diese Einheit gibt es nicht.");
        }
        var stelle = einheiten.besetze(wer.pseudonym(), einheit, name, leitung, person);
        if (zugriff) {
            ereignisse.publishEvent(new StelleBesetzt(mandant(), stelle, einheit, wer.person()));
        }
    }

    private void verlange(Anmeldung wer, UUID person) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var wen = personalien.person(person);
        if (!wen.gueltig()) {
            throw Abgelehnt.konflikt(wen.name() + " hat das Haus verlassen und kann keine Stelle bekommen.");
        }
    }

    /** The person holds the Stelle no longer; ended twice, it is ended once. The Stelle stays. @return whose it was */
    @Transactional
    public UUID beende(Anmeldung wer, UUID besetzung) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        record Besetzung(UUID stelleId, UUID personId, boolean vorbei) {}
        var was = datenbank
                .sql(
                        "SELECT stelle_id, person_id, coalesce(gueltig_bis <= now(), false) AS vorbei FROM stellenbesetzung WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), besetzung)
                .query(Besetzung.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Stellenbesetzung gibt es nicht."));
        if (!was.vorbei) {
            datenbank
                    .sql(
                            "UPDATE stellenbesetzung SET gueltig_bis = greatest(clock_timestamp(), gueltig_von + interval '1 microsecond') WHERE mandant_id = ? AND id = ?")
                    .params(mandant(), besetzung)
                    .update();
            protokoll.schreibe(
                    wer.pseudonym(),
                    "besetzung.beendet",
                    was.stelleId,
                    null,
                    Map.of("person", was.personId.toString()));
        }
        return was.personId;
    }
}
