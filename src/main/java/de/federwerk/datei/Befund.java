package de.federwerk.datei;

/**
 * The file itself cannot be read, and reading it again would not help. The message is German and is shown to people; the
 * original is kept in every case.
 */
class Befund extends Exception {

    Befund(String ursache) {
        super(ursache);
    }

    Befund(String ursache, Throwable grund) {
        super(ursache, grund);
    }

    static Befund kennwort(Throwable grund) {
        return new Befund(
                "Die Datei ist mit einem Kennwort verschlüsselt. Sie ist unverändert aufbewahrt; bitten Sie den Absender um eine"
                        + " Fassung ohne Kennwort.",
                grund);
    }

    static Befund beschaedigt(Throwable grund) {
        return new Befund(
                "Die Datei ist beschädigt oder ungewöhnlich aufgebaut und lässt sich nicht lesen. Sie ist unverändert aufbewahrt;"
                        + " bitten Sie den Absender, sie noch einmal zu senden.",
                grund);
    }

    /** Unpacked it would be out of all proportion, or consist of too many parts. */
    static Befund bombe(Throwable grund) {
        return new Befund(
                "Die Datei enthält gepackt weit mehr, als ein Schriftstück enthält; sie wurde nicht ausgepackt, weil das Maschinen lahmlegen"
                        + " kann (Archivbombe). Sie ist unverändert aufbewahrt; öffnen Sie sie nicht, ohne den Absender zu fragen.",
                grund);
    }

    static Befund leer() {
        return new Befund(
                "Die Datei ist leer (0 Byte). Vermutlich ist die Übertragung abgebrochen; bitten Sie den Absender, sie noch einmal"
                        + " zu senden.");
    }

    static Befund zuGross(Throwable grund) {
        return new Befund(
                "Die Datei braucht beim Lesen mehr Speicher, als für eine Datei vorgesehen ist. Sie ist unverändert aufbewahrt und"
                        + " kann heruntergeladen werden.",
                grund);
    }
}
