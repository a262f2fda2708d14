package de.federwerk.formular;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Understands what was typed into one field, and says of what does not fit what is wrong and what would. */
final class Lesung {

    private final Feld feld;
    private final Werte werte;
    private final String pfad;
    private final String sprache;
    private final LocalDate heute;

    Lesung(Feld feld, Werte werte, String pfad, String sprache, LocalDate heute) {
        this.feld = feld;
        this.werte = werte;
        this.pfad = pfad;
        this.sprache = sprache;
        this.heute = heute;
    }

    Gelesen lies() {
        return switch (feld.art()) {
            case TEXT, MEHRZEILIG -> text();
            case ZAHL, GELD -> zahl();
            case DATUM -> Datumslesung.lies(teil("tag"), teil("monat"), teil("jahr"), feld.zeit(), sprache, heute);
            case JANEIN -> janein();
            case AUSWAHL -> auswahl();
            case MEHRFACH -> mehrfach();
            case NAME -> new Teilelesung(this::teil, sprache).name();
            case ANSCHRIFT -> new Teilelesung(this::teil, sprache).anschrift();
            case EMAIL -> new Nummernlesung(teil(""), sprache).email();
            case TELEFON -> new Nummernlesung(teil(""), sprache).telefon();
            case IBAN -> new Nummernlesung(teil(""), sprache).iban();
            case KENNZEICHEN -> new Nummernlesung(teil(""), sprache).kennzeichen();
            case ORT -> new Teilelesung(this::teil, sprache).ort();
            case EINWILLIGUNG -> einwilligung();
            case DATEI -> dateien();
            case HINWEIS, BERECHNET -> Gelesen.NICHTS;
        };
    }

    /** What is asked of somebody who left the field empty. */
    String fehlt() {
        var titel = feld.titel().in(sprache);
        return switch (feld.art()) {
            case JANEIN, AUSWAHL ->
                m(
                        "Hier ist noch nichts ausgewählt. Bitte wählen Sie eine Antwort.",
                        "Nothing has been chosen yet. Please choose an answer.");
            case MEHRFACH ->
                m(
                        "Hier ist noch nichts ausgewählt. Bitte wählen Sie mindestens eine Antwort.",
                        "Nothing has been chosen yet. Please choose at least one answer.");
            case EINWILLIGUNG ->
                m(
                        "Das Häkchen fehlt. Bitte setzen Sie es, wenn Sie einverstanden sind; sonst können wir das nicht online bearbeiten.",
                        "The tick is missing. Please set it if you agree; otherwise we cannot handle this online.");
            case DATEI ->
                m(
                        "Hier fehlt noch eine Datei. Bitte laden Sie „" + titel + "“ hoch.",
                        "A file is missing. Please upload “" + titel + "”.");
            case DATUM ->
                m(
                        "Das Datum fehlt. Bitte geben Sie Tag, Monat und Jahr ein, zum Beispiel 27 3 2020.",
                        "The date is missing. Please enter day, month and year, for example 27 3 2020.");
            case NAME ->
                m(
                        "Der Name fehlt. Bitte geben Sie Vor- und Nachnamen ein.",
                        "The name is missing. Please enter first and last name.");
            case ANSCHRIFT ->
                m(
                        "Die Anschrift fehlt. Bitte geben Sie Straße, Hausnummer, Postleitzahl und Ort ein.",
                        "The address is missing. Please enter street, number, postcode and town.");
            case ORT ->
                m(
                        "Der Ort fehlt. Bitte beschreiben Sie ihn, zum Beispiel „Marktplatz vor dem Rathaus“.",
                        "The place is missing. Please describe it, for example “market square, in front of the town hall”.");
            default ->
                m(
                        "„" + titel + "“ fehlt noch. Bitte füllen Sie das Feld aus.",
                        "“" + titel + "” is missing. Please fill in this field.");
        };
    }

    private String m(String deutsch, String englisch) {
        return sprache.equals("en") ? englisch : deutsch;
    }

    private String roh(String teil) {
        return werte.text(teil.isEmpty() ? pfad : pfad + "." + teil);
    }

    private String teil(String teil) {
        return eineZeile(roh(teil));
    }

