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
                            treffer.geschwaerzt() ? " – geschwärzte Fassung" : "");
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
    public List<Verfahren> verfahren(UUID ersuchen, List<Treffer> treffer) {
        var jePosition = new LinkedHashMap<UUID, Verfahren>();
        var ohne = new ArrayList<Stueck>();
        for (var t : treffer) {
            if (!t.freigegeben()) {
                continue;
            }
            var stueck = new Stueck(t, zeilen(ersuchen, t), datei(t));
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
            v.empfaenger.addAll(empfaenger(stueck));
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
            default -> t.geschwaerzt() ? "Schriftverkehr (geschwärzt)" : t.dokumentart();
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

    /** Who was given it: of a Dokument a line of what somebody looked at (auskunft_angaben); of other things a field may be called so. */
    private static List<String> empfaenger(Stueck stueck) {
        return stueck.treffer.art().equals("dokument")
                ? stueck.zeilen.stream()
                        .filter(z -> z.getKey().equals("Empfänger"))
                        .map(Map.Entry::getValue)
                        .toList()
                : List.of();
    }

    /** Not of what goes redacted: who sent it may be just what is not to be said. */
    private Optional<String> herkunft(Treffer t) {
        return t.art().equals("dokument") && !t.geschwaerzt()
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
                        .params(mandant(), t.heraus(), requireNonNull(t.version()))
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

    /** What somebody looked at (auskunft_angaben); of an account also how much of it there is, which changes each day. */
    private List<Map.Entry<String, String>> zeilen(UUID ersuchen, Treffer t) {
        var zeilen = new ArrayList<>(paare("""
                SELECT a.name, a.wert FROM auskunftstreffer t CROSS JOIN LATERAL auskunft_angaben(:m, :was, :id, t.wege) WITH ORDINALITY a (name, wert, nr)
                 WHERE t.mandant_id = :m AND t.ersuchen_id = :ersuchen AND t.objekt_id = :objekt ORDER BY a.nr""", ersuchen, t));
        if (t.art().equals("konto")) {
            zeilen.addAll(paare("""
                    SELECT 'Einträge im Protokoll', count(*)::text FROM protokoll x JOIN person p ON p.mandant_id = x.mandant_id AND p.pseudonym = x.person
                     WHERE :was = 'konto' AND x.mandant_id = :m AND p.id = :id
                    UNION ALL SELECT 'Meldungen', count(*)::text FROM meldung x WHERE x.mandant_id = :m AND x.person_id = :id""", ersuchen, t));
        }
        return zeilen;
    }

    private List<Map.Entry<String, String>> paare(String sql, UUID ersuchen, Treffer t) {
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("objekt", t.objekt())
                .param("was", t.geschwaerzt() ? "kopie" : t.art())
                .param("id", t.heraus())
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
}
