package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Dateiname;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.protokoll.Protokoll.Tat;
import de.federwerk.suche.Index;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Akten, Vorgänge and Dokumente by the thousand: what {@link Akten#legeAn}, {@link Vorgaenge#eroeffne} and {@link Dokumente#lege}
 * do for one, with the same rows, numbers and Protokoll, in a few statements per batch. Rights are not asked: only the Übernahme
 * of a whole drive comes this way, and it is started by whoever rules the data folder. Everything happens in the caller's
 * transaction.
 */
@Component
public class Stapelablage {

    /** @param stufe Vertraulichkeit 0–9 */
    public record NeueAkte(UUID id, Aktenplan.Knoten position, UUID einheit, int stufe, String titel) {}

    /** @param vermerk where it came from; empty for none */
    public record NeuerVorgang(UUID id, UUID akte, String titel, String vermerk) {}

    /** @param titel empty: the file's name without its ending */
    public record NeuesDokument(
            UUID id,
            UUID vorgang,
            Blob blob,
            String dateiname,
            String titel,
            String dokumentart,
            String absender,
            @Nullable LocalDate schreibenVom) {}

    /** Where documents go. */
    public record Vorgang(
            UUID id,
            UUID akteId,
            String aktenzeichen,
            String titel,
            String akteAktenzeichen,
            String akteTitel,
            int schutzbereichId,
            String stand) {

        /** Whether something may be filed in it. */
        public boolean offen() {
            return stand.equals("in_bearbeitung");
        }
    }

    /** Their text is read within this time or not soon: until then the index waits, so that most are indexed once and not twice. */
    private static final Duration BIS_GELESEN = Duration.ofMinutes(10);

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Aktenzeichenregel regel;
    private final Dateien dateien;
    private final Protokoll protokoll;
    private final Index index;

    Stapelablage(
            JdbcClient datenbank,
            Berechtigungen berechtigungen,
            Aktenzeichenregel regel,
            Dateien dateien,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.regel = regel;
        this.dateien = dateien;
        this.protokoll = protokoll;
        this.index = index;
    }

    /** New Akten without a Bearbeiter, each with the next Aktenzeichen of its rule. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void legeAkten(Anmeldung wer, List<NeueAkte> neue) {
        if (neue.isEmpty()) {
            return;
        }
        record Koordinate(UUID plan, UUID einheit, int stufe) {}
        var bereiche = new HashMap<Koordinate, Integer>();
        neue.forEach(a -> bereiche.computeIfAbsent(
                new Koordinate(a.position.id(), a.einheit, a.stufe),
                k -> berechtigungen.schutzbereich(k.plan, k.einheit, k.stufe, null)));
        var zeichen =
                regel.fuerAkten(neue.stream().map(a -> a.position.kennzeichen()).toList());
        var taten = datenbank
                .sql("""
                INSERT INTO akte AS neu (mandant_id, jahr, id, aktenzeichen, titel, planknoten_id, einheit_id, schutzbereich_id, angelegt_von)
                SELECT ?, CAST(? AS smallint), t.*, ? FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS int[])) AS t
                RETURNING id, aktenzeichen, titel, to_jsonb(neu)::text AS zustand""")
                .param(mandant())
                .param(regel.jahrDerAkten())
                .param(wer.person())
                .param(texte(neue, a -> a.id.toString()))
                .param(zeichen.toArray(String[]::new))
                .param(texte(neue, a -> Eingabe.gekuerzt(a.titel, Eingabe.TITEL)))
                .param(texte(neue, a -> a.position.id().toString()))
                .param(texte(neue, a -> a.einheit.toString()))
                .param(neue.stream()
                        .mapToInt(a -> bereiche.getOrDefault(new Koordinate(a.position.id(), a.einheit, a.stufe), 0))
                        .toArray())
                .query((z, nr) -> new Tat(
                        z.getObject("id", UUID.class),
                        z.getObject("id", UUID.class),
                        Map.of(
                                "aktenzeichen", z.getString("aktenzeichen"),
                                "titel", z.getString("titel"),
                                "zustand", z.getString("zustand"))))
                .list();
        protokoll.schreibe(wer.pseudonym(), "akte.angelegt", taten);
        index.vormerkenNachrangig("akte", neue.stream().map(NeueAkte::id).toList(), Duration.ZERO);
    }

    /** New Vorgänge without a Bearbeiter; each inherits unit and Schutzbereich of its Akte. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void eroeffne(Anmeldung wer, List<NeuerVorgang> neue) {
        if (neue.isEmpty()) {
            return;
        }
        var akten = new HashMap<UUID, String>();
        // Held, so that nobody cuts one of them out of its plan meanwhile: what comes into it inherits its
        // Schutzbereich.
        datenbank
                .sql(
                        "SELECT id, aktenzeichen FROM akte WHERE mandant_id = ? AND id = ANY (CAST(? AS uuid[])) ORDER BY id FOR SHARE")
                .param(mandant())
                .param(texte(neue, v -> v.akte.toString()))
                .query((z, nr) -> akten.put(z.getObject(1, UUID.class), z.getString(2)))
                .list();
        var zeichen = regel.fuerVorgaenge(
                neue.stream().map(v -> String.valueOf(akten.get(v.akte))).toList());
        var taten = datenbank
                .sql("""
                INSERT INTO vorgang AS neu (mandant_id, id, akte_id, aktenzeichen, titel, einheit_id, schutzbereich_id, angelegt_von)
                SELECT a.mandant_id, t.id, a.id, t.aktenzeichen, t.titel, a.einheit_id, a.schutzbereich_id, ?
                  FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[])) AS t (id, akte, aktenzeichen, titel)
                  JOIN akte a ON a.mandant_id = ? AND a.id = t.akte
                RETURNING id, akte_id, aktenzeichen, titel, to_jsonb(neu)::text AS zustand""")
                .param(wer.person())
                .param(texte(neue, v -> v.id.toString()))
                .param(texte(neue, v -> v.akte.toString()))
                .param(zeichen.toArray(String[]::new))
                .param(texte(neue, v -> Eingabe.gekuerzt(v.titel, Eingabe.TITEL)))
                .param(mandant())
                .query((z, nr) -> new Tat(
                        z.getObject("id", UUID.class),
                        z.getObject("akte_id", UUID.class),
                        Map.of(
                                "aktenzeichen", z.getString("aktenzeichen"),
                                "titel", z.getString("titel"),
                                "zustand", z.getString("zustand"))))
                .list();
        protokoll.schreibe(wer.pseudonym(), "vorgang.angelegt", taten);
        vermerke(wer, neue.stream().filter(v -> !v.vermerk.isBlank()).toList());
        index.vormerkenNachrangig("vorgang", neue.stream().map(NeuerVorgang::id).toList(), Duration.ZERO);
    }

    private void vermerke(Anmeldung wer, List<NeuerVorgang> neue) {
        var taten = new ArrayList<Tat>();
        var ids = new ArrayList<String>();
        for (var vorgang : neue) {
            var id = Kennung.neu();
            ids.add(id.toString());
            taten.add(new Tat(vorgang.id, vorgang.akte, Map.of("text", vorgang.vermerk, "vermerk", id.toString())));
        }
        datenbank
                .sql("""
                INSERT INTO vermerk (mandant_id, id, vorgang_id, akte_id, text, verfasst_von)
                SELECT ?, t.*, ? FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS text[])) AS t""")
                .param(mandant())
                .param(wer.person())
                .param(ids.toArray(String[]::new))
                .param(texte(neue, v -> v.id.toString()))
                .param(texte(neue, v -> v.akte.toString()))
                .param(texte(neue, NeuerVorgang::vermerk))
                .update();
        protokoll.schreibe(wer.pseudonym(), "vorgang.vermerkt", taten);
    }

    /**
     * Holds these Vorgänge until the transaction ends, as everybody does who files into one; in the order of their ids, so that
     * two who hold many wait for each other instead of deadlocking.
     *
     * @return those that exist, closed ones among them
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<UUID, Vorgang> halte(List<UUID> ids) {
        var gefunden = new LinkedHashMap<UUID, Vorgang>();
        datenbank
                .sql("""
                WITH gehalten AS (
                    SELECT mandant_id, id, akte_id, aktenzeichen, titel, schutzbereich_id, stand FROM vorgang
                     WHERE mandant_id = ? AND id = ANY (CAST(? AS uuid[])) ORDER BY id FOR NO KEY UPDATE)
                SELECT v.id, v.akte_id, v.aktenzeichen, v.titel, a.aktenzeichen AS akte_aktenzeichen, a.titel AS akte_titel, v.schutzbereich_id, v.stand
                  FROM gehalten v JOIN akte a ON a.mandant_id = v.mandant_id AND a.id = v.akte_id""")
                .param(mandant())
                .param(texte(ids, UUID::toString))
                .query(Vorgang.class)
                .list()
                .forEach(v -> gefunden.put(v.id, v));
        return gefunden;
    }

    /**
     * Files each Blob as a new Dokument, Version 1.
     *
     * @param vorgaenge what {@link #halte} returned, open
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lege(Anmeldung wer, Map<UUID, Vorgang> vorgaenge, List<NeuesDokument> neue) {
        if (neue.isEmpty()) {
            return;
        }
        var dateiIds = neue.stream().map(n -> Kennung.neu()).toList();
        var aufnahmen = new ArrayList<Dateien.Neu>();
        for (int i = 0; i < neue.size(); i++) {
            aufnahmen.add(new Dateien.Neu(dateiIds.get(i), neue.get(i).blob, neue.get(i).dateiname));
        }
        dateien.aufnehmen(aufnahmen);
        var zustaende = legeZeilen(wer, vorgaenge, neue);
        var versionen = neue.stream().map(n -> Kennung.neu()).toList();
        datenbank
                .sql("""
                INSERT INTO version (mandant_id, id, dokument_id, nummer, datei_id, angelegt_von)
                SELECT ?, t.id, t.dokument, 1, t.datei, ? FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[])) AS t (id, dokument, datei)""")
                .param(mandant())
                .param(wer.person())
                .param(texte(versionen, UUID::toString))
                .param(texte(neue, d -> d.id.toString()))
                .param(texte(dateiIds, UUID::toString))
                .update();
        var taten = new ArrayList<Tat>();
        for (int i = 0; i < neue.size(); i++) {
            var dokument = neue.get(i);
            taten.add(new Tat(
                    dokument.id,
                    gehalten(vorgaenge, dokument).akteId,
                    Map.of(
                            "titel", titel(dokument),
                            "dateiname", Dateiname.sicher(dokument.dateiname),
                            "inhalt", dokument.blob.pruefsumme(),
                            "version", versionen.get(i).toString(),
                            "zustand", String.valueOf(zustaende.get(dokument.id)))));
        }
        protokoll.schreibe(wer.pseudonym(), "dokument.abgelegt", taten);
        index.vormerkenNachrangig(
                "dokument", neue.stream().map(NeuesDokument::id).toList(), BIS_GELESEN);
    }

    /** @return per Dokument its row as PostgreSQL writes it */
    private Map<UUID, String> legeZeilen(Anmeldung wer, Map<UUID, Vorgang> vorgaenge, List<NeuesDokument> neue) {
        var betroffene = neue.stream().map(NeuesDokument::vorgang).distinct().toList();
        var nummern = letzteNummern(betroffene);
        var arten = dokumentarten(betroffene);
        var zustaende = new HashMap<UUID, String>();
        datenbank
                .sql("""
                INSERT INTO dokument AS neu (mandant_id, id, vorgang_id, akte_id, schutzbereich_id, nummer, titel, dokumentart, absender, schreiben_vom, angelegt_von)
                SELECT ?, t.*, ? FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS int[]), CAST(? AS int[]), CAST(? AS text[]),
                                             CAST(? AS text[]), CAST(? AS text[]), CAST(? AS date[])) AS t
                RETURNING id, to_jsonb(neu)::text""")
                .param(mandant())
                .param(wer.person())
                .param(texte(neue, d -> d.id.toString()))
                .param(texte(neue, d -> d.vorgang.toString()))
                .param(texte(neue, d -> gehalten(vorgaenge, d).akteId.toString()))
                .param(neue.stream()
                        .mapToInt(d -> gehalten(vorgaenge, d).schutzbereichId)
                        .toArray())
                .param(neue.stream()
                        .mapToInt(d -> nummern.merge(d.vorgang, 1, Integer::sum))
                        .toArray())
                .param(texte(neue, Stapelablage::titel))
                .param(texte(
                        neue,
                        d -> d.dokumentart.isBlank()
                                ? arten.getOrDefault(d.vorgang, "Schreiben")
                                : Eingabe.gekuerzt(d.dokumentart, 60)))
                .param(texte(neue, d -> d.absender.isBlank() ? null : Eingabe.gekuerzt(d.absender, 300)))
                .param(texte(neue, d -> d.schreibenVom == null ? null : d.schreibenVom.toString()))
                .query((z, nr) -> zustaende.put(z.getObject(1, UUID.class), z.getString(2)))
                .list();
        datenbank
                .sql("UPDATE vorgang SET geaendert = now() WHERE mandant_id = ? AND id = ANY (CAST(? AS uuid[]))")
                .param(mandant())
                .param(texte(betroffene, UUID::toString))
                .update();
        index.vormerkenNachrangig("vorgang", betroffene, BIS_GELESEN);
        return zustaende;
    }

    /** One look per Vorgang at the end of its index: max() over all would grow with what lies in it. */
    private Map<UUID, Integer> letzteNummern(List<UUID> vorgaenge) {
        var nummern = new HashMap<UUID, Integer>();
        datenbank
                .sql("""
                SELECT v.id, greatest(d.nummer, u.nummer) FROM unnest(CAST(? AS uuid[])) AS v (id)
                  LEFT JOIN LATERAL (SELECT nummer FROM dokument WHERE mandant_id = ? AND vorgang_id = v.id ORDER BY nummer DESC LIMIT 1) d ON true
                  LEFT JOIN LATERAL (SELECT max(aus_nummer) AS nummer FROM verlegung WHERE mandant_id = ? AND aus_vorgang_id = v.id) u ON true
                 WHERE d.nummer IS NOT NULL OR u.nummer IS NOT NULL""")
                .param(texte(vorgaenge, UUID::toString))
                .param(mandant())
                .param(mandant())
                .query((z, nr) -> nummern.put(z.getObject(1, UUID.class), z.getInt(2)))
                .list();
        return nummern;
    }

    /** Which kind of Dokument the Aktenart gives, by Vorgang; where it gives none there is no entry. */
    private Map<UUID, String> dokumentarten(List<UUID> vorgaenge) {
        var arten = new HashMap<UUID, String>();
        datenbank
                .sql("""
                SELECT v.id, k.dokumentart FROM vorgang v JOIN akte a ON a.mandant_id = v.mandant_id AND a.id = v.akte_id
                  JOIN aktenart k ON k.mandant_id = a.mandant_id AND k.id = a.aktenart_id
                 WHERE v.mandant_id = ? AND v.id = ANY (CAST(? AS uuid[])) AND k.dokumentart <> ''""")
                .param(mandant())
                .param(texte(vorgaenge, UUID::toString))
                .query((z, nr) -> arten.put(z.getObject(1, UUID.class), z.getString(2)))
                .list();
        return arten;
    }

    private static Vorgang gehalten(Map<UUID, Vorgang> vorgaenge, NeuesDokument dokument) {
        var vorgang = vorgaenge.get(dokument.vorgang);
        if (vorgang == null || !vorgang.offen()) {
            throw new IllegalStateException("Der Vorgang " + dokument.vorgang + " ist nicht zum Ändern gehalten");
        }
        return vorgang;
    }

    private static String titel(NeuesDokument dokument) {
        var titel = Eingabe.gekuerzt(dokument.titel, Eingabe.TITEL);
        return titel.isEmpty()
                ? Eingabe.gekuerzt(Dokumente.ohneEndung(Dateiname.sicher(dokument.dateiname)), Eingabe.TITEL)
                : titel;
    }

    private static <T> @Nullable String[] texte(List<T> liste, Function<T, @Nullable String> feld) {
        return liste.stream().map(feld).toArray(String[]::new);
    }
}
