package de.federwerk.formular;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question of a form.
 *
 * @param id unique in the whole form
 * @param text what a Hinweis says or an Einwilligung agrees to
 * @param wenn shown only then
 * @param mindestens least length of a text; of a MEHRFACH or DATEI how many at least
 * @param hoechstens greatest length; of a MEHRFACH or DATEI how many at most
 * @param von least value of a number
 * @param stellen digits after the comma
 * @param einheit behind a number: {@code m²}, {@code EUR}
 * @param zeit {@code vergangen} (not in the future), {@code kuenftig} (not in the past) or empty
 * @param typen kinds of files: {@code pdf}, {@code bild}
 * @param hoechstensMb greatest size of each file, in 10^6 bytes
 * @param fassung version of the text that is agreed to
 * @param rechnung of a BERECHNET
 * @param selbst whether it is about the person who fills it in: browsers may then offer what they know (WCAG 1.3.5)
 * @param alsListe an AUSWAHL as a list that opens, not as buttons
 * @param nachweis which proof a DATEI asks for, the same word in all forms; empty: no other form asks for it
 */
public record Feld(
        String id,
        Feldart art,
        Wort titel,
        Wort hilfe,
        Wort text,
        boolean pflicht,
        @Nullable Ausdruck wenn,
        int mindestens,
        int hoechstens,
        @Nullable BigDecimal von,
        @Nullable BigDecimal bis,
        int stellen,
        String einheit,
        @Nullable Muster muster,
        String zeit,
        List<Wahl> wahl,
        List<String> typen,
        int hoechstensMb,
        String fassung,
        @Nullable Ausdruck rechnung,
        boolean selbst,
        boolean alsListe,
        String nachweis) {

    /** One of the answers. @param wert as it is stored */
    public record Wahl(String wert, Wort titel) {}

    Typ typ() {
        return art == Feldart.BERECHNET && rechnung != null ? rechnung.typ() : art.typ();
    }

    /** What its values are: of a BERECHNET what it yields. */
    public Feldart ergebnis() {
        return art != Feldart.BERECHNET
                ? art
                : switch (typ()) {
                    case ZAHL -> Feldart.ZAHL;
                    case DATUM -> Feldart.DATUM;
                    case WAHR -> Feldart.JANEIN;
                    case TEXT, MENGE -> Feldart.TEXT;
                };
    }

    /** A file of this kind, by the ending of its name; what is inside, whoever stores it looks at. */
    public boolean nimmt(String dateiname) {
        return Dateiart.passt(typen, dateiname);
    }

    /** For {@code accept}. */
    public String annahme() {
        return Dateiart.annahme(typen);
    }
}
