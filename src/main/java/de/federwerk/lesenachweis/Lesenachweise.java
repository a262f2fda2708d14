package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Gelesenes.Ding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down who reads what is protected. */
@Component
class Lesenachweise {

    /** The same person, thing and way within this time are one entry. */
    private static final Duration EINMAL = Duration.ofMinutes(5);

    /** What was just written is not written again for each of the hundred pieces of a PDF. The database would refuse it, too. */
    private static final int GEMERKT = 20_000;

    private record Blick(UUID mandant, UUID person, UUID ding, Zugang zugang) {}

    private final Map<Blick, Instant> zuletzt = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Blick, Instant> aeltester) {
            return size() > GEMERKT;
        }
    };

    private final JdbcClient datenbank;
    private final Schutzstufen stufen;
    private final TransactionTemplate eigene;

    Lesenachweise(JdbcClient datenbank, Schutzstufen stufen, PlatformTransactionManager transaktionen) {
        this.datenbank = datenbank;
        this.stufen = stufen;
        // Not within the one that reads: that is read-only, and whatever becomes of it, what was shown was shown.
        this.eigene = new TransactionTemplate(transaktionen);
        this.eigene.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Writes what of this is protected and not yet written. Returns when it is durable; for what is not protected, without a statement.
     *
     * @param gelesen of one person
     */
    void halteFest(Collection<Ding> gelesen, Zugang zugang) {
        if (gelesen.isEmpty()) {
            return;
        }
        var mandant = gelesen.iterator().next().mandant();
        var bereiche = gelesen.stream().map(Ding::schutzbereich).collect(Collectors.toSet());
        if (!stufen.kennt(bereiche)) {
            Mandantenkontext.als(mandant, () -> stufen.lerne(bereiche));
        }
        var neue = gelesen.stream()
                .filter(d -> stufen.geschuetzt(d.schutzbereich()) && !geradeEben(blick(d, zugang)))
                .toList();
        if (neue.isEmpty()) {
            return;
        }
        Mandantenkontext.als(mandant, () -> eigene.executeWithoutResult(t -> schreibe(neue, zugang)));
        synchronized (zuletzt) {
            neue.forEach(d -> zuletzt.put(blick(d, zugang), Instant.now()));
        }
    }

    private boolean geradeEben(Blick blick) {
        synchronized (zuletzt) {
            var wann = zuletzt.get(blick);
            return wann != null && wann.plus(EINMAL).isAfter(Instant.now());
        }
    }

    private static Blick blick(Ding d, Zugang zugang) {
        return new Blick(d.mandant(), d.person(), d.id(), zugang);
    }

    /** Without naming what it may collide with: for that the program would have to be allowed to read it. */
    private void schreibe(List<Ding> dinge, Zugang zugang) {
        datenbank
                .sql("""
                INSERT INTO lesenachweis (mandant_id, id, person, akte_id, gegenstand, objekt_id, zugang)
                SELECT :m, t.id, (SELECT p.pseudonym FROM person p WHERE p.mandant_id = :m AND p.id = t.person), t.akte, t.gegenstand, t.objekt, :zugang
                  FROM unnest(CAST(:ids AS uuid[]), CAST(:personen AS uuid[]), CAST(:akten AS uuid[]), CAST(:gegenstaende AS text[]), CAST(:objekte AS uuid[]))
                       AS t (id, person, akte, gegenstand, objekt)
                ON CONFLICT DO NOTHING""")
                .param("m", mandant())
                .param("zugang", zugang.kennung)
                .param("ids", feld(dinge, d -> Kennung.neu()))
                .param("personen", feld(dinge, Ding::person))
                .param("akten", feld(dinge, Ding::akte))
                .param("gegenstaende", feld(dinge, d -> d.gegenstand().name().toLowerCase(Locale.ROOT)))
                .param("objekte", feld(dinge, Ding::id))
                .update();
    }

    private static String feld(List<Ding> dinge, Function<Ding, Object> je) {
        return dinge.stream().map(d -> je.apply(d).toString()).collect(Collectors.joining(",", "{", "}"));
    }
}
