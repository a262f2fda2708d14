package de.federwerk.zugriff;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.zugriff.Schutzgut.Art;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** What the page of access says about a thing, for the comparison with the rules in plain Java. */
public final class Erklaerungsprobe {

    private final Zugriffe zugriffe;
    private final Schutzgueter gueter;
    private final Berechtigungen berechtigungen;

    public Erklaerungsprobe(ApplicationContext haus) {
        this.zugriffe = haus.getBean(Zugriffe.class);
        this.gueter = haus.getBean(Schutzgueter.class);
        this.berechtigungen = haus.getBean(Berechtigungen.class);
    }

    /**
     * Who sees it itself, and at which level. Of an Akte the page tells also who sees only a Vorgang in it: these are left out here.
     *
     * @param art {@code akte}, {@code vorgang} or {@code dokument}
     */
    public Map<UUID, Recht> sehende(String art, UUID id, Collection<UUID> personen) {
        var gut = gueter.jetzt(new Schutzgut(
                Art.valueOf(art.toUpperCase(Locale.ROOT)), id, id, null, "", "", 0, null, null, null, 0, null, id));
        var alle = new HashMap<UUID, Recht>();
        if (gut.art() != Art.AKTE) {
            zugriffe.alle(gut).forEach((wer, s) -> alle.put(wer, Recht.values()[s.recht()]));
            return alle;
        }
        for (var person : personen) {
            zugriffe.wege(gut, berechtigungen.sicht(person, Recht.LESEN), person).stream()
                    .filter(w -> w.wirkt() && w.vorgang() == null && !w.art().equals("aufgabe"))
                    .mapToInt(Zugriffe.Weg::recht)
                    .max()
                    .ifPresent(recht -> alle.put(person, Recht.values()[recht]));
        }
        return alle;
    }
}
