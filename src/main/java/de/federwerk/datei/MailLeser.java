package de.federwerk.datei;

import static java.util.Objects.requireNonNullElse;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * A mail: who, when, about what, the readable text, and its attachments as files of their own. Read as a stream, so a large
 * mail costs no memory; a mail in a mail stays whole and becomes an attachment.
 */
final class MailLeser {

    private static final int KOEPFE_JE_TEIL = 1_000;
    private static final int TEXT_BYTES = 20 << 20;
    /** Bytes of HTML that are taken apart in one mail; it costs ten times its size. */
    private static final int HTML_BYTES = 8 << 20;

    private static final DateTimeFormatter DATUM = DateTimeFormatter.ofPattern(
                    "d. MMMM yyyy, HH:mm 'Uhr'", Locale.GERMANY)
            .withZone(ZoneId.of("Europe/Berlin"));

    /** @param wahl number of the multipart/alternative it belongs to; 0 if to none */
    private record Textteil(int wahl, boolean html, String text) {}

    private final Lesung lesung;
    private final Map<String, Kopfzeile> kopf = new LinkedHashMap<>();
    private final List<Textteil> texte = new ArrayList<>();
    /** Open multiparts, innermost first: the number of the enclosing alternative, 0 if none. */
    private final Deque<Integer> offene = new ArrayDeque<>();

    private Map<String, Kopfzeile> teilkopf = new LinkedHashMap<>();
    private int alternativen;
    private int teile;
    private long teilebytes;
    private int html;
    private int zeichen;

    private MailLeser(Lesung lesung) {
        this.lesung = lesung;
    }

    static void lies(Lesung lesung) throws IOException {
        new MailLeser(lesung).lies();
    }

    private void lies() throws IOException {
        var mail = new MimeTokenStream(MimeConfig.custom()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(200_000)
                .setMaxHeaderCount(10_000)
                .setMaxContentLen(-1)
                .setStrictParsing(false)
                .build());
        mail.setRecursionMode(RecursionMode.M_NO_RECURSE);
        try (InputStream ein = new BufferedInputStream(Files.newInputStream(lesung.original))) {
            mail.parse(ein);
            boolean weiter = true;
            for (EntityState stand = mail.getState();
                    weiter && stand != EntityState.T_END_OF_STREAM;
                    stand = mail.next()) {
                weiter = schritt(mail, stand);
            }
        } catch (MimeException | IOException | RuntimeException kaputt) {
            lesung.hinweis("Die E-Mail ist nicht regelgerecht aufgebaut; gelesen ist, was sich lesen ließ.");
            if (kopf.isEmpty()) {
                // It broke off in its header: sender and subject may stand before that.
                kopf.putAll(teilkopf);
            }
        }
        schliesse();
    }

    private boolean schritt(MimeTokenStream mail, EntityState stand) throws IOException {
        switch (stand) {
            case T_START_HEADER -> teilkopf = new LinkedHashMap<>();
            case T_FIELD -> {
                if (teilkopf.size() < KOEPFE_JE_TEIL) {
                    // Doubled headers: the first one is what mail programs show.
                    var zeile = Kopfzeile.aus(mail.getField());
                    teilkopf.putIfAbsent(zeile.name(), zeile);
                }
            }
            case T_END_HEADER -> {
                if (kopf.isEmpty()) {
                    kopf.putAll(teilkopf);
                }
            }
            case T_START_MULTIPART -> {
                if (offene.size() >= lesung.grenzen.tiefe()) {
                    lesung.hinweis(
                            "Die E-Mail ist tiefer verschachtelt, als gelesen wird; Teile fehlen in der Anzeige.");
                    return false;
                }
                boolean wahl =
                        "multipart/alternative".equals(mail.getBodyDescriptor().getMimeType());
                offene.push(wahl ? Integer.valueOf(++alternativen) : requireNonNullElse(offene.peek(), 0));
            }
            case T_END_MULTIPART -> offene.pop();
            case T_BODY -> {
                return koerper(mail);
            }
            default -> {}
        }
        return true;
    }

    private boolean koerper(MimeTokenStream mail) throws IOException {
        String typ = mail.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
        Kopfzeile lage = teilkopf.get("content-disposition");
        Kopfzeile art = teilkopf.get("content-type");
        String name = lage == null ? null : lage.parameter("filename");
        name = name == null && art != null ? art.parameter("name") : name;
        boolean anlage = lage != null && lage.wert().equals("attachment");
        boolean text = typ.equals("text/plain") || typ.equals("text/html");
        if (text && name == null && !anlage) {
            nimmText(mail, typ.equals("text/html"), art == null ? null : art.parameter("charset"));
            return true;
        }
        if (name == null && !anlage && typ.startsWith("image/")) {
            // Letterheads and counting pixels without a name; they stay in the original.
            return true;
        }
        if (teile >= lesung.grenzen.teile()) {
            lesung.hinweis(
                    teile == 0
                            ? "Die E-Mail liegt tiefer in anderen E-Mails, als sie geöffnet werden; ihre Anlagen sind nur im Original enthalten."
                            : "Die E-Mail hat mehr als %d Anlagen; die weiteren sind nur im Original enthalten."
                                    .formatted(teile));
            return false;
        }
        if (teilebytes >= lesung.grenzen.teilebytes()) {
            lesung.hinweis(
                    "Die Anlagen der E-Mail sind zusammen sehr groß; die weiteren sind nur im Original enthalten.");
            return false;
        }
        legeAb(mail, typ, name);
        return true;
    }

