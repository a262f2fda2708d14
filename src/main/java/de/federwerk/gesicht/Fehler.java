package de.federwerk.gesicht;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.TeilweiseAbgelehnt;
import org.jspecify.annotations.Nullable;

/**
 * What an error page says, in this order: what happened, what is safe, what to do now.
 *
 * @param status HTTP status
 * @param vorgangsnummer finds the cause in the log of the program; only where the program itself is to blame
 */
record Fehler(
        int status,
        String titel,
        String was,
        @Nullable String sicher,
        @Nullable String jetzt,
        @Nullable String vorgangsnummer) {

    private static final String UNVERAENDERT = "Es wurde nichts geändert.";

    static Fehler von(Abgelehnt grund) {
        var meldung = grund.getMessage() == null ? "Das ging nicht." : grund.getMessage();
        int status = grund.art().status();
        if (grund instanceof TeilweiseAbgelehnt) {
            return new Fehler(
                    status,
                    "Nur ein Teil wurde übernommen",
                    meldung,
                    null,
                    "Was übernommen ist, brauchen Sie nicht noch einmal zu senden.",
                    null);
        }
        return switch (grund.art()) {
            case EINGABE -> new Fehler(status, "Eine Angabe passt nicht", meldung, UNVERAENDERT, ZURUECK, null);
            case KONFLIKT ->
                new Fehler(
                        status,
                        "Das geht gerade nicht",
                        meldung,
                        UNVERAENDERT,
                        "Laden Sie die Seite neu, um den heutigen Stand zu sehen.",
                        null);
            case RECHT -> new Fehler(status, "Dafür fehlt Ihnen das Recht", meldung, UNVERAENDERT, null, null);
            case GRENZE -> new Fehler(status, "Das ist zu viel", meldung, UNVERAENDERT, null, null);
            case SPEICHER -> new Fehler(status, "Der Speicherplatz ist erschöpft", meldung, UNVERAENDERT, null, null);
        };
    }

    private static final String ZURUECK = "Gehen Sie mit dem Browser zurück: was Sie eingegeben haben, steht noch da.";

    static Fehler nichtGefunden() {
        return new Fehler(
                404,
                "Nicht gefunden oder nicht für Sie freigegeben",
                "Unter dieser Adresse gibt es nichts, oder es ist nicht für Sie freigegeben. Welches von beiden, wird nicht verraten.",
                null,
                "Prüfen Sie das Aktenzeichen und suchen Sie danach. Wenn Sie den Zugriff brauchen, fragen Sie die federführende Einheit.",
                null);
    }

    static Fehler zuGross() {
        return new Fehler(
                413,
                "Die Datei ist zu groß",
                "Die Datei überschreitet die Größe, die hier angenommen wird.",
                "Es wurde nichts abgelegt. Die Datei liegt unverändert auf Ihrem Gerät.",
                "Teilen Sie die Datei, oder fragen Sie Ihre Systemverwaltung nach der Grenze.",
                null);
    }

    static Fehler unlesbareAnfrage() {
        return new Fehler(
                400,
                "Diese Anfrage war nicht zu verstehen",
                "Die Adresse oder eine Angabe darin ist unvollständig oder falsch.",
                UNVERAENDERT,
                ZURUECK,
                null);
    }

    static Fehler falscherWeg() {
        return new Fehler(
                405,
                "So lässt sich diese Seite nicht öffnen",
                "Die Adresse nimmt nur Formulare an und lässt sich nicht direkt aufrufen.",
                UNVERAENDERT,
                "Gehen Sie mit dem Browser zurück.",
                null);
    }

    static Fehler keinRecht() {
        return new Fehler(
                403,
                "Dafür fehlt Ihnen das Recht",
                "Diese Seite ist nicht für Sie freigegeben.",
                UNVERAENDERT,
                null,
                null);
    }

    static Fehler unerwartet(String nummer) {
        return new Fehler(
                500,
                "Hier ist etwas schiefgegangen",
                "Das Programm hat einen Fehler gemacht. Es liegt nicht an Ihnen.",
                "Was vorher gespeichert war, ist unverändert. Ihre letzte Aktion wurde nicht ausgeführt.",
                "Versuchen Sie es noch einmal. Wenn es wieder geschieht, nennen Sie Ihrer Systemverwaltung die Nummer.",
                nummer);
    }

    /** It may have been gone in the very moment of the commit: nobody can say whether the last act was saved. */
    static Fehler datenbankWeg() {
        return new Fehler(
                503,
                "Federwerk ist gerade nicht erreichbar",
                "Die Datenbank antwortet nicht. Sie wird von selbst neu gestartet; meist dauert das nur Sekunden.",
                "Was vorher gespeichert war, ist sicher. Ob Ihre letzte Aktion noch gespeichert wurde, steht nicht fest.",
                "Warten Sie einen Augenblick und laden Sie die Seite neu. Ein Formular dürfen Sie noch einmal absenden: doppelt wird dadurch nichts.",
                null);
    }

    static Fehler ausStatus(int status, String nummer) {
        return switch (status) {
            case 400 -> unlesbareAnfrage();
            case 401, 403 -> keinRecht();
            case 404, 406 -> nichtGefunden();
            case 405, 415 -> falscherWeg();
            case 413 -> zuGross();
            default -> unerwartet(nummer);
        };
    }
}
