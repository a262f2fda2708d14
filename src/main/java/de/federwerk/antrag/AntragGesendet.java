package de.federwerk.antrag;

import java.util.UUID;

/** An Antrag was sent just now, in the running transaction of whoever sent it, with a citizen's rights. */
public record AntragGesendet(UUID antrag) {}
