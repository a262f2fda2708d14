package de.federwerk.formular;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a text may look like. Named, not written as regular expressions: each takes one look at each character. */
public enum Muster {
    ZIFFERN("nur Ziffern", "Bitte nur Ziffern eingeben."),
    BUCHSTABEN("nur Buchstaben", "Bitte nur Buchstaben eingeben."),
    BUCHSTABEN_ZIFFERN("Buchstaben und Ziffern", "Bitte nur Buchstaben und Ziffern eingeben."),
    CHIPNUMMER("Chipnummer, 15 Ziffern", "Eine Chipnummer hat 15 Ziffern; sie steht im Heimtierausweis."),
    POSTLEITZAHL("Postleitzahl", "Eine Postleitzahl hat 5 Ziffern."),
    STEUERID("Steuer-Identifikationsnummer", "Die Steuer-ID hat 11 Ziffern."),
    AUSWEISNUMMER("Ausweisnummer", "Eine Ausweisnummer hat 9 oder 10 Buchstaben und Ziffern."),
    INTERNETADRESSE("Internetadresse", "Bitte eine Adresse eingeben, die mit https:// beginnt.");

    private final String wort;
    private final String passt;

    Muster(String wort, String passt) {
        this.wort = wort;
        this.passt = passt;
    }

    public String wort() {
        return wort;
    }

    String passt() {
        return passt;
    }

    /** The same in English. */
    String fits() {
        return switch (this) {
            case ZIFFERN -> "Please enter digits only.";
            case BUCHSTABEN -> "Please enter letters only.";
            case BUCHSTABEN_ZIFFERN -> "Please enter letters and digits only.";
            case CHIPNUMMER -> "A microchip number has 15 digits; it is in the pet passport.";
            case POSTLEITZAHL -> "A postcode has 5 digits.";
            case STEUERID -> "The tax ID has 11 digits.";
            case AUSWEISNUMMER -> "An ID card number has 9 or 10 letters and digits.";
            case INTERNETADRESSE -> "Please enter an address that begins with https://.";
        };
    }

    boolean passt(String text) {
        var rein = rein(text);
        return switch (this) {
            case ZIFFERN -> ziffern(rein);
            case BUCHSTABEN -> alle(rein, Character::isLetter);
            case BUCHSTABEN_ZIFFERN -> alle(rein, Character::isLetterOrDigit);
            case CHIPNUMMER -> ziffern(rein) && rein.length() == 15;
            case POSTLEITZAHL -> ziffern(rein) && rein.length() == 5;
            case STEUERID -> ziffern(rein) && rein.length() == 11;
            case AUSWEISNUMMER -> rein.length() >= 9 && rein.length() <= 10 && alle(rein, Character::isLetterOrDigit);
            case INTERNETADRESSE ->
                (text.startsWith("https://") || text.startsWith("http://")) && alle(text, c -> c > ' ');
        };
    }

    String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Muster> von(String kennung) {
        for (var muster : values()) {
            if (muster.kennung().equals(kennung)) {
                return Optional.of(muster);
            }
        }
        return Optional.empty();
    }

    private static boolean ziffern(String text) {
        return alle(text, c -> c >= '0' && c <= '9');
    }

    static boolean alle(String text, IntPredicate zeichen) {
        return text.codePoints().allMatch(zeichen);
    }

    /** Without the blanks people type between groups. */
    static String rein(String text) {
        return text.replace(" ", "").replace("\u00a0", "");
    }
}
