package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Kommentare and Vermerke at a Dokument as people read them, in order of time: to those who may read the Dokument, and to nobody else. */
@Component
class Beitraege {

    /** The latest so many stand beside the Dokument; all of them on a page of their own. */
    static final int DANEBEN = 20;

    static final int JE_SEITE = 50;

    static final Ordnung AELTESTE_ZUERST = Ordnung.auf(Ordnung.zeit("verfasst"), Ordnung.kennung("id"));

    /**
     * @param version of a Vermerk: the number of the Version it is about
     * @param erwaehnte names, empty for nobody
     */
    record Beitrag(
            UUID id,
            String art,
            String text,
            Instant verfasst,
            UUID verfasstVon,
            String wer,
            int fassung,
            @Nullable Instant geaendert,
            @Nullable Instant zurueckgezogen,
            @Nullable Integer version,
            String erwaehnte) {

        boolean vermerk() {
            return art.equals("vermerk");
        }

        /** Where a link leads to. */
        String anker() {
            return (vermerk() ? "v-" : "k-") + id;
        }

        boolean eigener(UUID person) {
            return !vermerk() && zurueckgezogen == null && verfasstVon.equals(person);
        }

        boolean korrigierbar() {
            return verfasst.isAfter(Instant.now().minus(Kommentare.KORRIGIERBAR));
        }
    }

    /** @param neuere how many follow it */
    record Ort(UUID vorgangId, UUID dokumentId, Instant verfasst, long neuere) {}

    private static final String ALLE = """
            (SELECT id, 'kommentar' AS art, text, verfasst, verfasst_von, fassung, geaendert, zurueckgezogen, NULL::int AS version
               FROM kommentar WHERE mandant_id = :m AND dokument_id = :dokument
             UNION ALL SELECT id, 'vermerk', text, verfasst, verfasst_von, 1, NULL, NULL, version
               FROM dokumentvermerk WHERE mandant_id = :m AND dokument_id = :dokument)""";

    private static final String SICHTBAR =
            "(SELECT true FROM dokument d WHERE d.mandant_id = :m AND d.id = :dokument AND %s)";

    private final JdbcClient datenbank;

    Beitraege(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** The oldest first. */
    @Transactional(readOnly = true)
    Seite<Beitrag> zu(Sicht sicht, UUID dokument, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                b -> List.of(b.verfasst, b.id),
                (stelle, hoechstens) -> datenbank
                        .sql("""
                SELECT z.*, trim(p.vorname || ' ' || p.nachname) AS wer,
                       coalesce((SELECT string_agg(trim(e.vorname || ' ' || e.nachname), ', ' ORDER BY e.nachname, e.vorname, e.id)
                                   FROM erwaehnung w JOIN person e ON e.mandant_id = w.mandant_id AND e.id = w.person_id
                                  WHERE w.mandant_id = :m AND w.kommentar_id = z.id), '') AS erwaehnte
                  FROM %s z JOIN person p ON p.mandant_id = :m AND p.id = z.verfasst_von
                 WHERE %s AND %s ORDER BY %s LIMIT :hoechstens""".formatted(
                                        ALLE,
                                        SICHTBAR.formatted(sicht.aufDokument("d")),
                                        AELTESTE_ZUERST.bedingung("z", stelle),
                                        AELTESTE_ZUERST.folge("z", stelle)))
                        .param("m", mandant())
                        .param("dokument", dokument)
                        .param("hoechstens", hoechstens)
                        .params(AELTESTE_ZUERST.parameter(stelle))
                        .params(sicht.parameter())
                        .query(Beitrag.class)
                        .list());
    }

    @Transactional(readOnly = true)
    Anzahl anzahl(Sicht sicht, UUID dokument) {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM %s z WHERE %s LIMIT :bis) z"
                        .formatted(ALLE, SICHTBAR.formatted(sicht.aufDokument("d"))))
                .param("m", mandant())
                .param("dokument", dokument)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }

    /** Where a Kommentar stands; empty if it does not exist for this person. */
    @Transactional(readOnly = true)
    Optional<Ort> ort(Sicht sicht, UUID kommentar) {
        return datenbank
                .sql("""
                SELECT d.vorgang_id, k.dokument_id, k.verfasst,
                       (SELECT count(*) FROM kommentar n WHERE n.mandant_id = :m AND n.dokument_id = k.dokument_id AND (n.verfasst, n.id) > (k.verfasst, k.id))
                     + (SELECT count(*) FROM dokumentvermerk n WHERE n.mandant_id = :m AND n.dokument_id = k.dokument_id AND (n.verfasst, n.id) > (k.verfasst, k.id)) AS neuere
                  FROM kommentar k JOIN dokument d ON d.mandant_id = k.mandant_id AND d.id = k.dokument_id
                 WHERE k.mandant_id = :m AND k.id = :id AND\s""" + sicht.aufDokument("d"))
                .param("m", mandant())
                .param("id", kommentar)
                .params(sicht.parameter())
                .query(Ort.class)
                .optional();
    }
}
