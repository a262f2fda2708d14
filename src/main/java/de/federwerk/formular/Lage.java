package de.federwerk.formular;

import de.federwerk.formular.Formular.Platz;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a form is with these values: what of it is shown, what each field says. What is hidden is empty, whatever was once typed. */
final class Lage {

    private final Formular formular;
    private final Werte werte;
    private final String sprache;
    private final LocalDate heute;
    private final Map<String, Boolean> gezeigt = new HashMap<>();
    private final Map<String, Gelesen> gelesen = new HashMap<>();

    Lage(Formular formular, Werte werte, String sprache, LocalDate heute) {
        this.formular = formular;
        this.werte = werte;
        this.sprache = sprache;
        this.heute = heute;
    }

    /** How an expression sees the form. @param nummer in which of a repeated Abschnitt it stands; 0 outside */
    private record Blick(Lage lage, int nummer) implements Ausdruck.Quelle {
        @Override
        public @Nullable Object feld(String id) {
            var platz = lage.formular.platz(id);
            return platz == null
                    ? null
                    : lage.gelesen(platz, platz.abschnitt().wiederholt() ? nummer : 0)
                            .fuerAusdruck();
        }

        @Override
        public List<Object> alle(String abschnitt, String feld) {
            var platz = lage.formular.platz(feld);
            var alle = new ArrayList<Object>();
            for (int nr = 1; platz != null && nr <= anzahl(abschnitt); nr++) {
                var wert = lage.gelesen(platz, nr).fuerAusdruck();
                if (wert != null) {
                    alle.add(wert);
                }
            }
            return alle;
        }

        @Override
        public int anzahl(String id) {
            for (var schritt : lage.formular.schritte()) {
                for (var abschnitt : schritt.abschnitte()) {
                    if (abschnitt.id().equals(id)) {
                        return lage.zeigt(schritt, abschnitt) ? lage.anzahl(abschnitt) : 0;
                    }
                }
            }
            return 0;
        }

        @Override
        public LocalDate heute() {
            return lage.heute;
        }
    }

    /** As an expression outside of the form sees it. */
    Ausdruck.Quelle blick() {
        return new Blick(this, 0);
    }

    /** How often it is there: as chosen, within its bounds; 1 if it is not repeated. */
    int anzahl(Abschnitt abschnitt) {
        return abschnitt.wiederholt()
                ? Math.clamp(
                        werte.anzahl().getOrDefault(abschnitt.id(), abschnitt.mindestens()),
                        abschnitt.mindestens(),
                        abschnitt.hoechstens())
                : 1;
    }

    boolean zeigt(Schritt schritt) {
        return trifftZu("/" + schritt.id(), schritt.wenn(), 0);
    }

    boolean zeigt(Schritt schritt, Abschnitt abschnitt) {
        return zeigt(schritt) && trifftZu("#" + abschnitt.id(), abschnitt.wenn(), 0);
    }

    /** @param nummer from 1 in a repeated Abschnitt, else 0 */
    boolean zeigt(Platz platz, int nummer) {
        return zeigt(platz.schritt(), platz.abschnitt())
                && trifftZu(platz.pfad(nummer), platz.feld().wenn(), nummer);
    }

    private boolean trifftZu(String was, @Nullable Ausdruck wenn, int nummer) {
        if (wenn == null) {
            return true;
        }
        var schon = gezeigt.get(was);
        if (schon == null) {
            schon = trifftZu(wenn, nummer);
            gezeigt.put(was, schon);
        }
        return schon;
    }

    boolean trifftZu(Ausdruck ausdruck, int nummer) {
        return ausdruck.trifftZu(new Blick(this, nummer));
    }

    /** Whether what must hold does not; not while something it needs is empty. */
    boolean verletzt(Ausdruck bedingung, int nummer) {
        return Boolean.FALSE.equals(bedingung.wert(new Blick(this, nummer)));
    }

    Gelesen gelesen(Platz platz, int nummer) {
        var pfad = platz.pfad(nummer);
        var schon = gelesen.get(pfad);
        if (schon == null) {
            schon = zeigt(platz, nummer) ? lies(platz.feld(), pfad, nummer) : Gelesen.NICHTS;
            gelesen.put(pfad, schon);
        }
        return schon;
    }

    Lesung lesung(Feld feld, String pfad) {
        return new Lesung(feld, werte, pfad, sprache, heute);
    }

    private Gelesen lies(Feld feld, String pfad, int nummer) {
        var rechnung = feld.rechnung();
        if (rechnung == null) {
            return lesung(feld, pfad).lies();
        }
        var wert = rechnung.wert(new Blick(this, nummer));
        return switch (wert) {
            case null -> Gelesen.NICHTS;
            case BigDecimal zahl -> Gelesen.gut(zahl, lesung(feld, pfad).mitEinheit(zahl));
            case LocalDate tag -> Gelesen.gut(tag, Datumslesung.gezeigt(tag));
            case Boolean b -> Gelesen.gut(b, b ? "Ja" : "Nein");
            default -> Gelesen.gut(wert, wert.toString());
        };
    }
}
