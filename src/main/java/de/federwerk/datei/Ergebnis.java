package de.federwerk.datei;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a worker found in one file. File names are plain names within the working folder.
 *
 * @param ursache why it could not be read, German, for people; null if it was read
 * @param technisch the same for administrators
 * @param hinweis what was left out, German; null if nothing
 * @param seiten number of pages; null where the format has none
 * @param textherkunft text, ocr, gemischt or keiner
 * @param text file with the text (UTF-8, pages separated by form feed); null if there is none
 * @param vorschau PDF made for looking at; null if there is none, or if the original is a PDF
 * @param absenderdatum as the sender claims it
 * @param verbraucht true if the worker should not be used again (it ran out of memory)
 */
record Ergebnis(
        @Nullable String ursache,
        @Nullable String technisch,
        @Nullable String hinweis,
        String medientyp,
        @Nullable Integer seiten,
        String textherkunft,
        @Nullable String text,
        @Nullable String vorschau,
        List<Seitenbild> seitenbilder,
        List<Teil> teile,
        @Nullable String titel,
        @Nullable String absender,
        @Nullable Instant absenderdatum,
        boolean verbraucht) {

    /** JPEG of one page (from 1), measured in pixels. */
    record Seitenbild(int seite, String datei, int breite, int hoehe) {}

    /** Attachment of a mail and the safe name it is shown with. */
    record Teil(String datei, String dateiname) {}

    /** Whether it keeps to what was asked for, in number and length, and to characters that a database takes. */
    boolean passtZu(Grenzen grenzen) {
        return seitenbilder.size() <= grenzen.seitenbilder()
                && teile.size() <= grenzen.teile()
                && (seiten == null || seiten >= 0)
                && seitenbilder.stream().allMatch(b -> b.seite() > 0 && b.breite() > 0 && b.hoehe() > 0)
                && medientyp.matches("[\\x21-\\x7e]{3,200}")
                && Stream.of(ursache, technisch, hinweis, titel, absender)
                        .allMatch(satz -> satz == null || satz.length() <= 5_000 && satz.equals(Seitentext.rein(satz)));
    }
}
