package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a group of the directory means here: a role, or a Stelle in a unit. The same for both kinds of directories. */
@Component
class Gruppenzuordnungen {

    private static final int HOECHSTENS = 1_000;

    /** A line. Either {@code rolle} or {@code einheit} and {@code stelle} is set. */
    record Zeile(
            UUID id,
            String gruppe,
            @Nullable String rolle,
            @Nullable UUID einheit,
            @Nullable String kuerzel,
            @Nullable String stelle,
            boolean leitung,
            boolean zugriff) {

        /** Whether its unit has ended meanwhile: then it gives nothing. */
        boolean verwaist() {
            return rolle == null && kuerzel == null;
        }

        String bedeutung() {
            if (rolle != null) return "Rolle " + Rolle.valueOf(rolle).bezeichnung();
            return (kuerzel == null ? "beendete Einheit" : kuerzel) + " · " + stelle + (leitung ? " (Leitung)" : "")
                    + (zugriff ? ", mit Zugriff" : "");
        }
    }

    /** A Stelle as a directory gives it. */
    record Posten(UUID einheit, String bezeichnung, boolean leitung) {}

    /** What a person is to hold. @param stellen with whether a new one may work on what its unit leads */
    record Ziel(Set<Rolle> rollen, Map<Posten, Boolean> stellen) {}

    /** All lines, ready to be asked for many persons. */
    record Deutung(Map<String, List<Zeile>> jeGruppe) {

        Ziel ziel(Set<String> gruppen) {
            var ziel = new Ziel(EnumSet.noneOf(Rolle.class), new LinkedHashMap<>());
            for (var gruppe : gruppen) {
                for (var zeile : zeilen(gruppe)) {
                    if (zeile.rolle != null) {
                        ziel.rollen.add(Rolle.valueOf(zeile.rolle));
                    } else if (zeile.einheit != null && zeile.stelle != null && !zeile.verwaist()) {
                        ziel.stellen.merge(
                                new Posten(zeile.einheit, zeile.stelle, zeile.leitung),
                                zeile.zugriff,
                                Boolean::logicalOr);
                    }
                }
            }
            return ziel;
        }

        List<Zeile> zeilen(String gruppe) {
            return namen(gruppe).stream()
                    .flatMap(n -> jeGruppe.getOrDefault(n, List.of()).stream())
                    .toList();
        }
    }

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Gruppenzuordnungen(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public List<Zeile> alle() {
        return datenbank
                .sql("""
                SELECT z.id, z.gruppe, z.rolle, z.einheit_id AS einheit, e.kuerzel, z.stelle, z.leitung, z.zugriff
                  FROM gruppenzuordnung z LEFT JOIN einheit e ON e.mandant_id = z.mandant_id AND e.id = z.einheit_id AND gilt(e.gueltig_von, e.gueltig_bis)
                 WHERE z.mandant_id = ? AND gilt(z.gueltig_von, z.gueltig_bis) ORDER BY lower(z.gruppe), z.id LIMIT ?""")
                .params(mandant(), HOECHSTENS)
                .query(Zeile.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Deutung deutung() {
        var jeGruppe = new HashMap<String, List<Zeile>>();
        for (var zeile : alle()) {
            jeGruppe.computeIfAbsent(namen(zeile.gruppe).getFirst(), n -> new ArrayList<>())
                    .add(zeile);
        }
        return new Deutung(jeGruppe);
    }

    /**
     * What a group is compared by: the whole name first. A line that names only the common name means each group of that name, one that names
     * the whole DN only this one. Keycloak writes a slash before.
     */
    private static List<String> namen(String gruppe) {
        if (gruppe.contains("=")) {
            try {
                var dn = new DN(gruppe);
                var rdn = dn.getRDN();
                return rdn == null
                        ? List.of(gruppe)
                        : List.of(dn.toNormalizedString(), rdn.getAttributeValues()[0].toLowerCase(Locale.ROOT));
            } catch (LDAPException e) {
                return List.of(gruppe.toLowerCase(Locale.ROOT));
            }
        }
        return List.of(gruppe.toLowerCase(Locale.ROOT).replaceFirst("^/", ""));
    }

    /** Roles a directory may give: not the one that stands above all towns of the house. */
    static List<Rolle> rollen() {
        return Arrays.stream(Rolle.values())
                .filter(r -> r != Rolle.HAUSVERWALTUNG)
                .toList();
    }

    /** @throws Abgelehnt (EINGABE) if it is neither a role nor a Stelle, or both */
    @Transactional
    public void ordneZu(
            Anmeldung wer,
            String gruppe,
            String rolle,
            @Nullable UUID einheit,
            String stelle,
            boolean leitung,
            boolean zugriff) {
        var name = gruppe.replace("\0", "").strip();
        if (name.isEmpty() || name.length() > 500) {
            throw Abgelehnt.eingabe("Bitte nennen Sie die Gruppe (bis 500 Zeichen).");
        }
        var gemeint = rollen().stream().filter(r -> r.name().equals(rolle)).findFirst();
        if (gemeint.isPresent() == (einheit != null)) {
            throw Abgelehnt.eingabe(
                    "Bitte wählen Sie entweder eine Rolle oder eine Einheit. Soll eine Gruppe beides bedeuten, tragen Sie sie zweimal ein.");
        }
        var bezeichnung = stelle.replace("\0", "").strip();
        if (bezeichnung.length() > 200) throw Abgelehnt.eingabe("Die Stelle darf bis 200 Zeichen haben.");
        if (einheit != null && !gibtEs(einheit)) throw new NichtGefunden("Diese Einheit gibt es nicht.");
        if (alle().size() >= HOECHSTENS) {
            throw Abgelehnt.konflikt("Mehr als " + HOECHSTENS + " Zuordnungen sind nicht möglich.");
        }
        var id = Kennung.neu();
        datenbank
                .sql(
                        "INSERT INTO gruppenzuordnung (mandant_id, id, gruppe, rolle, einheit_id, stelle, leitung, zugriff) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(mandant())
                .param(id)
                .param(name)
                .param(gemeint.map(Rolle::name).orElse(null))
                .param(einheit)
                .param(einheit == null ? null : bezeichnung.isEmpty() ? "Sachbearbeitung" : bezeichnung)
                .param(einheit != null && leitung)
                .param(einheit != null && zugriff)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "gruppe.zugeordnet",
                id,
                null,
                new TreeMap<>(Map.of("gruppe", name)),
                "gruppenzuordnung");
    }

    private boolean gibtEs(UUID einheit) {
        return datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM einheit WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis))")
                .params(mandant(), einheit)
                .query(Boolean.class)
                .single();
    }

    /** What was given by it is taken away with the next comparison or sign-in. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        int beendet = datenbank
                .sql(
                        "UPDATE gruppenzuordnung SET gueltig_bis = now() WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), id)
                .update();
        if (beendet == 0) throw new NichtGefunden("Diese Zuordnung gibt es nicht mehr.");
        protokoll.schreibe(wer.pseudonym(), "gruppe.geloest", id, null, Map.of(), "gruppenzuordnung");
    }
}
