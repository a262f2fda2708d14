package de.federwerk.formular;

import de.federwerk.gesicht.Anzeige;
import de.federwerk.satz.Angabe;
import de.federwerk.satz.Satz;
import de.federwerk.satz.Schriftstueck;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A form on paper: filled in, for the Akte and the receipt, or empty, to write on. PDF/A-3a and PDF/UA-1. */
@Component
public class Formularpdf {

    /** What stands under one heading. */
    record Block(String ueberschrift, List<Formularangabe> angaben) {}

    private final Satz satz;

    Formularpdf(Satz satz) {
        this.satz = satz;
    }

    /**
     * What was said, Abschnitt by Abschnitt, and the files that belong to it with size and checksum.
     *
     * @param verfasser whose form it is, above the title: {@code Stadt Musterstadt}
     * @param kopf what stands before the answers: when it was sent, number of the receipt
     */
    public byte[] ausgefuellt(
            Formular formular, Werte werte, String sprache, String verfasser, List<Angabe> kopf, Instant zeit) {
        return ausgefuellt(formular.titel().in(sprache), formular, werte, sprache, verfasser, kopf, zeit);
    }

    /** The same under another title. @param zeit as of which it is reckoned: the same Antrag has the same bytes on every day */
    public byte[] ausgefuellt(
            String titel,
            Formular formular,
            Werte werte,
            String sprache,
            String verfasser,
            List<Angabe> kopf,
            Instant zeit) {
        return satz.setze(new Schriftstueck(
                "formular/pdf",
                Map.of(
                        "titel",
                        titel,
                        "sprache",
                        sprache.equals("en") ? "en" : "de",
                        "verfasser",
                        verfasser,
                        "kopf",
                        kopf,
                        "bloecke",
                        bloecke(formular.angaben(werte, sprache, LocalDate.ofInstant(zeit, Anzeige.ZONE)))),
                zeit));
    }

    /**
     * Instead of {@link #ausgefuellt} where that is too long for a PDF: its head, and where the answers are.
     *
     * @param wo e.g. {@code Die Angaben liegen als Textdatei bei.}
     */
    public byte[] kopfblatt(Formular formular, String verfasser, List<Angabe> kopf, String wo, Instant zeit) {
        var mehr = new ArrayList<>(kopf);
        mehr.add(new Angabe("Angaben", wo));
        return satz.setze(new Schriftstueck(
                "formular/pdf",
                Map.of(
                        "titel",
                        formular.titel().in("de"),
                        "sprache",
                        "de",
                        "verfasser",
                        verfasser,
                        "kopf",
                        mehr,
                        "bloecke",
                        List.of()),
                zeit));
    }

    /** The answers as plain text in German, a line for each. @param zeit when it was sent */
    public static String text(Formular formular, Werte werte, Instant zeit) {
        return formular.angaben(werte, "de", LocalDate.ofInstant(zeit, Anzeige.ZONE)).stream()
                .map(a -> a.ueberschrift() + " – " + a.titel() + ": " + a.gezeigt())
                .collect(Collectors.joining("\n", formular.titel().in("de") + "\n\n", "\n"));
    }

    private static List<Block> bloecke(List<Formularangabe> angaben) {
        var bloecke = new ArrayList<Block>();
        for (var angabe : angaben) {
            var letzte = bloecke.isEmpty() ? null : bloecke.getLast().angaben.getFirst();
            if (letzte == null
                    || !letzte.abschnitt().equals(angabe.abschnitt())
                    || letzte.nummer() != angabe.nummer()) {
                bloecke.add(new Block(angabe.ueberschrift(), new ArrayList<>()));
            }
            bloecke.getLast().angaben.add(angabe);
        }
        return bloecke;
    }

    /** Everything that could be asked, with lines to write on; conditions are named where they stand. */
    public byte[] leer(Formular formular, String sprache, String verfasser, Instant zeit) {
        return satz.setze(new Schriftstueck(
                "formular/leerpdf", Map.of("formular", formular, "sprache", sprache, "verfasser", verfasser), zeit));
    }
}
