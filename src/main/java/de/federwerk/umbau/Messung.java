package de.federwerk.umbau;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Carries out the steps and says what became of it, by looking before and afterwards: the same for the preview and for good. */
@Component
class Messung {

    private final Rechtelagen lagen;
    private final Ausfuehrung ausfuehrung;
    private final Zugriffsbild bild;
    private final Weiterungen weiterungen;

    Messung(Rechtelagen lagen, Ausfuehrung ausfuehrung, Zugriffsbild bild, Weiterungen weiterungen) {
        this.lagen = lagen;
        this.ausfuehrung = ausfuehrung;
        this.bild = bild;
        this.weiterungen = weiterungen;
    }

    /** As {@link Ausfuehrung#fuehreAus}, in the running transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    Vorschau.Ergebnis fuehreAus(UUID wer, List<Schritt> schritte, boolean probe) {
        var vorher = lagen.lies();
        var lauf = ausfuehrung.fuehreAus(wer, schritte, probe);
        var nachher = lagen.lies();
        return new Vorschau.Ergebnis(
                lauf.zeilen(),
                bild.vergleiche(vorher, nachher, lauf.einzelne()),
                weiterungen.zwischen(vorher, nachher, lauf.einzelne()),
                null);
    }
}
