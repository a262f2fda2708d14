package de.federwerk.aktenplan;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Tabelle;
import de.federwerk.basis.Tabellenblatt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** A plan as people send it: CSV, XLSX, or the xdomea message. What it is says its content, not its name. */
final class Plandatei {

    static final List<String> PFLICHT = List.of("kennzeichen", "titel");
    static final int BYTES = 20 * 1024 * 1024;

    private Plandatei() {}

    /** @throws Abgelehnt (EINGABE) if it is none of these, (GRENZE) if it is too large */
    static Planzeile.Gelesen lies(byte[] datei) {
        if (datei.length > BYTES) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Die Datei ist größer als 20 MB und kein Aktenplan. Es wurde nichts übernommen.");
        }
        var spalten = String.join(";", Planzeile.SPALTEN);
        if (Tabellenblatt.ist(datei)) {
            return Planzeile.lies(Tabellenblatt.lies(datei, PFLICHT, spalten, Planzeile.HOECHSTENS));
        }
        if (istXml(datei)) {
            return Xdomealeser.lies(datei);
        }
        try (var text = Tabelle.text(new ByteArrayInputStream(datei))) {
            return Planzeile.lies(Tabelle.lies(text, PFLICHT, spalten, Planzeile.HOECHSTENS));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first sign that is none of a byte order mark or white is {@code <}; so no table begins. */
    private static boolean istXml(byte[] datei) {
        for (byte b : datei) {
            if (b > ' ') {
                return b == '<';
            }
        }
        return false;
    }
}
