package de.federwerk.akte;

import de.federwerk.akte.Bearbeitungssperren.Sperre;
import de.federwerk.organisation.Anmeldung;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The line above the pages of a Dokument: who has it checked out, and the way out. */
@Component
class Dokumentleiste {

    /**
     * What the line shows.
     *
     * @param sperre null if nobody has it
     * @param eigene whether it is the viewer's own
     * @param aenderbar whether the viewer may file Versions of it but for that
     * @param aufhebbar whether the viewer may take it back from whoever has it
     */
    record Stand(
            UUID dokument, int version, @Nullable Sperre sperre, boolean eigene, boolean aenderbar, boolean aufhebbar) {

        boolean gesperrt() {
            return sperre != null && !eigene;
        }
    }

    private final Bearbeitungssperren sperren;
    private final Auscheckung auscheckung;
    private final Vorgaenge vorgaenge;
    private final Einschraenkungen einschraenkungen;

    Dokumentleiste(
            Bearbeitungssperren sperren,
            Auscheckung auscheckung,
            Vorgaenge vorgaenge,
            Einschraenkungen einschraenkungen) {
        this.sperren = sperren;
        this.auscheckung = auscheckung;
        this.vorgaenge = vorgaenge;
        this.einschraenkungen = einschraenkungen;
    }

    /** @return null where no Dokument is shown */
    @Transactional(readOnly = true)
    public @Nullable Stand zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, Dokumente.@Nullable Dokument dokument) {
        if (dokument == null) {
            return null;
        }
        var sperre = sperren.zu(dokument.id()).orElse(null);
        return new Stand(
                dokument.id(),
                dokument.version(),
                sperre,
                sperre != null && sperre.von(wer),
                vorgaenge.istAenderbar(wer.person(), vorgang)
                        && einschraenkungen
                                .hindert(dokument.id(), dokument.gehoertZu())
                                .isEmpty(),
                sperre != null && auscheckung.darfAufheben(wer, dokument, sperre));
    }
}
