package de.federwerk.aktenart;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gesicht.Sprung;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What can stand in a field, how it is read from what people type, and how it is written. */
public enum Feldart {
    TEXT("Text", "text"),
    ZAHL("Zahl", "Zahl, zum Beispiel 1.250 oder 3,5"),
    GELD("Betrag", "Betrag in Euro, zum Beispiel 1.250,00"),
    DATUM("Datum", "Tag, zum Beispiel 12.10.2026"),
    AUSWAHL("Auswahl", ""),
    PERSON("Person im Haus", "Name oder Anmeldename"),
    ORT("Ort", "Anschrift oder Flurstück");

    /** With or without points between thousands, a comma before the fraction. */
    private static final Pattern ZAHLWORT =
            Pattern.compile("-?(?:\\d{1,14}|\\d{1,2}(?:\\.\\d{3}){1,4}|\\d{3}(?:\\.\\d{3}){1,3})(?:,\\d{1,4})?");

    private static final int LAENGSTER = 1_000;

    private final String wort;
    private final String hinweis;

    Feldart(String wort, String hinweis) {
        this.wort = wort;
        this.hinweis = hinweis;
    }

    /** @throws Abgelehnt (EINGABE) if there is none */
    static Feldart von(String name) {
        return Arrays.stream(values())
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie, was in dem Feld steht."));
    }

    /** As people call it. */
    public String wort() {
        return wort;
    }

    /** What to type; empty if there is nothing to say. */
    public String hinweis() {
        return this == TEXT ? "" : hinweis;
    }

    /** As it is stored. */
    public String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether values are compared as numbers or days, from–to. */
    public boolean bereich() {
        return this == ZAHL || this == GELD || this == DATUM;
    }

    /**
     * What was typed, in one form: the same number, day or choice is always written the same.
     *
     * @param feld its name, for the message
     * @param getippt not empty
     * @throws Abgelehnt (EINGABE) if it is nothing of this kind
     */
    Wert lies(String feld, String getippt, List<String> auswahl) {
        return switch (this) {
            case TEXT, ORT, PERSON -> {
                if (getippt.length() > LAENGSTER) {
                    throw Abgelehnt.eingabe(
                            "„%s“ hat %d Zeichen; möglich sind 1.000.".formatted(feld, getippt.length()));
                }
                yield new Wert(getippt, null, null, null);
            }
            case ZAHL -> {
                var zahl = zahl(feld, getippt);
                yield new Wert(schreibe(zahl, "#,##0.####"), zahl, null, null);
            }
            case GELD -> {
                var zahl = zahl(feld, getippt.replaceFirst("\\s*(€|EUR|Euro)$", ""));
                if (zahl.stripTrailingZeros().scale() > 2) {
                    throw Abgelehnt.eingabe(
                            "„%s“: Ein Betrag hat höchstens zwei Stellen nach dem Komma.".formatted(feld));
                }
                yield new Wert(schreibe(zahl, "#,##0.00") + " €", zahl, null, null);
            }
            case DATUM -> {
                var tag = Sprung.tag(getippt)
                        .orElseThrow(() ->
                                Abgelehnt.eingabe("„%s“: „%s“ ist kein Tag. Bitte schreiben Sie ihn wie 12.10.2026."
                                        .formatted(feld, getippt)));
                yield new Wert(Anzeige.datum(tag), null, tag, null);
            }
            case AUSWAHL ->
                new Wert(
                        auswahl.stream()
                                .filter(a -> a.equalsIgnoreCase(getippt))
                                .findFirst()
                                .orElseThrow(
                                        () -> Abgelehnt.eingabe("„%s“: „%s“ steht nicht zur Auswahl. Möglich sind %s."
                                                .formatted(feld, getippt, String.join(", ", auswahl)))),
                        null,
                        null,
                        null);
        };
    }

    private static BigDecimal zahl(String feld, String getippt) {
        try {
            return zahl(getippt);
        } catch (Abgelehnt e) {
            throw Abgelehnt.eingabe("„" + feld + "“: " + e.getMessage());
        }
    }

    /** @throws Abgelehnt (EINGABE) if it is none, or has more than 14 digits before or 4 behind the comma */
    public static BigDecimal zahl(String getippt) {
        if (!ZAHLWORT.matcher(getippt).matches()) {
            throw Abgelehnt.eingabe("„" + getippt + "“ ist keine Zahl wie 1.250 oder 3,5.");
        }
        return new BigDecimal(getippt.replace(".", "").replace(',', '.'));
    }

    private static String schreibe(BigDecimal zahl, String muster) {
        var form = new DecimalFormat(muster, DecimalFormatSymbols.getInstance(Locale.GERMANY));
        form.setRoundingMode(RoundingMode.UNNECESSARY);
        return form.format(zahl);
    }
}
