package de.federwerk.organisation;

import java.util.UUID;

/**
 * Whom work can be sent to.
 *
 * @param art {@code person}, {@code stelle} or {@code einheit}
 * @param name as people read it: {@code Jörg Sander}, {@code SG 66.2 · Sachbearbeitung}, {@code FD 66 Tiefbau}
 */
public record Empfaenger(String art, UUID id, String name) {

    /** As it stands in a form: {@code person:<uuid>}. */
    public String kennung() {
        return art + ":" + id;
    }
}
