package de.federwerk.betrieb;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How to reach the database, as its two roles.
 *
 * @param eigner   owns all tables and migrates them; used at start only
 * @param laufzeit what the program runs as; owns nothing, no superuser, no BYPASSRLS
 */
public record Zugang(String url, String eigner, String eignerPasswort, String laufzeit, String laufzeitPasswort) {

    /** Name of the role in which citizens' transactions run: that of the runtime role, which must be its member, and {@code _portal}. */
    static String buerger(String laufzeit) {
        return laufzeit + "_portal";
    }

    /** A new connection as the runtime role. */
    Connection verbinde() throws SQLException {
        return DriverManager.getConnection(url, laufzeit, laufzeitPasswort);
    }

    /** Without the passwords: records end up in logs. */
    @Override
    public String toString() {
        return "Zugang[" + url + ", " + eigner + ", " + laufzeit + "]";
    }
}
