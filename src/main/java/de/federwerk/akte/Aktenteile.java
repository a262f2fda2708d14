package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten.Akte;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.protokoll.Protokoll.Tat;
import de.federwerk.suche.Index;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The parts of an Akte that has grown: Bände follow one another in time, Teilakten divide by subject. A part has the rights of its Akte; whoever may
 * work on the Akte parts it, whoever sees it sees its parts.
 */
@Component
public class Aktenteile {

    /** What a part is called; needs the part t and its Akte a. */
    public static final String NAME =
            "CASE t.art WHEN 'band' THEN 'Band ' || t.nummer ELSE a.aktenzeichen || '-T' || t.nummer || ' ' || t.titel END";

    /** An Akte has no more Bände and Teilakten together. */
    private static final int HOECHSTENS = 300;

    /** @param art {@code band} or {@code teilakte} @param name as people read it @param vorgaenge that this person sees, counted up to 1,001 */
    public record Teil(
            UUID id,
            String art,
            int nummer,
            String titel,
            String name,
            LocalDate laufzeitVon,
            @Nullable LocalDate laufzeitBis,
            boolean offen,
            long vorgaenge) {

        public boolean band() {
            return art.equals("band");
        }
    }

    private record Offener(UUID id, String aktenzeichen) {}

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Mitgehendes mitgehendes;
    private final Umzugsbuch buch;
    private final Protokoll protokoll;
    private final Index index;

    Aktenteile(
            JdbcClient datenbank,
            Akten akten,
            Mitgehendes mitgehendes,
            Umzugsbuch buch,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.mitgehendes = mitgehendes;
        this.buch = buch;
        this.protokoll = protokoll;
        this.index = index;
    }

    /** Bände in their order, then Teilakten. @param akte found for the reader @param sicht for counting the Vorgänge */
    @Transactional(readOnly = true)
    public List<Teil> von(Sicht sicht, UUID akte) {
        return frage(
                        "TRUE",
                        "(SELECT count(*) FROM (SELECT FROM vorgang v WHERE v.mandant_id = t.mandant_id AND v.teil_id = t.id AND %s LIMIT %d) z)"
                                .formatted(sicht.aufVorgang("v"), Akten.VORGAENGE_GENAU_BIS + 1),
                        akte)
                .params(sicht.parameter())
                .query(Teil.class)
                .list();
    }

    /** @param zahl how to count the Vorgänge of a part, {@code bedingung} on the part t and its Akte a: from code */
    private JdbcClient.StatementSpec frage(String bedingung, String zahl, UUID akte) {
        return datenbank
                .sql("""
                SELECT t.id, t.art, t.nummer, t.titel, %s AS name, t.laufzeit_von, t.laufzeit_bis, t.geschlossen IS NULL AS offen, %s AS vorgaenge
                  FROM aktenteil t JOIN akte a ON a.mandant_id = t.mandant_id AND a.id = t.akte_id
                 WHERE t.mandant_id = :m AND t.akte_id = :akte AND %s ORDER BY t.art, t.nummer""".formatted(NAME, zahl, bedingung))
                .param("m", mandant())
                .param("akte", akte);
    }

    /** As {@link #von(Sicht, UUID)}, without counting: every {@code vorgaenge} is 0. */
    @Transactional(readOnly = true)
    public List<Teil> von(UUID akte) {
        return alle(akte);
    }

    private List<Teil> alle(UUID akte) {
        return frage("TRUE", "0", akte).query(Teil.class).list();
    }

    /**
     * Where a Vorgang of this Akte may be put; uncounted. Whoever works on the Vorgang need not see its Akte: then, and if it is zdA, there are none.
     *
     * @param sicht to work on the Akte
     */
    List<Teil> zurWahl(Sicht sicht, UUID akte) {
        return frage("a.stand = 'offen' AND " + sicht.aufAkte("a"), "0", akte)
                .params(sicht.parameter())
                .query(Teil.class)
                .list();
    }

    /** What the part is called in which a Vorgang lies, for whoever sees the Akte as well: a name says what else there is. */
    @Nullable
    String name(Sicht sicht, Vorgaenge.Vorgang vorgang) {
        return vorgang.teilId() == null
                ? null
                : frage("t.id = :teil AND " + sicht.aufAkte("a"), "0", vorgang.akteId())
                        .param("teil", vorgang.teilId())
                        .params(sicht.parameter())
                        .query(Teil.class)
                        .optional()
                        .map(Teil::name)
                        .orElse(null);
    }

