package de.federwerk.uebernahme;

/** Who watches an Übernahme: the console, near or far. */
public interface Ausgabe {

    /** A German line that stays. */
    void zeile(String text);

    /** How far it is; the next one replaces it. */
    void fortschritt(String text);

    /** Whether nobody wants it any more: it stops after the files in hand. */
    boolean abgebrochen();
}
