package de.federwerk.meldung;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The town's mail server, if {@code federwerk.post.smtp.host} names one. Without one there is no mail. */
@Component
class Mailserver {

    /** Longer than any greeting a mail server holds back against spam; shorter than anybody waits for a shutdown. */
    private static final Duration GEDULD = Duration.ofSeconds(15);
    /** TLS from the first byte (RFC 8314); every other port begins plain and asks for STARTTLS. */
    private static final int SMTPS = 465;

    /** ASCII without blanks, quotes, brackets or anything that ends a line: what real mailboxes look like, and nothing that is more than one. */
    private static final Pattern ADRESSE =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,185}[A-Za-z0-9])?");

    private final String host;
    private final int port;
    private final String name;
    private final String passwort;
    private final boolean starttls;
    private final Duration sammeln;
    private final @Nullable InternetAddress absender;
    private final @Nullable String seite;

    /** @throws IllegalStateException with one German line, if a host is named but not who sends and where the links lead */
    Mailserver(
            @Value("${federwerk.post.smtp.host:}") String host,
            @Value("${federwerk.post.smtp.port:587}") int port,
            @Value("${federwerk.post.smtp.name:}") String name,
            @Value("${federwerk.post.smtp.passwort:}") String passwort,
            @Value("${federwerk.post.smtp.starttls:true}") boolean starttls,
            @Value("${federwerk.post.smtp.absender:}") String absender,
            @Value("${federwerk.post.smtp.seite:}") String seite,
            @Value("${federwerk.post.sammeln:60s}") Duration sammeln) {
        this.host = host.strip();
        this.port = port;
        this.name = name;
        this.passwort = passwort;
        this.starttls = starttls;
        this.sammeln = sammeln;
        if (this.host.isEmpty()) {
            this.absender = null;
            this.seite = null;
            return;
        }
        this.absender = gueltig(absender)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "Zu federwerk.post.smtp.host fehlt die Angabe federwerk.post.smtp.absender, eine Mailadresse wie federwerk@stadt.example."));
        this.seite = seite(seite.strip());
    }

    private static String seite(String adresse) {
        if (!adresse.matches("https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?/?"))
            throw new IllegalStateException(
                    "Zu federwerk.post.smtp.host fehlt die Angabe federwerk.post.smtp.seite: die Adresse, unter der Federwerk im Browser steht, wie https://akte.stadt.example.");
        return adresse.endsWith("/") ? adresse.substring(0, adresse.length() - 1) : adresse;
    }

    boolean eingerichtet() {
        return absender != null;
    }

    /** So long an immediate mail waits for others, and for whoever sits at the desk and reads it anyway. */
    Duration sammeln() {
        return sammeln;
    }

    InternetAddress absender() {
        return noetig(absender);
    }

    /** Where people open this house, without a slash at the end. */
    String seite() {
        return noetig(seite);
    }

    /** For the right side of a Message-ID: ours, and known to the receiver as the sender's. */
    String haus() {
        var adresse = absender().getAddress();
        return adresse.substring(adresse.indexOf('@') + 1);
    }

    /** How the server is called in a Störung. */
    String bezeichnung() {
        return host + ":" + port;
    }

    private static <T> T noetig(@Nullable T wert) {
        if (wert == null) throw new IllegalStateException("Kein Mailserver eingerichtet");
        return wert;
    }

    /** One address and nothing else; empty for everything a mail server would refuse or, worse, read as two. */
    static Optional<InternetAddress> gueltig(@Nullable String adresse) {
        if (adresse == null || !ADRESSE.matcher(adresse.strip()).matches()) return Optional.empty();
        try {
            return Optional.of(new InternetAddress(adresse.strip(), true));
        } catch (AddressException keine) {
            return Optional.empty();
        }
    }

    Session sitzung() {
        var wie = new Properties();
        var art = port == SMTPS ? "mail.smtps." : "mail.smtp.";
        var geduld = String.valueOf(GEDULD.toMillis());
        wie.put(art + "connectiontimeout", geduld);
        wie.put(art + "timeout", geduld);
        wie.put(art + "writetimeout", geduld);
        wie.put(art + "auth", String.valueOf(!name.isEmpty()));
        // Required, not only tried: else whoever sits in between takes it out and reads along.
        wie.put(art + "starttls.enable", String.valueOf(starttls && port != SMTPS));
        wie.put(art + "starttls.required", String.valueOf(starttls && port != SMTPS));
        wie.put(art + "ssl.checkserveridentity", "true");
        wie.put(art + "from", absender().getAddress());
        // Else the machine's name is asked of a name server, which may be away as well.
        wie.put(
                art + "localhost",
                Optional.ofNullable(URI.create(seite()).getHost()).orElse("localhost"));
        return Session.getInstance(wie);
    }

    /**
     * A line to the server; whoever opens it closes it.
     *
     * @throws AuthenticationFailedException if name or password are refused
     * @throws MessagingException if it is not reachable
     */
    Transport verbinde() throws MessagingException {
        var leitung = sitzung().getTransport(port == SMTPS ? "smtps" : "smtp");
        leitung.connect(host, port, name.isEmpty() ? null : name, name.isEmpty() ? null : passwort);
        return leitung;
    }
}
