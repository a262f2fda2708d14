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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Talks to a provider: encrypted, without redirects, only where {@link Netzgrenze} allows, and with an end to all waiting and reading. A name
 * that leads elsewhere the moment after it was looked at (DNS rebinding) gains nothing: no byte is sent before the server there has shown a
 * certificate for this name.
 */
final class Oidcnetz implements HTTPRequestSender, ResourceRetriever {

    private static final Duration VERBINDEN = Duration.ofSeconds(4);
    private static final Duration ANTWORT = Duration.ofSeconds(8);
    private static final int BYTES = 1 << 20;

    private final HttpClient netz;
    private final Netzgrenze grenze;
    private final Duration geduld;

    Oidcnetz(String zertifikate, Netzgrenze grenze) {
        this(zertifikate, grenze, ANTWORT);
    }

    /** @param geduld until the last byte of an answer */
    Oidcnetz(String zertifikate, Netzgrenze grenze, Duration geduld) {
        this.grenze = grenze;
        this.geduld = geduld;
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

    /** @throws IOException if nobody may be asked there */
    URI sicher(URI adresse) throws IOException {
        if (!grenze.istSicher(adresse)) throw new IOException("Nicht verschlüsselt: " + adresse);
        grenze.pruefe(adresse.getHost());
        return adresse;
    }

    /** The time counts until the last byte: a server that gives one byte a second would hold a thread for days. */
    private HTTPResponse schicke(HttpRequest.Builder anfrage) throws IOException {
        var laeuft = netz.sendAsync(
                anfrage.header("Accept", "application/json").build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES));
        try {
            var antwort = laeuft.get(geduld.toMillis(), TimeUnit.MILLISECONDS);
            var gelesen = new HTTPResponse(antwort.statusCode());
            antwort.headers().firstValue("Content-Type").ifPresent(typ -> gelesen.setHeader("Content-Type", typ));
            gelesen.setBody(new String(antwort.body(), StandardCharsets.UTF_8));
            return gelesen;
        } catch (ExecutionException e) {
            var grund = e.getCause();
            throw grund instanceof IOException io ? new IOException(io.toString(), io) : new IOException(e);
        } catch (TimeoutException e) {
            throw new IOException("Nach " + geduld.toMillis() + " ms noch keine ganze Antwort", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Abgebrochen", e);
        } finally {
            laeuft.cancel(true);
        }
    }
}