    Teil teil(UUID akte, UUID id) {
        return alle(akte).stream()
                .filter(t -> t.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diesen Teil der Akte gibt es nicht."));
    }

    /**
     * Closes the present Band and opens the next; what is not zdA yet goes along. The first one takes in what lies directly in the Akte.
     *
     * @param id of the new Band, chosen by the caller: sent twice, it is made once
     * @param schliesst the open Band that the person saw, null: she saw none
     * @throws Abgelehnt (RECHT) if the person may only read, (KONFLIKT) if the Akte is zdA, or another Band is open by now
     */
    @Transactional
    public void beginneBand(Anmeldung wer, UUID akteId, UUID id, @Nullable UUID schliesst) {
        var akte = zumTeilen(wer, akteId);
        var teile = alle(akteId);
        if (teile.stream().anyMatch(t -> t.id.equals(id))) {
            return;
        }
        verlangePlatz(teile);
        var bisher = teile.stream().filter(t -> t.band() && t.offen).findFirst();
        if (!Objects.equals(bisher.map(Teil::id).orElse(null), schliesst)) {
            throw Abgelehnt.konflikt("Inzwischen hat jemand anderes einen Band begonnen; offen ist: "
                    + bisher.map(Teil::name).orElse("keiner") + ". Es wurde nichts geändert.");
        }
        datenbank
                .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND akte_id = ? ORDER BY id FOR UPDATE")
                .params(mandant(), akteId)
                .query(UUID.class)
                .list();
        mitgehendes.verlangeFrei(wer, mitgehende(akteId, bisher.map(Teil::id).orElse(null)));
        if (bisher.isEmpty()) {
            fuegeEin(wer, akteId, id, "band", naechste(teile, "band"), "", akte.laufzeitVon());
            var hinein = datenbank
                    .sql(
                            "UPDATE vorgang SET teil_id = ? WHERE mandant_id = ? AND akte_id = ? AND teil_id IS NULL RETURNING id")
                    .params(id, mandant(), akteId)
                    .query(UUID.class)
                    .list();
            index.vormerkenNachrangig("vorgang", hinein, Duration.ZERO);
            merke(wer, "akte.band", akteId, "Band 1 mit allem, was bisher direkt in der Akte lag");
            return;
        }
        setzeEnde(wer, bisher.get().id);
        int nummer = naechste(teile, "band");
        fuegeEin(wer, akteId, id, "band", nummer, "", null);
        nimmOffeneMit(wer, akteId, bisher.get(), id, "Band " + nummer);
        merke(wer, "akte.band", akteId, "Band " + nummer + "; " + bisher.get().name + " ist geschlossen");
    }

    /** @param aus the Band that ends: what is not zdA; null: all that lies in no part */
    private List<UUID> mitgehende(UUID akte, @Nullable UUID aus) {
        return datenbank
                .sql(
                        "SELECT id FROM vorgang WHERE mandant_id = ? AND akte_id = ? AND teil_id IS NOT DISTINCT FROM CAST(? AS uuid) AND (teil_id IS NULL OR stand <> 'zda')")
                .param(mandant())
                .param(akte)
                .param(aus)
                .query(UUID.class)
                .list();
    }

    private void nimmOffeneMit(Anmeldung wer, UUID akteId, Teil aus, UUID nach, String name) {
        var offene = datenbank
                .sql(
                        "UPDATE vorgang SET teil_id = ? WHERE mandant_id = ? AND teil_id = ? AND stand <> 'zda' RETURNING id, aktenzeichen")
                .params(nach, mandant(), aus.id)
                .query(Offener.class)
                .list();
        buch.schreibeInDerAkte(
                wer,
                offene.stream().map(Offener::id).toList(),
                akteId,
                aus.name,
                name,
                "noch offen, als " + aus.name + " geschlossen wurde");
        var taten = new ArrayList<Tat>();
        for (var vorgang : offene) {
            taten.add(new Tat(
                    vorgang.id,
                    akteId,
                    Map.of(
                            "aktenzeichen",
                            vorgang.aktenzeichen,
                            "text",
                            aus.name + " → " + name + ": noch offen",
                            "nach",
                            name)));
        }
        if (!taten.isEmpty()) {
            protokoll.schreibe(wer.pseudonym(), "vorgang.eingeordnet", taten);
            index.vormerkenNachrangig(
                    "vorgang", offene.stream().map(Offener::id).toList(), Duration.ZERO);
        }
    }

    /** @param id chosen by the caller: sent twice, it is made once @throws Abgelehnt as {@link #beginneBand}; (EINGABE) without a name, (KONFLIKT) if there is one of that name */
    @Transactional
    public void richteTeilakteEin(Anmeldung wer, UUID akteId, UUID id, @Nullable String titel) {
        var name = Eingabe.titel(titel);
        zumTeilen(wer, akteId);
        var teile = alle(akteId);
        if (teile.stream().anyMatch(t -> t.id.equals(id))) {
            return;
        }
        verlangePlatz(teile);
        verlangeEindeutig(teile, id, name);
        int nummer = naechste(teile, "teilakte");
        fuegeEin(wer, akteId, id, "teilakte", nummer, name, null);
        merke(wer, "akte.teilakte", akteId, teil(akteId, id).name);
    }

    /** Another name for a Teilakte; its number stays. */
    @Transactional
    public void benenne(Anmeldung wer, UUID akteId, UUID id, @Nullable String titel) {
        var name = Eingabe.titel(titel);
        zumTeilen(wer, akteId);
        var bisher = teil(akteId, id);
        if (bisher.band()) {
            throw Abgelehnt.eingabe("Ein Band heißt nach seiner Nummer. Es wurde nichts geändert.");
        }
        if (bisher.titel.equals(name)) {
            return;
        }
        verlangeEindeutig(alle(akteId), id, name);
        datenbank
                .sql("UPDATE aktenteil SET titel = ? WHERE mandant_id = ? AND id = ?")
                .params(name, mandant(), id)
                .update();
        indiziere(id);
        merke(wer, "akte.teilakte.umbenannt", akteId, bisher.name + " → „" + name + "“");
    }

    /** Held, so that nothing is filed meanwhile. */
    Akte zumTeilen(Anmeldung wer, UUID id) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .optional();
        var akte = akten.zumVerlegen(wer, id);
        if (!akte.offen()) {
            throw Abgelehnt.konflikt("Die Akte " + akte.aktenzeichen()
                    + " ist zu den Akten gelegt. Wer sie teilen will, nimmt sie erst wieder auf.");
        }
        return akte;
    }

