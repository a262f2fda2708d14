package de.federwerk.datei;

import java.util.List;
import java.util.UUID;

/** As {@link DateiErschlossen}, for many files of an Übernahme at once; they have no parts and belong to no Eingang. */
public record DateienErschlossen(UUID mandant, List<UUID> dateien) {}
