package de.federwerk.betrieb;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the program demands of a database before it entrusts anything to it. A database of the town's own (PostgreSQL 15 or
 * newer) is named by {@code federwerk.datenbank.url}, {@code .eigner.name}, {@code .eigner.passwort}, {@code .name} and
 * {@code .passwort} (system property, or environment as FEDERWERK_DATENBANK_URL and so on). Its administrator runs once:
 * <pre>
 * CREATE ROLE federwerk_eigner LOGIN PASSWORD '…'; CREATE ROLE federwerk LOGIN PASSWORD '…';
 * CREATE ROLE federwerk_portal NOLOGIN; GRANT federwerk_portal TO federwerk;
 * CREATE DATABASE federwerk OWNER federwerk_eigner ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' TEMPLATE template0;
 * </pre>
 */
final class Datenbankpruefung {

    private static final int MINDESTENS = 15;

    private Datenbankpruefung() {}

    /** @throws Startfehler if this database would lose data, or show one Mandant's to another */
    static void pruefe(Zugang zugang) {
        try (var verbindung = zugang.verbinde()) {
            int version = Integer.parseInt(wert(verbindung, "SHOW server_version_num")) / 10_000;
            if (version < MINDESTENS)
                throw new Startfehler("Die Datenbank ist PostgreSQL %d; Federwerk braucht mindestens PostgreSQL %d."
                        .formatted(version, MINDESTENS));
            if (!wert(verbindung, "SHOW server_encoding").equals("UTF8"))
                throw new Startfehler("Die Datenbank speichert nicht in UTF-8; bitte mit ENCODING 'UTF8' neu anlegen.");
            if (!wert(verbindung, "SHOW fsync").equals("on")
                    || wert(verbindung, "SHOW synchronous_commit").equals("off")) {
                throw new Startfehler(
                        "In der Datenbank sind fsync oder synchronous_commit ausgeschaltet: bestätigte Daten könnten bei einem Stromausfall verloren gehen. Bitte einschalten.");
            }
            if (!wert(verbindung, "SELECT (rolsuper OR rolbypassrls)::text FROM pg_roles WHERE rolname = current_user")
                    .equals("false")) {
                throw new Startfehler(
                        "Der Datenbankbenutzer %s darf die Mandantentrennung umgehen (SUPERUSER oder BYPASSRLS); bitte einen ohne diese Rechte angeben."
                                .formatted(zugang.laufzeit()));
            }
            // Who owns the tables, or may become who does, can switch row-level security off.
            if (!wert(
                            verbindung,
                            "SELECT pg_has_role(current_user, d.datdba, 'MEMBER')::text FROM pg_database d WHERE d.datname = current_database()")
                    .equals("false")) {
                throw new Startfehler(
                        "Der Datenbankbenutzer %s ist Eigner der Datenbank oder Mitglied seiner Rolle und könnte die Mandantentrennung abschalten; bitte für die Laufzeit einen eigenen Benutzer angeben."
                                .formatted(zugang.laufzeit()));
            }
            pruefeBuergerrolle(verbindung, Zugang.buerger(zugang.laufzeit()));
        } catch (SQLException e) {
            throw new Startfehler(
                    "Die Datenbank %s ist nicht erreichbar: %s"
                            .formatted(zugang.url().replaceAll("\\?.*", ""), e.getMessage()),
                    e);
        }
    }

    /** May see and change nothing but what migrations grant it, and the program must be able to become it. */
    private static void pruefeBuergerrolle(Connection verbindung, String name) throws SQLException {
        String stand;
        try (var frage = verbindung.prepareStatement("""
                SELECT coalesce(max(CASE WHEN rolsuper OR rolbypassrls OR rolcanlogin THEN 'zu viel'
                                         WHEN NOT pg_has_role(current_user, oid, 'MEMBER') THEN 'fremd' ELSE 'recht' END), 'fehlt')
                  FROM pg_roles WHERE rolname = ?""")) {
            frage.setString(1, name);
            try (var zeilen = frage.executeQuery()) {
                zeilen.next();
                stand = zeilen.getString(1);
            }
        }
        if (!stand.equals("recht"))
            throw new Startfehler(
                    "Für das Bürgerportal braucht die Datenbank die Rolle %1$s ohne Anmeldung und besondere Rechte; bitte ausführen: CREATE ROLE %1$s NOLOGIN; GRANT %1$s TO %2$s;"
                            .formatted(name, wert(verbindung, "SELECT current_user")));
    }

    static String wert(Connection verbindung, String frage) throws SQLException {
        try (var sql = verbindung.createStatement();
                var zeilen = sql.executeQuery(frage)) {
            zeilen.next();
            return zeilen.getString(1);
        }
    }
}
