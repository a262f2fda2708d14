package de.federwerk.datei;

/**
 * A worker did not bring its file to an end: too slow, too much memory, crashed. Perhaps the file is to blame, perhaps not;
 * worth another try, but not for ever. The message is German, for people.
 */
class Ausfall extends Exception {

    private final int seite;
    private final String technisch;

    /**
     * @param seite the page (from 1) that was being read; 0 if none had begun
     * @param technisch what an administrator would want to know
     */
    Ausfall(String ursache, int seite, String technisch) {
        super(ursache);
        this.seite = seite;
        this.technisch = technisch;
    }

    int seite() {
        return seite;
    }

    String technisch() {
        return technisch;
    }
}
