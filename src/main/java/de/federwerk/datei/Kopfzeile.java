package de.federwerk.datei;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.DateTimeFieldLenientImpl;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.MimeParameterMapping;
import org.jspecify.annotations.Nullable;

/**
 * One header field of a mail as people would read it. Real mail breaks the rules: raw umlauts without encoding, letters split
 * across encoded words, file names encoded in ways no standard allows. All of that is read here.
 */
record Kopfzeile(String name, String roh) {

    /** RFC 2047: {@code =?charset*lang?B|Q?text?=}. */
    private static final Pattern WORT = Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=");

    static Kopfzeile aus(Field feld) {
        byte[] bytes = feld.getRaw() == null
                ? feld.getBody().getBytes(StandardCharsets.UTF_8)
                : feld.getRaw().toByteArray();
        String zeile = TextLeser.dekodiert(bytes, null);
        int doppelpunkt = zeile.indexOf(':');
        String rumpf = doppelpunkt < 0 ? zeile : zeile.substring(doppelpunkt + 1);
        return new Kopfzeile(
                feld.getName().toLowerCase(Locale.ROOT),
                rumpf.replaceAll("\\r?\\n[ \\t]*", " ").strip());
    }

    /** Decoded, on one line, at most 500 characters. */
    String lesbar() {
        String text = Seitentext.rein(dekodiert(roh)).replaceAll("\\s+", " ").strip();
        return text.length() <= 500
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, 490))) + " …";
    }

    /** Addresses without the quotes that only machines need. */
    String anschrift() {
        return lesbar().replace("\\\"", "\u0001").replace("\"", "").replace('\u0001', '"');
    }

    /** The moment the sender claims; null if it makes no sense. */
    @Nullable
    Instant zeitpunkt() {
        try {
            // A date is short; a long one is made to keep somebody busy.
            if (roh.length() > 300) {
                return null;
            }
            String ohneKommentar = roh.replaceAll("\\([^)]*\\)", "").strip();
            Date datum = DateTimeFieldLenientImpl.PARSER
                    .parse(new RawField("Date", ohneKommentar), DecodeMonitor.SILENT)
                    .getDate();
            Instant zeit = datum == null ? null : datum.toInstant();
            boolean glaubhaft =
                    zeit != null && zeit.isAfter(Instant.EPOCH) && zeit.isBefore(Instant.parse("2200-01-01T00:00:00Z"));
            return glaubhaft ? zeit : null;
        } catch (RuntimeException unsinn) {
            return null;
        }
    }

    /** The value before the first semicolon, lower case: {@code text/plain}, {@code attachment}. */
    String wert() {
        int ende = roh.indexOf(';');
        return (ende < 0 ? roh : roh.substring(0, ende)).strip().toLowerCase(Locale.ROOT);
    }

    /** A parameter such as {@code filename}: RFC 2231, RFC 2047 or raw; null if absent. */
    @Nullable
    String parameter(String name) {
        RawBody rumpf = RawFieldParser.DEFAULT.parseRawBody(new RawField(this.name, roh));
        var zuordnung = new MimeParameterMapping();
        Map<String, String> einfach = new HashMap<>();
        for (NameValuePair paar : rumpf.getParams()) {
            if (paar.getName() == null || paar.getValue() == null) {
                continue;
            }
            try {
                zuordnung.addParameter(paar.getName(), paar.getValue());
            } catch (RuntimeException ungewoehnlich) {
                // The plain form below is the way out.
            }
            einfach.putIfAbsent(paar.getName().toLowerCase(Locale.ROOT), paar.getValue());
        }
        String wert;
        try {
            wert = zuordnung.get(name);
        } catch (RuntimeException kaputt) {
            wert = null;
        }
        wert = wert == null ? einfach.get(name) : wert;
        return wert == null ? null : dekodiert(wert);
    }

    /** Encoded words to text; neighbours in the same charset are joined as bytes first, because senders split letters. */
    static String dekodiert(String text) {
        var aus = new StringBuilder();
        var bytes = new ByteArrayOutputStream();
        @Nullable Charset satz = null;
        Matcher wort = WORT.matcher(text);
        int stelle = 0;
        while (wort.find()) {
            String dazwischen = text.substring(stelle, wort.start());
            Charset dieser = zeichensatz(wort.group(1));
            if (satz != null && (!dazwischen.isBlank() || !satz.equals(dieser))) {
                aus.append(new String(bytes.toByteArray(), satz));
                bytes.reset();
                satz = null;
                dazwischen = dazwischen.isBlank() ? "" : dazwischen;
            } else if (satz != null) {
                dazwischen = "";
            }
            aus.append(dazwischen);
            satz = dieser;
            bytes.writeBytes(wort.group(2).equalsIgnoreCase("b") ? base64(wort.group(3)) : q(wort.group(3)));
            stelle = wort.end();
        }
        if (satz != null) {
            aus.append(new String(bytes.toByteArray(), satz));
        }
        return aus.append(text.substring(stelle)).toString();
    }

    private static Charset zeichensatz(String name) {
        try {
            Charset satz = Charset.forName(name);
            return satz.equals(StandardCharsets.ISO_8859_1) || satz.equals(StandardCharsets.US_ASCII)
                    ? Charset.forName("windows-1252")
                    : satz;
        } catch (IllegalArgumentException unbekannt) {
            return StandardCharsets.UTF_8;
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException kaputt) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] q(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '='
                    && i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else if (c == '_') {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
