package de.federwerk.datei;

import org.jspecify.annotations.Nullable;

/** How a media type is called and drawn for people. */
public final class Dateityp {

    private Dateityp() {}

    /** Name of its icon (Material Symbols). */
    public static String symbol(@Nullable String medientyp) {
        return switch (medientyp) {
            case null -> "draft";
            case "application/pdf" -> "picture_as_pdf";
            case "message/rfc822" -> "mail";
            default ->
                medientyp.startsWith("image/") ? "image" : medientyp.startsWith("text/") ? "article" : "description";
        };
    }

    /** Its name; the type itself where people have none. */
    public static String name(@Nullable String medientyp) {
        return switch (medientyp) {
            case null -> "wird erkannt";
            case "application/pdf" -> "PDF";
            case "message/rfc822" -> "E-Mail";
            case "image/tiff" -> "TIFF-Bild";
            case "image/jpeg" -> "JPEG-Bild";
            case "image/png" -> "PNG-Bild";
            case "text/plain" -> "Text";
            case "text/html" -> "HTML";
            case "application/zip" -> "ZIP-Archiv";
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/msword" ->
                "Word-Dokument";
            case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel" ->
                "Excel-Tabelle";
            case "application/vnd.oasis.opendocument.text" -> "OpenDocument-Text";
            case "application/vnd.oasis.opendocument.spreadsheet" -> "OpenDocument-Tabelle";
            case "application/octet-stream" -> "unbekanntes Format";
            default -> medientyp;
        };
    }
}
