package de.federwerk.datei;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.core.ModelParsingException;
import org.verapdf.core.ValidationException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Whether a PDF is a PDF/A-2b, as veraPDF sees it: what an archive or a court would check with. */
final class Pdfpruefung {

    private static final Pattern SEITE = Pattern.compile("/pages\\[(\\d{1,7})]");

    private static boolean bereit;

    /**
     * @param seiten pages (from 0) on which something is wrong; where two pages share what is wrong, only the first
     * @param ueberall something is wrong that belongs to no page
     * @param grund what, for administrators; empty if all is well
     */
    record Maengel(Set<Integer> seiten, boolean ueberall, String grund) {

        boolean keine() {
            return seiten.isEmpty() && !ueberall;
        }
    }

    private Pdfpruefung() {}

    static Maengel pruefe(Path pdf) throws IOException {
        if (!bereit) {
            VeraGreenfieldFoundryProvider.initialise();
            bereit = true;
        }
        var seiten = new TreeSet<Integer>();
        boolean ueberall = false;
        var grund = new StringBuilder();
        try (InputStream ein = Files.newInputStream(pdf);
                var leser = Foundries.defaultInstance().createParser(ein, PDFAFlavour.PDFA_2_B);
                var pruefer = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_B, false)) {
            var urteil = pruefer.validate(leser);
            if (urteil.isCompliant()) {
                return new Maengel(Set.of(), false, "");
            }
            for (var mangel : urteil.getTestAssertions()) {
                var wo = SEITE.matcher(mangel.getLocation().getContext());
                if (wo.find()) {
                    seiten.add(Integer.valueOf(wo.group(1)));
                } else {
                    ueberall = true;
                }
                if (grund.length() < 500) {
                    grund.append(mangel.getRuleId().getClause()).append(' ');
                }
            }
            return new Maengel(
                    seiten, ueberall || seiten.isEmpty(), grund.toString().strip());
        } catch (ModelParsingException | EncryptedPdfException | ValidationException | RuntimeException unlesbar) {
            // What it cannot read, others cannot either.
            return new Maengel(
                    Set.of(), true, Optional.ofNullable(unlesbar.getMessage()).orElse(unlesbar.toString()));
        }
    }
}
