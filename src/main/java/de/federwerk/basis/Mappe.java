package de.federwerk.basis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes an XLSX file with one sheet in which everything is text, so that no Kennzeichen becomes a number or a date: the smallest workbook
 * that spreadsheets open. {@link Tabellenblatt} reads it again.
 */
public final class Mappe {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String OFFEN = "http://schemas.openxmlformats.org/";

    private Mappe() {}

    /** @param blatt name of the sheet, letters only @param zeilen the first one is the head; written one by one */
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
                            .formatted(OFFEN, blatt));
            teil(zip, "xl/_rels/workbook.xml.rels", verweis("worksheet", "worksheets/sheet1.xml"));
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            blatt(zip, zeilen);
            zip.closeEntry();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void blatt(OutputStream aus, Iterable<List<String>> zeilen) throws XMLStreamException {
        var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(aus, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("worksheet");
        xml.writeDefaultNamespace(OFFEN + "spreadsheetml/2006/main");
        xml.writeStartElement("sheetData");
        int nr = 0;
        for (var zeile : zeilen) {
            zeile(xml, ++nr, zeile);
        }
        xml.writeEndDocument();
        xml.flush();
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

    private static void zeile(XMLStreamWriter xml, int nr, List<String> werte) throws XMLStreamException {
        xml.writeStartElement("row");
        xml.writeAttribute("r", String.valueOf(nr));
        for (int i = 0; i < werte.size(); i++) {
            if (!werte.get(i).isEmpty()) {
                xml.writeStartElement("c");
                xml.writeAttribute("r", spalte(i) + nr);
                xml.writeAttribute("t", "inlineStr");
                xml.writeStartElement("is");
                xml.writeStartElement("t");
                xml.writeAttribute("xml:space", "preserve");
                xml.writeCharacters(lesbar(werte.get(i)));
                xml.writeEndElement();
                xml.writeEndElement();
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    /** 27 is {@code AB}. */
    private static String spalte(int i) {
        return i < 26 ? String.valueOf((char) ('A' + i)) : spalte(i / 26 - 1) + (char) ('A' + i % 26);
    }

    /** Without the signs that XML does not know. */
    private static String lesbar(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", " ");
    }
}
