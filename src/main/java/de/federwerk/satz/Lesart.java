package de.federwerk.satz;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads what a template wrote. It is XHTML without a document type; whatever a person typed stands in it escaped. */
final class Lesart {

    private Lesart() {}

    static Document lies(String xhtml) {
        try {
            var bau = DocumentBuilderFactory.newDefaultInstance();
            bau.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            bau.setNamespaceAware(false);
            bau.setExpandEntityReferences(false);
            var leser = bau.newDocumentBuilder();
            leser.setErrorHandler(null);
            var blatt = leser.parse(new InputSource(new StringReader(erlaubt(xhtml.strip()))));
            setzbar(blatt.getDocumentElement(), false);
            return blatt;
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("Eine Vorlage schreibt kein XHTML", e);
        }
    }

    /** XML knows no control characters, not even escaped. */
    private static String erlaubt(String xhtml) {
        var text = new StringBuilder(xhtml.length());
        xhtml.codePoints().forEach(c -> {
            boolean gut = c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd;
            if (gut || c >= 0x10000) {
                text.appendCodePoint(c);
            } else {
                text.append(Schriften.fehlend(c));
            }
        });
        return text.toString();
    }

    private static void setzbar(Node knoten, boolean roh) {
        if (knoten.getNodeType() == Node.TEXT_NODE && !roh) {
            knoten.setNodeValue(Schriften.setzbar(knoten.getNodeValue()));
        }
        boolean stil = knoten instanceof Element e && e.getTagName().equals("style");
        for (var kind = knoten.getFirstChild(); kind != null; kind = kind.getNextSibling()) {
            setzbar(kind, stil);
        }
    }
}
