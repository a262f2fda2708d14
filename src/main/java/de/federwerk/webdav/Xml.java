package de.federwerk.webdav;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads what programs send, and writes so that they can read it. No document type, no entity, nothing from elsewhere; small and flat. */
final class Xml {

    static final String DAV = "DAV:";

    private static final int BYTES = 256 << 10;

    private Xml() {}

    /**
     * The root of a request's body; empty if it has none.
     *
     * @throws Webdavfehler (400) if it is no XML, (413) if it is too long
     */
    static Optional<Element> lies(InputStream strom) throws IOException {
        var bytes = strom.readNBytes(BYTES + 1);
        if (bytes.length > BYTES) {
            throw Webdavfehler.mit(413, "Die Anfrage ist zu lang.");
        }
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            var fabrik = DocumentBuilderFactory.newInstance();
            fabrik.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            fabrik.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            fabrik.setAttribute("jdk.xml.maxElementDepth", "40");
            fabrik.setNamespaceAware(true);
            fabrik.setXIncludeAware(false);
            fabrik.setExpandEntityReferences(false);
            var leser = fabrik.newDocumentBuilder();
            leser.setErrorHandler(new Stumm());
            return Optional.of(leser.parse(new ByteArrayInputStream(bytes)).getDocumentElement());
        } catch (SAXException e) {
            throw Webdavfehler.mit(400, "Die Anfrage ist kein lesbares XML.");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The default one writes to the console. */
    private static final class Stumm implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // Of no interest to whoever sent it.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    static boolean ist(Node knoten, String name) {
        return DAV.equals(knoten.getNamespaceURI()) && name.equals(knoten.getLocalName());
    }

    static List<Element> kinder(Element element) {
        var kinder = new ArrayList<Element>();
        for (var kind = element.getFirstChild(); kind != null; kind = kind.getNextSibling()) {
            if (kind instanceof Element e) {
                kinder.add(e);
            }
        }
        return kinder;
    }

    static Optional<Element> kind(Element element, String name) {
        return kinder(element).stream().filter(k -> ist(k, name)).findFirst();
    }

    /** An element as it came in, with the namespaces it needs. */
    static String alsText(Element element) {
        try {
            var fabrik = TransformerFactory.newInstance();
            fabrik.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            fabrik.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            fabrik.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
            var schreiber = fabrik.newTransformer();
            schreiber.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var text = new StringWriter();
            schreiber.transform(new DOMSource(element), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw Webdavfehler.mit(400, "Die Anfrage ist kein lesbares XML.");
        }
    }

    /** What is in an element, as it came in. */
    static String inhalt(Element element) {
        var text = new StringBuilder();
        for (var kind = element.getFirstChild(); kind != null; kind = kind.getNextSibling()) {
            if (kind instanceof Element e) {
                text.append(alsText(e));
            } else if (kind.getNodeType() == Node.TEXT_NODE || kind.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(text(String.valueOf(kind.getNodeValue())));
            }
        }
        return text.toString();
    }

    /** Text between tags or in an attribute; what XML 1.0 cannot say is left out. */
    static String text(String roh) {
        var text = new StringBuilder(roh.length());
        roh.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\t', '\n', '\r' -> text.append("&#").append(c).append(';');
                default -> {
                    if (c >= 0x20 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000) {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        return text.toString();
    }
}
