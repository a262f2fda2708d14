package de.federwerk.liste;

import de.federwerk.basis.Stelle;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gesicht.Sprung;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The jump of a list to an Aktenzeichen, a title, a day or a number. */
@Component
class Listensprung {

    private final JdbcClient datenbank;

    Listensprung(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Where in the list what was typed lies; what is no place in it is its start. */
    @Transactional(readOnly = true)
    public Stelle zu(Listenfrage frage, String getippt) {
        var text = getippt.replace("\0", "").strip();
        var nach = frage.sortierung();
        if (nach.nachTag()) {
            return Sprung.tag(text)
                    .map(tag -> frage.absteigend()
                            ? Sprung.zumTag(text).orElse(Stelle.ANFANG)
                            : Stelle.ab(tag.atStartOfDay(Anzeige.ZONE).toInstant()))
                    .orElse(Stelle.ANFANG);
        }
        if (nach.name().equals("nummer")) {
            return Sprung.zurZahl(text).orElse(Stelle.ANFANG);
        }
        if (nach.name().equals("titel")) {
            return text.isEmpty() ? Stelle.ANFANG : Stelle.ab(frage.absteigend() ? text + '\uFFFF' : text);
        }
        var ort = datenbank
                .sql(
                        frage.art() == Listenart.AKTEN
                                ? "SELECT CASE WHEN s LIKE '0000 %' THEN s || ziffernweise(:zeichen) ELSE s END FROM aktenstelle(:zeichen, NULL) s"
                                : "SELECT ziffernweise(:zeichen)")
                .param("zeichen", text)
                .query(String.class)
                .single();
        // Downwards: from behind everything that begins like it.
        return Stelle.ab(frage.absteigend() ? ort + "~" : ort);
    }
}
