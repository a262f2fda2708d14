package de.federwerk.leistung;

import de.federwerk.basis.Sprache;
import java.util.UUID;

/** What happens in a life, and makes people come to the town hall; under it they find Leistungen without knowing their names. */
public record Lebenslage(UUID id, String kurzname, String titel, String titelEn, String titelLeicht, int platz) {

    /** In German where nobody has written it in this language. */
    public String titel(Sprache sprache) {
        var wort = sprache.wort(titel, titelEn, titelLeicht);
        return wort.isEmpty() ? titel : wort;
    }
}
