package de.federwerk.formular;

import java.util.UUID;

/** A file that was added; its bytes lie with whoever asked. @param id theirs @param groesse in bytes @param sha256 hexadecimal */
public record Anlage(UUID id, String name, long groesse, String sha256) {}
