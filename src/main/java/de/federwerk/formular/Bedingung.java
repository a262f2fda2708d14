package de.federwerk.formular;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.formular.Ausdruck.Quelle;
import de.federwerk.formular.Ausdruckleser.Namen;
import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a text that is made from filled forms, in the language of the forms' own conditions. Where two forms know a name, the first
 * counts.
 */
public final class Bedingung {

    /** A form and what was filled in. @param tag on which: another day may hide what was asked and answered */
    public record Ausgefuellt(Formular formular, Werte werte, LocalDate tag) {}

    private final Ausdruck ausdruck;

    private Bedingung(Ausdruck ausdruck) {
        this.ausdruck = ausdruck;
    }

    /** @throws Abgelehnt (EINGABE) if it cannot be read, or is no condition, or names what none of the forms has */
    public static Bedingung lies(String text, List<Formular> formulare) {
        try {
            var ausdruck = Ausdruckleser.lies(
                    text,
                    new Namen(
                            feld -> einfaches(formulare, feld),
                            (abschnitt, feld) -> wiederholtes(formulare, abschnitt, feld),
                            abschnitt -> formulare.stream().anyMatch(f -> hat(f, abschnitt))));
            if (ausdruck.typ() != Typ.WAHR) {
                throw Abgelehnt.eingabe("„" + text + "“ ist keine Bedingung, sondern "
                        + ausdruck.typ().wort() + ".");
            }
            return new Bedingung(ausdruck);
        } catch (Ausdruckleser.Unlesbar e) {
            throw Abgelehnt.eingabe("„" + text + "“: " + e.getMessage());
        }
    }

    private static @Nullable Typ einfaches(List<Formular> formulare, String feld) {
        return formulare.stream()
                .flatMap(f -> Optional.ofNullable(f.platz(feld)).stream())
                .findFirst()
                .filter(p -> !p.abschnitt().wiederholt())
                .map(p -> p.feld().typ())
                .orElse(null);
    }

    private static @Nullable Typ wiederholtes(List<Formular> formulare, String abschnitt, String feld) {
        return formulare.stream()
                .flatMap(f -> Optional.ofNullable(f.platz(feld)).stream())
                .filter(p -> p.abschnitt().wiederholt() && p.abschnitt().id().equals(abschnitt))
                .findFirst()
                .map(p -> p.feld().typ())
                .orElse(null);
    }

    private static boolean hat(Formular formular, String abschnitt) {
        return formular.schritte().stream()
                .flatMap(s -> s.abschnitte().stream())
                .anyMatch(a -> a.wiederholt() && a.id().equals(abschnitt));
    }

    /** @param ausgefuellt in the order of {@link #lies} */
    public boolean trifftZu(List<Ausgefuellt> ausgefuellt) {
        return ausdruck.trifftZu(new Mehrere(ausgefuellt));
    }

    private static final class Mehrere implements Quelle {

        private final List<Ausgefuellt> alle;
        private final List<Quelle> blicke;
        private final LocalDate heute = LocalDate.now(Anzeige.ZONE);

        Mehrere(List<Ausgefuellt> alle) {
            this.alle = alle;
            blicke = alle.stream()
                    .map(a -> new Lage(a.formular, a.werte, "de", a.tag).blick())
                    .toList();
        }

        @Override
        public @Nullable Object feld(String id) {
            for (int i = 0; i < alle.size(); i++) {
                if (alle.get(i).formular.platz(id) != null) {
                    return blicke.get(i).feld(id);
                }
            }
            return null;
        }

        @Override
        public List<Object> alle(String abschnitt, String feld) {
            for (int i = 0; i < alle.size(); i++) {
                if (hat(alle.get(i).formular, abschnitt)) {
                    return blicke.get(i).alle(abschnitt, feld);
                }
            }
            return List.of();
        }

        @Override
        public int anzahl(String abschnitt) {
            for (int i = 0; i < alle.size(); i++) {
                if (hat(alle.get(i).formular, abschnitt)) {
                    return blicke.get(i).anzahl(abschnitt);
                }
            }
            return 0;
        }

        @Override
        public LocalDate heute() {
            return heute;
        }
    }
}
