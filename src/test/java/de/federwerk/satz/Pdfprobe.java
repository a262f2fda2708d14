package de.federwerk.satz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What veraPDF says of a document, and what stands in it. */
public final class Pdfprobe {

    private Pdfprobe() {}

    /** Of PDF/A-3a and of PDF/UA-1; empty if it is both. */
    public static List<String> maengel(byte[] pdf) throws Exception {
        var alle = maengel(pdf, PDFAFlavour.PDFA_3_A);
        alle.addAll(maengel(pdf, PDFAFlavour.PDFUA_1));
        return alle;
    }

    static List<String> maengel(byte[] pdf, PDFAFlavour art) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (var leser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), art);
                var pruefer = Foundries.defaultInstance().createValidator(art, false)) {
            return pruefer.validate(leser).getTestAssertions().stream()
                    .map(m -> m.getRuleId().getClause() + "-" + m.getRuleId().getTestNumber() + " " + m.getMessage()
                            + " " + m.getLocation().getContext())
                    .limit(10)
                    .collect(Collectors.toList());
        }
    }

    public static String text(byte[] pdf) throws IOException {
        try (var blatt = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(blatt);
        }
    }
}
