package de.federwerk.datei;

import org.jspecify.annotations.Nullable;

/** Our own tool is broken or missing. Nothing is wrong with the file: the worker dies of it, the job is tried again. */
final class Werkzeugfehler extends Error {

    Werkzeugfehler(String meldung, @Nullable Throwable grund) {
        super(meldung, grund);
    }
}
