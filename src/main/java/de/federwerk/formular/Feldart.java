package de.federwerk.formular;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a field asks for. */
public enum Feldart {
    TEXT("Text, eine Zeile", Typ.TEXT),
    MEHRZEILIG("Text, mehrere Zeilen", Typ.TEXT),
    ZAHL("Zahl", Typ.ZAHL),
    GELD("Geldbetrag in Euro", Typ.ZAHL),
    DATUM("Datum", Typ.DATUM),
    JANEIN("Ja oder Nein", Typ.WAHR),
    AUSWAHL("Auswahl, eines", Typ.TEXT),
    MEHRFACH("Auswahl, mehreres", Typ.MENGE),
    NAME("Vor- und Nachname", Typ.TEXT),
    ANSCHRIFT("Anschrift", Typ.TEXT),
    EMAIL("E-Mail-Adresse", Typ.TEXT),
    TELEFON("Telefonnummer", Typ.TEXT),
    IBAN("IBAN", Typ.TEXT),
    KENNZEICHEN("Kfz-Kennzeichen", Typ.TEXT),
    DATEI("Datei zum Hochladen", Typ.ZAHL),
    ORT("Ort auf der Karte", Typ.TEXT),
    EINWILLIGUNG("Einwilligung", Typ.WAHR),
    HINWEIS("Hinweis, nur Text", Typ.TEXT),
    BERECHNET("Berechneter Wert", Typ.ZAHL);

    private final String wort;
    private final Typ typ;

    Feldart(String wort, Typ typ) {
        this.wort = wort;
        this.typ = typ;
    }

    public String wort() {
        return wort;
    }

    /** What an expression sees; of uploads it is their number. */
    Typ typ() {
        return typ;
    }

    /** The inputs it has, each with a name of its own; empty if it is one input. */
    public List<String> teile() {
        return switch (this) {
            case DATUM -> List.of("tag", "monat", "jahr");
            case NAME -> List.of("vor", "nach");
            case ANSCHRIFT -> List.of("strasse", "hausnummer", "plz", "ort");
            case ORT -> List.of("text", "breite", "laenge");
            default -> List.of();
        };
    }

    /** As it stands in the definition. */
    public String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean getippt() {
        return this != HINWEIS && this != BERECHNET && this != DATEI;
    }

    static Optional<Feldart> von(String kennung) {
        for (var art : values()) {
            if (art.kennung().equals(kennung)) {
                return Optional.of(art);
            }
        }
        return Optional.empty();
    }
}
