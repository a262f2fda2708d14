package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.aktenplan.Aktenplan.Knoten;
import de.federwerk.datei.Datei;
import de.federwerk.datei.Dateien;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.springframework.transaction.annotation.Transactional;

/** Reads what the units have released, and only that. */
@Component
class Auskunftsinhalt {

    /** What Art. 15 (1) wants to be told of one procedure, which is a position of the plan. */
    record Verfahren(
            Knoten knoten,
            Set<String> einheiten,
            Set<String> kategorien,
            Set<String> empfaenger,
            Set<String> herkunft,
            List<Stueck> stuecke) {}

    /** One thing that was released. @param zeilen what stands in it beside a file, as pairs @param dateiId of what is copied; null if nothing is */
    record Stueck(
            Treffer treffer,
            List<Map.Entry<String, String>> zeilen,
            @Nullable UUID dateiId) {

        String name() {
            return "%s %s%s%s"
                    .formatted(
                            treffer.artwort(),
                            treffer.aktenzeichen(),
                            treffer.nummer() == null ? "" : " Nr. " + treffer.nummer(),
                            treffer.entscheid().equals("geschwaerzt") ? " – geschwärzte Fassung" : "");
        }
    }

    private final JdbcClient datenbank;
    private final Aktenplan plan;
    private final Dateien dateien;

    Auskunftsinhalt(JdbcClient datenbank, Aktenplan plan, Dateien dateien) {
        this.datenbank = datenbank;
        this.plan = plan;
        this.dateien = dateien;
    }

    /** By position of the plan; what lies in none (accounts, post that is not filed) under null. */
    @Transactional(readOnly = true)
    public List<Verfahren> verfahren(List<Treffer> treffer) {
        var jePosition = new LinkedHashMap<UUID, Verfahren>();
        var ohne = new ArrayList<Stueck>();
        for (var t : treffer) {
            if (!t.freigegeben()) {
                continue;
            }
            var stueck = new Stueck(t, zeilen(t), datei(t));
            if (t.akteId() == null) {
                ohne.add(stueck);
                continue;
            }
            var akte = akte(t.akteId());
            var v = jePosition.computeIfAbsent(
                    akte.planknotenId,
                    id -> new Verfahren(
                            plan.knoten(id).orElseThrow(),
                            new LinkedHashSet<>(),
                            new LinkedHashSet<>(),
                            new LinkedHashSet<>(),
                            new LinkedHashSet<>(),
                            new ArrayList<>()));
            v.stuecke.add(stueck);
            v.einheiten.add(t.einheit());
            v.kategorien.add(kategorie(t));
            v.empfaenger.addAll(empfaenger(t));
            herkunft(t).ifPresent(v.herkunft::add);
        }
        var alle = new ArrayList<>(jePosition.values());
        if (!ohne.isEmpty()) {
            alle.add(new Verfahren(
                    OHNE_POSITION,
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(Set.of("Angaben zum Benutzerkonto, noch nicht abgelegte Post")),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    ohne));
        }
        return alle;
    }

    private static final Knoten OHNE_POSITION = new Knoten(
            new UUID(0, 0),
            null,
            "",
            "Dienstbetrieb und Posteingang",
            0,
            null,
            null,
            "jahresende",
            null,
            null,
            null,
            true,
            true);

    private static String kategorie(Treffer t) {
        return switch (t.art()) {
            case "akte" -> "Angaben zur Akte";
            case "vorgang" -> "Angaben und Vermerke zum Vorgang";
            case "papier" -> "Papier";
            default -> t.dokumentart();
        };
    }

    private record Akte(UUID planknotenId) {}

