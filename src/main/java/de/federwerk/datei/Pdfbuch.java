package de.federwerk.datei;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;

/** A PDF/A-2b of which the number of pages is known beforehand: so each page can be named before it is written. */
final class Pdfbuch implements AutoCloseable {

    private static final int JE_KNOTEN = 100;

    /** An entry of the outline. @param ebene 1 or 2 @param seite from 0 */
    record Lesezeichen(int ebene, String titel, int seite) {}

    private final Pdfstrom strom;
    private final int seiten;
    private final int ersteSeite;
    private final int ersterKnoten;
    private final int wurzel;

    Pdfbuch(Path ziel, int seiten) throws IOException {
        this.strom = new Pdfstrom(ziel);
        this.seiten = seiten;
        this.ersteSeite = reserviere(seiten);
        this.ersterKnoten = reserviere(knoten());
        this.wurzel = strom.neu();
    }

    private int reserviere(int anzahl) {
        int erste = anzahl > 0 ? strom.neu() : 0;
        for (int i = 1; i < anzahl; i++) {
            strom.neu();
        }
        return erste;
    }

    private int knoten() {
        return (seiten + JE_KNOTEN - 1) / JE_KNOTEN;
    }

    /** Where an object of its own may be written to. */
    Pdfstrom strom() {
        return strom;
    }

    /** Leads to the top of a page (from 0), until the source in hand is done. */
    COSArray ziel(int seite) {
        var ziel = new COSArray();
        ziel.add(strom.verweis(ersteSeite + seite));
        ziel.add(COSName.getPDFName("Fit"));
        return ziel;
    }

    /** Writes page {@code nummer} (from 0). */
    void seite(int nummer, COSDictionary seite) throws IOException {
        seite.setItem(COSName.TYPE, COSName.PAGE);
        seite.setItem(COSName.PARENT, strom.verweis(ersterKnoten + nummer / JE_KNOTEN));
        strom.schreibe(ersteSeite + nummer, seite);
    }

    /** Everything but the pages, and the end. */
    void schliesse(String titel, String verfasser, List<Lesezeichen> lesezeichen) throws IOException {
        strom.vergiss();
        var kinder = new COSArray();
        for (int k = 0; k < knoten(); k++) {
            var blaetter = new COSArray();
            for (int i = k * JE_KNOTEN; i < Math.min(seiten, (k + 1) * JE_KNOTEN); i++) {
                blaetter.add(strom.verweis(ersteSeite + i));
            }
            var knoten = new COSDictionary();
            knoten.setItem(COSName.TYPE, COSName.PAGES);
            knoten.setItem(COSName.PARENT, strom.verweis(wurzel));
            knoten.setInt(COSName.COUNT, blaetter.size());
            knoten.setItem(COSName.KIDS, blaetter);
            strom.schreibe(ersterKnoten + k, knoten);
            kinder.add(strom.verweis(ersterKnoten + k));
        }
        var alle = new COSDictionary();
        alle.setItem(COSName.TYPE, COSName.PAGES);
        alle.setInt(COSName.COUNT, seiten);
        alle.setItem(COSName.KIDS, kinder);
        strom.schreibe(wurzel, alle);

        var katalog = new COSDictionary();
        katalog.setItem(COSName.TYPE, COSName.CATALOG);
        katalog.setItem(COSName.PAGES, strom.verweis(wurzel));
        katalog.setItem(COSName.METADATA, strom.verweis(metadaten(titel, verfasser)));
        katalog.setItem(COSName.OUTPUT_INTENTS, farben());
        katalog.setString(COSName.LANG, "de-DE");
        var fenster = new COSDictionary();
        fenster.setItem(COSName.getPDFName("DisplayDocTitle"), COSBoolean.TRUE);
        katalog.setItem(COSName.VIEWER_PREFERENCES, fenster);
        if (!lesezeichen.isEmpty()) {
            katalog.setItem(COSName.OUTLINES, strom.verweis(gliederung(lesezeichen)));
            katalog.setItem(COSName.PAGE_MODE, COSName.getPDFName("UseOutlines"));
        }
        int nummer = strom.neu();
        strom.schreibe(nummer, katalog);
        strom.ende(nummer);
    }

