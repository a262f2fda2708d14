package de.federwerk.aktenplan;

import de.federwerk.basis.Abgelehnt;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the xdomea message {@code Aktenplan.Aktenplan.0301} (3.x) as a stream, without DTD and without anything that lies outside it. The
 * message names retention and disposal at every position: what only repeats the position above is taken as inherited, except in our own
 * messages, which say what is a position's own.
 */
final class Xdomealeser {

    static final String NACHRICHT = "Aktenplan.Aktenplan.0301";
    static final String RAUM = "urn:xoev-de:xdomea:schema:3.1.0";
    static final String ERWEITERUNG = "de.federwerk.aktenplan";
    static final String OFFEN = "nicht festgelegt";
    private static final String RAUM_3 = "urn:xoev-de:xdomea:schema:3.";
    private static final int ZEICHEN = 4_000;

    /** One {@code Einheit} as it stands in the message. @param nr counted from its beginning: a message may be one single line */
    private static final class Einheit {
        final long nr;
        final List<Einheit> darunter = new ArrayList<>();
        final Map<String, String> eigenes = new HashMap<>();
        String kennzeichen = "";
        String kurz = "";
        String lang = "";
        String art = "";
        String dauer = "";
        boolean stillgelegt;
        boolean unsere;

        Einheit(long nr) {
            this.nr = nr;
        }
    }

    private final XMLStreamReader leser;
    private final Planzeile.Gelesen gelesen = Planzeile.Gelesen.leer(Planzeile.NUMMER);
    private final Map<String, Long> gesehen = new HashMap<>();
    private int zahl;

    private Xdomealeser(XMLStreamReader leser) {
        this.leser = leser;
    }

