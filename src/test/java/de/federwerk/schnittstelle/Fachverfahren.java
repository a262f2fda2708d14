package de.federwerk.schnittstelle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A foreign program that talks to the interface. */
final class Fachverfahren {

    private static final String GRENZE = "grenze-7f3a";

    record Antwort(int status, HttpResponse<byte[]> http) {

        JsonNode json() {
            return JsonMapper.shared().readTree(http.body());
        }

        String text(String feld) {
            return json().get(feld).asString();
        }

        String kopf(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    private final String haus;
    private final String token;
    private final HttpClient netz =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    Fachverfahren(String haus, String token) {
        this.haus = haus;
        this.token = token;
    }

    Antwort hole(String pfad) {
        return schicke(anfrage(pfad).GET());
    }

    /** @param koepfe name, value, name, value … */
    Antwort sende(String pfad, String json, String... koepfe) {
        var anfrage = anfrage(pfad).header("Content-Type", "application/json");
        for (int i = 0; i < koepfe.length; i += 2) {
            anfrage.header(koepfe[i], koepfe[i + 1]);
        }
        return schicke(anfrage.POST(BodyPublishers.ofString(json)));
    }

    /** PATCH */
    Antwort aendere(String pfad, String json) {
        return schicke(anfrage(pfad)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    Antwort lade(String pfad, String dateiname, byte[] inhalt, String... koepfe) {
        return lade(
                pfad,
                koepfe,
                teil("datei", dateiname),
                BodyPublishers.ofByteArray(inhalt),
                BodyPublishers.ofString("\r\n--" + GRENZE + "--\r\n"));
    }

    Antwort ladeZwei(String pfad) {
        return lade(
                pfad,
                new String[0],
                teil("datei", "a.txt"),
                BodyPublishers.ofString("eins\r\n"),
                teil("datei", "b.txt"),
                BodyPublishers.ofString("zwei\r\n--" + GRENZE + "--\r\n"));
    }

    Antwort ladeStrom(String pfad, String dateiname, Supplier<InputStream> inhalt) {
        return lade(
                pfad,
                new String[0],
                teil("datei", dateiname),
                BodyPublishers.ofInputStream(inhalt),
                BodyPublishers.ofString("\r\n--" + GRENZE + "--\r\n"));
    }

    Antwort ladeMitMetadaten(String pfad, String dateiname, byte[] inhalt, String metadaten, boolean metadatenZuerst) {
        var ende = BodyPublishers.ofString("--" + GRENZE + "--\r\n");
        var zeile = BodyPublishers.ofString("\r\n");
        var datei = BodyPublishers.concat(teil("datei", dateiname), BodyPublishers.ofByteArray(inhalt), zeile);
        var daten = BodyPublishers.concat(teil("metadaten", ""), BodyPublishers.ofString(metadaten), zeile);
        return metadatenZuerst
                ? lade(pfad, new String[0], daten, datei, ende)
                : lade(pfad, new String[0], datei, daten, ende);
    }

    private Antwort lade(String pfad, String[] koepfe, BodyPublisher... teile) {
        var anfrage = anfrage(pfad).header("Content-Type", "multipart/form-data; boundary=" + GRENZE);
        for (int i = 0; i < koepfe.length; i += 2) {
            anfrage.header(koepfe[i], koepfe[i + 1]);
        }
        return schicke(anfrage.POST(BodyPublishers.concat(teile)));
    }

    private static BodyPublisher teil(String name, String dateiname) {
        var datei = dateiname.isEmpty()
                ? "\r\nContent-Type: application/json"
                : "; filename=\"" + dateiname + "\"\r\nContent-Type: application/octet-stream";
        return BodyPublishers.ofString(
                "--" + GRENZE + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + datei + "\r\n\r\n",
                StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder anfrage(String pfad) {
        var anfrage =
                HttpRequest.newBuilder(URI.create(haus + "/api/v1" + pfad)).timeout(Duration.ofSeconds(60));
        return token.isEmpty() ? anfrage : anfrage.header("Authorization", "Bearer " + token);
    }

    private Antwort schicke(HttpRequest.Builder anfrage) {
        try {
            var antwort = netz.send(anfrage.build(), BodyHandlers.ofByteArray());
            return new Antwort(antwort.statusCode(), antwort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
