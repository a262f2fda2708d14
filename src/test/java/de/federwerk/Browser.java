package de.federwerk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a browser does, without drawing: keeps cookies, sends forms with the hidden fields of the page they stand on. */
public final class Browser {

    private static final Pattern GEHEIM = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    /** @param ziel where a redirect leads, without scheme and host; empty if there is none */
    public record Seite(int status, HttpResponse<String> antwort, String ziel) {

        public String text() {
            return antwort.body();
        }

        public String kopf(String name) {
            return antwort.headers().firstValue(name).orElse("");
        }

        public boolean istHtml() {
            return kopf("Content-Type").startsWith("text/html");
        }

        /** The CSRF token of the page's forms. */
        public String geheim() {
            var treffer = GEHEIM.matcher(text());
            if (!treffer.find()) {
                throw new AssertionError("Die Seite hat kein Formular: " + status + " " + ziel);
            }
            return treffer.group(1);
        }
    }

    private final String haus;
    private final CookieManager kekse = new CookieManager();
    private final HttpClient netz;

    /** @param haus address without path, e.g. {@code http://localhost:8080} */
    public Browser(String haus) {
        this(haus, null);
    }

    /** @param von the address from which it asks; null for any */
    public Browser(String haus, @Nullable InetAddress von) {
        this.haus = haus;
        var bau = HttpClient.newBuilder()
                .cookieHandler(kekse)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
        this.netz = (von == null ? bau : bau.localAddress(von)).build();
    }

    /** Signs in with the form; the answer is the redirect that follows. */
    public Seite melde(String name, String passwort) {
        return sende("/anmelden", hole("/anmelden").geheim(), "name", name, "passwort", passwort);
    }

    public Seite hole(String pfad) {
        return schicke(anfrage(pfad).GET().build());
    }

    /** Sends a form as it stands on {@code formular}: fields in pairs of name and value. */
    public Seite sendeVon(String formular, String pfad, String... felder) {
        return sende(pfad, hole(formular).geheim(), felder);
    }

