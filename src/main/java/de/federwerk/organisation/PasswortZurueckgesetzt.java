package de.federwerk.organisation;

import java.util.UUID;

/**
 * Somebody else has set a person's password, who must choose another one, in the running transaction: what else she signs in with opens
 * nothing any more.
 *
 * @param wer pseudonym of whoever did it
 */
public record PasswortZurueckgesetzt(UUID wer, UUID person) {}
