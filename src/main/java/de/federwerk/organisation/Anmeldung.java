package de.federwerk.organisation;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/**
 * Who is signed in. Lies in the session, so it holds only what does not change: roles and rights are asked anew with each click.
 *
 * @param pseudonym what the Protokoll names instead of the person
 */
public record Anmeldung(UUID mandant, UUID person, UUID pseudonym, String name) implements Principal, Serializable {

    /** What the session store knows the person by. */
    @Override
    public String getName() {
        return person.toString();
    }
}
