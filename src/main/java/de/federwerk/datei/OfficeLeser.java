package de.federwerk.datei;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
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
import org.apache.tika.parser.microsoft.OfficeParserConfig;
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
        if (lesung.text.gekuerzt()) {
            lesung.hinweis("Eine Vorschau wurde nicht hergestellt.");
            return;
        }
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
        try {
            return text(lesung, false);
        } catch (Befund kaputt) {
            if (kaputt.getCause() == null
                    || bombe(kaputt.getCause())
                    || kaputt.getCause() instanceof EncryptedDocumentException
                    || !lesung.medientyp.startsWith("application/vnd.openxmlformats")) {
                throw kaputt;
            }
            // One broken picture and the usual way gives up the whole document; the streaming one reads on.
            String text = text(lesung, true);
            lesung.hinweis("Die Datei ist teilweise beschädigt; gelesen ist, was sich lesen ließ.");
            return text;
        }
    }

    private static String text(Lesung lesung, boolean alsStrom) throws IOException, Befund {
        var gelesen = new StringWriter();
        // One more than is kept, so that the cut is noticed in one place.
        var ziel = new BodyContentHandler(new WriteOutContentHandler(gelesen, lesung.grenzen.textzeichen() + 1));
        var angaben = new Metadata();
        angaben.set(Metadata.CONTENT_TYPE, lesung.medientyp);
        var umfeld = new ParseContext();
        umfeld.set(EmbeddedDocumentExtractor.class, new NichtsEingebettetes());
        var wie = new OfficeParserConfig();
        wie.setUseSAXDocxExtractor(alsStrom);
        wie.setUseSAXPptxExtractor(alsStrom);
        umfeld.set(OfficeParserConfig.class, wie);
        try (TikaInputStream ein = TikaInputStream.get(lesung.original)) {
            tika().parse(ein, ziel, angaben, umfeld);
        } catch (EncryptedDocumentException verschluesselt) {
            throw Befund.kennwort(verschluesselt);
        } catch (SAXException | TikaException | RuntimeException | StackOverflowError | IOException fehler) {
            if (WriteLimitReachedException.isWriteLimitReached(fehler)) {
                return gelesen.toString();
            } else if (bombe(fehler)) {
                throw Befund.bombe(fehler);
            } else if (gelesen.getBuffer().isEmpty()) {
                throw Befund.beschaedigt(fehler);
            } else {
                lesung.hinweis("Die Datei ist teilweise beschädigt; gelesen ist, was sich lesen ließ.");
            }
        }
        return ohneLeereZeilen(gelesen.toString());
    }

    /** No spaces before the end of a line, no more than one empty line. By hand: a regular expression takes the square of the spaces. */
    static String ohneLeereZeilen(String text) {
        var rein = new StringBuilder(text.length());
        int leere = 0;
        for (String zeile : (Iterable<String>) text.lines()::iterator) {
            leere = zeile.isBlank() ? leere + 1 : 0;
            if (leere < 2) {
                rein.append(zeile.stripTrailing()).append('\n');
            }
        }
        return rein.toString().strip();
    }

    /** Whether Tika or POI stopped because the content is out of proportion to the file; both say so only in their message. */
    private static boolean bombe(Throwable fehler) {
        for (Throwable f = fehler; f != null; f = f.getCause()) {
            String meldung = String.valueOf(f.getMessage()).toLowerCase(Locale.ROOT);
            if (meldung.contains("zip bomb")
                    || meldung.contains("max_file_count")
                    || meldung.contains("max_entry_size")
                    || meldung.contains("max_text_size")) {
                return true;
            }
        }
        return false;
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
