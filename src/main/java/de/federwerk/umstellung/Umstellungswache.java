package de.federwerk.umstellung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Begins at its day what was decided, in one transaction; what cannot be is said, and changes nothing. */
@Component
class Umstellungswache extends Dauerdienst {

    private static final String STOERUNG = "umstellung";
    private static final Duration TAKT = Duration.ofMinutes(1);
    private static final Duration STILLE = Duration.ofHours(1);

    private final Mandanten mandanten;
    private final Umstellungen umstellungen;
    private final Umstellungslauf umstellungslauf;
    private final Personen personen;
    private final Stoerungen stoerungen;

    Umstellungswache(
            Mandanten mandanten,
            Umstellungen umstellungen,
            Umstellungslauf umstellungslauf,
            Personen personen,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        super(laeufe, "umstellungswache", TAKT, STILLE);
        this.mandanten = mandanten;
        this.umstellungen = umstellungen;
        this.umstellungslauf = umstellungslauf;
        this.personen = personen;
        this.stoerungen = stoerungen;
    }

    @Override
    protected void runde() {
        for (var m : mandanten.alle()) {
            Mandantenkontext.als(m.id(), this::beginneFaellige);
        }
    }

    /** All of this Mandant whose day has come. */
    void beginneFaellige() {
        umstellungen.faellige().forEach(this::beginne);
    }

    private void beginne(UUID id) {
        try {
            umstellungslauf.beginne(id);
            if (!umstellungen.umstellung(id).vorher()) {
                stoerungen.erledigt(STOERUNG, id);
            }
        } catch (RuntimeException e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            var ursache = e instanceof Abgelehnt ? String.valueOf(e.getMessage()) : "Ein unerwarteter Fehler.";
            umstellungen.scheitere(id, ursache);
            stoerungen.melde(
                    STOERUNG,
                    id,
                    umstellungen.umstellung(id).bezeichnung(),
                    "Die Umstellung des Aktenplans konnte nicht beginnen; es ist alles wie vorher. " + ursache
                            + " Bitte sehen Sie sie unter Verwaltung, Aktenplan, Umstellung an.",
                    e.toString());
        }
    }

    /**
     * What failed is tried again by whoever may change the plan.
     *
     * @throws Abgelehnt (RECHT) without the role ADMINISTRATION
     */
    @EventListener
    void nach(StoerungErneut erneut) {
        if (erneut.art().equals(STOERUNG)) {
            personen.verlange(erneut.wer(), Rolle.ADMINISTRATION);
            umstellungen.planeErneut(erneut.bezug());
        }
    }
}
