package de.federwerk.datei;

/**
 * How much of one file is read. Everything beyond stays unread but kept, and is said in the Ergebnis.
 *
 * @param seiten pages whose text is read
 * @param seitenbilder pages of which an image is made
 * @param bildpunkte pixels that one decoded page may have
 * @param textzeichen characters of text kept per file
 * @param teile attachments taken from one mail
 * @param tiefe multiparts within multiparts
 * @param millisekunden time after which no further page is read
 */
record Grenzen(
        int seiten, int seitenbilder, int bildpunkte, int textzeichen, int teile, int tiefe, long millisekunden) {

    static final Grenzen UEBLICH = new Grenzen(2_000, 50, 40_000_000, 10_000_000, 200, 20, 45 * 60_000L);

    Grenzen mitSeiten(int seiten) {
        return new Grenzen(seiten, seitenbilder, bildpunkte, textzeichen, teile, tiefe, millisekunden);
    }

    Grenzen mitTeilen(int teile) {
        return new Grenzen(seiten, seitenbilder, bildpunkte, textzeichen, teile, tiefe, millisekunden);
    }
}