    private Akte akte(UUID id) {
        return datenbank
                .sql("SELECT planknoten_id FROM akte WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Akte.class)
                .single();
    }

    /** Who got what of this Akte: what was put together for somebody outside, if this thing was in it. */
    private List<String> empfaenger(Treffer t) {
        return datenbank
                .sql("""
                SELECT DISTINCT e.empfaenger FROM akteneinsicht e JOIN einsichtsstueck s ON s.mandant_id = e.mandant_id AND s.akteneinsicht_id = e.id
                 WHERE e.mandant_id = ? AND e.stand = 'fertig' AND s.dokument_id = ? AND s.wie IN ('vorgelegt', 'ersetzt') ORDER BY 1 LIMIT 50""")
                .params(mandant(), t.objekt())
                .query(String.class)
                .list();
    }

    private Optional<String> herkunft(Treffer t) {
        return t.art().equals("dokument")
                ? datenbank
                        .sql("SELECT absender FROM dokument WHERE mandant_id = ? AND id = ? AND absender IS NOT NULL")
                        .params(mandant(), t.objekt())
                        .query(String.class)
                        .optional()
                : Optional.empty();
    }

    private @Nullable UUID datei(Treffer t) {
        return switch (t.art()) {
            case "dokument" ->
                datenbank
                        .sql("SELECT datei_id FROM version WHERE mandant_id = ? AND dokument_id = ? AND nummer = ?")
                        .params(mandant(), t.ersatz() == null ? t.objekt() : t.ersatz(), requireNonNull(t.version()))
                        .query(UUID.class)
                        .single();
            case "eingang" ->
                datenbank
                        .sql("SELECT datei_id FROM eingang WHERE mandant_id = ? AND id = ?")
                        .params(mandant(), t.objekt())
                        .query(UUID.class)
                        .single();
            default -> null;
        };
    }

    Datei hole(UUID datei) {
        return dateien.finde(datei);
    }

    private List<Map.Entry<String, String>> zeilen(Treffer t) {
        return switch (t.art()) {
            case "akte" -> paare("""
                    SELECT 'Titel', titel FROM akte WHERE mandant_id = :m AND id = :id
                    UNION ALL (SELECT f.name, w.text FROM aktenwert w JOIN aktenfeld f ON f.mandant_id = w.mandant_id AND f.id = w.feld_id
                                WHERE w.mandant_id = :m AND w.akte_id = :id ORDER BY f.platz)""", t.objekt());
            case "vorgang" -> paare("""
                    SELECT 'Titel', titel FROM vorgang WHERE mandant_id = :m AND id = :id
                    UNION ALL (SELECT 'Vermerk vom ' || to_char(verfasst AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY'), text FROM vermerk
                                WHERE mandant_id = :m AND vorgang_id = :id ORDER BY verfasst, id)""", t.objekt());
            case "konto" -> paare("""
                    SELECT 'Anmeldename', anmeldename FROM person WHERE mandant_id = :m AND id = :id
                    UNION ALL SELECT 'Name', trim(vorname || ' ' || nachname) FROM person WHERE mandant_id = :m AND id = :id
                    UNION ALL SELECT 'E-Mail', coalesce(email, '') FROM person WHERE mandant_id = :m AND id = :id
                    UNION ALL SELECT 'Konto seit', to_char(gueltig_von AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY') FROM person WHERE mandant_id = :m AND id = :id
                    UNION ALL (SELECT 'Stelle', e.kuerzel || ' ' || s.bezeichnung FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                                 JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id WHERE b.mandant_id = :m AND b.person_id = :id ORDER BY b.gueltig_von)
                    UNION ALL (SELECT 'Rolle', r.name FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                                WHERE b.mandant_id = :m AND b.person_id = :id ORDER BY b.gueltig_von)
                    UNION ALL SELECT 'Einträge im Protokoll', count(*)::text FROM protokoll x JOIN person p ON p.mandant_id = x.mandant_id AND p.pseudonym = x.person
                               WHERE x.mandant_id = :m AND p.id = :id
                    UNION ALL SELECT 'Meldungen', count(*)::text FROM meldung x WHERE x.mandant_id = :m AND x.person_id = :id""", t.objekt());
            case "papier" -> paare("""
                    SELECT 'Bezeichnung', titel FROM papierteil WHERE mandant_id = :m AND id = :id
                    UNION ALL SELECT 'Papier', 'liegt bei der Behörde; eine Kopie erhalten Sie auf Wunsch' FROM papierteil WHERE mandant_id = :m AND id = :id""", t.objekt());
            case "dokument" -> paare("""
                    SELECT 'Titel', titel FROM dokument WHERE mandant_id = :m AND id = :id
                    UNION ALL SELECT 'Art', dokumentart FROM dokument WHERE mandant_id = :m AND id = :id
                    UNION ALL SELECT 'Absender', absender FROM dokument WHERE mandant_id = :m AND id = :id AND absender IS NOT NULL
                    UNION ALL SELECT 'Schreiben vom', to_char(schreiben_vom, 'DD.MM.YYYY') FROM dokument WHERE mandant_id = :m AND id = :id AND schreiben_vom IS NOT NULL""", t.ersatz() == null ? t.objekt() : t.ersatz());
            default -> List.of();
        };
    }

    private List<Map.Entry<String, String>> paare(String sql, UUID id) {
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("id", id)
                .query((z, nr) -> Map.entry(String.valueOf(z.getString(1)), String.valueOf(z.getString(2))))
                .list();
    }

    /** The name of the authority. */
    @Transactional(readOnly = true)
    public String behoerde() {
        return datenbank
                .sql("SELECT name FROM mandant WHERE id = ?")
                .param(mandant())
                .query(String.class)
                .single();
    }

    private record Schutz(int stufe, boolean abgetrennt) {}

    /**
     * The answer has the rights of its Vorgang: it must not be readable by more people than what is in it.
     *
     * @return why it may not be filed there; empty if it may
     */
    @Transactional(readOnly = true)
    public Optional<String> zuOffen(UUID vorgang, List<Treffer> treffer) {
        var freie = treffer.stream()
                .filter(Treffer::freigegeben)
                .map(t -> t.objekt().toString())
                .collect(Collectors.joining(",", "{", "}"));
        var verlangt = datenbank
                .sql("""
                SELECT coalesce(max(s.stufe), 0) AS stufe, coalesce(bool_or(s.sonder_id IS NOT NULL), false) AS abgetrennt
                  FROM (SELECT id, schutzbereich_id FROM akte WHERE mandant_id = :m UNION ALL SELECT id, schutzbereich_id FROM vorgang WHERE mandant_id = :m
                        UNION ALL SELECT id, schutzbereich_id FROM dokument WHERE mandant_id = :m) x
                  JOIN schutzbereich s ON s.mandant_id = :m AND s.id = x.schutzbereich_id WHERE x.id = ANY (CAST(:freie AS uuid[]))""")
                .param("m", mandant())
                .param("freie", freie)
                .query(Schutz.class)
                .single();
        var ziel = datenbank
                .sql(
                        "SELECT s.stufe, s.sonder_id IS NOT NULL AS abgetrennt FROM vorgang v JOIN schutzbereich s ON s.mandant_id = v.mandant_id AND s.id = v.schutzbereich_id WHERE v.mandant_id = ? AND v.id = ?")
                .params(mandant(), vorgang)
                .query(Schutz.class)
                .single();
        return verlangt.stufe <= ziel.stufe && (!verlangt.abgetrennt || ziel.abgetrennt)
                ? Optional.empty()
                : Optional.of(
                        "Freigegeben ist auch besonders Geschütztes. Die Auskunft läge im Vorgang für mehr Personen offen als das, was in ihr steht. Bitte schützen Sie zuerst den Vorgang unter „Wer sieht das?“"
                                + (verlangt.abgetrennt ? ", indem Sie die Vererbung der Rechte unterbrechen" : "")
                                + (verlangt.stufe > ziel.stufe
                                        ? " (Vertraulichkeit mindestens Stufe %d)".formatted(verlangt.stufe)
                                        : "")
                                + ".");
    }
}
