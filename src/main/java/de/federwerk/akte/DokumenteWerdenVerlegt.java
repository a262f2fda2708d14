package de.federwerk.akte;

import java.util.List;
import java.util.UUID;

/**
 * A Dokument and its Anlagen are about to go to another Vorgang, in the running transaction. Whoever must prevent that throws an Abgelehnt that
 * says why; whoever names their Vorgang takes the new one.
 */
public record DokumenteWerdenVerlegt(List<UUID> dokumente, UUID von, UUID nach) {}
