package de.federwerk.basis;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a page of a list begins: at its start or end, behind or before a row, at a value. Travels in the address as {@link #text};
 * opaque, not secret: the sort key of a row its reader saw, and what it opens is filtered by rights like every page.
 *
 * @param werte the sort key in the order of the {@link Ordnung}; for {@link Art#AB} its first parts suffice
 */
public record Stelle(Art art, List<Object> werte) {

    /** From where and in which direction a page is read. */
    public enum Art {
        ANFANG,
        ENDE,
        NACH,
        VOR,
        AB;

        /** Towards the start of the list: what is read comes in reverse order. */
        boolean rueckwaerts() {
            return this == ENDE || this == VOR;
        }
    }

    public static final Stelle ANFANG = new Stelle(Art.ANFANG, List.of());
    public static final Stelle ENDE = new Stelle(Art.ENDE, List.of());

    /** Longer ones were made by nobody: the longest key is an Aktenzeichen of digits and dots. */
    private static final int LAENGSTE = 4_000;

    private static final String TRENNER = "\u001f";

    public Stelle {
        werte = List.copyOf(werte);
    }

    /** From the first row whose key is this value or follows it. */
    public static Stelle ab(Object... werte) {
        return new Stelle(Art.AB, List.of(werte));
    }

    /** Behind the row with this key. */
    public static Stelle nach(List<?> schluessel) {
        return new Stelle(Art.NACH, List.copyOf(schluessel));
    }

    /** Before the row with this key. */
    public static Stelle vor(List<?> schluessel) {
        return new Stelle(Art.VOR, List.copyOf(schluessel));
    }

    /** For the address: one letter, then the key. */
    public String text() {
        var kern = werte.stream().map(String::valueOf).collect(Collectors.joining(TRENNER));
        return art.name().charAt(0)
                + (art == Art.ANFANG ? "" : String.valueOf(art.name().charAt(1)))
                + Base64.getUrlEncoder().withoutPadding().encodeToString(kern.getBytes(StandardCharsets.UTF_8));
    }

    /** The reverse of {@link #text}; what nobody made is the start of the list. */
    static Stelle lies(String text, Ordnung ordnung) {
        if (text.length() < 2 || text.length() > LAENGSTE) {
            return ANFANG;
        }
        try {
            var art = switch (text.substring(0, 2)) {
                case "EN" -> Art.ENDE;
                case "NA" -> Art.NACH;
                case "VO" -> Art.VOR;
                case "AB" -> Art.AB;
                default -> Art.ANFANG;
            };
            if (art == Art.ANFANG || art == Art.ENDE) {
                return art == Art.ENDE ? ENDE : ANFANG;
            }
            var kern = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(2))))
                    .toString();
            return ordnung.stelle(art, kern.split(TRENNER, -1));
        } catch (IllegalArgumentException | CharacterCodingException | java.time.DateTimeException e) {
            return ANFANG;
        }
    }
}
