package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Gelesenes.Ding;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.lesenachweis.Eingesehen;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down, for whoever sent an Antrag, which office opens its Vorgang or a Dokument in it. Of the person nothing is kept. */
@Component
class Einsichtsmerker {

    /** The same person and thing within this time are asked about once. */
    private static final Duration EINMAL = Duration.ofMinutes(5);

    private static final int GEMERKT = 20_000;

    private record Blick(UUID person, UUID ding) {}

    private final Map<Blick, Instant> zuletzt = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Blick, Instant> aeltester) {
            return size() > GEMERKT;
        }
    };

    private final JdbcClient datenbank;
    private final TransactionTemplate eigene;

    Einsichtsmerker(JdbcClient datenbank, PlatformTransactionManager transaktionen) {
        this.datenbank = datenbank;
        // Not within the one that reads: that is read-only, and whatever becomes of it, what was shown was shown.
        this.eigene = new TransactionTemplate(transaktionen);
        this.eigene.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @EventListener
    void merke(Eingesehen gesehen) {
        var neue = gesehen.dinge().stream()
                .filter(d -> d.gegenstand() != Gegenstand.AKTE && !geradeEben(d))
                .toList();
        if (neue.isEmpty()) {
            return;
        }
        var erstes = neue.getFirst();
        Mandantenkontext.als(
                erstes.mandant(),
                () -> eigene.executeWithoutResult(
                        t -> schreibe(erstes.person(), ids(neue, Gegenstand.VORGANG), ids(neue, Gegenstand.DOKUMENT))));
        synchronized (zuletzt) {
            neue.forEach(d -> zuletzt.put(new Blick(d.person(), d.id()), Instant.now()));
        }
    }

    private boolean geradeEben(Ding d) {
        synchronized (zuletzt) {
            var wann = zuletzt.get(new Blick(d.person(), d.id()));
            return wann != null && wann.plus(EINMAL).isAfter(Instant.now());
        }
    }

    private static String ids(List<Ding> dinge, Gegenstand art) {
        return dinge.stream()
                .filter(d -> d.gegenstand() == art)
                .map(d -> d.id().toString())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Who belongs to several units looks for the one that has the Antrag, if that is one of them. */
    private void schreibe(UUID person, String vorgaenge, String dokumente) {
        datenbank
                .sql("""
                INSERT INTO antragseinsicht (mandant_id, antrag_id, tag, stelle, automatisch)
                SELECT DISTINCT v.mandant_id, v.antrag_id, CAST(now() AT TIME ZONE :zone AS date),
                       CASE WHEN p.art = 'technisch' THEN '' ELSE coalesce(e.name, '') END, p.art = 'technisch'
                  FROM antragsvorgang v
                  JOIN person p ON p.mandant_id = v.mandant_id AND p.id = :person
                  LEFT JOIN LATERAL (
                      SELECT u.name FROM stellenbesetzung b
                        JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                        JOIN einheit u ON u.mandant_id = s.mandant_id AND u.id = s.einheit_id
                       WHERE b.mandant_id = v.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis)
                       ORDER BY s.einheit_id = v.einheit_id DESC, s.leitung DESC, b.gueltig_von, b.id LIMIT 1) e ON true
                 WHERE v.mandant_id = :m
                   AND (v.vorgang_id = ANY (CAST(:vorgaenge AS uuid[]))
                        OR v.vorgang_id IN (SELECT d.vorgang_id FROM dokument d WHERE d.mandant_id = :m AND d.id = ANY (CAST(:dokumente AS uuid[]))))
                ON CONFLICT (mandant_id, antrag_id, tag, stelle, automatisch) DO UPDATE SET zuletzt = now()""")
                .param("zone", Anzeige.ZONE.getId())
                .param("person", person)
                .param("m", mandant())
                .param("vorgaenge", vorgaenge)
                .param("dokumente", dokumente)
                .update();
    }
}
