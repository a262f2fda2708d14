package de.federwerk.rechteprobe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What was compared, and what differed. */
final class Befunde {

    /** More of them say no more. */
    private static final int HOECHSTENS = 40;

    private final List<String> unterschiede = new ArrayList<>();
    private long vergleiche;
    private long verschieden;
    private String wo = "";

    /** What is said of the differences that follow. */
    void ort(String neuer) {
        wo = neuer;
    }

    /** For what may have to be forgotten again. */
    Befunde leere() {
        var andere = new Befunde();
        andere.wo = wo;
        return andere;
    }

    /** The same ids. @param moegliche of how many each could have been among them */
    void gleich(String was, Set<UUID> soll, Set<UUID> ist, int moegliche) {
        vergleiche += moegliche;
        if (!soll.equals(ist)) {
            melde(was + ": zu sehen, darf aber nicht: " + ohne(ist, soll) + "; darf, aber nicht zu sehen: "
                    + ohne(soll, ist));
        }
    }

    /** At least these and at most those: in between is what the index has not learned yet. */
    void zwischen(String was, Set<UUID> mindestens, Set<UUID> hoechstens, Set<UUID> ist, int moegliche) {
        vergleiche += moegliche;
        var zuviel = ohne(ist, hoechstens);
        var zuwenig = ohne(mindestens, ist);
        if (!zuviel.isEmpty() || !zuwenig.isEmpty()) {
            melde(was + ": zu sehen, darf aber nicht: " + zuviel + "; darf, aber nicht zu sehen: " + zuwenig);
        }
    }

    void gleich(String was, Object soll, Object ist) {
        vergleiche++;
        if (!soll.equals(ist)) {
            melde(was + ": " + ist + " statt " + soll);
        }
    }

    private void melde(String was) {
        verschieden++;
        if (unterschiede.size() < HOECHSTENS) {
            unterschiede.add(wo + "\n  " + was);
        }
    }

    static Set<UUID> ohne(Set<UUID> alle, Set<UUID> diese) {
        var rest = new HashSet<>(alle);
        rest.removeAll(diese);
        return rest;
    }

    /** Takes over what another one found. */
    void nimm(Befunde andere) {
        vergleiche += andere.vergleiche;
        verschieden += andere.verschieden;
        andere.unterschiede.stream()
                .limit(Math.max(0, HOECHSTENS - unterschiede.size()))
                .forEach(unterschiede::add);
    }

    long vergleiche() {
        return vergleiche;
    }

    long verschieden() {
        return verschieden;
    }

    boolean genug() {
        return verschieden >= HOECHSTENS;
    }

    String text() {
        return String.join("\n", unterschiede);
    }
}
