package de.federwerk.verzeichnis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that its operator can let do what he likes. Writes down what it is asked. */
final class Falschanbieter implements AutoCloseable {

    private final HttpServer server;
    private final List<String> gefragt = new CopyOnWriteArrayList<>();
    private final Map<String, String> anders = new ConcurrentHashMap<>();

    /** Instead of the description, if set. */
    volatile HttpAntwort beschreibung = this::beschreibe;

    interface HttpAntwort {
        void gib(HttpExchange anfrage) throws IOException;
    }

    Falschanbieter() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", anfrage -> {
            try (anfrage) {
                var koerper = new String(anfrage.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                gefragt.add(anfrage.getRequestURI().getPath() + " " + koerper);
                if (anfrage.getRequestURI().getPath().endsWith("openid-configuration")) beschreibung.gib(anfrage);
                else antworte(anfrage, 400, "{\"error\":\"invalid_grant\"}");
            }
        });
        server.start();
    }

    String aussteller() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What was sent to this path. */
    List<String> gefragt(String pfad) {
        return gefragt.stream().filter(z -> z.startsWith(pfad)).toList();
    }

    /** Another line of the description. @param json without quotes around if it is none */
    Falschanbieter nenne(String name, String json) {
        anders.put(name, json);
        return this;
    }

    private void beschreibe(HttpExchange anfrage) throws IOException {
        var zeilen = new java.util.TreeMap<String, String>(Map.of(
                "issuer", "\"" + aussteller() + "\"",
                "authorization_endpoint", "\"" + aussteller() + "/auth\"",
                "token_endpoint", "\"" + aussteller() + "/token\"",
                "jwks_uri", "\"" + aussteller() + "/jwks\"",
                "response_types_supported", "[\"code\"]",
                "subject_types_supported", "[\"public\"]",
                "id_token_signing_alg_values_supported", "[\"RS256\"]"));
        zeilen.putAll(anders);
        var json = new StringBuilder("{");
        zeilen.forEach((name, wert) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(wert));
        antworte(anfrage, 200, json + "}");
    }

    static void antworte(HttpExchange anfrage, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        anfrage.getResponseHeaders().set("Content-Type", "application/json");
        anfrage.sendResponseHeaders(status, bytes.length);
        anfrage.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