    private static void verlangePlatz(List<Teil> teile) {
        if (teile.size() >= HOECHSTENS) {
            throw Abgelehnt.eingabe("Mehr als " + HOECHSTENS
                    + " Bände und Teilakten überblickt niemand. Bitte legen Sie eine neue Akte an.");
        }
    }

    private static void verlangeEindeutig(List<Teil> teile, UUID id, String titel) {
        if (teile.stream().anyMatch(t -> !t.id.equals(id) && t.titel.equalsIgnoreCase(titel))) {
            throw Abgelehnt.konflikt(
                    "Eine Teilakte „" + titel + "“ gibt es in dieser Akte schon. Es wurde nichts geändert.");
        }
    }

    private static int naechste(List<Teil> teile, String art) {
        return 1
                + teile.stream()
                        .filter(t -> t.art.equals(art))
                        .mapToInt(Teil::nummer)
                        .max()
                        .orElse(0);
    }

    private void fuegeEin(
            Anmeldung wer, UUID akte, UUID id, String art, int nummer, String titel, @Nullable LocalDate seit) {
        int neu = datenbank
                .sql("""
                INSERT INTO aktenteil (mandant_id, id, akte_id, art, nummer, titel, laufzeit_von, angelegt_von)
                VALUES (?, ?, ?, ?, ?, ?, coalesce(CAST(? AS date), heute()), ?) ON CONFLICT (mandant_id, id) DO NOTHING""")
                .param(mandant())
                .param(id)
                .param(akte)
                .param(art)
                .param(nummer)
                .param(titel)
                .param(seit)
                .param(wer.person())
                .update();
        if (neu == 0) {
            throw Abgelehnt.konflikt("Unter dieser Kennung gibt es schon etwas anderes. Es wurde nichts angelegt.");
        }
        // Its name is found at the Akte.
        index.vormerken("akte", akte);
    }

    /** Ends a part today. Whoever calls holds the Akte and has written, or writes, the Protokoll. */
    void setzeEnde(Anmeldung wer, UUID id) {
        datenbank.sql("""
                UPDATE aktenteil SET geschlossen = now(), geschlossen_von = ?, laufzeit_bis = greatest(heute(), laufzeit_von)
                 WHERE mandant_id = ? AND id = ? AND geschlossen IS NULL""").params(wer.person(), mandant(), id).update();
    }

    void oeffne(UUID id) {
        datenbank
                .sql(
                        "UPDATE aktenteil SET geschlossen = NULL, geschlossen_von = NULL, laufzeit_bis = NULL WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
    }

    /** The newest Band ends with its Akte. @throws Abgelehnt (KONFLIKT) as long as a Teilakte is open */
    void schliesseMitAkte(Anmeldung wer, Akte akte) {
        var offene = alle(akte.id()).stream().filter(Teil::offen).toList();
        var teilakten = offene.stream().filter(t -> !t.band()).map(Teil::name).toList();
        if (!teilakten.isEmpty()) {
            throw Abgelehnt.konflikt("In der Akte " + akte.aktenzeichen() + " ist noch offen: Teilakte "
                    + String.join(", ", teilakten) + ". Bitte schließen Sie sie zuerst. Es wurde nichts geändert.");
        }
        offene.forEach(band -> setzeEnde(wer, band.id));
    }

    /** With its Akte the newest Band is taken up again. */
    void oeffneMitAkte(UUID akte) {
        alle(akte).stream().filter(Teil::band).reduce((a, b) -> b).ifPresent(band -> oeffne(band.id));
    }

    private void indiziere(UUID teil) {
        var ids = datenbank
                .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND teil_id = ?")
                .params(mandant(), teil)
                .query(UUID.class)
                .list();
        index.vormerkenNachrangig("vorgang", ids, Duration.ZERO);
        index.vormerken(
                "akte",
                datenbank
                        .sql("SELECT akte_id FROM aktenteil WHERE mandant_id = ? AND id = ?")
                        .params(mandant(), teil)
                        .query(UUID.class)
                        .single());
    }

    void merke(Anmeldung wer, String handlung, UUID akte, String text) {
        protokoll.schreibe(wer.pseudonym(), handlung, akte, akte, Map.of("text", text));
    }
}
