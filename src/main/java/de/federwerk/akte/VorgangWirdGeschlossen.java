package de.federwerk.akte;

import java.util.UUID;

/**
 * A Vorgang is about to be put zu den Akten, in the running transaction. Whoever must prevent that throws an Abgelehnt that says why.
 *
 * @param person who does it: a reason names nothing that this person does not see
 */
public record VorgangWirdGeschlossen(UUID vorgang, UUID person) {}
