package de.federwerk.formular;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of files that citizens may send: {@code pdf}, {@code bild}, {@code text}. By the ending of the name; what is inside, whoever stores it looks at. */
public final class Dateiart {

    public static final List<String> ALLE = List.of("pdf", "bild", "text");

    private static final List<String> BILD = List.of(".jpg", ".jpeg", ".png", ".heic", ".webp", ".tif", ".tiff");
    private static final List<String> TEXT = List.of(".docx", ".odt", ".txt");

    private Dateiart() {}

    public static boolean passt(Collection<String> arten, String dateiname) {
        var klein = dateiname.toLowerCase(Locale.ROOT);
        return arten.stream().anyMatch(a -> switch (a) {
            case "pdf" -> klein.endsWith(".pdf");
            case "bild" -> BILD.stream().anyMatch(klein::endsWith);
            case "text" -> TEXT.stream().anyMatch(klein::endsWith);
            default -> false;
        });
    }

    /** For {@code accept}. */
    public static String annahme(Collection<String> arten) {
        return arten.stream()
                .map(a -> switch (a) {
                    case "pdf" -> ".pdf";
                    case "bild" -> "image/*";
                    default -> String.join(",", TEXT);
                })
                .collect(Collectors.joining(","));
    }

    /** For people. */
    public static String worte(Collection<String> arten) {
        return arten.stream()
                .map(a -> switch (a) {
                    case "pdf" -> "PDF";
                    case "bild" -> "Foto (JPG, PNG, HEIC)";
                    default -> "Textdatei (DOCX, ODT, TXT)";
                })
                .collect(Collectors.joining(" oder "));
    }
}
