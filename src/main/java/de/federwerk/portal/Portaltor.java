package de.federwerk.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Where the town hall ends and the Portal begins: a port of its own, with few threads and small limits, so that a crowd before the Portal
 * never keeps a clerk waiting; and, where a proxy stands before both, a host name of its own.
 */
@Component
public class Portaltor implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** At once; the house has a hundred others. */
    private static final int FAEDEN = 40;

    private static final int VERBINDUNGEN = 2_000;
    /** Bytes of a form without files, and of a request header. */
    private static final int FORMULAR = 1024 * 1024;

    private static final int KOPF = 16 * 1024;
    /** A whole request: the files of one step, of which each has its own limit. */
    static final int HOECHSTENS = 220 * 1024 * 1024;

    /** As many inputs as one page of a form may have with all its repetitions, and each field's mark; see formular.Formularleser. */
    private static final int FELDER = 2_500;

    private static final int TEILE = 2_500;
    private static final Duration GEDULD = Duration.ofSeconds(20);

    private final @Nullable Connector tuer;
    private final @Nullable URI adresse;

    Portaltor(@Value("${federwerk.portal.port}") int port, @Value("${federwerk.portal.adresse}") String adresse) {
        this.tuer = port < 0 ? null : tuer(port);
        this.adresse = adresse.isBlank() ? null : URI.create(adresse.strip().replaceAll("/+$", ""));
    }

    private static Connector tuer(int port) {
        var tuer = new Connector("HTTP/1.1");
        tuer.setPort(port);
        tuer.setURIEncoding("UTF-8");
        tuer.setXpoweredBy(false);
        tuer.setMaxPostSize(FORMULAR);
        tuer.setMaxParameterCount(FELDER);
        tuer.setMaxPartCount(TEILE);
        if (tuer.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setMaxThreads(FAEDEN);
            http.setMinSpareThreads(2);
            http.setMaxConnections(VERBINDUNGEN);
            http.setConnectionTimeout((int) GEDULD.toMillis());
            http.setMaxHttpRequestHeaderSize(KOPF);
            http.setMaxSwallowSize(HOECHSTENS);
            http.setCompression("on");
            http.setCompressionMinSize(2048);
            http.setCompressibleMimeType("text/html,text/css,text/javascript,application/json,image/svg+xml");
        }
        return tuer;
    }

    @Override
    public void customize(TomcatServletWebServerFactory dienst) {
        if (tuer != null) {
            dienst.addAdditionalConnectors(tuer);
        }
    }

    /** Its own port, once the program is ready; empty if it has none. */
    public OptionalInt port() {
        return tuer == null ? OptionalInt.empty() : OptionalInt.of(tuer.getLocalPort());
    }

    /** Whether a request came through the citizens' door. */
    boolean fuehrtInsPortal(HttpServletRequest anfrage) {
        return tuer != null && anfrage.getLocalPort() == tuer.getLocalPort()
                || adresse != null && adresse.getHost().equalsIgnoreCase(anfrage.getServerName());
    }

    /** Whether there is a Portal at all. */
    boolean offen() {
        return tuer != null || adresse != null;
    }

    /** Whether {@link #aussen} is what the town has set and not what a request says: nobody's link by mail leads to where a stranger wants. */
    boolean verlaesslich(HttpServletRequest anfrage) {
        return adresse != null
                || anfrage.getServerName().equals("localhost")
                || anfrage.getServerName().equals("127.0.0.1");
    }

    /** How a citizen reaches {@code pfad} of the Portal, without a slash at the end; seen from whoever asks if no address is set. */
    String aussen(HttpServletRequest anfrage, String pfad) {
        if (adresse != null) {
            return adresse + pfad;
        }
        return "%s://%s:%d%s"
                .formatted(
                        anfrage.getScheme().toLowerCase(Locale.ROOT),
                        anfrage.getServerName(),
                        port().orElseThrow(),
                        pfad);
    }
}
