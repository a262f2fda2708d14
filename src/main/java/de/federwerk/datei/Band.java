package de.federwerk.datei;

import java.util.List;

/**
 * What is to be bound to one PDF/A: cover, table of contents, and then part after part.
 *
 * @param titel of the whole, for the window of a viewer
 * @param verfasser the authority
 * @param deckblatt lines of the cover
 * @param stuecke in their order
 */
public record Band(String titel, String verfasser, List<Zeile> deckblatt, List<Stueck> stuecke) {

    /** How a line is set. */
    public enum Stil {
        TITEL,
        UEBERSCHRIFT,
        TEXT,
        KLEIN,
        /** A word at the left, what it means beside it. */
        PAAR
    }

    /** @param wort only for {@link Stil#PAAR} */
    public record Zeile(Stil stil, String wort, String text) {

        public static Zeile titel(String text) {
            return new Zeile(Stil.TITEL, "", text);
        }

        public static Zeile ueberschrift(String text) {
            return new Zeile(Stil.UEBERSCHRIFT, "", text);
        }

        public static Zeile text(String text) {
            return new Zeile(Stil.TEXT, "", text);
        }

        public static Zeile klein(String text) {
            return new Zeile(Stil.KLEIN, "", text);
        }

        public static Zeile paar(String wort, String text) {
            return new Zeile(Stil.PAAR, wort, text);
        }
    }

    /**
     * One part: pages that are set from text, then pages of a file.
     *
     * @param ebene 1 or 2, in the table of contents and the outline
     * @param fuss what stands at the foot of each of its pages, beside the number
     * @param text set on pages of their own before those of the file; may be empty
     * @param boegen what {@link Binderei.Sammlung#nimm} made of the file
     */
    public record Stueck(int ebene, String titel, String fuss, List<Zeile> text, List<String> boegen) {}
}
