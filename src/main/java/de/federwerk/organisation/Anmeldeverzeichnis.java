package de.federwerk.organisation;

import java.util.Optional;
import java.util.UUID;
import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * Where a town keeps its people besides here. Stands above this module, so that the door asks for it by this interface. All methods run
 * for the Mandant of the thread.
 */
public interface Anmeldeverzeichnis {

    /** A way in besides name and password. @param pfad leads out of the house and back to it */
    record Weg(String bezeichnung, String pfad) {}

    /** The directory cannot be asked: nobody's mistake, and nothing is known of the password. */
    class Ausfall extends AuthenticationServiceException {
        public Ausfall(String grund) {
            super(grund);
        }
    }

    /**
     * Whether the password is right. May wait for seconds: outside of any transaction.
     *
     * @param hier whether it is the one that is kept here; counts for whoever is not linked to a directory, and for administrators who
     *     keep theirs
     * @throws Ausfall if only the directory knows and does not answer
     */
    boolean stimmt(UUID person, String passwort, boolean hier);

    /** Whether the person's password is kept elsewhere and cannot be changed here. */
    boolean fuehrt(UUID person);

    /** Whether a directory is asked for the password that the person types here. */
    boolean prueft(UUID person);

    /** The other way in, if the town has one. */
    Optional<Weg> weg();
}
