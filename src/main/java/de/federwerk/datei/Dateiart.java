package de.federwerk.datei;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;

/** What a file is, by its content; the name only helps to tell relatives apart (csv is text, docx is a zip). */
final class Dateiart {

    private static final int ANFANG = 4_096;
    private static final Pattern MAILKOPF = Pattern.compile(
            "^(from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|x-[a-z-]+|dkim-signature):",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** RFC 6838, section 4.2. */
    private static final Pattern TYP =
            Pattern.compile("[a-zA-Z0-9][\\w!#$&^.+-]{0,63}/[a-zA-Z0-9][\\w!#$&^.+-]{0,126}");

    /** Made once: asking Tika for it looks through the whole class path, which takes longer than reading a letter. */
    private static final Detector ERKENNER = TikaConfig.getDefaultConfig().getDetector();

    /** Names under which plain text comes; the type as Tika would name it. */
    private static final Map<String, String> TEXTE =
            Map.of("txt", "text/plain", "log", "text/plain", "csv", "text/csv", "md", "text/x-web-markdown");

    private Dateiart() {}

    /** The media type without parameters, e.g. {@code application/pdf}. */
    static String erkenne(Lesung lesung) throws IOException {
        byte[] anfang;
        try (InputStream ein = Files.newInputStream(lesung.original)) {
            anfang = ein.readNBytes(ANFANG);
        }
        String typ = TEXTE.get(Dateiname.endung(lesung.dateiname));
        if (typ == null || !istReinerText(anfang)) {
            typ = nachTika(lesung);
        }
        boolean koennteMail = typ.startsWith("text/") && !typ.equals("text/html")
                || typ.equals("application/mbox")
                || typ.equals("application/octet-stream");
        return koennteMail && siehtAusWieMail(lesung, anfang) ? "message/rfc822" : typ;
    }

    private static String nachTika(Lesung lesung) throws IOException {
        var angaben = new Metadata();
        angaben.set(TikaCoreProperties.RESOURCE_NAME_KEY, lesung.dateiname);
        try (TikaInputStream ein = TikaInputStream.get(lesung.original)) {
            return glaubhaft(ERKENNER.detect(ein, angaben).getBaseType().toString());
        }
    }

    /** A package (OpenDocument, EPUB) names its own type in an entry; a broken one names nonsense, which would spoil the whole result. */
    private static String glaubhaft(String typ) {
        return TYP.matcher(typ).matches() ? typ : "application/zip";
    }

    /**
     * What is named as text, does not begin like markup, RTF, PDF or PostScript and has no control characters is believed: Tika tries
     * some thousand patterns on it (nine tenths of the time a small text takes), and of those that are left each would be read as text, too.
     */
    private static boolean istReinerText(byte[] anfang) {
        int i = 0;
        while (i < anfang.length && Character.isWhitespace(anfang[i])) {
            i++;
        }
        if (i == anfang.length || "<{%".indexOf(anfang[i]) >= 0) {
            return false;
        }
        for (byte b : anfang) {
            boolean umbruch = b == '\t' || b == '\n' || b == '\r' || b == '\f';
            if (b >= 0 && b < ' ' && !umbruch || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** Malformed mails escape Tika: three known header fields within the first lines, or the name says so and there is one. */
    private static boolean siehtAusWieMail(Lesung lesung, byte[] bytes) {
        String anfang = new String(bytes, StandardCharsets.ISO_8859_1);
        String kopf = anfang.split("\\r?\\n\\r?\\n", 2)[0];
        long felder = MAILKOPF.matcher(kopf).results().count();
        return felder >= 3
                || Dateiname.endung(lesung.dateiname).equals("eml")
                        && MAILKOPF.matcher(anfang).find();
    }
}
