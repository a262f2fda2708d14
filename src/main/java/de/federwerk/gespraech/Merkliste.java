package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Sicht;
import de.federwerk.gesicht.Anzeige;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Merkpunkte of a Vorgang as people read them: to those who may read the Vorgang. */
@Component
class Merkliste {

    /** So many at once; what is more is a Vorgang of its own. */
    static final int HOECHSTENS = 100;

    /** @param wer who is to do it @param fassung grows with each change */
    record Punkt(
            UUID id,
            UUID vorgangId,
            String text,
            @Nullable UUID personId,
            @Nullable String wer,
            @Nullable LocalDate faellig,
            int platz,
            int fassung,
            @Nullable Instant erledigt,
            @Nullable UUID erledigtVon,
            @Nullable String erledigtWer,
            @Nullable Instant entfernt,
            @Nullable String entferntWer) {

        boolean offen() {
            return erledigt == null;
        }

        /** {@code ueberfaellig}, {@code bald} – today – or nothing. */
        String dringend() {
            var heute = LocalDate.now(Anzeige.ZONE);
            return faellig == null || !offen() || faellig.isAfter(heute)
                    ? ""
                    : faellig.isBefore(heute) ? "ueberfaellig" : "bald";
        }
    }

    private static final String SPALTEN = """
            SELECT m.id, m.vorgang_id, m.text, m.person_id, trim(p.vorname || ' ' || p.nachname) AS wer, m.faellig, m.platz, m.fassung, m.erledigt, m.erledigt_von,
                   trim(h.vorname || ' ' || h.nachname) AS erledigt_wer, m.entfernt, trim(w.vorname || ' ' || w.nachname) AS entfernt_wer
              FROM merkpunkt m JOIN vorgang v ON v.mandant_id = m.mandant_id AND v.id = m.vorgang_id
              LEFT JOIN person p ON p.mandant_id = m.mandant_id AND p.id = m.person_id
              LEFT JOIN person h ON h.mandant_id = m.mandant_id AND h.id = m.erledigt_von
              LEFT JOIN person w ON w.mandant_id = m.mandant_id AND w.id = m.entfernt_von
             WHERE m.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;

    Merkliste(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** In their order, without those taken away. */
    @Transactional(readOnly = true)
    List<Punkt> in(Sicht sicht, UUID vorgang) {
        return abfrage(sicht, "m.vorgang_id = :was AND m.entfernt IS NULL AND ", " ORDER BY m.platz, m.id", vorgang)
                .list();
    }

    /** One, even if it was taken away; null if it does not exist for this person. */
    @Transactional(readOnly = true)
    @Nullable
    Punkt finde(Sicht sicht, UUID id) {
        return abfrage(sicht, "m.id = :was AND ", "", id).optional().orElse(null);
    }

    private JdbcClient.MappedQuerySpec<Punkt> abfrage(Sicht sicht, String bedingung, String ende, UUID was) {
        return datenbank
                .sql(SPALTEN + bedingung + sicht.aufVorgang("v") + ende)
                .param("m", mandant())
                .param("was", was)
                .params(sicht.parameter())
                .query(Punkt.class);
    }
}
