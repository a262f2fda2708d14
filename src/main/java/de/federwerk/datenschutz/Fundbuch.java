package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import de.federwerk.protokoll.Protokoll;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was found for a request, and what the units decide about it. Only who may read a thing and is of its unit decides. */
@Component
class Fundbuch {

    static final int GEZEIGT = 200;

    /** How many of a unit; all that the role Datenschutz sees of what is not released. */
    record Zahlen(String einheit, long offen, long gehoert, long geschwaerzt, long zurueckgehalten, long andere) {

        long alle() {
            return offen + gehoert + geschwaerzt + zurueckgehalten + andere;
        }
    }

    private static final String VERALTET =
            "(t.entscheid IN ('gehoert', 'geschwaerzt') AND t.version IS NOT NULL AND n.nummer > t.version)";

    private static final String QUELLEN = """
              FROM auskunftstreffer t
              LEFT JOIN dokument d ON t.art = 'dokument' AND d.mandant_id = t.mandant_id AND d.id = t.objekt_id
              LEFT JOIN papierteil pt ON t.art = 'papier' AND pt.mandant_id = t.mandant_id AND pt.id = t.objekt_id
              LEFT JOIN vorgang v ON v.mandant_id = t.mandant_id AND v.id = coalesce(d.vorgang_id, pt.vorgang_id, CASE WHEN t.art = 'vorgang' THEN t.objekt_id END)
              LEFT JOIN akte a ON a.mandant_id = t.mandant_id AND a.id = coalesce(v.akte_id, pt.akte_id, CASE WHEN t.art = 'akte' THEN t.objekt_id END)
              LEFT JOIN eingang g ON t.art = 'eingang' AND g.mandant_id = t.mandant_id AND g.id = t.objekt_id
              LEFT JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id
              LEFT JOIN person k ON t.art = 'konto' AND k.mandant_id = t.mandant_id AND k.id = t.objekt_id
              LEFT JOIN einheit e ON e.mandant_id = t.mandant_id AND e.id = coalesce(v.einheit_id, a.einheit_id, g.einheit_id)
              LEFT JOIN LATERAL (SELECT max(nummer) AS nummer FROM version n WHERE n.mandant_id = t.mandant_id AND n.dokument_id = coalesce(t.ersatz_id, d.id)) n ON true
              LEFT JOIN person p ON p.mandant_id = t.mandant_id AND p.id = t.geprueft_von
              JOIN auskunftsersuchen u ON u.mandant_id = t.mandant_id AND u.id = t.ersuchen_id
              LEFT JOIN auskunftstreffer w ON w.mandant_id = t.mandant_id AND w.ersuchen_id = u.vorher_id AND w.objekt_id = t.objekt_id
             WHERE t.mandant_id = :m AND\s""";

    private static final String SPALTEN = """
            SELECT t.objekt_id AS objekt, t.art, array_to_string(t.wege, '; ') AS wege, t.entscheid, t.grund, t.bemerkung, t.geprueft,
                   trim(p.vorname || ' ' || p.nachname) AS geprueft_von, t.ersatz_id AS ersatz, t.version, e.id AS einheit_id,
                   coalesce(e.kuerzel || ' ' || e.name, 'Datenschutz') AS einheit, coalesce(%s, false) AS sichtbar,
                   coalesce(v.aktenzeichen, a.aktenzeichen, pt.kennzeichen, g.nummer, k.anmeldename, '') AS aktenzeichen,
                   coalesce(CASE t.art WHEN 'dokument' THEN d.titel WHEN 'papier' THEN pt.titel WHEN 'vorgang' THEN v.titel WHEN 'akte' THEN a.titel
                                       WHEN 'eingang' THEN coalesce(f.titel, f.dateiname) ELSE trim(k.vorname || ' ' || k.nachname) END, '') AS titel,
                   v.id AS vorgang_id, a.id AS akte_id, d.nummer, coalesce(d.dokumentart, '') AS dokumentart,
                   coalesce(d.angelegt, pt.angelegt, CASE t.art WHEN 'vorgang' THEN v.angelegt WHEN 'akte' THEN a.angelegt END, g.eingegangen, k.gueltig_von, t.gefunden) AS datum,
                   n.nummer AS version_jetzt, w.entscheid AS vorher,
                   EXISTS (SELECT FROM schwaerzung x WHERE x.mandant_id = t.mandant_id AND x.dokument_id = d.id AND x.kopie_id IS NOT NULL) AS schwaerzbar""" + "\n" + QUELLEN;

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Leitungen leitungen;
    private final Gegenstaende gegenstaende;
    private final Protokoll protokoll;

