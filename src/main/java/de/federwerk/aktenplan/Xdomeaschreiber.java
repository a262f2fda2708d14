package de.federwerk.aktenplan;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the xdomea message {@code Aktenplan.Aktenplan.0301} (3.1.0). It must name retention and disposal at every position; which of them
 * are the position's own, where the retention begins, and the order stand in our extension, so that the plan is read again as it was.
 */
final class Xdomeaschreiber {

    private static final String VORSATZ = "xdomea";

    private final XMLStreamWriter xml;
    private final Planbild bild;

    private Xdomeaschreiber(XMLStreamWriter xml, Planbild bild) {
        this.xml = xml;
        this.bild = bild;
    }

    /** @param behoerde whose plan it is @param tag as of which it is */
    static void schreibe(Planbild bild, String behoerde, LocalDate tag, OutputStream aus) throws XMLStreamException {
        var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(aus, "UTF-8");
        new Xdomeaschreiber(xml, bild).nachricht(behoerde, tag);
        xml.close();
    }

    private void nachricht(String behoerde, LocalDate tag) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.setPrefix(VORSATZ, Xdomealeser.RAUM);
        beginne(Xdomealeser.NACHRICHT);
        xml.writeNamespace(VORSATZ, Xdomealeser.RAUM);
        beginne("Kopf");
        schreibe("ProzessID", UUID.randomUUID().toString());
        beginne("Nachrichtentyp");
        code("0301");
        ende();
        schreibe(
                "Erstellungszeitpunkt",
                DateTimeFormatter.ISO_INSTANT.format(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        for (var rolle : new String[] {"Absender", "Empfaenger"}) {
            beginne(rolle);
            if (rolle.equals("Absender")) {
                beginne("Institution");
                schreibe("Name", behoerde);
                ende();
            }
            ende();
        }
        beginne("SendendesSystem");
        schreibe("Produktname", "Federwerk");
        ende();
        schreibe("Empfangsbestaetigung", "false");
        ende();
        beginne("Aktenplan");
        schreibe("Bezeichnung", "Aktenplan " + behoerde);
        schreibe("Version", tag.toString());
        for (var p : bild.kinder(null)) {
            einheit(p, "unbefristet", "");
        }
        beginne("Gueltigkeit");
        schreibe("Beginn", tag.toString());
        ende();
        ende();
        ende();
        xml.writeEndDocument();
    }

    private void einheit(Position p, String dauerOben, String artOben) throws XMLStreamException {
        if (!p.gilt()) {
            return;
        }
        var dauer = p.aufbewahrung() == null ? dauerOben : Planausgabe.aufbewahrung(p);
        var art = p.aussonderungsart() == null ? artOben : requireNonNull(p.aussonderungsart());
        beginne("Einheit");
        schreibe("Kennzeichen", p.kennzeichen());
        schreibe("Inhaltsangabe", p.titel());
        beginne("Aussonderungsart");
        if (art.isEmpty()) {
            schreibe("AussonderungsartKonfigurierbar", Xdomealeser.OFFEN);
        } else {
            beginne("Aussonderungsart");
            code(art);
            ende();
        }
        ende();
        schreibe("Stillgelegt", "false");
        beginne("Aufbewahrungsdauer");
        // Where nobody has said how long, the message must say something: for ever, since whatever is shorter might
        // destroy something.
        schreibe(
                dauer.equals("unbefristet") ? "Unbefristet" : "AnzahlJahre", dauer.equals("unbefristet") ? "1" : dauer);
        ende();
        for (var kind : bild.kinder(p.id())) {
            einheit(kind, dauer, art);
        }
        beginne("AnwendungsspezifischeErweiterung");
        schreibe("Kennung", Xdomealeser.ERWEITERUNG);
        schreibe("Name", "Eigene Angaben der Position");
        feld(Planzeile.AUFBEWAHRUNG, Planausgabe.aufbewahrung(p));
        feld(Planzeile.ART, p.aussonderungsart() == null ? "" : requireNonNull(p.aussonderungsart()));
        feld(Planzeile.BEGINN, Planausgabe.beginn(p));
        feld(Planzeile.RANG, String.valueOf(p.rang()));
        ende();
        ende();
    }

    private void feld(String name, String wert) throws XMLStreamException {
        beginne("Feld");
        schreibe("Name", name);
        schreibe("Wert", wert);
        ende();
    }

    /** Codes stand in no namespace. */
    private void code(String wert) throws XMLStreamException {
        xml.writeStartElement("code");
        xml.writeCharacters(wert);
        xml.writeEndElement();
    }

    private void beginne(String name) throws XMLStreamException {
        xml.writeStartElement(Xdomealeser.RAUM, name);
    }

    private void schreibe(String name, String wert) throws XMLStreamException {
        beginne(name);
        xml.writeCharacters(wert.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cn}]", " "));
        ende();
    }

    private void ende() throws XMLStreamException {
        xml.writeEndElement();
    }
}