    private int metadaten(String titel, String verfasser) throws IOException {
        var xmp = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator></rdf:Description>
            <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>Federwerk</xmp:CreatorTool><xmp:CreateDate>%s</xmp:CreateDate></rdf:Description>
            </rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>""".formatted(xml(titel), xml(verfasser), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        return strom.strom(xmp.getBytes(StandardCharsets.UTF_8), "/Type/Metadata/Subtype/XML");
    }

    private static String xml(String text) {
        return Seitentext.rein(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("\\p{Cntrl}", " ");
    }

    /** What red, green and blue mean here. */
    private COSArray farben() throws IOException {
        byte[] profil = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        var absicht = new COSDictionary();
        absicht.setItem(COSName.TYPE, COSName.getPDFName("OutputIntent"));
        absicht.setItem(COSName.S, COSName.getPDFName("GTS_PDFA1"));
        absicht.setString(COSName.OUTPUT_CONDITION_IDENTIFIER, "sRGB IEC61966-2.1");
        absicht.setString(COSName.INFO, "sRGB IEC61966-2.1");
        absicht.setItem(COSName.DEST_OUTPUT_PROFILE, strom.verweis(strom.strom(profil, "/N 3")));
        var absichten = new COSArray();
        absichten.add(absicht);
        return absichten;
    }

    private static final class Ast {
        final Lesezeichen zeichen;
        final int nummer;
        final List<Ast> kinder = new ArrayList<>();

        Ast(Lesezeichen zeichen, int nummer) {
            this.zeichen = zeichen;
            this.nummer = nummer;
        }
    }

    private int gliederung(List<Lesezeichen> lesezeichen) throws IOException {
        var oben = new ArrayList<Ast>();
        for (var zeichen : lesezeichen) {
            var ast = new Ast(zeichen, strom.neu());
            if (zeichen.ebene() > 1 && !oben.isEmpty()) {
                oben.getLast().kinder.add(ast);
            } else {
                oben.add(ast);
            }
        }
        int nummer = strom.neu();
        var alle = new COSDictionary();
        alle.setItem(COSName.TYPE, COSName.OUTLINES);
        kinder(alle, oben, oben.size());
        strom.schreibe(nummer, alle);
        aeste(oben, nummer);
        return nummer;
    }

    private void aeste(List<Ast> aeste, int ueber) throws IOException {
        for (int i = 0; i < aeste.size(); i++) {
            var ast = aeste.get(i);
            var eintrag = new COSDictionary();
            // Text as UTF-16 where it is not plain ASCII: PDFBox chooses.
            eintrag.setItem(COSName.TITLE, new COSString(ast.zeichen.titel()));
            eintrag.setItem(COSName.PARENT, strom.verweis(ueber));
            eintrag.setItem(COSName.DEST, ziel(ast.zeichen.seite()));
            if (i > 0) {
                eintrag.setItem(COSName.PREV, strom.verweis(aeste.get(i - 1).nummer));
            }
            if (i < aeste.size() - 1) {
                eintrag.setItem(COSName.NEXT, strom.verweis(aeste.get(i + 1).nummer));
            }
            // Negative: closed until somebody opens it.
            kinder(eintrag, ast.kinder, -ast.kinder.size());
            strom.schreibe(ast.nummer, eintrag);
            aeste(ast.kinder, ast.nummer);
        }
    }

    private void kinder(COSDictionary eintrag, List<Ast> kinder, int anzahl) {
        if (!kinder.isEmpty()) {
            eintrag.setItem(COSName.FIRST, strom.verweis(kinder.getFirst().nummer));
            eintrag.setItem(COSName.LAST, strom.verweis(kinder.getLast().nummer));
            eintrag.setItem(COSName.COUNT, (COSBase) COSInteger.get(anzahl));
        }
    }

    @Override
    public void close() throws IOException {
        strom.close();
    }
}
