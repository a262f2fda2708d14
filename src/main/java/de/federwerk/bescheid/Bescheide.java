package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.formular.Werte;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Bescheide as they are read. */
@Component
class Bescheide {

    /** A letter that waits for printing or for the post. */
    record Druckstueck(Bescheid bescheid, String aktenzeichen, String einheit) {}

    private static final String SPALTEN = """
            SELECT b.*, v.name AS vorlage, trim(p.vorname || ' ' || p.nachname) AS wer, g.aktenzeichen, e.name AS einheit FROM bescheid b
              JOIN bescheidfassung f ON f.mandant_id = b.mandant_id AND f.id = b.fassung_id
              JOIN bescheidvorlage v ON v.mandant_id = f.mandant_id AND v.id = f.vorlage_id
              JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.erstellt_von
              JOIN vorgang g ON g.mandant_id = b.mandant_id AND g.id = b.vorgang_id
              JOIN einheit e ON e.mandant_id = g.mandant_id AND e.id = g.einheit_id
             WHERE b.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;

    Bescheide(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Those of a Vorgang but what was thrown away, the newest first. Whoever calls has asked for the right to the Vorgang. */
    @Transactional(readOnly = true)
    public List<Bescheid> zu(UUID vorgang) {
        return datenbank
                .sql(SPALTEN + "b.vorgang_id = :vorgang AND b.stand <> 'verworfen' ORDER BY b.erstellt DESC, b.id")
                .param("m", mandant())
                .param("vorgang", vorgang)
                .query(Bescheide::bescheid)
                .list();
    }

    /** @throws NichtGefunden if there is none in this Vorgang, to which whoever calls has asked for the right */
    @Transactional(readOnly = true)
    public Bescheid einer(UUID vorgang, UUID id) {
        return datenbank
                .sql(SPALTEN + "b.vorgang_id = :vorgang AND b.id = :id")
                .param("m", mandant())
                .param("vorgang", vorgang)
                .param("id", id)
                .query(Bescheide::bescheid)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Bescheid gibt es nicht."));
    }

    /** The letters that have not gone to the post, by unit; those of Vorgänge that this Sicht holds. */
    @Transactional(readOnly = true)
    public List<Druckstueck> imDruck(Sicht sicht) {
        return datenbank
                .sql(SPALTEN + "b.kanal = 'post' AND b.aufgegeben IS NULL AND " + sicht.aufVorgang("g")
                        + " ORDER BY e.name, b.gesendet, b.id LIMIT 500")
                .param("m", mandant())
                .params(sicht.parameter())
                .query((z, nr) -> new Druckstueck(bescheid(z, nr), z.getString("aktenzeichen"), z.getString("einheit")))
                .list();
    }

    private static Bescheid bescheid(ResultSet z, int nr) throws SQLException {
        var kanal = z.getString("kanal");
        var sha256 = z.getBytes("sha256");
        return new Bescheid(
                z.getObject("id", UUID.class),
                z.getObject("antrag_id", UUID.class),
                z.getObject("vorgang_id", UUID.class),
                z.getObject("fassung_id", UUID.class),
                z.getString("vorlage"),
                z.getObject("dokument_id", UUID.class),
                Entscheidung.mit(z.getString("ergebnis")).orElseThrow(),
                z.getString("betreff"),
                z.getString("anschrift"),
                Werte.aus(z.getString("werte")),
                Recht.von(z.getString("recht")),
                z.getString("rechtsbehelf"),
                z.getString("stand"),
                z.getInt("aenderung"),
                z.getTimestamp("erstellt").toInstant(),
                z.getString("wer"),
                kanal == null ? null : Kanal.von(kanal),
                zeit(z.getTimestamp("gesendet")),
                z.getObject("gesendet_von", UUID.class),
                sha256 == null ? null : HexFormat.of().formatHex(sha256),
                z.getObject("nachricht_id", UUID.class),
                zeit(z.getTimestamp("gedruckt")),
                z.getObject("aufgegeben", LocalDate.class),
                z.getObject("bekanntgabe", LocalDate.class),
                z.getObject("fristende", LocalDate.class),
                z.getString("begruendung"),
                z.getString("regel"));
    }

    private static @Nullable Instant zeit(@Nullable Timestamp zeit) {
        return zeit == null ? null : zeit.toInstant();
    }
}
