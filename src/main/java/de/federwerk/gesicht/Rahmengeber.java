package de.federwerk.gesicht;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Knows the frame of the person who asks. Implemented above (organisation knows persons, this module does not); asked once for
 * each page whose template declares {@code @param Rahmen rahmen} and whose controller put none into the model.
 */
public interface Rahmengeber {

    /** Empty when nobody is signed in. */
    Optional<Rahmen> rahmen(HttpServletRequest anfrage);
}
