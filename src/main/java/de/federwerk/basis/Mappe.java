package de.federwerk.basis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an XLSX file with one sheet in which everything is text, so that no Kennzeichen becomes a number or a date: the smallest workbook
 * that spreadsheets open. {@link Tabellenblatt} reads it again.
 */
public final class Mappe {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String OFFEN = "http://schemas.openxmlformats.org/";

    private Mappe() {}

    /** @param zeilen the first one is the head; written one by one */
    public static void schreibe(OutputStream aus, String blatt, Iterable<List<String>> zeilen) throws IOException {
        try (var zip = new ZipOutputStream(aus)) {
            teil(
                    zip,
                    "[Content_Types].xml",
                    "<Types xmlns=\"%spackage/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>"
                            .formatted(OFFEN));
            teil(zip, "_rels/.rels", verweis("officeDocument", "xl/workbook.xml"));
            teil(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"%1$sspreadsheetml/2006/main\" xmlns:r=\"%1$sofficeDocument/2006/relationships\"><sheets><sheet name=\"%2$s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
                            .formatted(OFFEN, sicher(blatt)));
            teil(zip, "xl/_rels/workbook.xml.rels", verweis("worksheet", "worksheets/sheet1.xml"));
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write((XML + "<worksheet xmlns=\"" + OFFEN + "spreadsheetml/2006/main\"><sheetData>")
                    .getBytes(StandardCharsets.UTF_8));
            int nr = 0;
            for (var zeile : zeilen) {
                zip.write(zeile(++nr, zeile).getBytes(StandardCharsets.UTF_8));
            }
            zip.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    private static String verweis(String art, String ziel) {
        return "<Relationships xmlns=\"%1$spackage/2006/relationships\"><Relationship Id=\"rId1\" Type=\"%1$sofficeDocument/2006/relationships/%2$s\" Target=\"%3$s\"/></Relationships>"
                .formatted(OFFEN, art, ziel);
    }

    private static void teil(ZipOutputStream zip, String name, String inhalt) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write((XML + inhalt).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String zeile(int nr, List<String> werte) {
        var text = new StringBuilder("<row r=\"" + nr + "\">");
        for (int i = 0; i < werte.size(); i++) {
            if (!werte.get(i).isEmpty()) {
                text.append("<c r=\"")
                        .append(spalte(i))
                        .append(nr)
                        .append("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
                        .append(sicher(werte.get(i)))
                        .append("</t></is></c>");
            }
        }
        return text.append("</row>").toString();
    }

    /** 27 is {@code AB}. */
    private static String spalte(int i) {
        return i < 26 ? String.valueOf((char) ('A' + i)) : spalte(i / 26 - 1) + (char) ('A' + i % 26);
    }

    /** Without the signs that XML does not know. */
    private static String sicher(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
