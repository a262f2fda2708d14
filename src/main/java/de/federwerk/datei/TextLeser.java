package de.federwerk.datei;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** Plain text in whatever encoding, CSV, XML and HTML. HTML becomes text here; it is never shown as a page. */
final class TextLeser {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    /** German letters and quotes that windows-1252 and UTF-8 disagree about all lie above this. */
    private static final int HOECHSTENS_BYTES = 40 << 20;
    /** HTML is held as a tree, which takes ten times its size. */
    private static final int HOECHSTENS_HTML = 4 << 20;
    /** Elements within elements; browsers stop at 512. */
    private static final int TIEFE = 200;

    private TextLeser() {}

    static void lies(Lesung lesung) throws IOException {
        int hoechstens = art(lesung.medientyp).equals("html") ? HOECHSTENS_HTML : HOECHSTENS_BYTES;
        byte[] bytes;
        try (InputStream ein = Files.newInputStream(lesung.original)) {
            bytes = ein.readNBytes(hoechstens);
        }
        if (bytes.length == hoechstens) {
            lesung.hinweis("Die Datei enthält sehr viel Text; durchsuchbar ist nur der Anfang.");
        }
        String text = switch (art(lesung.medientyp)) {
            case "html" -> ausHtml(bytes, null);
            case "xml" -> ausXml(bytes, lesung.grenzen.textzeichen());
            default -> dekodiert(bytes, null);
        };
        lesung.ausText = true;
        lesung.text.seite(text);
    }

    private static String art(String medientyp) {
        if (medientyp.equals("text/html") || medientyp.equals("application/xhtml+xml")) {
            return "html";
        }
        return medientyp.endsWith("/xml") || medientyp.endsWith("+xml") ? "xml" : "text";
    }

    /**
     * Text in the encoding it was written in: a byte order mark decides, then strict UTF-8, then what was declared, then
     * windows-1252, which every byte sequence fits.
     *
     * @param angabe declared encoding, often wrong; may be null
     */
    static String dekodiert(byte[] bytes, @Nullable String angabe) {
        if (beginnt(bytes, 0xEF, 0xBB, 0xBF)) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
        }
        if (beginnt(bytes, 0xFF, 0xFE) || beginnt(bytes, 0xFE, 0xFF)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        Charset genannt = zeichensatz(angabe);
        if (genannt != null && genannt.name().startsWith("ISO-2022")) {
            return new String(bytes, genannt);
        }
        if (angabe == null && vieleNullen(bytes)) {
            return new String(bytes, bytes[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException keinUtf8) {
            boolean brauchbar = genannt != null
                    && !genannt.equals(StandardCharsets.UTF_8)
                    && !genannt.equals(StandardCharsets.US_ASCII)
                    // As browsers do: who says Latin 1 means windows-1252.
                    && !genannt.equals(StandardCharsets.ISO_8859_1);
            return new String(bytes, brauchbar ? genannt : WINDOWS);
        }
    }

    private static @Nullable Charset zeichensatz(@Nullable String angabe) {
        try {
            return angabe == null ? null : Charset.forName(angabe.strip());
        } catch (IllegalArgumentException unbekannt) {
            return null;
        }
    }

    private static boolean beginnt(byte[] bytes, int... anfang) {
        if (bytes.length < anfang.length) {
            return false;
        }
        for (int i = 0; i < anfang.length; i++) {
            if ((bytes[i] & 0xFF) != anfang[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean vieleNullen(byte[] bytes) {
        int n = Math.min(bytes.length, 512);
        int nullen = 0;
        for (int i = 0; i < n; i++) {
            nullen += bytes[i] == 0 ? 1 : 0;
        }
        return n >= 4 && nullen * 3 > n;
    }

    /** Visible text of an HTML page; scripts, styles and hidden things fall away, nothing is loaded. */
    static String ausHtml(byte[] bytes, @Nullable String angabe) {
        try {
            // Without a declared charset jsoup looks at byte order mark and meta; our own guess handles the rest.
            String kopf = new String(bytes, 0, Math.min(bytes.length, 2048), StandardCharsets.ISO_8859_1)
                    .toLowerCase(java.util.Locale.ROOT);
            Document seite = angabe == null && kopf.contains("charset=")
                    ? Jsoup.parse(new ByteArrayInputStream(bytes), null, "", leser())
                    : Jsoup.parse(dekodiert(bytes, angabe), "", leser());
            seite.select("script, style, noscript, template, head > :not(title)")
                    .remove();
            var text = new StringBuilder();
            seite.traverse(new NodeVisitor() {
                @Override
                public void head(Node knoten, int tiefe) {
                    if (knoten instanceof TextNode stueck) {
                        text.append(stueck.text());
                    } else if (knoten instanceof Element element && umbruch(element) && !endetMitUmbruch(text)) {
                        text.append('\n');
                    }
                }

                @Override
                public void tail(Node knoten, int tiefe) {
                    if (knoten instanceof Element element) {
                        if (element.normalName().equals("td")
                                || element.normalName().equals("th")) {
                            text.append('\t');
                        } else if (element.isBlock() && !endetMitUmbruch(text)) {
                            text.append('\n');
                        }
                    }
                }
            });
            return text.toString().replaceAll("[ \\u00A0]{2,}", " ").strip();
        } catch (IOException unmoeglich) {
            throw new IllegalStateException(unmoeglich);
        }
    }

    private static Parser leser() {
        return Parser.htmlParser().setMaxDepth(TIEFE);
    }

    private static boolean umbruch(Element element) {
        return element.normalName().equals("br")
                || element.isBlock() && !element.normalName().equals("td");
    }

    private static boolean endetMitUmbruch(StringBuilder text) {
        return text.isEmpty() || text.charAt(text.length() - 1) == '\n';
    }

    /** Character data of an XML file; entities beyond the five and external ones are not resolved. Broken XML stays as it is. */
    private static String ausXml(byte[] bytes, int hoechstens) {
        XMLInputFactory fabrik = XMLInputFactory.newDefaultFactory();
        fabrik.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        fabrik.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var text = new StringBuilder();
        try {
            XMLStreamReader xml = fabrik.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (xml.hasNext() && text.length() < hoechstens) {
                int art = xml.next();
                if (art == XMLStreamReader.CHARACTERS || art == XMLStreamReader.CDATA) {
                    text.append(xml.getText());
                } else if (art == XMLStreamReader.END_ELEMENT && !endetMitUmbruch(text)) {
                    text.append('\n');
                }
            }
            return text.toString().replaceAll("\\n\\s*\\n", "\n").strip();
        } catch (XMLStreamException | RuntimeException keinXml) {
            return dekodiert(bytes, null);
        }
    }
}
