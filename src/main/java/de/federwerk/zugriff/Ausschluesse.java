package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** For whom an Akte is shut whatever is granted. */
@Component
class Ausschluesse {

    /** Somebody for whom the Akte is shut whatever is granted. @param art {@code einzeln} or {@code personalakte} */
    record Ausgeschlossener(
            UUID id,
            UUID personId,
            String name,
            String art,
            String grund,
            Instant gueltigVon,
            @Nullable String angelegtVon) {

        boolean eigenePersonalakte() {
            return art.equals("personalakte");
        }
    }

    private final JdbcClient datenbank;

    Ausschluesse(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** For whom the Akte is shut. */
    @Transactional(readOnly = true)
    public List<Ausgeschlossener> von(UUID akte) {
        return datenbank
                .sql("""
                SELECT x.id, x.person_id, trim(p.vorname || ' ' || p.nachname) AS name, x.art, x.grund, x.gueltig_von,
                       (SELECT trim(v.vorname || ' ' || v.nachname) FROM person v WHERE v.mandant_id = x.mandant_id AND v.id = x.angelegt_von) AS angelegt_von
                  FROM ausschluss x JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.person_id
                 WHERE x.mandant_id = :m AND x.akte_id = :akte AND gilt(x.gueltig_von, x.gueltig_bis) ORDER BY p.nachname, p.vorname, x.id LIMIT 200""")
                .param("m", mandant())
                .param("akte", akte)
                .query(Ausgeschlossener.class)
                .list();
    }
}
