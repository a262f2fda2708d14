package de.federwerk.datei;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.util.IOUtils;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Documents, sheets and slides: text by Tika (nothing embedded, no macros, nothing fetched), preview by LibreOffice if there. */
final class OfficeLeser {

    private static @Nullable AutoDetectParser tika;

    private OfficeLeser() {}

    static boolean kann(String medientyp) {
        return medientyp.startsWith("application/vnd.openxmlformats")
                || medientyp.startsWith("application/vnd.oasis.opendocument")
                || medientyp.startsWith("application/vnd.ms-")
                || medientyp.startsWith("application/msword")
                || medientyp.startsWith("application/x-tika-")
                || medientyp.equals("application/rtf");
    }

    static void lies(Lesung lesung) throws IOException, Befund {
        lesung.text.seite(text(lesung));
        lesung.ausText = true;
        Optional<Path> pdf = Buero.pdf(lesung);
        if (pdf.isPresent()) {
            lesung.vorschau = pdf.get().getFileName().toString();
            try {
                PdfLeser.zeige(lesung, pdf.get());
            } catch (IOException | Befund | RuntimeException ohneBilder) {
                lesung.seitenbilder.clear();
                lesung.hinweis("Die Vorschau ist unvollständig.");
            }
        }
    }

    private static String text(Lesung lesung) throws IOException, Befund {
        var gelesen = new StringWriter();
        var ziel = new BodyContentHandler(new WriteOutContentHandler(gelesen, lesung.grenzen.textzeichen()));
        var angaben = new Metadata();
        angaben.set(Metadata.CONTENT_TYPE, lesung.medientyp);
        var umfeld = new ParseContext();
        umfeld.set(EmbeddedDocumentExtractor.class, new NichtsEingebettetes());
        try (TikaInputStream ein = TikaInputStream.get(lesung.original)) {
            tika().parse(ein, ziel, angaben, umfeld);
        } catch (EncryptedDocumentException verschluesselt) {
            throw Befund.kennwort(verschluesselt);
        } catch (SAXException | TikaException | RuntimeException | StackOverflowError | IOException fehler) {
            if (WriteLimitReachedException.isWriteLimitReached(fehler)) {
                lesung.hinweis("Die Datei enthält sehr viel Text; durchsuchbar ist nur der Anfang.");
            } else if (gelesen.getBuffer().isEmpty()) {
                throw Befund.beschaedigt(fehler);
            } else {
                lesung.hinweis("Die Datei ist teilweise beschädigt; gelesen ist, was sich lesen ließ.");
            }
        }
        return gelesen.toString()
                .replaceAll("[ \\t]+\\n", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    private static AutoDetectParser tika() {
        AutoDetectParser bereit = tika;
        if (bereit == null) {
            // A page of paper compresses well, a bomb much better.
            ZipSecureFile.setMinInflateRatio(0.005);
            ZipSecureFile.setMaxEntrySize(300L << 20);
            ZipSecureFile.setMaxTextSize(50L << 20);
            ZipSecureFile.setMaxFileCount(10_000);
            IOUtils.setByteArrayMaxOverride(150 << 20);
            bereit = new AutoDetectParser();
            tika = bereit;
        }
        return bereit;
    }

    private static final class NichtsEingebettetes implements EmbeddedDocumentExtractor {

        @Override
        public boolean shouldParseEmbedded(Metadata angaben) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream ein, ContentHandler ziel, Metadata angaben, boolean huelle) {}
    }
}
