package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.StelleBesetzt;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.verzeichnis.Gruppenzuordnungen.Posten;
import de.federwerk.verzeichnis.Gruppenzuordnungen.Ziel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Roles and Stellen that follow a directory. It takes away only what it has given, and gives nothing that the person holds already: what
 * the administration gave by hand stays.
 */
@Component
class Gruppenfolgen {

    /** What a person holds today: a role, or a Stelle. @param gegeben by this directory */
    record Haelt(
            UUID person,
            UUID besetzung,
            @Nullable String rolle,
            @Nullable UUID einheit,
            @Nullable String bezeichnung,
            boolean leitung,
            boolean gegeben) {

        private boolean verlangt(Ziel ziel) {
            return rolle != null
                    ? ziel.rollen().stream().anyMatch(r -> r.name().equals(rolle))
                    : ziel.stellen().containsKey(posten());
        }

        private @Nullable Posten posten() {
            return einheit == null || bezeichnung == null ? null : new Posten(einheit, bezeichnung, leitung);
        }
    }

    /** What must happen so that a person holds what the directory says. */
    record Abstand(Set<Rolle> rollen, Map<Posten, Boolean> stellen, List<Haelt> entzug) {

        static Abstand von(List<Haelt> jetzt, Ziel ziel) {
            var rollen = EnumSet.noneOf(Rolle.class);
            rollen.addAll(ziel.rollen());
            rollen.removeIf(r -> jetzt.stream().anyMatch(h -> r.name().equals(h.rolle)));
            var stellen = new LinkedHashMap<>(ziel.stellen());
            stellen.keySet().removeIf(p -> jetzt.stream().anyMatch(h -> p.equals(h.posten())));
            return new Abstand(
                    rollen,
                    stellen,
                    jetzt.stream().filter(h -> h.gegeben && !h.verlangt(ziel)).toList());
        }

        boolean keiner() {
            return rollen.isEmpty() && stellen.isEmpty() && entzug.isEmpty();
        }
    }

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Einheiten einheiten;
    private final Protokoll protokoll;
    private final ApplicationEventPublisher ereignisse;

    Gruppenfolgen(
            JdbcClient datenbank,
            Personen personen,
            Einheiten einheiten,
            Protokoll protokoll,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.einheiten = einheiten;
        this.protokoll = protokoll;
        this.ereignisse = ereignisse;
    }

    /** What these persons hold today. */
    @Transactional(readOnly = true)
    public Map<UUID, List<Haelt>> von(Art art, Collection<UUID> wem) {
        var ids = wem.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
        var rollen = datenbank
                .sql("""
                SELECT b.person_id AS person, b.id AS besetzung, r.kennung AS rolle, NULL::uuid AS einheit, NULL::text AS bezeichnung, false AS leitung,
                       g.id IS NOT NULL AS gegeben
                  FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                  LEFT JOIN verzeichnisgabe g ON g.mandant_id = b.mandant_id AND g.rollenbesetzung_id = b.id AND g.art = :art
                 WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) AND b.person_id IN (SELECT unnest(CAST(:ids AS uuid[])))""")
                .param("art", art.name())
                .param("m", mandant())
                .param("ids", ids)
                .query(Haelt.class)
                .list();
        var stellen = datenbank
                .sql("""
                SELECT b.person_id AS person, b.id AS besetzung, NULL::text AS rolle, s.einheit_id AS einheit, s.bezeichnung, s.leitung,
                       g.id IS NOT NULL AS gegeben
                  FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                  LEFT JOIN verzeichnisgabe g ON g.mandant_id = b.mandant_id AND g.stellenbesetzung_id = b.id AND g.art = :art
                 WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) AND b.person_id IN (SELECT unnest(CAST(:ids AS uuid[])))""")
                .param("art", art.name())
                .param("m", mandant())
                .param("ids", ids)
                .query(Haelt.class)
                .list();
        return Stream.concat(rollen.stream(), stellen.stream()).collect(Collectors.groupingBy(Haelt::person));
    }

    /**
     * Gives and takes what is missing or too much.
     *
     * @return whether the role ADMINISTRATION had to stay because nobody else has it
     */
    @Transactional
    public boolean gleicheAn(Art art, UUID person, Ziel ziel) {
        var abstand = Abstand.von(von(art, List.of(person)).getOrDefault(person, List.of()), ziel);
        var bleibt = new ArrayList<Haelt>();
        for (var haelt : abstand.entzug) {
            if (Rolle.ADMINISTRATION.name().equals(haelt.rolle) && istLetzteAdministration(person)) {
                bleibt.add(haelt);
            } else {
                entziehe(person, haelt);
            }
        }
        // After what is taken: two roles that one person must not hold together may have changed places.
        abstand.rollen.forEach(rolle -> gib(art, person, rolle));
        abstand.stellen.forEach((posten, zugriff) -> besetze(art, person, posten, zugriff));
        return !bleibt.isEmpty();
    }

