package de.federwerk.handmappe;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** What the pages of the Handmappen show, for the comparison with the rules in plain Java. */
public final class Mappenprobe {

    private final Handmappen mappen;

    public Mappenprobe(ApplicationContext haus) {
        this.mappen = haus.getBean(Handmappen.class);
    }

    /** Which Handmappen this person has or shares, and what is shown in each. */
    public Map<UUID, Set<UUID>> gezeigte(Anmeldung wer) {
        var alle = new HashMap<UUID, Set<UUID>>();
        for (var mappe : mappen.von(wer)) {
            var darin = new HashSet<UUID>();
            mappen.inhalt(wer, mappe).forEach(s -> darin.add(s.id()));
            alle.put(mappe.id(), darin);
        }
        return alle;
    }

    /** Puts something in. @return whether the person was let */
    public boolean lege(Anmeldung wer, UUID mappe, String art, UUID objekt) {
        try {
            mappen.lege(wer, mappe, Art.von(art), objekt, "");
            return true;
        } catch (NichtGefunden e) {
            return false;
        }
    }
}
