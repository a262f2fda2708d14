package de.federwerk.datei;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * All files of the Mandant of this thread. Knows nothing of rights: modules above check them first. What is read from a file
 * comes a moment later, see {@link DateiErschlossen}.
 */
@Component
public class Dateien {

    private static final String FELDER = """
            SELECT id, dateiname, medientyp, laenge, stand, seiten, textherkunft,
                   stand = 'fertig' AND (vorschau_blob_id IS NOT NULL OR medientyp = 'application/pdf') AS hat_vorschau,
                   titel, absender, absenderdatum, teil_von, teil_nr, hinweis
              FROM datei""";

    private final JdbcClient jdbc;
    private final Blobs blobs;
    private final Leseauftraege auftraege;

    Dateien(JdbcClient jdbc, Blobs blobs, Leseauftraege auftraege) {
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.auftraege = auftraege;
    }

    /**
     * Takes in a file whose bytes are already durable; everything in the caller's transaction: names the blob, writes the row,
     * plans the reading. After the commit it is read within a moment.
     *
     * @param dateiname any name from outside; it is made safe here
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Datei aufnehmen(Blob blob, String dateiname) {
        return aufnehmen(blob, dateiname, null, 0);
    }

    /** As {@link #aufnehmen(Blob, String)}, for the part of a mail. */
    Datei aufnehmen(Blob blob, String dateiname, @Nullable UUID teilVon, int teilNr) {
        UUID id = Kennung.neu();
        var name = Dateiname.sicher(dateiname);
        blobs.merke(blob);
        jdbc.sql("""
                INSERT INTO datei (mandant_id, id, blob_id, dateiname, laenge, sha256, teil_von, teil_nr)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(id)
                .param(blob.id())
                .param(name)
                .param(blob.laenge())
                .param(blob.sha256())
                .param(teilVon)
                .param(teilNr)
                .update();
        auftraege.plane(mandant(), id, teilNr);
        return Datei.neu(id, name, blob.laenge(), teilVon, teilNr);
    }

    /** One of many files whose bytes are already durable. @param dateiname any name from outside; it is made safe here */
    public record Neu(UUID id, Blob blob, String dateiname) {}

    /**
     * As {@link #aufnehmen(Blob, String)} for many files in two statements. They are read without a job each, when nothing more
     * urgent is there: what came in just now does not wait behind an old network drive.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void aufnehmen(List<Neu> neue) {
        blobs.merke(neue.stream().map(Neu::blob).toList());
        jdbc.sql("""
                INSERT INTO datei (mandant_id, id, blob_id, dateiname, laenge, sha256, nachrangig)
                SELECT ?, t.*, true
                  FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS bigint[]), CAST(? AS bytea[])) AS t""")
                .param(mandant())
                .param(neue.stream().map(n -> n.id.toString()).toArray(String[]::new))
                .param(neue.stream().map(n -> n.blob.id().toString()).toArray(String[]::new))
                .param(neue.stream().map(n -> Dateiname.sicher(n.dateiname)).toArray(String[]::new))
                .param(neue.stream().mapToLong(n -> n.blob.laenge()).toArray())
                .param(neue.stream().map(n -> n.blob.sha256()).toArray(byte[][]::new))
                .update();
        auftraege.planeStapel(mandant());
    }

    /** @throws NichtGefunden if this Mandant has no such file */
    @Transactional(readOnly = true)
    public Datei finde(UUID id) {
        return jdbc.sql(FELDER + " WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Dateien::datei)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Datei gibt es nicht."));
    }

    /** The attachments of a mail in their order; empty for everything else. */
    @Transactional(readOnly = true)
    public List<Datei> teile(UUID id) {
        return jdbc.sql(FELDER + " WHERE mandant_id = ? AND teil_von = ? ORDER BY teil_nr")
                .params(mandant(), id)
                .query(Dateien::datei)
                .list();
    }

    /** As {@link #teile}, and what is inside those: a mail forwarded as an attachment has attachments of its own. */
    @Transactional(readOnly = true)
    public List<Datei> alleTeile(UUID id) {
        return teile(id).stream()
                .flatMap(teil -> Stream.concat(Stream.of(teil), alleTeile(teil.id()).stream()))
                .toList();
    }

    /** The text that was read, pages separated by form feed; empty if there is none (yet). */
    @Transactional(readOnly = true)
    public Optional<String> text(UUID id) {
        return jdbc.sql("SELECT text FROM datei_text WHERE mandant_id = ? AND datei_id = ?")
                .params(mandant(), id)
                .query(String.class)
                .optional();
    }

    /**
     * The bytes as they came in.
     *
     * @throws NichtGefunden if this Mandant has no such file
     */
    @Transactional(readOnly = true)
    public Blob original(UUID id) {
        return blob("SELECT blob_id FROM datei WHERE mandant_id = ? AND id = ?", id)
                .orElseThrow(() -> new NichtGefunden("Diese Datei gibt es nicht."));
    }

    /** A PDF to look at: made by us, or the original if that is a readable PDF. */
    @Transactional(readOnly = true)
    public Optional<Blob> vorschau(UUID id) {
        return blob("""
                SELECT coalesce(vorschau_blob_id, CASE WHEN medientyp = 'application/pdf' THEN blob_id END)
                  FROM datei WHERE mandant_id = ? AND id = ? AND stand = 'fertig'""", id);
    }

    /** JPEG of one page (from 1); only the first pages of a file have one. */
    @Transactional(readOnly = true)
    public Optional<Blob> seitenbild(UUID id, int seite) {
        return blob("SELECT blob_id FROM datei_seite WHERE mandant_id = ? AND datei_id = ? AND seite = " + seite, id);
    }

    private Optional<Blob> blob(String frage, UUID id) {
        return jdbc.sql(frage)
                .params(mandant(), id)
                .query((zeile, nr) -> Optional.ofNullable(zeile.getObject(1, UUID.class)))
                .optional()
                .flatMap(gefunden -> gefunden)
                .map(blobs::finde);
    }

    private static Datei datei(ResultSet zeile, int nr) throws SQLException {
        Timestamp datum = zeile.getTimestamp("absenderdatum");
        return new Datei(
                zeile.getObject("id", UUID.class),
                zeile.getString("dateiname"),
                zeile.getString("medientyp"),
                zeile.getLong("laenge"),
                zeile.getString("stand"),
                zeile.getObject("seiten", Integer.class),
                zeile.getString("textherkunft"),
                zeile.getBoolean("hat_vorschau"),
                zeile.getString("titel"),
                zeile.getString("absender"),
                datum == null ? null : datum.toInstant(),
                zeile.getObject("teil_von", UUID.class),
                zeile.getInt("teil_nr"),
                zeile.getString("hinweis"));
    }
}
