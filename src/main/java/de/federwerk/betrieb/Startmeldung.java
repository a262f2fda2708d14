package de.federwerk.betrieb;

import java.util.List;

/** A bean that has something to tell the person at the console once the program is ready, e.g. the sign-ins of the demo. */
@FunctionalInterface
public interface Startmeldung {

    /** German lines; asked for once, after all {@code ApplicationRunner}s are through. */
    List<String> zeilen();
}