    /** @throws Abgelehnt (EINGABE) if it is not this message, (GRENZE) if it has too many positions */
    static Planzeile.Gelesen lies(byte[] datei) {
        var fabrik = XMLInputFactory.newDefaultFactory();
        fabrik.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        fabrik.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        fabrik.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var lesung = new Xdomealeser(fabrik.createXMLStreamReader(new ByteArrayInputStream(datei)));
            lesung.lies();
            return lesung.gelesen;
        } catch (XMLStreamException e) {
            throw Abgelehnt.eingabe("Die Datei ist keine lesbare XML-Datei%s. Es wurde nichts übernommen."
                    .formatted(
                            e.getLocation() == null
                                    ? ""
                                    : " (Zeile " + e.getLocation().getLineNumber() + ")"));
        }
    }

    private void lies() throws XMLStreamException {
        do {
            leser.next();
        } while (!leser.isStartElement());
        var raum = leser.getNamespaceURI();
        if (!leser.getLocalName().equals(NACHRICHT) || raum == null || !raum.startsWith(RAUM_3)) {
            throw Abgelehnt.eingabe("Das ist nicht die xdomea-Nachricht " + NACHRICHT
                    + " in einer Fassung 3.x, sondern „" + Planworte.gekuerzt(leser.getLocalName())
                    + "“. Es wurde nichts übernommen.");
        }
        var oberste = new ArrayList<Einheit>();
        while (leser.hasNext()) {
            if (leser.next() == XMLStreamConstants.START_ELEMENT) {
                // The head of the message, and what else the plan has besides its positions.
                if (leser.getLocalName().equals("Einheit")) {
                    oberste.add(einheit(1));
                } else if (!leser.getLocalName().equals("Aktenplan")) {
                    uebergehe();
                }
            }
        }
        oberste.forEach(e -> nimm(e, null, "", ""));
    }

    private Einheit einheit(int ebene) throws XMLStreamException {
        if (++zahl > Planzeile.HOECHSTENS || ebene > Planbild.BODENLOS) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Der Aktenplan hat mehr als " + Planzeile.HOECHSTENS + " Positionen oder mehr als "
                            + Planbild.BODENLOS + " Ebenen.");
        }
        var e = new Einheit(zahl);
        while (leser.next() != XMLStreamConstants.END_ELEMENT) {
            if (leser.isStartElement()) {
                switch (leser.getLocalName()) {
                    case "Kennzeichen" -> e.kennzeichen = text();
                    case "Inhaltsangabe" -> e.lang = text();
                    case "BetreffKurz" -> e.kurz = text();
                    case "Aussonderungsart" -> e.art = gewaehlt(Map.of()).replace(OFFEN, "");
                    case "Aufbewahrungsdauer" -> e.dauer = gewaehlt(Map.of("Unbefristet", "unbefristet"));
                    case "Stillgelegt" -> e.stillgelegt = Set.of("1", "true").contains(text().strip());
                    case "Einheit" -> e.darunter.add(einheit(ebene + 1));
                    case "AnwendungsspezifischeErweiterung" -> erweiterung(e);
                    default -> uebergehe();
                }
            }
        }
        return e;
    }

    private String text() throws XMLStreamException {
        var text = leser.getElementText();
        return text.length() > ZEICHEN ? text.substring(0, ZEICHEN) : text;
    }

    /** The last text inside this element, of however many layers; or what the name of the element around it stands for. */
    private String gewaehlt(Map<String, String> namen) throws XMLStreamException {
        var wert = "";
        var name = "";
        for (int tiefe = 1; tiefe > 0; ) {
            switch (leser.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    tiefe++;
                    name = leser.getLocalName();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    // A Code has a name beside it: only the code counts.
                    if (!leser.getText().isBlank()
                            && !name.equals("name")
                            && leser.getText().length() <= ZEICHEN) {
                        wert = namen.getOrDefault(name, leser.getText().strip());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> tiefe--;
                default -> {
                    // Comments say nothing.
                }
            }
        }
        return wert;
    }

    private void erweiterung(Einheit e) throws XMLStreamException {
        var feld = "";
        for (int tiefe = 1; tiefe > 0; ) {
            int was = leser.next();
            if (was == XMLStreamConstants.END_ELEMENT) {
                tiefe--;
            } else if (was == XMLStreamConstants.START_ELEMENT) {
                switch (leser.getLocalName()) {
                    case "Kennung" -> e.unsere |= text().equals(ERWEITERUNG);
                    // The extension has a name as well; fields come after it and are known by theirs.
                    case "Name" -> feld = text();
                    case "Wert" -> e.eigenes.put(feld, text());
                    default -> tiefe++;
                }
            }
        }
    }

    private void uebergehe() throws XMLStreamException {
        for (int tiefe = 1; tiefe > 0; ) {
            int was = leser.next();
            tiefe += was == XMLStreamConstants.START_ELEMENT ? 1 : was == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    /** @param dauer and @param art what counts for the position above */
    private void nimm(Einheit e, @Nullable String oben, String dauer, String art) {
        try {
            gelesen.nimm(zeile(e, oben, dauer, art), gesehen);
        } catch (Abgelehnt a) {
            gelesen.fehler()
                    .put(e.nr, new Planzeile.Fehler(Planworte.gekuerzt(e.kennzeichen), String.valueOf(a.getMessage())));
        }
        e.darunter.forEach(u -> nimm(u, e.kennzeichen.strip(), e.dauer, e.art));
    }

    private static Planzeile zeile(Einheit e, @Nullable String oben, String dauer, String art) {
        var eigeneDauer =
                e.unsere ? e.eigenes.getOrDefault(Planzeile.AUFBEWAHRUNG, "") : e.dauer.equals(dauer) ? "" : e.dauer;
        var eigeneArt = e.unsere ? e.eigenes.getOrDefault(Planzeile.ART, "") : e.art.equals(art) ? "" : e.art;
        var beginn = e.eigenes.get(Planzeile.BEGINN);
        var rang = e.eigenes.get(Planzeile.RANG);
        return new Planzeile(
                e.nr,
                Planworte.liesKennzeichen(e.kennzeichen),
                Planworte.liesTitel(e.kurz.isBlank() ? e.lang : e.kurz),
                Objects.requireNonNullElse(oben, Planzeile.OBEN),
                Planworte.liesAufbewahrung(eigeneDauer),
                Planworte.liesArt(eigeneArt),
                e.unsere && beginn != null ? Planworte.liesBeginn(beginn) : null,
                e.unsere && rang != null ? Planworte.liesRang(rang) : null,
                e.unsere
                        ? Set.of(Planzeile.AUFBEWAHRUNG, Planzeile.ART, Planzeile.BEGINN)
                        : Set.of(Planzeile.AUFBEWAHRUNG, Planzeile.ART),
                e.stillgelegt);
    }
}
