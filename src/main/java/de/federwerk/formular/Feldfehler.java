package de.federwerk.formular;

/**
 * Something that does not fit.
 *
 * @param schritt id of the page
 * @param pfad of the field, e.g. {@code hund[1].geburt}; of a repeated Abschnitt itself if there are too few
 * @param teil the input of a field that has several; else empty
 * @param feldtitel for the list above the page
 * @param meldung what is wrong and what fits
 */
public record Feldfehler(String schritt, String pfad, String teil, String feldtitel, String meldung) {

    /** Where the link in the list above leads. */
    public String ziel() {
        return Formular.htmlId(pfad) + (teil.isEmpty() ? "" : "-" + teil);
    }
}
