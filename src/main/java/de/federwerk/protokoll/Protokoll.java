package de.federwerk.protokoll;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
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

    private static final SecureRandom ZUFALL = new SecureRandom();

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
        var zeit = Instant.now(uhr).truncatedTo(ChronoUnit.MICROS);
        var id = Kennung.neu();
        var festlegungen = new TreeMap<String, String>();
        var salze = new TreeMap<String, byte[]>();
        inhalt.forEach((feld, wert) -> {
            var salz = new byte[32];
            ZUFALL.nextBytes(salz);
            salze.put(feld, salz);
            festlegungen.put(feld, Eintrag.festlegung(salz, wert));
        });
        var eintrag = new Eintrag(mandant(), id, zeit, handlung, objekt, person, festlegungen);
        datenbank
                .sql("""
                INSERT INTO protokoll (mandant_id, id, zeit, handlung, objekt_id, person, akte_id, eintrag, blatt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(id)
                .param(Timestamp.from(zeit))
                .param(handlung)
                .param(objekt)
                .param(person)
                .param(akte)
                .param(eintrag.bytes())
                .param(eintrag.blatt())
                .update();
        inhalt.forEach((feld, wert) -> datenbank
                .sql("INSERT INTO protokoll_inhalt (mandant_id, eintrag_id, feld, wert, salz) VALUES (?, ?, ?, ?, ?)")
                .param(mandant())
                .param(id)
                .param(feld)
                .param(wert.replace("\0", ""))
                .param(salze.get(feld))
                .update());
    }
}
