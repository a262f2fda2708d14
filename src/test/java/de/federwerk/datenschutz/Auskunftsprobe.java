package de.federwerk.datenschutz;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** What the pages of the Auskunft show to the role Datenschutz and to those who look at what was found, for the comparison with the rules in plain Java. */
public final class Auskunftsprobe {

    private final Ersuchenbuch buch;
    private final Fundbuch funde;

    public Auskunftsprobe(ApplicationContext haus) {
        this.buch = haus.getBean(Ersuchenbuch.class);
        this.funde = haus.getBean(Fundbuch.class);
    }

    /** Whether the page of the request opens for this person. */
    public boolean fuehrt(Anmeldung wer, UUID ersuchen) {
        try {
            buch.ersuchen(wer, ersuchen);
            return true;
        } catch (Abgelehnt e) {
            return false;
        }
    }

    /** What the role sees of what is not released: how many are open, and how many there are. */
    public List<Long> zahlen(UUID ersuchen) {
        var zahlen = funde.zahlen(ersuchen);
        return List.of(
                zahlen.stream().mapToLong(Fundbuch.Zahlen::offen).sum(),
                zahlen.stream().mapToLong(Fundbuch.Zahlen::alle).sum());
    }

    /** What this person is to look at or has looked at. */
    public Set<UUID> meine(Anmeldung wer, UUID ersuchen) {
        var alle = new HashSet<UUID>();
        funde.meine(wer, ersuchen).forEach(t -> alle.add(t.objekt()));
        return alle;
    }

    /** The same as numbers on her start page: open, and all. Nothing there: 0. */
    public List<Long> auftrag(Anmeldung wer, UUID ersuchen) {
        return funde.auftraege(wer).stream()
                .filter(a -> a.ersuchen().equals(ersuchen))
                .findFirst()
                .map(a -> List.of(a.offen(), a.alle()))
                .orElse(List.of(0L, 0L));
    }

    /** Whether one of them opens. */
    public boolean zeigt(Anmeldung wer, UUID ersuchen, UUID objekt) {
        try {
            funde.treffer(wer, ersuchen, objekt);
            return true;
        } catch (NichtGefunden e) {
            return false;
        }
    }
}
