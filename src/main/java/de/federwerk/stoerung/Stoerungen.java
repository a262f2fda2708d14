package de.federwerk.stoerung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What failed in the background. Each thing stands once, with its newest cause, until it works or a person passes over it. */
@Component
public class Stoerungen {

    private static final Logger LOG = LoggerFactory.getLogger(Stoerungen.class);

    private final JdbcClient datenbank;

    Stoerungen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /**
     * Notes a failure in a transaction of its own, so that it stands even when the work that failed is rolled back.
     *
     * @param art kind of work that {@link StoerungErneut} hands back, e.g. {@code datei}
     * @param bezug id of what it was about; the same pair counts up
     * @param gegenstand what a person calls it, e.g. the file name
     * @param ursache German: what happened, what is safe, what to do
     * @param technisch for whoever runs the machine; no content, no secrets
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void melde(String art, UUID bezug, String gegenstand, String ursache, @Nullable String technisch) {
        LOG.warn("Störung {} {}: {} ({})", art, bezug, ursache, technisch);
        datenbank
                .sql("""
                INSERT INTO stoerung (mandant_id, id, art, bezug, gegenstand, ursache, technisch) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, art, bezug) WHERE erledigt IS NULL
                DO UPDATE SET zuletzt = now(), anzahl = stoerung.anzahl + 1, ursache = excluded.ursache, technisch = excluded.technisch""")
                .param(mandant())
                .param(Kennung.neu())
                .param(art)
                .param(bezug)
                .param(kurz(gegenstand, 300))
                .param(kurz(ursache, 2000))
                .param(technisch == null ? null : kurz(technisch, 2000))
                .update();
    }

    /** It works again: closes the open Störung, if there is one, in the running transaction. */
    @Transactional
    public void erledigt(String art, UUID bezug) {
        datenbank
                .sql(
                        "UPDATE stoerung SET erledigt = now(), erledigt_wie = 'behoben' WHERE mandant_id = ? AND art = ? AND bezug = ? AND erledigt IS NULL")
                .params(mandant(), art, bezug)
                .update();
    }

    private static String kurz(String text, int laenge) {
        // What a database refuses must not keep a Störung from being noted: NUL, and halves of characters.
        var rein = new StringBuilder();
        text.codePoints()
                .filter(c -> c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .limit(laenge)
                .forEach(rein::appendCodePoint);
        return rein.toString();
    }
}
