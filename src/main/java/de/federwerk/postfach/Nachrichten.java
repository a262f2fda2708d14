package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.postfach.Nachricht.Anlage;
import de.federwerk.postfach.Nachricht.Art;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The messages of Anträge. In a citizen's transaction the database shows only what belongs to an Antrag of hers; in the house whoever asks must have
 * asked for the Vorgang first.
 */
@Component
public class Nachrichten {

    private static final int BETREFF = 200;
    private static final int TEXT = 20_000;
    /** As a PDF some forty pages: nothing is taken that could not be filed afterwards. */
    private static final int ZEILEN = 2_000;

    /** A file that goes along; its bytes are durable already. */
    public record Beilage(String dateiname, Blob blob) {}

    /** One in the list of all. @param titel of its Antrag @param neu for the citizen and not opened yet */
    public record Zeile(UUID id, UUID antragId, Art art, String titel, String betreff, Instant gesendet, boolean neu) {}

    private static final int LISTE = 300;

    private final JdbcClient datenbank;
    private final Benachrichtigung benachrichtigung;

    Nachrichten(JdbcClient datenbank, Benachrichtigung benachrichtigung) {
        this.datenbank = datenbank;
        this.benachrichtigung = benachrichtigung;
    }

    /**
     * Written once under its id: sent twice, it is one. What comes from the office is told by a mail without content.
     *
     * @param antrag of the Mandant; whoever calls has asked for the right to it
     * @throws Abgelehnt if it is too long or has no subject
     */
    @Transactional
    public void sende(UUID id, UUID antrag, Art art, String betreff, String text, List<Beilage> beilagen) {
        if (betreff.isBlank() || betreff.length() > BETREFF || text.length() > TEXT) {
            throw Abgelehnt.eingabe(
                    "Eine Nachricht hat einen Betreff mit höchstens %d und einen Text mit höchstens %d Zeichen."
                            .formatted(BETREFF, TEXT));
        }
        if (text.lines().count() > ZEILEN) {
            throw Abgelehnt.eingabe(
                    "Der Text hat mehr als %d Zeilen. Bitte kürzen Sie ihn oder schicken Sie ihn als Datei; es wurde nichts gesendet."
                            .formatted(ZEILEN));
        }
        int neu = datenbank
                .sql("""
                INSERT INTO nachricht (mandant_id, id, antrag_id, art, vom_buerger, betreff, text) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""")
                .params(mandant(), id, antrag, art.kennung(), art == Art.ANTWORT, betreff.strip(), text.strip())
                .update();
        if (neu == 0) {
            return;
        }
        for (var b : beilagen) {
            datenbank
                    .sql("""
                    INSERT INTO nachrichtanlage (mandant_id, id, nachricht_id, blob_id, laenge, sha256, ort, dateiname)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            mandant(),
                            Kennung.neu(),
                            id,
                            b.blob().id(),
                            b.blob().laenge(),
                            b.blob().sha256(),
                            b.blob().ort(),
                            b.dateiname())
                    .update();
        }
        if (art != Art.ANTWORT) {
            benachrichtigung.sage(id, antrag);
        }
    }

    /** Of all Anträge of the citizen who asks, the newest first. Her own words are read at the Antrag. */
    @Transactional(readOnly = true)
    public List<Zeile> meine() {
        return datenbank
                .sql("""
                SELECT n.id, n.antrag_id, upper(n.art) AS art, a.titel, n.betreff, n.gesendet, n.gelesen IS NULL AS neu
                  FROM nachricht n JOIN antrag a ON a.mandant_id = n.mandant_id AND a.id = n.antrag_id
                 WHERE n.mandant_id = :m AND NOT n.vom_buerger AND (:ausweis IN (a.besucher, a.code) OR a.konto_id = (SELECT aktuelles_konto()))
                 ORDER BY n.gesendet DESC, n.id DESC LIMIT :liste""")
                .param("m", mandant())
                .param("ausweis", Mandantenkontext.ausweis().orElse(""))
                .param("liste", LISTE)
                .query(Zeile.class)
                .list();
    }

    /** All about one Antrag, the oldest first. */
    @Transactional(readOnly = true)
    public List<Nachricht> zu(UUID antrag) {
        var anlagen = anlagen(antrag);
        return datenbank
                .sql("""
                SELECT id, antrag_id, art, betreff, text, gesendet, gelesen, abgelegt FROM nachricht
                 WHERE mandant_id = ? AND antrag_id = ? ORDER BY gesendet, id""")
                .params(mandant(), antrag)
                .query((z, nr) -> {
                    var id = z.getObject("id", UUID.class);
                    var gelesen = z.getTimestamp("gelesen");
                    return new Nachricht(
                            id,
                            antrag,
                            Art.valueOf(z.getString("art").toUpperCase(Locale.ROOT)),
                            z.getString("betreff"),
                            z.getString("text"),
                            z.getTimestamp("gesendet").toInstant(),
                            gelesen == null ? null : gelesen.toInstant(),
                            z.getTimestamp("abgelegt") != null,
                            anlagen.getOrDefault(id, List.of()));
                })
                .list();
    }

    private record Zuordnung(UUID nachrichtId, Anlage anlage) {}

    private Map<UUID, List<Anlage>> anlagen(UUID antrag) {
        return datenbank
                .sql("""
                SELECT b.nachricht_id, b.id, b.dateiname, b.blob_id, b.laenge, b.sha256, b.ort FROM nachrichtanlage b
                  JOIN nachricht n ON n.mandant_id = b.mandant_id AND n.id = b.nachricht_id
                 WHERE n.mandant_id = ? AND n.antrag_id = ? ORDER BY b.id""")
                .params(mandant(), antrag)
                .query((z, nr) -> new Zuordnung(
                        z.getObject("nachricht_id", UUID.class),
                        new Anlage(
                                z.getObject("id", UUID.class),
                                z.getString("dateiname"),
                                new Blob(
                                        z.getObject("blob_id", UUID.class),
                                        z.getLong("laenge"),
                                        z.getBytes("sha256"),
                                        z.getString("ort")))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Zuordnung::nachrichtId, Collectors.mapping(Zuordnung::anlage, Collectors.toList())));
    }

    /** Marks as opened what was for the citizen; the first time counts. @throws NichtGefunden if there is none, or it is somebody else's */
    @Transactional
    public Nachricht oeffne(UUID antrag, UUID id) {
        datenbank.sql("""
                UPDATE nachricht SET gelesen = now() WHERE mandant_id = ? AND antrag_id = ? AND id = ? AND gelesen IS NULL AND NOT vom_buerger""").params(mandant(), antrag, id).update();
        return zu(antrag).stream()
                .filter(n -> n.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Nachricht gibt es nicht."));
    }
}
