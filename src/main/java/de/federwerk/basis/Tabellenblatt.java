package de.federwerk.basis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of an XLSX file as a list. Not by a library for spreadsheets: of a list only texts are wanted, and what a stranger's file can
 * do to such a library must not happen in the server. Reads a ZIP and XML without DTD as a stream, everything bounded; knows no formula, date,
 * macro or link.
 */
public final class Tabellenblatt {

    private static final int TEILE = 2_000;
    /** Unpacked, of the parts that are read; a ZIP bomb ends here. */
    private static final int BYTES = 32 * 1024 * 1024;

    private static final int SPALTEN = 50;
    private static final int ZEICHEN = 4_000;
    private static final int TEXTE = 200_000;

    private Tabellenblatt() {}

    /** Whether this is a ZIP, as every XLSX is. */
    public static boolean ist(byte[] datei) {
        return datei.length > 4 && datei[0] == 'P' && datei[1] == 'K' && datei[2] == 3 && datei[3] == 4;
    }

    /**
     * @param alle all columns that are wanted, with semicolons between them; others are passed over
     * @param hoechstens lines below the head
     * @throws Abgelehnt (EINGABE) if it is no such file, (GRENZE) if it is too large
     */
    public static List<Tabelle.Zeile> lies(byte[] datei, List<String> pflicht, String alle, int hoechstens) {
        try {
            var teile = teile(datei);
            var blatt = teile.get(erstesBlatt(teile));
            if (blatt == null) {
                throw unlesbar();
            }
            return zeilen(blatt, texte(teile.get("xl/sharedStrings.xml")), pflicht, alle, hoechstens);
        } catch (IOException | XMLStreamException | NumberFormatException e) {
            throw unlesbar();
        }
    }

    private static Abgelehnt unlesbar() {
        return Abgelehnt.eingabe(
                "Die Datei ist keine lesbare XLSX-Tabelle. Speichern Sie sie noch einmal als „Excel-Arbeitsmappe (.xlsx)“ oder als „CSV UTF-8“.");
    }

