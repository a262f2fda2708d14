package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was found for a request. Only who may read a thing and is of its unit sees it here. */
@Component
class Fundbuch {

    static final int GEZEIGT = 200;

    /** How many of a unit; all that the role Datenschutz sees of what is not released. */
    record Zahlen(String einheit, long offen, long gehoert, long geschwaerzt, long zurueckgehalten, long andere) {

        long alle() {
            return offen + gehoert + geschwaerzt + zurueckgehalten + andere;
        }
    }

    private static final String OFFEN = "(t.entscheid = 'offen' OR auskunft_veraltet(t))";

    /** As {@link #OFFEN} was when it was last asked. */
    private static final String WOHL_OFFEN = "(t.entscheid = 'offen' OR t.geaendert)";

    /** Not what auskunft_verworfen names; joined, because it is asked of each row. */
    static final String QUELLEN = """
              FROM auskunftstreffer t
              LEFT JOIN dokument d ON t.art = 'dokument' AND d.mandant_id = t.mandant_id AND d.id = t.objekt_id
              LEFT JOIN papierteil pt ON t.art = 'papier' AND pt.mandant_id = t.mandant_id AND pt.id = t.objekt_id
              LEFT JOIN vorgang v ON v.mandant_id = t.mandant_id AND v.id = coalesce(d.vorgang_id, pt.vorgang_id, CASE WHEN t.art = 'vorgang' THEN t.objekt_id END)
              LEFT JOIN akte a ON a.mandant_id = t.mandant_id AND a.id = coalesce(v.akte_id, pt.akte_id, CASE WHEN t.art = 'akte' THEN t.objekt_id END)
              LEFT JOIN eingang g ON t.art = 'eingang' AND g.mandant_id = t.mandant_id AND g.id = t.objekt_id
              LEFT JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id
              LEFT JOIN person k ON t.art = 'konto' AND k.mandant_id = t.mandant_id AND k.id = t.objekt_id
              LEFT JOIN einheit e ON e.mandant_id = t.mandant_id AND e.id = coalesce(v.einheit_id, a.einheit_id, g.einheit_id)
              LEFT JOIN person p ON p.mandant_id = t.mandant_id AND p.id = t.geprueft_von
              JOIN auskunftsersuchen u ON u.mandant_id = t.mandant_id AND u.id = t.ersuchen_id
              LEFT JOIN auskunftstreffer w ON w.mandant_id = t.mandant_id AND w.ersuchen_id = u.vorher_id AND w.objekt_id = t.objekt_id
              LEFT JOIN schutzbereich sb ON sb.mandant_id = t.mandant_id
               AND sb.id = CASE t.art WHEN 'dokument' THEN d.schutzbereich_id WHEN 'vorgang' THEN v.schutzbereich_id WHEN 'akte' THEN a.schutzbereich_id
                                      WHEN 'eingang' THEN g.schutzbereich_id WHEN 'papier' THEN coalesce(v.schutzbereich_id, a.schutzbereich_id) END
             WHERE t.mandant_id = :m AND coalesce(sb.stufe, 0) <= 9 AND coalesce(g.status, '') <> 'abgelegt' AND\s""";

    private static final String SPALTEN = """
            SELECT t.objekt_id AS objekt, t.art, array_to_string(t.wege, '; ') AS wege, t.entscheid, t.grund, t.bemerkung, t.geprueft,
                   trim(p.vorname || ' ' || p.nachname) AS geprueft_von, t.ersatz_id AS ersatz, t.version, t.stand, e.id AS einheit_id,
                   coalesce(e.kuerzel || ' ' || e.name, 'Datenschutz') AS einheit, coalesce(%s, false) AS sichtbar,
                   coalesce(v.aktenzeichen, a.aktenzeichen, pt.kennzeichen, g.nummer, k.anmeldename, '') AS aktenzeichen,
                   coalesce(CASE t.art WHEN 'dokument' THEN d.titel WHEN 'papier' THEN pt.titel WHEN 'vorgang' THEN v.titel WHEN 'akte' THEN a.titel
                                       WHEN 'eingang' THEN coalesce(f.titel, f.dateiname) ELSE trim(k.vorname || ' ' || k.nachname) END, '') AS titel,
                   v.id AS vorgang_id, a.id AS akte_id, d.nummer, coalesce(d.dokumentart, '') AS dokumentart,
                   coalesce(d.angelegt, pt.angelegt, CASE t.art WHEN 'vorgang' THEN v.angelegt WHEN 'akte' THEN a.angelegt END, g.eingegangen, k.gueltig_von, t.gefunden) AS datum,
                   w.entscheid AS vorher, auskunft_veraltet(t) AS veraltet, a.ordnung AS nach_akte, v.ordnung AS nach_vorgang""" + "\n" + QUELLEN;

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Leitungen leitungen;
    private final Gegenstaende gegenstaende;

