package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.formular.Formulare;
import de.federwerk.formular.Formularwert;
import de.federwerk.formular.Werte;
import de.federwerk.postfach.Nachricht.Anlage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was answered and does not lie in a Vorgang yet, with the house's rights. */
@Component
class Antwortvorlagen {

    private final JdbcClient datenbank;
    private final Formulare formulare;
    private final Nachrichten nachrichten;

    Antwortvorlagen(JdbcClient datenbank, Formulare formulare, Nachrichten nachrichten) {
        this.datenbank = datenbank;
        this.formulare = formulare;
        this.nachrichten = nachrichten;
    }

    /** Empty if it lies there already. */
    @Transactional(readOnly = true)
    public Optional<Antwortvorlage> lies(UUID id) {
        return datenbank
                .sql("""
                SELECT n.id, n.antrag_id, m.name AS stadt, n.betreff, n.text, n.gesendet, coalesce(f.text, '') AS frage, f.gesendet AS gefragt, f.person_id,
                       a.formularfassung_id, a.werte, a.leistung_id, a.amtstitel, v.id AS vorgang_id, v.akte_id, v.aktenzeichen, v.titel AS vorgangstitel,
                       v.einheit_id AS vorgangseinheit_id, w.einheit_id
                  FROM nachricht n JOIN mandant m ON m.id = n.mandant_id
                  JOIN antrag a ON a.mandant_id = n.mandant_id AND a.id = n.antrag_id
                  JOIN antragsvorgang w ON w.mandant_id = n.mandant_id AND w.antrag_id = n.antrag_id
                  JOIN vorgang v ON v.mandant_id = w.mandant_id AND v.id = w.vorgang_id
                  LEFT JOIN LATERAL (SELECT q.text, q.gesendet, h.person_id FROM nachricht q
                                       LEFT JOIN hausnachricht h ON h.mandant_id = q.mandant_id AND h.nachricht_id = q.id
                                      WHERE q.mandant_id = n.mandant_id AND q.antrag_id = n.antrag_id AND q.art = 'rueckfrage' AND q.gesendet <= n.gesendet
                                      ORDER BY q.gesendet DESC, q.id DESC LIMIT 1) f ON true
                 WHERE n.mandant_id = ? AND n.id = ? AND n.vom_buerger AND n.abgelegt IS NULL""")
                .params(mandant(), id)
                .query((z, nr) -> {
                    var antrag = z.getObject("antrag_id", UUID.class);
                    var gefragt = z.getTimestamp("gefragt");
                    return new Antwortvorlage(
                            id,
                            antrag,
                            z.getString("stadt"),
                            z.getString("betreff"),
                            z.getString("text"),
                            z.getTimestamp("gesendet").toInstant(),
                            z.getString("frage"),
                            gefragt == null ? null : gefragt.toInstant(),
                            z.getObject("person_id", UUID.class),
                            absender(z.getObject("formularfassung_id", UUID.class), z.getString("werte")),
                            z.getObject("leistung_id", UUID.class),
                            z.getString("amtstitel"),
                            z.getObject("vorgang_id", UUID.class),
                            z.getObject("akte_id", UUID.class),
                            z.getString("aktenzeichen"),
                            z.getString("vorgangstitel"),
                            z.getObject("vorgangseinheit_id", UUID.class),
                            z.getObject("einheit_id", UUID.class),
                            anlagen(antrag, id));
                })
                .optional();
    }

    private List<Anlage> anlagen(UUID antrag, UUID id) {
        return nachrichten.zu(antrag).stream()
                .filter(n -> n.id().equals(id))
                .flatMap(n -> n.anlagen().stream())
                .toList();
    }

    /** The first name in the form. */
    private @Nullable String absender(UUID fassung, String werte) {
        return formulare.fassung(fassung).formular().angaben(Werte.aus(werte)).stream()
                .map(a -> a.wert())
                .filter(Formularwert.Name.class::isInstance)
                .map(Formularwert.Name.class::cast)
                .map(n -> (n.vor() + " " + n.nach()).strip())
                .findFirst()
                .orElse(null);
    }
}
