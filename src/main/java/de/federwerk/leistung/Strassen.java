package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The streets that the rules of a town name. */
@Component
public class Strassen {

    /** With fewer the rules name exceptions, and not the streets of the town. */
    private static final int VERZEICHNIS = 20;

    private final JdbcClient datenbank;

    Strassen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Whether a street is among them, in whichever spelling; empty if the rules are no list of streets. */
    @Transactional(readOnly = true)
    public Optional<Boolean> kennt(String strasse) {
        var alle = datenbank
                .sql("SELECT DISTINCT strasse FROM zustaendigkeitsregel WHERE mandant_id = ? AND strasse <> ''")
                .param(mandant())
                .query(String.class)
                .list();
        var gesucht = Regelwerk.strasse(strasse);
        return alle.size() < VERZEICHNIS
                ? Optional.empty()
                : Optional.of(alle.stream().anyMatch(s -> Regelwerk.strasse(s).equals(gesucht)));
    }
}
