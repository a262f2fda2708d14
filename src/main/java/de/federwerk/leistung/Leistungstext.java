package de.federwerk.leistung;

import java.util.List;

/**
 * What is said about a Leistung in one language. Empty fields are not shown, or in German.
 *
 * @param unterlagen what one must bring, one each
 * @param suchworte what people call it
 */
public record Leistungstext(
        String titel,
        String kurztext,
        String beschreibung,
        String voraussetzungen,
        List<String> unterlagen,
        String kosten,
        String bearbeitungsdauer,
        String fristen,
        String rechtsgrundlagen,
        String verfahrensablauf,
        List<String> suchworte) {

    static final Leistungstext LEER = new Leistungstext("", "", "", "", List.of(), "", "", "", "", "", List.of());

    static Leistungstext mitTitel(String titel) {
        return new Leistungstext(titel, "", "", "", List.of(), "", "", "", "", "", List.of());
    }

    boolean leer() {
        return equals(LEER);
    }
}
