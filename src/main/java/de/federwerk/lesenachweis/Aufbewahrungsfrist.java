package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How many months the Lesenachweis is kept. Longer the Datenschutz says alone; shorter destroys evidence, so the Personalrat has to agree. */
@Component
class Aufbewahrungsfrist {

    static final int MONATE = 12;
    static final int HOECHSTENS = 36;

    /** How many proposals of before a page names. */
    private static final int GENANNTE = 20;

    /** A proposal to keep it for a shorter time, and what became of it. @param ergebnis null: it waits */
    record Verkuerzung(
            UUID id,
            int bisher,
            int monate,
            Instant vorgeschlagen,
            UUID vorgeschlagenVon,
            String vorschlagende,
            @Nullable Instant entschieden,
            @Nullable String entscheidende,
            @Nullable String ergebnis) {

        boolean wartet() {
            return ergebnis == null;
        }

        /** What became of it, in words. */
        String stand() {
            return switch (String.valueOf(ergebnis)) {
                case "bestaetigt" -> "bestätigt";
                case "abgelehnt" -> "abgelehnt";
                case "zurueckgezogen" -> "zurückgezogen";
                default -> "wartet auf den Personalrat";
            };
        }
    }

    private static final String SPALTEN = """
            SELECT v.id, v.bisher, v.monate, v.vorgeschlagen, v.vorgeschlagen_von, trim(p.vorname || ' ' || p.nachname) AS vorschlagende,
                   v.entschieden, trim(e.vorname || ' ' || e.nachname) AS entscheidende, v.ergebnis
              FROM fristverkuerzung v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.vorgeschlagen_von
              LEFT JOIN person e ON e.mandant_id = v.mandant_id AND e.id = v.entschieden_von
             WHERE v.mandant_id = ? AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Vieraugen vieraugen;
    private final Protokoll protokoll;

    Aufbewahrungsfrist(JdbcClient datenbank, Einmal einmal, Vieraugen vieraugen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.vieraugen = vieraugen;
        this.protokoll = protokoll;
    }

    /** The one that holds, in months. */
    @Transactional(readOnly = true)
    public int monate() {
        return datenbank
                .sql("SELECT monate FROM lesenachweisfrist WHERE mandant_id = ?")
                .param(mandant())
                .query(Integer.class)
                .optional()
                .orElse(MONATE);
    }

    /**
     * A longer term holds at once, a shorter one is proposed.
     *
     * @param id of the proposal, chosen by the form: sent twice, it is proposed once
     * @throws Abgelehnt (RECHT) without the role Datenschutz, (EINGABE) unless 1 to 36, (KONFLIKT) while a proposal waits
     */
    @Transactional
    public void setze(Anmeldung wer, UUID id, int monate) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        if (monate < 1 || monate > HOECHSTENS) {
            throw Abgelehnt.eingabe("Die Aufbewahrung muss eine Zahl von 1 bis " + HOECHSTENS + " Monaten sein.");
        }
        halte();
        if (finde(id).isPresent()) {
            return;
        }
        int bisher = monate();
        if (monate == bisher) {
            return;
        }
        wartende().ifPresent(w -> {
            throw Abgelehnt.konflikt("Es wartet schon ein Vorschlag von " + w.vorschlagende + ": " + w.monate
                    + " Monate. Ziehen Sie ihn zurück, wenn etwas anderes gelten soll. Es gelten weiter " + bisher
                    + " Monate.");
        });
        if (monate > bisher) {
            schreibe(wer, bisher, monate);
            return;
        }
        datenbank
                .sql(
                        "INSERT INTO fristverkuerzung (mandant_id, id, bisher, monate, vorgeschlagen_von) VALUES (?, ?, ?, ?, ?)")
                .params(mandant(), id, bisher, monate, wer.person())
                .update();
        schreibe(wer, "fristverkuerzung.vorgeschlagen", id, bisher, monate);
    }

    /** Of two who change it at once the second sees what the first did. */
    private void halte() {
        einmal.warte(mandant());
    }

    private void schreibe(Anmeldung wer, int bisher, int monate) {
        datenbank
                .sql(
                        "INSERT INTO lesenachweisfrist (mandant_id, monate) VALUES (?, ?) ON CONFLICT (mandant_id) DO UPDATE SET monate = excluded.monate")
                .params(mandant(), monate)
                .update();
        schreibe(wer, "lesenachweis.frist", mandant(), bisher, monate);
    }

    private void schreibe(Anmeldung wer, String handlung, UUID id, int bisher, int monate) {
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                id,
                null,
                Map.of("bisher", String.valueOf(bisher), "monate", String.valueOf(monate)));
    }

    /**
     * From now on the shorter term holds.
     *
     * @throws Abgelehnt (RECHT) without the role Personalrat, or if one of both stands in for the other; (KONFLIKT) if it does not wait any more
     */
    @Transactional
    public void stimmeZu(Anmeldung wer, UUID id) {
        vieraugen.verlange(wer.person(), Rolle.PERSONALRAT);
        halte();
        var verkuerzung = verlange(id);
        vieraugen.verlangeUnabhaengig(wer, verkuerzung.vorgeschlagenVon, verkuerzung.vorschlagende);
        int geaendert = datenbank
                .sql("""
                UPDATE fristverkuerzung v SET entschieden = now(), entschieden_von = :wer, ergebnis = 'bestaetigt'
                 WHERE v.mandant_id = :m AND v.id = :id AND v.entschieden IS NULL
                   AND hat_rolle(v.mandant_id, v.vorgeschlagen_von, 'DATENSCHUTZ') AND NOT hat_rolle(v.mandant_id, v.vorgeschlagen_von, 'ADMINISTRATION')""")
                .param("m", mandant())
                .param("id", id)
                .param("wer", wer.person())
                .update();
        if (geaendert == 0) {
            throw Abgelehnt.konflikt("Dieser Vorschlag wartet nicht mehr auf eine Zustimmung (" + verkuerzung.stand()
                    + "), oder " + verkuerzung.vorschlagende
                    + " hat die Rolle Datenschutz nicht mehr. Die Aufbewahrung bleibt bei " + monate() + " Monaten.");
        }
        schreibe(wer, "fristverkuerzung.bestaetigt", id, verkuerzung.bisher, verkuerzung.monate);
        schreibe(wer, monate(), verkuerzung.monate);
    }

    /** Withdraws or refuses it, until it holds; ended twice, it is ended once. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ, Rolle.PERSONALRAT);
        halte();
        var verkuerzung = verlange(id);
        if (!verkuerzung.wartet()) {
            return;
        }
        var ergebnis = vieraugen.hat(wer.person(), Rolle.DATENSCHUTZ) ? "zurueckgezogen" : "abgelehnt";
        datenbank
                .sql(
                        "UPDATE fristverkuerzung SET entschieden = now(), entschieden_von = ?, ergebnis = ? WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), ergebnis, mandant(), id)
                .update();
        schreibe(wer, "fristverkuerzung." + ergebnis, id, verkuerzung.bisher, verkuerzung.monate);
    }

    /** How many entries the shorter term would delete that stay by the one of today; a number, of the house as a whole. */
    @Transactional(readOnly = true)
    public long aelterAls(int monate) {
        return datenbank
                .sql(
                        "SELECT count(*) FROM lesenachweis WHERE mandant_id = ? AND zeit >= lesenachweis_grenze(mandant_id) AND zeit < now() - make_interval(months => ?)")
                .params(mandant(), monate)
                .query(Long.class)
                .single();
    }

    /** The one that waits. */
    @Transactional(readOnly = true)
    public Optional<Verkuerzung> wartende() {
        return datenbank
                .sql(SPALTEN + "v.entschieden IS NULL")
                .param(mandant())
                .query(Verkuerzung.class)
                .optional();
    }

    /** Those that were decided, the newest first. */
    @Transactional(readOnly = true)
    public List<Verkuerzung> entschiedene() {
        return datenbank
                .sql(SPALTEN + "v.entschieden IS NOT NULL ORDER BY v.vorgeschlagen DESC, v.id DESC LIMIT " + GENANNTE)
                .param(mandant())
                .query(Verkuerzung.class)
                .list();
    }

    private Optional<Verkuerzung> finde(UUID id) {
        return datenbank
                .sql(SPALTEN + "v.id = ?")
                .params(mandant(), id)
                .query(Verkuerzung.class)
                .optional();
    }

    private Verkuerzung verlange(UUID id) {
        return finde(id).orElseThrow(() -> new NichtGefunden("Diesen Vorschlag gibt es nicht."));
    }
}
