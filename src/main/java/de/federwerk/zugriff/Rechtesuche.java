package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds who can be granted something, and on what, by what is typed. Names of the house, no content of any Akte. */
@Component
class Rechtesuche {

    private static final int AUSWAHL = 12;
    private static final int WORTE = 6;
    private static final Pattern KENNUNG =
            Pattern.compile("([a-z]+):([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    /** What a field offers. */
    record Auswahl(String id, String text, String zusatz) {}

    /** @param art {@code person}, {@code stelle}, {@code einheit}, {@code rolle}; of a target {@code plan}, {@code einheit}, {@code sonder} */
    record Gemeint(String art, UUID id, String name) {

        /** As it stands in a form: {@code einheit:<uuid>}. */
        String kennung() {
            return art + ":" + id;
        }
    }

    private record Treffer(String art, UUID id, String name, String zusatz) {}

    private static final String SUBJEKTE = """
            (SELECT 'einheit' AS art, 1 AS platz, e.id, e.kuerzel || ' ' || e.name AS name, 'Einheit mit allen darunter' AS zusatz, lower(e.kuerzel || ' ' || e.name) AS worte
               FROM einheit e WHERE e.mandant_id = :m AND gilt(e.gueltig_von, e.gueltig_bis)
             UNION ALL
             SELECT 'person', 2, p.id, trim(p.vorname || ' ' || p.nachname), CASE p.art WHEN 'technisch' THEN 'Fachverfahren' ELSE p.anmeldename END,
                    lower(p.vorname || ' ' || p.nachname || ' ' || p.anmeldename)
               FROM person p WHERE p.mandant_id = :m AND p.art <> 'notfall' AND gilt(p.gueltig_von, p.gueltig_bis)
             UNION ALL
             SELECT 'stelle', 3, s.id, e.kuerzel || ' · ' || s.bezeichnung, 'Stelle', lower(e.kuerzel || ' · ' || s.bezeichnung)
               FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
              WHERE s.mandant_id = :m AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)
             UNION ALL
             SELECT 'rolle', 4, r.id, r.name, 'Rolle', lower('rolle ' || r.name) FROM rolle r WHERE r.mandant_id = :m AND gilt(r.gueltig_von, r.gueltig_bis))""";

    private static final String ZIELE = """
            (SELECT 'plan' AS art, 1 AS platz, k.id, k.kennzeichen || ' ' || k.titel AS name, 'Aktenplan, mit allem darunter' AS zusatz, lower(k.kennzeichen || ' ' || k.titel) AS worte
               FROM planknoten k WHERE k.mandant_id = :m AND gilt(k.gueltig_von, k.gueltig_bis)
             UNION ALL
             SELECT 'einheit', 2, e.id, e.kuerzel || ' ' || e.name, 'Alles, was diese Einheit und die darunter führen', lower(e.kuerzel || ' ' || e.name)
               FROM einheit e WHERE e.mandant_id = :m AND gilt(e.gueltig_von, e.gueltig_bis)
             UNION ALL
             SELECT 'sonder', 3, o.id, o.name, 'Sonderbereich', lower('sonderbereich ' || o.name) FROM sonderbereich o WHERE o.mandant_id = :m AND NOT o.einzeln
             UNION ALL
             -- Found by its id only, from a line that names it: else nobody could be let in whose last holder has left.
             SELECT 'sonder', 4, o.id, 'eine eigene Regel', '', '' FROM sonderbereich o WHERE o.mandant_id = :m AND o.einzeln)""";

    private final JdbcClient datenbank;

    Rechtesuche(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Who can be granted something; at most twelve. */
    @Transactional(readOnly = true)
    public List<Auswahl> subjekte(String getippt) {
        return suche(SUBJEKTE, getippt);
    }

    /** On what something can be granted; at most twelve. */
    @Transactional(readOnly = true)
    public List<Auswahl> ziele(String getippt) {
        return suche(ZIELE, getippt);
    }

    private List<Auswahl> suche(String in, String getippt) {
        var text = zeile(getippt);
        if (text.isEmpty()) {
            return List.of();
        }
        var bedingung = new StringBuilder("TRUE");
        var werte = new HashMap<String, Object>();
        var worte = Arrays.stream(text.split(" ")).limit(WORTE).toList();
        for (int i = 0; i < worte.size(); i++) {
            // A word begins behind a blank or within a double name, a Kürzel, a Kennzeichen.
            bedingung.append(
                    " AND position(' ' || lower(:wort%1$d) IN ' ' || z.worte || ' ' || translate(z.worte, '-./()', '     ')) > 0"
                            .formatted(i));
            werte.put("wort" + i, worte.get(i));
        }
        return datenbank
                .sql("SELECT art, id, name, zusatz FROM " + in + " z WHERE " + bedingung
                        + " ORDER BY lower(:text) = z.worte DESC, platz, worte, id LIMIT " + AUSWAHL)
                .param("m", mandant())
                .param("text", text)
                .params(werte)
                .query(Treffer.class)
                .stream()
                .map(t -> new Auswahl(t.art + ":" + t.id, t.name, t.zusatz))
                .toList();
    }

    /** Whom somebody meant: by what the field put into the form, else by the full name typed. */
    @Transactional(readOnly = true)
    public Optional<Gemeint> subjekt(String kennung, String getippt) {
        return gemeint(SUBJEKTE, kennung, getippt);
    }

    /** What somebody meant, as {@link #subjekt}. */
    @Transactional(readOnly = true)
    public Optional<Gemeint> ziel(String kennung, String getippt) {
        return gemeint(ZIELE, kennung, getippt);
    }

    private Optional<Gemeint> gemeint(String in, String kennung, String getippt) {
        var id = KENNUNG.matcher(kennung.strip());
        if (id.matches()) {
            return datenbank
                    .sql("SELECT art, id, name FROM " + in + " z WHERE art = :art AND id = :id")
                    .param("m", mandant())
                    .param("art", id.group(1))
                    .param("id", UUID.fromString(id.group(2)))
                    .query(Gemeint.class)
                    .optional();
        }
        var text = zeile(getippt);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var gefunden = datenbank
                .sql("SELECT art, id, name FROM " + in
                        + " z WHERE lower(:text) IN (worte, lower(name), lower(zusatz)) ORDER BY platz, id LIMIT 2")
                .param("m", mandant())
                .param("text", text)
                .query(Gemeint.class)
                .list();
        return gefunden.size() == 1 ? Optional.of(gefunden.getFirst()) : Optional.empty();
    }

    /** @throws Abgelehnt (EINGABE) with {@code sonst} if nobody, or more than one, is called so */
    @Transactional(readOnly = true)
    public Gemeint verlangeSubjekt(String kennung, String getippt, String sonst) {
        return subjekt(kennung, getippt).orElseThrow(() -> Abgelehnt.eingabe(sonst));
    }

    private static String zeile(String text) {
        var zeile = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return zeile.length() > 300 ? "" : zeile;
    }
}
