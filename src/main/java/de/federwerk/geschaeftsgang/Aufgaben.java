package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Postfach;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What lies on a desk: open stations that came to a person, in groups that answer “what now?”. */
@Component
public class Aufgaben {

    /** Where an Aufgabe stands in the Postkorb; each stands in one. */
    public enum Gruppe {
        ZURUECK("Zurückgekommen"),
        FAELLIG("Fällig"),
        MIR("Mir zugewiesen"),
        EINHEIT("Aufgaben der Einheit"),
        VERTRETUNG("In Vertretung");

        private final String wort;

        Gruppe(String wort) {
            this.wort = wort;
        }

        public String wort() {
            return wort;
        }

        /** As in addresses. */
        public String kennung() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private String bedingung() {
            return "s.gruppe = '" + kennung() + "'";
        }
    }

    /**
     * An open task as the person sees it who has it.
     *
     * @param titel of the Dokument, or of the Vorgang if it is about the whole
     * @param von who began the Laufweg
     * @param fuer name of the absent person whose task it is; null if it is one's own
     * @param genommen name of the colleague who took it out of the inbox of the unit
     * @param frist the deadline as its place in the order
     */
    public record Aufgabe(
            UUID id,
            UUID laufwegId,
            UUID vorgangId,
            @Nullable UUID dokumentId,
            String art,
            String titel,
            String aktenzeichen,
            String auftrag,
            String von,
            @Nullable LocalDate faellig,
            Instant offenSeit,
            int runde,
            int schritt,
            int schritte,
            String empfaengerArt,
            @Nullable String fuer,
            @Nullable String genommen,
            @Nullable UUID versionId,
            @Nullable UUID dateiId,
            String frist) {

        public Stationsart was() {
            return Stationsart.von(art);
        }

        /** Where one works on it. */
        public String pfad() {
            return "/vorgaenge/" + vorgangId + (dokumentId == null ? "" : "?dokument=" + dokumentId) + "#laufweg";
        }

        /** {@code ueberfaellig}, {@code bald} or nothing, as rows are marked. */
        public String dringend(LocalDate heute) {
            return faellig == null || faellig.isAfter(heute) ? "" : faellig.equals(heute) ? "bald" : "ueberfaellig";
        }
    }

    private static final Ordnung DRINGENDES_ZUERST =
            Ordnung.auf(Ordnung.text("frist"), Ordnung.zeit("offen_seit"), Ordnung.kennung("id"));

    private static final Ordnung NEUESTES_ZUERST = Ordnung.ab(Ordnung.zeit("offen_seit"), Ordnung.kennung("id"));

    /** How a list is ordered: what is due first, or what came last. */
    public enum Reihenfolge {
        FRIST,
        NEUESTE;

        public Ordnung ordnung() {
            return this == FRIST ? DRINGENDES_ZUERST : NEUESTES_ZUERST;
        }

        List<?> schluessel(Aufgabe a) {
            return this == FRIST ? List.of(a.frist, a.offenSeit, a.id) : List.of(a.offenSeit, a.id);
        }
    }

    /**
     * Open stations that come to this person. A Wiedervorlage comes on its day. First the few that are theirs by the index of the inbox, then
     * what is known of them. A parameter is read once by its own SELECT, where it would be read anew for each of 5,000 rows.
     */
    private static final String OFFEN = """
            (SELECT s.*, coalesce(to_char(s.faellig, 'YYYY-MM-DD'), '9999-12-31') COLLATE "C" AS frist,
                    CASE WHEN s.empfaenger_id = ANY ((SELECT CAST(:eigene AS uuid[]))::uuid[]) OR coalesce(s.genommen_von = :wer, false)
                         THEN CASE WHEN s.runde > 1 THEN 'zurueck' WHEN s.faellig <= (SELECT heute()) THEN 'faellig' ELSE 'mir' END
                         WHEN s.empfaenger_id = ANY ((SELECT CAST(:einheiten AS uuid[]))::uuid[]) THEN 'einheit'
                         ELSE 'vertretung' END AS gruppe
               FROM station s
              WHERE s.mandant_id = :m AND s.stand = 'offen' AND s.empfaenger_id = ANY (CAST(:faecher AS uuid[]))
                AND (NOT s.persoenlich OR s.empfaenger_id = ANY ((SELECT CAST(:ganz AS uuid[]))::uuid[]))
                AND NOT (s.art = 'wiedervorlage' AND s.faellig > (SELECT heute()))) s""";

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;

    Aufgaben(JdbcClient datenbank, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
    }

