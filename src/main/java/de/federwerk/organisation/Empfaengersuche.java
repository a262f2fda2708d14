package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds people, Stellen and units to send work to, by what is typed. Everybody in a town may know who works in it. */
@Component
public class Empfaengersuche {

    private static final int AUSWAHL = 12;
    /** So many of each kind come before the rest: a hundred Müllers must not hide the Müllabfuhr. */
    private static final int JE_ART = 4;

    private static final int WORTE = 6;
    private static final int LAENGSTES = 300;
    private static final Pattern KENNUNG =
            Pattern.compile("(person|stelle|einheit):([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    /** What the field offers; {@code zusatz} says unit and absence. */
    record Auswahl(String id, String text, String zusatz) {}

    private record Treffer(
            String art, UUID id, String name, @Nullable String einheit) {}

    private record Inhaber(UUID stelle, UUID person, String name) {}

    private record Gemeint(String art, UUID id, String name, boolean eindeutig) {}

    /**
     * All there are, valid today: {@code worte} is searched in, {@code formen} are what somebody may type in full, the first of them
     * belongs to one only. A Stelle that only a program holds gets no work. No index: row-level security lets none be used on
     * lower(…), and 10,000 short rows are read in milliseconds.
     */
    private static final String ZIELE = """
            (SELECT 'person' AS art, 1 AS platz, p.id, trim(p.vorname || ' ' || p.nachname) AS name, p.nachname || ' ' || p.vorname AS folge,
                    lower(p.vorname || ' ' || p.nachname || ' ' || p.anmeldename) AS worte,
                    ARRAY[p.anmeldename, lower(trim(p.vorname || ' ' || p.nachname)), lower(p.nachname || ', ' || p.vorname), lower(p.nachname || ' ' || p.vorname)] AS formen
               FROM person p WHERE p.mandant_id = :m AND p.art = 'mensch' AND gilt(p.gueltig_von, p.gueltig_bis)
             UNION ALL
             SELECT 'einheit', 2, e.id, e.kuerzel || ' ' || e.name, e.kuerzel, lower(e.kuerzel || ' ' || e.name),
                    ARRAY[lower(e.kuerzel), lower(e.kuerzel || ' ' || e.name), lower(e.name)]
               FROM einheit e WHERE e.mandant_id = :m AND gilt(e.gueltig_von, e.gueltig_bis)
             UNION ALL
             SELECT 'stelle', 3, s.id, e.kuerzel || ' · ' || s.bezeichnung, e.kuerzel || ' ' || s.bezeichnung, lower(e.kuerzel || ' ' || s.bezeichnung),
                    ARRAY['', lower(e.kuerzel || ' · ' || s.bezeichnung), lower(e.kuerzel || ' ' || s.bezeichnung), lower(s.bezeichnung)]
               FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id AND gilt(e.gueltig_von, e.gueltig_bis)
              WHERE s.mandant_id = :m AND gilt(s.gueltig_von, s.gueltig_bis)
                AND s.id NOT IN (SELECT b.stelle_id FROM stellenbesetzung b JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                                  WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) GROUP BY b.stelle_id HAVING bool_and(p.art = 'technisch')))""";

    private final JdbcClient datenbank;
    private final Vertretungen vertretungen;

    Empfaengersuche(JdbcClient datenbank, Vertretungen vertretungen) {
        this.datenbank = datenbank;
        this.vertretungen = vertretungen;
    }

    /** People, Stellen and units with words that begin like those typed; at most twelve. */
    @Transactional(readOnly = true)
    List<Auswahl> finde(String getippt) {
        return auswahl(suche(getippt, false));
    }

    /** As {@link #finde}, people only. */
    @Transactional(readOnly = true)
    List<Auswahl> findePersonen(String getippt) {
        return auswahl(suche(getippt, true));
    }

    private List<Treffer> suche(String getippt, boolean nurPersonen) {
        var text = zeile(getippt);
        if (text.isEmpty() || text.length() > LAENGSTES) {
            return List.of();
        }
        var worte = Arrays.stream(text.split(" ")).limit(WORTE).toList();
        var bedingung = new StringBuilder(nurPersonen ? "z.art = 'person'" : "TRUE");
        var werte = new HashMap<String, Object>();
        for (int i = 0; i < worte.size(); i++) {
            // A word begins behind a blank, or within a double name, a Kürzel, a sign-in name.
            bedingung.append(
                    " AND position(' ' || lower(:wort%1$d) IN ' ' || z.worte || ' ' || translate(z.worte, '-./()', '     ')) > 0"
                            .formatted(i));
            werte.put("wort" + i, worte.get(i));
        }
        return datenbank
                .sql("""
                WITH treffer AS (
                    SELECT z.*, lower(:text) = ANY (z.formen) AS genau FROM %s z WHERE %s),
                gereiht AS (
                    SELECT t.*, row_number() OVER (PARTITION BY art ORDER BY genau DESC, folge, id) AS nr FROM treffer t)
                SELECT art, id, name, CASE WHEN art = 'person' THEN (
                           SELECT e.kuerzel || ' ' || e.name FROM %s WHERE b.mandant_id = :m AND b.person_id = g.id
                            ORDER BY s.leitung DESC, b.gueltig_von, b.id LIMIT 1) END AS einheit
                  FROM gereiht g ORDER BY genau DESC, nr > :jeArt, platz, nr LIMIT :hoechstens""".formatted(ZIELE, bedingung, Leitungen.BESETZT))
                .param("m", mandant())
                .param("text", text)
                .param("jeArt", nurPersonen ? AUSWAHL : JE_ART)
                .param("hoechstens", AUSWAHL)
                .params(werte)
                .query(Treffer.class)
                .list();
    }

    /** One line: white space and control characters become single blanks. */
    private static String zeile(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private List<Auswahl> auswahl(List<Treffer> treffer) {
        var inhaber = inhaber(treffer.stream()
                .filter(t -> t.art.equals("stelle"))
                .map(Treffer::id)
                .toList());
        var menschen = new ArrayList<UUID>();
        treffer.stream().filter(t -> t.art.equals("person")).forEach(t -> menschen.add(t.id));
        inhaber.values().forEach(je -> je.forEach(i -> menschen.add(i.person)));
        var abwesende = vertretungen.abwesende(menschen);
        return treffer.stream()
                .map(t -> new Auswahl(
                        t.art + ":" + t.id,
                        t.name,
                        switch (t.art) {
                            case "person" ->
                                mitAbwesenheit(
                                        Objects.requireNonNullElse(t.einheit, "ohne Stelle"),
                                        " · ",
                                        abwesende.get(t.id));
                            case "stelle" -> "Stelle · " + inWorten(inhaber.getOrDefault(t.id, List.of()), abwesende);
                            default -> "Einheit";
                        }))
                .toList();
    }

    private Map<UUID, List<Inhaber>> inhaber(List<UUID> stellen) {
        if (stellen.isEmpty()) {
            return Map.of();
        }
        return datenbank
                .sql("""
                SELECT b.stelle_id AS stelle, p.id AS person, trim(p.vorname || ' ' || p.nachname) AS name
                  FROM stellenbesetzung b JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                 WHERE b.mandant_id = :m AND b.stelle_id IN (SELECT unnest(CAST(:stellen AS uuid[])))
                   AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(p.gueltig_von, p.gueltig_bis)
                 ORDER BY p.nachname, p.vorname, p.id""")
                .param("m", mandant())
                .param("stellen", Stellen.feld(stellen))
                .query(Inhaber.class)
                .stream()
                .collect(Collectors.groupingBy(Inhaber::stelle));
    }

    private static String inWorten(List<Inhaber> inhaber, Map<UUID, Vertretungen.Abwesenheit> abwesende) {
        if (inhaber.isEmpty()) {
            return "zurzeit unbesetzt";
        }
        return inhaber.stream()
                        .limit(3)
                        .map(i -> mitAbwesenheit(i.name, ", ", abwesende.get(i.person)))
                        .collect(Collectors.joining("; "))
                + (inhaber.size() > 3 ? " und " + (inhaber.size() - 3) + " weitere" : "");
    }

    private static String mitAbwesenheit(String was, String trenner, Vertretungen.@Nullable Abwesenheit abwesenheit) {
        return abwesenheit == null ? was : was + trenner + abwesenheit.inWorten();
    }

    /**
     * Whom somebody meant: by what the field put into the form ({@code person:<uuid>}), or by what was typed in full – sign-in name,
     * first and last name, Kürzel, name of a unit or Stelle. Empty if nobody valid is called so, or more than one.
     */
    @Transactional(readOnly = true)
    public Optional<Empfaenger> gemeint(String text) {
        var gemeinte = gemeinte(text, "TRUE");
        return gemeinte.size() == 1 ? Optional.of(gemeinte.getFirst()) : Optional.empty();
    }

    /** Everybody who may be meant, people only; at most twelve. */
    @Transactional(readOnly = true)
    public List<Empfaenger> gemeintePersonen(String text) {
        return gemeinte(text, "z.art = 'person'");
    }

    private record Genannt(String text, UUID id, String name, boolean eindeutig) {}

    /**
     * Who is named by each of these, people only, as {@link #gemeintePersonen} for all at once.
     *
     * @return by what was asked; what names nobody is missing
     */
    @Transactional(readOnly = true)
    public Map<String, List<Empfaenger>> gemeintePersonen(Collection<String> texte) {
        if (texte.isEmpty()) {
            return Map.of();
        }
        var genannte = datenbank
                .sql("""
                SELECT t.text, z.id, z.name, f.nr = 1 AS eindeutig
                  FROM %s z CROSS JOIN LATERAL unnest(z.formen) WITH ORDINALITY AS f (form, nr)
                  JOIN unnest(CAST(:texte AS text[])) AS t (text) ON lower(t.text) = f.form
                 WHERE z.art = 'person' ORDER BY t.text, z.id, f.nr""".formatted(ZIELE))
                .param("m", mandant())
                .param("texte", texte.toArray(String[]::new))
                .query(Genannt.class)
                .stream()
                .collect(Collectors.groupingBy(Genannt::text));
        var gemeinte = new HashMap<String, List<Empfaenger>>();
        genannte.forEach((text, alle) -> {
            boolean eindeutig = alle.stream().anyMatch(Genannt::eindeutig);
            gemeinte.put(
                    text,
                    alle.stream()
                            .filter(g -> !eindeutig || g.eindeutig)
                            .map(g -> new Empfaenger("person", g.id, g.name))
                            .distinct()
                            .toList());
        });
        return gemeinte;
    }

    private List<Empfaenger> gemeinte(String getippt, String bedingung) {
        var text = zeile(getippt);
        var kennung = KENNUNG.matcher(text);
        if (kennung.matches()) {
            return datenbank
                    .sql("SELECT art, id, name FROM " + ZIELE + " z WHERE " + bedingung
                            + " AND z.art = :art AND z.id = :id")
                    .param("m", mandant())
                    .param("art", kennung.group(1))
                    .param("id", UUID.fromString(kennung.group(2)))
                    .query(Empfaenger.class)
                    .list();
        }
        if (text.isEmpty() || text.length() > LAENGSTES) {
            return List.of();
        }
        var gemeinte = datenbank
                .sql(
                        "SELECT art, id, name, formen[1] = lower(:text) AS eindeutig FROM " + ZIELE
                                + " z WHERE " + bedingung
                                + " AND lower(:text) = ANY (z.formen) ORDER BY eindeutig DESC, platz, folge, id LIMIT :hoechstens")
                .param("m", mandant())
                .param("text", text)
                .param("hoechstens", AUSWAHL)
                .query(Gemeint.class)
                .list();
        // Who is named by what belongs to one only is meant, whoever else is called alike.
        boolean eindeutig = gemeinte.stream().anyMatch(Gemeint::eindeutig);
        return gemeinte.stream()
                .filter(g -> !eindeutig || g.eindeutig)
                .map(g -> new Empfaenger(g.art, g.id, g.name))
                .toList();
    }
}
