package de.federwerk.basis;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In which a town speaks to its citizens. German is always there; the others as far as somebody has written them. */
public enum Sprache {
    DE("de", "de", "Deutsch"),
    EN("en", "en", "English"),
    /** § 11 BGG; BCP 47 has the variant "simple" for it. */
    LEICHT("leicht", "de-simple", "Leichte Sprache");

    private final String kennung;
    private final String lang;
    private final String bezeichnung;

    Sprache(String kennung, String lang, String bezeichnung) {
        this.kennung = kennung;
        this.lang = lang;
        this.bezeichnung = bezeichnung;
    }

    /** As it stands in addresses, in the database and in files. */
    public String kennung() {
        return kennung;
    }

    /** For the attribute {@code lang}. */
    public String lang() {
        return lang;
    }

    /** In the language itself. */
    public String bezeichnung() {
        return bezeichnung;
    }

    public static Optional<Sprache> mit(String kennung) {
        return Arrays.stream(values()).filter(s -> s.kennung.equals(kennung)).findFirst();
    }

    /** German where it is not known. */
    public static Sprache von(@Nullable String kennung) {
        return kennung == null ? DE : mit(kennung).orElse(DE);
    }

    /** The one of the three that fits. */
    public String wort(String deutsch, String englisch, String leicht) {
        return switch (this) {
            case DE -> deutsch;
            case EN -> englisch;
            case LEICHT -> leicht;
        };
    }
}
