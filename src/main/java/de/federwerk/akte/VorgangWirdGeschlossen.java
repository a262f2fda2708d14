package de.federwerk.akte;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A Vorgang is about to be put zu den Akten, in the running transaction. Whoever must prevent that says why: all reasons are told at once, so that
 * nobody has to try again for each.
 *
 * @param person who does it: a reason names nothing that this person does not see
 * @param hindernisse whole sentences: what is still open, and what to do
 */
public record VorgangWirdGeschlossen(UUID vorgang, UUID person, List<String> hindernisse) {

    VorgangWirdGeschlossen(UUID vorgang, UUID person) {
        this(vorgang, person, new ArrayList<>());
    }

    /** @param satz with its full stop */
    public void hindert(String satz) {
        hindernisse.add(satz);
    }
}
