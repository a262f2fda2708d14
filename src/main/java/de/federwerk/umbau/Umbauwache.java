package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import de.federwerk.suche.Index;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out what is decided at its day, each Umbau in one transaction: killed in the middle it has not been, and comes again. Of several
 * nodes one takes it. Afterwards the index learns in small batches what stands under another unit.
 */
@Component
class Umbauwache extends Dauerdienst {

    private static final String STOERUNG = "umbau";
    private static final Duration TAKT = Duration.ofMinutes(1);
    private static final Duration STILLE = Duration.ofHours(1);
    private static final int STAPEL = 500;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Umbauten umbauten;
    private final Messung messung;
    private final Niederschriften niederschriften;
    private final Personen personen;
    private final Protokoll protokoll;
    private final Index index;
    private final Stoerungen stoerungen;

    Umbauwache(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Umbauten umbauten,
            Messung messung,
            Niederschriften niederschriften,
            Personen personen,
            Protokoll protokoll,
            Index index,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        super(laeufe, "umbauwache", TAKT, STILLE);
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.umbauten = umbauten;
        this.messung = messung;
        this.niederschriften = niederschriften;
        this.personen = personen;
        this.protokoll = protokoll;
        this.index = index;
        this.stoerungen = stoerungen;
    }

    @Override
    protected void runde() {
        for (var m : mandanten.alle()) {
            if (!laeuft()) {
                return;
            }
            Mandantenkontext.als(m.id(), this::fuehreFaelligeAus);
        }
    }

    /** All of this Mandant that are due today, and what is left to do afterwards. */
    void fuehreFaelligeAus() {
        fuehreAus();
        solange(this::zieheNach);
    }

    /** The same for whoever waits for it: what is left to do is done by the next round, which begins now. */
    void fuehreJetztAus() {
        fuehreAus();
        wecke();
    }

    private void fuehreAus() {
        var faellige = requireNonNull(transaktion.execute(t -> datenbank
                .sql(
                        "SELECT id FROM umbau WHERE mandant_id = ? AND stand = 'beschlossen' AND tag <= heute() ORDER BY tag, beschlossen, id")
                .param(mandant())
                .query(UUID.class)
                .list()));
        faellige.forEach(this::fuehreAus);
    }

    private void fuehreAus(UUID id) {
        try {
            transaktion.executeWithoutResult(t -> {
                // Whoever comes second waits, and finds it done.
                var meiner = datenbank
                        .sql(
                                "SELECT id FROM umbau WHERE mandant_id = ? AND id = ? AND stand = 'beschlossen' FOR UPDATE")
                        .params(mandant(), id)
                        .query(UUID.class)
                        .optional();
                if (meiner.isEmpty()) {
                    return;
                }
                var plan = umbauten.plan(id);
                var ergebnis = messung.fuehreAus(requireNonNull(plan.beschlossenVon()), umbauten.schritte(id), false);
                niederschriften.verlangeZustimmung(id, ergebnis.weiterungen());
                niederschriften.haltFest(plan, ergebnis);
                stoerungen.erledigt(STOERUNG, id);
            });
        } catch (RuntimeException e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            scheitere(id, e);
        }
    }

    private void scheitere(UUID id, RuntimeException fehler) {
        var ursache = fehler instanceof Abgelehnt ? String.valueOf(fehler.getMessage()) : "Ein unerwarteter Fehler.";
        transaktion.executeWithoutResult(t -> datenbank
                .sql(
                        "UPDATE umbau SET stand = 'gescheitert', ursache = ? WHERE mandant_id = ? AND id = ? AND stand = 'beschlossen'")
                .params(ursache, mandant(), id)
                .update());
        stoerungen.melde(
                STOERUNG,
                id,
                umbauten.plan(id).titel(),
                "Der Umbau konnte nicht ausgeführt werden; es ist alles wie vorher. " + ursache
                        + " Bitte ändern Sie ihn unter Verwaltung, Umbau.",
                fehler.toString());
    }

    /**
     * Whoever keeps the machine running may start a file over; a town is rebuilt by those alone who may decide about it.
     *
     * @throws Abgelehnt (RECHT) without the role ADMINISTRATION
     */
    @EventListener
    void nach(StoerungErneut erneut) {
        if (!erneut.art().equals(STOERUNG)) {
            return;
        }
        personen.verlange(erneut.wer(), Rolle.ADMINISTRATION);
        int wieder = datenbank
                .sql(
                        "UPDATE umbau SET stand = 'beschlossen', ursache = NULL WHERE mandant_id = ? AND id = ? AND stand = 'gescheitert'")
                .params(erneut.mandant(), erneut.bezug())
                .update();
        if (wieder > 0) {
            protokoll.schreibe(
                    personen.pseudonym(erneut.wer()), "umbau.erneut", erneut.bezug(), null, Map.of(), "umbau");
        }
    }

    /** Each batch in a transaction of its own, as long as there may be more; what is left at the end of the house is there when it opens again. */
    private void solange(BooleanSupplier stapel) {
        while (laeuft() && Boolean.TRUE.equals(transaktion.execute(t -> stapel.getAsBoolean()))) {
            lebenszeichen();
        }
    }

    private record Nachzug(
            UUID einheitId, String art, @Nullable UUID nach) {}

    private boolean zieheNach() {
        var naechster = datenbank
                .sql(
                        "SELECT einheit_id, art, nach FROM umbaunachzug WHERE mandant_id = ? ORDER BY art, einheit_id LIMIT 1 FOR UPDATE SKIP LOCKED")
                .param(mandant())
                .query(Nachzug.class)
                .optional();
        if (naechster.isEmpty()) {
            return false;
        }
        var nachzug = naechster.get();
        var ids = ids(nachzug);
        if (!ids.isEmpty()) {
            index.vormerkenNachrangig(nachzug.art, ids, Duration.ZERO);
        }
        if (ids.size() < STAPEL) {
            datenbank
                    .sql("DELETE FROM umbaunachzug WHERE mandant_id = ? AND einheit_id = ? AND art = ?")
                    .params(mandant(), nachzug.einheitId, nachzug.art)
                    .update();
        } else {
            datenbank
                    .sql("UPDATE umbaunachzug SET nach = ? WHERE mandant_id = ? AND einheit_id = ? AND art = ?")
                    .params(ids.getLast(), mandant(), nachzug.einheitId, nachzug.art)
                    .update();
        }
        return true;
    }

    private List<UUID> ids(Nachzug nachzug) {
        var tabelle = nachzug.art.equals("dokument")
                ? "dokument t JOIN vorgang e ON e.mandant_id = t.mandant_id AND e.id = t.vorgang_id"
                : nachzug.art + " t JOIN " + nachzug.art + " e ON e.mandant_id = t.mandant_id AND e.id = t.id";
        return datenbank
                .sql(
                        "SELECT t.id FROM " + tabelle
                                + " WHERE t.mandant_id = :m AND e.einheit_id = :einheit AND (CAST(:nach AS uuid) IS NULL OR t.id > :nach) ORDER BY t.id LIMIT :hoechstens")
                .param("m", mandant())
                .param("einheit", nachzug.einheitId)
                .param("nach", nachzug.nach, java.sql.Types.OTHER)
                .param("hoechstens", STAPEL)
                .query(UUID.class)
                .list();
    }
}
