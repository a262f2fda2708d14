package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was sent and is no Vorgang yet, with the house's rights. */
@Component
class Antragsvorlagen {

    private final JdbcClient datenbank;
    private final Formulare formulare;

    Antragsvorlagen(JdbcClient datenbank, Formulare formulare) {
        this.datenbank = datenbank;
        this.formulare = formulare;
    }

    /** Empty if it is one already. */
    @Transactional(readOnly = true)
    public Optional<Antragsvorlage> lies(UUID id) {
        return datenbank
                .sql("""
                SELECT a.id, a.leistung_id, l.kurzname, a.amtstitel, a.formularfassung_id, a.werte, a.gesendet, encode(a.blatt, 'hex') AS blatt
                  FROM antrag a JOIN leistung l ON l.mandant_id = a.mandant_id AND l.id = a.leistung_id
                 WHERE a.mandant_id = ? AND a.id = ? AND a.stand = 'gesendet'""")
                .params(mandant(), id)
                .query((z, nr) -> new Antragsvorlage(
                        z.getObject("id", UUID.class),
                        z.getObject("leistung_id", UUID.class),
                        z.getString("kurzname"),
                        z.getString("amtstitel"),
                        formulare
                                .fassung(z.getObject("formularfassung_id", UUID.class))
                                .formular(),
                        Werte.aus(z.getString("werte")),
                        z.getTimestamp("gesendet").toInstant(),
                        z.getString("blatt"),
                        anlagen(id)))
                .optional();
    }

    private List<Antragsvorlage.Anlage> anlagen(UUID id) {
        return datenbank
                .sql(
                        "SELECT coalesce(blob_id, id) AS id, laenge, sha256, ort, dateiname FROM antragsanlage WHERE mandant_id = ? AND antrag_id = ? ORDER BY antragsanlage.id")
                .params(mandant(), id)
                .query((z, nr) -> new Antragsvorlage.Anlage(
                        z.getString("dateiname"),
                        new Blob(
                                z.getObject("id", UUID.class),
                                z.getLong("laenge"),
                                z.getBytes("sha256"),
                                z.getString("ort"))))
                .list();
    }
}
