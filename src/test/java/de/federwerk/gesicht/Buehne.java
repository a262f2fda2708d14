package de.federwerk.gesicht;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.federwerk.Browserhaus;
import gg.jte.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** A stage for the islands: the real frame, styles and scripts under the real policy, in a real browser, without the house. */
class Buehne implements AutoCloseable {

    /** As in organisation.Sicherheit; whatever breaks it shows up in {@link #klagen}. */
    private static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
                    + "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPEN = Map.of(
            "css",
            "text/css",
            "js",
            "text/javascript",
            "mjs",
            "text/javascript",
            "svg",
            "image/svg+xml",
            "wasm",
            "application/wasm",
            "woff2",
            "font/woff2",
            "pdf",
            "application/pdf");

    record Antwort(int status, String typ, byte[] inhalt) {
        static Antwort text(int status, String typ, String inhalt) {
            return new Antwort(status, typ, inhalt.getBytes(UTF_8));
        }
    }

    final Map<String, Antwort> antworten = new ConcurrentHashMap<>();
    /** Requests other than GET, each with its X-CSRF-TOKEN and body. */
    final List<String> eingegangen = new CopyOnWriteArrayList<>();
    /** Errors of the browser's console: broken policy, exceptions. */
    final List<String> klagen = new CopyOnWriteArrayList<>();

    private final Vorlagen vorlagen =
            new Vorlagen(new StaticListableBeanFactory(Map.of("geber", (Rahmengeber) a -> Optional.empty()))
                    .getBeanProvider(Rahmengeber.class));
    private final HttpServer server;
    private final List<BrowserContext> fenster = new ArrayList<>();

    Buehne() throws IOException {
        // Else the last bytes of each answer wait 40 ms for the browser's acknowledgement; read when the first server
        // is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::bediene);
        server.start();
    }

    /** A page of the frame with {@code inhalt} as its content. */
    void seite(String pfad, String inhalt, Rahmen rahmen) {
        Content teil = ausgabe -> ausgabe.writeContent(inhalt);
        antworten.put(
                pfad,
                Antwort.text(
                        200,
                        "text/html;charset=UTF-8",
                        vorlagen.alsText("gesicht/seite", Map.of("rahmen", rahmen, "titel", "Probe", "inhalt", teil))));
    }

    Page oeffne(String pfad, int breite) {
        var kontext = Browserhaus.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(breite, 800)
                        .setLocale("de-DE"));
        fenster.add(kontext);
        var seite = kontext.newPage();
        seite.setDefaultTimeout(10_000);
        seite.onConsoleMessage(m -> {
            if (m.type().equals("error")) klagen.add(m.text());
        });
        seite.onPageError(klagen::add);
        seite.navigate(url(pfad));
        return seite;
    }

    String url(String pfad) {
        return "http://localhost:" + server.getAddress().getPort() + pfad;
    }

    private void bediene(HttpExchange anfrage) throws IOException {
        var pfad = anfrage.getRequestURI().getPath();
        if (!anfrage.getRequestMethod().equals("GET")) {
            eingegangen.add(anfrage.getRequestHeaders().getFirst("X-CSRF-TOKEN") + " "
                    + new String(anfrage.getRequestBody().readAllBytes(), UTF_8));
        }
        var antwort = antworten.get(pfad);
        if (antwort == null) {
            try (var datei = getClass().getResourceAsStream("/static" + pfad)) {
                antwort = datei == null || pfad.endsWith("/")
                        ? Antwort.text(404, "text/plain", "nichts")
                        : new Antwort(
                                200,
                                TYPEN.getOrDefault(
                                        pfad.substring(pfad.lastIndexOf('.') + 1), "application/octet-stream"),
                                datei.readAllBytes());
            }
        }
        var koepfe = anfrage.getResponseHeaders();
        if (antwort.status() == 302) {
            koepfe.set("Location", new String(antwort.inhalt(), UTF_8));
        }
        koepfe.set("Content-Type", antwort.typ());
        koepfe.set(
                "Content-Security-Policy",
                pfad.startsWith("/pdfjs/")
                        ? CSP.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
                        : CSP);
        anfrage.sendResponseHeaders(antwort.status(), antwort.inhalt().length == 0 ? -1 : antwort.inhalt().length);
        anfrage.getResponseBody().write(antwort.inhalt());
        anfrage.close();
    }

    /** Closes all windows: what they stored goes with them. */
    void raeumeAb() {
        fenster.forEach(BrowserContext::close);
        fenster.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
