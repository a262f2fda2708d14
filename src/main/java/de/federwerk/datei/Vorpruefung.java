package de.federwerk.datei;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentProperties;
import org.jspecify.annotations.Nullable;

/** The cheap look at a page before {@link Pdfpruefung}: what most often keeps it from standing in a PDF/A as it is. */
final class Vorpruefung {

    private static final int TIEFE = 12;
    private static final Set<String> OHNE_BILD = Set.of("Link", "Popup");
    private static final int VERSTECKT = 2;

    private final Set<COSBase> gesehen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<COSBase> schriften = Collections.newSetFromMap(new IdentityHashMap<>());

    private Vorpruefung() {}

    /** Layers that are switched off would be seen where nobody switches them: then the page is drawn as a person sees it. */
    static boolean versteckteEbenen(PDDocument pdf) {
        PDOptionalContentProperties ebenen = pdf.getDocumentCatalog().getOCProperties();
        return ebenen != null
                && (ebenen.getBaseState() == PDOptionalContentProperties.BaseState.OFF
                        || ebenen.getOptionalContentGroups().stream().anyMatch(e -> !ebenen.isGroupEnabled(e)));
    }

    /** Whether the page needs a picture of itself. */
    static boolean brauchtBild(PDPage seite) throws IOException {
        if (sichtbareAnmerkung(seite)) {
            return true;
        }
        var blick = new Vorpruefung();
        blick.mittel(seite.getResources() == null ? null : seite.getResources().getCOSObject(), 0);
        return !blick.schriften.stream().allMatch(s -> s instanceof COSDictionary d && eingebettet(d));
    }

    /** The fonts of a page, by identity: whoever shares a bad one is as bad. */
    static Set<COSBase> schriften(PDPage seite) {
        var blick = new Vorpruefung();
        blick.mittel(seite.getResources() == null ? null : seite.getResources().getCOSObject(), 0);
        return blick.schriften;
    }

    /** Stamps, notes, fields of a form: part of what is to be seen, and left behind with the form. */
    private static boolean sichtbareAnmerkung(PDPage seite) {
        if (!(seite.getCOSObject().getDictionaryObject(COSName.ANNOTS) instanceof COSArray alle)) {
            return false;
        }
        for (int i = 0; i < alle.size(); i++) {
            if (alle.getObject(i) instanceof COSDictionary a
                    && !OHNE_BILD.contains(String.valueOf(a.getNameAsString(COSName.SUBTYPE)))
                    && a.getDictionaryObject(COSName.AP) != null
                    && (a.getInt(COSName.F, 0) & VERSTECKT) == 0) {
                return true;
            }
        }
        return false;
    }

    private void mittel(@Nullable COSBase mittel, int tiefe) {
        if (!(mittel instanceof COSDictionary d) || tiefe > TIEFE || !gesehen.add(mittel)) {
            return;
        }
        if (d.getDictionaryObject(COSName.FONT) instanceof COSDictionary alle) {
            for (var name : alle.keySet()) {
                var schrift = alle.getDictionaryObject(name);
                if (schrift != null) {
                    schriften.add(schrift);
                }
                if (schrift instanceof COSDictionary s && COSName.TYPE3.equals(s.getItem(COSName.SUBTYPE))) {
                    mittel(s.getDictionaryObject(COSName.RESOURCES), tiefe + 1);
                }
            }
        }
        for (var art : new COSName[] {COSName.XOBJECT, COSName.PATTERN}) {
            if (d.getDictionaryObject(art) instanceof COSDictionary alle) {
                for (var name : alle.keySet()) {
                    if (alle.getDictionaryObject(name) instanceof COSStream form) {
                        mittel(form.getDictionaryObject(COSName.RESOURCES), tiefe + 1);
                    }
                }
            }
        }
    }

    private static boolean eingebettet(COSDictionary schrift) {
        if (COSName.TYPE3.equals(schrift.getDictionaryObject(COSName.SUBTYPE))) {
            return true;
        }
        COSDictionary traeger = schrift;
        if (schrift.getDictionaryObject(COSName.DESCENDANT_FONTS) instanceof COSArray nachkommen
                && nachkommen.size() > 0
                && nachkommen.getObject(0) instanceof COSDictionary erster) {
            traeger = erster;
        }
        return traeger.getDictionaryObject(COSName.FONT_DESC) instanceof COSDictionary angaben
                && (angaben.getDictionaryObject(COSName.FONT_FILE) != null
                        || angaben.getDictionaryObject(COSName.FONT_FILE2) != null
                        || angaben.getDictionaryObject(COSName.FONT_FILE3) != null);
    }
}
