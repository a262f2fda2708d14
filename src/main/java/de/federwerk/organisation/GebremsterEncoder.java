package de.federwerk.organisation;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes a few passwords at a time. Argon2id takes its memory (19 MiB) from the heap on purpose: a hundred sign-ins at once, sent by
 * whoever likes, would fill it.
 */
class GebremsterEncoder implements PasswordEncoder {

    private static final int ZUGLEICH = 4;

    private final Semaphore plaetze = new Semaphore(ZUGLEICH, true);
    private final PasswordEncoder encoder;
    private final long geduldMs;

    /** @param geduldMs how long a person may wait for a turn, in milliseconds */
    GebremsterEncoder(PasswordEncoder encoder, long geduldMs) {
        this.encoder = encoder;
        this.geduldMs = geduldMs;
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence passwort) {
        return derReiheNach(() -> encoder.encode(passwort));
    }

    /** @throws AuthenticationServiceException when the house is asked more than it can reckon */
    @Override
    public boolean matches(@Nullable CharSequence passwort, @Nullable String hash) {
        return Boolean.TRUE.equals(derReiheNach(() -> encoder.matches(passwort, hash)));
    }

    @SuppressWarnings("NullAway") // a Supplier may give null
    private <T> @Nullable T derReiheNach(Supplier<@Nullable T> arbeit) {
        try {
            if (!plaetze.tryAcquire(geduldMs, TimeUnit.MILLISECONDS)) {
                throw new AuthenticationServiceException("Zu viele Anmeldungen zugleich");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthenticationServiceException("Anmeldung abgebrochen", e);
        }
        try {
            return arbeit.get();
        } finally {
            plaetze.release();
        }
    }
}
