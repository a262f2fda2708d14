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
 * @param platz bytes of disk that the reading may take beside the received bytes; above that the worker is killed
 * @param teilebytes bytes of all attachments that are taken out of one mail
 * @param buerosekunden seconds LibreOffice has for a preview
 */
record Grenzen(
        int seiten,
        int seitenbilder,
        int bildpunkte,
        int textzeichen,
        int teile,
        int tiefe,
        long millisekunden,
        long platz,
        long teilebytes,
        int buerosekunden) {

    static final Grenzen UEBLICH =
            new Grenzen(2_000, 50, 40_000_000, 10_000_000, 200, 20, 45 * 60_000L, 1L << 30, 500L << 20, 60);

    Grenzen mitSeiten(int seiten) {
        return new Grenzen(
                seiten,
                seitenbilder,
                bildpunkte,
                textzeichen,
                teile,
                tiefe,
                millisekunden,
                platz,
                teilebytes,
                buerosekunden);
    }

    Grenzen mitTeilen(int teile) {
        return new Grenzen(
                seiten,
                seitenbilder,
                bildpunkte,
                textzeichen,
                teile,
                tiefe,
                millisekunden,
                platz,
                teilebytes,
                buerosekunden);
    }

    Grenzen mitTeilebytes(long teilebytes) {
        return new Grenzen(
                seiten,
                seitenbilder,
                bildpunkte,
                textzeichen,
                teile,
                tiefe,
                millisekunden,
                platz,
                teilebytes,
                buerosekunden);
    }

    Grenzen mitPlatz(long platz) {
        return new Grenzen(
                seiten,
                seitenbilder,
                bildpunkte,
                textzeichen,
                teile,
                tiefe,
                millisekunden,
                platz,
                teilebytes,
                buerosekunden);
    }

    Grenzen mitBuerosekunden(int buerosekunden) {
        return new Grenzen(
                seiten,
                seitenbilder,
                bildpunkte,
                textzeichen,
                teile,
                tiefe,
                millisekunden,
                platz,
                teilebytes,
                buerosekunden);
    }
}
