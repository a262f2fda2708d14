package de.federwerk.organisation;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What must still be passed between a right password and the open door. Implemented above (module anmeldung knows second factors, this
 * module does not); asked once for each sign-in, whoever has checked the password.
 */
public interface Anmeldehuerde {

    /**
     * Runs for the Mandant of {@code wer}. Whoever is held up has no authority at all in the meantime.
     *
     * @return the page on which the person goes on; empty lets in
     */
    Optional<String> vor(HttpServletRequest anfrage, Anmeldung wer);
}
