package de.federwerk.datei;

/**
 * A worker did not bring its file to an end: too slow, too much memory, crashed. Perhaps the file is to blame, perhaps not;
 * worth another try, but not for ever. The message is German, for people.
 */
class Ausfall extends Exception {

    /** What the worker was ended for; only a crash may be bad luck, the rest would happen again. */
    enum Art {
        ABSTURZ(3),
        ZEIT(1),
        SPEICHER(1),
        PLATZ(1);

        /** After this many jobs that ended so it is the file. */
        final int versuche;

        Art(int versuche) {
            this.versuche = versuche;
        }
    }

    private final Art art;
    private final int seite;
    private final String technisch;

    /**
     * @param seite the page (from 1) that was being read; 0 if none had begun
     * @param technisch what an administrator would want to know
     */
    Ausfall(Art art, String ursache, int seite, String technisch) {
        super(ursache);
        this.art = art;
        this.seite = seite;
        this.technisch = technisch;
    }

    Art art() {
        return art;
    }

    int seite() {
        return seite;
    }

    String technisch() {
        return technisch;
    }
}
