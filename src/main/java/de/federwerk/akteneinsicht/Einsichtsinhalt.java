package de.federwerk.akteneinsicht;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Aktenverlauf.Ereignis;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Datei;
import de.federwerk.datei.Dateien;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what goes into a package: of what was chosen only what its maker may read at this moment. */
@Component
class Einsichtsinhalt {

    private static final int VERLAUF_HOECHSTENS = 20_000;

    /**
     * One Version of one Dokument, or a Dokument that is withheld.
     *
     * @param dokument the chosen one; {@code gezeigt} is its redacted copy where it is replaced
     * @param aktenteil the Band or the Teilakte in which the Vorgang lies, empty for none
     * @param vorgangTitel empty where the Vorgang itself may not be read
     */
    record Teil(
            UUID vorgang,
            String aktenteil,
            String aktenzeichen,
            String vorgangTitel,
            UUID dokument,
            int nummer,
            String titel,
            String dokumentart,
            Instant angelegt,
            String wie,
            String grund,
            int gezeigteNummer,
            String gezeigterTitel,
            int version,
            int versionen,
            UUID dateiId,
            String dateiname,
            @Nullable String medientyp,
            long laenge,
            String pruefsumme,
            UUID blobId) {

        boolean gezeigt() {
            return wie.equals("vorgelegt") || wie.equals("ersetzt");
        }

        /** The Vorgang, with the part of the Akte in which it lies. */
        String vorgangName() {
            return ((aktenteil.isEmpty() ? "" : aktenteil + " · ") + aktenzeichen + " " + vorgangTitel).strip();
        }

        /** As it is called in the package. */
        String name() {
            var welche = versionen > 1 ? " (Version %d)".formatted(version) : "";
            return "Nr. %d %s%s%s"
                    .formatted(nummer, gezeigterTitel, welche, wie.equals("ersetzt") ? " – geschwärzte Fassung" : "");
        }
    }

    /** @param zu number of the Dokument it was written about; null: about the Vorgang */
    record Vermerk(UUID vorgang, @Nullable Integer zu, Instant verfasst, String wer, String text) {}

    private final JdbcClient datenbank;
    private final Dateien dateien;

    Einsichtsinhalt(JdbcClient datenbank, Dateien dateien) {
        this.datenbank = datenbank;
        this.dateien = dateien;
    }

    /** In the order of the Akte: part by part, in each the Vorgänge by their numbers. */
    @Transactional(readOnly = true)
    public List<Teil> teile(Sicht sicht, UUID einsicht, boolean alleVersionen) {
        return datenbank
                .sql("""
                    SELECT v.id AS vorgang, coalesce(%s, '') AS aktenteil, v.aktenzeichen, CASE WHEN %s THEN v.titel ELSE '' END AS vorgang_titel, d.id AS dokument, d.nummer, d.titel, d.dokumentart,
                           d.angelegt, s.wie, s.grund, g.nummer AS gezeigte_nummer, g.titel AS gezeigter_titel, n.nummer AS version,
                           (SELECT max(nummer) FROM version a WHERE a.mandant_id = g.mandant_id AND a.dokument_id = g.id) AS versionen,
                           f.id AS datei_id, f.dateiname, f.medientyp, f.laenge, encode(f.sha256, 'hex') AS pruefsumme, f.blob_id
                      FROM einsichtsstueck s
                      JOIN akteneinsicht e ON e.mandant_id = s.mandant_id AND e.id = s.akteneinsicht_id
                      JOIN dokument d ON d.mandant_id = s.mandant_id AND d.id = s.dokument_id AND d.akte_id = e.akte_id
                      JOIN dokument g ON g.mandant_id = s.mandant_id AND g.id = coalesce(s.ersatz_id, s.dokument_id) AND g.akte_id = e.akte_id
                      JOIN vorgang v ON v.mandant_id = d.mandant_id AND v.id = d.vorgang_id
                      JOIN akte a ON a.mandant_id = e.mandant_id AND a.id = e.akte_id
                      LEFT JOIN aktenteil t ON t.mandant_id = v.mandant_id AND t.id = v.teil_id
                      JOIN LATERAL (SELECT nummer, datei_id FROM version n WHERE n.mandant_id = g.mandant_id AND n.dokument_id = g.id
                                     ORDER BY nummer DESC LIMIT CASE WHEN :alle AND s.wie = 'vorgelegt' THEN NULL ELSE 1 END) n ON true
                      JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = n.datei_id
                     WHERE s.mandant_id = :m AND s.akteneinsicht_id = :einsicht AND s.wie <> 'ausgelassen' AND %s AND %s
                     ORDER BY t.art NULLS FIRST, t.nummer, v.ordnung, v.id, d.gruppe, d.nummer, n.nummer""".formatted(
                                Aktenteile.NAME, sicht.aufVorgang("v"), sicht.aufDokument("d"), sicht.aufDokument("g")))
                .param("m", mandant())
                .param("einsicht", einsicht)
                .param("alle", alleVersionen)
                .params(sicht.parameter())
                .query(Teil.class)
                .list();
    }

