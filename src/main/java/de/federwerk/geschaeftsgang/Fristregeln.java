package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** By which rules the Gemeinde reminds of deadlines and tells heads: one for all tasks, and perhaps others for some kinds. */
@Component
class Fristregeln {

    private static final String ALLE = "alle";

    /**
     * What was said about one kind.
     *
     * @param art null: about all that have no rule of their own
     * @param gilt false: the kind goes by the rule for all
     * @param fassung counts the changes; 0: nothing was said yet
     */
    record Zeile(
            @Nullable Stationsart art,
            boolean gilt,
            Fristregel regel,
            int fassung,
            @Nullable Instant geaendert,
            @Nullable String geaendertVon) {

        String wort() {
            return art == null ? "Alle Aufgaben" : art.wort();
        }

        /** As in the database and in forms. */
        String kennung() {
            return kennungVon(art);
        }
    }

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Fristregeln(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    static String kennungVon(@Nullable Stationsart art) {
        return art == null ? ALLE : art.kennung();
    }

    /** The rule for all, then those of kinds that have one of their own, in the order of the kinds. */
    @Transactional(readOnly = true)
    List<Zeile> zeilen() {
        var gelesene = lies();
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(zeile(null, gelesene));
        Arrays.stream(Stationsart.values())
                .map(art -> zeile(art, gelesene))
                .filter(Zeile::gilt)
                .forEach(zeilen::add);
        return zeilen;
    }

    /** What was said about one kind; the rule for all under its name if nothing was. */
    @Transactional(readOnly = true)
    Zeile zeile(@Nullable Stationsart art) {
        return zeile(art, lies());
    }

    private static Zeile zeile(@Nullable Stationsart art, List<Zeile> gelesene) {
        var alle = von(null, gelesene).map(Zeile::regel).orElse(Fristregel.VORGABE);
        return von(art, gelesene)
                .map(z -> z.gilt ? z : new Zeile(art, false, alle, z.fassung, z.geaendert, z.geaendertVon))
                .orElse(new Zeile(art, art == null, alle, 0, null, null));
    }

    private static Optional<Zeile> von(@Nullable Stationsart art, List<Zeile> gelesene) {
        return gelesene.stream().filter(z -> z.art == art).findFirst();
    }

    /** By which rule each kind goes. */
    @Transactional(readOnly = true)
    Map<Stationsart, Fristregel> geltende() {
        return geltende(lies());
    }

    private static Map<Stationsart, Fristregel> geltende(List<Zeile> gelesene) {
        var je = new EnumMap<Stationsart, Fristregel>(Stationsart.class);
        Arrays.stream(Stationsart.values()).forEach(art -> je.put(art, zeile(art, gelesene).regel));
        return je;
    }

    /** As {@link #geltende}, if this were said. @param regel null: the kind goes by the rule for all */
    @Transactional(readOnly = true)
    Map<Stationsart, Fristregel> geltendeMit(@Nullable Stationsart art, @Nullable Fristregel regel) {
        var gelesene = lies();
        var je = geltende(gelesene);
        var neu = regel == null ? zeile(null, gelesene).regel : regel;
        Arrays.stream(Stationsart.values())
                .filter(a -> art == null ? !zeile(a, gelesene).gilt : a == art)
                .forEach(a -> je.put(a, neu));
        return je;
    }

    private List<Zeile> lies() {
        return datenbank
                .sql("""
                SELECT r.*, trim(p.vorname || ' ' || p.nachname) AS name FROM fristregel r
                  JOIN person p ON p.mandant_id = r.mandant_id AND p.id = r.geaendert_von WHERE r.mandant_id = ?""")
                .param(mandant())
                .query((zeile, nr) -> {
                    var art = zeile.getString("art");
                    return new Zeile(
                            art.equals(ALLE) ? null : Stationsart.von(art),
                            zeile.getBoolean("gilt"),
                            new Fristregel(
                                    zeile.getObject("vorher", Integer.class),
                                    zeile.getObject("nachher", Integer.class),
                                    zeile.getObject("eskalation", Integer.class),
                                    zeile.getObject("weiter", Integer.class)),
                            zeile.getInt("fassung"),
                            zeile.getTimestamp("geaendert").toInstant(),
                            zeile.getString("name"));
                })
                .list();
    }

    /**
     * From now on all open tasks go by it. What was told stays told.
     *
     * @param art null: for all that have no rule of their own
     * @param fassung the one that was changed
     * @throws Abgelehnt (RECHT) without the role ADMINISTRATION; (KONFLIKT) if somebody else was faster
     */
    @Transactional
    void setze(Anmeldung wer, @Nullable Stationsart art, int fassung, Fristregel regel) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        schreibe(wer, art, fassung, true, regel);
    }

    /** The kind goes by the rule for all again. Throws as {@link #setze}. */
    @Transactional
    void hebeAuf(Anmeldung wer, Stationsart art, int fassung) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        schreibe(wer, art, fassung, false, zeile(art).regel);
    }

    private void schreibe(Anmeldung wer, @Nullable Stationsart art, int fassung, boolean gilt, Fristregel regel) {
        var vorher = zeile(art);
        if (steht(vorher, gilt, regel)) {
            return; // Sent twice, or nothing was changed.
        }
        int geaendert = datenbank
                .sql("""
                INSERT INTO fristregel AS r (mandant_id, art, gilt, vorher, nachher, eskalation, weiter, geaendert_von)
                VALUES (:m, :art, :gilt, CAST(:vorher AS int), CAST(:nachher AS int), CAST(:eskalation AS int), CAST(:weiter AS int), :wer)
                ON CONFLICT (mandant_id, art) DO UPDATE SET gilt = excluded.gilt, vorher = excluded.vorher, nachher = excluded.nachher,
                    eskalation = excluded.eskalation, weiter = excluded.weiter, fassung = r.fassung + 1, geaendert = now(), geaendert_von = excluded.geaendert_von
                 WHERE r.fassung = :fassung""")
                .param("m", mandant())
                .param("art", kennungVon(art))
                .param("gilt", gilt)
                .param("vorher", regel.vorher())
                .param("nachher", regel.nachher())
                .param("eskalation", regel.eskalation())
                .param("weiter", regel.weiter())
                .param("wer", wer.person())
                .param("fassung", fassung)
                .update();
        if (geaendert == 0) {
            var jetzt = zeile(art);
            if (steht(jetzt, gilt, regel)) {
                return;
            }
            throw Abgelehnt.konflikt(
                    "Die Fristregel „%s“ wurde inzwischen geändert: von %s am %s. Ihre Eingabe wurde nicht gespeichert, sie steht noch hier im Formular."
                            .formatted(
                                    jetzt.wort(),
                                    jetzt.geaendertVon,
                                    jetzt.geaendert == null ? "" : Anzeige.genau(jetzt.geaendert)));
        }
        protokoll.schreibe(
                wer.pseudonym(),
                gilt ? "fristregel.gesetzt" : "fristregel.aufgehoben",
                mandant(),
                null,
                Map.of(
                        "art", kennungVon(art),
                        "regel", gilt ? regel.kurz() : ALLE,
                        "vorher", vorher.gilt ? vorher.regel.kurz() : ALLE));
    }

    private static boolean steht(Zeile da, boolean gilt, Fristregel regel) {
        return da.gilt == gilt && (!gilt || da.regel.equals(regel));
    }
}
