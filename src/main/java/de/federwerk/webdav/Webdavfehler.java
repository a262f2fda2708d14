package de.federwerk.webdav;

import org.jspecify.annotations.Nullable;

/** Why a request of a program gets no good answer: a status of WebDAV, and a German sentence for whoever reads the answer. */
final class Webdavfehler extends RuntimeException {

    private final int status;
    private final @Nullable String bedingung;

    private Webdavfehler(int status, @Nullable String bedingung, String meldung) {
        super(meldung, null, false, false);
        this.status = status;
        this.bedingung = bedingung;
    }

    static Webdavfehler mit(int status, String meldung) {
        return new Webdavfehler(status, null, meldung);
    }

    /** @param bedingung element of the namespace DAV: that programs understand, e.g. {@code lock-token-submitted} */
    static Webdavfehler mit(int status, String bedingung, String meldung) {
        return new Webdavfehler(status, bedingung, meldung);
    }

    static Webdavfehler gesperrt(String meldung) {
        return new Webdavfehler(423, "lock-token-submitted", meldung);
    }

    static Webdavfehler nichtHier(String meldung) {
        return new Webdavfehler(403, null, meldung);
    }

    static Webdavfehler nichtGefunden() {
        return new Webdavfehler(404, null, "Das gibt es hier nicht, oder es ist nicht für Sie freigegeben.");
    }

    static Webdavfehler ineinander() {
        return nichtHier("Quelle und Ziel liegen ineinander. Es wurde nichts geändert.");
    }

    static Webdavfehler ohneOrdner() {
        return new Webdavfehler(409, null, "Den Ordner dafür gibt es nicht.");
    }

    int status() {
        return status;
    }

    @Nullable
    String bedingung() {
        return bedingung;
    }
}
