package de.federwerk.anmeldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Of whom the town demands a second factor. It locks nobody out: who has none may sign in and sets one up before anything else
 * ({@code Personen.Profil.zuerst}).
 */
@Component
class Faktorpflicht {

    /** Everybody in town. */
    static final String ALLE = "";

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Faktorpflicht(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** Names of roles, and {@link #ALLE}. */
    @Transactional(readOnly = true)
    public Set<String> rollen() {
        return new TreeSet<>(datenbank
                .sql("SELECT rolle FROM faktorpflicht WHERE mandant_id = ?")
                .param(mandant())
                .query(String.class)
                .list());
    }

    @Transactional
    public void bestimme(Anmeldung wer, Collection<String> gewaehlte) {
        var rollen = new TreeSet<>(gewaehlte);
        rollen.retainAll(bekannte());
        datenbank
                .sql("DELETE FROM faktorpflicht WHERE mandant_id = ?")
                .param(mandant())
                .update();
        for (var rolle : rollen) {
            datenbank
                    .sql("INSERT INTO faktorpflicht (mandant_id, rolle) VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(mandant(), rolle)
                    .update();
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "faktorpflicht.bestimmt",
                mandant(),
                null,
                Map.of("rollen", rollen.contains(ALLE) ? "alle" : String.join(", ", rollen)));
    }

    private static List<String> bekannte() {
        var namen = new java.util.ArrayList<>(
                Arrays.stream(Rolle.values()).map(Rolle::name).toList());
        namen.add(ALLE);
        return namen;
    }
}
