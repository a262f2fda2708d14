package de.federwerk.anmeldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.organisation.Personen;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Codes on paper for who has lost the second factor: shown once, each good once. */
@Component
class Ersatzcodes {

    private static final int ANZAHL = 10;

    private final JdbcClient datenbank;
    private final Personen personen;

    Ersatzcodes(JdbcClient datenbank, Personen personen) {
        this.datenbank = datenbank;
        this.personen = personen;
    }

    /** New ones; those before are good no more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<String> stelleAus(UUID person) {
        loesche(person);
        var codes = Stream.generate(personen::anfangspasswort).limit(ANZAHL).toList();
        for (var code : codes) {
            datenbank
                    .sql("INSERT INTO ersatzcode (mandant_id, person_id, hash) VALUES (?, ?, ?)")
                    .params(mandant(), person, hash(person, code))
                    .update();
        }
        return codes;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void loesche(UUID person) {
        datenbank
                .sql("DELETE FROM ersatzcode WHERE mandant_id = ? AND person_id = ?")
                .params(mandant(), person)
                .update();
    }

    /** Whether it was one of the person's; it is none any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean verbrauche(UUID person, String eingabe) {
        return datenbank
                        .sql("DELETE FROM ersatzcode WHERE mandant_id = ? AND person_id = ? AND hash = ?")
                        .params(mandant(), person, hash(person, eingabe))
                        .update()
                == 1;
    }

    @Transactional(readOnly = true)
    public int anzahl(UUID person) {
        return datenbank
                .sql("SELECT count(*) FROM ersatzcode WHERE mandant_id = ? AND person_id = ?")
                .params(mandant(), person)
                .query(Integer.class)
                .single();
    }

    private static byte[] hash(UUID person, String code) {
        return sha256(person + "/" + code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
