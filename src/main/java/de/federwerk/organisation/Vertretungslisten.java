package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Absences that run or come, as the page shows them. */
@Component
class Vertretungslisten {

    static final Ordnung NACH_BEGINN = Ordnung.auf(
            Ordnung.text("beginn"), Ordnung.text("nachname"), Ordnung.text("vorname"), Ordnung.kennung("id"));

    /** More than anybody can have open. */
    private static final int EIGENE = 100;

    /**
     * A line of the lists.
     *
     * @param vertreterDa false if the deputy has left the house since
     * @param fehltVon first day on which the deputy is absent himself; null if never
     * @param stattdessen who then stands in for the deputy
     * @param beginn {@code von} as text, which sorts alike
     */
    record Zeile(
            UUID id,
            String name,
            LocalDate von,
            LocalDate bis,
            boolean laeuft,
            @Nullable String vertreter,
            boolean vertreterDa,
            boolean persoenliches,
            @Nullable LocalDate fehltVon,
            @Nullable LocalDate fehltBis,
            @Nullable String stattdessen,
            String beginn,
            String nachname,
            String vorname) {

        String zeitraum() {
            return Vertretungen.zeitraum(von, bis);
        }

        /** What is wrong with the deputy; null if nothing. */
        @Nullable
        String hinweis() {
            if (!vertreterDa) {
                return vertreter + " ist nicht mehr im Haus. Bitte tragen Sie eine andere Vertretung ein.";
            }
            if (fehltVon == null || fehltBis == null) {
                return null;
            }
            return vertreter + " ist selbst abwesend (" + Vertretungen.zeitraum(fehltVon, fehltBis) + ")"
                    + (stattdessen == null
                            ? ", ohne Vertretung. Bitte regeln Sie diese Tage anders."
                            : "; dann vertritt " + stattdessen + ".");
        }
    }

    private static final String ZEILEN = """
            SELECT v.id, trim(p.vorname || ' ' || p.nachname) AS name, v.von, v.bis, v.von <= heute() AS laeuft,
                   trim(d.vorname || ' ' || d.nachname) AS vertreter, d.id IS NULL OR gilt(d.gueltig_von, d.gueltig_bis) AS vertreter_da,
                   v.persoenliches, f.von AS fehlt_von, f.bis AS fehlt_bis, f.name AS stattdessen,
                   to_char(v.von, 'YYYY-MM-DD') AS beginn, p.nachname, p.vorname
              FROM vertretung v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.person_id
              LEFT JOIN person d ON d.mandant_id = v.mandant_id AND d.id = v.vertreter_id
              LEFT JOIN LATERAL (
                   SELECT w.von, w.bis, trim(n.vorname || ' ' || n.nachname) AS name
                     FROM vertretung w LEFT JOIN person n ON n.mandant_id = w.mandant_id AND n.id = w.vertreter_id
                    WHERE w.mandant_id = v.mandant_id AND w.person_id = v.vertreter_id AND w.beendet IS NULL
                      AND w.von <= v.bis AND w.bis >= greatest(v.von, heute())
                    ORDER BY w.von LIMIT 1) f ON true
             WHERE v.mandant_id = :m AND v.beendet IS NULL AND v.bis >= heute() AND\s""";

    private final JdbcClient datenbank;

    Vertretungslisten(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** A person's own, the next first. */
    @Transactional(readOnly = true)
    public List<Zeile> eigene(UUID person) {
        return datenbank
                .sql(ZEILEN + "v.person_id = :person ORDER BY v.von, v.id LIMIT :hoechstens")
                .param("m", mandant())
                .param("person", person)
                .param("hoechstens", EIGENE)
                .query(Zeile.class)
                .list();
    }

    /** Those of everybody this person leads, the next first. */
    @Transactional(readOnly = true)
    public Seite<Zeile> geleitete(UUID wer, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.beginn, z.nachname, z.vorname, z.id),
                (stelle, hoechstens) -> datenbank
                        .sql(Leitungen.LEUTE + "SELECT * FROM (" + ZEILEN
                                + "v.person_id IN (SELECT person_id FROM leute)) z WHERE "
                                + NACH_BEGINN.bedingung("z", stelle) + " ORDER BY " + NACH_BEGINN.folge("z", stelle)
                                + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("wer", wer)
                        .param("hoechstens", hoechstens)
                        .params(NACH_BEGINN.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlGeleitete(UUID wer) {
        return Anzahl.aus(datenbank
                .sql(Leitungen.LEUTE + """
                SELECT count(*) FROM (SELECT FROM vertretung v WHERE v.mandant_id = :m AND v.beendet IS NULL AND v.bis >= heute()
                   AND v.person_id IN (SELECT person_id FROM leute) LIMIT :hoechstens) v""")
                .param("m", mandant())
                .param("wer", wer)
                .param("hoechstens", Anzahl.GENAU_BIS + 1)
                .query(Long.class)
                .single());
    }
}
