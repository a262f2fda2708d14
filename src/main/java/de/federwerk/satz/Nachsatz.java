package de.federwerk.satz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.common.PDMetadata;

/** Takes the clock and chance out of a PDF: its times are those of the document, its identifier follows from them. */
final class Nachsatz {

    private static final Pattern ZEITEN =
            Pattern.compile("(<(xmp:(?:CreateDate|ModifyDate|MetadataDate))>)[^<]{0,60}(</\\2>)");

    private Nachsatz() {}

    static byte[] stelleFertig(byte[] pdf, Instant zeit) throws IOException {
        var sekunde = zeit.truncatedTo(ChronoUnit.SECONDS);
        try (var blatt = Loader.loadPDF(pdf)) {
            var angaben = blatt.getDocumentInformation();
            var uhr = uhr(sekunde);
            angaben.setCreationDate(uhr);
            angaben.setModificationDate(uhr);
            var verzeichnis = blatt.getDocumentCatalog();
            var beschreibung = new String(verzeichnis.getMetadata().toByteArray(), StandardCharsets.UTF_8);
            var neu = new PDMetadata(blatt);
            neu.importXMPMetadata(ZEITEN.matcher(beschreibung)
                    .replaceAll("$1" + sekunde + "$3")
                    .getBytes(StandardCharsets.UTF_8));
            verzeichnis.setMetadata(neu);
            blatt.getDocument().getTrailer().removeItem(COSName.ID);
            blatt.setDocumentId(sekunde.getEpochSecond());
            var aus = new ByteArrayOutputStream(pdf.length);
            blatt.save(aus, CompressParameters.NO_COMPRESSION);
            return aus.toByteArray();
        }
    }

    private static Calendar uhr(Instant zeit) {
        var uhr = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        uhr.setTimeInMillis(zeit.toEpochMilli());
        return uhr;
    }
}