    /** Of the Vorgänge and of the Dokumente that are shown; never of one that is withheld. */
    @Transactional(readOnly = true)
    public List<Vermerk> vermerke(Sicht sicht, List<UUID> vorgaenge, List<UUID> dokumente) {
        return datenbank
                .sql("""
                    SELECT n.vorgang, n.zu, n.verfasst, trim(p.vorname || ' ' || p.nachname) AS wer, n.text
                      FROM (SELECT n.mandant_id, n.vorgang_id AS vorgang, NULL::int AS zu, n.verfasst, n.verfasst_von, n.text, n.id
                              FROM vermerk n JOIN vorgang v ON v.mandant_id = n.mandant_id AND v.id = n.vorgang_id
                             WHERE n.mandant_id = :m AND n.vorgang_id IN (SELECT unnest(CAST(:vorgaenge AS uuid[]))) AND %s
                            UNION ALL
                            SELECT n.mandant_id, d.vorgang_id, d.nummer, n.verfasst, n.verfasst_von, n.text, n.id
                              FROM dokumentvermerk n JOIN dokument d ON d.mandant_id = n.mandant_id AND d.id = n.dokument_id
                             WHERE n.mandant_id = :m AND n.dokument_id IN (SELECT unnest(CAST(:dokumente AS uuid[]))) AND %s) n
                      JOIN person p ON p.mandant_id = n.mandant_id AND p.id = n.verfasst_von
                     ORDER BY n.verfasst, n.id""".formatted(sicht.aufVorgang("v"), sicht.aufDokument("d")))
                .param("m", mandant())
                .param("vorgaenge", Einsichtsstuecke.feld(vorgaenge))
                .param("dokumente", Einsichtsstuecke.feld(dokumente))
                .params(sicht.parameter())
                .query(Vermerk.class)
                .list();
    }

    /**
     * What happened, the oldest first: to the Akte, the Vorgänge and the Dokumente that are shown. Not who may see what, who else saw it,
     * and what colleagues said to one another: that is no part of the Akte.
     */
    @Transactional(readOnly = true)
    public List<Ereignis> verlauf(
            Sicht sicht, UUID akte, List<UUID> vorgaenge, List<UUID> dokumente, boolean mitVermerken) {
        return datenbank
                .sql("""
                    SELECT p.id, p.zeit, coalesce(trim(w.vorname || ' ' || w.nachname), 'Federwerk (Programm)') AS wer, p.handlung,
                           coalesce((SELECT string_agg(i.wert, ' · ' ORDER BY i.feld) FROM protokoll_inhalt i
                                      WHERE i.mandant_id = p.mandant_id AND i.eintrag_id = p.id AND i.feld IN ('aktenzeichen', 'titel', 'text', 'nummer')), '') AS was
                      FROM protokoll p LEFT JOIN person w ON w.mandant_id = p.mandant_id AND w.pseudonym = p.person
                     WHERE p.mandant_id = :m AND p.akte_id = :akte AND (SELECT true FROM akte a WHERE a.mandant_id = :m AND a.id = :akte AND %s)
                       AND (p.objekt_id = :akte
                            OR p.objekt_id IN (SELECT v.id FROM vorgang v WHERE v.mandant_id = :m AND v.id = ANY (CAST(:vorgaenge AS uuid[])) AND %s)
                            OR p.objekt_id IN (SELECT d.id FROM dokument d WHERE d.mandant_id = :m AND d.id = ANY (CAST(:dokumente AS uuid[])) AND %s))
                       AND p.handlung ~ '^(akte|vorgang|dokument|station|laufweg)[.]' AND p.handlung <> 'dokument.kommentiert'
                       AND (:vermerke OR p.handlung NOT IN ('vorgang.vermerkt', 'dokument.vermerkt'))
                     ORDER BY p.id LIMIT %d""".formatted(
                                sicht.aufAkte("a"), sicht.aufVorgang("v"), sicht.aufDokument("d"), VERLAUF_HOECHSTENS))
                .param("m", mandant())
                .param("akte", akte)
                .param("vorgaenge", Einsichtsstuecke.feld(vorgaenge))
                .param("dokumente", Einsichtsstuecke.feld(dokumente))
                .param("vermerke", mitVermerken)
                .params(sicht.parameter())
                .query(Ereignis.class)
                .list();
    }

    public Datei datei(Teil teil) {
        return dateien.finde(teil.dateiId());
    }

    /** The name of the authority. */
    @Transactional(readOnly = true)
    public String behoerde() {
        return datenbank
                .sql("SELECT name FROM mandant WHERE id = ?")
                .param(mandant())
                .query(String.class)
                .single();
    }
}
