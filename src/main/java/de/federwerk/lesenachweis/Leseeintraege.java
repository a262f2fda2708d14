package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What stands in the Lesenachweis, for the two of an open Einsicht; the database gives it out to nobody else. */
@Component
class Leseeintraege {

    /** One entry: who opened what, and how. */
    record Zeile(UUID id, Instant zeit, String wer, String was, String zugang) {

        String wie() {
            return switch (zugang) {
                case "heruntergeladen" -> "heruntergeladen";
                case "schnittstelle" -> "über die Schnittstelle gelesen";
                default -> "angesehen";
            };
        }
    }

    static final Ordnung JUENGSTES_ZUERST = Ordnung.ab(Ordnung.zeit("zeit"), Ordnung.kennung("id"));

    private static final String FUER_DIE_ZWEI =
            "l.mandant_id = :m AND l.einsicht_id = :einsicht AND :wer IN (l.beantragt_von, l.zugestimmt_von)";

    private final JdbcClient datenbank;

    Leseeintraege(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /**
     * Who read what, the latest first; nothing outside an open Einsicht, or for anybody but the two. Names the things by number: who may look
     * here need not know what they are about.
     */
    @Transactional(readOnly = true)
    public Seite<Zeile> zeilen(UUID wer, UUID einsicht, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.zeit, z.id),
                (stelle, hoechstens) -> datenbank
                        .sql("""
                        SELECT x.id, x.zeit, coalesce(trim(p.vorname || ' ' || p.nachname), 'unbekannt') AS wer, x.zugang,
                               CASE x.gegenstand WHEN 'akte' THEN 'Akte' WHEN 'vorgang' THEN 'Vorgang ' || coalesce(v.aktenzeichen, '')
                                    ELSE 'Dokument ' || coalesce(d.nummer || ' im Vorgang ' || w.aktenzeichen, '') END AS was
                          FROM (SELECT l.* FROM lesenachweis_einsicht l WHERE %s AND %s ORDER BY %s LIMIT :hoechstens) x
                          LEFT JOIN person p ON p.mandant_id = :m AND p.pseudonym = x.person
                          LEFT JOIN vorgang v ON v.mandant_id = :m AND v.id = x.objekt_id
                          LEFT JOIN dokument d ON d.mandant_id = :m AND d.id = x.objekt_id
                          LEFT JOIN vorgang w ON w.mandant_id = :m AND w.id = d.vorgang_id
                         ORDER BY %s""".formatted(
                                        FUER_DIE_ZWEI,
                                        JUENGSTES_ZUERST.bedingung("l", stelle),
                                        JUENGSTES_ZUERST.folge("l", stelle),
                                        JUENGSTES_ZUERST.folge("x", stelle)))
                        .param("m", mandant())
                        .param("einsicht", einsicht)
                        .param("wer", wer)
                        .param("hoechstens", hoechstens)
                        .params(JUENGSTES_ZUERST.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahl(UUID wer, UUID einsicht) {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM lesenachweis_einsicht l WHERE " + FUER_DIE_ZWEI
                        + " LIMIT :bis) z")
                .param("m", mandant())
                .param("einsicht", einsicht)
                .param("wer", wer)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .query(Long.class)
                .single());
    }
}
