package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which Schutzbereiche are protected: Stufe ≥ 1 or a Sonderbereich. The database lets neither change ({@code koordinate_bleibt}) and gives a
 * number once in the house, so each is asked for once in the life of the program, and two bits of it are kept.
 */
@Component
class Schutzstufen {

    private final JdbcClient datenbank;
    private final BitSet bekannt = new BitSet();
    private final BitSet geschuetzt = new BitSet();

    Schutzstufen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    synchronized boolean kennt(Set<Integer> bereiche) {
        return bereiche.stream().allMatch(bekannt::get);
    }

    synchronized boolean geschuetzt(int bereich) {
        return geschuetzt.get(bereich);
    }

    /** Asks the database for those of this Mandant. */
    @Transactional(readOnly = true)
    public void lerne(Set<Integer> bereiche) {
        var davon = new HashSet<>(datenbank
                .sql(
                        "SELECT id FROM schutzbereich WHERE mandant_id = ? AND id = ANY (CAST(? AS int[])) AND (stufe > 0 OR sonder_id IS NOT NULL)")
                .params(mandant(), bereiche.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")))
                .query(Integer.class)
                .list());
        synchronized (this) {
            davon.forEach(geschuetzt::set);
            bereiche.forEach(bekannt::set);
        }
    }
}
