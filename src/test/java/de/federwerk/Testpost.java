package de.federwerk;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The town's mail server. The house knows its port from the start, because it is one house for all tests; the server itself runs only where
 * a test starts it. Persons of a {@link Teststadt} have no address: no other test sends anything.
 */
public final class Testpost {

    private static final int PORT = freierPort();

    private Testpost() {}

    static void nenne(DynamicPropertyRegistry werte) {
        werte.add("federwerk.post.smtp.host", () -> "127.0.0.1");
        werte.add("federwerk.post.smtp.port", () -> PORT);
        werte.add("federwerk.post.smtp.starttls", () -> false);
        werte.add("federwerk.post.smtp.absender", () -> "federwerk@stadt.example");
        werte.add("federwerk.post.smtp.seite", () -> "https://akte.stadt.example");
        werte.add("federwerk.post.sammeln", () -> "0s");
    }

    /** An empty one; whoever starts it stops it. */
    public static GreenMail starte() {
        var post = new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        post.start();
        return post;
    }

    private static int freierPort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
