package de.federwerk.berechtigung;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where a person's tasks come in.
 *
 * @param subjekt the Person, Stelle or Einheit a task names
 * @param art {@code person}, {@code stelle} or {@code einheit}
 * @param person whose it is: the person's own, or that of somebody who is represented today, over any chain of deputies
 * @param persoenliches whether personal matters come in here, too; always in one's own
 */
public record Postfach(UUID subjekt, String art, UUID person, boolean persoenliches) {

    /** The subjects as an array literal. */
    public static String feld(List<Postfach> faecher, boolean persoenliches) {
        return faecher.stream()
                .filter(f -> f.persoenliches == persoenliches)
                .map(f -> f.subjekt.toString())
                .distinct()
                .collect(Collectors.joining(",", "{", "}"));
    }
}
