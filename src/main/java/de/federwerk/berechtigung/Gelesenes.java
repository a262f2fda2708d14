package de.federwerk.berechtigung;

import java.util.Set;
import java.util.UUID;

/**
 * What a request has opened of the Akten. Noted where it is read, so that no way of reading is forgotten, and asked for before the answer
 * leaves the house; costs no statement. Where nobody collects, nothing is noted: the program itself reads without looking.
 */
public final class Gelesenes {

    /** What can be opened. */
    public enum Gegenstand {
        AKTE,
        VORGANG,
        DOKUMENT
    }

    /**
     * One thing that was opened.
     *
     * @param person by whose Sicht
     * @param schutzbereich of the thing, which decides whether it is protected
     */
    public record Ding(UUID mandant, UUID person, Gegenstand gegenstand, UUID id, UUID akte, int schutzbereich) {}

    private static final ScopedValue<Set<Ding>> DINGE = ScopedValue.newInstance();

    private Gelesenes() {}

    /** Runs {@code arbeit}, on this thread, and puts into {@code dinge} what is opened meanwhile. */
    public static <X extends Throwable> void sammle(Set<Ding> dinge, ScopedValue.CallableOp<Void, X> arbeit) throws X {
        ScopedValue.where(DINGE, dinge).call(arbeit);
    }

    /** Somebody opens this: not a line of a list, but the thing itself. */
    public static void merke(Sicht sicht, Gegenstand gegenstand, UUID id, UUID akte, int schutzbereich) {
        if (DINGE.isBound()) {
            DINGE.get().add(new Ding(sicht.mandant(), sicht.person(), gegenstand, id, akte, schutzbereich));
        }
    }
}