    /** Sends fields with this CSRF token; an empty one sends none. */
    public Seite sende(String pfad, String geheim, String... felder) {
        var paare = Stream.concat(geheim.isEmpty() ? Stream.empty() : Stream.of("_csrf", geheim), Stream.of(felder))
                .toArray(String[]::new);
        var text = Stream.iterate(0, i -> i + 2)
                .limit(paare.length / 2)
                .map(i -> kodiert(paare[i]) + "=" + kodiert(paare[i + 1]))
                .collect(Collectors.joining("&"));
        return schicke(anfrage(pfad)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(text))
                .build());
    }

    /** Uploads one file with the CSRF token of {@code formular}. */
    public Seite ladeHoch(String formular, String pfad, String dateiname, byte[] inhalt) {
        var grenze = "----grenze";
        var kopf = "--" + grenze + "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
                + hole(formular).geheim() + "\r\n--" + grenze
                + "\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"" + dateiname
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        var koerper = BodyPublishers.concat(
                BodyPublishers.ofString(kopf),
                BodyPublishers.ofByteArray(inhalt),
                BodyPublishers.ofString("\r\n--" + grenze + "--\r\n"));
        return schicke(anfrage(pfad)
                .header("Content-Type", "multipart/form-data; boundary=" + grenze)
                .header("Origin", haus)
                .POST(koerper)
                .build());
    }

    /** Sends a form with one file, the fields in pairs of name and value. */
    public Seite sendeMitDatei(
            String formular, String pfad, String dateifeld, String dateiname, byte[] inhalt, String... felder) {
        var vorn = new StringBuilder(teil("_csrf", hole(formular).geheim()));
        for (int i = 0; i < felder.length; i += 2) {
            vorn.append(teil(felder[i], felder[i + 1]));
        }
        vorn.append("--grenze\r\nContent-Disposition: form-data; name=\"" + dateifeld + "\"; filename=\"" + dateiname
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        return schicke(anfrage(pfad)
                .header("Content-Type", "multipart/form-data; boundary=grenze")
                .header("Origin", haus)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(vorn.toString()),
                        BodyPublishers.ofByteArray(inhalt),
                        BodyPublishers.ofString("\r\n--grenze--\r\n")))
                .build());
    }

    private static String teil(String name, String wert) {
        return "--grenze\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + wert + "\r\n";
    }

    /**
     * Uploads several files at once, as the form without JavaScript does.
     *
     * @param geheim CSRF token of the page
     * @param stapel the form's hidden id
     * @param dateien in pairs of name and content
     */
    public Seite ladeAlle(String pfad, String geheim, String stapel, String... dateien) {
        return schicke(mehrteilig(pfad, "_csrf", geheim, stapel, dateien));
    }

    /** Uploads one file as the page's script does: the token in a header, and the answer is to be JSON. */
    public Seite ladeAlsInsel(String pfad, String geheim, String stapel, String dateiname, String inhalt) {
        return schicke(HttpRequest.newBuilder(
                        mehrteilig(pfad, "x", "", stapel, dateiname, inhalt),
                        (name, wert) -> !name.equalsIgnoreCase("Accept"))
                .header("Accept", "application/json")
                .header("X-CSRF-TOKEN", geheim)
                .build());
    }

    /** What a script of the page sends besides forms: JSON or nothing, the token in a header, and the answer is to be JSON. */
    public Seite alsInsel(String methode, String pfad, String geheim, String json) {
        return schicke(HttpRequest.newBuilder(anfrage(pfad).build(), (name, wert) -> !name.equalsIgnoreCase("Accept"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("X-CSRF-TOKEN", geheim)
                .method(methode, BodyPublishers.ofString(json))
                .build());
    }

    /** A form with fields and files: {@code felder} in pairs of name and value, {@code dateien} of name and content. */
    public Seite sendeMitDateien(String pfad, String geheim, List<String> felder, String feld, String... dateien) {
        var teile = new StringBuilder();
        var alle = Stream.concat(Stream.of("_csrf", geheim), felder.stream()).toList();
        for (int i = 0; i < alle.size(); i += 2) {
            teile.append("--grenze\r\nContent-Disposition: form-data; name=\"" + alle.get(i) + "\"\r\n\r\n"
                    + alle.get(i + 1) + "\r\n");
        }
        for (int i = 0; i < dateien.length; i += 2) {
            teile.append("--grenze\r\nContent-Disposition: form-data; name=\"" + feld + "\"; filename=\"" + dateien[i]
                    + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + dateien[i + 1] + "\r\n");
        }
        return schicke(anfrage(pfad)
                .header("Content-Type", "multipart/form-data; boundary=grenze")
                .header("Origin", haus)
                .POST(BodyPublishers.ofString(teile + "--grenze--\r\n"))
                .build());
    }

    private HttpRequest mehrteilig(String pfad, String feld, String wert, String stapel, String... dateien) {
        var teile = new StringBuilder();
        for (var paar : new String[][] {{feld, wert}, {"stapel", stapel}}) {
            teile.append(teil(paar[0], paar[1]));
        }
        for (int i = 0; i < dateien.length; i += 2) {
            teile.append("--grenze\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"" + dateien[i]
                    + "\"\r\nContent-Type: text/plain\r\n\r\n" + dateien[i + 1] + "\r\n");
        }
        return anfrage(pfad)
                .header("Content-Type", "multipart/form-data; boundary=grenze")
                .header("Origin", haus)
                .POST(BodyPublishers.ofString(teile + "--grenze--\r\n"))
                .build();
    }

    /** The session's cookie, if there is one. */
    public Optional<HttpCookie> sitzung() {
        return kekse.getCookieStore().getCookies().stream()
                .filter(k -> k.getName().equals("FEDERWERK"))
                .findFirst();
    }

    /** As if this cookie had been set for the Portal. */
    public void nimmKeks(String name, String wert) {
        var keks = new HttpCookie(name, wert);
        keks.setPath("/portal");
        keks.setVersion(0);
        kekse.getCookieStore().add(URI.create(haus), keks);
    }

    /** As if the session had run out: the browser still has a cookie that the house no longer knows. */
    public void verliereSitzung() {
        sitzung().orElseThrow().setValue("dmVyZ2Vzc2Vu");
    }

    private HttpRequest.Builder anfrage(String pfad) {
        return HttpRequest.newBuilder(URI.create(haus + pfad))
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .timeout(Duration.ofSeconds(60));
    }

    private Seite schicke(HttpRequest anfrage) {
        try {
            var antwort = netz.send(anfrage, BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Seite(
                    antwort.statusCode(),
                    antwort,
                    antwort.headers()
                            .firstValue("Location")
                            .map(z -> z.replaceFirst("^https?://[^/]+", ""))
                            .orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String kodiert(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
