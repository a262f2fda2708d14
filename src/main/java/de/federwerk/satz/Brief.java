package de.federwerk.satz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a letter after DIN 5008, form B.
 *
 * @param sprache language tag, e.g. {@code de}
 * @param absender who writes, large above: {@code Stadt Musterstadt}
 * @param stelle the unit below it; may be empty
 * @param ruecksendung one small line above the address
 * @param anschrift at most six lines
 * @param angaben the block of information on the right: signs, name, telephone, date
 * @param betreff also the title of the PDF
 * @param fuss lines at the foot of each page; at most three
 * @param wappen {@code data:image/png;base64,…} of the house; null for none
 */
public record Brief(
        String sprache,
        String absender,
        String stelle,
        String ruecksendung,
        List<String> anschrift,
        List<Angabe> angaben,
        String betreff,
        List<String> fuss,
        @Nullable String wappen) {}
