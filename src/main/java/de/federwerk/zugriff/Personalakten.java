package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Sonderbereiche;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.zugriff.Schutzgut.Art;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Akten about somebody who works here: whom they are about does not see them, and says so nobody by hand each time. */
@Component
class Personalakten {

    /** The Sonderbereich that the template of this name makes. */
    static final String BEREICH = "Personalakten";

    private final Schutzgueter gueter;
    private final Schutzwechsel wechsel;
    private final Zugriffe zugriffe;
    private final Ausnahmen ausnahmen;
    private final Sonderbereiche sonderbereiche;

    Personalakten(
            Schutzgueter gueter,
            Schutzwechsel wechsel,
            Zugriffe zugriffe,
            Ausnahmen ausnahmen,
            Sonderbereiche sonderbereiche) {
        this.gueter = gueter;
        this.wechsel = wechsel;
        this.zugriffe = zugriffe;
        this.ausnahmen = ausnahmen;
        this.sonderbereiche = sonderbereiche;
    }

    /** The Sonderbereich this person could put the Akte into, if it does not lie there already. */
    @Transactional(readOnly = true)
    public Optional<UUID> bereichFuer(Anmeldung wer, Schutzgut akte) {
        return sonderbereiche.verwaltetVon(wer.person()).stream()
                .filter(s -> s.name().equalsIgnoreCase(BEREICH) && !s.id().equals(akte.sonderId()))
                .map(Sonderbereiche.Sonderbereich::id)
                .findFirst();
    }

    /** Whether it lies among the Personalakten and nobody has said yet whose it is. */
    @Transactional(readOnly = true)
    public boolean fehltPerson(Schutzgut gut) {
        return gut.art() == Art.AKTE
                && gut.sonderId() != null
                && sonderbereiche.suche(BEREICH).stream()
                        .anyMatch(s -> s.name().equalsIgnoreCase(BEREICH) && s.id().equals(gut.sonderId()))
                && ausnahmen.personalakteVon(gut.akte()).isEmpty();
    }

    /**
     * Shuts the Akte for whom it is about, as long as it is that.
     *
     * @param hinein whether it is put into the Sonderbereich as well
     * @throws Abgelehnt (KONFLIKT) if it is somebody else's already, or if nobody were left who could change its rights
     */
    @Transactional
    public void fuehre(Anmeldung wer, UUID id, UUID akte, UUID person, boolean hinein) {
        var gut = gueter.zumAendern(wer, Art.AKTE, akte);
        // First this: whoever it is about does not see it any more afterwards.
        if (hinein) {
            bereichFuer(wer, gut)
                    .ifPresent(bereich ->
                            wechsel.unterbreche(wer, Art.AKTE, akte, bereich, true, Map.of(), "Personalakte"));
        }
        ausnahmen.fuehreAlsPersonalakte(wer, id, akte, person);
        if (!zugriffe.verwaltetJemand(gueter.jetzt(gut))) {
            throw Ausschluesse.niemandMehr();
        }
    }
}