    private static Map<String, byte[]> teile(byte[] datei) throws IOException {
        var teile = new HashMap<String, byte[]>();
        int rest = BYTES;
        int zahl = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(datei))) {
            for (var teil = zip.getNextEntry(); teil != null; teil = zip.getNextEntry()) {
                if (++zahl > TEILE) {
                    throw zuGross();
                }
                // Whatever is passed over is unpacked all the same: it counts as well.
                var bytes = zip.readNBytes(rest + 1);
                rest -= bytes.length;
                if (rest < 0) {
                    throw zuGross();
                }
                var name = teil.getName();
                if (name.matches("xl/(workbook|sharedStrings|worksheets/[^/]+)\\.xml|xl/_rels/workbook\\.xml\\.rels")) {
                    teile.put(name, bytes);
                }
            }
        }
        return teile;
    }

    private static Abgelehnt zuGross() {
        return new Abgelehnt(
                Abgelehnt.Art.GRENZE,
                "Die Tabelle ist ausgepackt größer als 32 MB und wurde nicht gelesen. Bitte entfernen Sie Bilder und leere Formate, oder speichern Sie sie als CSV.");
    }

    /** The sheet that stands first in the workbook, wherever it lies. */
    private static String erstesBlatt(Map<String, byte[]> teile) throws XMLStreamException {
        var buch = teile.get("xl/workbook.xml");
        var wege = teile.get("xl/_rels/workbook.xml.rels");
        var kennung = buch == null ? null : erstes(buch, "sheet", "id", null, null);
        var ziel = kennung == null || wege == null ? null : erstes(wege, "Relationship", "Target", "Id", kennung);
        if (ziel == null) {
            return "xl/worksheets/sheet1.xml";
        }
        return ziel.startsWith("/") ? ziel.substring(1) : "xl/" + ziel;
    }

    /** An attribute of the first element of this name, or of the one whose other attribute has this value. */
    private static @Nullable String erstes(
            byte[] xml, String element, String attribut, @Nullable String anderes, @Nullable String wert)
            throws XMLStreamException {
        var leser = leser(xml);
        while (leser.hasNext()) {
            if (leser.next() == XMLStreamConstants.START_ELEMENT
                    && leser.getLocalName().equals(element)
                    && (anderes == null || java.util.Objects.equals(attribut(leser, anderes), wert))) {
                return attribut(leser, attribut);
            }
        }
        return null;
    }

    /** Reads neither a DTD nor anything that lies outside these bytes. */
    private static XMLStreamReader leser(byte[] xml) throws XMLStreamException {
        var fabrik = XMLInputFactory.newDefaultFactory();
        fabrik.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        fabrik.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        fabrik.setProperty(XMLInputFactory.IS_COALESCING, true);
        return fabrik.createXMLStreamReader(new ByteArrayInputStream(xml));
    }

    /** By its local name: {@code r:id} carries a prefix. */
    private static @Nullable String attribut(XMLStreamReader leser, String name) {
        for (int i = 0; i < leser.getAttributeCount(); i++) {
            if (leser.getAttributeLocalName(i).equals(name)) {
                return leser.getAttributeValue(i);
            }
        }
        return null;
    }

    private static List<String> texte(byte @Nullable [] xml) throws XMLStreamException {
        var texte = new ArrayList<String>();
        if (xml == null) {
            return texte;
        }
        var leser = leser(xml);
        while (leser.hasNext()) {
            if (leser.next() == XMLStreamConstants.START_ELEMENT
                    && leser.getLocalName().equals("si")) {
                if (texte.size() >= TEXTE) {
                    throw zuGross();
                }
                // Cleaned once: a million cells may name one text.
                texte.add(text(leser, "si").replace("\0", "").strip());
            }
        }
        return texte;
    }

    /** The text of all {@code t} up to the end of this element; not how it is pronounced. */
    private static String text(XMLStreamReader leser, String bis) throws XMLStreamException {
        var text = new StringBuilder();
        boolean lesbar = false;
        int aussprache = 0;
        while (leser.hasNext()) {
            switch (leser.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    lesbar = leser.getLocalName().equals("t");
                    aussprache += leser.getLocalName().equals("rPh") ? 1 : 0;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (lesbar && aussprache == 0 && text.length() < ZEICHEN) {
                        text.append(leser.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    lesbar = false;
                    aussprache -= leser.getLocalName().equals("rPh") ? 1 : 0;
                    if (leser.getLocalName().equals(bis)) {
                        return text.toString();
                    }
                }
                default -> {
                    // Comments and such say nothing.
                }
            }
        }
        return text.toString();
    }

    private static List<Tabelle.Zeile> zeilen(
            byte[] blatt, List<String> texte, List<String> pflicht, String alle, int hoechstens)
            throws XMLStreamException {
        var zeilen = new ArrayList<Tabelle.Zeile>();
        var gewollte = Set.of(alle.split(";", -1));
        Map<Integer, String> kopf = null;
        var leser = leser(blatt);
        long nr = 0;
        while (leser.hasNext()) {
            if (leser.next() != XMLStreamConstants.START_ELEMENT
                    || !leser.getLocalName().equals("row")) {
                continue;
            }
            var genannt = attribut(leser, "r");
            nr = genannt == null ? nr + 1 : Long.parseLong(genannt);
            var zellen = zellen(leser, texte);
            if (zellen.values().stream().allMatch(String::isBlank)) {
                continue;
            }
            if (kopf == null) {
                kopf = new HashMap<>();
                for (var zelle : zellen.entrySet()) {
                    kopf.put(zelle.getKey(), zelle.getValue().strip().toLowerCase(Locale.ROOT));
                }
                continue;
            }
            if (zeilen.size() >= hoechstens) {
                throw new Abgelehnt(
                        Abgelehnt.Art.GRENZE,
                        "Die Liste hat mehr als " + hoechstens + " Zeilen; bitte teilen Sie sie.");
            }
            var werte = new HashMap<String, String>();
            for (var zelle : zellen.entrySet()) {
                var spalte = kopf.get(zelle.getKey());
                if (spalte != null && gewollte.contains(spalte)) {
                    werte.put(spalte, zelle.getValue().replace("\0", "").strip());
                }
            }
            zeilen.add(new Tabelle.Zeile(nr, werte));
        }
        if (kopf == null || !kopf.values().containsAll(pflicht)) {
            throw Abgelehnt.eingabe("Die erste Zeile muss die Spalten nennen: " + alle);
        }
        return zeilen;
    }

    private static Map<Integer, String> zellen(XMLStreamReader leser, List<String> texte) throws XMLStreamException {
        var zellen = new HashMap<Integer, String>();
        int spalte = -1;
        while (leser.hasNext()) {
            int was = leser.next();
            if (was == XMLStreamConstants.END_ELEMENT && leser.getLocalName().equals("row")) {
                break;
            }
            if (was == XMLStreamConstants.START_ELEMENT && leser.getLocalName().equals("c")) {
                var ort = attribut(leser, "r");
                spalte = ort == null ? spalte + 1 : spalte(ort);
                var wert = zelle(leser, texte, ort == null ? "" : ort);
                if (spalte < SPALTEN) {
                    zellen.put(spalte, wert);
                }
            }
        }
        return zellen;
    }

    /** {@code AB12} is 27. */
    private static int spalte(String ort) {
        int spalte = 0;
        for (int i = 0; i < ort.length() && ort.charAt(i) >= 'A' && ort.charAt(i) <= 'Z' && spalte < 100_000; i++) {
            spalte = spalte * 26 + ort.charAt(i) - 'A' + 1;
        }
        return spalte - 1;
    }

    private static String zelle(XMLStreamReader leser, List<String> texte, String ort) throws XMLStreamException {
        var art = attribut(leser, "t");
        var wert = "";
        while (leser.hasNext()) {
            int was = leser.next();
            if (was == XMLStreamConstants.END_ELEMENT && leser.getLocalName().equals("c")) {
                break;
            }
            if (was == XMLStreamConstants.START_ELEMENT && leser.getLocalName().equals("v")) {
                wert = leser.getElementText();
            } else if (was == XMLStreamConstants.START_ELEMENT
                    && leser.getLocalName().equals("is")) {
                wert = text(leser, "is");
            }
        }
        if ("s".equals(art)) {
            int nummer = Integer.parseInt(wert.strip());
            return nummer >= 0 && nummer < texte.size() ? texte.get(nummer) : "";
        }
        if ((art == null || art.equals("n")) && wert.matches(".*[.eE].*")) {
            // 66.20 as a number is 66.2: another position of the Aktenplan, and nobody would notice.
            throw Abgelehnt.eingabe(
                    "Die Zelle %s enthält eine Zahl mit Komma (%s). Aus 66.20 wird so 66.2. Bitte formatieren Sie die Spalte als Text und geben Sie den Wert noch einmal ein."
                            .formatted(ort, wert.length() > 40 ? "…" : wert));
        }
        return wert.length() > ZEICHEN ? wert.substring(0, ZEICHEN) : wert;
    }
}