    private static String eineZeile(String text) {
        var zeile = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> zeile.appendCodePoint(
                        Character.isWhitespace(c) || Character.isISOControl(c) || c == 0xa0 ? ' ' : c));
        return zeile.toString().strip();
    }

    private Gelesen text() {
        var text = feld.art() == Feldart.TEXT
                ? teil("")
                : roh("").replace("\r\n", "\n").strip();
        if (text.isEmpty()) {
            return Gelesen.NICHTS;
        }
        int laenge = text.codePointCount(0, text.length());
        if (laenge > feld.hoechstens()) {
            return Gelesen.falsch(
                    "",
                    m(
                                    "Der Text ist mit %d Zeichen zu lang. Höchstens %d passen; bitte kürzen Sie ihn um %d.",
                                    "With %d characters the text is too long. At most %d fit; please shorten it by %d.")
                            .formatted(laenge, feld.hoechstens(), laenge - feld.hoechstens()));
        }
        if (laenge < feld.mindestens()) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Der Text ist mit %d Zeichen zu kurz. Bitte geben Sie mindestens %d ein."
                                    .formatted(laenge, feld.mindestens()),
                            "With %d characters the text is too short. Please enter at least %d."
                                    .formatted(laenge, feld.mindestens())));
        }
        var muster = feld.muster();
        if (muster != null && !muster.passt(text)) {
            return Gelesen.falsch(
                    "",
                    m(
                            "„" + kurz(text) + "“ passt hier nicht. " + muster.passt(),
                            "“" + kurz(text) + "” does not fit here. " + muster.fits()));
        }
        return Gelesen.gut(text, text);
    }

    private Gelesen zahl() {
        var getippt = teil("");
        if (getippt.isEmpty()) {
            return Gelesen.NICHTS;
        }
        var zahl = Zahlen.lies(getippt);
        if (zahl == null) {
            return Gelesen.falsch(
                    "",
                    m(
                                    "„" + kurz(getippt) + "“ ist keine Zahl. Bitte nur Ziffern eingeben, zum Beispiel ",
                                    "“" + kurz(getippt) + "” is no number. Please enter digits only, for example ")
                            + (feld.stellen() > 0 ? "12,50." : "12."));
        }
        if (zahl.stripTrailingZeros().scale() > feld.stellen()) {
            return Gelesen.falsch(
                    "",
                    feld.stellen() == 0
                            ? m("Hier passt nur eine ganze Zahl, ohne Komma.", "Only a whole number fits here.")
                            : m(
                                    "Hier passen höchstens " + feld.stellen() + " Stellen hinter dem Komma.",
                                    "At most " + feld.stellen() + " decimal places fit here."));
        }
        if (feld.von() != null && zahl.compareTo(feld.von()) < 0) {
            return Gelesen.falsch(
                    "",
                    m(
                            gezeigt(zahl) + " ist zu klein. Bitte eine Zahl ab " + gezeigt(feld.von()) + " eingeben.",
                            gezeigt(zahl) + " is too small. Please enter a number from " + gezeigt(feld.von()) + "."));
        }
        if (feld.bis() != null && zahl.compareTo(feld.bis()) > 0) {
            return Gelesen.falsch(
                    "",
                    m(
                            gezeigt(zahl) + " ist zu groß. Bitte eine Zahl bis " + gezeigt(feld.bis()) + " eingeben.",
                            gezeigt(zahl) + " is too large. Please enter a number up to " + gezeigt(feld.bis()) + "."));
        }
        return Gelesen.gut(zahl, mitEinheit(zahl));
    }

    String mitEinheit(BigDecimal zahl) {
        var einheit = feld.art() == Feldart.GELD ? "€" : feld.einheit();
        return gezeigt(zahl) + (einheit.isEmpty() ? "" : " " + einheit);
    }

    private String gezeigt(BigDecimal zahl) {
        var form = NumberFormat.getNumberInstance(Locale.GERMANY);
        form.setRoundingMode(RoundingMode.HALF_UP);
        form.setMaximumFractionDigits(feld.stellen());
        form.setMinimumFractionDigits(
                feld.art() == Feldart.GELD || feld.einheit().equals("€") ? feld.stellen() : 0);
        return form.format(zahl);
    }

    private Gelesen janein() {
        return switch (teil("")) {
            case "" -> Gelesen.NICHTS;
            case "ja" -> Gelesen.gut(true, sprache.equals("en") ? "Yes" : "Ja");
            case "nein" -> Gelesen.gut(false, sprache.equals("en") ? "No" : "Nein");
            default ->
                Gelesen.falsch(
                        "",
                        m(
                                "Diese Antwort gibt es hier nicht. Bitte wählen Sie Ja oder Nein.",
                                "There is no such answer. Please choose yes or no."));
        };
    }

    private Gelesen auswahl() {
        var gewaehlt = teil("");
        if (gewaehlt.isEmpty()) {
            return Gelesen.NICHTS;
        }
        var wahl = wahl(gewaehlt);
        return wahl == null
                ? Gelesen.falsch(
                        "",
                        m(
                                "Diese Antwort gibt es hier nicht mehr. Bitte wählen Sie neu.",
                                "There is no such answer any more. Please choose again."))
                : Gelesen.gut(wahl.wert(), wahl.titel().in(sprache));
    }

    private Feld.@Nullable Wahl wahl(String wert) {
        return feld.wahl().stream()
                .filter(w -> w.wert().equals(wert))
                .findFirst()
                .orElse(null);
    }

    private Gelesen mehrfach() {
        var getippt =
                werte.texte(pfad).stream().filter(t -> !t.isEmpty()).distinct().toList();
        if (getippt.isEmpty()) {
            return Gelesen.NICHTS;
        }
        var gewaehlt =
                feld.wahl().stream().filter(w -> getippt.contains(w.wert())).toList();
        if (gewaehlt.size() != getippt.size()) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Eine der Antworten gibt es hier nicht mehr. Bitte wählen Sie neu.",
                            "One of the answers is no longer there. Please choose again."));
        }
        if (gewaehlt.size() < feld.mindestens()) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Ausgewählt sind %d. Bitte wählen Sie mindestens %d."
                                    .formatted(gewaehlt.size(), feld.mindestens()),
                            "You chose %d. Please choose at least %d.".formatted(gewaehlt.size(), feld.mindestens())));
        }
        if (gewaehlt.size() > feld.hoechstens()) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Ausgewählt sind %d. Bitte wählen Sie höchstens %d."
                                    .formatted(gewaehlt.size(), feld.hoechstens()),
                            "You chose %d. Please choose at most %d.".formatted(gewaehlt.size(), feld.hoechstens())));
        }
        return Gelesen.gut(
                gewaehlt.stream().map(Feld.Wahl::wert).toList(),
                String.join(
                        ", ", gewaehlt.stream().map(w -> w.titel().in(sprache)).toList()));
    }

    private Gelesen einwilligung() {
        return teil("").equals("ja")
                ? Gelesen.gut(
                        new Formularwert.Einwilligung(true, feld.fassung()),
                        (sprache.equals("en") ? "Given" : "Erteilt") + " (" + feld.fassung() + ")")
                : Gelesen.NICHTS;
    }

    private Gelesen dateien() {
        var anlagen = werte.anlagen(pfad);
        if (anlagen.isEmpty()) {
            return Gelesen.NICHTS;
        }
        if (anlagen.size() > feld.hoechstens()) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Das sind %d Dateien, höchstens %d passen. Bitte entfernen Sie welche."
                                    .formatted(anlagen.size(), feld.hoechstens()),
                            "These are %d files, at most %d fit. Please remove some."
                                    .formatted(anlagen.size(), feld.hoechstens())));
        }
        if (anlagen.size() < feld.mindestens()) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Das sind %d Dateien, gebraucht werden mindestens %d."
                                    .formatted(anlagen.size(), feld.mindestens()),
                            "These are %d files, at least %d are needed."
                                    .formatted(anlagen.size(), feld.mindestens())));
        }
        return Gelesen.gut(
                BigDecimal.valueOf(anlagen.size()),
                String.join(", ", anlagen.stream().map(Anlage::name).toList()));
    }

    static String kurz(String text) {
        return text.codePointCount(0, text.length()) <= 40
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 40)) + "…";
    }
}
