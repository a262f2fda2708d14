package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The two roles that only together open the Lesenachweis or shorten its term, and what makes of them two people. */
@Component
class Vieraugen {

    /** Somebody who has one of the two roles. @param auchVerwaltung and therefore may not use it */
    record Traeger(String rolle, String name, Instant seit, boolean auchVerwaltung) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Berechtigungen berechtigungen;

    Vieraugen(JdbcClient datenbank, Personen personen, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
    }

    /**
     * Whether the person has one of these roles and does not administer: whoever gives roles could give himself the other one.
     *
     * @throws Abgelehnt (RECHT)
     */
    @Transactional(readOnly = true)
    public void verlange(UUID person, Rolle... eine) {
        personen.verlange(person, eine);
        if (hat(person, Rolle.ADMINISTRATION)) {
            throw Abgelehnt.recht(
                    "Wer die Rolle Administration hat, sieht den Lesenachweis nicht, auch nicht mit einer weiteren Rolle: Wer Rollen vergibt, könnte sonst allein hineinsehen.");
        }
    }

    @Transactional(readOnly = true)
    public boolean hat(UUID person, Rolle rolle) {
        return personen.profil(person).filter(p -> p.hat(rolle)).isPresent();
    }

    /** Everybody who has one of the two roles: whoever has it sees who else. */
    @Transactional(readOnly = true)
    public List<Traeger> traeger() {
        return datenbank.sql("""
                SELECT r.name AS rolle, trim(p.vorname || ' ' || p.nachname) AS name, min(b.gueltig_von) AS seit,
                       hat_rolle(p.mandant_id, p.id, 'ADMINISTRATION') AS auch_verwaltung
                  FROM rolle r JOIN rollenbesetzung b ON b.mandant_id = r.mandant_id AND b.rolle_id = r.id AND gilt(b.gueltig_von, b.gueltig_bis)
                  JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
                 WHERE r.mandant_id = ? AND r.kennung IN ('DATENSCHUTZ', 'PERSONALRAT') AND gilt(r.gueltig_von, r.gueltig_bis)
                 GROUP BY r.name, p.mandant_id, p.id, p.vorname, p.nachname ORDER BY 1, 2 LIMIT 100""").param(mandant()).query(Traeger.class).list();
    }

    /**
     * Whether this is somebody else than who asked, and neither stands in for the other.
     *
     * @param name of the one who asked
     * @throws Abgelehnt (RECHT)
     */
    @Transactional(readOnly = true)
    public void verlangeUnabhaengig(Anmeldung wer, UUID antragsteller, String name) {
        if (wer.person().equals(antragsteller)) {
            throw Abgelehnt.recht("Diesen Antrag haben Sie selbst gestellt. Zustimmen muss eine andere Person.");
        }
        if (vertritt(wer.person(), antragsteller) || vertritt(antragsteller, wer.person())) {
            throw Abgelehnt.recht("Heute vertritt eine der beiden Personen die andere. Zustimmen muss jemand, der "
                    + name + " nicht vertritt und nicht von ihr oder ihm vertreten wird.");
        }
    }

    /** Over any chain of deputies. */
    private boolean vertritt(UUID eine, UUID andere) {
        return berechtigungen.postfaecher(eine).stream()
                .anyMatch(f -> f.person().equals(andere));
    }
}
