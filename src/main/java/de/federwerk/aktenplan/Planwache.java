package de.federwerk.aktenplan;

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

/** Carries out at its day what is planned for the Aktenplan, each Fassung in one transaction; what cannot be is said, and changes nothing. */
@Component
class Planwache extends Dauerdienst {

    static final String STOERUNG = "aktenplan";
    private static final Duration TAKT = Duration.ofMinutes(1);
    private static final Duration STILLE = Duration.ofHours(1);

    private final Mandanten mandanten;
    private final Planfassungen fassungen;
    private final Personen personen;
    private final Stoerungen stoerungen;

    Planwache(
            Mandanten mandanten,
            Planfassungen fassungen,
            Personen personen,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        super(laeufe, "planwache", TAKT, STILLE);
        this.mandanten = mandanten;
        this.fassungen = fassungen;
        this.personen = personen;
        this.stoerungen = stoerungen;
    }

    @Override
    protected void runde() {
        for (var m : mandanten.alle()) {
            Mandantenkontext.als(m.id(), this::fuehreFaelligeAus);
        }
    }

    /** All of this Mandant whose day has come. */
    void fuehreFaelligeAus() {
        fassungen.faellige().forEach(this::fuehreAus);
    }

    private void fuehreAus(UUID id) {
        try {
            fassungen.setzeInKraft(id);
        } catch (RuntimeException e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            var ursache = e instanceof Abgelehnt ? String.valueOf(e.getMessage()) : "Ein unerwarteter Fehler.";
            fassungen.scheitere(id, ursache);
            stoerungen.melde(
                    STOERUNG,
                    id,
                    fassungen.fassung(id).bezeichnung(),
                    "Die geplante Fassung des Aktenplans konnte nicht in Kraft treten; es ist alles wie vorher. "
                            + ursache + " Bitte planen Sie sie unter Verwaltung, Aktenplan, Fassungen neu.",
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
            fassungen.planeErneut(erneut.bezug());
        }
    }
}
