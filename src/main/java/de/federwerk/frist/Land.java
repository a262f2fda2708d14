package de.federwerk.frist;

import java.util.Arrays;
import java.util.Optional;

/** The 16 Länder by the letters of ISO 3166-2:DE, each with the law that names its public holidays. */
public enum Land {
    BW("Baden-Württemberg", "Gesetz über die Sonntage und Feiertage (FTG)"),
    BY("Bayern", "Feiertagsgesetz (FTG)"),
    BE("Berlin", "Gesetz über die Sonn- und Feiertage"),
    BB("Brandenburg", "Feiertagsgesetz (FTG)"),
    HB("Bremen", "Gesetz über die Sonn-, Gedenk- und Feiertage"),
    HH("Hamburg", "Feiertagsgesetz"),
    HE("Hessen", "Hessisches Feiertagsgesetz"),
    MV("Mecklenburg-Vorpommern", "Feiertagsgesetz Mecklenburg-Vorpommern (FTG M-V)"),
    NI("Niedersachsen", "Niedersächsisches Gesetz über die Feiertage"),
    NW("Nordrhein-Westfalen", "Feiertagsgesetz NW"),
    RP("Rheinland-Pfalz", "Feiertagsgesetz (LFtG)"),
    SL("Saarland", "Feiertagsgesetz (SFG)"),
    SN("Sachsen", "Gesetz über Sonn- und Feiertage im Freistaat Sachsen (SächsSFG)"),
    ST("Sachsen-Anhalt", "Gesetz über die Sonn- und Feiertage (FeiertG LSA)"),
    SH("Schleswig-Holstein", "Gesetz über Sonn- und Feiertage (SFTG)"),
    TH("Thüringen", "Thüringer Feier- und Gedenktagsgesetz (ThürFGtG)");

    private final String bezeichnung;
    private final String gesetz;

    Land(String bezeichnung, String gesetz) {
        this.bezeichnung = bezeichnung;
        this.gesetz = gesetz;
    }

    public String bezeichnung() {
        return bezeichnung;
    }

    String gesetz() {
        return gesetz;
    }

    static Optional<Land> zu(String buchstaben) {
        return Arrays.stream(values()).filter(l -> l.name().equals(buchstaben)).findFirst();
    }
}
