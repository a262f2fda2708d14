package de.federwerk.betrieb;

import java.nio.file.Path;

/**
 * What stands behind {@code bin/start}.
 *
 * @param portalport for citizens; -1 for none
 * @param daten absolute
 */
record Optionen(int port, int verwaltungsport, int portalport, Path daten, boolean demo, boolean hilfe) {

    static final String HILFE = """
            Aufruf: bin/start [Optionen]
              --port N             Port für den Browser (sonst 8080)
              --daten DIR          Ordner für alle Daten (sonst daten neben bin)
              --ohne-demo          ohne die Beispielstadt Musterstadt
              --verwaltungsport N  Port für Zustand und Messwerte, nur auf diesem Rechner (sonst Port + 10000)
              --portalport N       Port für das Bürgerportal (sonst Port + 20000; 0 = kein eigener)
              --hilfe              zeigt diese Hilfe
            Eine eigene PostgreSQL-Datenbank wird in DIR/federwerk.properties eingetragen (federwerk.datenbank.url),
            ein Mailserver ebenso (federwerk.post.smtp.host).""";

    /** What was typed makes no sense; the message is one German line. */
    static class Unverstanden extends RuntimeException {
        Unverstanden(String meldung) {
            super(meldung);
        }
    }

    /** @throws Unverstanden for anything unknown or incomplete: a typing error must not start another town */
    static Optionen aus(String... argumente) {
        int port = 8080;
        int verwaltung = 0;
        int portal = 0;
        var daten = "daten";
        boolean demo = true;
        boolean hilfe = false;
        for (int i = 0; i < argumente.length; i++) {
            switch (argumente[i]) {
                case "--port" -> port = port(argumente, ++i);
                case "--verwaltungsport" -> verwaltung = port(argumente, ++i);
                case "--portalport" -> portal = wert(argumente, ++i).equals("0") ? -1 : port(argumente, i);
                case "--daten" -> daten = wert(argumente, ++i);
                case "--ohne-demo" -> demo = false;
                case "--hilfe", "--help", "-h" -> hilfe = true;
                default ->
                    throw new Unverstanden(
                            "Unbekannte Option „%s“; bin/start --hilfe zeigt alle.".formatted(argumente[i]));
            }
        }
        if (verwaltung == 0) verwaltung = port + (port <= 55_535 ? 10_000 : -10_000);
        if (portal == 0) portal = port + (port <= 45_535 ? 20_000 : -20_000);
        if (verwaltung == port || portal == port || portal == verwaltung)
            throw new Unverstanden("--port, --verwaltungsport und --portalport müssen verschieden sein.");
        return new Optionen(
                port, verwaltung, portal, Path.of(daten).toAbsolutePath().normalize(), demo, hilfe);
    }

    private static int port(String[] argumente, int i) {
        var wert = wert(argumente, i);
        int port = wert.matches("\\d{1,5}") ? Integer.parseInt(wert) : 0;
        if (port < 1 || port > 65_535)
            throw new Unverstanden(
                    "%s braucht eine Zahl von 1 bis 65535, nicht „%s“.".formatted(argumente[i - 1], wert));
        return port;
    }

    static String wert(String[] argumente, int i) {
        if (i >= argumente.length || argumente[i].isBlank())
            throw new Unverstanden("Nach %s fehlt der Wert.".formatted(argumente[i - 1]));
        return argumente[i];
    }
}
