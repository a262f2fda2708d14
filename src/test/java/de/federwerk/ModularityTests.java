package de.federwerk;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Imports run downwards only, and only where a module says so. */
class ModularityTests {

    @Test
    void jedes_modul_benutzt_nur_was_es_nennt() {
        ApplicationModules.of(Federwerk.class).verify();
    }
}