    /** One page of a group. @param art only this kind; null for all */
    @Transactional(readOnly = true)
    public Seite<Aufgabe> seite(
            UUID wer, Gruppe gruppe, @Nullable Stationsart art, Reihenfolge wie, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                wie::schluessel,
                (stelle, hoechstens) -> frage(
                                wer,
                                zeilen("JOIN (SELECT s.id FROM " + OFFEN
                                                + " JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id WHERE "
                                                + gruppe.bedingung()
                                                + " AND (CAST(:art AS text) IS NULL OR s.art = :art) AND %s AND "
                                                + wie.ordnung().bedingung("s", stelle) + " ORDER BY "
                                                + wie.ordnung().folge("s", stelle)
                                                + " LIMIT :hoechstens) x ON x.id = s.id")
                                        + " ORDER BY " + wie.ordnung().folge("s", stelle))
                        .param("art", art == null ? null : art.kennung())
                        .param("hoechstens", hoechstens)
                        .params(wie.ordnung().parameter(stelle))
                        .query(Aufgabe.class)
                        .list());
    }

    /** How many there are in each group. */
    @Transactional(readOnly = true)
    public Map<Gruppe, Anzahl> anzahlen(UUID wer) {
        var je = new EnumMap<Gruppe, Anzahl>(Gruppe.class);
        for (var gruppe : Gruppe.values()) {
            je.put(gruppe, Anzahl.genau(0));
        }
        frage(
                        wer,
                        "SELECT upper(s.gruppe), count(*) FROM " + OFFEN
                                + " JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id WHERE %s GROUP BY s.gruppe")
                .query((zeile, nr) -> je.put(Gruppe.valueOf(zeile.getString(1)), Anzahl.genau(zeile.getLong(2))))
                .list();
        return je;
    }

    /** One of this person's open tasks. */
    @Transactional(readOnly = true)
    public Optional<Aufgabe> finde(UUID wer, UUID id) {
        return frage(
                        wer,
                        zeilen("JOIN vorgang v2 ON v2.mandant_id = s.mandant_id AND v2.id = s.vorgang_id")
                                + " AND s.id = :id AND %s")
                .param("id", id)
                .query(Aufgabe.class)
                .optional();
    }

    /** The person's open tasks in one Vorgang. */
    @Transactional(readOnly = true)
    public List<Aufgabe> in(UUID wer, UUID vorgang) {
        return frage(wer, zeilen("") + " AND s.vorgang_id = :vorgang AND %s ORDER BY s.offen_seit, s.id LIMIT 100")
                .param("vorgang", vorgang)
                .query(Aufgabe.class)
                .list();
    }

    /** Which of these stand in this person's Postkorb for somebody who is represented. */
    @Transactional(readOnly = true)
    List<UUID> inVertretung(UUID wer, Collection<UUID> ids) {
        return frage(
                        wer,
                        "SELECT s.id FROM " + OFFEN
                                + " JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id WHERE "
                                + Gruppe.VERTRETUNG.bedingung()
                                + " AND s.id IN (SELECT unnest(CAST(:ids AS uuid[]))) AND %s")
                .param("ids", feld(ids.stream()))
                .query(UUID.class)
                .list();
    }

    /** How many stand there for these. */
    @Transactional(readOnly = true)
    long anzahlInVertretung(UUID wer, Set<UUID> vertretene) {
        return frage(
                        wer,
                        "SELECT count(*) FROM " + OFFEN
                                + " JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id WHERE "
                                + Gruppe.VERTRETUNG.bedingung()
                                + " AND s.empfaenger_id IN (SELECT unnest(CAST(:ids AS uuid[]))) AND %s")
                .param(
                        "ids",
                        feld(berechtigungen.postfaecher(wer).stream()
                                .filter(f -> vertretene.contains(f.person()))
                                .map(Postfach::subjekt)))
                .query(Long.class)
                .single();
    }

    private static String feld(Stream<UUID> ids) {
        return ids.map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String zeilen(String auswahl) {
        return """
                SELECT s.id, s.laufweg_id, s.vorgang_id, l.dokument_id, s.art, coalesce(d.titel, v.titel) AS titel, v.aktenzeichen, s.auftrag,
                       trim(b.vorname || ' ' || b.nachname) AS von, s.faellig, s.offen_seit, s.runde, s.empfaenger_art, s.frist,
                       (SELECT count(*) FROM station o WHERE o.mandant_id = s.mandant_id AND o.laufweg_id = s.laufweg_id AND o.art <> 'entwurf'
                           AND (o.block, o.zweig, o.platz) <= (s.block, s.zweig, s.platz)) AS schritt,
                       (SELECT count(*) FROM station o WHERE o.mandant_id = s.mandant_id AND o.laufweg_id = s.laufweg_id AND o.art <> 'entwurf') AS schritte,
                       CASE WHEN s.gruppe <> 'vertretung' THEN NULL ELSE coalesce(
                           (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = s.mandant_id AND p.id = s.empfaenger_id),
                           (SELECT t.bezeichnung FROM stelle t WHERE t.mandant_id = s.mandant_id AND t.id = s.empfaenger_id)) END AS fuer,
                       (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = s.mandant_id AND p.id = s.genommen_von) AS genommen,
                       n.id AS version_id, n.datei_id
                  FROM %s JOIN laufweg l ON l.mandant_id = s.mandant_id AND l.id = s.laufweg_id
                  JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                  JOIN person b ON b.mandant_id = l.mandant_id AND b.id = l.begonnen_von
                  LEFT JOIN dokument d ON d.mandant_id = l.mandant_id AND d.id = l.dokument_id
                  LEFT JOIN LATERAL (SELECT n.id, n.datei_id FROM version n WHERE n.mandant_id = d.mandant_id AND n.dokument_id = d.id
                                      ORDER BY n.nummer DESC LIMIT 1) n ON true
                """.formatted(OFFEN) + auswahl + " WHERE s.mandant_id = :m ";
    }

    /** @param sql with one {@code %s} for the condition of the rights on {@code v} */
    private JdbcClient.StatementSpec frage(UUID wer, String sql) {
        var zugang = berechtigungen.zugang(wer, Recht.LESEN);
        var sicht = zugang.sicht();
        var faecher = zugang.faecher();
        return datenbank
                .sql(sql.formatted(sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("wer", wer)
                .param("faecher", Postfach.feld(faecher, f -> true))
                .param("ganz", Postfach.feld(faecher, Postfach::persoenliches))
                .param(
                        "eigene",
                        Postfach.feld(
                                faecher, f -> f.person().equals(wer) && !f.art().equals("einheit")))
                .param("einheiten", Postfach.feld(faecher, f -> f.art().equals("einheit")))
                .params(sicht.parameter());
    }

    /** A Laufweg that somebody began and that is on its way. @param bei where it lies, and since when */
    public record Unterwegs(
            UUID id,
            UUID vorgangId,
            @Nullable UUID dokumentId,
            String titel,
            String aktenzeichen,
            Instant begonnen,
            @Nullable String bei,
            @Nullable Instant seit) {

        public String pfad() {
            return "/vorgaenge/" + vorgangId + (dokumentId == null ? "" : "?dokument=" + dokumentId) + "#laufweg";
        }
    }

    /** The newest first. */
    public static final Ordnung UNTERWEGS = Ordnung.ab(Ordnung.zeit("begonnen"), Ordnung.kennung("id"));

    /** What this person has sent on its way. */
    @Transactional(readOnly = true)
    public Seite<Unterwegs> unterwegs(Sicht sicht, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                u -> List.of(u.begonnen, u.id),
                (stelle, hoechstens) -> datenbank
                        .sql("""
                        SELECT l.id, l.vorgang_id, l.dokument_id, coalesce(d.titel, v.titel) AS titel, v.aktenzeichen, l.begonnen,
                               (SELECT string_agg(coalesce((SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = s.mandant_id AND p.id = s.empfaenger_id),
                                                           (SELECT t.bezeichnung FROM stelle t WHERE t.mandant_id = s.mandant_id AND t.id = s.empfaenger_id),
                                                           (SELECT e.kuerzel FROM einheit e WHERE e.mandant_id = s.mandant_id AND e.id = s.empfaenger_id)), ', ')
                                  FROM (SELECT * FROM station s WHERE s.mandant_id = l.mandant_id AND s.laufweg_id = l.id AND s.stand = 'offen' LIMIT 3) s) AS bei,
                               (SELECT min(s.offen_seit) FROM station s WHERE s.mandant_id = l.mandant_id AND s.laufweg_id = l.id AND s.stand = 'offen') AS seit
                          FROM laufweg l JOIN vorgang v ON v.mandant_id = l.mandant_id AND v.id = l.vorgang_id
                          LEFT JOIN dokument d ON d.mandant_id = l.mandant_id AND d.id = l.dokument_id
                         WHERE l.mandant_id = :m AND l.begonnen_von = :wer AND l.stand = 'laeuft' AND %s AND %s ORDER BY %s LIMIT :hoechstens""".formatted(
                                UNTERWEGS.bedingung("l", stelle), sicht.aufVorgang("v"), UNTERWEGS.folge("l", stelle)))
                        .param("m", mandant())
                        .param("wer", sicht.person())
                        .param("hoechstens", hoechstens)
                        .params(UNTERWEGS.parameter(stelle))
                        .params(sicht.parameter())
                        .query(Unterwegs.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlUnterwegs(Sicht sicht) {
        return Anzahl.aus(datenbank
                // Vorgang by Vorgang: for the planner, 5,000 Laufwege by 500 visible Vorgänge were a nested loop of 56
                // ms.
                .sql("""
                WITH meine AS MATERIALIZED (
                    SELECT vorgang_id, count(*) AS zahl FROM laufweg WHERE mandant_id = :m AND begonnen_von = :wer AND stand = 'laeuft' GROUP BY vorgang_id)
                SELECT CAST(coalesce(sum(n.zahl), 0) AS bigint) FROM meine n JOIN vorgang v ON v.mandant_id = :m AND v.id = n.vorgang_id WHERE %s""".formatted(sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("wer", sicht.person())
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }
}
