package de.federwerk.verzeichnis;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Talks to a provider: encrypted, without redirects, and with an end to all waiting and reading. */
final class Oidcnetz implements HTTPRequestSender, ResourceRetriever {

    private static final Duration VERBINDEN = Duration.ofSeconds(4);
    private static final Duration ANTWORT = Duration.ofSeconds(8);
    private static final int BYTES = 1 << 20;

    private final HttpClient netz;

    Oidcnetz(String zertifikate) {
        this.netz = HttpClient.newBuilder()
                .connectTimeout(VERBINDEN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(Vertrauen.in(zertifikate))
                .build();
    }

    @Override
    public Resource retrieveResource(URL adresse) throws IOException {
        return new Resource(hole(URI.create(adresse.toString())), "application/json");
    }

    /** @throws IOException also if the answer is not 200 */
    String hole(URI adresse) throws IOException {
        var antwort = schicke(HttpRequest.newBuilder(sicher(adresse)).GET());
        if (antwort.getStatusCode() != HTTPResponse.SC_OK) {
            throw new IOException(adresse.getHost() + " antwortet mit " + antwort.getStatusCode());
        }
        return String.valueOf(antwort.getBody());
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest gewollt) throws IOException {
        var anfrage = HttpRequest.newBuilder(sicher(gewollt.getURI()));
        gewollt.getHeaderMap().forEach((name, werte) -> werte.forEach(wert -> anfrage.header(name, wert)));
        return schicke(
                gewollt.getMethod() == HTTPRequest.Method.POST
                        ? anfrage.POST(BodyPublishers.ofString(String.valueOf(gewollt.getBody())))
                        : anfrage.GET());
    }

    private static URI sicher(URI adresse) throws IOException {
        if (!Oidceinstellungen.istSicher(adresse.toString())) throw new IOException("Nicht verschlüsselt: " + adresse);
        return adresse;
    }

    private HTTPResponse schicke(HttpRequest.Builder anfrage) throws IOException {
        try {
            var antwort = netz.send(
                    anfrage.timeout(ANTWORT)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofInputStream());
            try (var strom = antwort.body()) {
                var bytes = strom.readNBytes(BYTES + 1);
                if (bytes.length > BYTES) throw new IOException("Antwort größer als ein Megabyte");
                var gelesen = new HTTPResponse(antwort.statusCode());
                antwort.headers().firstValue("Content-Type").ifPresent(typ -> gelesen.setHeader("Content-Type", typ));
                gelesen.setBody(new String(bytes, StandardCharsets.UTF_8));
                return gelesen;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Abgebrochen", e);
        }
    }
}
