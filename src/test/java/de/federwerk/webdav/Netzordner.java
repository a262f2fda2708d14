package de.federwerk.webdav;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A program that speaks WebDAV, without drawing anything. */
final class Netzordner {

    private static final Pattern HREF = Pattern.compile("<D:response><D:href>([^<]*)</D:href>");

    private final String haus;
    private final String ausweis;
    private final HttpClient netz = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Netzordner(String haus, String name, String kennwort) {
        this.haus = haus;
        this.ausweis =
                "Basic " + Base64.getEncoder().encodeToString((name + ":" + kennwort).getBytes(StandardCharsets.UTF_8));
    }

    /** @param koepfe in pairs of name and value */
    HttpResponse<String> frage(String methode, String pfad, String koerper, String... koepfe) {
        var anfrage = HttpRequest.newBuilder(URI.create(haus + pfad))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", ausweis)
                .method(methode, koerper.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(koerper));
        for (int i = 0; i < koepfe.length; i += 2) {
            anfrage.header(koepfe[i], koepfe[i + 1]);
        }
        return sende(anfrage.build());
    }

    HttpResponse<String> sende(HttpRequest anfrage) {
        try {
            return netz.send(anfrage, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String ausweis() {
        return ausweis;
    }

    String hole(String pfad) {
        return frage("GET", pfad, "").body();
    }

    /** The addresses in a folder, without its own. */
    List<String> inhalt(String pfad) {
        return HREF.matcher(frage("PROPFIND", pfad, "", "Depth", "1").body())
                .results()
                .map(r -> r.group(1))
                .filter(h -> !h.equals(pfad))
                .toList();
    }

    /** The only one that begins so. */
    String in(String pfad, String beginn) {
        return inhalt(pfad).stream()
                .filter(h -> h.startsWith(pfad + beginn))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nichts mit " + beginn + " in " + inhalt(pfad)));
    }

    String sperre(String pfad) {
        var antwort = frage(
                "LOCK",
                pfad,
                "<D:lockinfo xmlns:D=\"DAV:\"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner>Programm</D:owner></D:lockinfo>",
                "Timeout",
                "Second-600");
        if (antwort.statusCode() / 100 != 2) {
            throw new AssertionError(antwort.statusCode() + " " + antwort.body());
        }
        return antwort.headers().firstValue("Lock-Token").orElseThrow();
    }
}
