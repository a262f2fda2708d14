package de.federwerk.basis;

import java.util.Optional;
import java.util.UUID;

/**
 * The Mandant for whom this thread works. Every transaction that begins inside {@link #als} carries it to PostgreSQL, where
 * row-level security shows nothing of any other Mandant; outside, the database shows nothing at all.
 */
public final class Mandantenkontext {

    private static final ScopedValue<UUID> MANDANT = ScopedValue.newInstance();
    private static final ScopedValue<String> AUSWEIS = ScopedValue.newInstance();
    private static final ScopedValue<String> SITZUNG = ScopedValue.newInstance();
    /** No hash is this. */
    private static final String HAUS = "haus";

    private Mandantenkontext() {}

    /** Runs {@code arbeit} for one Mandant and returns what it returns; exceptions pass through unchanged. */
    public static <R, X extends Throwable> R als(UUID mandant, ScopedValue.CallableOp<? extends R, X> arbeit) throws X {
        return ScopedValue.where(MANDANT, mandant).call(arbeit);
    }

    /** As {@link #als(UUID, ScopedValue.CallableOp)}, for work without a result. */
    public static void als(UUID mandant, Runnable arbeit) {
        ScopedValue.where(MANDANT, mandant).run(arbeit);
    }

    /**
     * As {@link #als(UUID, ScopedValue.CallableOp)}, with a citizen's rights in the database: transactions that begin inside see and change
     * only what was granted to the Portal's role, whatever their statements ask for.
     *
     * @param ausweis of what is somebody's own it opens what bears this: SHA-256 in hex of a secret that was shown; empty opens nothing
     */
    public static <R, X extends Throwable> R alsBuerger(
            UUID mandant, String ausweis, ScopedValue.CallableOp<? extends R, X> arbeit) throws X {
        return ScopedValue.where(MANDANT, mandant).where(AUSWEIS, ausweis).call(arbeit);
    }

    /**
     * As {@link #alsBuerger(UUID, String, ScopedValue.CallableOp)}, signed in: the database itself finds the Konto whose session this is.
     *
     * @param sitzung SHA-256 in hex of the secret of a session; empty for nobody
     */
    public static <R, X extends Throwable> R alsBuerger(
            UUID mandant, String ausweis, String sitzung, ScopedValue.CallableOp<? extends R, X> arbeit) throws X {
        return ScopedValue.where(MANDANT, mandant)
                .where(AUSWEIS, ausweis)
                .where(SITZUNG, sitzung)
                .call(arbeit);
    }

    /**
     * With the rights of the house, also where this thread works for a citizen: for the few things that the house does for those who are not signed
     * in yet. What was shown is not seen inside.
     */
    public static <R, X extends Throwable> R alsHaus(UUID mandant, ScopedValue.CallableOp<? extends R, X> arbeit)
            throws X {
        return ScopedValue.where(MANDANT, mandant)
                .where(AUSWEIS, HAUS)
                .where(SITZUNG, "")
                .call(arbeit);
    }

    /** The session of the citizen of this thread, as {@link #alsBuerger} was given it. */
    public static Optional<String> sitzung() {
        return SITZUNG.isBound() && !SITZUNG.get().isEmpty() ? Optional.of(SITZUNG.get()) : Optional.empty();
    }

    /** What the citizen of this thread has shown; empty in the house, and for who has shown nothing. */
    public static Optional<String> ausweis() {
        return istBuerger() && !AUSWEIS.get().isEmpty() ? Optional.of(AUSWEIS.get()) : Optional.empty();
    }

    static boolean istBuerger() {
        return AUSWEIS.isBound() && !HAUS.equals(AUSWEIS.get());
    }

    /** The Mandant of this thread, if any. */
    public static Optional<UUID> wennGesetzt() {
        return MANDANT.isBound() ? Optional.of(MANDANT.get()) : Optional.empty();
    }

    /**
     * The Mandant of this thread.
     *
     * @throws IllegalStateException if no Mandant is set: a programming error, never a user's
     */
    public static UUID mandant() {
        return wennGesetzt().orElseThrow(() -> new IllegalStateException("Kein Mandant gesetzt"));
    }
}