    Fundbuch(JdbcClient datenbank, Berechtigungen berechtigungen, Leitungen leitungen, Gegenstaende gegenstaende) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.leitungen = leitungen;
        this.gegenstaende = gegenstaende;
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

    /** By unit; no more than how many. */
    @Transactional(readOnly = true)
    public List<Zahlen> zahlen(UUID ersuchen) {
        return datenbank
                .sql("""
                SELECT einheit, count(*) FILTER (WHERE wie = 'offen') AS offen, count(*) FILTER (WHERE wie = 'gehoert') AS gehoert,
                       count(*) FILTER (WHERE wie = 'geschwaerzt') AS geschwaerzt, count(*) FILTER (WHERE wie = 'zurueckgehalten') AS zurueckgehalten,
                       count(*) FILTER (WHERE wie = 'andere') AS andere
                  FROM (SELECT coalesce(e.kuerzel || ' ' || e.name, 'Datenschutz') AS einheit, CASE WHEN auskunft_veraltet(t) THEN 'offen' ELSE t.entscheid END AS wie
                        %s t.ersuchen_id = :ersuchen OFFSET 0) z GROUP BY 1 ORDER BY 1""".formatted(QUELLEN))
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query(Zahlen.class)
                .list();
    }

    /** What goes to the person, and what is withheld, with whatever it says: for the answer and, where released, for the role Datenschutz. */
    @Transactional(readOnly = true)
    public List<Treffer> entschiedene(UUID ersuchen) {
        return entschiedene(ersuchen, List.of("offen", "gehoert", "andere", "geschwaerzt", "zurueckgehalten"), "");
    }

    /** Of these decisions the first that a page has room for. */
    @Transactional(readOnly = true)
    public List<Treffer> gezeigte(UUID ersuchen, List<String> entscheide) {
        return entschiedene(ersuchen, entscheide, " LIMIT " + GEZEIGT);
    }

    private List<Treffer> entschiedene(UUID ersuchen, List<String> entscheide, String grenze) {
        return datenbank
                .sql(SPALTEN.formatted("false")
                        + "t.ersuchen_id = :ersuchen AND t.entscheid = ANY (CAST(:entscheide AS text[])) ORDER BY a.ordnung, a.id, v.ordnung, v.id, d.gruppe, d.nummer, t.art, t.objekt_id"
                        + grenze)
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("entscheide", entscheide.toArray(String[]::new))
                .query(Treffer.class)
                .list();
    }

    /** What this person is to look at or has looked at, in one request; the open ones first. */
    @Transactional(readOnly = true)
    public List<Treffer> meine(Anmeldung wer, UUID ersuchen) {
        return frage(wer, "t.ersuchen_id = :ersuchen", Map.of("ersuchen", ersuchen), GEZEIGT);
    }

    private List<Treffer> frage(Anmeldung wer, String bedingung, Map<String, ?> werte, int hoechstens) {
        // What is outdated is asked once for each.
        return wasDavonSieht(
                        wer,
                        "SELECT * FROM (" + SPALTEN.formatted("true"),
                        bedingung,
                        " OFFSET 0) z ORDER BY (entscheid = 'offen' OR veraltet) DESC, nach_akte, nach_vorgang, nummer, objekt LIMIT "
                                + hoechstens,
                        werte)
                .query(Treffer.class)
                .list();
    }

