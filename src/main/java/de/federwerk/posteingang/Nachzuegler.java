package de.federwerk.posteingang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.DateiErschlossen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import de.federwerk.suche.Index;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A file has been read: its Eingang is indexed, and attachments that came to light only after the mail was filed follow it into the
 * Vorgang.
 */
@Component
class Nachzuegler {

    private static final String STOERUNG = "anlage";

    private record Abgelegt(UUID id, UUID vorgangId, UUID dokumentId, UUID person, UUID pseudonym, String name) {}

    private final JdbcClient datenbank;
    private final Dateien dateien;
    private final Dokumente dokumente;
    private final Stoerungen stoerungen;
    private final Index index;
    /** Behind a savepoint: an attachment that is refused must not undo the reading of the mail. */
    private final TransactionTemplate einzeln;

    Nachzuegler(JdbcClient datenbank, Dateien dateien, Dokumente dokumente, Stoerungen stoerungen, Index index, PlatformTransactionManager transaktionen) {
        this.datenbank = datenbank;
        this.dateien = dateien;
        this.dokumente = dokumente;
        this.stoerungen = stoerungen;
        this.index = index;
        this.einzeln = new TransactionTemplate(transaktionen);
        this.einzeln.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @EventListener
    void nach(DateiErschlossen erschlossen) {
        // Waits for somebody who is filing this Eingang right now; whoever comes second sees the other's work.
        datenbank
                .sql("SELECT id FROM eingang WHERE mandant_id = ? AND datei_id = coalesce((SELECT teil_von FROM datei WHERE mandant_id = ? AND id = ?), ?) FOR UPDATE")
                .params(mandant(), mandant(), erschlossen.datei(), erschlossen.datei())
                .query(UUID.class)
                .list()
                .forEach(id -> {
                    index.vormerken("eingang", id);
                    legeNach(id, erschlossen.datei());
                });
    }

    /** “Erneut versuchen” for an attachment that could not follow: the same way once more, for all parts of its mail. */
    @EventListener
    void nach(StoerungErneut erneut) {
        if (erneut.art().equals(STOERUNG)) {
            datenbank
                    .sql("SELECT teil_von FROM datei WHERE mandant_id = ? AND id = ? AND teil_von IS NOT NULL")
                    .params(mandant(), erneut.bezug())
                    .query(UUID.class)
                    .optional()
                    .ifPresent(mail -> nach(new DateiErschlossen(mandant(), mail)));
        }
    }

    private void legeNach(UUID id, UUID datei) {
        var abgelegt = datenbank
                .sql("""
                SELECT g.id, g.vorgang_id, g.dokument_id, p.id AS person, p.pseudonym, trim(p.vorname || ' ' || p.nachname) AS name
                  FROM eingang g JOIN person p ON p.mandant_id = g.mandant_id AND p.id = g.abgelegt_von
                 WHERE g.mandant_id = ? AND g.id = ? AND g.datei_id = ? AND g.status = 'abgelegt'""")
                .params(mandant(), id, datei)
                .query(Abgelegt.class)
                .optional();
        if (abgelegt.isEmpty()) {
            return;
        }
        var ziel = abgelegt.get();
        for (var teil : dateien.teile(datei)) {
            var schon = datenbank.sql("SELECT count(*) FROM version WHERE mandant_id = ? AND datei_id = ?").params(mandant(), teil.id()).query(Long.class).single();
            if (schon > 0) {
                continue;
            }
            try {
                var wer = new Anmeldung(mandant(), ziel.person, ziel.pseudonym, ziel.name);
                einzeln.executeWithoutResult(
                        t -> dokumente.lege(wer, Kennung.neu(), ziel.vorgangId, teil, new Angaben(null, "Anlage", ziel.dokumentId, ziel.id, null, null, null)));
                stoerungen.erledigt(STOERUNG, teil.id());
            } catch (Abgelehnt | de.federwerk.basis.NichtGefunden e) {
                stoerungen.melde(STOERUNG, teil.id(), teil.dateiname(), "Die Anlage wurde erst nach dem Ablegen gelesen und kam nicht mehr in den Vorgang: " + e.getMessage(), null);
            }
        }
    }
}