    private void gib(Art art, UUID person, Rolle rolle) {
        personen.gib(Protokoll.PROGRAMM, person, rolle);
        datenbank
                .sql("""
                INSERT INTO verzeichnisgabe (mandant_id, id, art, rollenbesetzung_id)
                SELECT b.mandant_id, :id, :art, b.id FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                 WHERE b.mandant_id = :m AND b.person_id = :person AND r.kennung = :rolle AND gilt(b.gueltig_von, b.gueltig_bis)
                 ORDER BY b.id DESC LIMIT 1""")
                .param("id", Kennung.neu())
                .param("art", art.name())
                .param("m", mandant())
                .param("person", person)
                .param("rolle", rolle.name())
                .update();
    }

    /** The Stelle the person held before by the directory, if it is still free; else a new one. Never one of somebody else: it may have rights of its own. */
    private void besetze(Art art, UUID person, Posten posten, boolean zugriff) {
        var frueher = datenbank
                .sql("""
                SELECT s.id FROM verzeichnisgabe g
                  JOIN stellenbesetzung b ON b.mandant_id = g.mandant_id AND b.id = g.stellenbesetzung_id
                  JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id AND gilt(s.gueltig_von, s.gueltig_bis)
                 WHERE g.mandant_id = :m AND b.person_id = :person AND s.einheit_id = :einheit AND s.bezeichnung = :bezeichnung AND s.leitung = :leitung
                   AND NOT EXISTS (SELECT FROM stellenbesetzung a WHERE a.mandant_id = s.mandant_id AND a.stelle_id = s.id AND gilt(a.gueltig_von, a.gueltig_bis))
                 ORDER BY b.gueltig_von DESC LIMIT 1""")
                .param("m", mandant())
                .param("person", person)
                .param("einheit", posten.einheit())
                .param("bezeichnung", posten.bezeichnung())
                .param("leitung", posten.leitung())
                .query(UUID.class)
                .optional();
        var stelle = frueher.orElseGet(() -> einheiten.besetze(
                Protokoll.PROGRAMM, posten.einheit(), posten.bezeichnung(), posten.leitung(), person));
        if (frueher.isPresent()) {
            datenbank
                    .sql("INSERT INTO stellenbesetzung (mandant_id, id, stelle_id, person_id) VALUES (?, ?, ?, ?)")
                    .params(mandant(), Kennung.neu(), stelle, person)
                    .update();
            protokoll.schreibe(
                    Protokoll.PROGRAMM,
                    "stelle.besetzt",
                    stelle,
                    null,
                    Map.of("bezeichnung", posten.bezeichnung(), "person", person.toString()));
        } else if (zugriff) {
            ereignisse.publishEvent(new StelleBesetzt(mandant(), stelle, posten.einheit(), null));
        }
        datenbank
                .sql("""
                INSERT INTO verzeichnisgabe (mandant_id, id, art, stellenbesetzung_id)
                SELECT mandant_id, ?, ?, id FROM stellenbesetzung
                 WHERE mandant_id = ? AND stelle_id = ? AND person_id = ? AND gilt(gueltig_von, gueltig_bis) ORDER BY id DESC LIMIT 1""")
                .params(Kennung.neu(), art.name(), mandant(), stelle, person)
                .update();
    }

    private void entziehe(UUID person, Haelt haelt) {
        var tabelle = haelt.rolle == null ? "stellenbesetzung" : "rollenbesetzung";
        datenbank
                .sql("UPDATE " + tabelle
                        + " SET gueltig_bis = now() WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), haelt.besetzung)
                .update();
        protokoll.schreibe(
                Protokoll.PROGRAMM,
                haelt.rolle == null ? "stelle.verlassen" : "rolle.entzogen",
                person,
                null,
                haelt.rolle == null
                        ? Map.of(
                                "bezeichnung",
                                String.valueOf(haelt.bezeichnung),
                                "einheit",
                                String.valueOf(haelt.einheit))
                        : Map.of("rolle", haelt.rolle));
    }

    /** Whether nobody else could administrate this town. Holds until the end of the transaction: two that end at once ask one after the other. */
    @Transactional
    public boolean istLetzteAdministration(UUID person) {
        datenbank
                .sql("SELECT id FROM rolle WHERE mandant_id = ? AND kennung = ? FOR UPDATE")
                .params(mandant(), Rolle.ADMINISTRATION.name())
                .query(UUID.class)
                .list();
        return datenbank
                .sql("""
                SELECT coalesce(bool_or(p.id = :person), false) AND NOT coalesce(bool_or(p.id <> :person), false)
                  FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id AND r.kennung = :rolle AND gilt(r.gueltig_von, r.gueltig_bis)
                  JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id AND p.art = 'mensch' AND gilt(p.gueltig_von, p.gueltig_bis)
                 WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis)""")
                .param("person", person)
                .param("rolle", Rolle.ADMINISTRATION.name())
                .param("m", mandant())
                .query(Boolean.class)
                .single();
    }
}