    Fundbuch(
            JdbcClient datenbank,
            Berechtigungen berechtigungen,
            Leitungen leitungen,
            Gegenstaende gegenstaende,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.leitungen = leitungen;
        this.gegenstaende = gegenstaende;
        this.protokoll = protokoll;
    }

    /** @param datenschutz whether the person has the role; an account is nobody's Akte */
    private static String sichtbar(Sicht sicht, boolean datenschutz) {
        return """
                (CASE t.art WHEN 'dokument' THEN %s WHEN 'vorgang' THEN %s WHEN 'akte' THEN %s WHEN 'eingang' THEN %s
                            WHEN 'papier' THEN CASE WHEN pt.vorgang_id IS NULL THEN %s ELSE %s END ELSE %s END)""".formatted(
                        sicht.aufDokument("d"),
                        sicht.aufVorgang("v"),
                        sicht.aufAkte("a"),
                        sicht.aufBereich("g"),
                        sicht.aufAkte("a"),
                        sicht.aufVorgang("v"),
                        datenschutz);
    }

    /** Adds what is new; what was decided stays decided. @return how many were new */
    @Transactional(propagation = Propagation.MANDATORY)
    public int merke(UUID ersuchen, List<Haussuche.Fund> funde) {
        int vorher = anzahl(ersuchen);
        var jeDing = funde.stream()
                .collect(Collectors.groupingBy(
                        f -> Map.entry(f.art(), f.objekt()),
                        Collectors.mapping(Haussuche.Fund::weg, Collectors.toCollection(LinkedHashSet::new))));
        jeDing.forEach((ding, wege) -> datenbank
                .sql("""
                INSERT INTO auskunftstreffer (mandant_id, ersuchen_id, objekt_id, art, wege) VALUES (:m, :ersuchen, :objekt, :art, :wege)
                ON CONFLICT (mandant_id, ersuchen_id, objekt_id) DO UPDATE
                   SET wege = ARRAY(SELECT DISTINCT x FROM unnest(auskunftstreffer.wege || excluded.wege) x ORDER BY x)""")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("objekt", ding.getValue())
                .param("art", ding.getKey())
                .param("wege", wege.toArray(String[]::new))
                .update());
        return anzahl(ersuchen) - vorher;
    }

    private int anzahl(UUID ersuchen) {
        return datenbank
                .sql("SELECT count(*) FROM auskunftstreffer WHERE mandant_id = ? AND ersuchen_id = ?")
                .params(mandant(), ersuchen)
                .query(Integer.class)
                .single();
    }

    /** By unit; no more than how many. */
    @Transactional(readOnly = true)
    public List<Zahlen> zahlen(UUID ersuchen) {
        return datenbank
                .sql("""
                SELECT coalesce(e.kuerzel || ' ' || e.name, 'Datenschutz') AS einheit,
                       count(*) FILTER (WHERE t.entscheid = 'offen' OR %1$s) AS offen,
                       count(*) FILTER (WHERE t.entscheid = 'gehoert' AND NOT %1$s) AS gehoert,
                       count(*) FILTER (WHERE t.entscheid = 'geschwaerzt' AND NOT %1$s) AS geschwaerzt,
                       count(*) FILTER (WHERE t.entscheid = 'zurueckgehalten') AS zurueckgehalten, count(*) FILTER (WHERE t.entscheid = 'andere') AS andere
                %2$s t.ersuchen_id = :ersuchen GROUP BY 1 ORDER BY 1""".formatted("coalesce(" + VERALTET + ", false)", QUELLEN))
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query(Zahlen.class)
                .list();
    }

    /** What goes to the person, and what is withheld, with whatever it says: for the answer and, where released, for the role Datenschutz. */
    @Transactional(readOnly = true)
    public List<Treffer> entschiedene(UUID ersuchen) {
        return datenbank
                .sql(
                        SPALTEN.formatted("false")
                                + "t.ersuchen_id = :ersuchen ORDER BY a.ordnung, a.id, v.ordnung, v.id, d.gruppe, d.nummer, t.art, t.objekt_id")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query(Treffer.class)
                .list();
    }

