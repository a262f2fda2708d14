package de.federwerk.gesicht;

import gg.jte.Content;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A template of one room inside the page of another that does not know it. */
@Component
public class Einschub {

    private final Vorlagen vorlagen;

    Einschub(Vorlagen vorlagen) {
        this.vorlagen = vorlagen;
    }

    /** @param name as a view is called, e.g. {@code geschaeftsgang/laufwege} */
    public Content von(String name, Map<String, ?> werte) {
        return ausgabe -> vorlagen.zeichne(name, new HashMap<>(werte), ausgabe);
    }
}
