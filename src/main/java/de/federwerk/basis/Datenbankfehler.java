package de.federwerk.basis;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from every other mistake: nobody is to blame, and it comes back by itself. */
public final class Datenbankfehler {

    /** Seconds after which trying again makes sense, for {@code Retry-After}. */
    public static final String WIEDER_IN = "5";

    /** What Hikari says of a connection it has closed because it was broken; it gives no SQLSTATE. */
    private static final String VERWORFEN = "Connection is closed";

    private Datenbankfehler() {}

    /**
     * Whether the cause is a lost or refused connection: SQLSTATE class 08, or 57P01 to 57P05 (PostgreSQL is shut down, crashed, or
     * starting), a pool that got no connection in time, or one that has already thrown the broken connection away.
     */
    public static boolean istWeg(@Nullable Throwable grund) {
        int tiefe = 0;
        for (Throwable t = grund; t != null && tiefe < 30; t = t.getCause(), tiefe++) {
            if (t instanceof SQLTransientConnectionException) return true;
            if (t instanceof SQLException sql && (istWeg(sql.getSQLState()) || VERWORFEN.equals(sql.getMessage())))
                return true;
        }
        return false;
    }

    private static boolean istWeg(@Nullable String zustand) {
        return zustand != null && (zustand.startsWith("08") || zustand.startsWith("57P0"));
    }
}
