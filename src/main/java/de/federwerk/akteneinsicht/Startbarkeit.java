package de.federwerk.akteneinsicht;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akteneinsicht.Akteneinsichten.Einsicht;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.gesicht.Anzeige;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a package needs before it is made: all that was chosen still there and readable, not too much, and nothing hidden in a mail. */
@Component
class Startbarkeit {

    private final JdbcClient datenbank;

    Startbarkeit(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /**
     * @param fort chosen Dokumente (or their redacted copies) that lie in another Akte by now
     * @param gesperrt those that may not be read any more
     */
    private record Umfang(long stuecke, long fort, long gesperrt, long ungelesen, long seiten) {}

    /**
     * @return how many pages it will have at least
     * @throws Abgelehnt (KONFLIKT) if files are still being read, something was moved away, or a mail holds what is not shown, (RECHT) if
     *     something may not be read any more, (GRENZE) if there are too many pages, (EINGABE) if nothing is chosen
     */
    @Transactional(readOnly = true)
    public long pruefe(Sicht sicht, Einsicht einsicht) {
        var umfang = umfang(sicht, einsicht);
        if (umfang.fort > 0) {
            throw Abgelehnt.konflikt(
                    "%s nicht mehr in dieser Akte oder hat dort keine geschwärzte Fassung mehr. Es wurde nichts erstellt. Bitte speichern Sie die Auswahl noch einmal; was woanders liegt, ist danach nicht mehr dabei."
                            .formatted(
                                    umfang.fort == 1
                                            ? "Ein gewähltes Dokument liegt"
                                            : Anzeige.zahl(umfang.fort) + " der gewählten Dokumente liegen"));
        }
        if (umfang.gesperrt > 0) {
            throw Abgelehnt.recht(
                    "Seit der Auswahl hat sich geändert, was Sie lesen dürfen. Es wurde nichts erstellt; bitte stellen Sie die Akteneinsicht neu zusammen.");
        }
        if (umfang.stuecke == 0) {
            throw Abgelehnt.eingabe("Es ist kein Dokument zum Vorlegen gewählt. Bitte legen Sie mindestens eines vor.");
        }
        if (umfang.ungelesen > 0) {
            throw Abgelehnt.konflikt(
                    "Einige Dateien werden gerade noch gelesen (%d). Bitte versuchen Sie es in einem Augenblick noch einmal; Ihre Auswahl bleibt."
                            .formatted(umfang.ungelesen));
        }
        if (umfang.seiten > Akteneinsichten.HOECHSTENS_BLATT) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Die Auswahl hat %s Seiten; ein Paket fasst höchstens %s. Bitte teilen Sie sie auf mehrere Akteneinsichten auf."
                            .formatted(Anzeige.zahl(umfang.seiten), Anzeige.zahl(Akteneinsichten.HOECHSTENS_BLATT)));
        }
        if (einsicht.angaben().form().equals("zip")) {
            pruefeMails(einsicht);
        }
        return umfang.seiten;
    }

    private Umfang umfang(Sicht sicht, Einsicht einsicht) {
        return datenbank
                .sql("""
                    SELECT count(*) FILTER (WHERE x.gezeigt) AS stuecke, count(*) FILTER (WHERE NOT x.hier) AS fort,
                           count(*) FILTER (WHERE x.hier AND NOT x.lesbar) AS gesperrt,
                           count(*) FILTER (WHERE x.gezeigt AND x.stand = 'neu') AS ungelesen,
                           coalesce(sum(greatest(coalesce(x.seiten, 1), 1)) FILTER (WHERE x.gezeigt), 0) AS seiten
                      FROM (SELECT s.wie IN ('vorgelegt', 'ersetzt') AS gezeigt, d.akte_id = :akte AND g.akte_id = :akte AS hier, %s AND %s AS lesbar, f.stand, f.seiten
                              FROM einsichtsstueck s
                              JOIN dokument d ON d.mandant_id = s.mandant_id AND d.id = s.dokument_id
                              JOIN dokument g ON g.mandant_id = s.mandant_id AND g.id = coalesce(s.ersatz_id, s.dokument_id)
                              JOIN LATERAL (SELECT datei_id FROM version v WHERE v.mandant_id = g.mandant_id AND v.dokument_id = g.id ORDER BY nummer DESC LIMIT 1) v ON true
                              JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = v.datei_id
                             WHERE s.mandant_id = :m AND s.akteneinsicht_id = :id AND s.wie <> 'ausgelassen') x""".formatted(sicht.aufDokument("d"), sicht.aufDokument("g")))
                .param("m", mandant())
                .param("id", einsicht.id())
                .param("akte", einsicht.akteId())
                .params(sicht.parameter())
                .query(Umfang.class)
                .single();
    }

    private record Beipack(int mail, @Nullable Integer anlage) {}

    /** A mail goes out byte for byte, with all attachments that were taken out of it. */
    private void pruefeMails(Einsicht einsicht) {
        datenbank
                .sql("""
                    WITH RECURSIVE mail AS (
                        SELECT g.id, g.nummer, g.vorgang_id
                          FROM einsichtsstueck s JOIN dokument g ON g.mandant_id = s.mandant_id AND g.id = coalesce(s.ersatz_id, s.dokument_id)
                         WHERE s.mandant_id = :m AND s.akteneinsicht_id = :id AND s.wie IN ('vorgelegt', 'ersetzt')
                           AND EXISTS (SELECT FROM version n JOIN datei f ON f.mandant_id = n.mandant_id AND f.id = n.datei_id
                                        WHERE n.mandant_id = g.mandant_id AND n.dokument_id = g.id AND f.medientyp IN ('message/rfc822', 'application/vnd.ms-outlook'))),
                    teil AS (
                        SELECT m.id AS mail, a.id FROM mail m JOIN dokument a ON a.mandant_id = :m AND a.gehoert_zu = m.id
                        UNION SELECT t.mail, a.id FROM teil t JOIN dokument a ON a.mandant_id = :m AND a.gehoert_zu = t.id)
                    SELECT m.nummer AS mail, CASE WHEN a.vorgang_id = m.vorgang_id THEN a.nummer END AS anlage
                      FROM teil t JOIN mail m ON m.id = t.mail JOIN dokument a ON a.mandant_id = :m AND a.id = t.id
                     WHERE NOT EXISTS (SELECT FROM einsichtsstueck s
                                        WHERE s.mandant_id = :m AND s.akteneinsicht_id = :id AND s.dokument_id = a.id AND s.wie = 'vorgelegt')
                     ORDER BY m.nummer, a.nummer LIMIT 1""")
                .param("m", mandant())
                .param("id", einsicht.id())
                .query(Beipack.class)
                .optional()
                .ifPresent(b -> {
                    throw Abgelehnt.konflikt(
                            "In der Datei der E-Mail Nr. %d steckt auch %s, die Sie nicht vorlegen. Wählen Sie ein PDF, oder halten Sie die E-Mail zurück. Es wurde nichts erstellt."
                                    .formatted(b.mail, b.anlage == null ? "eine Anlage" : "Nr. " + b.anlage));
                });
    }

    /** How many Dokumente are to be in it, shown or named as withheld. */
    @Transactional(readOnly = true)
    public int gewaehlt(Einsicht einsicht) {
        return datenbank
                .sql("SELECT count(*) FROM einsichtsstueck WHERE mandant_id = ? AND akteneinsicht_id = ? AND wie <>"
                        + " 'ausgelassen'")
                .params(mandant(), einsicht.id())
                .query(Integer.class)
                .single();
    }
}
