package de.federwerk.berechtigung;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The answer to “what may this person do at this level?”, the same for SQL and index:
 *
 * <p>stufe ≤ Ermächtigung ∧ (schutzbereich ∈ S ∨ vorgang ∈ F ∨ (akte ∈ F ∧ kein eigener Sonderbereich)) ∧ akte ∉ X.
 *
 * @param bereiche S: Schutzbereiche granted and within the Ermächtigung
 * @param vorgaenge F: single Vorgänge, for a time; what running tasks add to them, each statement asks for itself
 * @param akten F: single Akten, for a time; parts with a Sonderbereich of their own stay shut
 * @param ausgeschlossen X: Akten that stay shut whatever else is granted
 * @param faecher where the person's tasks come in; none once they are among {@code vorgaenge}
 * @param stand number of the rights' state it was resolved from
 */
public record Sicht(
        UUID mandant,
        UUID person,
        Recht recht,
        int ermaechtigung,
        Set<Integer> bereiche,
        Set<UUID> vorgaenge,
        Set<UUID> akten,
        Set<UUID> ausgeschlossen,
        List<Postfach> faecher,
        long stand) {

    /** Vorgänge of tasks that lie with this person now, from the index of the few places where they come in. */
    static final String AUFGABEN = """
            SELECT r.vorgang_id FROM aufgabenrecht r
             WHERE r.mandant_id = :s_mandant AND r.recht >= :s_recht AND r.subjekt_id = ANY (CAST(:s_faecher AS uuid[]))
               AND (NOT r.persoenlich OR r.subjekt_id = ANY ((SELECT CAST(:s_ganz AS uuid[]))::uuid[]))""";

    /** Condition for a Dokument row (columns schutzbereich_id, vorgang_id, akte_id); needs {@link #parameter()}. */
    public String aufDokument(String alias) {
        return bedingung(alias, alias + ".vorgang_id", alias + ".akte_id");
    }

    /** Condition for a Vorgang row (columns id, schutzbereich_id, akte_id). */
    public String aufVorgang(String alias) {
        return bedingung(alias, alias + ".id", alias + ".akte_id");
    }

    /**
     * Condition for an Akte row (columns id, schutzbereich_id). Somebody with a single Vorgang sees its Akte through the Vorgang,
     * not as such.
     */
    public String aufAkte(String alias) {
        return bedingung(alias, "", alias + ".id");
    }

    /** Condition for a row that has only a schutzbereich_id, such as an Eingang that is not filed yet. */
    public String aufBereich(String alias) {
        return bereich(alias + ".schutzbereich_id");
    }

    /** This Sicht with the Vorgänge of all tasks among its own: it asks for none any more. */
    Sicht mit(Collection<UUID> aufgaben) {
        var alle = new HashSet<>(vorgaenge);
        alle.addAll(aufgaben);
        return new Sicht(
                mandant, person, recht, ermaechtigung, bereiche, alle, akten, ausgeschlossen, List.of(), stand);
    }

    /** The same rights of some of its Schutzbereiche; single grants stay. @param weniger of {@link #bereiche} */
    public Sicht mitBereichen(Set<Integer> weniger) {
        return new Sicht(
                mandant, person, recht, ermaechtigung, weniger, vorgaenge, akten, ausgeschlossen, faecher, stand);
    }

    /** Whether its Schutzbereiche open that; if not, a single grant or a task still may. */
    boolean offen(int schutzbereich, UUID akte) {
        return bereiche.contains(schutzbereich) && !ausgeschlossen.contains(akte);
    }

    /** Whether single Vorgänge or Akten are granted (F), or may be by a task. */
    public boolean einzeln() {
        return !vorgaenge.isEmpty() || !akten.isEmpty() || !faecher.isEmpty();
    }

    /** Whether one of its parameters of single grants or exclusions names anything, or a task may: where not, a statement need not ask. */
    boolean nennt(String parameter) {
        return switch (parameter) {
            case "s_vorgaenge" -> !vorgaenge.isEmpty() || !faecher.isEmpty();
            case "s_akten" -> !akten.isEmpty();
            case "s_ausgeschlossen" -> !ausgeschlossen.isEmpty();
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    /**
     * The Schutzbereiche as bits, the rest as array literals. A list of 20,000 numbers was parsed and hashed anew by each statement, 15 ms
     * and more; its bits are some kilobytes, and asking one costs nothing. {@code IN (SELECT unnest(…))} for the rest, which only filters:
     * under a generic plan {@code = ANY(…)} took 28 s instead of 0.15 s. Where ids are looked up by key it is the other way round.
     */
    public Map<String, Object> parameter() {
        var bits = new BitSet();
        bereiche.forEach(bits::set);
        var bytes = bits.toByteArray();
        var werte = new HashMap<String, Object>();
        werte.put("s_bits", bytes);
        werte.put("s_anzahl", bytes.length * 8L);
        werte.put("s_vorgaenge", feld(vorgaenge));
        werte.put("s_akten", feld(akten));
        werte.put("s_ausgeschlossen", feld(ausgeschlossen));
        werte.put("s_ermaechtigung", ermaechtigung);
        werte.put("s_mandant", mandant);
        werte.put("s_recht", recht.ordinal());
        werte.put("s_faecher", Postfach.feld(faecher, f -> true));
        werte.put("s_ganz", Postfach.feld(faecher, Postfach::persoenliches));
        return werte;
    }

    /** Condition that a number is one of the Schutzbereiche; false for NULL. Bit n of the bytes, as {@link BitSet} and get_bit count. */
    static String bereich(String nummer) {
        return "CASE WHEN %1$s < :s_anzahl THEN get_bit(CAST(:s_bits AS bytea), %1$s) = 1 ELSE false END"
                .formatted(nummer);
    }

    /** All Schutzbereiche as an array literal, to start from. */
    String bereicheAlsFeld() {
        return feld(bereiche);
    }

    /** The ids that a parameter names; for Vorgänge those of tasks, too. */
    static String nummern(String parameter) {
        return "SELECT unnest(CAST(:" + parameter + " AS uuid[]))"
                + (parameter.equals("s_vorgaenge") ? " UNION ALL " + AUFGABEN : "");
    }

    /**
     * The Stufe is asked for by key, of the few rows that a single grant leads to: as {@code IN (SELECT …)} the first of them had all
     * 50,000 Schutzbereiche read and hashed, 40 ms in each statement of everyone who holds a single grant.
     *
     * @param vorgang empty if no single Vorgang opens the row
     */
    private static String bedingung(String alias, String vorgang, String akte) {
        var nummer = alias + ".schutzbereich_id";
        var ueberVorgang = vorgang.isEmpty() ? "" : """
                OR (%s IN (%s)
                    AND coalesce((SELECT sb.stufe FROM schutzbereich sb WHERE sb.id = %s) <= :s_ermaechtigung, false))""".formatted(vorgang, nummern("s_vorgaenge"), nummer);
        return """
                ((%1$s %2$s
                  OR (%3$s IN (%4$s)
                      AND coalesce((SELECT sb.stufe FROM schutzbereich sb WHERE sb.id = %5$s AND sb.sonder_id IS NULL) <= :s_ermaechtigung, false)))
                 AND %3$s NOT IN (%6$s))""".formatted(
                        bereich(nummer), ueberVorgang, akte, nummern("s_akten"), nummer, nummern("s_ausgeschlossen"));
    }

    private static String feld(Collection<?> werte) {
        return werte.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
