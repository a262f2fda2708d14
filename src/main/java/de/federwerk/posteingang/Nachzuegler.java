package de.federwerk.posteingang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.datei.DateiErschlossen;
import de.federwerk.datei.Dateien;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import de.federwerk.suche.Index;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
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

    private final JdbcClient datenbank;
    private final Dateien dateien;
    private final Dokumente dokumente;
    private final Stoerungen stoerungen;
    private final Index index;
    /** Behind a savepoint: an attachment that is refused must not undo the reading of the mail. */
    private final TransactionTemplate einzeln;

    Nachzuegler(
            JdbcClient datenbank,
            Dateien dateien,
            Dokumente dokumente,
            Stoerungen stoerungen,
            Index index,
            PlatformTransactionManager transaktionen) {
        this.datenbank = datenbank;
        this.dateien = dateien;
        this.dokumente = dokumente;
        this.stoerungen = stoerungen;
        this.index = index;
        this.einzeln = new TransactionTemplate(transaktionen);
        this.einzeln.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Before the index is told: behind the lock the Dokumente of whoever was filing are visible to it. */
    @EventListener
    @Order(1)
    void nach(DateiErschlossen erschlossen) {
        // Waits for somebody who is filing this Eingang right now; whoever comes second sees the other's work.
        var eingang = datenbank
                .sql("""
                WITH RECURSIVE auf AS (
                    SELECT id, teil_von FROM datei WHERE mandant_id = :m AND id = :datei
                    UNION ALL SELECT d.id, d.teil_von FROM datei d JOIN auf a ON d.mandant_id = :m AND d.id = a.teil_von)
                SELECT id FROM eingang WHERE mandant_id = :m AND datei_id IN (SELECT id FROM auf) FOR UPDATE""")
                .param("m", mandant())
                .param("datei", erschlossen.datei())
                .query(UUID.class)
                .optional();
        if (eingang.isPresent()) {
            index.vormerken("eingang", eingang.get());
            legeNach(erschlossen.datei());
        }
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

    /** Only if the mail itself is filed; else its parts are filed with it. */
    private void legeNach(UUID mail) {
        var zu = datenbank
                .sql("SELECT dokument_id FROM version WHERE mandant_id = ? AND datei_id = ? LIMIT 1")
                .params(mandant(), mail)
                .query(UUID.class)
                .optional();
        if (zu.isEmpty()) {
            return;
        }
        for (var teil : dateien.teile(mail)) {
            var schon = datenbank
                    .sql("SELECT count(*) FROM version WHERE mandant_id = ? AND datei_id = ?")
                    .params(mandant(), teil.id())
                    .query(Long.class)
                    .single();
            if (schon > 0) {
                continue;
            }
            try {
                einzeln.executeWithoutResult(t -> dokumente.folge(zu.get(), teil));
                stoerungen.erledigt(STOERUNG, teil.id());
            } catch (Abgelehnt e) {
                stoerungen.melde(
                        STOERUNG,
                        teil.id(),
                        teil.dateiname(),
                        "Die Anlage wurde erst nach dem Ablegen gelesen und kam nicht mehr in den Vorgang: "
                                + e.getMessage(),
                        null);
            }
        }
    }
}
