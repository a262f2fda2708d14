package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Mandanten;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** How long the Lesenachweis is kept, and its deletion once a day; on record as a number. */
@Component
class Aufbewahrung implements SmartLifecycle {

    static final int MONATE = 12;
    static final int HOECHSTENS = 36;

    private static final Duration TAKT = Duration.ofHours(24);
    private static final Duration STILLE = Duration.ofHours(50);
    private static final int STAPEL = 10_000;

    private final JdbcClient datenbank;
    private final Protokoll protokoll;
    private final Mandanten mandanten;
    private final Dauerlaeufe laeufe;
    private final TransactionTemplate transaktion;
    private volatile @Nullable Dauerlauf lauf;

    Aufbewahrung(
            JdbcClient datenbank,
            Protokoll protokoll,
            Mandanten mandanten,
            Dauerlaeufe laeufe,
            TransactionTemplate transaktion) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
        this.mandanten = mandanten;
        this.laeufe = laeufe;
        this.transaktion = transaktion;
    }

    /** In months. */
    int monate() {
        return transaktion.execute(t -> datenbank
                .sql("SELECT monate FROM lesenachweisfrist WHERE mandant_id = ?")
                .param(mandant())
                .query(Integer.class)
                .optional()
                .orElse(MONATE));
    }

    /** @throws Abgelehnt (EINGABE) unless 1 to 36 */
    void setze(Anmeldung wer, int monate) {
        if (monate < 1 || monate > HOECHSTENS) {
            throw Abgelehnt.eingabe("Die Aufbewahrung muss eine Zahl von 1 bis " + HOECHSTENS + " Monaten sein.");
        }
        transaktion.executeWithoutResult(t -> {
            int bisher = monate();
            datenbank
                    .sql(
                            "INSERT INTO lesenachweisfrist (mandant_id, monate) VALUES (?, ?) ON CONFLICT (mandant_id) DO UPDATE SET monate = excluded.monate")
                    .params(mandant(), monate)
                    .update();
            protokoll.schreibe(
                    wer.pseudonym(),
                    "lesenachweis.frist",
                    mandant(),
                    null,
                    Map.of("bisher", String.valueOf(bisher), "monate", String.valueOf(monate)));
        });
    }

    @Override
    public void start() {
        lauf = laeufe.beginne("lesenachweis", TAKT, STILLE, this::runde);
    }

    private void runde() {
        for (var mandant : mandanten.alle()) {
            Mandantenkontext.als(mandant.id(), this::raeumeAuf);
        }
    }

    /** Deletes what is older than it may be. @return how many */
    long raeumeAuf() {
        long alle = 0;
        int weg;
        do {
            weg = transaktion.execute(t -> stapel());
            alle += weg;
        } while (weg >= STAPEL);
        return alle;
    }

    private int stapel() {
        int weg =
                datenbank.sql("""
                DELETE FROM lesenachweis WHERE mandant_id = :m AND zeit < lesenachweis_grenze(:m)
                   AND zeit <= coalesce((SELECT max(z.zeit) FROM (SELECT zeit FROM lesenachweis WHERE mandant_id = :m ORDER BY zeit LIMIT :stapel) z), '-infinity')""").param("m", mandant()).param("stapel", STAPEL).update();
        if (weg > 0) {
            protokoll.schreibe(
                    Protokoll.PROGRAMM,
                    "lesenachweis.geloescht",
                    mandant(),
                    null,
                    Map.of("anzahl", String.valueOf(weg)));
        }
        return weg;
    }

    @Override
    public void stop() {
        var laufender = lauf;
        if (laufender != null) laufender.ende(Duration.ofSeconds(5));
        lauf = null;
    }

    @Override
    public boolean isRunning() {
        return lauf != null;
    }
}
