package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Roles that a town names itself, for its Freigaben: people from many units who may the same. They open no page of the program. */
@Component
class Rechterollen {

    static final int HOECHSTENS = 200;
    private static final int NAME = 60;
    /** How many members a page names. */
    static final int GENANNTE = 40;

    record Rechterolle(UUID id, String name, long anzahl) {}

    record Mitglied(UUID rolleId, UUID besetzungId, UUID personId, String name) {}

    /** Roles the program knows itself are given on the page of the person. */
    private static final String DES_PROGRAMMS =
            Arrays.stream(Rolle.values()).map(Enum::name).collect(Collectors.joining(",", "{", "}"));

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Rechterollen(JdbcClient datenbank, Einmal einmal, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public List<Rechterolle> alle() {
        return datenbank
                .sql("""
                SELECT r.id, r.name, (SELECT count(*) FROM rollenbesetzung b WHERE b.mandant_id = r.mandant_id AND b.rolle_id = r.id AND gilt(b.gueltig_von, b.gueltig_bis)) AS anzahl
                  FROM rolle r WHERE r.mandant_id = ? AND gilt(r.gueltig_von, r.gueltig_bis) AND r.kennung <> ALL (CAST(? AS text[])) ORDER BY lower(r.name), r.id LIMIT ?""")
                .params(mandant(), DES_PROGRAMMS, HOECHSTENS)
                .query(Rechterolle.class)
                .list();
    }

    /** Members of these roles by name, at most {@link #GENANNTE} of each. */
    @Transactional(readOnly = true)
    public Map<UUID, List<Mitglied>> mitglieder() {
        return datenbank.sql("""
                SELECT rolle_id, besetzung_id, person_id, name FROM (
                    SELECT b.rolle_id, b.id AS besetzung_id, p.id AS person_id, trim(p.vorname || ' ' || p.nachname) AS name, p.nachname, p.vorname,
                           row_number() OVER (PARTITION BY b.rolle_id ORDER BY p.nachname, p.vorname, p.id) AS nr
                      FROM rollenbesetzung b JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                      JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id AND r.kennung <> ALL (CAST(? AS text[]))
                     WHERE b.mandant_id = ? AND gilt(b.gueltig_von, b.gueltig_bis)) m WHERE nr <= ? ORDER BY rolle_id, nr""").params(DES_PROGRAMMS, mandant(), GENANNTE).query(Mitglied.class).stream()
                .collect(Collectors.groupingBy(Mitglied::rolleId));
    }

    /** @throws Abgelehnt (EINGABE) if the name does not fit, (KONFLIKT) if a role is called so already */
    @Transactional
    public void richteEin(Anmeldung wer, UUID id, String getippt) {
        einmal.warte(id);
        // Two who make a role of the same name at once: the second sees the first.
        einmal.warte(mandant());
        var name = getippt.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (name.isEmpty() || name.length() > NAME) {
            throw Abgelehnt.eingabe("Der Name einer Rolle hat 1 bis " + NAME + " Zeichen.");
        }
        boolean da = datenbank
                .sql("SELECT EXISTS (SELECT FROM rolle WHERE mandant_id = ? AND id = ?)")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
        if (da) {
            return;
        }
        boolean gleich =
                Arrays.stream(Rolle.values()).anyMatch(r -> r.bezeichnung().equalsIgnoreCase(name))
                        || alle().stream().anyMatch(r -> r.name().equalsIgnoreCase(name));
        if (gleich) {
            throw Abgelehnt.konflikt("Eine Rolle „" + name + "“ gibt es schon. Es wurde nichts geändert.");
        }
        datenbank
                .sql("INSERT INTO rolle (mandant_id, id, kennung, name) VALUES (?, ?, ?, ?)")
                .params(mandant(), id, kennung(id), name)
                .update();
        protokoll.schreibe(wer.pseudonym(), "rolle.eingerichtet", id, null, Map.of("name", name));
    }

    /** Letters only, as the column wants it; nobody reads it. */
    private static String kennung(UUID id) {
        return "EIGENE_"
                + id.toString()
                        .replace("-", "")
                        .chars()
                        .mapToObj(z -> String.valueOf((char) ('A' + Character.digit(z, 16))))
                        .collect(Collectors.joining())
                        .toUpperCase(Locale.ROOT);
    }

    /** @throws NichtGefunden if there is no such role of the town's own, or no such person now */
    @Transactional
    public void gib(Anmeldung wer, UUID rolle, UUID person) {
        einmal.warte(rolle);
        var name = name(rolle);
        int neu = datenbank
                .sql("""
                INSERT INTO rollenbesetzung (mandant_id, id, rolle_id, person_id)
                SELECT p.mandant_id, ?, ?, p.id FROM person p WHERE p.mandant_id = ? AND p.id = ? AND gilt(p.gueltig_von, p.gueltig_bis)
                   AND NOT EXISTS (SELECT FROM rollenbesetzung b WHERE b.mandant_id = p.mandant_id AND b.rolle_id = ? AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis))""")
                .params(Kennung.neu(), rolle, mandant(), person, rolle)
                .update();
        if (neu == 1) {
            protokoll.schreibe(wer.pseudonym(), "rolle.gegeben", person, null, Map.of("rolle", name));
        }
    }

    /** @throws NichtGefunden if nobody holds it by that */
    @Transactional
    public void nimm(Anmeldung wer, UUID rolle, UUID besetzung) {
        var name = name(rolle);
        var person = datenbank
                .sql("""
                UPDATE rollenbesetzung SET gueltig_von = least(gueltig_von, now() - interval '1 microsecond'), gueltig_bis = now()
                 WHERE mandant_id = ? AND rolle_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis) RETURNING person_id""")
                .params(mandant(), rolle, besetzung)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Person hat die Rolle nicht mehr."));
        protokoll.schreibe(wer.pseudonym(), "rolle.genommen", person, null, Map.of("rolle", name));
    }

    /** @throws NichtGefunden if nobody holds the role by that */
    @Transactional(readOnly = true)
    public UUID inhaber(UUID rolle, UUID besetzung) {
        return datenbank
                .sql(
                        "SELECT person_id FROM rollenbesetzung WHERE mandant_id = ? AND rolle_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), rolle, besetzung)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Person hat die Rolle nicht mehr."));
    }

    /** @throws NichtGefunden if the town has no such role of its own */
    @Transactional(readOnly = true)
    public String name(UUID rolle) {
        return datenbank
                .sql(
                        "SELECT name FROM rolle WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis) AND kennung <> ALL (CAST(? AS text[]))")
                .params(mandant(), rolle, DES_PROGRAMMS)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Rolle gibt es nicht."));
    }
}
