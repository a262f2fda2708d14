package de.federwerk.datei;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;

/** What a file is, by its content; the name only helps to tell relatives apart (csv is text, docx is a zip). */
final class Dateiart {

    private static final Pattern MAILKOPF = Pattern.compile(
            "^(from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|x-[a-z-]+|dkim-signature):",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** Made once: asking Tika for it looks through the whole class path, which takes longer than reading a letter. */
    private static final Detector ERKENNER = TikaConfig.getDefaultConfig().getDetector();

    private Dateiart() {}

    /** The media type without parameters, e.g. {@code application/pdf}. */
    static String erkenne(Lesung lesung) throws IOException {
        var angaben = new Metadata();
        angaben.set(TikaCoreProperties.RESOURCE_NAME_KEY, lesung.dateiname);
        String typ;
        try (TikaInputStream ein = TikaInputStream.get(lesung.original)) {
            typ = ERKENNER.detect(ein, angaben).getBaseType().toString();
        }
        boolean koennteMail = typ.startsWith("text/") && !typ.equals("text/html")
                || typ.equals("application/mbox")
                || typ.equals("application/octet-stream");
        return koennteMail && siehtAusWieMail(lesung) ? "message/rfc822" : typ;
    }

    /** Malformed mails escape Tika: three known header fields within the first lines, or the name says so and there is one. */
    private static boolean siehtAusWieMail(Lesung lesung) throws IOException {
        String anfang;
        try (InputStream ein = Files.newInputStream(lesung.original)) {
            anfang = new String(ein.readNBytes(4_096), StandardCharsets.ISO_8859_1);
        }
        String kopf = anfang.split("\\r?\\n\\r?\\n", 2)[0];
        long felder = MAILKOPF.matcher(kopf).results().count();
        return felder >= 3
                || Dateiname.endung(lesung.dateiname).equals("eml")
                        && MAILKOPF.matcher(anfang).find();
    }
}
