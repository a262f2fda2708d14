package de.federwerk.betrieb;

import org.jspecify.annotations.Nullable;

/** The program cannot start. The message is one German line for the person at the console: what is wrong, what to do. */
public class Startfehler extends RuntimeException {

    Startfehler(String meldung) {
        this(meldung, null);
    }

    Startfehler(String meldung, @Nullable Throwable grund) {
        super(meldung, grund);
    }
}