    /** As much text as is kept of one file, however many parts it is spread over. */
    private void nimmText(MimeTokenStream mail, boolean alsHtml, @Nullable String satz) throws IOException {
        int platz = alsHtml ? HTML_BYTES - html : TEXT_BYTES;
        if (texte.size() >= lesung.grenzen.teile() || zeichen > lesung.grenzen.textzeichen() || platz <= 0) {
            lesung.hinweis("Die E-Mail enthält sehr viel Text; durchsuchbar ist nur der Anfang.");
            return;
        }
        byte[] bytes = mail.getDecodedInputStream().readNBytes(platz);
        if (bytes.length == platz) {
            lesung.hinweis("Die E-Mail enthält sehr viel Text; durchsuchbar ist nur der Anfang.");
        }
        html += alsHtml ? bytes.length : 0;
        String text = alsHtml ? TextLeser.ausHtml(bytes, satz) : TextLeser.dekodiert(bytes, satz);
        zeichen += text.length();
        texte.add(new Textteil(offene.isEmpty() ? 0 : offene.peek(), alsHtml, text));
    }

    private void legeAb(MimeTokenStream mail, String typ, @Nullable String name) throws IOException {
        int nummer = ++teile;
        String datei = "teil-%04d".formatted(nummer);
        Path ziel = lesung.neben(datei);
        lesung.beginne(nummer);
        try (InputStream ein = mail.getDecodedInputStream()) {
            teilebytes += Files.copy(ein, ziel);
        } finally {
            // Broken in the middle: what came through is kept as an attachment.
            if (Files.exists(ziel)) {
                lesung.teile.add(new Ergebnis.Teil(datei, name(typ, name, nummer, ziel)));
            }
        }
    }

    private static String name(String typ, @Nullable String name, int nummer, Path datei) {
        if (name != null && !name.isBlank()) {
            String sicher = Dateiname.sicher(name);
            return typ.equals("message/rfc822")
                            && !sicher.toLowerCase(Locale.ROOT).endsWith(".eml")
                    ? sicher + ".eml"
                    : sicher;
        }
        if (typ.equals("message/rfc822")) {
            String betreff = betreff(datei);
            return Dateiname.sicher((betreff.isBlank() ? "Nachricht " + nummer : betreff.replace('/', '-')) + ".eml");
        }
        String endung = "";
        try {
            endung = MimeTypes.getDefaultMimeTypes().forName(typ).getExtension();
        } catch (MimeTypeException unbekannt) {
            // Then without an extension; the content decides anyway.
        }
        return "Anlage " + nummer + endung;
    }

    /** Subject of a mail in a mail: the name by which people will look for it. */
    private static String betreff(Path mail) {
        var kopf = new MimeTokenStream(
                MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(200_000).build());
        kopf.setRecursionMode(RecursionMode.M_FLAT);
        try (InputStream ein = Files.newInputStream(mail)) {
            kopf.parse(ein);
            for (EntityState s = kopf.getState();
                    s != EntityState.T_END_HEADER && s != EntityState.T_END_OF_STREAM;
                    s = kopf.next()) {
                if (s == EntityState.T_FIELD
                        && "subject".equalsIgnoreCase(kopf.getField().getName())) {
                    String betreff = Kopfzeile.aus(kopf.getField()).lesbar();
                    return betreff.length() > 120 ? betreff.substring(0, 120) : betreff;
                }
            }
        } catch (IOException | MimeException | RuntimeException kaputt) {
            // A name is a courtesy.
        }
        return "";
    }

    private void schliesse() throws IOException {
        Kopfzeile betreff = kopf.get("subject");
        Kopfzeile von = kopf.containsKey("from") ? kopf.get("from") : kopf.get("sender");
        Kopfzeile datum = kopf.get("date");
        lesung.titel = betreff == null || betreff.lesbar().isBlank() ? null : betreff.lesbar();
        lesung.absender = von == null || von.anschrift().isBlank() ? null : von.anschrift();
        lesung.absenderdatum = datum == null ? null : datum.zeitpunkt();
        lesung.ausText = true;
        lesung.text.seite(lesbar());
    }

    private String lesbar() {
        var text = new StringBuilder();
        zeile(text, "Von", lesung.absender);
        zeile(text, "An", kopf.containsKey("to") ? kopf.get("to").anschrift() : null);
        zeile(text, "Kopie", kopf.containsKey("cc") ? kopf.get("cc").anschrift() : null);
        zeile(text, "Datum", lesung.absenderdatum == null ? null : DATUM.format(lesung.absenderdatum));
        zeile(text, "Betreff", lesung.titel);
        zeile(
                text,
                "Anlagen",
                lesung.teile.isEmpty()
                        ? null
                        : lesung.teile.stream().map(Ergebnis.Teil::dateiname).collect(Collectors.joining(", ")));
        Set<Integer> mitKlartext = new HashSet<>();
        texte.stream()
                .filter(t -> t.wahl() > 0 && !t.html() && !t.text().isBlank())
                .forEach(t -> mitKlartext.add(t.wahl()));
        for (Textteil teil : texte) {
            boolean doppelt = teil.wahl() > 0
                    && (teil.html()
                            ? mitKlartext.contains(teil.wahl())
                            : teil.text().isBlank());
            if (!doppelt && !teil.text().isBlank()) {
                text.append('\n').append(teil.text().strip()).append('\n');
            }
        }
        return text.toString();
    }

    private static void zeile(StringBuilder text, String name, @Nullable String wert) {
        if (wert != null && !wert.isBlank()) {
            text.append(name).append(": ").append(wert).append('\n');
        }
    }
}
