package de.federwerk.umstellung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.aktenplan.Planwechsel;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.sammellauf.Sammellaeufe;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An Umstellung from its day on: begun, stopped, taken back. */
@Component
class Umstellungslauf {

    static final String TAT = "planumstellung";

    private final JdbcClient datenbank;
    private final Umstellungen umstellungen;
    private final Planwechsel plan;
    private final Sammellaeufe laeufe;
    private final Personen personen;
    private final Protokoll protokoll;

    Umstellungslauf(
            JdbcClient datenbank,
            Umstellungen umstellungen,
            Planwechsel plan,
            Sammellaeufe laeufe,
            Personen personen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.umstellungen = umstellungen;
        this.plan = plan;
        this.laeufe = laeufe;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /**
     * The day has come. First the old positions end: from now on nobody makes an Akte there, and under the new ones it is possible, since nothing
     * finer stands below any more. Then the Akten follow, one by one.
     *
     * @throws Abgelehnt if the plan is not any more as it was decided; then nothing was done
     */
    @Transactional
    public void beginne(UUID id) {
        var umstellung = umstellungen.lies(id, " FOR UPDATE OF u");
        var entschied = umstellung.beschlossenVon();
        // What a Fassung of today brings, among it perhaps the new positions, is not there yet: the next round.
        if (!umstellung.stand().equals("geplant") || entschied == null || plan.stehtAus()) {
            return;
        }
        var wer = new Anmeldung(
                mandant(), entschied, personen.pseudonym(entschied), String.valueOf(umstellung.beschlossenDurch()));
        plan.sperre();
        var zeilen = umstellungen.zeilen(id);
        var tabelle = Umstellungstabelle.pruefe(
                zeilen.stream().map(Umstellungen.Zeile::genannt).toList(), plan.am(null));
        if (!tabelle.fehler().isEmpty()) {
            throw Abgelehnt.konflikt(String.join(
                    " ", tabelle.fehler().stream().limit(Umstellungen.GENANNT).toList()));
        }
        var alte = zeilen.stream().map(Umstellungen.Zeile::altId).toList();
        // Whoever is making an Akte holds the position until it is there.
        datenbank
                .sql(
                        "SELECT id FROM planknoten WHERE mandant_id = ? AND id IN (SELECT unnest(CAST(? AS uuid[]))) ORDER BY id FOR UPDATE")
                .params(mandant(), alte.stream().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .list();
        datenbank.sql("""
                UPDATE umstellungszeile z SET akten = (SELECT count(*) FROM akte a WHERE a.mandant_id = z.mandant_id AND a.planknoten_id = z.alt_id),
                       beendet = (SELECT gilt(k.gueltig_von, k.gueltig_bis) FROM planknoten k WHERE k.mandant_id = z.mandant_id AND k.id = z.alt_id)
                 WHERE z.mandant_id = ? AND z.umstellung_id = ?""").params(mandant(), id).update();
        plan.beende(wer, umstellung.anlass(), alte);
        laeufe.beginneAmtlich(
                wer, id, TAT, Art.AKTE, Map.of("anlass", umstellung.anlass()), umstellung.anlass(), betroffene(id));
        datenbank
                .sql(
                        "UPDATE umstellung SET stand = 'ausgefuehrt', begonnen = now(), ursache = '' WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "umstellung.begonnen",
                id,
                null,
                Map.of("titel", umstellung.bezeichnung()),
                "umstellung");
    }

    /** All that still stand under an old position and have had no turn, in the order of the table and the age of the Akten. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> betroffene(UUID id) {
        return datenbank
                .sql("""
                SELECT a.id FROM umstellungszeile z JOIN akte a ON a.mandant_id = z.mandant_id AND a.planknoten_id = z.alt_id
                 WHERE z.mandant_id = :m AND z.umstellung_id = :id
                   AND NOT EXISTS (SELECT FROM sammelposten p WHERE p.mandant_id = :m AND p.sammellauf_id = :id AND p.objekt_id = a.id)
                 ORDER BY z.nummer, a.ordnung, a.id""")
                .param("m", mandant())
                .param("id", id)
                .query(UUID.class)
                .list();
    }

    /** Where an Akte of this position goes; null if the table does not name it. */
    @Transactional(readOnly = true)
    public @Nullable UUID ziel(UUID id, UUID position) {
        return datenbank
                .sql("SELECT neu_id FROM umstellungszeile WHERE mandant_id = ? AND umstellung_id = ? AND alt_id = ?")
                .params(mandant(), id, position)
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    /** Stops it where it is, or lets it go on. */
    @Transactional
    public void halte(Anmeldung wer, UUID id, boolean an) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        umstellungen.lies(id, "");
        laeufe.halteAmtlich(wer, id, an);
    }

    /**
     * The old positions hold again, and each Akte that stands as the Umstellung left it goes back. It gets another new Aktenzeichen there: the one it
     * had is never given again.
     *
     * @throws Abgelehnt (KONFLIKT) if it still goes on, or the plan would not be one with them
     */
    @Transactional
    public void nimmZurueck(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var umstellung = umstellungen.lies(id, " FOR UPDATE OF u");
        if (!umstellung.stand().equals("ausgefuehrt")) {
            return;
        }
        plan.sperre();
        laeufe.nimmAmtlichZurueck(wer, id);
        plan.nimmWiederAuf(
                wer,
                umstellung.anlass() + " zurückgenommen",
                umstellungen.zeilen(id).stream()
                        .filter(Umstellungen.Zeile::beendet)
                        .map(Umstellungen.Zeile::altId)
                        .toList());
        datenbank
                .sql("UPDATE umstellung SET stand = 'zurueckgenommen' WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "umstellung.zurueckgenommen",
                id,
                null,
                Map.of("titel", umstellung.bezeichnung()),
                "umstellung");
    }
}