    /** Among the hits of open requests those that this person may read and is to look at. */
    private JdbcClient.StatementSpec wasDavonSieht(
            Anmeldung wer, String auswahl, String bedingung, String folge, Map<String, ?> werte) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        boolean datenschutz = gegenstaende.istDatenschutz(wer);
        return datenbank
                .sql(
                        "%s%s AND u.erledigt IS NULL AND (:datenschutz OR e.id = ANY (CAST(:einheiten AS uuid[]))) AND %s%s"
                                .formatted(auswahl, bedingung, sichtbar(sicht, datenschutz), folge))
                .param("m", mandant())
                .param("datenschutz", datenschutz)
                .param("einheiten", feld(einheiten(wer)))
                .params(werte)
                .params(sicht.parameter());
    }

    private boolean siehtEines(Anmeldung wer, String bedingung, UUID ersuchen) {
        return wasDavonSieht(wer, "SELECT EXISTS (SELECT 1 " + QUELLEN, bedingung, ")", Map.of("ersuchen", ersuchen))
                .query(Boolean.class)
                .single();
    }

    /** Whether this person has something to look at, or has looked at it, in this request. */
    @Transactional(readOnly = true)
    public boolean beteiligt(Anmeldung wer, UUID ersuchen) {
        return siehtEines(wer, "t.ersuchen_id = :ersuchen", ersuchen);
    }

    /** How much waits for this person in all requests, as was last asked: her start page is opened more often than anything. */
    @Transactional(readOnly = true)
    public long offene(Anmeldung wer) {
        return wasDavonSieht(wer, "SELECT count(*) " + QUELLEN, WOHL_OFFEN, "", Map.of())
                .query(Long.class)
                .single();
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

    static String feld(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** @param offen how many this person is still to look at */
    record Auftrag(UUID ersuchen, String name, LocalDate frist, long offen, long alle) {}

    /** Requests in which something waits for this person, or was looked at by her unit. */
    @Transactional(readOnly = true)
    public List<Auftrag> auftraege(Anmeldung wer) {
        return wasDavonSieht(
                        wer,
                        """
                SELECT u.id AS ersuchen, trim(u.vorname || ' ' || u.nachname) AS name, coalesce(u.verlaengert_bis, u.frist) AS frist,
                       count(*) FILTER (WHERE %s) AS offen, count(*) AS alle
                %s""".formatted(OFFEN, QUELLEN),
                        "true",
                        " GROUP BY u.id, u.vorname, u.nachname, u.frist, u.verlaengert_bis ORDER BY 3, 1",
                        Map.of())
                .query(Auftrag.class)
                .list();
    }

    /** @throws NichtGefunden unless this person decides about it */
    @Transactional(readOnly = true)
    public Treffer treffer(Anmeldung wer, UUID ersuchen, UUID objekt) {
        return frage(
                        wer,
                        "t.ersuchen_id = :ersuchen AND t.objekt_id = :objekt",
                        Map.of("ersuchen", ersuchen, "objekt", objekt),
                        1)
                .stream()
                .findFirst()
                .orElseThrow(Fundbuch::nicht);
    }

    static NichtGefunden nicht() {
        return new NichtGefunden("Diese Fundstelle gibt es nicht, oder sie ist nicht für Sie.");
    }

    private static final String NEUES = "t.ersuchen_id = :ersuchen AND t.gefunden = u.gesucht";

    /** Units in which the last search found something new, for telling their people. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> einheitenMitNeuem(UUID ersuchen) {
        return datenbank
                .sql("SELECT DISTINCT e.id " + QUELLEN + NEUES + " AND e.id IS NOT NULL")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query(UUID.class)
                .list();
    }

    /** Whether some of what is new is for this person to look at: who may not see it is not to learn that it is there. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean hatNeues(Anmeldung wer, UUID ersuchen) {
        return siehtEines(wer, NEUES, ersuchen);
    }
}
