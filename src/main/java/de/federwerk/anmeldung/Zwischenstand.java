package de.federwerk.anmeldung;

import de.federwerk.organisation.Anmeldehuerde;
import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

/**
 * Between password and second factor: the session knows whose password was right and carries no authority whatsoever – there is no
 * SecurityContext in it that anything could look at.
 */
@Component
class Zwischenstand implements Anmeldehuerde {

    /** Session attribute with the device, for the list of sessions. */
    static final String GERAET = "federwerk.geraet";

    private static final String HALB = "federwerk.halb";
    private static final Duration FRIST = Duration.ofMinutes(10);

    private record Halb(Anmeldung wer, Instant seit) implements Serializable {}

    private final Faktoren faktoren;
    private final Anmeldeweg weg;

    Zwischenstand(Faktoren faktoren, Anmeldeweg weg) {
        this.faktoren = faktoren;
        this.weg = weg;
    }

    @Override
    public Optional<String> vor(HttpServletRequest anfrage, Anmeldung wer) {
        var sitzung = anfrage.getSession();
        sitzung.setAttribute(GERAET, Geraet.aus(anfrage));
        if (faktoren.stand(wer.person()).leer()) {
            vergiss(sitzung);
            return Optional.empty();
        }
        sitzung.setAttribute(HALB, new Halb(wer, Instant.now()));
        // A new password ends it like any other session of the person.
        sitzung.setAttribute(
                FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                wer.person().toString());
        return Optional.of("/anmelden/faktor");
    }

    /** Whose password was right in this session, not long ago. */
    static Optional<Anmeldung> wer(@Nullable HttpSession sitzung) {
        return sitzung != null
                        && sitzung.getAttribute(HALB) instanceof Halb halb
                        && halb.seit.plus(FRIST).isAfter(Instant.now())
                ? Optional.of(halb.wer)
                : Optional.empty();
    }

    /** Over: the person has proved enough. */
    void lasseEin(HttpServletRequest anfrage, HttpServletResponse antwort, Anmeldung wer)
            throws IOException, ServletException {
        var sitzung = anfrage.getSession();
        vergiss(sitzung);
        sitzung.setAttribute(GERAET, Geraet.aus(anfrage));
        weg.lasseEin(anfrage, antwort, wer);
    }

    private static void vergiss(HttpSession sitzung) {
        sitzung.removeAttribute(HALB);
        sitzung.removeAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);
    }
}
