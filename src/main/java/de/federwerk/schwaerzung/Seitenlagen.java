package de.federwerk.schwaerzung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Schwaerzwerk.Blatt;
import de.federwerk.datei.Schwaerzwerk.Seitenlage;
import de.federwerk.datei.Schwaerzwerk.Wort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The pages of a file with their words, and the areas on them. Whoever asks has asked for the rights before. */
@Component
class Seitenlagen {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient datenbank;
    private final Blobs blobs;
    private final Dateien dateien;

    Seitenlagen(JdbcClient datenbank, Blobs blobs, Dateien dateien) {
        this.datenbank = datenbank;
        this.blobs = blobs;
        this.dateien = dateien;
    }

    /** Whether there is a PDF to look at: the file itself, or one made from it. */
    @Transactional(readOnly = true)
    public boolean hatSeiten(UUID datei) {
        return dateien.vorschau(datei).isPresent();
    }

    @Transactional(readOnly = true)
    public boolean bekannt(UUID datei) {
        return seiten(datei) > 0;
    }

    /** How many of its pages are known. */
    @Transactional(readOnly = true)
    public int seiten(UUID datei) {
        return datenbank
                .sql("SELECT count(*) FROM seitenlage WHERE mandant_id = ? AND datei_id = ?")
                .params(mandant(), datei)
                .query(Integer.class)
                .single();
    }

    /** Keeps what was seen, unless somebody else already did. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void merke(UUID datei, List<Blatt> blaetter) {
        if (bekannt(datei)) {
            return;
        }
        for (var blatt : blaetter) {
            blobs.merke(blatt.bild());
            var lage = blatt.lage();
            datenbank
                    .sql("""
                    INSERT INTO seitenlage (mandant_id, datei_id, seite, breite, hoehe, erkannt, bild_id, worte)
                    VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb))""")
                    .params(
                            mandant(),
                            datei,
                            lage.seite(),
                            lage.breite(),
                            lage.hoehe(),
                            lage.erkannt(),
                            blatt.bild().id(),
                            JSON.writeValueAsString(lage.worte()))
                    .update();
        }
    }

    /** All pages of a file. */
    @Transactional(readOnly = true)
    public List<Seitenlage> alle(UUID datei) {
        return datenbank
                .sql(
                        "SELECT seite, breite, hoehe, erkannt, worte::text FROM seitenlage WHERE mandant_id = ? AND datei_id = ? ORDER BY seite")
                .params(mandant(), datei)
                .query(Seitenlagen::lage)
                .list();
    }

    /** One page (from 1) without its words. @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Seitenlage seite(UUID datei, int nummer) {
        return datenbank
                .sql(
                        "SELECT seite, breite, hoehe, erkannt, '[]' AS worte FROM seitenlage WHERE mandant_id = ? AND datei_id = ? AND seite = ?")
                .params(mandant(), datei, nummer)
                .query(Seitenlagen::lage)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Seite gibt es nicht."));
    }

    /** The size of these pages, without their words. */
    @Transactional(readOnly = true)
    public List<Seitenlage> masse(UUID datei, List<Integer> seiten) {
        return datenbank
                .sql("""
                SELECT seite, breite, hoehe, erkannt, '[]' AS worte FROM seitenlage
                 WHERE mandant_id = ? AND datei_id = ? AND seite IN (SELECT unnest(CAST(? AS int[]))) ORDER BY seite""")
                .params(mandant(), datei, seiten.toArray(Integer[]::new))
                .query(Seitenlagen::lage)
                .list();
    }

    private static Seitenlage lage(ResultSet zeile, int nr) throws SQLException {
        return new Seitenlage(
                zeile.getInt("seite"),
                zeile.getDouble("breite"),
                zeile.getDouble("hoehe"),
                zeile.getBoolean("erkannt"),
                List.of(JSON.readValue(zeile.getString("worte"), Wort[].class)));
    }

    /** The picture of a page (from 1). @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Blob bild(UUID datei, int nummer) {
        return datenbank
                .sql("SELECT bild_id FROM seitenlage WHERE mandant_id = ? AND datei_id = ? AND seite = ?")
                .params(mandant(), datei, nummer)
                .query(UUID.class)
                .optional()
                .map(blobs::finde)
                .orElseThrow(() -> new NichtGefunden("Diese Seite gibt es nicht."));
    }

    /** All areas of a draft, page by page, from above. */
    @Transactional(readOnly = true)
    public List<Bereich> bereiche(UUID schwaerzung) {
        return datenbank
                .sql(
                        "SELECT id, seite, x, y, breite, hoehe, grund, erlaeuterung FROM schwaerzbereich WHERE mandant_id = ? AND schwaerzung_id = ? ORDER BY seite, y, x, id")
                .params(mandant(), schwaerzung)
                .query((zeile, nr) -> new Bereich(
                        zeile.getObject("id", UUID.class),
                        zeile.getInt("seite"),
                        zeile.getDouble("x"),
                        zeile.getDouble("y"),
                        zeile.getDouble("breite"),
                        zeile.getDouble("hoehe"),
                        Grund.von(zeile.getString("grund")).orElse(Grund.SONSTIGES),
                        zeile.getString("erlaeuterung")))
                .list();
    }
}
