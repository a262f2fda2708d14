package de.federwerk.datei;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts together what a page shows of a file. Who calls this has already asked whether the person may. */
@Component
public class Vorschauen {

    /** More text than this is not put on a page; the download has it all. */
    private static final int ZEICHEN = 200_000;

    private final JdbcClient datenbank;

    Vorschauen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @param url path of the thing that holds the file, e.g. {@code /dokumente/…} */
    @Transactional(readOnly = true)
    public Vorschau zu(UUID datei, String url, String suche) {
        return datenbank
                .sql("""
                SELECT f.dateiname, f.stand, f.hinweis, f.seiten, f.vorschau_blob_id IS NOT NULL OR (f.medientyp = 'application/pdf' AND f.stand = 'fertig') AS pdf,
                       (SELECT count(*) FROM datei_seite s WHERE s.mandant_id = f.mandant_id AND s.datei_id = f.id) AS bilder,
                       left(t.text, :zeichen) AS text, f.textherkunft, coalesce(f.seiten, 0) > 0 AND f.textherkunft = 'text' AS gesehen
                  FROM datei f LEFT JOIN datei_text t ON t.mandant_id = f.mandant_id AND t.datei_id = f.id
                 WHERE f.mandant_id = :m AND f.id = :id""")
                .param("zeichen", ZEICHEN)
                .param("m", mandant())
                .param("id", datei)
                .query((z, nr) -> new Vorschau(
                        url,
                        z.getString("dateiname"),
                        z.getString("stand"),
                        z.getBoolean("pdf"),
                        z.getInt("bilder"),
                        z.getObject("seiten", Integer.class),
                        z.getBoolean("gesehen") ? null : z.getString("text"),
                        z.getString("hinweis"),
                        // A scan has no text to mark in its picture: the recognised text below it has.
                        "ocr".equals(z.getString("textherkunft")) ? "" : suche))
                .single();
    }
}
