package de.federwerk.ablage;

import de.federwerk.basis.Abgelehnt;

/** The disk is (nearly) full: no fault of the file, the next one will not fit either. */
public class Speichervoll extends Abgelehnt {

    Speichervoll() {
        super(
                Art.SPEICHER,
                "Der Speicherplatz des Servers ist erschöpft. Die Datei wurde nicht gespeichert, alles bisher"
                        + " Gespeicherte ist sicher. Bitte die Systemverwaltung verständigen und es danach erneut versuchen.");
    }
}