    /** What this person is to look at or has looked at, in one request; the open ones first. */
    @Transactional(readOnly = true)
    public List<Treffer> meine(Anmeldung wer, UUID ersuchen) {
        return frage(wer, "t.ersuchen_id = :ersuchen", Map.of("ersuchen", ersuchen));
    }

    private List<Treffer> frage(Anmeldung wer, String bedingung, Map<String, ?> werte) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        boolean datenschutz = gegenstaende.istDatenschutz(wer);
        var sichtbar = sichtbar(sicht, datenschutz);
        return datenbank
                .sql(SPALTEN.formatted(sichtbar) + bedingung
                        + " AND u.erledigt IS NULL AND %s AND (:datenschutz OR e.id = ANY (CAST(:einheiten AS uuid[])))"
                                .formatted(sichtbar)
                        + " ORDER BY (t.entscheid = 'offen' OR coalesce(" + VERALTET
                        + ", false)) DESC, a.ordnung, v.ordnung, d.nummer, t.objekt_id LIMIT " + GEZEIGT)
                .param("m", mandant())
                .param("datenschutz", datenschutz)
                .param("einheiten", feld(einheiten(wer)))
                .params(werte)
                .params(sicht.parameter())
                .query(Treffer.class)
                .list();
    }

    /** Own units, and those one leads. */
    private Set<UUID> einheiten(Anmeldung wer) {
        var einheiten = new HashSet<UUID>();
        berechtigungen.postfaecher(wer.person()).stream()
                .filter(f -> f.art().equals("einheit") && f.person().equals(wer.person()))
                .forEach(f -> einheiten.add(f.subjekt()));
        if (leitungen.istLeitung(wer.person())) {
            einheiten.addAll(leitungen.geleiteteEinheiten(wer.person()));
        }
        return einheiten;
    }

    private static String feld(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** @param offen how many this person is still to look at */
    record Auftrag(UUID ersuchen, String name, LocalDate frist, long offen, long alle) {}

    /** Requests in which something waits for this person, or was looked at by her unit. */
    @Transactional(readOnly = true)
    public List<Auftrag> auftraege(Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        boolean datenschutz = gegenstaende.istDatenschutz(wer);
        return datenbank
                .sql("""
                SELECT u.id AS ersuchen, trim(u.vorname || ' ' || u.nachname) AS name, coalesce(u.verlaengert_bis, u.frist) AS frist,
                       count(*) FILTER (WHERE t.entscheid = 'offen' OR coalesce(%s, false)) AS offen, count(*) AS alle
                %s u.erledigt IS NULL AND %s AND (:datenschutz OR e.id = ANY (CAST(:einheiten AS uuid[])))
                 GROUP BY u.id, u.vorname, u.nachname, u.frist, u.verlaengert_bis ORDER BY 3, 1""".formatted(VERALTET, QUELLEN, sichtbar(sicht, datenschutz)))
                .param("m", mandant())
                .param("datenschutz", datenschutz)
                .param("einheiten", feld(einheiten(wer)))
                .params(sicht.parameter())
                .query(Auftrag.class)
                .list();
    }

    /** @throws NichtGefunden unless this person decides about it */
    @Transactional(readOnly = true)
    public Treffer treffer(Anmeldung wer, UUID ersuchen, UUID objekt) {
        return frage(
                        wer,
                        "t.ersuchen_id = :ersuchen AND t.objekt_id = :objekt",
                        Map.of("ersuchen", ersuchen, "objekt", objekt))
                .stream()
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Fundstelle gibt es nicht, oder sie ist nicht für Sie."));
    }

    /**
     * Decides about one of them; a later decision takes the place of an earlier one.
     *
     * @throws NichtGefunden unless this person decides about it
     * @throws Abgelehnt (EINGABE) if it is withheld without a reason, or is to go redacted and nothing was redacted
     */
    @Transactional
    public void entscheide(
            Anmeldung wer,
            UUID ersuchen,
            UUID objekt,
            String entscheid,
            @Nullable Zurueckhaltung grund,
            @Nullable String bemerkung) {
        var treffer = treffer(wer, ersuchen, objekt);
        if (!List.of("gehoert", "andere", "geschwaerzt", "zurueckgehalten").contains(entscheid)) {
            throw Abgelehnt.eingabe("Bitte wählen Sie, was damit geschieht.");
        }
        boolean zurueck = entscheid.equals("zurueckgehalten");
        if (zurueck && grund == null) {
            throw Abgelehnt.eingabe(
                    "Bitte wählen Sie, warum es zurückgehalten wird: Der Grund steht in der Auskunft. Es wurde nichts entschieden.");
        }
        var warum = zurueck ? grund : null;
        var text = Text.hoechstens(bemerkung, 1_000, "Bemerkung");
        var ersatz = entscheid.equals("geschwaerzt") ? kopie(treffer) : null;
        datenbank
                .sql("""
                UPDATE auskunftstreffer t SET entscheid = :entscheid, grund = :grund, bemerkung = :bemerkung, ersatz_id = :ersatz, geprueft = now(), geprueft_von = :wer,
                       version = (SELECT max(nummer) FROM version n WHERE n.mandant_id = :m AND n.dokument_id = coalesce(CAST(:ersatz AS uuid), :objekt))
                 WHERE t.mandant_id = :m AND t.ersuchen_id = :ersuchen AND t.objekt_id = :objekt""")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("objekt", objekt)
                .param("entscheid", entscheid)
                .param("grund", warum == null ? null : warum.name(), Types.VARCHAR)
                .param("bemerkung", text)
                .param("ersatz", ersatz, Types.OTHER)
                .param("wer", wer.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "auskunft.geprueft",
                ersuchen,
                null,
                Map.of(
                        "objekt",
                        objekt.toString(),
                        "entscheid",
                        entscheid,
                        "grund",
                        warum == null ? "" : warum.norm()));
    }

    /** Several at once: about somebody else of the same name. */
    @Transactional
    public void setzeBeiseite(Anmeldung wer, UUID ersuchen, List<UUID> objekte) {
        objekte.forEach(objekt -> entscheide(wer, ersuchen, objekt, "andere", null, ""));
    }

    private UUID kopie(Treffer treffer) {
        Optional<UUID> kopie = treffer.art().equals("dokument")
                ? datenbank
                        .sql(
                                "SELECT kopie_id FROM schwaerzung WHERE mandant_id = ? AND dokument_id = ? AND kopie_id IS NOT NULL ORDER BY id DESC LIMIT 1")
                        .params(mandant(), treffer.objekt())
                        .query(UUID.class)
                        .optional()
                : Optional.empty();
        return kopie.orElseThrow(
                () -> Abgelehnt.eingabe(
                        "Davon gibt es keine geschwärzte Fassung. Bitte schwärzen Sie das Dokument zuerst auf der Seite des Vorgangs. Es wurde nichts entschieden."));
    }

    /** Also looked at are the Dokumente that lie in it, scans without a legible name among them. @return how many were added */
    @Transactional
    public int nimmDokumente(Anmeldung wer, UUID ersuchen, UUID objekt) {
        var treffer = treffer(wer, ersuchen, objekt);
        if (!treffer.art().equals("vorgang") && !treffer.art().equals("akte")) {
            throw Abgelehnt.eingabe("Dokumente liegen nur in Vorgängen und Akten.");
        }
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return datenbank
                .sql("""
                INSERT INTO auskunftstreffer (mandant_id, ersuchen_id, objekt_id, art, wege)
                SELECT d.mandant_id, :ersuchen, d.id, 'dokument', ARRAY['liegt im gefundenen Vorgang'] FROM dokument d
                 WHERE d.mandant_id = :m AND (d.vorgang_id = :objekt OR d.akte_id = :objekt) AND %s
                ON CONFLICT DO NOTHING""".formatted(sicht.aufDokument("d")))
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("objekt", objekt)
                .params(sicht.parameter())
                .update();
    }

    /** Units in which something waits, for telling their people. */
    @Transactional(readOnly = true)
    public List<UUID> wartendeEinheiten(UUID ersuchen) {
        return datenbank
                .sql("SELECT DISTINCT e.id " + QUELLEN
                        + "t.ersuchen_id = :ersuchen AND t.entscheid = 'offen' AND e.id IS NOT NULL")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query(UUID.class)
                .list();
    }
}
