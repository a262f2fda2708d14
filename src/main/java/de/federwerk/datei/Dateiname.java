package de.federwerk.datei;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** File names from outside, made fit to be shown and downloaded: umlauts and extension stay, traps go. */
public final class Dateiname {

    /** Linux allows 255 bytes; the rest is room for a number put in front on export. */
    private static final int HOECHSTENS_BYTES = 200;

    private static final int ENDUNG_BYTES = 20;
    private static final Set<String> WINDOWS_GERAETE = Set.of(
            "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1",
            "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

    private Dateiname() {}

    /**
     * The last part of a path without control characters, line breaks, direction overrides and characters that Windows
     * refuses; composed (NFC), at most 200 bytes in UTF-8, never empty, never beginning with a dot.
     *
     * @param fremd any name, may be null or empty
     */
    public static String sicher(@Nullable String fremd) {
        String name = fremd == null ? "" : letzterTeil(fremd);
        var rein = new StringBuilder();
        Normalizer.normalize(Seitentext.rein(name), Normalizer.Form.NFC)
                .codePoints()
                .limit(2_000)
                .forEach(c -> {
                    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                        rein.append(' ');
                    } else if ("<>:\"|?*".indexOf(c) >= 0) {
                        rein.append('_');
                    } else if (!unsichtbar(c)) {
                        rein.appendCodePoint(c);
                    }
                });
        String ohneRaender = rein.toString().replaceAll(" {2,}", " ").replaceAll("^[. ]+|[. ]+$", "");
        if (ohneRaender.isEmpty()) {
            return "Unbenannt";
        }
        int punkt = ohneRaender.indexOf('.');
        String stamm = punkt < 0 ? ohneRaender : ohneRaender.substring(0, punkt);
        if (WINDOWS_GERAETE.contains(stamm.toUpperCase(java.util.Locale.ROOT))) {
            ohneRaender = "_" + ohneRaender;
        }
        return gekuerzt(ohneRaender);
    }

    /** The extension in lower case without the dot; empty if there is none. */
    static String endung(String dateiname) {
        int punkt = dateiname.lastIndexOf('.');
        return punkt <= 0 ? "" : dateiname.substring(punkt + 1).toLowerCase(java.util.Locale.ROOT);
    }

    private static String letzterTeil(String pfad) {
        String ohneEnde = pfad.replaceAll("[/\\\\]+$", "");
        return ohneEnde.substring(Math.max(ohneEnde.lastIndexOf('/'), ohneEnde.lastIndexOf('\\')) + 1);
    }

    private static boolean unsichtbar(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static String gekuerzt(String name) {
        if (bytes(name) <= HOECHSTENS_BYTES) {
            return name;
        }
        int punkt = name.lastIndexOf('.');
        String endung = punkt > 0 && bytes(name.substring(punkt)) <= ENDUNG_BYTES ? name.substring(punkt) : "";
        int ende = name.length() - endung.length();
        while (bytes(name.substring(0, ende)) + bytes(endung) > HOECHSTENS_BYTES) {
            ende = name.offsetByCodePoints(ende, -1);
        }
        return name.substring(0, ende).stripTrailing() + endung;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
