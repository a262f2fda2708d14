package de.federwerk.leistung;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How surely the town must know who applies, in the order of § 3 OZG and Regulation (EU) 910/2014: each holds the ones before it. */
public enum Vertrauensniveau {
    OHNE("ohne Anmeldung möglich"),
    BASIS("Konto mit Passwort"),
    SUBSTANZIELL("substanziell, zum Beispiel ELSTER-Zertifikat"),
    HOCH("hoch, Online-Ausweis");

    private final String bezeichnung;

    Vertrauensniveau(String bezeichnung) {
        this.bezeichnung = bezeichnung;
    }

    public String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String bezeichnung() {
        return bezeichnung;
    }

    /** {@link #HOCH} where it is not known: the strictest of them. */
    public static Vertrauensniveau von(@Nullable String kennung) {
        return Arrays.stream(values())
                .filter(v -> v.kennung().equals(kennung))
                .findFirst()
                .orElse(HOCH);
    }
}
