package de.federwerk.berechtigung;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The resolved answer to “what may this person do at this level?”, the same for SQL and index:
 *
 * <p>stufe ≤ Ermächtigung ∧ (schutzbereich ∈ S ∨ vorgang ∈ F ∨ (akte ∈ F ∧ kein eigener Sonderbereich)) ∧ akte ∉ X.
 *
 * @param bereiche S: Schutzbereiche granted and within the Ermächtigung
 * @param vorgaenge F: single Vorgänge, for a time
 * @param akten F: single Akten, for a time; parts with a Sonderbereich of their own stay shut
 * @param ausgeschlossen X: Akten that stay shut whatever else is granted
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
        long stand) {

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
        return bedingung(alias, "NULL::uuid", alias + ".id");
    }

    /** Condition for a row that has only a schutzbereich_id, such as an Eingang that is not filed yet. */
    public String aufBereich(String alias) {
        return bereich(alias + ".schutzbereich_id");
    }

    /** Whether it reaches a Vorgang that was read under another Sicht of the same person: what that one has looked at is not asked again. */
    public boolean reicht(int schutzbereich, UUID vorgang, UUID akte) {
        return !ausgeschlossen.contains(akte)
                && (bereiche.contains(schutzbereich) || vorgaenge.contains(vorgang) || akten.contains(akte));
    }

    /** This Sicht and some more single Vorgänge. */
    Sicht dazu(Set<UUID> weitere) {
        if (ermaechtigung < 0 || vorgaenge.containsAll(weitere)) {
            return this;
        }
        var alle = new HashSet<>(vorgaenge);
        alle.addAll(weitere);
        return new Sicht(mandant, person, recht, ermaechtigung, bereiche, alle, akten, ausgeschlossen, stand);
    }

    /** Whether single Vorgänge or Akten are granted (F). */
    public boolean einzeln() {
        return !vorgaenge.isEmpty() || !akten.isEmpty();
    }

    /** Whether the Schutzbereiche alone do not say what this person sees: single grants (F) or exclusions (X). */
    boolean abweichend() {
        return einzeln() || !ausgeschlossen.isEmpty();
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

    /**
     * The Stufe is asked for by key, of the few rows that a single grant leads to: as {@code IN (SELECT …)} the first of them had all
     * 50,000 Schutzbereiche read and hashed, 40 ms in each statement of everyone who holds a single grant.
     */
    private static String bedingung(String alias, String vorgang, String akte) {
        var bereich = alias + ".schutzbereich_id";
        return """
                ((%4$s
                  OR (%2$s IN (SELECT unnest(CAST(:s_vorgaenge AS uuid[])))
                      AND coalesce((SELECT sb.stufe FROM schutzbereich sb WHERE sb.id = %1$s) <= :s_ermaechtigung, false))
                  OR (%3$s IN (SELECT unnest(CAST(:s_akten AS uuid[])))
                      AND coalesce((SELECT sb.stufe FROM schutzbereich sb WHERE sb.id = %1$s AND sb.sonder_id IS NULL) <= :s_ermaechtigung, false)))
                 AND %3$s NOT IN (SELECT unnest(CAST(:s_ausgeschlossen AS uuid[]))))""".formatted(bereich, vorgang, akte, bereich(bereich));
    }

    private static String feld(Collection<?> werte) {
        return werte.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
