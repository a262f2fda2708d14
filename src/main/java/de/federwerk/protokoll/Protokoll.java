package de.federwerk.protokoll;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the Protokoll: who, when, what – one {@link Eintrag} per act, in the transaction of the act itself, so that there is
 * no act without its entry and no entry without its act.
 */
@Component
public class Protokoll {

    /** Who acts when no person does: intake, indexing, import by schedule. */
    public static final UUID PROGRAMM = new UUID(0, 0);

    private static final ScopedValue<String> ANLASS = ScopedValue.newInstance();
    private static final int SALZ = 32;
    private static final SecureRandom ZUFALL = new SecureRandom();

    /**
     * Every entry that is written meanwhile says for what larger work it was, in its field {@code anlass}.
     *
     * @param anlass in German, for people
     */
    public static <R, X extends Throwable> R wegen(String anlass, ScopedValue.CallableOp<? extends R, X> arbeit)
            throws X {
        return ScopedValue.where(ANLASS, anlass).call(arbeit);
    }

    private final JdbcClient datenbank;
    private final Clock uhr = Clock.systemUTC();

    Protokoll(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /**
     * As the other one, and commits to the new state of the changed row as well (field {@code zustand}), so that a row mutated
     * behind the program's back is found, not only a mutated Protokoll.
     *
     * @param tabelle name of the table, from code; its row has the id {@code objekt}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void schreibe(
            UUID person,
            String handlung,
            UUID objekt,
            @Nullable UUID akte,
            Map<String, String> inhalt,
            String tabelle) {
        var felder = new TreeMap<>(inhalt);
        felder.put(
                "zustand",
                datenbank
                        .sql("SELECT to_jsonb(t)::text FROM " + tabelle + " t WHERE mandant_id = ? AND id = ?")
                        .params(mandant(), objekt)
                        .query(String.class)
                        .single());
        schreibe(person, handlung, objekt, akte, felder);
    }

    /**
     * Adds one entry to the running transaction.
     *
     * @param person pseudonym of who acts, or {@link #PROGRAMM}
     * @param handlung what was done, as {@code gegenstand.verb}, e.g. {@code vorgang.zda}
     * @param objekt id of what it was done to
     * @param akte the Akte in whose Protokoll people will look for it, if any
     * @param inhalt content and personal fields, names {@code [a-z_]{1,40}}; committed to by salted hash, so that they can be
     *     erased later while the entry still verifies
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void schreibe(UUID person, String handlung, UUID objekt, @Nullable UUID akte, Map<String, String> inhalt) {
        schreibe(person, handlung, List.of(new Tat(objekt, akte, inhalt)));
    }

    /** As {@link #schreibe(UUID, String, UUID, UUID, Map)}. @return the leaf of the entry, SHA-256: what a receipt names */
    @Transactional(propagation = Propagation.MANDATORY)
    public byte[] quittiere(UUID person, String handlung, UUID objekt, Map<String, String> inhalt) {
        return schreibe(person, handlung, List.of(new Tat(objekt, null, inhalt)))
                .getFirst();
    }

    /**
     * One of many acts of the same kind.
     *
     * @param objekt id of what it was done to
     * @param akte the Akte in whose Protokoll people will look for it, if any
     * @param inhalt content and personal fields
     */
    public record Tat(UUID objekt, @Nullable UUID akte, Map<String, String> inhalt) {}

    /** As {@link #schreibe(UUID, String, UUID, UUID, Map)} for many acts: the same entries, in one statement. @return their leaves */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<byte[]> schreibe(UUID person, String handlung, List<Tat> alle) {
        var taten = ANLASS.isBound() ? alle.stream().map(Protokoll::mitAnlass).toList() : alle;
        var eintraege = new ArrayList<Eintrag>(taten.size());
        var inhalte = new ArrayList<Inhalt>();
        var salze = new byte[taten.stream().mapToInt(t -> t.inhalt.size()).sum() * SALZ];
        ZUFALL.nextBytes(salze);
        for (var tat : taten) {
            var id = Kennung.neu();
            var festlegungen = new TreeMap<String, String>();
            tat.inhalt.forEach((feld, wert) -> {
                int stelle = inhalte.size() * SALZ;
                var salz = Arrays.copyOfRange(salze, stelle, stelle + SALZ);
                festlegungen.put(feld, Eintrag.festlegung(salz, wert));
                inhalte.add(new Inhalt(id, feld, wert.replace("\0", ""), salz));
            });
            var zeit = Instant.now(uhr).truncatedTo(ChronoUnit.MICROS);
            eintraege.add(new Eintrag(mandant(), id, zeit, handlung, tat.objekt, person, festlegungen));
        }
        datenbank
                .sql("""
                WITH eintraege AS (
                    INSERT INTO protokoll (mandant_id, id, zeit, handlung, objekt_id, person, akte_id, eintrag, blatt)
                    SELECT ?, t.id, t.zeit, ?, t.objekt, ?, t.akte, t.eintrag, t.blatt
                      FROM unnest(CAST(? AS uuid[]), CAST(? AS timestamptz[]), CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS bytea[]), CAST(? AS bytea[]))
                           AS t (id, zeit, objekt, akte, eintrag, blatt))
                INSERT INTO protokoll_inhalt (mandant_id, eintrag_id, feld, wert, salz)
                SELECT ?, t.* FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS bytea[])) AS t""")
                .param(mandant())
                .param(handlung)
                .param(person)
                .param(texte(eintraege, e -> e.kennung().toString()))
                .param(texte(eintraege, e -> e.zeit().toString()))
                .param(texte(eintraege, e -> e.objekt().toString()))
                .param(texte(taten, t -> t.akte == null ? null : t.akte.toString()))
                .param(eintraege.stream().map(Eintrag::bytes).toArray(byte[][]::new))
                .param(eintraege.stream().map(Eintrag::blatt).toArray(byte[][]::new))
                .param(mandant())
                .param(texte(inhalte, i -> i.eintrag.toString()))
                .param(texte(inhalte, i -> i.feld))
                .param(texte(inhalte, i -> i.wert))
                .param(inhalte.stream().map(i -> i.salz).toArray(byte[][]::new))
                .update();
        return eintraege.stream().map(Eintrag::blatt).toList();
    }

    private static Tat mitAnlass(Tat tat) {
        var inhalt = new TreeMap<>(tat.inhalt);
        inhalt.putIfAbsent("anlass", ANLASS.get());
        return new Tat(tat.objekt, tat.akte, inhalt);
    }

    private record Inhalt(UUID eintrag, String feld, String wert, byte[] salz) {}

    private static <T> @Nullable String[] texte(List<T> liste, Function<T, @Nullable String> feld) {
        return liste.stream().map(feld).toArray(String[]::new);
    }
}
