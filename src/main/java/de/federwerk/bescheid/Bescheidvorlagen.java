package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.bescheid.Rechtsbehelfe.Rechtsbehelf;
import de.federwerk.formular.Formular;
import de.federwerk.formular.Formulare;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The templates of a town, as whoever decides and whoever edits reads them. */
@Component
class Bescheidvorlagen {

    /** @param leistung title; empty: for every Leistung @param gueltig number of the published version; 0: none */
    record Zeile(UUID id, String name, String leistung, int gueltig, boolean entwurf) {}

    /** A Leistung that a template may be for. */
    record Ziel(UUID id, String titel) {}

    private static final String FRAGE = """
            SELECT f.id, f.vorlage_id, v.name, v.leistung_id, f.nummer, f.stand, f.recht, f.betreff, f.text, f.felder, f.zeichnung, f.aenderung,
                   r.id AS rid, r.name AS rname, r.art AS rart, r.text AS rtext, r.geprueft, r.aenderung AS raenderung
              FROM bescheidfassung f JOIN bescheidvorlage v ON v.mandant_id = f.mandant_id AND v.id = f.vorlage_id
              LEFT JOIN rechtsbehelf r ON r.mandant_id = f.mandant_id AND r.id = f.rechtsbehelf_id
             WHERE f.mandant_id = ? AND\s""";

    private static final String TITEL = """
            (SELECT t.titel FROM leistungsfassung lf JOIN leistungstext t ON t.mandant_id = lf.mandant_id AND t.fassung_id = lf.id AND t.sprache = 'de'
              WHERE lf.mandant_id = l.mandant_id AND lf.leistung_id = l.id ORDER BY (lf.stand = 'veroeffentlicht') DESC, lf.nummer DESC LIMIT 1)""";

    private final JdbcClient datenbank;
    private final Formulare formulare;

    Bescheidvorlagen(JdbcClient datenbank, Formulare formulare) {
        this.datenbank = datenbank;
        this.formulare = formulare;
    }

    @Transactional(readOnly = true)
    public List<Zeile> alle() {
        return datenbank
                .sql("""
                SELECT v.id, v.name, coalesce(%s, '') AS leistung,
                       coalesce((SELECT nummer FROM bescheidfassung f WHERE f.mandant_id = v.mandant_id AND f.vorlage_id = v.id AND f.stand = 'veroeffentlicht'), 0) AS gueltig,
                       EXISTS (SELECT FROM bescheidfassung f WHERE f.mandant_id = v.mandant_id AND f.vorlage_id = v.id AND f.stand = 'entwurf') AS entwurf
                  FROM bescheidvorlage v LEFT JOIN leistung l ON l.mandant_id = v.mandant_id AND l.id = v.leistung_id
                 WHERE v.mandant_id = ? ORDER BY v.name""".formatted(TITEL))
                .param(mandant())
                .query(Zeile.class)
                .list();
    }

    @Transactional(readOnly = true)
    public List<Ziel> ziele() {
        return datenbank
                .sql("SELECT l.id, coalesce(%s, l.kurzname) AS titel FROM leistung l WHERE l.mandant_id = ? ORDER BY 2"
                        .formatted(TITEL))
                .param(mandant())
                .query(Ziel.class)
                .list();
    }

    /** Those that may be chosen for an Antrag of this Leistung: its own first. */
    @Transactional(readOnly = true)
    public List<Fassung> fuer(UUID leistung) {
        return datenbank
                .sql(
                        FRAGE
                                + "f.stand = 'veroeffentlicht' AND (v.leistung_id = ? OR v.leistung_id IS NULL) ORDER BY v.leistung_id IS NULL, v.name")
                .params(mandant(), leistung)
                .query(Bescheidvorlagen::fassung)
                .list();
    }

    /** @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Fassung fassung(UUID id) {
        return datenbank
                .sql(FRAGE + "f.id = ?")
                .params(mandant(), id)
                .query(Bescheidvorlagen::fassung)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Vorlage gibt es nicht."));
    }

    /** The newest version of a template, draft or not. @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Fassung neueste(UUID vorlage) {
        return datenbank
                .sql(FRAGE + "f.vorlage_id = ? ORDER BY f.nummer DESC LIMIT 1")
                .params(mandant(), vorlage)
                .query(Bescheidvorlagen::fassung)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Vorlage gibt es nicht."));
    }

    /** The form of its Leistung as it is published now; null if it has none. */
    @Transactional(readOnly = true)
    public @Nullable Formular antragsformular(@Nullable UUID leistung) {
        return leistung == null
                ? null
                : datenbank
                        .sql(
                                "SELECT formular FROM leistungsfassung WHERE mandant_id = ? AND leistung_id = ? AND formular IS NOT NULL ORDER BY (stand = 'veroeffentlicht') DESC, nummer DESC LIMIT 1")
                        .params(mandant(), leistung)
                        .query(String.class)
                        .optional()
                        .flatMap(formulare::gueltig)
                        .map(Formulare.Fassung::formular)
                        .orElse(null);
    }

    /**
     * What does not fit in a template.
     *
     * @param antrag the form of the Antrag; null if none is known
     */
    List<String> maengel(Fassung fassung, @Nullable Formular antrag) {
        var angaben = fassung.formular();
        var felder = new Feldverzeichnis(angaben, antrag);
        var maengel = new ArrayList<String>();
        if (fassung.betreff().isBlank()) {
            maengel.add("Der Betreff fehlt.");
        }
        maengel.addAll(Vorlagentext.maengelIn(fassung.betreff(), felder::kennt));
        if (fassung.text().isBlank()) {
            maengel.add("Der Text fehlt.");
        }
        maengel.addAll(Vorlagentext.aus(fassung.text())
                .maengel(felder::kennt, antrag == null ? List.of(angaben) : List.of(angaben, antrag)));
        return maengel;
    }

    private static Fassung fassung(ResultSet z, int nr) throws SQLException {
        var rechtsbehelf = Optional.ofNullable(z.getObject("rid", UUID.class));
        return new Fassung(
                z.getObject("id", UUID.class),
                z.getObject("vorlage_id", UUID.class),
                z.getString("name"),
                z.getObject("leistung_id", UUID.class),
                z.getInt("nummer"),
                z.getString("stand"),
                Recht.von(z.getString("recht")),
                z.getString("betreff"),
                z.getString("text"),
                z.getString("felder"),
                rechtsbehelf.isEmpty()
                        ? null
                        : new Rechtsbehelf(
                                rechtsbehelf.get(),
                                z.getString("rname"),
                                z.getString("rart"),
                                z.getString("rtext"),
                                z.getBoolean("geprueft"),
                                z.getInt("raenderung")),
                z.getBoolean("zeichnung"),
                z.getInt("aenderung"));
    }
}
