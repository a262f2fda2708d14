package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is changed with an Akte by somebody who need not see all that lies in it. */
@Component
class Mitgehendes {

    private final JdbcClient datenbank;
    private final Einschraenkungen einschraenkungen;
    private final Berechtigungen berechtigungen;

    Mitgehendes(JdbcClient datenbank, Einschraenkungen einschraenkungen, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.einschraenkungen = einschraenkungen;
        this.berechtigungen = berechtigungen;
    }

    /**
     * Before the trigger refuses, which would say of a Vorgang nobody sees since when and why it is restricted.
     *
     * @throws Abgelehnt (KONFLIKT) if one of these Vorgänge is restricted; why, only to whoever sees one of those that are
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void verlangeFrei(Anmeldung wer, Collection<UUID> vorgaenge) {
        var gesperrte = einschraenkungen.gesperrt(vorgaenge);
        if (gesperrte.isEmpty()) {
            return;
        }
        var sicht = berechtigungen.sicht(wer.person(), Recht.METADATEN);
        datenbank
                .sql("SELECT v.id FROM vorgang v WHERE v.mandant_id = :m AND v.id = ANY (CAST(:ids AS uuid[])) AND "
                        + sicht.aufVorgang("v") + " ORDER BY v.ordnung, v.id LIMIT 1")
                .param("m", mandant())
                .param("ids", Schutzfolge.feld(gesperrte))
                .params(sicht.parameter())
                .query(UUID.class)
                .optional()
                .ifPresent(gesehener -> einschraenkungen.verlangeFrei(gesehener));
        throw Abgelehnt.konflikt(
                "Das geht mit dieser Akte zurzeit nicht. Bitte fragen Sie, wer sie verwaltet. Es wurde nichts geändert.");
    }
}
