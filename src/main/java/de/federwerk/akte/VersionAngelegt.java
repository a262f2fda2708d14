package de.federwerk.akte;

import java.util.UUID;

/** A Dokument has a further Version, in the running transaction. @param person who filed it */
public record VersionAngelegt(UUID vorgang, UUID dokument, UUID version, UUID person) {}
