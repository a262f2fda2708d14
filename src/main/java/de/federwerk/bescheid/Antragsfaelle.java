package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the Antrag of a Vorgang. Whoever calls has asked for the right to the Vorgang. */
@Component
class Antragsfaelle {

    private final JdbcClient datenbank;
    private final Formulare formulare;

    Antragsfaelle(JdbcClient datenbank, Formulare formulare) {
        this.datenbank = datenbank;
        this.formulare = formulare;
    }

    /** Empty if the Vorgang came from none. */
    @Transactional(readOnly = true)
    public Optional<Antragsfall> zu(UUID vorgang) {
        return datenbank
                .sql("""
                SELECT a.id, a.leistung_id, a.amtstitel, a.formularfassung_id, a.werte, a.gesendet, k.id AS konto, g.einheit_id
                  FROM antragsvorgang v JOIN antrag a ON a.mandant_id = v.mandant_id AND a.id = v.antrag_id
                  JOIN vorgang g ON g.mandant_id = v.mandant_id AND g.id = v.vorgang_id
                  LEFT JOIN konto k ON k.mandant_id = a.mandant_id AND k.id = a.konto_id AND k.geloescht IS NULL
                 WHERE v.mandant_id = ? AND v.vorgang_id = ?""")
                .params(mandant(), vorgang)
                .query((z, nr) -> new Antragsfall(
                        z.getObject("id", UUID.class),
                        vorgang,
                        z.getObject("leistung_id", UUID.class),
                        z.getString("amtstitel"),
                        formulare
                                .fassung(z.getObject("formularfassung_id", UUID.class))
                                .formular(),
                        Werte.aus(z.getString("werte")),
                        LocalDate.ofInstant(z.getTimestamp("gesendet").toInstant(), Anzeige.ZONE),
                        z.getObject("konto", UUID.class),
                        z.getObject("einheit_id", UUID.class)))
                .optional();
    }

    /** Whether there is one at all: asked on the page of every Vorgang. */
    @Transactional(readOnly = true)
    public boolean gibt(UUID vorgang) {
        return datenbank
                .sql("SELECT EXISTS (SELECT FROM antragsvorgang WHERE mandant_id = ? AND vorgang_id = ?)")
                .params(mandant(), vorgang)
                .query(Boolean.class)
                .single();
    }
}
