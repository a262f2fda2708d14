package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.organisation.Anmeldung;
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
    private final Ausnahmen ausnahmen;
    private final Schutzgueter gueter;
    private final Zugriffe zugriffe;

    Ausschluesse(JdbcClient datenbank, Ausnahmen ausnahmen, Schutzgueter gueter, Zugriffe zugriffe) {
        this.datenbank = datenbank;
        this.ausnahmen = ausnahmen;
        this.gueter = gueter;
        this.zugriffe = zugriffe;
    }

    /**
     * Shuts the Akte of this thing for somebody.
     *
     * @throws Abgelehnt (KONFLIKT) if nobody were left who could change its rights, and open it again
     */
    @Transactional
    public void schliesseAus(Anmeldung wer, UUID id, Schutzgut gut, UUID person, String grund) {
        // Where nobody could before, an exclusion makes nothing worse.
        boolean vorher = zugriffe.verwaltetJemand(gueter.akte(gut));
        ausnahmen.schliesseAus(wer, id, gut.akte(), person, grund);
        if (vorher && !zugriffe.verwaltetJemand(gueter.akte(gut))) {
            throw niemandMehr();
        }
    }

    /** Refused, because nobody were left who could change the rights of the Akte. */
    static Abgelehnt niemandMehr() {
        return Abgelehnt.konflikt(
                "Danach könnte niemand mehr bestimmen, wer diese Akte sieht: Nur diese Person darf sie verwalten. Geben Sie „verwalten“ zuerst jemand anderem. Es wurde nichts geändert.");
    }

    /** For whom the Akte is shut. That it is somebody's Personalakte is said to those who see the Akte. */
    @Transactional(readOnly = true)
    public List<Ausgeschlossener> von(UUID akte, boolean siehtAkte) {
        return datenbank
                .sql("""
                SELECT x.id, x.person_id, trim(p.vorname || ' ' || p.nachname) AS name, CASE WHEN :offen THEN x.art ELSE 'einzeln' END AS art,
                       CASE WHEN :offen OR x.art = 'einzeln' THEN x.grund ELSE '' END AS grund, x.gueltig_von,
                       (SELECT trim(v.vorname || ' ' || v.nachname) FROM person v WHERE v.mandant_id = x.mandant_id AND v.id = x.angelegt_von) AS angelegt_von
                  FROM ausschluss x JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.person_id
                 WHERE x.mandant_id = :m AND x.akte_id = :akte AND gilt(x.gueltig_von, x.gueltig_bis) ORDER BY p.nachname, p.vorname, x.id LIMIT 200""")
                .param("m", mandant())
                .param("akte", akte)
                .param("offen", siehtAkte)
                .query(Ausgeschlossener.class)
                .list();
    }
}
