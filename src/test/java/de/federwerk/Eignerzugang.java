package de.federwerk;

import de.federwerk.betrieb.Zugang;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The database as its owner: what the program itself may neither read nor change. */
public final class Eignerzugang {

    private Eignerzugang() {}

    /** Statements without parameters, in one transaction of this Mandant. */
    public static void tu(Zugang zugang, UUID mandant, String... befehle) {
        try (var verbindung = verbinde(zugang, mandant);
                var anweisung = verbindung.createStatement()) {
            for (var befehl : befehle) anweisung.execute(befehl);
            verbindung.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, the columns of each as text with blanks between. */
    public static List<String> lies(Zugang zugang, UUID mandant, String frage) {
        var zeilen = new ArrayList<String>();
        try (var verbindung = verbinde(zugang, mandant);
                var anweisung = verbindung.createStatement();
                var gelesen = anweisung.executeQuery(frage)) {
            int spalten = gelesen.getMetaData().getColumnCount();
            while (gelesen.next()) {
                var worte = new ArrayList<String>();
                for (int i = 1; i <= spalten; i++) worte.add(String.valueOf(gelesen.getString(i)));
                zeilen.add(String.join(" ", worte));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return zeilen;
    }

    private static Connection verbinde(Zugang zugang, UUID mandant) throws SQLException {
        var verbindung = DriverManager.getConnection(zugang.url(), zugang.eigner(), zugang.eignerPasswort());
        verbindung.setAutoCommit(false);
        try (var anweisung = verbindung.prepareStatement("SELECT set_config('federwerk.mandant', ?, true)")) {
            anweisung.setString(1, mandant.toString());
            anweisung.execute();
        }
        return verbindung;
    }
}
