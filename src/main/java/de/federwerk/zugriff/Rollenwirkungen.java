package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Rolle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What would be if one person got a role or lost it: done, measured as in {@link Wirkungen}, and taken back. */
@Component
class Rollenwirkungen {

    /** How many Akten the person reaches at one level, before and after. */
    record Stufe(Recht recht, long vorher, long nachher) {}

    /**
     * What changes for the person.
     *
     * @param freigaben of the role that hold now or later; 0: it opens nothing, and nothing was counted
     * @param spaeter of these, which begin later: what they open is not counted
     */
    record Rollenwirkung(String person, String rolle, long freigaben, long spaeter, List<Stufe> stufen) {

        boolean aendertNichts() {
            return stufen.stream().allMatch(s -> s.vorher == s.nachher);
        }
    }

    private final JdbcClient datenbank;
    private final Personenzugriffe menschen;
    private final TransactionTemplate verworfen;

    Rollenwirkungen(JdbcClient datenbank, Personenzugriffe menschen, PlatformTransactionManager transaktionen) {
        this.datenbank = datenbank;
        this.menschen = menschen;
        this.verworfen = new TransactionTemplate(transaktionen);
        this.verworfen.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** The town's id of one of the program's own roles; of one that nobody has had yet, one that nothing names. */
    @Transactional(readOnly = true)
    public UUID rolle(Rolle rolle) {
        return datenbank
                .sql("SELECT id FROM rolle WHERE mandant_id = ? AND kennung = ?")
                .params(mandant(), rolle.name())
                .query(UUID.class)
                .optional()
                .orElse(Zugriffe.NIEMAND);
    }

    /**
     * @param aenderung the act itself: what it refuses, it refuses here as well
     * @throws NichtGefunden if there is no such person
     */
    Rollenwirkung gaebe(UUID person, UUID rolle, String name, Runnable aenderung) {
        return miss(person, rolle, name, aenderung);
    }

    /** As {@link #gaebe}, of a role that is taken. */
    Rollenwirkung naehme(UUID person, UUID rolle, String name, Runnable aenderung) {
        return miss(person, rolle, name, () -> {
            aenderung.run();
            // It ends at the moment of the act, which is after the one at which this transaction looks.
            datenbank.sql("""
                    UPDATE rollenbesetzung SET gueltig_von = least(gueltig_von, now() - interval '1 microsecond'), gueltig_bis = now()
                     WHERE mandant_id = ? AND rolle_id = ? AND person_id = ? AND gilt(gueltig_von, gueltig_bis)""").params(mandant(), rolle, person).update();
        });
    }

    private Rollenwirkung miss(UUID person, UUID rolle, String name, Runnable aenderung) {
        return Objects.requireNonNull(verworfen.execute(status -> {
            status.setRollbackOnly();
            var mensch = menschen.mensch(person).orElseThrow(() -> new NichtGefunden("Diese Person gibt es nicht."));
            record Zahl(long alle, long spaeter) {}
            var freigaben = datenbank
                    .sql("""
                    SELECT count(*) AS alle, count(*) FILTER (WHERE gueltig_von > now()) AS spaeter FROM freigabe
                     WHERE mandant_id = ? AND subjekt_id = ? AND (gueltig_bis IS NULL OR gueltig_bis > now())""")
                    .params(mandant(), rolle)
                    .query(Zahl.class)
                    .single();
            var vorher = freigaben.alle == 0 ? List.<Long>of() : akten(person);
            aenderung.run();
            var stufen = new ArrayList<Stufe>();
            if (freigaben.alle > 0) {
                var nachher = akten(person);
                for (var recht : Recht.values()) {
                    stufen.add(new Stufe(recht, vorher.get(recht.ordinal()), nachher.get(recht.ordinal())));
                }
            }
            return new Rollenwirkung(mensch.name(), name, freigaben.alle, freigaben.spaeter, stufen);
        }));
    }

    private List<Long> akten(UUID person) {
        return Arrays.stream(Recht.values())
                .map(recht -> menschen.akten(person, recht))
                .toList();
    }
}
